"""Pages -> the same without running heads and page numbers, and these."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from retrieval.readers.pages.aligned import with_aligned
from retrieval.readers.pages.between_rules import with_ruled_off
from retrieval.readers.pages.edges import EdgeRow, Usual, distances_of, edge_of, is_number
from retrieval.readers.pages.glyphs import Piece
from retrieval.readers.pages.grids import Grid
from retrieval.readers.pages.lines import lines
from retrieval.readers.pages.page import Page
from retrieval.readers.pages.ruled import with_tables

OFTEN = 3
"""Pages on which a line stands in the same place, from which that alone tells a running head."""

SHORT = 5
"""Pages of a short document, where half of them are enough for a line that is set off from the text."""

SMALLER = 0.93
"""A line in letters so many times as large as the text's, or smaller, is set off from it."""

HEIGHT = 4
"""Points by which one may stand higher or lower from page to page."""

NUMBER = re.compile(r"\d{1,5}")
COUNTED = "\0"
FIELD = re.compile(r"[^:：]{1,12}[:：].*\S")
"""What as well may be filled in, on pages that are forms: 办理地点：..."""

Sighting = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on a page without its running heads, and the lines of these, above and below."""

    pieces: list[Piece]
    head: tuple[str, ...]
    foot: tuple[str, ...]


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
    distances = distances_of((page.pieces for page in pages), standing, body)
    edges = [
        [edge_of(number, pieces, page, Usual(body, distance), top=top) for top in (True, False)]
        for number, (page, pieces, distance) in enumerate(zip(pages, standing, distances, strict=True), 1)
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


class _Heads:
    """The running heads of a document, by what is at the edges of its pages."""

    def __init__(self, edges: Sequence[Sequence[EdgeRow]], pages: int, body: float) -> None:
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

    def of(self, edge: Sequence[EdgeRow]) -> Iterator[EdgeRow]:
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

    def said(self, rows: Iterable[EdgeRow]) -> Iterator[str]:
        """The lines of these, without numbers that count the pages."""
        for row in rows:
            shown = [piece for piece in row.pieces if not self._is_page_number(piece, row.page)]
            if shown:
                yield " ".join(line.text for line in lines(shown))

    def _repeated(self, edge: Sequence[EdgeRow]) -> list[EdgeRow]:
        """The rows that are running heads by standing on other pages too."""
        found: list[EdgeRow] = []
        is_next = False
        for row in reversed(edge):
            is_next = not row.is_number and self._is_repeated(row, beside_one=is_next)
            found += [row] if is_next else []
        return found

    def _is_repeated(self, row: EdgeRow, *, beside_one: bool) -> bool:
        if row.is_text or not row.words:
            return False
        times = [max(len(self._seen[s]) for s in _sightings(piece, row.page)) for piece in row.words]
        if row.is_apart and max(times) >= OFTEN:
            return True
        set_off = beside_one or row.is_apart or self._is_small(row) or self._has_number(row)
        if min(times) >= OFTEN:
            return set_off or not any(FIELD.fullmatch(piece.text) for piece in row.words)
        return set_off and self._pages <= SHORT and min(times) >= max(2, self._pages / 2)

    def _replaces_one(self, row: EdgeRow) -> bool:
        """Whether it stands where other pages have a running head, and looks like one.

        Where few have one, as left pages have another than right ones, it has the page's number beside it.
        """
        known = max(len(self._places[height]) for height in _heights(row.pieces[0]))
        is_known = known >= OFTEN or (known > 0 and self._has_number(row))
        return is_known and not row.is_text and (row.is_apart or self._is_small(row))

    def _is_small(self, row: EdgeRow) -> bool:
        return all(piece.size <= SMALLER * self._body for piece in row.pieces)

    def _has_number(self, row: EdgeRow) -> bool:
        return any(self._is_page_number(piece, row.page) for piece in row.pieces)

    def _is_page_number(self, piece: Piece, page: int) -> bool:
        """Whether a number grows from page to page, or is that of the page in the file."""
        return is_number(piece) and any(
            COUNTED in said and (f"{COUNTED}0{COUNTED}" in said or len(self._seen[said, height]) > 1)
            for said, height in _sightings(piece, page)
        )


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
