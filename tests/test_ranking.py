"""Which passages are given and in what order, above all for what stands in quotation marks."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.documents import Document
from retrieval.folding import HAN, fold
from retrieval.index import Index
from retrieval.indexing.memory import indexed
from retrieval.library import Library
from retrieval.passages import Passage
from retrieval.quotations import LOOKED_AT
from retrieval.ranking import KIND, WEIGHED, bonus, ranking, scored_tokens
from retrieval.readers.plain import read_plain
from retrieval.tokens import Tokenizer
from retrieval.vocabulary import NO_WORDS, Vocabulary

STRETCH = re.compile(rf"(?:(?![零〇一二两三四五六七八九十百千])[{HAN}]){{1,12}}")
"""A part of a number is no number: 百分之四 does not stand in 百分之四十."""


def index_of(
    tokenizer: Tokenizer, *texts: str, vocabulary: Vocabulary = NO_WORDS, title: str = "题目"
) -> Index:
    contents = [read_plain(text) for text in texts]
    documents = [
        Document(f"{number}.txt", title, content.text, content.paragraphs)
        for number, content in enumerate(contents)
    ]
    return indexed(documents, tokenizer, vocabulary)


def ranked(index: Index, question: str, limit: int = 3) -> tuple[list[str], tuple[str, ...]]:
    """Return the texts of the passages, best first, and what is unmet."""
    found, unmet = ranking(index, index.interpret(question), limit)
    return [index.passages[number].text for number, _ in found], unmet


def letters(passage: Passage) -> str:
    """Return what a passage says, with its title and headings, without layout."""
    parts = (passage.text, passage.origin.title, *passage.headings)
    return "\n".join("".join(fold(part).text.split()) for part in parts)


# What is quoted


@settings(max_examples=20, deadline=None)
@given(st.data())
def test_only_passages_that_hold_what_is_quoted_are_given_and_all_of_them(
    sample_library: Library, data: st.DataObject
) -> None:
    index = sample_library.index
    assert len(index.passages) <= LOOKED_AT  # beyond that, one that is broken over lines may be missed
    stretch = data.draw(st.sampled_from(STRETCH.findall(data.draw(st.sampled_from(index.passages)).text)))
    start = data.draw(st.integers(0, len(stretch) - 1))
    text = stretch[start : data.draw(st.integers(start + 1, len(stretch)))]
    mark = data.draw(st.sampled_from(["“{}”", '"{}"', "「{}」", "『{}』"]))
    beside = data.draw(st.sampled_from(["", "渡口的铃", "图书馆"]))
    query = index.interpret(f"{beside}{mark.format(text)}")
    found, unmet = ranking(index, query, len(index.passages))
    sought = "".join(fold(text).text.split())
    assert unmet == ()
    assert {number for number, _ in found} == {
        number for number, passage in enumerate(index.passages) if sought in letters(passage)
    }


def test_a_passage_that_holds_the_quotation_excludes_a_better_one_that_does_not(tokenizer: Tokenizer) -> None:
    better, holds = "渡船停航渡船停航，停航时挂红灯，红灯挂在亭子里。", "停航的事另说，渡船也是。红灯别挂。"
    index = index_of(tokenizer, better, holds)
    assert ranked(index, "渡船停航挂红灯") == ([better, holds], ())
    assert ranked(index, "渡船停航挂红灯“别挂”") == ([holds], ())


def test_where_no_passage_holds_the_quotation_the_best_without_are_given(tokenizer: Tokenizer) -> None:
    index = index_of(tokenizer, "渡船八点开。", "渡船停航要挂红灯。", "集市五点开。")
    best, _ = ranked(index, "渡船停航、挂蓝灯")
    assert ranked(index, "渡船“停航、挂蓝灯”") == (best, ("停航、挂蓝灯",))
    assert best[0] == "渡船停航要挂红灯。"


def test_of_several_quotations_those_that_stand_nowhere_are_named(tokenizer: Tokenizer) -> None:
    index = index_of(tokenizer, "渡船八点开。", "渡船停航要挂红灯。", "集市五点开。")
    assert ranked(index, "“渡船”和“红灯”") == (["渡船停航要挂红灯。"], ())
    assert ranked(index, "“渡船”“火箭”“飞艇”「火箭」") == (
        ["渡船八点开。", "渡船停航要挂红灯。"],
        ("火箭", "飞艇"),
    )


def test_quotations_that_never_stand_together_are_all_named(tokenizer: Tokenizer) -> None:
    index = index_of(tokenizer, "渡船八点开。", "集市五点开。", "别的。")
    found, unmet = ranked(index, "“渡船”“集市”")
    assert sorted(found) == ["渡船八点开。", "集市五点开。"]
    assert unmet == ("渡船", "集市")


def test_where_nothing_is_found_every_quotation_is_named(tokenizer: Tokenizer) -> None:
    assert ranked(index_of(tokenizer, "渡船。"), "“火箭”“飞艇”") == ([], ("火箭", "飞艇"))
    assert ranked(indexed((), tokenizer), "“火箭”") == ([], ("火箭",))


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("臺灣茶的沖泡。", "台湾茶"),
        ("台湾茶的冲泡。", "臺灣茶"),
        ("共四十户参加。", "40户"),
        ("共４０户参加。", "四十户"),
        ("填写ＦＮ表。", "fn表"),
        ("渡口的铃给了学\n    校的人。", "给了学校"),
        ("于 5 月 10 日开市。", "5月10日"),
        ("于5月10日开市。", "5 月 10 日"),
        ("看3·15晚会吧。", "3·15"),
        ("看“3·15”晚会吧。", "3·15"),
        ("第3条。", "3"),
        ("落实“四个一”工程。", "四个一工程"),
        ("他说‘好’就走。", "说「好」就"),
        ("按HR/T 203-2024办理。", "hr/t203-2024"),
        ("喝茶水两元。", "茶"),
    ],
)
def test_a_quotation_is_found_however_it_is_written(tokenizer: Tokenizer, text: str, quoted: str) -> None:
    index = index_of(tokenizer, f"渡口，{text}", "渡口，就是渡口。")
    assert ranked(index, f"渡口“{quoted}”") == ([index.passages[0].text], ())


@pytest.mark.parametrize("quoted", ["灯船", "题目渡船", "渡船挂灯", "5元", "五元", "收2", "fe"])
def test_a_quotation_is_not_put_together_from_what_is_apart(tokenizer: Tokenizer, quoted: str) -> None:
    index = index_of(tokenizer, "渡船，要挂灯ferry，收25元", title="船的题目")
    assert ranked(index, f"渡船“{quoted}”")[1] == (quoted,)


def test_a_number_that_is_quoted_does_not_stand_in_a_longer_one(tokenizer: Tokenizer) -> None:
    index = index_of(
        tokenizer, "住宿每晚不超过260元。", "住宿押金60元。", "住宿登记一百六十个，住宿登记住宿登记。"
    )
    assert ranked(index, "“60元”住宿") == (["住宿押金60元。"], ())
    assert ranked(index, "“60个”住宿登记")[1] == ("60个",)


@pytest.mark.parametrize("quoted", ["第201条", "第二百零一条", "2017", "GB/T 22239", "两天", "茶"])
def test_what_is_quoted_is_found_however_many_passages_are_better(tokenizer: Tokenizer, quoted: str) -> None:
    better = ["热词注册商标，热词注册商标。"] * (LOOKED_AT + 5)
    index = index_of(tokenizer, *better, f"商标法里{quoted}，说的是热词。")
    assert ranked(index, f"“{quoted}”注册热词商标") == ([f"商标法里{quoted}，说的是热词。"], ())


@pytest.mark.parametrize(("quoted", "code"), [("GB/T 22239", "GB/T 22239-2019"), ("v1.2", "v1.2.3")])
def test_a_quotation_may_be_the_beginning_of_a_longer_code(
    tokenizer: Tokenizer, quoted: str, code: str
) -> None:
    better = ["热词注册商标，GB/T 系列和 22239 无关，v1 和 2 也是。"] * (LOOKED_AT + 5)
    index = index_of(tokenizer, *better, f"商标法里{code}，说的是热词。")
    assert ranked(index, f"“{quoted}”注册热词商标") == ([f"商标法里{code}，说的是热词。"], ())


def test_a_quotation_may_stand_in_the_title_or_a_heading(tokenizer: Tokenizer) -> None:
    index = index_of(tokenizer, "第一章 摊位\n每个集日交五元。\n第二章 车辆\n开市以后不得驶入。")
    assert ranked(index, "“题目”开市")[1] == ()
    found, unmet = ranked(index, "“第二章 车辆”")
    assert (["驶入" in text for text in found], unmet) == ([True], ())


# The kind of answer


def test_the_kind_of_answer_that_is_asked_for_puts_a_passage_before_its_equal(tokenizer: Tokenizer) -> None:
    index = index_of(tokenizer, "集市收摊看天色。", "集市收摊要五点。")
    assert ranked(index, "集市收摊")[0] == ["集市收摊看天色。", "集市收摊要五点。"]
    assert ranked(index, "集市几点收摊")[0] == ["集市收摊要五点。", "集市收摊看天色。"]
    query = index.interpret("集市几点收摊")
    assert [bonus(passage, query) for passage in index.passages] == [1, 1 + KIND]
    assert {bonus(passage, index.interpret("集市收摊")) for passage in index.passages} == {1}


@settings(max_examples=20, deadline=None)
@given(st.sampled_from(["集市几点收摊", "茶", "“图书馆”什么时候开", "火箭", ""]), st.integers(0, 2 * WEIGHED))
def test_as_many_as_are_asked_for_come_best_first(sample_library: Library, question: str, limit: int) -> None:
    index = sample_library.index
    query = index.interpret(question)
    every, _ = ranking(index, query, len(index.passages))
    found, _ = ranking(index, query, limit)
    assert len(found) == min(len(every), max(limit, WEIGHED))
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)
    assert {*found} <= {*every}


# The tokens that score


def test_the_questions_tokens_those_of_its_alternatives_and_its_joints_score(tokenizer: Tokenizer) -> None:
    vocabulary = Vocabulary(synonyms=(("渡船", "渡船公司", "班轮"),))
    index = index_of(tokenizer, "班轮", vocabulary=vocabulary)
    scored = scored_tokens(index, index.interpret("渡船第1724号停航停航"))
    assert scored.count("停航") == 4  # twice, as a bigram and as a word
    assert scored.count("渡船") == 2
    assert {"公司", "班轮", "第1724", "1724号"} <= {*scored}


def test_a_single_character_scores_by_the_tokens_it_stands_in(tokenizer: Tokenizer) -> None:
    index = index_of(tokenizer, "泡茶用水，茶，再泡茶", vocabulary=Vocabulary(synonyms=(("茶", "茗香"),)))
    assert sorted({*scored_tokens(index, index.interpret("茶"))}) == sorted(
        {"泡茶", "茶用", "茶", *tokenizer("茗香")}
    )
    assert {"泡茶", "茶用", "用水"} <= {*scored_tokens(index, index.interpret("“茶”用水"))}
