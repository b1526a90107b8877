import csv
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.documents import Content, SheetRow
from retrieval.readers.plain import read_plain
from retrieval.readers.separated import read_separated


def said(content: Content) -> list[str]:
    return [content.text[p.span.start : p.span.end] for p in content.paragraphs]


def rows(text: str) -> list[str]:
    content = read_separated(text)
    return [line for line, p in zip(said(content), content.paragraphs, strict=True) if p.apart]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "；"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    text = "项目,数量,说明\n便民桥,36座,在东街\n文化站,2个,在西街\n".replace(",", delimiter)
    assert rows(text) == ["项目: 便民桥; 数量: 36座; 说明: 在东街", "项目: 文化站; 数量: 2个; 说明: 在西街"]


def test_a_delimiter_in_some_cells_is_not_the_tables() -> None:
    assert rows("项目;单价\n桥;3,5\n站;2\n") == ["项目: 桥; 单价: 3,5", "项目: 站; 单价: 2"]


@pytest.mark.parametrize("told", ["sep=|", '"sep=|"', "SEP=|"])
def test_a_delimiter_that_is_told_is_believed_and_not_said(told: str) -> None:
    assert rows(f"{told}\n甲,乙|丙\n1,2|3\n") == ["甲,乙: 1,2; 丙: 3"]


def test_a_quoted_field_may_hold_delimiters_quotes_and_line_breaks() -> None:
    text = '项目,说明\n"桥,新的","第一行\n第二行，""好"""\n站, "旧,的"\n'
    assert rows(text) == ['项目: 桥,新的; 说明: 第一行 第二行，"好"', "项目: 站; 说明: 旧,的"]


@pytest.mark.parametrize("broken", ['"没有结束', '5"管', '"甲"乙', '"'])
def test_a_quotation_that_is_never_closed_swallows_nothing(broken: str) -> None:
    below = [f"馆{number},在东街" for number in range(300)]
    text = "\n".join(["项目,说明", f"桥,{broken}", *below])
    assert rows(text) == [f"项目: 桥; 说明: {broken}"] + [
        f"项目: {row.replace(',', '; 说明: ')}" for row in below
    ]


def test_many_quotations_that_are_never_closed_are_characters() -> None:
    text = "项目,说明\n" + 'a"b,"x\n' * 1000 + "桥,完\n"
    assert rows(text)[-1] == "项目: 桥; 说明: 完"
    assert len(rows(text)) == 1001


def test_rows_may_have_too_few_fields_or_too_many() -> None:
    assert rows("项目,数量,说明\n桥,36\n站,2,好,多余\n馆,3,好\n") == [
        "项目: 桥; 数量: 36",
        "项目: 站; 数量: 2; 说明: 好; 多余",
        "项目: 馆; 数量: 3; 说明: 好",
    ]


def test_a_title_above_the_table_is_the_documents() -> None:
    content = read_separated("青石镇设施表,,\n项目,数量,说明\n桥,36,好\n注：完。,,\n")
    assert content.title == "青石镇设施表"
    assert said(content) == ["青石镇设施表", "项目: 桥; 数量: 36; 说明: 好", "注：完。"]


def test_a_row_is_placed_as_a_program_of_spreadsheets_counts_it() -> None:
    content = read_separated('sep=,\n项目,说明\n\n桥,"第一行\n第二行"\n站,旧\n')
    assert [p.row for p in content.paragraphs] == [SheetRow(3), SheetRow(4)]


def test_a_row_is_no_title() -> None:
    assert read_separated("编号,名称\n3,\n4,桥\n").title is None


@pytest.mark.parametrize("text", ["名称\n便民桥\n文化站\n", "名称,\n便民桥,\n文化站,\n", "渡口\n河东渡\n"])
def test_the_first_line_of_a_list_is_no_title(text: str) -> None:
    content = read_separated(text)
    assert content.title is None
    assert not any(p.heading for p in content.paragraphs)
    assert said(content) == [line.strip(",") for line in text.splitlines()]


@pytest.mark.parametrize(
    "text", ["", "\n \n", "便民桥\n文化站\n", "河上起雾了。\n看不见船, 心里, 发慌。\n船来了。\n"]
)
def test_what_is_no_table_is_a_plain_text(text: str) -> None:
    content = read_separated(text)
    assert content.title is None
    assert said(content) == said(read_plain(text))


def test_a_line_of_too_many_fields_is_one_text() -> None:
    line = "甲," * 20_000
    assert said(read_separated(f"项目,数量\n桥,36\n站,2\n馆,3\n{line}\n"))[-1] == line


FIELDS = st.text(st.sampled_from("便民桥文化站。，；,;|\"' \n"), min_size=1).filter(
    lambda field: field.strip()
)


@settings(max_examples=60)
@given(st.lists(st.tuples(FIELDS, FIELDS, FIELDS), min_size=3, max_size=8))
def test_fields_that_are_written_are_read(written: list[tuple[str, str, str]]) -> None:
    stream = StringIO()
    csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(
        [("名称", "类别", "说明"), *written]
    )
    text = "sep=,\n" + stream.getvalue()
    expected = [
        "名称: {}; 类别: {}; 说明: {}".format(*(" ".join(cell.split()) for cell in row)) for row in written
    ]
    assert rows(text) == expected


@settings(max_examples=200)
@given(st.text(st.sampled_from('甲1,;\t|"\n\0 =sep。'), max_size=80) | st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    content = read_separated("\n".join(text.splitlines()))
    assert all(p.span.start < p.span.end <= len(content.text) for p in content.paragraphs)
