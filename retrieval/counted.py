"""Lines -> what of them is told by counting on from one to the next."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from retrieval.documents import Heading

NUMBER = r"[0-9０-９一二三四五六七八九十百千零〇○两]+"
"""A number as lines are counted with it."""

ARTICLE_BEGINS = re.compile(
    rf"第(?P<number>{NUMBER})[条條](?![规規]定|[的和与與及或至到所中]|[、，,。；;]|第|之[一二三四五六七八九十]?[规規])"
)
"""How an article begins, with no blank behind its number too; a sentence may speak of one so."""

_THING = re.compile(
    "[路河江沟溝街巷线線船鱼魚龙龍蛇狗裤褲裙腿]|建[议議]|意[见見]|[经經][验驗]|教[训訓]|理由|原因|消息|新[闻聞]|短信"
)
"""What else is counted as articles are: 第一条路, 第二条路."""

QUESTION = 20
"""The level of what is asked and answered."""

_COUNT = re.compile(rf"[问問Qq]?\W{{0,4}}(?P<number>{NUMBER})")
"""The number of a question, or of a heading of another form."""

LONGEST = 40
"""Digits; a longer number counts nothing."""

_DIGITS_IN_WORDS, _UNITS = "〇一二三四五六七八九", {"十": 10, "百": 100, "千": 1000}


def articles(lines: Sequence[str]) -> Mapping[int, str]:
    """The lines that begin with an article's number, and this, if they count on from the article above, or to
    the one below.
    """
    found = [(number, mark) for number, line in enumerate(lines) if (mark := _begins_article(line))]
    counted: dict[int, str] = {}
    for _, group in groupby(enumerate(found), lambda item: value(item[1][1]["number"]) - item[0]):
        run = [article for _, article in group]
        if len(run) > 1 and not _are_things(mark for _, mark in run):
            counted.update((number, mark.group()) for number, mark in run)
    return counted


def _are_things(marks: Iterable[re.Match[str]]) -> bool:
    """Whether all of some articles' numbers stand before the same word, and count what it names."""
    things = [_THING.match(mark.string, mark.end()) for mark in marks]
    return None not in things and len({thing.group() for thing in things if thing}) == 1


def _begins_article(line: str) -> re.Match[str] | None:
    return ARTICLE_BEGINS.match(line) if line.startswith("第") else None


def questions(
    lines: Sequence[str], levels: Sequence[int | None], headings: Sequence[Heading | None]
) -> Iterator[tuple[int, int]]:
    """The lines of questions that stand beside a heading of another form, and its level: Q3 where 2、 is
    above, and no question of that number.
    """
    above, level = 0, QUESTION  # the number of the last heading of another form, and its level
    asked, beside = 0, QUESTION  # the same of the last question
    for number, (line, own, heading) in enumerate(zip(lines, levels, headings, strict=True)):
        if own != QUESTION:
            if heading is not None:
                above, level = _count(line), heading.level
            continue
        count = _count(line)
        above = above if count else 0  # whatever is asked next goes on from this question
        if count != asked + 1 or not asked:
            beside = level if above and count == above + 1 else QUESTION
        asked = count
        if beside != QUESTION:
            yield number, beside


def _count(line: str) -> int:
    found = _COUNT.match(line)
    return value(found["number"]) if found else 0


def value(number: str) -> int:
    """What a number in words or digits is, 0 where it is none."""
    plain = unicodedata.normalize("NFKC", number).replace("○", "〇").replace("两", "二")
    if plain.isdecimal():
        return int(plain[:LONGEST])
    total = digit = 0
    for character in plain:
        unit = _UNITS.get(character)
        if unit is None:
            digit = digit * 10 + _DIGITS_IN_WORDS.find(character)
        else:
            total, digit = total + (digit or 1) * unit, 0
    return total + digit
