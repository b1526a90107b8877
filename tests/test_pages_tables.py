"""The rows of tables whose lines are drawn in a PDF carry their header."""

from collections.abc import Callable, Sequence
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    PageTemplate,
    Paragraph,
    SimpleDocTemplate,
    Table,
)

from retrieval.documents import Content
from retrieval.readers.pages.grids import Grid, grids
from retrieval.readers.pages.pdf import read
from retrieval.readers.pages.rules import Rule

SONG = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(SONG))

BODY = ParagraphStyle("body", fontName=SONG, fontSize=12, leading=20, wordWrap="CJK")
RULED = [("FONT", (0, 0), (-1, -1), SONG, 12), ("GRID", (0, 0), (-1, -1), 0.5, "black")]
SENTENCE = (
    "河上起雾的早晨渡口的铜铃要比平日响得多，因为看不见船的人心里发慌，撑船的老人说这条河从来没有断过水。"
)
BRIDGES = [["项目", "数量", "负责人"], ["便民桥", "36座", "李二牛"], ["渡口", "3处", "张三"]]
SAID = ["项目: 便民桥; 数量: 36座; 负责人: 李二牛", "项目: 渡口; 数量: 3处; 负责人: 张三"]

Style = Sequence[tuple[object, ...]]


def flowed(*flowables: Flowable) -> Content:
    file = BytesIO()
    SimpleDocTemplate(file, pagesize=A4).build([*flowables])
    return read(file)


def drawn(*pages: Callable[[Canvas], None]) -> Content:
    file = BytesIO()
    canvas = Canvas(file, pagesize=A4)
    for draw in pages:
        canvas.setFont(SONG, 12)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return read(file)


def ruled(rows: list[list[str]], style: Style = (), width: float = 120) -> Table:
    return Table(rows, colWidths=width, style=[*RULED, *style])


def texts(content: Content) -> list[str]:
    return [content.text[p.span.start : p.span.end] for p in content.paragraphs]


def fill(canvas: Canvas, rows: list[list[str]], top: float = 700, width: float = 100) -> None:
    """The texts of a table, whose lines are drawn otherwise."""
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            canvas.drawString(75 + width * column, top - 15 - 20 * row, text)


def lines_of(canvas: Canvas, rows: int, columns: int, top: float = 700) -> None:
    for row in range(rows + 1):
        canvas.line(72, top - 20 * row, 72 + 100 * columns, top - 20 * row)
    for column in range(columns + 1):
        canvas.line(72 + 100 * column, top, 72 + 100 * column, top - 20 * rows)


def test_a_row_carries_its_header_and_stands_where_the_table_does() -> None:
    content = flowed(
        Paragraph(f"上面说{SENTENCE}", BODY), ruled(BRIDGES), Paragraph(f"下面说{SENTENCE}", BODY)
    )
    assert texts(content) == [f"上面说{SENTENCE}", *SAID, f"下面说{SENTENCE}"]
    assert [paragraph.apart for paragraph in content.paragraphs] == [False, True, True, False]
    assert {paragraph.page for paragraph in content.paragraphs} == {1}


NAMES = st.text(alphabet="渡船桥河东西李张王", min_size=1, max_size=6)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.lists(NAMES, min_size=3, max_size=3), min_size=1, max_size=8))
def test_every_cell_stands_with_the_name_of_its_column(rows: list[list[str]]) -> None:
    numbered = [[str(100 + number), *row] for number, row in enumerate(rows)]
    header = ["编号", "甲项", "乙项", "丙项"]
    assert texts(flowed(ruled([header, *numbered], width=90))) == [
        "; ".join(f"{name}: {cell}" for name, cell in zip(header, row, strict=True)) for row in numbered
    ]


def test_the_lines_of_a_cell_are_joined() -> None:
    long = Paragraph(SENTENCE, BODY)
    rows: list[list[object]] = [["项目", "情况"], ["渡口", long], ["石桥", "完好"]]
    content = flowed(Table(rows, colWidths=[80, 200], style=RULED))
    assert texts(content) == [f"项目: 渡口; 情况: {SENTENCE}", "项目: 石桥; 情况: 完好"]


def test_cells_are_told_apart_by_the_line_between_them_however_near_they_are() -> None:
    style = [("LEFTPADDING", (0, 0), (-1, -1), 2), ("RIGHTPADDING", (0, 0), (-1, -1), 2)]
    table = Table(BRIDGES, colWidths=[40, 40, 40], style=[*RULED, *style])
    assert texts(flowed(table)) == SAID


