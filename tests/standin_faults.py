"""What goes wrong on purpose between the bot and Telegram, and when.

standin.fault("sendMessage", RESET)               # the next one: Telegram never did it
standin.fault("sendMessage", RESET.after)         # it did it, but the bot does not learn that
standin.misbehave({hang(2): 0.01, BAD_GATEWAY.after: 0.02}, seed=7)
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from math import ceil
from random import Random

from standin_answers import Answer, Ending
from standin_rates import is_writing

ANY = "*"
"""Stands for every method but getUpdates."""
NEVER_SECONDS = 3600.0
CONFLICT_DESCRIPTION = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
)
GATEWAY_PAGE = (
    b"<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>\r\n"
)


@dataclass(frozen=True, slots=True)
class Fault:
    """How one request goes wrong: with another answer than Telegram's, or with none.

    A fault strikes before Telegram does anything unless it is `carried_out`: then Telegram did it.
    """

    name: str
    answer: Answer | None = None
    ending: Ending | None = None
    silence: float = 0.0
    carried_out: bool = False

    def __str__(self) -> str:
        return f"{self.name}, carried out" if self.carried_out else self.name

    @property
    def after(self) -> "Fault":
        """The same once Telegram has done what was asked. Raises ValueError for a refusal."""
        if self.answer is not None and self.answer.status in range(400, 500):
            raise ValueError(f"Telegram does not do what it answers with {self.name}")
        return replace(self, carried_out=True)

    def spoiled(self, answer: Answer) -> Answer:
        """What comes of an answer that Telegram would give."""
        given = self.answer or answer
        return replace(given, ending=self.ending, silence=self.silence, made=answer.made)


def refusing(code: int, description: str, **parameters: object) -> Fault:
    """An error of the Bot API, as JSON."""
    return Fault(str(code), Answer.error(code, description, **parameters))


def too_many(seconds: int) -> Fault:
    """Telegram asks to wait."""
    return refusing(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def hang(seconds: float = NEVER_SECONDS) -> Fault:
    """No answer; after the seconds, or when the server closes, the connection is closed without one."""
    return Fault("hang", ending=Ending.SILENCE, silence=seconds)


RESET = Fault("reset", ending=Ending.RESET)
CLOSED = Fault("closed", ending=Ending.CLOSED)
CUT = Fault("cut", ending=Ending.CUT)
MALFORMED = Fault("malformed", Answer(HTTPStatus.OK, b'{"ok": tr'))
BAD_GATEWAY = Fault("502", Answer(HTTPStatus.BAD_GATEWAY, GATEWAY_PAGE, "text/html"))
SERVER_ERROR = refusing(500, "Internal Server Error")
CONFLICT = refusing(409, CONFLICT_DESCRIPTION)
UNAUTHORIZED = refusing(401, "Unauthorized")


@dataclass(slots=True)
class Planned:
    """A fault that the next `times` requests meet which it is meant for."""

    method: str
    fault: Fault
    times: int
    chat_id: int | None

    def is_for(self, method: str, chat_id: object) -> bool:
        return matches(self.method, method) and self.chat_id in {None, chat_id}


@dataclass(frozen=True, slots=True)
class Chances:
    """How likely each fault is for a request of some methods."""

    rates: Mapping[Fault, float]
    methods: Collection[str]
    random: Random

    def drawn(self, method: str) -> Fault | None:
        if not any(matches(pattern, method) for pattern in self.methods):
            return None
        left = self.random.random()
        for fault, rate in self.rates.items():
            left -= rate
            if left < 0:
                return fault
        return None


@dataclass(frozen=True, slots=True)
class Flood:
    """A chat to which nothing may be written until some time."""

    until: float
    fault: Fault


class Faults:
    """What is to go wrong, and `injected`: how often what did. Not locked: the stand-in's lock is held
    round every call."""

    def __init__(self) -> None:
        self.injected: Counter[Fault] = Counter()
        self._planned: list[Planned] = []
        self._chances: list[Chances] = []
        self._floods: dict[int, Flood] = {}

    def plan(self, planned: Planned) -> None:
        self._planned.append(planned)

    def expect(self, chances: Chances) -> None:
        if not 0 <= sum(chances.rates.values()) <= 1:
            raise ValueError("the rates of all faults together are a probability")
        self._chances.append(chances)

    def flood(self, chat_id: int, now: float, seconds: int) -> None:
        self._floods[chat_id] = Flood(now + seconds, too_many(seconds))

    def clear(self) -> None:
        self._planned.clear()
        self._chances.clear()
        self._floods.clear()

    def strike(self, method: str, chat_id: object, now: float) -> Fault | None:
        """The fault that a request meets, which is counted."""
        return (
            self._from_plan(method, chat_id) or self._from_flood(method, chat_id, now) or self._drawn(method)
        )

    def _from_plan(self, method: str, chat_id: object) -> Fault | None:
        for planned in self._planned:
            if planned.is_for(method, chat_id):
                planned.times -= 1
                if planned.times <= 0:
                    self._planned.remove(planned)
                return self._counted(planned.fault)
        return None

    def _from_flood(self, method: str, chat_id: object, now: float) -> Fault | None:
        flood = self._floods.get(chat_id) if isinstance(chat_id, int) and is_writing(method) else None
        if flood is None or flood.until <= now:
            return None
        self._counted(flood.fault)
        return too_many(ceil(flood.until - now))

    def _drawn(self, method: str) -> Fault | None:
        for chances in self._chances:
            fault = chances.drawn(method)
            if fault is not None:
                return self._counted(fault)
        return None

    def _counted(self, fault: Fault) -> Fault:
        self.injected[fault] += 1
        return fault


def matches(pattern: str, method: str) -> bool:
    """Whether a method, in any case, is the one named, or one of those that "*" stands for."""
    if pattern == ANY:
        return method.lower() != "getupdates"
    return method.lower() == pattern.lower()
