from math import log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.coverage import Coverage
from retrieval.verdicts import (
    DOCUMENT,
    FOUND,
    LENGTH,
    PERHAPS,
    SENTENCE,
    Verdict,
    parts_of,
    relevance,
    verdict_of,
)

SHARE = st.floats(0, 1)
COVERAGES = st.tuples(SHARE, SHARE, SHARE).map(lambda shares: Coverage(*sorted(shares)))


def test_nothing_found_is_of_no_relevance() -> None:
    assert relevance([], 20) == 0
    assert verdict_of(0) is Verdict.NONE


def test_a_relevance_can_be_checked_by_hand() -> None:
    assert relevance([Coverage(1, 1, 1)], 1) == pytest.approx(1)
    assert relevance([Coverage(0.2, 0.2, 0.4)], 1) == pytest.approx(SENTENCE * 0.2 + DOCUMENT * 0.4)
    assert relevance([Coverage(0, 0, 0)], 10) == pytest.approx(LENGTH * log(10))


def test_the_best_sentence_and_the_best_document_count_though_they_are_of_two_hits() -> None:
    apart = [Coverage(0.5, 0.5, 0.5), Coverage(0.1, 0.4, 0.9)]
    assert relevance(apart, 8) == relevance([Coverage(0.5, 0.9, 0.9)], 8)


@settings(max_examples=60)
@given(st.lists(COVERAGES, max_size=3), COVERAGES, st.integers(0, 200))
def test_another_hit_or_a_longer_question_lowers_no_relevance(
    coverages: list[Coverage], other: Coverage, letters: int
) -> None:
    measured = relevance(coverages, letters)
    assert 0 <= measured <= relevance([*coverages, other], letters) <= 1.4
    assert measured <= relevance(coverages, letters + 1)


@settings(max_examples=60)
@given(st.lists(COVERAGES, max_size=3), st.integers(0, 200))
def test_the_parts_of_a_relevance_add_up_to_it(coverages: list[Coverage], letters: int) -> None:
    parts = parts_of(coverages, letters)
    assert parts.total == relevance(coverages, letters)
    assert parts.total == pytest.approx(
        SENTENCE * parts.sentence + DOCUMENT * parts.document + parts.length if coverages else 0
    )


@pytest.mark.parametrize(
    ("given", "verdict"),
    [
        (PERHAPS - 1e-9, Verdict.NONE),
        (PERHAPS, Verdict.PERHAPS),
        (FOUND - 1e-9, Verdict.PERHAPS),
        (FOUND, Verdict.FOUND),
        (1.3, Verdict.FOUND),
    ],
)
def test_a_relevance_gives_its_verdict_from_the_threshold_on(given: float, verdict: Verdict) -> None:
    assert verdict_of(given) is verdict
