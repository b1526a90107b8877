"""Table with merged cells -> blocks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from retrieval.readers.blocks import Block
from retrieval.readers.tables import rows

HIGHEST_HEADER = 3
"""Rows."""

MOST_COLUMNS = 64
"""Over which a cell stands; a file may say any number."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: what stands in it, over how many columns, and whether it goes on the cell above.

    `stands_out` says that it is bold or shaded.
    """

    blocks: tuple[Block, ...] = ()
    columns: int = 1
    goes_on: bool = False
    stands_out: bool = False

    @property
    def text(self) -> str:
        """What it says itself, on one line."""
        return " ".join(" ".join(block.text for block in self.blocks if not block.is_row).split())


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row, from left to right; `is_header` where the file says so."""

    cells: tuple[Cell, ...]
    is_header: bool = False

    @property
    def stands_out(self) -> bool:
        """Whether all of it does."""
        return self.is_header or all(cell.stands_out for cell in self.cells if cell.text)


def blocks_of(grid: Sequence[Row]) -> Iterator[Block]:
    """The rows of a table, each with the names of its columns, and then the tables that stand in its cells.

    The text of a merged cell belongs to each of its rows. A table of one column is a layout: its paragraphs
    are said as they are.
    """
    cells = [cell for row in grid for cell in row.cells]
    if all(len(row.cells) <= 1 for row in grid):
        yield from (block for cell in cells for block in cell.blocks)
        return
    yield from rows(_lines(grid), header_rows=_header_rows(grid))
    yield from (block for cell in cells for block in cell.blocks if block.is_row)


def _lines(grid: Sequence[Row]) -> Iterator[list[str]]:
    """The texts of a row, one for each column; those of what stands over the whole width in each."""
    above: list[str] = []
    for row in grid:
        line: list[str] = []
        for cell in row.cells:
            text = cell.text
            if cell.goes_on and not text and len(line) < len(above):
                text = above[len(line)]
            line += [text, *[text if len(row.cells) == 1 else ""] * (min(cell.columns, MOST_COLUMNS) - 1)]
        above = line
        yield line


def _header_rows(grid: Sequence[Row]) -> int | None:
    """How many rows the file makes the header, or sets off from the others; None where it does not tell."""
    filled = [row for row in grid if any(cell.text for cell in row.cells)]
    for count in (
        sum(1 for _ in takewhile(lambda row: row.is_header, filled)),
        sum(1 for _ in takewhile(lambda row: row.stands_out, filled)),
    ):
        names = [row for row in filled[:count] if sum(bool(cell.text) for cell in row.cells) > 1]
        if names and count < len(filled) and count <= HIGHEST_HEADER:
            return count
    return None