def test_a_cell_merged_down_stands_in_each_row_and_one_merged_across_once() -> None:
    rows = [
        ["区域", "渡口", "检查结果", ""],
        ["", "", "合格", "不合格"],
        ["河东", "青石渡", "12", "1"],
        ["", "柳林渡", "9", "0"],
        ["合计", "", "21", "1"],
    ]
    spans = [
        ("SPAN", start, end)
        for start, end in (
            ((0, 0), (0, 1)),
            ((1, 0), (1, 1)),
            ((2, 0), (3, 0)),
            ((0, 2), (0, 3)),
            ((0, 4), (1, 4)),
        )
    ]
    assert texts(flowed(ruled(rows, spans, 90))) == [
        "区域: 河东; 渡口: 青石渡; 检查结果 合格: 12; 检查结果 不合格: 1",
        "区域: 河东; 渡口: 柳林渡; 检查结果 合格: 9; 检查结果 不合格: 0",
        "区域: 合计; 检查结果 合格: 21; 检查结果 不合格: 1",
    ]


@pytest.mark.parametrize("repeated", [0, 1])
def test_a_table_that_goes_on_over_the_page_carries_its_header_on(repeated: int) -> None:
    rows = [["项目", "数量", "负责人"], *([f"桥{n}", f"{n}座", "李二牛"] for n in range(1, 80))]
    table = Table(rows, colWidths=120, style=RULED, repeatRows=repeated)
    content = flowed(Paragraph(SENTENCE, BODY), table)
    assert texts(content) == [SENTENCE, *(f"项目: 桥{n}; 数量: {n}座; 负责人: 李二牛" for n in range(1, 80))]
    assert {paragraph.page for paragraph in content.paragraphs} == {1, 2, 3}


def test_a_table_goes_on_below_the_running_head_of_the_second_page_of_two() -> None:
    rows = [["项目", "数量", "负责人"], *([f"桥{n}", f"{n}座", "李二牛"] for n in range(1, 50))]

    def on_page(canvas: Canvas, _: object) -> None:
        canvas.setFont(SONG, 12)
        canvas.drawString(72, 800, "青石镇内部资料")
        canvas.drawString(72, 40, "青石镇人民政府")

    file = BytesIO()
    table = Table(rows, colWidths=120, style=RULED)
    SimpleDocTemplate(file, pagesize=A4).build([table], onFirstPage=on_page, onLaterPages=on_page)
    content = read(file)
    said = [text for text, p in zip(texts(content), content.paragraphs, strict=True) if not p.boilerplate]
    assert said == [f"项目: 桥{n}; 数量: {n}座; 负责人: 李二牛" for n in range(1, 50)]
    assert sum(p.boilerplate for p in content.paragraphs) == 4


@pytest.mark.parametrize("is_repeated", [False, True])
def test_a_row_that_is_parted_by_the_page_is_one_even_where_no_other_follows(*, is_repeated: bool) -> None:
    rows = [["条款", "内容"], ["第一条", "船工要会水。"], ["第二条", SENTENCE[:32]]]

    def first(canvas: Canvas) -> None:
        for place, row in enumerate(rows):
            for column, text in enumerate(row):
                canvas.drawString(75 + 100 * column, 105 - 20 * place, text)
        box(canvas, [120, 100, 80, 60])

    def second(canvas: Canvas) -> None:
        canvas.drawString(175, 765, SENTENCE[32:])
        box(canvas, [800, 780, 760] if is_repeated else [780, 760])
        if is_repeated:
            canvas.drawString(75, 785, "条款")
            canvas.drawString(175, 785, "内容")
        canvas.drawString(72, 700, "后来修了桥。")

    assert texts(drawn(first, second)) == [
        "条款: 第一条; 内容: 船工要会水。",
        f"条款: 第二条; 内容: {SENTENCE}",
        "后来修了桥。",
    ]


def box(canvas: Canvas, heights: list[float]) -> None:
    """Two columns between lines at these heights."""
    for height in heights:
        canvas.line(72, height, 572, height)
    for place in (72, 172, 572):
        canvas.line(place, heights[0], place, heights[-1])


def test_another_table_on_the_next_page_has_its_own_header() -> None:
    others = [["年份", "人数"], ["1934", "412"], ["1962", "288"]]

    def first(canvas: Canvas) -> None:
        lines_of(canvas, 3, 3)
        fill(canvas, BRIDGES)

    def second(canvas: Canvas) -> None:
        lines_of(canvas, 3, 2)
        fill(canvas, others)

    assert texts(drawn(first, second)) == [*SAID, "年份: 1934; 人数: 412", "年份: 1962; 人数: 288"]


def strokes(canvas: Canvas) -> None:
    lines_of(canvas, 3, 3)


def narrow_boxes(canvas: Canvas) -> None:
    for row in range(4):
        for column in range(3):
            canvas.rect(72 + 100 * column, 700 - 20 * row, 100, 0.5, stroke=0, fill=1)
    for column in range(4):
        for row in range(3):
            canvas.rect(72 + 100 * column, 680 - 20 * row, 0.5, 20, stroke=0, fill=1)


def boxes_round_cells(canvas: Canvas) -> None:
    for row in range(3):
        for column in range(3):
            canvas.rect(72 + 100 * column, 680 - 20 * row, 100, 20)


