"""Lines -> those that end a heading though they have no mark of one."""

import re
from collections.abc import Iterator, Sequence

from retrieval.counted import NUMBER, QUESTION
from retrieval.documents import Heading
from retrieval.late_pattern import LatePattern

LISTED = 14
"""From this level on, short marked lines that follow one another are a list."""

COUNT = re.compile(rf"\W*(?:第|卷)?\s*(?P<number>{NUMBER})")
"""The number with which a heading begins."""

_POINTS = "一二三四五六七八九十"
_NAMED_POINT = re.compile(rf"(?P<number>[{_POINTS}])(?:是|要)")
_DASHES = ("——", "－－", "--")

_SPEAKER = LatePattern(r"(?![问問答])(?P<name>[\u4e00-\u9fff·]{1,8})[:：]")
"""Who speaks, in a conversation that is written down."""


def ended(raw: Sequence[str], headings: Sequence[Heading | None]) -> Iterator[tuple[int, int]]:
    """The lines that end a heading though they have no mark of one, and its level.

    That is 二是… after （一）…, and a second ——… where the first one stands over it.
    """
    point = 0
    level: int | None = None
    begun = dashed = held = (
        False  # 一是… below the heading; ——… below the one above it; and over the heading itself
    )
    for number, (line, heading) in enumerate(zip(raw, headings, strict=True)):
        if heading and heading.level <= LISTED:
            level, dashed = None, False
        elif heading and (level is None or heading.level <= level):
            count = COUNT.match(heading.text)
            level, held, begun = heading.level, dashed, False
            point = _POINTS.find(count["number"]) + 1 if count else 0
        elif level is not None and (
            (held and line.startswith(_DASHES)) or (point and not begun and _is_point(line, point))
        ):
            yield number, level
            level = None
        begun = begun or "一是" in line or "一要" in line
        dashed = dashed or line.startswith(_DASHES)


def spoken(raw: Sequence[str], headings: Sequence[Heading | None]) -> Iterator[tuple[int, int]]:
    """The lines that end a question, as somebody speaks who spoke before it was asked, and its level."""
    first: dict[str, int] = {}
    asked = 0
    for number, (line, heading) in enumerate(zip(raw, headings, strict=True)):
        speaker = _SPEAKER.match(line)
        if heading:
            asked = number if heading.level == QUESTION else 0
        elif speaker and first.get(speaker["name"], number) < asked:
            yield number, QUESTION
            asked = 0
        if speaker:
            first.setdefault(speaker["name"], number)


def _is_point(line: str, number: int) -> bool:
    """Whether a line begins the point after the one of this number: 二是…"""
    named = _NAMED_POINT.match(line)
    return named is not None and _POINTS.index(named["number"]) == number
