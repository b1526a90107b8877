"""Line -> whether it is boilerplate wherever it stands, and what it is beside some."""

import re

from retrieval.boilerplate_shapes import BRAND, HOST, LIKELY, NOTICE, ON_A_SITE, PATH, SITE, SURE
from retrieval.bylines import is_byline, is_byline_above
from retrieval.folding import NUMBERS, fold
from retrieval.late_pattern import LatePattern
from retrieval.menus import is_menu, words_of

LONGEST = 60
"""Characters; a longer line is boilerplate in the surest shapes only."""

LONGEST_NOTICE = 300
"""Characters; a longer line is text."""

LEAST = 4
"""Letters; what has fewer recurs by chance."""

_BULLETS = " \t\u3000•·●■◆▲▶►◎»>|\u200b\ufeff"
_MARKDOWN = " #*"
_SAYS_SOMETHING = re.compile(r"[。！？!?；;…]|[：:，,]$|^[“「『\"]|反[对對][：: ]*[0-9]")
_ENDS = tuple("。！？!?”」』…；;，,")
_HINT = re.compile(
    "赏|賞|扫|掃|票|登录|登錄|登陆|登陸|会员|會員|手机|手機|未完|收藏|点击|點擊|点此|點此|章节|章節"
    "|文档由|文檔由|文件由|文章由|声明|聲明|网络|網絡|網路|网友|網友|网安|网站|http|HTTP|www|WWW|icp"
    "|ICP|ookie|nly|ocument|owered|enerated|未读|未讀|本站|本书|首发|首發|上传|上傳|转载|轉載|关注"
    "|關注|平台|平臺|词条|詞條|在看|方向键|方向鍵|回车|一秒|vip|VIP|原创|原創|本店|订阅|訂閱|本页面|本頁面|传递更多|傳遞更多|rocessed|新书|新書|发布|發布"
    "|浏览|瀏覽"
)
"""What a line that is long, or ends like a sentence, has in it if it is none: most are told by this alone.

Each begins with a letter, not a choice of some, as this is searched for several times as fast."""

_COUNTED = LatePattern(
    r"第? ?(?:[0-9]+|[〇零一二三四五六七八九十百千]+)(?= ?[期页頁辑輯卷][^\w]*(?:$|[ 第总總]))"
    r"|[0-9〇零一二三四五六七八九十]{1,4}(?=[年月日])|[0-9]{2,4}(?:[-./][0-9]{1,2}){2}|[0-9]{1,2}(?::[0-9]{2}){1,2}"
)
"""What goes up from one document to the next: an issue, a page, a day, a time."""

_FIGURE = re.compile("[0-9]|[一二三四五六七八九十百千万两] ?[个元块角分天周岁人名份张台件套次倍斤米亩度点时]")
SIGNED = re.compile(
    r".*年.{1,3}月.{0,4}|.*[府厅廳局部委会會室院办辦处處署行司团團社校学學心馆館所科股队隊]|.*(?<![网網本])站"
)
"""How a text is signed: the day, or an office."""


_ALLOWS = re.compile("可[以享凭免]|不[得可能]|禁止|必须|应当|须|享受|提供|免|凭|折|含税|有效期")
"""What a line says that allows, forbids or promises something, as the foot of many a price list does."""


def is_boilerplate(line: str) -> bool:
    """Whether a line is by its shape what is put round a text, wherever it stands."""
    return has_shape(folded(line))


def is_likely(line: str) -> bool:
    """Whether a line is boilerplate beside some, as a word of a menu, which alone may be a heading."""
    return has_likely_shape(folded(line))


def has_likely_shape(line: str) -> bool:
    """The same for a line that is folded."""
    return bool(line) and (bool(words_of(line)) or LIKELY.fullmatch(line) is not None)


def is_site_name(line: str) -> bool:
    """Whether a line looks like the name of a site, which stands over a text unless it is its title."""
    words = folded(line)
    return SITE.fullmatch(words) is not None or BRAND.fullmatch(words) is not None


def may_name_a_site(line: str) -> bool:
    """Whether a line is the name of a site where boilerplate follows, and else more likely something else."""
    return HOST.fullmatch(folded(line)) is not None


def is_path(line: str) -> bool:
    """Whether a line is the way to a page of a site."""
    words = folded(line)
    return PATH.fullmatch(words) is not None and ON_A_SITE.search(words) is not None


def is_byline_at_the_head(line: str) -> bool:
    """Whether a line above a text says when and by whom it was published."""
    return is_byline_above(folded(line))


def recurring(line: str) -> str:
    """What of a line is the same wherever it recurs, empty where it is none that a site puts there.

    Whoever asks for an amount, a telephone or a right asks for such a line: any other figure makes it a text.
    """
    if is_text(line) or sum(map(str.isalpha, line)) < LEAST or SIGNED.fullmatch(line):
        return ""
    found = _COUNTED.sub("#", folded(line))
    return "" if _FIGURE.search(found) or _ALLOWS.search(found) else found


def folded(line: str) -> str:
    """A line as shapes know it, where a day is written as it was; empty where it is too long for any."""
    is_short = len(line) <= LONGEST and not line.endswith(_ENDS)
    if len(line) > LONGEST_NOTICE or not (is_short or _HINT.search(line)):
        return ""
    bare = line.lstrip(_BULLETS).rstrip()
    return " ".join(fold(bare.strip(_MARKDOWN) or bare, NUMBERS).text.split())


def has_shape(line: str) -> bool:
    """Whether a folded line is boilerplate wherever it stands."""
    if not line:
        return False
    if len(line) <= LONGEST and (SURE.fullmatch(line) or is_menu(line)):
        return True
    return is_byline(line) or NOTICE.fullmatch(line) is not None


def is_text(line: str) -> bool:
    """Whether a line is too long for boilerplate, or says something, as a sentence does."""
    return len(line) > LONGEST or _SAYS_SOMETHING.search(line) is not None
