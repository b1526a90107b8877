import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.documents import Heading
from retrieval.headings import PART, heading_of, is_marked, with_headings
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


def ends(text: str) -> list[int | None]:
    return [paragraph.ends for paragraph in with_headings(text, paragraphs(text))]


def test_points_that_are_counted_on_in_words_end_the_heading_of_the_first() -> None:
    text = "（一）打好扶贫这场仗。要见成效。\n二是要打好大数据这场仗，抢占先机。\n三是要打好健康这场仗。"
    assert ends(text) == [None, 15, None]


@pytest.mark.parametrize(
    "text",
    [
        "（一）打好扶贫这场仗。一是摸清家底。\n二是定好计划。",
        "（一）打好扶贫这场仗。要见成效。\n一是摸清家底。\n二是定好计划。",
        "（一）打好扶贫这场仗。要见成效。\n三是定好计划。",
    ],
)
def test_points_below_a_heading_do_not_end_it(text: str) -> None:
    assert set(ends(text)) == {None}


def test_a_dash_ends_a_heading_that_stands_below_a_dash() -> None:
    text = (
        "——三件大事。要办好。\n（一）修桥。年内动工。\n——四条新路。要走好。\n（一）水路。通船。\n——五个目标。"
    )
    assert ends(text) == [None, None, 15, None, 15]
    assert ends("（一）目标。分两步。\n——第一步修桥。\n——第二步修路。") == [None] * 3


SPEECH = (
    "在{}动员会上的讲话\n（2024年3月4日）\n同志们：\n今天开会。\n一、认清形势\n形势很好。\n"
    "同志们：\n新的一年开始了。\n"
)
NOTICE = (
    "青石市水务局\n关于做好{}工作的通知\n青水发〔2024〕5号\n各县区水务局：\n现将有关事项通知如下。\n"
    "一、加强领导。各单位要高度重视。\n青石市水务局\n2024年5月1日\n"
)
MINUTES = "2024年{}镇务会议纪要\n时间：2024年3月4日\n会议同意修桥。\n"
CONTRACT = "{}仓库租赁合同\n甲方：李一\n乙方：王二\n第一条 租金每月一千元。\n第二条 押一付三。\n"
RULES = "{}值班制度\n（2024年3月4日施行）\n第一章 总则\n第一条 为了防汛，制定本制度。\n第二条 昼夜值班。\n"
NOVEL = "《{}》\n作者：闻树生\n第一章 雾\n河上起雾了。\n第二章 散\n雾散了。\n"


def parts(text: str) -> list[str]:
    found = with_headings(text, paragraphs(text))
    return [p.heading.text for p in found if p.heading and p.heading.level <= PART]


@pytest.mark.parametrize(
    ("form", "titles"),
    [
        (SPEECH, ["在{}动员会上的讲话"]),
        (NOTICE, ["青石市水务局", "关于做好{}工作的通知"]),
        (NOTICE.replace("水务局", "图书馆"), ["青石市图书馆", "关于做好{}工作的通知"]),
        (MINUTES, ["2024年{}镇务会议纪要"]),
        (NOVEL, ["《{}》"]),
        (CONTRACT, ["{}仓库租赁合同"]),
        (RULES, ["{}值班制度"]),
        (RULES.replace("条 ", "条"), ["{}值班制度"]),
    ],
)
def test_documents_in_a_row_are_each_under_their_title(form: str, titles: list[str]) -> None:
    names = ["春耕", "防汛", "秋收"]
    assert parts("".join(map(form.format, names))) == [
        title.format(name) for name in names for title in titles
    ]
    assert parts(form.format("春耕")) == []


def test_a_speech_without_a_title_is_under_the_words_that_it_begins_with() -> None:
    again = "同志们：\n今天讲环保。\n一、认清形势\n形势严峻。\n"
    text = SPEECH.format("春耕") + again + SPEECH.format("秋收")
    assert parts(text) == ["在春耕动员会上的讲话", "同志们", "在秋收动员会上的讲话"]


