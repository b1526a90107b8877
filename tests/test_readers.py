from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.documents import Content, Document, Heading
from retrieval.paragraphs import paragraphs
from retrieval.passages import split
from retrieval.readers import OURS
from retrieval.readers.markdown import read_markdown
from retrieval.readers.plain import read_plain

MARKS = ["# 一级", "## 二级", "### 三级 ###", "---", "title: 题", "```", "1. 项", "一、标题", "> 引", "- 项"]
LINES = st.sampled_from(["", "正文。", *MARKS])


def headings(content: Content) -> list[tuple[int, str]]:
    return [(p.heading.level, p.heading.text) for p in content.paragraphs if p.heading]


@settings(max_examples=120)
@given(st.lists(LINES, max_size=20).map("\n".join) | st.text(max_size=40))
@pytest.mark.parametrize("ending", [".txt", ".md"])
def test_every_paragraph_of_a_text_is_read(ending: str, text: str) -> None:
    content = OURS[ending](text)
    assert content.text == text
    front = max((paragraph.span.end for paragraph in content.paragraphs if paragraph.boilerplate), default=0)
    assert text[:front].strip() == text[:front]
    below = [paragraph.span for paragraph in content.paragraphs if not paragraph.boilerplate]
    assert below == [span for span in paragraphs(text) if span.start >= front]
    assert content.title is None or content.title


def test_a_plain_title_heads_its_document() -> None:
    content = read_plain("渡口\n第一章　雾\n河上起雾了。")
    assert content.title == "渡口"
    assert headings(content) == [(0, "渡口"), (11, "第一章　雾")]


def test_a_chapter_that_names_a_plain_document_stays_a_chapter() -> None:
    content = read_plain("第613章 责任\n他身材高大。")
    assert content.title == "第613章 责任"
    assert headings(content) == [(11, "第613章 责任")]


def test_a_document_of_several_chapters_is_not_named_by_the_first() -> None:
    assert read_plain("第一回 起雾\n雾起。\n第二回 雾散\n雾散。").title is None
    assert read_plain("第一回 起雾\n一、早晨\n雾起。\n二、中午\n雾散。").title == "第一回 起雾"


def test_a_title_below_navigation_is_the_heading() -> None:
    content = read_plain("首页 > 小说\n渡口\n正文。")
    assert content.title == "渡口"
    assert [p.heading for p in content.paragraphs] == [None, Heading(0, "渡口", alone=True), None]


def test_a_text_that_begins_with_text_has_no_title() -> None:
    content = read_plain("河上起雾了。\n船来了。")
    assert content.title is None
    assert headings(content) == []


@pytest.mark.parametrize("reader", OURS.values())
@pytest.mark.parametrize("text", ["", "\n \n　"])
def test_a_blank_text_has_no_paragraphs(reader: type, text: str) -> None:
    content = reader(text)
    assert (content.title, content.paragraphs) == (None, ())


def test_a_single_heading_of_level_one_is_the_title_of_markdown() -> None:
    content = read_markdown("前面的话。\n\n# 手册\n\n## 入职\n\n### 报到 ###\n\n带身份证。\n\n##离职\n")
    assert content.title == "手册"
    assert headings(content) == [(0, "手册"), (2, "入职"), (3, "报到"), (2, "离职")]


def test_several_headings_of_level_one_are_sections() -> None:
    content = read_markdown("# 入职\n\n带身份证。\n\n# 离职\n\n交钥匙。\n")
    assert content.title == "入职"
    assert headings(content) == [(1, "入职"), (1, "离职")]


def test_without_a_heading_of_level_one_the_title_is_a_first_line_like_one() -> None:
    assert read_markdown("手册\n\n## 入职\n\n带身份证。").title == "手册"
    assert read_markdown("## 入职\n\n带身份证。").title == "入职"
    assert read_markdown("这里是手册，请看。\n\n## 入职\n").title is None


@pytest.mark.parametrize("line", ["#话题", "#", "##", "# ", "####### 七级", "C# 语言"])
def test_a_line_that_only_looks_like_markdowns_heading_is_none(line: str) -> None:
    content = read_markdown(f"# 手册\n\n{line}\n\n正文。")
    assert headings(content) == [(0, "手册")]


def test_an_underlined_line_is_markdowns_heading_too() -> None:
    content = read_markdown("手册\n====\n\n入职\n---\n\n带身份证。\n\n一、报到\n------\n到二楼。\n")
    assert content.title == "手册"
    assert headings(content) == [(0, "手册"), (2, "入职"), (2, "一、报到")]


