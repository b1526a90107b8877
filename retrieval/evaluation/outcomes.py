"""A question with a known answer, and the answer given -> what became of it; of many, the figures."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from retrieval.evaluation.cases import Case, Figures, figures, is_quoted, rank_of
from retrieval.search import Answer, Hit
from retrieval.verdicts import Verdict

NEAR = 3
"""The rank up to which a right passage is under a person's eyes, and the verdict should not be none."""

BEGINNING = 100
"""Characters that are kept of a passage."""


@dataclass(frozen=True, slots=True)
class First:
    """What stood first: its source, the passage from below its headings on, and the sentence quoted."""

    source: str
    passage: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a question.

    `rank` is that of the first right passage among the first ten, if any, `lengths` the characters of
    each passage given. `quoted` says whether the sentence of a right first passage is right; None where
    no sentence is asked for.
    """

    id: str
    question: str
    answerable: bool
    rank: int | None
    verdict: Verdict
    lengths: tuple[int, ...]
    first: First | None
    quoted: bool | None

    @property
    def is_near(self) -> bool:
        """Whether a right passage is among the first three."""
        return self.rank is not None and self.rank <= NEAR


Run: TypeAlias = tuple[Outcome, ...]
"""The outcomes of a file of questions, in its order."""


@dataclass(frozen=True, slots=True)
class Quotes:
    """Of `n` right first passages with an evidence short enough: the share of right sentences, and the
    mean length of the sentences in characters."""

    n: int
    right: float
    chars: float


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of a run. The verdicts are counts; `near` is of the answerable questions whose right
    passage is among the first three."""

    ranking: Figures
    answerable: Mapping[Verdict, int]
    near: Mapping[Verdict, int]
    unanswerable: Mapping[Verdict, int]
    quotes: Quotes


def outcome(case: Case, answer: Answer) -> Outcome:
    """What became of a case that was given this answer."""
    rank = rank_of(case, ((hit.passage.origin.source, hit.passage.text) for hit in answer.hits))
    first = _first(answer.hits[0]) if answer.hits else None
    return Outcome(
        id=case.id,
        question=case.question,
        answerable=bool(case.sources),
        rank=rank,
        verdict=answer.verdict,
        lengths=tuple(len(hit.passage.text) for hit in answer.hits),
        first=first,
        quoted=is_quoted(case, first.sentence) if first and rank == 1 else None,
    )


def _first(hit: Hit) -> First:
    text, body = hit.passage.text, hit.passage.body[0].span
    beginning = text[body.start : body.start + BEGINNING]
    return First(hit.passage.origin.source, beginning, text[hit.sentence.start : hit.sentence.end])


def summary(run: Run) -> Summary:
    """The figures of a run."""
    answerable = [outcome for outcome in run if outcome.answerable]
    ranks = [outcome.rank for outcome in answerable]
    lengths = [length for outcome in answerable for length in outcome.lengths]
    return Summary(
        ranking=figures(ranks, lengths),
        answerable=_verdicts(answerable),
        near=_verdicts(outcome for outcome in answerable if outcome.is_near),
        unanswerable=_verdicts(outcome for outcome in run if not outcome.answerable),
        quotes=_quotes(answerable),
    )


def _verdicts(outcomes: Iterable[Outcome]) -> Mapping[Verdict, int]:
    counts = Counter(outcome.verdict for outcome in outcomes)
    return {verdict: counts[verdict] for verdict in Verdict}


def _quotes(outcomes: Iterable[Outcome]) -> Quotes:
    asked = [(o.quoted, len(o.first.sentence)) for o in outcomes if o.first and o.quoted is not None]
    n = max(1, len(asked))
    return Quotes(len(asked), sum(right for right, _ in asked) / n, sum(chars for _, chars in asked) / n)
