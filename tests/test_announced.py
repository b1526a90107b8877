import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.announced import LEAST, MOST, listed_below, titles_below
from retrieval.boilerplate import with_boilerplate
from retrieval.readers import OURS

BODY = "河上起雾了，船还没有来。"
TITLES = ["渡口的铜铃是谁挂的？", "雾天开船，要注意什么！", "5个渡口的老照片"]


def marked(*lines: str) -> list[str]:
    content = with_boilerplate(OURS[".txt"]("\n".join(lines)))
    return [content.text[p.span.start : p.span.end] for p in content.paragraphs if p.boilerplate]


@pytest.mark.parametrize(
    "label",
    ["往期推荐", "▼往期精彩回顾▼", "喜欢此内容的人还喜欢", "看过本文的人还看了"],
)
def test_titles_of_other_pages_are_boilerplate_below_what_announces_them(label: str) -> None:
    assert marked("渡口", BODY, label, *TITLES) == [label, *TITLES]
    assert marked("渡口", BODY, label, *TITLES, "阅读原文", "雾", BODY) == [label, *TITLES, "阅读原文"]


@pytest.mark.parametrize(
    "lines",
    [
        ["往期回顾", "上一届大赛在河边举行。", "共有十二条船"],
        ["往期精彩回顾", "主持人介绍：", "第一届"],
        ["往期回顾", "第一届", "第二届", BODY],
        ["往期回顾", "第一届", "第二届", "报名方式"],
        ["推荐阅读", "《渡口》", "《雾》"],
        ["参考资料", "渡口志"],
        ["往期推荐", *["渡口"] * (MOST + 1)],
    ],
)
def test_what_stands_below_a_heading_of_the_text_is_text(lines: list[str]) -> None:
    assert not {*marked("渡口", BODY, *lines)} & {*lines[1:]}


def test_what_may_be_a_heading_announces_titles_beside_boilerplate() -> None:
    lines = ["往期回顾", *TITLES, "点个在看"]
    assert marked("渡口", BODY, *lines) == lines
    assert marked("渡口", BODY, *lines[:-1]) == []


@pytest.mark.parametrize("announcing", ["热门推荐", "精彩推荐：", "相关推荐", "猜你喜欢"])
def test_what_a_menu_or_a_guide_recommends_is_text(announcing: str) -> None:
    dishes = ["红烧肉 38元", "清蒸鱼 58元", "玻璃栈道", "《渡口志》在三楼"]
    for lines in (["饭店菜单", "凉菜", announcing, *dishes, "主食"], ["景区导览", BODY, announcing, *dishes]):
        assert not {*marked(*lines)} & {*dishes}


def test_the_title_of_a_document_is_none_of_another_page() -> None:
    assert marked("往期推荐", "渡口") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "打开软件后，底部有以下按钮：",
        "菜单包括：",
        "首页的按钮分别为:",
        "顶部按钮如下：",
    ],
)
def test_a_menu_that_the_text_speaks_of_is_text(sentence: str) -> None:
    buttons = ["首页", "我的", "搜索", "返回首页", "登录", "注册"]
    assert marked("手册", sentence, *buttons, "点击登录按钮，输入手机号。") == []
    assert marked("手册", BODY, sentence, " ".join(buttons)) == []


def test_a_menu_in_the_midst_of_a_text_is_text() -> None:
    buttons = ["首页", "我的", "搜索", "返回", "登录", "注册"]
    assert marked("手册", BODY, "底部的按钮", *buttons, BODY) == []
    assert marked("规则", *buttons, BODY) == []
    assert marked(*buttons, "手册", BODY) == buttons
    assert marked("手册", BODY, *buttons) == buttons


def test_buttons_of_the_page_are_boilerplate_below_any_sentence() -> None:
    buttons = "【打印本页】【关闭窗口】"
    assert marked("渡口", "附件包括：", buttons) == [buttons]
    assert marked("渡口", "您现在的位置是：", "首页", "新闻", BODY)[0] == "您现在的位置是："


LINES = st.lists(
    st.sampled_from(["往期推荐", "菜单如下：", "首页", "登录", BODY, "渡口", "扫一扫", ""]), max_size=20
)


@given(LINES)
def test_what_is_announced_follows_an_announcement(lines: list[str]) -> None:
    marks = [line == "扫一扫" for line in lines]
    listed = {*listed_below(lines, lines, marks)}
    told = {*titles_below(lines, lines, marks)}
    for number in range(len(lines)):
        if number in listed and number - 1 not in listed:
            assert lines[number - 1] == "菜单如下："
            assert {*range(number, number + LEAST)} <= listed
        if number in told and number - 1 not in told:
            assert lines[number] == "往期推荐"
    assert not any(marks[number] or lines[number] == BODY for number in told)
