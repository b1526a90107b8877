"""Many people ask at once: how soon they are answered, whether Telegram's limits hold, what it takes."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import monotonic, sleep, time

import numpy as np
from standin import Chat, Limits, Message, Person, StandIn
from standin_answers import Answer
from standin_updates import Poll

from benchmarks.reliability.judging import Outcome, outcome_of, settle
from benchmarks.reliability.table import megabytes, table
from benchmarks.reliability.worker import Home, Log, Worker
from benchmarks.speed.folders import made, questions

SEED = 1
A_SECOND, A_MINUTE_IN_A_GROUP = 30, 20
MINUTE = 60.0
SOON = 0.300
"""Seconds in which 95 of 100 answers are handed over."""

GROWTH = 24e6
"""Bytes that the worker may have more after all questions than before."""

PRIVATE, GROUPS, IN_A_GROUP, IN_THE_BUSY = 150, 4, 10, 10
"""People who ask in private; groups, and people in each; people of the group that asks too much."""

OF_A_GROUP, OF_THE_BUSY = 18, 40
"""Questions in a minute in one group."""

WARM = 50
"""Questions that are asked before anything is measured."""

LOADS = {1500: True, 4000: False}
"""Questions in a minute, and whether that is below what Telegram takes, so that none should have to wait."""

Asker = tuple[Chat, Person]


class Noting(StandIn):
    """A stand-in that notes when the bot is given each update, and of which chat it is."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(limits=limits)
        self.given: dict[int, tuple[float, int]] = {}

    @property
    def written(self) -> Sequence[tuple[float, Message]]:
        """What the bot wrote, and when, in seconds as `time.monotonic` counts them."""
        return list(self._written)

    def answer(self, token: str, method: str, raw: Mapping[str, object]) -> Answer | Poll:
        answer = super().answer(token, method, raw)
        if method == "getUpdates" and isinstance(answer, Answer):
            self._note(answer)
        return answer

    def after(self, poll: Poll) -> Answer:
        answer = super().after(poll)
        self._note(answer)
        return answer

    def _note(self, answer: Answer) -> None:
        now = time()
        for update in json.loads(answer.payload).get("result", ()):
            self.given.setdefault(update["update_id"], (now, update["message"]["chat"]["id"]))


@dataclass(frozen=True, slots=True)
class Crowd:
    """Who asks: in private, in groups, and in a group that asks more than a bot may answer in a minute."""

    private: Sequence[Asker]
    groups: Sequence[Sequence[Asker]]
    busy: Sequence[Asker]

    @classmethod
    def at(cls, standin: StandIn) -> "Crowd":
        """So many people as are said above."""
        people = [standin.person(f"甲{number}") for number in range(PRIVATE)]
        groups = [_group(standin, f"群{number}", IN_A_GROUP) for number in range(GROUPS)]
        return cls(
            [(standin.private(person), person) for person in people],
            groups,
            _group(standin, "忙群", IN_THE_BUSY),
        )

    def askers(self, count: int, random: Random) -> list[Asker]:
        """Who asks, one after the other, `count` in all."""
        found = [asker for group in self.groups for asker in random.choices(group, k=OF_A_GROUP)]
        found += [self.busy[number % len(self.busy)] for number in range(OF_THE_BUSY)]
        found += random.choices(self.private, k=count - len(found))
        random.shuffle(found)
        return found


def _group(standin: StandIn, title: str, people: int) -> list[Asker]:
    chat = standin.group(title)
    found = [standin.person(f"{title}{number}") for number in range(people)]
    for person in found:
        standin.join(chat, person)
    return [(chat, person) for person in found]


@dataclass(frozen=True, slots=True)
class Load:
    """What came of questions that were asked in a minute; `waits` are the seconds from when the bot was given
    an update until the answer was handed to what sends it, of the busy group those are apart.
    """

    outcome: Outcome
    waits: Sequence[float]
    busy_waits: Sequence[float]
    seconds: float
    a_second: int
    a_minute_in_a_group: int
    refused: int
    memory: int
    peak: int

    def cells(self) -> Iterator[str]:
        """A row of the table."""
        yield f"{self.outcome.questions:,}"
        yield f"{self.outcome.lost}"
        yield f"{self.outcome.known + self.outcome.unknowable}"
        yield " / ".join(f"{1000 * float(np.percentile(self.waits, share)):.0f} ms" for share in (50, 95, 99))
        yield f"{float(np.percentile(self.busy_waits, 50)):.1f} s" if self.busy_waits else ""
        yield f"{self.seconds:.0f} s"
        yield f"{self.a_second}"
        yield f"{self.a_minute_in_a_group}"
        yield f"{self.refused}"
        yield f"{megabytes(self.memory)} (at most {megabytes(self.peak)})"

    def broken(self, *, is_soon: bool) -> Iterator[str]:
        """What was promised and not kept; that answers come soon, where `is_soon`."""
        yield from self.outcome.broken()
        if is_soon and (reached := float(np.percentile(self.waits, 95))) > SOON:
            yield f"p95 is {1000 * reached:.0f} ms"
        if self.a_second > A_SECOND or self.a_minute_in_a_group > A_MINUTE_IN_A_GROUP or self.refused:
            yield "Telegram's limits were not kept"


