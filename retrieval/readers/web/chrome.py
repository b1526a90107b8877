"""Paragraphs of a page -> the same, with those marked that a site puts round its texts."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from retrieval.readers.blocks import Block
from retrieval.readers.web.markup import HEADINGS
from retrieval.readers.web.regions import Attributes, Chrome, Marked, Region, letters

LARGEST = 0.5
"""The share of a page's letters from which a part is no chrome, whatever it is called."""

MOST = 0.9
"""The share from which a page is a list of links, say, and only what its tags call navigation is chrome."""

LINKED = 0.7
"""The share of a line's letters in links from which it is nothing but links."""

LINKS = 3
"""So many links one after another are a list of them."""

INWARD = 2
"""So many links to places of the page itself, one after another, are its table of contents."""

TEXT_ROLES = frozenset({"main", "article", "document"})
SURE_ROLES = frozenset({"navigation", "contentinfo"})
ROLES = frozenset({"banner", "search"})
HEADERS = frozenset({"header", "head", "top", "siteheader", "pageheader"})
"""Names that only an element's whole name may be, as what an article begins with is named likewise."""

NAMES = frozenset(
    """
    nav navbar navi navigation subnav breadcrumb breadcrumbs crumb crumbs crumbnav menu submenu topbar
    toolbar footer foot copyright share sharing sharebar social related recommend pagination
    pager paging ad ads adv advert advertisement banner qrcode ewm weizhi daohang fenxiang dibu toc mulu
    """.split()  # noqa: SIM905 - as a list, it has a line for each
)
"""Words in the names of elements that are round the text."""

LINES = frozenset({"meta", "tool", "search", "byline", "qr"})
"""Words in the names of elements that hold dates, counters and buttons: what of them is no sentence."""

BESIDE = ("sidebar", "aside")
"""How the names of elements beside the text end, which may say when a museum opens."""

TALK = frozenset({"comment", "comments"})
"""Words in the names of elements where readers have their say, which may be what a page is for."""

WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
WITHOUT = frozenset({"no", "has", "with", "without", "hide"})
"""Before a name of these: what is so laid out."""

NOTES = frozenset({"note", "notes"})
UNNAMED = frozenset(
    {"html", "body", "main", "article", "p", "pre", "blockquote", "table", "tbody", "tr", "td"}
)
"""Elements whose classes are for looks or for the whole page."""

SENTENCE = re.compile(r"[。！？；!?;]|^\s*附件")
"""What a list of links does not have; what is attached to a text belongs to it."""

TELLING = re.compile(
    r"[。；;]|\d{1,2}[:：]\d\d\s*[-—–~～至到]+\s*(?:[次翌][日晨])?\s*\d{1,2}[:：]\d\d|(?:电话|電話|热线|熱線)\s*[:：]?\s*[(（]?\d"
)
"""What is said beside a text: a sentence, when something is open, or whom to call."""

STATEMENT = re.compile(r"[。；;]|^\s*附件")
"""The same of a list of questions."""

RELATED = re.compile(
    r"[\W_]*(?:(?:相[关關]|推[荐薦]|[热熱][门門]|最新)(?:[阅閱][读讀]|新[闻聞]|推[荐薦]|文章|[资資][讯訊]|[报報][道導]|[动動][态態]|[专專][题題]|[问問][题題])"
    r"|猜你喜[欢歡]|大家都在看|看了又看|(?:本[周月日])?[热熱][点點]排行|[点點][击擊]排行)[\W_]*"
)
"""What stands over the titles of other pages."""

LINKED_TO = re.compile(
    r"[\W_]*(?:(?:相[关關]|友情|推[荐薦]|外部)[链鏈連]接|相[关關]連結|延伸[阅閱][读讀])[\W_]*"
)
"""What stands over links to other pages, and as well over what a text adds."""

LONGEST_TITLE = 60
"""Characters; a longer line is none."""

MOST_RELATED = 40
"""Titles of other pages that stand together, at most."""

TRAIL = re.compile(r"[^>＞»›]{1,60}(?:[>＞»›][^>＞»›]{1,60})+")
"""The way to a page: 首页 > 新闻 > 正文."""


