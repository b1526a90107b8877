"""How long it takes to find the ten best, beside tantivy, rank-bm25 and reading what must be read."""

from collections.abc import Iterator, Sequence

import numpy as np

from benchmarks.speed.corpora import SHORT, Corpus, Query, Shape
from benchmarks.speed.peers import RankBM25, Tantivy
from benchmarks.speed.table import Figure, milliseconds
from benchmarks.speed.timing import Seconds, interleaved
from retrieval.bm25 import BM25

BEST = 10
FEW = 20  # queries are enough for rank-bm25, which takes as long for one as for another
OURS = "BM25.top"
MEDIAN = 50
READING = "reading the posting lists"
LARGEST_FOR_RANK_BM25 = 100_000  # passages; a million would take it three seconds a query
MARKS = {
    ("tantivy", 1_000_000, 50): 0.5,
    ("tantivy", 1_000_000, 99): 0.5,
    ("tantivy", 100_000, 50): 0.75,
    ("rank-bm25", 10_000, 50): 1 / 50,
    ("rank-bm25", 100_000, 50): 1 / 800,
    (READING, 1_000_000, 50): 8.0,
}


def figures(
    corpus: Corpus, index: BM25, tantivy: Tantivy, queries: Sequence[Query], rounds: int
) -> Iterator[Figure]:
    """Yield our time over each other's."""
    _check(index, tantivy, queries)
    ways = {"ours": lambda query: index.top(query, BEST), "tantivy": tantivy.top}
    seconds = interleaved(ways, queries, rounds)
    yield _figure(corpus.shape, 50, seconds, "tantivy")
    yield _figure(corpus.shape, 99, seconds, "tantivy")
    floor = interleaved({"ours": ways["ours"], READING: _Reader(index, queries)}, queries, rounds)
    yield _figure(corpus.shape, 50, floor, READING)
    if corpus.shape.passages <= LARGEST_FOR_RANK_BM25:
        peer = RankBM25([*corpus.passages()])
        slow = interleaved({"ours": ways["ours"], "rank-bm25": peer.get_scores}, queries[:FEW], rounds)
        yield _figure(corpus.shape, 50, slow, "rank-bm25")


def _figure(shape: Shape, percent: int, seconds: dict[str, Seconds], other: str) -> Figure:
    ours, theirs = (float(np.percentile(seconds[name], percent)) for name in ("ours", other))
    mark = MARKS.get((other, shape.passages, percent)) if shape.query == SHORT else None
    what = f"top, {shape}, p{percent} / {other}"
    # Ours is measured beside each of them; that beside tantivy is drawn.
    times = {OURS: ours, other: theirs} if other == "tantivy" else {other: theirs}
    drawn = {name: {shape.passages: seconds} for name, seconds in times.items()}
    is_drawn = percent == MEDIAN and shape.query == SHORT
    return Figure(
        what, ours / theirs, milliseconds(ours), milliseconds(theirs), mark, drawn if is_drawn else {}
    )


class _Reader:
    """Reads the passages and the weights of a query's tokens, and makes nothing of them."""

    def __init__(self, index: BM25, queries: Sequence[Query]) -> None:
        lists = {token: index.postings(token) for query in queries for token in query}
        self._lists = {token: (passages, w.astype(np.float32)) for token, (passages, w) in lists.items()}

    def __call__(self, query: Query) -> None:
        for token in query:
            passages, weights = self._lists[token]
            passages.max()
            weights.max()


def _check(index: BM25, tantivy: Tantivy, queries: Sequence[Query]) -> None:
    """See to it that both find the same; tantivy keeps lengths in a byte, so its scores are somewhat off."""
    for query in queries:
        ours = [score for _, score in index.top(query, BEST)]
        np.testing.assert_allclose(ours, tantivy.top(query), rtol=0.1)
