"""Content -> content whose boilerplate is marked: what a site or a program put round the text."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import and_

from retrieval.announced import listed_below, titles_below
from retrieval.boilerplate_shapes import (
    BRAND,
    COMPANIES,
    FOOT,
    HOST,
    IN_A_PROGRAM,
    LIKELY,
    NOTICE,
    ON_A_SITE,
    PAIR,
    PATH,
    SITE,
    SURE,
)
from retrieval.bylines import fields_of, is_bare_day, is_byline, is_byline_above, is_byline_below
from retrieval.documents import Content, Paragraph
from retrieval.edit_links import without_edit_links
from retrieval.folding import NUMBERS, fold
from retrieval.late_pattern import LatePattern
from retrieval.menus import PLACES, is_menu, words_of

LONGEST = 60
"""Characters; a longer line is boilerplate in the surest shapes only."""

LONGEST_NOTICE = 300
"""Characters; a longer line is text."""

EDGE = 8
"""Paragraphs at the head of a document, and at its foot, where a line may recur."""

UNKNOWN = 8
"""Lines at an edge of a document that nothing tells, beyond which no line is told by its place."""

CHAPTERS = range(8, 13)
"""The levels of headings that have a page of their own on a site."""

OFTEN = 4
"""Times that a line stands below chapters before it counts as the site's."""

LEAST = 4
"""Letters; what has fewer recurs by chance."""

MENU_LINES = 4
"""Lines in a row, words of a menu each, that are a menu."""

FOOT_WORDS = 3
"""Words of a menu on one line that are one below the text, of so many characters each: 音乐 体育 is none."""

BETWEEN_MENUS = 2
"""Lines in a row that nobody knows, but which are of a menu, as it goes on below them."""

LONGEST_WORD = 8
"""Characters; what is longer, or says of what it speaks, is no word of a menu."""

LONGEST_DAY = 32
"""Characters; what is longer is more than a day."""

ANYTHING = LatePattern("")
"""What any boilerplate has in it."""

_BULLETS = " \t\u3000•·●■◆▲▶►◎»>|\u200b\ufeff"
_MARKDOWN = " #*"
_SAYS_SOMETHING = re.compile(r"[。！？!?；;…]|[：:，,]$|^[“「『\"]|反[对對][：: ]*[0-9]")
_ENDS = tuple("。！？!?”」』…；;，,")
_HINT = re.compile(
    "赏|賞|扫|掃|票|登录|登錄|登陆|登陸|会员|會員|手机|手機|未完|收藏|点击|點擊|点此|點此|章节|章節"
    "|文档由|文檔由|文件由|文章由|声明|聲明|网络|網絡|網路|网友|網友|网安|网站|http|HTTP|www|WWW|icp"
    "|ICP|ookie|nly|ocument|owered|enerated|未读|未讀|本站|本书|首发|首發|上传|上傳|转载|轉載|关注"
    "|關注|平台|平臺|词条|詞條|在看|方向键|方向鍵|回车|一秒|vip|VIP|原创|原創|本店|订阅|訂閱|本页面|本頁面|传递更多|傳遞更多|rocessed|新书|新書|发布|發布"
    "|浏览|瀏覽"
)
"""What a line that is long, or ends like a sentence, has in it if it is none: most are told by this alone.

Each begins with a letter, not a choice of some, as this is searched for several times as fast."""

_COUNTED = LatePattern(
    r"第? ?(?:[0-9]+|[〇零一二三四五六七八九十百千]+)(?= ?[期页頁辑輯卷][^\w]*(?:$|[ 第总總]))"
    r"|[0-9〇零一二三四五六七八九十]{1,4}(?=[年月日])|[0-9]{2,4}(?:[-./][0-9]{1,2}){2}|[0-9]{1,2}(?::[0-9]{2}){1,2}"
)
"""What goes up from one document to the next: an issue, a page, a day, a time."""

