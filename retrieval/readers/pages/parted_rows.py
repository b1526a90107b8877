"""Rows at the end of a page and at the top of the next -> whether they are one that goes on."""

from collections.abc import Sequence

from retrieval.paragraphs import ENDS
from retrieval.readers.pages.flow import begins, room_for
from retrieval.readers.pages.glyphs import Table

SIDES = 3.0
"""Ems of a column that no line takes, at most: what is left free at both sides, and for a word at the end."""

TELLING = 6.0
"""Ems of a column in which a line is not often full by chance, at least."""

BROAD = 12.0
"""The same where no cell shows how long lines are, or nothing but full lines tells that a row goes on."""


def is_parted(last: Sequence[str], above: Table, below: Table, row: int, em: float) -> bool:
    """Whether the last row of a table goes on in a row of the table below, given what it says so far and the
    size of letters.

    All that the row below says is then the rest of cells; those of others have ended, the first before all.
    The last line of a cell that goes on is full, in one at least in the middle of a sentence; or a single
    cell goes on with an item of its list. One merged down has not ended: more rows may stand beside it.
    """
    if not (above.looks and below.looks):
        return False
    following = below.rows[row]
    more = [column for column, text in enumerate(following) if text]
    has_ended = last[0] and not following[0] and above.looks[-1][0].is_own and below.looks[row][0].is_own
    if has_ended and len(more) == 1 and begins(following[more[0]]) and begins(last[more[0]]):
        return True
    least = em * (TELLING if has_ended else BROAD)
    is_broken = any(_width(above, column) >= least and not last[column].endswith(ENDS) for column in more)
    return is_broken and all(_is_full(above, below, row, column, em) for column in more)


def _is_full(above: Table, below: Table, row: int, column: int, em: float) -> bool:
    """Whether what begins a cell below had no room on the last line of the one above."""
    widths = above.looks[-1][column].widths
    if not widths:
        return False
    least = _width(above, column) - SIDES * em
    longest = max(_going_on(above, column) + _going_on(below, column), default=0)
    if longest < least:
        return _width(above, column) >= BROAD * em and widths[-1] >= least
    return widths[-1] + room_for(below.rows[row][column]) * em > longest


def _going_on(table: Table, column: int) -> list[float]:
    """How wide the lines of a column are that go on below."""
    return [width for row in table.looks for width in row[column].widths[:-1]]


def _width(table: Table, column: int) -> float:
    return table.edges[column + 1] - table.edges[column]