@pytest.mark.parametrize("next_chapter", ["第二章 散", "二、抓好落实", "第三条 期限"])
def test_a_speech_in_a_book_whose_counting_goes_on_is_no_document_of_its_own(next_chapter: str) -> None:
    text = f"第一章 雾\n他念了起来。\n在春耕会上的讲话\n同志们：\n今天开会。\n{next_chapter}\n雾散了。"
    assert parts(text) == []


@pytest.mark.parametrize(
    "line", ["谢谢大家", "他说完了讲话。", "在春耕会上的讲话，很长", "讲话", "很" * 60 + "的讲话"]
)
def test_a_line_above_a_salutation_that_is_not_called_like_a_speech_is_no_title(line: str) -> None:
    assert parts(f"开头。\n{line}\n同志们：\n今天开会。") == []


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from([*SPEECH.splitlines(), *NOTICE.splitlines(), *MINUTES.splitlines()]), max_size=25
    )
)
def test_a_documents_title_among_others_stands_in_its_paragraph(lines: list[str]) -> None:
    text = "\n".join(lines)
    for paragraph in with_headings(text, paragraphs(text)):
        assert (
            paragraph.heading is None
            or paragraph.heading.text in text[paragraph.span.start : paragraph.span.end]
        )


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


@pytest.mark.parametrize("first", [1, 9, 10, 19, 99, 100, 109, 110, 119])
def test_articles_that_are_counted_need_no_blank(first: int) -> None:
    units = "〇一二三四五六七八九"
    numbers = []
    for n in (first, first + 1):
        hundreds, tens, ones = n // 100, n // 10 % 10, n % 10
        words = f"{units[hundreds]}百" if hundreds else ""
        words += f"{units[tens]}十" if tens else "〇" * bool(hundreds and ones)
        numbers.append((words + units[ones] * bool(ones)).removeprefix("一" if n < 20 and n > 9 else "~"))
    text = "管理办法\n" + "".join(f"第{number}条本市公园每天六点开门。\n" for number in numbers)
    assert headings(text)[1:] == [f"第{number}条" for number in numbers]


@pytest.mark.parametrize(
    "text",
    [
        "第一条规定了范围。\n第二条规定了期限。",
        "第三条的意思很清楚。\n第四条的意思也清楚。",
        "第一条路通到渡口。\n走到底就是茶馆。",
        "第九条本市公园开门。\n第三条本市公园关门。",
        "第一条路沿着河走。\n第二条路翻过山。",
        "第一条线索\n第二条线索",
        "第三条建议是修桥。\n第四条建议是买船。",
    ],
)
def test_sentences_about_an_article_are_none(text: str) -> None:
    assert headings(text) == [None, None]


def test_articles_may_begin_with_what_else_is_counted_like_them() -> None:
    text = "第一条河道由镇政府管理。\n第二条船舶应当登记。\n第三条街道办事处负责巡查。"
    assert headings(text) == ["第一条", "第二条", "第三条"]


def test_a_question_ends_where_another_speaks_who_spoke_before() -> None:
    text = (
        "记者：修了多久？\n褚师傅：四个月。\n问：徒弟有几个？\n答：三个。\n"
        "剩下一个姑娘。\n记者：\n还有人学吗？\n褚师傅：有。"
    )
    assert headings(text) == [None, None, "问：徒弟有几个？", *[None] * 5]
    assert ends(text) == [None] * 5 + [20, None, None]
    assert ends("问：怎么报名？\n答：到二楼。\n地址：青石路。\n答：不用带证件。") == [None] * 4


def test_a_conversation_with_a_question_to_each_of_many_is_read_at_once() -> None:
    names = ["".join("甲乙丙丁戊己庚辛壬癸"[int(digit)] for digit in str(n)) for n in range(100_000, 140_000)]
    text = "\n".join(f"{name}：船来了。\n问：还有呢？" for name in names)
    assert ends(f"{text}\n{names[0]}：没有了。")[-1] == 20


SIGNED = "人力资源部\n2024年3月1日\n联系电话：85001234"


