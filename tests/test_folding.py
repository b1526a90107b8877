import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.documents import Span
from retrieval.folding import fold

PAIRS = list(zip("臺灣學習電腦國圖書館開關門東車發髮", "台湾学习电脑国图书馆开关门东车发发", strict=True))
ANY_CHARACTER = st.characters(exclude_categories=())
TRICKY_CHARACTER = st.sampled_from("第月阵臺灣〇薴0１3三十百千分之.,:%/-_ aＢé①㎏½…ﬁǆ\u0301\ud800\U00020000")
TEXTS = st.text(ANY_CHARACTER | TRICKY_CHARACTER, max_size=40)
LATIN_AND_HAN = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E) | st.sampled_from("第月阵文字"))
WRITTEN = set("0123456789零一二三四五六七八九十.%‰")
"""What a number may be written with when it is folded."""
NUMERAL = {*WRITTEN, *"〇两百千点分之,○o"}
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}


@settings(max_examples=120)
@given(TEXTS)
def test_each_folded_character_knows_the_character_it_came_from(text: str) -> None:
    folded = fold(text)
    assert len(folded.origins) == len(folded.text)
    assert list(folded.origins) == sorted(folded.origins)
    for character, origin in zip(folded.text, folded.origins, strict=True):
        alone = fold(text[origin]).text
        assert character in alone or (character in WRITTEN and {*alone} & NUMERAL)


def test_what_is_dropped_and_what_grows_may_be_as_much() -> None:
    folded = fold("\xad\xad½õ")
    assert (folded.text, [*folded.origins]) == ("1⁄2o", [2, 2, 2, 3])


@settings(max_examples=120)
@given(TEXTS)
def test_a_folded_text_came_from_all_of_the_text_but_marks_that_stand_before_it(text: str) -> None:
    folded = fold(text)
    if folded.text:
        assert folded.span_of(0, len(folded.text)) == Span(folded.origins[0], len(text))
        assert fold(text[: folded.origins[0]]).text == ""


def test_an_accent_of_its_own_belongs_to_its_letter() -> None:
    folded = fold("Cafe\u0301 Cafe\u0301")
    assert [folded.span_of(3, 4), folded.span_of(8, 9)] == [Span(3, 5), Span(9, 11)]


@settings(max_examples=120)
@given(TEXTS)
def test_what_is_folded_stays_as_it_is(text: str) -> None:
    assert fold(fold(text).text).text == fold(text).text


@settings(max_examples=50)
@given(LATIN_AND_HAN)
def test_full_width_and_half_width_are_equal(text: str) -> None:
    assert fold(text.translate(FULL_WIDTH)).text == fold(text).text


@settings(max_examples=50)
@given(LATIN_AND_HAN)
def test_capitals_and_small_letters_are_equal(text: str) -> None:
    assert fold(text.upper()).text == fold(text).text


@settings(max_examples=50)
@given(st.lists(st.sampled_from(PAIRS)))
def test_traditional_and_simplified_are_equal(pairs: list[tuple[str, str]]) -> None:
    traditional, simplified = ("".join(pair[side] for pair in pairs) for side in (0, 1))
    assert fold(traditional).text == fold(simplified).text == simplified


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Café CAFÉ Cafe\u0301", "cafe cafe cafe"),
        ("㎏ ① ﬁ", "kg 1 fi"),
        ("薴烯与苧烯", "苎烯与苎烯"),
        ("ǆ", "dz"),
        ("か゛が", "か ゙が"),
        ("招\u200b商\u00ad引\ufeff资", "招商引资"),
        ("", ""),
    ],
)
def test_accents_ligatures_and_rare_forms_become_plain(text: str, folded: str) -> None:
    assert fold(text).text == folded


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("1阵敲门声", "一阵敲门声"),
        ("4个月", "四个月"),
        ("第3条", "第三条"),
        ("３月", "三月"),
        ("每天0点", "每天零点"),
        ("分成5—7组", "分成五—七组"),
    ],
)
def test_a_single_digit_beside_a_han_character_becomes_chinese(text: str, folded: str) -> None:
    assert fold(text).text == folded


@pytest.mark.parametrize(
    "text",
    [
        "2020年",
        "3.5万元",
        "涨了3.5",
        "1,00人",
        "共1,0000",
        "8:30开门",
        "1⁄2天",
        "增长5%",
        "a4纸",
        "3d打印",
        "gb/t 22239-2019号",
        "第3-5号楼",
        "3",
        "3 5",
    ],
)
def test_longer_numbers_codes_and_digits_by_themselves_stay(text: str) -> None:
    assert fold(text).text == text
