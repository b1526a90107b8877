import pytest

from retrieval.boilerplate import with_boilerplate
from retrieval.boilerplate_lines import is_boilerplate
from retrieval.documents import Content
from retrieval.readers import OURS

BODY = "河上起雾了，船还没有来。"

CHROME = {
    "public accounts": [
        "喜欢就点个“在看”吧",
        "觉得不错，请点亮在看",
        "分享 收藏 点赞 在看",
        "点赞、在看、转发",
        "向上滑动看下一个",
        "继续滑动看下一个",
        "左右滑动查看更多 >>",
        "取消 允许",
        "预览时标签不可点",
        "： ， 。 视频 小程序 赞 ，轻点两下取消赞 在看 ，轻点两下取消在看",
        "： ， ， ， ， ， 。 视频 小程序 赞 ，轻点两下取消赞 在看 ，轻点两下取消在看 分享",
        "喜欢此内容的人还喜欢",
        "微信扫一扫可打开此内容，使用完整服务",
        "朋友会在“发现-看一看”看到你“在看”的内容",
        "收录于合集 #渡口 12个",
    ],
    "answers and blogs": [
        "关注者 1,234 被浏览 567,890",
        "赞同 356 26 条评论 分享 收藏 喜欢 收起",
        "赞同 1.2 万 3 条评论 分享 收藏 喜欢",
        "点赞 12 踩 收藏 25 打赏 … 举报",
        "3 条评论 您还未登录，请先 登录 后发表或查看评论",
        "编辑于 2024-03-15 10:22・IP 属地山东",
        "最新推荐文章于 2024-03-15 10:22:33 发布",
        "文章浏览阅读1.2k次，点赞12次，收藏25次。",
    ],
    "encyclopedias": [
        "收藏 查看我的收藏",
        "0 有用+1 0",
        "有用+1",
        "播报 编辑",
        "播报 编辑 讨论 上传视频",
        "[编辑]",
        "编辑次数：12次历史版本",
        "展开3个同名词条",
        "維基百科，自由的百科全書",
        "本页面最后修订于2024年3月15日 (星期五) 10:22。",
    ],
    "news": [
        "更多猛料！欢迎扫描左方二维码关注新浪新闻官方微信（xinlang-xinwen）",
        "语音播报 缩小字体 放大字体 收藏 微博 微信 分享",
        "语音播报 缩小字体",
        "我要反馈",
        "返回搜狐，查看更多",
        "声明：青石网登载此文出于传递更多信息之目的，并不意味着赞同其观点或证实其描述。",
    ],
    "forums": [
        "Powered by Discuz! X3.4 © 2001-2013 Comsenz Inc. Processed in 0.05 second(s), 12 queries",
        "GMT+8, 2024-3-15 10:22 , Processed in 0.051 second(s), 12 queries .",
        "青石论坛 Powered by Discuz! X3.4 Licensed © 2001-2023 Discuz! Team. GMT+8, 2024-3-15 10:22",
    ],
    "agencies": [
        "資料更新：113-09-25 10:30",
        "資料檢視：113-09-25",
        "網頁更新日期：2024/09/25",
        "1. :::",
        "- :::",
        "隱私權宣告 資訊安全政策 政府網站資料開放宣告",
        "線上申辦 局長信箱 回首頁",
    ],
    "novels": [
        "（PS：今天三更，求月票！）",
        "ps：新书上传，求收藏求推荐票！",
        "PS2：晚上还有一章，求订阅。",
        "第三更送到，求月票！",
        "感谢书友“星空”打赏的1000起点币！",
        "感谢星空、渡口两位书友的月票！",
        "谢谢老周投的推荐票",
        "章节错误,点此举报(免注册),举报后维护人员会在两分钟内校正章节内容,请耐心等待,并刷新页面。",
        "内容有误？点此反馈",
        "（未完待续。）",
        "【未完待续】",
        "未完待续……",
        "（未完待续。如果您喜欢这部作品，欢迎您来投推荐票、月票，您的支持，就是我最大的动力。）",
    ],
    "shared documents": [
        "下载文档到电脑，查找使用更方便",
        "26人已下载",
        "本站不保证下载资源的准确性、安全性和完整性。",
    ],
}

