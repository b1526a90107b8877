"""Lines of a terminal, in which a Han character is two columns wide."""

from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.command_line.columns import one_line, shorten, width, wrap

TEXTS = st.text(alphabet="渡船八点开，。“”abc 12.\n\t\u3000\x1b\u0301")


def test_a_han_character_is_two_columns_wide() -> None:
    assert width("渡船 8:00") == 9


def test_a_line_that_fits_is_left_alone() -> None:
    assert shorten("渡船八点开", 10) == "渡船八点开"


def test_a_line_that_is_wider_is_cut_where_a_whole_character_ends() -> None:
    assert shorten("渡船八点开", 9) == "渡船八…"
    assert shorten("渡船八点开", 8) == "渡船八…"
    assert shorten("渡船八点开", 7) == "渡船…"


def test_what_would_steer_the_terminal_is_shown_and_not_sent() -> None:
    assert one_line("红\x1b[31m字\n\t二") == "红\ufffd[31m字 二"


def test_a_word_is_not_broken_where_it_fits_on_a_line() -> None:
    assert wrap("编号 FN/T-110 交给谁", 12) == ["编号", "FN/T-110 交", "给谁"]
    assert wrap("abcdefgh", 3) == ["abc", "def", "gh"]


def test_punctuation_does_not_begin_a_line() -> None:
    assert wrap("渡船八点开。停航", 10) == ["渡船八点", "开。停航"]


def test_nothing_has_no_line() -> None:
    assert wrap(" \n", 10) == []


@settings(max_examples=100)
@given(text=TEXTS, columns=st.integers(min_value=4, max_value=30))
def test_no_line_is_wider_than_it_may_be_and_nothing_but_blanks_is_lost(text: str, columns: int) -> None:
    lines = wrap(text, columns)
    assert all(0 < width(line) <= columns for line in lines if line.strip("\u0301"))
    assert "".join("".join(lines).split()) == "".join(one_line(text).split())
    assert width(shorten(text, columns)) <= columns
