"""Number -> how a list shows it."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

DIGITS = "〇一二三四五六七八九"
STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc")),
    *((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
LARGEST_ROMAN = 3999
LETTERS = 26
LARGEST_LETTERS = 780
"""What has thirty letters; a larger number would grow without end."""

FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
LEGAL = str.maketrans("〇零一二三四五六七八九十百千万", "零零壹贰叁肆伍陆柒捌玖拾佰仟万")
LEGAL_TRADITIONAL = str.maketrans("〇零一二三四五六七八九十百千万", "零零壹貳參肆伍陸柒捌玖拾佰仟萬")
HUNDRED, TEN_THOUSAND = 100, 10_000


def written(number: int, form: str) -> str:
    """A number in a form by the name that Word files call it; in one that is not known, in digits."""
    return FORMS.get(form, str)(number)


def _spelt(number: int) -> str:
    """一百零一: as numbers are read aloud."""
    if not 0 < number < TEN_THOUSAND * TEN_THOUSAND:
        return str(number)
    above, below = divmod(number, TEN_THOUSAND)
    if above:
        rest = _spelt_out(below) if below else ""
        return f"{_spelt(above)}万{'零' if below and below < TEN_THOUSAND // 10 else ''}{rest}"
    return _spelt_out(number).removeprefix("一") if number // 10 == 1 else _spelt_out(number)


def _spelt_out(number: int) -> str:
    said, gap = "", False
    for value, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, value)
        if digit:
            said += f"{'零' if gap and said else ''}{DIGITS[digit]}{unit}"
        gap = not digit
    return said


def _counted(number: int) -> str:
    """十一, but 一〇一: read aloud below a hundred, digit by digit above.

    The program draws the zero as the sign ○; said is the numeral that looks like it, by which people search.
    """
    return _spelt(number) if number < HUNDRED else _digits(number)


def _digits(number: int) -> str:
    return "".join(DIGITS[int(digit)] if digit.isdigit() else digit for digit in str(number))


def _japanese(number: int) -> str:
    """百一: without a zero, and without a one before ten, hundred and thousand."""
    said = _spelt(number).replace("零", "")
    return said.replace("一十", "十").replace("一百", "百").replace("一千", "千")


def _legal(number: int) -> str:
    """Seals and cheques keep the one of 壹拾."""
    return _spelt_out(number) if 0 < number < TEN_THOUSAND else _spelt(number)


def _roman(number: int) -> str:
    if not 0 < number <= LARGEST_ROMAN:
        return str(number)
    said = ""
    for value, letters in ROMAN:
        times, number = divmod(number, value)
        said += letters * times
    return said


def _letters(number: int) -> str:
    """Z is followed by AA, and that by BB."""
    if not 0 < number <= LARGEST_LETTERS:
        return str(number)
    times, letter = divmod(number - 1, LETTERS)
    return chr(ord("a") + letter) * (times + 1)


def _ordinal(number: int) -> str:
    teens = number // 10 % 10 == 1
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _circled(number: int) -> str:
    for first, last, sign in ((1, 20, "①"), (21, 35, "㉑"), (36, 50, "㊱")):
        if first <= number <= last:
            return chr(ord(sign) + number - first)
    return str(number)


def _from(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if 0 < number <= len(signs) else str(number)


def _run(first: str, length: int) -> str:
    return "".join(chr(ord(first) + place) for place in range(length))


FORMS: Mapping[str, Callable[[int], str]] = MappingProxyType(
    {
        "none": lambda _: "",
        "decimalZero": lambda number: f"{number:02}",
        "decimalFullWidth": lambda number: str(number).translate(FULL_WIDTH),
        "decimalFullWidth2": lambda number: str(number).translate(FULL_WIDTH),
        "decimalEnclosedCircle": _circled,
        "decimalEnclosedCircleChinese": _circled,
        "decimalEnclosedFullstop": _from(_run("⒈", 20)),
        "decimalEnclosedParen": _from(_run("⑴", 20)),
        "ideographEnclosedCircle": _from(_run("㊀", 10)),
        "ideographTraditional": _from(STEMS),
        "ideographZodiac": _from(BRANCHES),
        "ideographDigital": _digits,
        "japaneseDigitalTenThousand": _digits,
        "koreanDigital2": _digits,
        "taiwaneseDigital": _digits,
        "chineseCounting": _counted,
        "taiwaneseCounting": _counted,
        "chineseCountingThousand": _spelt,
        "taiwaneseCountingThousand": lambda number: _spelt(number).replace("万", "萬"),
        "japaneseCounting": _japanese,
        "chineseLegalSimplified": lambda number: _legal(number).translate(LEGAL),
        "ideographLegalTraditional": lambda number: _legal(number).translate(LEGAL_TRADITIONAL),
        "lowerRoman": _roman,
        "upperRoman": lambda number: _roman(number).upper(),
        "lowerLetter": _letters,
        "upperLetter": lambda number: _letters(number).upper(),
        "ordinal": _ordinal,
        "numberInDash": lambda number: f"- {number} -",
    }
)
