"""People, chats, buttons and messages, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

from standin_entities import Entity, utf16_slice
from standin_parameters import Upload

Json: TypeAlias = dict[str, object]
GroupKind: TypeAlias = Literal["group", "supergroup"]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account; a bot is one too."""

    id: int
    first_name: str
    language: str | None = None
    username: str | None = None
    is_bot: bool = False

    def as_json(self) -> Json:
        body: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        optional = {"username": self.username, "language_code": self.language}
        return body | {name: value for name, value in optional.items() if value}


@dataclass(frozen=True, slots=True)
class Chat:
    """A private chat with one person, or a group the bot is in."""

    id: int
    kind: Literal["private"] | GroupKind
    title: str
    person: Person | None = None
    forum: bool = False
    bot_is_admin: bool = False

    def as_json(self) -> Json:
        body: Json = {"id": self.id, "type": self.kind}
        if self.person is not None:
            named: Json = {"first_name": self.title}
            return body | named | ({"username": self.person.username} if self.person.username else {})
        return body | {"title": self.title} | ({"is_forum": True} if self.forum else {})


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

    def as_json(self) -> Json:
        return {"text": self.label, self.action: self.value}


Rows: TypeAlias = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it stood when it was looked at: an edit makes a new value equal to the old one.

    `html` is the text as the bot sent it, `text` what people read (a document's caption included),
    `reply_to` the message it answers, `topic` the forum topic it stands in, times are Unix seconds.
    """

    id: int
    chat: Chat
    sender: Person = field(compare=False)
    date: int = field(compare=False)
    text: str = field(default="", compare=False)
    entities: tuple[Entity, ...] = field(default=(), compare=False)
    html: str = field(default="", compare=False)
    buttons: Rows = field(default=(), compare=False)
    reply_to: "Message | None" = field(default=None, compare=False, repr=False)
    topic: int | None = field(default=None, compare=False)
    thread: int | None = field(default=None, compare=False)
    edited: int | None = field(default=None, compare=False)
    document: Upload | None = field(default=None, compare=False, repr=False)
    service: Mapping[str, object] | None = field(default=None, compare=False)

    @property
    def from_bot(self) -> bool:
        return self.sender.is_bot

    @property
    def labels(self) -> list[list[str]]:
        """The rows of its buttons, as people see them."""
        return [[button.label for button in row] for row in self.buttons]

    def marked(self, kind: str) -> list[str]:
        """The stretches of text under the entities of one type, such as "bold"."""
        stretches = [entity for entity in self.entities if entity.type == kind]
        return [utf16_slice(self.text, entity.offset, entity.length) for entity in stretches]

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
    """A request of the bot, in the order of arrival."""

    method: str
    parameters: Mapping[str, object]
