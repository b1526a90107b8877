import pytest

from retrieval.readers.counting import FORMS, written


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("decimal", {1: "1", 120: "120"}),
        ("decimalZero", {3: "03", 12: "12"}),
        ("decimalFullWidth", {12: "１２"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "㉑", 35: "㉟", 36: "㊱", 50: "㊿", 51: "51"}),
        ("decimalEnclosedParen", {1: "⑴", 20: "⒇", 21: "21"}),
        (
            "chineseCounting",
            {
                1: "一",
                10: "十",
                11: "十一",
                20: "二十",
                99: "九十九",
                100: "一〇〇",
                101: "一〇一",
                110: "一一〇",
                1000: "一〇〇〇",
            },
        ),
        (
            "chineseCountingThousand",
            {10: "十", 18: "十八", 100: "一百", 101: "一百零一", 110: "一百一十", 111: "一百一十一"}
            | {1000: "一千", 1001: "一千零一", 1010: "一千零一十", 2300: "二千三百", 10000: "一万"}
            | {10001: "一万零一", 10010: "一万零一十", 12000: "一万二千", 120034: "十二万零三十四"},
        ),
        ("taiwaneseCountingThousand", {10000: "一萬"}),
        ("ideographDigital", {9: "九", 10: "一〇", 12: "一二"}),
        ("japaneseCounting", {10: "十", 100: "百", 101: "百一", 1100: "千百", 2110: "二千百十"}),
        ("chineseLegalSimplified", {3: "叁", 10: "壹拾", 105: "壹佰零伍"}),
        ("ideographLegalTraditional", {6: "陸", 23: "貳拾參"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "11"}),
        ("ideographZodiac", {1: "子", 12: "亥"}),
        ("lowerRoman", {4: "iv", 1994: "mcmxciv", 4000: "4000"}),
        ("upperRoman", {9: "IX"}),
        ("lowerLetter", {1: "a", 26: "z", 27: "aa", 53: "aaa"}),
        ("upperLetter", {28: "BB"}),
        ("ordinal", {1: "1st", 2: "2nd", 11: "11th", 23: "23rd", 112: "112th"}),
        ("numberInDash", {3: "- 3 -"}),
        ("none", {1: ""}),
        ("of a later day", {7: "7"}),
    ],
)
def test_a_number_is_shown_in_its_form(form: str, shown: dict[int, str]) -> None:
    assert {number: written(number, form) for number in shown} == shown


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("number", [-5, 0, 999_999_999])
def test_a_number_that_no_list_reaches_is_short_in_every_form(form: str, number: int) -> None:
    assert len(written(number, form)) <= 20
