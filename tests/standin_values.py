"""Buttons, messages, and what was asked and answered, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from standin_entities import Entity, utf16_slice
from standin_files import File
from standin_people import Chat, Json, Person


@dataclass(frozen=True, slots=True)
class Button:
    """A button of an inline keyboard; `action` is the Bot API's name of what it does."""

    label: str
    action: str
    value: object

    @property
    def data(self) -> str | None:
        return str(self.value) if self.action == "callback_data" else None

    @property
    def url(self) -> str | None:
        return str(self.value) if self.action == "url" else None

    @property
    def copied(self) -> str | None:
        """The text it copies."""
        return (
            str(self.value["text"]) if self.action == "copy_text" and isinstance(self.value, dict) else None
        )

    @property
    def query(self) -> str | None:
        """The inline query it begins, here or in a chat to be chosen."""
        starts = self.action in {"switch_inline_query", "switch_inline_query_current_chat"}
        return str(self.value) if starts else None

    def as_json(self) -> Json:
        return {"text": self.label, self.action: self.value}


Rows: TypeAlias = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class ForceReply:
    """The wish that people answer a message, with what stands in the empty field meanwhile."""

    placeholder: str
    selective: bool


@dataclass(frozen=True, slots=True)
class Markup:
    """What a message brings along: buttons, a wish to be answered, the end of a keyboard."""

    rows: Rows = ()
    force_reply: ForceReply | None = None
    removes_keyboard: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it stood when it was looked at: an edit makes a new value equal to the old one.

    `html` is the text as the bot sent it, `text` what people read (a document's caption included),
    `reply_to` the message it answers, `topic` the forum topic it stands in, times are Unix seconds.
    `sender_chat` is the chat in whose name it was written, `via_bot` the bot whose inline result it is,
    with `inline_id` as the only name by which that bot can edit it.
    """

    id: int
    chat: Chat
    sender: Person = field(compare=False)
    date: int = field(compare=False)
    text: str = field(default="", compare=False)
    entities: tuple[Entity, ...] = field(default=(), compare=False)
    html: str = field(default="", compare=False)
    markup: Markup = field(default=Markup(), compare=False)
    reply_to: "Message | None" = field(default=None, compare=False, repr=False)
    topic: int | None = field(default=None, compare=False)
    thread: int | None = field(default=None, compare=False)
    edited: int | None = field(default=None, compare=False)
    file: File | None = field(default=None, compare=False, repr=False)
    album: str | None = field(default=None, compare=False)
    sender_chat: Chat | None = field(default=None, compare=False)
    via_bot: Person | None = field(default=None, compare=False)
    inline_id: str | None = field(default=None, compare=False)
    service: Mapping[str, object] | None = field(default=None, compare=False)

    @property
    def from_bot(self) -> bool:
        """Whether a bot wrote it, and not a chat, for which Telegram lets a bot of its own stand."""
        return self.sender.is_bot and self.sender_chat is None

    @property
    def document(self) -> File | None:
        return self.file if self.file is not None and self.file.kind == "document" else None

    @property
    def buttons(self) -> Rows:
        return self.markup.rows

    @property
    def labels(self) -> list[list[str]]:
        """The rows of its buttons, as people see them."""
        return [[button.label for button in row] for row in self.buttons]

    def marked(self, kind: str) -> list[str]:
        """The stretches of text under the entities of one type, such as "bold"."""
        stretches = [entity for entity in self.entities if entity.type == kind]
        return [utf16_slice(self.text, entity.offset, entity.length) for entity in stretches]

    @property
    def links(self) -> dict[str, str]:
        """Where words of the text lead."""
        linked = [entity for entity in self.entities if entity.type == "text_link" and entity.url]
        return {utf16_slice(self.text, one.offset, one.length): str(one.url) for one in linked}

    def button(self, label: str) -> Button:
        """The first button with that label. Raises AssertionError when there is none."""
        for row in self.buttons:
            for button in row:
                if button.label == label:
                    return button
        raise AssertionError(f"no button {label!r} among {self.labels}")


class Press(NamedTuple):
    """A pressed button; `id` is the callback query's."""

    id: str
    message: Message
    button: Button
    by: Person


class CallbackAnswer(NamedTuple):
    """What the bot let a pressed button show."""

    id: str
    text: str
    show_alert: bool


class Call(NamedTuple):
    """A request of the bot; `at` is when it arrived, in seconds as `time.monotonic` counts them."""

    method: str
    parameters: Mapping[str, object]
    at: float = 0.0
