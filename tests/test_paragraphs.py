import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.paragraphs import paragraphs

BLANK = " \t\u3000\u2003\xa0\ufeff\u200b\n"
LINES = st.sampled_from(
    ["", "　　短行。", "字" * 30, "abc " * 12, "| 甲 | 乙 |", " \u3000", "一、标题", "\ufeff尾　"]
)
TEXTS = st.lists(LINES, max_size=25).map("\n".join) | st.text(st.characters() | st.sampled_from(BLANK))


def read(text: str) -> list[str]:
    return [text[span.start : span.end] for span in paragraphs(text)]


@settings(max_examples=150)
@given(TEXTS)
def test_paragraphs_are_in_order_and_only_blanks_are_outside(text: str) -> None:
    end = 0
    for span in paragraphs(text):
        assert text[end : span.start].strip(BLANK).strip() == ""
        assert end <= span.start < span.end
        assert not text[span.start].isspace()
        assert not text[span.end - 1].isspace()
        end = span.end
    assert text[end:].strip(BLANK).strip() == ""


@settings(max_examples=50)
@given(
    st.lists(st.text("一二三，。", min_size=1, max_size=60), max_size=10), st.sampled_from(["\n\n", "\n　　"])
)
def test_empty_lines_and_indents_separate(lines: list[str], separator: str) -> None:
    assert read(separator.join(lines)) == lines


def test_a_line_is_a_paragraph() -> None:
    assert read("第一行。\n第二行，\n第三行\n") == ["第一行。", "第二行，", "第三行"]


def test_long_lines_that_end_their_sentences_are_paragraphs() -> None:
    lines = ["他在渡口等了一夜，雾散的时候船才来，船上坐着一个谁也不认得的年轻人。"] * 20
    assert read("\n".join(lines)) == lines


@pytest.mark.parametrize("indent", ["　　", "    ", "\t", "\u2003\u2003", "\xa0\xa0", "\ufeff", "\u200b"])
def test_an_indent_is_outside(indent: str) -> None:
    assert read(f"{indent}正文。　\n{indent}又一段。{indent}") == ["正文。", "又一段。"]


PROSE = "青石河起雾的早晨渡口的铜铃要比平日响得多看不见船的人心里发慌总要多摇几下船工听得出是谁在摇铃" * 6
WIDTH = 36  # characters of two columns each


def wrapped(characters: int) -> str:
    """Return that many characters of prose in lines of equal width, the last as long as it comes."""
    return "\n".join(PROSE[i : min(i + WIDTH, characters)] for i in range(0, characters, WIDTH))


HARD = wrapped(7 * WIDTH)


def test_lines_broken_at_a_width_are_joined() -> None:
    assert read(HARD) == [HARD]
    assert read(HARD + "。") == [HARD + "。"]
    words = ("the lamp of the ferry was lit long before the fog had left the river and " * 8).split()
    english = "\n".join(" ".join(words[i : i + 12]) for i in range(0, len(words), 12))
    assert read(english) == [english]


def test_broken_lines_go_on_to_an_empty_line_an_indent_or_a_line_that_is_not_full() -> None:
    short = wrapped(6 * WIDTH + WIDTH // 2)
    assert read(f"{short}\n{HARD}") == [short, HARD]
    assert read(f"{HARD}\n\n{HARD}") == [HARD, HARD]
    assert read(f"{HARD}\n　　{HARD}") == [HARD, HARD]
    assert read(f"{HARD}　\n{HARD}") == [f"{HARD}　\n{HARD}"]


@pytest.mark.parametrize(
    "begin",
    ["第二条　", "二、", "（二）", "(2)", "2. ", "2、", "②", "- ", "• ", "| ", "## ", "```", "第三章 雾"],
)
def test_a_full_line_does_not_take_in_a_heading_or_an_item_below_it(begin: str) -> None:
    below = begin + PROSE[:20]
    assert read(f"{HARD}\n{below}") == [HARD, below]


def test_a_broken_line_may_go_on_with_a_number() -> None:
    text = f"{HARD}\n2020{HARD}"
    assert read(text) == [text]


def test_the_rows_of_a_table_are_not_joined() -> None:
    rows = ["| 编织车间的上班时间和下班时间 | 门市的上班时间和下班时间 |"] * 12
    assert read("\n".join(rows)) == rows


def test_a_few_full_lines_are_not_enough_to_join() -> None:
    lines = [PROSE[:WIDTH]] * 4
    assert read("\n".join(lines)) == lines


def test_lines_wider_than_any_page_are_not_joined() -> None:
    lines = [PROSE[:100]] * 12
    assert read("\n".join(lines)) == lines


@pytest.mark.parametrize("text", ["", "\n", " \n\u3000\n\ufeff"])
def test_a_blank_text_has_none(text: str) -> None:
    assert read(text) == []
