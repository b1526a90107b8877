"""Postings of a question's tokens -> the passages that can be among its best.

The lists of the rarer tokens are added up for all passages. What the common ones add is then looked up for
the few passages that it can still lift among the best, where that is cheaper: MaxScore (Turtle and Flood,
"Query evaluation: strategies and optimizations", 1995), a whole list at a time.
"""

from collections.abc import Sequence
from operator import itemgetter
from typing import Any, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from retrieval.inverted.postings import Dense, Sparse
from retrieval.inverted.saturation import STEPS, Codes, Integers

Places = npt.NDArray[np.intp]
Sums = npt.NDArray[np.float32]
Scores = npt.NDArray[np.floating[Any]]

PROBED = 1 << 10
"""The shortest lists are looked through for good passages, so many of them; the very shortest in any case."""

PASSING = 16
"""To look at a passage that is picked out takes as long as to look at so many in passing."""

BLOCK = 1 << 15
"""The passages to which a row is added at a time, so that what is between stays in the processor's cache."""

FEW = 6
"""So many times as many passages as are wanted are sooner scored exactly than looked through once more."""

NO_PASSAGES: Places = np.empty(0, np.intp)
TINY = float(np.finfo(np.float32).tiny)
ROUNDING = float(np.finfo(np.float32).eps)


class Signal(Protocol):
    """What adds to a passage's score, `most` at the most, and can be looked up."""

    @property
    def most(self) -> float: ...

    def at(self, passages: Integers) -> Scores: ...


class Common(NamedTuple):
    """The codes of a common token, and what one step of a code adds to the score."""

    codes: Codes
    step: float

    @property
    def most(self) -> float:
        return STEPS * self.step

    def at(self, passages: Integers) -> Scores:
        return _times(self.codes.take(passages), self.step)

    def add_to(self, sums: Sums) -> None:
        for start in range(0, len(sums), BLOCK):
            block = slice(start, start + BLOCK)
            sums[block] += _times(self.codes[block], self.step)


class Tally:
    """The scores of all passages while they are added up, for one question at a time."""

    def __init__(self, passages: int) -> None:
        self.scores: Sums = np.zeros(passages, np.float32)
        self._reaching = np.empty(passages, np.bool_)  # fresh memory would take as long as to compare
        self._touched = NO_PASSAGES
        self._everywhere = False

    def add_lists(self, lists: Sequence[Sparse], steps: Sequence[float]) -> None:
        """Add what tokens with lists add, each code so many times its step; only once, and before any row."""
        if not lists:
            return
        # As indices, which they would be made into each time that they are used.
        self._touched = np.concatenate([each.passages for each in lists], dtype=np.intp)
        added = np.concatenate([each.codes for each in lists], dtype=np.float32)
        added *= np.array(steps, np.float32).repeat([each.document_frequency for each in lists])
        np.add.at(self.scores, self._touched, added)
        self._everywhere = len(added) * PASSING > len(self.scores)

    def add_row(self, common: Common) -> None:
        """Add what a common token adds."""
        common.add_to(self.scores)
        self._everywhere = True

    def first(self, size: int) -> Places:
        """The first `size` passages of the lists, as often as they come."""
        return self._touched[:size]

    def reaching(self, score: float) -> Integers:
        """The passages that reach a score above 0, in order."""
        if self._everywhere:
            return np.greater_equal(self.scores, score, out=self._reaching).nonzero()[0]
        return _distinct(self._touched[self.scores[self._touched] >= score])

    def clear(self) -> None:
        """Make all scores zero."""
        if self._everywhere:
            self.scores.fill(0)
        else:
            self.scores[self._touched] = 0
        self._touched = NO_PASSAGES


def contenders(
    tally: Tally, held: Sequence[Sparse | Dense], steps: Sequence[float], beside: Sequence[Signal], limit: int
) -> Integers:
    """The passages that hold a token and can be among the best `limit`, in order; a few more may be.

    `held` has the rarest token first and the common ones last, and `steps` what one step of a code adds for
    each. The tally is clear before, and not after.
    """
    lists = [each for each in held if isinstance(each, Sparse)]
    common = slice(len(lists), None)
    rows = [Common(each.codes, step) for each, step in zip(held[common], steps[common], strict=True)]
    rows.sort(key=itemgetter(1))  # the step
    # Codes and sums are not exact: passages may be in the wrong order that are no further apart than this.
    slack = 2 * sum(steps) * (1 + STEPS * ROUNDING * (len(held) + 2))
    tally.add_lists(lists, steps[: len(lists)])
    sure = _sure(tally, lists, rows, beside, limit) - slack
    found = _found(tally, rows, beside, sure)
    if len(found) <= FEW * limit:
        return found
    scores = _added_up(tally, found, rows, beside)
    return found[scores >= _nth(scores.copy(), limit) - slack]


def _sure(
    tally: Tally, lists: Sequence[Sparse], rows: Sequence[Common], beside: Sequence[Signal], limit: int
) -> float:
    """A score that as many passages reach as are wanted, 0 if that is not known."""
    size = number = 0
    for each in lists:
        if size >= number > 0 and size + each.document_frequency > PROBED:
            break
        size += each.document_frequency
        number += limit  # a passage comes as often as it is in lists, so that many are enough different ones
    if not size >= number > 0:
        return _nth(_added_up(tally, np.arange(min(len(tally.scores), PROBED)), rows, beside), limit)
    probed = tally.first(size)
    scores = tally.scores.take(probed)
    if not (rows or beside):
        return _nth(scores, number)
    best = scores.argpartition(size - number)[size - number :]
    return _nth(_added_up(tally, _distinct(probed[best]), rows, beside), limit)


def _added_up(tally: Tally, passages: Integers, rows: Sequence[Common], beside: Sequence[Signal]) -> Scores:
    """The scores of some passages; 0 for one that holds no token."""
    scores: Scores = tally.scores.take(passages)
    for row in rows:
        scores += row.at(passages)
    for signal in beside:
        scores = np.where(scores > 0, scores + signal.at(passages), 0)
    return scores


def _found(tally: Tally, rows: list[Common], beside: Sequence[Signal], sure: float) -> Integers:
    """The passages that can reach a score; rows are added, and taken out, until these are few."""
    aside = sum(signal.most for signal in beside)
    while rows:
        rest = aside + sum(row.most for row in rows)
        if sure > rest:
            found = tally.reaching(sure - rest)
            if len(found) * PASSING <= len(tally.scores):
                return found
        tally.add_row(rows.pop())
    return tally.reaching(max(sure - aside, TINY))


def _times(codes: Codes, step: float) -> Sums:
    return np.multiply(codes, np.float32(step), dtype=np.float32)


def _nth(scores: Scores, n: int) -> float:
    """The n-th best score, 0 if there are fewer. The scores are put into another order."""
    worse = len(scores) - n
    if worse < 0:
        return 0.0
    scores.partition(worse)
    return float(scores[worse])


def _distinct(passages: Places) -> Places:
    """Some passages in order, each once."""
    ordered = np.sort(passages)
    first = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return ordered[first]
