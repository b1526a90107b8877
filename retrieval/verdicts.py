"""Coverage -> verdict."""

import math
from collections.abc import Sequence
from enum import StrEnum

from retrieval.coverage import Coverage

LENGTH = 0.05
"""What the logarithm of the question's length is times: the longer it is, the less of it is met by chance."""

PERHAPS = 0.477
FOUND = 0.6
"""Relevance from which the verdict is no longer none, and from which it is found: the same in every folder.
`benchmarks/verdicts.py` prints what others give."""


class Verdict(StrEnum):
    """Whether the best hits answer the question."""

    FOUND = "found"
    PERHAPS = "perhaps"
    NONE = "none"


def relevance(coverages: Sequence[Coverage], letters: int) -> float:
    """How much the best hits speak of a question of so many letters: about 0 to 1, in any folder."""
    if not coverages:
        return 0.0
    sentence = max(coverage.sentence for coverage in coverages)
    document = max(coverage.document for coverage in coverages)
    return (sentence + document) / 2 + LENGTH * math.log(max(1, letters))


def verdict_of(relevance: float) -> Verdict:
    """The verdict on a relevance."""
    if relevance < PERHAPS:
        return Verdict.NONE
    return Verdict.PERHAPS if relevance < FOUND else Verdict.FOUND