TEXT = [
    "知道了",
    "“知道了。”",
    "使用小程序",
    "使用小程序预约，向上滑动看下一个时段的余票。",
    "他站在看台上。",
    "他指点在看台上的新兵",
    "如果觉得冷，请关窗",
    "点赞在看来只是习惯",
    "取消",
    "允许",
    "往期推荐",
    "往期精彩回顾",
    "收录于专辑《渡口》",
    "收录于合集",
    "关注者须知",
    "IP属地显示规则",
    "您还未登录，请先登录后再提交申请表",
    "浏览展厅须先登记",
    "收藏",
    "本馆收藏 1,234 件文物",
    "收藏 陈列 研究",
    "藏品一经收藏，不得退还、交换。",
    "编辑",
    "播报",
    "编辑播报稿件的要求",
    "词条统计",
    "反馈意见",
    "扫描左侧二维码可领取号牌",
    "返回新浪总部的班车时刻",
    "Processed in 2019",
    "资料更新：每月一次",
    "資料更新後請通知本局",
    "資料來源：內政部",
    "組織架構",
    "局長簡介 組織架構 線上申辦",
    "这部小说未完待续，读者翘首以盼。",
    "连载到第八十回未完待续，作者已经去世。",
    "未完待续的工程",
    "未完待续",
    "PS：回来的时候记得带伞。",
    "PS：票放在抽屉里。",
    "想买一台打印机，求推荐！",
    "感谢您购买公交月票",
    "感谢各位居民投出的宝贵一票！",
    "感谢书友会提供场地",
    "打赏礼物的退还按本规则办理",
    "未成年人打赏的1000元应当退还",
    "我们四处奔走，求支持",
    "章节错误率不得超过万分之一",
    "内容有误请反馈给办公室",
    "5 积分",
    "签到一次得5积分",
    "积分",
    "下载文件到电脑，用表格软件打开更方便",
    "本站文档室周一开放",
    "本站存储空间不足时，应把附件移到移动硬盘。",
    "更多停水信息，请扫描左侧二维码查询",
    "2023年3月15日修改",
    "《资讯安全政策》由本所订定",
]


@pytest.mark.parametrize("line", [line for lines in CHROME.values() for line in lines])
def test_what_a_kind_of_site_puts_round_its_texts_is_boilerplate(line: str) -> None:
    assert is_boilerplate(line)


@pytest.mark.parametrize("line", TEXT)
def test_what_uses_the_same_words_is_text_by_its_shape(line: str) -> None:
    assert not is_boilerplate(line)


@pytest.mark.parametrize(
    "line",
    [
        "本文件由系统生成，无需盖章",
        "本文件由政务服务网生成，电子签章有效。",
        "本文档由平台导出，以纸质版为准",
        "本文件由系统生成，每日零点更新一次",
        "版权所有：本软件著作权归滨江公司所有",
    ],
)
def test_what_holds_of_a_document_that_a_program_made_is_text(line: str) -> None:
    assert marked("渡口", BODY, line, BODY) == []
    assert marked("渡口", BODY, line) == []


def read(*lines: str) -> Content:
    return with_boilerplate(OURS[".txt"]("\n".join(lines)))


def marked(*lines: str) -> list[str]:
    content = read(*lines)
    return [content.text[p.span.start : p.span.end] for p in content.paragraphs if p.boilerplate]


