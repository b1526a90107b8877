"""Markdown -> content."""

import re
from collections.abc import Iterator
from dataclasses import replace

from retrieval.documents import Content, Heading, Paragraph
from retrieval.headings import TITLE, with_headings
from retrieval.paragraphs import paragraphs
from retrieval.readers.plain import read_plain

MARK = re.compile(r"(?:(#)\s+|(#{2,6})\s*)(?P<text>[^#\s].*?)\s*#*")
DEEPEST = 6
FENCE = re.compile(r"```|~~~")


def read_markdown(text: str) -> Content:
    """The paragraphs of a Markdown text under its own headings; a single heading of level one is its title.

    Within a section the usual Chinese forms head paragraphs as well. A text without Markdown's
    headings is read as a plain one.
    """
    found = tuple(_headed(text))
    headings = [p.heading for p in found if p.heading is not None and p.heading.level <= DEEPEST]
    if not headings:
        return read_plain(text)
    tops = [heading for heading in headings if heading.level == 1]
    if len(tops) == 1:
        found = tuple(_as_title(paragraph) for paragraph in found)
    return Content(text, tops[0].text if tops else read_plain(text).title, found)


def _headed(text: str) -> Iterator[Paragraph]:
    fenced = False
    for paragraph in with_headings(text, paragraphs(text)):
        line = text[paragraph.span.start : paragraph.span.end]
        if FENCE.match(line):
            fenced = not fenced
        mark = None if fenced else MARK.fullmatch(line)
        yield paragraph if mark is None else replace(paragraph, heading=_heading(mark))


def _heading(mark: re.Match[str]) -> Heading:
    return Heading(len(mark[1] or mark[2]), mark["text"], alone=True)


def _as_title(paragraph: Paragraph) -> Paragraph:
    heading = paragraph.heading
    if heading is None or heading.level != 1:
        return paragraph
    return replace(paragraph, heading=replace(heading, level=TITLE))
