"""Folded line -> whether it looks like what a site or a program puts round a text.

All shapes are of folded text: Simplified, lower case, marks of half width, a single digit beside a Han
character in Chinese. What may be said in a sentence is left alone: a line too many hides an answer,
one too few is only passed over by whoever reads.
"""

from collections.abc import Iterable
from typing import NamedTuple

from retrieval.late_pattern import LatePattern


def _any(*shapes: str) -> str:
    return f"(?:{'|'.join(shapes)})"


def _either(shapes: Iterable[str]) -> LatePattern:
    return LatePattern("|".join(shapes))


_FIGURE = "[0-9〇零一二三四五六七八九十百]"
_DATE = rf"(?:19|20)\d\d[-/.年]{_FIGURE}{{1,2}}[-/.月]{_FIGURE}{{1,3}}日?"
_CLOCK = r"\d{1,2}:\d\d(?::\d\d)?"
_WHEN = rf"{_DATE}(?:[ t]?{_CLOCK})?"
_COUNTED = _any("浏览", "阅读", "点击", "访问", "查看", "下载", "评论", "回复", "收藏", "点赞", "转发")
_COUNTER = (
    rf"(?:{_COUNTED}(?:次数|量|数|率)|人气|{_COUNTED}(?=[:(]))"
    rf"[:(]? ?(?:{_FIGURE}|[.,])*[万wk+]* ?[次人条]?\)?"
)
_FONT = r"[【\[(]?(?:字号|字体|文字大小)[: ]*(?:[大中小a+\-|/ \[\]【】]|默认|特大|超大|正常|标准)*+[】\])]?"
_SOURCE = r"(?:(?:文章|信息|新闻|稿件|内容)?(?:来源|出处)|稿源)"
_EDITOR = r"(?:(?:责任|网络|本文)?编辑|责编|信息审核|审核|校对|[初复终]审|发布人|录入)"
_LABEL = rf"(?:{_SOURCE}|{_EDITOR}|(?:发布|更新|发表)?(?:时间|日期)|作者|撰稿|记者|字数)"
_LABELLED = rf"{_LABEL}: ?(?:(?!(?:{_LABEL}|{_COUNTED}.{{0,2}}):)[^\s:|]){{0,20}}+"
_TOOL = _any(
    "打印(?:本[页文])?", "关闭(?:窗口|本页)?", "分享(?:到)?:?", "收藏(?:本[页文])?", "纠错", "微信", "微博"
)
_FIELD = _any(_WHEN, _CLOCK, _LABELLED, _COUNTER, _FONT, rf"[【\[(]?{_TOOL}[】\])]?")
_BETWEEN = r"[ |,;/·]*+"

