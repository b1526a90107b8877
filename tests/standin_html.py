"""Telegram's HTML -> text and entities."""

import re
from dataclasses import dataclass, replace

from standin_entities import CODE, QUOTES, Entity, utf16_length
from standin_links import LinkError, checked_link

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
    "a": "text_link",
    "pre": "pre",
    "code": "code",
    "blockquote": "blockquote",
}
NAMES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
SPACE = r" \t\r\n\0\v"
TOKEN_ENDS = {"", ">", *" \t\r\n\0\v"}
BLANKS = re.compile(rf"[{SPACE}]*")
TAG_NAME = re.compile(rf"[^{SPACE}>]*")
ATTRIBUTE = re.compile(rf"[^{SPACE}=>/\"']*")
TOKEN = re.compile(r"[A-Za-z0-9.-]*")
PLAIN = re.compile(r"[^<&]+")
REFERENCE = re.compile(r"&(?:#x([0-9A-Fa-f]*)|#([0-9]*)|([A-Za-z]*))")
LANGUAGE = "language-"
LONGEST_NUMBER = 9  # from the ampersand to the last digit
LAST_CHARACTER = 0x10FFFE
SURROGATE = re.compile("[\ud800-\udfff]")


class HtmlError(ValueError):
    """HTML that Telegram does not parse; the message is Telegram's reason."""


@dataclass(frozen=True, slots=True)
class _Open:
    tag: str
    attributes: dict[str, str]
    written: int  # pieces of text before the tag
    offset: int


def parse_html(html: str) -> tuple[str, list[Entity]]:
    """The text and its entities, innermost first. Raises HtmlError where Telegram answers
    "can't parse entities", and for a quote within a quote, which Telegram would silently drop.
    """
    return _Parser(html).parse()