@pytest.mark.parametrize(
    "listed",
    [
        "附件：1.推荐表\n      2.汇总表",
        "附件: 1、推荐表\n2、汇总表\n3、承诺书",
        "附　件：1．推荐表\n2．汇总表",
        "附：1.推荐表\n2.汇总表",
        "附件：一、實施計畫\n二、報名表",
        "请带上：1.身份证\n2.户口本",
        f"附件：1.{'关于' * 20}表\n2.{'关于' * 20}表\n3.汇总表",
        f"附件：\n1.{'关于' * 20}表\n2.汇总表",
    ],
)
def test_a_list_that_begins_behind_a_colon_does_not_stand_over_the_signature(listed: str) -> None:
    found = headings(f"三、工作要求\n各部门要按时报送。\n\n{listed}\n\n{SIGNED}")
    assert {*found[2:]} <= {None, "附件"}


def test_a_list_of_annexes_ends_the_headings_of_the_text_above() -> None:
    text = f"三、工作要求\n各部门要按时报送。\n附件：1.推荐表\n2.汇总表\n{SIGNED}"
    assert ends(text)[2] == 11


def test_a_number_behind_a_colon_does_not_take_a_heading_from_the_text_below() -> None:
    text = "时间：1.5小时\n2.费用\n每人十元。"
    assert headings(text) == [None, "2.费用", None]
    assert headings("说明：1.报名\n到二楼。\n2.费用\n每人十元。")[2] == "2.费用"


def test_a_clause_among_whole_clauses_stands_over_those_counted_below_it() -> None:
    text = "二、交货地点为甲方仓库。\n三、运费由乙方承担。\n四、质量保证\n4.1 保修一年。\n4.2 包换七天。"
    assert headings(text) == [None, None, "四、质量保证", None, None]


@pytest.mark.parametrize(
    "line",
    [
        "番外",
        "番外 老王的信",
        "番外一 旧事",
        "番外（二）：雨夜",
        "番外篇：雾",
        "楔子 雾起",
        "引子",
        "序章",
        "尾声　河上无雾",
        "终章",
        "后记一",
        "番外篇一 旧事",
    ],
)
def test_what_stands_beside_the_chapters_of_a_novel_is_on_their_level(line: str) -> None:
    assert heading_of(line) == Heading(levels("第一章 雾")[0], line, alone=True)
    text = f"第九章 散\n雾散了。\n{line}\n他写了一封信。"
    assert headings(text) == ["第九章 散", None, line, None]


@pytest.mark.parametrize(
    "line", ["番外里写过他。", "番外还没有写", "尾声响起", "后记者来了", "引子弹出膛", "序章节目"]
)
def test_words_that_begin_like_it_are_text(line: str) -> None:
    assert heading_of(line) is None


def test_a_question_that_counts_on_from_a_numbered_one_is_beside_it() -> None:
    text = (
        "1.怎么报名？\n到二楼登记。\n2、收费吗？\n不收。\nQ3：几点开门？\n九点。\n"
        "问4：周末呢？\n也开。\n5.能退吗？\n能。"
    )
    found = [p.heading for p in with_headings(text, paragraphs(text)) if p.heading]
    assert [heading.level for heading in found] == [16] * 5
    assert found[2].text == "Q3：几点开门？"


@pytest.mark.parametrize(
    "text",
    [
        "1.报名\n请看。\nQ1：在哪里？\n二楼。\nQ2：几点？\n九点。\n2.缴费\n请看。\nQ3：多少？\n十元。",
        "1.报名\n请看。\nQ1：在哪里？\n二楼。",
        "2.缴费\n请看。\nQ：多少？\n十元。",
    ],
)
def test_questions_that_are_counted_among_themselves_stay_below(text: str) -> None:
    found = [p.heading for p in with_headings(text, paragraphs(text)) if p.heading]
    assert {heading.level for heading in found} == {16, 20}


@pytest.mark.parametrize(("number", "following"), [("1", "2"), ("3", "4")])
def test_a_question_below_one_without_a_number_is_beside_that(number: str, following: str) -> None:
    text = f"{number}.报名\n问：在哪里？\n答：二楼。\nQ{following}：几点？\n答：九点。"
    found = [p.heading for p in with_headings(text, paragraphs(text)) if p.heading]
    assert [heading.level for heading in found] == [16, 20, 20]
