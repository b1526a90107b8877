"""Cells -> whether they are of one series, as 周一, 周二 or 甲方案, 乙方案."""

import re
from collections.abc import Sequence
from itertools import takewhile

from retrieval.late_pattern import LatePattern

SHORTEST = 2
"""Cells of a series, and characters in which all may end that have no number."""

SEVERAL = 3
"""Cells from which on the last character is enough."""

_COUNTED = LatePattern(
    r"(?P<before>[^\d一二三四五六七八九十]{0,4})"
    r"(?:[0-9０-９]{1,4}|(?<=[周期拜])[日天末]|[一二三四五六七八九十百]{1,4}|[甲乙丙丁戊己庚辛壬癸]|(?<![A-Za-z])[A-Z](?![A-Za-z]))"
    r"(?P<after>[^\d一二三四五六七八九十]{0,4})"
)
_NUMERAL = re.compile(r"[0-9０-９一二三四五六七八九十百]")

Series = tuple[str, str]
"""What stands before and behind the number."""


def series_of(cells: Sequence[str]) -> Series | None:
    """The series that some cells are of, all others than one another; None where they are of none."""
    found = {*map(_counted, cells)}
    if len({*cells}) < max(SHORTEST, len(cells)) or len(found) != 1:
        return None
    return found.pop()


def is_of(cell: str, series: Series) -> bool:
    """Whether a cell is of a series."""
    return _counted(cell) == series


def are_alike(cells: Sequence[str]) -> bool:
    """Whether cells that differ are of one series, or end alike."""
    if len({*cells}) < max(SHORTEST, len(cells)):
        return False
    last = zip(*(cell[::-1] for cell in cells), strict=False)
    ending = [letters[0] for letters in takewhile(lambda letters: len({*letters}) == 1, last)]
    is_enough = len(cells) >= SEVERAL and ending and not _NUMERAL.match(ending[0])
    return len(ending) >= SHORTEST or bool(is_enough) or series_of(cells) is not None


def _counted(cell: str) -> Series | None:
    found = _COUNTED.fullmatch(cell)
    return (found["before"], found["after"]) if found else None