def region_of(tag: str, attributes: Attributes, within: Region) -> Region:
    """The region that an element of a web page makes, by its tag, its role and its names."""
    if within.chrome is Chrome.SURE:
        return within
    role = attributes.get("role", "").lower() if attributes else ""
    if tag in ("main", "article") or role in TEXT_ROLES:
        return within.inner(in_article=True)
    chrome = _chrome_of(tag, role, attributes, within)
    return within if chrome is Chrome.NO else within.inner(chrome)


def _chrome_of(tag: str, role: str, attributes: Attributes, within: Region) -> Chrome:
    if tag == "nav" or role in SURE_ROLES or (tag == "footer" and not within.in_article):
        return Chrome.SURE
    if tag == "form" or (tag == "aside" and within.in_article):
        return Chrome.LINES
    if tag == "aside" or role == "complementary":
        return Chrome.ASIDE
    if role in ROLES or (tag == "header" and not within.in_article):
        return Chrome.PERHAPS
    if tag in UNNAMED or tag in HEADINGS or not attributes:
        return Chrome.NO
    names = f"{attributes.get('class', '')} {attributes.get('id', '')}".split()
    return max((_named(name, within) for name in names), key=_degree, default=Chrome.NO)


def _named(name: str, within: Region) -> Chrome:
    words = [word.lower() for word in WORD.findall(name)]
    whole = "".join(words)
    if whole in HEADERS:
        return Chrome.NO if within.in_article else Chrome.PERHAPS
    if whole in NAMES:
        return Chrome.PERHAPS
    around = zip(["", *words], words, [*words[1:], ""], strict=False)
    if any(word in NAMES and before not in WITHOUT and after not in NOTES for before, word, after in around):
        return Chrome.PERHAPS
    if whole.endswith(BESIDE) and WITHOUT.isdisjoint(words):
        return Chrome.ASIDE
    if not LINES.isdisjoint(words) and WITHOUT.isdisjoint(words):
        return Chrome.LINES
    return Chrome.NO if TALK.isdisjoint(words) else Chrome.LINKS


def _degree(chrome: Chrome) -> int:
    return chrome.value


def with_chrome(paragraphs: Sequence[Marked], *, of_site: bool = True) -> list[Block]:
    """The paragraphs of a page as blocks, what is round the text marked as boilerplate; all are kept.

    No part that is called chrome is believed if it holds most of the page, nor are all parts together.
    `of_site` says that titles of other pages may be among it.
    """
    sizes = [letters(marked.block.text) for marked in paragraphs]
    whole = sum(sizes)
    regions = _chrome(paragraphs, sizes, LARGEST * whole)
    found = [_is_round(marked, regions[marked.region]) for marked in paragraphs]
    found = _without_heads_of_text(paragraphs, found)
    found = _with_lists(paragraphs, found)
    if of_site:
        found = _with_related(paragraphs, found)
    if _size(sizes, found) > MOST * whole:
        found = [regions[marked.region] is Chrome.SURE for marked in paragraphs]
    if _size(sizes, found) == whole:
        found = [False] * len(found)
    return [
        replace(marked.block, is_boilerplate=True) if chrome else marked.block
        for marked, chrome in zip(paragraphs, found, strict=True)
    ]


def _is_round(marked: Marked, chrome: Chrome) -> bool:
    """Whether a paragraph is round the text, by the region that it is in."""
    if chrome is Chrome.LINKS:
        return marked.links > 0 and not SENTENCE.search(marked.block.text)
    if chrome is Chrome.LINES:
        return not marked.block.is_row and not SENTENCE.search(marked.block.text)
    if chrome is Chrome.ASIDE:
        return marked.links > 0 or not (marked.block.is_row or TELLING.search(marked.block.text))
    return chrome is not Chrome.NO


def _without_heads_of_text(paragraphs: Sequence[Marked], found: Sequence[bool]) -> list[bool]:
    """The same, but what heads text in a part beside the main one is text too."""
    told = [*found]
    for number in range(len(told) - 1):
        heads = paragraphs[number].block.level is not None
        if heads and paragraphs[number].region is paragraphs[number + 1].region and not told[number + 1]:
            told[number] = False
    return told


