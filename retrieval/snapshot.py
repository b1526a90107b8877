"""Snapshot: what passages are found in, finished, in memory or in the files of a folder."""

from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.bm25 import BM25
from retrieval.documents import Origin
from retrieval.indexing.forward import Numbers
from retrieval.passages import Passage


@dataclass(frozen=True, slots=True)
class Weights:
    """What decides the order of passages. The figures were found on question sets of three kinds;
    `benchmarks/ranking.py` prints what others give.

    k1 is how soon repetitions of a token stop counting, b how much length is held against a text. That a
    document is about other things too is hardly held against it. `share` is how much of its document's score
    a passage gets: what it leaves unsaid may stand beside it.
    """

    passage_k1: float = 0.7
    passage_b: float = 0.4
    document_k1: float = 1.0
    document_b: float = 0.1
    share: float = 1.0


IN_USE = Weights()


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """Documents in their order, their passages, how many passages each has, and the tokens of both."""

    documents: Sequence[Origin]
    passages: Sequence[Passage]
    sizes: Numbers
    by_passage: BM25
    by_document: BM25
    share: float
