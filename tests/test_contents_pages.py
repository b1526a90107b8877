import pytest

from retrieval.readers import OURS
from retrieval.readers.contents_pages import contents_in

LISTED = ["第一章 渡口........ 1", "第二章 石桥………… 7", "第三章 集市· · · · · · 12"]
TEXT = ["第一章 渡口", "早先没有渡口。", "第二章 石桥", "后来修了桥。", "第三章 集市"]


@pytest.mark.parametrize("title", ["目 录", "目录：", "Contents", "目　次"])
def test_lines_below_their_title_that_lead_to_pages_are_contents(title: str) -> None:
    assert contents_in([title, *LISTED, "早先没有渡口。"]) == {0, 1, 2, 3}
    assert contents_in([title, "", *(line.replace("........", "\t") for line in LISTED), "船"]) == {
        0,
        2,
        3,
        4,
    }


def test_they_are_without_a_title_where_most_stand_over_a_part_of_the_text() -> None:
    assert contents_in(["青石镇志", *LISTED, *TEXT]) == {1, 2, 3}


def test_an_entry_on_two_lines_is_one() -> None:
    assert contents_in(
        ["目录", LISTED[0], "第二章 石桥以及桥上的石狮和", "桥下的船........ 7", LISTED[2]]
    ) == {*range(5)}


@pytest.mark.parametrize(
    "lines",
    [
        ["菜单", "豆花........ 3", "米粉........ 8", "烤鱼........ 38"],
        ["豆花\t3", "米粉\t8", "烤鱼\t38", "豆花", "米粉", "烤鱼"],
        ["目录", *LISTED[:2], *TEXT],
        ["目录", "渡口........ 12", "石桥........ 7", "集市........ 1"],
        ["目录", "说到这里……", "他说……12个人", "走了……", "留了3"],
    ],
)
def test_other_lists_are_none(lines: list[str]) -> None:
    assert not contents_in(lines)


@pytest.mark.parametrize(("ending", "title"), [(".txt", "目录"), (".md", "目录"), (".md", "## 目录")])
def test_the_contents_of_a_plain_text_are_boilerplate_and_head_nothing(ending: str, title: str) -> None:
    content = OURS[ending]("\n".join(["渡口手册", "", title, *LISTED, "", *TEXT, "早先没有集市。"]))
    lines = [(content.text[p.span.start : p.span.end], p) for p in content.paragraphs]
    assert [line for line, paragraph in lines if paragraph.boilerplate] == [title, *LISTED]
    assert {line for line, paragraph in lines if paragraph.heading} == {"渡口手册", *TEXT[::2]}
