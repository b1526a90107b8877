"""Pages -> the same without running heads and page numbers."""

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence

from retrieval.readers.pages.glyphs import Piece

MOST = 4
"""Lines of a running head, or foot, at most."""

HEIGHT = 4
"""Points by which one may stand higher or lower from page to page."""

LARGER = 1.15
"""A line in letters so many times larger than the text's is a heading, however often it is repeated."""

NUMBER = re.compile(r"\d{1,5}")
PAGE_NUMBER = re.compile(
    r"[-–—―~～·•\[（( ]*(?:第 ?|[Pp](?:age|\.)? ?)?"
    r"(?:\d{1,4}|[ivxlIVXL]{1,6}|[一二三四五六七八九十百]{1,5}(?= ?[页頁]))"
    r"(?: ?[页頁])?(?: ?(?:/|of|[,，]?共) ?\d{1,4} ?[页頁]?)?[-–—―~～·•\]）) ]*"
)

OF_A_SENTENCE = re.compile(r"[，。；！？]|[、：]$")
"""What running heads do without."""

SEVERAL = 4
"""Lines of a page that are of one length, from which that is a full line's."""

NEAR = 2
"""Points by which full lines differ."""

Row = list[Piece]
Sighting = tuple[str, int]


def without_running_heads(pages: Sequence[Sequence[Piece]], body: float) -> Iterator[list[Piece]]:
    """The pieces of each page without those that stand at its top or bottom as they do on other pages, but
    for a number that counts the pages, and without what is a page's number by its look.

    `body` is the size of the text. What stands on one page only and is no number is kept.
    """
    edges = [(_edge(page, top=True), _edge(page, top=False)) for page in pages]
    seen: defaultdict[Sighting, set[int]] = defaultdict(set)
    texts = [{id(piece) for piece in page if _is_text(piece, _full(page), body)} for page in pages]
    for number, (top, bottom) in enumerate(edges):
        for piece in {id(piece): piece for row in (*top, *bottom) for piece in row}.values():
            if id(piece) not in texts[number]:
                for sighting in _sightings(piece, number):
                    seen[sighting].add(number)
    repeated = {sighting for sighting, numbers in seen.items() if len(numbers) > 1}
    for number, (page, rows) in enumerate(zip(pages, edges, strict=True)):
        dropped = {id(piece) for edge in rows for piece in _dropped(edge, number, repeated, texts[number])}
        yield [piece for piece in page if id(piece) not in dropped]


def _edge(page: Iterable[Piece], *, top: bool) -> list[Row]:
    """The first rows of a page from its top or its bottom."""
    rows: list[Row] = []
    for piece in sorted(page, key=lambda piece: -piece.base if top else piece.base):
        if rows and abs(rows[-1][0].base - piece.base) < piece.size / 2:
            rows[-1].append(piece)
        elif len(rows) == MOST:
            break
        else:
            rows.append([piece])
    return rows


def _full(page: Iterable[Piece]) -> float | None:
    """How long a full line of a page is, where several are."""
    lengths = Counter(round(piece.right - piece.left) for piece in page)
    length, count = max(lengths.items(), key=lambda each: (each[1], each[0]), default=(0, 0))
    return length if count >= SEVERAL else None


def _is_text(piece: Piece, full: float | None, body: float) -> bool:
    """Whether a line is no running head by its look, wherever it stands again."""
    return (
        piece.size > LARGER * body
        or OF_A_SENTENCE.search(piece.text) is not None
        or (full is not None and abs(piece.right - piece.left - full) <= NEAR)
    )


def _dropped(
    edge: Iterable[Row], number: int, repeated: set[Sighting], texts: Container[int]
) -> Iterator[Piece]:
    """What is dropped of an edge: rows of nothing else, and what of the row behind them is repeated.

    A number that stands alone on its row is the page's, but a second one is not.
    """
    numbered = False
    for row in edge:
        running = [
            piece
            for piece in row
            if id(piece) not in texts and any(s in repeated for s in _sightings(piece, number))
        ]
        rest = len(row) - len(running)
        if rest == 1 and not numbered and any(PAGE_NUMBER.fullmatch(piece.text) for piece in row):
            numbered, rest = True, 0
        yield from running if rest else row
        if rest:
            return


def _sightings(piece: Piece, page: int) -> Iterator[Sighting]:
    """What makes a piece the same on another page: its words, with a number of them as it counts the pages,
    and its height on the page. Heights that are nearly the same have one of two numbers in common.
    """
    words = [piece.text]
    for found in NUMBER.finditer(piece.text):
        counted = int(found.group()) - page
        words.append(f"{piece.text[: found.start()]}\0{counted}\0{piece.text[found.end() :]}")
    height = round(piece.base / HEIGHT)
    nearest = height + (1 if piece.base / HEIGHT > height else -1)
    for text in words:
        yield text, height
        yield text, nearest
