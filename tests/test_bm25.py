"""Our BM25 beside rank-bm25's own, of which only the idf is replaced, and by hand."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from math import log
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from retrieval.array_folder import DamagedError, verify
from retrieval.bm25 import BM25, Beside
from retrieval.inverted.token_table import TokenTable

Floats = npt.NDArray[np.float64]

LETTERS = [*"abcdef", "", "\0", "a\0", " ", "a b", "\n", "\ud800"]
RUNS = st.tuples(st.sampled_from(LETTERS), st.sampled_from([1, 1, 1, 1, 1, 2, 3, 300]))
PASSAGES = st.lists(RUNS, max_size=9).map(lambda runs: [token for token, times in runs for _ in range(times)])
CORPORA = st.lists(PASSAGES, min_size=1, max_size=12).filter(any)
QUESTIONS = st.lists(st.sampled_from([*LETTERS, "x", "y", "\udfff"]), max_size=8)
CONSTANTS = [(1.5, 0.75), (0.7, 0.4), (1.2, 0.0), (2.0, 1.0), (0.0, 0.5), (30.0, 0.9)]
SETTINGS = st.sampled_from(CONSTANTS)
LIKE_THE_PARENT = st.sampled_from([(k1, b) for k1, b in CONSTANTS if k1])  # which divides by k1


class Reference(BM25Okapi):  # type: ignore[misc] # rank-bm25 ships no types
    def _calc_idf(self, nd: dict[str, int]) -> None:
        self.idf = {token: log(1 + (self.corpus_size - n + 0.5) / (n + 0.5)) for token, n in nd.items()}


@settings(max_examples=40, deadline=None)
@given(CORPORA, QUESTIONS, LIKE_THE_PARENT)
def test_scores_equal_rank_bm25s(
    corpus: list[list[str]], question: list[str], constants: tuple[float, float]
) -> None:
    k1, b = constants
    ours, reference = BM25(corpus, k1, b), Reference(corpus, k1=k1, b=b)
    expected = _scores(reference, question)
    assert ours.get_scores(question) == pytest.approx(expected, rel=1e-12, abs=1e-12)
    every = list(range(len(corpus)))
    assert ours.get_batch_scores(question, every) == pytest.approx(expected, rel=1e-12, abs=1e-12)


def _scores(reference: Reference, question: list[str]) -> Floats:
    with np.errstate(invalid="ignore"):  # where b is 1, the parent gives an empty passage no number
        return np.nan_to_num(reference.get_scores(question))


@settings(max_examples=40, deadline=None)
@given(CORPORA, QUESTIONS, LIKE_THE_PARENT)
def test_the_top_are_the_passages_that_share_a_token_in_rank_bm25s_order(
    corpus: list[list[str]], question: list[str], constants: tuple[float, float]
) -> None:
    k1, b = constants
    expected = _scores(Reference(corpus, k1=k1, b=b), question)
    found = BM25(corpus, k1, b).top(question, len(corpus))
    assert {number for number, _ in found} == {i for i, p in enumerate(corpus) if {*p} & {*question}}
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)
    assert [score for _, score in found] == pytest.approx([expected[i] for i, _ in found], rel=1e-12)


@settings(max_examples=25, deadline=None)
@given(CORPORA, QUESTIONS, st.integers(0, 12))
def test_a_limit_takes_the_best(corpus: list[list[str]], question: list[str], limit: int) -> None:
    index = BM25(corpus)
    assert index.top(question, limit) == index.top(question, len(corpus))[:limit]
    names = [f"passage {i}" for i in range(len(corpus))]
    assert index.get_top_n(question, names, limit) == [names[i] for i, _ in index.top(question, limit)]


TOKENS = 2000
QUERIES = st.lists((st.integers(0, 9) | st.integers(0, TOKENS + 5)).map("t{}".format), max_size=9)


@cache
def _of_random_tokens(passages: int, k1: float, b: float) -> BM25:
    """An index of tokens t0, t1, ..., the first of them in most passages and the last in few."""
    random = np.random.default_rng(passages)
    lengths = random.integers(0, 30, passages).astype(np.uint32)
    tokens = (random.zipf(1.3, int(lengths.sum())) - 1) % TOKENS
    table = TokenTable.of(f"t{number}" for number in range(TOKENS))
    return BM25.from_numbers(table, tokens.astype(np.uint32), lengths, k1, b)


SIZES = st.sampled_from([50, 3000, 30_000])  # from some thousands on, tokens are common
LARGER = st.tuples(SIZES, SETTINGS).map(lambda each: _of_random_tokens(each[0], *each[1]))


def _best(scores: Floats, limit: int, beside: Floats | float = 0.0) -> list[tuple[int, float]]:
    """The best of the passages that have a score, sorted by it and what stands beside it."""
    found = np.flatnonzero(scores)
    total = (scores + beside)[found]
    order = np.argsort(-total, kind="stable")[:limit]
    return [*zip(found[order].tolist(), total[order].tolist(), strict=True)]


@settings(max_examples=50, deadline=None)
@given(LARGER, QUERIES, st.integers(0, 40))
def test_the_top_are_the_best_of_all_scores(index: BM25, query: list[str], limit: int) -> None:
    assert index.top(query, limit) == _best(index.get_scores(query), limit)


@settings(max_examples=50, deadline=None)
@given(LARGER, QUERIES, st.integers(1, 40), st.sampled_from([0.0, 0.1, 9.0]), st.integers(1, 99))
def test_what_stands_beside_is_added_before_the_best_are_chosen(
    index: BM25, query: list[str], limit: int, weight: float, groups: int
) -> None:
    random = np.random.default_rng(groups)
    beside = Beside(weight * random.random(groups), random.integers(0, groups, index.corpus_size))
    expected = _best(index.get_scores(query), limit, beside.scores[beside.group])
    assert index.top(query, limit, beside) == expected


def test_more_than_all_passages_can_be_asked_for() -> None:
    index = _of_random_tokens(30_000, 1.2, 0.75)
    assert index.top(["t0", "t9"], 50_000) == _best(index.get_scores(["t0", "t9"]), 50_000)


def test_many_threads_may_ask_at_once() -> None:
    index = _of_random_tokens(30_000, 1.2, 0.75)
    queries = [[f"t{n}", f"t{n * n % TOKENS}", "t0"] for n in range(200)]
    expected = [index.top(query, 10) for query in queries]
    with ThreadPoolExecutor(8) as threads:
        assert [*threads.map(lambda query: index.top(query, 10), queries * 3)] == expected * 3


def test_no_index_is_made_with_constants_that_mean_nothing() -> None:
    for k1, b in ((-0.1, 0.5), (1.2, 1.1), (1.2, -0.1), (float("nan"), 0.5)):
        with pytest.raises(ValueError, match="k1"):
            BM25([["茶"]], k1, b)


def _same(one: BM25, other: BM25, questions: Sequence[Sequence[str]]) -> None:
    for question in questions:
        assert one.get_scores(question).tolist() == other.get_scores(question).tolist()
        assert one.top(question, 5) == other.top(question, 5)
        assert [one.idf_of(token) for token in question] == [other.idf_of(token) for token in question]
    assert (one.k1, one.b, one.avgdl, one.novelty) == (other.k1, other.b, other.avgdl, other.novelty)
    assert (one.corpus_size, one.doc_len.tolist()) == (other.corpus_size, other.doc_len.tolist())


@settings(max_examples=15, deadline=None)
@given(st.lists(PASSAGES, max_size=9), st.lists(QUESTIONS, max_size=4), SETTINGS)
def test_what_is_loaded_is_what_was_saved(
    tmp_path_factory: pytest.TempPathFactory,
    corpus: list[list[str]],
    questions: list[list[str]],
    constants: tuple[float, float],
) -> None:
    folder = tmp_path_factory.mktemp("index")
    index = BM25(corpus, *constants)
    index.save(folder)
    verify(folder)
    _same(index, BM25.load(folder), questions)


def test_common_tokens_are_saved_too(tmp_path: Path) -> None:
    index = _of_random_tokens(30_000, 1.2, 0.75)
    index.save(tmp_path)
    loaded = BM25.load(tmp_path)
    _same(index, loaded, [["t0", "t1999"], ["t0"], ["t1", "t1", "t7"]])
    loaded.save(tmp_path)  # over the very files that it is read from
    _same(index, loaded, [["t0", "t1999"]])
    _same(index, BM25.load(tmp_path), [["t0", "t1999"]])


def test_an_index_that_is_not_whole_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DamagedError):
        BM25.load(tmp_path)
    BM25([["茶", "水"], ["水"]]).save(tmp_path)
    for path in sorted(tmp_path.iterdir()):
        whole = path.read_bytes()
        path.write_bytes(whole[1:] or b"more")
        with pytest.raises(DamagedError):
            BM25.load(tmp_path)
        path.write_bytes(whole)
    assert BM25.load(tmp_path).top(["茶"], 1)[0][0] == 0


def test_numbered_tokens_give_the_index_of_the_tokens() -> None:
    corpus = [["茶", "水", "茶"], [], ["渡", "水"]]
    table = TokenTable.of(["无", "茶", "水", "渡"])
    tokens, lengths = np.array([1, 2, 1, 3, 2], np.uint32), np.array([3, 0, 2], np.uint32)
    index = BM25.from_numbers(table, tokens, lengths)
    _same(index, BM25(corpus), [["茶", "渡", "水"], ["无"]])
    assert index.tokens_with("无") == []
    assert index.top(["无"], 5) == []


@settings(max_examples=25, deadline=None)
@given(CORPORA, QUESTIONS)
def test_contributions_are_what_each_token_adds(corpus: list[list[str]], tokens: list[str]) -> None:
    index = BM25(corpus)
    passages = [*range(len(corpus))][::-1]
    expected = [index.get_scores([token])[passages].tolist() for token in tokens]
    assert index.contributions(tokens, passages).tolist() == expected


@settings(max_examples=25, deadline=None)
@given(CORPORA, QUESTIONS)
def test_document_frequencies_count_passages(corpus: list[list[str]], tokens: list[str]) -> None:
    index = BM25(corpus)
    for token in tokens:
        assert index.document_frequencies([token])[0] == sum(token in passage for passage in corpus)
    assert index.passages_with_any(tokens) == sum(bool({*tokens} & {*passage}) for passage in corpus)


@settings(max_examples=25, deadline=None)
@given(CORPORA, st.sampled_from([*LETTERS, "x"]))
def test_a_text_finds_the_tokens_it_stands_in(corpus: list[list[str]], text: str) -> None:
    expected = {token for passage in corpus for token in passage if text in token}
    assert {*BM25(corpus).tokens_with(text)} == expected


def test_ties_come_in_order() -> None:
    index = BM25([["茶"], ["水"], ["茶", "茶"]] * 20)
    twice, once = range(2, 60, 3), range(0, 60, 3)
    assert [number for number, _ in index.top(["茶"], 60)] == [*twice, *once]


def test_without_k1_repetitions_and_length_count_nothing() -> None:
    index = BM25([["茶"] * 300 + ["水"], ["茶"], []], k1=0)
    assert index.get_scores(["茶", "水", "茶"]) == pytest.approx(
        [2 * index.idf_of("茶") + index.idf_of("水"), 2 * index.idf_of("茶"), 0]
    )


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


@settings(max_examples=25, deadline=None)
@given(CORPORA, st.sampled_from("abcdefghxyz"))
def test_what_a_token_adds_to_one_passage_is_its_score_there(corpus: list[list[str]], token: str) -> None:
    index = BM25(corpus)
    assert [index.score(token, number) for number in range(len(corpus))] == list(index.get_scores([token]))


def test_novelty_is_the_share_of_tokens_that_one_passage_alone_has() -> None:
    assert BM25([["茶", "水"], ["水", "渡", "渡"]]).novelty == pytest.approx(2 / 5)  # 茶 and 渡
    assert BM25([["茶"], ["茶"]]).novelty == 0
    assert BM25([["茶"]]).novelty == 1
    assert BM25([[]]).novelty == BM25([]).novelty == 0


@settings(max_examples=25, deadline=None)
@given(CORPORA)
def test_a_corpus_read_twice_has_no_novelty_and_none_has_more_than_1(corpus: list[list[str]]) -> None:
    assert 0 <= BM25(corpus).novelty <= 1
    assert BM25(corpus * 2).novelty == 0
