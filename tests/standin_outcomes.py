"""What came of it: what a test looks at when the bot has done its work."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple, TypeVar

from standin_faults import ANY, matches
from standin_people import Chat, Person
from standin_rates import most_within
from standin_refusals import Refusal
from standin_troubles import Troubles
from standin_values import Call, CallbackAnswer, Message, Press
from standin_world import World

T = TypeVar("T")
PATIENCE_SECONDS = 30.0
GLANCE_SECONDS = 0.005  # or under load looking whether it has happened would be all that happens


class Duplicate(NamedTuple):
    """A question that was answered more than once. `knowable`: the bot was told of an answer before it
    gave another."""

    question: Message
    answers: tuple[Message, ...]
    knowable: bool


class Outcomes(Troubles):
    """`refusals` are the bot's requests that were refused, `calls` all of its requests, in order;
    a request with a wrong token is among the calls only."""

    calls: list[Call]
    refusals: list[Refusal]

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.calls = []
        self.refusals = []
        self._written: list[tuple[float, Message]] = []
        self._unlearned: set[Message] = set()

    def messages(self, chat: Chat) -> list[Message]:
        """Everything in the chat as it stands now, in order."""
        with self._changed:
            return list(self._world.room_of(chat).messages.values())

    def replies(self, chat: Chat) -> list[Message]:
        """What our bot wrote in the chat, in order."""
        return [message for message in self.messages(chat) if message.sender == self.bot]

    def answers_to(self, message: Message) -> list[Message]:
        """What our bot wrote in answer to a message, whether or not it learned that it did, in order."""
        return [reply for reply in self.replies(message.chat) if reply.reply_to == message]

    @property
    def answers(self) -> Mapping[Message, tuple[Message, ...]]:
        """The same for all messages of people that have an answer."""
        answers: defaultdict[Message, tuple[Message, ...]] = defaultdict(tuple)
        with self._changed:
            for room in self._world.rooms.values():
                for message in room.messages.values():
                    question = message.reply_to
                    if message.sender == self.bot and question is not None and question.sender != self.bot:
                        answers[question] += (message,)
        return dict(answers)

    @property
    def duplicates(self) -> list[Duplicate]:
        """Messages of people that have more than one answer."""
        unlearned = self.unlearned
        return [
            Duplicate(question, answers, not unlearned.issuperset(answers[:-1]))
            for question, answers in self.answers.items()
            if len(answers) > 1
        ]

    @property
    def unlearned(self) -> frozenset[Message]:
        """What the bot wrote without learning it: by a fault that struck after it was done, or because
        it was gone before it had read the answer."""
        with self._changed:
            return frozenset(self._unlearned)

    def killed(self, seconds: float) -> None:
        """The bot was just killed, and may not have had the time to note what it wrote in the last so
        many seconds: that counts as unlearned."""
        until = time.monotonic()
        with self._changed:
            self._unlearned.update(message for at, message in self._written if at >= until - seconds)

    def busiest(self, seconds: float, methods: Iterable[str] = (ANY,), chat: Chat | None = None) -> int:
        """The largest number of requests that arrived within so many seconds: of some methods ("*": all
        but getUpdates), in one chat if it is given, refused ones too."""
        wanted = tuple(methods)
        return most_within(
            seconds,
            (
                call.at
                for call in list(self.calls)
                if any(matches(pattern, call.method) for pattern in wanted)
                and (chat is None or call.parameters.get("chat_id") == chat.id)
            ),
        )

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
        """The commands and descriptions that a person is shown in the chat."""
        with self._changed:
            is_admin = person.id in self._world.room_of(chat).admins
        commands, language = self.commands, (person.language or "")[:2]
        for scope in _scopes(chat, person, is_admin=is_admin):
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
        until = time.monotonic() + seconds
        while True:
            with self._changed:
                if result := happened():
                    return result
                left = until - time.monotonic()
                assert left > 0, f"it did not happen; the last calls were {self.calls[-5:]}"
                self._changed.wait(left)
            time.sleep(GLANCE_SECONDS)


def _scopes(chat: Chat, person: Person, *, is_admin: bool) -> Iterable[str]:
    """The scopes whose commands a person sees in a chat, the most special first."""
    if chat.kind == "private":
        return f"chat:{chat.id}", "all_private_chats", "default"
    scopes = {
        f"chat_member:{chat.id}:{person.id}": True,
        f"chat_administrators:{chat.id}": is_admin,
        f"chat:{chat.id}": True,
        "all_chat_administrators": is_admin,
        "all_group_chats": True,
        "default": True,
    }
    return [scope for scope, holds in scopes.items() if holds]
