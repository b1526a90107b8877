"""Pages -> the same without running heads and page numbers, and these where they stood."""

import math
import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from retrieval.headings import heading_of
from retrieval.readers.blocks import Block
from retrieval.readers.pages.aligned import with_aligned
from retrieval.readers.pages.between_rules import with_ruled_off
from retrieval.readers.pages.glyphs import Piece
from retrieval.readers.pages.grids import Grid
from retrieval.readers.pages.lines import lines
from retrieval.readers.pages.page import Page
from retrieval.readers.pages.ruled import with_tables

MARGIN = 0.12
"""The share of a page's height, above and below, in which running heads stand."""

MOST = 4
"""Lines of a running head, or foot, at most."""

OFTEN = 3
"""Pages on which a line stands in the same place, from which that alone tells a running head."""

SHORT = 5
"""Pages of a short document, where half of them are enough for a line that is set off from the text."""

SMALLER = 0.93
"""A line in letters so many times as large as the text's, or smaller, is set off from it."""

APART = 1.4
"""So is one that is farther from the next than lines of its page usually are, by so many times."""

LEAST = 1.5
"""Ems from line to line, at least, on a page with tables: lines of two cells may nearly be of one height."""

HEIGHT = 4
"""Points by which one may stand higher or lower from page to page."""

LARGER = 1.15
"""A line in letters so many times larger than the text's is a heading, however often it is repeated."""

NUMBER = re.compile(r"\d{1,5}")
COUNTED = "\0"
PAGE_NUMBER = re.compile(
    r"[-–—―~～·•\[（(| ]*(?:第 ?|[Pp](?:age|\.)? ?)?"
    r"(?:\d{1,4}|[ivxlIVXL]{1,6}|[一二三四五六七八九十百]{1,5}(?= ?[页頁]))"
    r"(?: ?[页頁])?(?: ?(?:/|of|[,，]?共) ?\d{1,4} ?[页頁]?)?[-–—―~～·•\]）)| ]*"
)

OF_A_SENTENCE = re.compile(r"[，。；！？]|[、：]$")
"""What running heads do without."""

FIELD = re.compile(r"[^:：]{1,12}[:：].*\S")
"""What as well may be filled in, on pages that are forms: 办理地点：..."""

LONGEST = 100
"""Characters; a longer line is text."""

SEVERAL = 4
"""Lines of a page that are of one length, from which that is a full line's."""

NEAR = 2
"""Points by which full lines differ."""

Sighting = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on a page without its running heads, and the lines of these, above and below."""

    pieces: list[Piece]
    head: tuple[str, ...]
    foot: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Usual:
    """The size of the text, and how far its lines are from each other."""

    size: float
    distance: float


@dataclass(frozen=True, slots=True)
class _Row:
    """What stands beside each other at the edge of a page; `is_apart` when there is room between it and the
    text, `is_text` when it looks like some, `is_large` when it looks like a heading.
    """

    page: int
    pieces: list[Piece]
    is_apart: bool
    is_text: bool
    is_large: bool

    @property
    def is_number(self) -> bool:
        """Whether it may be the page's number."""
        return len(self.pieces) == 1 and _is_number(self.pieces[0])

    @property
    def words(self) -> list[Piece]:
        """What of it is more than a number."""
        return [piece for piece in self.pieces if not _is_number(piece)]


def without_running_heads(pages: Sequence[Page], body: float) -> Iterator[Sheet]:
    """The pages without what is no text: in the outer part of a page, what stands there on other pages too.

    On three pages that is enough; on two, of a few, when it is set off from the text besides: in smaller
    letters, by the room between, or by a number beside it that counts the pages. What may be filled in must
    always be. Where some pages have a running head, another in its place, as the name of a chapter, is one
    too. So is a number that stands alone there; one that counts the pages is left out.

    `body` is the size of the text.
    """
    before = [[], *(page.grids for page in pages)]
    standing = [_with_tables(page, last) for page, last in zip(pages, before, strict=False)]
    edges = [
        [_edge(number, pieces, page, _Usual(body, distance), top=top) for top in (True, False)]
        for number, (page, pieces, distance) in enumerate(
            zip(pages, standing, _distances((page.pieces for page in pages), standing, body), strict=True), 1
        )
    ]
    heads = _Heads([edge for both in edges for edge in both], len(pages), body)
    for pieces, both in zip(standing, edges, strict=True):
        above, below = ([*heads.of(edge)] for edge in both)
        gone = {id(piece) for row in (*above, *below) for piece in row.pieces}
        kept = [piece for piece in pieces if id(piece) not in gone]
        yield Sheet(kept, tuple(heads.said(above)), tuple(heads.said(below[::-1])))


