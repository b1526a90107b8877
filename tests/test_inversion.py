"""The postings say of each token where it stands and what it counts for there, like a count by hand."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.inverted.inversion import invert
from retrieval.inverted.postings import Dense, Postings
from retrieval.inverted.saturation import Saturation, codes, frequencies

PASSAGES = st.lists(
    st.lists(st.tuples(st.integers(0, 9), st.sampled_from([1, 1, 1, 2, 40, 700, 3000])), max_size=4),
    max_size=12,
)
CONSTANTS = st.tuples(st.sampled_from([0.0, 0.01, 1.2, 50.0]), st.sampled_from([0.0, 0.3, 1.0]))


def _inverted(passages: list[list[int]], k1: float, b: float) -> Postings:
    tokens = np.array([token for passage in passages for token in passage], np.uint32)
    return invert(tokens, np.array([len(passage) for passage in passages], np.uint32), 10, k1, b)


def _as_expected(postings: Postings, passages: list[list[int]]) -> None:
    counted = [Counter(passage) for passage in passages]
    everywhere = np.arange(len(passages), dtype=np.uint32)
    lengths = np.array([len(passage) for passage in passages])
    half = postings.saturation.half(lengths)
    held = postings.of(range(10))
    at = dict(zip((each.token for each in held), postings.counts_at(held, everywhere), strict=True))
    for token in range(10):
        exact = postings.saturation.counts(np.array([each[token] for each in counted]), half)
        holding = np.flatnonzero(exact)
        its = postings.of([token])
        found, counts = postings.counts(its)
        assert found.tolist() == [passage for each in its for passage in each.holding] == holding.tolist()
        assert sum(each.document_frequency for each in its) == len(holding)
        assert counts == pytest.approx(exact[holding], rel=1e-12)
        assert at.get(token, np.zeros(len(passages))) == pytest.approx(exact, rel=1e-12)


LEAST_COMMON = 1 << 10


@settings(max_examples=40, deadline=None)
@given(PASSAGES, CONSTANTS)
def test_each_token_counts_where_it_stands_however_often(
    runs: list[list[tuple[int, int]]], constants: tuple[float, float]
) -> None:
    passages = [[token for token, times in passage for _ in range(times)] for passage in runs]
    _as_expected(_inverted(passages, *constants), passages)


@pytest.mark.parametrize("k1", [0.0, 1.2])
def test_common_tokens_have_rows_that_say_the_same(k1: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("retrieval.inverted.inversion.LEAST_COMMON", LEAST_COMMON)
    random = np.random.default_rng(3)
    sizes = random.integers(0, 9, 2 * LEAST_COMMON)
    passages = [random.geometric(0.4, size).clip(0, 9).tolist() for size in sizes]
    passages[7] = [1] * 500
    postings = _inverted(passages, k1, 0.5)
    held = postings.of(range(10))
    common = [each.token for each in held if isinstance(each, Dense)]
    assert common == [each.token for each in held if each.document_frequency > LEAST_COMMON]
    assert 0 < len(common) < 9
    _as_expected(postings, passages)


@settings(max_examples=100)
@given(st.integers(1, 100), st.integers(1, 1000), st.sampled_from([0.5, 1.2, 2.0]), st.floats(0, 1))
def test_a_code_gives_back_how_often_a_token_stands_there(
    times: int, length: int, k1: float, b: float
) -> None:
    half = Saturation(k1, b, 100).half(np.array([max(times, length)]))
    if half[0] >= 0.5:
        assert frequencies(codes(np.array([times]), half), half).tolist() == [times]