_FIGURE = re.compile("[0-9]|[一二三四五六七八九十百千万两] ?[个元块角分天周岁人名份张台件套次倍斤米亩度点时]")
_HOME = re.compile(r"(?:网站)?[首主]页 ?[>»›/|-]+ ?[^。,]{1,60}")
_SAYS_OF_WHAT = re.compile(r"[:：0-9〔\[（(]")
_SIGNED = re.compile(
    r".*年.{1,3}月.{0,4}|.*[府厅廳局部委会會室院办辦处處署行司团團社校学學心馆館所科股队隊]|.*(?<![网網本])站"
)
"""How a text is signed: the day, or an office."""


_ALLOWS = re.compile("可[以享凭免]|不[得可能]|禁止|必须|应当|须|享受|提供|免|凭|折|含税|有效期")
"""What a line says that allows, forbids or promises something, as the foot of many a price list does."""


def is_boilerplate(line: str) -> bool:
    """Whether a line is by its shape what is put round a text, wherever it stands."""
    return _has_shape(_folded(line))


def is_likely(line: str) -> bool:
    """Whether a line is boilerplate beside some, as a word of a menu, which alone may be a heading."""
    return _is_likely(_folded(line))


def _is_likely(line: str) -> bool:
    return bool(line) and (bool(words_of(line)) or LIKELY.fullmatch(line) is not None)


def is_site_name(line: str) -> bool:
    """Whether a line looks like the name of a site, which stands over a text unless it is its title."""
    folded = _folded(line)
    return SITE.fullmatch(folded) is not None or BRAND.fullmatch(folded) is not None


def may_name_a_site(line: str) -> bool:
    """Whether a line is the name of a site where boilerplate follows, and else more likely something else."""
    return HOST.fullmatch(_folded(line)) is not None


def is_path(line: str) -> bool:
    """Whether a line is the way to a page of a site."""
    folded = _folded(line)
    return PATH.fullmatch(folded) is not None and ON_A_SITE.search(folded) is not None


def is_byline_at_the_head(line: str) -> bool:
    """Whether a line above a text says when and by whom it was published."""
    return is_byline_above(_folded(line))


def recurring(line: str) -> str:
    """What of a line is the same wherever it recurs, empty where it is none that a site puts there.

    Whoever asks for an amount, a telephone or a right asks for such a line: any other figure makes it a text.
    """
    if _is_text(line) or sum(map(str.isalpha, line)) < LEAST or _SIGNED.fullmatch(line):
        return ""
    found = _COUNTED.sub("#", _folded(line))
    return "" if _FIGURE.search(found) or _ALLOWS.search(found) else found


def with_boilerplate(content: Content) -> Content:
    """The same, its boilerplate marked; what is boilerplate is no heading.

    A line is told by its shape, by its place at the head or the foot, by standing below one chapter after
    the other, by the boilerplate beside it, or by the line that announces it. A list that a sentence of the
    text announces is text.
    """
    paragraphs = content.paragraphs
    raw = [content.text[paragraph.span.start : paragraph.span.end] for paragraph in paragraphs]
    lines = ["" if p.apart else _folded(line) for p, line in zip(paragraphs, raw, strict=True)]
    marks = [p.boilerplate or _has_shape(line) for p, line in zip(paragraphs, lines, strict=True)]
    for number in [*listed_below(raw, lines, marks)]:
        marks[number], lines[number] = paragraphs[number].boilerplate, ""
    free = [not (mark or p.is_heading) for p, mark in zip(paragraphs, marks, strict=True)]
    page = _Page(raw, lines, marks, [p.boilerplate for p in paragraphs], free, _title_of(content))
    found = {*_below_chapters(paragraphs, raw), *_in_pairs(page)}
    closed = [mark or p.apart for p, mark in zip(paragraphs, marks, strict=True)]
    found.update(titles_below(raw, lines, closed, page.title + 1))
    while found := found | {*_at_the_head(page), *_at_the_foot(page), *_in_company(page), *_in_menus(page)}:
        for number in found:
            marks[number] = True
        found = set()
    return replace(content, paragraphs=tuple(_renamed([*map(_marked, paragraphs, marks)])))


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
    if len(line) <= LONGEST and (SURE.fullmatch(line) or is_menu(line)):
        return True
    return is_byline(line) or NOTICE.fullmatch(line) is not None


