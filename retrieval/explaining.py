"""Question -> why its passages won: what of it was looked for, and what each piece added."""

from dataclasses import dataclass

from retrieval.coverage import Coverage
from retrieval.index import Contribution, Index
from retrieval.queries import Query
from retrieval.ranking import bonus, ranking, scored_tokens
from retrieval.search import JUDGED, Answer, Hit, Inspector, search
from retrieval.verdicts import Parts, parts_of


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why a hit has its score: the sum of what its tokens add, times the bonus for the kind of answer."""

    hit: Hit
    contributions: tuple[Contribution, ...]
    bonus: float

    @property
    def telling(self) -> tuple[Contribution, ...]:
        """The contributions that add something."""
        return tuple(each for each in self.contributions if each.total)

    @property
    def passage(self) -> float:
        """What the tokens add for the passage itself."""
        return sum(each.passage for each in self.contributions)

    @property
    def document(self) -> float:
        """What they add for its document."""
        return sum(each.document for each in self.contributions)


@dataclass(frozen=True, slots=True)
class Explanation:
    """An answer, the query that its question was read as, and the reasons for its hits.

    `documents` is how many there were to answer from. `judged` is how much of the question each of the
    passages holds that the verdict was judged by, and `parts` what makes up the relevance: None for a single
    character, which is judged otherwise.
    """

    answer: Answer
    query: Query
    documents: int
    judged: tuple[Coverage, ...]
    parts: Parts | None
    reasons: tuple[Reasons, ...]


def explain(index: Index, question: str, limit: int) -> Explanation:
    """Answer a question, as `search` does with distinct passages, and say why."""
    answer = search(index, question, limit, distinct=True)
    query = index.interpret(question)
    judged = _judged(index, query, limit)
    tokens = scored_tokens(index, query)
    reasons = tuple(
        Reasons(
            hit,
            tuple(index.contributions(hit.number, tokens)),
            bonus(hit.passage, query),
        )
        for hit in answer.hits
    )
    parts = None if judged and query.is_one_character else parts_of(judged, query.letters)
    return Explanation(answer, query, len(index.documents), judged, parts, reasons)


def _judged(index: Index, query: Query, limit: int) -> tuple[Coverage, ...]:
    """How much of the question the best passages hold, though fewer are shown."""
    inspector = Inspector(index, query)
    ranked, _ = ranking(index, query, limit)
    return tuple(seen.coverage for seen in inspector([number for number, _ in ranked[:JUDGED]]))
