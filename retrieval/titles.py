"""Lines -> the title among them."""

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from retrieval.headings import ARTICLE, SALUTATION, heading_of

LONGEST = 60
"""Characters; a longer line is text."""

LOOKED_AT = 5
"""Lines from the beginning among which a title is looked for."""

_DECORATION = " \t\u3000>＞#*=—-●■◆★▲◎※"
_NAVIGATION = re.compile(r"当前位置|當前位置|首页|首頁|https?://|www\.|\S\s+[>＞»/]\s+\S")
_NO_TITLE = re.compile(
    r"[\d\s\-年月日/:：.]*"
    r"|.*(?:来源|來源|作者|日期|发布时间|發布時間|浏览次数|瀏覽次數|字号|字號|责任编辑|責任編輯)[:：].*"
    r"|(?:甲方|乙方|原告|被告|时间|時間|地点|地點|主持人?|姓名|编号|編號|电话|電話)[:：（(].*"
    r"|.{0,15}[〔\[（(【](?:19|20)\d\d[〕\]）)】].{0,20}[号號]"  # 国办发〔2020〕1号
)
_NAMED = re.compile(r"(?:书名|書名|标题|標題|题目|題目)[:：]\s*(?P<title>\S.*?)(?:\s+作者[:：].*)?")
_SENTENCE = re.compile(r".*[。；;，,、：:…]$|.*[。；;].*")
_OFFICE = re.compile(r".*[府厅廳局部委会會室院办辦处處署行司团團社校学學心]")
_SUBJECT = re.compile(r"[关關][于於].*")


def title_of(lines: Iterable[str]) -> tuple[int, str] | None:
    """The number (from zero) and the text of the line that is the title, or None: it begins with text.

    Lines of navigation and dates are passed over; the title is the first line beyond them if it is
    short and no sentence. Where an office's name stands above 关于…, both are the title.
    """
    candidates = [line.strip(_DECORATION) for line in islice(lines, LOOKED_AT)]
    for number, line in enumerate(candidates):
        if named := _NAMED.fullmatch(line):
            return number, named["title"]
        if line and not _is_passed_over(line):
            return (number, _with_subject(candidates[number:])) if _is_title(line) else None
    return None


def _with_subject(lines: Sequence[str]) -> str:
    """The title with what it is about, when that stands on a line of its own below offices' names."""
    for number, line in enumerate(lines):
        if _SUBJECT.fullmatch(line) and _is_title(line):
            return "".join(lines[: number + 1])
        if not _OFFICE.fullmatch(line):
            break
    return lines[0]


def _is_passed_over(line: str) -> bool:
    return _NAVIGATION.search(line) is not None or _NO_TITLE.fullmatch(line) is not None


def _is_title(line: str) -> bool:
    if len(line) > LONGEST or _SENTENCE.fullmatch(line) or SALUTATION.mark.match(line):
        return False
    heading = heading_of(line)
    return heading is None or heading.level < ARTICLE.level
