"""Our BM25 beside rank-bm25's own, of which only the idf is replaced, and by hand."""

from collections.abc import Sequence
from math import log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from retrieval.bm25 import BM25

CORPORA = st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=12), min_size=1, max_size=12).filter(any)
QUESTIONS = st.lists(st.sampled_from("abcdefghxyz"), max_size=8)
SETTINGS = st.sampled_from([(1.5, 0.75), (0.7, 0.5), (1.2, 0.0), (2.0, 0.9)])


class Reference(BM25Okapi):  # type: ignore[misc] # rank-bm25 ships no types
    def _calc_idf(self, nd: dict[str, int]) -> None:
        self.idf = {token: log(1 + (self.corpus_size - n + 0.5) / (n + 0.5)) for token, n in nd.items()}


@settings(max_examples=150)
@given(CORPORA, QUESTIONS, SETTINGS)
def test_scores_equal_rank_bm25s(
    corpus: list[list[str]], question: list[str], constants: tuple[float, float]
) -> None:
    k1, b = constants
    ours, reference = BM25(corpus, k1, b), Reference(corpus, k1=k1, b=b)
    expected = reference.get_scores(question)
    assert ours.get_scores(question) == pytest.approx(expected, rel=1e-12, abs=1e-12)
    every = list(range(len(corpus)))
    assert ours.get_batch_scores(question, every) == pytest.approx(
        reference.get_batch_scores(question, every), rel=1e-12, abs=1e-12
    )


@settings(max_examples=150)
@given(CORPORA, QUESTIONS)
def test_the_top_are_the_passages_that_share_a_token_in_rank_bm25s_order(
    corpus: list[list[str]], question: list[str]
) -> None:
    expected = Reference(corpus).get_scores(question)
    found = BM25(corpus).top(question, len(corpus))
    assert {number for number, _ in found} == {i for i, p in enumerate(corpus) if {*p} & {*question}}
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)
    assert [score for _, score in found] == pytest.approx([expected[i] for i, _ in found], rel=1e-12)


@settings(max_examples=50)
@given(CORPORA, QUESTIONS, st.integers(0, 12))
def test_a_limit_takes_the_best(corpus: list[list[str]], question: list[str], limit: int) -> None:
    index = BM25(corpus)
    assert index.top(question, limit) == index.top(question, len(corpus))[:limit]
    names = [f"passage {i}" for i in range(len(corpus))]
    assert index.get_top_n(question, names, limit) == [names[i] for i, _ in index.top(question, limit)]


def test_ties_come_in_order() -> None:
    index = BM25([["茶"], ["水"], ["茶", "茶"]] * 20)
    twice, once = range(2, 60, 3), range(0, 60, 3)
    assert [number for number, _ in index.top(["茶"], 60)] == [*twice, *once]


def test_a_score_can_be_checked_by_hand() -> None:
    # Three passages of 2, 1 and 3 tokens, 2 on average; fish in two of them, bird in one.
    index = BM25([["cat", "fish"], ["dog"], ["fish", "fish", "bird"]], k1=1.5, b=0.75)
    fish = log(1 + (3 - 2 + 0.5) / (2 + 0.5))  # ln 1.6
    bird = log(1 + (3 - 1 + 0.5) / (1 + 0.5))  # ln 2.667
    assert index.idf_of("fish") == pytest.approx(fish)
    assert index.idf_of("bird") == pytest.approx(bird)
    # Of average length the factor is 1: 1 * 2.5 / (1 + 1.5 * (0.25 + 0.75 * 2 / 2)).
    assert index.get_scores(["fish"]) == pytest.approx(
        [fish, 0, fish * 2 * 2.5 / (2 + 1.5 * (0.25 + 0.75 * 3 / 2))]
    )
    both = fish * 5 / 4.0625 + bird * 2.5 / 3.0625
    ((best, score),) = index.top(["bird", "fish"], 1)
    assert best == 2
    assert score == pytest.approx(both)


def test_a_token_that_most_passages_hold_still_counts_for_them() -> None:
    scores = BM25([["茶"], ["茶"], ["茶"], ["水"]]).get_scores(["茶"])
    assert min(scores[:3]) > 0
    assert scores[3] == 0


def test_a_single_passage_is_found() -> None:
    ((found, score),) = BM25([["茶", "水"]]).top(["茶"], 3)
    assert found == 0
    assert score == pytest.approx(log(1 + 0.5 / 1.5))


@pytest.mark.parametrize("corpus", [[], [[]], [[], []]])
def test_a_corpus_without_tokens_answers_nothing(corpus: Sequence[Sequence[str]]) -> None:
    index = BM25(corpus)
    assert index.top(["茶"], 3) == []
    assert index.get_scores(["茶"]).tolist() == [0.0] * len(corpus)
    assert index.tokens_with("茶") == []
    assert index.get_top_n(["茶"], corpus) == []


def test_an_unknown_token_is_as_rare_as_one_in_no_passage() -> None:
    index = BM25([["茶"], ["水"]])
    assert index.idf_of("无") == pytest.approx(log(1 + (2 - 0 + 0.5) / (0 + 0.5)))
    assert index.idf_of("无") > index.idf_of("茶")


def test_postings_are_the_passages_that_hold_a_token_and_what_it_adds() -> None:
    index = BM25([["茶", "水"], ["水"], ["茶", "茶"]])
    passages, weights = index.postings("茶")
    assert passages.tolist() == [0, 2]
    assert weights == pytest.approx(index.get_scores(["茶"])[[0, 2]])
    assert [len(array) for array in index.postings("无")] == [0, 0]


def test_a_character_finds_the_tokens_it_stands_in() -> None:
    assert sorted(BM25([["喝茶", "水"], ["茶水", "白水"]]).tokens_with("水")) == ["水", "白水", "茶水"]


def test_documents_that_are_not_the_corpus_are_refused() -> None:
    with pytest.raises(ValueError, match="match"):
        BM25([["茶"]]).get_top_n(["茶"], ["一", "二"])


def test_scores_are_float64() -> None:
    assert BM25([["茶"]]).get_scores(["茶"]).dtype == np.float64


@settings(max_examples=50)
@given(CORPORA, st.sampled_from("abcdefghxyz"))
def test_what_a_token_adds_to_one_passage_is_its_score_there(corpus: list[list[str]], token: str) -> None:
    index = BM25(corpus)
    assert [index.score(token, number) for number in range(len(corpus))] == list(index.get_scores([token]))


def test_novelty_is_the_share_of_tokens_that_one_passage_alone_has() -> None:
    assert BM25([["茶", "水"], ["水", "渡", "渡"]]).novelty == pytest.approx(2 / 5)  # 茶 and 渡
    assert BM25([["茶"], ["茶"]]).novelty == 0
    assert BM25([["茶"]]).novelty == 1
    assert BM25([[]]).novelty == BM25([]).novelty == 0


@settings(max_examples=50)
@given(CORPORA)
def test_a_corpus_read_twice_has_no_novelty_and_none_has_more_than_1(corpus: list[list[str]]) -> None:
    assert 0 <= BM25(corpus).novelty <= 1
    assert BM25(corpus * 2).novelty == 0
