"""Page of a PDF -> pieces of its lines."""

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pypdfium2 import PdfPage, raw

from retrieval.readers.pages.grids import Grid
from retrieval.readers.pages.turning import Box, turned

WIDE = (
    "\u2e80-\u303f\u3040-\u30ff\u3105-\u312f\u31a0-\u31ff\u3400-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff65"
)
IS_WIDE = re.compile(rf"[{WIDE}“”‘’…—\U00020000-\U0003ffff]")
"""A character as wide as it is high, between which and its like nobody sets blanks."""

APART = 1.2
"""Ems between characters from which on they are pieces of their own, as of two columns or two cells."""

CELL = 0.1
"""The same where a line is drawn between them."""

BACK = 0.6
"""Ems by which a character may begin before the last one ends."""

SAME_LINE = 0.5
"""Heights by which the middles of characters of one line differ at most, as of a raised one."""

ROOM = 0.5
"""Heights between a Chinese character and its neighbour that are a blank, at least."""

IDEOGRAPHIC = "\u3000"
GUESSED = "?"
"""A blank that is not in the file."""

SLANT = math.radians(15)
"""A line may rise or fall by so much, as on a scanned page; what is turned more is a watermark or a stamp."""

TWICE = 0.4
"""Widths by which a character is printed beside itself, at most, to look bold."""

SPACES = frozenset(map(ord, " \t\r\n\xa0\u2002\u2003\u2009\u3000"))
HYPHENS = frozenset((0x02, 0xFFFE))
"""What PDFium makes of a hyphen at the end of a line."""

_SIMPLER = str.maketrans(
    "⺠⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰",
    "民虎西见角贝车長长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙",
)
"""Radicals that are whole characters, though Unicode does not say which."""

_AS_MEANT = re.compile("[\u2e80-\u2fdf\ufb00-\ufb06]+")
"""Radicals for the characters that they are, and letters set as one."""

_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060\ufeff\ufffd-\uffff]+")


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks: how wide its lines are, in points, and whether it `is_own`, of one row alone."""

    widths: tuple[float, ...]
    is_own: bool


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a table, the texts of their cells in each; `edges` of its columns as those of a grid.

    So many `header_rows` name the columns, and its cells have these `looks`, where that is known.
    """

    rows: tuple[tuple[str, ...], ...]
    edges: tuple[float, ...]
    header_rows: int | None = None
    looks: tuple[tuple[Look, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters that stand beside each other on a line, by their place in points.

    `left` and `right` count from the left of the page, `base`, on which letters stand, from below; `size` is
    that of the font. All are as seen by who reads it, wherever the top of the page is then.

    One may hold the place of a `table`.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class _Run:
    """Characters beside each other: what they are, and where PDFium counts them."""

    turn: int
    left: float
    right: float
    letters: list[str]
    numbers: list[int]


def pieces_of(page: PdfPage, grids: Sequence[Grid] = ()) -> dict[int, list[Piece]]:
    """The pieces of a page in the order in which it was written, by how often they are turned by 90 degrees.

    What is turned by something else is left out. What stands in different columns of a grid is not one piece.
    """
    text = page.get_textpage()
    try:
        found: dict[int, list[Piece]] = {}
        for run in _runs(text.raw, grids):
            if piece := _piece(text.raw, run):
                found.setdefault(run.turn, []).append(piece)
        return found
    finally:
        text.close()


def _runs(  # noqa: C901, PLR0912 - a call a character is twice as slow
    text: object, grids: Sequence[Grid]
) -> Iterator[_Run]:
    """The characters of a page, put together as they stand beside each other."""
    code_of, box_of, where = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox, raw.FS_RECTF()
    letters: list[str] = []
    numbers: list[int] = []
    turn = last = 0
    begin = left = right = middle = height = before = 0.0
    blank = ""
    for number in range(raw.FPDFText_CountChars(text)):
        code = code_of(text, number)
        is_space = code in SPACES
        if is_space and not letters:
            continue
        if is_space and raw.FPDFText_IsGenerated(text, number):
            blank = blank or GUESSED
            continue
        if not code or not box_of(text, number, where):
            continue
        if turn:
            left, low, end, high = turned(_box(where), turn)
        else:
            left, low, end, high = where.left, where.bottom, where.right, where.top
        tallest = max(height, high - low)
        gap = left - right
        if letters and (
            not (
                -BACK * tallest < gap < APART * tallest
                and abs((low + high) / 2 - middle) < SAME_LINE * tallest
            )
            or (grids and gap > CELL * tallest and any(grid.divides(right, left, middle) for grid in grids))
        ):
            yield _Run(turn, begin, right, letters, numbers)
            letters, numbers = [], []
        if is_space:
            if letters:  # it takes its place on the line
                blank, right = (IDEOGRAPHIC if code == ord(IDEOGRAPHIC) else " "), max(right, end)
            continue
        letter = "-" if code in HYPHENS else chr(code)
        if letters:
            if code == last and abs(left - before) < TWICE * (end - left):
                continue
            if blank and (
                blank != GUESSED or gap >= ROOM * tallest or not IS_WIDE.search(letters[-1] + letter)
            ):
                letters.append(IDEOGRAPHIC if blank == IDEOGRAPHIC else " ")
            right = max(right, end)
        else:
            found = _turn(text, number)
            if found is None:
                continue
            turn = found
            left, low, end, high = turned(_box(where), turn)
            begin, right = left, end
        letters.append(letter)
        numbers.append(number)
        last, before, blank, middle, height = code, left, "", (low + high) / 2, high - low
    if letters:
        yield _Run(turn, begin, right, letters, numbers)


def _turn(text: object, number: int) -> int | None:
    """How often a character is turned by 90 degrees, None when it is by something else."""
    matrix = raw.FS_MATRIX()
    if not raw.FPDFText_GetMatrix(text, number, matrix):
        return 0
    angle = math.atan2(matrix.b, matrix.a)
    turn = round(angle / (math.pi / 2))
    return turn % 4 if abs(angle - turn * math.pi / 2) <= SLANT else None


def _box(box: raw.FS_RECTF) -> Box:
    return box.left, box.bottom, box.right, box.top


def _piece(text: object, run: _Run) -> Piece | None:
    words = _cleaned("".join(run.letters))
    if not words:
        return None
    middle = run.numbers[len(run.numbers) // 2]
    matrix, x, y = raw.FS_MATRIX(), raw.c_double(), raw.c_double()
    raw.FPDFText_GetMatrix(text, middle, matrix)
    size = raw.FPDFText_GetFontSize(text, middle) * math.hypot(matrix.c, matrix.d)
    raw.FPDFText_GetCharOrigin(text, middle, x, y)
    base = (y.value, -x.value, -y.value, x.value)[run.turn]
    return Piece(words, run.left, run.right, base, size or run.right - run.left)


def _as_meant(found: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", found.group()).translate(_SIMPLER)


def _cleaned(text: str) -> str:
    """The text without what cannot be seen."""
    if not text.isascii():
        text = _AS_MEANT.sub(_as_meant, text)
        if any("\ud800" <= letter <= "\udfff" for letter in text):
            text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _UNSEEN.sub("", text).strip()
