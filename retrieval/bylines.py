"""Folded line -> the fields of a byline: when and by whom something was published, how often it was read."""

from collections import Counter
from collections.abc import Collection

from retrieval.late_pattern import LatePattern

BETWEEN = " |,;/·•-[]【】()~≈"
"""What stands between the fields."""

LONGEST = 120
"""Characters; a longer line is no byline."""

MOST_WORDS = 3
"""Words without a label that may stand among the fields: who wrote it, and on what channel."""

_FIGURE = "[0-9〇零两一二三四五六七八九十百]"
_NUMBER = rf"{_FIGURE}(?:{_FIGURE}|[.,](?=[0-9]))*+ ?[万wk千]?\+?"
_DATE = rf"(?:(?:19|20)\d\d|1[01]\d(?=[-.]))[-/.年]{_FIGURE}{{1,2}}[-/.月]{_FIGURE}{{1,3}}日?"
_CLOCK = r"\d{1,2}:\d\d(?::\d\d)?"
_WHEN = rf"{_DATE}(?:[ t]*{_CLOCK})?"
_READ = "被?浏览|阅读|点击|访问|查看|点阅|下载|评论|回复|收藏|点赞|转发"
_TALLIED = (
    rf"(?:{_READ}|跟贴|跟帖|参与|赞同?|在看|好看|喜欢|热度|人气|关注者?|月销量?|销量|累计评价|好问题"
    r"|有用|推荐|踩|顶)"
)
_PUBLISHED = "发布|更新|发表|上传|上版|录入|添加|刊登|最后更新|建档"
_SOURCE = "来源|出处|来自"
_COLON = " ?: ?"
_LABEL = rf"(?:作者|{_SOURCE}|编辑|时间|日期|字数|字[号体级]|{_READ}|{_PUBLISHED})[^ ]{{0,4}}:"
_VALUE = rf"(?:(?!{_LABEL})[^\s:;|\[\]()【】《]){{1,20}}+"
_END = rf"(?:(?![^\s|,;()\[\]【】])|(?={_LABEL}))"
"""Where a field ends; on a page whose parts stand apart only to the eye, the next follows at once."""

_ACTS = "删除|查看|审核|导[出入]|保存|提交|添加|新增|复制|打印|下载|修改|搜索|返回|取消|确定|分享|关闭"

