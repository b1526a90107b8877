"""A run that is saved, and read again."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.evaluation.outcomes import First, Outcome
from retrieval.evaluation.runs import RunError, as_json, read_run, write_run
from retrieval.verdicts import Verdict

OUTCOMES = st.builds(
    Outcome,
    id=st.text(),
    question=st.text(),
    answerable=st.booleans(),
    rank=st.none() | st.integers(1, 10),
    verdict=st.sampled_from(Verdict),
    lengths=st.lists(st.integers(1, 600), max_size=3).map(tuple),
    first=st.none() | st.builds(First, source=st.text(), passage=st.text(), sentence=st.text()),
    quoted=st.none() | st.booleans(),
)
OUTCOME = Outcome(
    id="a",
    question="几点开门",
    answerable=True,
    rank=2,
    verdict=Verdict.FOUND,
    lengths=(120, 80),
    first=First("x.txt", "八点", "八点"),
    quoted=None,
)


@settings(max_examples=50)
@given(st.lists(OUTCOMES, max_size=3).map(tuple))
def test_what_is_written_is_read_again(tmp_path_factory: pytest.TempPathFactory, run: tuple[Outcome]) -> None:
    path = tmp_path_factory.mktemp("run") / "run.json"
    write_run(path, run)
    assert read_run(path) == run


def test_half_a_character_does_not_prevent_saving(tmp_path: Path) -> None:
    run = (replace(OUTCOME, question="\ud83d"),)
    write_run(tmp_path / "run.json", run)
    assert read_run(tmp_path / "run.json") == run


def test_a_run_is_json_with_a_version_its_figures_and_every_question() -> None:
    run = json.loads(as_json((OUTCOME,)))
    assert list(run) == ["version", "figures", "questions"]
    assert run["version"] == 1
    assert (run["figures"]["hit@1"], run["figures"]["mrr@10"], run["figures"]["chars"]) == (0, 0.5, 100)
    assert run["figures"]["verdicts"]["near"] == {"found": 1, "perhaps": 0, "none": 0}
    assert run["questions"] == [
        {
            "id": "a",
            "question": "几点开门",
            "answerable": True,
            "rank": 2,
            "verdict": "found",
            "lengths": [120, 80],
            "first": {"source": "x.txt", "passage": "八点", "sentence": "八点"},
            "quoted": None,
        }
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "\ufeff\x00",
        '{"version": 1}',
        '{"version": "1", "questions": []}',
        '{"version": 1, "questions": [{}]}',
        as_json((OUTCOME,)).replace('"found"', '"gefunden"'),
        as_json((OUTCOME,)).replace('"rank": 2', '"rank": "2"'),
        as_json((OUTCOME,)).replace("[120, 80]", '["120"]'),
        as_json((OUTCOME,)).replace('"rank": 2', '"rank": -3'),
        as_json((OUTCOME,)).replace('"rank": 2', '"rank": 0'),
        as_json((OUTCOME,)).replace('"rank": 2', '"rank": true'),
        as_json((OUTCOME,)).replace('"rank": 2', '"rank": 1.0'),
        as_json((OUTCOME,)).replace("[120, 80]", "[-1]"),
        as_json((OUTCOME,)).replace("[120, 80]", "[0]"),
        as_json((OUTCOME,)).replace("[120, 80]", "[true]"),
        '{"version": true, "questions": []}',
        as_json((OUTCOME,)).replace('"source": "x.txt", ', ""),
    ],
)
def test_what_is_no_saved_run_is_an_error_that_names_the_file(tmp_path: Path, text: str) -> None:
    (tmp_path / "run.json").write_text(text, encoding="utf-8")
    with pytest.raises(RunError, match=r"run\.json is no run that --save wrote here"):
        read_run(tmp_path / "run.json")


def test_a_run_of_another_version_is_an_error_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text('{"version": 2, "questions": []}', encoding="utf-8")
    with pytest.raises(RunError, match="its version is 2, expected 1"):
        read_run(tmp_path / "run.json")


def test_a_file_that_cannot_be_read_or_written_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(RunError, match=r"none\.json cannot be read: No such file"):
        read_run(tmp_path / "none.json")
    with pytest.raises(RunError, match=r"none/run\.json cannot be written: No such file"):
        write_run(tmp_path / "none" / "run.json", (OUTCOME,))
