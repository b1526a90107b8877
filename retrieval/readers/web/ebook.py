"""E-book (EPUB) -> content."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, chain, pairwise
from typing import BinaryIO

from retrieval.documents import Content
from retrieval.headings import TITLE
from retrieval.problems import Flaw, Reason, UnreadableError
from retrieval.readers.blocks import Block, content_of
from retrieval.readers.web.charsets import text_of_page
from retrieval.readers.web.chrome import with_chrome
from retrieval.readers.web.holding import held
from retrieval.readers.web.markup import markup_of
from retrieval.readers.web.publication import Entry, Publication, Text
from retrieval.readers.web.regions import Attributes, Chrome, Marked, Region
from retrieval.titles import says_nothing

CONTENTS = frozenset({"toc", "landmarks", "page-list", "loi", "lot"})
"""What lists of places in a book are called in it."""

FEWEST = 3
"""Titles of other texts that make a list of them."""

LISTED = 0.7
"""The share of a text's lines that are such titles, from which it is a table of contents."""

LONGEST_LISTED = 100
"""Characters; a longer line is no title."""

ROUND_TITLE = re.compile(r"^\d{1,3}[.、]\s*|(?:\s*[.·…．]{2,}|\s+)[\s.·…．]*\d{1,4}$")

BODY = b"<body"
"""What a page has that is whole, be there nothing to read on it."""

AT_HEAD = 3
"""Paragraphs at the head of a chapter in which its title may stand."""

WITH_MORE = 2
"""How many times the length of a title a line is, at most, that is the title with something more."""


def read(file: BinaryIO) -> Content:
    """The paragraphs of all its texts, in the order of reading, its tables of contents marked as boilerplate.
    Those that cannot be read are a flaw.

    Raises UnreadableError where it is locked, or no text of it can be read.
    """
    book = Publication(file)
    title = "" if says_nothing(book.title) else book.title
    found = [(text, _paragraphs(text)) for text in book.texts()]
    lost = [text.path for text, paragraphs in found if paragraphs is None]
    if not found or (lost and all(paragraphs is None or text.is_contents for text, paragraphs in found)):
        raise UnreadableError(Reason.DAMAGED)
    chapters = [paragraphs for _, paragraphs in found if paragraphs is not None]
    entries = [text.entries for text, paragraphs in found if paragraphs is not None]
    marked = [*_without_contents(chapters)]
    blocks = [
        replace(block, level=None) if block.is_boilerplate else block
        for block in with_chrome([*chain.from_iterable(marked)], of_site=False)
    ]
    ends = [0, *accumulate(map(len, marked))]
    texts = [blocks[start:end] for start, end in pairwise(ends)]
    blocks = [*chain.from_iterable(held(texts, entries, is_named=bool(title)))]
    content = content_of(_under(title, blocks) if title else blocks, title=title or None)
    return replace(content, flaw=Flaw.of_parts(lost)) if lost else content


def region_of(tag: str, attributes: Attributes, within: Region) -> Region:
    """The region that an element of a book makes: only lists of places are round the text."""
    if within.chrome is Chrome.SURE:
        return within
    is_list = tag == "nav" or not CONTENTS.isdisjoint(attributes.get("epub:type", "").split())
    return within.inner(Chrome.SURE) if is_list else within


def _paragraphs(text: Text) -> Sequence[Marked] | None:
    """The paragraphs of one text of the book, None where it is no text, or ends before it begins."""
    if text.written is None:
        return None
    try:
        page = markup_of(text_of_page(text.written).text, region_of)
    except UnreadableError as error:
        if error.reason is Reason.BINARY:
            return None
        raise
    if not page.paragraphs and BODY not in text.written.lower():
        return None
    if text.is_contents:
        return _as_contents(page.paragraphs)
    if any(marked.block.level is not None for marked in page.paragraphs):
        return page.paragraphs
    return [*_headed(page.paragraphs, text.entries)]


def _as_contents(paragraphs: Sequence[Marked]) -> list[Marked]:
    region = Region(chrome=Chrome.SURE)
    return [replace(marked, region=region) for marked in paragraphs]


def _without_contents(chapters: Sequence[Sequence[Marked]]) -> Iterator[Sequence[Marked]]:
    """The texts of a book, those marked that list what others are called: tables of contents nobody named."""
    headings = [{_listed(m.block.text) for m in text if m.block.level is not None} for text in chapters]
    known = Counter(chain.from_iterable(headings))
    for text, own in zip(chapters, headings, strict=True):
        lines = [_listed(marked.block.text) for marked in text]
        others = sum(line != "" and known[line] > (line in own) for line in lines)
        is_list = others >= FEWEST and others >= LISTED * len(lines)
        yield _as_contents(text) if is_list else text


def _listed(text: str) -> str:
    """A title as it is and as tables of contents have it, with a number before it or a page behind.

    Empty for what is too long for one.
    """
    return "" if len(text) > LONGEST_LISTED else _bare(ROUND_TITLE.sub("", text.strip()))


def _headed(paragraphs: Sequence[Marked], entries: Sequence[Entry]) -> Iterator[Marked]:
    """The paragraphs of a text without headings, with the entries of the table of contents as such.

    Where one stands in the text, it is the heading there; the first is added unless it stands at the head.
    """
    found, texts = [*paragraphs], [_bare(marked.block.text) for marked in paragraphs]
    start = 0
    for number, entry in enumerate(entries):
        ahead = AT_HEAD if number == 0 else len(found)
        places = _places(texts, _bare(entry.title), start, ahead)
        for below, place in enumerate(places):
            found[place] = _as_heading(found[place], entry.level + below)
            start = place + 1
        if number == 0 and found and not places and not _begins(texts, _bare(entry.title)):
            yield Marked(Block(entry.title, entry.level), Region())
    yield from found


def _places(texts: Sequence[str], title: str, start: int, ahead: int) -> list[int]:
    """The numbers of the paragraphs that are the title, or in which it is divided."""
    for first in range(start, min(start + ahead, len(texts))):
        left, places = title, []
        for place in range(first, min(first + AT_HEAD, len(texts))):
            if not texts[place] or not left.startswith(texts[place]):
                break
            left = left[len(texts[place]) :]
            places.append(place)
            if not left:
                return places
    return []


def _begins(texts: Sequence[str], title: str) -> bool:
    """Whether the title stands at the head already, if with more."""
    head = texts[:AT_HEAD]
    return "".join(head).startswith(title) or any(
        title in text and len(text) <= WITH_MORE * len(title) for text in head
    )


def _as_heading(marked: Marked, level: int) -> Marked:
    return replace(marked, block=replace(marked.block, level=level))


def _bare(text: str) -> str:
    return "".join(text.split())


def _under(title: str, blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks with their headings below the book's title, which a first heading may be itself."""
    is_first = True
    for block in blocks:
        if block.level is None:
            yield block if block.ends is None else replace(block, ends=block.ends + 1)
            continue
        is_title = is_first and _bare(block.text) == _bare(title)
        yield replace(block, level=TITLE if is_title else block.level + 1)
        is_first = False
