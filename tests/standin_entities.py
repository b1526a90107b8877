"""A text and the entities asked for -> the text and the entities Telegram keeps."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from standin_links import found_links
from standin_people import Json, Person

MOST_ENTITIES = 100
QUOTES = frozenset({"blockquote", "expandable_blockquote"})
STYLES = ("bold", "italic", "underline", "strikethrough", "spoiler")
CODE = frozenset({"pre", "code"})
# Of entities over the same characters Telegram puts the outer one first.
ORDER = ("blockquote", "expandable_blockquote", "pre", "code", "text_link", "url", *STYLES)

# The neighbours matter: in「问@chuchu_bot好」there is no mention, in「/ask问题」no command.
COMMAND = re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32}|(?!@))(?![\w/<>])")
MENTION = re.compile(r"(?<!\w)@[A-Za-z0-9_]{4,32}(?!\w)")

CONTROL = frozenset(map(chr, range(0x20))) - {"\n", "\r"}
DROPPED = frozenset("\r\u030a\u0333\u033f") | frozenset(map(chr, range(0x2028, 0x202F)))
UNSEEN = "\u1680\u180e\u200b\u200c\u200d\u200e\u200f\u202e\u2800\ufeff\ufffc"


@dataclass(frozen=True, slots=True)
class Entity:
    """A stretch of a text with a meaning. Offset and length are in UTF-16 units."""

    type: str
    offset: int
    length: int
    url: str | None = None
    language: str | None = None
    custom_emoji_id: str | None = None
    user: Person | None = None

    @property
    def end(self) -> int:
        return self.offset + self.length

    def holds(self, other: "Entity") -> bool:
        return self.offset <= other.offset and other.end <= self.end

    def meets(self, other: "Entity") -> bool:
        return self.offset < other.end and other.offset < self.end

    def as_json(self) -> Json:
        optional: Json = {
            "url": self.url,
            "language": self.language,
            "custom_emoji_id": self.custom_emoji_id,
            "user": self.user.as_json() if self.user else None,
        }
        body: Json = {"type": self.type, "offset": self.offset, "length": self.length}
        return body | {name: value for name, value in optional.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text as people see it, with its entities in order."""

    text: str
    entities: tuple[Entity, ...] = ()


def utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def utf16_slice(text: str, offset: int, length: int) -> str:
    return text.encode("utf-16-le")[2 * offset : 2 * (offset + length)].decode("utf-16-le")


def telegram_text(text: str, entities: Iterable[Entity] = ()) -> Formatted:
    """What Telegram keeps: entities that fit together, no control characters, no blanks at the ends,
    commands, mentions and links found, the first 100 entities. A text nobody can see becomes empty.

    Unlike Telegram it knows only some top-level domains, finds no hashtags, addresses and numbers,
    and leaves a bold whole where an italic inside it starts, which looks the same.
    """
    cleaned = _trimmed(_cleaned(text, _fitting(entities)))
    if not cleaned.text.strip().strip(UNSEEN).strip():
        return Formatted("")
    asked = _fitting(cleaned.entities)
    found = [entity for entity in _found(cleaned.text) if _has_room(entity, asked)]
    return Formatted(cleaned.text, tuple(_in_order([*asked, *found])[:MOST_ENTITIES]))


def _in_order(entities: Iterable[Entity]) -> list[Entity]:
    def place(entity: Entity) -> tuple[int, int, int]:
        rank = ORDER.index(entity.type) if entity.type in ORDER else ORDER.index("url")
        return entity.offset, -entity.length, rank

    return sorted(entities, key=place)


def _fitting(entities: Iterable[Entity]) -> list[Entity]:
    """Telegram lets neither code, links nor quotes overlap their like, and keeps styles out of code."""
    ordered = _in_order(entity for entity in entities if entity.length > 0)
    quotes = _without_overlaps(entity for entity in ordered if entity.type in QUOTES)
    others = _without_overlaps(entity for entity in ordered if entity.type not in QUOTES.union(STYLES))
    solid = [entity for entity in others if all(q.holds(entity) or not q.meets(entity) for q in quotes)]
    code = [entity for entity in solid if entity.type in CODE]
    styles = [
        span
        for style in STYLES
        for whole in _joined([entity for entity in ordered if entity.type == style])
        for span in _outside(whole, code)
    ]
    return _in_order([*quotes, *solid, *styles])


def _without_overlaps(ordered: Iterable[Entity]) -> list[Entity]:
    kept: list[Entity] = []
    for entity in ordered:
        if not kept or entity.offset >= kept[-1].end:
            kept.append(entity)
    return kept


def _joined(ordered: Sequence[Entity]) -> list[Entity]:
    """Entities of one style, with those that touch or overlap made one."""
    joined: list[Entity] = []
    for entity in ordered:
        if joined and entity.offset <= joined[-1].end:
            end = max(joined[-1].end, entity.end)
            joined[-1] = replace(joined[-1], length=end - joined[-1].offset)
        else:
            joined.append(entity)
    return joined


def _outside(entity: Entity, holes: Sequence[Entity]) -> Iterator[Entity]:
    start = entity.offset
    for hole in holes:
        if hole.meets(entity):
            if start < hole.offset:
                yield replace(entity, offset=start, length=hole.offset - start)
            start = hole.end
    if start < entity.end:
        yield replace(entity, offset=start, length=entity.end - start)


def _cleaned(text: str, entities: Sequence[Entity]) -> Formatted:
    if DROPPED.isdisjoint(text) and CONTROL.isdisjoint(text):
        return Formatted(text, tuple(entities))
    kept: list[str] = []
    landing = [0]  # where each UTF-16 offset of the text comes to lie
    for char in text:
        new = "" if char in DROPPED else " " if char in CONTROL else char
        kept.append(new)
        here = landing[-1]
        landing[-1:] = [here] * utf16_length(char) + [here + utf16_length(new)]
    moved = [
        replace(entity, offset=landing[entity.offset], length=landing[entity.end] - landing[entity.offset])
        for entity in entities
    ]
    return Formatted("".join(kept), tuple(entity for entity in moved if entity.length))


def _trimmed(formatted: Formatted) -> Formatted:
    text = formatted.text.rstrip(" \n")
    end = utf16_length(text)
    entities = [
        replace(entity, length=min(entity.end, end) - entity.offset)
        for entity in formatted.entities
        if entity.offset < end
    ]
    # Blanks that an entity covers stay, as Telegram has it.
    first = entities[0].offset if entities else end
    lead = min(len(text) - len(text.lstrip(" \n")), first)
    return Formatted(text[lead:], tuple(replace(entity, offset=entity.offset - lead) for entity in entities))


def _found(text: str) -> list[Entity]:
    spans = [
        *(("bot_command", *match.span()) for match in COMMAND.finditer(text)),
        *(("mention", *match.span()) for match in MENTION.finditer(text)),
        *(("url", *span) for span in found_links(text)),
    ]
    entities = (
        Entity(kind, utf16_length(text[:start]), utf16_length(text[start:end])) for kind, start, end in spans
    )
    return _without_overlaps(_in_order(entities))


def _has_room(found: Entity, asked: Sequence[Entity]) -> bool:
    return all(
        entity.type in STYLES or not entity.meets(found) or (entity.type in QUOTES and entity.holds(found))
        for entity in asked
    )
