"""Texts of a book -> the same, each heading on the level where it stands only over what it holds."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import takewhile

from retrieval.documents import Heading
from retrieval.ends import COUNT
from retrieval.headings import heading_of
from retrieval.readers.blocks import Block
from retrieval.readers.web.publication import Entry

PART, CHAPTER = 10, 11
"""The levels of the usual forms: 第一部, and 第一章 or 后记."""

FRONT = re.compile(
    r"(?:图书|圖書)?版[权權](?:[页頁]|信息|声明|聲明|说明|說明|资讯|資訊)?|图书在版编目.*"
    r"|封[面底]|扉[页頁]|[书書]名[页頁]"
    r"|目\s*[录錄次]|[内內]容(?:简介|簡介|提要)"
    r"|作者(?:简介|簡介|介绍|介紹)|[关關][于於]作者"
    r"|出版[说說]明|[献獻][词詞辞辭]"
    r"|cover|(?:half ?)?title ?page|copyright(?: ?page)?|(?:table of )?contents|dedication"
    r"|about the authors?",
    re.IGNORECASE,
)
"""What a page is called that is round the text of a book."""


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading of a text.

    `tagged` is its level by its tag, `level` the one that it gets, `listed` that of its entry in the table of
    contents, or of its text's. It is `bare` when nothing but lower headings stands below it in its text.
    """

    text: str
    tagged: int
    listed: int | None
    bare: bool
    level: int = 0


def held(
    texts: Sequence[Sequence[Block]], entries: Sequence[Sequence[Entry]], *, is_named: bool
) -> Iterator[Sequence[Block]]:
    """The texts with the levels of their headings, of which 1 is the highest; `entries` of the table of
    contents lead into each.

    A heading stands over those of other texts where the table of contents says so; where it does not tell,
    if there is no text below it, as below the name of a part, or if its form is of a higher kind, as 第一章
    over 1.1. Pages round the text hold nothing. A book that is not `is_named` may be by its first heading.
    """
    headed = [*_with_unmarked_chapters(texts, entries)]
    is_nested = any(entry.level > 1 for listed in entries for entry in listed)
    levels = _Levels(None if is_named else _name(headed), is_nested=is_nested)
    for text, listed in zip(headed, entries, strict=True):
        yield [*levels.of(text, listed)]


class _Levels:
    """Gives headings their levels, text after text."""

    def __init__(self, name: str | None, *, is_nested: bool) -> None:
        self._name, self._is_nested = name, is_nested
        self._above: list[_Heading] = []

    def of(self, text: Sequence[Block], entries: Sequence[Entry]) -> Iterator[Block]:
        """The blocks of the next text."""
        above = [*takewhile(lambda heading: not FRONT.fullmatch(heading.text), self._above)]
        ended = self._above[len(above)].level if len(above) < len(self._above) else None
        own: list[_Heading] = []
        listed = {_words(entry.title): entry.level for entry in reversed(entries)}
        usual = entries[0].level if entries else None
        for place, block in enumerate(text):
            if block.level is None:
                yield replace(block, ends=ended) if place == 0 and ended is not None else block
                continue
            words = _words(block.text)
            heading = _Heading(
                words, block.level, listed.get(words, usual), _is_bare(text, place, block.level)
            )
            above = [*takewhile(partial(self._holds, heading), above)]
            own = [upper for upper in own if upper.tagged < heading.tagged]
            level = (*above, *own)[-1].level + 1 if above or own else 1
            own.append(replace(heading, level=level))
            yield replace(block, level=level)
        self._above = [*above, *own]

    def _holds(self, heading: _Heading, upper: _Heading) -> bool:
        """Whether a heading is below one of a text before."""
        if upper.tagged >= heading.tagged:
            return False
        if upper.text == self._name:
            return True
        if upper.listed is not None and (self._is_nested or heading.listed is None):
            return heading.listed is None or upper.listed < heading.listed
        return upper.bare or _is_higher(heading_of(upper.text), heading_of(heading.text))


def _is_bare(text: Sequence[Block], place: int, level: int) -> bool:
    """Whether nothing but lower headings stands directly below a heading."""
    below = next((text[n] for n in range(place + 1, len(text)) if not text[n].is_boilerplate), None)
    return below is None or (below.level is not None and below.level > level)


def _words(text: str) -> str:
    return " ".join(text.split())


def _is_higher(upper: Heading | None, heading: Heading | None) -> bool:
    """Whether a heading is by its form one that has others like the second below it."""
    if upper is None or not (upper.level == PART or COUNT.match(upper.text)):
        return False
    return upper.level == PART if heading is None else upper.level < heading.level


def _name(texts: Sequence[Sequence[Block]]) -> str | None:
    """The first heading, if no other is as high: what the book may be called."""
    headings = [
        (block.level, _words(block.text)) for text in texts for block in text if block.level is not None
    ]
    highest = min((level for level, _ in headings), default=0)
    names = [words for level, words in headings if level == highest]
    is_name = len(names) == 1 and headings[0][0] == highest and not FRONT.fullmatch(names[0])
    return names[0] if is_name else None


def _with_unmarked_chapters(
    texts: Sequence[Sequence[Block]], entries: Sequence[Sequence[Entry]]
) -> Iterator[Sequence[Block]]:
    """The texts; where others have headings by their tags, the first line of one without is a chapter's if it
    has the form of one.
    """
    firsts = [(text[0].level, text[0]) for text in texts if text and text[0].level is not None]
    chapters = [level for level, block in firsts if _is_chapter(block)] or [level for level, _ in firsts]
    usual = Counter(chapters).most_common(1)[0][0] if chapters else None
    for text, listed in zip(texts, entries, strict=True):
        is_unmarked = usual is not None and not listed and all(block.level is None for block in text)
        if is_unmarked and [*map(_is_chapter, text[:2])] == [True, False]:
            yield [replace(text[0], level=usual), *text[1:]]
        else:
            yield text


def _is_chapter(block: Block) -> bool:
    heading = None if block.is_row or block.is_boilerplate else heading_of(block.text)
    return heading is not None and heading.alone and heading.level == CHAPTER