@pytest.mark.parametrize(
    "above", ["带身份证。", "有两种：", "- 一项", "| 岗位 | 上班 |", "---", "长" * 61, "入职\n"]
)
def test_a_rule_below_a_sentence_or_an_item_makes_no_heading(above: str) -> None:
    assert headings(read_markdown(f"# 手册\n\n{above}\n---\n正文。")) == [(0, "手册")]


@pytest.mark.parametrize("fence", ["```", "~~~", "```bash"])
def test_code_has_no_headings(fence: str) -> None:
    text = f"# 手册\n\n{fence}\n# 注释\n一、数据\n说明\n{fence[:3]}\n\n## 用法\n"
    assert headings(read_markdown(text)) == [(0, "手册"), (2, "用法")]


def test_in_a_section_of_markdown_the_usual_forms_head_too() -> None:
    content = read_markdown("# 条例\n\n## 第一章 总则\n\n第一条 为了安全，制定本条例。\n")
    assert headings(content) == [(0, "条例"), (2, "第一章 总则"), (13, "第一条")]


def test_markdown_without_headings_is_read_as_plain_text() -> None:
    text = "渡口\n\n一、雾\n\n河上起雾了。\n"
    assert read_markdown(text) == read_plain(text)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("## **安装**", "安装"),
        ("## `ask` 命令", "ask 命令"),
        ("## [配置](config.md#a)", "配置"),
        ("## 安装 {#install}", "安装"),
        ("## ![](logo.png)", "![](logo.png)"),
        ("## *", "*"),
    ],
)
def test_emphasis_links_and_names_are_left_out_of_a_heading(line: str, words: str) -> None:
    assert headings(read_markdown(f"{line}\n\n正文。")) == [(2, words)]


FRONT = '---\ntitle: "快速开始"\ntags: [文档]\n---\n'


def test_front_matter_names_a_document_and_heads_nothing() -> None:
    text = f"{FRONT}\n欢迎使用。\n\n## 安装\n"
    content = read_markdown(text)
    assert content.title == "快速开始"
    assert headings(content) == [(2, "安装")]
    assert text[content.paragraphs[1].span.start :].startswith("欢迎")


@pytest.mark.parametrize(
    "front", [FRONT, FRONT.replace("title", "标题"), FRONT.replace("---\ntitle", "--- \ntitle")]
)
def test_front_matter_with_the_rules_round_it_is_boilerplate(front: str) -> None:
    content = read_markdown(f"{front}\n欢迎使用。\n\n---\n\n再见。\n")
    passages = split(Document("a.md", "题", content.text, content.paragraphs))
    assert content.title == "快速开始"
    assert [(passage.text, passage.boilerplate) for passage in passages] == [
        (front.strip(), True),
        ("欢迎使用。\n\n---\n\n再见。", False),
    ]


def test_the_documents_own_heading_goes_before_the_title_in_front_matter() -> None:
    assert read_markdown(f"{FRONT}\n# 入门\n\n正文。").title == "入门"
    assert read_markdown(f"{FRONT}\n# 入门\n\n# 进阶\n").title == "快速开始"


def test_front_matter_is_no_title_by_itself() -> None:
    front = FRONT.replace("title", "label")
    assert read_markdown(f"{front}\n渡口\n\n河上起雾了。").title == "渡口"
    assert read_markdown(f"{front}\n河上起雾了。\n\n## 一节\n").title is None
    assert replace(read_markdown(FRONT), paragraphs=()) == Content(FRONT, "快速开始", ())


def test_a_rule_at_the_head_is_no_front_matter() -> None:
    text = "---\n\n渡口\n\n---\n\n河上起雾了。"
    assert read_markdown(text) == read_plain(text)


@pytest.mark.parametrize(
    "line", ["# x" + " " * 40_000 + "y", "# " + "[" * 40_000, "# " + "[](" * 20_000, "# " + "{#" * 20_000]
)
def test_a_very_long_line_is_no_heading_and_soon_read(line: str) -> None:
    [first, *_] = read_markdown(f"{line}\n\n正文。").paragraphs
    assert first.heading is None


def said(content: Content) -> list[str]:
    return [content.text[p.span.start : p.span.end] for p in content.paragraphs]


