"""Columns of lines -> paragraphs, across lines, columns and pages."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from retrieval.headings import is_marked
from retrieval.paragraphs import BEGINS, ENDS
from retrieval.readers.pages.glyphs import IS_WIDE, WIDE, Table
from retrieval.readers.pages.lines import Line

SAME_SIZE = 0.1
"""The share by which letters of one paragraph differ in size, at most."""

INDENT = 0.8
"""Ems by which a line is indented, at least."""

CENTRE = 1.5
"""Ems by which the middle of a centred line is beside that of its column, at most."""

ROOM = 0.6
"""Ems that a full line leaves at its end beyond the room that the next word would take, at most: as much as
justifying squeezes.
"""

FAR = 0.4
"""The share of a column's width from which on no line of a paragraph begins."""

LONG = 0.75
"""The share of a column's width that a line takes which breaks off in the middle of a sentence, at least."""

LEAD = 1.3
"""Times the usual distance of lines that is room between paragraphs."""

SINGLE = 1.9
"""Ems from line to line, at most, where there is no usual distance."""

NARROW = 0.4
"""The share of the page's width under which lines that are alone on it are not full, however they compare."""

BLOCK = 12
"""Ems of the lines of a block that is narrower than its column, at least."""

ALIGNED = 0.3
"""Ems by which these end beside each other, at most."""

TELLING = 4
"""Lines that end beside each other, at least, where these show where a column ends."""

LARGER = 1.15
"""Times the size of the text from which on letters are those of a heading."""

_OPENING = "“‘（《〈「『【([{"
_FIRST = re.compile(rf"[{_OPENING}]*(?:[{WIDE}—…]|[^\s{WIDE}—…]+)[，。、；：！？”’）》〉」』】,.;:!?)\]}}]*")
"""What is not divided at the end of a line: a word, or a Chinese character with its punctuation."""

_HYPHEN = re.compile(r"[A-Za-zÀ-ɏ][-‐]$")
_SMALL = re.compile(r"[a-zß-öø-ÿ]")


@dataclass(frozen=True, slots=True)
class Frame:
    """The lines of a column on a page, with where full ones begin and end.

    None is full where it `is_narrow`; it `tells` where they begin and end when it has enough of them.
    """

    page: int
    place: str
    lines: tuple[Line, ...]
    left: float = 0
    right: float = 0
    is_narrow: bool = False
    tells: bool = False