def one_shape(canvas: Canvas) -> None:
    path = canvas.beginPath()
    for row in range(4):
        path.moveTo(72, 700 - 20 * row)
        path.lineTo(372, 700 - 20 * row)
    for column in range(4):
        path.moveTo(72 + 100 * column, 700)
        path.lineTo(72 + 100 * column, 640)
    canvas.drawPath(path)


def open_at_its_sides(canvas: Canvas) -> None:
    for row in range(4):
        canvas.line(72, 700 - 20 * row, 372, 700 - 20 * row)
    for column in (1, 2):
        canvas.line(72 + 100 * column, 700, 72 + 100 * column, 640)


def double_lines(canvas: Canvas) -> None:
    for shift in (0, 1.5):
        canvas.translate(shift, shift)
        lines_of(canvas, 3, 3)
        canvas.translate(-shift, -shift)


@pytest.mark.parametrize(
    "draw", [strokes, narrow_boxes, boxes_round_cells, one_shape, open_at_its_sides, double_lines]
)
def test_lines_are_found_however_a_program_draws_them(draw: Callable[[Canvas], None]) -> None:
    def page(canvas: Canvas) -> None:
        draw(canvas)
        fill(canvas, BRIDGES)

    assert texts(drawn(page)) == SAID


def test_a_table_on_a_page_that_lies_on_its_side_is_read_like_another() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setPageRotation(90)
        canvas.translate(595, 0)
        canvas.rotate(90)
        canvas.translate(0, -300)
        lines_of(canvas, 3, 3)
        fill(canvas, BRIDGES)

    assert texts(drawn(page)) == SAID


def test_a_table_in_one_of_two_columns_stands_in_its_column() -> None:
    file = BytesIO()
    document = BaseDocTemplate(file, pagesize=A4)
    document.addPageTemplates(PageTemplate(frames=[Frame(x, 60, 232, 710, id=str(x)) for x in (56, 308)]))
    above, below = f"上面说{SENTENCE * 9}", f"下面说{SENTENCE * 18}"
    document.build([Paragraph(above, BODY), ruled(BRIDGES, width=70), Paragraph(below, BODY)])
    assert texts(read(file)) == [above, *SAID, below]


def frame(canvas: Canvas) -> None:
    canvas.rect(60, 600, 400, 150)


def diagram(canvas: Canvas) -> None:
    lines_of(canvas, 4, 4, 400)


def crossed(canvas: Canvas) -> None:
    canvas.line(60, 690, 500, 690)
    canvas.line(200, 600, 200, 800)


@pytest.mark.parametrize("draw", [frame, diagram, crossed])
def test_what_is_no_table_leaves_the_text_as_it_is(draw: Callable[[Canvas], None]) -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "早先没有渡口。")
        canvas.drawString(72, 640, "后来修了桥。")
        draw(canvas)

    assert texts(drawn(page)) == ["早先没有渡口。", "后来修了桥。"]


def test_a_page_of_too_many_lines_is_read_without_tables() -> None:
    def page(canvas: Canvas) -> None:
        lines_of(canvas, 3, 3)
        fill(canvas, BRIDGES)
        for n in range(6000):
            canvas.line(n % 500, n / 50, n % 500 + 1, n / 50)

    assert texts(drawn(page)) == [" ".join(row) for row in BRIDGES]


def test_a_table_that_stands_at_the_top_of_every_page_is_boilerplate() -> None:
    def page(canvas: Canvas) -> None:
        lines_of(canvas, 2, 2, 820)
        fill(canvas, [["青石渡运公司", "渡船操作规程"], ["版本甲", f"页码 {canvas.getPageNumber()}"]], 820)
        canvas.drawString(72, 700, f"第{canvas.getPageNumber()}页的正文在这里。")

    content = drawn(page, page, page)
    assert [p.boilerplate for p in content.paragraphs] == [True, False] * 3


def test_cells_that_no_line_parts_are_one() -> None:
    lying = [Rule(height, 0, 100) for height in (0, 20, 40)]
    standing = [Rule(0, 0, 40), Rule(50, 0, 20), Rule(100, 0, 40)]
    assert [*grids(lying, standing)] == [
        Grid((0, 50, 100), (40, 20, 0), (((0, 0), (0, 0)), ((1, 0), (1, 1))))
    ]


def test_lines_that_do_not_meet_are_no_grid() -> None:
    lying = [Rule(height, 0, 100) for height in (0, 20, 40)]
    standing = [Rule(at, 60, 100) for at in (0, 50, 100)]
    assert not [*grids(lying, standing)]


def test_cells_that_are_no_boxes_are_no_grid() -> None:
    lying = [Rule(0, 0, 100), Rule(20, 50, 100), Rule(40, 0, 100)]
    standing = [Rule(0, 0, 40), Rule(50, 20, 40), Rule(100, 0, 40)]
    assert not [*grids(lying, standing)]
