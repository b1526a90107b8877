"""Folded line -> the words of a menu that it consists of."""

import re

BETWEEN = " |/·•:;,、.+-_~<>«»‹›←→↑↓⇐⇒[]【】()▲▼▶◀!…"
"""What stands between the words of a menu, beside figures: those of pages, and of readers."""

ARROWS = ">»›→"

_TELLTALE = """
首页 回首页 网站首页 返回首页 设为首页 登入 收藏本站 加入收藏 登录 登陆 注册 免费注册 立即注册 退出登录
忘记密码 网站地图 站点地图 网站导览 网站导航 上一页 下一页 尾页 末页 回上一页 上一帖 下一帖 上页 下页
回目录 返回上一页 上一章 下一章 上一节 下一节 上一篇 下一篇 上一主题 下一主题 上一条 下一条 章节目录
章节列表 返回目录 返回列表 返回书页 返回顶部 回顶部 加入书架 加入书签 我的书架 投推荐票 推荐本书
完本小说 打印本页 关闭本页 关闭窗口 使用道具 只看楼主 会员中心 个人中心 用户中心 手机版 电脑版 触屏版
缩小字体 放大字体 回顶端 回页首
适老版 长者版 关怀版 无障碍浏览 无障碍阅读 站内搜索 高级搜索 友情链接 复制链接 分享到 加入购物车
"""
_TOOLS = """
退出 搜索 菜单 导航 我的 收藏 无障碍 长者模式 繁体 繁体版 繁体中文 简体 简体版 简体中文 english en
联络我们 客户端 移动端 app下载 联系我们 关于我们 关于本站 帮助中心 意见反馈 隐私政策 隐私声明 隐私保护
用户协议 服务条款 免责声明 法律声明 版权声明 广告服务 广告合作 诚聘英才 rss 打印 关闭 分享 纠错 网站纠错
微信 微博 新浪微博 腾讯微博 qq qq空间 朋友圈 回复 引用 举报 楼主 沙发 点赞 点踩 踩 顶 评论 赞 赏赞 赞赏
打赏 发消息 关注 更多 收起 展开 目录 返回 书架 字号 大 中 小 开通vip 开通会员 推荐阅读 相关阅读 相关内容
相关链接 相关解读 最新文章 热门文章 关于本文 二维码 联系客服 广告 advertisement top 微信支付 支付宝
支付宝支付 银联支付 在看 好看 赞同 反对 支持 喜欢 不喜欢 踩一下 顶一下 点评 在线客服 写评论 写回答
添加评论 查看评论 发帖 发新帖 回帖 立即购买 直播 排行榜 书库 充值 存书签 报错 章节报错 加入我们 招贤纳士
商务合作 投稿 网站声明 隐私权及安全政策 双语词汇 常见问答 意见信箱 首长信箱 字级 小黑屋 archiver home
login register menu search share print sitemap 网页版 站长统计 换一换 换一批 全部 复制 版权信息 网站标识
快速回复 高级模式 条评论 个评论 个回答 人赞同 语音播报 查看我的收藏 我要反馈 保存网页 写留言 显示全部 更多回答
邀请回答 好问题 隐私权政策 隐私权保护政策 网站安全政策 资讯安全宣告 著作权声明 网站资料开放宣告 开放资料宣告
为民服务信箱 市长信箱 局长信箱 部长信箱 县长信箱 民意信箱 双语词汇对照表 儿童版 行动版 隐私权宣告
资讯安全政策 政府网站资料开放宣告
"""
_PLACES = """
新闻 要闻 新闻中心 新闻动态 新闻资讯 新闻公告 时政 财经 体育 娱乐 科技 军事 国际 国内 社会 汽车 房产
教育 健康 旅游 文化 历史 读书 视频 图片 图库 音乐 游戏 社区 论坛 博客 贴吧 问答 百科 文库 发现 会员 消息
私信 动态 话题 专栏 专题 专题专栏 频道 栏目 公告 公示 公告公示 通知公告 通知 政策 政策文件 政策法规
政策解读 政务 政务公开 政务服务 政务动态 信息公开 政府信息公开 互动交流 政民互动 公众参与 办事服务
办事指南 机构设置 机构职能 领导之窗 领导信息 数据开放 数据发布 走进政府 便民服务 便民查询 党建 党群工作
产品 产品中心 产品展示 解决方案 成功案例 客户案例 服务支持 技术支持 公司简介 企业文化 人才招聘 招聘 联系
关于 帮助 归档 标签 分类 留言 留言板 相册 下载 下载中心 资料 资源 范文 作文 论文 课件 试卷 教案 玄幻
奇幻 玄幻奇幻 武侠 仙侠 武侠仙侠 修真 都市 都市言情 言情 穿越 网游 科幻 科幻小说 历史军事 悬疑 女生 男生
全本 完本 排行 分类浏览 最新 最热 热门 精华 推荐 最近更新 临时书架 编辑 讨论 播报 上传视频 查看历史
收藏夹 购物车 我的订单 订单 优惠券 店铺 客服 宝贝 首发 最新消息 活动花絮 便民专区 下载专区 认识我们 机构
服务 互动 办事 文档 文章 帖子 用户 网页 贴图 地图 全部分类 局长简介 首长简介 处长简介 机关简介 本局简介
关于本局 认识本局 领导简介 单位简介 单位概况 组织架构 组织职掌 业务职掌 内设机构 直属单位 历任首长 线上申办
线上服务 申办服务 表单下载 书表下载 法令规章 法规查询 政府资讯公开 资讯公开 主动公开资讯 施政计划 施政成果
施政报告 服务据点 活动讯息 新闻稿 公布栏 电子公布栏 影音专区 出版品 统计资料 相关连结 网站连结 廉政专区
性别平等专区 性别主流化 档案应用 公民参与 业务资讯 交通资讯 网上办事 在线办事 在线咨询 在线访谈 民意征集
工作动态 部门动态 建言献策
"""
TELLTALE = frozenset(_TELLTALE.split())
"""Words that stand in menus only."""

