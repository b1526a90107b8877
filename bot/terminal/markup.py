"""Telegram HTML -> text and its spans."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Never

# The tags Telegram knows, and the entity each makes. None: the tag is allowed and leaves no trace here.
_TAGS: dict[str, str | None] = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "tg-emoji": None,
    "tg-time": None,
}
_REFERENCE = re.compile(r"\0(?:(lt|gt|amp|quot)|#([0-9]+)|#[xX]([0-9a-fA-F]+));?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}


class UnparsableError(ValueError):
    """Telegram would refuse this HTML; the message says why."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text, counted in characters, and the name of Telegram's entity for it."""

    kind: str
    start: int
    end: int
    url: str | None = None


@dataclass(frozen=True, slots=True)
class FormattedText:
    """A message's text and its spans, in the order of their ends."""

    text: str
    spans: tuple[Span, ...] = ()


def parse(markup: str) -> FormattedText:
    """Read HTML as Telegram reads it. Raises UnparsableError where Telegram would answer 400."""
    return _Parser().read(markup)


class _Parser(HTMLParser):
    """Has Telegram's few tags, and no tolerance: what is open must be closed, in order."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self._open: list[tuple[str, Span | None]] = []
        self._spans: list[Span] = []

    def read(self, markup: str) -> FormattedText:
        # Telegram knows four named references, the library all of HTML's: so it gets to see none.
        self.feed(markup.replace("\0", "").replace("&", "\0"))
        if self.rawdata:
            raise UnparsableError(f"unclosed tag at the end: {_decoded(self.rawdata)}")
        if self._open:
            raise UnparsableError(f'can\'t find end tag corresponding to start tag "{self._open[-1][0]}"')
        return FormattedText(self._text, tuple(self._spans))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _TAGS:
            raise UnparsableError(f'unsupported start tag "{tag}"')
        self._open.append((tag, self._opened(tag, {name: _decoded(value or "") for name, value in attrs})))

    def _opened(self, tag: str, attributes: dict[str, str]) -> Span | None:
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise UnparsableError('tag "span" must have class "tg-spoiler"')
        kind, url = _TAGS[tag], attributes.get("href")
        if kind is None or (tag == "a" and not url):
            return None
        if tag == "blockquote" and "expandable" in attributes:
            kind = "expandable_blockquote"
        return Span(kind, len(self._text), len(self._text), url if tag == "a" else None)

    def handle_endtag(self, tag: str) -> None:
        if not self._open:
            raise UnparsableError(f'unexpected end tag "{tag}"')
        expected, span = self._open.pop()
        if tag != expected:
            raise UnparsableError(f'unmatched end tag, expected "</{expected}>", found "</{tag}>"')
        if span and span.start < len(self._text):
            self._spans.append(Span(span.kind, span.start, len(self._text), span.url))

    def handle_data(self, data: str) -> None:
        if "<" in data:
            raise UnparsableError('unsupported start tag ""')
        self._text += _decoded(data)

    def handle_startendtag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        self._refuse(f"{tag}/")

    def handle_comment(self, data: str) -> None:
        self._refuse(f"!--{data}")

    def handle_decl(self, decl: str) -> None:
        self._refuse(f"!{decl}")

    def handle_pi(self, data: str) -> None:
        self._refuse(f"?{data}")

    def unknown_decl(self, data: str) -> None:
        self._refuse(f"![{data}")

    @staticmethod
    def _refuse(tag: str) -> Never:
        raise UnparsableError(f'unsupported start tag "{tag}"')


def _decoded(raw: str) -> str:
    return _REFERENCE.sub(_character, raw).replace("\0", "&")


def _character(reference: re.Match[str]) -> str:
    name, decimal, hexadecimal = reference.groups()
    if name:
        return _NAMED[name]
    code = int(decimal) if decimal else int(hexadecimal, 16)
    is_character = 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF  # noqa: PLR2004 - Unicode's own limits
    return chr(code) if is_character else reference.group()
