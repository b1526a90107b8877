"""Page of a PDF -> what stands on it."""

from dataclasses import dataclass

from pypdfium2 import PdfPage

from retrieval.readers.pages.glyphs import Piece, pieces_of
from retrieval.readers.pages.grids import MOST, Grid, grids, whole
from retrieval.readers.pages.rules import Rule, rules_of
from retrieval.readers.pages.turning import turned


@dataclass(frozen=True, slots=True)
class Page:
    """The pieces of a page as most of it is written, those that are turned otherwise, and the grids and the
    lines from left to right that are drawn under the former; and between which heights, in points, the page
    is, and how wide.
    """

    pieces: list[Piece]
    sideways: list[list[Piece]]
    grids: list[Grid]
    lying: list[Rule]
    low: float
    high: float
    width: float


def page_of(page: PdfPage) -> Page:
    """What stands on a page."""
    turn = page.get_rotation() // 90
    lying, standing = rules_of(page, turn)
    drawn = [*grids(lying, standing)]
    found = pieces_of(page, drawn)
    turns = sorted(found, key=lambda turn: -sum(len(piece.text) for piece in found[turn]))
    upright = turns[0] if turns else turn
    left, low, right, high = turned(page.get_bbox(), upright)
    return Page(
        found.get(upright, []),
        [found[other] for other in turns[1:]],
        drawn if upright == turn else [],
        whole(lying) if upright == turn and len(lying) <= MOST else [],
        low,
        high,
        right - left,
    )
