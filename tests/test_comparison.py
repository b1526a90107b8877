"""What moved between two runs."""

from dataclasses import replace

import pytest

from retrieval.evaluation.comparison import Move, compare
from retrieval.evaluation.outcomes import Outcome
from retrieval.verdicts import Verdict

THIRD = Outcome(
    id="a",
    question="几点开门",
    answerable=True,
    rank=3,
    verdict=Verdict.FOUND,
    lengths=(),
    first=None,
    quoted=None,
)
FIRST, LOST = replace(THIRD, rank=1), replace(THIRD, rank=None)


@pytest.mark.parametrize(
    ("before", "now"), [(THIRD, FIRST), (LOST, THIRD), (LOST, replace(FIRST, verdict=Verdict.NONE))]
)
def test_a_question_whose_right_passage_comes_earlier_moved_up_and_the_other_way_down(
    before: Outcome, now: Outcome
) -> None:
    there, back = compare((before,), (now,)), compare((now,), (before,))
    assert (there.up, there.down, there.turned) == ((Move(before, now),), (), ())
    assert (back.up, back.down, back.turned) == ((), (Move(now, before),), ())


@pytest.mark.parametrize("outcome", [THIRD, LOST])
def test_a_question_of_which_only_the_verdict_changed_turned(outcome: Outcome) -> None:
    now = replace(outcome, verdict=Verdict.NONE)
    got = compare((outcome,), (now,))
    assert (got.up, got.down, got.turned) == ((), (), (Move(outcome, now),))


@pytest.mark.parametrize("outcome", [THIRD, LOST])
def test_nothing_moved_from_a_run_to_itself(outcome: Outcome) -> None:
    got = compare((outcome,), (outcome,))
    assert (got.before, got.now) == ((outcome,), (outcome,))
    assert got.up == got.down == got.turned == got.gone == got.new == ()


def test_a_question_of_one_run_only_is_named_and_not_compared() -> None:
    old, new = replace(THIRD, id="old"), replace(THIRD, id="new")
    got = compare((old, THIRD), (FIRST, new))
    assert (got.gone, got.new) == ((old,), (new,))
    assert (got.before, got.now) == ((THIRD,), (FIRST,))


def test_another_question_under_the_same_id_is_another() -> None:
    other = replace(FIRST, question="几点关门")
    got = compare((THIRD,), (other,))
    assert (got.up, got.gone, got.new) == ((), (THIRD,), (other,))
