"""Text -> folded text, the form in which texts are compared, and where each folded character came from."""

import functools
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from opencc import OpenCC

from retrieval.documents import Span
from retrieval.numerals import FORMS, HAN, NUMBERS, Form

__all__ = ["HAN", "NUMBERS", "Folded", "fold"]

MARK = re.compile("[\u0300-\u036f]")
ACCENT = re.compile(r"(?<=[\x00-\x7f])[\u0300-\u036f]+")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text. The folded character `text[i]` came from the original's `origins[i]`.

    A numeral's first character came from the first of the original's numeral, its last from the last.
    """

    text: str
    origins: Sequence[int]
    length: int
    """The original's, in characters."""

    def span_of(self, start: int, end: int) -> Span:
        """The stretch of the original that `text[start:end]`, which must not be empty, came from."""
        after = self.origins[end] if end < len(self.origins) else self.length
        return Span(self.origins[start], max(self.origins[end - 1] + 1, after))


def fold(text: str, forms: Iterable[Form] = FORMS) -> Folded:
    """Make texts that differ in width, case, accents, script or the writing of numbers equal.

    NFKC and lower case; Traditional characters become Simplified, each by itself, so that both
    sides of a comparison change alike; a number becomes what `numerals` says, in as many of its forms as are
    given.
    """
    table = _characters()
    folded = text.translate(table)
    origins: Sequence[int] = range(len(text))
    # As much may be dropped as ½ is longer than before: then the length tells nothing.
    if len(folded) != len(text) or not table.dropped.isdisjoint(text):
        origins = [i for i, character in enumerate(text) for _ in table[ord(character)]]
    for form in forms:
        folded, origins = _rewritten(folded, origins, form)
    return Folded(folded, origins, len(text))


def _rewritten(text: str, origins: Sequence[int], form: Form) -> tuple[str, Sequence[int]]:
    """A text and its origins with one way of writing numbers replaced."""
    pieces: list[str] = []
    came: list[int] = []
    at = 0
    for match in form.pattern.finditer(text):
        start, end = match.span()
        written = form.instead(match)
        pieces += (text[at:start], written)
        came += origins[at:start]
        came += _spread(origins[start:end], len(written))
        at = end
    if not pieces:
        return text, origins
    return "".join([*pieces, text[at:]]), [*came, *origins[at:]]


def _spread(origins: Sequence[int], count: int) -> list[int]:
    """As many origins as asked for, the first and the last as they were."""
    return [origins[i * (len(origins) - 1) // max(1, count - 1)] for i in range(count)]


class _Characters(dict[int, str]):
    """What each character folds to, learnt as characters are met."""

    def __init__(self) -> None:
        super().__init__()
        self.dropped: set[str] = set()
        """Those met so far of which nothing is left."""
        self._simplify = OpenCC("t2s").convert

    def __missing__(self, code: int) -> str:
        folded = self._fold(chr(code))
        if not folded:
            self.dropped.add(chr(code))
        self[code] = folded
        return folded

    def _fold(self, character: str) -> str:
        category = unicodedata.category(character)
        if category == "Cf":
            return ""  # what nobody sees: a zero-width blank, a soft hyphen
        if category == "Cs":
            return character  # half of a pair: OpenCC takes valid Unicode only
        plain = unicodedata.normalize("NFKC", character).lower()
        plain = ACCENT.sub("", unicodedata.normalize("NFD", plain))  # é is e
        plain = MARK.sub("", unicodedata.normalize("NFC", plain))
        return str(self._simplify(self._simplify(plain)))  # 薴 is 苧, and 苧 is 苎


@functools.cache
def _characters() -> _Characters:
    return _Characters()
