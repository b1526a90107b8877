"""The parts of a workbook -> rows of cells, as they are shown."""

import re
import string
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import lru_cache
from typing import BinaryIO

from lxml import etree

from retrieval.documents import SheetRow
from retrieval.readers.archives import SAFE, SPOILT, Element
from retrieval.readers.first_rows import Row
from retrieval.readers.office.looks import Look
from retrieval.readers.office.package import BLOCK

_MERGED = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^<>]{0,99}?ref=[\"']([A-Z]{1,3})([0-9]{1,7}):[A-Z]{1,3}([0-9]{1,7})[\"']"
)
_LONGEST_MERGED = 200
_LINK = re.compile(r'HYPERLINK\(\s*"[^"]*"\s*,\s*"((?:[^"]|"")+)"\s*\)', re.IGNORECASE)
"""A formula that says itself what it shows."""

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_WIDEST = 1 << 14


Opened = Callable[[], BinaryIO | None]
"""Opens a part, to be read bit by bit; None where there is none."""

BROKEN = (*SPOILT, etree.XMLSyntaxError, ValueError)
"""What reading a part raises that is not as it should be."""


def texts_of(opened: Opened) -> list[str]:
    """The texts that cells name by number, up to where they cannot be read any more."""
    texts: list[str] = []
    with suppress(*BROKEN):
        if file := opened():
            texts.extend(_text(item) for item in _elements(file, "{*}si"))
    return texts


class Sheet:
    """A sheet while it is read, whose rows are placed in one of this `name`.

    So far, `unsaved` counts the formulas whose value nobody saved, and `is_damaged` says that something of it
    cannot be read.
    """

    def __init__(self, opened: Opened, look: Look, name: str) -> None:
        self._opened, self._look, self._name = opened, look, name
        self.unsaved = 0
        self.is_damaged = False

    def rows(self) -> Iterator[Row]:
        """The rows up to where they cannot be read any more, an empty one where some are missing.

        A cell that is merged down stands in each of its rows that have something of their own.
        """
        try:
            yield from self._rows()
        except BROKEN:
            self.is_damaged = True

    def _rows(self) -> Iterator[Row]:
        if not (file := self._opened()) or not (again := self._opened()):
            self.is_damaged = True
            return
        merged: list[tuple[int, int, int]] = []
        with file, suppress(*BROKEN):  # which is noticed again where the rows are read
            merged.extend(_merged(file))
        merged.sort(reverse=True)
        standing: dict[int, tuple[int, str]] = {}
        number = last = 0
        with again as file:
            for row in _elements(file, "{*}row"):
                number = int(row.get("r") or number + 1)
                cells = dict(self._cells(row))
                if not cells:
                    continue
                if number > last + 1:
                    yield Row()
                last = number
                while merged and merged[-1][0] < number:
                    merged.pop()
                _fill(cells, number, standing)
                while merged and merged[-1][0] == number:
                    _, column, end = merged.pop()
                    if column in cells:
                        standing[column] = end, cells[column]
                shown = (cells.get(column, "") for column in range(max(cells) + 1))
                stands_out = bool(self._look.stands_out) and self._stands_out(row)
                yield Row.of(shown, SheetRow(number, self._name), stands_out=stands_out)

    def _stands_out(self, row: Element) -> bool:
        return all(cell.get("s", "0") in self._look.stands_out for cell in row if len(cell))

    def _cells(self, row: Element) -> Iterator[tuple[int, str]]:
        """The columns, counted from zero, of the cells that hold something, and what they show."""
        for number, cell in enumerate(row):
            place = cell.get("r")
            column = _column(place.rstrip(string.digits)) if place else number
            if column < _WIDEST and (text := self._shown(cell)):
                yield column, text

    def _shown(self, cell: Element) -> str:
        """What a cell shows: its value, or what a formula links, whose value nobody saved."""
        formula: str | None = None
        kind = cell.get("t", "n")
        for part in cell:
            tag = part.tag
            if tag.endswith("}v"):
                if part.text or kind == "str":
                    return self._value(part.text or "", kind, cell.get("s"))
            elif tag.endswith("}is"):
                return _text(part)
            elif tag.endswith("}f"):
                formula = part.text or ""
        if formula is None:
            return ""
        if link := _LINK.fullmatch(formula):
            return link[1].replace('""', '"')
        self.unsaved += 1
        return ""

    def _value(self, text: str, kind: str, style: str | None) -> str:
        look = self._look
        if kind == "s":
            number = int(text) if text.isdecimal() else len(look.texts)
            self.is_damaged |= number >= len(look.texts)
            return look.texts[number] if number < len(look.texts) else ""
        if kind == "n":
            number = int(style or 0)
            return look.formats[number].shown(text) if number < len(look.formats) else text
        if kind == "b":
            return "TRUE" if text == "1" else "FALSE"
        return _unescaped(text)


def _fill(cells: dict[int, str], number: int, standing: dict[int, tuple[int, str]]) -> None:
    for column, (end, text) in [*standing.items()]:
        if end < number:
            del standing[column]
        else:
            cells.setdefault(column, text)


def _merged(file: BinaryIO) -> Iterator[tuple[int, int, int]]:
    """The first row, the column and the last row of what is merged down. It stands behind all rows."""
    kept = b""
    while block := file.read(BLOCK):
        kept += block
        end = 0
        if b"mergeCell" not in kept:  # as nearly everywhere, and sooner seen
            kept = kept[-_LONGEST_MERGED:]
            continue
        for found in _MERGED.finditer(kept):
            end = found.end()
            if found[2] != found[3]:
                yield int(found[2]), _column(found[1].decode()), int(found[3])
        kept = kept[max(end, len(kept) - _LONGEST_MERGED) :]


@lru_cache(_WIDEST)
def _column(letters: str) -> int:
    """The column of some letters, counted from zero."""
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


def _text(item: Element) -> str:
    """What a text says, without how it is pronounced."""
    if len(item) == 1 and len(item[0]) == 0:
        return _unescaped(item[0].text or "")
    runs = (run for run in item.iter("{*}t") if etree.QName(run.getparent()).localname != "rPh")
    return _unescaped("".join(run.text or "" for run in runs))


def _unescaped(text: str) -> str:
    """A text with what stands for characters that XML cannot hold; those are white space, if anything."""
    return _ESCAPED.sub(_character, text) if "_x" in text else text


def _character(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    return character if character.isprintable() else " "


def _elements(file: BinaryIO, tag: str) -> Iterator[Element]:
    """The elements of a name, each gone when the next comes."""
    try:
        for _, element in etree.iterparse(file, tag=tag, remove_comments=True, remove_pis=True, **SAFE):
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        if error.code == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from error
        raise
