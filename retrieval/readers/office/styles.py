"""Styles of a Word file -> what they make of a paragraph."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from retrieval.headings import TITLE
from retrieval.readers.archives import Element
from retrieval.readers.office.numbering import VALUE, W, is_on, whole

HEADING = re.compile(r"(?:heading|标题|標題) ?([1-9])", re.IGNORECASE)
NAMED = re.compile(r"title|标题|標題", re.IGNORECASE)
CONTENTS = re.compile(
    r"toc ?(?:\d|heading)|table of figures|.*目[录錄] ?\d|contents (?:\d|heading)", re.IGNORECASE
)
USUAL = 20
"""Half points, of letters whose size nothing tells."""

LEVELS = 9
"""Of an outline; the next one is that of text."""


@dataclass(frozen=True, slots=True)
class Style:
    """What a style makes of a paragraph: the level of heading, a line of the table of contents, hidden; and
    the list that numbers it, with its level where the style tells.
    """

    level: int | None = None
    is_contents: bool = False
    is_hidden: bool = False
    list_number: str | None = None
    list_level: int | None = None
    size: int | None = None
    """Of the letters, in half points."""


@dataclass(slots=True)
class Styles:
    """The styles of a document."""

    _elements: dict[str, Element] = field(default_factory=dict)
    _default: str | None = None
    _size: int = USUAL
    _known: dict[str | None, Style] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Element) -> "Styles":
        """The styles that the part of a file describes, whose root is None where there is none."""
        if root is None:
            return cls()
        found = {element.get(f"{W}styleId", ""): element for element in root.iterchildren(f"{W}style")}
        usual = (
            name
            for name, element in found.items()
            if element.get(f"{W}default") in {"1", "true", "on"} and element.get(f"{W}type") == "paragraph"
        )
        size = whole(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}sz"), USUAL)
        return cls(found, next(usual, None), size)

    def __getitem__(self, name: str | None) -> Style:
        """The style of a name as paragraphs call it, without one that of paragraphs that call none."""
        if name not in self._known:
            self._known[name] = self._read(name)
        return self._known[name]

    def size_of(self, name: str | None) -> int:
        """Of the letters of a paragraph in a style, in half points, where they have none of their own."""
        return self[name].size or self._size

    def _read(self, name: str | None) -> Style:
        called = name or self._default
        chain = [*self._chain(called)]
        if not chain:
            return _by_name([called or ""])
        names = [_said(element, "name") or "" for element in chain]
        said = _by_name(names[:1]) if CONTENTS.match(names[0]) else _level(chain, names)
        numbers = [element.find(f"{W}pPr/{W}numPr") for element in chain]
        hidden = next((found for e in chain if (found := e.find(f"{W}rPr/{W}vanish")) is not None), None)
        return Style(
            said.level,
            said.is_contents,
            is_on(hidden),
            next((found for n in numbers if n is not None and (found := _said(n, "numId"))), None),
            next((whole(n.find(f"{W}ilvl"), 0) for n in numbers if n is not None and _said(n, "ilvl")), None),
            next(
                (whole(found, USUAL) for e in chain if (found := e.find(f"{W}rPr/{W}sz")) is not None), None
            ),
        )

    def _chain(self, name: str | None) -> Iterator[Element]:
        """The style and those it is based on, as far as they are there."""
        passed: set[str] = set()
        while name in self._elements and name not in passed:
            passed.add(name)
            yield self._elements[name]
            name = _said(self._elements[name], "basedOn")


def outline(properties: Element) -> int | None:
    """The level that the properties of a paragraph give it, from 1; one beyond the last for text."""
    found = None if properties is None else properties.find(f"{W}outlineLvl")
    return None if found is None else min(whole(found, LEVELS), LEVELS) + 1


def _level(chain: list[Element], names: list[str]) -> Style:
    for element, name in zip(chain, names, strict=True):
        own = outline(element.find(f"{W}pPr"))
        if own is not None and own > LEVELS:
            return Style()
        by_name = _by_name([name])
        if by_name.level is not None:
            return by_name
        if own is not None:
            return Style(own)
    return Style()


def _by_name(names: list[str]) -> Style:
    name = names[0]
    if CONTENTS.match(name):
        return Style(is_contents=True)
    if heading := HEADING.fullmatch(name):
        return Style(int(heading[1]))
    return Style(TITLE) if NAMED.fullmatch(name) else Style()


def _said(parent: Element, name: str) -> str | None:
    found = parent.find(f"{W}{name}")
    return None if found is None else found.get(VALUE)
