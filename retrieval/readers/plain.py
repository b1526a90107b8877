"""Plain text -> content."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import takewhile

from retrieval.documents import Content, Heading, Paragraph, Span
from retrieval.headings import TITLE, with_headings
from retrieval.paragraphs import paragraphs
from retrieval.readers.contents_pages import contents_in
from retrieval.titles import DECORATION, title_of


def read_plain(text: str, begin: int = 0) -> Content:
    """The paragraphs of a plain text, headed in the usual Chinese forms, and its title.

    What stands before the character `begin` is kept, but neither heads nor names anything.
    """
    return named_by_its_lines(text, headed(text, begin), begin)


def named_by_its_lines(text: str, paragraphs: Sequence[Paragraph], begin: int = 0) -> Content:
    """The content of these paragraphs, whose title is what the first of them say, from `begin` on."""
    found = [*paragraphs]
    above = sum(paragraph.span.start < begin for paragraph in found)
    lines = takewhile(lambda paragraph: not paragraph.apart, found[above:])
    title = title_of("" if line.boilerplate else text[line.span.start : line.span.end] for line in lines)
    if title is None:
        return Content(text, None, tuple(found))
    number, words = above + title[0], title[1]
    heading = found[number].heading
    if heading is None:
        found[number] = replace(found[number], heading=Heading(TITLE, words, alone=True))
    elif _is_one_of_several(heading, found[number + 1 :]):
        return Content(text, None, tuple(found))
    return Content(text, words, tuple(found))


def _is_one_of_several(heading: Heading, following: Iterable[Paragraph]) -> bool:
    """Whether a document has more than this chapter, which then is not what it is about."""
    return any(p.heading is not None and p.heading.level <= heading.level for p in following)


def headed(text: str, begin: int = 0) -> list[Paragraph]:
    """The paragraphs of a text, those from the character `begin` on with their headings; a table of contents
    is boilerplate.
    """
    spans = list(paragraphs(text))
    above = [Paragraph(span) for span in spans if span.start < begin]
    below = spans[len(above) :]
    listed = contents_in([text[span.start : span.end].lstrip(DECORATION) for span in below])
    lines = (Span(span.start, span.start) if number in listed else span for number, span in enumerate(below))
    found = with_headings(text, lines)
    return above + [
        Paragraph(span, boilerplate=True) if number in listed else paragraph
        for number, (span, paragraph) in enumerate(zip(below, found, strict=True))
    ]
