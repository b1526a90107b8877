"""How long it takes to make an index of tokens, beside tantivy."""

from collections.abc import Iterator
from pathlib import Path

from benchmarks.speed.corpora import SHORT, Corpus
from benchmarks.speed.peers import Tantivy
from benchmarks.speed.table import Figure
from benchmarks.speed.timing import timed
from retrieval.bm25 import BM25

MARKS = {100_000: 0.7, 1_000_000: 1.0}
K1, B = 1.2, 0.75  # tantivy's


def figures(corpus: Corpus, folder: Path) -> Iterator[Figure]:
    """Yield our time, with saving, over tantivy's: with all its threads or with one, whichever is quicker."""
    shape = corpus.shape
    theirs = min(_tantivys(corpus, folder / f"threads-{threads}", threads) for threads in (0, 1))
    passages = [*corpus.passages()]
    ours, index = timed(lambda: BM25(passages, K1, B))
    saving, _ = timed(lambda: index.save(folder / "built"))
    yield Figure(
        f"build, {shape} / tantivy",
        (ours + saving) / theirs,
        f"{ours:.2f} s and {saving:.2f} s to save",
        f"{theirs:.2f} s",
        MARKS.get(shape.passages) if shape.query == SHORT else None,
    )


def _tantivys(corpus: Corpus, folder: Path, threads: int) -> float:
    """The seconds that tantivy takes; 0 threads leave to it how many."""
    texts = [" ".join(tokens) for tokens in corpus.passages()]
    return timed(lambda: Tantivy(folder, texts, threads))[0]
