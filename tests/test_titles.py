import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.titles import LOOKED_AT, MOST_LOOKED_AT, bare, cleaned, says_nothing, title_of


@pytest.mark.parametrize(
    "line",
    [
        "在区委务虚会上的讲话",
        "2024年3月镇务会议纪要",
        "天津：“一对一”监管",
        "怎么管？嘉定外冈镇创新方式解难题",
        "“国家保障”来了！",
        "第613章 我愿意承担一切责任",
        "第一部分 总体要求",
        "《渡口》",
        "臺灣茶的沖泡",
    ],
)
def test_a_short_first_line_is_the_title(line: str) -> None:
    assert title_of([line, "正文在这里。"]) == (0, line)


@pytest.mark.parametrize(
    "line",
    [
        "青石河起雾的早晨，渡口的铜铃要响得多。",
        "各县区人民政府，市政府各部门：",
        "同志们！",
        "各位领导、各位来宾！",
        "一、认清形势",
        "第一条 合同期限",
        "1. 开放时间",
        "问：什么时候开门？",
        "他说……还没有说完…",
        "很" * 61,
    ],
)
def test_a_document_that_begins_with_text_has_no_title(line: str) -> None:
    assert title_of([line, "不是题目"]) is None


@pytest.mark.parametrize(
    "line",
    [
        "您的当前位置:首页高三学生动员会领导讲话稿",
        "下书看 > 小说 > 第431章",
        "https://example.com/1",
        "2022-03-11 185",
        "2024年3月14日",
        "来源：青石日报",
        "作者：闻树生　浏览次数：12",
        "國辦發〔2020〕1號",
        "（2023）青0105民初1234号",
        "甲方：青石公司",
        "乙方（承租人）：李四",
        "　　",
        "=====",
    ],
)
def test_lines_of_navigation_and_dates_are_passed_over(line: str) -> None:
    assert title_of([line, "渡口", "正文。"]) == (1, "渡口")


@pytest.mark.parametrize("line", ["书名：渡口", "標題: 渡口", "题目：渡口　作者：闻树生"])
def test_a_line_that_says_what_the_title_is_names_it(line: str) -> None:
    assert title_of(["2024-03-14", line, "第一章 雾"]) == (1, "渡口")


def test_the_decoration_of_a_title_is_left_out() -> None:
    assert title_of(["　　>工作会议讲话稿　"]) == (0, "工作会议讲话稿")
    assert title_of(["★ 渡口 ★"]) == (0, "渡口")


def test_an_office_above_its_subject_is_part_of_the_title() -> None:
    lines = ["青石市人民政府", "关于做好2024年防汛工作的通知", "各县区："]
    assert title_of(lines) == (0, "青石市人民政府关于做好2024年防汛工作的通知")
    assert title_of(["市委办公室", *lines]) == (0, "市委办公室青石市人民政府关于做好2024年防汛工作的通知")


@pytest.mark.parametrize("between", ["正文在这里。", "各县区人民政府：", "春天来了"])
def test_text_between_keeps_a_subject_out_of_the_title(between: str) -> None:
    assert title_of(["水务局", between, "关于做好防汛工作的通知"]) == (0, "水务局")


@pytest.mark.parametrize(
    "office",
    [
        "水务局",
        "青石市教育局文件",
        "青石大学",
        "國務院辦公廳文件",
        "青石縣文化館",
        "青石县公路处",
        "青石镇派出所",
        "青石镇水利站",
    ],
)
@pytest.mark.parametrize(
    "between", ["首页", "2024年4月1日", "青政发〔2024〕1号", "2024年第5号", "索引号：0123/2024-1", "机密★1年"]
)
def test_an_office_gives_way_to_the_subject_that_stands_apart(office: str, between: str) -> None:
    assert title_of([office, between, "关于做好防汛工作的通知", "渡船停开。"]) == (
        2,
        "关于做好防汛工作的通知",
    )
    assert title_of([office, between, "渡船停开。"]) == (0, office)


