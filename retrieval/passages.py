"""Document -> passages, the units of retrieval and of an answer."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from retrieval.documents import Document, Origin, Paragraph, Span
from retrieval.headings import TITLE
from retrieval.sentences import fitting

LONGEST = 600
"""Characters; no passage is longer."""

JOINED = 260
"""Characters up to which short paragraphs of one section are put together."""

LEAST = 40
"""Characters; a shorter piece says too little by itself, as the colon that a list follows."""

WINDOW = 450
"""Characters of a window, about, where a paragraph is over the longest passage."""


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph, or what of it is in a passage, by its place in the passage's text.

    `heading` is the heading that it is or begins with.
    """

    span: Span
    heading: str | None


@dataclass(frozen=True, slots=True)
class Passage:
    """Some paragraphs of a section, or a window of one very long paragraph, in the document's own words.

    `headings` is the heading path, outermost first, without the document's title; `first` and
    `last` count the document's paragraphs from one. `body` are its paragraphs, without those that
    are headings unless there is nothing else.
    """

    origin: Origin
    text: str
    headings: tuple[str, ...]
    first: int
    last: int
    body: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A passage to be, by its place in the document."""

    span: Span
    headings: tuple[str, ...]
    first: int
    last: int


def split(document: Document) -> tuple[Passage, ...]:
    """The passages of a document, in order. Put together they are its text; only white space is between."""
    pieces = (piece for section in _sections(document) for piece in _joined(document, section))
    return tuple(_passage(document, piece) for piece in pieces)


def _passage(document: Document, piece: _Piece) -> Passage:
    start, end = piece.span.start, piece.span.end
    paragraphs = document.paragraphs[piece.first - 1 : piece.last]
    body = tuple(
        Part(
            Span(max(p.span.start, start) - start, min(p.span.end, end) - start),
            p.heading.text if p.heading else None,
        )
        for p in [p for p in paragraphs if not p.is_heading] or paragraphs
    )
    return Passage(document.origin, document.text[start:end], piece.headings, piece.first, piece.last, body)


def _sections(document: Document) -> Iterator[list[_Piece]]:
    """The document's pieces, those under one heading together, headings with what they stand over."""
    section: list[_Piece] = []
    path: list[tuple[int, str]] = []
    bare = True  # nothing but headings in the section so far
    for number, paragraph in enumerate(document.paragraphs, 1):
        heading, under = paragraph.heading, _path(path, paragraph)
        if heading or (not bare and under != path):
            if not bare:
                yield section
                section, bare = [], True
            path = under
        headings = tuple(text for level, text in path if level > TITLE)
        above = paragraph.span.start - section[0].span.start if section and bare else 0
        section += (
            _Piece(window, headings, number, number)
            for window in _windows(document.text, paragraph.span, LONGEST - above)
        )
        bare = bare and paragraph.is_heading
    if section:
        yield section


def _path(above: list[tuple[int, str]], paragraph: Paragraph) -> list[tuple[int, str]]:
    """The headings, with their levels, that stand over a paragraph, its own among them."""
    heading = paragraph.heading
    level = heading.level if heading else paragraph.ends
    path = above if level is None else [(upper, text) for upper, text in above if upper < level]
    return [*path, (heading.level, heading.text)] if heading else path


def _windows(text: str, paragraph: Span, longest: int) -> Iterator[Span]:
    """The paragraph, or where it is over `longest` characters, windows of whole sentences, of like length."""
    length = paragraph.end - paragraph.start
    if length <= max(longest, WINDOW):
        yield paragraph
        return
    goal = length / math.ceil(length / WINDOW)
    start = end = paragraph.start
    for sentence in fitting(text[paragraph.start : paragraph.end], WINDOW):
        following = paragraph.start + sentence.end
        middle = (end + following) / 2
        if end > start and (following - start > WINDOW or middle - start > goal):
            yield from _stripped(text, start, end)
            start = end
        end = following
    yield from _stripped(text, start, end)


def _stripped(text: str, start: int, end: int) -> Iterator[Span]:
    """The span without the white space around it, unless there is nothing else in it."""
    words = text[start:end].strip()
    if words:
        left = start + text[start:end].index(words)
        yield Span(left, left + len(words))


def _joined(document: Document, section: list[_Piece]) -> Iterator[_Piece]:
    """Short pieces put together, in order; a heading goes with what follows it."""
    joined = section[0]
    for piece in section[1:]:
        stands_over = document.paragraphs[joined.last - 1].is_heading
        longest = LONGEST if stands_over or _length(joined) < LEAST else JOINED
        if piece.span.end - joined.span.start <= longest:
            joined = replace(piece, span=Span(joined.span.start, piece.span.end), first=joined.first)
        else:
            yield joined
            joined = piece
    yield joined


def _length(piece: _Piece) -> int:
    return piece.span.end - piece.span.start
