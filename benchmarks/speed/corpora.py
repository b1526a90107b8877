"""Numbers of passages and of tokens -> a corpus of random words, and queries on it.

Words are drawn as often as jieba's dictionary says they come, passages have lognormal lengths, and the seed
is fixed: a corpus is the same on every machine.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import jieba
import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.uint32]
Query = list[str]

SEED = 1
SIGMA = 0.6
RARE, COMMON = 1000, 10  # at most once in a thousand passages, at least once in ten
SHORT = (3, 8)


@dataclass(frozen=True, slots=True)
class Shape:
    """How many passages a corpus has, their mean length in tokens, and how many tokens a query has."""

    passages: int
    mean: int = 45
    query: tuple[int, int] = SHORT

    def __str__(self) -> str:
        size = f"{self.passages // 1000}k" if self.passages < 1_000_000 else f"{self.passages / 1e6:g}M"
        return size if self.query == SHORT else f"{size}, {self.mean} tokens, queries of {self.query[0]}"


@dataclass(frozen=True, slots=True, eq=False)
class Corpus:
    """Passages as numbers of words, one after the other, and how long each is."""

    shape: Shape
    words: npt.NDArray[np.object_]
    tokens: Numbers
    lengths: Numbers

    def passages(self) -> Iterator[list[str]]:
        """Yield the tokens of each passage."""
        ends = np.append(0, self.lengths.cumsum(dtype=np.int64)).tolist()
        for passage in range(len(self.lengths)):
            yield self.words[self.tokens[ends[passage] : ends[passage + 1]]].tolist()

    def postings(self) -> int:
        """How many different tokens its passages have, in all."""
        numbered = np.repeat(np.arange(len(self.lengths), dtype=np.uint64), self.lengths) << np.uint64(32)
        numbered |= self.tokens
        numbered.sort()
        return 1 + int(np.count_nonzero(numbered[1:] != numbered[:-1]))

    def queries(self, count: int) -> list[Query]:
        """Different tokens of one passage each, of which one is rare and one very common."""
        random = np.random.default_rng(SEED)
        ends = np.append(0, self.lengths.cumsum(dtype=np.int64))
        often = np.bincount(self.tokens, minlength=len(self.words)) / len(self.lengths)
        found: list[Query] = []
        while len(found) < count:
            passage = random.integers(len(self.lengths))
            held = np.unique(self.tokens[ends[passage] : ends[passage + 1]])
            size = random.integers(*self.shape.query, endpoint=True)
            rare, common = held[often[held] <= 1 / RARE], held[often[held] >= 1 / COMMON]
            if len(held) < size or not len(rare) or not len(common):
                continue
            two = [random.choice(rare), random.choice(common)]
            others = random.choice(np.setdiff1d(held, two), size - 2, replace=False)
            found.append(self.words[random.permutation([*two, *others])].tolist())
        return found


@cache
def _dictionary() -> tuple[npt.NDArray[np.object_], npt.NDArray[np.float64]]:
    """The words of jieba's dictionary, and how often they and all before them come, of 1."""
    lines = (Path(jieba.__file__).parent / "dict.txt").read_text(encoding="utf-8").splitlines()
    words, counts, *_ = zip(*(line.split(" ") for line in lines), strict=True)
    often = np.cumsum(np.array(counts, np.float64))
    return np.array(words, object), often / often[-1]


def made(shape: Shape) -> Corpus:
    """The corpus of a shape."""
    random = np.random.default_rng(SEED)
    words, often = _dictionary()
    lengths = random.lognormal(np.log(shape.mean) - SIGMA**2 / 2, SIGMA, shape.passages)
    whole = np.maximum(1, np.rint(lengths)).astype(np.uint32)
    tokens = often.searchsorted(random.random(int(whole.sum()))).astype(np.uint32)
    return Corpus(shape, words, tokens, whole)
