"""Number -> what a spreadsheet shows of it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

GENERAL = "General"

BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    **dict.fromkeys((5, 6, 37, 38, 41, 42), "#,##0"),
    **dict.fromkeys((7, 8, 39, 40, 43, 44), "#,##0.00"),
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    **dict.fromkeys((34, 55), '上午/下午h"时"mm"分"'),
    **dict.fromkeys((35, 56), '上午/下午h"时"mm"分"ss"秒"'),
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"'),
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
}
"""The formats that files name by number alone, as they are in Chinese."""

SYSTEM = {"[$-F800]": 'yyyy"年"m"月"d"日"', "[$-F400]": "h:mm:ss"}
"""What stands before a format that the system's own replaces."""

EXACT = 15
"""Digits that a spreadsheet keeps of a number."""

LONGEST = 2 * EXACT
"""Digits of a whole number, at most; a larger one is shown by its first digits and the power of ten."""

WIDE = Context(prec=4 * EXACT)

MOST = 5
"""Times that a format multiplies by a hundred, or divides by a thousand."""

KEPT = 1 << 12
"""Numbers whose look is kept, as the same dates stand in many rows."""

LAST = 2958466
"""Days, from which on a number is no date: the year 10000."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|_.|\*.|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General)|(?P<half>AM/PM|A/P|上午/下午)|(?P<exponent>E[+-]0+)"
    r"|(?P<date>yyyy|yy|e|m{1,5}|d{1,4}|h{1,2}|ss?(?:\.0{1,3})?|a{3,4})|(?P<digit>[0#?])|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_SECTION = re.compile(r'(?:"[^"]*"|[\\!].|\[[^\]]*\]|[^;])*', re.DOTALL)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9.]+)")
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_WEEKDAYS = "一二三四五六日"
_HAN_DIGITS = "〇一二三四五六七八九"
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<=": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b,
    "<>": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    "=": lambda a, b: a == b,
}


@dataclass(frozen=True, slots=True)
class _Token:
    """A piece of a format: what kind it is, and what it says."""

    kind: str
    text: str


class NumberFormat:
    """A number format of a spreadsheet, as `#,##0.00` or `yyyy"年"m"月"`.

    Colours and widths are passed over, and a fraction is shown as a decimal. Of a whole number that the file
    has digit by digit, as that of an account, all are shown, though programs show zeros after the fifteenth.
    """

    def __init__(self, code: str, *, from_1904: bool = False) -> None:
        for mark, of_system in SYSTEM.items():
            code = of_system if code.upper().startswith(mark) else code
        sections = [match.group() for match in _SECTION.finditer(code)]
        self._sections = [_tokens(section) for section in sections if section] or [[_Token("general", "")]]
        self._is_general = code in {GENERAL, "@", ""}
        self._from_1904 = from_1904
        self._known = lru_cache(KEPT)(self._shown)

    def shown(self, number: str) -> str:
        """What is shown of a number as the file writes it; the number itself where it is none."""
        is_plain = self._is_general and number.isdecimal() and len(number) <= LONGEST
        return number if is_plain else self._known(number)

    def _shown(self, number: str) -> str:
        try:
            value = float(number)
        except ValueError:
            return number
        if self._is_general or not abs(value) < 10**LONGEST:
            return _general(value)
        tokens, is_signed = self._section(value)
        if any(token.kind in {"date", "minute", "elapsed"} for token in tokens):
            return _date(value, tokens, from_1904=self._from_1904)
        digits = number.removeprefix("-")
        exact = Decimal(digits if digits.isdecimal() else f"{abs(value):.{EXACT}g}")
        text = _number(exact, tokens)
        return f"-{text}" if is_signed and value < 0 and re.search("[1-9]", text) else text

    def _section(self, value: float) -> tuple[list[_Token], bool]:
        """The section of the format for a value, and whether a minus is still to be shown."""
        sections = self._sections
        conditions = [(_condition(section), section) for section in sections]
        if any(condition for condition, _ in conditions):
            for condition, section in conditions:
                if condition is None or _COMPARE[condition[0]](value, condition[1]):
                    return section, True
            return sections[-1], True
        numeric = [section for section in sections if _Token("other", "@") not in section] or sections
        if value < 0 and len(numeric) > 1:
            return numeric[1], False
        return numeric[2 if value == 0 and len(numeric) > 2 else 0], True  # noqa: PLR2004 - positive; negative; zero


def _tokens(section: str) -> list[_Token]:
    found = [token for match in _TOKEN.finditer(section) if (token := _token(match)).kind]
    return [
        replace(token, kind="minute") if _is_minute(found, number) else token
        for number, token in enumerate(found)
    ]


def _token(match: re.Match[str]) -> _Token:
    kind, text = match.lastgroup or "", match[match.lastgroup] if match.lastgroup else ""
    if kind in {"quoted", "escaped", "currency"}:
        return _Token("literal", text)
    if kind == "bracket":
        if _ELAPSED.fullmatch(text):
            return _Token("elapsed", text.lower())
        if _CONDITION.fullmatch(text) or text.upper() == "DBNUM1":
            return _Token("condition" if text[0] in "<>=" else "han", text)
        return _Token("", "")
    return _Token(kind, text.lower() if kind == "date" else text)


def _condition(section: Sequence[_Token]) -> tuple[str, float] | None:
    for token in section:
        if token.kind == "condition" and (found := _CONDITION.fullmatch(token.text)):
            return found[1], float(found[2])
    return None


def _general(value: float) -> str:
    if value.is_integer() and abs(value) < 10**EXACT:
        return str(int(value))
    return f"{value:.10g}".upper()


def _number(value: Decimal, tokens: Sequence[_Token]) -> str:
    if any(token.kind == "general" for token in tokens):
        return "".join(_general(float(value)) if token.kind == "general" else token.text for token in tokens)
    digits = [number for number, token in enumerate(tokens) if token.kind == "digit"]
    if not digits or any(token == _Token("other", "/") for token in tokens):
        said = "".join(token.text for token in tokens if token.kind in {"literal", "other"})
        return said if not digits else _general(float(value))
    shape = _shape(tokens, digits)
    exact = value.scaleb(2 * shape.percents - 3 * shape.thousands, WIDE)
    if shape.exponent:
        return f"{exact:.{len(shape.decimals)}E}"
    rounded = exact.quantize(Decimal(1).scaleb(-min(len(shape.decimals), EXACT)), ROUND_HALF_UP, WIDE)
    whole, _, part = f"{rounded:f}".partition(".")
    least = shape.decimals.rfind("0") + 1
    part = part[:least] + part[least:].rstrip("0")
    return _placed(tokens, shape, whole, part)


@dataclass(frozen=True, slots=True)
class _Shape:
    """How a number stands in its section: the tokens of its first digit, its point and its last digit."""

    first: int
    point: int
    last: int
    decimals: str
    is_grouped: bool
    thousands: int
    percents: int
    exponent: bool


def _shape(tokens: Sequence[_Token], digits: Sequence[int]) -> _Shape:
    texts = [token.text if token.kind in {"digit", "other"} else "" for token in tokens]
    first, last = digits[0], digits[-1]
    points = [number for number, text in enumerate(texts) if text == "."]
    point = points[0] if points else last + 1
    thousands = 0
    while thousands < MOST and texts[last + 1 + thousands : last + 2 + thousands] == [","]:
        thousands += 1
    return _Shape(
        first,
        point,
        last,
        "".join(texts[number] for number in digits if number > point),
        "," in texts[first : min(point, last)],
        thousands,
        min(texts.count("%"), MOST),
        any(token.kind == "exponent" for token in tokens),
    )


def _placed(tokens: Sequence[_Token], shape: _Shape, whole: str, part: str) -> str:
    """The digits in their places between what else the format says."""
    places = [number for number in range(shape.point) if tokens[number].kind == "digit"]
    least = len("".join(tokens[number].text for number in places).lstrip("#?"))
    whole = whole.lstrip("0").rjust(least, "0")
    if shape.is_grouped:
        whole = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ",", whole)
        cut = {places[-1]: whole} if places else {}
    else:
        cut = _cut(whole, places)
    decimals = iter(part)
    said: list[str] = []
    for number, token in enumerate(tokens):
        if token.kind == "digit":
            said.append(cut.get(number, "") if number < shape.point else next(decimals, ""))
        elif token.kind == "literal":
            said.append(token.text)
        elif token.kind == "other" and not (token.text == "," and shape.first < number):
            said.append("" if token.text == "." and number == shape.point and not part else token.text)
    return "".join(said).strip()


def _cut(whole: str, places: Sequence[int]) -> dict[int, str]:
    """The digits for each place, the last in the last and all that are left over in the first."""
    left = len(whole)
    cut: dict[int, str] = {}
    for place in reversed(places):
        begin = 0 if place == places[0] else max(0, left - 1)
        cut[place] = whole[begin:left]
        left = begin
    return cut


def _date(value: float, tokens: Sequence[_Token], *, from_1904: bool) -> str:
    if not 0 <= value < LAST:
        return _general(value)
    has_fraction = any(token.kind == "date" and "." in token.text for token in tokens)
    seconds = round(value * 86400, 3 if has_fraction else 0)
    moment = _epoch(value, from_1904=from_1904) + timedelta(seconds=seconds)
    is_half = any(token.kind == "half" for token in tokens)
    in_han = any(token.kind == "han" for token in tokens)
    said: list[str] = []
    for token in tokens:
        if token.kind == "elapsed":
            unit = {"h": 3600, "m": 60, "s": 1}[token.text[0]]
            said.append(str(int(seconds // unit)).rjust(len(token.text), "0"))
        elif token.kind == "half":
            said.append(_half(moment, token.text))
        elif token.kind == "minute":
            said.append(f"{moment.minute:0{len(token.text)}d}")
        elif token.kind == "date":
            field = _field(moment, token.text, is_half)
            said.append(_in_han(field) if in_han and field.isdecimal() else field)
        elif token.kind in {"literal", "other", "digit"} and token.text != "@":
            said.append(token.text)
    return "".join(said).strip()


def _epoch(value: float, *, from_1904: bool) -> datetime:
    if from_1904:
        return datetime(1904, 1, 1)  # noqa: DTZ001 - spreadsheets know no time zones
    return datetime(1899, 12, 31 if value < 60 else 30)  # noqa: DTZ001, PLR2004 - day 60 is a 29 February 1900 that never was


def _is_minute(tokens: Sequence[_Token], number: int) -> bool:
    """Whether an m stands after hours or before seconds."""
    if tokens[number].kind != "date" or tokens[number].text not in {"m", "mm"}:
        return False
    times = [(at, token.text[0]) for at, token in enumerate(tokens) if token.kind in {"date", "elapsed"}]
    before = [letter for at, letter in times if at < number]
    after = [letter for at, letter in times if at > number]
    return before[-1:] == ["h"] or after[:1] == ["s"]


def _half(moment: datetime, text: str) -> str:
    morning, afternoon = text.split("/")
    return morning if moment.hour < 12 else afternoon  # noqa: PLR2004 - noon


def _field(moment: datetime, text: str, is_half: bool) -> str:  # noqa: FBT001 - of one caller
    letter, length = text[0], len(text)
    if letter in "ye":
        return f"{moment.year % 100:02d}" if text == "yy" else str(moment.year)
    if letter == "a":
        return ("星期" if text == "aaaa" else "") + _WEEKDAYS[moment.weekday()]
    if letter in "md" and length > len("mm"):
        name = _MONTHS[moment.month - 1] if letter == "m" else _DAYS[moment.weekday()]
        return name[: {3: 3, 5: 1}.get(length)]
    if letter == "s":
        whole, _, fraction = text.partition(".")
        part = f"{moment.microsecond:06d}"[: len(fraction)]
        return f"{moment.second:0{len(whole)}d}" + (f".{part}" if fraction else "")
    hour = (moment.hour - 1) % 12 + 1 if is_half else moment.hour
    return f"{ {'m': moment.month, 'd': moment.day, 'h': hour}[letter]:0{length}d}"


def _in_han(digits: str) -> str:
    """A year digit by digit, another number as it is said."""
    if len(digits) > len("12"):
        return "".join(_HAN_DIGITS[int(digit)] for digit in digits)
    tens, ones = divmod(int(digits), 10)
    said = {0: "", 1: "十"}.get(tens, _HAN_DIGITS[tens] + "十")
    return (said + (_HAN_DIGITS[ones] if ones else "")) or _HAN_DIGITS[0]
