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


@pytest.mark.parametrize("leader", [".", "·", ". ", "…"])
def test_a_line_that_leads_to_the_number_of_a_page_is_a_paragraph(leader: str) -> None:
    lines = [f"渡口{leader * 60}"[:62] + str(page) for page in range(10, 30)]
    assert read("\n".join([*lines, HARD])) == [*lines, HARD]


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


SENTENCES = st.lists(
    st.text("河面起了雾船工听得出铃声里有几分着急", min_size=6, max_size=24), min_size=3, max_size=9
).map(lambda clauses: "，".join(clauses) + "。")
"""A paragraph of prose, longer than a line."""


def broken(paragraph: str, width: int) -> str:
    """The paragraph in lines of so many characters, none of which begins with a mark."""
    lines = [""]
    for character in paragraph:
        if len(lines[-1]) >= width and character not in "，。":
            lines.append("")
        lines[-1] += character
    return "\n".join(lines)


@settings(max_examples=40, derandomize=True)  # by rare chance, random letters look like something else
@given(
    st.lists(SENTENCES.filter(lambda words: len(words) > 60), min_size=1, max_size=4),
    st.integers(20, 28),
    st.sampled_from([("　　", "\n"), ("　　", "\n\n"), ("", "\n\n")]),
)
def test_a_few_lines_broken_at_a_width_are_joined(said: list[str], width: int, form: tuple[str, str]) -> None:
    indent, between = form
    text = "停水告知\n\n" + between.join(broken(indent + words, width) for words in said)
    assert [line.replace("\n", "") for line in read(text)] == ["停水告知", *said]


@settings(max_examples=40)
@given(
    st.lists(st.text("河面起了雾船工听得出铃声", min_size=4, max_size=18), min_size=2, max_size=12),
    st.sampled_from(["", "，", "。", "；"]),
)
def test_verse_and_addresses_keep_their_lines(lines: list[str], end: str) -> None:
    # Longer ones of which several have one length by chance look as if a page had broken them.
    lines = [line + end for line in lines]
    assert read("\n".join(lines)) == lines


@pytest.mark.parametrize(
    "lines",
    [
        ["李一　　王二　　张三　　赵四　　孙五　　钱六　　周七"] * 4,
        ["码头值班室电话八四五一二二九零，联系人罗鹏程老师傅"] + ["青石镇老街十二号，联系人祁嘉懿"] * 2,
        ["“这座桥是哪一年修的，你们镇上还有谁记得清楚？”他问", "“光绪年间，石碑上刻着。”", "没人再说话。"],
        ["为落实防汛责任，请各单位遵照执行，不得有任何的延误。", "青石市水务局", "2024年5月1日"],
        ["青石市水务局关于做好今年防汛，抗旱和抢险工作的通知", "请各单位接到通知以后，立刻检查水闸和堤坝。"],
    ],
)
def test_what_the_author_parted_is_not_joined(lines: list[str]) -> None:
    assert read("\n".join(lines)) == lines


def test_a_full_line_that_ends_its_sentence_takes_in_no_signature() -> None:
    first, second = ("河上起雾的早晨，" * 9)[: WIDTH - 1] + "雾", "船工听铃，" * 7 + "。"
    text = f"　　{first}\n{second}\n青石渡口管理所"
    assert read(text) == [f"{first}\n{second}", "青石渡口管理所"]


def test_an_article_whose_number_stands_apart_is_prose_and_joined() -> None:
    article = "　　第一条　为加强停车场的管理，规范停车的秩序，方便群众出行，根据规\n定，制定本办法。"
    assert read(f"管理办法\n\n{article}\n　　第二条　本办法适用于本镇。\n") == [
        "管理办法",
        article.strip(),
        "第二条　本办法适用于本镇。",
    ]
