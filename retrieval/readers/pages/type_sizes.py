"""Paragraphs in letters of several sizes, and tables -> blocks, the larger ones headings."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice

from retrieval.headings import TITLE, heading_of
from retrieval.readers.blocks import Block
from retrieval.readers.pages.flow import LARGER, Flow
from retrieval.readers.pages.ruled import rows_of

LONGEST = 80
"""Characters; a longer paragraph is text, however large."""

LINES = 4
"""Lines of a heading, at most."""

HIGHEST = 10
"""Sizes of headings that are told apart, those of the outline included."""

BEFORE = 120
"""Characters of text that may stand before the title, at most."""

BULLET = re.compile(r"[•◦●○∙·▪▫■□◆◇▶►▸➢➤✓✔★☆※–—\-*\uf06c\uf06e\uf0b7\uf0d8\uf0fc]")
"""What an item of a list begins with, and no heading."""

LISTED = 3
"""Lines of one size, at least, that are a list where each follows the other: they stand over nothing."""

SENTENCE = re.compile(r".*[。；;，,、：:…]$|.*[。；;].*", re.DOTALL)
WORDS = re.compile(r"[^\W\d_]")
ISSUED = re.compile(r".{0,15}[〔\[（(【](?:19|20)\d\d[〕\]）)】].{0,20}[号號]")
"""The number of an official document, as 国办发〔2020〕1号."""

Outline = Mapping[tuple[str, int], int]
"""The level, from 1, of the words of a heading, without blanks, on a page."""


def blocks(paragraphs: Sequence[Flow], body: float, outline: Outline) -> Iterator[Block]:
    """The paragraphs as blocks, those headings that the outline names and those in larger letters than the
    text's: the larger, the higher, below what the outline names.

    The largest of the document is its title when it stands at the top of the first page that has any text,
    and nothing else is as large.
    """
    named = [outline.get((_without_blanks(flow.text), flow.page)) for flow in paragraphs]
    sizes = _without_lists(paragraphs, [_size(flow, body) for flow in paragraphs])
    title = _title(paragraphs, sizes)
    levels = _levels(paragraphs, sizes, max((level for level in named if level), default=0))
    for are_tables, numbers in groupby(range(len(paragraphs)), lambda n: paragraphs[n].table is not None):
        if are_tables:
            yield from rows_of(paragraphs[number] for number in numbers)
            continue
        for number in numbers:
            level = named[number] or levels[number]
            if title is not None and number <= title:
                level = TITLE if number == title else None
            yield Block(paragraphs[number].text, level, paragraphs[number].page)


def _without_blanks(text: str) -> str:
    return "".join(text.split())


def _size(flow: Flow, body: float) -> float:
    """The size of the letters, to the nearest half point, where they make it a heading; else 0."""
    is_heading = (
        flow.size >= LARGER * body
        and len(flow.lines) <= LINES
        and not any(line.is_row for line in flow.lines)
        and len(flow.text) <= LONGEST
        and WORDS.search(flow.text)
        and not BULLET.match(flow.text)
        and not SENTENCE.fullmatch(flow.text)
    )
    return _to_half(flow.size) if is_heading else 0


def _without_lists(paragraphs: Sequence[Flow], sizes: Sequence[float]) -> list[float]:
    """The sizes, without those of lines that only follow each other, as on slides, or are as large as an item
    of their page.
    """
    items = {(flow.page, _to_half(flow.size)) for flow in paragraphs if BULLET.match(flow.text)}
    places = [(flow.page, size) for flow, size in zip(paragraphs, sizes, strict=True)]
    kept: list[float] = []
    for place, some in groupby(places):
        count = sum(1 for _ in some)
        kept += [0 if count >= LISTED or place in items else place[1]] * count
    return kept


def _to_half(size: float) -> float:
    """A size to the nearest half point."""
    return round(2 * size) / 2


def _title(paragraphs: Sequence[Flow], sizes: Sequence[float]) -> int | None:
    """The number of the title, if there is one. What an office has printed over its letters is none."""
    top = []
    said = 0
    for number, (flow, size) in enumerate(zip(paragraphs, sizes, strict=True)):
        if flow.page != paragraphs[0].page or said > BEFORE:
            break
        if size and not _is_letterhead(paragraphs[number + 1 :]):
            top.append(number)
        elif not size:
            said += len(flow.text)
    largest = max(top, key=lambda number: sizes[number], default=None)
    if largest is None or sum(size >= sizes[largest] for size in sizes[largest:]) > 1:
        return None
    return largest


def _is_letterhead(following: Iterable[Flow]) -> bool:
    return any(ISSUED.fullmatch(flow.text) for flow in islice(following, 2))


def _levels(paragraphs: Sequence[Flow], sizes: Sequence[float], above: int) -> list[int | None]:
    """The levels by size, and in one by the form of their marks; those without one stand with the highest."""
    forms = [_form(flow.text) if size else None for flow, size in zip(paragraphs, sizes, strict=True)]
    highest: dict[float, int] = {}
    for size, form in zip(sizes, forms, strict=True):
        if form is not None:
            highest[size] = min(form, highest.get(size, form))
    keys = [
        (-size, highest.get(size, 0) if form is None else form) if size else None
        for size, form in zip(sizes, forms, strict=True)
    ]
    ranks = {key: rank for rank, key in enumerate(sorted({key for key in keys if key}), above + 1)}
    return [min(ranks[key], HIGHEST - 1) if key else None for key in keys]


def _form(text: str) -> int | None:
    heading = heading_of(text)
    return heading.level if heading else None
