"""What a person reads of a run."""

from dataclasses import replace

import pytest

from retrieval.command_line.columns import width
from retrieval.command_line.reports import comparison_report, report
from retrieval.evaluation.comparison import compare
from retrieval.evaluation.outcomes import First, Outcome
from retrieval.verdicts import Verdict

LONG = "我妈六十八岁，卖自己种的菜和自家鸡下的蛋，每逢集日都去，还要不要交管理费？"
TEA = First("臺灣茶的沖泡.txt", "水要滚，\n茶要少。" * 9, "水要滚，\n茶要少。")
RIGHT = Outcome(
    id="q-1",
    question="几点开门",
    answerable=True,
    rank=1,
    verdict=Verdict.FOUND,
    lengths=(200, 100),
    first=TEA,
    quoted=True,
)
THIRD = replace(RIGHT, id="q-2", question=LONG, rank=3, verdict=Verdict.PERHAPS, quoted=None)
LOST = replace(THIRD, id="编号三", question="谁来", rank=None, verdict=Verdict.NONE, first=None, lengths=())
FOREIGN = replace(LOST, id="q-4", question="股价", answerable=False)
RUN = (RIGHT, THIRD, LOST, FOREIGN)


def test_a_run_is_read_from_the_figures_to_the_wrong_verdicts() -> None:
    misquoted = replace(RIGHT, id="q-6", quoted=False)
    refused = replace(THIRD, verdict=Verdict.NONE)
    believed = replace(FOREIGN, verdict=Verdict.FOUND, first=TEA)
    assert (
        report((RIGHT, misquoted, refused, LOST, believed), 60)
        == """\
Questions that the documents answer            4
  right passage first (hit@1)                  2   0.500
  right passage in the first three (hit@3)     3   0.750
  right passage in the first ten (hit@10)      3   0.750
  mean of 1/rank (MRR@10)                          0.583
  mean length of a passage, characters               150
  said found                                   2   0.500
  said perhaps                                 0   0.000
  said none                                    2   0.500

Of these, right passage in the first three     3
  said found                                   2   0.667
  said perhaps                                 0   0.000
  said none                                    1   0.333

Questions that the documents do not answer     1
  said found                                   1   1.000
  said perhaps                                 0   0.000
  said none                                    0   0.000

Sentence quoted from a right first passage     2
  right sentence                               1   0.500
  mean length, characters                              9

Right passage not first (rank -: not in the first 10): 2

rank 3     none     q-2
    我妈六十八岁，卖自己种的菜和自家鸡下的蛋，每逢集日都去，
    还要不要交管理费？
    first: 臺灣茶的沖泡.txt
           水要滚， 茶要少。水要滚， 茶要少。水要滚， 茶要…

rank -     none     编号三
    谁来
    first: nothing was found

Right passage first, but another sentence quoted: 1

rank 1     found    q-6
    几点开门
    quoted: 水要滚， 茶要少。

Right passage in the first three, but said none: 1

rank 3     none     q-2
    我妈六十八岁，卖自己种的菜和自家鸡下的蛋，每逢集日都去，
    还要不要交管理费？
    first: 臺灣茶的沖泡.txt
           水要滚， 茶要少。水要滚， 茶要少。水要滚， 茶要…

Not answered by the documents, but said found: 1

no answer  found    q-4
    股价
    first: 臺灣茶的沖泡.txt
           水要滚， 茶要少。水要滚， 茶要少。水要滚， 茶要…"""
    )


def test_what_stands_for_no_question_is_left_out() -> None:
    lines = report((FOREIGN,), 80).splitlines()
    assert lines[0] == "Questions that the documents do not answer     1"
    assert not any("hit@1" in line or "right sentence" in line for line in lines)


def test_a_question_that_is_its_own_id_is_said_once() -> None:
    own = replace(LOST, id=LOST.question)
    assert "rank -     none\n    谁来\n" in report((own,), 80)
    assert comparison_report(compare((own,), ()), "run.json", 80).count("谁来") == 1


def test_what_moved_is_read_with_before_and_now() -> None:
    now = (
        replace(RIGHT, rank=None, verdict=Verdict.NONE, quoted=None),
        replace(THIRD, rank=1, quoted=False),
        replace(FOREIGN, verdict=Verdict.FOUND),
        replace(RIGHT, id="q-5", question="新的"),
    )
    assert (
        comparison_report(compare(RUN, now), "run.json", 80)
        == """\
Compared with run.json. Questions in both: 3

                                                  before           now  change

Questions that the documents answer            2             2
  right passage first (hit@1)                  1   0.500     1   0.500
  right passage in the first three (hit@3)     2   1.000     1   0.500  -0.500
  right passage in the first ten (hit@10)      2   1.000     1   0.500  -0.500
  mean of 1/rank (MRR@10)                          0.667         0.500  -0.167
  mean length of a passage, characters               150           150
  said found                                   1   0.500     0   0.000  -0.500
  said perhaps                                 1   0.500     1   0.500
  said none                                    0   0.000     1   0.500  +0.500

Of these, right passage in the first three     2             1
  said found                                   1   0.500     0   0.000  -0.500
  said perhaps                                 1   0.500     1   1.000  +0.500
  said none                                    0   0.000     0   0.000

Questions that the documents do not answer     1             1
  said found                                   0   0.000     1   1.000  +1.000
  said perhaps                                 0   0.000     0   0.000
  said none                                    1   1.000     0   0.000  -1.000

Sentence quoted from a right first passage     1             1
  right sentence                               1   1.000     0   0.000  -1.000
  mean length, characters                              9             9

Moved up: 1

rank 3 -> 1    perhaps             q-2
    我妈六十八岁，卖自己种的菜和自家鸡下的蛋，每逢集日都去，还要不要交管理费？

Moved down: 1

rank 1 -> -    found -> none       q-1
    几点开门

Only the verdict changed: 1

no answer      none -> found       q-4
    股价

Only in the earlier run: 1

编号三
    谁来

Only in this run: 1

q-5
    新的"""
    )


@pytest.mark.parametrize("columns", [60, 80, 100])
def test_no_line_is_wider_than_the_terminal(columns: int) -> None:
    long = First("很长的文件名" * 30 + ".txt", "茶" * 100, "水" * 100)
    misquoted = replace(RIGHT, quoted=False)
    run = tuple(
        replace(o, id="编号" * 60, question=o.question * 9, first=long) for o in (misquoted, *RUN[1:])
    )
    assert report(run, columns).count("水") == 100
    down = compare(tuple(replace(o, rank=1, verdict=Verdict.FOUND) for o in run), run)
    assert max(map(width, report(run, columns).splitlines())) <= columns
    assert max(map(width, comparison_report(down, "run" * 60 + ".json", 80).splitlines())) <= 80