def _size(sizes: Sequence[int], found: Sequence[bool]) -> int:
    return sum(size for size, chrome in zip(sizes, found, strict=True) if chrome)


def _chrome(paragraphs: Sequence[Marked], sizes: Sequence[int], largest: float) -> Mapping[Region, Chrome]:
    """Whether each region is chrome, by itself or because it is in one that is."""
    within: dict[Region, int] = defaultdict(int)
    for marked, size in zip(paragraphs, sizes, strict=True):
        within[marked.region] += size
    regions = _outermost_first(within)
    for region in reversed(regions):
        if region.parent is not None:
            within[region.parent] += within[region]
    found: dict[Region, Chrome] = {}
    for region in regions:
        outer = found[region.parent] if region.parent is not None else Chrome.NO
        is_large = region.chrome is not Chrome.SURE and within[region] > largest
        found[region] = max(outer, Chrome.NO if is_large else region.chrome, key=_degree)
    return found


def _outermost_first(regions: Mapping[Region, int]) -> list[Region]:
    """Regions and those that they are in."""
    found: set[Region] = set()
    for region in regions:
        above: Region | None = region
        while above is not None and above not in found:
            found.add(above)
            above = above.parent
    return sorted(found, key=lambda region: region.depth)


def _with_lists(paragraphs: Sequence[Marked], found: Sequence[bool]) -> list[bool]:
    """The same, with lists of links and the lower headings that have nothing else below."""
    told: list[bool] = []
    pairs = zip(paragraphs, found, strict=True)
    for (_, is_list), group in groupby(pairs, lambda pair: (pair[1], _is_links(pair[0]))):
        run = [*group]
        several = is_list and (
            sum(marked.links for marked, _ in run) >= LINKS
            or sum(marked.inward for marked, _ in run) >= INWARD
        )
        told += (chrome or several or _is_trail(marked) for marked, chrome in run)
    below = False  # whether a list follows, and nothing else up to the next heading
    for number in reversed(range(len(told))):
        level = paragraphs[number].block.level
        if level is None:
            is_last = number + 1 == len(told) or paragraphs[number + 1].block.level is not None
            below = told[number] and (is_last or below)
        else:
            told[number] = told[number] or (level > 1 and below)
            below = False
    return told


def _is_links(marked: Marked) -> bool:
    """Whether a line is nothing but links."""
    block = marked.block
    if not marked.links or block.is_row or block.level is not None:
        return False
    written = letters(block.text)
    # A question by itself may be what a link leads to.
    is_whole = marked.inward == marked.links or marked.linked == written
    if (STATEMENT if is_whole else SENTENCE).search(block.text):
        return False
    return marked.linked > LINKED * written


def _is_trail(marked: Marked) -> bool:
    block = marked.block
    return marked.links > 0 and block.level is None and TRAIL.fullmatch(block.text) is not None


def _with_related(paragraphs: Sequence[Marked], found: Sequence[bool]) -> list[bool]:
    """The same, with the titles of other pages below a line that announces them, to where the part ends."""
    told = [*found]
    for number, marked in enumerate(paragraphs):
        needs_links = LINKED_TO.fullmatch(marked.block.text) is not None
        if not needs_links and not RELATED.fullmatch(marked.block.text):
            continue
        end = number + 1
        last = min(len(told), end + MOST_RELATED)
        while end < last and not told[end] and _may_be_title(paragraphs[end], needs_links):
            end += 1
        is_end = end == len(told) or told[end] or paragraphs[end].block.level is not None
        if is_end and end > number + 1:
            told[number:end] = [True] * (end - number)
    return told


def _may_be_title(marked: Marked, needs_link: bool) -> bool:  # noqa: FBT001 - a line and what is above it
    block = marked.block
    if needs_link and not _is_links(marked):
        return False
    is_line = block.level is None and not block.is_row and len(block.text) <= LONGEST_TITLE
    return is_line and not SENTENCE.search(block.text)