_WORDS = """
首页 登录 登陆 注册 免费注册 退出 退出登录 忘记密码 搜索 站内搜索 高级搜索 菜单 导航 我的 会员中心
个人中心 用户中心 设为首页 加入收藏 收藏本站 收藏 无障碍 无障碍阅读 无障碍浏览 长者模式 长者版 关怀版
适老版 繁体 繁体版 繁体中文 简体 简体版 简体中文 english en 手机版 电脑版 触屏版 客户端 移动端 app下载
网站地图 站点地图 联系我们 关于我们 关于本站 帮助中心 意见反馈 友情链接 隐私政策 隐私声明 隐私保护
用户协议 服务条款 免责声明 法律声明 版权声明 广告服务 广告合作 诚聘英才 rss 打印 打印本页 关闭 关闭窗口
关闭本页 分享 分享到 纠错 网站纠错 微信 微博 新浪微博 腾讯微博 qq qq空间 朋友圈 复制链接 回复 引用 举报
楼主 沙发 点赞 点踩 踩 顶 评论 赞 赏赞 赞赏 打赏 只看楼主 使用道具 发消息 关注 更多 收起 展开 上一页
下一页 尾页 末页 上一章 下一章 上一篇 下一篇 目录 返回 返回目录 返回顶部 返回列表 加入书架 加入书签 书架
投推荐票 推荐本书 字号 大 中 小 开通vip 开通会员 推荐阅读 相关阅读 相关内容 相关链接 相关解读 最新文章
热门文章 关于本文 二维码 联系客服 广告 advertisement
"""
_WORD = _any(*_WORDS.split())
_SINGLES = """
阅读全文 展开全文 展开全部 查看全文 查看更多 查看全部 点击查看 点击查看更多 点击展开 加载更多 详细阅读
更多推荐 收起全文 返回首页 返回目录 返回顶部 回到顶部 返回列表 返回书页 章节目录 加入书签 加入书架
章节报错 打印本页 关闭窗口 关闭本页 设为首页 加入收藏 收藏本站 我要留言 精选留言 发表评论 网友评论
最新评论 相关推荐 热门推荐 猜你喜欢 为你推荐 本周热门 本月热门 微信订阅号 扫一扫 长按识别二维码 免费下载
立即下载 立即支付 确认支付 确定支付 打赏作者 打开app app内打开 一键分享 只看该作者 网站纠错 电梯直达
倒序浏览
"""
_SINGLE = _any(*_SINGLES.split())
_REST = _any("更多", "更全", "全文", "原文", "全部", "完整", "剩余", "余下")
_TO_DO = r"(?!.*(?:预约|报名|领|办理|查询|缴|申|投诉|咨询|登记|填))"
"""What a code is scanned for where that answers something."""

_BY = _any("手机", "微信", "支付宝", "qq", "浏览器")
_TO_FOLLOW = _any("关注", "分享", "手机(?:打开|阅读|浏览|查看|上)", "当前页", "本文", "公众号", "客户端")
_PROGRAM = _any(
    "wps", "word", "office", "adobe", "acrobat", "pandoc", "libreoffice", "福昕", "腾讯文档", "石墨", "语雀"
)
_OF_THE_NET = r"(?:来自|来源于?|转载自?|由|整理自)(?:互联网|网络|网友)"
_DOCUMENT = r"本(?:docx?|word|pdf|pptx?)?(?:文档|文件|文章|资料)"
_PAGE = rf"{_FIGURE}{{1,6}} ?页"

