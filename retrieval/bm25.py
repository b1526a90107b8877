"""Tokens -> scores: Okapi BM25, as rank-bm25 computes it, with an idf that never turns negative.

The formula is that of Robertson and Zaragoza (2009), "The Probabilistic Relevance Framework: BM25 and
Beyond", as rank-bm25's BM25Okapi writes it; the idf is Lucene's, `ln(1 + (N - n + 0.5) / (n + 0.5))`.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from math import log
from operator import itemgetter
from pathlib import Path
from typing import Any, Self
from zlib import crc32

import numpy as np
from rank_bm25 import BM25Okapi

from retrieval.array_folder import Stored, read, write
from retrieval.inverted.contenders import Signal, Tally, contenders
from retrieval.inverted.inversion import invert
from retrieval.inverted.postings import Dense, Numbers, Postings, Sparse
from retrieval.inverted.saturation import Floats, Integers, Saturation
from retrieval.inverted.token_table import TokenTable

AT_ONCE = 1 << 17
"""Postings that are worked on at once: fewer cost calls, more cost memory."""

MANY = 4096
"""From so many contenders on, the scores of all passages are sooner computed than theirs looked up."""

OF_TABLE = {f"tokens-{field.name}": field.name for field in fields(TokenTable)}
OF_POSTINGS = {f"postings-{field.name}": field.name for field in fields(Postings)[1:]}  # saturation is first

FORM = "bm25 2 {:08x}".format(crc32(" ".join([*OF_TABLE, *OF_POSTINGS]).encode()))
"""What is saved, and the version of how; another where there are other arrays."""


@dataclass(frozen=True, slots=True, eq=False)
class Beside:
    """What is added to a passage's score: `scores[group[passage]]`, such as the score of its document.

    The scores are at least 0.
    """

    scores: Floats
    group: Integers

    @property
    def most(self) -> float:
        """The most that is added."""
        return float(self.scores.max(initial=0.0))

    def at(self, passages: Integers) -> Floats:
        """What is added to the scores of some passages."""
        return self.scores[self.group[passages]]


Held = Sequence[Sparse | Dense]

Scored = tuple[int, float]
"""A passage, by its place in the corpus, and its score."""


class BM25(BM25Okapi):  # type: ignore[misc] # rank-bm25 ships no types
    """Scores passages, given as sequences of tokens, against a question's tokens.

    The parent walks every passage for every token; here each token has its postings (the passages that hold
    it, and how often), in flat arrays that can be saved and memory-mapped. An empty corpus answers nothing.
    Nothing changes after the constructor returns, so any number of threads may ask.
    """

    def __init__(self, corpus: Iterable[Sequence[str]], k1: float = 1.5, b: float = 0.75) -> None:
        numbers: defaultdict[str, int] = defaultdict()
        numbers.default_factory = numbers.__len__
        tokens, lengths = array("I"), array("I")
        for passage in corpus:
            lengths.append(len(passage))
            if len(passage) > 1:
                tokens.extend(itemgetter(*passage)(numbers))  # half the time of one after the other
            else:
                tokens.extend(map(numbers.__getitem__, passage))
        table = TokenTable.of(numbers)
        self._index(table, np.asarray(tokens, np.uint32), np.asarray(lengths, np.uint32), k1, b)

    @classmethod
    def from_numbers(
        cls, table: TokenTable, tokens: Numbers, lengths: Numbers, k1: float = 1.5, b: float = 0.75
    ) -> Self:
        """The same of tokens that are numbered already, one passage after the other.

        `lengths` says how many tokens each passage has. The table may have tokens that stand nowhere.
        """
        return cls._index(cls.__new__(cls), table, tokens, lengths, k1, b)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """What was saved to a folder, memory-mapped; raises DamagedError if it is not there, or not whole."""
        stored = read(folder, FORM)
        figures = dict(stored.figures)
        novelty = figures.pop("novelty")
        table = TokenTable(**{field: stored.arrays[name] for name, field in OF_TABLE.items()})
        arrays = {field: stored.arrays[name] for name, field in OF_POSTINGS.items()}
        return cls._hold(cls.__new__(cls), table, Postings(Saturation(**figures), **arrays), novelty)

    def save(self, folder: Path) -> None:
        """Write what `load` reads. The folder is made; an index that is saved there is replaced."""
        arrays = {name: getattr(self.table, field) for name, field in OF_TABLE.items()}
        arrays |= {name: getattr(self._postings, field) for name, field in OF_POSTINGS.items()}
        figures = asdict(self._postings.saturation) | {"novelty": self.novelty}
        write(folder, Stored(arrays, figures), FORM)

    def _index(self, table: TokenTable, tokens: Numbers, lengths: Numbers, k1: float, b: float) -> Self:
        if not (k1 >= 0 and 0 <= b <= 1):
            raise ValueError(f"k1 must be 0 or more and b from 0 to 1, not {k1} and {b}")
        postings = invert(tokens, lengths, len(table), k1, b)
        alone = np.count_nonzero(np.diff(postings.starts) == 1)
        return self._hold(table, postings, alone / max(1, len(tokens)))

    def _hold(self, table: TokenTable, postings: Postings, novelty: float) -> Self:
        self.table, self._postings = table, postings
        self.k1, self.b = postings.saturation.k1, postings.saturation.b
        self.avgdl = postings.saturation.mean_length
        self.doc_len = postings.lengths
        self.corpus_size = len(postings.lengths)
        self.novelty = novelty
        """The share of all tokens that stand in one passage only, which a new token might be as well."""
        self._spare: list[Tally] = []
        return self

    def idf_of(self, token: str) -> float:
        """How rare a token is; of an unknown one, what a token in no passage would have."""
        return self.idfs([token])[0]

    def idfs(self, tokens: Sequence[str]) -> list[float]:
        """How rare each token is."""
        return self._idfs(self.document_frequencies(tokens))

    def document_frequencies(self, tokens: Sequence[str]) -> list[int]:
        """In how many passages each token stands."""
        numbers = self.table.find(tokens)
        known = (number for number in numbers if number is not None)
        spread = {each.token: each.document_frequency for each in self._postings.of(known)}
        return [0 if number is None else spread.get(number, 0) for number in numbers]

    def passages_with_any(self, tokens: Iterable[str]) -> int:
        """In how many passages one or more of some tokens stand."""
        holding = np.zeros(self.corpus_size, np.bool_)
        for each in self._postings.of(self._known([*tokens])):
            holding[each.holding] = True
        return int(np.count_nonzero(holding))

    def tokens_with(self, text: str, most: int | None = None) -> list[str]:
        """The corpus's tokens that a text stands in; none where they are more than `most`."""
        found = self.table.containing(text)
        if most is not None and len(found) > most:
            return []
        held = self._postings.of(found)
        return [self.table.token(each.token) for each in held]

    def postings(self, token: str) -> tuple[Numbers, Floats]:
        """The passages that hold a token, in order, and what it adds to the score of each."""
        return self._weighed(self._postings.of(self._known([token])))

    def contributions(self, tokens: Sequence[str], passages: Sequence[int] | Integers) -> Floats:
        """What each token, a row, adds to the score of each of some passages, a column."""
        numbers = self.table.find(tokens)
        held = _distinct(self._postings.of(number for number in numbers if number is not None))
        counts = self._postings.counts_at(held, np.asarray(passages, np.uint32))
        added = {
            each.token: idf * its for each, idf, its in zip(held, self._idfs_of(held), counts, strict=True)
        }
        nothing = np.zeros(len(passages))
        found = [nothing if number is None else added.get(number, nothing) for number in numbers]
        return np.array(found).reshape(len(tokens), len(passages))

    def score(self, token: str, passage: int) -> float:
        """What a token adds to the score of one passage, 0 when it does not stand there."""
        return float(self.contributions([token], [passage])[0, 0])

    def get_scores(self, query: Sequence[str]) -> Floats:
        """The score of every passage, in their order; a repeated token counts again."""
        return self._all_scores(self._postings.of(self._known(query)))

    def get_batch_scores(self, query: Sequence[str], doc_ids: Sequence[int]) -> list[float]:
        """The scores of the passages `doc_ids`."""
        scores: list[float] = self.get_scores(query)[np.asarray(doc_ids, np.int64)].tolist()
        return scores

    def top(self, query: Sequence[str], limit: int, beside: Signal | None = None) -> list[Scored]:
        """The `limit` best passages that share a token with the question, best first, ties in order.

        What stands beside is added to the scores before the best are chosen.
        """
        in_turn = self._postings.of(self._known(query))
        if not in_turn or limit <= 0:
            return []
        idf = self._idfs_of(in_turn)
        signals = () if beside is None else (beside,)
        found = self._contenders(in_turn, idf, signals, limit)
        return _best(found, self._scores(in_turn, idf, found), signals, limit)

    def ordered(self, query: Sequence[str], passages: Integers, beside: Signal | None = None) -> list[Scored]:
        """Those of some passages, given in order, that share a token; scores and order are as of `top`."""
        in_turn = self._postings.of(self._known(query))
        if not in_turn:
            return []
        scores = self._scores(in_turn, self._idfs_of(in_turn), passages)
        sharing = scores > 0
        signals = () if beside is None else (beside,)
        return _best(passages[sharing], scores[sharing], signals, len(passages))

    def holding(self, tokens: Iterable[str]) -> Numbers:
        """The passages that hold each of some tokens, in order; none when there are no tokens."""
        numbers = self.table.find([*dict.fromkeys(tokens)])
        held = _distinct(self._postings.of(number for number in numbers if number is not None))
        if not held or len(held) < len(numbers):
            return np.empty(0, np.uint32)
        found = held[0].holding
        for each in held[1:]:
            there, codes = each.near(found)
            found = found[(there == found) & (codes > 0)]
        return found

    def get_top_n(self, query: Sequence[str], documents: Sequence[Any], n: int = 5) -> list[Any]:
        """The `n` best of `documents`, which stand in the corpus's order, ties in order.

        Unlike the parent's, they are fewer than `n` where fewer share a token with the question.
        """
        if len(documents) != self.corpus_size:
            raise ValueError("The documents given don't match the index corpus!")
        return [documents[i] for i, _ in self.top(query, n)]

    def _known(self, tokens: Sequence[str]) -> list[int]:
        """The numbers of the tokens that the table has, in their order."""
        found = self.table.find(tokens)
        return [number for number in found if number is not None]

    def _idfs(self, frequencies: Iterable[int]) -> list[float]:
        """How rare tokens are that stand in so many passages."""
        everywhere = self.corpus_size
        return [log(1 + (everywhere - found + 0.5) / (found + 0.5)) for found in frequencies]

    def _idfs_of(self, held: Held) -> list[float]:
        return self._idfs(each.document_frequency for each in held)

    def _weighed(self, held: Held) -> tuple[Numbers, Floats]:
        """The passages that hold each of some tokens, in turn, and what it adds to the score of each."""
        passages, counts = self._postings.counts(held)
        return passages, counts * np.repeat(self._idfs_of(held), [each.document_frequency for each in held])

    def _all_scores(self, in_turn: Held) -> Floats:
        scores = np.zeros(self.corpus_size)
        for some in _in_batches(in_turn):
            np.add.at(scores, *self._weighed(some))
        return scores

    def _contenders(
        self, in_turn: Held, idf: Sequence[float], beside: Sequence[Signal], limit: int
    ) -> Integers:
        """The passages that can be among the best."""
        step = self._postings.saturation.step
        steps: dict[int, float] = {}  # a repeated token counts again
        for each, rarity in zip(in_turn, idf, strict=True):
            steps[each.token] = steps.get(each.token, 0) + rarity * step
        held = _distinct(in_turn)
        try:
            tally = self._spare.pop()  # fresh memory would cost more than to clear what was used before
        except IndexError:
            tally = Tally(self.corpus_size)
        found = contenders(tally, held, [steps[each.token] for each in held], beside, limit)
        tally.clear()
        self._spare.append(tally)
        return found

    def _scores(self, in_turn: Held, idf: Sequence[float], passages: Integers) -> Floats:
        """The scores of some passages, added up in the same order as of all, so that they are the same."""
        if len(passages) > MANY:
            return self._all_scores(in_turn)[passages]
        added = self._postings.counts_at(in_turn, passages.astype(np.uint32))
        added *= np.array(idf)[:, None]
        scores: Floats = np.add.accumulate(added)[-1]  # a sum would add pairs first
        return scores


def _best(passages: Integers, scores: Floats, beside: Sequence[Signal], limit: int) -> list[Scored]:
    """The best of some passages, given in order, when what stands beside is added."""
    for signal in beside:
        scores = scores + signal.at(passages)
    best = (-scores).argsort(kind="stable")[:limit]
    return [*zip(passages[best].tolist(), scores[best].tolist(), strict=True)]


def _distinct(in_turn: Held) -> Held:
    """The postings, each once, the rarest first."""
    held = [*{each.token: each for each in in_turn}.values()]
    held.sort(key=itemgetter(1))  # the document frequency, which is got sooner by its place
    return held


def _in_batches(held: Held) -> Iterator[Held]:
    """Some postings in their order, as many at a time as are worked on at once."""
    batch: list[Sparse | Dense] = []
    size = 0
    for each in held:
        if batch and size + each.document_frequency > AT_ONCE:
            yield batch
            batch, size = [], 0
        batch.append(each)
        size += each.document_frequency
    yield batch
