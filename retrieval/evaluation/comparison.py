"""Two runs -> what moved from the one to the other."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf

from retrieval.evaluation.outcomes import Outcome, Run


@dataclass(frozen=True, slots=True)
class Move:
    """A question's outcome in the one run and in the other."""

    before: Outcome
    now: Outcome

    @property
    def climb(self) -> float:
        """Above 0 when the right passage comes earlier now, below when it comes later; none is last."""
        before, now = (outcome.rank or inf for outcome in (self.before, self.now))
        return 0 if before == now else before - now


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two runs have in common, what moved in it, and what is in one of them only.

    `turned` are the questions of which nothing but the verdict changed.
    """

    before: Run
    now: Run
    up: tuple[Move, ...]
    down: tuple[Move, ...]
    turned: tuple[Move, ...]
    gone: Run
    new: Run


def compare(before: Run, now: Run) -> Comparison:
    """Compare question by question. One that is worded differently is another, whatever its id."""
    earlier, later = _by_question(before), _by_question(now)
    moves = [Move(earlier[key], outcome) for key, outcome in later.items() if key in earlier]
    return Comparison(
        before=tuple(move.before for move in moves),
        now=tuple(move.now for move in moves),
        up=tuple(move for move in moves if move.climb > 0),
        down=tuple(move for move in moves if move.climb < 0),
        turned=tuple(move for move in moves if move.climb == 0 and move.before.verdict != move.now.verdict),
        gone=tuple(outcome for key, outcome in earlier.items() if key not in later),
        new=tuple(outcome for key, outcome in later.items() if key not in earlier),
    )


def _by_question(run: Iterable[Outcome]) -> dict[tuple[str, str], Outcome]:
    return {(outcome.id, outcome.question): outcome for outcome in run}
