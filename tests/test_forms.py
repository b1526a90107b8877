from collections.abc import Iterator

import pytest

from retrieval.readers.forms import fields_in_places, fields_of, has_places, is_form


def table(written: str) -> list[list[str]]:
    return [line.split("|") for line in written.split("\n")]


@pytest.mark.parametrize(
    "written",
    [
        "申请人|张三|部门|民政办\n审批人|李四|日期|四月三日",
        "名称|青石桥|编号|甲七\n负责人|张三|电话|8812\n验收意见|同意||\n签字|李四|日期|",
        "姓名|张三||性别|男\n籍贯|青石镇||学历|本科",
        "户名|张三|地址|东街|电话|8812\n用途|灌溉|期限|三年|备注|无",
        "姓名|张三\n年龄|35\n住址|滨江路1号\n特长|钢琴",
    ],
)
def test_labels_have_places_where_most_name_something_and_what_stands_between_does_not(written: str) -> None:
    assert has_places(table(written))
    assert is_form(table(written))


@pytest.mark.parametrize(
    "written",
    [
        "姓名|职务|部门|电话\n张三|主任|民政办|8812\n李四|干事|综合科|8813",
        "项目|标准|指标|得分\n桥|完好|裂缝|三分\n路|平整|坑洞|五分",
        "张三|李四|王五|赵六\n孙七|周八|吴九|郑十",
        "姓名|张三|性别|男",
        "姓名|职务\n张三|主任\n部门|电话",
        "姓名|张三\n电话|8812\n东街|李四\n西街|王五\n河东|赵六",
        "电话|8812\n张三|李四\n名称|王五",
        "姓名|张三|姓名|李四\n姓名|王五|姓名|赵六",
        "2022|张三|2023|李四\n2021|王五|2024|赵六",
    ],
)
def test_a_table_with_a_header_or_of_like_cells_is_no_form(written: str) -> None:
    assert not has_places(table(written))


def said(fields: Iterator[tuple[str, str]]) -> str:
    return " ".join(f"{name}={value}" if name else value for name, value in fields)


@pytest.mark.parametrize(
    ("row", "fields"),
    [
        ("工龄|十年|组别|焊工", "工龄=十年 组别=焊工"),
        ("工龄：|十年||组别|焊工", "工龄=十年 组别=焊工"),
        ("缘由|探亲|探亲|探亲", "缘由=探亲"),
        ("签字|张三|日期|", "签字=张三 日期"),
        ("家人|姓名|年龄|单位", "家人 姓名 年龄 单位"),
        ("签字||日期|", "签字 日期"),
    ],
)
def test_a_label_names_what_follows_it_unless_that_is_a_label(row: str, fields: str) -> None:
    assert said(fields_in_places(row.split("|"))) == fields


@pytest.mark.parametrize(
    ("row", "fields"),
    [
        ("工龄|十年|组别|焊工", "工龄 十年 组别 焊工"),
        ("姓名：|张三|组别|焊工", "姓名=张三 组别 焊工"),
        ("姓名|性别|男", "姓名 性别=男"),
        ("便民桥|36座", "便民桥=36座"),
    ],
)
def test_without_places_only_labels_that_are_known_name_what_follows_them(row: str, fields: str) -> None:
    assert said(fields_of(row.split("|"))) == fields
