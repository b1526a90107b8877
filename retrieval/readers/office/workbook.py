"""Excel workbook -> content."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain, islice
from typing import BinaryIO

from retrieval.documents import Content
from retrieval.problems import Flaw, Reason, UnreadableError
from retrieval.readers.archives import Element
from retrieval.readers.blocks import Block, content_of
from retrieval.readers.office.looks import Look, look_of
from retrieval.readers.office.package import ID, Package
from retrieval.readers.office.worksheet import Sheet, texts_of
from retrieval.readers.tables import rows

MAIN = "xl/workbook.xml"
NAMELESS = re.compile(
    r"(?:sheet|work\s?sheet|table|工作表|表格?|頁|页)\s*[0-9]*(?:\s*[(（][0-9]+[)）])?", re.IGNORECASE
)


def read(file: BinaryIO) -> Content:
    """The rows of each sheet, each with the names of its columns, as they are shown.

    A sheet is a section under its name, where it has one of its own and is not the only one. What a filter
    hides is read; hidden sheets, charts and comments are not, and of a formula only the value that was saved
    with it; those that have none are a flaw, and so are sheets of which something cannot be read. Raises
    UnreadableError where nothing can.
    """
    book = _Book(file)
    sheets = book.sheets()
    spare = None if len(sheets) > 1 else next(filter(_is_named, sheets), None)
    content = content_of(chain.from_iterable(book.blocks(name, sheets) for name in sheets), spare=spare)
    if not content.paragraphs and book.damaged:
        raise UnreadableError(Reason.DAMAGED)
    return replace(content, flaw=book.flaw)


def _is_named(sheet: str) -> bool:
    return NAMELESS.fullmatch(sheet.strip()) is None


class _Book:
    """The sheets of a workbook, by name."""

    def __init__(self, file: BinaryIO) -> None:
        self._package = Package(file, Reason.SHEET)
        main = self._package.main(MAIN)
        self._root, self._name = main.root, main.name
        self._numbers = {sheet.get("name", ""): sheet.get(ID) for sheet in self._shown()}
        self._look = self._looks()
        self._unsaved = 0
        self.damaged: list[str] = []

    @property
    def flaw(self) -> Flaw | None:
        """What could not be read of the sheets so far."""
        if self.damaged:
            return Flaw.of_parts(self.damaged)
        return Flaw(Reason.FORMULAS, str(self._unsaved)) if self._unsaved else None

    def sheets(self) -> Sequence[str]:
        """The names of those that are shown and hold cells."""
        return [
            name
            for name, number in self._numbers.items()
            if self._package.relates(self._name, "worksheet", number)
        ]

    def blocks(self, sheet: str, sheets: Sequence[str]) -> Iterator[Block]:
        """What a sheet says, below its name if it has one of its own among several."""
        is_section = len(sheets) > 1 and _is_named(sheet)
        name = sheet if len(sheets) > 1 and not is_section else ""
        table = Sheet(partial(self._opened, "worksheet", self._numbers[sheet]), self._look, name)
        blocks = rows(table.rows(), title_level=2 if is_section else 1, is_repeated=False)
        first = [*islice(blocks, 1)]
        if first and is_section:
            yield Block(sheet, level=1)
            yield from first
        else:
            yield from (replace(block, ends=1) if block.level is None else block for block in first)
        yield from blocks
        self._unsaved += table.unsaved
        self.damaged += [sheet] if table.is_damaged else []

    def _shown(self) -> Iterator[Element]:
        for sheet in self._root.iterfind("{*}sheets/{*}sheet"):
            if sheet.get("state", "visible") == "visible":
                yield sheet

    def _looks(self) -> Look:
        properties = self._root.find("{*}workbookPr")
        from_1904 = properties is not None and properties.get("date1904") in {"1", "true"}
        texts, styles = texts_of(partial(self._opened, "sharedStrings")), self._opened("styles")
        return look_of(texts, styles, from_1904=from_1904) if styles else Look(texts)

    def _opened(self, kind: str, number: str | None = None) -> BinaryIO | None:
        return self._package.opened(self._name, kind, number)
