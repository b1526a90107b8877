"""Paragraphs -> paragraphs with their headings, in the usual Chinese forms."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from retrieval.counted import ARTICLE_BEGINS, NUMBER, QUESTION, articles, questions
from retrieval.documents import Heading, Paragraph, Span
from retrieval.ends import COUNT, LISTED, ended, spoken
from retrieval.late_pattern import LatePattern
from retrieval.parts import parts

TITLE = 0
"""The level of the document's own title."""

ISSUER, PART = 8, 9
"""The levels of one of several documents in a file: who issued it, and its title."""

LONGEST = 40
"""Characters; a longer line is text, however it begins."""

LONGEST_RUN_IN = 32
"""Characters; a longer first sentence is no heading of its paragraph."""

_DIGITS = r"[0-9０-９]{1,2}"
_POINT = r"[.．]"
_UNIT = r"[年月日号號天个個时時分秒点點岁歲人名位次种種元万萬亿億倍米条條项項页頁度]"
_WORD = r"(?=\s|[:：]|$)"
_NUMBERED = rf"(?:[（(]?(?:{NUMBER}|[上中下])[）)]?)?"
_BULLET = re.compile(r"[\s>＞●■◆★▲◎※]*(?:正文\s+(?=第))?")
_ONE = re.compile(r"(?:.*[.．])?\W*[1１一]\W*")
_BEGINS = re.compile(
    r"[第上中下卷序前引楔尾终終番后後结結参參附目壹贰貳叁參肆伍陆陸柒捌玖拾一二三四五六七八九十百千零〇○两（(0-9０-９问問Qq同各尊敬亲親]|\S{0,20}\s?篇"
)
"""What any mark begins with: most lines are text, and told by this alone."""

_INTRODUCES = re.compile(r"[^:：。！？!?；;，,]{1,20}[:：]\s*(?=\S)")
"""What tells of the list that begins behind it."""

_STOP = re.compile(r"[。！？!?；;…]")
_FIRST_SENTENCE = re.compile(r"[^。！？!?；;\n]*?[。！？!?]")


@dataclass(frozen=True, slots=True)
class Form:
    """A way to mark headings; those of a smaller level hold those of a larger."""

    level: int
    mark: LatePattern
    run_in: bool = False
    """Whether the mark may begin a paragraph whose first sentence is the heading."""
    longest: int = LONGEST


ARTICLE = Form(
    13,
    LatePattern(
        rf"第{NUMBER}[条條](?:之[一二三四五六七八九十]+)?"
        r"(?:\s*(?:【[^】]{1,20}】|［[^］]{1,20}］|\[[^\]]{1,20}\]|（[^）]{1,20}）)|(?=\s|[:：、]|$))"
    ),
)
"""An article of a law or a contract. With words that name it, they are its heading too."""

_ADDRESS = r"同志们|同志們|同学们|同學們|各位|尊敬的|敬爱的|敬愛的|亲爱的|親愛的"
ANNEXES = Form(
    11, LatePattern(r"附\s*[件录錄表]?\s*[:：]\s*(?:[1１一]\s*[、.．](?![0-9０-９])|[（(][1１一])")
)
"""Where annexes are listed from the line on that says so: no heading, but the end of those before."""

SALUTATION = Form(13, LatePattern(rf"(?:{_ADDRESS})[^。；，,]{{0,30}}[:：！!]$"))
"""How a speech or a letter begins, or begins its last part: no heading, but the end of those before."""

COUNTED = range(10, 15)
"""The levels of headings that are counted through a document."""

NUMBERED = Form(14, LatePattern(r"[一二三四五六七八九十百]+[、.．]"), run_in=True)

