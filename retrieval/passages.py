"""Document -> passages, the units of retrieval and of an answer."""

import math
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from retrieval.documents import Document, Origin, Paragraph, SheetRow, Span
from retrieval.headings import TITLE
from retrieval.readers.tables import BETWEEN, NAMED
from retrieval.sentences import fitting, sentences

LONGEST = 600
"""Characters; no passage is longer."""

JOINED = 260
"""Characters up to which short paragraphs of one section are put together."""

LEAST = 40
"""Characters; a shorter piece says too little by itself, as the colon that a list follows."""

WINDOW = 450
"""Characters of a window, about, where a paragraph is over the longest passage."""

_BETWEEN = re.compile(re.escape(BETWEEN))

SPEECH = re.compile(r"[“「『\"].*[”」』\"]", re.DOTALL)
"""A paragraph that is nothing but what somebody says: who it is stands below, if not above."""

SAYS = re.compile("[说說道问問答喊叫笑骂罵嚷吼叹嘆]|开口|開口")
"""A verb of speaking, or of how somebody speaks."""

BESIDE = 30
"""Characters behind a speech in which one tells who makes it."""

LONGEST_FIELD = 60
"""Characters of a row's first field that tells which row it is."""

INTRODUCES = re.compile(r"[:：]$")
OPENING, CLOSING = "“「『", "”」』"


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

    `headings` is the heading path, outermost first, without the document's title; in the middle of a row of a
    table the row's first field and the name of the column stand in it too. `first` and `last` count the
    document's paragraphs from one. `body` are its paragraphs, without those that are headings or boilerplate
    unless there is nothing else. `page` is the one that it begins on, where there are pages, and `row` is
    where its body begins in a spreadsheet.
    """

    origin: Origin
    text: str
    headings: tuple[str, ...]
    first: int
    last: int
    body: tuple[Part, ...]
    page: int | None = None
    boilerplate: bool = False
    row: SheetRow | None = None


@dataclass(frozen=True, slots=True)
class _Piece:
    """A passage to be, by its place in the document."""

    span: Span
    headings: tuple[str, ...]
    first: int
    last: int
    apart: bool
    boilerplate: bool

    @property
    def length(self) -> int:
        """Characters."""
        return self.span.end - self.span.start


def split(document: Document) -> tuple[Passage, ...]:
    """The passages of a document, in order. Put together they are its text; only white space is between."""
    sections = pairwise(chain(_sections(document), [[]]))
    return tuple(
        _passage(document, piece)
        for section, following in sections
        for piece in _joined(document, section, _text_below(document, section, following))
    )


def _passage(document: Document, piece: _Piece) -> Passage:
    start, end = piece.span.start, piece.span.end
    paragraphs = document.paragraphs[piece.first - 1 : piece.last]
    told = [p for p in paragraphs if not (p.is_heading or p.boilerplate)] or paragraphs
    body = tuple(
        Part(
            Span(max(p.span.start, start) - start, min(p.span.end, end) - start),
            p.heading.text if p.heading else None,
        )
        for p in told
    )
    return Passage(
        document.origin,
        document.text[start:end],
        piece.headings,
        piece.first,
        piece.last,
        body,
        paragraphs[0].page,
        piece.boilerplate,
        told[0].row,
    )


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
        boilerplate = paragraph.boilerplate and _has_words(document.text, paragraph.span)
        above = paragraph.span.start - section[0].span.start if section and bare else 0
        fields = _fields(document.text, paragraph)
        section += (
            _Piece(
                window,
                headings + _in_row(document.text, fields, window),
                number,
                number,
                paragraph.apart,
                boilerplate,
            )
            for window in _windows(document.text, paragraph.span, LONGEST - above)
        )
        bare = bare and paragraph.is_heading
    if section:
        yield section


def _fields(text: str, paragraph: Paragraph) -> Sequence[int]:
    """Where the fields of a row begin that is too long for one passage; nothing where it is none."""
    start, end = paragraph.span.start, paragraph.span.end
    if not paragraph.apart or end - start <= WINDOW:
        return ()
    return [start, *(found.end() for found in _BETWEEN.finditer(text, start, end))]


def _in_row(text: str, fields: Sequence[int], window: Span) -> tuple[str, ...]:
    """What tells whose text a window is that begins in the middle of a row: its first field, and the name of
    the one in which it begins.
    """
    here = bisect_left(fields, window.start) - 1
    if here < 0:
        return ()
    is_first = here == 0 and (len(fields) == 1 or fields[1] > window.start)
    first_end = window.start if is_first else fields[1] - len(BETWEEN)
    is_key = not is_first and first_end - fields[0] <= LONGEST_FIELD
    key = text[fields[0] : first_end] if is_key else _name_of(text, fields[0], first_end)
    is_between = here + 1 < len(fields) and fields[here + 1] == window.start
    name = "" if is_first or is_between else _name_of(text, fields[here], window.start)
    return tuple(filter(None, [key, name]))


def _name_of(text: str, field: int, end: int) -> str:
    """The name of a column that stands before what a field says, of which the end is known."""
    name, mark, _ = text[field : min(end, field + LONGEST_FIELD + len(NAMED))].partition(NAMED)
    return name if mark else ""


def _path(above: list[tuple[int, str]], paragraph: Paragraph) -> list[tuple[int, str]]:
    """The headings, with their levels, that stand over a paragraph, its own among them."""
    heading = paragraph.heading
    level = heading.level if heading else paragraph.ends
    path = above if level is None else [(upper, text) for upper, text in above if upper < level]
    return [*path, (heading.level, heading.text)] if heading else path


def _has_words(text: str, span: Span) -> bool:
    """Whether there is anything to find; a rule of dashes may stand in any passage."""
    return any(map(str.isalnum, text[span.start : span.end]))


def _windows(text: str, paragraph: Span, longest: int) -> Iterator[Span]:
    """The paragraph, or where it is over `longest` characters, windows of whole sentences, of like length."""
    length = paragraph.end - paragraph.start
    longest = max(longest, WINDOW)
    if length <= longest:
        yield paragraph
        return
    goal = length / math.ceil(length / WINDOW)
    start = end = paragraph.start
    for following in _ends(text, paragraph, longest):
        middle = (end + following) / 2
        if end > start and (following - start > WINDOW or middle - start > goal):
            yield from _stripped(text, start, end)
            start = end
        end = following
    yield from _stripped(text, start, end)


def _ends(text: str, paragraph: Span, longest: int) -> Iterator[int]:
    """Where the sentences of a paragraph end, and the parts of one over `longest` characters."""
    words = text[paragraph.start : paragraph.end]
    for sentence in sentences(words):
        if sentence.end - sentence.start <= longest:
            yield paragraph.start + sentence.end
        else:
            parts = fitting(words[sentence.start : sentence.end], WINDOW)
            yield from (paragraph.start + sentence.start + part.end for part in parts)


def _stripped(text: str, start: int, end: int) -> Iterator[Span]:
    """The span without the white space around it, unless there is nothing else in it."""
    words = text[start:end].strip()
    if words:
        left = start + text[start:end].index(words)
        yield Span(left, left + len(words))


def _text_below(document: Document, section: Sequence[_Piece], following: Sequence[_Piece]) -> _Piece | None:
    """What the headings of a section stand over: its last piece if it has text, else how the next begins."""
    is_over_text = any(
        not (piece.boilerplate or document.paragraphs[piece.first - 1].is_heading) for piece in section
    )
    return next(iter(section[-1:] if is_over_text else following), None)


def _joined(document: Document, section: Sequence[_Piece], below: _Piece | None) -> Iterator[_Piece]:
    """Short pieces put together, in order; a heading goes with what follows it.

    Where that is boilerplate, so is all of it if the heading is found by the text `below`; else it is apart.
    """
    ends = _ends_of_talk(document.text, section)
    joined = section[0]
    for piece, before, end in zip(section[1:], ends, ends[1:], strict=False):
        if document.paragraphs[joined.last - 1].is_heading:
            may_hide = not piece.boilerplate or _are_told(document, joined, below)
            fits = may_hide and piece.span.end - joined.span.start <= LONGEST
        elif joined.length < LEAST or before > joined.span.end:
            fits = _are_of_a_kind(joined, piece) and piece.span.end - joined.span.start <= LONGEST
        else:
            fits = _are_of_a_kind(joined, piece) and end - joined.span.start <= JOINED
        if fits:
            joined = replace(piece, span=Span(joined.span.start, piece.span.end), first=joined.first)
        else:
            yield joined
            joined = piece
    yield joined


def _are_told(document: Document, joined: _Piece, below: _Piece | None) -> bool:
    """Whether all headings of a piece, which has nothing else, are among those by which another is found."""
    headings = (paragraph.heading for paragraph in document.paragraphs[joined.first - 1 : joined.last])
    return below is not None and all(
        heading is not None and (heading.level == TITLE or heading.text in below.headings)
        for heading in headings
    )


def _ends_of_talk(text: str, section: Sequence[_Piece]) -> list[int]:
    """Where what each piece is not to be parted from ends: who says it, or what is said."""
    ends = [piece.span.end for piece in section]
    for number in range(len(section) - 2, -1, -1):
        piece, below = section[number : number + 2]
        is_bound = _are_of_a_kind(piece, below) and not (
            number and _closes(text, *section[number - 1 : number + 2])
        )
        longest = _longest_talk(text, piece, below) if is_bound else 0
        if ends[number + 1] - piece.span.start <= min(longest, JOINED):
            ends[number] = ends[number + 1]
        elif below.span.end - piece.span.start <= longest:
            ends[number] = below.span.end
    return ends


def _closes(text: str, above: _Piece, piece: _Piece, below: _Piece) -> bool:
    """Whether a speech answers one and ends the talk, as what follows does not tell who makes it."""
    words = [text[part.span.start : part.span.end] for part in (above, piece, below)]
    return bool(
        SPEECH.fullmatch(words[0]) and SPEECH.fullmatch(words[1]) and not SAYS.search(words[2][:BESIDE])
    )


def _longest_talk(text: str, piece: _Piece, below: _Piece) -> int:
    """Up to which length a piece is not parted from the next: a speech, from who announces or makes it."""
    words = text[piece.span.start : piece.span.end]
    is_speech = text[below.span.start] in OPENING
    if INTRODUCES.search(words):
        return LONGEST if is_speech else JOINED
    if SPEECH.fullmatch(words) and not is_speech:
        return LONGEST if below.length < LEAST else JOINED
    goes_on = sum(map(words.count, OPENING)) > sum(map(words.count, CLOSING))
    return JOINED if goes_on else 0


def _are_of_a_kind(piece: _Piece, following: _Piece) -> bool:
    return not (piece.apart or following.apart) and piece.boilerplate == following.boilerplate
