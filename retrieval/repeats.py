"""Passages -> which of them says again what an earlier one said."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from retrieval.folding import fold
from retrieval.spacing import closed_up

ALIKE = 0.9
"""The share of a text's letters that are another's from which the rest may be beside the point."""

LETTER = re.compile(r"\w")
APART = re.compile(r"[。.!?;:()\[\]【】\n]")
"""Behind or before which a letterhead or a remark stands; what a comma parts may belong together."""

TELLING = re.compile(
    r"[0-9.]*[0-9][%‰]?|[〇零一二两三四五六七八九十百千万亿半]+|(?<![a-z])[ivx]+(?![a-z])"
    r"|[不未无非没勿禁停止暂拒废免除消失]"
)
"""Numbers and what negates: texts that differ in one of these do not say the same."""


@dataclass(frozen=True, slots=True)
class Gist:
    """A text, and of it without its layout the letters, and the numbers and negations in order."""

    text: str
    letters: str
    telling: tuple[str, ...]

    def is_like(self, other: "Gist") -> bool:
        """Whether the texts have the same letters, but for a little that one has before or behind them.

        That must stand apart, as a letterhead does, and hold no number and no negation: a word more, or
        another one, may say something else.
        """
        if self.telling != other.telling:
            return False
        shorter, longer = sorted((self, other), key=lambda one: len(one.letters))
        return (
            len(shorter.letters) >= ALIKE * len(longer.letters)
            and (before := longer.letters.find(shorter.letters)) >= 0
            and _stand_apart(longer.text, before, len(longer.letters) - len(shorter.letters) - before)
        )


def _stand_apart(text: str, before: int, behind: int) -> bool:
    """Whether so many letters at the beginning of a text, and at its end, are parted from the others."""
    sizes = [len(LETTER.findall(part)) for part in APART.split(fold(text).text)]
    return before in accumulate(sizes, initial=0) and behind in accumulate(reversed(sizes), initial=0)


def gist(text: str) -> Gist:
    """What of a text is compared."""
    folded = fold(closed_up(text)).text
    return Gist(text, "".join(LETTER.findall(folded)), tuple(TELLING.findall(folded)))


def repeats(texts: Iterable[str]) -> Iterator[int | None]:
    """For each text the number, from zero, of the first that it repeats; None for one that is new."""
    new: list[tuple[int, Gist]] = []
    for number, text in enumerate(texts):
        given = gist(text)
        repeated = next((earlier for earlier, other in new if given.is_like(other)), None)
        if repeated is None:
            new.append((number, given))
        yield repeated
