"""A stand-in for Telegram: people write and press, the bot is asked and answers.

It refuses what Telegram refuses and delivers what Telegram delivers. A test makes people and chats,
lets them write, and looks at what the bot wrote:

    standin = StandIn()
    alice = standin.person("Alice")
    chat = standin.private(alice)
    standin.say(chat, alice, "加班怎么算？")
    ...
    assert "三倍" in standin.replies(chat)[-1].text
    assert not standin.refusals

The bot reaches it through `StandInRequest(standin)`, or by HTTP within `with standin.serve() as url`.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from itertools import count
from threading import Condition
from typing import TypeVar

from standin_entities import Formatted, telegram_text, utf16_length
from standin_methods import Methods
from standin_parameters import Parameters, decoded
from standin_refusals import ApiError, Refusal
from standin_rules import LONGEST_TEXT
from standin_updates import Poll
from standin_values import Call, CallbackAnswer, Chat, GroupKind, Message, Person, Press
from standin_wire import Answer, StandInRequest, serving
from standin_world import FIRST_GROUP, FIRST_PERSON, FIRST_SUPERGROUP, Room, World, now, thread_of

__all__ = ["Chat", "Message", "Person", "Press", "Refusal", "StandIn", "StandInRequest"]

T = TypeVar("T")
CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
PATIENCE_SECONDS = 30.0


class StandIn:
    """Telegram, as one bot sees it. Every method may be called from any thread.

    `refusals` are the bot's requests that were refused, `calls` all of its requests, in order;
    a request with a wrong token is among the calls only.
    """

    def __init__(
        self,
        username: str = "chuchu_bot",
        token: str = "123456:TEST-token",  # noqa: S107 - nobody's token
        *,
        privacy: bool = True,
        inline: bool = False,
    ) -> None:
        self.token = token
        self.bot = Person(int(token.partition(":")[0]), "出处", username=username, is_bot=True)
        self.calls: list[Call] = []
        self.refusals: list[Refusal] = []
        self._world = World(self.bot, privacy=privacy)
        self._methods = Methods(self._world, inline=inline)
        self._faults: list[tuple[str, Answer]] = []
        self._changed = Condition()
        self._person_ids = count(FIRST_PERSON)
        self._group_ids = {"group": count(FIRST_GROUP, -1), "supergroup": count(FIRST_SUPERGROUP, -1)}

    # People and chats.

    def person(self, name: str, language: str | None = "zh-hans", username: str | None = None) -> Person:
        """Somebody with a Telegram in that language (an IETF tag; None if Telegram does not say)."""
        return self._known(Person(next(self._person_ids), name, language, username))

    def another_bot(self, username: str) -> Person:
        """A bot that is not ours, to write in a group."""
        return self._known(Person(next(self._person_ids), username, username=username, is_bot=True))

    def private(self, person: Person, *, started: bool = True) -> Chat:
        """The private chat with a person. The bot may write there once they started it, which they
        also do by writing."""
        chat = Chat(person.id, "private", person.first_name, person)
        return self._opened(Room(chat, started))

    def group(
        self, title: str, kind: GroupKind = "supergroup", *, forum: bool = False, bot_is_admin: bool = False
    ) -> Chat:
        """A group the bot is in."""
        if forum and kind != "supergroup":
            raise ValueError("only a supergroup can be a forum")
        chat = Chat(next(self._group_ids[kind]), kind, title, forum=forum, bot_is_admin=bot_is_admin)
        return self._opened(Room(chat))

    def topic(self, chat: Chat, name: str, by: Person) -> int:
        """Opens a topic in a forum, and gives its number."""
        if not chat.forum:
            raise ValueError(f"{chat.title} is no forum")
        with self._changed:
            room = self._world.room_of(chat)
            number = room.next_id
            room.topics.add(number)
            service = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
            self._happen(room, Message(number, chat, by, now(), topic=number, thread=number, service=service))
            return number

    def join(self, chat: Chat, person: Person) -> Message:
        """A person joins a group, of which a service message tells."""
        with self._changed:
            room = self._world.room_of(chat)
            service = {"new_chat_members": [person.as_json()]}
            return self._happen(room, Message(room.next_id, chat, person, now(), service=service))

    # What people do.

    def say(
        self,
        chat: Chat,
        person: Person,
        text: str,
        *,
        reply_to: Message | None = None,
        topic: int | None = None,
    ) -> Message:
        """A person, or another bot, writes; the bot is told if Telegram would tell it. A message to be
        answered decides the topic when none is given."""
        with self._changed:
            room = self._world.room_of(chat)
            room.started = True
            topic = reply_to.topic if reply_to is not None and topic is None else topic
            thread = thread_of(chat, reply_to, topic)
            self._check_place(room, person, topic)
            formatted = _typed(text)
            message = Message(room.next_id, chat, person, now(), formatted.text, formatted.entities)
            return self._happen(room, replace(message, reply_to=reply_to, topic=topic, thread=thread))

    def edit(self, message: Message, text: str) -> Message:
        """A person changes what they wrote; the bot is told of it as of a new message."""
        assert not message.from_bot, "people edit only their own messages"
        with self._changed:
            formatted = _typed(text)
            edited = replace(
                self._world.current(message), text=formatted.text, entities=formatted.entities, edited=now()
            )
            self._world.room_of(message.chat).messages[message.id] = edited
            self._world.deliver("edited_message", edited)
            self._changed.notify_all()
            return edited

    def press(self, message: Message, label: str, by: Person | None = None) -> Press:
        """A person presses the button with that label, on the message as it stands now. In a private
        chat it is the person of the chat. Raises AssertionError when there is no such button, or it
        does something the bot never hears of."""
        by = by or message.chat.person
        assert by is not None, "say who presses a button in a group"
        with self._changed:
            current = self._world.current(message)
            button = current.button(label)
            assert button.data is not None, f"the button {label!r} is a {button.action}, which tells no bot"
            press = self._world.press(current, button, by)
            self._changed.notify_all()
            return press

    def expire(self, press: Press) -> None:
        """So much time passes that Telegram takes no answer to the pressed button any more."""
        with self._changed:
            self._world.expired.add(press.id)

    def fail_next(self, method: str, code: int, description: str, **parameters: object) -> None:
        """The next call of a method goes wrong, for a reason that is Telegram's: no refusal."""
        with self._changed:
            self._faults.append((method, Answer.error(code, description, **parameters)))

    # What came of it.

    def messages(self, chat: Chat) -> list[Message]:
        """Everything in the chat as it stands now, in order."""
        with self._changed:
            return list(self._world.room_of(chat).messages.values())

    def replies(self, chat: Chat) -> list[Message]:
        """What our bot wrote in the chat, in order."""
        return [message for message in self.messages(chat) if message.sender == self.bot]

    @property
    def callback_answers(self) -> list[CallbackAnswer]:
        with self._changed:
            return list(self._world.answers)

    @property
    def unanswered_callbacks(self) -> list[Press]:
        """Pressed buttons that still show a spinning wheel, as an expired one does no more."""
        with self._changed:
            answered = {answer.id for answer in self._world.answers} | self._world.expired
            return [press for press in self._world.presses.values() if press.id not in answered]

    @property
    def unconfirmed(self) -> list[dict[str, object]]:
        """The updates the bot has not confirmed by asking for later ones."""
        with self._changed:
            return self._world.updates.unconfirmed

    @property
    def commands(self) -> dict[tuple[str, str], dict[str, str]]:
        """Commands and descriptions by scope ("default", "chat:-7001") and language ("zh", "")."""
        with self._changed:
            return dict(self._world.commands)

    def menu(self, chat: Chat, person: Person) -> dict[str, str]:
        """The commands and descriptions that a person, no administrator, is shown in the chat."""
        language = (person.language or "")[:2]
        commands = self.commands
        for scope in _scopes(chat, person):
            for tongue in (language, ""):
                if commands.get((scope, tongue)):
                    return commands[scope, tongue]
        return {}

    def requests(self, method: str) -> list[Mapping[str, object]]:
        """The parameters of every call of one method, in order."""
        return [call.parameters for call in list(self.calls) if call.method.lower() == method.lower()]

    def wait_for(self, happened: Callable[[], T], seconds: float = PATIENCE_SECONDS) -> T:
        """Waits until something is true, and gives it: for a bot in another process or thread. Raises
        AssertionError when it does not come."""
        with self._changed:
            result = self._changed.wait_for(happened, seconds)
        assert result, f"it did not happen; the last calls were {self.calls[-5:]}"
        return result

    # The wire.

    def serve(self) -> AbstractContextManager[str]:
        """Answers over HTTP while the context lasts; its value is the address, to which a bot adds
        `/bot<token>/<method>`."""
        return serving(self)

    def answer(self, token: str, method: str, raw: Mapping[str, object]) -> Answer | Poll:
        """The answer to a request, or a poll to wait on and to give to `after`."""
        with self._changed:
            parameters = decoded(raw)
            self.calls.append(Call(method, parameters))
            if token != self.token:
                return Answer.error(401, "Unauthorized")
            for fault in self._faults:
                if fault[0] == method:
                    self._faults.remove(fault)
                    return fault[1]
            try:
                result = self._methods.call(method, Parameters(parameters))
            except ApiError as error:
                self.refusals.append(Refusal(method, parameters, error.code, error.description))
                return Answer.error(error.code, error.description)
            finally:
                self._changed.notify_all()
            return result if isinstance(result, Poll) else Answer.to(result)

    def after(self, poll: Poll) -> Answer:
        """The answer to a poll that has waited."""
        with self._changed:
            updates = self._world.updates.after(poll)
            return Answer.error(409, CONFLICT) if poll.superseded else Answer.to(updates)

    def wake(self) -> None:
        """Lets a waiting poll be answered with what there is."""
        with self._changed:
            self._world.updates.wake()

    def _known(self, person: Person) -> Person:
        with self._changed:
            self._world.people[person.id] = person
            return person

    def _opened(self, room: Room) -> Chat:
        with self._changed:
            return self._world.rooms.setdefault(room.chat.id, room).chat

    def _happen(self, room: Room, message: Message) -> Message:
        room.add(message)
        self._world.deliver("message", message)
        self._changed.notify_all()
        return message

    @staticmethod
    def _check_place(room: Room, person: Person, topic: int | None) -> None:
        assert room.chat.person in {None, person}, f"{person.first_name} is not in this private chat"
        assert topic is None or topic in room.topics, f"there is no topic {topic} in {room.chat.title}"


def _typed(text: str) -> Formatted:
    formatted = telegram_text(text)
    assert formatted.text, "nobody can send an empty message"
    assert utf16_length(formatted.text) <= LONGEST_TEXT, "a client sends a text this long in pieces"
    return formatted


def _scopes(chat: Chat, person: Person) -> Iterable[str]:
    """The scopes whose commands a person sees in a chat, the most special first."""
    if chat.kind == "private":
        return f"chat:{chat.id}", "all_private_chats", "default"
    return f"chat_member:{chat.id}:{person.id}", f"chat:{chat.id}", "all_group_chats", "default"
