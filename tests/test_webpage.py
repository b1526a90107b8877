"""Web pages, as people save them."""

from html import escape
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.documents import Content
from retrieval.listing import File
from retrieval.problems import Reason, UnreadableError
from retrieval.readers.web.breaks import collapsed
from retrieval.readers.web.webpage import read
from retrieval.reading import Reader

NOTICE = """<!DOCTYPE html>
<html lang="zh"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<title>关于做好今年防汛工作的通知_通知公告_青石镇人民政府</title>
<meta name="SiteName" content="青石镇人民政府门户网站"><style>p { color: red }</style>
<script>var page = "<p>脚本</p>";</script></head>
<body><form id="aspnetForm" action="default.aspx">
<div class="top-bar"><a href="/">设为首页</a><a href="/">加入收藏</a></div>
<div class="header"><h1><a href="/">青石镇人民政府</a></h1></div>
<div id="nav"><ul><li><a href="1">首页</a></li>
<li><a href="2">政务公开</a></li><li><a href="3">办事服务</a></li></ul></div>
<div class="crumbs">您的当前位置：<a href="1">首页</a> &gt; <a href="2">通知公告</a></div>
<div class="content"><div class="title">关于做好今年防汛工作的通知</div>
<table class="info"><tr><td>索引号：</td><td>QS-015</td><td>主题分类：</td><td>防汛</td></tr>
<tr><td>发文机关：</td><td>青石镇人民政府</td><td>成文日期：</td><td>4月12日</td></tr></table>
<p style="text-indent:2em">&nbsp;&nbsp;&nbsp;&nbsp;各村（社区）：</p>
<p>　　<strong>一、加强领导。</strong>各单位要<span style="color:red">高度
重视</span>，落实责任，汛期昼夜有人值守，遇有险情先转移群众再报告。</p>
<table border="1"><thead><tr><th rowspan="2">物资</th><th colspan="2">数量</th></tr>
<tr><th>计划</th><th>现有</th></tr></thead>
<tr><td>沙袋</td><td>2000只</td><td>1500只</td></tr>
<tr><td rowspan="2">水泵</td><td>6台</td><td>4台</td></tr><tr><td>8台</td><td>5台</td></tr></table>
<p>附件：<a href="a.doc">防汛物资表.doc</a></p>
<p style="text-align:right">青石镇人民政府<br/>4月12日</p></div>
<div class="xg"><h3>相关新闻</h3><ul><li><a href="1">青石镇召开会议</a><span>04-01</span></li>
<li><a href="2">青石镇开展巡堤</a><span>04-02</span></li><li><a href="3">青石镇渡口开渡</a></li></ul></div>
<div class="footer"><p>主办：青石镇人民政府　联系电话见首页</p></div></form></body></html>"""

CHAPTER = """<html><head><meta charset="gbk"><title>第三章 雾中渡口_渡口_青石小说网</title></head><body>
<div class="con_top"><a href="/">青石小说网</a> > <a href="x">渡口</a> > 第三章 雾中渡口</div>
<div class="bookname"><h1>第三章 雾中渡口</h1>
<div class="links"><a href="1">上一章</a> ← <a href="2">章节目录</a> → <a href="3">下一章</a></div></div>
<div id="content">&nbsp;&nbsp;&nbsp;&nbsp;河上起雾了。<br /><br />
&nbsp;&nbsp;&nbsp;&nbsp;“船来了没有？”老周问。<br/>　　“没有。”<br>
　　他把铜铃又摇了一遍，
雾里没有回声。<script>read();</script></div>
<div class="links"><a href="1">上一章</a> ← <a href="2">章节目录</a> → <a href="3">下一章</a></div>
</body></html>"""

WORDS = st.text(alphabet="青石镇渡口雾，。！《》“”abc XYZ019<&>'\"", min_size=1, max_size=40)
PARAGRAPHS = st.lists(WORDS.map(lambda text: " ".join(text.split())).filter(bool), min_size=1, max_size=8)


