"""The ways in which people write a number, and the one that stands for all of them in a comparison.

The text is folded in width, case and script before. A number from 11 to 9999 becomes Arabic (四十, 二〇二〇,
1,000), and so does a share (百分之六十); a single digit or a ten beside a Han character becomes Chinese, as
words hold these (一阵, 十分, 两年). 万 and 亿 stay between the numbers that they part. What is no number, or
not surely one, stays as it is: 十三五, 三四十, 千方百计.

A day is written with its signs, as people say it: 2024-03-05, 2024/3/5 and 03月05号 have 3月5日 in them.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from retrieval.late_pattern import LatePattern

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇"
DIGITS = "零一二三四五六七八九"
SPELT = f"{DIGITS}〇两十百千"
VALUES = {digit: value for value, digit in enumerate(DIGITS)} | {"〇": 0, "两": 2}
UNITS = {"十": 10, "百": 100, "千": 1000}
ARABIC = str.maketrans(
    {digit: str(value) for value, digit in enumerate(DIGITS)} | {"〇": "0", "十": "10", "百": "100"}
)
SIGNS = {"百": "%", "千": "‰"}

# These patterns run over every text. They begin with what they look for, and only then look at what stands
# before it, hence the dots: so the engine skips whatever is no numeral, several times faster.

_APART = rf"(?<![0-9a-z_./○{SPELT}-].{{4}})"
DATE = LatePattern(
    rf"(?:19|20)[0-9]{{2}}{_APART}(?P<sign>[-/.])(?P<month>0?[1-9]|1[0-2])(?P=sign)"
    rf"(?P<day>0?[1-9]|[12][0-9]|3[01])(?![0-9a-su-z_%‰○{SPELT}]|[-/.][0-9a-z])"
)
MONTH = LatePattern(
    rf"(?:19|20)[0-9]{{2}}{_APART}-(?P<month>0[1-9]|1[0-2])(?![0-9a-z_%‰○年学赛季届号室期{SPELT}]|[-/.,][0-9a-z])"
)
"""2024-03; with another sign, or without the nought, it may be anything."""

PADDED = LatePattern(r"0(?<![0-9a-z_./:,-].)(?=[1-9][月日号])")
DAY = LatePattern(rf"号(?:(?<=月[{DIGITS}十].)|(?<=月[1-3][0-9].))(?![线楼院房室门桌台机井矿库厅文店令])")

# 二○○八, 二oo八, 九○年
CIRCLES = LatePattern(rf"[○o0](?<=[{DIGITS}〇].)(?:[○o0]*(?=[{DIGITS}〇])|(?<=○)○*(?![○o0-9a-z]))")
_BEFORE = r"0-9a-z○/⁄_-"
_AFTER = r"[0-9a-z○/⁄%‰_-]|[.,:][0-9]"
LONE_DIGIT = LatePattern(rf"[0-9](?<![{_BEFORE}].)(?<![0-9][.,:].)(?:(?<=[{HAN}].)|(?=[{HAN}]))(?!{_AFTER})")
PAIR = LatePattern(
    rf"[2二](?<![第点之周期拜初高大{SPELT}{_BEFORE}].)(?<![0-9][.,:].)"
    "(?=年(?![级度])|个|天|周|小时|分钟|人|名)"
)
"""What people say 两 for: 2年, but not 2月, 第2年, 零点二人, 百分之二人 or 周二人."""

TEN = LatePattern(
    rf"10(?<![{SPELT}{_BEFORE}]..)(?<![0-9][.,:]..)(?:(?<=[{HAN}]..)|(?=[{HAN}]))(?!{_AFTER}|[{DIGITS}〇])"
)
GROUPED = LatePattern(r"[0-9](?<![0-9a-z_].)(?<![0-9][.,].)[0-9]{0,2}(?:,[0-9]{3})+(?![0-9]|,[0-9])")
TWO = LatePattern(rf"两(?<![{SPELT}○0-9a-z].)(?=[万亿])")
_NO_THOUSANDS = "(?!,[0-9]{3}(?![0-9]))"
SHARE = LatePattern(
    rf"[百千](?<![{SPELT}○0-9a-z].)分之(?P<number>"
    rf"[{SPELT}]+(?:点[{DIGITS}〇]+)?{_NO_THOUSANDS}|[0-9]+(?:\.[0-9]+)?(?![.,:][0-9]))"
    rf"(?![{SPELT}○万亿几点0-9a-z%‰])"
)
SPELT_OUT = LatePattern(
    rf"[{SPELT}](?<![{SPELT}○0-9a-z].)(?<!周.)(?<!星期.)(?<!礼拜.)"  # 周三十点
    rf"[{SPELT}]+(?![{SPELT}○0-9a-z]){_NO_THOUSANDS}"
    "(?!(?<=千)[克瓦伏卡赫帕焦]|(?<=百)[货姓])"  # 三千克, 第二百货商店
)

JOINED = LatePattern(f"[{SPELT}0-9%‰],[0-9]{{3}}")
"""Two numbers that would look like one with its thousands divided."""

SEQUENCE = LatePattern(f"[{DIGITS}〇]{{3,}}")
NUMBER = LatePattern(
    "[零〇]?(?:"
    "(?:[N两]千(?:[N两]百)?|[N两]百)(?:[零〇]?N十N?|十N?|[零〇]N)?"
    "|[二三四五六七八九]十N?"
    "|十N"
    ")".replace("N两", "一二三四五六七八九两").replace("N", "[一二三四五六七八九]")
)


@dataclass(frozen=True, slots=True)
class Form:
    """A way of writing numbers: where it is found, and what is to stand there instead."""

    pattern: LatePattern
    instead: Callable[[re.Match[str]], str]


def _share(found: re.Match[str]) -> str:
    whole, point, rest = found["number"].replace("点", ".").partition(".")
    single = len(whole) == 1 or whole.isascii()
    number = whole.translate(ARABIC) if single else _arabic(whole)
    if not number or not number.isascii() or _joins(found, number):
        return found[0]
    return f"{number}{point}{rest.translate(ARABIC)}{SIGNS[found[0][0]]}"


def _spelt_out(found: re.Match[str]) -> str:
    number = _arabic(found[0])
    return found[0] if not number or _joins(found, number) else number


def _joins(found: re.Match[str], number: str) -> bool:
    before = found.string[max(0, found.start() - 2) : found.start()]
    return JOINED.fullmatch(before + number) is not None


@lru_cache(maxsize=1 << 14)
def _arabic(spelt: str) -> str:
    """A Chinese number of several characters in Arabic; empty when it is none."""
    if SEQUENCE.fullmatch(spelt):
        return spelt.translate(ARABIC)
    if not NUMBER.fullmatch(spelt):
        return ""
    value = digit = 0
    for character in spelt:
        if character in UNITS:
            value += (digit or 1) * UNITS[character]
            digit = 0
        else:
            digit = VALUES[character]
    zero = "零" if spelt[0] in "零〇" else ""  # as in 二万零五百
    return f"{zero}{value + digit}"


NUMBERS = (
    Form(CIRCLES, lambda found: "零" * len(found[0])),
    Form(PAIR, lambda _: "两"),
    Form(LONE_DIGIT, lambda found: DIGITS[int(found[0])]),
    Form(GROUPED, lambda found: found[0].replace(",", "")),
    Form(TEN, lambda _: "十"),
    Form(TWO, lambda _: "二"),
    Form(SHARE, _share),
    Form(SPELT_OUT, _spelt_out),
)
"""In this order: what one writes may be part of what a later one finds."""


def _date(found: re.Match[str]) -> str:
    return f"{_month(found)}{_of_a_day(found['day'])}日"


def _month(found: re.Match[str]) -> str:
    return f"{found[0][:4]}年{_of_a_day(found['month'])}月"


def _of_a_day(number: str) -> str:
    """A month or a day as it is beside a Han character."""
    value = int(number)
    return f"{DIGITS}十"[value] if value <= UNITS["十"] else f"{value}"


FORMS = (
    Form(PADDED, lambda _: ""),
    *NUMBERS,
    Form(DATE, _date),
    Form(MONTH, _month),
    Form(DAY, lambda _: "日"),
)
"""The same, with those of days around them."""
