"""What Telegram and the way to it do to a bot: faults, floods, updates again, a clock that is wrong."""

from collections import Counter
from collections.abc import Collection, Mapping
from random import Random

from standin_deeds import Content, Place
from standin_entities import Formatted
from standin_faults import ANY, Chances, Fault, Faults, Planned, refusing
from standin_inline_deeds import InlineDeeds
from standin_people import Chat, Person
from standin_values import Message
from standin_world import World


class Troubles(InlineDeeds):
    """Makes trouble. What goes wrong by it is no refusal: it is not the bot's doing."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self._faults = Faults()

    def fault(self, method: str, fault: Fault, *, times: int = 1, chat: Chat | None = None) -> None:
        """The next calls of a method go wrong ("*": of any but getUpdates), in one chat if it is given."""
        with self._changed:
            self._faults.plan(Planned(method, fault, times, None if chat is None else chat.id))

    def fail_next(self, method: str, code: int, description: str, **parameters: object) -> None:
        """The next call of a method is answered with an error."""
        self.fault(method, refusing(code, description, **parameters))

    def misbehave(
        self, rates: Mapping[Fault, float], seed: int, methods: Collection[str] = frozenset({ANY})
    ) -> None:
        """From now on each call of the methods meets a fault with its probability; the same calls in the
        same order meet the same ones. Said twice, both hold: methods may fare differently."""
        with self._changed:
            self._faults.expect(Chances(dict(rates), frozenset(methods), Random(seed)))  # noqa: S311 - no secret

    def flood(self, chat: Chat, seconds: int) -> None:
        """For so long whatever is sent or edited in the chat is answered with 429 and the seconds left."""
        with self._changed:
            self._faults.flood(chat.id, self._world.elapsed(), seconds)

    def behave(self) -> None:
        """Nothing goes wrong any more, of what was announced."""
        with self._changed:
            self._faults.clear()

    @property
    def injected(self) -> Counter[Fault]:
        """How often each fault struck; one of a flood has the seconds of the whole flood."""
        with self._changed:
            return self._faults.injected.copy()

    def redeliver(self, last: int = 1) -> None:
        """The updates confirmed last come again, with the numbers they had, as if Telegram had not heard
        that the bot has them: with the next poll, whatever offset it has."""
        with self._changed:
            self._world.updates.redeliver(last)

    def put_raw(self, update: Mapping[str, object]) -> None:
        """Queues an update that says anything, halves of surrogate pairs too; without an `update_id` it
        gets the next. Nothing of it happens in any chat: see `say_raw`."""
        with self._changed:
            self._world.updates.put_raw(update)
            self._changed.notify_all()

    def say_raw(self, chat: Chat, person: Person, text: str) -> Message:
        """A person writes what no client sends: any characters, halves of surrogate pairs, any length."""
        with self._changed:
            return self._put(chat, person, Content(Formatted(text)), Place())

    @property
    def clock_skew(self) -> float:
        """Seconds by which Telegram's clock is ahead of this machine's, in dates of messages and in the
        HTTP header `Date`."""
        with self._changed:
            return self._world.skew

    @clock_skew.setter
    def clock_skew(self, seconds: float) -> None:
        with self._changed:
            self._world.skew = seconds