def page(markup: str | bytes) -> Content:
    return read(BytesIO(markup.encode() if isinstance(markup, str) else markup))


def said(content: Content, *, boilerplate: bool = False) -> list[str]:
    return [
        content.text[p.span.start : p.span.end] for p in content.paragraphs if p.boilerplate == boilerplate
    ]


def texts(markup: str | bytes) -> list[str]:
    content = page(markup)
    return [content.text[p.span.start : p.span.end] for p in content.paragraphs]


def headings(content: Content) -> list[tuple[int, str]]:
    return [(p.heading.level, p.heading.text) for p in content.paragraphs if p.heading]


@settings(max_examples=60, deadline=None)
@given(PARAGRAPHS, st.sampled_from(["p", "div", "li", "blockquote", "dd", "section"]))
def test_paragraphs_come_out_as_they_went_in(paragraphs: list[str], tag: str) -> None:
    body = "\n".join(f"<{tag}>{escape(paragraph)}</{tag}>" for paragraph in paragraphs)
    assert texts(f"<html><body>{body}</body></html>") == paragraphs


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="青石<>/&;! -=\"'\npdivtablrh123[]\xa0　", max_size=80))
def test_any_text_is_a_page(text: str) -> None:
    content = page(text)
    assert all(content.text[p.span.start : p.span.end].strip() for p in content.paragraphs)


def test_a_notice_of_a_government_is_read_without_its_site() -> None:
    content = page(NOTICE)
    assert content.title == "关于做好今年防汛工作的通知"
    assert said(content) == [
        "关于做好今年防汛工作的通知",
        "索引号: QS-015; 主题分类: 防汛",
        "发文机关: 青石镇人民政府; 成文日期: 4月12日",
        "各村（社区）：",
        "一、加强领导。各单位要高度重视，落实责任，汛期昼夜有人值守，遇有险情先转移群众再报告。",
        "物资: 沙袋; 数量 计划: 2000只; 数量 现有: 1500只",
        "物资: 水泵; 数量 计划: 6台; 数量 现有: 4台",
        "物资: 水泵; 数量 计划: 8台; 数量 现有: 5台",
        "附件：防汛物资表.doc",
        "青石镇人民政府\n4月12日",
    ]
    assert said(content, boilerplate=True) == [
        "设为首页加入收藏",
        "青石镇人民政府",
        "首页",
        "政务公开",
        "办事服务",
        "您的当前位置：首页 > 通知公告",
        "相关新闻",
        "青石镇召开会议04-01",
        "青石镇开展巡堤04-02",
        "青石镇渡口开渡",
        "主办：青石镇人民政府　联系电话见首页",
    ]
    assert headings(content) == [(0, "关于做好今年防汛工作的通知"), (14, "一、加强领导")]


def test_a_chapter_of_a_novel_is_read_without_its_links() -> None:
    content = page(CHAPTER.encode("gb18030"))
    assert content.title == "第三章 雾中渡口"
    assert said(content) == [
        "第三章 雾中渡口",
        "河上起雾了。",
        "“船来了没有？”老周问。",
        "“没有。”",
        "他把铜铃又摇了一遍，雾里没有回声。",
    ]
    assert len(said(content, boilerplate=True)) == 3
    assert content.encoding is not None
    assert content.encoding.name == "gb18030"


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("gb18030", "utf-8"), ("utf-8", "gb2312"), ("big5", "utf-8"), ("utf-16", "gbk")],
)
def test_a_wrong_declaration_of_the_encoding_is_not_believed(encoding: str, declared: str) -> None:
    words = "河上起霧的早晨，渡口的銅鈴要比平日響得多。看不見船的人心裡發慌，總要多搖幾下。"
    content = page(
        f'<?xml version="1.0" encoding="{declared}"?><meta charset="{declared}"><p>{words}'.encode(encoding)
    )
    assert content.text == words


