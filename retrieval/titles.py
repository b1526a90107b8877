"""Lines -> the title among them."""

import re
from collections.abc import Iterable

from retrieval.headings import ARTICLE, heading_of

LONGEST = 60
"""Characters; a longer line is text."""

LOOKED_AT = 5
"""Lines from the beginning among which a title is looked for."""

_DECORATION = " \t\u3000>＞#*=—-●■◆★▲◎※"
_NAVIGATION = re.compile(r"当前位置|當前位置|首页|首頁|https?://|www\.|\S\s+[>＞»/]\s+\S")
_NO_TITLE = re.compile(r"[\d\s\-年月日/:：.]*|.*(?:来源|來源|作者|日期|发布时间)[:：].*")
_SENTENCE = re.compile(r".*[。；;，,、：:…]$|.*[。；;].*")


def title_of(lines: Iterable[str]) -> tuple[int, str] | None:
    """The number (from zero) and the text of the line that is the title, or None: it begins with text.

    Lines of navigation and dates are passed over; the title is the first line beyond them if it is
    short and no sentence.
    """
    for number, line in zip(range(LOOKED_AT), lines, strict=False):
        title = line.strip(_DECORATION)
        if not title or _NAVIGATION.search(title) or _NO_TITLE.fullmatch(title):
            continue
        return (number, title) if _is_title(title) else None
    return None


def _is_title(line: str) -> bool:
    if len(line) > LONGEST or _SENTENCE.fullmatch(line):
        return False
    heading = heading_of(line)
    return heading is None or heading.level < ARTICLE.level
