import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.documents import Span
from retrieval.sentences import clauses, fitting, sentences

TEXTS = st.text(st.characters() | st.sampled_from('渡口3。！？；，、：.…”’」）" \n'), max_size=80)
NO_LIMIT = 1000


def cut(text: str, longest: int = NO_LIMIT) -> list[str]:
    return [text[span.start : span.end] for span in fitting(text, longest)]


@settings(max_examples=150)
@given(TEXTS, st.integers(1, 30))
def test_put_together_they_are_the_text_and_none_is_over_the_limit(text: str, longest: int) -> None:
    parts = cut(text, longest)
    assert "".join(parts) == text
    assert all(0 < len(part) <= longest for part in parts)


@settings(max_examples=100)
@given(TEXTS, TEXTS)
def test_a_blank_after_a_full_stop_divides_whatever_is_around_it(before: str, after: str) -> None:
    parts = cut(f"{before}。\n{after}")
    ends = {sum(map(len, parts[:count])) for count in range(len(parts) + 1)}
    blanks = len(after) - len(after.lstrip())
    assert len(before) + 2 + blanks in ends


def test_a_sentence_ends_at_its_full_stop() -> None:
    assert cut("雾散了。船来了！谁？他；我…完") == ["雾散了。", "船来了！", "谁？", "他；", "我…", "完"]


@pytest.mark.parametrize("quotes", ["“”", "‘’", "「」", "『』", "（）", "《》", "【】", '""'])
def test_what_closes_stays_with_its_sentence(quotes: str) -> None:
    assert cut(f"{quotes[0]}不卖。{quotes[1]}秦守义说。") == [f"{quotes[0]}不卖。{quotes[1]}", "秦守义说。"]


def test_several_ends_are_one() -> None:
    assert cut("真的？！是啊……走吧。") == ["真的？！", "是啊……", "走吧。"]


@pytest.mark.parametrize("text", ["宽3.5米", "见www.example.com", "v1.2.3", "1. 加强领导", "共 12. 其中"])
def test_the_point_of_a_number_or_a_name_ends_nothing(text: str) -> None:
    assert cut(text) == [text]


def test_an_english_sentence_ends_at_its_full_stop() -> None:
    assert cut("The fog left. The boat came.") == ["The fog left. ", "The boat came."]


def test_the_blanks_behind_belong_to_a_sentence() -> None:
    assert cut("一。 \n　二。") == ["一。 \n　", "二。"]


def test_a_long_sentence_is_cut_at_its_commas() -> None:
    assert cut("一二三，四五六，七八九。", 8) == ["一二三，四五六，", "七八九。"]
    assert cut("一二三，四五六，七八九。", 12) == ["一二三，四五六，七八九。"]


def test_a_long_clause_is_cut_anywhere() -> None:
    assert cut("一二三四五六七，八。", 3) == ["一二三", "四五六", "七，", "八。"]


@settings(max_examples=100)
@given(TEXTS, st.integers(1, 30))
def test_the_clauses_of_a_sentence_are_the_sentence(text: str, longest: int) -> None:
    for sentence in sentences(text):
        parts = [text[span.start : span.end] for span in clauses(text, sentence, longest)]
        assert "".join(parts) == text[sentence.start : sentence.end]
        assert all(0 < len(part) <= longest for part in parts)


def test_a_clause_ends_at_its_comma() -> None:
    text = "雾散了，船、灯：都在。"
    parts = [text[span.start : span.end] for span in clauses(text, Span(0, len(text)), NO_LIMIT)]
    assert parts == ["雾散了，", "船、", "灯：", "都在。"]


def test_an_empty_text_has_none() -> None:
    assert cut("") == []