def test_where_the_bytes_leave_doubt_the_declaration_counts() -> None:
    written = "<p>嘉禾".encode("big5")
    assert page(b'<meta charset="big5">' + written).text == "嘉禾"
    assert page(b'<meta charset="gbk">' + written).text == "嘉禾".encode("big5").decode("gb18030")


@pytest.mark.parametrize(
    ("encoding", "declared", "words"),
    [
        (
            "cp932",
            "Shift_JIS",
            "川の上に霧がかかった朝は、渡し場の鈴がよく鳴る。船が見えない人は不安になる。",
        ),
        ("euc_jp", "euc-jp", "川の上に霧がかかった朝は、渡し場の鈴がよく鳴る。"),
        ("cp949", "euc-kr", "안개 낀 아침 나루터의 종소리가 더 크게 울린다. 배가 보이지 않는다."),
        ("cp1252", "iso-8859-1", "L’été est arrivé à la rivière, où le ferry attend."),
    ],
)
def test_a_page_of_another_language_is_read_as_it_declares(encoding: str, declared: str, words: str) -> None:
    content = page(f'<meta charset="{declared}"><p>{words}'.encode(encoding))
    assert content.text == words
    assert content.encoding is not None
    assert content.encoding.name == encoding


@pytest.mark.parametrize("declared", ["shift_jis", "iso-8859-1", "x-unknown"])
@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_a_chinese_page_is_read_whatever_it_declares(declared: str, encoding: str) -> None:
    words = "河上起雾的早晨，渡口的铜铃要比平日响得多。看不见船的人心里发慌，总要多摇几下。"
    assert page(f'<meta charset="{declared}"><p>{words}'.encode(encoding)).text == words


def test_bytes_that_are_no_text_are_no_page() -> None:
    with pytest.raises(UnreadableError) as error:
        page(bytes.fromhex("89504e470d0a1a0a0000000d49484452") + bytes(range(256)) * 4)
    assert error.value.reason is Reason.BINARY


def test_inline_elements_break_no_paragraph() -> None:
    assert texts("<p>青<b>石</b><i>镇</i><a href=x>渡</a><span>口</span><!-- 注 --><font>。</font>") == [
        "青石镇渡口。"
    ]


def test_white_space_is_as_it_is_shown() -> None:
    assert texts("<p>\n  青石镇\n  渡口 \t is \n open&nbsp;&nbsp;now\n</p>") == ["青石镇渡口 is open now"]
    assert collapsed("他\n\nA\nB 他 \n 她") == "他 A B 他她"


def test_two_line_breaks_end_a_paragraph_and_one_does_not() -> None:
    assert texts("<div>甲<br>乙<br><br>丙<br> <br>丁</div>") == ["甲\n乙", "丙", "丁"]


def test_an_indented_line_begins_a_paragraph() -> None:
    assert texts("<div>　　甲<br>　　乙<br>丙<br>&nbsp;&nbsp;丁</div>") == ["甲", "乙\n丙", "丁"]


def test_many_lines_without_other_division_are_paragraphs() -> None:
    lines = [f"第{number}天，河上起雾了，渡口的铜铃响了一整天，没有一只船来。" for number in range(40)]
    assert texts("<div>" + "<br>".join(lines) + "</div>") == lines


def test_preformatted_text_keeps_its_lines() -> None:
    assert texts("<p>甲</p><pre>\n一  二\n  三\n\n四\n</pre>乙") == ["甲", "一  二\n  三\n\n四", "乙"]


def test_headings_have_the_levels_of_their_tags() -> None:
    content = page("<h1>手册</h1><h2>入职<br>须知</h2><p>带身份证。</p><h3>报到</h3><p>到二楼。</p>")
    assert content.title == "手册"
    assert headings(content) == [(0, "手册"), (2, "入职 须知"), (3, "报到")]


