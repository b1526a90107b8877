"""Blocks -> content: what the readers of formats with marked paragraphs have in common."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from retrieval.documents import Content, Heading, Paragraph, SheetRow, Span
from retrieval.headings import TITLE, with_headings
from retrieval.late_pattern import LatePattern
from retrieval.readers.captions import with_captions
from retrieval.readers.contents_pages import contents_in
from retrieval.readers.plain import named_by_its_lines
from retrieval.titles import says_nothing

VISIBLE = re.compile(r"[^\s\ufeff\u200b](?:.*[^\s\ufeff\u200b])?", re.DOTALL)
"""A text without the white space around it, that of no width included."""

_UNNAMED = LatePattern(
    r"(?:microsoft (?:word|powerpoint|excel)|powerpoint|wps).*|\(?(?:anonymous|unspecified)\)?"
    r"|(?:document|presentation|slide|untitled|title|文档|文稿|演示文稿|幻灯片|标题|无标题|未命名|新建).{0,20}"
    r"|[\W\d_]*|.*[\\/].*|.*\.(?:docx?|pptx?|xlsx?|wps|dps|rtf|tmp|txt|pdf|indd)",
    re.IGNORECASE,
)
"""What programs call a file that nobody named, or what it once was called."""

BREAK = re.compile(r"\r\n?|[\n\v\f\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph as a format marks it.

    `level` is that of the heading that it is by its style or tag: 0 for the document's title, 1 for the
    highest heading below. One without may still end the headings before it, from the level `ends` on.
    `page` counts from one, and `row` is where it stands in a spreadsheet.
    """

    text: str
    level: int | None = None
    page: int | None = None
    is_row: bool = False
    is_boilerplate: bool = False
    ends: int | None = None
    row: SheetRow | None = None


def content_of(
    blocks: Iterable[Block], title: str | None = None, spare: str | None = None, *, by_lines: bool = True
) -> Content:
    """The content that blocks make up, each a paragraph; those without visible characters are left out.

    Paragraphs that no style or tag makes a heading may still be one in the usual Chinese forms. The title is
    the one that is marked, or a single highest heading that stands before all others; else `title`, what the
    first lines say, where these may tell it, or `spare`, unless a program put that there, as what a file says
    about itself often is of another.
    """
    kept = [*_without_contents([*_cleaned(blocks)])]
    text = "\n".join(block.text for block in kept)
    paragraphs = with_captions(text, _paragraphs(text, kept))
    own = _own_title(kept)
    if own is not None:
        first = paragraphs[own].heading
        assert first is not None
        paragraphs[own] = replace(paragraphs[own], heading=replace(first, level=TITLE))
        return Content(text, " ".join(first.text.split()), tuple(paragraphs))
    if title and not says_nothing(title):
        return Content(text, title, tuple(paragraphs))
    unnamed = Content(text, None, tuple(paragraphs))
    named = named_by_its_lines(text, paragraphs) if by_lines else unnamed
    words = " ".join((spare or "").split())
    return (
        named
        if named.title or _UNNAMED.fullmatch(words) or says_nothing(words)
        else replace(named, title=words)
    )


def _cleaned(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        if visible := VISIBLE.search(BREAK.sub("\n", block.text)):
            clean = visible.group()
            yield block if clean == block.text else replace(block, text=clean)


def _without_contents(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, those of a table of contents as boilerplate."""
    texts = ["" if block.is_row or block.is_boilerplate else block.text for block in blocks]
    listed = contents_in(texts)
    for number, block in enumerate(blocks):
        yield replace(block, level=None, is_boilerplate=True) if number in listed else block


def _spans(blocks: Iterable[Block]) -> Iterator[Span]:
    start = 0
    for block in blocks:
        end = start + len(block.text)
        yield Span(start, end)
        start = end + 1


def _paragraphs(text: str, blocks: Sequence[Block]) -> Iterator[Paragraph]:
    spans = [*_spans(blocks)]
    # Neither a row nor boilerplate heads anything, or belongs to what stands around it.
    lines = (
        Span(span.start, span.start) if block.is_row or block.is_boilerplate else span
        for block, span in zip(blocks, spans, strict=True)
    )
    for block, span, line in zip(blocks, spans, with_headings(text, lines), strict=True):
        yield Paragraph(
            span,
            _heading(block, line),
            _ends(block, line),
            block.page,
            block.is_row,
            block.is_boilerplate,
            block.row,
        )


def _heading(block: Block, paragraph: Paragraph) -> Heading | None:
    if block.level is not None:
        return Heading(block.level, " ".join(block.text.split()), alone=True)
    return paragraph.heading


def _ends(block: Block, paragraph: Paragraph) -> int | None:
    if block.ends is not None or block.level is not None:
        return block.ends
    return paragraph.ends


def _own_title(blocks: Sequence[Block]) -> int | None:
    """The number of the block that is the title by its style or tag."""
    levels = [(block.level, number) for number, block in enumerate(blocks) if block.level is not None]
    named = [(level, number) for level, number in levels if not says_nothing(blocks[number].text)]
    for highest in (TITLE, 1):
        marked = [number for level, number in named if level == highest]
        if len(marked) == 1 and marked[0] == named[0][1]:
            return marked[0]
    return None