TOOLS = frozenset(_TOOLS.split())
"""What is done with a page, and what every site has; alone, they may be headings."""

PLACES = frozenset(_PLACES.split())
"""The parts of sites, which may be what a text is about."""

SEVERAL = 2
"""Words of a menu on one line, at least, that are one."""

MANY = 3
"""Words apart from one another, of which half are known, and the others of the menu too."""

LONGEST_WORD = 6
"""Characters of a word that is not known."""

LEAST = 3
"""Letters; what has fewer may be anything: 大 小."""

ENOUGH = 4
"""Words apart from one another, all of which may be of a menu."""

_APART = re.compile(r"[ |/·]+")
_COUNT = re.compile(r"[0-9]+(?:[.,][0-9]+)*(?: ?(?:万|[wk](?![a-z])))?\+?|\.{3}")
_AGAINST = re.compile("反对[: ]*[0-9〇零一二三四五六七八九十]")

_WORDS = TELLTALE | TOOLS | PLACES
_FIRST = frozenset(word[0] for word in _WORDS)
_LONGEST = max(map(len, _WORDS))


def words_of(line: str) -> list[str]:
    """The words of a menu in a line, of which the longest is taken at each place; none if it has others."""
    found: list[str] = []
    at = len(line) if counts_against(line) else 0
    while at < len(line):
        if between := _COUNT.match(line, at):
            at = between.end()
            continue
        if line[at] in BETWEEN:
            at += 1
            continue
        word = _word_at(line, at)
        if not word:
            return []
        found.append(word)
        at += len(word)
    return found


def counts_against(line: str) -> bool:
    """Whether a line says how many voted against something, which no site counts beside a button."""
    return _AGAINST.search(line) is not None


def is_menu(line: str) -> bool:
    """Whether a line can be nothing but a menu: several of its words, one of them hardly found elsewhere."""
    words = words_of(line) or _most_of(line)
    letters = sum(map(len, words))
    if len(words) < SEVERAL or letters < LEAST:
        return False
    if any(arrow in line for arrow in ARROWS) and not PLACES.isdisjoint(words):
        return False  # the way to a page, which may be where to click
    is_apart = any(mark in line for mark in BETWEEN)
    return (is_apart and len(words) >= ENOUGH) or any(
        word in TELLTALE or (is_apart and word in TOOLS) for word in words
    )


def _most_of(line: str) -> list[str]:
    """The short words that a line has apart, if most of several are of a menu, as the first is."""
    words = _APART.split(line)
    known = sum(word in _WORDS for word in words)
    is_menu = len(words) >= MANY and max(map(len, words)) <= LONGEST_WORD and known * 2 >= len(words)
    return words if is_menu and not TELLTALE.isdisjoint(words) else []


def _word_at(line: str, at: int) -> str:
    if line[at] not in _FIRST:
        return ""
    for end in range(min(len(line), at + _LONGEST), at, -1):
        if line[at:end] in _WORDS:
            return line[at:end]
    return ""
