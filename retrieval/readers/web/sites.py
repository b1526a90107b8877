"""What a web page is called, on a site that adds its own name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from retrieval.headings import TITLE
from retrieval.readers.blocks import Block
from retrieval.readers.web.markup import Markup
from retrieval.titles import says_nothing

STRONG = re.compile(r"\s*(?:[_|｜–—]+|-{2,})\s*|\s+[-·»>«<:]+\s+")
"""Between what a page is called and where it stands."""

WEAK = re.compile(r"(?<=[\u4e00-\u9fff）》”」』？！])\s?-\s?")
"""The same, but a hyphen may stand in a title too."""

SITE = re.compile(
    r".*(?:网|網|网站|網站|门户|門戶|官网|官網|首页|首頁|主页|主頁|频道|頻道|论坛|論壇|博客|部落格|百科|百科全[书書]|平台"
    r"|人民政府|管委会|在线|客户端|公众号|公眾號|贴吧|知乎|豆瓣|微博)"
    r"|.*\b(?:www\.|\w+\.(?:com|cn|net|org|gov)\b).*|(?i:home|index|blog|wikipedia|powered by .*)"
)
"""How a site is called."""

HOME = re.compile(r"首[页頁]|主[页頁]|(?i:home|index)")
"""What the first page of any site is called."""

SECTION = re.compile(
    r"(?:通知|公告|公示|新[闻聞]|政[务務]|信息|互[动動]|服[务務]|[帮幫]助|政策|[动動][态態]|[资資][讯訊]|政民|新[闻聞]|[时時]政|要[闻聞]|文件){1,3}"
    r"(?:公告|公[开開]|互[动動]|中心|[动動][态態]|[资資][讯訊])?"
)
"""How a part of a site is called; it may be a title, if alone."""

OFFICE = re.compile(
    r".{2,}(?:公司|[学學]校|大[学學]|[中小][学學]|[局厅廳]|委[员員]?[会會]|中心|[医醫]院|[银銀]行|集[团團]|研究院|[协協][会會])"
)
"""Whose site it is."""

LONGEST = 100
"""Characters; a longer line is no title."""

MOST_PARTS = 12


@dataclass(frozen=True, slots=True)
class Naming:
    """What a page is called, and the other parts of what its head says: its site, its section."""

    title: str
    around: frozenset[str]


def named(blocks: Sequence[Block], page: Markup) -> tuple[list[Block], str | None]:
    """The blocks of a page with only the headings of its text, and the title, where anything names it.

    A single heading of the first level is the title; else what the head says, without the site, and where
    that stands in the text, it is the title there.
    """
    naming = _naming(blocks, page)
    declared = _bare(naming.title)
    found = [_without_site(block, naming) for block in blocks]
    tops = [n for n, block in enumerate(found) if block.level == 1 and not block.is_boilerplate]
    if len(tops) == 1:
        return [*map(_levelled, found)], " ".join(found[tops[0]].text.split())
    for number, block in enumerate(found):
        is_one = not block.is_row and (not block.is_boilerplate or block.level is not None)
        if declared and is_one and _bare(block.text) == declared:
            found[number] = replace(block, level=TITLE, is_boilerplate=False)
            break
    return [*map(_levelled, found)], naming.title or None


def _levelled(block: Block) -> Block:
    return replace(block, level=None) if block.is_boilerplate and block.level is not None else block


def _without_site(block: Block, naming: Naming) -> Block:
    """What a site writes above each of its pages as a heading is none."""
    if block.level == 1 and _bare(block.text) in naming.around:
        return replace(block, is_boilerplate=True)
    return block


def _naming(blocks: Sequence[Block], page: Markup) -> Naming:
    sites = [page.said.get(name, "") for name in ("sitename", "og:site_name")]
    said = (page.title, page.said.get("og:title", ""))
    written = next((title for title in said if title and not says_nothing(title)), "")
    lines = frozenset(
        _bare(block.text)
        for block in blocks
        if len(block.text) <= LONGEST and (not block.is_boilerplate or block.level is not None)
    )
    parts = _parts(written)
    title = page.said.get("articletitle", "") or _chosen(written, parts, sites, lines)
    around = {_bare(name) for name in (*(written[start:end] for start, end in parts), *sites)}
    return Naming(title, frozenset(name for name in around if name and name not in _bare(title)))


def _bare(text: str) -> str:
    return "".join(text.split())


def _parts(written: str) -> list[tuple[int, int]]:
    """Where the parts stand of what a page's head calls it."""
    found: list[tuple[int, int]] = []
    start = 0
    borders = sorted(match.span() for form in (STRONG, WEAK) for match in form.finditer(written))
    for first, behind in borders[:MOST_PARTS]:
        if first > start:
            found.append((start, first))
        start = max(start, behind)
    if start < len(written):
        found.append((start, len(written)))
    return found


def _chosen(
    written: str, parts: Sequence[tuple[int, int]], sites: Sequence[str], lines: frozenset[str]
) -> str:
    """The first of the parts, or of several that follow one another, that is a line of the text; else the
    first that names no site, no part of one and nobody whose it is.
    """
    own = [
        (start, end)
        for start, end in parts
        if written[start:end] not in sites and not SITE.fullmatch(written[start:end])
    ]
    for number, (start, _) in enumerate(own):
        for _, end in reversed(own[number:]):
            if _bare(written[start:end]) in lines:
                return written[start:end]
    if not own:
        named = [written[start:end] for start, end in parts]
        return next((name for name in named if not HOME.fullmatch(name)), named[0] if named else "")
    while len(own) > 1 and _is_of_site(written[slice(*own[-1])]):
        own.pop()
    # Where only sites are named behind hyphens, the rest, with its own hyphens, is the title.
    together = STRONG.split(written[own[0][0] : own[-1][1]])
    titles = [part for part in together if not _is_of_site(part)]
    return (titles or together)[0]


def _is_of_site(part: str) -> bool:
    """Whether a part that is no title beside others says whose the site is, or which part of it."""
    return SECTION.fullmatch(part) is not None or OFFICE.fullmatch(part) is not None
