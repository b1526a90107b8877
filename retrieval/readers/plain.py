"""Plain text -> content."""

from dataclasses import replace

from retrieval.documents import Content, Heading
from retrieval.headings import TITLE, with_headings
from retrieval.paragraphs import paragraphs
from retrieval.titles import title_of


def read_plain(text: str) -> Content:
    """The paragraphs of a plain text, headed in the usual Chinese forms, and its title."""
    spans = tuple(paragraphs(text))
    found = list(with_headings(text, spans))
    title = title_of(text[span.start : span.end] for span in spans)
    if title is None:
        return Content(text, None, tuple(found))
    number, words = title
    if found[number].heading is None:
        found[number] = replace(found[number], heading=Heading(TITLE, words, alone=True))
    return Content(text, words, tuple(found))
