"""Forward index -> the two that are searched: by passage and by document."""

from retrieval.bm25 import BM25
from retrieval.indexing.forward import Forward
from retrieval.inverted.token_table import TokenTable
from retrieval.snapshot import Weights


def by_passage(forward: Forward, table: TokenTable, weights: Weights) -> BM25:
    """Passages, each with its document's title and its heading path."""
    return BM25.from_numbers(table, *forward.by_passage(), weights.passage_k1, weights.passage_b)


def by_document(forward: Forward, table: TokenTable, weights: Weights) -> BM25:
    """Whole documents."""
    return BM25.from_numbers(table, *forward.by_document(), weights.document_k1, weights.document_b)
