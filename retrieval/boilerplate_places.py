"""Lines of a page -> those that are boilerplate by where they stand: at an edge, or beside some."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import and_

from retrieval.boilerplate_lines import SIGNED, has_likely_shape, is_site_name, is_text
from retrieval.boilerplate_shapes import COMPANIES, FOOT, HOST, IN_A_PROGRAM, ON_A_SITE, PAIR, PATH
from retrieval.bylines import fields_of, is_bare_day, is_byline_above, is_byline_below
from retrieval.late_pattern import LatePattern
from retrieval.menus import PLACES, words_of

UNKNOWN = 8
"""Lines at an edge of a document that nothing tells, beyond which no line is told by its place."""

MENU_LINES = 4
"""Lines in a row, words of a menu each, that are a menu."""

FOOT_WORDS = 3
"""Words of a menu on one line that are one below the text, of so many characters each: 音乐 体育 is none."""

BETWEEN_MENUS = 2
"""Lines in a row that nobody knows, but which are of a menu, as it goes on below them."""

LONGEST_WORD = 8
"""Characters; what is longer, or says of what it speaks, is no word of a menu."""

LONGEST_DAY = 32
"""Characters; what is longer is more than a day."""

ANYTHING = LatePattern("")
"""What any boilerplate has in it."""

_OF_ANY_PAGE = re.compile(r"(?:[\W\d_第共页]|page|of)*")
_HOME = re.compile(r"(?:网站)?[首主]页 ?[>»›/|-]+ ?[^。,]{1,60}")
_SAYS_OF_WHAT = re.compile(r"[:：0-9〔\[（(]")


@dataclass(frozen=True, slots=True)
class Page:
    """Lines as they are, and folded; which of them are marked, by their reader too, and which may be, as no
    heading may.
    """

    raw: Sequence[str]
    lines: Sequence[str]
    marks: Sequence[bool]
    given: Sequence[bool]
    free: Sequence[bool]
    title: int

    def edge(self, numbers: Iterable[int], is_told: Callable[[int, str], bool]) -> Iterator[int]:
        """The lines that are told, from an edge on up to the text."""
        unknown = 0
        for number in numbers:
            line = self.lines[number]
            if self.marks[number]:
                continue
            if self.free[number] and line and is_told(number, line):
                yield number
                continue
            if self.is_likely(number):
                continue
            unknown += 1
            if unknown > UNKNOWN or (self.free[number] and is_text(self.raw[number])):
                return

    def text(self) -> range:
        """From the title, or the first line that says something, to the last that does."""
        numbers = range(len(self.raw))
        first = next(filter(self._says_something, numbers), len(numbers))
        last = next(filter(self._says_something, reversed(numbers)), -1)
        return range(min(first, self.title) if self.title >= 0 else first, last + 1)

    def _says_something(self, number: int) -> bool:
        return not self.marks[number] and is_text(self.raw[number])

    def is_sign(self, number: int) -> bool:
        """Whether a line is marked and tells what stands beside it: neither does a rule, or the number of a
        page, nor what a reader marked for its place, as the running heads of pages.
        """
        line = self.lines[number]
        if not self.marks[number] or _OF_ANY_PAGE.fullmatch(line):
            return False
        return not self.given[number] or bool(words_of(line))

    def is_likely(self, number: int) -> bool:
        """Whether a line is boilerplate beside some."""
        return self.free[number] and has_likely_shape(self.lines[number])


def at_the_head(page: Page) -> Iterator[int]:
    """What stands above the text: bylines, the way to the page, and the name of the site."""

    def is_told(number: int, line: str) -> bool:
        is_above = number < page.title
        if is_bare_day(fields_of(line)):
            return _is_only_day(page)
        return (
            is_byline_above(line)
            or _is_way(line, is_above)
            or (is_above and (is_site_name(line) or HOST.fullmatch(line) is not None))
        )

    return page.edge(range(len(page.lines)), is_told)


def _is_only_day(page: Page) -> bool:
    """Whether no other line is nothing but a day, as in a diary."""
    short = (line for line in page.lines if 0 < len(line) <= LONGEST_DAY and line[0] in "12[(")
    return sum(is_bare_day(fields_of(line)) for line in short) == 1


def _is_way(line: str, is_above: bool) -> bool:  # noqa: FBT001 - a line and its place
    """Whether a line is the way to a page: below the title, it may be where to click in a program."""
    if ">" not in line and "»" not in line and "›" not in line and not line.startswith("首页"):
        return False
    if PATH.fullmatch(line):
        return is_above or ON_A_SITE.search(line) is not None
    return not IN_A_PROGRAM.search(line) and _HOME.fullmatch(line) is not None


def at_the_foot(page: Page) -> Iterator[int]:
    """What stands below the text: bylines, and where else to go."""

    def is_told(_: int, line: str) -> bool:
        return _is_below(line) or FOOT.fullmatch(line) is not None or is_byline_below(line)

    return page.edge(range(len(page.lines) - 1, -1, -1), is_told)


def _is_below(line: str) -> bool:
    """Whether a line below the text holds words of a menu, long enough to be no subjects of a school."""
    words = words_of(line) if " " in line else []
    return len(words) >= FOOT_WORDS and min(map(len, words)) >= FOOT_WORDS


def in_pairs(page: Page) -> Iterator[int]:
    """Two lines that are boilerplate together, as a label and its figure."""
    likely = [*map(page.is_likely, range(len(page.lines)))]
    for number, is_pair in enumerate(map(and_, likely, likely[1:])):
        both = f"{page.lines[number]} {page.lines[number + 1]}" if is_pair else ""
        if is_pair and PAIR.fullmatch(both):
            yield from (number, number + 1)


def in_company(page: Page) -> Iterator[int]:
    """What is told by the boilerplate that stands in one run of lines with it, or by its like."""
    told_by = [
        _companions(line, is_free=is_free) if line else []
        for line, is_free in zip(page.lines, page.free, strict=True)
    ]
    text = page.text()
    for is_run, numbers in groupby(range(len(told_by)), lambda n: page.marks[n] or bool(told_by[n])):
        run = [*numbers]
        if not is_run or len(run) < 2:  # noqa: PLR2004 - alone
            continue
        sure = "\n".join(page.lines[n] for n in run if page.is_sign(n))
        likely = [n for n in run if told_by[n] and ANYTHING in told_by[n]]
        is_menu = (
            len(likely) >= MENU_LINES
            and any(_is_of_any_site(page.lines[n]) for n in likely)
            and (bool(sure) or run[0] not in text or any(_is_counted(page.lines[n]) for n in likely))
        )
        for number in run:
            if page.marks[number]:
                continue
            beside = told_by[number]
            if (sure and any(pattern.search(sure) for pattern in beside)) or (is_menu and ANYTHING in beside):
                yield number


def _is_of_any_site(line: str) -> bool:
    words = words_of(line)
    return bool(words) and PLACES.isdisjoint(words)


def _is_counted(line: str) -> bool:
    return any(map(str.isdecimal, line)) and {*fields_of(line)} == {"tally"}


def _companions(line: str, *, is_free: bool) -> list[LatePattern]:
    """What is in boilerplate beside this line if it is some too, even where it looks like a heading."""
    found = [c.beside for c in COMPANIES if (is_free or c.may_head) and c.line.fullmatch(line)]
    return [*found, ANYTHING] if is_free and has_likely_shape(line) else found


def in_menus(page: Page) -> Iterator[int]:
    """Short lines that nobody knows, a few in a row, with so many of a menu round them that they are its."""
    if not any(page.marks):
        return
    known = [
        page.is_sign(n) or (is_free and bool(words_of(line)))
        for n, (is_free, line) in enumerate(zip(page.free, page.lines, strict=True))
    ]
    for is_open, numbers in groupby(range(len(known)), lambda n: known[n] or _may_be_a_word(page, n)):
        run = [*numbers]
        if not is_open or sum(known[n] for n in run) < MENU_LINES:
            continue
        if not (any(page.marks[n] for n in run) and any(_is_of_any_site(page.lines[n]) for n in run)):
            continue
        gaps = [[*gap] for is_known, gap in groupby(run, known.__getitem__) if not is_known]
        within = [gap for gap in gaps if gap[0] > run[0] and gap[-1] < run[-1]]
        inner = {n for gap in within if len(gap) <= BETWEEN_MENUS for n in gap}
        if inner and sum(known[n] for n in run) >= 2 * len(inner):
            yield from (n for n in run if not page.marks[n] and (n in inner or known[n]))


def _may_be_a_word(page: Page, number: int) -> bool:
    raw = page.raw[number]
    return (
        page.free[number]
        and len(raw.strip()) <= LONGEST_WORD
        and not is_text(raw)
        and not SIGNED.fullmatch(raw)
        and not _SAYS_OF_WHAT.search(raw)
    )