def test_a_heading_that_was_not_closed_does_not_hold_the_text() -> None:
    content = page("<h2>入职<div>" + "带身份证来报到。" * 40 + "</div>")
    assert headings(content) == [(2, "入职")]
    assert len(content.paragraphs) == 2


def test_numbers_of_a_list_are_text_unless_its_author_wrote_them() -> None:
    inner = "<ol type=a><li>丁</li></ol>"
    markup = f"<ol start=3><li>甲</li><li>4. 乙</li><li value=9>丙{inner}</li></ol><ul><li>戊</ul>"
    assert texts(markup) == ["3. 甲", "4. 乙", "9. 丙", "a. 丁", "戊"]


def test_definitions_captions_and_details_are_paragraphs() -> None:
    markup = (
        "<dl><dt>渡口<dd>过河的地方</dl><figure><img alt=图><figcaption>图一</figcaption></figure>"
        "<details><summary>问</summary>答</details>"
    )
    assert texts(markup) == ["渡口", "过河的地方", "图一", "问", "答"]


@pytest.mark.parametrize(
    "unseen",
    [
        "<script>隐</script>",
        "<style>隐</style>",
        "<template><p>隐</p></template>",
        "<noscript><p>隐</p></noscript>",
        "<svg><text>隐</text></svg>",
        "<select><option>隐</select>",
        "<button>隐</button>",
        "<textarea><p>隐</textarea>",
        "<!-- 隐 -->",
        "<div hidden><p>隐</p></div>",
        "<div style='color: red; DISPLAY : None'><p>隐</p></div>",
        "<dialog><p>隐</p></dialog>",
        "<iframe>隐</iframe>",
    ],
)
def test_what_is_not_shown_is_left_out(unseen: str) -> None:
    assert texts(f"<p>前</p>{unseen}<p>后</p>") == ["前", "后"]


def test_ruby_is_its_base() -> None:
    assert texts("<p><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字<rt>じ</rt></ruby>。") == ["漢字。"]


def test_entities_are_characters() -> None:
    assert texts("<p>&lt;渡口&gt; &amp; &hearts;&#20013;&#x6587;&mdash;&unknown;") == [
        "<渡口> & ♥中文—&unknown;"
    ]


def test_rows_of_a_table_carry_the_names_of_their_columns() -> None:
    content = page(
        "<table><caption>清单</caption><tr><th>项目<th>数量<tr><td>便民桥<td>36座<tr><td>渡船<td>2只</table>"
    )
    assert said(content) == ["清单", "项目: 便民桥; 数量: 36座", "项目: 渡船; 数量: 2只"]
    assert [paragraph.apart for paragraph in content.paragraphs] == [False, True, True]


def test_names_in_the_cells_before_go_with_what_they_name() -> None:
    markup = "<table><tr><th>馆长<td>老周<th>任期<td>三年<tr><th>门票<td colspan=3>免费</table>"
    assert texts(markup) == ["馆长: 老周; 任期: 三年", "门票: 免费"]


@pytest.mark.parametrize(
    "layout",
    [
        "<table><tr><td><p>甲</p><p>乙</p></table>",
        "<table><tr><td>甲<tr><td>乙</table>",
        "<table role=presentation><tr><td>甲<td>乙<tr><td></table>",
        "<table><tr><td>甲<td><table><tr><td>乙</table></table>",
        "<table><tr><td><h2>甲</h2><td>乙<tr><td></table>",
    ],
)
def test_a_table_that_arranges_a_page_is_paragraphs(layout: str) -> None:
    content = page(layout)
    assert said(content) == ["甲", "乙"]
    assert not any(paragraph.apart for paragraph in content.paragraphs)


def test_cells_reach_only_so_far() -> None:
    rows = "".join(f"<tr><td colspan=1000 rowspan=1000>船{n}<td>{n}人" for n in range(1500))
    lines = said(page(f"<table>{rows}</table>"))
    assert (lines[0], lines[1], lines[-1]) == ("船0: 0人", "船0; 船1; 1人", "船1499: 1499人")
    assert len(lines) == 1500


