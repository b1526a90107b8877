"""The captions of tables, in what readers of different formats make."""

import pytest

from retrieval.documents import Content, Document
from retrieval.passages import split
from retrieval.readers.blocks import Block, content_of
from retrieval.readers.markdown import read_markdown

ROWS = [Block("岗位: 船工; 编制: 3", is_row=True), Block("岗位: 守夜; 编制: 1", is_row=True)]


def paths(content: Content) -> dict[str, tuple[str, ...]]:
    """The heading path of each passage, by its last line."""
    document = Document("a", "题", content.text, content.paragraphs)
    return {passage.text.splitlines()[-1]: passage.headings for passage in split(document)}


@pytest.mark.parametrize(
    "caption",
    ["表1 岗位编制", "表2-1：岗位编制", "附表一 岗位编制", "表 A.1 岗位编制", "附表：岗位编制", "表三"],
)
@pytest.mark.parametrize("between", [[], [Block("单位：人")], [Block("岗位; 编制", is_boilerplate=True)]])
def test_the_caption_above_a_table_heads_its_rows_and_nothing_below_them(
    caption: str, between: list[Block]
) -> None:
    blocks = [
        Block("一、人员", 2),
        Block("编制见下表。"),
        Block(caption),
        *between,
        *ROWS,
        Block("以上为准。"),
    ]
    found = paths(content_of(blocks, title="题"))
    assert [found[row.text] for row in ROWS] == [("一、人员", caption)] * 2
    assert found["以上为准。"] == ("一、人员",)


def test_a_caption_ends_before_the_next_table_that_has_one() -> None:
    blocks = [Block("表1 岗位"), ROWS[0], Block("表2 船只"), ROWS[1]]
    found = paths(content_of(blocks, title="题"))
    assert [found[row.text] for row in ROWS] == [("表1 岗位",), ("表2 船只",)]


@pytest.mark.parametrize(
    "line", ["表1说明了编制。", "表1 所列岗位，均须持证", "表格如下", "表一下态度", "代表1人", "长" * 61]
)
def test_a_line_that_speaks_of_a_table_is_no_caption(line: str) -> None:
    found = paths(content_of([Block(line), *ROWS], title="题"))
    assert {*found.values()} == {()}


def test_captions_below_their_tables_head_none() -> None:
    blocks = [ROWS[0], Block("表1 岗位"), ROWS[1], Block("表2 船只"), Block("以上为准。")]
    assert {*paths(content_of(blocks, title="题")).values()} == {()}


def test_captions_head_their_tables_though_the_first_table_has_none() -> None:
    form = Block("填表人: 李二牛", is_row=True)
    blocks = [form, Block("表1 岗位"), ROWS[0], Block("表2 船只"), ROWS[1], Block("以上为准。")]
    found = paths(content_of(blocks, title="题"))
    assert [found[row.text] for row in (form, *ROWS)] == [(), ("表1 岗位",), ("表2 船只",)]
    assert found["以上为准。"] == ()


def test_captions_stay_below_their_tables_though_some_table_has_none() -> None:
    blocks = [
        Block("一", is_row=True),
        Block("表1 岗位"),
        ROWS[0],
        Block("以上为准。"),
        ROWS[1],
        Block("表2 船"),
    ]
    assert {*paths(content_of(blocks, title="题")).values()} == {()}


def test_a_caption_far_from_a_table_is_text() -> None:
    blocks = [Block("表1 岗位"), Block("编制见下。"), *ROWS]
    assert {*paths(content_of(blocks, title="题")).values()} == {()}


def test_a_caption_in_markdown_heads_its_rows() -> None:
    table = "| 岗位 | 编制 |\n|---|---|\n| 船工 | 3 |\n"
    found = paths(read_markdown(f"# 手册\n\n## 人员\n\n表1 岗位编制\n\n{table}\n以上为准。\n"))
    assert found == {"岗位: 船工; 编制: 3": ("人员", "表1 岗位编制"), "以上为准。": ("人员",)}
