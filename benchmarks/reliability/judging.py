"""What people asked and what the bot wrote -> what was lost, and what was answered twice."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from time import monotonic, sleep

from standin import Message, StandIn

from benchmarks.reliability.worker import Home
from bot.wording import LANGUAGES

APOLOGIES = re.compile(
    "|".join(re.escape(re.sub("<[^>]*>", "", wording.apology).partition("{")[0]) for wording in LANGUAGES)
)
GLANCE = 0.5
"""Seconds between two looks at what has been answered."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of some questions. One that got an apology only is lost; `known` were answered twice though
    the bot could know that they were answered, `unknowable` where nobody can.
    """

    questions: int
    lost: int
    known: int
    unknowable: int

    def broken(self) -> Iterator[str]:
        """What was promised and not kept."""
        if self.lost:
            yield f"{self.lost} questions were lost"
        if self.known:
            yield f"{self.known} questions were answered twice though it could be known"


def outcome_of(standin: StandIn, questions: Collection[Message]) -> Outcome:
    """What has become of them by now."""
    wanted = set(questions)
    twice = [duplicate for duplicate in standin.duplicates if duplicate.question in wanted]
    known = sum(duplicate.knowable for duplicate in twice)
    return Outcome(len(wanted), len(unanswered(standin, wanted)), known, len(twice) - known)


def unanswered(standin: StandIn, questions: Collection[Message]) -> list[Message]:
    """Those that have no answer, or an apology only."""
    answers = standin.answers
    return [
        question
        for question in questions
        if all(APOLOGIES.match(answer.text) for answer in answers.get(question, ()))
    ]


def settle(standin: StandIn, home: Home, questions: Collection[Message], patience: float) -> None:
    """Wait until all are answered and nothing is left to do, so many seconds at most."""
    end = monotonic() + patience
    while monotonic() < end and (unanswered(standin, questions) or standin.unconfirmed or home.waiting()):
        sleep(GLANCE)
