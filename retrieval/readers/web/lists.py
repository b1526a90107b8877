"""A list of a page -> what stands before each of its items."""

import re
from dataclasses import dataclass

from retrieval.readers.counting import LARGEST_ROMAN, written
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

FORMS = {
    "1": ("decimal", 10**DIGITS),
    "a": ("lowerLetter", 26),
    "A": ("upperLetter", 26),
    "i": ("lowerRoman", LARGEST_ROMAN),
    "I": ("upperRoman", LARGEST_ROMAN),
    "一": ("chineseCounting", 99),
}
"""The name of each form and the largest number that a page shows in it."""


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
    form, largest = FORMS.get(style, ("", 0))
    is_shown = number <= largest and (number or style == "1")
    return written(number, form) if is_shown else ""
