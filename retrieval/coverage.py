"""Query and passage -> how much of the question stands there, and how close together."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from retrieval.index import Index
from retrieval.lexicon import joined
from retrieval.matching import Finder, Occurrence
from retrieval.queries import Query
from retrieval.sentences import sentences

COMMON_GROUND = 2.0
"""What a token weighs beside its idf: that a passage holds a question's plain words says something too."""

WORD = 2.5
"""How much more a word weighs than a bigram, which may join what does not belong together."""

NEWS = 3.0
LEAST = 0.35
"""A token that stands nowhere weighs 1 - (NEWS x novelty)^2 of what it would, though not under the least:
among 300 documents (novelty .06 to .12) nearly all, among ten (.3) a third."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The shares, 0 to 1, of a question's weight that stand close together, or at least near.

    In the one sentence of a passage that holds most; in the passage with its title and headings; in its
    document.
    """

    sentence: float
    passage: float
    document: float


def weigh(index: Index, query: Query) -> dict[str, float]:
    """What each token of a question weighs for its verdict and in the choice of a sentence.

    One that stands nowhere weighs less by the index's novelty. That is how likely the next token of such
    texts is a new one (Good, "The population frequencies of species", 1953): where most words are met once,
    an unknown one does not tell that a question is foreign.
    """
    unknown = max(LEAST, 1 - (NEWS * index.novelty) ** 2)
    tokens = [*dict.fromkeys(query.tokens)]
    known = index.known(tokens)
    return {
        token: (COMMON_GROUND + idf)
        * (WORD if token in query.words else 1.0)
        * (1.0 if token in known else unknown)
        for token, idf in zip(tokens, index.idfs(tokens), strict=True)
    }


def coverage(
    text: str,
    found: Sequence[Occurrence],
    held: AbstractSet[str],
    beside: AbstractSet[str],
    weights: Mapping[str, float],
) -> Coverage:
    """How much of a question, whose tokens have `weights`, a passage holds.

    `found` is where in its text they stand; `held` are those that the passage holds with its title and
    headings, `beside` those that its document does.
    """
    together = [
        {o.token for o in found if sentence.start <= o.span.start and o.span.end <= sentence.end}
        for sentence in sentences(text)
    ]
    own = set(held).union(*together)
    total = sum(weights.values()) or 1.0

    def share(tokens: AbstractSet[str]) -> float:
        return sum(weight for token, weight in weights.items() if token in tokens) / total

    return Coverage(max(map(share, together), default=0.0), share(own), share(own | beside))


def held_tokens(query: Query, there: frozenset[str]) -> set[str]:
    """The question's tokens that are held by a text with these tokens, themselves or said otherwise."""
    held = {token for token in query.tokens if token in there}
    for alternative in query.alternatives:
        if there.issuperset(alternative.other_tokens):
            held |= alternative.tokens
    return held


class TokenFinder:
    """Finds a question's tokens in texts; what says some of them otherwise stands for those."""

    def __init__(self, query: Query) -> None:
        self._own = frozenset(query.tokens)
        self._instead: dict[str, set[str]] = {}
        for alternative in query.alternatives:
            self._instead.setdefault(joined(alternative.other), set()).update(alternative.tokens)
        self._find = Finder(self._own | {each.other for each in query.alternatives})

    def __call__(self, text: str) -> tuple[Occurrence, ...]:
        """Where the tokens stand in a text."""
        return tuple(
            Occurrence(token, occurrence.span)
            for occurrence in self._find(text)
            for token in sorted(({occurrence.token} & self._own) | self._instead.get(occurrence.token, set()))
        )