ARTICLE = "<p>" + "河上起雾了，渡口的铜铃响了一整天。" * 8 + "</p>"


@pytest.mark.parametrize(
    "chrome",
    [
        "<nav><p>栏目</p></nav>",
        "<header><p>栏目</p></header>",
        "<footer><p>栏目</p></footer>",
        "<aside><p>栏目</p></aside>",
        "<aside><p><a href=1>雾大时，渡口停渡。</a></p></aside>",
        "<div class=right-sidebar><h3>栏目</h3><p>渡口</p></div>",
        "<h3>相关链接</h3><ul><li><a href=1>青石镇召开会议</a><span>03-15</span></li></ul><nav>栏</nav>",
        "<form><p>栏目</p></form>",
        "<div role=navigation><p>栏目</p></div>",
        "<div role=search><p>栏目</p></div>",
        "<div class='site-footer'><p>栏目</p></div>",
        "<div class=mainMenu><p>栏目</p></div>",
        "<div id=copyRight><p>栏目</p></div>",
        "<div class='article-share box'><p>栏目</p></div>",
        "<div class=comments><p><a href=1>老周</a> 3月2日</p><p><a href=2>回复</a></p></div>",
        "<div class=comments><form><p>发表评论</p></form></div>",
        "<div class=toc><p>栏目</p></div>",
        "<ul><li><a href='#a'>怎么退票？</a></li><li><a href='#b'>几点开船？</a></li></ul>",
        "<p><a href=1>雾怎么来的？</a><a href=2>霾呢？</a><a href=3>霜呢？</a></p>",
        "<h3>相关阅读</h3><ul><li>青石镇召开会议</li><li>青石镇修桥三座</li></ul><nav>栏</nav>",
        "<ul><li><a href=1>栏</a></li><li><a href=2>目</a></li><li><a href=3>录</a></li></ul>",
        "<p><a href=1>栏</a> > <a href=2>目</a> > 正文</p>",
    ],
)
def test_what_is_round_the_text_is_kept_as_boilerplate(chrome: str) -> None:
    content = page(f"{chrome}{ARTICLE}")
    assert [paragraph.boilerplate for paragraph in content.paragraphs] == [
        *[True] * (len(content.paragraphs) - 1),
        False,
    ]


@pytest.mark.parametrize(
    "text",
    [
        "<article><header><p>栏目</p></header>{}</article>",
        "<main><footer><p>栏目</p></footer>{}</main>",
        "<div class=no-sidebar><p>栏目</p></div>{}",
        "<div class=foot-notes><p>栏目</p></div>{}",
        "<h2 class=banner>栏目</h2>{}",
        "<p><a href=1>栏</a>。<a href=2>目</a>。<a href=3>录</a></p>{}",
        "<p><a href=1>栏</a><a href=2>目</a></p>{}",
        "<form><p>栏目</p>{}</form>",
        "<form><p>材料齐全的，当日办结。</p></form>{}",
        "<main><aside><p>雾大时，渡口停渡。</p></aside>{}</main>",
        "<aside><p>周二至周日9:00—20:30，周一闭馆</p></aside>{}",
        "<div class=sidebar><h3>开放时间</h3><p>9：00至17：30</p><p>咨询电话：0531-1234567</p></div>{}",
        "<div role=complementary><p>雾大时，渡口停渡。</p></div>{}",
        "<div class=comment><p>两元</p></div>{}",
        "<div id=post-comments><p>本站答复：<a href=1>渡口</a>六点开船。</p></div>{}",
        "<div class=main-menu-wrapper><p>栏目</p>{}</div>",
    ],
)
def test_what_only_looks_like_chrome_is_text(text: str) -> None:
    assert said(page(text.format(ARTICLE)), boilerplate=True) == []


