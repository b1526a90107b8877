"""Paragraphs -> the same, what stands above a table being the heading of its rows."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from retrieval.counted import NUMBER
from retrieval.documents import Heading, Paragraph
from retrieval.late_pattern import LatePattern

LEVEL = 30
"""The level of a table's caption, below all other headings."""

LONGEST = 60
"""Characters; a longer line is text that speaks of a table."""

CAPTION = LatePattern(
    rf"(?:附\s*)?表\s*(?:{NUMBER}|[A-Z])(?:[-–—.．]\d{{1,3}}){{0,3}}(?:[\s:：、.．][^。！？!?；;，,]*)?"
    r"|附\s*表\s*[:：][^。！？!?；;，,]+"
)
UNIT = re.compile(r"[（(]?\s*(?:[计計]量)?[单單]位\s*[:：].{1,20}")
"""What may stand between a caption and its table."""


class _Caption(NamedTuple):
    """A line that may be the caption of a table: its number, and where a table stands next to it."""

    number: int
    is_below: bool
    is_above: bool


def with_captions(text: str, paragraphs: Iterable[Paragraph]) -> list[Paragraph]:
    """The paragraphs of a text; the caption of a table heads its rows, and nothing that follows these.

    Where more lines that may be one stand below a table than above one, captions stand below their tables.
    """
    found = [*paragraphs]
    captions = [*_captions(text, found)]
    heading = [caption.number for caption in captions if caption.is_above]
    if not heading or sum(caption.is_below for caption in captions) > len(heading):
        return found
    for number in heading:
        caption = found[number]
        words = " ".join(text[caption.span.start : caption.span.end].split())
        found[number] = replace(caption, heading=Heading(LEVEL, words, alone=True), ends=None)
    return _ended(found)


def _captions(text: str, paragraphs: Iterable[Paragraph]) -> Iterator[_Caption]:
    waiting: _Caption | None = None
    is_below_row = False
    for number, paragraph in enumerate(paragraphs):
        if paragraph.boilerplate:
            continue
        line = "" if paragraph.apart else text[paragraph.span.start : paragraph.span.end][: LONGEST + 1]
        is_caption = len(line) <= LONGEST and CAPTION.fullmatch(line) and paragraph.heading is None
        if waiting and (paragraph.apart or is_caption or not UNIT.fullmatch(line)):
            yield waiting._replace(is_above=paragraph.apart)
            waiting = None
        if is_caption:
            waiting = _Caption(number, is_below_row, is_above=False)
        is_below_row = paragraph.apart
    if waiting:
        yield waiting


def _ended(paragraphs: Iterable[Paragraph]) -> list[Paragraph]:
    """The paragraphs, each that follows the rows of a table ending what heads them."""
    found: list[Paragraph] = []
    is_below_row = False
    for paragraph in paragraphs:
        if paragraph.boilerplate or paragraph.apart:
            is_below_row |= paragraph.apart
            found.append(paragraph)
            continue
        ends = is_below_row and paragraph.heading is None
        found.append(replace(paragraph, ends=min(paragraph.ends or LEVEL, LEVEL)) if ends else paragraph)
        is_below_row = False
    return found
