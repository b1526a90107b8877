"""Question -> why its passages won: what of it was looked for, and what each piece added."""

from dataclasses import dataclass

from retrieval.index import Contribution, Index
from retrieval.queries import Query
from retrieval.ranking import bonus, scored_tokens
from retrieval.search import Answer, Hit, search


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why a hit has its score: the sum of what its tokens add, times the bonus for the kind of answer."""

    hit: Hit
    contributions: tuple[Contribution, ...]
    bonus: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """An answer, the query that its question was read as, and the reasons for its hits."""

    answer: Answer
    query: Query
    reasons: tuple[Reasons, ...]


def explain(index: Index, question: str, limit: int) -> Explanation:
    """Answer a question, as `search` does with distinct passages, and say why."""
    answer = search(index, question, limit, distinct=True)
    query = index.interpret(question)
    tokens = scored_tokens(index, query)
    reasons = tuple(
        Reasons(
            hit,
            tuple(index.contributions(hit.number, tokens)),
            bonus(hit.passage, query),
        )
        for hit in answer.hits
    )
    return Explanation(answer, query, reasons)
