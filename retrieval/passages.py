"""Document -> passages, the units of retrieval and of an answer."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from retrieval.documents import Document, Paragraph, Span
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
class Passage:
    """Some paragraphs of a section, or a window of one very long paragraph.

    `headings` is the heading path, outermost first, without the document's title; `first` and
    `last` count the document's paragraphs from one.
    """

    document: Document
    span: Span
    headings: tuple[str, ...]
    first: int
    last: int

    @property
    def text(self) -> str:
        """The document's own words."""
        return self.document.text[self.span.start : self.span.end]

    @property
    def body(self) -> list[tuple[Paragraph, Span]]:
        """Its paragraphs and their places in its text, without headings unless there is nothing else."""
        paragraphs = self.document.paragraphs[self.first - 1 : self.last]
        shown = [p for p in paragraphs if not p.is_heading] or paragraphs
        start, end = self.span.start, self.span.end
        return [(p, Span(max(p.span.start, start) - start, min(p.span.end, end) - start)) for p in shown]


def split(document: Document) -> tuple[Passage, ...]:
    """The passages of a document, in order. Put together they are its text; only white space is between."""
    return tuple(passage for section in _sections(document) for passage in _joined(section))


def _sections(document: Document) -> Iterator[list[Passage]]:
    """The document's pieces, those under one heading together, headings with what they stand over."""
    section: list[Passage] = []
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
            Passage(document, window, headings, number, number)
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


def _joined(section: list[Passage]) -> Iterator[Passage]:
    """Short pieces put together, in order; a heading goes with what follows it."""
    passage = section[0]
    document = passage.document
    for piece in section[1:]:
        stands_over = document.paragraphs[passage.last - 1].is_heading
        longest = LONGEST if stands_over or _length(passage) < LEAST else JOINED
        if piece.span.end - passage.span.start <= longest:
            span = Span(passage.span.start, piece.span.end)
            passage = replace(piece, span=span, first=passage.first)
        else:
            yield passage
            passage = piece
    yield passage


def _length(passage: Passage) -> int:
    return passage.span.end - passage.span.start
