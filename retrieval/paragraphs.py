"""Text -> paragraphs."""

import re
from collections.abc import Iterator
from itertools import pairwise

from wcwidth import wcswidth

from retrieval.documents import Span
from retrieval.headings import is_marked

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


def paragraphs(text: str) -> Iterator[Span]:
    """The paragraphs of a plain text, without the white space around them, in order.

    A line is a paragraph, as Chinese text is usually kept. A text whose lines were broken at some
    width is told by its many full lines that end in the middle of a sentence: there, a paragraph
    goes on to an empty line, an indented one or one that is not full.
    """
    lines = [Span(*match.span()) for match in LINE.finditer(text)]
    width = _broken_at(text, lines)
    start = 0
    for i, line in enumerate(lines):
        if i + 1 == len(lines) or not (width and _goes_on(text, line, lines[i + 1], width)):
            yield Span(lines[start].start, line.end)
            start = i + 1


def _broken_at(text: str, lines: list[Span]) -> int:
    """The width in columns at which the lines were broken; 0 when they were not."""
    widths = sorted(_columns(text, line) for line in lines)
    if not widths:
        return 0
    width = widths[len(widths) * 95 // 100]
    if not NARROWEST <= width <= WIDEST:
        return 0
    followed = [(a, b) for a, b in pairwise(lines) if _adjacent(text, a, b)]
    broken = [
        line
        for line, _ in followed
        if _columns(text, line) >= FULL * width and not text.endswith(ENDS, line.start, line.end)
    ]
    return width if len(broken) >= max(5, len(followed) * 0.4) else 0


def _goes_on(text: str, line: Span, following: Span, width: int) -> bool:
    if not _adjacent(text, line, following) or _columns(text, line) < FULL * width:
        return False
    below = text[following.start : following.end]
    return not BEGINS.match(below) and not is_marked(below)


def _adjacent(text: str, line: Span, following: Span) -> bool:
    """Whether nothing but one line end stands between: no empty line and no indent."""
    between = text[line.end : following.start]
    return between.endswith("\n") and between.count("\n") == 1


def _columns(text: str, line: Span) -> int:
    return max(0, wcswidth(text[line.start : line.end]))
