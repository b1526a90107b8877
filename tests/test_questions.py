from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.folding import fold
from retrieval.lexicon import Lexicon
from retrieval.questions import about, without
from retrieval.tokens import Tokenizer


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("为什么码头关门了？", ["码头关门了?"]),
        ("请问图书馆在哪里", ["图书馆在"]),
        ("怎样办理转正", ["办理转正"]),
        ("怎么办理转正", ["办理转正"]),
        ("哪一国来的船", ["来的船"]),
        ("船是哪一种", ["船是"]),
        ("网吧几点关门", ["网吧", "关门"]),
        ("渡口有没有护栏", ["渡口", "护栏"]),
        ("船票是多少钱一张呢？", ["船票", "钱一张", "?"]),
    ],
)
def test_the_words_that_merely_ask_are_left_out(
    tokenizer: Tokenizer, question: str, words: list[str]
) -> None:
    assert about(question, tokenizer).split() == words


def test_traditional_asking_words_are_left_out_as_well(tokenizer: Tokenizer) -> None:
    assert about("為什麼碼頭關門了？", tokenizer) == about("为什么码头关门了？", tokenizer)


@pytest.mark.parametrize("question", ["什么？", "为什么", "谁", "有没有", "怎么办呢", "可以吗", "可不可以"])
def test_a_question_of_nothing_but_asking_words_is_about_nothing(tokenizer: Tokenizer, question: str) -> None:
    assert not any(map(str.isalnum, about(question, tokenizer)))


@pytest.mark.parametrize(
    "greeting",
    [
        "你好",
        "您好！",
        "謝謝你",
        "好的。",
        "在吗？",
        "Thank you!",
        "👋 hello",
        "你好，在吗？",
        "好的谢谢",
        "收到，谢谢",
    ],
)
def test_a_greeting_is_about_nothing(tokenizer: Tokenizer, greeting: str) -> None:
    assert about(greeting, tokenizer) == ""


@pytest.mark.parametrize(
    "question",
    [
        "任何时候",
        "网吧",
        "许多大学",
        "很多高校",
        "谢谢了谁",
        "好的茶",
        "没有收到",
        "你好感谢信",
        "你好牌水壶",
        "几何课",
        "任何人",
        "茶几",
        "何小明",
        "哪吒",
    ],
)
def test_a_word_that_only_looks_like_one_is_kept(tokenizer: Tokenizer, question: str) -> None:
    assert about(question, tokenizer).strip() in fold(question).text
    assert len(about(question, tokenizer).strip()) >= len(question) - 1


@pytest.mark.parametrize("question", ["呢子大衣", "酒吧打烊", "吗啡", "呀诺达"])
def test_a_particle_asks_only_at_the_end_of_a_clause(tokenizer: Tokenizer, question: str) -> None:
    assert about(question, tokenizer) == question


@pytest.mark.parametrize("question", ["船开了吗", "船开了吗？", "船开了吗 还有票"])
def test_a_particle_at_the_end_of_a_clause_is_left_out(tokenizer: Tokenizer, question: str) -> None:
    assert "吗" not in about(question, tokenizer)


@pytest.mark.parametrize("question", ["", "？？？", " \n", "😀"])
def test_a_question_without_words_is_about_nothing_else(tokenizer: Tokenizer, question: str) -> None:
    assert about(question, tokenizer).strip() == fold(question).text.strip()


ASKED = st.lists(
    st.sampled_from(["什么", "為什麼", "请问", "吗", "呢", "谁", "？", " ", "茶", "渡口", "12", "ＦＮ"])
)


@settings(max_examples=100)
@given(ASKED)
def test_nothing_is_added_to_a_question(tokenizer: Tokenizer, pieces: list[str]) -> None:
    question = "".join(pieces)
    assert set(about(question, tokenizer)) <= {*fold(question).text, " "}


@settings(max_examples=100)
@given(ASKED)
def test_questions_that_fold_alike_are_about_the_same(tokenizer: Tokenizer, pieces: list[str]) -> None:
    question = "".join(pieces)
    assert about(question, tokenizer) == about(fold(question).text, tokenizer)


# The owner's stopwords

STOPWORDS = Lexicon(["的", "公司", "是不是", "镇政府", "政府", "as well as", "it", "之", "c++"])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("公司的目的", ["目的"]),
        ("目的是公司吗", ["目的是", "吗"]),
        ("的士是不是公司的", ["的士"]),
        ("镇政府的电话", ["电话"]),
        ("茶 as well as 水", ["茶", "水"]),
        ("it部门的digital it-2", ["部门", "digital", "it-2"]),
        ("渡口", ["渡口"]),
        ("", []),
    ],
)
def test_a_stopword_is_left_out_where_it_is_a_word_and_no_part_of_one(
    tokenizer: Tokenizer, content: str, words: list[str]
) -> None:
    assert without(content, STOPWORDS, tokenizer).split() == words


@pytest.mark.parametrize("content", ["公司", "公司的？", "的 镇政府"])
def test_a_question_of_nothing_but_stopwords_keeps_them(tokenizer: Tokenizer, content: str) -> None:
    assert without(content, STOPWORDS, tokenizer) == content


def test_a_stopword_does_not_tear_a_term(tokenizer: Tokenizer, derived: Path) -> None:
    content = "查镇政府卡"
    assert without(content, STOPWORDS, tokenizer) == "查 卡"
    assert without(content, STOPWORDS, Tokenizer(derived, ["镇政府卡"])) == content


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(["的", "目", "公司", "司机", "是不是", "镇", "政府", "it", "，", " ", "茶"])
    ).map("".join)
)
def test_leaving_out_stopwords_only_makes_blanks_of_them(tokenizer: Tokenizer, content: str) -> None:
    left = without(content, STOPWORDS, tokenizer)
    assert without(content, Lexicon([]), tokenizer) == content
    assert left == content or any(map(str.isalnum, left))
    rest = iter(content)
    assert all(character in rest for character in left.replace(" ", ""))  # a subsequence
