"""Pieces of a column -> its lines, from above."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from retrieval.headings import is_marked
from retrieval.paragraphs import BEGINS
from retrieval.readers.pages.glyphs import IS_WIDE, Piece, Table

SAME = 0.45
"""Ems by which letters of one line stand higher or lower, at most."""

CELL = 1.5
"""Ems between two cells of a table, at least."""

BLANK = 0.2
"""Ems between two words, at least."""

MARK = 6
"""Characters of the mark of a heading or an item, at most."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text by its place, as of a piece; `is_row` tells that it is made of several cells, as it is
    where it holds the place of a `table`.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    is_row: bool = False
    table: Table | None = None


def lines(pieces: Iterable[Piece]) -> Iterator[Line]:
    """The lines that pieces make up, each from left to right."""
    line: list[Piece] = []
    for piece in sorted(pieces, key=lambda piece: -piece.base):
        if line and (piece.table or line[-1].table or _is_below(line[-1], piece)):
            yield _line(line)
            line = []
        line.append(piece)
    if line:
        yield _line(line)


def _is_below(before: Piece, piece: Piece) -> bool:
    return before.base - piece.base >= SAME * max(before.size, piece.size)


def _line(pieces: list[Piece]) -> Line:
    ordered = _once(sorted(pieces, key=lambda piece: piece.left))
    text = ordered[0].text
    for before, piece in pairwise(ordered):
        text += _between(before, piece) + piece.text
    longest = max(ordered, key=lambda piece: len(piece.text))
    return Line(
        text,
        ordered[0].left,
        max(piece.right for piece in ordered),
        longest.base,
        longest.size,
        any(_is_cell(before, piece) for before, piece in pairwise(_without_mark(ordered)))
        or longest.table is not None,
        longest.table,
    )


def _once(ordered: Iterable[Piece]) -> list[Piece]:
    """The pieces without those that are printed again over themselves, to look bold."""
    kept: list[Piece] = []
    for piece in ordered:
        over = [other for other in kept[-3:] if abs(other.left - piece.left) < SAME * piece.size]
        if all(other.text != piece.text for other in over):
            kept.append(piece)
    return kept


def _between(before: Piece, piece: Piece) -> str:
    gap = (piece.left - before.right) / max(before.size, piece.size)
    wide = IS_WIDE.match(before.text[-1]) and IS_WIDE.match(piece.text)
    return " " if gap >= (1 if wide else BLANK) else ""


def _without_mark(ordered: Sequence[Piece]) -> Sequence[Piece]:
    """The pieces without a heading's mark, behind which there may be as much room as between cells."""
    first = ordered[0].text + " "
    marked = len(first) <= MARK and (BEGINS.match(first) or is_marked(first))
    return ordered[1:] if marked else ordered


def _is_cell(before: Piece, piece: Piece) -> bool:
    return piece.left - before.right >= CELL * max(before.size, piece.size)
