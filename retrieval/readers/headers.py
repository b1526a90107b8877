"""The first rows of a table -> its header, and what stands above that."""

from collections.abc import Sequence
from itertools import pairwise

from retrieval.labels import is_figure, is_period
from retrieval.readers.first_rows import (
    DIFFERENT,
    Row,
    cell_at,
    filled,
    is_of_figures,
    is_of_names,
    names_columns,
)
from retrieval.readers.forms import is_form

FULL = 0.6
"""The share of the columns that a header names, at least."""

DEEPEST = 3
"""Rows of a header."""


def is_lone(row: Row) -> bool:
    """Whether one text is all that a row has, be it in one cell or, merged across, in every cell."""
    texts = {*row} - {""}
    return len(texts) == 1 and row.count("") in {0, len(row) - 1}


def above_header(head: Sequence[Row]) -> int:
    """How many rows stand above the header, or above the first row where there is none.

    They say what the table is about: a title, who filled it in, the unit of its figures.
    """
    full = FULL * max((filled(row) for row in head if not is_lone(row)), default=0)
    above = next((number for number, row in enumerate(head) if not is_lone(row) and filled(row) >= full), 0)
    grouped = above - 1
    if above and not is_lone(head[grouped]) and _divides(head[grouped], head[above], head[above + 1 :]):
        return grouped
    return above


def header_below(head: Sequence[Row]) -> int:
    """How many of the rows are the header; 0 where nothing tells the first from the others."""
    first, below = head[0], head[1:]
    if not below or is_lone(first) or is_form(head) or _is_like(first, below):
        return 0
    depth = 1
    while depth < min(DEEPEST, len(below)) and _divides(head[depth - 1], head[depth], head[depth + 1 :]):
        depth += 1
    return depth if depth > 1 or names_columns(first, below) or _is_set_off(first, below) else 0


def is_header(head: Sequence[Row]) -> bool:
    """Whether the first row is a header beyond doubt: words over figures, or words that name columns or are
    set off from what stands below.
    """
    first, below = head[0], head[1:]
    if filled(first) < FULL * max(map(filled, head)):
        return False
    if any(is_figure(cell) and not is_period(cell) for cell in first):
        return False
    is_over_figures = any(cell and is_of_figures(column, below) for column, cell in enumerate(first))
    names = filled(first) >= DIFFERENT and is_of_names(first, below)
    return is_over_figures or names or _is_set_off(first, below)


def _is_set_off(first: Row, below: Sequence[Row]) -> bool:
    """Whether words stand out, and what is below them does not."""
    if not first.stands_out or not below or below[0].stands_out or any(map(is_figure, first)):
        return False
    return 2 * sum(row.stands_out for row in below) <= len(below)


def names_of(header: Sequence[Row]) -> list[str]:
    """The names of the columns; those of a group of columns begin with the group's."""
    if not header:
        return []
    width = max(map(len, header))
    above = [_spread(row, header[number + 1 :]) for number, row in enumerate(header)]
    return [_joined([row[column] for row in above if column < len(row)]) for column in range(width)]


def _joined(parts: Sequence[str]) -> str:
    said = dict.fromkeys(part.rstrip(":：").rstrip() for part in parts if part)
    return " ".join(said)


def _spread(row: Row, below: Sequence[Row]) -> Row:
    """A row of a header whose groups are named in their first column, with the name in each."""
    spread = Row(row)
    for column in range(1, max(map(len, below), default=0)):
        if column >= len(spread):
            spread.append("")
        is_divided = any(cell_at(lower, column) and cell_at(lower, column - 1) for lower in below)
        if not spread[column] and is_divided and _begins_group(row, below, column - 1):
            spread[column] = spread[column - 1]
    return spread


def _begins_group(row: Row, below: Sequence[Row], column: int) -> bool:
    """Whether a column belongs to a group: what names it is above what stands here."""
    return not cell_at(row, column) or any(
        cell_at(lower, column) and cell_at(lower, column) != row[column] for lower in below
    )


def _divides(upper: Row, lower: Row, below: Sequence[Row]) -> bool:
    """Whether a row names the columns of the groups that the row above it names."""
    if any(is_figure(cell) and not is_period(cell) for cell in lower) or not below:
        return False
    width = max(len(upper), len(lower))
    grouped = _grouped(upper, lower, width)
    others = [column for column in range(width) if column not in grouped]
    if not grouped or any(cell_at(lower, column) not in {"", cell_at(upper, column)} for column in others):
        return False
    is_beside = any(cell_at(upper, column) for column in others)
    return is_beside or any(is_of_figures(column, below) for column in grouped)


def _grouped(upper: Row, lower: Row, width: int) -> set[int]:
    """The columns of groups: named once, or alike, above, and each by a name of its own below."""
    grouped: set[int] = set()
    group = ""
    for left, column in pairwise(range(width)):
        group = cell_at(upper, left) or group
        names = cell_at(lower, left), cell_at(lower, column)
        goes_on = cell_at(upper, column) in {"", group}
        if group and goes_on and all(names) and names[0] != names[1]:
            grouped |= {left, column}
    return grouped


def _is_like(first: Row, below: Sequence[Row]) -> bool:
    """Whether a row is no header: its figures stand over figures, its words are those of other rows."""
    others = [row for row in below if not _continues(first, row)]
    for column, cell in enumerate(first):
        if cell.endswith("。"):
            return True
        if is_figure(cell) and not is_period(cell) and is_of_figures(column, below):
            return True
        if cell and any(cell_at(row, column) == cell for row in others):
            return True
    return False


def _continues(first: Row, row: Row) -> bool:
    """Whether a row repeats the header, or divides its groups."""
    return row == first or _divides(first, row, [row])
