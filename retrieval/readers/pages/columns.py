"""Pieces of a page -> its columns, in the order in which they are read."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import mean, median

from retrieval.readers.pages.glyphs import Piece

NARROWEST = 8
"""Ems of the narrowest column of text; what is narrower is one of a table."""

GUTTER = 0.7, 6.0
"""Ems between two columns of text, at least and at most."""

FULL = 0.4
"""The share of a column's width that its lines take on average; the cells of a table take less."""

FULLER = 0.85
"""The same where the page was not written column by column but line by line, as a table is."""

FEWEST = 3
"""Lines of a column of text, at least; the last one may have fewer, if they are at its top."""

DEEPEST = 3
"""How often a page is divided."""


@dataclass(frozen=True, slots=True)
class Column:
    """Pieces that stand in one column; `place` tells which of those beside each other it is: "" when it is as
    wide as the page, else "L" or "R", and again where these are divided.
    """

    place: str
    pieces: tuple[Piece, ...]


def columns(pieces: Sequence[Piece], place: str = "") -> Iterator[Column]:
    """The columns of a page: what spans several stands above what is below it on the page."""
    middle = _gutter(pieces) if len(place) < DEEPEST else None
    if middle is None:
        if pieces:
            yield Column(place, tuple(pieces))
        return
    for divided, band in groupby(_bands(pieces, middle), lambda band: band[0]):
        together = [piece for _, some in band for piece in some]
        if divided:
            yield from columns([piece for piece in together if piece.left < middle], place + "L")
            yield from columns([piece for piece in together if piece.left >= middle], place + "R")
        else:
            yield Column(place, tuple(together))


def _gutter(pieces: Sequence[Piece]) -> float | None:
    """Where the page is divided: the place that the fewest pieces go over, if any has some on both sides."""
    if len(pieces) <= FEWEST:
        return None
    em = median(piece.size for piece in pieces)
    lefts, rights = sorted(p.left for p in pieces), sorted(p.right for p in pieces)
    best: tuple[int, float] | None = None
    for ended, edge in enumerate(rights, 1):
        beyond = len(lefts) - bisect_left(lefts, edge + GUTTER[0] * em)
        if ended >= FEWEST and beyond and (best is None or ended + beyond > best[0]):
            best = ended + beyond, edge
    if best is None:
        return None
    following = lefts[bisect_left(lefts, best[1] + GUTTER[0] * em)]
    return (best[1] + following) / 2


def _bands(pieces: Sequence[Piece], middle: float) -> Iterator[tuple[bool, list[Piece]]]:
    """What is above each other on the page, each with whether it is divided into columns."""
    across = sorted(p.base for p in pieces if p.left < middle < p.right)
    order = {id(piece): number for number, piece in enumerate(pieces)}

    def spans(piece: Piece) -> bool:
        near = 0.4 * piece.size
        return bisect_right(across, piece.base + near) > bisect_left(across, piece.base - near)

    for whole, group in groupby(sorted(pieces, key=lambda piece: -piece.base), spans):
        band = sorted(group, key=lambda piece: order[id(piece)])
        yield not whole and _is_divided(band, middle), band


def _is_divided(band: Sequence[Piece], middle: float) -> bool:
    """Whether these are columns of text, not a table, nor a line here and there."""
    left = [piece for piece in band if piece.left < middle]
    right = [piece for piece in band if piece.left >= middle]
    if len(left) < FEWEST or not right:
        return False
    em = median(piece.size for piece in band)
    between = min(piece.left for piece in right) - max(piece.right for piece in left)
    if between > GUTTER[1] * em:
        return False
    crossings = sum((a.left < middle) != (b.left < middle) for a, b in pairwise(band))
    if len(right) < FEWEST:
        tops = [max(piece.base for piece in side) for side in (left, right)]
        return crossings == 1 and abs(tops[0] - tops[1]) < em and _is_text(left, em, FULL)
    by_line = crossings > max(4, 0.4 * min(len(left), len(right)))
    return all(_is_text(side, em, FULLER if by_line else FULL) for side in (left, right))


def _is_text(side: Sequence[Piece], em: float, full: float) -> bool:
    widths = sorted(piece.right - piece.left for piece in side)
    widest = widths[len(widths) * 9 // 10]
    return widest >= NARROWEST * em and mean(widths) >= full * widest
