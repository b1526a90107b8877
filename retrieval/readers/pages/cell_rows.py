"""Pieces -> rows of cells, by their heights."""

from collections.abc import Iterable, Sequence
from functools import reduce
from itertools import pairwise
from statistics import median

from retrieval.readers.pages.flow import joined
from retrieval.readers.pages.glyphs import Piece, Table
from retrieval.readers.pages.lines import lines

SAME = 0.4
"""Ems by which the cells of a row stand higher or lower, at most."""


def rows_by_height(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """The pieces that stand beside each other, from above, and in each row from the left."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: -piece.base):
        if rows and rows[-1][0].base - piece.base < SAME * piece.size:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda piece: piece.left) for row in rows]


def text_of(cell: Iterable[Piece]) -> str:
    """What a cell says, on however many lines."""
    said = [line.text for line in lines(cell)]
    return reduce(joined, said) if said else ""


def in_place_of(
    pieces: Sequence[Piece],
    rows: Iterable[Iterable[str]],
    columns: Sequence[tuple[float, float]],
    header_rows: int | None = None,
) -> Piece:
    """A table in the place of its pieces, whose columns begin and end there; `header_rows` of its rows name
    them, where that is known.
    """
    between = ((left[1] + right[0]) / 2 for left, right in pairwise(columns))
    edges = (columns[0][0], *between, columns[-1][1])
    table = Table(tuple(map(tuple, rows)), edges, header_rows)
    text = " ".join(cell for row in table.rows for cell in row if cell)
    size = median(piece.size for piece in pieces)
    return Piece(text, edges[0], edges[-1], max(piece.base for piece in pieces), size, table)


def with_tables_for(pieces: Sequence[Piece], found: Iterable[tuple[Sequence[Piece], Piece]]) -> list[Piece]:
    """The pieces, with each table for those that it is made of."""
    tables = [*found]
    gone = {id(piece) for some, _ in tables for piece in some}
    return [*(piece for piece in pieces if id(piece) not in gone), *(table for _, table in tables)]
