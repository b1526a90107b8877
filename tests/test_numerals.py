"""Numbers as people write them, and the texts in which they meet."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.documents import Span
from retrieval.folding import fold

DIGITS = "零一二三四五六七八九"
TO_CHINESE = str.maketrans("0123456789", DIGITS)
SENTENCES = st.sampled_from(
    ["第{}条", "罚款{}元。", "共{}", "{}人参加", "（{}个）", "办法第{}条、附件", "自{}日起"]
)
NUMERALS = {*DIGITS, *"〇两十百千"}
PIECES = st.lists(
    st.sampled_from(
        [
            *"零〇○一二三四五六七八九两十百千万亿点第条年月号线周克货0123456789a%,.-",
            *("10", "百分之", "千分之", "2024-03-05", "2024/3/"),
        ]
    )
).map("".join)


def spelt(number: int) -> str:
    """Return a number below 10,000 as it is spelt out in Chinese."""
    if number < len(DIGITS):
        return DIGITS[number]
    words = ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        skipped = words and not digit and number % unit
        words += DIGITS[digit] + name if digit else "零" * bool(skipped)
    return words.replace("零零", "零").removeprefix("一") if number < 20 else words.replace("零零", "零")


def test_the_numbers_of_these_tests_are_spelt_as_people_do() -> None:
    known = {0: "零", 9: "九", 10: "十", 12: "十二", 20: "二十", 34: "三十四", 100: "一百", 108: "一百零八"}
    known |= {110: "一百一十", 123: "一百二十三", 1000: "一千", 1001: "一千零一", 1010: "一千零一十"}
    known |= {2024: "二千零二十四", 3500: "三千五百", 9999: "九千九百九十九"}
    assert {number: spelt(number) for number in known} == known


def test_every_number_below_ten_thousand_is_equal_in_chinese_and_in_arabic() -> None:
    for number in range(10_000):
        assert fold(f"第{spelt(number)}条").text == fold(f"第{number}条").text


@settings(max_examples=100)
@given(st.integers(0, 9999), SENTENCES)
def test_a_number_is_equal_in_chinese_and_in_arabic_in_any_sentence(number: int, sentence: str) -> None:
    assert fold(sentence.format(spelt(number))).text == fold(sentence.format(number)).text


@settings(max_examples=50)
@given(st.text("0123456789", min_size=3, max_size=12), SENTENCES)
def test_three_digits_or_more_in_a_row_are_equal_in_chinese_and_in_arabic(digits: str, sentence: str) -> None:
    arabic = fold(sentence.format(digits)).text
    assert fold(sentence.format(digits.translate(TO_CHINESE))).text == arabic
    assert fold(sentence.format(digits.translate(TO_CHINESE).replace("零", "〇"))).text == arabic


@settings(max_examples=50)
@given(st.integers(0, 1000), st.none() | st.text("0123456789", min_size=1, max_size=3), SENTENCES)
def test_a_share_is_equal_in_words_and_with_its_sign(whole: int, rest: str | None, sentence: str) -> None:
    said, written = spelt(whole), f"{whole}"
    if rest:
        said, written = f"{said}点{rest.translate(TO_CHINESE)}", f"{written}.{rest}"
    for words, sign in (("百分之", "%"), ("千分之", "‰")):
        signed = fold(sentence.format(f"{written}{sign}")).text
        assert fold(sentence.format(f"{words}{said}")).text == signed
        assert fold(sentence.format(f"{words}{written}")).text == signed


DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))


@settings(max_examples=100)
@given(DAYS, st.sampled_from(["{}", "{}起施行", "（{}）", "截至{}，共12人", "自{}至"]))
def test_a_day_is_equal_however_it_is_written(day: date, sentence: str) -> None:
    said = fold(sentence.format(f"{day.year}年{day.month}月{day.day}日")).text
    year = "".join(DIGITS[int(digit)] for digit in str(day.year))
    for written in (
        f"{day:%Y-%m-%d}",
        f"{day:%Y/%m/%d}",
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}.{day.month}.{day.day}",
        f"{day:%Y}年{day:%m}月{day:%d}日",
        f"{day.year}年{day.month}月{day.day}号",
        f"{year}年{spelt(day.month)}月{spelt(day.day)}日",
    ):
        assert fold(sentence.format(written)).text == said


@settings(max_examples=50)
@given(DAYS)
def test_the_day_that_people_ask_for_stands_in_the_date(day: date) -> None:
    assert fold(f"{day.month}月{day.day}号").text in fold(f"发布日期：{day:%Y-%m-%d}").text
    assert fold(f"{day.year}年{day.month}月").text in fold(f"{day:%Y-%m}").text


@pytest.mark.parametrize(
    "text",
    [
        "gb/t 22239-2019-03-05",
        "2024-13-05",
        "2024-03-055",
        "2023-2024",
        "2024-3",
        "2024-03-05-01",
        "a2024-03-05",
        "2024/3",
        "3/5",
        "1.2024.3.5",
        "三月五号楼",
        "21号",
        "十月一号线",
        "2008-09学年",
        "2011-12赛季",
        "2012-11室",
        "2024-03.05",
    ],
)
def test_what_may_be_no_day_stays_as_it_is(text: str) -> None:
    assert fold(text).text == text


@settings(max_examples=50)
@given(st.integers(0, 10**10), SENTENCES, st.sampled_from(",，"))
def test_a_number_is_equal_with_and_without_commas_between_its_thousands(
    number: int, sentence: str, comma: str
) -> None:
    grouped = f"{number:,}".replace(",", comma)
    assert fold(sentence.format(grouped)).text == fold(sentence.format(number)).text


@settings(max_examples=50)
@given(st.integers(1, 9999), st.integers(11, 9999), SENTENCES, st.sampled_from(["万", "亿", "万零"]))
def test_the_numbers_before_and_behind_ten_thousand_are_equal_in_chinese_and_in_arabic(
    many: int, few: int, sentence: str, between: str
) -> None:
    chinese = sentence.format(f"{spelt(many)}{between}{spelt(few)}")
    assert fold(chinese).text == fold(sentence.format(f"{many}{between}{few}")).text


@settings(max_examples=200)
@given(PIECES)
def test_a_number_is_folded_once_and_for_all(text: str) -> None:
    assert fold(fold(text).text).text == fold(text).text


@settings(max_examples=60)
@given(st.lists(PIECES), st.sampled_from(" \n。；、！?（）"))
def test_numbers_are_folded_alike_whatever_stands_beyond_white_space_and_marks(
    texts: list[str], between: str
) -> None:
    assert fold(between.join(texts)).text == fold(between).text.join(fold(text).text for text in texts)


@pytest.mark.parametrize(
    ("texts", "folded"),
    [
        (["四十岁", "4十岁", "40岁", "４０歲"], "40岁"),
        (["二十一世纪", "21世纪"], "21世纪"),
        (["第一百零八条", "第一百〇八条", "第108条"], "第108条"),
        (["一百十五人", "一百一十五人", "115人"], "115人"),
        (["兩千元", "二千元", "2千元", "2000元", "2,000元", "２，０００元"], "2000元"),
        (["三千五百", "3千5百", "3500"], "3500"),
        (["十月十日", "10月10日"], "十月十日"),
        (["第十", "第10"], "第十"),
        (["两年", "2年", "二年"], "两年"),
        (["两个月", "２個月"], "两个月"),
        (["第二天", "第2天"], "第二天"),
        (["二月二日", "2月2日"], "二月二日"),
        (["二年级", "2年级"], "二年级"),
        (["周二人多", "周2人多"], "周二人多"),
        (["零点二人"], "零点二人"),
        (["2%人", "百分之二人", "百分之2人"], "2%人"),
        (["十万", "10万"], "十万"),
        (["二十万元", "20万元"], "20万元"),
        (["两万元", "二万元", "2万元"], "二万元"),
        (["三万五千", "3万5千"], "三万5000"),
        (["二万零五百", "2万零500"], "二万零500"),
        (["二〇二〇年", "二零二零年", "二○二○年", "二0二0年", "2020年"], "2020年"),
        (["二〇〇八年", "二○○八年", "二00八年", "二ＯＯ八年", "2008年"], "2008年"),
        (["一九九○年代", "1990年代"], "1990年代"),
        (["打一一九", "打119"], "打119"),
        (["百分之六十", "百分之60", "60％", "60%"], "60%"),
        (["占百分之六点五", "占百分之6.5", "占6.5％"], "占6.5%"),
        (["百分之十", "百分之10", "10%"], "10%"),
        (["百分之百", "百分之一百", "100%"], "100%"),
        (["千分之三", "3‰"], "3‰"),
    ],
)
def test_the_ways_of_writing_a_number_are_equal(texts: list[str], folded: str) -> None:
    assert {fold(text).text for text in texts} == {folded}


@pytest.mark.parametrize(
    "text",
    [
        "十分",
        "十字路口",
        "初八",
        "初十",
        "初一十五",
        "一般",
        "万一",
        "千万",
        "百万",
        "百姓",
        "千方百计",
        "一五一十",
        "三三两两",
        "一两万",
        "三四天",
        "三四十人",
        "三百五六",
        "十七八岁",
        "十三五规划",
        "九九八十一",
        "一百五",
        "几十",
        "数百",
        "第二百货商店",
        "三千克",
        "周三十点",
        "百分之几",
        "百分之三四",
        "3.5万",
        "2008一月",
        "a四十",
        "四十b",
        "1,2",
        "12,34",
        "1,0000",
        "1,000,00",
        "五十,300人",
        "○○公司",
    ],
)
def test_what_is_no_number_or_not_surely_one_stays(text: str) -> None:
    assert fold(text).text == text


def test_two_numbers_do_not_become_one() -> None:
    assert fold("五十，三百").text == "50,三百"
    assert fold("四十，1000").text == "40,1000"


@settings(max_examples=50)
@given(
    st.lists(
        st.sampled_from(["一般", "万一", "十分", "千万", "百姓", "统一", "第三产业", "图书馆", "abc", "，"])
    )
)
def test_words_that_a_numeral_is_part_of_stay(words: list[str]) -> None:
    text = "的".join(words).replace("，", ",")
    assert fold(text).text == text


@settings(max_examples=50)
@given(st.text(st.characters(categories=["Lo"]), max_size=20), st.text("般条例事图书馆年月个。 abc%-"))
def test_a_text_without_numbers_is_folded_by_character(before: str, after: str) -> None:
    text = "".join(character for character in before if NUMERALS.isdisjoint(fold(character).text)) + after
    assert fold(text).text == "".join(fold(character).text for character in text)


@settings(max_examples=100)
@given(
    st.integers(0, 9999).map(spelt)
    | st.integers(0, 10**7).map("{:,}".format)
    | st.integers(0, 99).map(lambda share: f"百分之{spelt(share)}")
    | st.sampled_from(["10", "7", "二○二○", "两千", "1"]),
)
def test_a_folded_number_came_from_all_of_the_number(numeral: str) -> None:
    folded = fold(f"第{numeral}条")
    assert folded.span_of(1, len(folded.text) - 1) == Span(1, 1 + len(numeral))
    assert folded.origins[1] == 1
    assert folded.span_of(0, 1) == Span(0, 1)
    assert folded.span_of(len(folded.text) - 1, len(folded.text)) == Span(1 + len(numeral), 2 + len(numeral))
