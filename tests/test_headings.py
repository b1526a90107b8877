import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.documents import Heading
from retrieval.headings import heading_of, is_marked, with_headings
from retrieval.paragraphs import paragraphs

OUTLINE = (
    "第一编 总则",
    "第一章 雾",
    "第一节 一般规定",
    "第一条 名称",
    "一、目标",
    "（一）现状",
    "1. 背景",
    "1.1 定义",
    "1.1.1 范围",
    "1.1.1.1 细则",
    "问：什么时候开门？",
)
"""From the outermost to the innermost."""


def headings(text: str) -> list[str | None]:
    """Return for each line, a paragraph each, its heading."""
    found = [p.heading for p in with_headings(text, paragraphs(text))]
    return [heading.text if heading else None for heading in found]


def levels(*lines: str) -> list[int]:
    return [heading.level for heading in map(heading_of, lines) if heading]


def test_the_usual_forms_stand_in_their_usual_order() -> None:
    assert levels(*OUTLINE) == sorted(set(levels(*OUTLINE)))
    assert len(levels(*OUTLINE)) == len(OUTLINE)


@pytest.mark.parametrize(
    "line",
    [
        *OUTLINE,
        "第十二章　总　则",
        "第一章总则",
        "第613章 我愿意承担一切责任",
        "第三回 青石镇起雾",
        "第二节入职指引",
        "第一部分总体要求",
        "第四讲：怎样泡茶",
        "第二单元",
        "上篇",
        "卷三 江湖",
        "讲话稿 篇二",
        "【篇三】",
        "后记",
        "附　则",
        "附件2",
        "附錄A",
        "第一个问题:信心要更加坚定",
        "壹、前言",
        "貳、計畫內容",
        "十一、其他",
        "一．基本情况",
        "(三)责任分工",
        "3．隐患整改",
        "２、服务",
        "4.1.1.招聘原则",
        "1 目的和适用范围",
        "Q2：丢了怎么办？",
    ],
)
def test_a_line_in_a_usual_form_is_a_heading(line: str) -> None:
    assert heading_of(line) == Heading(levels(line)[0], line, alone=True)


@pytest.mark.parametrize(
    "line",
    [
        "普通的一段话。",
        "第三天夜里下了雨",
        "第一次见面",
        "第二节课讲船",
        "第三回合打平",
        "第一部分是绪论",
        "一九九八年的夏天",
        "一心一意",
        "（二〇二四年三月）",
        "（见附表）",
        "3.5万元的补贴",
        "1.5 倍",
        "2024.3.14",
        "3 月 14 日",
        "12 人",
        "12:30 开饭",
        "10086",
        "问题很多",
        "附近有茶馆",
        "第十条规定的情形",
        "",
        "　",
    ],
)
def test_a_line_that_only_looks_like_one_is_none(line: str) -> None:
    assert heading_of(line) is None


def test_bullets_before_a_heading_are_left_out() -> None:
    assert heading_of(">一、认清形势") == Heading(14, "一、认清形势", alone=True)
    assert heading_of("■ 第一章 雾") == Heading(11, "第一章 雾", alone=True)
    assert heading_of("正文 第一章 雾") == Heading(11, "第一章 雾", alone=True)


@pytest.mark.parametrize(
    ("line", "heading"),
    [("四、铁腕整治要到位。", "四、铁腕整治要到位"), ("三、会议内容：", "三、会议内容"), ("附件：", "附件")],
)
def test_a_full_stop_or_a_colon_at_the_end_is_no_part_of_a_heading(line: str, heading: str) -> None:
    found = heading_of(line)
    assert found is not None
    assert (found.text, found.alone) == (heading, True)


@pytest.mark.parametrize(
    "line",
    [
        "一、" + "很" * 60,
        "一、开门，",
        "（一）特困人员；",
        "1. 月工资五千元。",
        "一、开门。关门。",
        "第一章 " + "长" * 40,
    ],
)
def test_a_long_line_a_sentence_or_an_item_that_goes_on_is_no_heading_by_itself(line: str) -> None:
    found = heading_of(line)
    assert found is None or not found.alone


@pytest.mark.parametrize(
    ("paragraph", "heading"),
    [
        ("一、加强领导。各单位要高度重视。", Heading(14, "一、加强领导", alone=False)),
        ("（二）怎么报名？到二楼登记。", Heading(15, "（二）怎么报名？", alone=False)),
        ("1.是主攻工业的需要。着力点在招商。", Heading(16, "1.是主攻工业的需要", alone=False)),
        ("第六条 执行本单位的任务，属于职务发明。", Heading(13, "第六条", alone=False)),
        ("第六条之一 另有规定的除外。", Heading(13, "第六条之一", alone=False)),
        ("第二条（适用范围） 本市行政区域内适用。", Heading(13, "第二条（适用范围）", alone=False)),
        ("第三条【立法目的】为了保护权利，制定本法。", Heading(13, "第三条【立法目的】", alone=False)),
        ("第四条：合同一式两份。", Heading(13, "第四条", alone=False)),
        ("第十九条 救助对象包括：", Heading(13, "第十九条", alone=False)),
    ],
)
def test_a_paragraph_may_begin_with_its_heading(paragraph: str, heading: Heading) -> None:
    assert heading_of(paragraph) == heading