@pytest.mark.parametrize(
    "table",
    [
        "| 项目 | 数量 |\n| :-- | --: |\n| 便民桥 | 36座 |\n| 文化站 | 2个 |",
        "项目 | 数量\n-|-\n便民桥 | 36座\n文化站 | 2个",
        "|项目|数量|\n|---|---|\n|便民桥|36座|\n|文化站|2个",
    ],
)
def test_a_table_of_markdown_is_rows_with_the_names_of_their_columns(table: str) -> None:
    content = read_markdown(f"# 手册\n前面。\n{table}\n\n后面。\n")
    assert said(content) == [
        "# 手册",
        "前面。",
        "项目: 便民桥; 数量: 36座",
        "项目: 文化站; 数量: 2个",
        "后面。",
    ]
    assert [p.apart for p in content.paragraphs] == [False, False, True, True, False]


def test_a_cell_of_markdown_may_hold_a_bar_and_a_line_break() -> None:
    content = read_markdown("| 命令 | 说明 |\n|---|---|\n| a \\| b | 先<br>后 |\n")
    assert said(content) == ["命令: a | b; 说明: 先 后"]


HTML_ROWS = ["项目: 便民桥; 数量: 36座", "项目: 文化站; 数量: 2个", "项目: 文化站; 数量: 3 <个>"]
HTML_TABLES = (
    """<table>
<thead>
<tr><th>项目</th>
<th>数量</th></tr></thead>
<tr><td>便民桥</td><td>36座</td></tr>
  <tr>
    <td rowspan="2">文化站</td>
<td>2个</td></tr><tr><td>3 &lt;个></td></tr>
</table>""",
    """<html><body><table><tr><td>项目</td><td>数量</td></tr><tr><td>便民桥</td><td><b>36</b>座</td></tr>\
<tr><td rowspan=2>文化站<td>2个<tr><td>3<br>&lt;个&gt;</table></body></html>""",
    """<div align="center">

<TABLE border=1><tr><th>项目<th>数量<tr><td>便民桥<td>36座
<tr><td rowspan='2'>文化站<td>2个<tr><td><p>3</p>&lt;个&gt;</TABLE>
</div>""",
)


@pytest.mark.parametrize("table", HTML_TABLES)
def test_a_table_of_markdown_that_is_written_as_html_is_rows_too(table: str) -> None:
    content = read_markdown(f"# 手册\n前面。\n{table}\n\n后面。\n")
    shown = [line for line in said(content) if "div" not in line]
    assert shown == ["# 手册", "前面。", *HTML_ROWS, "后面。"]
    assert [line for line, p in zip(said(content), content.paragraphs, strict=True) if p.apart] == HTML_ROWS


def test_what_stands_behind_a_table_of_html_is_read_on() -> None:
    table = "<table><tr><td>项目</td><td>数量</td></tr><tr><td>桥</td><td>{}</td></tr></table>"
    content = read_markdown(f"{table.format(1)}{table.format(2)} 后面。\n再后面。\n")
    assert said(content) == ["项目: 桥; 数量: 1", "项目: 桥; 数量: 2", "后面。", "再后面。"]


def test_a_row_of_markdown_neither_heads_nor_names_anything() -> None:
    content = read_markdown("| 第一章 | 数 |\n|---|---|\n| 一、甲 | |\n\n河上起雾了。")
    assert (content.title, headings(content)) == (None, [])


@pytest.mark.parametrize(
    "text",
    [
        "```\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n```\n",
        "| 甲 | 乙 |\n| 丙 | 丁 |\n",
        "| 甲 | 乙 | 丙 |\n|---|---|\n",
        "甲\n---\n乙 | 丙\n",
        "```\n<table><tr><td>甲</td><td>乙</td></tr></table>\n```\n",
        "用 <table> 写表，用 </table> 结束。\n",
        "<table>\n<tr><td>甲</td></tr>\n",
        "<tablet>\n</tablet>\n",
    ],
)
def test_what_is_no_table_of_markdown_stays_as_it_is(text: str) -> None:
    content = read_markdown(text)
    assert content.text == text
    assert said(content) == text.splitlines()


def test_front_matter_is_boilerplate_and_the_text_below_it_is_not() -> None:
    text = "---\ntitle: 渡口守则\ntags: [船, 雾]\n---\n# 第一章\n雾天停航。\n"
    content = read_markdown(text)
    said = [(text[p.span.start : p.span.end], p.boilerplate) for p in content.paragraphs]
    assert [words for words, is_boilerplate in said if not is_boilerplate] == ["# 第一章", "雾天停航。"]
    assert said[0] == ("---\ntitle: 渡口守则\ntags: [船, 雾]\n---", True)
