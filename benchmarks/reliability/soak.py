"""An hour's traffic in minutes, with everything at once: documents change, requests fail, workers die."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import mean
from time import monotonic, sleep

from standin import Chat, Message, Person, StandIn
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
    too_many,
)

from benchmarks.reliability.crowd import Meanwhile
from benchmarks.reliability.judging import Outcome, outcome_of, settle
from benchmarks.reliability.kills import UNNOTED
from benchmarks.reliability.notices import Notices
from benchmarks.reliability.table import megabytes, table
from benchmarks.reliability.worker import Home, Log, Worker
from benchmarks.speed.folders import made, questions

DOCUMENTS = Path("documents")
PASSAGES = 300
PEOPLE, GROUPS, IN_A_GROUP = 60, 3, 8
TICK = 0.1
"""Seconds between two looks at what people may do."""

OFTEN: Mapping[str, float] = {
    "questions in private": 4.0,
    "questions in groups": 0.4,
    "questions changed": 0.3,
    "buttons pressed": 0.7,
    "inline queries": 0.5,
    "lists asked for": 0.1,
    "files sent by an admin": 0.07,
    "documents changed": 0.35,
    "chats flooded": 0.05,
    "updates come again": 0.05,
}
"""How often each thing happens in a second, about."""

REQUESTS: Mapping[Fault, float] = {
    RESET: 0.01,
    RESET.after: 0.005,
    CLOSED: 0.005,
    CUT.after: 0.005,
    BAD_GATEWAY: 0.01,
    BAD_GATEWAY.after: 0.005,
    SERVER_ERROR: 0.005,
    too_many(2): 0.01,
    MALFORMED: 0.005,
    MALFORMED.after: 0.005,
    hang(3): 0.005,
    hang(3).after: 0.003,
}
POLLS: Mapping[Fault, float] = {
    RESET: 0.01,
    CUT.after: 0.01,
    BAD_GATEWAY: 0.01,
    MALFORMED: 0.01,
    hang(2): 0.01,
    CONFLICT: 0.005,
}
FLOODED = 5
"""Seconds."""

RECENT = 40
"""Of the last so many questions and answers, one is changed, or a button below it pressed."""

STEADY = 0.4
"""Of the whole time, in which the worker is left alive, so that its memory can be looked at."""

LIVES = (6.0, 25.0)
"""Seconds until something happens to the worker, before."""

AWAY = 3.0
"""Seconds for which Telegram is away."""

OVERLAP = 5.0
"""Seconds for which two workers run."""

SEEN = 10.0
"""Seconds after which a change of the documents is answered from at the latest."""

PATIENCE = 300.0
"""Seconds within which all is answered in the end."""

GRACE = 10.0
"""Seconds in which a worker ends that is told to."""

GROWTH, MORE_FILES = 10e6, 8
"""Bytes and descriptors that a worker may have more at the end than in the beginning."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and when it was asked."""

    message: Message
    text: str
    at: float