@pytest.mark.parametrize("label", ["相关阅读", "【推荐阅读】", "猜你喜欢：", "熱門文章"])
def test_titles_of_other_pages_are_told_without_their_links(label: str) -> None:
    content = page(f"{ARTICLE}<p>{label}</p><p>青石镇召开会议</p><p>青石镇修桥三座</p>")
    assert said(content, boilerplate=True) == [label, "青石镇召开会议", "青石镇修桥三座"]


@pytest.mark.parametrize(
    "text",
    [
        "<p>相关阅读</p><p>青石镇召开会议</p><p>会议在渡口召开，请准时参加。</p>",
        "<p>相关阅读</p>",
        "<h2>相关文件</h2><p>青石镇渡口管理办法</p>",
        "<h2>相关链接</h2><p>青石镇渡口管理办法</p>",
        "<h2>相关链接</h2><p>青石镇有三处<a href=1>渡口</a>。</p>",
        "<p>相关阅读</p>" + "<p>青石镇</p>" * 50,
        "<dl><dt><a href='#a'>怎么退票？</a><dd>开船前可以退。<dt><a href='#b'>几点开船？</a></dl>",
        "<p>渡口的铜铃响了一整天。<a href='#1'>[1]</a><a href='#2'>[2]</a></p>",
    ],
)
def test_what_only_looks_like_titles_of_other_pages_is_text(text: str) -> None:
    assert said(page(ARTICLE + text), boilerplate=True) == []


def test_a_table_of_contents_of_the_page_itself_is_boilerplate() -> None:
    links = "<ol><li><a href='#a'>安装</a><li><a href='#b'>使用</a></ol>"
    content = page(f"<h1>手册</h1><h2>目录</h2>{links}<h2 id=a>安装</h2>{ARTICLE}<h2 id=b>使用</h2>{ARTICLE}")
    assert said(content, boilerplate=True) == ["目录", "1. 安装", "2. 使用"]
    assert headings(content) == [(0, "手册"), (2, "安装"), (2, "使用")]


def test_what_is_unfolded_on_request_is_text() -> None:
    answer = "<div style='display: none'><h3>退票</h3><p>开船前可以在售票处退票。</p><p>两元</p></div>"
    menu = "<ul style='display:none'><li>首页</li><li>确定吗？</li></ul>"
    assert texts(f"{menu}<p>怎么退票？</p>{answer}") == [
        "怎么退票？",
        "退票",
        "开船前可以在售票处退票。",
        "两元",
    ]


def test_an_article_that_its_page_shows_when_it_is_loaded_is_text() -> None:
    body = "<p>　　河上起雾了，渡口的铜铃响了一整天。</p><p style='display:none'>盗版必究，请勿转载本站。</p>"
    assert texts(f"<div style='visibility: hidden; opacity: 0'><section>{body}</section></div>") == [
        "河上起雾了，渡口的铜铃响了一整天。"
    ]


def test_digits_above_and_below_the_line_stay_apart() -> None:
    assert texts(
        "<p>共36<sup>2</sup>座，12m<sup>2</sup>，10<sup>-3</sup>，H<sub>2</sub>O<sup>[1]</sup>，1<sup>st</sup>"
    ) == ["共36²座，12m²，10⁻³，H₂O[1]，1st"]


def test_what_is_quoted_has_its_marks() -> None:
    assert texts("<p>他说<q>船<b>来</b>了</q>。") == ["他说“船来了”。"]


def test_a_formula_is_said_once() -> None:
    formula = "<math><semantics><mi>x</mi><mo>=</mo><mn>1</mn><annotation>x=1</annotation></semantics></math>"
    assert texts(f"<p>公式{formula}。</p>") == ["公式x=1。"]


