"""Lines -> the title among them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from retrieval.boilerplate import (
    is_boilerplate,
    is_byline_at_the_head,
    is_likely,
    is_path,
    is_site_name,
    may_name_a_site,
)
from retrieval.headings import ARTICLE, SALUTATION, heading_of
from retrieval.late_pattern import LatePattern

LONGEST = 60
"""Characters; a longer line is text."""

LOOKED_AT = 5
"""Lines from the beginning among which a title is looked for, not counting boilerplate."""

MOST_LOOKED_AT = 200
"""Characters; what is longer is no title, and may have been made to take long."""

MOST_BOILERPLATE = 30
"""Lines of it that are passed over."""

SHORT = 5
"""Characters; a title that is no longer may be one more word of the menu that it stands beside."""

DECORATION = " \t\u3000>＞#*=—-●■◆★▲◎※"
_BEFORE = re.compile(
    r"(?:[【\[](?:转载?|轉載?|原创|原創|置顶|置頂|精华|精華|精品|精选|精選|推荐|推薦|独家|獨家|热门"
    r"|熱門|分享|首发|首發)[】\]]"
    r"|正文\s+(?=第)|[（(]\d[^（）()]{0,12}(?:私信|消息)[^（）()]{0,12}[)）])\s*"
)
_HAN = "[\u4e00-\u9fff]"
_SITE = (
    r"(?:[^-_|｜–—]{0,20}"
    r"(?:[网網]站?|论坛|論壇|文[库庫]|小[说說]|[书書][城屋]|百科|博客|[频頻]道|公[众眾][号號])"
    r"|知乎|豆瓣|豆丁|道客巴巴|搜狐|新浪|腾讯|网易|csdn|掘金|简书|博客园|百度(?:知道|经验|贴吧)"
    r"|今日头条"
    r"|(?:腾讯|网易|搜狐|凤凰|新浪|澎湃)(?:新闻|财经)|[^-_|｜–—\s]{0,20}(?:wiki(?:pedia)?|\.(?:com|cn"
    r"|net|org)))"
)
_READ = r"(?:最新章[节節]|(?:全文|在线|線上|免[费費]){1,3}[阅閱][读讀]|无弹窗)"
_TO_LOAD = r"(?:txt|免[费費]|全文)下[载載]"
_BEHIND = LatePattern(
    (
        rf"(?:\s*[_|｜]+\s*|\s+[-–—·－]+\s+|(?<={_HAN})[-－–—](?={_HAN}{{3}})){_SITE}$"
        rf"|[-_|｜–—－\s]*(?:{_READ}|{_TO_LOAD})(?:列表)?$"
        r"|\s*[（(【\[](?:(?:word|txt|pdf)版?|转载?|轉載?|原创)[）)】\]]$"
        r"|\.(?:docx?|pdf|txt|html?|pptx?|xlsx?|epub|wps|md)$"
    ),
    re.IGNORECASE,
)
_NAVIGATION = re.compile(r"当前位置|當前位置|首页|首頁|https?://|www\.|\S\s+[>＞»/]\s+\S")
_NO_TITLE = re.compile(
    r"[\d\s\-年月日/:：.]*"
    r"|.*(?:来源|來源|作者|日期|发布时间|發布時間|浏览次数|瀏覽次數|字号|字號|责任编辑|責任編輯)[:：].*"
    r"|(?:甲方|乙方|原告|被告|时间|時間|地点|地點|主持人?|姓名|编号|編號|电话|電話)[:：（(].*"
    r"|.{0,15}[〔\[（(【](?:19|20)\d\d[〕\]）)】].{0,20}[号號]"  # 国办发〔2020〕1号
)
_NAMED = re.compile(r"(?:书名|書名|标题|標題|题目|題目)[:：]\s*(?P<title>\S.*?)(?:\s+作者[:：].*)?")
_SAYS_NOTHING = LatePattern(
    (
        r"[无無未][标標][题題命]名?(?:文[档檔件]|[页頁]面|[网網][页頁]|幻灯片|演示文稿)?[ \d]*"
        r"|未知(?:[书書]名)?|未命名(?:文[档檔件])?[ \d]*|unknown(?: (?:title|document|author))?"
        r"|untitled(?:[ _-]?(?:document|page|slide|presentation|spreadsheet|\d+))*"
        r"|(?:new )?(?:document|page|slide|section|sheet|text|doc|presentation)[ _-]?\d*"
        r"|(?:new )?(?:text|microsoft (?:word|excel|powerpoint)) ?(?:document|worksheet"
        r"|presentation)[ (\d)]*|(?:no )?title|noname\d*|index|default|main|body"
        r"|新建 ?(?:microsoft )?(?:word|excel|powerpoint|ppt|xlsx?|docx?|office)? ?(?:(?:文[本档檔字件])*"
        r"|工作表|演示文稿|幻灯片)[ (（\d)）]*|演示文稿 ?\d+|幻灯片 ?\d+|文档 ?\d+"
        r"|目\s*[录錄次]|(?:table of )?contents"
    ),
    re.IGNORECASE,
)
"""What programs call a text that nobody named, and what stands over a list of its parts."""

_SENTENCE = re.compile(r".*[。；;，,、：:…]$|.*[。；;].*")
_OFFICE = re.compile(r".*[府厅廳局部委会會室院办辦处處署行司团團社校学學心]")
_SUBJECT = re.compile(r"[关關][于於].*")


def title_of(lines: Iterable[str]) -> tuple[int, str] | None:
    """The number (from zero) and the text of the line that is the title, or None: it begins with text.

    Lines of navigation and dates are passed over, and what may be the name of a site, or a word of its menu,
    where another title follows; the title is the first line beyond them if it is short and no sentence.
    Where an office's name stands above 关于…, both are the title.
    """
    site: tuple[int, str] | None = None
    short: tuple[int, str] | None = None
    looked_at = [*islice(lines, LOOKED_AT + MOST_BOILERPLATE)]
    candidates = [line.strip(DECORATION) for line in looked_at]
    text = [*_of_the_text(looked_at)]
    for number in text[:LOOKED_AT]:
        line = candidates[number]
        if len(line) > MOST_LOOKED_AT:
            break
        if named := _NAMED.fullmatch(line):
            return number, cleaned(named["title"])
        if not line:
            continue
        if is_site_name(line) or (may_name_a_site(line) and _is_round_a_text(looked_at, number + 1)):
            site = site or (number, line)
        elif _is_word_of_a_menu(looked_at, number, line):
            short = short or (number, line)
        elif _is_passed_over(line):
            continue
        elif not _is_title(line) or (short and len(line) <= SHORT):
            break
        else:
            return number, cleaned(_with_subject(candidates[number:]))
    return short or site


def says_nothing(title: str) -> bool:
    """Whether a title is what programs call a text that nobody named, or says where its parts are listed."""
    return _SAYS_NOTHING.fullmatch(title.strip(DECORATION)) is not None


def _of_the_text(lines: Sequence[str]) -> Iterator[int]:
    """The numbers of the lines that are neither boilerplate nor, with some beside it, likely to be."""
    sure = [*map(is_boilerplate, lines)]
    told = [False, *(known or is_likely(line) for known, line in zip(sure, lines, strict=True)), False]
    for number in range(len(lines)):
        before, is_told, after = told[number : number + 3]
        if not (sure[number] or (is_told and (before or after))):
            yield number


def _is_word_of_a_menu(lines: Sequence[str], number: int, line: str) -> bool:
    """Whether a line may be one more word of the menu that stands above it."""
    return len(line) <= SHORT and number > 0 and is_likely(lines[number - 1])


def _is_round_a_text(lines: Sequence[str], number: int) -> bool:
    if number == len(lines):
        return False
    line = lines[number]
    is_told = is_boilerplate(line) or is_likely(line) or is_path(line)
    return is_told or _NAVIGATION.search(line) is not None


def cleaned(title: str) -> str:
    """A title without what a site puts before and behind it, as its own name, unless that is all there is."""
    words = title[:MOST_LOOKED_AT]
    while True:
        shorter = _BEHIND.sub("", _BEFORE.sub("", words, count=1) if _BEFORE.match(words) else words)
        if shorter == words or not shorter.strip(DECORATION):
            return words
        words = shorter.strip(DECORATION)


def _with_subject(lines: Sequence[str]) -> str:
    """The title with what it is about, when that stands on a line of its own below offices' names."""
    for number, line in enumerate(lines):
        if _SUBJECT.fullmatch(line) and _is_title(line):
            return "".join(lines[: number + 1])
        if not _OFFICE.fullmatch(line):
            break
    return lines[0]


def _is_passed_over(line: str) -> bool:
    told = (_NAVIGATION.search(line), _NO_TITLE.fullmatch(line), _SAYS_NOTHING.fullmatch(line))
    return any(told) or is_path(line) or is_byline_at_the_head(line)


def _is_title(line: str) -> bool:
    if len(line) > LONGEST or _SENTENCE.fullmatch(line) or SALUTATION.mark.match(line):
        return False
    heading = heading_of(line)
    return heading is None or heading.level < ARTICLE.level
