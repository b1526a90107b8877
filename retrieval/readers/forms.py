"""Row of a form -> its fields, each with the label that stands before it."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise, zip_longest

from retrieval.labels import is_figure, is_label, is_name, is_period

Field = tuple[str, str]
"""What names a field, empty where nothing does, and what it holds."""

ROWS = 2
"""Rows that must be alike to be a form."""

WIDTH = 4
"""Cells of a row of two fields, by whose places labels are told that no list of words knows."""

KNOWN, MISTAKEN = 0.5, 0.2
"""The share of the cells in the places of labels that must be names, and of the others that may be."""

PAIR = 2

LONGEST_KEY = 20
"""Characters of a text that names the figure beside it."""


def is_form(head: Sequence[Sequence[str]]) -> bool:
    """Whether the first rows name their fields in the cells before them."""
    return all(map(_takes_turns, head[:ROWS])) or has_places(head)


def has_places(head: Sequence[Sequence[str]]) -> bool:
    """Whether labels have their places, the first of each two cells: most are words that name something, as
    those in the places of what they name are not. A list of labels must begin with some that are known.
    """
    placed = [_placed(row) for row in head]
    is_list = all(len(row) == PAIR for row in placed) and all(map(_takes_turns, head[:ROWS]))
    if not is_list and not _has_several(placed):
        return False
    labels = [cell for row in placed for cell in row[::2] if cell]
    values = [cell for row in placed for cell in row[1::2] if cell]
    return (
        not any(map(_names_something, placed[0][1::2]))
        and {*labels}.isdisjoint(values)
        and _share(labels) >= KNOWN
        and _share(values) <= MISTAKEN
    )


def _has_several(placed: Sequence[Sequence[str]]) -> bool:
    """Whether rows have several fields, as known labels that differ in the place of the second tell."""
    later = [row[PAIR] for row in placed if len(row) > PAIR and row[PAIR]]
    return (
        sum(len(row) >= WIDTH for row in placed) >= ROWS and len({*later}) >= ROWS and _share(later) >= KNOWN
    )


def fields_in_places(row: Sequence[str]) -> Iterator[Field]:
    """The fields of a row where labels have their places. A label of nothing is one without a name."""
    placed = _placed(row)
    for label, value in zip_longest(placed[::2], placed[1::2], fillvalue=""):
        if label and value and not _names_something(value):
            yield _trimmed(label), value
        else:
            yield from (("", cell) for cell in (label, value) if cell)


def fields_of(row: Iterable[str]) -> Iterator[Field]:
    """The fields of a row without names of columns, where some cells may name what stands in the next."""
    cells = [*filter(None, row)]
    if any(map(is_label, cells)):
        yield from _of_labels(cell for cell, _ in groupby(cells))
    elif len(cells) == PAIR and len(cells[0]) <= LONGEST_KEY and is_figure(cells[1]) > is_figure(cells[0]):
        yield cells[0], cells[1]
    else:
        yield from (("", cell) for cell in cells)


def _of_labels(cells: Iterable[str]) -> Iterator[Field]:
    label = ""
    for cell in cells:
        if is_label(cell):
            if label:
                yield "", label
            label = cell
        else:
            yield _trimmed(label), cell
            label = ""
    if label:
        yield "", label


def _trimmed(label: str) -> str:
    return label.rstrip(":：").rstrip()


def _takes_turns(row: Sequence[str]) -> bool:
    """Whether labels, by their words, and what they name take turns."""
    cells = [cell for column, cell in enumerate(row) if cell and (not column or cell != row[column - 1])]
    labels = [*map(is_label, cells)]
    return (
        bool(labels)
        and labels[0]
        and not all(labels)
        and not any(not a and not b for a, b in pairwise(labels))
    )


def _placed(row: Sequence[str]) -> list[str]:
    """The cells of a row in pairs: those that are merged across take one place, unless that parts a pair."""
    once = [cell for cell, _ in groupby(filter(None, row))]
    return once if len(once) % PAIR == 0 else [*row]


def _share(cells: Sequence[str]) -> float:
    return sum(map(_names_something, cells)) / len(cells) if cells else 0


def _names_something(cell: str) -> bool:
    return is_name(cell) and not is_period(cell)
