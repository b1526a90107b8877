"""Lines -> what of them is told by counting on from one to the next."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

NUMBER = r"[0-9０-９一二三四五六七八九十百千零〇○两]+"
"""A number as lines are counted with it."""

ARTICLE_BEGINS = re.compile(
    rf"第(?P<number>{NUMBER})[条條](?![规規]定|[的和与與及或至到所中]|[、，,。；;]|第|之[一二三四五六七八九十]?[规規])"
)
"""How an article begins, with no blank behind its number too; a sentence may speak of one so."""

LONGEST = 40
"""Digits; a longer number counts nothing."""

_DIGITS_IN_WORDS, _UNITS = "〇一二三四五六七八九", {"十": 10, "百": 100, "千": 1000}


def articles(lines: Sequence[str]) -> Mapping[int, str]:
    """The lines that begin with an article's number, and this, if they count on from the article above, or to
    the one below.
    """
    found = {number: mark for number, line in enumerate(lines) if (mark := _begins_article(line))}
    counts = [value(mark["number"]) for mark in found.values()]
    around = zip(found, [0, *counts], counts, [*counts[1:], 0], strict=False)
    return {
        number: found[number].group()
        for number, above, count, below in around
        if above + 1 == count > 1 or count + 1 == below
    }


def _begins_article(line: str) -> re.Match[str] | None:
    return ARTICLE_BEGINS.match(line) if line.startswith("第") else None


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