@dataclass(slots=True)
class Flow:
    """A paragraph as it grows: its lines, with the frame of each."""

    lines: list[Line] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its lines, joined."""
        text = self.lines[0].text
        for line in self.lines[1:]:
            text = joined(text, line.text)
        return text

    @property
    def page(self) -> int:
        """The page on which it begins."""
        return self.frames[0].page

    @property
    def size(self) -> float:
        """That of its letters."""
        return self.lines[0].size

    @property
    def table(self) -> Table | None:
        """The table whose place it holds, if any."""
        return self.lines[0].table


def joined(text: str, following: str) -> str:
    """The text with what the next line says, as if they had never been parted."""
    if _HYPHEN.search(text) and _SMALL.match(following):
        return text[:-1] + following
    wide = IS_WIDE.match(text[-1]) or IS_WIDE.match(following)
    return f"{text}{following}" if wide else f"{text} {following}"


def begins(text: str) -> bool:
    """Whether a line begins like a heading or an item of a list."""
    return BEGINS.match(text) is not None or is_marked(text)


def room_for(following: str) -> float:
    """Ems at the end of a line, at most, that are too few for what begins the following one."""
    first = _FIRST.match(following)
    unit = first.group() if first else following[:1]
    return ROOM + sum(1 if IS_WIDE.match(letter) else 0.5 for letter in unit)


def paragraphs(frames: Sequence[Frame], width: float, body: float) -> Iterator[Flow]:
    """The paragraphs of a document, whose pages are so many points wide and whose text is of this size."""
    measured = _measured(frames, width)
    usual = _distances(measured)
    flow = Flow()
    for frame in measured:
        for line in frame.lines:
            if flow.lines and not _goes_on(flow, frame, line, usual, body):
                yield flow
                flow = Flow()
            flow.lines.append(line)
            flow.frames.append(frame)
    if flow.lines:
        yield flow


def body_size(lines: Iterable[tuple[str, float]]) -> float:
    """The size in which most of the text is written, given what is in which size; 0 without any."""
    sizes: defaultdict[float, int] = defaultdict(int)
    for text, size in lines:
        sizes[round(2 * size) / 2] += len(text)
    return max(sizes, key=lambda size: sizes[size], default=0)


def _measured(frames: Sequence[Frame], width: float) -> list[Frame]:
    """The frames with their edges. What has too few full lines to tell has those of what stands in the same
    place on other pages: on all others, or on those of the same side, as books have other margins there.
    """
    beside: defaultdict[tuple[str, int | None], list[Frame]] = defaultdict(list)
    for frame in frames:
        beside[frame.place, None].append(frame)
        beside[frame.place, frame.page % 2].append(frame)
    edges = {key: _edges(some) for key, some in beside.items()}
    measured = []
    for frame in frames:
        side = frame.place, frame.page % 2
        own, shared = _edges([frame]), edges[side if len(beside[side]) > 1 else (frame.place, None)]
        tells = _are_full(frame, own)
        begun = None if tells or frame.place else _fitting(own, frame.lines[0].size, edges)
        left, right = own if tells or own[0] >= shared[1] or own[1] <= shared[0] else begun or shared
        is_narrow = not (tells or begun or frame.place) and right - left < NARROW * width
        measured.append(replace(frame, left=left, right=right, is_narrow=is_narrow, tells=tells))
    return measured


def _fitting(
    own: tuple[float, float], em: float, edges: Mapping[tuple[str, int | None], tuple[float, float]]
) -> tuple[float, float] | None:
    """The edges of the column that these lines fill in part: the first of a page, with none beside it yet."""
    fitting = [
        (left, right)
        for (place, side), (left, right) in edges.items()
        if place and side is None and abs(own[0] - left) < 2 * INDENT * em and own[1] < right + em
    ]
    return min(fitting, key=lambda edges: edges[1], default=None)


def _are_full(frame: Frame, edges: tuple[float, float]) -> bool:
    """Whether so many lines of a frame end beside each other that these are full."""
    left, right = edges
    ending = [line for line in frame.lines if abs(line.right - right) < line.size]
    is_wide = right - left >= BLOCK * frame.lines[0].size
    return is_wide and len(ending) >= max(TELLING, len(frame.lines) // 4)


def _edges(frames: Sequence[Frame]) -> tuple[float, float]:
    """Where full lines begin and end: some go a little beyond, as with a comma, and tables do."""
    lines = [line for frame in frames for line in frame.lines]
    lines = [line for line in lines if not line.table] or lines
    lefts, rights = sorted(line.left for line in lines), sorted(line.right for line in lines)
    beyond = len(lefts) // 10
    return lefts[beyond], rights[-1 - beyond]


def _distances(frames: Iterable[Frame]) -> dict[int, float]:
    """The usual distance of a line from the next one of its paragraph, by their size in half points."""
    found: defaultdict[int, list[float]] = defaultdict(list)
    for frame in frames:
        for line, following in pairwise(frame.lines):
            if line.table or following.table:
                continue
            if not _is_indented(following, frame) and _is_full(line, frame, following):
                found[round(2 * line.size)].append(line.base - following.base)
    return {size: median(some) for size, some in found.items()}


def _goes_on(flow: Flow, frame: Frame, line: Line, usual: dict[int, float], body: float) -> bool:
    """Whether a line belongs to the paragraph before it."""
    last, before = flow.lines[-1], flow.frames[-1]
    if last.is_row or line.is_row or abs(last.size - line.size) > SAME_SIZE * max(last.size, line.size):
        return False
    if frame is before:
        if not _is_near(last, line, usual):
            return False
        if line.size >= LARGER * body and _are_centred(last, line, frame):
            return not begins(line.text)
    if before.page + 1 < frame.page or _is_far(last, before) or _is_far(line, frame):
        return False
    goes_on = (
        _is_full(last, before, line)
        or _ends_like(last, line if frame is before else None, flow)
        or _breaks_off(flow, frame, line)
    )
    if not goes_on:
        return False
    return _is_below(flow, frame, line)


def _is_near(last: Line, line: Line, usual: dict[int, float]) -> bool:
    distance = last.base - line.base
    known = usual.get(round(2 * line.size))
    return distance <= (LEAD * known if known else SINGLE * line.size)


def _are_centred(last: Line, line: Line, frame: Frame) -> bool:
    middle = (frame.left + frame.right) / 2
    return all(abs((some.left + some.right) / 2 - middle) <= CENTRE * some.size for some in (last, line))


def _is_full(line: Line, frame: Frame, following: Line) -> bool:
    """Whether what begins the following line had no room on this one."""
    if frame.is_narrow:
        return False
    return line.right + room_for(following.text) * line.size > frame.right


def _ends_like(last: Line, line: Line | None, flow: Flow) -> bool:
    """Whether a line ends where the one above it or below it does, in the middle of a sentence: these are the
    lines of a block that is narrower than its column.
    """
    others = [other for other in (line, *flow.lines[-2:-1]) if other]
    is_wide = last.right - last.left >= BLOCK * last.size
    aligned = any(abs(other.right - last.right) < ALIGNED * last.size for other in others)
    return is_wide and aligned and not last.text.endswith(ENDS)


def _breaks_off(flow: Flow, frame: Frame, line: Line) -> bool:
    """Whether a first line, which is indented, is long and stops in the middle of a sentence."""
    last, before = flow.lines[-1], flow.frames[-1]
    is_first = len(flow.lines) == 1 and last.left - before.left >= line.left - frame.left + INDENT * line.size
    is_long = last.right - before.left >= LONG * (before.right - before.left)
    return is_first and is_long and not last.text.endswith(ENDS)


def _is_below(flow: Flow, frame: Frame, line: Line) -> bool:
    """Whether a line that follows a full one is its continuation, by where it begins and how."""
    last = flow.lines[-1]
    ends = last.text.endswith(ENDS)
    first = flow.lines[0].left - flow.frames[0].left
    begun, goes = last.left - flow.frames[-1].left, line.left - frame.left
    step = INDENT * line.size
    if len(flow.lines) == 1 and goes <= begun - step:  # the first line is indented
        return not (ends and begins(line.text))
    if abs(goes - begun) < step:
        if len(flow.lines) == 1 and ends and (begun >= step or not frame.tells):
            return False
        is_indented = len(flow.lines) > 1 and first >= begun + step
        return (is_indented and not ends) or not begins(line.text)
    return len(flow.lines) == 1 and goes > begun and (not ends or begins(last.text)) and not begins(line.text)


def _is_far(line: Line, frame: Frame) -> bool:
    """Whether a line begins so far from the left that it is no line of a paragraph, but as of a signature."""
    return line.left - frame.left > FAR * (frame.right - frame.left)


def _is_indented(line: Line, frame: Frame) -> bool:
    return line.left - frame.left >= INDENT * line.size
