from collections.abc import Iterator
from itertools import count, islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.readers.blocks import Block
from retrieval.readers.first_rows import Row
from retrieval.readers.headers import header_below
from retrieval.readers.tables import rows


def table(written: str) -> list[list[str]]:
    return [line.split("|") for line in written.split("\n")]


def said(written: str, header_rows: int | None = None) -> list[str]:
    return [block.text for block in rows(table(written), header_rows=header_rows)]


def paragraphs(written: str) -> list[str]:
    return [block.text for block in rows(table(written)) if not block.is_row]


def test_a_row_carries_the_names_of_its_columns() -> None:
    assert list(rows(table("项目|数量|单价\n便民桥|36座|5\n文化站||3"), page=7)) == [
        Block("项目: 便民桥; 数量: 36座; 单价: 5", page=7, is_row=True),
        Block("项目: 文化站; 单价: 3", page=7, is_row=True),
    ]


def test_line_breaks_in_a_cell_are_blanks() -> None:
    assert said("项目|说明\n桥|一座\v\u200b新的") == ["项目: 桥; 说明: 一座 新的"]


@pytest.mark.parametrize("title", ["青石镇设施表||", "青石镇设施表|青石镇设施表|青石镇设施表"])
def test_a_title_above_the_header_is_a_heading_of_the_level_asked_for(title: str) -> None:
    above, unit, row = rows(table(f"{title}\n单位：个||\n项目|计划|实际\n桥|36|35"), title_level=2)
    assert above == Block("青石镇设施表", level=2)
    assert unit == Block("单位：个")
    assert row.text == "项目: 桥; 计划: 36; 实际: 35"


def test_a_title_is_no_heading_where_no_level_is_given() -> None:
    assert next(rows(table("青石镇设施表|\n项目|数量\n桥|36"))) == Block("青石镇设施表")


def test_what_is_said_above_the_header_names_no_column() -> None:
    assert said("填报单位：青石镇|||单位：万元\n项目|计划|实际|差额\n桥|1|2|3") == [
        "填报单位：青石镇; 单位：万元",
        "项目: 桥; 计划: 1; 实际: 2; 差额: 3",
    ]


@pytest.mark.parametrize(
    "header",
    [
        "项目|数量||金额\n|计划|实际|",
        "项目|数量|数量|金额\n项目|计划|实际|金额",
        "项目|数量||金额\n项目|计划|实际|金额",
    ],
)
def test_a_header_of_two_rows_names_a_column_by_its_group_too(header: str) -> None:
    assert said(f"{header}\n桥|36|35|9") == ["项目: 桥; 数量 计划: 36; 数量 实际: 35; 金额: 9"]


def test_the_columns_of_a_header_of_groups_alone_are_told_by_the_figures_below() -> None:
    assert said("一月||二月|\n计划|实际|计划|实际\n1|2|3|4") == [
        "一月 计划: 1; 一月 实际: 2; 二月 计划: 3; 二月 实际: 4"
    ]


def test_years_and_months_name_columns() -> None:
    assert said("指标|2022|2023年|3月\n人口|1.2|1.3|1.4") == ["指标: 人口; 2022: 1.2; 2023年: 1.3; 3月: 1.4"]


def test_a_corner_without_a_name_leaves_the_cells_below_without() -> None:
    assert said("|一月|二月\n张三|1|2") == ["张三; 一月: 1; 二月: 2"]


@pytest.mark.parametrize(
    ("written", "rows_said"),
    [
        ("张三|36|2024-01-01\n李四|40|2024-02-02", ["张三; 36; 2024-01-01", "李四; 40; 2024-02-02"]),
        ("便民桥|36座\n文化站|2个", ["便民桥: 36座", "文化站: 2个"]),
        ("男|张三\n女|李四\n男|王五", ["男; 张三", "女; 李四", "男; 王五"]),
        ("先登记。|再办理\n先取号|再等候", ["先登记。; 再办理", "先取号; 再等候"]),
    ],
)
def test_rows_that_are_all_alike_have_no_header(written: str, rows_said: list[str]) -> None:
    assert said(written) == rows_said