@pytest.mark.parametrize(
    ("office", "name"),
    [
        ("青石集团有限公司", "差旅费报销管理办法"),
        ("青石科技有限公司", "总经理办公会会议纪要"),
        ("青石市水务局", "2024年度工作总结"),
        ("青石市第一中学", "高一（3）班家长会通知"),
        ("青石水務集團", "安全生產操作規程彙編"),
        ("春季运动会", "活动方案"),
        ("青石镇图书馆", "关于春节闭馆的通知"),
        ("青石镇水利站", "防汛值班制度"),
    ],
)
def test_an_office_above_the_name_of_what_it_issues_is_part_of_the_title(office: str, name: str) -> None:
    assert title_of([office, name, "正文在这里。"]) == (0, office + name)


@pytest.mark.parametrize(
    "below", ["第一部分 管理制度", "一、工作总结", "渡口开渡了", "我们的办法很简单，就是制度。"]
)
def test_an_office_above_anything_else_is_the_title_itself(below: str) -> None:
    assert title_of(["青石市水务局", below, "正文在这里。"]) == (0, "青石市水务局")


def test_below_its_number_any_title_is_that_of_an_office() -> None:
    assert title_of(["青石市教育局文件", "青教发〔2024〕1号", "春季防火"]) == (2, "春季防火")
    assert title_of(["青石大桥招标文件", "公司简介"]) == (0, "青石大桥招标文件")


def test_a_place_on_the_web_is_no_office_that_issues_something() -> None:
    assert title_of(["青石网站", "关于修桥的通知", "各村：", "下周修桥。"]) == (0, "青石网站")


def test_an_office_that_the_title_names_again_is_left_above_it() -> None:
    office = "青石市人民政府"
    assert title_of([office, f"{office}关于防汛的通知", "正文。"]) == (1, f"{office}关于防汛的通知")


@pytest.mark.parametrize("sort", ["【公告】", "公告", "通　知"])
def test_the_sort_of_a_document_gives_way_to_what_it_is_about(sort: str) -> None:
    assert title_of([sort, "关于停水的事项", "渡船停开。"]) == (1, "关于停水的事项")
    assert title_of([sort, "渡船停开。"]) == (0, "".join(sort.split()))
    assert title_of([sort, "方案", "渡船停开。"]) == (0, "".join(sort.split()))


def test_the_number_of_a_ruling_tells_it_from_others() -> None:
    lines = ["青石市人民法院", "民 事 判 决 书", "（2024）青0102民初123号", "原告：闻树生"]
    assert title_of(lines) == (0, "青石市人民法院民事判决书 （2024）青0102民初123号")
    assert title_of(lines[1:]) == (0, "民事判决书 （2024）青0102民初123号")


def test_that_a_document_is_on_trial_belongs_to_its_title() -> None:
    assert title_of(["集市管理办法", "（试行）", "第一章 总则"]) == (0, "集市管理办法（试行）")
    assert title_of(["在动员会上的讲话", "（2024年3月1日）", "同志们："]) == (0, "在动员会上的讲话")


@pytest.mark.parametrize(
    "imprint",
    [
        "密级：内部",
        "机密★1年",
        "特急",
        "编号：HR-2024-001",
        "编号：",
        "附件1",
        "附件 2：",
        "證券代碼：600000 證券簡稱：青石銀行",
        "索 引 号：\t00234567X/2024-00123\t主题分类：\t民政",
        "发件人：闻树生 <wen@example.com>",
        "From: Wen <wen@example.com>",
        "ICS 35.040",
        "L 80",
        "GB/T 22239—2019",
        "DB33/T 1234—2024",
        "T/CAS 12—2024",
        "中华人民共和国国家标准",
        "浙江省地方标准",
        "代替 GB/T 22239—2008",
        "秘密★10年",
        "2024年3月1日 星期五 晴",
        "三月一日 （星期五） 多云转小雨",
        "<!DOCTYPE html [",
        "]>",
    ],
)
def test_what_is_said_of_a_document_is_not_how_it_is_called(imprint: str) -> None:
    assert title_of([imprint, "渡口", "正文。"]) == (1, "渡口")
    assert title_of([imprint, "正文在这里。"]) is None


