"""Paragraphs -> the same, what stands above a table being the heading of its rows."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

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


def with_captions(text: str, paragraphs: Iterable[Paragraph]) -> list[Paragraph]:
    """The paragraphs of a text; the caption of a table heads its rows, and nothing that follows these.

    Where the first line that may be one has a table above it too, captions stand below their tables.
    """
    found = [*paragraphs]
    captions = [*_captions(text, found)]
    if captions and captions[0][1]:
        return found
    for number, _ in captions:
        caption = found[number]
        words = " ".join(text[caption.span.start : caption.span.end].split())
        found[number] = replace(caption, heading=Heading(LEVEL, words, alone=True), ends=None)
    return _ended(found) if captions else found


def _captions(text: str, paragraphs: Iterable[Paragraph]) -> Iterator[tuple[int, bool]]:
    """The numbers of the lines above tables that may be captions, and whether a table is above them too."""
    waiting: tuple[int, bool] | None = None
    is_below_row = False
    for number, paragraph in enumerate(paragraphs):
        if paragraph.boilerplate:
            continue
        line = "" if paragraph.apart else text[paragraph.span.start : paragraph.span.end][: LONGEST + 1]
        if paragraph.apart and waiting:
            yield waiting
        if len(line) <= LONGEST and CAPTION.fullmatch(line) and paragraph.heading is None:
            waiting = number, is_below_row
        elif not UNIT.fullmatch(line):
            waiting = None
        is_below_row = paragraph.apart


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