FORMS = (
    Form(11, LatePattern(rf"番外(?:[篇卷])?\s*{_NUMBERED}(?:之(?=\S)|{_WORD})")),
    Form(10, LatePattern(rf"第{NUMBER}(?:[编篇部卷編]|单元|單元){_WORD}")),
    Form(10, LatePattern(rf"第{NUMBER}部分(?![的是])")),
    Form(10, LatePattern(rf"(?:[上中下][编篇卷編]|卷{NUMBER}|\S{{0,20}}\s?篇{NUMBER}[】）)]?){_WORD}")),
    Form(11, LatePattern(rf"第{NUMBER}(?:[章回集](?![,，。节節合团團的])|[讲講课課幕]{_WORD})")),
    Form(11, LatePattern(r"(?:序言|前言|引言|结语|結語|参考文献|參考文獻)$")),
    Form(11, LatePattern(rf"(?:楔子|引子|序章|[终終尾]章|尾[声聲]|[后後][记記])\s*{_NUMBERED}{_WORD}")),
    Form(11, LatePattern(rf"(?:附\s*[则則件录錄表]|目\s*[录錄])\s*(?:{NUMBER}|[A-Z])?[:：]?$")),
    Form(12, LatePattern(rf"第{NUMBER}[节節](?![,，。课課的])")),
    Form(13, LatePattern(r"[壹贰貳叁參肆伍陆陸柒捌玖拾]+、")),
    Form(14, LatePattern(rf"第{NUMBER}[个個][^,，。:：]{{1,6}}[:：]")),
    NUMBERED,
    Form(15, LatePattern(r"[（(][一二三四五六七八九十]+[）)]"), run_in=True),
    Form(16, LatePattern(rf"{_DIGITS}(?:{_POINT}(?![0-9０-９])|、)"), run_in=True),
    Form(16, LatePattern(rf"{_DIGITS}[ \u3000]+(?!{_UNIT})(?=[\u4e00-\u9fff]+$)")),
    Form(17, LatePattern(rf"{_DIGITS}{_POINT}{_DIGITS}{_POINT}?(?![0-9０-９.．%％]|\s?{_UNIT})")),
    Form(18, LatePattern(rf"{_DIGITS}(?:{_POINT}{_DIGITS}){{2}}{_POINT}?(?![0-9０-９.．])")),
    Form(19, LatePattern(rf"{_DIGITS}(?:{_POINT}{_DIGITS}){{3}}{_POINT}?(?![0-9０-９.．])")),
    Form(QUESTION, LatePattern(rf"(?:问|問|[Qq])\s*(?:{_DIGITS})?\s*[:：]"), longest=100),
)


@dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph by how it begins.

    `level` is None without a mark; `first` says that the mark is a one (一、, 1., 2.1), and `item` that a
    list may go on below, as the line is short, or long without a full stop. `alone` is the heading that the
    whole line makes where it stands over something, `run_in` the one it begins with.
    """

    level: int | None = None
    first: bool = False
    item: bool = False
    salutes: bool = False
    alone: Heading | None = None
    run_in: Heading | None = None


def with_headings(text: str, spans: Iterable[Span]) -> Iterator[Paragraph]:
    """The paragraphs of a plain text, each with the heading that it is or begins with."""
    spans = tuple(spans)
    raw = [_BULLET.sub("", text[span.start : span.end], count=1) for span in spans]
    lines = [*_with_articles(raw, [_read(line) for line in raw])]
    headings = [*_headings(raw, lines)]
    ends: list[int | None] = [line.level for line in lines]
    for number, level in questions(raw, ends, headings):
        ends[number] = level
        if heading := headings[number]:
            headings[number] = replace(heading, level=level)
    for number, title in _of_parts(raw, lines):
        headings[number] = title
    for number, level in chain(ended(raw, headings), spoken(raw, headings)):
        ends[number] = min(level, ends[number] or level)
    for span, heading, end in zip(spans, headings, ends, strict=True):
        yield Paragraph(span, heading, ends=None if heading else end)


def heading_of(paragraph: str) -> Heading | None:
    """The heading that a paragraph of plain text is or begins with, or None."""
    line = _read(_BULLET.sub("", paragraph, count=1))
    return line.alone or line.run_in


def is_marked(line: str) -> bool:
    """Whether a line begins like a heading or an item of a list."""
    words = _BULLET.sub("", line, count=1)
    return _read(words).level is not None or ARTICLE_BEGINS.match(words) is not None


def _with_articles(raw: Sequence[str], lines: Sequence[_Line]) -> Iterator[_Line]:
    """The lines, those of articles marked too whose number nothing parts from the text."""
    counted = articles(raw)
    for number, line in enumerate(lines):
        if line.level is None and number in counted:
            heading = Heading(ARTICLE.level, counted[number], alone=False)
            yield _Line(ARTICLE.level, item=_may_be_an_item(raw[number]), run_in=heading)
        else:
            yield line


def _headings(raw: Sequence[str], lines: Sequence[_Line]) -> Iterator[Heading | None]:
    neighbours = zip(["", *raw], [_Line(), *lines], lines, [*lines[1:], None], strict=False)
    for above, before, line, after in neighbours:
        heads = line.alone is not None and _stands_over(line, after)
        if heads and _may_continue_list(line, after):
            heads = not (_goes_on(before, line) or _goes_on(_item_within(above), line))
        yield (line.alone if heads else None) or line.run_in


def _of_parts(raw: Sequence[str], lines: Sequence[_Line]) -> Iterator[tuple[int, Heading]]:
    """The headings of the documents in one file, by their lines."""
    salutations = [number for number, line in enumerate(lines) if line.salutes]
    counted = (
        (number, COUNT.match(raw[number])) for number, line in enumerate(lines) if line.level in COUNTED
    )
    ones = {number: count["number"] in "1１一" for number, count in counted if count}
    first_articles = [
        number
        for number, one in ones.items()
        if one and ARTICLE_BEGINS.match(raw[number]) and lines[number].run_in
    ]
    for part in parts(raw, salutations, ones, first_articles):
        if part.title is None:
            yield part.start, Heading(ISSUER, raw[part.start].rstrip(":：！! "), alone=False)
            continue
        for number in range(part.start, part.title):
            yield number, Heading(ISSUER, raw[number], alone=True)
        yield part.title, Heading(ISSUER if part.start == part.title else PART, raw[part.title], alone=True)


def _stands_over(line: _Line, after: _Line | None) -> bool:
    """Whether text follows, or a lower heading: a line of a table of contents has its like below it."""
    if line.level is None or after is None:
        return False
    return after.level is None or after.level > line.level


def _may_continue_list(line: _Line, after: _Line | None) -> bool:
    """Whether a line may be an item behind the first: one over what is counted from one below it is none."""
    if line.level is None or line.level < LISTED or line.first:
        return False
    return after is None or after.level is None or not after.first


def _goes_on(item: _Line, line: _Line) -> bool:
    """Whether a line is the next item below one."""
    return item.level == line.level and item.item and item.run_in is None


def _item_within(above: str) -> _Line:
    """The first item of a list where it stands behind what introduces it: 附件：1.推荐表."""
    introduced = _INTRODUCES.match(above)
    item = _read(above[introduced.end() :]) if introduced else _Line()
    return item if item.first else _Line()


def _may_be_an_item(line: str) -> bool:
    return len(line) <= LONGEST or not _STOP.search(line)


def _read(line: str) -> _Line:
    if not _BEGINS.match(line):
        return _Line()
    if SALUTATION.mark.match(line):
        return _Line(SALUTATION.level, salutes=True)
    if ANNEXES.mark.match(line):
        return _Line(ANNEXES.level)
    if article := ARTICLE.mark.match(line):
        named = None if line[-1] in ":：" else _whole(ARTICLE, line)
        number = Heading(ARTICLE.level, article.group().rstrip(), alone=False)
        return _Line(ARTICLE.level, item=_may_be_an_item(line), alone=named, run_in=number)
    for form in FORMS:
        if mark := form.mark.match(line):
            return _Line(
                form.level,
                first=_ONE.fullmatch(mark.group()) is not None,
                item=_may_be_an_item(line),
                alone=_whole(form, line),
                run_in=_run_in(form, line, mark.end()) if form.run_in else None,
            )
    return _Line()


def _whole(form: Form, line: str) -> Heading | None:
    words = line.rstrip(":： ")
    if form is NUMBERED and len(words) <= LONGEST_RUN_IN:
        words = words.removesuffix("。")  # 一、思想认识要到位。
    if len(line) > form.longest or words[-1] in "。；;，,、！!…" or "。" in words or "\n" in words:
        return None
    return Heading(form.level, words, alone=True)


def _run_in(form: Form, line: str, marked: int) -> Heading | None:
    """一、加强领导。各单位要…: the first sentence heads its paragraph."""
    sentence = _FIRST_SENTENCE.match(line)
    if sentence is None or sentence.end() == len(line):
        return None
    if not marked + 2 < sentence.end() <= LONGEST_RUN_IN:
        return None
    return Heading(form.level, sentence.group().rstrip("。"), alone=False)
