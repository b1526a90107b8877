"""Cells of a table of a page -> a paragraph a row, or what they hold where they only arrange a page."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, takewhile
from typing import NamedTuple

from retrieval.readers.blocks import Block
from retrieval.readers.tables import BETWEEN, rows
from retrieval.readers.web.regions import Attributes, Marked

WIDEST = 1000
"""Columns that a cell may reach to, as browsers have it."""

MOST_REACHED = 1_000_000
"""Fields of a table that cells reach to from above or the left; beyond, a cell is said where it stands."""

LONGEST_REPEATED = 200
"""Characters; a cell of many rows is said with each, unless it is longer."""

LONGEST_CELL = 300
"""Characters; a cell of several paragraphs that is longer is a part of a page, not of a table."""

_COUNT = re.compile(r"\s*0*([1-9]\d{0,4})")
_COLONS = ":："


@dataclass(slots=True)
class _Cell:
    """A cell, by the numbers of the first paragraph in it and the one behind."""

    first: int
    is_name: bool
    columns: int
    rows: int
    behind: int = -1


class _Field(NamedTuple):
    """What stands in a row and a column; `is_own` unless a cell reaches there from above or the left."""

    text: str = ""
    is_name: bool = False
    is_own: bool = False


@dataclass(slots=True)
class WebTable:
    """A table while it is read, whose paragraphs begin with the number `first`.

    `arranges` says that it is no table but by its tags, `is_head` that rows of names are read.
    """

    first: int
    arranges: bool = False
    is_head: bool = False
    _rows: list[list[_Cell]] = field(default_factory=list)
    _cell: _Cell | None = None

    def begin_row(self) -> None:
        """A new row."""
        self._rows.append([])

    def begin_cell(self, first: int, attributes: Attributes, *, is_name: bool) -> None:
        """A new cell, whose paragraphs begin with this number."""
        if self._cell is not None:  # a cell in a cell
            self.arranges = True
        if not self._rows:
            self.begin_row()
        columns = _count(attributes.get("colspan")) if attributes else 1
        high = _count(attributes.get("rowspan")) if attributes else 1
        self._cell = _Cell(first, is_name or self.is_head, min(columns, WIDEST), high)
        self._rows[-1].append(self._cell)

    def end_cell(self, behind: int) -> None:
        """The end of the cell, with the number of the paragraph behind it."""
        if self._cell is not None:
            self._cell.behind, self._cell = behind, None

    def paragraphs(self, within: Sequence[Marked]) -> list[Marked]:
        """What the paragraphs of the table, which are `within` it, are in the end."""
        found = [[(cell, _held(cell, within, self.first)) for cell in row] for row in self._rows if row]
        if self.arranges or not _is_table([[held for _, held in row if held] for row in found]):
            return [*within]
        if any(_is_part(held) for cell, held in chain.from_iterable(found) if not cell.is_name):
            return [*within]
        inside = {id(marked) for _, held in chain.from_iterable(found) for marked in held}
        outside = [marked for marked in within if id(marked) not in inside]
        region = next(held[0].region for _, held in chain.from_iterable(found) if held)
        said = _said([*_fields([[(cell, _text(held)) for cell, held in row] for row in found])])
        return [*outside, *(Marked(block, region) for block in said)]


def _count(written: str | None) -> int:
    found = _COUNT.match(written or "")
    return int(found[1]) if found else 1


def _held(cell: _Cell, within: Sequence[Marked], first: int) -> Sequence[Marked]:
    return within[cell.first - first : cell.behind - first]


def _text(held: Sequence[Marked]) -> str:
    text = held[0].block.text if len(held) == 1 else " ".join(marked.block.text for marked in held)
    return " ".join(text.split())


def _is_table(filled: Sequence[Sequence[Sequence[Marked]]]) -> bool:
    """Whether there are rows and columns."""
    return sum(map(bool, filled)) > 1 and max(map(len, filled)) > 1


def _is_part(held: Sequence[Marked]) -> bool:
    """Whether a cell holds more than a table has in one."""
    if any(marked.block.level is not None for marked in held):
        return True
    return len(held) > 1 and sum(len(marked.block.text) for marked in held) > LONGEST_CELL


def _fields(table: Sequence[Sequence[tuple[_Cell, str]]]) -> Iterator[list[_Field]]:
    """The rows with cells over several columns or rows in each that they reach, names also in each column."""
    reaching: dict[int, tuple[int, _Field]] = {}
    reached = 0
    for cells in table:
        row: list[_Field] = []
        for cell, text in cells:
            _reach(row, reaching)
            for number in range(_width(cell, len(row), reached)):
                own = not number
                if cell.rows > 1 and len(row) < WIDEST and reached <= MOST_REACHED:
                    again = text if (own or cell.is_name) and len(text) <= LONGEST_REPEATED else ""
                    reaching[len(row)] = (cell.rows - 1, _Field(again, cell.is_name))
                row.append(_Field(text if own or cell.is_name else "", cell.is_name, own))
        _reach(row, reaching)
        reached += len(row) - len(cells)
        if reached > MOST_REACHED:
            reaching.clear()
        if any(cell.is_own and cell.text for cell in row):
            yield row


def _width(cell: _Cell, column: int, reached: int) -> int:
    """How many columns a cell takes from one on."""
    return max(1, min(cell.columns, WIDEST - column)) if reached <= MOST_REACHED else 1


def _reach(row: list[_Field], reaching: dict[int, tuple[int, _Field]]) -> None:
    """Put what reaches down from the rows above where the row goes on."""
    while (above := reaching.pop(len(row), None)) is not None:
        left, again = above
        if left > 1:
            reaching[len(row)] = (left - 1, again)
        row.append(again)


def _said(table: Sequence[Sequence[_Field]]) -> Iterator[Block]:
    named = len([*takewhile(_names, table)])
    below = table[named:]
    if below and any(map(_is_paired, below)) and not named:
        yield from (Block(_pairs(row), is_row=True) for row in below)
    else:
        texts = [[cell.text for cell in row] for row in table]
        yield from rows(texts, header_rows=named or None)


def _names(row: Sequence[_Field]) -> bool:
    return any(cell.is_name for cell in row) and all(cell.is_name or not cell.text for cell in row)


def _is_paired(row: Sequence[_Field]) -> bool:
    """Whether a name stands before what it names, in the same row, by its tag."""
    return row[0].is_name and any(cell.text and not cell.is_name for cell in row)


def _pairs(row: Sequence[_Field]) -> str:
    said: list[str] = []
    name = ""
    for cell in (cell for cell in row if cell.text):
        if cell.is_name and cell.is_own:
            said += [name] if name else []
            name = cell.text.rstrip(_COLONS)
        elif not cell.is_name or not cell.is_own:
            said.append(f"{name}: {cell.text}" if name else cell.text)
            name = ""
    return BETWEEN.join([*said, name] if name else said)
