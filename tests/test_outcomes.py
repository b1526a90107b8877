"""What becomes of a question, and the figures of many."""

from dataclasses import replace

import pytest

from retrieval.evaluation.cases import Case
from retrieval.evaluation.outcomes import First, Outcome, Quotes, outcome, summary
from retrieval.library import Library
from retrieval.search import Answer, search
from retrieval.verdicts import Verdict

MISSED = Outcome(
    id="a",
    question="几点开门",
    answerable=True,
    rank=None,
    verdict=Verdict.NONE,
    lengths=(100,),
    first=None,
    quoted=None,
)
FIRST = replace(MISSED, rank=1, verdict=Verdict.FOUND, lengths=(200, 300))
FOREIGN = replace(MISSED, answerable=False, lengths=(999,))


@pytest.fixture(scope="module")
def answer(sample_library: Library) -> Answer:
    """Return ten hits, which differ."""
    return search(sample_library.index, "集市摊位罚款多少元", 10)


def case(answer: Answer, rank: int) -> Case:
    """Return a question that the passage of a rank answers, and no other."""
    passage = answer.hits[rank - 1].passage
    return Case("c", answer.question, (passage.origin.source,), (passage.text,))


@pytest.mark.parametrize("rank", [1, 2, 10])
def test_an_outcome_has_the_rank_of_the_first_right_passage(answer: Answer, rank: int) -> None:
    got = outcome(case(answer, rank), answer)
    assert (got.id, got.question, got.answerable) == ("c", answer.question, True)
    assert (got.rank, got.verdict) == (rank, answer.verdict)
    assert got.is_near == (rank <= 3)
    assert got.lengths == tuple(len(hit.passage.text) for hit in answer.hits)


def test_an_outcome_keeps_what_stood_first_below_its_headings(answer: Answer) -> None:
    first = outcome(case(answer, 2), answer).first
    assert first is not None
    hit = answer.hits[0]
    assert first.source == hit.passage.origin.source
    assert first.sentence == hit.passage.text[hit.sentence.start : hit.sentence.end]
    assert first.passage in hit.passage.text
    assert first.passage.startswith("第")  # an article; the chapter's heading stands over it
    assert len(first.passage) <= 100


def test_only_the_sentence_of_a_right_first_passage_is_judged(answer: Answer) -> None:
    hit = answer.hits[0]
    sentence = hit.passage.text[hit.sentence.start : hit.sentence.end]
    right = replace(case(answer, 1), evidence=(sentence,))
    assert outcome(right, answer).quoted is True
    assert outcome(replace(right, evidence=(hit.passage.text[:5],)), answer).quoted is False
    assert outcome(case(answer, 2), answer).quoted is None


def test_without_sources_nothing_is_right(answer: Answer) -> None:
    got = outcome(replace(case(answer, 1), sources=()), answer)
    assert (got.answerable, got.rank, got.quoted) == (False, None, None)


def test_without_hits_nothing_stood_first(answer: Answer) -> None:
    got = outcome(case(answer, 1), replace(answer, verdict=Verdict.NONE, hits=()))
    assert (got.rank, got.first, got.quoted, got.lengths) == (None, None, None, ())


def test_the_ranking_is_of_the_answerable_questions_only() -> None:
    # (1 + 1/4 + 0) / 3, and passages of 200, 300, 100 and 100 characters
    got = summary((FIRST, replace(MISSED, rank=4), MISSED, FOREIGN)).ranking
    assert (got.n, got.hit1, got.hit3) == (3, pytest.approx(1 / 3), pytest.approx(1 / 3))
    assert got.mrr == pytest.approx(1.25 / 3)
    assert got.chars == 175


def test_verdicts_are_counted_of_all_of_the_near_and_of_the_unanswerable() -> None:
    got = summary(
        (
            FIRST,
            replace(FIRST, rank=3, verdict=Verdict.PERHAPS),
            replace(MISSED, rank=4),
            MISSED,
            FOREIGN,
            replace(FOREIGN, verdict=Verdict.FOUND),
        )
    )
    assert got.answerable == {Verdict.FOUND: 1, Verdict.PERHAPS: 1, Verdict.NONE: 2}
    assert got.near == {Verdict.FOUND: 1, Verdict.PERHAPS: 1, Verdict.NONE: 0}
    assert got.unanswerable == {Verdict.FOUND: 1, Verdict.PERHAPS: 0, Verdict.NONE: 1}


def test_sentences_are_counted_where_they_are_judged() -> None:
    short, long = First("a.txt", "", "十" * 10), First("a.txt", "", "四" * 40)
    got = summary(
        (
            replace(FIRST, first=short, quoted=True),
            replace(FIRST, first=long, quoted=False),
            replace(FIRST, first=long),
        )
    )
    assert got.quotes == Quotes(n=2, right=0.5, chars=25)


def test_no_questions_have_figures_too() -> None:
    got = summary(())
    assert (got.ranking.n, got.quotes.n, sum(got.answerable.values())) == (0, 0, 0)
