"""The same corpus in tantivy and in rank-bm25."""

from collections.abc import Sequence
from math import log
from pathlib import Path

import tantivy
from rank_bm25 import BM25Okapi

FIELD = "text"
HEAP = 1_500_000_000  # bytes; a million passages in one thread stay one segment


class Tantivy:
    """An index as small and quick as tantivy makes it: frequencies but no positions, no texts stored."""

    def __init__(self, folder: Path, texts: Sequence[str], threads: int) -> None:
        folder.mkdir()
        schema = tantivy.SchemaBuilder()
        schema.add_text_field(FIELD, stored=False, tokenizer_name="whitespace", index_option="freq")
        self._schema = schema.build()
        index = tantivy.Index(self._schema, path=str(folder))
        writer = index.writer(heap_size=HEAP, num_threads=threads)
        for text in texts:
            writer.add_document(tantivy.Document(**{FIELD: [text]}))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self._searcher = index.searcher()

    @property
    def segments(self) -> int:
        return int(self._searcher.num_segments)

    def top(self, query: list[str]) -> list[float]:
        """The scores of the ten best."""
        terms = [
            (tantivy.Occur.Should, tantivy.Query.term_query(self._schema, FIELD, token, "freq"))
            for token in query
        ]
        found = self._searcher.search(tantivy.Query.boolean_query(terms), 10, count=False)
        return [score for score, _ in found.hits]


class RankBM25(BM25Okapi):
    """rank-bm25 with an idf that is not negative, so that it asks the same of its arithmetic."""

    def _calc_idf(self, nd: dict[str, int]) -> None:
        self.idf = {token: log(1 + (self.corpus_size - n + 0.5) / (n + 0.5)) for token, n in nd.items()}
