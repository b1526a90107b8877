"""Content -> content whose boilerplate is marked: what a site or a program put round the text."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from retrieval.announced import listed_below, titles_below
from retrieval.boilerplate_lines import folded, has_shape, recurring
from retrieval.boilerplate_places import Page, at_the_foot, at_the_head, in_company, in_menus, in_pairs
from retrieval.documents import Content, Paragraph
from retrieval.edit_links import without_edit_links
from retrieval.menus import counts_against

CHAPTERS = range(8, 13)
"""The levels of headings that have a page of their own on a site."""

OFTEN = 4
"""Times that a line stands below chapters before it counts as the site's."""


def with_boilerplate(content: Content) -> Content:
    """The same, its boilerplate marked; what is boilerplate is no heading.

    A line is told by its shape, by its place at the head or the foot, by standing below one chapter after
    the other, by the boilerplate beside it, or by the line that announces it. A list that a sentence of the
    text announces is text, and so is how many voted for something.
    """
    paragraphs = content.paragraphs
    raw = [content.text[paragraph.span.start : paragraph.span.end] for paragraph in paragraphs]
    lines = ["" if p.apart else folded(line) for p, line in zip(paragraphs, raw, strict=True)]
    marks = [p.boilerplate or has_shape(line) for p, line in zip(paragraphs, lines, strict=True)]
    for number in [*listed_below(raw, lines, marks), *_votes(lines)]:
        marks[number], lines[number] = paragraphs[number].boilerplate, ""
    free = [not (mark or p.is_heading) for p, mark in zip(paragraphs, marks, strict=True)]
    page = Page(raw, lines, marks, [p.boilerplate for p in paragraphs], free, _title_of(content))
    found = {*_below_chapters(paragraphs, raw), *in_pairs(page)}
    closed = [mark or p.apart for p, mark in zip(paragraphs, marks, strict=True)]
    found.update(titles_below(raw, lines, closed, page.title + 1))
    while found := found | {*at_the_head(page), *at_the_foot(page), *in_company(page), *in_menus(page)}:
        for number in found:
            marks[number] = True
        found = set()
    return replace(content, paragraphs=tuple(_renamed([*map(_marked, paragraphs, marks)])))


def _votes(lines: Sequence[str]) -> Iterator[int]:
    """The lines above those that say how many were against it."""
    return (number for number, below in enumerate(lines[1:]) if counts_against(below))


def _title_of(content: Content) -> int:
    """The number of the paragraph that is the title, or none's."""
    if content.title is None:
        return -1
    return next((n for n, paragraph in enumerate(content.paragraphs) if paragraph.is_heading), -1)


def _below_chapters(paragraphs: Sequence[Paragraph], raw: Sequence[str]) -> Iterator[int]:
    """What stands as the last line of many chapters, and nowhere else."""
    last = [n for n, below in enumerate([*paragraphs[1:], None]) if below is None or _begins_a_chapter(below)]
    if len(last) < OFTEN:
        return
    keys = {number: recurring(raw[number]) for number in last if not _begins_a_chapter(paragraphs[number])}
    counts = Counter(keys.values())
    everywhere = Counter(map(recurring, raw))
    for number, key in keys.items():
        if key and counts[key] >= OFTEN and counts[key] == everywhere[key]:
            yield number


def _begins_a_chapter(paragraph: Paragraph) -> bool:
    return paragraph.is_heading and paragraph.heading is not None and paragraph.heading.level in CHAPTERS


def _renamed(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """The same, their headings without what a site puts behind each."""
    texts = iter(without_edit_links(p.heading.text for p in paragraphs if p.heading))
    for paragraph in paragraphs:
        heading = paragraph.heading
        yield replace(paragraph, heading=replace(heading, text=next(texts))) if heading else paragraph


def _marked(paragraph: Paragraph, is_marked: bool) -> Paragraph:  # noqa: FBT001 - zipped with its paragraph
    return replace(paragraph, heading=None, ends=None, boilerplate=True) if is_marked else paragraph
