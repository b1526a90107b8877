import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.documents import Document
from retrieval.matching import Finder
from retrieval.passages import Passage, split
from retrieval.quoting import LONGEST, Sought, best_sentence
from retrieval.readers.markdown import read_markdown
from retrieval.readers.plain import read_plain


def passages(text: str) -> tuple[Passage, ...]:
    content = read_markdown(text)
    return split(Document("a.md", "题目", content.text, content.paragraphs))


def quoted(passage: Passage, weights: dict[str, float], *above: str, kind: str | None = None) -> str:
    sought = Sought(weights, {*above}, re.compile(kind) if kind else None)
    sentence = best_sentence(passage, Finder(weights.keys())(passage.text), sought)
    return passage.text[sentence.start : sentence.end]


def test_the_sentence_whose_tokens_weigh_most_is_quoted() -> None:
    (passage,) = passages("渡船八点开。渡船停航要挂红灯。灯在亭子里。")
    assert quoted(passage, {"渡船": 1.0, "停航": 2.0}) == "渡船停航要挂红灯。"
    assert quoted(passage, {"渡船": 1.0, "亭子": 1.5}) == "灯在亭子里。"


def test_a_token_that_is_repeated_weighs_once() -> None:
    (passage,) = passages("渡船挨着渡船，后面还有渡船。昨夜忽然停航，今早才开。")
    assert quoted(passage, {"渡船": 1.0, "停航": 2.0}) == "昨夜忽然停航，今早才开。"


def test_of_equal_sentences_the_first_is_quoted() -> None:
    (passage,) = passages("渡船八点开。渡船六点收。")
    assert quoted(passage, {"渡船": 1.0}) == "渡船八点开。"
    assert quoted(passage, {}) == "渡船八点开。"


def test_a_heading_is_quoted_only_where_there_is_nothing_else() -> None:
    assert quoted(passages("# 题\n\n## 渡船停航\n\n挂红灯。")[-1], {"渡船": 1.0}) == "挂红灯。"
    assert quoted(passages("# 题\n\n正文。\n\n## 渡船停航")[-1], {"渡船": 1.0}) == "## 渡船停航"


@pytest.mark.parametrize("sought", ["电脑", "购置", "李明"])
def test_a_row_of_a_table_is_quoted_whole(sought: str) -> None:
    row = "名称: 电脑; 使用人: 李明; 购置日期: 2022-05-10; 原值: 11999"
    (passage,) = passages(row)
    assert quoted(passage, {sought: 1.0}) == row


def test_a_long_row_is_quoted_in_part() -> None:
    (passage,) = passages("名称: 电脑; " + "; ".join(f"第{n}年的情况: 照常使用" for n in range(20)))
    assert len(quoted(passage, {"电脑": 1.0})) <= LONGEST


def test_a_heading_that_runs_into_its_text_is_quoted_with_what_it_says() -> None:
    content = read_plain("规矩\n\n一、每月要开会。地点在楼上。\n二、每周五打扫卫生。各部门派一人参加。")
    (passage, *_) = [
        each
        for each in split(Document("a.txt", "规矩", content.text, content.paragraphs))
        if "打扫" in each.text
    ]
    assert "每周五打扫卫生。各部门派一人参加。" in quoted(passage, {"打扫": 1.0, "卫生": 1.0}, "打扫", "卫生")


def test_a_long_sentence_is_quoted_in_part() -> None:
    (passage,) = passages("一句没有句号的话，" * 20 + "渡船停航，" + "又说了很多，" * 10)
    sentence = quoted(passage, {"停航": 1.0})
    assert "停航" in sentence
    assert len(sentence) <= LONGEST


def test_a_sentence_lies_in_its_window_of_a_very_long_paragraph() -> None:
    windows = passages("".join(f"第{n}天渡船照开，晚上收船。" for n in range(100)))
    assert len(windows) > 1
    for window in windows:
        assert quoted(window, {"收船": 1.0}).endswith("收船。")


def test_a_long_sentence_is_quoted_to_its_end_where_that_says_as_much() -> None:
    (passage,) = passages("开头说了许多别的话，" * 12 + "渡船停航，要挂红灯，并且在岸上敲钟。")
    assert quoted(passage, {"停航": 1.0}).endswith("渡船停航，要挂红灯，并且在岸上敲钟。")


@pytest.mark.parametrize("echo", ["渡船停航怎么办？", "渡船停航。"])
def test_a_sentence_that_only_repeats_the_question_is_passed_over(echo: str) -> None:
    (passage,) = passages(f"{echo}渡船停航的时候，岸上要挂红灯。")
    assert quoted(passage, {"渡船": 1.0, "停航": 1.0, "怎么": 0.5}) == "渡船停航的时候，岸上要挂红灯。"


