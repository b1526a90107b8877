from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.repeats import IN_NUMBERS, gist, repeats, unnumbered

NOTICE = (
    "渡口管理处定于2024年5月10日上午八点召开安全会议，请各船工准时参加，不得请他人代替。"
    "会议由镇长主持，先通报去年的检查情况，再讨论汛期停航的办法，最后安排渡船和码头的维修。"
)


@pytest.mark.parametrize(
    "same",
    [
        NOTICE,
        NOTICE.replace("，", "，\n    "),
        NOTICE.replace("2024年5月10日", "2024 年 5 月 10 日"),
        NOTICE.replace("会议，请", "会\n议，请"),
        NOTICE.replace("。", "！！").replace("，", " "),
        NOTICE.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"}),
        NOTICE.replace("2024年5月10日", "二〇二四年五月十日"),
        NOTICE.replace("渡口管理处定于", "渡口管理處定於").replace("会议", "會議"),
    ],
)
def test_a_text_in_other_layout_punctuation_script_or_width_is_a_repeat(same: str) -> None:
    assert list(repeats([NOTICE, same])) == [None, 0]


@pytest.mark.parametrize(
    "same",
    [
        f"渡口管理处文件\n\n{NOTICE}",
        f"{NOTICE}（节选）",
        f"通知：{NOTICE}",
        f"【转发】{NOTICE}\n渡口管理处",
        "渡口简报\n" + NOTICE.replace("10日", "10\n日") + "（节选）",
    ],
)
def test_a_text_under_a_letterhead_or_with_a_remark_behind_it_is_a_repeat(same: str) -> None:
    assert list(repeats([NOTICE, same])) == [None, 0]
    assert list(repeats([same, NOTICE])) == [None, 0]


RULE = (
    "学生凭证借书，每次一册，借期由管理员在书后写明，过期的先还后借，弄丢的照原价赔偿。"
    "阅览室里的报刊和工具书只在室内看，看完放回原来的架子，座位先到先坐，离开时把灯关上。"
    "每逢集日，管理员把新到的书目贴在门口，村民想看什么书可以写在本子上，由镇里统一采购。"
    "书架按门类编排，查找有困难的请管理员帮忙，带来的水杯和雨伞放在门边，小孩由大人看管。"
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (f"本馆办理借书。{RULE}", f"本馆停止办理借书。{RULE}"),
        (f"{RULE}款项由王小明付，李大华收。{RULE}", f"{RULE}款项由李大华付，王小明收。{RULE}"),
        (
            f"{RULE}由红星建筑公司付给蓝天置业公司。{RULE}",
            f"{RULE}由蓝天置业公司付给红星建筑公司。{RULE}",
        ),
        (NOTICE * 2, NOTICE + NOTICE.replace("镇长", "船长")),
        (NOTICE * 2, NOTICE + NOTICE.replace("主持", "亲自主持")),
        (NOTICE * 2, NOTICE + NOTICE.replace("各船工", "")),
        (RULE, f"女{RULE}"),
        (RULE, f"女 {RULE}"),
        (RULE, f"教师、{RULE}"),
        (f"只向{RULE}", f"只向教师、{RULE}"),
        (RULE, f"{RULE[:-1]}，教师优先。"),
        (f"甲方\n{RULE}", f"乙方\n{RULE}"),
    ],
)
def test_texts_of_which_a_word_says_something_else_are_no_repeats(one: str, other: str) -> None:
    assert list(repeats([one, other])) == [None, None]
    assert list(repeats([other, one])) == [None, None]


@pytest.mark.parametrize(
    "remark", ["停办", "终止", "暂缓", "拒办", "作废", "免费", "教师除外", "取消", "失效", "勿用"]
)
def test_a_text_that_is_revoked_or_restricted_apart_is_no_repeat(remark: str) -> None:
    assert list(repeats([RULE, f"{RULE}（{remark}）"])) == [None, None]


def test_what_is_added_to_a_repeat_is_at_most_a_tenth_of_the_whole() -> None:
    text = "".join(chr(0x4E8C + i * 40) for i in range(90))
    assert list(repeats([text, f"{text}\n{'茶' * 10}"])) == [None, 0]
    assert list(repeats([text, f"{text}\n{'茶' * 11}"])) == [None, None]


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("5月", "6月"),
        ("10日", "十二日"),
        ("2024年", "2023年"),
        ("八点", "9点"),
        ("不得", "可得"),
        ("安全会议", "两场会议"),
        ("安全会议", "Ⅱ级会议"),
        ("汛期", "60%"),
    ],
)
def test_texts_that_differ_in_a_number_or_a_negation_are_no_repeats(here: str, there: str) -> None:
    long = NOTICE * 5
    assert list(repeats([long, long.replace(here, there, 1)])) == [None, None]


@pytest.mark.parametrize(
    ("one", "other"), [("共两年", "共半年"), ("Ⅱ类", "Ⅲ类"), ("60%", "60‰"), ("三千", "三万"), ("3.5", "35")]
)
def test_one_number_is_not_another_however_it_is_written(one: str, other: str) -> None:
    assert list(repeats([NOTICE * 5 + one, NOTICE * 5 + other])) == [None, None]


def test_short_texts_repeat_only_what_is_the_same_word_for_word() -> None:
    assert list(repeats(["渡船停航", "渡船停航。", "渡船开航", "茶", "茶！", "水", ""])) == [
        None,
        0,
        None,
        None,
        3,
        None,
        None,
    ]


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([NOTICE, NOTICE * 2, "渡船停航，挂红灯。", ""]),
            st.text(st.sampled_from("，。\n 不3三半镇"), max_size=3),
        ).map("".join),
        max_size=8,
    )
)
def test_a_repeat_is_like_an_earlier_text_that_is_new_and_no_two_new_ones_are_alike(texts: list[str]) -> None:
    gists = [gist(text) for text in texts]
    new: list[int] = []
    for number, earlier in enumerate(repeats(texts)):
        assert earlier == next((other for other in new if gists[number].is_like(gists[other])), None)
        new += [number] if earlier is None else []


@settings(max_examples=60)
@given(
    st.text(st.sampled_from("渡船停航不3三，。 \nab"), max_size=12), st.text("渡船停航不3三，", max_size=12)
)
def test_likeness_goes_both_ways_and_every_text_is_like_itself(one: str, other: str) -> None:
    assert gist(one).is_like(gist(one))
    assert gist(one).is_like(gist(other)) == gist(other).is_like(gist(one))


def test_the_texts_are_read_only_as_far_as_is_asked_for() -> None:
    def endless() -> Iterator[str]:
        while True:
            yield NOTICE

    found = repeats(endless())
    assert [next(found) for _ in range(3)] == [None, 0, 0]


@given(
    text=st.text(
        st.sampled_from("渡船運费约在第两二三十百千万亿分之点零〇○oO号日月年2０5,.-/％%½ \n，。éAb"),
        max_size=40,
    )
    | st.text()
)
def test_the_letters_in_no_number_are_those_of_the_gist_without_the_rest(text: str) -> None:
    assert unnumbered(text) == "".join(each for each in gist(text).letters if each not in IN_NUMBERS)
