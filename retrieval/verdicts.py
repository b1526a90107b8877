"""Coverage -> verdict."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from retrieval.coverage import Coverage

SENTENCE, DOCUMENT = 0.4, 0.6
"""What the best sentence and the best document count for."""

LENGTH = 0.06
"""What the logarithm of the question's length is times: the longer it is, the less of it is met by chance."""

PERHAPS = 0.535
FOUND = 0.65
"""Relevance from which the verdict is no longer none, and from which it is found: the same in every folder.
`benchmarks/verdicts.py` prints what others give."""


class Verdict(StrEnum):
    """Whether the best hits answer the question."""

    FOUND = "found"
    PERHAPS = "perhaps"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Parts:
    """What a relevance is made of: the best shares of the question, 0 to 1, and what its length adds."""

    sentence: float
    document: float
    length: float

    @property
    def total(self) -> float:
        """The relevance."""
        return SENTENCE * self.sentence + DOCUMENT * self.document + self.length


def parts_of(coverages: Sequence[Coverage], letters: int) -> Parts:
    """What makes up the relevance of the best hits for a question of so many letters."""
    if not coverages:
        return Parts(0.0, 0.0, 0.0)
    return Parts(
        max(coverage.sentence for coverage in coverages),
        max(coverage.document for coverage in coverages),
        LENGTH * math.log(max(1, letters)),
    )


def relevance(coverages: Sequence[Coverage], letters: int) -> float:
    """How much the best hits speak of a question of so many letters: 0 to about 1, in any folder."""
    return parts_of(coverages, letters).total


def verdict_of(relevance: float) -> Verdict:
    """The verdict on a relevance."""
    if relevance < PERHAPS:
        return Verdict.NONE
    return Verdict.PERHAPS if relevance < FOUND else Verdict.FOUND