def test_a_heading_that_begins_its_paragraph_is_passed_over() -> None:
    (passage,) = passages("题目一则\n\n（一）渡船停航要怎么办。岸上挂红灯，敲三下钟。")
    assert quoted(passage, {"渡船": 1.0, "停航": 1.0}) == "岸上挂红灯，敲三下钟。"


def test_what_the_heading_says_already_counts_less() -> None:
    (passage,) = passages("渡船停航是常有的事情。挂的灯是红的颜色。")
    weights = {"渡船": 1.0, "停航": 1.0, "灯": 1.5}
    assert quoted(passage, weights) == "渡船停航是常有的事情。"
    assert quoted(passage, weights, "渡船", "停航") == "挂的灯是红的颜色。"


def test_the_sentence_with_the_kind_of_answer_that_is_asked_for_comes_before_its_equal() -> None:
    (passage,) = passages("渡船停航看天色。渡船停航要两天。天气好了就开船。")
    weights = {"渡船": 1.0, "停航": 1.0}
    assert quoted(passage, weights) == "渡船停航看天色。"
    assert quoted(passage, weights, kind="两天") == "渡船停航要两天。"
    assert quoted(passage, weights, kind="天气") == "渡船停航看天色。"


def test_a_sentence_of_several_parts_is_quoted_whole_where_it_is_short_enough() -> None:
    text = "渡船八点开，六点收；停航的时候，岸上挂红灯；赶集的日子，多开一班船。"
    (passage,) = passages(f"{text}别的另说。")
    assert quoted(passage, {"停航": 1.0}) == text
    assert quoted(passage, {"赶集": 1.0}) == text


def test_of_a_long_one_whole_parts_are_quoted() -> None:
    parts = [f"第{number}等的船，{'说了许多的话，' * 5}到{number}号码头靠岸；" for number in "一二三四"]
    (passage,) = passages("".join(parts))
    assert len(passage.text) > LONGEST > len(parts[0]) * 2
    assert quoted(passage, {"第二": 1.0, "第三": 1.0}) == "".join(parts[1:3])
    assert quoted(passage, {"第三": 1.0, "第四": 1.0}) == "".join(parts[2:])


@pytest.mark.parametrize("heading", ["渡口须知", "（三月六日）", "“安全第一”"])
def test_a_heading_that_runs_into_a_long_sentence_is_left_out(heading: str) -> None:
    sentence = f"岸上挂红灯，{'敲三下钟，' * 22}就好。"
    (passage,) = passages(f"{heading}　{sentence}")
    assert len(sentence) <= LONGEST < len(passage.text)
    assert quoted(passage, {"红灯": 1.0}) == sentence


def test_a_blank_beside_a_latin_word_is_no_gap() -> None:
    (passage,) = passages("填写 FN 表以后，岸上挂红灯，敲三下钟。")
    assert quoted(passage, {"红灯": 1.0}) == "填写 FN 表以后，岸上挂红灯，敲三下钟。"


@settings(max_examples=80)
@given(
    st.text(st.sampled_from("渡船停航红灯，；。 　\n“”"), min_size=1, max_size=200).filter(str.strip),
    st.dictionaries(st.sampled_from(["渡船", "停航", "红灯", "船停"]), st.floats(0.5, 9)),
)
def test_what_is_quoted_is_a_part_of_the_passage_and_never_over_long(
    text: str, weights: dict[str, float]
) -> None:
    for passage in passages(text):
        found = Finder(weights.keys())(passage.text)
        span = best_sentence(passage, found, Sought(weights, set()))
        assert 0 <= span.start < span.end <= len(passage.text)
        assert span.end - span.start <= LONGEST
        quote = passage.text[span.start : span.end]
        assert quote == quote.strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "**问：发票抬头写什么？**\n\n答：写公司全称。\n\n押金另收。",
            "问：发票抬头写什么？**\n\n答：写公司全称。",
        ),
        ("老周问发票抬头写什么？小陈说写公司全称。", "老周问发票抬头写什么？小陈说写公司全称。"),
        ("发票抬头见下表：\n\n写公司全称的有三家。", "发票抬头见下表：\n\n写公司全称的有三家。"),
    ],
)
def test_what_asks_or_announces_is_quoted_with_what_follows(text: str, expected: str) -> None:
    [passage] = passages(text)
    assert quoted(passage, {"发票": 1, "抬头": 1}).endswith(expected)


def test_what_announces_a_long_sentence_is_quoted_alone() -> None:
    [passage] = passages(f"发票抬头见下表：\n\n{'写公司全称，' * 30}。")
    assert quoted(passage, {"发票": 1, "抬头": 1}) == "发票抬头见下表："
