"""Pieces that stand in columns without any line -> tables."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from retrieval.readers.pages.cell_rows import in_place_of, rows_by_height, text_of, with_tables_for
from retrieval.readers.pages.glyphs import Piece

ROWS, COLUMNS = 4, 3
"""Of a table, at least: fewer may stand below each other by chance."""

MOST = 200
"""Rows; no page has more that anybody can read."""

APART = 2.0
"""Ems between two columns, at least."""

ALIGNED = 0.5
"""Ems by which cells of a column begin, end or have their middle beside each other, at most."""

LONGEST = 20
"""Characters of a cell."""

EVEN = 1.3
"""Times the smallest distance between rows that another is, at most."""

_OF_A_SENTENCE = re.compile(r"[，。；！？]")


def with_aligned(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, those that make up a table beyond doubt put together as one: several rows of as many short
    cells, far from each other, which stand exactly below those of the row above.
    """
    return with_tables_for(pieces, _tables(pieces))


def _tables(pieces: Sequence[Piece]) -> Iterator[tuple[list[Piece], Piece]]:
    block: list[list[Piece]] = []
    for row in [*rows_by_height(pieces), []]:
        if block and not (_is_row(row) and len(block) < MOST and _goes_on(block, row)):
            if len(block) >= ROWS:
                inside = [piece for cells in block for piece in cells]
                texts = ([text_of([piece]) for piece in cells] for cells in block)
                yield inside, in_place_of(inside, texts, [*map(_extent, zip(*block, strict=True))])
            block = []
        if _is_row(row):
            block.append(row)


def _is_row(row: Sequence[Piece]) -> bool:
    return len(row) >= COLUMNS and all(
        piece.table is None and len(piece.text) <= LONGEST and not _OF_A_SENTENCE.search(piece.text)
        for piece in row
    )


def _goes_on(block: Sequence[Sequence[Piece]], row: Sequence[Piece]) -> bool:
    """Whether a row stands below those of a block, in the same columns."""
    if len(row) != len(block[0]):
        return False
    bases = [above[0].base for above in (*block, row)]
    distances = [above - below for above, below in pairwise(bases)]
    columns = [[*cells] for cells in zip(*block, row, strict=True)]
    return (
        max(distances) <= EVEN * min(distances)
        and all(map(_is_aligned, columns))
        and all(_are_apart(left, right) for left, right in pairwise(columns))
    )


def _extent(column: Sequence[Piece]) -> tuple[float, float]:
    return min(piece.left for piece in column), max(piece.right for piece in column)


def _is_aligned(column: Sequence[Piece]) -> bool:
    near = ALIGNED * column[0].size
    places = (
        [piece.left for piece in column],
        [piece.right for piece in column],
        [(piece.left + piece.right) / 2 for piece in column],
    )
    return any(max(some) - min(some) <= near for some in places)


def _are_apart(left: Sequence[Piece], right: Sequence[Piece]) -> bool:
    between = _extent(right)[0] - _extent(left)[1]
    return between >= APART * max(piece.size for piece in (*left, *right))
