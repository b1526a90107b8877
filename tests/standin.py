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
People and chats are made in `standin_places`; what people do is in `standin_deeds` (writing, pressing),
`standin_attachments` (files) and `standin_inline_deeds`.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from typing import TypeVar

from standin_inline import InlineAnswer, InlineQuery
from standin_inline_deeds import InlineDeeds
from standin_methods import Methods
from standin_parameters import Parameters, decoded
from standin_people import Chat, Person
from standin_rates import Limits, Rates
from standin_refusals import ApiError, Refusal
from standin_updates import Poll
from standin_values import Call, CallbackAnswer, Message, Press
from standin_wire import Answer, StandInRequest, serving
from standin_world import Setup, World

__all__ = [
    "Chat",
    "InlineAnswer",
    "InlineQuery",
    "Limits",
    "Message",
    "Person",
    "Press",
    "Refusal",
    "StandIn",
    "StandInRequest",
]

T = TypeVar("T")
CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
PATIENCE_SECONDS = 30.0


class StandIn(InlineDeeds):
    """Telegram, as one bot sees it. Every method may be called from any thread.

    `refusals` are the bot's requests that were refused, `calls` all of its requests, in order;
    a request with a wrong token is among the calls only. The switches are those of @BotFather.
    """

    def __init__(  # noqa: PLR0913 - the switches of @BotFather
        self,
        username: str = "chuchu_bot",
        token: str = "123456:TEST-token",  # noqa: S107 - nobody's token
        *,
        privacy: bool = True,
        inline: bool = False,
        inline_feedback: bool = False,
        joins_groups: bool = True,
        limits: Limits = Limits(),  # noqa: B008 - a value
    ) -> None:
        bot = Person(int(token.partition(":")[0]), "出处", username=username, is_bot=True)
        super().__init__(World(bot, Setup(privacy, inline, inline_feedback, joins_groups)))
        self.token = token
        self.calls: list[Call] = []
        self.refusals: list[Refusal] = []
        self._methods = Methods(self._world)
        self._rates = Rates(limits)
        self._faults: list[tuple[str, Answer]] = []

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
        with self._changed:
            result = self._changed.wait_for(happened, seconds)
        assert result, f"it did not happen; the last calls were {self.calls[-5:]}"
        return result

    # The wire.

    def serve(self) -> AbstractContextManager[str]:
        """Answers over HTTP while the context lasts; its value is the address, to which a bot adds
        `/bot<token>/<method>`, or `/file/bot<token>/<path>` for a file."""
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
                self._rates.count(method, parameters.get("chat_id"), self._world.exactly())
                result = self._methods.call(method, Parameters(parameters))
            except ApiError as error:
                self.refusals.append(Refusal(method, parameters, error.code, error.description))
                return Answer.error(error.code, error.description, **error.parameters)
            finally:
                self._changed.notify_all()
            return result if isinstance(result, Poll) else Answer.to(result)

    def after(self, poll: Poll) -> Answer:
        """The answer to a poll that has waited."""
        with self._changed:
            updates = self._world.updates.after(poll)
            return Answer.error(409, CONFLICT) if poll.superseded else Answer.to(updates)

    def download(self, token: str, path: str) -> Answer:
        """The file at a path that getFile gave."""
        with self._changed:
            content = self._world.files.at(path) if token == self.token else None
            return Answer.error(404, "Not Found") if content is None else Answer.file(content)

    def wake(self) -> None:
        """Lets a waiting poll be answered with what there is."""
        with self._changed:
            self._world.updates.wake()


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
