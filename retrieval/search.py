"""Question -> answer: the hits, best first, and the verdict on them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from retrieval.documents import Span
from retrieval.index import Index
from retrieval.kinds import wanted
from retrieval.matching import matches, occurrences
from retrieval.passages import Passage
from retrieval.questions import about
from retrieval.quoting import best_sentence

JUDGED = 3
"""The hits among which the verdict looks for an answer."""

PERHAPS = 0.18
FOUND = 0.36
"""Coverage from which the verdict is no longer none, and from which it is found."""

WEIGHED = 50
"""The passages that are looked at for the kind of answer they hold."""

KIND = 0.1
"""What it adds to a passage's score to hold the kind of answer that is asked for, as a share."""

COMMON = 0.25
"""The share of all passages from which on a single character, such as 人, asks for nothing in particular."""

EVIDENCE = 1.0
"""What a token weighs beside its idf, which says little in a small folder."""


class Verdict(StrEnum):
    """Whether the best hits answer the question."""

    FOUND = "found"
    PERHAPS = "perhaps"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with its score and the reasons for it.

    `coverage` is the share, 0 to 1, of the question's tokens that the passage holds with its title
    and headings, the rare ones weighing more. `sentence` and `matches` are places in the
    passage's text: the sentence that answers best, and what matched.
    """

    passage: Passage
    score: float
    coverage: float
    sentence: Span
    matches: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The hits are given whatever the verdict; whoever shows them minds it."""

    question: str
    verdict: Verdict
    hits: tuple[Hit, ...]


def search(index: Index, question: str, limit: int) -> Answer:
    """The `limit` best passages for a question."""
    content = about(question)
    tokens = _without_single(index.tokenizer(content))
    alone = _is_one_character(tokens)
    words = frozenset(tokens if alone else index.tokenizer.words(content))
    weights = {token: EVIDENCE + index.idf(token) for token in tokens}
    sought = index.tokens_with(tokens[0]) if alone else tokens
    # A single character stands in whatever is found for it; how few passages that are says whether it asks.
    certain = (1.0 if index.commonness(sought) <= COMMON else PERHAPS) if alone else None
    ranked = _of_the_kind(index, question, index.rank(sought, max(limit, WEIGHED)))[: max(limit, JUDGED)]

    def hit(number: int, score: float) -> Hit:
        coverage = _coverage(index, number, weights) if certain is None else certain
        return _hit(index.passages[number], score, coverage, weights, words)

    hits = tuple(hit(number, score) for number, score in ranked)
    return Answer(question, _verdict(hits), hits[:limit])


def _of_the_kind(index: Index, question: str, ranked: list[tuple[int, float]]) -> list[tuple[int, float]]:
    """A passage that holds the kind of answer that is asked for, such as a time, comes a little before."""
    given = wanted(question)
    if given is None:
        return ranked
    weighed = [
        (number, score * (1 + KIND) if given.search(index.passages[number].text) else score)
        for number, score in ranked
    ]
    return sorted(weighed, key=lambda pair: -pair[1])


def _without_single(tokens: list[str]) -> list[str]:
    """The tokens but single Han characters, which texts hold in bigrams only, unless there is no other."""
    return [token for token in tokens if len(token) > 1 or token.isascii()] or tokens


def _is_one_character(tokens: list[str]) -> bool:
    """Whether one character, such as 茶, is all that is asked about; inside a text it is in bigrams only."""
    distinct = {*tokens}
    return len(distinct) == 1 and all(len(token) == 1 and not token.isascii() for token in distinct)


def _hit(
    passage: Passage, score: float, coverage: float, weights: Mapping[str, float], words: frozenset[str]
) -> Hit:
    found = occurrences(passage.text, weights.keys())
    above = occurrences("\n".join([passage.document.title, *passage.headings]), weights.keys())
    sentence = best_sentence(passage, found, weights, {each.token for each in above})
    return Hit(passage, score, coverage, sentence, matches(found, words))


def _coverage(index: Index, number: int, weights: Mapping[str, float]) -> float:
    return sum(w for token, w in weights.items() if index.holds(number, token)) / sum(weights.values())


def _verdict(hits: tuple[Hit, ...]) -> Verdict:
    coverage = max((hit.coverage for hit in hits[:JUDGED]), default=0.0)
    if coverage < PERHAPS:
        return Verdict.NONE
    return Verdict.PERHAPS if coverage < FOUND else Verdict.FOUND
