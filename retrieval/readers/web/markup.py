"""HTML -> its paragraphs, as they are marked."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from lxml import etree

from retrieval.readers.blocks import Block
from retrieval.readers.web.breaks import collapsed, divided
from retrieval.readers.web.lists import Items, items_of
from retrieval.readers.web.regions import Attributes, Marked, Region, RegionOf, letters
from retrieval.readers.web.webtables import WebTable

HEADINGS = {f"h{level}": level for level in range(1, 7)}
LISTS = frozenset({"ol", "ul", "menu", "dir"})
VERBATIM = frozenset({"pre", "listing", "plaintext", "xmp"})
BLOCKS = frozenset(
    """
    address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav noframes ol
    optgroup p plaintext pre search section summary table tbody td tfoot th thead tr ul xmp
    """.split()  # noqa: SIM905 - as a list, it has a line for each
)
"""Elements that begin and end a paragraph."""

LEFT_OUT = frozenset(
    """
    annotation annotation-xml audio button canvas datalist embed iframe map noscript object option rp rt rtc
    script select style svg template textarea title video
    """.split()  # noqa: SIM905 - as above
)
"""Elements that browsers do not show, or not as text."""

UNFOLDED = frozenset("article dd div li main ol section table ul".split())  # noqa: SIM905 - as above
"""Elements that a page hides until one asks for them, as the answers to questions."""

SENTENCE = re.compile(r"[。！？]|[a-z]{2}[.!?](?:\s|$)")
LEAST = 10
"""Letters of a paragraph that says something, so that what is hidden with it is for reading."""

LONGEST_HEADING = 200
"""Characters; a longer heading is text whose heading was not closed."""

STYLED = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*(?P<display>none|block)\b|visibility\s*:\s*(?P<hidden>hidden)"
    r"|white-space\s*:\s*(?P<space>pre|break-spaces))",
    re.IGNORECASE,
)
NUMBERED = re.compile(
    r"[（(\[【]?(?:[\d０-９]{1,3}|[一二三四五六七八九十]{1,3})[.．、)）\]】:：]|[①-⑳]|第.{1,4}[条章节]"
)
"""An item that its author numbered."""

RAISED: Mapping[str, Mapping[int, str]] = MappingProxyType(
    {
        "sup": dict(zip(map(ord, "0123456789+-−"), "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻", strict=True)),
        "sub": dict(zip(map(ord, "0123456789+-−"), "₀₁₂₃₄₅₆₇₈₉₊₋₋", strict=True)),
    }
)
"""Digits above and below the line, which are no part of the number before them."""

BARE: Attributes = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Markup:
    """What a page says: its paragraphs, what its head calls it, and what else it says of itself, by names in
    lower case.
    """

    paragraphs: tuple[Marked, ...]
    title: str
    said: Mapping[str, str]


def markup_of(text: str, region_of: RegionOf) -> Markup:
    """The paragraphs of a page, however broken. What browsers do not show is left out."""
    # The parser may leave out or stop at a NUL; without a tree, elements may be nested to any depth.
    parser = etree.HTMLParser(target=_Writer(region_of), encoding="utf-8", huge_tree=True, no_network=True)
    parser.feed(text.replace("\0", "").encode("utf-8", "replace"))
    found: Markup = parser.close()
    return found


class _Inside(NamedTuple):
    """What holds within an element; `ends` says that a paragraph ends with it, and `raised` how digits are
    written there, if not as others.
    """

    region: Region
    ends: bool = False
    verbatim: bool = False
    linked: bool = False
    raised: Mapping[int, str] | None = None


@dataclass(slots=True)
class _Writing:
    """The paragraph that is being read, line by line."""

    lines: list[list[str]] = field(default_factory=lambda: [[]])
    links: int = 0
    linked: int = 0
    inward: int = 0


class _Writer:
    """Is told what the parser finds, as lxml does it: `start`, `end`, `data` and `close`."""

    def __init__(self, region_of: RegionOf) -> None:
        self._region_of = region_of
        self._inside = [_Inside(Region())]
        self._left_out = 0  # elements, one in another
        self._names_page = False
        self._title: list[str] = []
        self._said: dict[str, str] = {}
        self._found: list[Marked] = []
        self._writing = _Writing()
        self._level: int | None = None
        self._marker = ""
        self._lists: list[Items] = []
        self._folds = 0
        self._tables: list[WebTable] = []

    def start(self, tag: str, attributes: Attributes) -> None:
        tag = tag.rpartition(":")[2]
        attributes = attributes or BARE  # the parser's own is slow
        if self._left_out:
            self._left_out += 1
        elif tag in LEFT_OUT:
            self._left_out = 1
            self._names_page = tag == "title" and not self._title
        elif not _is_hidden(tag, attributes):
            self._enter(tag, attributes, self._inside[-1].region)
        elif tag in UNFOLDED:
            self._folds += 1
            self._enter(tag, attributes, self._inside[-1].region.inner(fold=self._folds))
        else:
            self._left_out, self._names_page = 1, False

    def end(self, tag: str) -> None:
        if self._left_out:
            self._left_out -= 1
        else:
            self._leave(tag.rpartition(":")[2])

    def data(self, text: str) -> None:
        if self._left_out:
            if self._names_page and self._left_out == 1:
                self._title.append(text)
            return
        inside = self._inside[-1]
        if inside.raised and all(ord(sign) in inside.raised for sign in text):
            text = text.translate(inside.raised)
        self._writing.lines[-1].append(text)
        if inside.linked:
            self._writing.linked += letters(text)

    def close(self) -> Markup:
        self._finish()
        return Markup(tuple(_unfolded(self._found)), collapsed("".join(self._title)), self._said)

    def _enter(self, tag: str, attributes: Attributes, region: Region) -> None:
        inside = self._inside[-1]
        if tag in BLOCKS or (attributes and _is_shown_as_block(attributes)):
            self._finish()
            self._begin(tag, attributes)
            region = self._region_of(tag, attributes, region)
            verbatim = inside.verbatim or tag in VERBATIM or (attributes and _keeps_space(attributes))
            inside = _Inside(region, True, bool(verbatim), inside.linked, inside.raised)  # noqa: FBT003 - its ends
        elif inside.ends:
            inside = inside._replace(ends=False)
        if tag == "br":
            self._writing.lines.append([])
        elif tag == "a" and "href" in attributes:
            inside = inside._replace(linked=True)
            self._writing.links += 1
            self._writing.inward += _leads_inward(attributes["href"])
        elif tag in RAISED:
            inside = inside._replace(raised=RAISED[tag])
        elif tag == "q":
            self._writing.lines[-1].append("“")
        elif tag == "meta":
            name = attributes.get("name") or attributes.get("property") or ""
            self._said.setdefault(name.lower(), collapsed(attributes.get("content", "")))
        self._inside.append(inside)

    def _begin(self, tag: str, attributes: Attributes) -> None:
        if tag in HEADINGS:
            self._level = HEADINGS[tag]
        elif tag in LISTS:
            self._lists.append(items_of(tag, attributes))
        elif tag == "li":
            self._marker = self._lists[-1].marker(attributes.get("value", "")) if self._lists else ""
        elif tag == "table":
            if self._tables:
                self._tables[-1].arranges = True
            self._tables.append(
                WebTable(len(self._found), attributes.get("role") in ("presentation", "none"))
            )
        elif tag == "thead" and self._tables:
            self._tables[-1].is_head = True
        elif tag == "tr" and self._tables:
            self._tables[-1].begin_row()
        elif tag in ("td", "th") and self._tables:
            self._tables[-1].begin_cell(len(self._found), attributes, is_name=tag == "th")

    def _leave(self, tag: str) -> None:
        if self._inside[-1].ends:
            self._finish()
            self._end(tag)
        elif tag == "q":
            self._writing.lines[-1].append("”")
        if len(self._inside) > 1:
            self._inside.pop()

    def _end(self, tag: str) -> None:
        if tag in HEADINGS:
            self._level = None
        elif tag in LISTS:
            self._lists.pop()
        elif tag == "li":
            self._marker = ""
        elif tag == "thead" and self._tables:
            self._tables[-1].is_head = False
        elif tag in ("td", "th") and self._tables:
            self._tables[-1].end_cell(len(self._found))
        elif tag == "table":
            table = self._tables.pop()
            if not table.arranges:
                self._found[table.first :] = table.paragraphs(self._found[table.first :])

    def _finish(self) -> None:
        """The end of a paragraph, if anything stands in it."""
        inside, writing = self._inside[-1], self._writing
        if len(writing.lines) == 1 and not writing.lines[0] and not writing.links:
            return
        self._writing = _Writing()
        if len(writing.lines) == 1 and not inside.verbatim and self._level is None:
            line = "".join(writing.lines[0])
            if "\n" not in line:  # as most are
                if shown := collapsed(line):
                    self._write(shown, None, inside.region, writing, 1)
                return
        lines = ["".join(line) for line in writing.lines]
        if not any(map(str.strip, lines)):
            return
        if self._level is not None and sum(map(len, lines)) <= LONGEST_HEADING:
            shown = "\n".join(line for line in map(collapsed, lines) if line)
            self._write(shown, self._level, inside.region, writing, 1)
            self._level = None
            return
        texts = [*divided(lines, verbatim=inside.verbatim)]
        for text in texts:
            self._write(text, None, inside.region, writing, len(texts))

    def _write(self, text: str, level: int | None, region: Region, writing: _Writing, parts: int) -> None:
        marker, self._marker = self._marker, ""
        if marker and not NUMBERED.match(text.lstrip()):
            text = marker + text.lstrip()
        if not writing.links:  # as most are
            self._found.append(Marked(Block(text, level), region))
            return
        counts = (-(-count // parts) for count in (writing.links, writing.linked, writing.inward))
        self._found.append(Marked(Block(text, level), region, *counts))


def _unfolded(paragraphs: Sequence[Marked]) -> Iterator[Marked]:
    """The same without what is hidden and holds nothing that is said in a sentence, as menus and dialogs."""
    told = {marked.region.fold for marked in paragraphs if marked.region.fold and _says(marked.block.text)}
    return (marked for marked in paragraphs if not marked.region.fold or marked.region.fold in told)


def _says(text: str) -> bool:
    return SENTENCE.search(text) is not None and letters(text) >= LEAST


def _leads_inward(target: str) -> bool:
    return target.startswith("#") and len(target) > 1


def _is_hidden(tag: str, attributes: Attributes) -> bool:
    if tag == "dialog":
        return "open" not in attributes
    if not attributes or tag in ("html", "body"):  # scripts show those in the end
        return False
    if "hidden" in attributes:
        return True
    return any(style["hidden"] or (style["display"] or "").lower() == "none" for style in _styles(attributes))


def _is_shown_as_block(attributes: Attributes) -> bool:
    return any(style["display"] for style in _styles(attributes))


def _keeps_space(attributes: Attributes) -> bool:
    return any(style["space"] for style in _styles(attributes))


def _styles(attributes: Attributes) -> list[re.Match[str]]:
    style = attributes.get("style")
    return [*STYLED.finditer(style)] if style else []