@pytest.mark.parametrize(
    ("attributes", "markers"),
    [
        ("type=i start=3", ["iii. ", "iv. "]),
        ("type=I start=9", ["IX. ", "X. "]),
        ("style='list-style-type: upper-alpha'", ["A. ", "B. "]),
        ("style='list-style: decimal inside'", ["1. ", "2. "]),
        ("style='list-style-type:cjk-ideographic' start=19", ["十九、", "二十、"]),
        ("style='list-style:none'", ["", ""]),
        ("type=a start=26", ["z. ", ""]),
        ("type=i start=4000", ["", ""]),
        ("reversed", ["", ""]),
    ],
)
def test_items_are_numbered_as_they_are_shown(attributes: str, markers: list[str]) -> None:
    assert texts(f"<ol {attributes}><li>甲镇</li><li>乙镇</li></ol>") == [
        f"{markers[0]}甲镇",
        f"{markers[1]}乙镇",
    ]


@pytest.mark.parametrize(
    "markup",
    [
        "<div style='white-space: pre-wrap'>{}</div>",
        "<pre>{}</pre>",
    ],
)
def test_white_space_that_is_kept_divides_paragraphs(markup: str) -> None:
    lines = [f"第{number}天，河上起雾了，渡口的铜铃响了一整天，没有一只船来。" for number in range(40)]
    assert texts(markup.format("\n".join(lines))) == lines


def test_indented_lines_of_the_source_are_paragraphs() -> None:
    assert texts("<div>\n　　河上起雾了，\n船没有来。\n　　“来了！”</div>") == [
        "河上起雾了，船没有来。",
        "“来了！”",
    ]


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_page_without_tags_is_plain_text(mark: str) -> None:
    content = page(f"{mark}渡口管理办法\n\n第一条 渡口由镇政府管理。\n第二条 a < b &amp;&nbsp;c > d。\n")
    assert content.title == "渡口管理办法"
    assert said(content) == ["渡口管理办法", "第一条 渡口由镇政府管理。", "第二条 a < b &\xa0c > d。"]


def test_a_page_of_nothing_but_links_is_text() -> None:
    links = "".join(f"<li><a href={number}>青石镇渡口第{number}次开渡</a></li>" for number in range(30))
    content = page(f"<nav><p>首页</p></nav><ul>{links}</ul>")
    assert said(content, boilerplate=True) == ["首页"]


def test_a_page_that_is_all_navigation_by_its_tags_is_text() -> None:
    assert said(page(f"<nav>{ARTICLE}</nav>"), boilerplate=True) == []


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>渡口的故事 - 青石镇图书馆网</title>", "渡口的故事"),
        ("<title>渡口的故事_文化频道_青石网</title>", "渡口的故事"),
        ("<title>青石网 | 渡口的故事</title>", "渡口的故事"),
        ("<title>长江-黄河比较研究</title>", "长江-黄河比较研究"),
        ("<title>渡口的故事-青石镇人民政府</title>", "渡口的故事"),
        ("<title>青石网</title>", "青石网"),
        ("<title>首页 - 青石镇人民政府</title>", "青石镇人民政府"),
        ("<title>渡口的故事--时政--青石网</title>", "渡口的故事"),
        ("<title>渡口的故事-通知公告-青石市水务局</title>", "渡口的故事"),
        ("<title>怎么退票？-帮助中心</title>", "怎么退票？"),
        ("<title>渡口的故事 - 茶友论坛 - Powered by Discuz!</title>", "渡口的故事"),
        ("<title>雾 - 維基百科，自由的百科全書</title>", "雾"),
        ("<title>雾_青石号·政务_青石新闻-The Paper</title>", "雾"),
        ("<title>通知公告 | 渡口的故事</title>", "渡口的故事"),
        ("<title>通知公告</title>", "通知公告"),
        ("<title>青石市水务局-青石市渡口管理局</title>", "青石市水务局"),
        ("<title>别的</title><meta name=ArticleTitle content=渡口的故事>", "渡口的故事"),
        ("<meta property=og:title content=渡口的故事>", "渡口的故事"),
        ("<title>渡口的故事 - 某某之家</title><meta property=og:site_name content=某某之家>", "渡口的故事"),
    ],
)
def test_the_title_in_the_head_is_cleaned_of_the_site(head: str, title: str) -> None:
    assert page(f"<head>{head}</head><p>河上起雾了，船来了没有？没有，等雾散了再说吧。</p>").title == title