@pytest.mark.parametrize(
    "written",
    [
        "组长|张三\n副组长|李四",
        "组长|张三\n副组长|李四、王五\n成员|赵六、孙七、周八、吴九",
        "综合科|公文、会务\n业务科|登记、审批",
        "施工方|青石建筑\n监理方|河东监理\n设计方|河西设计",
        "张三|李四|王五\n赵六|孙七|周八\n吴九|郑十|冯一",
        "一|春分|东街\n二|谷雨|西街\n三|立夏|北街",
        "姓名||性别|\n部门||电话|\n职务||地址|",
        "张三|主任|男\n李四|干事|女\n王五|干事|女\n赵六|干事|女",
        "办公室|张三|一楼\n综合科|李四|二楼\n业务科|王五|三楼\n财务科|赵六|四楼",
        "VPN|远程办公|张三\n论坛|收发信件|李四\n网盘|存放文件|王五",
        "周一|面条|馒头\n周二|米饭|包子\n周三|饺子|花卷",
        "引子|张三|1页\n第一章|李四|3页\n第二章|王五|9页",
        "领班|张三\n一号位|李四\n二号位|王五",
        "东一路|一标段|二标段\n东二路|三标段|四标段\n东三路|五标段|六标段",
        "李四|张三丰\n王五|张三立\n赵六|张三元",
    ],
)
def test_a_first_row_that_nothing_tells_from_the_others_names_no_column(written: str) -> None:
    assert said(written) == ["; ".join(filter(None, row)) for row in table(written)]


@pytest.mark.parametrize(
    "written",
    [
        "科室|职责|负责人\n综合科|公文|张三\n业务科|登记|李四",
        "科室（站所）|主要职责|责任人：\n综合科|公文|张三",
        "部門|職責\n綜合科|公文\n業務科|登記",
        "届次|会址|风物\n一|东街|茶\n二|西街|酒\n三|北街|米",
        "Tea|From|Taste\n龙井|杭州|清香\n毛峰|黄山|鲜醇",
        "去处|门类|风物\n东街|桥|石狮\n西街|桥|铜铃\n北街|桥|木牌\n南街|站|钟\n后街|站|鼓",
        "条目|释文|出处\n渡口|河边，上下船的地方|旧志\n集市|街上，做买卖的地方|新志\n驿亭|桥头，歇脚的地方|县志",
        "归口|经手|备注\n综合科|张三|楼上\n业务科|李四|楼下\n财务科|王五|楼上",
        "去处|早市|夜市\n周一|米粉|烤鱼\n周二|豆花|汤圆",
        "楼栋|楼长|帮手\n1号楼|张三|李四\n2号楼|王五|赵六",
        "去处|甲班|乙班|丙班\n炉前|张三|李四|王五\n炉后|赵六|孙七|周八",
        "比一比|甲方案|乙方案\n工期|三个月|五个月\n造价|偏高|适中",
        "去处|东渡口|西渡口|北渡口\n船工|张三|李四|王五\n船|两条|一条|三条",
        "车次|始发|终到\nK12|江城|柳州\nG9|柳州|青禾",
        "帮手|邻里|住址\n张三|宁奶奶|东街\n李四|骆大爷|西街",
        "词|含义\n汛|河水上涨\n凌|河水结冰",
        "日期|帮手\n周一|张三\n周二|李四",
        "花名|株高\n月季|30厘米\n牡丹|50厘米",
    ],
)
def test_a_first_row_of_other_words_than_those_below_names_the_columns(written: str) -> None:
    names, *below = table(written)
    assert said(written) == [
        "; ".join(f"{name.rstrip('：')}: {cell}" for name, cell in zip(names, row, strict=True))
        for row in below
    ]


@pytest.mark.parametrize(
    "written",
    [
        "租户|苗青青|门牌|12\n房东|储华|租金|500元",
        "租户|苗青青|地址|东街\n房东|储华|租期|三年\n中人|柏青|押金|一千元",
        "租户|苗青青|姓名|年龄一岁\n房东|储华|租期|三年\n中人|柏青|押金|一千元",
        "带队|张三\n车辆|3台\n经费|300元",
        "办事|张三\n开工日期|2024年3月1日\n完工日期|2024年9月1日",
    ],
)
def test_what_may_be_a_form_names_no_column(written: str) -> None:
    assert len(said(written)) == len(table(written))


def test_an_empty_corner_stands_over_the_names_of_rows() -> None:
    assert said("|早市|夜市\n东街|米粉|烤鱼\n西街|豆花|汤圆") == [
        "东街; 早市: 米粉; 夜市: 烤鱼",
        "西街; 早市: 豆花; 夜市: 汤圆",
    ]