@pytest.mark.parametrize(
    "title",
    [
        "编号的规则",
        "机密档案",
        "秘密",
        "代替品的选择",
        "什么是国家标准",
        "附件管理",
        "COVID-19",
        "GB/T 22239—2019 解读",
        "3月1日星期五停水通知",
        "重庆：建立95个集中隔离点",
        "版本管理：从入门到精通",
        "有关文件",
        "L 800",
        "Chapter 12-3",
    ],
)
def test_a_title_that_looks_like_an_imprint_is_one(title: str) -> None:
    assert title_of([title, "正文在这里。"]) == (0, title)


def test_an_imprint_of_many_lines_is_passed_over() -> None:
    card = [
        "索引号：012",
        "主题分类：民政",
        "发布机构：民政局",
        "成文日期：2024-03-01",
        "有效性：有效",
        "体裁分类：通知",
    ]
    assert title_of([*card, "集市管理办法", "正文。"]) == (len(card), "集市管理办法")


def test_a_mail_is_called_as_its_subject_says() -> None:
    head = [
        "发件人：闻树生 <wen@example.com>",
        "收件人：全体",
        "发送时间：2024年3月1日 9:00",
        "主题：防汛值班表",
    ]
    assert title_of([*head, "各位同事：", "正文。"]) == (3, "防汛值班表")
    assert title_of(["From: Wen", "To: all", "Subject: Minutes of March", "Hello."]) == (
        2,
        "Minutes of March",
    )


@pytest.mark.parametrize(
    "lines",
    [
        ["2024-03-12 09:15:22 闻树生", "今天的会改到下午", "2024-03-12 09:16:00 李明", "收到"],
        ["闻树生 09:15", "今天的会改到下午", "李明 09:16", "收到"],
        [
            "1",
            "00:00:01,000 --> 00:00:04,000",
            "河上起雾了",
            "2",
            "00:00:05,000 --> 00:00:08,000",
            "船还没来",
        ],
        ["9:00 签到", "9:30 开幕", "10:00 报告"],
        ["* 渡口", "船", "* 雾"],
        ["■渡口", "■雾"],
        ["- 渡口", "- 雾"],
    ],
)
def test_messages_and_items_of_a_list_are_text(lines: list[str]) -> None:
    assert title_of(lines) is None
    assert title_of(["水务局值班表", *lines]) == (0, "水务局值班表")


@pytest.mark.parametrize(
    "lines",
    [
        ["姓名：张三", "性别：男", "出生年月：1990年3月", "职务：船工"],
        ["姓　　名：张三", "性　　别：男", "工作经历", "在渡口撑船。"],
        ["品名：渡船", "型号：甲", "价格：三千元"],
        ["会议时间：三月一日", "会议地点：镇政府", "会议讨论了渡口的安排。"],
    ],
)
def test_a_field_of_a_list_of_them_is_no_title(lines: list[str]) -> None:
    assert title_of(lines) is None
    assert title_of(["渡口的船工", *lines]) == (0, "渡口的船工")
    assert title_of([*lines[:2], "渡口管理办法", "船没有来。"]) == (2, "渡口管理办法")


@pytest.mark.parametrize(
    "title", ["本周价格：白菜跌三成", "停航通知：明天不开船", "五部门：停航三天", "镇医保局：这些药能报销"]
)
def test_a_title_with_a_colon_is_one_above_anything_but_fields(title: str) -> None:
    assert title_of([title, "问：哪些药？", "答：常用的药。"]) == (0, title)
    assert title_of([title, "来源：青石日报", "船没有来。"]) == (0, title)
    assert title_of([title, f"{title} 青石日报讯。"]) == (0, title)


def test_a_title_that_is_marked_but_has_no_like_is_one() -> None:
    assert title_of(["■ 渡口", "● 雾"]) == (0, "渡口")
    assert title_of(["- 渡口 -", "船没有来。"]) == (0, "渡口")
    assert title_of(["渡口 9:30 开渡节目单", "9:35 歌舞", "9:40 相声"]) == (0, "渡口 9:30 开渡节目单")
    assert title_of(["9:30 的渡口", "船没有来。"]) == (0, "9:30 的渡口")
    assert title_of(["■题目：渡口", "■作者：闻树生"]) == (0, "渡口")


def test_a_bracket_at_the_end_of_a_title_stays() -> None:
    assert title_of(["渡口 <上>", "正文。"]) == (0, "渡口 <上>")


