"""Question -> the kind of answer it wants, as it looks in a text."""

import re
from dataclasses import dataclass

from retrieval.folding import fold

_N = "[0-9０-９〇零一二三四五六七八九十百千万萬亿億两兩半]"
_HOUR = rf"{_N}[:：][0-9０-９]{{2}}|{_N}[点點时時]|[上下]午"
_DAY = (
    rf"{_N}[年月日号號]|(?:19|20)[0-9]{{2}}[-/.][0-9]{{1,2}}[-/.][0-9]"
    "|(?:星期|周|週|礼拜|禮拜)[一二三四五六日天]"
)


@dataclass(frozen=True, slots=True)
class Kind:
    """What asks for a kind of answer, in folded text, and what such an answer holds, in any."""

    asked: re.Pattern[str]
    given: re.Pattern[str]


KINDS = (
    Kind(re.compile("几点"), re.compile(_HOUR)),
    Kind(
        re.compile("什么时间|什么时候|何时|时间是|哪天|哪一天|几号|几月|哪年|哪一年|日期|星期几|周几|截止"),
        re.compile(f"{_HOUR}|{_DAY}"),
    ),
    Kind(
        re.compile("多久|多长时间|几(?:天|年|个月|周|小时|分钟)|多少(?:天|年|个月|小时)"),
        re.compile(rf"{_N}[个個]?(?:天|日|年|月|周|週|星期|小时|小時|分钟|分鐘|工作日)"),
    ),
    Kind(
        re.compile("多少钱|几块|几元|多少元|罚多少|费用|价格|收费"),
        re.compile(rf"{_N}[余餘多]?(?:元|块|塊|角|分)"),
    ),
    Kind(re.compile("百分之几|比例|比重|占比|率"), re.compile(rf"[%％]|百分之|{_N}成")),
    Kind(re.compile("电话|号码|联系方式"), re.compile("[0-9０-９]{3,4}-?[0-9０-９]{3,}")),
    Kind(re.compile("多少|几[^乎何]"), re.compile(_N)),
)
"""The first that a question asks for counts; the last takes any number."""


def wanted(question: str) -> re.Pattern[str] | None:
    """What an answer to the question holds, or None when nothing tells."""
    folded = fold(question).text
    return next((kind.given for kind in KINDS if kind.asked.search(folded)), None)
