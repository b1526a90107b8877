"""Paragraphs -> paragraphs with their headings, in the usual Chinese forms."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from retrieval.documents import Heading, Paragraph, Span

TITLE = 0
"""The level of the document's own title."""

LONGEST = 40
"""Characters; a longer line is text, however it begins."""

LONGEST_RUN_IN = 32
"""Characters; a longer first sentence is no heading of its paragraph."""

_NUMBER = r"[0-9０-９一二三四五六七八九十百千零〇○两]+"
_BULLET = re.compile(r"[\s>＞●■◆★▲◎※]*")
_FIRST_SENTENCE = re.compile(r"[^。！？!?；;\n]*?[。！？!?]")


@dataclass(frozen=True, slots=True)
class Form:
    """A way to mark headings; those of a smaller level hold those of a larger."""

    level: int
    mark: re.Pattern[str]
    run_in: bool = False
    """Whether the mark may begin a paragraph whose first sentence is the heading."""


ARTICLE = Form(13, re.compile(rf"第{_NUMBER}[条條](?:之[一二三四五六七八九十]+)?(?=\s|$|[【［\[])"))
LISTED = 15
"""From this level on, marked lines that follow one another without text between are a list."""

FORMS = (
    Form(10, re.compile(rf"第{_NUMBER}[编篇部卷編](?=\s|[:：]|$)")),
    Form(11, re.compile(rf"第{_NUMBER}[章回集](?=\s|[:：]|$|[^,，。节節的])")),
    Form(11, re.compile(r"(?:序言|前言|引言|楔子|尾声|尾聲|后记|後記|附则|附則|附录|附錄)$")),
    Form(12, re.compile(rf"第{_NUMBER}[节節](?=\s|[:：]|$)")),
    Form(14, re.compile(rf"第{_NUMBER}[个個][^,，。:：]{{1,6}}[:：]")),
    Form(14, re.compile(r"[一二三四五六七八九十百]+、"), run_in=True),
    Form(15, re.compile(r"[（(][一二三四五六七八九十]+[）)]"), run_in=True),
    Form(16, re.compile(r"[0-9０-９]{1,2}(?:[.．](?![0-9０-９])|、)"), run_in=True),
)


def with_headings(text: str, spans: Iterable[Span]) -> Iterator[Paragraph]:
    """The paragraphs of a plain text, each with the heading that it is or begins with."""
    found = ((span, heading_of(text[span.start : span.end])) for span in spans)
    for listed, group in groupby(found, key=lambda pair: _list_level(pair[1])):
        items = list(group)
        a_list = listed is not None and len(items) > 1
        for span, heading in items:
            yield Paragraph(span, None if a_list else heading)


def heading_of(paragraph: str) -> Heading | None:
    """The heading that a paragraph of plain text is or begins with, or None."""
    line = _BULLET.sub("", paragraph, count=1)
    if article := ARTICLE.mark.match(line):
        return Heading(ARTICLE.level, article.group(), alone=False)
    for form in FORMS:
        if mark := form.mark.match(line):
            return _whole(form, line) or (_run_in(form, line, mark.end()) if form.run_in else None)
    return None


def _list_level(heading: Heading | None) -> int | None:
    return heading.level if heading is not None and heading.alone and heading.level >= LISTED else None


def _whole(form: Form, line: str) -> Heading | None:
    if len(line) > LONGEST or line[-1] in "。；;，,、：:！!…" or "。" in line:
        return None
    return Heading(form.level, line, alone=True)


def _run_in(form: Form, line: str, marked: int) -> Heading | None:
    """一、加强领导。各单位要…: the first sentence heads its paragraph."""
    sentence = _FIRST_SENTENCE.match(line)
    if sentence is None or sentence.end() == len(line):
        return None
    if not marked + 2 < sentence.end() <= LONGEST_RUN_IN:
        return None
    return Heading(form.level, sentence.group().rstrip("。"), alone=False)
