"""Line above a text -> what it is there: an imprint, whoever issues, the name of a document."""

import re

from retrieval.folding import fold
from retrieval.late_pattern import LatePattern

LONGEST = 80
"""Characters; a longer line is of no head, unless it begins with a label."""

_ISSUED = r".{0,15}[\[(【](?:19|20)\d\d[\])】].{0,20}号|(?:(?:19|20)\d\d年)?(?:公告|通告|令)?第\d{1,5}号"
"""国办发〔2020〕1号"""

_FIGURE = r"[\d〇零一二三四五六七八九十]"

_LABELS = """
密级 保密级别 保密期限 紧急程度 编号 文件编号 制度编号 文档编号 文号 发文字号 文件字号 文件号
索引号 信息索引号 主题词 主题分类 信息分类 体裁分类 服务对象 组配分类 公开属性 公开方式 公开类型
公开形式 公开范围 公开日期 发布机构 发布单位 发文机关 发文机构 发文单位 制发机关 责任部门 责任单位
公开部门 公开单位 所属机构 信息来源 成文日期 发文日期 发布日期 生成日期 印发日期 签发日期 生效日期
生效时间 实施日期 施行日期 失效日期 废止日期 时效性 有效性 效力状态 效力级别 签发人 签发 拟稿 拟制
起草 编制 审核 审定 批准 会签 版本 版次 版本号 受控状态 分发号 页数 编制部门 归口部门 制定部门
管理部门 制订部门 编制单位 证券代码 证券简称 股票代码 股票简称 债券代码 债券简称 公告编号 备案号
登记号 统一登记号 分类号 发件人 收件人 抄送 密送 发送时间 发送日期 寄件人 寄件者 收件者 寄件日期
from to cc bcc date sent reply-to 甲方 乙方 丙方 原告 被告 时间 地点 主持 主持人 姓名 电话
"""
LABELS = frozenset(_LABELS.split())
"""What is said of a document, but never how it is called."""

_LABEL = re.compile(r"([^:()]{1,16})(?:\([^()]{0,12}\))?\s*:")
_NAMED = re.compile(
    r"(?:书名|書名|标题|標題|题目|題目|主题|主題|名\s*[称稱]|(?i:subject))\s*[:：]\s*(?P<title>\S.*?)(?:\s+作者[:：].*)?"
)
_IMPRINT = LatePattern(
    rf"{_ISSUED}"
    r"|(?:绝密|机密|秘密(?=[★☆* ])|内部(?:资料|文件|公开|使用)|特急|加急|急件|平急)"
    rf"(?:[★☆* ,·]{{0,3}}+(?:启用前|特急|加急|长期|{_FIGURE}{{1,3}}+[年月]?+|注意保存|[请勿不得]{{2}}外传))*+"
    r"|附件 ?[\d一二三四五六七八九十]{0,3}:?"
    # The codes of a standard, and of a file that has nothing else but one.
    r"|(?:ics|ccs) ?[a-z]?\d[\d. ]*.{0,30}|[a-z] ?\d\d"
    r"|(?:gb|db\d*|[a-z]{2,3}|t/[a-z]{2,10}|q/[a-z\d]{2,10}|iso|iec)(?:/[tz])? ?\d[\d.]*[-–—]+(?:19|20)\d\d"
    r"|代替 ?[a-z/]{2,8} ?\d.{0,40}"
    r"|(?:中华人民共和国|.{0,8}[国省市区])?(?:国家|行业|地方|团体|企业)标准"
    r"|<[!?/a-z].*"  # of a page as it is written
    # The day of a diary, and its weather.
    rf"|(?:{_FIGURE}{{2,4}}年)?{_FIGURE}{{1,3}}月{_FIGURE}{{1,3}}[日号] ?\(?"
    r"(?:星期|周|礼拜)[一二三四五六日天]\)?[ ,]*(?:天气:?)?[晴阴雨雪多云转小中大暴雷阵雾霾风到间有 ]{0,8}"
)
_LETTERHEAD = LatePattern(r"[^,:《》]{2,40}[府厅局部委会室院办署行司团社校学心] ?文件")
_ISSUER = re.compile(
    r"[^,:《》]{2,30}(?:政府|[党管]?委员?会|[省市县区州]委|[局厅部署]|法院|检察院|大学|学院|[中小]学|学校|幼儿园"
    r"|公司|集团|医院|银行|办公室|中心|协会|学会|研究[院所]|指挥部|领导小组|总社"
    r"|[馆队]|(?<![好用坏益害长短难])处|(?<![场厕住])所|(?<![网本])站)"
)
_OFFICE = re.compile(
    r".{2,}(?:[府厅局部院署司社]|委员?会|委|办|会|室|处|所|团|行|学|中心|馆|队|(?<![网本])站)"
)
_SORTS = (
    r"(?:办法|制度|规定|规则|规范|规程|细则|条例|章程|准则|守则|须知|指南|手册|汇编|预案|方案|计划|规划|纲要|要点|总结"
    r"|报告|汇报|通知|通报|通告|公告|公示|公报|决定|决议|意见|批复|请示|复函|纪要|会议记录|协议|合同|说明|清单|讲话|致辞"
    r"|年报|简报|公约|(?:判决|裁定|决定|调解|意见|告知|通知|承诺|责任|倡议|建议|申请|说明|协议|任务|委托|招标|投标|起诉"
    r"|答辩|上诉|认定|鉴定|检察建?议?|计划|白皮|公证|合同)书)"
)
_AMENDED = (
    r"\((?:试行|暂行|草案|修订|修正|征求意见|送审|讨论|审议|报批|(?:19|20)\d\d年?(?:版|修))[^()]{0,12}\)"
)
_NAME = LatePattern(rf"关于.{{2,}}|[^:]*{_SORTS}\d?(?:\([^()]{{1,20}}\))?")
_BARE = LatePattern(rf"[\[【]?{_SORTS}[\]】]?")
_RULED = re.compile(r"(?:.*[^a-z])?(?:判决|裁定|决定|调解|告知|通知|认定)书")
_IS_AMENDED = re.compile(_AMENDED)
_IS_ISSUED = re.compile(_ISSUED)


