"""Lines of a text -> those of its table of contents."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from retrieval.late_pattern import LatePattern

FEWEST = 3
"""Entries of a table of contents, at least."""

RECURRING = 0.5
"""The share of them that stand over parts of the text, at least, where no line says that these are contents.
"""

LONGEST = 300
"""Characters; a longer line is no entry."""

_TITLE = re.compile(r"(?:目\s*[录錄次]|contents|table of contents)\s*[:：]?", re.IGNORECASE)
_ENTRY = LatePattern(
    r"(?P<words>[^\n]{0,250}?[^\s.．·•・‥…。])"
    r"(?P<leader>\s*(?:(?:[.．·•・。]\s?){4}|[‥…]{2})[\s.．·•・‥…。]*|\s*\t\s*)"
    r"[-–(（]?\s*(?:第\s*)?(?P<page>\d{1,4})\s*页?\s*[-–)）]?"
)

_LAST = "页-–)）"
"""What an entry ends with unless that is a figure: most lines are text, and told by this alone."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line with a leader to the number of a page; one of a tab alone is `weak`."""

    number: int
    words: str
    page: int
    is_weak: bool


def contents_in(lines: Sequence[str]) -> frozenset[int]:
    """The lines of tables of contents, by their numbers: three entries or more whose dots lead to the numbers
    of pages, which grow, what else of one stands on a line of its own, and the title.

    They stand below one, or most stand again over parts of the text; else they may be a list of prices.
    """
    found: set[int] = set()
    entries = [*_entries(lines)]
    for group in _groups(entries) if len(entries) >= FEWEST else ():
        first, last = group[0].number, group[-1].number
        title = next((n for n in range(first - 1, -1, -1) if lines[n].strip()), None)
        is_titled = title is not None and _TITLE.fullmatch(lines[title].strip())
        if is_titled or (not any(entry.is_weak for entry in group) and _stand_again(group, lines)):
            found |= {*range(first, last + 1)}
        if title is not None and is_titled:
            found.add(title)
    return frozenset(found)


def _entries(lines: Sequence[str]) -> Iterator[_Entry]:
    for number, line in enumerate(lines):
        if entry := _entry(line.strip()):
            words = "".join(entry["words"].split())
            yield _Entry(number, words, int(entry["page"]), not entry["leader"].strip())


def _entry(line: str) -> re.Match[str] | None:
    may_be_one = 0 < len(line) <= LONGEST and (line[-1].isdecimal() or line[-1] in _LAST)
    return _ENTRY.fullmatch(line) if may_be_one else None


def _groups(entries: Sequence[_Entry]) -> Iterator[list[_Entry]]:
    """The entries that follow one another, with a line between at most."""
    group = [*entries[:1]]
    for before, entry in pairwise(entries):
        if entry.number - before.number > 1 + 1 or entry.page < before.page:
            yield from [group] if len(group) >= FEWEST else []
            group = []
        group.append(entry)
    yield from [group] if len(group) >= FEWEST else []


def _stand_again(group: Sequence[_Entry], lines: Sequence[str]) -> bool:
    wanted = {entry.words for entry in group}
    listed = {entry.number for entry in group}
    others = ("".join(line.split()) for number, line in enumerate(lines) if number not in listed)
    return len(wanted.intersection(others)) >= RECURRING * len(wanted)
