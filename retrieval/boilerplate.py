"""Content -> content whose boilerplate is marked: what a site or a program put round the text."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from retrieval.boilerplate_shapes import COMPANIES, FOOT, HEAD, MENU, NOTICE, SITE, SURE
from retrieval.documents import Content, Paragraph
from retrieval.folding import NUMBERS, fold

LONGEST = 60
"""Characters; a longer line is boilerplate in the surest shapes only."""

LONGEST_NOTICE = 300
"""Characters; a longer line is text."""

EDGE = 8
"""Paragraphs at the head of a document, and at its foot, where a line may be told by its place."""

CHAPTERS = range(8, 13)
"""The levels of headings that have a page of their own on a site."""

OFTEN = 4
"""Times that a line stands below chapters before it counts as the site's."""

LEAST = 4
"""Letters; what has fewer recurs by chance."""

MENU_LINES = 4
"""Lines in a row, a word of a menu each, that are a menu."""

_BULLETS = " \t\u3000•·●■◆▲▶►◎»>|\u200b\ufeff"
_MARKDOWN = " #*"
_SAYS_SOMETHING = re.compile(r"[。！？!?；;…]|[：:，,]$|^[“「『\"]")
_ENDS = tuple("。！？!?”」』…；;，,")
_HINT = re.compile(
    "[赏賞扫掃票]|登[录錄陆陸]|会[员員]|手[机機]|未完|收藏|[点點][击擊此]|章[节節]|文[档檔件章]由|[声聲]明|[网網][络絡友]"
    "|[网網]安|http|HTTP|www|WWW|icp|ICP|[Cc]ookie|[Oo]nly|[Dd]ocument"
)
"""What a line that is long, or ends like a sentence, has in it if it is none: most are told by this alone."""

_NUMBER = re.compile(r"[0-9〇零一二三四五六七八九十百千]+")
_SIGNED = re.compile(r".*年.{1,3}月.{0,4}|.*[府厅廳局部委会會室院办辦处處署行司团團社校学學心]")
"""How a text is signed: the day, or an office."""


def is_boilerplate(line: str) -> bool:
    """Whether a line is by its shape what is put round a text, wherever it stands."""
    return _has_shape(_folded(line))


def is_of_a_menu(line: str) -> bool:
    """Whether a line is a word of a menu, which by itself may as well be a heading."""
    return MENU.fullmatch(_folded(line)) is not None


def is_site_name(line: str) -> bool:
    """Whether a line looks like the name of a site, which stands over a text unless it is its title."""
    return SITE.fullmatch(_folded(line)) is not None


def recurring(line: str) -> str:
    """What of a line is the same wherever it recurs, empty where it is none that a site puts there."""
    if _is_text(line) or sum(map(str.isalpha, line)) < LEAST or _SIGNED.fullmatch(line):
        return ""
    return _NUMBER.sub("0", _folded(line))


def with_boilerplate(content: Content) -> Content:
    """The same, its boilerplate marked; what is boilerplate is no heading.

    A line is told by its shape, by its place at the head or the foot, by standing below one chapter after
    the other, or by the boilerplate beside it.
    """
    paragraphs = content.paragraphs
    raw = [content.text[paragraph.span.start : paragraph.span.end] for paragraph in paragraphs]
    lines = ["" if p.apart else _folded(line) for p, line in zip(paragraphs, raw, strict=True)]
    marks = [p.boilerplate or _has_shape(line) for p, line in zip(paragraphs, lines, strict=True)]
    free = [not (mark or p.is_heading) for p, mark in zip(paragraphs, marks, strict=True)]
    found = [
        *_at_the_head(raw, lines, free),
        *_at_the_foot(raw, lines, free),
        *_below_chapters(paragraphs, raw),
    ]
    for number in found:
        marks[number] = True
    for number in [*_in_company(lines, marks, free)]:
        marks[number] = True
    return replace(content, paragraphs=tuple(map(_marked, paragraphs, marks)))


def _folded(line: str) -> str:
    """A line as shapes know it, where a day is written as it was; empty where it is too long for any."""
    is_short = len(line) <= LONGEST and not line.endswith(_ENDS)
    if len(line) > LONGEST_NOTICE or not (is_short or _HINT.search(line)):
        return ""
    bare = line.lstrip(_BULLETS).rstrip()
    return " ".join(fold(bare.strip(_MARKDOWN) or bare, NUMBERS).text.split())


def _has_shape(line: str) -> bool:
    if not line:
        return False
    return (len(line) <= LONGEST and SURE.fullmatch(line) is not None) or NOTICE.fullmatch(line) is not None


def _at_the_head(raw: Sequence[str], lines: Sequence[str], free: Sequence[bool]) -> Iterator[int]:
    for number in range(min(EDGE, len(lines))):
        if free[number]:
            if HEAD.fullmatch(lines[number]):
                yield number
            elif _is_text(raw[number]):
                return


def _at_the_foot(raw: Sequence[str], lines: Sequence[str], free: Sequence[bool]) -> Iterator[int]:
    for number in range(len(lines) - 1, max(-1, len(lines) - 1 - EDGE), -1):
        if free[number]:
            if FOOT.fullmatch(lines[number]):
                yield number
            elif _is_text(raw[number]):
                return


def _is_text(line: str) -> bool:
    return len(line) > LONGEST or _SAYS_SOMETHING.search(line) is not None


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


def _in_company(lines: Sequence[str], marks: Sequence[bool], free: Sequence[bool]) -> Iterator[int]:
    """What is told by the boilerplate that stands in one run of lines with it, or by its like."""
    kinds = [
        [company.beside for company in COMPANIES if company.line.fullmatch(line)] if line and is_free else []
        for line, is_free in zip(lines, free, strict=True)
    ]
    for is_run, numbers in groupby(range(len(lines)), lambda n: marks[n] or bool(kinds[n])):
        run = [*numbers]
        if is_run and len(run) > 1:
            sure = "\n".join(lines[n] for n in run if marks[n])
            menus = sum(not marks[n] and MENU.fullmatch(lines[n]) is not None for n in run)
            told = {
                company.beside
                for company in COMPANIES
                if (sure and company.beside.search(sure))
                or (not company.beside.pattern and menus >= MENU_LINES)
            }
            yield from (n for n in run if not told.isdisjoint(kinds[n]))


def _marked(paragraph: Paragraph, is_marked: bool) -> Paragraph:  # noqa: FBT001 - zipped with its paragraph
    return replace(paragraph, heading=None, ends=None, boilerplate=True) if is_marked else paragraph
