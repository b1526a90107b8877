"""Page of a PDF -> the straight lines that are drawn on it."""

from collections.abc import Iterator
from ctypes import c_float, c_int
from dataclasses import dataclass
from itertools import pairwise

from pypdfium2 import PdfPage, raw

from retrieval.readers.pages.turning import Box, turned

THIN = 3
"""Points that a line is thick, at most: programs draw it as a stroke or as a narrow box."""

OBJECTS = 5000
"""Objects of a page with tables, at most; one with more is a map or a drawing."""

CORNERS = 30_000
"""Corners of its shapes, at most."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A line from `start` to `end`: one that lies is `at` some height, one that stands at a place from the
    left. In points, as those of a piece.
    """

    at: float
    start: float
    end: float


def rules_of(page: PdfPage, turn: int) -> tuple[list[Rule], list[Rule]]:
    """The lines that lie and those that stand, for who reads the page turned by 90 degrees so often."""
    lying: list[Rule] = []
    standing: list[Rule] = []
    for drawn in _boxes(page):
        left, low, right, high = turned(drawn, turn)
        width, height = right - left, high - low
        if height <= THIN < width:
            lying.append(Rule((low + high) / 2, left, right))
        elif width <= THIN < height:
            standing.append(Rule((left + right) / 2, low, high))
    return lying, standing


def _boxes(page: PdfPage) -> Iterator[Box]:
    """What may be a line, of what is drawn on a page."""
    count = raw.FPDFPage_CountObjects(page.raw)
    if count > OBJECTS:
        return
    left = CORNERS
    for number in range(count):
        drawn = raw.FPDFPage_GetObject(page.raw, number)
        if raw.FPDFPageObj_GetType(drawn) == raw.FPDF_PAGEOBJ_PATH:
            corners = raw.FPDFPath_CountSegments(drawn)
            left -= corners
            if left >= 0:
                yield from _boxes_of(drawn, corners)


def _boxes_of(path: object, corners: int) -> Iterator[Box]:
    """The box round a line, or the parts of a shape: its sides where these are drawn, else what is filled."""
    left, low, right, high = c_float(), c_float(), c_float(), c_float()
    if not raw.FPDFPageObj_GetBounds(path, left, low, right, high):
        return
    if min(right.value - left.value, high.value - low.value) <= THIN:
        yield left.value, low.value, right.value, high.value
    else:
        filled, is_stroked = c_int(), c_int()
        raw.FPDFPath_GetDrawMode(path, filled, is_stroked)
        for part in _parts(path, corners):
            pieces = pairwise(part) if is_stroked.value else [part]
            yield from map(_around, pieces)


def _parts(path: object, corners: int) -> Iterator[list[tuple[float, float]]]:
    """The corners of each part of a shape, in points of the page. What has curves is left out."""
    matrix, x, y = raw.FS_MATRIX(), c_float(), c_float()
    raw.FPDFPageObj_GetMatrix(path, matrix)
    part: list[tuple[float, float]] = []
    is_straight = True
    for number in range(corners):
        segment = raw.FPDFPath_GetPathSegment(path, number)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if len(part) > 1 and is_straight:
                yield part
            part, is_straight = [], True
        is_straight = is_straight and kind != raw.FPDF_SEGMENT_BEZIERTO
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        across, up = x.value, y.value
        part.append(
            (matrix.a * across + matrix.c * up + matrix.e, matrix.b * across + matrix.d * up + matrix.f)
        )
        if raw.FPDFPathSegment_GetClose(segment):
            part.append(part[0])
    if len(part) > 1 and is_straight:
        yield part


def _around(corners: list[tuple[float, float]] | tuple[tuple[float, float], ...]) -> Box:
    across, up = zip(*corners, strict=True)
    return min(across), min(up), max(across), max(up)
