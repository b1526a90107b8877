"""Passages -> which of them says again what an earlier one said."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from retrieval.folding import fold
from retrieval.spacing import closed_up

PIECE = 4
"""Characters of the overlapping pieces by which texts are compared."""

ALIKE = 0.9
"""The share of pieces in common, of all that either has, from which two texts are near-identical."""

LETTER = re.compile(r"\w")
TELLING = re.compile(
    r"[0-9.]*[0-9][%‰]?|[〇零一二两三四五六七八九十百千万亿半]+|(?<![a-z])[ivx]+(?![a-z])|[不未无非没勿禁]"
)
"""Numbers and negations: texts that differ in one of these do not say the same."""


@dataclass(frozen=True, slots=True)
class Gist:
    """A text without its layout: its letters, its numbers and negations in order, and its pieces."""

    letters: str
    telling: tuple[str, ...]
    pieces: frozenset[str]

    def is_like(self, other: "Gist") -> bool:
        """Whether the texts have nearly the same pieces (Jaccard's index), and what differs changes nothing.

        A number or a negation does, and whatever stands in the place of something else, such as a name.
        """
        shared, either = len(self.pieces & other.pieces), len(self.pieces | other.pieces)
        return (
            self.telling == other.telling
            and shared >= ALIKE * either
            and (self.letters == other.letters or not _is_replaced(self.letters, other.letters))
        )


def _is_replaced(one: str, other: str) -> bool:
    steps = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    return any(step == "replace" for step, *_ in steps)


def gist(text: str) -> Gist:
    """What of a text is compared."""
    folded = fold(closed_up(text)).text
    letters = "".join(LETTER.findall(folded))
    pieces = frozenset(letters[i : i + PIECE] for i in range(max(1, len(letters) - PIECE + 1)))
    return Gist(letters, tuple(TELLING.findall(folded)), pieces)


def repeats(texts: Iterable[str]) -> Iterator[int | None]:
    """For each text the number, from zero, of the first that it repeats; None for one that is new."""
    new: list[tuple[int, Gist]] = []
    for number, text in enumerate(texts):
        given = gist(text)
        repeated = next((earlier for earlier, other in new if given.is_like(other)), None)
        if repeated is None:
            new.append((number, given))
        yield repeated
