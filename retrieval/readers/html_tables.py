"""Lines of Markdown -> the tables among them that are written as HTML."""

import re
from collections.abc import Mapping, Sequence
from html import unescape
from typing import NamedTuple

from retrieval.readers.blocks import Block
from retrieval.readers.web.regions import Marked, Region
from retrieval.readers.web.webtables import WebTable

AROUND = r"(?:</?(?:html|body|div|center)\b[^<>]*>\s*)*"
"""What may stand round a table on its lines, and says nothing."""

BEGIN = re.compile(rf"[ \t]{{0,3}}{AROUND}(?=<table\b)", re.IGNORECASE)
BEHIND = re.compile(rf"\s*{AROUND}", re.IGNORECASE)
TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)\b([^<>]*)>")
SPAN = re.compile(r"""\b((?:col|row)span)\s*=\s*["']?\s*(\d{1,6})""", re.IGNORECASE)
INLINE = frozenset(
    "a abbr b code del em font i img kbd mark s small span strong sub sup u".split()  # noqa: SIM905 - shorter
)
"""Elements between which no words end."""


class HtmlTable(NamedTuple):
    """What a table says, the number of the line in which it ends, and what stands behind it there."""

    blocks: list[Block]
    last: int
    behind: str


def table_at(lines: Sequence[str], number: int) -> HtmlTable | None:
    """The table that begins with a line; None where none does, or one that is not closed or holds another."""
    begin = BEGIN.match(lines[number])
    if begin is None:
        return None
    reading = _Reading()
    for last in range(number, len(lines)):
        line = lines[last][begin.end() :] if last == number else lines[last]
        behind = reading.read(f"{line}\n")
        if reading.is_nested:
            break
        if behind is not None:
            return HtmlTable(reading.blocks, last, "" if BEHIND.fullmatch(behind) else behind.rstrip())
    return None


class _Reading:
    """A table while it is read, line by line."""

    def __init__(self) -> None:
        self._table = WebTable(0)
        self._found: list[Marked] = []
        self._text: list[str] = []
        self._is_begun = False
        self._is_in_cell = False
        self.is_nested = False

    @property
    def blocks(self) -> list[Block]:
        """What it says."""
        return [marked.block for marked in self._table.paragraphs(self._found)]

    def read(self, line: str) -> str | None:
        """What stands behind the table, None where it goes on."""
        start = 0
        for tag in TAG.finditer(line):
            self._text.append(unescape(line[start : tag.start()]))
            start = tag.end()
            name = tag[2].lower()
            if tag[1]:
                self._end(name)
            else:
                self._begin(name, {found[1].lower(): found[2] for found in SPAN.finditer(tag[3])})
            if tag[1] and name == "table":
                return line[start:]
        self._text.append(unescape(line[start:]))
        return None

    def _begin(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "table":
            self.is_nested, self._is_begun = self._is_begun, True
        if name in {"td", "th", "tr"}:
            self._end_cell()
        if name == "tr":
            self._table.begin_row()
        elif name in {"td", "th"}:
            self._table.begin_cell(len(self._found), attributes, is_name=name == "th")
            self._is_in_cell = True
        elif name in {"thead", "tbody"}:
            self._table.is_head = name == "thead"
        elif name not in INLINE:
            self._text.append(" ")

    def _end(self, name: str) -> None:
        if name in {"td", "th", "tr", "table"}:
            self._end_cell()
        if name == "thead":
            self._table.is_head = False
        elif name not in INLINE:
            self._text.append(" ")

    def _end_cell(self) -> None:
        """The end of a cell, or of what stands in none."""
        text, self._text = " ".join("".join(self._text).split()), []
        if text:
            self._found.append(Marked(Block(text), Region()))
        if self._is_in_cell:
            self._table.end_cell(len(self._found))
            self._is_in_cell = False
