"""A row of a table that is parted by the end of a page is one row, and two rows are two."""

from collections.abc import Sequence
from io import BytesIO

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from retrieval.readers.pages.pdf import read

SONG = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(SONG))

EDGES = (72, 112, 222, 342)
"""Of columns in which, with six points free at both sides, 2, 8 and 9 characters have room."""

HEADER = ["序号", "项目名称", "内容"]
WRAPPED = ["1", "青石渡口便民桥改\n造工程", "桥面重铺加装护栏和\n坡道"]
"""A row whose cells go on below."""

Rows = Sequence[Sequence[str]]


def of_pages(*pages: Rows, edges: Sequence[int] = EDGES, merged: int = 0) -> list[str]:
    """What is read of a table: on each page rows of cells, whose lines are given, the first cells of so many
    rows at the end of the first page merged down.
    """
    file = BytesIO()
    canvas = Canvas(file, pagesize=A4)
    for number, rows in enumerate(pages):
        canvas.setFont(SONG, 12)
        heights = [780.0]
        for cells in rows:
            lines = [cell.split("\n") for cell in cells]
            for left, cell in zip(edges, lines, strict=False):
                for place, line in enumerate(cell):
                    canvas.drawString(left + 6, heights[-1] - 14 - 16 * place, line)
            heights.append(heights[-1] - 16 * max(map(len, lines)) - 6)
        parted = len(rows) - merged if not number else len(rows)
        for place, height in enumerate(heights):
            is_between = merged and parted < place < len(rows)
            canvas.line(edges[1] if is_between else edges[0], height, edges[-1], height)
        for edge in edges:
            canvas.line(edge, heights[0], edge, heights[-1])
        canvas.showPage()
    canvas.save()
    content = read(file)
    return [content.text[p.span.start : p.span.end] for p in content.paragraphs if not p.boilerplate]


@pytest.mark.parametrize("header", [[], [HEADER]])
def test_a_row_goes_on_below_the_end_of_the_page_and_a_header_that_is_repeated(header: Rows) -> None:
    first = [HEADER, WRAPPED, ["2", "老旧小区适老化设", "加装无障碍电梯以及"]]
    assert of_pages(first, [*header, ["", "施配套", "扶手"], ["3", "水闸", "除锈"]])[1:] == [
        "序号: 2; 项目名称: 老旧小区适老化设施配套; 内容: 加装无障碍电梯以及扶手",
        "序号: 3; 项目名称: 水闸; 内容: 除锈",
    ]


def test_a_row_goes_on_where_only_some_of_its_cells_do() -> None:
    first = [HEADER, WRAPPED, ["2", "水闸", "闸门除锈刷漆并更换"]]
    assert of_pages(first, [["", "", "启闭机"]])[1:] == [
        "序号: 2; 项目名称: 水闸; 内容: 闸门除锈刷漆并更换启闭机"
    ]


def test_a_row_may_go_on_over_several_pages() -> None:
    pages = [
        [HEADER, ["1", "水闸", "闸门除锈刷漆并更换"]],
        *[[["", "", "启闭机和钢丝绳再把\n两岸护坡重砌一遍后"]]] * 2,
    ]
    assert of_pages(*pages, [["", "", "验收"]]) == [
        "序号: 1; 项目名称: 水闸; 内容: 闸门除锈刷漆并更换"
        + "启闭机和钢丝绳再把两岸护坡重砌一遍后" * 2
        + "验收"
    ]


def test_the_items_of_a_cell_stay_with_its_row() -> None:
    first = [HEADER, WRAPPED, ["2", "水闸", "1）闸门除锈。"]]
    assert of_pages(first, [["", "", "2）护坡重砌。"], ["3", "渡口", "清淤"]])[1:] == [
        "序号: 2; 项目名称: 水闸; 内容: 1）闸门除锈。2）护坡重砌。",
        "序号: 3; 项目名称: 渡口; 内容: 清淤",
    ]


@pytest.mark.parametrize(
    ("last", "following"),
    [
        (["2", "水闸", "闸门除锈"], ["", "水库", "清淤"]),  # it has no number, and the row above no full line
        (["2", "老旧小区适老化设", "闸门除锈"], ["", "水库", "清淤"]),  # one line is full by chance
        (["2", "水闸", "闸门除锈和护坡重砌。"], ["", "", "清淤"]),  # a sentence has ended
        (["2", "老旧小区适老化设", "闸门除锈和护坡重砌"], ["3", "施工围挡", "清淤"]),  # it has a number
        (["2", "水闸", ""], ["", "", "清淤"]),  # nothing goes on
    ],
)
def test_a_row_with_an_empty_cell_at_the_top_of_a_page_is_a_row(
    last: Sequence[str], following: Sequence[str]
) -> None:
    said = of_pages([HEADER, WRAPPED, last], [following, ["4", "渡口", "检修"]])
    assert said[-2:] == [_said(following), "序号: 4; 项目名称: 渡口; 内容: 检修"]
    assert said[-3] == _said(last)


def test_names_in_narrow_columns_are_rows_of_their_own() -> None:
    header, week = ["日\n期", "早\n班", "晚\n班"], ["周一", "张三", "李四"]
    said = of_pages([header, week, week], [["", "王五", "赵六"], week], edges=(72, 108, 144, 180))
    assert said[-2:] == ["早班: 王五; 晚班: 赵六", "日期: 周一; 早班: 张三; 晚班: 李四"]


def test_a_row_of_a_group_that_is_merged_down_is_one() -> None:
    group = [["甲组", "摆渡值守", "按时开船"], ["", "渡口检修", "船体与缆绳逐日检查"]]
    said = of_pages([HEADER, WRAPPED, *group], [["", "夜间巡查", "沿河"]], merged=2)
    assert said[-2:] == [
        "序号: 甲组; 项目名称: 渡口检修; 内容: 船体与缆绳逐日检查",
        "项目名称: 夜间巡查; 内容: 沿河",
    ]


def _said(row: Sequence[str]) -> str:
    return "; ".join(f"{name}: {cell}" for name, cell in zip(HEADER, row, strict=True) if cell)
