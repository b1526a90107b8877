"""Passages -> which of them says again what an earlier one said."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from retrieval.folding import fold
from retrieval.numerals import SPELT
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

IN_NUMBERS = frozenset(f"0123456789{SPELT}○o分之点年月日号")
"""What stands in one way of writing a number or a day, or a share, and may not in another."""


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


def unnumbered(text: str) -> str:
    """The letters of a text's gist that are in no number; takes a fifth of the time."""
    return text.translate(_UNNUMBERED)


class _Unnumbered(dict[int, str]):
    """What of each character belongs there, learnt as characters are met."""

    def __missing__(self, code: int) -> str:
        folded = fold(chr(code), ()).text
        self[code] = "".join(each for each in LETTER.findall(folded) if each not in IN_NUMBERS)
        return self[code]


_UNNUMBERED = _Unnumbered()


class _Said:
    """A text that may be like others. Most are like none, which is seen without their gist."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.unnumbered = unnumbered(text)

    @cached_property
    def gist(self) -> Gist:
        """What tells for certain."""
        return gist(self.text)

    def is_like(self, other: "_Said") -> bool:
        """Whether the gists are; what holds the letters of another holds those that are in no number."""
        one, another = self.unnumbered, other.unnumbered
        return (one in another or another in one) and self.gist.is_like(other.gist)


def repeats(texts: Iterable[str]) -> Iterator[int | None]:
    """For each text the number, from zero, of the first that it repeats; None for one that is new."""
    new: list[tuple[int, _Said]] = []
    for number, text in enumerate(texts):
        given = _Said(text)
        repeated = next((earlier for earlier, other in new if given.is_like(other)), None)
        if repeated is None:
            new.append((number, given))
        yield repeated
