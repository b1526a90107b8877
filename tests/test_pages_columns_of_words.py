"""The rows of tables without lines between their columns carry their header, where columns are clear."""

from collections.abc import Sequence
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table

from retrieval.documents import Content
from retrieval.readers.pages.pdf import read

SONG = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(SONG))

BODY = ParagraphStyle("body", fontName=SONG, fontSize=12, leading=20, wordWrap="CJK")
SENTENCE = (
    "河上起雾的早晨渡口的铜铃要比平日响得多，因为看不见船的人心里发慌，撑船的老人说这条河从来没有断过水。"
)
WORDS = [("FONT", (0, 0), (-1, -1), SONG, 12)]
THREE_LINES = [
    *WORDS,
    ("LINEABOVE", (0, 0), (-1, 0), 1.5, "black"),
    ("LINEBELOW", (0, 0), (-1, 0), 0.75, "black"),
    ("LINEBELOW", (0, -1), (-1, -1), 1.5, "black"),
]
CATCH = [["渡口", "早班", "船工"], ["青石渡", "大雾", "李二牛"], ["柳林渡", "晴", "张三"]]
CATCH_SAID = ["渡口: 青石渡; 早班: 大雾; 船工: 李二牛", "渡口: 柳林渡; 早班: 晴; 船工: 张三"]

Style = Sequence[tuple[object, ...]]


def flowed(*flowables: Flowable) -> Content:
    file = BytesIO()
    SimpleDocTemplate(file, pagesize=A4).build([*flowables])
    return read(file)