@dataclass(frozen=True, slots=True)
class _Page:
    """Lines as they are, and folded; which of them are marked, by their reader too, and which may be, as no
    heading may.
    """

    raw: Sequence[str]
    lines: Sequence[str]
    marks: Sequence[bool]
    given: Sequence[bool]
    free: Sequence[bool]
    title: int

    def edge(self, numbers: Iterable[int], is_told: Callable[[int, str], bool]) -> Iterator[int]:
        """The lines that are told, from an edge on up to the text."""
        unknown = 0
        for number in numbers:
            line = self.lines[number]
            if self.marks[number]:
                continue
            if self.free[number] and line and is_told(number, line):
                yield number
                continue
            if self.is_likely(number):
                continue
            unknown += 1
            if unknown > UNKNOWN or (self.free[number] and _is_text(self.raw[number])):
                return

    def text(self) -> range:
        """From the title, or the first line that says something, to the last that does."""
        numbers = range(len(self.raw))
        first = next(filter(self._says_something, numbers), len(numbers))
        last = next(filter(self._says_something, reversed(numbers)), -1)
        return range(min(first, self.title) if self.title >= 0 else first, last + 1)

    def _says_something(self, number: int) -> bool:
        return not self.marks[number] and _is_text(self.raw[number])

    def is_sign(self, number: int) -> bool:
        """Whether a line is marked and tells what stands beside it: neither a rule does, which has no words,
        nor what a reader marked for its place, as the running heads of pages.
        """
        line = self.lines[number]
        if not self.marks[number] or not any(map(str.isalpha, line)):
            return False
        return not self.given[number] or bool(words_of(line))

    def is_likely(self, number: int) -> bool:
        """Whether a line is boilerplate beside some."""
        return self.free[number] and _is_likely(self.lines[number])


def _title_of(content: Content) -> int:
    """The number of the paragraph that is the title, or none's."""
    if content.title is None:
        return -1
    return next((n for n, paragraph in enumerate(content.paragraphs) if paragraph.is_heading), -1)


def _at_the_head(page: _Page) -> Iterator[int]:
    def is_told(number: int, line: str) -> bool:
        is_above = number < page.title
        if is_bare_day(fields_of(line)):
            return _is_only_day(page)
        return (
            is_byline_above(line)
            or _is_way(line, is_above)
            or (is_above and (is_site_name(line) or HOST.fullmatch(line) is not None))
        )

    return page.edge(range(len(page.lines)), is_told)


def _is_only_day(page: _Page) -> bool:
    """Whether no other line is nothing but a day, as in a diary."""
    short = (line for line in page.lines if 0 < len(line) <= LONGEST_DAY and line[0] in "12[(")
    return sum(is_bare_day(fields_of(line)) for line in short) == 1


def _is_way(line: str, is_above: bool) -> bool:  # noqa: FBT001 - a line and its place
    """Whether a line is the way to a page: below the title, it may be where to click in a program."""
    if ">" not in line and "»" not in line and "›" not in line and not line.startswith("首页"):
        return False
    if PATH.fullmatch(line):
        return is_above or ON_A_SITE.search(line) is not None
    return not IN_A_PROGRAM.search(line) and _HOME.fullmatch(line) is not None


def _at_the_foot(page: _Page) -> Iterator[int]:
    def is_told(_: int, line: str) -> bool:
        return _is_below(line) or FOOT.fullmatch(line) is not None or is_byline_below(line)

    return page.edge(range(len(page.lines) - 1, -1, -1), is_told)


def _is_below(line: str) -> bool:
    """Whether a line below the text holds words of a menu, long enough to be no subjects of a school."""
    words = words_of(line) if " " in line else []
    return len(words) >= FOOT_WORDS and min(map(len, words)) >= FOOT_WORDS


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


