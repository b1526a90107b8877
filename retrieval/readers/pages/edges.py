"""Page -> what stands at its upper and its lower edge, row by row."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from retrieval.readers.pages.glyphs import Piece
from retrieval.readers.pages.page import Page

MARGIN = 0.12
"""The share of a page's height, above and below, in which running heads stand."""

MOST = 4
"""Lines of a running head, or foot, at most."""

APART = 1.4
"""Times the usual distance of lines, at least, that one is from the next which is set off from the text."""

LEAST = 1.5
"""Ems from line to line, at least, on a page with tables: lines of two cells may nearly be of one height."""

LARGER = 1.15
"""A line in letters so many times larger than the text's is a heading, however often it is repeated."""

PAGE_NUMBER = re.compile(
    r"[-–—―~～·•\[（(| ]*(?:第 ?|[Pp](?:age|\.)? ?)?"
    r"(?:\d{1,4}|[ivxlIVXL]{1,6}|[一二三四五六七八九十百]{1,5}(?= ?[页頁]))"
    r"(?: ?[页頁])?(?: ?(?:/|of|[,，]?共) ?\d{1,4} ?[页頁]?)?[-–—―~～·•\]）)| ]*"
)

OF_A_SENTENCE = re.compile(r"[，。；！？]|[、：]$")
"""What running heads do without."""

LONGEST = 100
"""Characters; a longer line is text."""

SEVERAL = 4
"""Lines of a page that are of one length, from which that is a full line's."""

NEAR = 2
"""Points by which full lines differ."""


@dataclass(frozen=True, slots=True)
class Usual:
    """The size of the text, and how far its lines are from each other."""

    size: float
    distance: float


@dataclass(frozen=True, slots=True)
class EdgeRow:
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
        return len(self.pieces) == 1 and is_number(self.pieces[0])

    @property
    def words(self) -> list[Piece]:
        """What of it is more than a number."""
        return [piece for piece in self.pieces if not is_number(piece)]


def edge_of(number: int, pieces: Sequence[Piece], page: Page, usual: Usual, *, top: bool) -> list[EdgeRow]:
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
    edge: list[EdgeRow] = []
    for row, inner in zip(rows[:MOST], [*rows[1:], None], strict=False):
        place = row[0].base
        if not (place >= page.high - margin if top else place <= page.low + margin):
            break
        is_apart = inner is not None and abs(place - inner[0].base) >= APART * usual.distance
        is_large = all(piece.size > LARGER * usual.size for piece in row)
        is_text = is_large or any(_is_text(piece, full) for piece in row)
        edge.append(EdgeRow(number, row, is_apart, is_text, is_large))
    return edge


def distances_of(
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


def is_number(piece: Piece) -> bool:
    """Whether a piece is nothing but a number, as of a page."""
    return PAGE_NUMBER.fullmatch(piece.text) is not None
