"""HTML -> its paragraphs, as they are marked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from retrieval.readers.blocks import Block
from retrieval.readers.web.breaks import collapsed, divided
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
    audio button canvas datalist embed iframe map noscript object option rp rt rtc script select style svg
    template textarea title video
    """.split()  # noqa: SIM905 - as above
)
"""Elements that browsers do not show, or not as text."""

LONGEST_HEADING = 200
"""Characters; a longer heading is text whose heading was not closed."""

STYLED = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*(?P<display>none|block)\b|visibility\s*:\s*(?P<hidden>hidden))",
    re.IGNORECASE,
)
NUMBERED = re.compile(
    r"[（(\[【]?(?:[\d０-９]{1,3}|[一二三四五六七八九十]{1,3})[.．、)）\]】:：]|[①-⑳]|第.{1,4}[条章节]"
)
"""An item that its author numbered."""

LETTERS = 26


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
    """What holds within an element; `ends` says that a paragraph ends with it."""

    region: Region
    ends: bool = False
    verbatim: bool = False
    linked: bool = False


@dataclass(slots=True)
class _Items:
    """A list while it is read; `style` is how its items are numbered, empty where they are not."""

    style: str
    number: int

    def marker(self, value: str) -> str:
        """What stands before the next item."""
        if value.isdecimal() and len(value) < 6:  # noqa: PLR2004 - a longer one numbers nothing
            self.number = int(value)
        number, self.number = self.number, self.number + 1
        if self.style == "1":
            return f"{number}. "
        if self.style in ("a", "A") and 1 <= number <= LETTERS:
            return f"{chr(ord(self.style) + number - 1)}. "
        return ""


@dataclass(slots=True)
class _Writing:
    """The paragraph that is being read, line by line."""

    lines: list[list[str]] = field(default_factory=lambda: [[]])
    links: int = 0
    linked: int = 0


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
        self._lists: list[_Items] = []
        self._tables: list[WebTable] = []

    def start(self, tag: str, attributes: Attributes) -> None:
        tag = tag.rpartition(":")[2]
        if self._left_out:
            self._left_out += 1
        elif tag in LEFT_OUT or _is_hidden(tag, attributes):
            self._left_out = 1
            self._names_page = tag == "title" and not self._title
        else:
            self._enter(tag, attributes)

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
        self._writing.lines[-1].append(text)
        if self._inside[-1].linked:
            self._writing.linked += letters(text)

    def close(self) -> Markup:
        self._finish()
        return Markup(tuple(self._found), collapsed("".join(self._title)), self._said)

    def _enter(self, tag: str, attributes: Attributes) -> None:
        inside = self._inside[-1]
        ends = tag in BLOCKS or _is_shown_as_block(attributes)
        if ends:
            self._finish()
            self._begin(tag, attributes)
            region = self._region_of(tag, attributes, inside.region)
            inside = inside._replace(region=region, ends=True, verbatim=inside.verbatim or tag in VERBATIM)
        elif inside.ends:
            inside = inside._replace(ends=False)
        if tag == "br":
            self._writing.lines.append([])
        elif tag == "a" and "href" in attributes:
            inside = inside._replace(linked=True)
            self._writing.links += 1
        elif tag == "meta":
            name = attributes.get("name") or attributes.get("property") or ""
            self._said.setdefault(name.lower(), collapsed(attributes.get("content", "")))
        self._inside.append(inside)

    def _begin(self, tag: str, attributes: Attributes) -> None:
        if tag in HEADINGS:
            self._level = HEADINGS[tag]
        elif tag in LISTS:
            self._lists.append(_items(tag, attributes))
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
        block = Block(text, level)
        self._found.append(Marked(block, region, -(-writing.links // parts), -(-writing.linked // parts)))


def _is_hidden(tag: str, attributes: Attributes) -> bool:
    if tag == "dialog":
        return "open" not in attributes
    if not attributes or tag in ("html", "body"):  # scripts show those in the end
        return False
    if "hidden" in attributes:
        return True
    return any(style["hidden"] or style["display"].lower() == "none" for style in _styles(attributes))


def _is_shown_as_block(attributes: Attributes) -> bool:
    return any(style["display"] for style in _styles(attributes))


def _styles(attributes: Attributes) -> list[re.Match[str]]:
    style = attributes.get("style")
    return [*STYLED.finditer(style)] if style else []


def _items(tag: str, attributes: Attributes) -> _Items:
    start = attributes.get("start", "")
    is_plain = tag != "ol" or "list-style" in attributes.get("style", "") or "reversed" in attributes
    number = int(start) if start.isdecimal() and len(start) < 6 else 1  # noqa: PLR2004 - as above
    return _Items("" if is_plain else attributes.get("type", "1"), number)