def _in_pairs(page: _Page) -> Iterator[int]:
    """Two lines that are boilerplate together, as a label and its figure."""
    likely = [*map(page.is_likely, range(len(page.lines)))]
    for number, is_pair in enumerate(map(and_, likely, likely[1:])):
        both = f"{page.lines[number]} {page.lines[number + 1]}" if is_pair else ""
        if is_pair and PAIR.fullmatch(both):
            yield from (number, number + 1)


def _in_company(page: _Page) -> Iterator[int]:
    """What is told by the boilerplate that stands in one run of lines with it, or by its like."""
    told_by = [
        _companions(line, is_free=is_free) if line else []
        for line, is_free in zip(page.lines, page.free, strict=True)
    ]
    text = page.text()
    for is_run, numbers in groupby(range(len(told_by)), lambda n: page.marks[n] or bool(told_by[n])):
        run = [*numbers]
        if not is_run or len(run) < 2:  # noqa: PLR2004 - alone
            continue
        sure = "\n".join(page.lines[n] for n in run if page.is_sign(n))
        likely = [n for n in run if told_by[n] and ANYTHING in told_by[n]]
        is_menu = (
            len(likely) >= MENU_LINES
            and any(_is_of_any_site(page.lines[n]) for n in likely)
            and (bool(sure) or run[0] not in text or any(_is_counted(page.lines[n]) for n in likely))
        )
        for number in run:
            if page.marks[number]:
                continue
            beside = told_by[number]
            if (sure and any(pattern.search(sure) for pattern in beside)) or (is_menu and ANYTHING in beside):
                yield number


def _is_of_any_site(line: str) -> bool:
    words = words_of(line)
    return bool(words) and PLACES.isdisjoint(words)


def _is_counted(line: str) -> bool:
    return any(map(str.isdecimal, line)) and {*fields_of(line)} == {"tally"}


def _companions(line: str, *, is_free: bool) -> list[LatePattern]:
    """What is in boilerplate beside this line if it is some too, even where it looks like a heading."""
    found = [c.beside for c in COMPANIES if (is_free or c.may_head) and c.line.fullmatch(line)]
    return [*found, ANYTHING] if is_free and _is_likely(line) else found


def _in_menus(page: _Page) -> Iterator[int]:
    """Short lines that nobody knows, a few in a row, with so many of a menu round them that they are its."""
    if not any(page.marks):
        return
    known = [
        page.is_sign(n) or (is_free and bool(words_of(line)))
        for n, (is_free, line) in enumerate(zip(page.free, page.lines, strict=True))
    ]
    for is_open, numbers in groupby(range(len(known)), lambda n: known[n] or _may_be_a_word(page, n)):
        run = [*numbers]
        if not is_open or sum(known[n] for n in run) < MENU_LINES:
            continue
        if not (any(page.marks[n] for n in run) and any(_is_of_any_site(page.lines[n]) for n in run)):
            continue
        gaps = [[*gap] for is_known, gap in groupby(run, known.__getitem__) if not is_known]
        within = [gap for gap in gaps if gap[0] > run[0] and gap[-1] < run[-1]]
        inner = {n for gap in within if len(gap) <= BETWEEN_MENUS for n in gap}
        if inner and sum(known[n] for n in run) >= 2 * len(inner):
            yield from (n for n in run if not page.marks[n] and (n in inner or known[n]))


def _may_be_a_word(page: _Page, number: int) -> bool:
    raw = page.raw[number]
    return (
        page.free[number]
        and len(raw.strip()) <= LONGEST_WORD
        and not _is_text(raw)
        and not _SIGNED.fullmatch(raw)
        and not _SAYS_OF_WHAT.search(raw)
    )


def _renamed(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """The same, their headings without what a site puts behind each."""
    texts = iter(without_edit_links(p.heading.text for p in paragraphs if p.heading))
    for paragraph in paragraphs:
        heading = paragraph.heading
        yield replace(paragraph, heading=replace(heading, text=next(texts))) if heading else paragraph


def _marked(paragraph: Paragraph, is_marked: bool) -> Paragraph:  # noqa: FBT001 - zipped with its paragraph
    return replace(paragraph, heading=None, ends=None, boilerplate=True) if is_marked else paragraph
