import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.bylines import LONGEST, fields_of, is_byline, is_byline_above, is_byline_below

FIELDS = {
    "published": "发布时间: 2023-05-06",
    "clocked": "2023-05-06 10:20",
    "counter": "浏览次数: 33",
    "font": "字号: 大 中 小",
    "house": "来源: 青石日报",
    "editor": "责任编辑: 李小河",
    "author": "作者: 闻树生",
    "tally": "赞 12",
    "ago": "三小时前",
}


@settings(max_examples=60)
@given(
    st.lists(st.sampled_from(sorted(FIELDS)), min_size=1, max_size=4),
    st.sampled_from([" ", " | ", "  ", "; "]),
)
def test_every_field_of_a_line_is_told_apart(kinds: list[str], between: str) -> None:
    fields = fields_of(between.join(FIELDS[kind] for kind in kinds))
    assert {kind: fields[kind] for kind in {*kinds}} == {kind: kinds.count(kind) for kind in kinds}


@pytest.mark.parametrize(
    "line",
    [
        "2019-11-20 09:31 来源: 青石新闻网",
        "作者: 小石 来源: 本站 浏览量: 320",
        "发表于 2022-5-9 08:30:00 来自手机 | 只看该作者",
        "编辑于 2022-03-14 11:20",
        "原创 小河边 河边的书房 2022-02-02 20:00",
        "查看: 5231|回复: 47",
        "字级: 大 中 小",
        "发布时间:2024-03-15 10:22来源:滨江市民政局浏览次数:1234次字体:[大 中 小]打印",
        "来源:青石镇政府发布日期:2024-03-15浏览次数:12次",
        "点击数:1024作者:闻树生来源:本站",
    ],
)
def test_a_line_of_several_fields_is_a_byline_anywhere(line: str) -> None:
    assert is_byline(line)


@pytest.mark.parametrize(
    "line",
    [
        "2023-05-06",
        "2023/5/6 08:12",
        "2023-05-06 周六",
        "一天前",
        "102 阅读",
        "阅读 3.3万",
        "发布日期: 112-05-06",
        "浏览人次: 4012",
        "来源: 新华社",
        "编辑: 小河 2023-05-06",
        "2023年5月6日 10:20 新华网",
        "作者: 北漠 更新时间: 2021-12-03 02:11 字数: 2318",
        "字数: 3456字 | 阅读时间: 约8分钟",
    ],
)
def test_above_a_text_one_field_is_enough(line: str) -> None:
    assert is_byline_above(line)
    assert not is_byline(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "时间: 2024年3月11日14:00",
        "时间: 2024.3.11 9:00",
        "日期: 2024-03-12",
        "会议时间: 2024-03-12",
        "时间: 2024年5月1日 地点: 礼堂",
        "2024年3月12日",
        "2024年3月11日 星期一 晴",
        "作者: 冰心",
        "编辑: 王小波",
        "审核: 赵大江",
        "来源: 财政拨款",
        "来源: 《本草纲目》",
        "资金来源: 县级财政",
        "阅读: 课文第三课",
        "点击率: 2.1%",
        "字号: 三号黑体",
        "字数: 八百字左右",
        "大小: 二寸",
        "发布日期: 2024年3月1日",
        "作者 | 冰心",
        "编辑 | 删除",
        "审核|导出|打印",
        "来源 | 金额 | 用途",
        "资料更新: 每月一次",
    ],
)
def test_what_says_when_something_takes_place_and_who_wrote_it_is_text(line: str) -> None:
    assert not is_byline_above(line)
    assert not is_byline_below(line)


@pytest.mark.parametrize("line", ["2024-03-12", "一天前", "作者: 冰心", "打印"])
def test_below_a_text_a_day_may_be_when_it_was_signed(line: str) -> None:
    assert not is_byline_below(line)


@pytest.mark.parametrize(
    "line",
    [
        "责任编辑: 李小河",
        "赞 2368 在看 1021",
        "[编辑: 王五] [审核: 赵六]",
        "来源: 新华社",
        "来源 | 财政局",
        "编辑丨王五",
        "资料更新: 113-09-25",
    ],
)
def test_below_a_text_it_is_who_put_it_there(line: str) -> None:
    assert is_byline_below(line)


@pytest.mark.parametrize(
    "unit", ["来源:", "时间: 2024", "阅读 1 ", "字号 大|", "2024-03-14 ", "编辑:阅读", "词 "]
)
def test_a_line_that_is_made_to_take_long_is_no_byline(unit: str) -> None:
    line = (unit * LONGEST)[: LONGEST + 1]
    assert not is_byline(line)
    assert not is_byline_above(line[:LONGEST] + "。")