class Town:
    """People, and what they do by chance."""

    def __init__(self, standin: StandIn, notices: Notices, lasting: Sequence[str], random: Random) -> None:
        self._standin, self._notices, self._lasting, self._random = standin, notices, lasting, random
        people = [standin.person(f"甲{number}") for number in range(PEOPLE)]
        self._private: list[tuple[Chat, Person]] = [(standin.private(person), person) for person in people]
        self._in_groups: list[tuple[Chat, Person]] = []
        for number in range(GROUPS):
            chat = standin.group(f"群{number}")
            for person in people[:IN_A_GROUP]:
                standin.join(chat, person)
                self._in_groups.append((chat, person))
        self.admin = standin.person("掌柜")
        self._office = standin.private(self.admin)
        self.asked: list[Asked] = []
        self.touched: set[Message] = set()
        """Questions that were changed, or whose answers were, by buttons."""
        self.done: Counter[str] = Counter()
        self._deeds: Mapping[str, Callable[[], bool]] = {
            "questions in private": self._ask,
            "questions in groups": self._ask_in_group,
            "questions changed": self._change,
            "buttons pressed": self._press,
            "inline queries": self._type,
            "lists asked for": self._list,
            "files sent by an admin": self._send,
            "documents changed": self._renew,
            "chats flooded": self._flood,
            "updates come again": self._again,
        }

    def live(self) -> None:
        """Do what happens in a tick."""
        for name, deed in self._deeds.items():
            if self._random.random() < OFTEN[name] * TICK:
                self.done[name] += deed()

    def _say(self, asker: tuple[Chat, Person], text: str, before: str = "") -> bool:
        at = monotonic()
        self.asked.append(Asked(self._standin.say(*asker, f"{before}{text}"), text, at))
        return True

    def _text(self) -> str:
        return self._notices.question() if self._random.random() < 1 / 2 else self._lasting_one()

    def _lasting_one(self) -> str:
        return self._random.choice(self._lasting)

    def _ask(self) -> bool:
        return self._say(self._random.choice(self._private), self._text())

    def _ask_in_group(self) -> bool:
        return self._say(
            self._random.choice(self._in_groups), self._text(), f"/ask@{self._standin.bot.username} "
        )

    def _list(self) -> bool:
        return self._say(self._random.choice(self._private), "/list")

    def _change(self) -> bool:
        asked = self._random.choice(self.asked[-RECENT:]) if self.asked else None
        if asked is None or not asked.message.chat.person or asked.text == "/list":
            return False
        self.touched.add(asked.message)
        self._standin.edit(asked.message, self._lasting_one())
        return True

    def _press(self) -> bool:
        answers = [*self._standin.answers.items()][-RECENT:]
        pressed = [
            (question, answer, button.label)
            for question, (answer, *_) in answers
            for row in answer.buttons
            for button in row
            if button.data
        ]
        if not pressed:
            return False
        question, answer, label = self._random.choice(pressed)
        self.touched.add(question)
        self._standin.press(answer, label, question.sender)
        return True

    def _type(self) -> bool:
        self._standin.inline(self._random.choice(self._private)[1], self._text())
        return True

    def _send(self) -> bool:
        number = self.done["files sent by an admin"]
        said = f"{number}号来函\n\n{self._lasting_one()}。"
        self._standin.send_document(self._office, self.admin, f"来函{number}.txt", said.encode())
        return True

    def _renew(self) -> bool:
        self._notices.change()
        return True

    def _flood(self) -> bool:
        self._standin.flood(self._random.choice(self._private)[0], FLOODED)
        return True

    def _again(self) -> bool:
        if not self._standin.requests("getUpdates"):
            return False
        self._standin.redeliver(3)
        return True


class Fate:
    """What happens to the worker."""

    def __init__(self, start: Callable[[], Worker], standin: StandIn, random: Random) -> None:
        self._start, self._standin, self._random = start, standin, random
        self.worker = start()
        self.done: Counter[str] = Counter()
        self.ends: list[tuple[float, int]] = []

    def strike(self) -> None:
        """Let something happen."""
        name, deed = self._random.choice(
            [
                ("kill -9", self._kill),
                ("SIGTERM and a restart", self._restart),
                ("Telegram away", self._go_away),
                ("two workers for a while", self._overlap),
            ]
        )
        self.done[name] += 1
        deed()

    def _kill(self) -> None:
        self.worker.kill()
        self._standin.killed(UNNOTED)
        self.worker = self._start()

    def _restart(self) -> None:
        self.ends.append(self.worker.end())
        self.worker = self._start()

    def _overlap(self) -> None:
        another = self._start()
        sleep(OVERLAP)
        self.ends.append(self.worker.end())
        self.worker = another

    def _go_away(self) -> None:
        with self._standin.away():
            sleep(AWAY)


