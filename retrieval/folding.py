"""Text -> folded text, the form in which texts are compared, and where each folded character came from."""

import functools
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from opencc import OpenCC

MARK = re.compile("[\u0300-\u036f]")
ACCENT = re.compile(r"(?<=[\x00-\x7f])[\u0300-\u036f]+")
CHINESE_DIGITS = "零一二三四五六七八九"
HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇"
LONE_DIGIT = re.compile(
    rf"(?<![0-9a-z/⁄_-])(?<![0-9][.,:])(?:(?<=[{HAN}])[0-9]|[0-9](?=[{HAN}]))(?![0-9a-z/⁄%_-]|[.,:][0-9])"
)


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text. The folded character `text[i]` came from the original's `origins[i]`."""

    text: str
    origins: Sequence[int]


def fold(text: str) -> Folded:
    """Make texts that differ in width, case, accents, script or the writing of a digit equal.

    NFKC and lower case; Traditional characters become Simplified, each by itself, so that both
    sides of a comparison change alike; a single digit beside a Han character becomes Chinese
    (1阵 and 一阵), as people write either.
    """
    table = _characters()
    folded = text.translate(table)
    origins: Sequence[int] = range(len(text))
    if len(folded) != len(text) or not table.irregular.isdisjoint(text):
        origins = [i for i, character in enumerate(text) for _ in table[ord(character)]]
    return Folded(LONE_DIGIT.sub(_chinese_digit, folded), origins)


class _Characters(dict[int, str]):
    """What each character folds to, learnt as characters are met."""

    def __init__(self) -> None:
        super().__init__()
        self.irregular: set[str] = set()
        self._simplify = OpenCC("t2s").convert

    def __missing__(self, code: int) -> str:
        character = chr(code)
        folded = self._fold(character)
        if len(folded) != 1:
            self.irregular.add(character)
        self[code] = folded
        return folded

    def _fold(self, character: str) -> str:
        if unicodedata.category(character) == "Cs":
            return character  # half of a pair: OpenCC takes valid Unicode only
        plain = unicodedata.normalize("NFKC", character).lower()
        plain = ACCENT.sub("", unicodedata.normalize("NFD", plain))  # é is e
        plain = MARK.sub("", unicodedata.normalize("NFC", plain))
        return str(self._simplify(self._simplify(plain)))  # 薴 is 苧, and 苧 is 苎


@functools.cache
def _characters() -> _Characters:
    return _Characters()


def _chinese_digit(match: re.Match[str]) -> str:
    return CHINESE_DIGITS[int(match.group())]
