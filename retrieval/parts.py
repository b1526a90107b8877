"""Lines -> the documents that follow one another in one file."""

import re
import sys
from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from retrieval.late_pattern import LatePattern

_WORDS = LatePattern(
    r".*(?:[讲講][话話]|[发發]言|致[辞詞辭]|演[讲講]|[贺賀][词詞]|[开開][幕][词詞]|[闭閉]幕[词詞]|[报報]告|稿"
    r"|通知|通[报報告]|公[告报報函]|[决決]定|[决決][议議]|意[见見]|批[复復]|[请請]示|[纪紀]要|[记記][录錄]|倡[议議][书書]"
    r"|公[开開]信|的函|方案|[办辦]法|[规規]定|合同[书書]?|[协協][议議][书書]?|章程|[条條]例|[细細][则則]|制度"
    r"|[规規][则則]|守[则則]|公[约約])"
    r"(?:[0-9０-９一二三四五六七八九十]{1,2}|[（(].{1,20}[)）])?"
    r"|《[^》]+》|[书書]名[:：].+"
)
"""What one of several documents may be called."""

_TITLE = re.compile(r"[^。！？!?；;，,]{4,60}")

_BEGINS = LatePattern(
    r".{0,15}[〔\[（(【](?:19|20)\d\d[〕\]）)】].{0,20}[号號]"  # 青政发〔2024〕1号
    r"|(?:各|.{2,20}[府委会會局厅廳办辦司院][，,、]).{1,80}[:：]"
    r"|(?:[会會][议議])?(?:[时時][间間]|日期)[:：].{2,40}|作者[:：].{1,20}"
    r"|[甲乙丙]\s*方\s*(?:[（(].{1,10}[）)]\s*)?[:：].{0,60}"
)
"""The line below a title that says that a document begins: its number, whom it is for, when one met, who
agree.
"""

_LONGEST_BEGINNING = 100
"""Characters."""

_FIRST, _LAST = tuple("会會时時日作甲"), tuple("号號:：")
"""What such a line begins or ends with: most lines are text, and told by this alone."""

_BETWEEN = re.compile(r"[^。！？!?；;，,:：]{1,30}")
"""What may stand there before: a date, who spoke."""

_MOST_BETWEEN = 3
"""Lines of it."""

_MOST_PARTIES = 8
"""Lines above the first article, at most, that say who agree."""

_ISSUER = re.compile(
    r"[^。！？!?；;，,:：]{2,30}(?:[府厅廳局部委会會室院办辦处處署司团團社校学學馆館所站队隊]|中心)"
)


@dataclass(frozen=True, slots=True)
class Part:
    """One of the documents in a file, by its lines' numbers: those above its title say who issued it. One
    without a title begins with the words by which it addresses those who listen.
    """

    start: int
    title: int | None


def parts(
    lines: Sequence[str], salutations: Sequence[int], ones: Mapping[int, bool], articles: Sequence[int] = ()
) -> tuple[Part, ...]:
    """The documents in a file, in order; none where it is one.

    `ones` are the numbered headings among the lines, in order, and whether each is a first: where counting
    goes on from above, no other document began. `articles` are those that are the first article of one. A
    title is told by its words and by what stands below it. A speech may have none: it begins with the
    salutation after which counting begins anew.
    """
    counted = [*ones]
    untitled = {*salutations}
    found: dict[int, Part] = {}
    anew = {*articles} if len(articles) > 1 else set[int]()
    for number, line in enumerate(lines):
        if number in untitled or number in anew or _begins(line):
            title = _title_above(lines, number, _MOST_PARTIES if number in anew else _MOST_BETWEEN)
            if title is not None:
                untitled.discard(number)
                if ones.get(_next(counted, title), True):
                    found[title] = Part(_issued(lines, title), title)
    titles = [-1, *found, len(lines)]
    for number, following in pairwise([*sorted(untitled), len(lines)]):
        at = bisect(titles, number)
        first = _next(counted, number)
        if _next(counted, titles[at - 1]) < number and first < min(titles[at], following) and ones[first]:
            found[number] = Part(number, None)
    several = tuple(sorted(found.values(), key=lambda part: part.start))
    return () if len(several) == 1 and _is_at_the_head(lines, several[0]) else several


def _begins(line: str) -> bool:
    if len(line) > _LONGEST_BEGINNING or not (line.startswith(_FIRST) or line.endswith(_LAST)):
        return False
    return _BEGINS.fullmatch(line) is not None


def _next(counted: Sequence[int], number: int) -> int:
    """The first that is counted behind a line, beyond all lines where there is none."""
    at = bisect(counted, number)
    return counted[at] if at < len(counted) else sys.maxsize


def _title_above(lines: Sequence[str], number: int, most: int) -> int | None:
    for above in range(number - 1, max(-1, number - 2 - most), -1):
        if _TITLE.fullmatch(lines[above]) and _WORDS.fullmatch(lines[above]):
            return above
        if not _BETWEEN.fullmatch(lines[above]) and not _BEGINS.fullmatch(lines[above]):
            return None
    return None


def _issued(lines: Sequence[str], title: int) -> int:
    """The first of the lines that name who issued what is called so."""
    start = title
    while start and lines[title].startswith(("关于", "關於")) and _ISSUER.fullmatch(lines[start - 1]):
        start -= 1
    return start


def _is_at_the_head(lines: Sequence[str], part: Part) -> bool:
    return all(_BETWEEN.fullmatch(line) or _BEGINS.fullmatch(line) for line in lines[: part.start])