def test_several_short_words_below_a_menu_give_way_to_the_name_of_a_document() -> None:
    menu = ["首页", "法律法规", "地方性法规"]
    assert title_of([*menu, "青石市养犬管理条例", "第一章 总则"]) == (3, "青石市养犬管理条例")
    assert title_of([*menu, "河上的雾起了又散"]) == (1, "法律法规")


def test_the_name_of_an_office_over_its_site_is_no_title_where_one_follows() -> None:
    head = ["青石市人民政府", "首页 | 新闻 | 登录", "您现在的位置：首页 > 公告", "青石市2024年稳岗实施意见"]
    assert title_of([*head, "发布日期：2024-03-12", "正文。"]) == (3, "青石市2024年稳岗实施意见")


def test_a_title_that_is_no_office_stands_by_itself() -> None:
    assert title_of(["高三动员会讲话稿", "关于我们", "正文。"]) == (0, "高三动员会讲话稿")
    assert title_of(["水务局", "关于做好防汛工作，现通知如下。"]) == (0, "水务局")


def test_a_title_is_looked_for_among_the_first_lines_only() -> None:
    dates = ["2024-03-14"] * LOOKED_AT
    assert title_of([*dates[1:], "渡口"]) == (LOOKED_AT - 1, "渡口")
    assert title_of([*dates, "渡口"]) is None
    assert title_of([]) is None


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("在春耕动员会上的讲话 - 青石网", "在春耕动员会上的讲话"),
        ("渡口_青石小说网", "渡口"),
        ("渡口最新章节|青石书屋", "渡口"),
        ("渡口｜青石論壇", "渡口"),
        ("渡口-青石镇人民政府门户网站", "渡口"),
        ("渡口 – example.com", "渡口"),
        ("渡口 - 知乎", "渡口"),
        ("渡口 — 知乎", "渡口"),
        ("渡口 — example.com", "渡口"),
        ("【转载】渡口", "渡口"),
        ("【轉載】【置頂】渡口", "渡口"),
        ("正文 第一章 雾", "第一章 雾"),
        ("渡口 txt下载", "渡口"),
        ("渡口全文阅读", "渡口"),
        ("渡口全文免费阅读_青石网", "渡口"),
        ("(3 封私信) 河上为什么起雾？ - 知乎", "河上为什么起雾？"),
        ("怎么种茶？_百度知道", "怎么种茶？"),
        ("渡口开渡_腾讯新闻", "渡口开渡"),
        ("渡口（Word版）", "渡口"),
        ("渡口.docx", "渡口"),
        ("渡口（转载）.docx - 青石文库", "渡口"),
    ],
)
def test_what_a_site_puts_round_a_title_is_cleaned_away(title: str, words: str) -> None:
    assert cleaned(title) == words
    assert title_of([title, "正文。"]) == (0, words)


def test_messages_that_wait_on_a_site_are_no_part_of_a_title() -> None:
    assert cleaned("(99+ 封私信 / 80 条消息) 河上为什么起雾？ - 知乎") == "河上为什么起雾？"


@pytest.mark.parametrize(
    "title",
    [
        "【篇三】",
        "【通知】春季防火",
        "青石网",
        "- 官网",
        "互联网",
        "COVID-19网",
        "2020-2021学年工作总结",
        "“互联网+政务服务”工作方案",
        "城区-火车站",
        "沪上—一座城",
        "深化改革——某市的做法",
        "深化改革—织密防护网",
        "深化改革 —— 织密防护网",
        "我和书—谈谈我读过的小说",
        "我的第一份工作——搜狐",
        "关于印发《图书馆下载管理办法》的通知",
        "集市管理办法（试行）",
        "（好消息）渡口开渡",
        "集市管理办法（2024年修订）",
        "正文",
        "免费下载",
    ],
)
def test_what_a_title_says_is_left_in_it(title: str) -> None:
    assert cleaned(title) == title


def test_boilerplate_is_passed_over_however_much_there_is() -> None:
    above = ["登录", "注册", "搜索", "当前位置：首页 > 小说", "打印 关闭", "阅读全文", "扫一扫", "渡口"]
    assert title_of([*above, "正文。"]) == (7, "渡口")
    assert title_of(["联系我们", "电话写在下面。"]) == (0, "联系我们")


