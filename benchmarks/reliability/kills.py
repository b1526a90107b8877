"""kill -9 at any moment while people ask, and a restart: whether every question is answered, and once."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from random import Random
from time import sleep

from standin import StandIn

from benchmarks.reliability.crowd import Crowd, Meanwhile
from benchmarks.reliability.judging import Outcome, outcome_of, settle
from benchmarks.reliability.table import table
from benchmarks.reliability.worker import Home, Log, Worker
from benchmarks.speed.folders import made, questions

DOCUMENTS = Path("documents")
PASSAGES = 300
PEOPLE = 100
PACE = 0.1
"""Seconds between two questions."""

LONGEST = 6.0
"""Seconds that a worker lives at most; it needs two until it answers."""

BACKLOG = 300
"""Questions that are asked at once while no worker is there."""

ROUNDS = 10
"""Of so many kills, one finds a backlog."""

UNNOTED = 0.5
"""Seconds within which the bot has noted what it has sent; what was sent later it may not have learned."""

PATIENCE = 240.0
"""Seconds within which all is answered in the end."""

HEAD = ("what", "kills", "questions", "lost", "twice, knowable", "twice, nobody can know", "left over")


class Killing:
    """Workers on one folder that are killed, and people who ask."""

    def __init__(self, home: Home, api: str, standin: StandIn, random: Random) -> None:
        self._home, self._api, self._standin, self._random = home, api, standin, random
        self._crowd = Crowd(standin, PEOPLE, questions(home.documents, 200), random)

    def in_traffic(self, times: int, log: Log) -> Outcome:
        """Kill a worker again and again while people ask."""
        with Meanwhile(self._crowd.ask_by_chance, PACE):
            for _ in range(times):
                self._killed(log)
        return self._answered(log)

    def in_a_backlog(self, times: int, log: Log) -> Outcome:
        """Kill workers that each find many questions when they start, while they answer them."""
        for _ in range(times):
            for _question in range(BACKLOG):
                self._crowd.ask_by_chance()
            self._killed(log, partial(self._has_more, len(self._standin.answers)))
        return self._answered(log)

    def _has_more(self, known: int) -> bool:
        return len(self._standin.answers) > known

    def _killed(self, log: Log, is_begun: Callable[[], bool] = lambda: True) -> None:
        """Start a worker and kill it, some time after something has begun."""
        worker = Worker(self._home, self._standin, self._api, log)
        self._standin.wait_for(is_begun, PATIENCE)
        sleep(self._random.uniform(0, LONGEST))
        worker.kill()
        self._standin.killed(UNNOTED)

    def _answered(self, log: Log) -> Outcome:
        worker = Worker(self._home, self._standin, self._api, log)
        settle(self._standin, self._home, self._crowd.asked, PATIENCE)
        worker.end()
        outcome = outcome_of(self._standin, self._crowd.asked)
        self._crowd.asked.clear()
        return outcome


def run(folder: Path, times: int, seed: int) -> list[str]:
    """Print a table, and return what was promised and not kept."""
    home, standin = Home(folder), StandIn()
    made(home.documents, DOCUMENTS, PASSAGES)
    home.make()
    rows, broken = list[tuple[object, ...]](), list[str]()
    with standin.serve() as api:
        killing = Killing(home, api, standin, Random(seed))  # noqa: S311 - no secret
        for what, kill, count in _trials(killing, times):
            log = Log()
            outcome = kill(count, log)
            found = (outcome.questions, outcome.lost, outcome.known, outcome.unknowable)
            rows.append((what, count, *found, log.said["Left over from before"]))
            broken += [f"{what}: {line}" for line in (*outcome.broken(), *log.grave)]
    print(table(HEAD, rows))
    return broken


def _trials(killing: Killing, times: int) -> Iterator[tuple[str, Callable[[int, Log], Outcome], int]]:
    yield f"{1 / PACE:.0f} questions a second", killing.in_traffic, times
    yield f"{BACKLOG} questions waiting at each start", killing.in_a_backlog, max(1, times // ROUNDS)
