"""The chats of one bot: who is there, what was written, which buttons were pressed, what was asked."""

import time
from dataclasses import dataclass

from standin_files import Files
from standin_inline import InlineAnswer, InlineCache, InlineQuery
from standin_json import inaccessible_json, message_json
from standin_people import CHANNEL_BOT, GROUP_ANONYMOUS_BOT, Chat, Json, Person
from standin_privacy import reaches
from standin_refusals import bad_request, forbidden
from standin_rooms import ANSWERABLE, Access, Room
from standin_updates import Updates
from standin_values import Button, CallbackAnswer, Message, Press

FIRST_PERSON = 5001
FIRST_GROUP = -7001
FIRST_SUPERGROUP = -1001000000001
FIRST_CHANNEL = -1002000000001
FIRST_PRESS = 90001
FIRST_INLINE_QUERY = 700001


@dataclass(frozen=True, slots=True)
class Setup:
    """What @BotFather was told of the bot: whether privacy mode, inline mode and reports of chosen
    results are on, and whether it may be added to groups."""

    privacy: bool = True
    inline: bool = False
    inline_feedback: bool = False
    joins_groups: bool = True


class World:
    """Not locked: the stand-in's lock is held round every call."""

    def __init__(self, bot: Person, setup: Setup) -> None:
        self.bot = bot
        self.setup = setup
        self.updates = Updates()
        self.files = Files(bot.id)
        self.people = {person.id: person for person in (bot, GROUP_ANONYMOUS_BOT, CHANNEL_BOT)}
        self.rooms: dict[int, Room] = {}
        self.presses: dict[str, Press] = {}
        self.expired: set[str] = set()
        self.answers: list[CallbackAnswer] = []
        self.inline_queries: dict[str, InlineQuery] = {}
        self.inline_answers: list[InlineAnswer] = []
        self.inline_cache = InlineCache()
        self.inline_messages: dict[str, Message] = {}
        self.commands: dict[tuple[str, str], dict[str, str]] = {}
        self.about: dict[tuple[str, str], str] = {}
        self.skew = 0.0
        self._passed = 0.0

    def now(self) -> int:
        """Unix time by Telegram's clock, in seconds."""
        return int(self.exactly())

    def exactly(self) -> float:
        return time.time() + self._passed + self.skew

    def elapsed(self) -> float:
        """Seconds since whenever, for what is measured and not dated."""
        return time.monotonic() + self._passed

    def let_pass(self, seconds: float) -> None:
        self._passed += seconds

    def room(self, chat_id: object, access: Access) -> Room:
        """The chat that a request names. Raises ApiError when the bot may not do that there."""
        if chat_id is None:
            raise bad_request("chat_id is empty")
        number = chat_id if isinstance(chat_id, int) else 0
        room = self.rooms.get(number)
        if room is not None:
            room.check(access)
            return room
        if number in self.people and access in ANSWERABLE:
            raise forbidden("bot can't initiate conversation with a user")
        raise bad_request("chat not found")

    def room_of(self, chat: Chat) -> Room:
        return self.rooms[chat.id]

    def current(self, message: Message) -> Message:
        """The message as it stands now. Raises AssertionError when it was deleted."""
        standing = self.rooms[message.chat.id].messages.get(message.id)
        assert standing is not None, f"the message {message.id} was deleted"
        return standing

    def change(self, message: Message) -> Message:
        """Puts a new value of a message in the place of the old one."""
        self.room_of(message.chat).messages[message.id] = message
        return message

    def deliver(self, kind: str, message: Message) -> None:
        """Queues the update, if Telegram would show the bot the message."""
        room = self.room_of(message.chat)
        shown = reaches(self.bot, message, privacy=room.privacy, last_bot=room.last_bot)
        if room.bot == "member" and shown:
            self.updates.put(kind, message_json(room, message))

    def press(self, message: Message, button: Button, by: Person) -> Press:
        press = Press(str(FIRST_PRESS + len(self.presses)), message, button, by)
        self.presses[press.id] = press
        query: Json = {
            "id": press.id,
            "from": by.as_json(),
            "chat_instance": str(-message.chat.id),
            "data": button.data,
        }
        self.updates.put("callback_query", query | self._pressed_json(message))
        return press

    def _pressed_json(self, message: Message) -> Json:
        if message.inline_id is not None:
            return {"inline_message_id": message.inline_id}
        room = self.room_of(message.chat)
        if room.seen(message.id) is None:
            return {"message": inaccessible_json(message)}
        return {"message": message_json(room, message)}


def thread_of(chat: Chat, reply_to: Message | None, topic: int | None) -> int | None:
    """A supergroup counts every answer into a thread, which in a forum is the topic."""
    if chat.kind != "supergroup" or chat.forum or reply_to is None:
        return topic
    return reply_to.thread or reply_to.id
