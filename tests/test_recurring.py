"""Lines at the edges of documents, of which most documents have some."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.boilerplate import with_boilerplate
from retrieval.documents import Content
from retrieval.indexing.edges import Edges
from retrieval.readers import OURS
from retrieval.reading import document_of
from retrieval.recurring import EDGE, SHARED, edge_lines, shared, shared_by, with_recurring

BODY = "渡船从早上八点开到傍晚六点，下雨的日子不开，水大的日子也不开。"


def read(*lines: str) -> Content:
    return with_boilerplate(OURS[".txt"]("\n\n".join(lines)))


def marked(content: Content) -> list[str]:
    return [content.text[p.span.start : p.span.end] for p in content.paragraphs if p.boilerplate]


def pages(*head: str, count: int = SHARED, foot: str = "") -> list[Content]:
    return [read(f"渡口之{n}", *head, BODY + str(n), *[BODY] * 2 * EDGE, foot or BODY) for n in range(count)]


def test_a_line_that_most_documents_have_at_an_edge_is_boilerplate() -> None:
    contents = pages("青石小筑 第1期", foot="河边人家在线")
    lines = shared_by(contents)
    for content in contents:
        assert marked(with_recurring(content, lines)) == ["青石小筑 第1期", "河边人家在线"]


def test_a_line_that_half_of_the_documents_have_is_text() -> None:
    contents = [*pages("青石小筑 第1期"), *pages(count=SHARED)]
    assert shared_by(contents) == frozenset()


def test_what_few_documents_have_is_text_though_all_have_it() -> None:
    assert shared_by(pages("青石小筑 第1期", count=SHARED - 1)) == frozenset()


@pytest.mark.parametrize(
    "line",
    [
        "地点：镇政府三楼会议室",
        "主持: 张三",
        "青石镇人民政府",
        BODY,
        "渡口",
        "第一章 总则",
        "主持人 镇长时雨",
        "参加人员 全体班子成员",
        "抄送 各股室",
        "24小时报修热线 0571-88889999",
        "伙食费每天20元",
        "试用期3个月",
        "美式咖啡 20",
        "会员可享受九折",
        "持学生证免服务费",
        "学校食堂提供免费午餐",
        "以上价格均含税",
    ],
)
def test_what_minutes_and_notices_say_each_time_is_text(line: str) -> None:
    assert shared_by(pages(line)) == frozenset()


def test_a_line_in_the_middle_is_text_though_it_recurs_at_the_edges() -> None:
    lines = shared_by(pages("青石小筑 第1期"))
    content = read("渡口", *[BODY] * EDGE, "青石小筑 第1期", *[BODY] * EDGE)
    assert marked(with_recurring(content, lines)) == []


def test_a_line_between_lines_of_a_document_s_own_is_text_though_it_recurs() -> None:
    contents = [
        read(
            f"录用通知书之{n}",
            f"{'甲乙丙丁戊'[n]}君来报到时请带上",
            *("身份证原件", "毕业证原件"),
            BODY,
            "体检报告原件",
            f"写信人{'甲乙丙丁戊'[n]}",
            "河边人家在线",
        )
        for n in range(SHARED)
    ]
    lines = shared_by(contents)
    assert [marked(with_recurring(content, lines)) for content in contents] == [["河边人家在线"]] * SHARED


def test_lists_of_prices_that_many_places_have_answer() -> None:
    contents = [
        read(f"茶馆{n}价目表", f"清茶 {20 + n}元", f"红茶 {26 + n}元", f"茶馆在河边{n}号。")
        for n in range(SHARED)
    ]
    assert shared_by(contents) == frozenset()


def test_a_document_that_has_no_other_line_keeps_its_text() -> None:
    contents = [read("渡口", "青石小筑 第1期", "河边人家在线")] * SHARED
    lines = shared_by(contents)
    assert len(lines) == 2
    assert with_recurring(contents[0], lines) == contents[0]


def titled(title: str, *head: str, count: int = SHARED) -> list[Content]:
    return [
        read(title, *(line.format(n, "桥路灯井船"[n]) for line in head), f"{BODY}{n}。") for n in range(count)
    ]


def titles(contents: list[Content]) -> list[str | None]:
    lines = shared_by(contents)
    return [with_recurring(content, lines).title for content in contents]


def test_the_title_of_most_documents_is_the_site_s_where_another_follows() -> None:
    contents = titled("青石镇便民信息", "镇村动态 第{}期", "关于修{1}的情况")
    assert titles(contents) == [f"关于修{word}的情况" for word in "桥路灯井船"]
    found = with_recurring(contents[0], shared_by(contents))
    assert marked(found) == ["青石镇便民信息", "镇村动态 第0期"]
    assert [p.heading.text for p in found.paragraphs if p.heading] == ["关于修桥的情况"]


@pytest.mark.parametrize(
    "head",
    [
        ("时间：2024年3月{}日", "地点：三楼"),
        ("主持人 镇长时雨", "参加人员 全体班子成员"),
        ("星期{}", "晴"),
        ("镇村动态 第{}期",),
        (),
    ],
)
def test_minutes_that_are_all_called_alike_keep_their_title(head: tuple[str, ...]) -> None:
    assert titles(titled("渡口会议纪要", *head)) == ["渡口会议纪要"] * SHARED


def test_one_of_several_questions_is_no_title_below_one_that_all_share() -> None:
    contents = titled("常见问题", "{1}怎么办理登记手续？", "带身份证去镇政府，当天办好。", "{1}要多少钱？")
    found = [with_recurring(content, shared_by(contents)) for content in contents]
    assert {document_of(content, f"{n}.txt").title for n, content in enumerate(found)} == {"常见问题"}
    assert document_of(found[0], "修桥指南.txt").title == "修桥指南"
    assert found[0].paragraphs == contents[0].paragraphs


def test_the_only_question_is_a_title_below_one_that_all_share() -> None:
    contents = titled("青石镇便民信息", "{1}怎么办理登记手续？")
    assert titles(contents) == [f"{word}怎么办理登记手续？" for word in "桥路灯井船"]


def test_a_title_that_few_documents_share_stays() -> None:
    contents = titled("青石镇便民信息", "关于修{1}的情况", count=SHARED - 1)
    assert titles(contents) == ["青石镇便民信息"] * (SHARED - 1)


def test_lines_differ_whose_words_do_and_not_whose_numbers_do() -> None:
    first, second, third = (
        edge_lines(read(BODY, line)) for line in ("河边书社 第1期", "河边书社 第20期", "河边书屋 第1期")
    )
    assert first == second
    assert first.isdisjoint(third)


@given(st.lists(st.frozensets(st.integers(0, 12))))
def test_a_line_is_shared_that_so_many_documents_have(documents: list[frozenset[int]]) -> None:
    edges = Edges.of([np.array(sorted(lines), np.uint32) for lines in documents])
    counts = {line: sum(line in lines for lines in documents) for line in range(13)}
    least = max(SHARED, len(documents) / 2 + 0.1)
    assert edges.recurring() == {line for line, count in counts.items() if count >= least}
    assert edges.recurring() == shared(edges.lines, len(documents))
    for number, lines in enumerate(documents):
        assert {*edges[number].tolist()} == lines
    wanted = frozenset({1, 5})
    assert edges.having(wanted) == {n for n, lines in enumerate(documents) if lines & wanted}