@pytest.mark.parametrize(
    "line",
    [
        "知道了",
        "使用小程序",
        "词条统计",
        "未完待续",
        "文章关键词：修桥 渡口",
        "本版积分规则 发表回复",
        "责任编辑：王五 SN123",
        "局長簡介 組織架構 線上申辦",
        "来源 | 青石发布",
        "来源丨青石发布",
        "编辑 | 王五",
    ],
)
def test_what_may_be_a_heading_is_boilerplate_below_the_text_only(line: str) -> None:
    assert marked("渡口", BODY, line) == [line]
    assert marked("渡口", BODY, line, BODY) == []


def test_who_keeps_a_page_of_an_agency_is_boilerplate_beside_its_day() -> None:
    feet = ["資料維護單位：秘書室", "資料更新日期：113-03-01"]
    assert marked("渡口", BODY, *feet) == feet


def test_the_end_of_a_page_of_a_public_account_is_boilerplate() -> None:
    feet = [
        "编辑 | 王五",
        "往期推荐",
        "渡口的铜铃是谁挂的？",
        "雾天开船，要注意什么！",
        "喜欢就点个“在看”吧",
        "微信扫一扫",
        "关注该公众号",
        "知道了",
        "微信扫一扫",
        "使用小程序",
        "取消 允许",
        "： ， 。 视频 小程序 赞 ，轻点两下取消赞 在看 ，轻点两下取消在看",
    ]
    assert marked("渡口", BODY, *feet) == feet


def test_a_label_and_its_figure_are_boilerplate_on_two_lines_too() -> None:
    assert marked("渡口", BODY, "播报", "编辑", BODY) == ["播报", "编辑"]
    assert marked("渡口", BODY, "被浏览", "567,890", BODY) == ["被浏览", "567,890"]
    assert marked("渡口", BODY, "编辑", BODY) == []
    assert marked("渡口", BODY, "知道了", "取消", "允许", BODY) == []


def test_the_price_of_a_document_is_boilerplate_beside_the_button_that_loads_it() -> None:
    button = "下载文档到电脑，查找使用更方便"
    assert marked("渡口", "5 积分", button, BODY) == ["5 积分", button]
    assert marked("积分规则", "签到", "5 积分", "分享文章", "10 积分", BODY) == []
    assert [p.heading.text for p in read("渡口", "5 积分", button, BODY).paragraphs if p.heading] == ["渡口"]


@pytest.mark.parametrize(
    "line",
    [
        "编辑 | 删除",
        "审核 | 导出",
        "设计 | 施工 | 监理",
        "作者 | 闻树生",
        "局長簡介 線上申辦",
        "音乐 体育 科技",
    ],
)
def test_columns_and_buttons_are_text_below_the_text(line: str) -> None:
    assert marked("渡口", BODY, line) == []


@pytest.mark.parametrize(
    "unit",
    ["求月票", "感谢书友", "点赞在看", "ps:", "0 有用", "本站文档", "powered by ", "赞同 1.2 万 ", "编辑 | "],
)
def test_a_line_that_repeats_a_shape_is_told_at_once(unit: str) -> None:
    for length in (58, 299):
        is_boilerplate((unit * length)[:length] + "x")
        is_boilerplate((unit * length)[:length] + "。")


@pytest.mark.parametrize(
    "line",
    [
        "资料维护：李四",
        "资料维护单位：党政办",
        "本资料由电网科整理",
        "本文件由系统工程处制作",
        "校对｜赵小刚",
        "审核｜赵刚",
        "切换到横屏模式",
        "向左滑动查看更多",
        "2. 本站仅为用户提供信息存储空间，用户上传的文档引起侵权纠纷的，由上传者承担责任。",
        "3. 本站不保证下载资源的准确性、安全性和完整性。",
    ],
)
def test_what_a_list_of_duties_a_manual_or_terms_of_use_say_is_text(line: str) -> None:
    content = with_boilerplate(
        OURS[".txt"](f"分工\n\n渡口的事由大家分着做，谁有空谁做。\n\n网络安全：王五\n\n{line}")
    )
    assert not any(paragraph.boilerplate for paragraph in content.paragraphs)
