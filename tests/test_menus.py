import pytest

from retrieval.menus import is_menu, words_of


@pytest.mark.parametrize(
    "line",
    [
        "首页 新闻 视频 图片 社区",
        "首页 机构 渡船 服务 互动",
        "首页新闻公告",
        "设为首页收藏本站",
        "上一章章节目录下一章",
        "上一章 ← 章节目录 → 下一章",
        "上一页 1 2 3 4 下一页",
        "投推荐票 上一章 章节目录 下一章 加入书签",
        "网站导览 | 回首页 | english",
        "打印 关闭",
        "新闻 公告 图片 视频",
        "赞同 120 反对 评论 30",
    ],
)
def test_a_line_of_the_words_of_a_menu_is_one(line: str) -> None:
    assert is_menu(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "首页",
        "新闻公告",
        "打印关闭",
        "大 小",
        "首页设计",
        "收藏 邮票",
        "采购 → 验收 → 入库",
        "首页 > 新闻",
        "渡船 水车 首页",
        "1 2 3",
        "赞同 120 反对 30",
        "支持 120 | 反对: 30",
    ],
)
def test_a_line_that_may_say_something_is_no_menu(line: str) -> None:
    assert not is_menu(line)


def test_the_longest_word_is_taken_at_each_place() -> None:
    assert words_of("收藏本站 | 收藏") == ["收藏本站", "收藏"]
    assert words_of("大中小") == ["大", "中", "小"]
    assert words_of("收藏家") == []