def test_a_form_whose_labels_have_their_places_says_what_each_names() -> None:
    form = "承办人|苗青青|部门|质检科\n缘由|回乡探亲||\n批准人|储华|日期|2024年4月\n签字|||"
    assert said(form) == [
        "承办人: 苗青青; 部门: 质检科",
        "缘由: 回乡探亲",
        "批准人: 储华; 日期: 2024年4月",
        "签字",
    ]


def test_a_form_says_what_its_labels_name() -> None:
    assert said(
        "登记表|登记表|登记表|登记表\n姓名|张三|性别：|男\n部门|民政办|电话|\n地址|青石路|青石路|青石路"
    ) == [
        "登记表",
        "姓名: 张三; 性别: 男",
        "部门: 民政办; 电话",
        "地址: 青石路",
    ]


def test_a_header_that_begins_like_a_form_is_a_header() -> None:
    assert said("姓名|身高\n张三|175\n李四|180") == ["姓名: 张三; 身高: 175", "姓名: 李四; 身高: 180"]


@pytest.mark.parametrize(
    "foot",
    [
        ["制表人：李会计", "", "审核：陈总"],
        ["制表人：李会计", "审核：", "日期：三月五日"],
        ["复核:张三", "填表:李四", ""],
    ],
)
def test_who_made_a_table_is_said_below_it_without_its_header(foot: list[str]) -> None:
    table = [["姓名", "部门", "电话"], ["李二", "财务部", "8312"], ["王三", "后勤部", "8313"], foot]
    *_, last, below = rows(table)
    assert last.text == "姓名: 王三; 部门: 后勤部; 电话: 8313"
    assert below.text == "; ".join(filter(None, foot))


@pytest.mark.parametrize(
    ("written", "last"),
    [
        ("周一|周二\n语文|数学\n教师：张三|教师：李四", "周一: 教师：张三; 周二: 教师：李四"),
        ("方案|甲\n费用：少|起价：三元\n工期：短|始于：三月", "方案: 工期：短; 甲: 始于：三月"),
        ("时间|事项\n9:30|开会\n10:00|注意：带笔", "时间: 10:00; 事项: 注意：带笔"),
        ("网站|网址\n镇政府|www\nhttp://a|https://b", "网站: http://a; 网址: https://b"),
    ],
)
def test_cells_of_rows_may_name_what_they_hold(written: str, last: str) -> None:
    assert said(written, header_rows=1)[-1] == last


@pytest.mark.parametrize("note", ["以上电话均为内线", "本表由办公室填写", "如有变动另行通知"])
def test_what_is_said_of_a_table_below_it_is_a_paragraph(note: str) -> None:
    assert paragraphs(f"部门|电话\n财务部|8312\n后勤部|8313\n{note}|") == [note]


def test_a_list_of_labels_names_what_stands_beside_them_all() -> None:
    assert said("姓名|王芳\n年龄|35\n住址|滨江路1号\n特长|钢琴\n电话|8312") == [
        "姓名: 王芳",
        "年龄: 35",
        "住址: 滨江路1号",
        "特长: 钢琴",
        "电话: 8312",
    ]


def test_notes_and_the_names_of_groups_of_rows_are_paragraphs() -> None:
    written = "序号|名称|数量\n一、桥||\n1|便民桥|36\n2||\n注：不含在建。||\n合计||36"
    assert paragraphs(written) == ["一、桥", "注：不含在建。"]
    assert said(written)[1:3] == ["序号: 1; 名称: 便民桥; 数量: 36", "序号: 2"]
    assert said(written)[-1] == "序号: 合计; 数量: 36"


def test_a_text_in_every_cell_is_one_merged_across_unless_nobody_repeats_it() -> None:
    written = table("项目|状态|说明\n桥|好|新\n以下不再维护|以下不再维护|以下不再维护")
    assert [*rows(written)][-1] == Block("以下不再维护")
    assert [*rows(written, is_repeated=False)][-1].is_row


def test_below_an_empty_row_another_table_may_begin() -> None:
    assert said("项目|数量\n桥|36\n\n站|4\n\n名册|\n\n姓名|职务|电话\n张三|主任|123\n李四|干事|345") == [
        "项目: 桥; 数量: 36",
        "项目: 站; 数量: 4",
        "名册",
        "姓名: 张三; 职务: 主任; 电话: 123",
        "姓名: 李四; 职务: 干事; 电话: 345",
    ]


