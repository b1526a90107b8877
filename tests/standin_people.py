"""People and the chats they are in, as values."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Json: TypeAlias = dict[str, object]
GroupKind: TypeAlias = Literal["group", "supergroup"]
ChatKind: TypeAlias = Literal["private", "group", "supergroup", "channel"]


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
    """A private chat with one person, a group, or a channel."""

    id: int
    kind: ChatKind
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
class Admin:
    """Somebody who administers a group: as its owner or not, under their name or the group's."""

    person: Person
    owner: bool = False
    anonymous: bool = False


GROUP_ANONYMOUS_BOT = Person(1087968824, "Group", username="GroupAnonymousBot", is_bot=True)
CHANNEL_BOT = Person(136817688, "Channel", username="Channel_Bot", is_bot=True)


def spokesman(speaks_as: Chat) -> Person:
    """Who Telegram says has written when a chat writes: a group's anonymous administrator or a channel."""
    return CHANNEL_BOT if speaks_as.kind == "channel" else GROUP_ANONYMOUS_BOT
