"""Pieces between lines that only lie -> tables.

Papers draw one line above the header of a table, one below it, and one at the end.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import mean

from retrieval.readers.pages.cell_rows import in_place_of, rows_by_height, text_of, with_tables_for
from retrieval.readers.pages.glyphs import Piece
from retrieval.readers.pages.rules import Rule

NEAR = 6.0
"""Points by which the lines of a table begin or end beside each other, at most."""

FEWEST = 3
"""Lines of a table, at least."""

HIGHEST = 3
"""Rows of text of a header."""

WIDEST = 100
"""Columns of a table."""

CELLS = 0.6
"""The share of the rows that have several cells, at least."""

GAP = 0.5
"""Ems between two columns, at least."""

FULL = 0.8
"""The share of a column's width that its lines take on average where it is one of text."""

ROOM = 1.5
"""Ems that a line leaves at its end, at most, where a cell goes on below."""

BROAD = 6
"""Ems of a column whose cells go on below, at least."""

Cells = dict[int, list[Piece]]
"""The pieces of a row, by column."""


def with_ruled_off(pieces: Sequence[Piece], lying: Sequence[Rule]) -> list[Piece]:
    """The pieces, those of each table put together as one. What does not fit into columns is no table."""
    return with_tables_for(pieces, _tables(pieces, lying))


def _tables(pieces: Sequence[Piece], lying: Sequence[Rule]) -> Iterator[tuple[list[Piece], Piece]]:
    for rules in _alike(lying):
        bands = [_between(above, below, pieces) for above, below in pairwise(rules)]
        for some in _tabular(bands):
            inside = [piece for band in some for row in band for piece in row]
            columns = _columns(row for band in some[1:] for row in band if len(row) > 1)
            if rows := _rows(some, columns, lying):
                yield inside, in_place_of(inside, rows, columns, 1)


def _alike(lying: Sequence[Rule]) -> Iterator[list[Rule]]:
    """The lines that begin and end beside each other, those together, from above."""
    groups: list[list[Rule]] = []
    for rule in sorted(lying, key=lambda rule: -rule.at):
        for group in groups:
            if abs(group[0].start - rule.start) <= NEAR and abs(group[0].end - rule.end) <= NEAR:
                if group[-1].at - rule.at > NEAR:  # else it is double
                    group.append(rule)
                break
        else:
            groups.append([rule])
    return (group for group in groups if len(group) >= FEWEST)


