"""First row of a table, and those below it -> whether it names the columns."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Self

from retrieval.documents import SheetRow
from retrieval.labels import is_figure, is_name, is_ordinal, is_period
from retrieval.late_pattern import LatePattern
from retrieval.readers.series import are_alike, is_of, series_of

FEW = 2
"""Rows below the first by which their kind is told, at least."""

LONGEST_NAME = 20
"""Characters of the name of a column of words."""

DIFFERENT = 2
"""Columns of words that must tell a header from the rows below it, where it has no usual name."""

ALIKE, REPEATED = 3, 5
"""Cells of a column, at least, that end alike, or that repeat each other, to be of a kind."""

PAIR = 2
"""Columns of what may be a list of labels, each with what it names."""

FORM = 4
"""Columns of what may be a form, at least: labels stand in every other of them, from the first on."""

_HAN = LatePattern(r"[\u3400-\u9fff]")
_CLAUSE = re.compile(r"[，。；、：！？]")
_DIGITS = re.compile(r"[0-9０-９]+(?:[.,:：][0-9０-９]+)*")


class Row(list[str]):
    """Cells without line breaks, and without white space around them.

    `place` is where they stand in a spreadsheet, and `stands_out` says that all of them are bold, or have a
    colour behind them.
    """

    place: SheetRow | None = None
    stands_out = False

    @classmethod
    def of(cls, cells: Iterable[str], place: SheetRow | None, *, stands_out: bool = False) -> Self:
        """A row of some cells."""
        row = cls(cells)
        row.place = place
        if stands_out:  # as few do, and sooner made
            row.stands_out = True
        return row


Column = tuple[str, list[str]]
"""The cell of the first row, and what stands below it."""


def names_columns(first: Row, below: Sequence[Row]) -> bool:
    """Whether something tells the first row from the others as only a header is told."""
    columns = [(cell, [c for row in below if (c := cell_at(row, n))]) for n, cell in enumerate(first)]
    if is_of_names(first, below) or _is_over_figures(columns):
        return True
    if any(len(cell) > LONGEST_NAME or _CLAUSE.search(cell) for cell in first):
        return False
    return _stands_out(columns) or (len(below) >= FEW and _has_series(first, below))


def is_of_names(first: Row, below: Sequence[Row]) -> bool:
    """Whether a row is of words by which columns are named, and those below are not, as in an empty form."""
    return _has_names(first) and 2 * sum(map(_has_names, below)) <= len(below)


def is_of_figures(column: int, rows: Sequence[Row]) -> bool:
    """Whether most of what stands in a column is figures."""
    return _are_mostly(is_figure, [cell for row in rows if (cell := cell_at(row, column))])


def filled(row: Row) -> int:
    """How many cells of a row hold something."""
    return sum(map(bool, row))


def cell_at(row: Row, column: int) -> str:
    """What stands in a column, nothing beyond the end of the row."""
    return row[column] if column < len(row) else ""


def _has_names(row: Row) -> bool:
    return 2 * sum(map(is_name, row)) > filled(row)


def _is_over_figures(columns: Sequence[Column]) -> bool:
    """Whether words stand over figures.

    In a list of labels or in a form that may happen too, though only in the places of what labels name; there
    the figures must be of one kind, or the words be the usual name of some.
    """
    over = [n for n, (cell, under) in enumerate(columns) if _is_over(cell, under)]
    if not over:
        return False
    is_in_pairs = len(columns) % 2 == 0 and all(n % 2 for n in over)
    if not is_in_pairs or any(is_name(columns[n][0]) for n in over):
        return True
    if len(columns) == PAIR and any(map(is_name, columns[0][1])):
        return False
    return all(len(columns[n][1]) >= FEW and _are_of_one_kind(columns[n][1]) for n in over)


def _is_over(cell: str, under: Sequence[str]) -> bool:
    return bool(cell and under) and not is_figure(cell) and _are_mostly(is_figure, under)


def _are_of_one_kind(figures: Sequence[str]) -> bool:
    """Whether most figures are written alike, with the same unit."""
    ((_, count),) = Counter(_DIGITS.sub("0", figure) for figure in figures).most_common(1)
    return 2 * count > len(figures)


def _stands_out(columns: Sequence[Column]) -> bool:
    """Whether the cells of a row are of another kind than those below them, which have a kind.

    One such column is enough where it has a usual name, else the first of some rows may well differ from
    them. What is so only in the places of labels may be a form.
    """
    names = {n for n, (cell, under) in enumerate(columns) if _is_name_over_none(cell, under)}
    others = {n for n, (cell, under) in enumerate(columns) if cell and _is_of_another_kind(cell, under)}
    if len(columns) >= FORM and not any(n % 2 for n in names | others):
        return False
    return bool(names - {0} if len(columns) == PAIR else names) or len(names | others) >= DIFFERENT


def _is_name_over_none(cell: str, below: Sequence[str]) -> bool:
    return len(below) >= FEW and is_name(cell) and not is_period(cell) and not any(map(is_name, below))


def _is_of_another_kind(cell: str, below: Sequence[str]) -> bool:
    """Whether what some words stand over is alike in a way in which they are not."""
    if len(below) < FEW:
        return False
    kinds = {*below}
    return (
        (_are_mostly(is_ordinal, below) and not is_ordinal(cell))
        or (all(map(_HAN.search, below)) and not _HAN.search(cell))
        or (_are_mostly(_CLAUSE.search, below) and min(map(len, below)) >= 2 * len(cell))
        or (len(kinds) >= ALIKE and {word[-1] for word in kinds} == {below[0][-1]} != {cell[-1]})
        or (len(below) >= REPEATED and 2 * len(kinds) <= len(below) and cell not in kinds)
    )


def _has_series(first: Row, below: Sequence[Row]) -> bool:
    """Whether rows or columns are a series, as 周一, 周二 below another word or 甲方案, 乙方案 beside one, or
    the corner between the names of both is empty.
    """
    corner, *names = first
    rows = [cell_at(row, 0) for row in below]
    if not all(rows):
        return False
    if len(names) < PAIR:
        return _goes_below(corner, rows) and any(map(is_name, first))
    if not corner:
        return all(names)
    others = sum(are_alike([*filter(None, row[1:])]) for row in below)
    return _goes_below(corner, rows) or (all(names) and are_alike(names) and 2 * others <= len(below))


def _goes_below(corner: str, rows: Sequence[str]) -> bool:
    """Whether what stands below the corner is a series, or codes, and the corner is none of them."""
    if _HAN.search(corner) and not any(map(_HAN.search, rows)):
        return True
    series = series_of(rows)
    return bool(corner) and series is not None and not is_of(corner, series)


def _are_mostly(is_so: Callable[[str], object], cells: Sequence[str]) -> bool:
    return 2 * sum(map(bool, map(is_so, cells))) > len(cells)
