"""Courtesies in questions, and words that only look like some."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.courtesies import plainly
from retrieval.folding import fold
from retrieval.library import Library
from retrieval.search import search
from retrieval.tokens import Tokenizer

QUESTIONS = ["集市几点收市", "渡船几点开", "月卡多少钱", "发票丢了怎么办"]
BEFORE = [
    *(
        "请问",
        "请问一下",
        "问一下",
        "想问下",
        "麻烦问一下",
        "麻烦您告诉我",
        "请教一下",
        "咨询一下",
        "我想了解一下",
    ),
    *(
        "我想知道",
        "帮我查一下",
        "帮忙查下",
        "有人知道",
        "谁知道",
        "谁能告诉我",
        "请问各位",
        "请问一下有没有人知道",
    ),
    *("你好，", "您好！", "大家好，", "你好请问", "Hello, ", "不好意思打扰一下，我想问一下"),
]
BEHIND = ["，谢谢", "？谢谢大家！", "，麻烦了", " thanks", "，辛苦啦～"]


@pytest.fixture(scope="module")
def tokenizer(sample_library: Library) -> Tokenizer:
    return sample_library.index.tokenizer


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("before", BEFORE)
def test_how_one_begins_to_ask_is_no_part_of_the_question(
    tokenizer: Tokenizer, before: str, question: str
) -> None:
    assert plainly(fold(before + question).text, tokenizer) == fold(question).text


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("behind", BEHIND)
def test_thanks_behind_a_question_are_no_part_of_it(tokenizer: Tokenizer, behind: str, question: str) -> None:
    assert plainly(fold(question + behind).text, tokenizer).rstrip("?") == fold(question).text


@pytest.mark.parametrize(
    "question",
    [
        *(
            "我想了解放军的待遇",
            "咨询电话是多少",
            "谁能申请补贴",
            "要查身份证吗",
            "看下午的课表",
            "怎么说谢谢",
        ),
        *("有人受伤怎么办", "请教师节放假吗", "有谁参加了会议", "大家好的建议", "辛苦费多少", "请假条怎么写"),
        *("想问题的方法", "帮我", "查询系统怎么登录"),
    ],
)
def test_words_that_only_look_like_a_courtesy_are_asked_about(tokenizer: Tokenizer, question: str) -> None:
    assert plainly(fold(question).text, tokenizer) == fold(question).text


@given(st.text(st.sampled_from("请问一下我想知道你好，谢谢麻烦帮查集市吗？ 一")))
def test_only_beginning_and_end_are_taken_off(tokenizer: Tokenizer, question: str) -> None:
    folded = fold(question).text
    assert plainly(folded, tokenizer) in folded


@pytest.mark.parametrize("before", BEFORE)
def test_who_asks_politely_is_answered_as_anybody(sample_library: Library, before: str) -> None:
    plain = search(sample_library.index, "集市几点收市", 3)
    polite = search(sample_library.index, f"{before}集市几点收市，谢谢！", 3)
    assert (polite.verdict, [hit.number for hit in polite.hits]) == (
        plain.verdict,
        [hit.number for hit in plain.hits],
    )
