import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from prompt_toolkit.utils import get_cwidth

from bot.terminal.ansi import render
from bot.terminal.markup import FormattedText, parse

HAN_AND_LATIN = st.text(alphabet="中文字，。（）《 abc.", max_size=60)


def shown(markup: str, width: int | None = None) -> str:
    return render(parse(markup), width=width)


def test_a_pipe_gets_plain_text() -> None:
    assert shown("<b>粗</b><i>斜</i><code>码</code>") == "粗斜码"


def test_a_terminal_gets_bold_as_bold_and_italic_as_italic() -> None:
    assert shown("一<b>粗</b><i>斜</i>", width=80) == "一\x1b[1m粗\x1b[0m\x1b[3m斜\x1b[0m"


def test_bold_in_italic_is_both() -> None:
    assert shown("<i>斜<b>粗斜</b></i>", width=80) == "\x1b[3m斜\x1b[0m\x1b[1;3m粗斜\x1b[0m"


def test_a_link_shows_its_address() -> None:
    assert shown('见<a href="http://a.b/">此处</a>。') == "见此处 (http://a.b/)。"


def test_a_link_whose_text_is_its_address_shows_it_once() -> None:
    assert shown('<a href="http://a.b/">http://a.b/</a>') == "http://a.b/"


def test_each_line_of_a_quote_has_a_bar() -> None:
    assert shown("前\n<blockquote>甲\n乙</blockquote>\n后") == "前\n┃ 甲\n┃ 乙\n后"
    assert shown("<blockquote expandable>甲\n\n乙</blockquote>") == "┃ 甲\n┃ \n┃ 乙"


def test_a_quote_stands_on_its_own_lines() -> None:
    assert shown("前<blockquote>甲</blockquote>后") == "前\n┃ 甲\n后"
    assert shown("<blockquote>甲</blockquote><blockquote>乙</blockquote>") == "┃ 甲\n┃ 乙"


def test_only_the_line_end_at_a_quote_belongs_to_the_quote() -> None:
    assert shown("<blockquote>甲</blockquote>\n\n后") == "┃ 甲\n\n后"


def test_the_bar_is_coloured_and_stands_before_wrapped_lines_too() -> None:
    bar = "\x1b[36m┃\x1b[0m "
    assert shown("<blockquote>一二三四五</blockquote>", width=8) == f"{bar}一二三\n{bar}四五"


def test_han_characters_take_two_columns() -> None:
    assert shown("一二三四五", width=5) == "一二\n三四\n五"


def test_words_are_not_torn_and_the_break_replaces_the_blank() -> None:
    assert shown("one two three", width=9) == "one two \nthree"
    assert shown("one two three", width=7) == "one two\nthree"
    assert shown("one two ", width=7) == "one two"


def test_a_word_longer_than_the_line_is_torn() -> None:
    assert shown("abcdefgh", width=3) == "abc\ndef\ngh"


def test_punctuation_keeps_to_its_character() -> None:
    assert shown("一二三，四", width=6) == "一二\n三，四"
    assert shown("一二（三）", width=6) == "一二\n（三）"


def test_a_pipe_gets_no_wrapping() -> None:
    assert shown("一二三四五六七八九十" * 20) == "一二三四五六七八九十" * 20


@pytest.mark.parametrize("width", [None, 80])
def test_a_document_cannot_steer_the_terminal(width: int | None) -> None:
    assert render(FormattedText("甲\x1b[2J\x9b乙\r\t丙"), width=width) == "甲\ufffd[2J\ufffd乙\ufffd 丙"


@settings(max_examples=60)
@given(HAN_AND_LATIN, st.integers(min_value=2, max_value=30))
def test_no_line_is_wider_than_the_terminal(text: str, width: int) -> None:
    assert all(get_cwidth(line) <= width for line in render(FormattedText(text), width=width).split("\n"))


@settings(max_examples=60)
@given(HAN_AND_LATIN, st.integers(min_value=2, max_value=30))
def test_wrapping_loses_nothing_but_blanks(text: str, width: int) -> None:
    assert re.sub(r"\s", "", render(FormattedText(text), width=width)) == text.replace(" ", "")


def test_a_link_into_telegram_is_shown_without_its_address() -> None:
    shown = render(
        parse('<a href="https://t.me/chuchu_bot?start=p_x">第 3 段</a> <a href="https://a.b/">网</a>')
    )
    assert "t.me" not in shown
    assert "https://a.b/" in shown