_FIELD = LatePattern(
    "|".join(
        rf"(?P<{name}>{shape})"
        for name, shape in {
            # As a day of its own, 发布日期：2024年3月1日 is what an order says of itself.
            "released": rf"发布日期{_COLON}\d{{4}}年{_FIGURE}{{1,2}}月{_FIGURE}{{1,3}}日(?! ?{_CLOCK})",
            "published": (
                rf"(?:{_PUBLISHED})(?:时间|日期){_COLON}(?:{_WHEN})?"
                rf"|资料(?:更新|检视)(?:时间|日期)?{_COLON}{_WHEN}"
            ),
            "posted": rf"(?:编辑|发[表布]|更新)于:? ?(?:{_WHEN}|[昨今前]天 ?(?:{_CLOCK})?)",
            "issued": r"发[表布]于 ?[^\s:|\d]{2,8}",
            "clocked": rf"{_DATE}[ t]*{_CLOCK}",
            "day": rf"{_DATE}(?<=日)",
            "date": _DATE,
            "clock": _CLOCK,
            "weekday": "(?:星期|周)[一二三四五六日天]",
            "ago": rf"{_FIGURE}{{1,3}} ?(?:秒|分钟|小时|天|周|个月|年)前|(?:昨天|前天) ?{_CLOCK}",
            "font": (
                r"(?:字号|字级|[文字]?字体?大小|字体)(?: ?: ?|(?=[ \[]))(?:[大中小at+\-|/ \[\]【】]"
                r"|默认|特大|超大|正常|标准)*+"
            ),
            "counter": (
                rf"(?:(?:{_READ}|点击|浏览人)(?:次数?|量|数|率)|人气"
                rf"|(?:{_READ})(?= ?:)){_COLON}(?:{_NUMBER} ?)?[次人条]?{_END}"
                rf"|(?:(?:{_READ})(?:次数|量|数)) ?{_NUMBER} ?次?{_END}"
                rf"|(?:{_READ})\({_NUMBER}\)"
            ),
            "length": (
                rf"全文约? ?{_NUMBER} ?字|(?:(?:本文|文章)?(?:总?字数)|(?:预计)?阅读(?:时间|时长"
                rf"|需)?){_COLON}?[约≈]? ?{_NUMBER} ?(?:字|分钟?|k)?(?![^\s|,;()\[\]])"
                rf"|阅读(?:时间|时长)(?: ?[:≈] ?)+约?{_NUMBER} ?分钟"
            ),
            "file": (
                r"(?:文档编号|(?:文件|文档)?格式|(?:文档)?页数|(?:文件|文档)?大小|所需积分"
                rf"|下载积分){_COLON}[\w.]{{1,12}}"
            ),
            "tally": (
                rf"{_TALLIED}:? ?\(?{_NUMBER}\)?(?![^\s|,;)])"
                rf"|{_NUMBER} ?[次人条个]?(?:已)?{_TALLIED}(?:了该回答|过)?(?![^\s|,;)])"
            ),
            "filed": rf"(?:分类于|分类{_COLON}|归类于) ?[^\s:|]{{1,10}}",
            "source": (
                rf"(?:文章|信息|新闻|稿件|内容|图文|本文)?(?:{_SOURCE}){_COLON}(?:{_VALUE})?"
                rf"|稿源{_COLON}(?:{_VALUE})?"
            ),
            "credit": (
                r"(?:来源|编辑) ?[|丨] ?"
                rf"(?!{_ACTS})[^\s:;|丨\[\]()【】《,]{{2,20}}"
            ),
            "editor": (
                r"(?:(?:责任|网络|本文|执行|值班|栏目)编辑|责编|网编|信息审核|发布(?:人|者|机构|单位)"
                rf"|录入[者人]?|上传[者人]|投稿人){_COLON}(?:{_VALUE}(?: [a-z]{{1,3}}\d{{2,6}})?)?"
            ),
            "edited": rf"编辑{_COLON}(?:{_VALUE})?",
            "checked": rf"(?:审核|校对|[初复终一二三]审|审读){_COLON}(?:{_VALUE})?",
            "author": (
                rf"(?:本文|文章|原)?作者{_COLON}(?:{_VALUE})?|(?:撰稿|记者|通讯员"
                rf"|摄影){_COLON}(?:{_VALUE})?"
            ),
            "time": rf"(?:时间|日期){_COLON}{_WHEN}",
            "original": r"(?:原创|转载|首发)(?= )",
            "letters": r"a[+-]? a[+-]?(?: a[+-]?)?",
            "tool": (
                r"分享到?:?|打印(?:本[页文])?|关闭(?:窗口|本页)?|收藏(?:本[页文])?|纠错|微信|微博"
                r"|举报|只看该作者|只看楼主|显示全部楼层|阅读模式|倒序浏览|来自手机|楼主|沙发|板凳"
            ),
            "channel": r"(?<= )[^\s:|。,]{2,10}(?:网|[日晚时早]报|新闻|客户端|在线|电视台)(?=$| )",
            "figure": r"(?<= )\d{1,7}(?=$| )",
            "word": r"(?:(?<= )|(?<=\|)|^)[^\s:|。,;《\d]{1,12}(?=$|[ |])",
        }.items()
    )
)

_HOUSE = LatePattern(
    r"(?:文章|信息|新闻|稿件|内容|图文|稿源).*|.*: ?|.*(?:网|[日晚时早周]报|新闻|客户端|在线|电视台"
    r"|广播台|[志讯报版华新]社|发布|头条|公众号|微信|微博|政府"
    "|办公室|政府办|[局委厅院部]|中心|本站|原创|网络|互联网|转载|未知|不详|佚名|网友|整理|admin|学习强国)"
)
"""A source that is who published, and no book and no fund."""

