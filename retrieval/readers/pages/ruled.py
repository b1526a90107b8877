"""Pieces in grids -> tables, and their rows, each with the names of its columns."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from statistics import median

from retrieval.readers import tables
from retrieval.readers.blocks import Block
from retrieval.readers.first_rows import Row
from retrieval.readers.headers import above_header, header_below
from retrieval.readers.pages.flow import Flow, joined
from retrieval.readers.pages.glyphs import Look, Piece, Table
from retrieval.readers.pages.grids import Cell, Grid, are_aligned
from retrieval.readers.pages.lines import Line, lines
from retrieval.readers.pages.parted_rows import is_parted

Rows = list[Sequence[str]]


def with_tables(pieces: Sequence[Piece], grids: Sequence[Grid], before: Sequence[Grid] = ()) -> list[Piece]:
    """The pieces, those in each grid that is a table put together as one, which stands in their place.

    A grid is none, as that of a diagram or of a frame, where it has one row, or no row has a text in two of
    its cells, unless it has the columns of one on the page `before`.
    """
    for grid in grids:
        inside: defaultdict[Cell, list[Piece]] = defaultdict(list)
        outside: list[Piece] = []
        for piece in pieces:
            cell = grid.cell_at((piece.left + piece.right) / 2, piece.base + piece.size / 3)
            (outside if cell is None else inside[cell]).append(piece)
        said = {cell: [*lines(some)] for cell, some in inside.items()}
        rows = tuple(_texts(row, said) for row in grid.cells)
        is_table = len(rows) > 1 and any(sum(map(bool, row)) > 1 for row in rows)
        if inside and (is_table or any(are_aligned(grid.edges, other.edges) for other in before)):
            size = median(piece.size for some in inside.values() for piece in some)
            table = Table(rows, grid.edges, looks=_looks(grid, said))
            text = " ".join(cell for row in rows for cell in row if cell)
            top = grid.heights[0] - size
            pieces = [*outside, Piece(text, grid.edges[0], grid.edges[-1], top, size, table)]
    return [*pieces]


def _texts(row: Sequence[Cell], said: Mapping[Cell, Sequence[Line]]) -> tuple[str, ...]:
    """The texts of a row: what stands over the whole width in each column, else in the first of its cell."""
    texts = {cell: reduce(joined, (line.text for line in said[cell])) for cell in {*row} if cell in said}
    if len({*row}) == 1:
        return tuple(texts.get(cell, "") for cell in row)
    before: list[Cell | None] = [None, *row[:-1]]
    return tuple("" if cell == last else texts.get(cell, "") for last, cell in zip(before, row, strict=True))


def _looks(grid: Grid, said: Mapping[Cell, Sequence[Line]]) -> tuple[tuple[Look, ...], ...]:
    rows = Counter(cell for row in grid.cells for cell in {*row})
    looks = {
        cell: Look(tuple(line.right - line.left for line in said.get(cell, ())), count == 1)
        for cell, count in rows.items()
    }
    return tuple(tuple(looks[cell] for cell in row) for row in grid.cells)


def rows_of(flows: Iterable[Flow]) -> Iterator[Block]:
    """The rows of tables between which nothing stands. One that goes on over the page keeps its header."""
    for part in _parts(flows):
        if part.header is None:
            yield from tables.rows(part.rows, part.page, header_rows=part.header_rows)
        elif part.rows:
            rows = [*part.header, *part.rows]
            yield from tables.rows(rows, part.page, header_rows=len(part.header))


@dataclass(frozen=True, slots=True)
class _Part:
    """What of a table is on a page; it has a `header` when it goes on from the page before."""

    page: int
    rows: Rows
    header: Rows | None
    header_rows: int | None = None


def _parts(flows: Iterable[Flow]) -> list[_Part]:
    """The parts of tables. A row that goes on over the page belongs to where it begins."""
    parts: list[_Part] = []
    header: Rows = []
    before: Table | None = None
    above: Rows = []  # whose last row may go on
    for flow in flows:
        table = flow.table
        assert table is not None
        rows: Rows = [*table.rows]
        goes_on = before and parts[-1].page + 1 == flow.page and are_aligned(before.edges, table.edges)
        if before and goes_on and (table.header_rows is None or rows[: table.header_rows] == header):
            repeated = len(header) if rows[: len(header)] == header else 0
            rows = rows[repeated:]
            if above and rows and is_parted(above[-1], before, table, repeated, flow.size):
                above[-1] = _joined(above[-1], rows.pop(0))
            parts.append(_Part(flow.page, rows, header))
        else:
            header = _header(rows)
            parts.append(_Part(flow.page, rows, None, table.header_rows))
        above = rows or above
        before = table
    return parts


def _joined(row: Sequence[str], rest: Sequence[str]) -> Sequence[str]:
    return [
        joined(cell, more) if cell and more else cell or more for cell, more in zip(row, rest, strict=True)
    ]


def _header(rows: Rows) -> Rows:
    head = [row for row in rows if any(row)][: tables.AHEAD]
    cells = [*map(Row, head)]
    begin = above_header(cells)
    return head[begin : begin + header_below(cells[begin:])]
