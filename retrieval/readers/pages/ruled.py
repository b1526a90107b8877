"""Pieces in grids -> tables, and their rows, each with the names of its columns."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from statistics import median

from retrieval.paragraphs import ENDS
from retrieval.readers import tables
from retrieval.readers.blocks import Block
from retrieval.readers.headers import above_header, header_below
from retrieval.readers.pages.flow import Flow, joined
from retrieval.readers.pages.glyphs import Piece, Table
from retrieval.readers.pages.grids import Cell, Grid, are_aligned
from retrieval.readers.pages.lines import lines

PARTED = 20
"""Characters of a cell that goes on over the page, at least."""

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
        rows = tuple(_texts(row, inside) for row in grid.cells)
        is_table = len(rows) > 1 and any(sum(map(bool, row)) > 1 for row in rows)
        if inside and (is_table or any(are_aligned(grid.edges, other.edges) for other in before)):
            size = median(piece.size for some in inside.values() for piece in some)
            table = Table(rows, grid.edges)
            text = " ".join(cell for row in rows for cell in row if cell)
            top = grid.heights[0] - size
            pieces = [*outside, Piece(text, grid.edges[0], grid.edges[-1], top, size, table)]
    return [*pieces]


def _texts(row: Sequence[Cell], inside: dict[Cell, list[Piece]]) -> tuple[str, ...]:
    """The texts of a row: what stands over the whole width in each column, else in the first of its cell."""
    texts = {
        cell: reduce(joined, (line.text for line in lines(inside.get(cell, []))))
        for cell in {*row}
        if inside.get(cell)
    }
    if len({*row}) == 1:
        return tuple(texts.get(cell, "") for cell in row)
    before: list[Cell | None] = [None, *row[:-1]]
    return tuple("" if cell == last else texts.get(cell, "") for last, cell in zip(before, row, strict=True))


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
    edges: tuple[float, ...] = ()
    for flow in flows:
        table = flow.table
        assert table is not None
        rows: Rows = [*table.rows]
        goes_on = parts and parts[-1].page + 1 == flow.page and are_aligned(edges, table.edges)
        if goes_on and (table.header_rows is None or rows[: table.header_rows] == header):
            rows = rows[len(header) :] if rows[: len(header)] == header else rows
            last = parts[-1].rows
            if last and rows and _is_parted(last[-1], rows[0]):
                last[-1] = tuple(joined(a, b) if b else a for a, b in zip(last[-1], rows.pop(0), strict=True))
            parts.append(_Part(flow.page, rows, header))
        else:
            header = _header(rows)
            parts.append(_Part(flow.page, rows, None, table.header_rows))
        edges = table.edges
    return parts


def _is_parted(row: Sequence[str], following: Sequence[str]) -> bool:
    """Whether a row goes on: what it says more are the ends of long cells that broke off."""
    more = [cell for cell, below in zip(row, following, strict=True) if below]
    return bool(more) and all(len(cell) >= PARTED and not cell.endswith(ENDS) for cell in more)


def _header(rows: Rows) -> Rows:
    head = [row for row in rows if any(row)][: tables.AHEAD]
    cells = [[*row] for row in head]
    begin = above_header(cells)
    return head[begin : begin + header_below(cells[begin:])]