HEAD = (
    "questions in a minute",
    "lost",
    "twice",
    "handed over after, p50 / p95 / p99",
    "in the busy group, p50",
    "the last answer came after",
    "most in a second",
    "most in a minute in a group",
    "429",
    "memory after",
)


class Trial:
    """A worker, and the people who ask it."""

    def __init__(self, standin: Noting, home: Home, worker: Worker, log: Log, asked: Sequence[str]) -> None:
        self._home, self._standin, self._worker, self._log, self._asked = home, standin, worker, log, asked
        self._crowd, self._random = Crowd.at(standin), Random(SEED)  # noqa: S311 - no secret

    def warm(self) -> int:
        """Let a few ask; the bytes that the worker has then."""
        asked = [self._say(asker) for asker in self._random.choices(self._crowd.private, k=WARM)]
        settle(self._standin, self._home, asked, MINUTE)
        return self._worker.memory

    def load(self, count: int) -> Load:
        """Let `count` questions be asked over a minute, by chance, and wait until they are answered."""
        standin, begun = self._standin, monotonic()
        before = {*standin.given}
        asked, peak = list[Message](), 0
        moments = sorted(self._random.uniform(0, MINUTE) for _ in range(count))
        for moment, asker in zip(moments, self._crowd.askers(count, self._random), strict=True):
            sleep(max(0.0, begun + moment - monotonic()))
            asked.append(self._say(asker))
            peak = max(peak, self._worker.memory) if len(asked) % WARM == 0 else peak
        settle(standin, self._home, asked, 10 * MINUTE)
        busy = self._crowd.busy[0][0]
        written = [at for at, message in standin.written if at >= begun and message.reply_to is not None]
        waits = {
            update: (self._log.answered[update] - given, chat)
            for update, (given, chat) in standin.given.items()
            if update not in before and update in self._log.answered
        }
        groups = [busy, *(group[0][0] for group in self._crowd.groups)]
        return Load(
            outcome_of(standin, asked),
            [seconds for seconds, chat in waits.values() if chat != busy.id],
            [seconds for seconds, chat in waits.values() if chat == busy.id],
            max(written) - begun,
            standin.busiest(1.0),
            max(standin.busiest(MINUTE, ("sendMessage", "editMessageText"), chat) for chat in groups),
            len(standin.refusals),
            self._worker.memory,
            peak,
        )

    def _say(self, asker: Asker) -> Message:
        chat, person = asker
        question = self._random.choice(self._asked)
        return self._standin.say(
            chat, person, question if chat.person else f"/ask@{self._standin.bot.username} {question}"
        )


def run(folder: Path, documents: Path, passages: int, loads: Mapping[int, bool]) -> list[str]:
    """Print a table, and return what was promised and not kept."""
    home, log = Home(folder), Log()
    made(home.documents, documents, passages)
    home.make()
    home.build()
    standin = Noting(Limits(A_SECOND, A_MINUTE_IN_A_GROUP))
    broken = list[str]()
    with standin.serve() as api:
        worker = Worker(home, standin, api, log)
        try:
            trial = Trial(standin, home, worker, log, questions(home.documents, 1000))
            before = worker_memory = trial.warm()
            rows = list[Sequence[str]]()
            for count, is_soon in loads.items():
                sleep(MINUTE if rows else 0)  # until no group has a minute that is full
                load = trial.load(count)
                rows.append([*load.cells()])
                broken += load.broken(is_soon=is_soon)
                worker_memory = load.memory
        finally:
            worker.end()
    print(
        f"{passages:,} passages, {PRIVATE + GROUPS * IN_A_GROUP + IN_THE_BUSY} people. Memory before: "
        f"{megabytes(before)}.\n"
    )
    print(table(HEAD, rows))
    if worker_memory - before > GROWTH:
        broken.append(f"memory grew by {megabytes(worker_memory - before)}")
    return [*broken, *(f"the log has an error: {line}" for line in log.grave)]