def drawn(
    rows: Sequence[tuple[float, Sequence[tuple[float, str]]]],
    lines: Sequence[float] = (),
    short: Sequence[tuple[float, float, float]] = (),
) -> Content:
    """A page of words by height and place, with lines over its width and short ones."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=A4)
    canvas.setFont(SONG, 12)
    for height, words in rows:
        for place, text in words:
            canvas.drawString(place, height, text)
    for height in lines:
        canvas.line(72, height, 520, height)
    for height, start, end in short:
        canvas.line(start, height, end, height)
    canvas.save()
    return read(file)


def said(content: Content) -> list[str]:
    return [content.text[p.span.start : p.span.end] for p in content.paragraphs]


def ruled_off(rows: list[list[str]], style: Style = (), width: float = 110) -> Table:
    return Table(rows, colWidths=width, style=[*THREE_LINES, *style])


def test_of_three_lines_the_first_two_are_round_the_header() -> None:
    content = flowed(Paragraph(f"上面说{SENTENCE}", BODY), ruled_off(CATCH), Paragraph("下面说。", BODY))
    assert said(content) == [f"上面说{SENTENCE}", *CATCH_SAID, "下面说。"]
    assert [paragraph.apart for paragraph in content.paragraphs] == [False, True, True, False]


NAMES = st.text(alphabet="渡船桥河东西李张王", min_size=1, max_size=6)


@settings(max_examples=15, deadline=None)
@given(st.lists(NAMES, min_size=6, max_size=24, unique=True))
def test_every_cell_between_three_lines_stands_with_the_name_of_its_column(names: list[str]) -> None:
    header, *below = [names[at : at + 3] for at in range(0, len(names) - 2, 3)]
    marked = [[f"{name}{mark}" for name, mark in zip(header, "甲乙丙", strict=True)], *below]
    assert said(flowed(ruled_off(marked))) == [
        "; ".join(f"{name}: {cell}" for name, cell in zip(marked[0], row, strict=True)) for row in below
    ]


def test_two_such_tables_below_each_other_have_each_its_header() -> None:
    others = [["年份", "人数", "说明"], ["1934", "412", "大水"], ["1962", "288", "修桥"]]
    assert said(flowed(ruled_off(CATCH), Paragraph("表2说人数。", BODY), ruled_off(others))) == [
        *CATCH_SAID,
        "表2说人数。",
        "年份: 1934; 人数: 412; 说明: 大水",
        "年份: 1962; 人数: 288; 说明: 修桥",
    ]


def test_a_line_above_the_sum_and_lines_between_all_rows_change_nothing() -> None:
    rows = [["渡口", "船", "趟"], ["青石渡", "3", "36"], ["柳林渡", "4", "12"], ["合计", "7", "48"]]
    for style in (
        ("LINEABOVE", (0, -1), (-1, -1), 0.5, "black"),
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, "black"),
    ):
        assert said(flowed(ruled_off(rows, [style]))) == [
            f"渡口: {name}; 船: {ships}; 趟: {trips}" for name, ships, trips in rows[1:]
        ]


GROUPED = [
    (700.0, [(205.0, "早上"), (345.0, "晚上")]),
    (680.0, [(80.0, "渡口"), (180.0, "船"), (250.0, "趟"), (320.0, "船"), (390.0, "趟")]),
    (660.0, [(80.0, "青石渡"), (180.0, "3"), (250.0, "36"), (320.0, "1"), (390.0, "2")]),
]


def test_a_group_of_columns_is_told_by_the_line_below_its_name() -> None:
    short = [(694, 175, 270), (694, 315, 410)]
    assert said(drawn(GROUPED, [715, 675, 655], short)) == [
        "渡口: 青石渡; 早上 船: 3; 早上 趟: 36; 晚上 船: 1; 晚上 趟: 2"
    ]


def test_where_not_all_groups_have_a_line_below_it_is_no_table() -> None:
    assert said(drawn(GROUPED, [715, 675, 655], [(694, 175, 270)])) == [
        "早上 晚上",
        "渡口 船 趟 船 趟",
        "青石渡 3 36 1 2",
    ]


def test_a_name_on_two_lines_is_one_and_a_broad_cell_goes_on_below() -> None:
    rows = [
        (700.0, [(80.0, "渡口"), (200.0, "每天"), (300.0, "说明")]),
        (684.0, [(200.0, "趟数"), (300.0, "原因")]),
        (664.0, [(80.0, "青石渡"), (200.0, "36"), (300.0, "早上起雾的时候船要等到太阳出来")]),
        (648.0, [(300.0, "才开")]),
        (628.0, [(80.0, "柳林渡"), (200.0, "12"), (300.0, "只在晚上开")]),
        (612.0, [(200.0, "3"), (300.0, "雨天")]),
    ]
    assert said(drawn(rows, [715, 679, 605])) == [
        "渡口: 青石渡; 每天趟数: 36; 说明原因: 早上起雾的时候船要等到太阳出来才开",
        "渡口: 柳林渡; 每天趟数: 12; 说明原因: 只在晚上开",
        "每天趟数: 3; 说明原因: 雨天",
    ]


def test_a_name_that_may_be_of_several_columns_makes_no_table() -> None:
    rows = [
        (700.0, [(80.0, "渡口"), (290.0, "趟数")]),
        (680.0, [(200.0, "早上"), (290.0, "中午"), (380.0, "晚上")]),
        (660.0, [(80.0, "青石渡"), (200.0, "3"), (290.0, "36"), (380.0, "1")]),
    ]
    assert said(drawn(rows, [715, 675, 655])) == ["渡口 趟数", "早上 中午 晚上", "青石渡 3 36 1"]


def test_two_columns_of_text_between_lines_are_text() -> None:
    lines = [SENTENCE[start : start + 16] for start in range(0, 48, 16)] * 3
    rows = [(760.0, [(80.0, "青石镇志"), (320.0, "卷三")])]
    rows += [(700.0 - 16 * n, [(80.0, line), (320.0, line)]) for n, line in enumerate(lines)]
    content = drawn(rows, [775, 750, 500])
    assert not any(paragraph.apart for paragraph in content.paragraphs)


def test_rows_exactly_below_each_other_are_a_table_without_any_line() -> None:
    rows = [
        ["品名", "规格", "单价"],
        ["画册", "16开", "12.5元"],
        ["海报", "A1", "45元"],
        ["名片", "一盒", "18元"],
    ]
    for alignment in ("LEFT", "CENTER", "RIGHT"):
        table = Table(rows, colWidths=120, style=[*WORDS, ("ALIGN", (0, 0), (-1, -1), alignment)])
        assert said(flowed(Paragraph("报价如下。", BODY), table, Paragraph("以上含税。", BODY))) == [
            "报价如下。",
            *(f"品名: {name}; 规格: {size}; 单价: {price}" for name, size, price in rows[1:]),
            "以上含税。",
        ]


@pytest.mark.parametrize(
    "rows",
    [
        CATCH,
        [row[:2] for row in [*CATCH, *CATCH]],
        [[f"{cell}，" for cell in row] for row in [*CATCH, *CATCH]],
    ],
)
def test_too_few_rows_or_columns_or_sentences_are_lines(rows: list[list[str]]) -> None:
    assert said(flowed(Table(rows, colWidths=120, style=WORDS))) == [" ".join(row) for row in rows]


def test_words_that_miss_the_columns_are_lines() -> None:
    rows = [(700.0 - 20 * n, [(80.0, "渡口"), (200.0 + 9 * n, "船"), (320.0, "趟")]) for n in range(5)]
    assert said(drawn(rows)) == ["渡口 船 趟"] * 5
