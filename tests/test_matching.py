import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.documents import Document, Span
from retrieval.matching import LONGEST_SENTENCE, Occurrence, best_sentence, matches, occurrences
from retrieval.passages import Passage, split
from retrieval.readers.markdown import read_markdown


def passages(text: str) -> tuple[Passage, ...]:
    content = read_markdown(text)
    return split(Document("a.md", "题目", content.text, content.paragraphs))


def seen(text: str, *tokens: str) -> list[str]:
    return [text[found.span.start : found.span.end] for found in occurrences(text, {*tokens})]


def marked(text: str, tokens: set[str], words: set[str]) -> list[str]:
    return [text[span.start : span.end] for span in matches(occurrences(text, tokens), words)]


def quoted(passage: Passage, weights: dict[str, float]) -> str:
    sentence = best_sentence(passage, occurrences(passage.text, weights.keys()), weights)
    return passage.text[sentence.start : sentence.end]


def test_tokens_are_found_in_the_order_of_the_text_even_where_they_overlap() -> None:
    assert occurrences("图书馆闭馆，图书", {"书馆", "图书"}) == (
        Occurrence("图书", Span(0, 2)),
        Occurrence("书馆", Span(1, 3)),
        Occurrence("图书", Span(6, 8)),
    )


@pytest.mark.parametrize(
    ("text", "token", "stretch"),
    [
        ("臺灣茶的沖泡", "台湾", "臺灣"),
        ("填ＦＮ表", "fn", "ＦＮ"),
        ("重5㎏，", "5kg", "5㎏"),
        ("一Café店", "cafe", "Café"),
        ("下了1阵雨", "一阵", "1阵"),
        ("編號 HR/T 203-2024。", "hr/t203-2024", "HR/T 203-2024"),
        ("編號 HR/T203-2024。", "hr/t203-2024", "HR/T203-2024"),
    ],
)
def test_a_match_is_the_original_text_however_it_is_written(text: str, token: str, stretch: str) -> None:
    assert seen(text, token) == [stretch]
    assert occurrences(text, {token})[0].token == token


@pytest.mark.parametrize("text", ["cats", "concat", "cat5", "9cat"])
def test_a_latin_token_is_not_found_inside_a_word(text: str) -> None:
    assert seen(text, "cat") == []
    assert seen(f"猫{text[:0]}cat猫", "cat") == ["cat"]


def test_the_parts_of_a_code_are_found_in_it() -> None:
    assert seen("HR/T 203-2024", "2024") == ["2024"]


def test_a_token_that_looks_like_a_pattern_is_taken_as_it_stands() -> None:
    assert seen("v1.5 v125", "v1.5") == ["v1.5"]


def test_without_tokens_nothing_is_found() -> None:
    assert occurrences("图书馆", set()) == ()
    assert matches((), {"图书"}) == ()


def test_words_of_the_question_are_marked() -> None:
    assert marked("到图书馆借书", {"图书", "书馆", "图书馆"}, {"图书馆"}) == ["图书馆"]


def test_a_lone_bigram_that_is_no_word_is_not_marked() -> None:
    assert marked("陶器馆", {"器馆"}, {"图书馆"}) == []


def test_a_longer_run_in_common_is_marked_though_no_word_is_in_it() -> None:
    assert marked("问秦守义吧", {"秦守", "守义"}, set()) == ["秦守义"]


def test_marks_that_overlap_become_one_and_neighbours_stay_apart() -> None:
    assert marked("新闻树生长", {"闻树", "树生", "新闻"}, {"新闻"}) == ["新闻树生"]
    assert marked("停航渡船", {"停航", "渡船"}, {"停航", "渡船"}) == ["停航", "渡船"]


@settings(max_examples=100)
@given(
    st.text("渡船停航1一ab c-", max_size=30),
    st.sets(st.text("渡船停航一ab", min_size=1, max_size=4), max_size=6),
    st.data(),
)
def test_marks_are_in_order_disjoint_and_within_the_text(
    text: str, tokens: set[str], data: st.DataObject
) -> None:
    words = data.draw(st.sets(st.sampled_from(sorted(tokens)))) if tokens else set()
    at = 0
    for span in matches(occurrences(text, tokens), words):
        assert at <= span.start < span.end <= len(text)
        at = span.end


def test_the_sentence_whose_tokens_weigh_most_is_quoted() -> None:
    (passage,) = passages("渡船八点开。渡船停航要挂红灯。灯在亭子里。")
    assert quoted(passage, {"渡船": 1.0, "停航": 2.0}) == "渡船停航要挂红灯。"
    assert quoted(passage, {"渡船": 1.0, "亭子": 1.5}) == "灯在亭子里。"


def test_a_token_that_is_repeated_weighs_once() -> None:
    (passage,) = passages("渡船，渡船，渡船。停航。")
    assert quoted(passage, {"渡船": 1.0, "停航": 2.0}) == "停航。"


def test_of_equal_sentences_the_first_is_quoted() -> None:
    (passage,) = passages("渡船八点开。渡船六点收。")
    assert quoted(passage, {"渡船": 1.0}) == "渡船八点开。"
    assert quoted(passage, {}) == "渡船八点开。"


def test_a_heading_is_quoted_only_where_there_is_nothing_else() -> None:
    assert quoted(passages("# 题\n\n## 渡船停航\n\n挂红灯。")[-1], {"渡船": 1.0}) == "挂红灯。"
    assert quoted(passages("# 题\n\n正文。\n\n## 渡船停航")[-1], {"渡船": 1.0}) == "## 渡船停航"


def test_a_long_sentence_is_quoted_in_part() -> None:
    (passage,) = passages("一句没有句号的话，" * 20 + "渡船停航，" + "又说了很多，" * 10)
    sentence = quoted(passage, {"停航": 1.0})
    assert "停航" in sentence
    assert len(sentence) <= LONGEST_SENTENCE


def test_a_sentence_lies_in_its_window_of_a_very_long_paragraph() -> None:
    windows = passages("".join(f"第{n}天渡船照开，晚上收船。" for n in range(100)))
    assert len(windows) > 1
    for window in windows:
        assert quoted(window, {"收船": 1.0}).endswith("收船。")
