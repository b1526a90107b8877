"""Documents -> index, a finished snapshot in which passages are found."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from retrieval.bm25 import BM25, Beside
from retrieval.documents import Document
from retrieval.passages import Passage, split
from retrieval.queries import Interpreter
from retrieval.tokens import Tokenizer
from retrieval.vocabulary import NO_WORDS, Vocabulary


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


@dataclass(frozen=True, slots=True)
class Contribution:
    """What a token of the question adds to a passage's score: for itself, and for its document."""

    token: str
    passage: float
    document: float

    @property
    def total(self) -> float:
        """What it adds in all."""
        return self.passage + self.document


class Index:
    """The passages of some documents and what is needed to rank them for a question.

    A passage is indexed with its document's title and its heading path. `interpret` reads questions, with the
    owner's stopwords and synonyms. Nothing changes after the
    constructor returns, so any number of threads may search.
    """

    def __init__(
        self,
        documents: Iterable[Document],
        tokenizer: Tokenizer,
        vocabulary: Vocabulary = NO_WORDS,
        weights: Weights = IN_USE,
    ) -> None:
        self.documents = tuple(documents)
        self.tokenizer = tokenizer
        self.interpret = Interpreter(tokenizer, vocabulary)
        by_document = [split(document) for document in self.documents]
        self.passages: tuple[Passage, ...] = tuple(p for passages in by_document for p in passages)
        self.sizes = tuple(len(passages) for passages in by_document)
        self._document = np.repeat(np.arange(len(self.documents)), self.sizes)
        texts = [tokenizer(passage.text) for passage in self.passages]
        self._passages = BM25(
            map(self._with_headings, self.passages, texts), weights.passage_k1, weights.passage_b
        )
        self._documents = BM25(self._whole(texts), weights.document_k1, weights.document_b)
        self._share = weights.share

    def _with_headings(self, passage: Passage, tokens: list[str]) -> list[str]:
        above = (passage.document.title, *passage.headings)
        return [token for text in above for token in self.tokenizer(text)] + tokens

    def _whole(self, texts: list[list[str]]) -> Iterable[list[str]]:
        following = iter(texts)
        for document, size in zip(self.documents, self.sizes, strict=True):
            passages = [next(following) for _ in range(size)]
            yield [
                *self.tokenizer(document.title),
                *(token for tokens in passages for token in tokens),
                *self.tokenizer.joints(document.text),
            ]

    def rank(self, tokens: Sequence[str], limit: int) -> list[tuple[int, float]]:
        """The `limit` best passages that share a token, by number, and their scores; ties in order."""
        beside = Beside(self._share * self._documents.get_scores(tokens), self._document)
        return self._passages.top(tokens, limit, beside)

    def contributions(self, passage: int, tokens: Sequence[str]) -> list[Contribution]:
        """What each token adds to the score of a passage, each token once, the most telling first."""
        found = [
            Contribution(
                token,
                count * self._passages.score(token, passage),
                self._share * count * self._documents.score(token, self._document[passage]),
            )
            for token, count in Counter(tokens).items()
        ]
        return sorted(found, key=lambda each: -each.total)

    def idf(self, token: str) -> float:
        """How rare a token is among the passages; the rarest is one that stands in none."""
        return self._passages.idf_of(token)

    def holds(self, passage: int, token: str) -> bool:
        """Whether a passage, with its title and headings, holds a token."""
        return self._passages.score(token, passage) > 0

    def document_holds(self, passage: int, token: str) -> bool:
        """Whether the document of a passage holds a token."""
        return self._documents.score(token, self._document[passage]) > 0

    def knows(self, token: str) -> bool:
        """Whether any passage holds a token."""
        return self._passages.document_frequency(token) > 0

    @property
    def novelty(self) -> float:
        """The share of all tokens that stand in one passage only, 0 to 1."""
        return self._passages.novelty

    def holding(self, tokens: Iterable[str]) -> frozenset[int]:
        """The passages that hold each of some tokens; none when there are no tokens."""
        held = [self._passages.postings(token)[0] for token in dict.fromkeys(tokens)]
        return frozenset(reduce(np.intersect1d, held).tolist()) if held else frozenset()

    def commonness(self, tokens: Sequence[str]) -> float:
        """The share of all passages that hold any of some tokens."""
        return self._passages.passages_with_any(tokens) / max(1, len(self.passages))

    def tokens_with(self, character: str) -> list[str]:
        """The tokens that a character stands in, for questions of one character."""
        return self._passages.tokens_with(character)