@dataclass(frozen=True, slots=True)
class Held:
    """What a worker held, looked at again and again: bytes of memory, and descriptors."""

    memory: Sequence[int]
    descriptors: Sequence[int]

    @property
    def growth(self) -> float:
        """Bytes by which the last quarter has more than the second, when all had been used once."""
        quarter = max(1, len(self.memory) // 4)
        return mean(self.memory[-quarter:]) - mean(self.memory[quarter : 2 * quarter])

    @property
    def more_files(self) -> int:
        """The same of descriptors, by the fewest: connections come and go."""
        quarter = max(1, len(self.descriptors) // 4)
        return min(self.descriptors[-quarter:]) - min(self.descriptors[quarter : 2 * quarter])


def _watched(worker: Worker, seconds: float) -> Held:
    memory, descriptors, end = list[int](), list[int](), monotonic() + seconds
    while monotonic() < end:
        memory.append(worker.memory)
        descriptors.append(worker.descriptors)
        sleep(1)
    return Held(memory, descriptors)


@dataclass(frozen=True, slots=True)
class Freshness:
    """Whether answers say what the documents say: for how many seconds the oldest that was quoted was gone
    when it was asked for, and how many answers lack what was there.
    """

    asked: int
    stalest: float
    lacking: Sequence[str]


def _freshness(standin: StandIn, town: Town, notices: Notices, written: Mapping[Message, float]) -> Freshness:
    stalest, lacking, asked = 0.0, list[str](), 0
    answers = standin.answers
    for each in town.asked:
        for answer in answers.get(each.message, ()):
            asked += 1
            stalest = max(stalest, notices.stale(answer.text, each.at))
            if each.message in town.touched:
                continue
            due = [*notices.due(each.text, each.at - SEEN, written[answer])]
            lacking += [f"{each.text} {code}" for code in due if code not in answer.text]
    return Freshness(asked, stalest, lacking)


class Watched(StandIn):
    """A stand-in that tells when each message was written."""

    @property
    def written(self) -> Mapping[Message, float]:
        """By the message, in seconds as `time.monotonic` counts them."""
        return {message: at for at, message in list(self._written)}


def _broken(fate: Fate, held: Held, freshness: Freshness) -> Iterator[str]:
    slowest = max(seconds for seconds, _ in fate.ends)
    if slowest > GRACE or any(status for _, status in fate.ends):
        yield f"a worker took {slowest:.1f} s to end, or failed: {[status for _, status in fate.ends]}"
    if freshness.stalest > SEEN:
        yield f"an answer quoted what was gone for {freshness.stalest:.1f} s"
    for lacking in freshness.lacking:
        yield f"an answer lacks what was there: {lacking}"
    if held.growth > GROWTH or held.more_files > MORE_FILES:
        yield f"a worker grew by {megabytes(held.growth)} and {held.more_files} descriptors"


@dataclass(frozen=True, slots=True)
class Soaked:
    """What came of it all."""

    outcome: Outcome
    held: Held
    freshness: Freshness
    waiting: int


def _report(town: Town, fate: Fate, standin: StandIn, soaked: Soaked) -> str:
    """The tables."""
    injected = {f"request: {fault}": count for fault, count in standin.injected.items()}
    happened = Counter(town.done) + fate.done + Counter(injected)
    outcome, held = soaked.outcome, soaked.held
    results = {
        "questions": f"{outcome.questions:,}",
        "lost": outcome.lost,
        "answered twice, knowable": outcome.known,
        "answered twice, nobody can know": outcome.unknowable,
        "longest for which something quoted had been gone when it was asked for": (
            f"{soaked.freshness.stalest:.1f} s"
        ),
        "answers that lack what was there": len(soaked.freshness.lacking),
        "presses left without a word": soaked.waiting,
        "slowest end after SIGTERM": f"{max(seconds for seconds, _ in fate.ends):.1f} s",
        "memory, of the last worker, growth": f"{megabytes(held.growth)} of {megabytes(held.memory[-1])}",
        "descriptors, growth": f"{held.more_files} of {held.descriptors[-1]}",
    }
    return f"{table(('what happened', 'times'), happened.items())}\n\n{table(('', ''), results.items())}"


def run(folder: Path, minutes: float, seed: int) -> list[str]:
    """Print tables, and return what was promised and not kept."""
    home, log, standin, random = Home(folder), Log(), Watched(inline=True), Random(seed)  # noqa: S311
    made(home.documents, DOCUMENTS, PASSAGES)
    home.make()
    notices = Notices(home.documents, random)
    lasting = questions(home.documents, 200)
    town = Town(standin, notices, lasting, random)
    standin.misbehave(REQUESTS, seed)
    standin.misbehave(POLLS, seed + 1, ["getUpdates"])
    with standin.serve() as api:
        fate = Fate(lambda: Worker(home, standin, api, log, admins=town.admin.id), standin, Random(seed))  # noqa: S311
        try:
            with Meanwhile(town.live, TICK):
                end = monotonic() + (1 - STEADY) * 60 * minutes
                while monotonic() < end:
                    sleep(random.uniform(*LIVES))
                    fate.strike()
                held = _watched(fate.worker, STEADY * 60 * minutes)
            standin.behave()
            asked = [each.message for each in town.asked]
            settle(standin, home, asked, PATIENCE)
            waiting = len(standin.unanswered_callbacks)
        finally:
            fate.ends.append(fate.worker.end())
    outcome = outcome_of(standin, asked)
    freshness = _freshness(standin, town, notices, standin.written)
    print(_report(town, fate, standin, Soaked(outcome, held, freshness, waiting)))
    left = [path for path in home.files() if path.startswith("temporary") or path.endswith(".part")]
    return [
        *outcome.broken(),
        *_broken(fate, held, freshness),
        *(f"a file was left: {path}" for path in left),
        *(f"the log has an error: {line}" for line in log.grave),
    ]