def test_what_of_the_title_stands_in_the_text_is_the_title() -> None:
    content = page(f"<title>雾 - 渡口的故事和别的一些事 - 甲</title><h2>栏目</h2><div>雾</div>{ARTICLE}")
    assert content.title == "雾"


def test_the_only_heading_of_the_first_level_is_the_title() -> None:
    assert page(f"<title>青石网</title><h3>栏目</h3><h1>雾</h1>{ARTICLE}").title == "雾"


def test_the_name_of_the_site_is_no_title() -> None:
    content = page(f"<title>雾 - 老周的家</title><h1>老周的家</h1><h2>雾</h2>{ARTICLE}")
    assert content.title == "雾"
    assert headings(content) == [(0, "雾")]


@pytest.mark.parametrize(
    "markup",
    [
        "<p>前" + "<div>" * 20_000 + "<p>后",
        "<p>前" + "<b><i><font>" * 5_000 + "<p>后",
        "<p>前" + "<div class=nav>" * 5_000 + "<p>后",
        "<p>前" + "<table><tr><td>" * 3_000 + "<p>后",
        "<p>前</p></div></table></p>" + "</li>" * 3_000 + "<p>后",
        "<p>前" + "<table><tr><td colspan=9999999999><td rowspan=-1></table>" + "<p>后",
        "<p>\0前\0<p>后\0",
        "<html><p>前</html><html><p>后</html>",
        "<td>前<tr>后</ol></ul><li value=99999999999999999999>",
    ],
)
def test_nothing_is_lost_in_a_broken_page(markup: str) -> None:
    assert "".join("".join(texts(markup)).split()) == "前后"


@pytest.mark.parametrize(
    "markup", ["", " \n", "<!-- 无 -->", "<html></html>", "<p>&nbsp;</p><div>\u200b</div>"]
)
def test_a_page_without_text_has_no_paragraphs(markup: str) -> None:
    assert page(markup).paragraphs == ()


def test_a_page_is_read_from_a_folder(tmp_path: Path) -> None:
    path = tmp_path / "通知.htm"
    path.write_bytes(NOTICE.encode("gb18030"))
    with Reader() as reader:
        document = reader.document(File(path.name, path))
    assert document.title == "关于做好今年防汛工作的通知"
    assert "物资: 沙袋; 数量 计划: 2000只; 数量 现有: 1500只" in document.text


def test_dates_and_counters_in_parts_that_are_named_so_are_boilerplate() -> None:
    content = page(
        "<title>渡口开渡</title><h1>渡口开渡</h1>"
        "<div class='rich_media_meta_list'><span>原创</span><span>河边</span></div>"
        "<div id='js_content'><p>渡船从八点开到六点。</p><p>雨天不开。</p></div>"
        "<div class='rich_media_tool'><div>阅读原文</div></div>"
        "<div id='js_pc_qr_code'><p>关注该公众号</p></div>"
    )
    assert said(content, boilerplate=True) == ["原创河边", "阅读原文", "关注该公众号"]


def test_a_sentence_in_such_a_part_is_text() -> None:
    content = page("<h1>渡口</h1><div class='post-meta'><p>河上起雾了，船还没有来。</p></div><p>灯亮了。</p>")
    assert said(content, boilerplate=True) == []


@pytest.mark.parametrize("title", ["无标题文档", "Untitled Document", "New Page 1"])
def test_a_title_that_a_program_wrote_names_nothing(title: str) -> None:
    content = page(f"<title>{title}</title><p><b>渡口会议纪要</b></p><p>渡船从八点开到六点。</p>")
    assert content.title == "渡口会议纪要"