def test_below_an_empty_row_words_that_name_columns_begin_a_table() -> None:
    assert said("姓名|职务\n张三|主任\n李四|干事\n\n科室|职责\n综合科|公文\n业务科|登记") == [
        *("姓名: 张三; 职务: 主任", "姓名: 李四; 职务: 干事"),
        *("科室: 综合科; 职责: 公文", "科室: 业务科; 职责: 登记"),
    ]


def test_empty_rows_between_all_rows_part_nothing() -> None:
    assert said("甲|乙\n\n1|2\n|\n3|4") == ["甲: 1; 乙: 2", "甲: 3; 乙: 4"]


def test_a_repeated_header_is_not_said_again() -> None:
    assert said("甲|乙\n1|2\n甲|乙\n3|4") == ["甲: 1; 乙: 2", "甲: 3; 乙: 4"]


def test_a_header_that_is_marked_is_believed() -> None:
    assert said("2|3\n4|5", header_rows=1) == ["2: 4; 3: 5"]
    assert said("甲|甲|丙\n丁|戊|丙\n1|2|3", header_rows=2) == ["甲 丁: 1; 甲 戊: 2; 丙: 3"]
    assert said("甲|乙|丙\n丁|戊|己", header_rows=0) == ["甲; 乙; 丙", "丁; 戊; 己"]


@pytest.mark.parametrize(
    ("written", "header"),
    [
        ("项目|数量|备注\n桥|36|\n站|2|", "项目; 数量; 备注"),
        ("项目|数量||备注\n|计划|实际|\n桥|36||新\n站|2||旧", "计划; 实际"),
        ("项目|数量\n桥|36\n\n姓名|备注|年龄\n张三||40\n李四||50", "姓名; 备注; 年龄"),
    ],
)
def test_a_header_that_names_a_column_of_nothing_is_said_once_and_answers_nothing(
    written: str, header: str
) -> None:
    blocks = [*rows(table(written))]
    assert [block.text for block in blocks if block.is_boilerplate][-1:] == [header]
    assert all(block.is_row for block in blocks)


@pytest.mark.parametrize("header_rows", [None, 0, 1])
def test_a_single_row_is_said_as_it_is(header_rows: int | None) -> None:
    assert said("甲|乙|丙", header_rows) == ["甲; 乙; 丙"]


def test_a_table_of_one_column_is_paragraphs() -> None:
    assert paragraphs("渡口\n河上起雾了。\n船来了。") == ["渡口", "河上起雾了。", "船来了。"]


def test_of_an_endless_table_only_the_beginning_is_held() -> None:
    drawn: list[int] = []

    def endless() -> Iterator[list[str]]:
        yield ["项目", "数量"]
        for number in count():
            drawn.append(number)
            yield ["桥", str(number)]

    assert [block.text for block in islice(rows(endless()), 50)][-1] == "项目: 桥; 数量: 49"
    assert len(drawn) == 50


CELLS = st.sampled_from(
    ["", "项目", "数量", "便民桥", "36", "2023年", "注：完。", "姓名", "姓名：", "一、甲", "是", "。"]
)


ROWS = st.lists(st.lists(CELLS, max_size=5), max_size=25)


@settings(max_examples=100)
@given(ROWS, st.sampled_from([None, 0, 1, 2]), st.sampled_from([None, 1]))
def test_a_table_says_nothing_that_no_cell_does(
    written: list[list[str]], header_rows: int | None, title_level: int | None
) -> None:
    blocks = [*rows(written, header_rows=header_rows, title_level=title_level)]
    text = "\n".join(block.text for block in blocks)
    words = text.replace("; ", "\n").replace(": ", "\n").split()
    assert {word.rstrip("：") for word in words} <= {cell.rstrip("：") for row in written for cell in row}
    assert all(block.text for block in blocks)


@settings(max_examples=100)
@given(ROWS, st.sampled_from([None, 0, 1, 2]))
def test_every_cell_is_said(written: list[list[str]], header_rows: int | None) -> None:
    text = "\n".join(block.text for block in rows(written, header_rows=header_rows))
    assert all(cell.rstrip("：") in text for row in written for cell in row)


class Compared(Row):
    """A row that counts how often it is compared as a whole."""

    times = 0

    def __eq__(self, other: object) -> bool:
        Compared.times += 1
        return super().__eq__(other)

    __hash__ = None  # type: ignore[assignment] - as of any list


def test_rows_are_compared_as_often_however_wide_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Compared, "times", 0)
    assert header_below([Compared(f"第{n}项" for n in range(50)) for _ in range(20)]) == 0
    assert Compared.times <= 20
