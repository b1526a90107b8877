"""Each kind of fault by itself, while people ask: how many questions were lost, how many answered twice."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from time import sleep

from standin import Chat, StandIn
from standin_faults import (
    BAD_GATEWAY,
    CLOSED,
    CONFLICT,
    CUT,
    MALFORMED,
    RESET,
    SERVER_ERROR,
    Fault,
    hang,
    refusing,
    too_many,
)

from benchmarks.reliability.crowd import Crowd
from benchmarks.reliability.judging import Outcome, outcome_of, settle
from benchmarks.reliability.table import table
from benchmarks.reliability.worker import Home, Log, Worker
from benchmarks.speed.folders import made, questions

DOCUMENTS = Path("documents")
PASSAGES = 300
PATIENCE = 240.0
"""Seconds within which all questions are answered whatever happens."""

PACE = 0.04
"""Seconds between two questions."""

UNPARSED = refusing(400, "Bad Request: can't parse entities: Unsupported start tag")
FOREVER = hang()
"""The bot gives up waiting before."""

OF_ANSWERS = (
    *(RESET, RESET.after, CLOSED, CLOSED.after, CUT.after, BAD_GATEWAY, BAD_GATEWAY.after),
    *(SERVER_ERROR, SERVER_ERROR.after, MALFORMED, MALFORMED.after),
    *(FOREVER, FOREVER.after, too_many(3), UNPARSED),
)
OF_POLLS = (RESET, RESET.after, CUT.after, BAD_GATEWAY, SERVER_ERROR, MALFORMED, hang(3), CONFLICT)
POLLS = 4
"""Faults of polls in a row; python-telegram-bot waits longer after each."""

AWAY = 3.0
"""Seconds for which Telegram is away."""

OFTEN = 5
"""How often Telegram goes away, and updates come again."""

AGAIN = 10
"""Updates that come again."""

HEAD = ("fault", "where", "injected", "questions", "lost", "twice, knowable", "twice, nobody can know")


@dataclass(frozen=True, slots=True)
class Trouble:
    """A fault, where it strikes, and what injects it, given the chats of those who ask next; that
    returns how often, if that is not counted."""

    name: str
    where: str
    inject: Callable[[StandIn, Sequence[Chat]], int | None]


def troubles(times: int) -> Iterator[Trouble]:
    """Every kind of fault, that of answers met so many times."""
    for fault in OF_ANSWERS:
        yield Trouble(_name(fault), "sendMessage", partial(_in_chats, fault, times))
    for fault in OF_POLLS:
        yield Trouble(_name(fault), "getUpdates", partial(_to_polls, fault))
    yield Trouble(f"away for {AWAY:.0f} s", "everything", _go_away)
    yield Trouble(f"{AGAIN} updates come again", "getUpdates", _redeliver)


def _name(fault: Fault) -> str:
    waits = f" {fault.silence:.0f} s" if fault.silence and fault.silence < FOREVER.silence else ""
    return f"{fault.name}{waits}, carried out" if fault.carried_out else f"{fault.name}{waits}"


def _in_chats(fault: Fault, times: int, standin: StandIn, chats: Sequence[Chat]) -> None:
    for chat in chats[:times]:
        standin.fault("sendMessage", fault, chat=chat)


def _to_polls(fault: Fault, standin: StandIn, _: Sequence[Chat]) -> None:
    standin.fault("getUpdates", fault, times=POLLS)


def _go_away(standin: StandIn, _: Sequence[Chat]) -> int:
    for _turn in range(OFTEN):
        sleep(1)
        with standin.away():
            sleep(AWAY)
    return OFTEN


def _redeliver(standin: StandIn, _: Sequence[Chat]) -> int:
    for _turn in range(OFTEN):
        sleep(1)
        standin.redeliver(AGAIN)
    return OFTEN


def _tried(standin: StandIn, home: Home, crowd: Crowd, trouble: Trouble, count: int) -> tuple[int, Outcome]:
    """How often a fault was injected while `count` questions were asked, and what became of them."""
    first, before = len(crowd.asked), standin.injected.total()
    half = count // 2
    crowd.ask_slowly(crowd.chats[:half], PACE)
    injected = trouble.inject(standin, crowd.chats[half:])
    crowd.ask_slowly(crowd.chats[half:], PACE)
    asked = crowd.asked[first:]
    settle(standin, home, asked, PATIENCE)
    standin.behave()
    return injected or standin.injected.total() - before, outcome_of(standin, asked)


def run(folder: Path, times: int, count: int, seed: int) -> list[str]:
    """Print a table, and return what was promised and not kept."""
    home, log, standin = Home(folder), Log(), StandIn()
    made(home.documents, DOCUMENTS, PASSAGES)
    home.make()
    random = Random(seed)  # noqa: S311 - no secret
    crowd = Crowd(standin, count, questions(home.documents, 200), random)
    rows, broken = list[Sequence[object]](), list[str]()
    with standin.serve() as api:
        worker = Worker(home, standin, api, log)
        try:
            for trouble in troubles(times):
                injected, outcome = _tried(standin, home, crowd, trouble, count)
                found = (outcome.questions, outcome.lost, outcome.known, outcome.unknowable)
                rows.append((trouble.name, trouble.where, injected, *found))
                print(*rows[-1], flush=True)
                broken += [f"{trouble.name}: {line}" for line in outcome.broken()]
        finally:
            worker.end()
    print(table(HEAD, rows))
    return broken
