"""Markdown -> content."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from retrieval.documents import Content, Heading, Paragraph, Span
from retrieval.headings import TITLE
from retrieval.paragraphs import BEGINS
from retrieval.readers.captions import with_captions
from retrieval.readers.pipes import Tabled, tabled
from retrieval.readers.plain import headed, named_by_its_lines

MARK = re.compile(r"(?:(#)\s+|(#{2,6})\s*)(?P<text>[^#\s].*?)\s*#*")
UNDERLINE = re.compile(r"[ \t]*\n {0,3}(=+|-{2,})[ \t]*(?=\n|\Z)")
ABOVE = re.compile(r"(?=.*\w).{1,60}(?<![。；;，,、：:…|])")
"""A line that an underline makes a heading; what ends like a sentence has a rule below it."""

DEEPEST = 6
FENCE = re.compile(r"```|~~~")
FRONT = re.compile(r"---[ \t]*\n(?=[\w-]+[ \t]*:).*?\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
"""What some programs keep at the head of a file, of no interest but for the title."""

FRONT_TITLE = re.compile(r"^(?:title|标题|標題)[ \t]*:[ \t]*(\S.*)$", re.MULTILINE)
LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")
EMPHASIS = re.compile(r"[*`]+|\s*\{[#.][^{}]*\}$")
LONGEST = 200
"""Characters; a longer line is no heading, whatever it begins with."""


def read_markdown(text: str) -> Content:
    """The paragraphs of a Markdown text under its own headings; a single heading of level one is its title.

    Within a section the usual Chinese forms head paragraphs as well. A text without Markdown's
    headings is read as a plain one. A row of a table is a paragraph with the names of its columns.
    """
    front = FRONT.match(text)
    begin = front.end() if front else 0
    table = tabled(text, begin)
    text = table.text
    below = [paragraph for paragraph in headed(text, begin) if paragraph.span.start >= begin]
    plain = with_captions(text, [*_front(text, begin), *_with_rows(table, below)])
    found = tuple(_with_marks(text, plain, begin))
    headings = [p.heading for p in found if p.heading is not None and p.heading.level <= DEEPEST]
    named = _front_title(text, begin)
    if not headings:
        content = named_by_its_lines(text, plain, begin)
        return replace(content, title=named) if named else content
    tops = [heading.text for heading in headings if heading.level == 1]
    if len(tops) == 1:
        return Content(text, tops[0], tuple(_as_title(paragraph) for paragraph in found))
    titles = [named] if named else tops
    return Content(text, titles[0] if titles else named_by_its_lines(text, plain, begin).title, found)


def _front(text: str, begin: int) -> Iterator[Paragraph]:
    """The front matter as one paragraph: of the rules round it alone, nothing would tell what they are."""
    if begin:
        yield Paragraph(Span(0, len(text[:begin].rstrip())), boilerplate=True)


def _with_rows(table: Tabled, found: Iterable[Paragraph]) -> Iterator[Paragraph]:
    for paragraph in found:
        is_row = paragraph.span.start in table.rows
        yield Paragraph(paragraph.span, apart=True) if is_row else paragraph


def _front_title(text: str, begin: int) -> str:
    found = FRONT_TITLE.search(text, 0, begin)
    return found[1].strip(" \t\"'") if found else ""


def _with_marks(text: str, found: Iterable[Paragraph], begin: int) -> Iterator[Paragraph]:
    """The paragraphs with Markdown's headings too; neither code nor boilerplate has any of either kind."""
    fenced = False
    for paragraph in found:
        line = text[paragraph.span.start : paragraph.span.end]
        fence = FENCE.match(line) is not None
        if fenced or paragraph.apart or paragraph.boilerplate:
            yield replace(paragraph, heading=None, ends=None)
        else:
            heading = None if paragraph.span.start < begin else _heading(line, text, paragraph.span.end)
            yield replace(paragraph, heading=heading, ends=None) if heading else paragraph
        fenced ^= fence


def _heading(line: str, text: str, end: int) -> Heading | None:
    """The heading that a line of Markdown is, by what it begins with or what stands below its end."""
    if len(line) > LONGEST:
        return None
    if mark := MARK.fullmatch(line):
        return Heading(len(mark[1] or mark[2]), _words(mark["text"]), alone=True)
    below = UNDERLINE.match(text, end)
    if below and ABOVE.fullmatch(line) and not BEGINS.match(line):
        return Heading(1 if below[1].startswith("=") else 2, _words(line), alone=True)
    return None


def _words(marked: str) -> str:
    """What a heading says, without emphasis, links and its name for links to it."""
    return EMPHASIS.sub("", LINK.sub(r"\1", marked)).strip() or marked


def _as_title(paragraph: Paragraph) -> Paragraph:
    heading = paragraph.heading
    if heading is None or heading.level != 1:
        return paragraph
    return replace(paragraph, heading=replace(heading, level=TITLE))