SEVERAL = 2
"""Fields that make a byline of what each alone may be text."""

_SIGNS = frozenset({"published", "posted", "counter", "font", "letters", "ago", "house", "editor", "credit"})
_DAYS = frozenset({"date", "day", "clocked", "time", "published", "posted"})
_UNSAID = frozenset({"word", "channel", "figure"})
_DAY_ALONE = frozenset({"date", "clocked", "day", "clock", "weekday", "figure"})
_STAMPED = frozenset({"date", "day", "clocked", "clock", "channel"})
_SIGNS_AMONG_WORDS = frozenset({"counter", "posted", "published", "ago", "original", "issued"})
_HINT = LatePattern(
    "浏览|阅读|点击|访问|字[号体级]|来源|来自|出处|稿源|人气|[表布辑新]于|点阅|原创 |查看|下载|评论|回复"
)


def fields_of(line: str) -> Counter[str]:
    """How often each kind of field stands in a line; none where it holds anything else."""
    found: Counter[str] = Counter()
    at = 0
    while at < len(line):
        if line[at] in BETWEEN:
            at += 1
        elif len(line) <= LONGEST and (field := _FIELD.match(line, at)) and field.end() > at:
            kind = field.lastgroup or ""
            found["house" if kind == "source" and _HOUSE.fullmatch(field.group()) else kind] += 1
            at = field.end()
        else:
            return Counter()
    return found if found["word"] <= MOST_WORDS else Counter()


def is_byline(line: str) -> bool:
    """Whether a line is a byline wherever it stands."""
    if not _HINT.search(line):
        return False
    fields = fields_of(line)
    kinds = {*fields}
    if not kinds:
        return False
    if kinds <= {"font", "letters"} or "posted" in kinds or {"original", "clocked"} <= kinds:
        return True
    if kinds & _UNSAID - {"figure"}:
        return "issued" in kinds and "clocked" in kinds
    is_dated = bool(kinds & {"house", "source"}) and bool(kinds & {"date", "day", "clocked"})
    return fields.total() >= SEVERAL and (is_dated or bool(kinds & {"counter", "font"}))


def is_byline_above(line: str) -> bool:
    """Whether a line above a text is one: it says more than who wrote it, or when something takes place."""
    fields = fields_of(line)
    kinds = {*fields}
    is_dated = bool(kinds & _DAYS)
    if is_bare_day(kinds):
        return True
    if kinds & _UNSAID:
        return is_dated and (kinds <= _STAMPED or bool(kinds & _SIGNS_AMONG_WORDS))
    if kinds & _SIGNS or _is_mild(fields):
        return True
    return is_dated and bool(kinds & {"source", "tool", "edited", "tally", "length"})


def is_bare_day(kinds: Collection[str]) -> bool:
    """Whether the fields of a line are nothing but a day as machines write it, with the hour or a figure."""
    return bool({"date", "clocked"}.intersection(kinds)) and {*kinds} <= _DAY_ALONE


def is_byline_below(line: str) -> bool:
    """Whether a line below a text is one: it says who put it there, not when it was signed."""
    fields = fields_of(line)
    kinds = {*fields}
    if kinds & _UNSAID:
        return False
    if kinds and kinds <= {"edited", "checked", "author"}:
        return "edited" in kinds and (fields.total() >= SEVERAL or line[0] in BETWEEN)
    return bool(kinds & _SIGNS - {"ago"}) or _is_mild(fields)


def _is_mild(fields: Counter[str]) -> bool:
    """Whether fields are of kinds that say little, but enough at the edge of a text."""
    if {*fields} <= {"file", "tool"}:
        return fields["file"] >= SEVERAL
    return bool(fields) and {*fields} <= {"tally", "length", "file", "tool"}
