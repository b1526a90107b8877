"""Tokens -> scores: Okapi BM25, as rank-bm25 computes it, with an idf that never turns negative.

The formula is that of Robertson and Zaragoza (2009), "The Probabilistic Relevance Framework: BM25 and
Beyond", as rank-bm25's BM25Okapi writes it; the idf is Lucene's, `ln(1 + (N - n + 0.5) / (n + 0.5))`.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from rank_bm25 import BM25Okapi

Floats = npt.NDArray[np.float64]


class BM25(BM25Okapi):  # type: ignore[misc] # rank-bm25 ships no types
    """Scores passages, given as sequences of tokens, against a question's tokens.

    The parent walks every passage for every token; here each token has its postings (the passages
    that hold it, and how often), in flat arrays. An empty corpus answers nothing.
    """

    def __init__(self, corpus: Iterable[Sequence[str]], k1: float = 1.5, b: float = 0.75) -> None:
        self.k1, self.b = k1, b
        vocabulary: dict[str, int] = {}
        lengths: list[int] = []
        ids: list[int] = []
        for tokens in corpus:
            lengths.append(len(tokens))
            ids.extend(vocabulary.setdefault(token, len(vocabulary)) for token in tokens)
        self.corpus_size = len(lengths)
        self.doc_len = np.array(lengths, dtype=np.int64)
        self.avgdl = float(self.doc_len.mean()) if lengths else 0.0
        self._vocabulary = vocabulary
        self._build(np.array(ids, dtype=np.int64))

    def _build(self, ids: npt.NDArray[np.int64]) -> None:
        passages = np.repeat(np.arange(self.corpus_size), self.doc_len)
        pairs, tf = np.unique(ids << 32 | passages, return_counts=True)
        self._passages = pairs & 0xFFFFFFFF
        starts = np.searchsorted(pairs >> 32, np.arange(len(self._vocabulary) + 1))
        self._starts = starts
        n = np.diff(starts)
        self.novelty = np.count_nonzero(n == 1) / max(1, len(ids))
        """The share of all tokens that stand in one passage only, which a new token might be as well."""
        self._idf: Floats = np.log(1 + (self.corpus_size - n + 0.5) / (n + 0.5))
        length = self.doc_len[self._passages] / (self.avgdl or 1.0)
        self._weights: Floats = (tf * (self.k1 + 1)) / (tf + self.k1 * (1 - self.b + self.b * length))

    def idf_of(self, token: str) -> float:
        """How rare a token is; of an unknown one, what a token in no passage would have."""
        number = self._vocabulary.get(token)
        return float(self._idf[number]) if number is not None else float(np.log(2 * self.corpus_size + 2))

    def get_scores(self, query: Sequence[str]) -> Floats:
        """The score of every passage, in their order; a repeated token counts again."""
        scores = np.zeros(self.corpus_size)
        for token in query:
            passages, weights = self.postings(token)
            scores[passages] += weights
        return scores

    def get_batch_scores(self, query: Sequence[str], doc_ids: Sequence[int]) -> list[float]:
        """The scores of the passages `doc_ids`."""
        return [float(score) for score in self.get_scores(query)[np.asarray(doc_ids, dtype=np.int64)]]

    def top(self, query: Sequence[str], limit: int) -> list[tuple[int, float]]:
        """The `limit` best passages that share a token with the question, best first, ties in order."""
        scores = self.get_scores(query)
        found = np.flatnonzero(scores)
        best = found[np.argsort(-scores[found], kind="stable")[:limit]]
        return [(int(i), float(scores[i])) for i in best]

    def get_top_n(self, query: Sequence[str], documents: Sequence[Any], n: int = 5) -> list[Any]:
        """The `n` best of `documents`, which stand in the corpus's order."""
        if len(documents) != self.corpus_size:
            raise ValueError("The documents given don't match the index corpus!")
        return [documents[i] for i, _ in self.top(query, n)]

    def score(self, token: str, passage: int) -> float:
        """What a token adds to the score of one passage, 0 when it does not stand there."""
        passages, weights = self.postings(token)
        at = int(np.searchsorted(passages, passage))
        return float(weights[at]) if at < len(passages) and passages[at] == passage else 0.0

    def tokens_with(self, text: str) -> list[str]:
        """The corpus's tokens that a text stands in."""
        return [token for token in self._vocabulary if text in token]

    def postings(self, token: str) -> tuple[npt.NDArray[np.int64], Floats]:
        """The passages that hold a token, in order, and what it adds to the score of each."""
        number = self._vocabulary.get(token)
        if number is None:
            return self._passages[:0], self._weights[:0]
        span = slice(self._starts[number], self._starts[number + 1])
        return self._passages[span], self._idf[number] * self._weights[span]
