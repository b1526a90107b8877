"""Documents -> index, a finished snapshot in which passages are found."""

from collections.abc import Iterable, Sequence

import numpy as np

from retrieval.bm25 import BM25
from retrieval.documents import Document
from retrieval.passages import Passage, split
from retrieval.tokens import Tokenizer

# Found by trying a grid on question sets of three kinds; `benchmarks/ranking.py` prints it.

PASSAGE_K1, PASSAGE_B = 0.7, 0.4
"""How soon a token's repetitions stop counting, and how much length is held against a passage."""

DOCUMENT_K1, DOCUMENT_B = 1.0, 0.1
"""The same of a document. That it is also about other things is hardly held against it."""

DOCUMENT_SHARE = 0.6
"""How much of its document's score a passage gets: what it leaves unsaid may stand beside it."""


class Index:
    """The passages of some documents and what is needed to rank them for a question.

    A passage is indexed with its document's title and its heading path. Nothing changes after the
    constructor returns, so any number of threads may search.
    """

    def __init__(self, documents: Iterable[Document], tokenizer: Tokenizer) -> None:
        self.documents = tuple(documents)
        self.tokenizer = tokenizer
        by_document = [split(document) for document in self.documents]
        self.passages: tuple[Passage, ...] = tuple(p for passages in by_document for p in passages)
        self.sizes = tuple(len(passages) for passages in by_document)
        self._document = np.repeat(np.arange(len(self.documents)), self.sizes)
        texts = [tokenizer(passage.text) for passage in self.passages]
        self._passages = BM25(map(self._with_headings, self.passages, texts), PASSAGE_K1, PASSAGE_B)
        self._documents = BM25(self._whole(texts), DOCUMENT_K1, DOCUMENT_B)

    def _with_headings(self, passage: Passage, tokens: list[str]) -> list[str]:
        above = (passage.document.title, *passage.headings)
        return [token for text in above for token in self.tokenizer(text)] + tokens

    def _whole(self, texts: list[list[str]]) -> Iterable[list[str]]:
        following = iter(texts)
        for document, size in zip(self.documents, self.sizes, strict=True):
            passages = [next(following) for _ in range(size)]
            yield [*self.tokenizer(document.title), *(token for tokens in passages for token in tokens)]

    def rank(self, tokens: Sequence[str], limit: int) -> list[tuple[int, float]]:
        """The `limit` best passages that share a token, by number, and their scores; ties in order."""
        scores = self._passages.get_scores(tokens)
        found = np.flatnonzero(scores)
        total = scores[found] + DOCUMENT_SHARE * self._documents.get_scores(tokens)[self._document[found]]
        best = np.argsort(-total, kind="stable")[:limit]
        return [(int(found[i]), float(total[i])) for i in best]

    def idf(self, token: str) -> float:
        """How rare a token is among the passages; the rarest is one that stands in none."""
        return self._passages.idf_of(token)

    def holds(self, passage: int, token: str) -> bool:
        """Whether a passage, with its title and headings, holds a token."""
        passages, _ = self._passages.postings(token)
        at = int(np.searchsorted(passages, passage))
        return at < len(passages) and passages[at] == passage

    def tokens_with(self, character: str) -> list[str]:
        """The tokens that a character stands in, for questions of one character."""
        return self._passages.tokens_with(character)
