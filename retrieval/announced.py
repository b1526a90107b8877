"""Lines -> those that the line above announces: titles of other pages, or a list that is text."""

from collections.abc import Iterator, Sequence

from retrieval.late_pattern import LatePattern
from retrieval.menus import words_of

LONGEST = 60
"""Characters; a longer line is no title of another page."""

MOST = 40
"""Titles of other pages that stand together, at most."""

LEAST = 2
"""Words of a menu that are a list."""

LONGEST_BEGINNING = 200
"""Characters; what a longer line announces is not looked at."""

_OF_OTHER_PAGES = LatePattern(
    r"\W*(?:往期(?:推荐|热文|精彩(?:推荐|回顾|文章|内容|阅读)?)"
    r"|喜欢此内容的人还(?:喜欢|看了)|看[过了].{1,8}的人[还也]看[了过])\W*"
)
_OF_EARLIER_ONES = LatePattern(
    r"\W*(?:往期(?:回顾|精选|文章|内容)|最新推荐|推荐文章|猜[您你](?:也会)?喜欢|大家[都还]在看"
    r"|(?:相关|热门|精彩)推荐|热门文章|随机(?:文章|阅读))\W*"
)
"""What may as well stand over a part of the text."""

_SAYS_SOMETHING = LatePattern(r"[。；;]|[：:，,]$")
_ANNOUNCES = LatePattern(r".*(?:以下|下列|如下|下面|包[括含]|分[别为]|[有为是])[^。；：:]{0,12}[：:]")
_COLONS = ("：", ":")
_BUTTON = "【["


def titles_below(
    raw: Sequence[str], lines: Sequence[str], marks: Sequence[bool], begin: int = 0
) -> Iterator[int]:
    """The lines, as they are and folded, that a site puts below a text to lead to others, with what stands
    over them: from there down to the next that is marked, or to the end. What stands before `begin` is not
    looked at, and what may be a heading counts only beside a line that is marked.
    """
    for number in range(begin, len(lines)):
        line = lines[number]
        is_sure = bool(line) and _OF_OTHER_PAGES.fullmatch(line) is not None
        if not line or not (is_sure or _OF_EARLIER_ONES.fullmatch(line)):
            continue
        last = min(len(raw), number + 1 + MOST)
        end = next((n for n in range(number + 1, last) if marks[n]), last)
        is_end = end == len(raw) or marks[end]
        is_beside = is_sure or (number > 0 and marks[number - 1]) or (end < len(raw) and marks[end])
        if is_end and is_beside and not any(map(_is_text, raw[number + 1 : end])):
            yield from range(number, end)


def _is_text(line: str) -> bool:
    return len(line) > LONGEST or _SAYS_SOMETHING.search(line) is not None


def listed_below(raw: Sequence[str], lines: Sequence[str], marks: Sequence[bool]) -> Iterator[int]:
    """The lines that hold words of a menu because the text says what the menu of some program is."""
    number = 0
    while number < len(raw):
        announces = not marks[number] and _announces(raw[number])
        number += 1
        if not announces:
            continue
        first, words = number, 0
        while number < len(raw) and (count := _listed(lines[number])):
            words += count
            number += 1
        if words >= LEAST:
            yield from range(first, number)


def _announces(line: str) -> bool:
    return (
        line.endswith(_COLONS) and len(line) <= LONGEST_BEGINNING and _ANNOUNCES.fullmatch(line) is not None
    )


def _listed(line: str) -> int:
    """How many words of a menu a line holds, unless they are buttons of the page."""
    return 0 if any(sign in line for sign in _BUTTON) else len(words_of(line))
