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
`standin_attachments` (files) and `standin_inline_deeds`; what goes wrong on purpose is in
`standin_troubles`, what a test looks at in `standin_outcomes`.
"""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus

from standin_answers import Answer, Ending
from standin_faults import CONFLICT
from standin_http import Front
from standin_inline import InlineAnswer, InlineQuery
from standin_methods import Methods
from standin_outcomes import Duplicate, Outcomes
from standin_parameters import Parameters, decoded
from standin_people import Chat, Person
from standin_rates import Limits, Rates
from standin_refusals import ApiError, Refusal
from standin_updates import Poll
from standin_values import Call, Message, Press
from standin_wire import StandInRequest
from standin_world import Setup, World

__all__ = [
    "Chat",
    "Duplicate",
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

DONE = Answer.to(result=True)
NOBODY = Answer(HTTPStatus.OK, b"", ending=Ending.REFUSED)


class StandIn(Outcomes):
    """Telegram, as one bot sees it. Every method may be called from any thread.

    The switches are those of @BotFather.
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
        self._methods = Methods(self._world)
        self._rates = Rates(limits)
        self._fronts: list[Front] = []
        self._is_away = False

    @contextmanager
    def serve(self, port: int = 0) -> Iterator[str]:
        """Answers over HTTP while the context lasts, on a free port unless one is given; its value is the
        address, to which a bot adds `/bot<token>/<method>`, or `/file/bot<token>/<path>` for a file.
        Leaving it ends waiting polls and every thread."""
        front = Front(self, port)
        self._fronts.append(front)
        try:
            front.open()
            yield front.address
        finally:
            self._fronts.remove(front)
            front.close()

    @contextmanager
    def away(self) -> Iterator[None]:
        """Telegram is out of reach while the context lasts: what connections stand break, new ones are
        refused, and nothing that the bot asks arrives. It comes back at the same address."""
        self._set_away(away=True)
        for front in self._fronts:
            front.shut(abruptly=True)
        try:
            yield
        finally:
            self._set_away(away=False)
            for front in self._fronts:
                front.open()

    def _set_away(self, *, away: bool) -> None:
        with self._changed:
            self._is_away = away
            self._world.updates.wake()

    # The wire.

    def answer(self, token: str, method: str, raw: Mapping[str, object]) -> Answer | Poll:
        """The answer to a request, or a poll to wait on and to give to `after`."""
        at = time.monotonic()
        with self._changed:
            if self._is_away:
                return NOBODY
            parameters = decoded(raw)
            self.calls.append(Call(method, parameters, at))
            try:
                return self._answer(token, method, parameters)
            finally:
                self._changed.notify_all()

    def _answer(self, token: str, method: str, parameters: Mapping[str, object]) -> Answer | Poll:
        if token != self.token:
            return Answer.error(401, "Unauthorized")
        fault = self._faults.strike(method, parameters.get("chat_id"), self._world.elapsed())
        if fault is None:
            return self._carry_out(method, parameters)
        if not fault.carried_out:
            return fault.spoiled(DONE)
        answer = self._carry_out(method, parameters)
        if isinstance(answer, Poll):
            answer.fault = fault
            return answer
        if answer.made is not None:
            self._unlearned.add(answer.made)
        return fault.spoiled(answer)

    def _carry_out(self, method: str, parameters: Mapping[str, object]) -> Answer | Poll:
        try:
            self._rates.count(method, parameters.get("chat_id"), self._world.elapsed())
            result = self._methods.call(method, Parameters(parameters))
        except ApiError as error:
            self.refusals.append(Refusal(method, parameters, error.code, error.description))
            return Answer.error(error.code, error.description, **error.parameters)
        return result if isinstance(result, Poll) else Answer.to(result, self._made(method, result))

    def _made(self, method: str, result: object) -> Message | None:
        """The message that a request has written, which is noted."""
        if not (method.lower().startswith("send") and isinstance(result, dict)):
            return None
        message = self._world.rooms[result["chat"]["id"]].messages[result["message_id"]]
        self._written.append((time.monotonic(), message))
        return message

    def after(self, poll: Poll) -> Answer:
        """The answer to a poll that has waited."""
        with self._changed:
            if self._is_away:
                return NOBODY
            updates = self._world.updates.after(poll)
            answer = CONFLICT.spoiled(DONE) if poll.superseded else Answer.to(updates)
            return answer if poll.fault is None else poll.fault.spoiled(answer)

    def download(self, token: str, path: str) -> Answer:
        """The file at a path that getFile gave."""
        with self._changed:
            if self._is_away:
                return NOBODY
            content = self._world.files.at(path) if token == self.token else None
            return Answer.error(404, "Not Found") if content is None else Answer.file(content)

    def unheard(self, message: Message) -> None:
        """The bot was gone before it had read that it wrote a message."""
        with self._changed:
            self._unlearned.add(message)
            self._changed.notify_all()

    def time(self) -> float:
        """Unix time by Telegram's clock, in seconds."""
        with self._changed:
            return self._world.exactly()

    def wake(self) -> None:
        """Lets a waiting poll be answered with what there is."""
        with self._changed:
            self._world.updates.wake()