def _with_tables(page: Page, before: Sequence[Grid]) -> list[Piece]:
    """The pieces of a page, those of each table as one."""
    return with_aligned(with_ruled_off(with_tables(page.pieces, page.grids, before), page.lying))


def with_running_heads(blocks: Iterable[Block], sheets: Sequence[Sheet]) -> Iterator[Block]:
    """The blocks, and as boilerplate the lines that were taken from each page: where it begins, or behind
    what goes on over its end, but not between a heading and what it stands over.
    """
    margins = deque(_margins(sheets))
    headings: list[Block] = []
    for block in blocks:
        if headings and not _may_stand_over(headings[-1], block):
            yield from headings
            headings = []
        while margins and margins[0][0] <= (block.page or 0, False):
            yield margins.popleft()[1]
        headings.append(block)
        if block.level is None and _form(block) is None:
            yield from headings
            headings = []
    if headings and headings[-1].level is None:
        yield from headings
        headings = []
    yield from (block for _, block in margins)
    yield from headings


def _may_stand_over(heading: Block, block: Block) -> bool:
    """Whether a heading, if nothing but its form tells that it is one, is higher than what follows."""
    over, under = _form(heading), _form(block)
    return heading.level is not None or over is None or under is None or over < under


def _form(block: Block) -> int | None:
    """The level of a heading by its form alone."""
    heading = None if block.is_row or block.level is not None else heading_of(block.text)
    return heading.level if heading and heading.alone else None


def _margins(sheets: Sequence[Sheet]) -> Iterator[tuple[tuple[int, bool], Block]]:
    for number, sheet in enumerate(sheets, 1):
        for is_foot, said in ((False, sheet.head), (True, sheet.foot)):
            for line in said:
                yield (number, is_foot), Block(line, page=number, is_boilerplate=True)


class _Heads:
    """The running heads of a document, by what is at the edges of its pages."""

    def __init__(self, edges: Sequence[Sequence[_Row]], pages: int, body: float) -> None:
        self._pages, self._body = pages, body
        self._seen: defaultdict[Sighting, set[int]] = defaultdict(set)
        for row in (row for edge in edges for row in edge if not row.is_text):
            for piece in row.pieces:
                for sighting in _sightings(piece, row.page):
                    self._seen[sighting].add(row.page)
        self._places: defaultdict[int, set[int]] = defaultdict(set)
        for row in (row for edge in edges for row in self._repeated(edge)):
            for height in _heights(row.pieces[0]):
                self._places[height].add(row.page)

    def of(self, edge: Sequence[_Row]) -> Iterator[_Row]:
        """Those among the rows from an edge inwards, and the page's number."""
        repeated = {id(row) for row in self._repeated(edge)}
        numbered = False
        for row in edge:
            if row.is_number and not numbered:
                numbered = True
            elif row.is_large:
                continue  # a heading, as of a form, below which its office may stand in small letters
            elif id(row) not in repeated and not self._replaces_one(row):
                return
            yield row

    def said(self, rows: Iterable[_Row]) -> Iterator[str]:
        """The lines of these, without numbers that count the pages."""
        for row in rows:
            shown = [piece for piece in row.pieces if not self._is_page_number(piece, row.page)]
            if shown:
                yield " ".join(line.text for line in lines(shown))

    def _repeated(self, edge: Sequence[_Row]) -> list[_Row]:
        """The rows that are running heads by standing on other pages too."""
        found: list[_Row] = []
        is_next = False
        for row in reversed(edge):
            is_next = not row.is_number and self._is_repeated(row, beside_one=is_next)
            found += [row] if is_next else []
        return found

    def _is_repeated(self, row: _Row, *, beside_one: bool) -> bool:
        if row.is_text or not row.words:
            return False
        times = [max(len(self._seen[s]) for s in _sightings(piece, row.page)) for piece in row.words]
        if row.is_apart and max(times) >= OFTEN:
            return True
        set_off = beside_one or row.is_apart or self._is_small(row) or self._has_number(row)
        if min(times) >= OFTEN:
            return set_off or not any(FIELD.fullmatch(piece.text) for piece in row.words)
        return set_off and self._pages <= SHORT and min(times) >= max(2, self._pages / 2)

    def _replaces_one(self, row: _Row) -> bool:
        """Whether it stands where other pages have a running head, and looks like one.

        Where few have one, as left pages have another than right ones, it has the page's number beside it.
        """
        known = max(len(self._places[height]) for height in _heights(row.pieces[0]))
        is_known = known >= OFTEN or (known > 0 and self._has_number(row))
        return is_known and not row.is_text and (row.is_apart or self._is_small(row))

    def _is_small(self, row: _Row) -> bool:
        return all(piece.size <= SMALLER * self._body for piece in row.pieces)

    def _has_number(self, row: _Row) -> bool:
        return any(self._is_page_number(piece, row.page) for piece in row.pieces)

    def _is_page_number(self, piece: Piece, page: int) -> bool:
        """Whether a number grows from page to page, or is that of the page in the file."""
        return _is_number(piece) and any(
            COUNTED in said and (f"{COUNTED}0{COUNTED}" in said or len(self._seen[said, height]) > 1)
            for said, height in _sightings(piece, page)
        )