@pytest.mark.parametrize(
    "paragraph", ["一、" + "很" * 40 + "。后面还有。", "一、开。门开了。", "一、没有句号的一段"]
)
def test_a_first_sentence_too_long_or_too_short_is_no_heading(paragraph: str) -> None:
    found = heading_of(paragraph)
    assert found is None or found.alone


def test_a_heading_stands_over_text_or_over_a_lower_one() -> None:
    assert headings("一、安排\n（一）上午\n到校。") == ["一、安排", "（一）上午", None]


def test_a_table_of_contents_is_no_heading_but_its_chapters_are_later() -> None:
    text = "目录\n第一章 雾\n第二章 竹签\n第一章 雾\n河上起雾了。\n第二章 竹签\n签上刻着笔。"
    assert headings(text) == [None, None, None, "第一章 雾", None, "第二章 竹签", None]


@pytest.mark.parametrize("marks", ["一、 二、 三、", "（一） （二） （三）", "1. 2. 3.", "1.1 1.2 1.3"])
@pytest.mark.parametrize("after", ["", "\n然后出发。", "\n第九章 归途\n天黑了。"])
def test_the_items_of_a_list_are_no_headings(marks: str, after: str) -> None:
    one, two, three = marks.split()
    text = f"请带上：\n{one} 双肩包\n{two} 水壶，不带玻璃瓶。\n{three} 运动鞋{after}"
    assert headings(text)[:4] == [None] * 4


def test_an_agenda_before_its_items_is_a_list_and_the_items_are_headings() -> None:
    text = "议题：\n一、修桥\n二、修路\n一、修桥\n会议同意。\n二、修路\n会议缓议。"
    assert headings(text) == [None, None, None, "一、修桥", None, "二、修路", None]


def test_a_last_heading_without_text_is_none() -> None:
    assert headings("正文。\n三、其他") == [None, None]


def test_an_article_without_text_is_still_that_article() -> None:
    text = "第一条 （删去）\n第二条 合同期限\n三年。"
    assert headings(text) == ["第一条 （删去）", "第二条 合同期限", None]


def test_an_item_too_long_to_be_a_heading_ends_the_one_before() -> None:
    text = "五、关闭公共场所。恢复时间另定。\n六、做到少出门，" + "不串门，" * 20 + "不聚集。\n谢谢配合。"
    five, six, thanks = with_headings(text, paragraphs(text))
    assert five.heading == Heading(14, "五、关闭公共场所", alone=False)
    assert (six.heading, six.ends) == (None, 14)
    assert (thanks.heading, thanks.ends) == (None, None)


@pytest.mark.parametrize("line", ["同志们：", "各位代表！", "尊敬的各位家长：", "各位領導、各位來賓："])
def test_a_salutation_is_no_heading_but_ends_those_of_the_speech(line: str) -> None:
    text = f"四、狠抓落实\n要落实。\n{line}\n新的一年开始了。"
    _, _, salutation, _ = with_headings(text, paragraphs(text))
    assert salutation.heading is None
    assert salutation.ends is not None
    assert salutation.ends <= levels("四、狠抓落实")[0]


@pytest.mark.parametrize("line", ["二、长得很", "第二条 甲方", "1.2 范围", "同志们：", "（三）其他"])
def test_a_line_that_begins_like_a_heading_is_marked(line: str) -> None:
    assert is_marked(line)
    assert not is_marked("接着" + line)


@settings(max_examples=120)
@given(st.text(st.characters() | st.sampled_from("第一章节条、.（）1二：。 \n问附件"), max_size=60))
def test_the_words_of_a_heading_stand_in_its_paragraph(text: str) -> None:
    found = heading_of(text)
    assert found is None or (found.text and found.text in text)


@settings(max_examples=100)
@given(st.lists(st.sampled_from([*OUTLINE, "正文。", "长" * 80, "同志们：", ""]), max_size=20).map("\n".join))
def test_no_paragraph_is_lost_and_each_heading_is_its_paragraphs_own(text: str) -> None:
    spans = list(paragraphs(text))
    found = list(with_headings(text, spans))
    assert [paragraph.span for paragraph in found] == spans
    for paragraph in found:
        line = text[paragraph.span.start : paragraph.span.end]
        assert paragraph.heading is None or paragraph.heading.text in line
        assert paragraph.heading is None or paragraph.ends is None
