"""Text -> Telegram's HTML, whose length and entities are known."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from html import escape, unescape

from bot.limits import sendable, shorten, units

WORD_JOINER = "\u2060"
"""A character that nobody sees."""

_TAG = re.compile("<[^>]*>")
_BEFORE_WHAT_POINTS = re.compile(
    r"(?<=@)(?=\w)|(?<=(?<![\w/<>])/)(?=\w)|(?<=#)(?=\w)|(?<=\$)(?=[A-Z])|(?<=\w\.)(?=[^\W\d_])|(?<=:)(?=//)"
)


@dataclass(frozen=True, slots=True)
class Html:
    """A piece of a message: `length` in UTF-16 units as Telegram counts it, without tags, and how many
    `entities` it has, such as bold words and links.
    """

    html: str = ""
    length: int = 0
    entities: int = 0

    def __add__(self, other: "Html") -> "Html":
        return Html(self.html + other.html, self.length + other.length, self.entities + other.entities)

    def __bool__(self) -> bool:
        return self.length > 0


def plain(text: str) -> Html:
    """A text as it is, whatever is in it."""
    text = sendable(text)
    return Html(escape(text, quote=False), units(text))


def echo(text: str, room: int) -> Html:
    """What people call things, or have asked, in at most `room` units: said again, it calls nobody and leads
    nowhere, as Telegram sees no mention, command or link in it.
    """
    return plain(shorten(_BEFORE_WHAT_POINTS.sub(WORD_JOINER, text), room))


def bold(text: str | Html) -> Html:
    """A text in bold."""
    return _tagged(plain(text) if isinstance(text, str) else text, "b")


def code(text: str) -> Html:
    """A text in which Telegram sees no links: a bare 章程.md is a web address of Moldova."""
    return _tagged(plain(text), "code")


def link(text: str, url: str) -> Html:
    """A text that leads to an address."""
    return _tagged(plain(text), "a", f' href="{escape(url)}"')


def quote(said: Html, *, folded: bool = False) -> Html:
    """A quotation, of which three lines are shown until it is tapped if it is `folded`."""
    return _tagged(said, "blockquote", " expandable" * folded)


def joined(between: str, parts: Iterable[Html]) -> Html:
    """The parts that say something, with a text between each two."""
    said = [part for part in parts if part]
    return reduce(lambda before, after: before + plain(between) + after, said) if said else Html()


def bare(html: str) -> str:
    """The text of what was made here."""
    return unescape(_TAG.sub("", html))


def _tagged(said: Html, tag: str, attributes: str = "") -> Html:
    return Html(f"<{tag}{attributes}>{said.html}</{tag}>", said.length, said.entities + 1) if said else said