def _between(above: Rule, below: Rule, pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The rows of text between two lines; none where something goes on beyond their ends."""
    inside = [
        piece
        for piece in pieces
        if below.at < piece.base + piece.size / 3 < above.at
        and piece.right > above.start
        and piece.left < above.end
    ]
    if any(
        piece.table or piece.left < above.start - NEAR or piece.right > above.end + NEAR for piece in inside
    ):
        return []
    return rows_by_height(inside)


def _tabular(bands: Iterable[list[list[Piece]]]) -> Iterator[list[list[list[Piece]]]]:
    """The bands of each table: its header, and what follows that as long as it is in cells."""
    found: list[list[list[Piece]]] = []
    for band in [*bands, []]:
        if sum(len(row) > 1 for row in band) >= max(1, CELLS * len(band)) and (found or len(band) <= HIGHEST):
            found.append(band)
            continue
        if len(found) > 1:
            yield found
        found = []


def _rows(
    bands: Sequence[list[list[Piece]]], columns: Sequence[tuple[float, float]], lying: Sequence[Rule]
) -> list[list[str]]:
    """The texts of a table, its header in one row; nothing where it is not clear in which columns."""
    body = [row for band in bands[1:] for row in band]
    if not 1 < len(columns) <= WIDEST or _are_of_text(columns, body):
        return []
    if any(len(row) > len(columns) for row in bands[0]):
        return []
    header = _header(bands[0], columns, lying)
    if not header:
        return []
    rows = [_placed(row, columns) for row in body]
    if any(cells is None for cells in rows):
        return []
    placed = [cells for cells in rows if cells is not None]
    return [header, *_texts(placed, columns)]


def _columns(rows: Iterable[Sequence[Piece]]) -> list[tuple[float, float]]:
    """Where columns begin and end: room between them goes through all rows."""
    columns: list[tuple[float, float]] = []
    for piece in sorted((piece for row in rows for piece in row), key=lambda piece: piece.left):
        if columns and piece.left - columns[-1][1] < GAP * piece.size:
            columns[-1] = columns[-1][0], max(columns[-1][1], piece.right)
        else:
            columns.append((piece.left, piece.right))
    return columns


def _are_of_text(columns: Sequence[tuple[float, float]], rows: Sequence[Sequence[Piece]]) -> bool:
    """Whether the columns are full of lines of text, as those of a page."""
    widths: defaultdict[int, list[float]] = defaultdict(list)
    for piece in (piece for row in rows for piece in row):
        for column in _over(piece, columns):
            widths[column].append(piece.right - piece.left)
    shares = [mean(widths[n]) / (right - left) for n, (left, right) in enumerate(columns) if widths[n]]
    wide = [right - left >= 2 * BROAD * rows[0][0].size for left, right in columns]
    return len(rows) > HIGHEST and all(wide) and all(share >= FULL for share in shares)


def _over(piece: Piece, columns: Sequence[tuple[float, float]]) -> list[int]:
    """The columns that a piece stands in."""
    return [n for n, (left, right) in enumerate(columns) if piece.left < right and left < piece.right]


def _placed(row: Sequence[Piece], columns: Sequence[tuple[float, float]]) -> Cells | None:
    """The pieces of a row by column, None where that is not clear. What stands alone may go over several."""
    cells: Cells = {}
    for piece in row:
        over = _over(piece, columns)
        if len(row) == 1 and over:
            over = over[:1]
        if len(over) != 1 or over[0] in cells:
            return None
        cells[over[0]] = [piece]
    return cells


def _header(
    rows: Sequence[Sequence[Piece]], columns: Sequence[tuple[float, float]], lying: Sequence[Rule]
) -> list[str]:
    """The names of the columns; those of a group, which has a line below it, begin with the group's.

    Nothing where it is not clear which column a word belongs to.
    """
    groups: list[list[str]] = [[] for _ in columns]
    own: list[list[Piece]] = [[] for _ in columns]
    for row, lower in zip(rows, [*rows[1:], []], strict=True):
        below = {column for piece in lower for column in _over(piece, columns)}
        named: set[int] = set()
        for piece in row:
            group = _group(piece, lower, columns, lying)
            over = group or _over(piece, columns)
            is_clear = bool(group) or (len(over) == 1 and not _may_be_group(over[0], below, row, columns))
            if not is_clear or not named.isdisjoint(over):
                return []
            named.update(over)
            for column in over:
                if group:
                    groups[column].append(piece.text)
                else:
                    own[column].append(piece)
    return [" ".join(filter(None, [*above, text_of(cell)])) for above, cell in zip(groups, own, strict=True)]


def _group(
    piece: Piece, lower: Sequence[Piece], columns: Sequence[tuple[float, float]], lying: Sequence[Rule]
) -> list[int]:
    """The columns over which a name stands, by the line between it and what is below it."""
    middle = (piece.left + piece.right) / 2
    for rule in lying:
        is_below = lower and lower[0].base < rule.at < piece.base
        if is_below and rule.start <= middle <= rule.end:
            return [
                n for n, (left, right) in enumerate(columns) if rule.start <= (left + right) / 2 <= rule.end
            ]
    return []


def _may_be_group(
    column: int, below: set[int], row: Sequence[Piece], columns: Sequence[tuple[float, float]]
) -> bool:
    """Whether a name over a column may be that of several: one beside it has a name below, and none above."""
    above = {column for piece in row for column in _over(piece, columns)}
    return column in below and any(beside in below - above for beside in (column - 1, column + 1))


def _texts(rows: Iterable[Cells], columns: Sequence[tuple[float, float]]) -> Iterator[list[str]]:
    """The rows of a table of rows of text, of which some go on what is above."""
    cells: Cells = {}
    for row in rows:
        if cells and not _goes_on(cells, row, columns):
            yield _said(cells, columns)
            cells = {}
        cells = {n: [*cells.get(n, []), *row.get(n, [])] for n in {*cells, *row}}
    if cells:
        yield _said(cells, columns)


def _said(cells: Cells, columns: Sequence[tuple[float, float]]) -> list[str]:
    return [text_of(cells.get(column, [])) for column in range(len(columns))]


def _goes_on(cells: Cells, row: Cells, columns: Sequence[tuple[float, float]]) -> bool:
    """Whether a row of text is the rest of broad cells that fill theirs."""
    return 0 not in row and all(
        column in cells
        and columns[column][1] - columns[column][0] >= BROAD * some[0].size
        and cells[column][-1].right >= columns[column][1] - ROOM * some[0].size
        for column, some in row.items()
    )