def _is_number(piece: Piece) -> bool:
    return PAGE_NUMBER.fullmatch(piece.text) is not None


def _edge(number: int, pieces: Sequence[Piece], page: Page, usual: _Usual, *, top: bool) -> list[_Row]:
    """The rows in the outer part of a page, from its top or its bottom inwards."""
    margin = MARGIN * (page.high - page.low)
    full = _full(pieces)
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: -piece.base if top else piece.base):
        if rows and abs(rows[-1][0].base - piece.base) < piece.size / 2:
            rows[-1].append(piece)
        elif len(rows) > MOST:
            break
        else:
            rows.append([piece])
    edge: list[_Row] = []
    for row, inner in zip(rows[:MOST], [*rows[1:], None], strict=False):
        place = row[0].base
        if not (place >= page.high - margin if top else place <= page.low + margin):
            break
        is_apart = inner is not None and abs(place - inner[0].base) >= APART * usual.distance
        is_large = all(piece.size > LARGER * usual.size for piece in row)
        is_text = is_large or any(_is_text(piece, full) for piece in row)
        edge.append(_Row(number, row, is_apart, is_text, is_large))
    return edge


def _distances(
    pages: Iterable[Sequence[Piece]], standing: Iterable[Sequence[Piece]], body: float
) -> list[float]:
    """How far lines usually are from each other, on each page, those in tables included; where these are too
    few to tell, as on others, and without end where they are nowhere enough.
    """
    found = [
        distance and max(distance, LEAST * body if any(piece.table for piece in pieces) else 0)
        for distance, pieces in zip(map(_distance, pages), standing, strict=True)
    ]
    others = median([distance for distance in found if distance] or [math.inf])
    return [distance or others for distance in found]


def _distance(pieces: Iterable[Piece]) -> float | None:
    """How far lines of a page usually are from each other, where they are enough to tell."""
    bases = sorted(piece.base for piece in pieces)
    distances = [b - a for a, b in pairwise(bases) if b - a > NEAR]
    return median(distances) if len(distances) >= SEVERAL else None


def _full(page: Iterable[Piece]) -> float | None:
    """How long a full line of a page is, where several are."""
    lengths = Counter(round(piece.right - piece.left) for piece in page)
    length, count = max(lengths.items(), key=lambda each: (each[1], each[0]), default=(0, 0))
    return length if count >= SEVERAL else None


def _is_text(piece: Piece, full: float | None) -> bool:
    """Whether a line is no running head by its look, wherever it stands again."""
    if piece.table is not None and len(piece.table.rows) > MOST:
        return True
    is_full = full is not None and abs(piece.right - piece.left - full) <= NEAR and piece.table is None
    return is_full or len(piece.text) > LONGEST or OF_A_SENTENCE.search(piece.text) is not None


def _sightings(piece: Piece, page: int) -> Iterator[Sighting]:
    """What makes a piece the same on another page: its words, with a number of them as it counts the pages,
    and its height on the page. Heights that are nearly the same have one of two numbers in common.
    """
    words = [piece.text]
    for found in NUMBER.finditer(piece.text):
        counted = int(found.group()) - page
        words.append(f"{piece.text[: found.start()]}{COUNTED}{counted}{COUNTED}{piece.text[found.end() :]}")
    for text in words:
        for height in _heights(piece):
            yield text, height


def _heights(piece: Piece) -> tuple[int, int]:
    height = round(piece.base / HEIGHT)
    return height, height + (1 if piece.base / HEIGHT > height else -1)
