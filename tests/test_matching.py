import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.documents import Span
from retrieval.matching import Finder, Occurrence, matches


def anywhere(_: Span) -> bool:
    return True


def seen(text: str, *tokens: str) -> list[str]:
    return [text[found.span.start : found.span.end] for found in Finder({*tokens})(text)]


def marked(text: str, tokens: set[str], words: set[str]) -> list[str]:
    return [text[span.start : span.end] for span in matches(Finder(tokens)(text), words, anywhere)]


def test_tokens_are_found_in_the_order_of_the_text_even_where_they_overlap() -> None:
    assert Finder({"书馆", "图书"})("图书馆闭馆，图书") == (
        Occurrence("图书", Span(0, 2)),
        Occurrence("书馆", Span(1, 3)),
        Occurrence("图书", Span(6, 8)),
    )


def test_of_tokens_that_begin_together_each_is_found_the_longest_first() -> None:
    assert seen("凭借书证入馆", "借书", "书证", "借书证", "借书证明") == ["借书证", "借书", "书证"]
    assert seen("按ISO 9001办，ISO9001也是", "iso", "9001", "iso 9001") == [
        "ISO 9001",
        "ISO",
        "9001",
        "ISO9001",
    ]


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
    assert Finder({token})(text)[0].token == token


@pytest.mark.parametrize("text", ["按ISO 9001认证", "按ISO9001认证"])
def test_a_blank_in_a_token_may_be_missing_in_the_text(text: str) -> None:
    (found,) = Finder({"iso 9001"})(text)
    assert (found.token, text[found.span.start : found.span.end]) == ("iso9001", text[1:-2])


@pytest.mark.parametrize("text", ["cats", "concat", "cat5", "9cat"])
def test_a_latin_token_is_not_found_inside_a_word(text: str) -> None:
    assert seen(text, "cat") == []
    assert seen(f"猫{text[:0]}cat猫", "cat") == ["cat"]


def test_the_parts_of_a_code_are_found_in_it() -> None:
    assert seen("HR/T 203-2024", "2024") == ["2024"]


def test_a_token_that_looks_like_a_pattern_is_taken_as_it_stands() -> None:
    assert seen("v1.5 v125", "v1.5") == ["v1.5"]


def test_without_tokens_nothing_is_found() -> None:
    assert Finder(set())("图书馆") == ()
    assert matches((), {"图书"}, anywhere) == ()


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
    for span in matches(Finder(tokens)(text), words, anywhere):
        assert at <= span.start < span.end <= len(text)
        at = span.end


def test_a_run_that_begins_or_ends_inside_a_word_of_the_question_is_not_marked() -> None:
    text = "值班补贴照发。"
    found = Finder({"班补", "补贴"})(text)
    assert [text[m.start : m.end] for m in matches(found, {"补贴"}, lambda _: False)] == ["补贴"]
    assert [text[m.start : m.end] for m in matches(found, {"补贴"}, anywhere)] == ["班补贴"]
