"""The first rows of a table -> its header, and what stands above that."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from retrieval.readers.labels import is_figure, is_label, is_name, is_ordinal, is_period

Row = list[str]
"""Cells without line breaks, and without white space around them."""

FULL = 0.6
"""The share of the columns that a header names, at least."""

DEEPEST = 3
"""Rows of a header."""

FORM = 2
"""Rows that must be alike to be a form."""

LONGEST_NAME = 20
"""Characters of the name of a column of words."""

DIFFERENT = 2
"""Columns of words that must tell a header from the rows below it."""

ALIKE, REPEATED = 3, 5
"""Cells of a column, at least, that end alike, or that repeat each other, to be of a kind."""

_HAN = re.compile(r"[\u3400-\u9fff]")
_CLAUSE = re.compile(r"[，。；、：！？]")


def is_lone(row: Row) -> bool:
    """Whether one text is all that a row has, be it in one cell or, merged across, in every cell."""
    texts = {*row} - {""}
    return len(texts) == 1 and row.count("") in {0, len(row) - 1}


def above_header(head: Sequence[Row]) -> int:
    """How many rows stand above the header, or above the first row where there is none.

    They say what the table is about: a title, who filled it in, the unit of its figures.
    """
    full = FULL * max((_filled(row) for row in head if not is_lone(row)), default=0)
    above = next((number for number, row in enumerate(head) if not is_lone(row) and _filled(row) >= full), 0)
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
    return depth if depth > 1 or _is_of_names(first, below) or _stands_out(first, below) else 0


def is_header(head: Sequence[Row]) -> bool:
    """Whether the first row is a header beyond doubt: words over figures, or words that name columns."""
    first, below = head[0], head[1:]
    if _filled(first) < FULL * max(map(_filled, head)):
        return False
    if any(is_figure(cell) and not is_period(cell) for cell in first):
        return False
    is_over_figures = any(cell and _is_of_figures(column, below) for column, cell in enumerate(first))
    return is_over_figures or (_filled(first) >= DIFFERENT and _is_of_names(first, below))


def is_form(head: Sequence[Row]) -> bool:
    """Whether the first rows name their fields in the cells before them."""
    return all(map(_is_of_pairs, head[:FORM]))


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
    spread = [*row]
    for column in range(1, max(map(len, below), default=0)):
        if column >= len(spread):
            spread.append("")
        is_divided = any(_cell(lower, column) and _cell(lower, column - 1) for lower in below)
        if not spread[column] and is_divided and _begins_group(row, below, column - 1):
            spread[column] = spread[column - 1]
    return spread


def _begins_group(row: Row, below: Sequence[Row], column: int) -> bool:
    """Whether a column belongs to a group: what names it is above what stands here."""
    return not _cell(row, column) or any(
        _cell(lower, column) and _cell(lower, column) != row[column] for lower in below
    )


def _divides(upper: Row, lower: Row, below: Sequence[Row]) -> bool:
    """Whether a row names the columns of the groups that the row above it names."""
    if any(is_figure(cell) and not is_period(cell) for cell in lower) or not below:
        return False
    width = max(len(upper), len(lower))
    grouped = _grouped(upper, lower, width)
    others = [column for column in range(width) if column not in grouped]
    if not grouped or any(_cell(lower, column) not in {"", _cell(upper, column)} for column in others):
        return False
    is_beside = any(_cell(upper, column) for column in others)
    return is_beside or any(_is_of_figures(column, below) for column in grouped)


def _grouped(upper: Row, lower: Row, width: int) -> set[int]:
    """The columns of groups: named once, or alike, above, and each by a name of its own below."""
    grouped: set[int] = set()
    group = ""
    for left, column in pairwise(range(width)):
        group = _cell(upper, left) or group
        names = _cell(lower, left), _cell(lower, column)
        goes_on = _cell(upper, column) in {"", group}
        if group and goes_on and all(names) and names[0] != names[1]:
            grouped |= {left, column}
    return grouped


def _is_like(first: Row, below: Sequence[Row]) -> bool:
    """Whether a row is no header: its figures stand over figures, its words are those of other rows."""
    for column, cell in enumerate(first):
        if cell.endswith("。"):
            return True
        if is_figure(cell) and not is_period(cell) and _is_of_figures(column, below):
            return True
        if cell and any(_cell(row, column) == cell and not _continues(first, row) for row in below):
            return True
    return False


def _is_of_names(first: Row, below: Sequence[Row]) -> bool:
    """Whether a row is of words by which columns are named, and those below are not, as in an empty form."""
    return _has_names(first) and 2 * sum(map(_has_names, below)) <= len(below)


def _has_names(row: Row) -> bool:
    return 2 * sum(map(is_name, row)) > _filled(row)


def _stands_out(first: Row, below: Sequence[Row]) -> bool:
    """Whether the cells of a row are of another kind than those below them, which have a kind.

    Of words one such column is not enough: the first of some rows may well differ from them.
    """
    columns = [(cell, [c for row in below if (c := _cell(row, n))]) for n, cell in enumerate(first) if cell]
    if any(not is_figure(cell) and under and _are_mostly(is_figure, under) for cell, under in columns):
        return True
    if any(len(cell) > LONGEST_NAME or _CLAUSE.search(cell) for cell, _ in columns):
        return False
    return sum(_is_of_another_kind(cell, under) for cell, under in columns) >= DIFFERENT


def _is_of_another_kind(cell: str, below: Sequence[str]) -> bool:
    """Whether what some words stand over is alike in a way in which they are not."""
    if len(below) < FORM:
        return False
    kinds = {*below}
    return (
        (is_name(cell) and not any(map(is_name, below)))
        or (_are_mostly(is_ordinal, below) and not is_ordinal(cell))
        or (all(map(_HAN.search, below)) and not _HAN.search(cell))
        or (_are_mostly(_CLAUSE.search, below) and min(map(len, below)) >= 2 * len(cell))
        or (len(kinds) >= ALIKE and {word[-1] for word in kinds} == {below[0][-1]} != {cell[-1]})
        or (len(below) >= REPEATED and 2 * len(kinds) <= len(below) and cell not in kinds)
    )


def _continues(first: Row, row: Row) -> bool:
    """Whether a row repeats the header, or divides its groups."""
    return row == first or _divides(first, row, [row])


def _is_of_figures(column: int, rows: Sequence[Row]) -> bool:
    return _are_mostly(is_figure, [cell for row in rows if (cell := _cell(row, column))])


def _are_mostly(is_so: Callable[[str], object], cells: Sequence[str]) -> bool:
    return 2 * sum(map(bool, map(is_so, cells))) > len(cells)


def _is_of_pairs(row: Row) -> bool:
    """Whether labels and what they name take turns."""
    cells = [cell for column, cell in enumerate(row) if cell and (not column or cell != row[column - 1])]
    labels = [*map(is_label, cells)]
    return (
        bool(labels)
        and labels[0]
        and not all(labels)
        and not any(not a and not b for a, b in pairwise(labels))
    )


def _filled(row: Row) -> int:
    return sum(map(bool, row))


def _cell(row: Row, column: int) -> str:
    return row[column] if column < len(row) else ""