def without_blanks(text: str) -> str:
    return "".join(text.split())


@settings(max_examples=120)
@given(st.lists(st.text(st.characters() | st.sampled_from("渡口局关于一、>：。2-"), max_size=20), max_size=6))
def test_a_title_is_made_of_the_lines_from_its_own_on(lines: list[str]) -> None:
    title = title_of(lines)
    if title is not None:
        number, words = title
        assert words
        assert without_blanks(words) in without_blanks("".join(map(bare, lines[number:])))


@pytest.mark.parametrize("line", ["书名:甲" + "_甲网" * 3000, "书名:甲" + " " * 20_000 + "乙"])
def test_a_line_that_is_made_to_take_long_is_no_title(line: str) -> None:
    assert title_of([line, "正文在这里。"]) is None


def test_a_title_is_cut_before_it_is_cleaned() -> None:
    assert len(cleaned("渡口" * 10_000)) <= MOST_LOOKED_AT


@pytest.mark.parametrize(
    "site",
    ["青石镇政务网", "青石县人民政府门户网站", "欢迎访问青石论坛", "青石县信息公开网 首页", "青石论坛"],
)
def test_the_name_of_a_site_is_no_title_where_one_follows(site: str) -> None:
    assert title_of([site, "首页 | 新闻", "关于渡口的通知", "渡船从八点开到六点。"]) == (2, "关于渡口的通知")
    assert title_of([site, "渡船从八点开到六点。"]) == (0, site)
    assert title_of([site]) == (0, site)


@pytest.mark.parametrize("site", ["青石小说网", "凌晨四点的博客", "公文写作网", "青石文库"])
def test_what_may_name_a_site_does_where_boilerplate_follows(site: str) -> None:
    above = [site, "首页 归档 标签 关于", "在渡口装温度计", "渡船从八点开到六点。"]
    assert title_of(above) == (2, "在渡口装温度计")
    assert title_of([site, *above[2:]]) == (0, site)


@pytest.mark.parametrize("site", ["知乎", "亲，欢迎来到本店"])
def test_a_site_that_everybody_knows_is_no_title_where_one_follows(site: str) -> None:
    assert title_of([site, "猫为什么推桌上的东西？", "猫的爪垫很敏感。"]) == (1, "猫为什么推桌上的东西？")


def test_a_word_below_those_of_a_menu_is_no_title_where_a_longer_one_follows() -> None:
    menu = ["首页", "会员", "发现", "等你来答"]
    assert title_of([*menu, "猫为什么推桌上的东西？", "猫的爪垫很敏感。"]) == (4, "猫为什么推桌上的东西？")
    assert title_of(["首页 > 小说", "目录 更多", "渡口", "闻树生", "河上起雾了。"]) == (2, "渡口")


@pytest.mark.parametrize(
    "line", ["跳到主要內容區塊", "1天前", "上传文档", "青石论坛 > 生活区 > 二手", "目　录", "无标题文档"]
)
def test_what_a_site_and_a_program_write_is_passed_over(line: str) -> None:
    assert title_of(["登录 | 注册", line, "关于渡口的通知", "渡船停开。"]) == (2, "关于渡口的通知")


@pytest.mark.parametrize(
    "title",
    [
        "无标题文档",
        "無標題文件",
        "未命名",
        "Unknown Title",
        "Section 1",
        "text",
        "目 录",
        "目录",
        "Untitled",
        "Untitled-2",
        "Untitled Document",
        "Document1",
        "New Document",
        "新建 Microsoft Word 文档",
        "新建文本文档 (2)",
        "新建 XLSX 工作表",
        "演示文稿1",
        "Contents",
    ],
)
def test_what_programs_call_a_text_says_nothing(title: str) -> None:
    assert says_nothing(title)


@pytest.mark.parametrize(
    "title",
    [
        "目录学",
        "文件",
        "正文",
        "新建渡口的方案",
        "Section 1 Basics",
        "Texts",
        "无标题音乐",
        "Documents of 1911",
    ],
)
def test_a_title_of_like_words_says_something(title: str) -> None:
    assert not says_nothing(title)
