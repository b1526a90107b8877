"""The chats of one bot: who is there, what was written, which buttons were pressed."""

import time
from dataclasses import dataclass, field

from standin_privacy import reaches
from standin_refusals import bad_request, forbidden
from standin_updates import Updates
from standin_values import Button, CallbackAnswer, Chat, Json, Message, Person, Press

FIRST_PERSON = 5001
FIRST_GROUP = -7001
FIRST_SUPERGROUP = -1001000000001
FIRST_PRESS = 90001
GENERAL_TOPIC = 1


@dataclass(slots=True, eq=False)
class Room:
    """A chat with what happened in it."""

    chat: Chat
    started: bool = True
    messages: dict[int, Message] = field(default_factory=dict)
    topics: set[int] = field(default_factory=set)
    last_bot: Person | None = None
    next_id: int = 11  # not 1, which is the number of a forum's general topic

    def add(self, message: Message) -> Message:
        self.messages[message.id] = message
        self.next_id = message.id + 1
        if message.sender.is_bot:
            self.last_bot = message.sender
        return message


class World:
    """Not locked: the stand-in's lock is held round every call."""

    def __init__(self, bot: Person, *, privacy: bool) -> None:
        self.bot = bot
        self.privacy = privacy
        self.updates = Updates()
        self.people: dict[int, Person] = {}
        self.rooms: dict[int, Room] = {}
        self.presses: dict[str, Press] = {}
        self.expired: set[str] = set()
        self.answers: list[CallbackAnswer] = []
        self.commands: dict[tuple[str, str], dict[str, str]] = {}
        self.about: dict[tuple[str, str], str] = {}

    def room(self, chat_id: object) -> Room:
        """The chat that a request names. Raises ApiError when the bot cannot write there."""
        if chat_id is None:
            raise bad_request("chat_id is empty")
        number = chat_id if isinstance(chat_id, int) else 0
        room = self.rooms.get(number)
        if room is not None and room.started:
            return room
        if room is not None or number in self.people:
            raise forbidden("bot can't initiate conversation with a user")
        raise bad_request("chat not found")

    def room_of(self, chat: Chat) -> Room:
        return self.rooms[chat.id]

    def current(self, message: Message) -> Message:
        """The message as it stands now."""
        return self.rooms[message.chat.id].messages[message.id]

    def deliver(self, kind: str, message: Message) -> None:
        """Queues the update, if Telegram would show the bot the message."""
        last_bot = self.room_of(message.chat).last_bot
        if reaches(self.bot, message, privacy=self.privacy, last_bot=last_bot):
            self.updates.put(kind, self.message_json(message))

    def press(self, message: Message, button: Button, by: Person) -> Press:
        press = Press(str(FIRST_PRESS + len(self.presses)), message, button, by)
        self.presses[press.id] = press
        query: Json = {"id": press.id, "from": by.as_json(), "message": self.message_json(message)}
        self.updates.put(
            "callback_query", query | {"chat_instance": str(-message.chat.id), "data": button.data}
        )
        return press

    def message_json(self, message: Message) -> Json:
        """The message as the Bot API gives it, with the message it answers, one step deep.

        In a forum topic a message that answers nothing answers the topic's first service message.
        """
        room = self.room_of(message.chat)
        answered = message.reply_to.id if message.reply_to is not None else message.topic
        body = _plain_json(message)
        if answered in room.messages and answered != message.id:
            body["reply_to_message"] = _plain_json(room.messages[answered])
        return body


def now() -> int:
    return int(time.time())


def thread_of(chat: Chat, reply_to: Message | None, topic: int | None) -> int | None:
    """A supergroup counts every answer into a thread, which in a forum is the topic."""
    if chat.kind != "supergroup" or chat.forum or reply_to is None:
        return topic
    return reply_to.thread or reply_to.id


def _plain_json(message: Message) -> Json:
    body: Json = {
        "message_id": message.id,
        "from": message.sender.as_json(),
        "chat": message.chat.as_json(),
        "date": message.date,
    }
    optional: Json = {
        "edit_date": message.edited,
        "message_thread_id": message.thread,
        "is_topic_message": True if message.topic else None,
    }
    body |= {name: value for name, value in optional.items() if value is not None}
    body |= message.service or {}
    body |= _content_json(message)
    if message.buttons:
        body["reply_markup"] = {"inline_keyboard": [[b.as_json() for b in row] for row in message.buttons]}
    return body


def _content_json(message: Message) -> Json:
    text, entities = ("caption", "caption_entities") if message.document else ("text", "entities")
    body: Json = {}
    if message.document:
        body["document"] = {
            "file_id": f"file-{message.chat.id}-{message.id}",
            "file_unique_id": f"unique-{message.chat.id}-{message.id}",
            "file_name": message.document.name,
            "mime_type": message.document.mime_type,
            "file_size": len(message.document.content),
        }
    if message.text:
        body[text] = message.text
    if message.entities:
        body[entities] = [entity.as_json() for entity in message.entities]
    return body
