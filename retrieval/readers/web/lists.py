"""A list of a page -> what stands before each of its items."""

import re
from dataclasses import dataclass

from retrieval.readers.web.regions import Attributes

DIGITS = 5
"""A longer number numbers nothing."""

STYLE = re.compile(r"list-style(?:-type)?\s*:\s*(?P<style>[^;]*)", re.IGNORECASE)
STYLES = {
    "decimal": "1",
    "lower-alpha": "a",
    "lower-latin": "a",
    "upper-alpha": "A",
    "upper-latin": "A",
    "lower-roman": "i",
    "upper-roman": "I",
    "cjk-ideographic": "一",
    "simp-chinese-informal": "一",
    "trad-chinese-informal": "一",
}
"""How items are numbered, by its name in a style; the others number nothing."""

LETTERS = 26
ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
LARGEST_ROMAN = 3999
HAN = "零一二三四五六七八九"


@dataclass(slots=True)
class Items:
    """A list while it is read; `style` is how its items are numbered, empty where they are not."""

    style: str
    number: int

    def marker(self, value: str) -> str:
        """What stands before the next item, which may say its own number."""
        if _is_number(value):
            self.number = int(value)
        number, self.number = self.number, self.number + 1
        shown = _shown(self.style, number)
        if not shown:
            return ""
        return f"{shown}、" if self.style == "一" else f"{shown}. "


def items_of(tag: str, attributes: Attributes) -> Items:
    """The list that an element begins."""
    start, styled = attributes.get("start", ""), STYLE.search(attributes.get("style", ""))
    style = attributes.get("type", "1") if tag == "ol" else ""
    if styled:
        style = next((STYLES[word] for word in styled["style"].lower().split() if word in STYLES), "")
    return Items("" if "reversed" in attributes else style, int(start) if _is_number(start) else 1)


def _is_number(written: str) -> bool:
    return written.isdecimal() and len(written) <= DIGITS


def _shown(style: str, number: int) -> str:
    if style == "1":
        return str(number)
    if style in ("a", "A") and 1 <= number <= LETTERS:
        return chr(ord(style) + number - 1)
    if style in ("i", "I") and 1 <= number <= LARGEST_ROMAN:
        return _roman(number) if style == "i" else _roman(number).upper()
    if style == "一" and 1 <= number < 100:  # noqa: PLR2004 - lists have no more
        return _han(number)
    return ""


def _roman(number: int) -> str:
    said = ""
    for worth, letters in ROMAN:
        times, number = divmod(number, worth)
        said += letters * times
    return said


def _han(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{HAN[tens]}十"
    return head + (HAN[ones] if ones else "")
