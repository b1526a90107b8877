"""Lines -> the title among them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from retrieval.boilerplate_lines import (
    is_boilerplate,
    is_byline_at_the_head,
    is_likely,
    is_path,
    is_site_name,
    may_name_a_site,
)
from retrieval.headings import ARTICLE, SALUTATION, heading_of
from retrieval.labels import is_name as names_a_field
from retrieval.late_pattern import LatePattern
from retrieval.letterheads import (
    is_amendment,
    is_bare_sort,
    is_imprint,
    is_issuer,
    is_letterhead,
    is_name,
    is_number,
    is_ruling,
    may_be_issuer,
    name_in,
)

LONGEST = 60
"""Characters; a longer line is text."""

LOOKED_AT = 5
"""Lines from the beginning among which a title is looked for, not counting boilerplate and imprints."""

MOST_LOOKED_AT = 200
"""Characters; what is longer is no title, and may have been made to take long."""

MOST_BOILERPLATE = 30
"""Lines of it that are passed over."""

SHORT = 5
"""Characters; a title that is no longer may be one more word of the menu that it stands beside."""

DECORATION = " \t\u3000>＞#*=—-●■◆★▲◎※"
_SPREAD = LatePattern(r"[\u4e00-\u9fff](?:\s+[\u4e00-\u9fff])+")
_BEFORE = LatePattern(
    r"(?:[【\[](?:转载?|轉載?|原创|原創|置顶|置頂|精华|精華|精品|精选|精選|推荐|推薦|独家|獨家|热门"
    r"|熱門|分享|首发|首發)[】\]]"
    r"|正文\s+(?=第)|[（(]\d[^（）()]{0,12}(?:私信|消息)[^（）()]{0,12}[)）])\s*"
)
_HAN = "[\u4e00-\u9fff]"
_KNOWN_SITE = (
    r"(?:知乎|豆瓣|豆丁|道客巴巴|搜狐|新浪|腾讯|网易|csdn|掘金|简书|博客园|百度(?:知道|经验|贴吧)"
    r"|今日头条"
    r"|(?:腾讯|网易|搜狐|凤凰|新浪|澎湃)(?:新闻|财经)|[^-_|｜–—\s]{0,20}(?:wiki(?:pedia)?|\.(?:com|cn"
    r"|net|org)))"
)
_SITE = (
    r"(?:[^-_|｜–—]{0,20}"
    r"(?:[网網]站?|论坛|論壇|文[库庫]|小[说說]|[书書][城屋]|百科|博客|[频頻]道|公[众眾][号號])"
    rf"|{_KNOWN_SITE})"
)
_READ = r"(?:最新章[节節]|(?:全文|在线|線上|免[费費]){1,3}[阅閱][读讀]|无弹窗)"
_TO_LOAD = r"(?:txt|免[费費]|全文)下[载載]"
_BEHIND = LatePattern(
    (
        rf"(?:\s*[_|｜]+\s*|\s+[-–·－]+\s+|(?<={_HAN})[-－–](?={_HAN}{{3}})){_SITE}$"
        rf"|\s+—+\s+{_KNOWN_SITE}$"  # any other words may be a subtitle there
        rf"|[-_|｜–—－\s]*(?:{_READ}|{_TO_LOAD})(?:列表)?$"
        r"|\s*[（(【\[](?:(?:word|txt|pdf)版?|转载?|轉載?|原创)[）)】\]]$"
        r"|\.(?:docx?|pdf|txt|html?|pptx?|xlsx?|epub|wps|md)$"
    ),
    re.IGNORECASE,
)
_NAVIGATION = re.compile(r"当前位置|當前位置|首页|首頁|https?://|www\.|\S\s+[>＞»/]\s+\S")
_NO_TITLE = re.compile(
    r"[\W\d_年月日]*"
    r"|.*(?:来源|來源|作者|日期|发布时间|發布時間|浏览次数|瀏覽次數|字号|字號|责任编辑|責任編輯)[:：].*"
)
_DAY = r"(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s*"
_CLOCK = r"\d{1,2}[:：]\d\d(?!\d)"
_STAMPED = re.compile(rf"[\[(（]?(?:{_DAY})?{_CLOCK}.{{0,30}}|.{{1,20}}\s(?:{_DAY})?{_CLOCK}\S{{0,4}}$")
"""A message, or what is said or done at an hour."""

_ITEM = re.compile(r"\s*([*+-](?=\s)|[•·●■◆▲◎※])")
_FIELD = re.compile(r"(?P<label>[^\W\d_][^:：。！？!?；;，,]{0,11})[:：]\s*\S")
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


def title_of(lines: Iterable[str]) -> tuple[int, str] | None:
    """The number (from zero) and the text of the line that is the title, or None: it begins with text.

    Lines of navigation, dates and imprints are passed over, and what may be the name of a site, or a word of
    its menu, where another title follows; the title is the first line beyond them if it is short and no
    sentence. An office's name directly above that of a document is a part of it, and else gives way to it.
    """
    looked_at = [*islice(lines, LOOKED_AT + MOST_BOILERPLATE)]
    candidates = [*map(bare, looked_at)]
    site: tuple[int, str] | None = None
    short: tuple[int, str] | None = None
    above: tuple[int, str] | None = None
    for number in _looked_at(looked_at, candidates):
        line = candidates[number]
        if named := name_in(line):
            return number, cleaned(named)
        if is_site_name(line) or (may_name_a_site(line) and _is_round_a_text(looked_at, number + 1)):
            site = site or (number, line)
        elif _is_word_of_a_menu(looked_at, number, line):
            short = short or (number, line)
        elif _is_passed_over(line):
            continue
        elif not _is_title(line):
            break
        elif short and len(line) <= SHORT:
            above = above or short
        elif above and not _gives_way(candidates[above[0] + 1 : number], line):
            break
        elif (whole := _whole(candidates[number:])) == line and _stands_above(line):
            above = above or (number, line)
        else:
            return number, cleaned(whole)
    return above or short or site


def says_nothing(title: str) -> bool:
    """Whether a title is what programs call a text that nobody named, or says where its parts are listed."""
    return _SAYS_NOTHING.fullmatch(title.strip(DECORATION)) is not None


def bare(line: str) -> str:
    """A line without its decoration, and with the letters of 通　知 beside each other."""
    bare = line.lstrip(DECORATION).rstrip(DECORATION.replace(">", "") if "<" in line else DECORATION)
    return "".join(bare.split()) if _SPREAD.fullmatch(bare) else bare


def _looked_at(lines: Sequence[str], candidates: Sequence[str]) -> Iterator[int]:
    """The numbers of the lines that may be the title, up to where the text begins beyond doubt; below the
    fields of a form, that is any line but what names a document.
    """
    is_form = False
    for number in islice(_of_the_text(lines, candidates), LOOKED_AT):
        line = candidates[number]
        if len(line) > MOST_LOOKED_AT:
            return
        if name_in(line) or (is_form and is_name(line)):
            yield number
        elif _is_one_of_fields(lines, number):
            is_form = True
        elif is_form or _is_one_of_several(lines, number):
            return
        else:
            yield number


def _of_the_text(lines: Sequence[str], candidates: Sequence[str]) -> Iterator[int]:
    """The numbers of the lines that say something and are no imprint, no boilerplate, and not likely to be
    some with other beside.
    """
    sure = [*map(is_boilerplate, lines)]
    told = [False, *(known or is_likely(line) for known, line in zip(sure, lines, strict=True)), False]
    for number in range(len(lines)):
        before, is_told, after = told[number : number + 3]
        is_left_out = sure[number] or (is_told and (before or after)) or is_imprint(candidates[number])
        if candidates[number] and not is_left_out:
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


def _stands_above(line: str) -> bool:
    """Whether a line may stand above the name of a document, and is the title of none that has one."""
    return is_letterhead(line) or is_issuer(line) or is_bare_sort(line)


def _gives_way(between: Iterable[str], line: str) -> bool:
    """Whether a line is the title rather than one that may stand above it, with these lines between."""
    return _names_a_document(line) or _stands_above(line) or any(map(is_number, between))


def _whole(lines: Sequence[str]) -> str:
    """The title with the name of the document that stands below those of offices, and what belongs to it."""
    end = _end_of_name(lines)
    words = "".join(lines[:end])
    below = lines[end] if end < len(lines) else ""
    if is_amendment(below):
        return words + below
    return f"{words} {below}" if is_ruling(words) and is_number(below) else words


def _end_of_name(lines: Sequence[str]) -> int:
    """How many lines name offices, and what they issue unless that names them again; else one."""
    for number, line in enumerate(lines):
        if number and _names_a_document(line):
            return 1 if line.startswith(lines[0]) else number + 1
        if not may_be_issuer(line):
            break
    return 1


def _names_a_document(line: str) -> bool:
    return _is_title(line) and is_name(line) and heading_of(line) is None


def _is_one_of_several(lines: Sequence[str], number: int) -> bool:
    """Whether a line is an item of a list, a message or an entry by the hour, and has its like below it."""
    for form in (_ITEM, _STAMPED):
        if mark := form.match(lines[number]):
            below = (found for line in lines[number + 1 :] if (found := form.match(line)))
            return any(form is _STAMPED or found[0] == mark[0] for found in below)
    return False


def _is_one_of_fields(lines: Sequence[str], number: int) -> bool:
    """Whether a line is a field of a form, and another one stands beside it, not of who published a text."""
    field = _field(lines[number])
    beside = (*lines[max(0, number - 1) : number], *lines[number + 1 : number + 2])
    others = [_field(line) for line in beside if not _is_passed_over(line)]
    return bool(field) and any(other not in {"", field} for other in others)


def _field(line: str) -> str:
    """The name of the field that a line says something under, empty where it is none."""
    field = _FIELD.match(line) if len(line) <= LONGEST else None
    return field["label"] if field and names_a_field(field["label"]) else ""


def _is_passed_over(line: str) -> bool:
    told = (_NAVIGATION.search(line), _NO_TITLE.fullmatch(line), _SAYS_NOTHING.fullmatch(line))
    return any(told) or is_path(line) or is_byline_at_the_head(line)


def _is_title(line: str) -> bool:
    if len(line) > LONGEST or _SENTENCE.fullmatch(line) or SALUTATION.mark.match(line):
        return False
    heading = heading_of(line)
    return heading is None or heading.level < ARTICLE.level
