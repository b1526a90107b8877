"""Text -> paragraphs."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from wcwidth import wcswidth

from retrieval.documents import Span
from retrieval.headings import is_marked
from retrieval.late_pattern import LatePattern

LINE = re.compile(r"[^\s\ufeff\u200b](?:[^\n]*[^\s\ufeff\u200b])?")
"""A line without the white space around it, that of no width included."""

ENDS = tuple("。！？!?…：:；;”」』）)》】.|")
"""The last characters of a sentence, or of a table's row."""

BEGINS = re.compile(r"[-*+•·●■◆★▲◎※]\s|[|#□]|```|~~~|[=-]+$|[（(]?[0-9]{1,2}[）)]|[①-⑳]")
"""An item of a list, a row of a table, a heading, a fence or a rule: a paragraph whatever is above."""

NARROWEST, WIDEST = 40, 120
"""Columns of a full line in a text that was broken to a width."""
FULL = 0.85
"""The share of the width from which a line counts as full."""
CLOSE = 4
"""Columns, at most, that are left where the next word or mark did not fit."""
MANY, MOST = 5, 0.4
"""Full lines that end within a sentence, and their share of all: so many are no chance."""

GAP = LatePattern(r"\S(?:[ \xa0]{2,}|[\t\u3000])[\s\u3000]*\S|[\u4e00-\u9fff] (?=[\u4e00-\u9fff])")
"""What stands between the columns of a table."""

LONGEST_NUMBER = 10
"""Characters at the head of a line in which a number may stand, parted from the text by a gap."""

LEADER = re.compile(r"(?:[.．·•・]\s?|…){4}\s*[0-9]{1,4}$")
"""What leads to the number of a page, or to a price, at the end of a line."""

MARK = re.compile(r"[，。！？；,;!?]")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line by its place in the text, and where the one above it ends."""

    text: str
    span: Span
    above: int

    @property
    def words(self) -> str:
        """The line without the white space around it."""
        return self.text[self.span.start : self.span.end]

    @property
    def below(self) -> bool:
        """Whether nothing but one line end stands above it: no empty line and no indent."""
        between = self.text[self.above : self.span.start]
        return between.endswith("\n") and between.count("\n") == 1

    @property
    def indent(self) -> str:
        """The white space before it."""
        return self.text[self.above : self.span.start].rpartition("\n")[2]

    @property
    def columns(self) -> int:
        """Where it ends, in columns."""
        if self.span.end - self.span.start > WIDEST:
            return WIDEST + 1
        return _columns(self.indent) + _columns(self.words)

    @property
    def ends(self) -> bool:
        """Whether a sentence ends with it."""
        return self.words.endswith(ENDS)

    @property
    def is_prose(self) -> bool:
        """Whether there are clauses in it, and no columns."""
        return MARK.search(self.words) is not None and not GAP.search(self.words, LONGEST_NUMBER)


def paragraphs(text: str) -> Iterator[Span]:
    """The paragraphs of a plain text, without the white space around them, in order.

    A line is a paragraph, as Chinese text is usually kept. A text whose lines were broken at some
    width is told by full lines that end in the middle of a sentence, many of them, or a few where nothing
    speaks against it: there, a paragraph goes on to an empty line, an indented one or one that is not full.
    """
    lines = [*_lines(text)]
    width = _broken_at(lines)
    start = 0
    for i, line in enumerate(lines):
        if i + 1 == len(lines) or not (width and _goes_on(line, lines[i + 1], width)):
            yield Span(lines[start].span.start, line.span.end)
            start = i + 1


def _lines(text: str) -> Iterator[_Line]:
    end = 0
    for match in LINE.finditer(text):
        yield _Line(text, Span(*match.span()), end)
        end = match.end()


def _columns(words: str) -> int:
    return max(0, wcswidth(words)) if words else 0


def _broken_at(lines: Sequence[_Line]) -> int:
    """The width in columns at which the lines were broken; 0 when they were not."""
    if not lines or sum(line.span.end - line.span.start > WIDEST for line in lines) * 20 > len(lines):
        return 0
    width = sorted(line.columns for line in lines)[len(lines) * 95 // 100]
    if not NARROWEST <= width <= WIDEST:
        return 0
    followed = [(a, b) for a, b in pairwise(lines) if b.below]
    broken = sum(line.columns >= FULL * width and not line.ends for line, _ in followed)
    are_many = broken >= max(MANY, len(followed) * MOST)
    return width if are_many or _are_sure(followed, lines[0], width) else 0


def _are_sure(followed: Sequence[tuple[_Line, _Line]], first: _Line, width: int) -> bool:
    """Whether the few lines that end within a sentence do so at the width, and no others do."""
    title = None if first.indent else first
    signs = against = 0
    for line, below in followed:
        if line.ends or _is_item(below):
            continue
        if line.columns < width - CLOSE:
            against += line.columns < FULL * width
        elif line.is_prose and (below.is_prose or below.ends):
            signs += line is not title
    return signs > against


def _goes_on(line: _Line, below: _Line, width: int) -> bool:
    if not below.below or line.columns < FULL * width or _is_item(below) or LEADER.search(line.words):
        return False
    if not line.ends:
        return True
    return line.columns >= width - CLOSE and (below.ends or below.columns >= FULL * width)


def _is_item(line: _Line) -> bool:
    has_sign = BEGINS.match(line.words) or LEADER.search(line.words)
    return has_sign is not None or is_marked(line.words)