_SURE = (
    # Where one is, and how one goes on.
    r"(?:您|你)?(?:现在)?的?(?:当前|所在|现在)的?(?:页面)?位置是?(?::.*|>.*| ?首页.*)",
    r"跳[转到至过]?[到至过](?:主要?|页面)?(?:内容|正文|导航|搜索|底部|菜单)区?域?",
    r"skip to (?:main )?(?:content|navigation)",
    rf"[\[【(]?{_SINGLE}[\]】)]?[>».:›▼∨ ]*",
    r"(?:更多|详情|展开|收起)[>»›▼∨ ]+|[<«‹]+ ?(?:返回|上一[页篇章]).{0,6}",
    r"[上下]一[篇条章页则](?::.{0,40}| ?[>»›→].{0,40})",
    rf".{{0,16}}点击?(?:此|这里|此处|下方|链接)?处?(?:查看|阅读|浏览|下载){_REST}.{{0,12}}",
    rf"[\[【(]?{_WORD}(?:[ |/·:\[\]【】()>-]+{_WORD})+[\]】)>]*",
    # Who is to sign in, to follow, to pay.
    rf"\(?.{{0,12}}(?:阅读|查看|浏览)完?{_REST}.{{0,14}}(?:登录|登陆|注册|付费|会员).{{0,6}}\)?",
    rf"\(?.{{0,8}}(?:登录|登陆|注册|付费|开通会员)后?.{{0,6}}(?:阅读|查看|浏览){_REST}.{{0,6}}\)?",
    rf"{_TO_DO}(?:请|欢迎)?(?:打开|使?用)?{_BY}*[,\"“]?(?:扫一扫|扫码|扫描|长按|识别)[\"”]?.{{0,10}}{_TO_FOLLOW}.{{0,14}}",
    rf"{_TO_DO}(?:请|欢迎)?关注(?:我们|本站|(?:官方|微信)*公众号|官方微[信博])[^。,]{{0,20}}",
    r"分享(?:到|至)?:",
    rf"请?选择(?:打赏|赞赏|支付)(?:类型|金额|方式)(?:[ :]*¥ ?(?:{_FIGURE}|[.,])+元?)*",
    r"(?:如果|若|觉得|喜欢).{0,16}(?:赞赏|打赏).{0,10}|(?:尚未有|还没有|暂无)人?(?:赏赞|赞赏|打赏|评论|留言).{0,12}",
    # What published it, when, and how often it was read.
    r"(?:generated|powered|created|produced|converted) (?:by|with|using) .{1,60}",
    rf"(?:本文)?由 ?{_PROGRAM}.{{0,24}}(?:导出|生成|创建|转换)",
    _FONT,
    rf"(?=.*?(?:{_COUNTER}|{_FONT}))(?:{_FIELD}{_BETWEEN}){{2,}}+",
    rf"(?:{_WHEN} ?{_SOURCE}: ?\S{{1,20}}|{_SOURCE}: ?\S{{1,20}} {_WHEN})(?: {_LABELLED}| {_TOOL})*",
    rf"(?:\S{{0,20}} )?发表于:? ?{_WHEN}.{{0,20}}",
    r"(?:©|\(c\)|copyright).{0,16}(?:19|20)\d\d[^。]{0,40}|[^。]{0,40}all rights reserved.{0,20}",
    r"[^。,]{0,24}版权所有(?![人者权归属])[^。,]{0,40}",
    r"[^。]{0,40}(?:icp[备证] ?\d{5,}|公网安备 ?\d{6,}|网站标识码: ?\w{6,})[^。]{0,40}",
    r"转载请注明(?:出处|来源|转自|作者|本文)?.{0,40}|(?:本文|原文|永久)(?:链接|地址|标题): ?\S.{0,50}",
    r"(?:打开|前往|下载|使用).{0,10}(?:app|客户端)内?(?:打开|阅读|查看|看|享受|体验)[^。,]{0,12}",
    r"本网?站使用 ?cookies?.{0,50}|(?:we|this (?:web)?site) uses? cookies.{0,40}",
    # Novels on the web.
    r"(?:最新|备用|永久)(?:网址|域名|地址)[:,].{0,40}|(?:天才|(?=.*(?:本站|网|www|http|【)))一秒记住.{0,40}|手机用户请(?:到|浏览|访问|阅读).{0,30}",
    r"手机(?:版|阅读|访问)(?:网址)?: ?[^。]{0,10}(?:m\.|www|http).{0,30}",
    r"\(?本章未完.{0,24}|\(?本章完\)?|请(?:大家)?(?:收藏|记住)本[站书].{0,30}",
    r"(?:新书)?(?:[,!~、 ]*[求跪](?:推荐票?|月票|收藏|订阅|打赏|点击|各种票))+[!~。.]*",
    r"(?:.{0,20}(?:最新章节|无弹窗|全文免费阅读|最快更新|txt下载|免费全文)){2}.{0,16}",
    # Pages of a copy, and rules.
    rf"第 ?{_PAGE} ?[,/|]? ?\(?[共/] ?{_PAGE}\)?|page \d+ of \d+|[-—·] ?\d{{1,4}} ?[-—·]",
    r"[-=_*~—─━═☆★※◆◇+#](?: ?[-=_*~—─━═☆★※◆◇+#]){2,}",
)

