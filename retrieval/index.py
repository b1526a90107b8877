"""Snapshot -> index, in which passages are found."""

from collections import Counter
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from itertools import compress
from typing import Self

import numpy as np

from retrieval.bm25 import BM25, Beside, Scored
from retrieval.inverted.saturation import Integers
from retrieval.queries import Interpreter
from retrieval.snapshot import Snapshot
from retrieval.tokens import Tokenizer
from retrieval.vocabulary import NO_WORDS, Vocabulary


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

    def __init__(self, snapshot: Snapshot, tokenizer: Tokenizer, vocabulary: Vocabulary = NO_WORDS) -> None:
        """Search a snapshot, whose tokens the tokenizer cut."""
        self.tokenizer = tokenizer
        self.interpret = Interpreter(tokenizer, vocabulary)
        self.documents, self.passages = snapshot.documents, snapshot.passages
        self.sizes: tuple[int, ...] = tuple(snapshot.sizes.tolist())
        self._passages, self._documents = snapshot.by_passage, snapshot.by_document
        self._document = np.repeat(np.arange(len(self.sizes), dtype=np.uint32), snapshot.sizes)
        self._ends = snapshot.sizes.cumsum(dtype=np.int64)
        self._share = snapshot.share
        self._only: Integers | None = None
        """The passages that are looked among, where these are not all."""

    def within(self, document: int) -> Self:
        """The same index, in which only the passages of a document are found, scored as they are in all."""
        other = copy(self)
        passages = self.passages_of(document)
        other._only = np.arange(passages.start, passages.stop)  # noqa: SLF001 - its own
        return other

    def passages_of(self, document: int) -> range:
        """The numbers of a document's passages."""
        end = self._ends.item(document)
        return range(end - self.sizes[document], end)

    def document_of(self, passage: int) -> int:
        """The number of the document that a passage stands in."""
        return self._document.item(passage)

    def rank(self, tokens: Sequence[str], limit: int) -> list[Scored]:
        """The `limit` best passages that share a token, by number, and their scores; ties in order."""
        return self._best(tokens, limit, self._beside(tokens))

    def rank_with(self, tokens: Sequence[str], limit: int, others: Integers) -> list[Scored]:
        """The same, and those of some other passages that share a token, wherever they rank."""
        if self._only is not None:
            others = np.intersect1d(others, self._only)
        beside = self._beside(tokens)
        best = self._best(tokens, limit, beside)
        rest = np.setdiff1d(others, [number for number, _ in best])
        both = [*best, *self._passages.ordered(tokens, rest, beside)]
        return sorted(both, key=lambda pair: (-pair[1], pair[0]))

    def _best(self, tokens: Sequence[str], limit: int, beside: Beside) -> list[Scored]:
        if self._only is None:
            return self._passages.top(tokens, limit, beside)
        return self._passages.ordered(tokens, self._only, beside)[:limit]

    def _beside(self, tokens: Sequence[str]) -> Beside:
        """What a passage's document adds to its score."""
        return Beside(self._share * self._documents.get_scores(tokens), self._document)

    def text_of(self, document: int) -> str:
        """The words of a document, by its number: those of its passages, without what was between them."""
        here = self.passages_of(document)
        return "".join(passage.text for passage in self.passages[here.start : here.stop])

    def contributions(self, passage: int, tokens: Sequence[str]) -> list[Contribution]:
        """What each token adds to the score of a passage, each token once, the most telling first."""
        counts = Counter(tokens)
        own = self._passages.contributions([*counts], [passage])[:, 0].tolist()
        beside = self._documents.contributions([*counts], [int(self._document[passage])])[:, 0].tolist()
        found = [
            Contribution(token, count * here, self._share * count * there)
            for (token, count), here, there in zip(counts.items(), own, beside, strict=True)
        ]
        return sorted(found, key=lambda each: -each.total)

    def idfs(self, tokens: Sequence[str]) -> list[float]:
        """How rare each token is among the passages; the rarest is one that stands in none."""
        return self._passages.idfs(tokens)

    def known(self, tokens: Sequence[str]) -> frozenset[str]:
        """Those of some tokens that any passage holds."""
        return frozenset(token for token, count in zip(tokens, self.spread(tokens), strict=True) if count)

    def held(self, passages: Sequence[int], tokens: Sequence[str]) -> list[frozenset[str]]:
        """Those of some tokens that each passage holds, with its title and headings."""
        return _held(self._passages, passages, tokens)

    def held_by_documents(self, passages: Sequence[int], tokens: Sequence[str]) -> list[frozenset[str]]:
        """Those of some tokens that the document of each passage holds."""
        return _held(self._documents, self._document[[*passages]].tolist(), tokens)

    @property
    def novelty(self) -> float:
        """The share of all tokens that stand in one passage only, 0 to 1."""
        return self._passages.novelty

    def holding(self, tokens: Iterable[str]) -> Integers:
        """The passages that hold each of some tokens, by number; none when there are no tokens."""
        return self._passages.holding(tokens)

    def commonness(self, tokens: Sequence[str]) -> float:
        """The share of all passages that hold any of some tokens."""
        return self._passages.passages_with_any(tokens) / max(1, len(self.passages))

    def spread(self, tokens: Sequence[str]) -> list[int]:
        """In how many passages each token stands."""
        return self._passages.document_frequencies(tokens)

    def tokens_with(self, text: str, most: int | None = None) -> list[str]:
        """The tokens that a text stands in, for questions of one character; none where more than `most`."""
        return self._passages.tokens_with(text, most)


def _held(texts: BM25, numbers: Sequence[int], tokens: Sequence[str]) -> list[frozenset[str]]:
    held = (texts.contributions(tokens, numbers) > 0).T.tolist()
    return [frozenset(compress(tokens, of_text)) for of_text in held]