class _Parser:
    def __init__(self, html: str) -> None:
        self._html = html
        self._at = 0
        self._text: list[str] = []
        self._offset = 0
        self._open: list[_Open] = []
        self._entities: list[Entity] = []

    def parse(self) -> tuple[str, list[Entity]]:
        while self._at < len(self._html):
            if self._html.startswith("</", self._at):
                self._end_tag()
            elif self._html[self._at] == "<":
                self._start_tag()
            elif self._html[self._at] == "&":
                self._write(self._reference())
            else:
                self._write(self._take(PLAIN))
        if self._open:
            raise HtmlError(f'Can\'t find end tag corresponding to start tag "{self._open[-1].tag}"')
        text = "".join(self._text)
        if SURROGATE.search(text):
            raise HtmlError(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            )
        return text, [_without_language_unless_pre(entity) for entity in self._entities]

    def _take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self._html, self._at)
        piece = found[0] if found else ""
        self._at += len(piece)
        return piece

    def _next(self) -> str:
        """The next character, empty at the end."""
        return self._html[self._at : self._at + 1]

    def _byte(self, position: int) -> int:
        return len(self._html[:position].encode())

    def _write(self, text: str) -> None:
        self._text.append(text)
        self._offset += utf16_length(text)

    def _reference(self) -> str:
        """The character a reference stands for; what is none stands for itself, as in `&nbsp;`."""
        start = self._at
        found = REFERENCE.match(self._html, start)
        char = _referred(found) if found else None
        if found is None or char is None:
            self._at += 1
            return "&"
        self._at = found.end() + self._html.startswith(";", found.end())
        return char

    def _start_tag(self) -> None:
        start = self._at
        self._at += 1
        tag = self._take(TAG_NAME).lower()
        if not self._next():
            raise HtmlError(f"Unclosed start tag at byte offset {self._byte(start)}")
        if tag not in TAGS:
            raise HtmlError(f'Unsupported start tag "{tag}" at byte offset {self._byte(start)}')
        attributes = self._attributes(tag, start)
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            place = self._byte(start)
            raise HtmlError(f'Tag "span" must have class "tg-spoiler" at byte offset {place}')
        if tag == "blockquote" and any(outer.tag == tag for outer in self._open):
            raise HtmlError(f'Nested tag "blockquote" at byte offset {self._byte(start)}')
        self._open.append(_Open(tag, attributes, len(self._text), self._offset))

    def _attributes(self, tag: str, start: int) -> dict[str, str]:
        """Reads up to and over the closing bracket."""
        attributes: dict[str, str] = {}
        self._take(BLANKS)
        while self._next() != ">":
            name = self._take(ATTRIBUTE)
            if not name:
                place = self._byte(start)
                raise HtmlError(f'Empty attribute name in the tag "{tag}" at byte offset {place}')
            self._take(BLANKS)
            if not self._next():
                raise HtmlError(f'Unclosed start tag "{tag}" at byte offset {self._byte(start)}')
            attributes[name] = self._value(tag, start) if self._next() == "=" else ""
            self._take(BLANKS)
        self._at += 1
        return attributes

    def _value(self, tag: str, start: int) -> str:
        self._at += 1
        self._take(BLANKS)
        if not self._next():
            raise HtmlError(f'Unclosed start tag "{tag}" at byte offset {self._byte(start)}')
        value = self._quoted() if self._next() in "\"'" else self._token()
        if not self._next():
            raise HtmlError(f"Unclosed start tag at byte offset {self._byte(start)}")
        return value

    def _token(self) -> str:
        start = self._at
        token = self._take(TOKEN).lower()
        if self._next() not in TOKEN_ENDS:
            raise HtmlError(f"Unexpected end of name token at byte offset {self._byte(start)}")
        return token

    def _quoted(self) -> str:
        mark = self._next()
        self._at += 1
        value = []
        while self._next() and self._next() != mark:
            if self._next() == "&":
                value.append(self._reference())
            else:
                value.append(self._next())
                self._at += 1
        self._at += 1
        return "".join(value)

    def _end_tag(self) -> None:
        start = self._at
        if not self._open:
            raise HtmlError(f"Unexpected end tag at byte offset {self._byte(start)}")
        self._at += len("</")
        tag = self._take(TAG_NAME).lower()
        self._take(BLANKS)
        if self._next() != ">":
            raise HtmlError(f"Unclosed end tag at byte offset {self._byte(start)}")
        self._at += 1
        opened = self._open.pop()
        if tag not in {"", opened.tag}:
            raise HtmlError(
                f"Unmatched end tag at byte offset {self._byte(start)}, "
                f'expected "</{opened.tag}>", found "</{tag}>"'
            )
        if self._offset > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        kind = TAGS[opened.tag]
        entity = Entity(kind, opened.offset, self._offset - opened.offset)
        if kind in CODE:
            self._close_code(opened, entity)
        elif kind in QUOTES:
            expandable = "expandable" in opened.attributes
            self._entities.append(replace(entity, type="expandable_blockquote") if expandable else entity)
        elif kind == "text_link":
            self._close_link(opened, entity)
        elif kind == "custom_emoji":
            identifier = opened.attributes.get("emoji-id", "")
            if not (identifier.isascii() and identifier.isdigit() and int(identifier)):
                raise HtmlError("Invalid custom emoji identifier specified")
            self._entities.append(replace(entity, custom_emoji_id=identifier))
        else:
            self._entities.append(entity)

    def _close_link(self, opened: _Open, entity: Entity) -> None:
        link = opened.attributes.get("href") or "".join(self._text[opened.written :])
        try:
            url = checked_link(link)
        except LinkError:
            return  # Telegram leaves the text and drops the link
        self._entities.append(replace(entity, url=url))

    def _close_code(self, opened: _Open, entity: Entity) -> None:
        """`<pre><code class="language-x">`, in either order, is one `pre` that has a language."""
        style = opened.attributes.get("class", "") if opened.tag == "code" else ""
        named = replace(entity, language=style.removeprefix(LANGUAGE) if style.startswith(LANGUAGE) else None)
        last = self._entities[-1] if self._entities else named
        together = (last.offset, last.length) == (named.offset, named.length)
        kinds = (last.type, bool(last.language)), (named.type, bool(named.language))
        if together and sorted(kinds) == [("code", True), ("pre", False)]:
            self._entities[-1] = replace(named, type="pre", language=last.language or named.language)
        else:
            self._entities.append(named)


def _without_language_unless_pre(entity: Entity) -> Entity:
    return entity if entity.type == "pre" else replace(entity, language=None)


def _referred(reference: re.Match[str]) -> str | None:
    hexadecimal, decimal, name = reference.groups()
    if name is not None:
        return NAMES.get(name)
    code = int(hexadecimal or "0", 16) if hexadecimal is not None else int(decimal or "0")
    if not 0 < code <= LAST_CHARACTER or len(reference[0]) > LONGEST_NUMBER:
        return None
    return chr(code)