_NOTICE = (
    rf"{_DOCUMENT}由.{{0,60}}(?:生成|转换|导出|下载).{{0,80}}",
    rf"{_DOCUMENT}由.{{0,40}}(?:www\.|http|网|文库).{{0,20}}(?:整理|提供|制作|上传).{{0,80}}",
    r"(?:免责|版权|特别|郑重)声明:.*(?:转载|网友|本[网站]|侵权).*(?:删除|联系|自负|代表|出处|责任).*",
    rf"[(*]?(?:以上|本文|本站)(?:内容|文章|图文|部分|信息|资源|均)*{_OF_THE_NET}.*(?:侵权|删除|联系).*",
    r"本网?站使用 ?cookies?.*(?:继续|接受|同意).*",
    r"[^。]{0,80}(?:icp[备证] ?\d{5,}|公网安备 ?\d{6,})[^。]{0,120}",
    r"(?:evaluation only|this document was (?:created|generated)).*",
)

_SITE = (
    r"欢迎(?:您|你)?(?:访问|光临|来到|浏览|登录)[^。,]{2,30}"
    r"|[^。,:|_–—-]{2,20}(?:门户网站|官方网站|官网|政府网|政务网|党建网|新闻网|信息网|信息公开网)(?: ?首页)?"
    r"|[^。,:的|_–—-]{2,12}论坛"
)

_HEAD = (
    _SITE,
    rf"{_WHEN}(?: \d{{1,7}})?(?<!日)",
    rf"{_DATE} ?{_CLOCK}.{{0,3}}|{_WHEN} [^\s。,]{{2,10}}(?:网|[日晚时早]报|新闻|客户端|在线)",
    rf"(?:{_WHEN}{_BETWEEN})?{_SOURCE}: ?\S{{0,20}}(?:{_BETWEEN}{_FIELD})*+",
    rf"(?:发布|更新|发表)(?:时间: ?{_WHEN}|日期: ?(?=[-\d/.]+$){_DATE})",
    rf"(?:时间|日期): ?{_WHEN}(?:{_BETWEEN}{_FIELD})++",
    rf"[\[(【]?{_EDITOR}:.{{0,12}}[\])】]?",
    _COUNTER,
    r"[^。,>»›]{1,20} [>»›] [^。,>»›]{1,30}(?: [>»›] [^。,>»›]{1,40})++|首页 ?[>»›/|-]+ ?[^。,]{1,40}",
)

_FOOT = (
    _COUNTER,
    rf"(?:发布|更新|发表)(?:时间: ?{_WHEN}|日期: ?(?=[-\d/.]+$){_DATE})",
    rf"(?:[\[(【]?{_EDITOR}:.{{0,12}}[\])】]?{_BETWEEN})+",
    rf"\(?{_SOURCE}: ?[^\s。,]{{1,20}}\)?",
)


class Company(NamedTuple):
    """How a line that alone may be a heading or an answer is told: `beside` is in boilerplate next to it."""

    line: LatePattern
    beside: LatePattern


SURE = _either(_SURE)
"""Lines that are boilerplate wherever they stand."""

NOTICE = _either(_NOTICE)
"""The same at length, in sentences."""

HEAD = _either(_HEAD)
"""Above the text. A menu's path below says where to click, a date at the foot when something was signed."""

SITE = LatePattern(_SITE)
"""The name of a site, which may as well be what a text is about."""

FOOT = _either(_FOOT)
"""Below the text."""

MENU = LatePattern(rf"[\[【(]?{_WORD}[\]】)]?[>:! ]*")
"""A word of a menu. One by itself may as well be a heading."""

COMPANIES = (
    Company(MENU, LatePattern("")),
    Company(LatePattern(r"¥ ?[\d一二三四五六七八九].{0,7}"), LatePattern("打赏|赞赏|赏赞|支付")),
    Company(LatePattern(r"链接地址: ?\S{0,250}"), LatePattern("")),
    Company(
        LatePattern("(?:主办|承办|协办|主管|技术支持)(?:单位)?:.{2,50}"),
        LatePattern("icp|网安备|标识码|版权所有|网站地图"),
    ),
)