def name_in(line: str) -> str | None:
    """How a document is called, where a line says so: 标题：…"""
    named = _NAMED.fullmatch(line)
    return named["title"] if named else None


def is_imprint(line: str) -> bool:
    """Whether a line says of a document under which number it was issued, for whom, when and by whom."""
    folded = _folded(line)
    label = _LABEL.match(folded)
    if label and "".join(label[1].split()) in LABELS:
        return True
    return len(line) <= LONGEST and _IMPRINT.fullmatch(folded) is not None


def is_number(line: str) -> bool:
    """Whether a line is the number under which a document was issued."""
    return _is(_IS_ISSUED, line)


def is_letterhead(line: str) -> bool:
    """Whether a line is what an office prints over its documents: …文件"""
    return _is(_LETTERHEAD, line)


def is_issuer(line: str) -> bool:
    """Whether a line is nothing but the name of an office, a company, a school."""
    return _is(_ISSUER, line)


def may_be_issuer(line: str) -> bool:
    """Whether a line may be the name of an office that stands above what it issues."""
    return _is(_OFFICE, line)


def is_name(line: str) -> bool:
    """Whether a line names a document by what it is about, or ends with the sort of it: 关于…, …办法."""
    return _is(_NAME, line)


def is_bare_sort(line: str) -> bool:
    """Whether a line says no more than of what sort a document is: 通知, 【公告】."""
    return _is(_BARE, line)


def is_amendment(line: str) -> bool:
    """Whether a line belongs to the title above it: （试行）"""
    return _is(_IS_AMENDED, line)


def is_ruling(line: str) -> bool:
    """Whether a title is one of many alike, told apart by their numbers alone: 民事判决书"""
    return _is(_RULED, line)


def _is(pattern: re.Pattern[str] | LatePattern, line: str) -> bool:
    return len(line) <= LONGEST and pattern.fullmatch(_folded(line)) is not None


def _folded(line: str) -> str:
    return " ".join(fold(line[: 2 * LONGEST], ()).text.split()).replace("〔", "[").replace("〕", "]")
