"""Whatever is done to a file, it is read or refused, and the others are read."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.hostile.fuzzing import Fuzz
from benchmarks.hostile.mutations import mutated
from benchmarks.hostile.samples import samples
from retrieval.documents import Document
from retrieval.passages import split
from retrieval.readers import OURS

CASES = 120


def test_spoilt_files_are_read_or_refused_and_the_others_are_read(tmp_path: Path) -> None:
    fuzz = Fuzz(tmp_path, seed=7)
    fuzz.run(CASES)
    assert fuzz.faults == []
    assert sum(tally.outcomes.total() for tally in fuzz.tallies.values()) == CASES


def test_a_fault_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(_: object, __: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("benchmarks.hostile.fuzzing._look_through", breaks)
    fuzz = Fuzz(tmp_path, seed=7)
    fuzz.run(2)
    assert len(fuzz.faults) == 2


@settings(max_examples=60)
@given(
    st.sampled_from([".txt", ".md"]),
    st.text(st.sampled_from("渡口#|-—:：\n \t\"'`,;；一1.、（(第章条。\u3000\0[]"), max_size=80),
)
def test_any_text_is_read_and_no_letter_of_it_is_lost_or_made(ending: str, text: str) -> None:
    content = OURS[ending](text)
    passages = split(Document("a", "a", content.text, content.paragraphs))
    for letter in "渡口章条":
        assert sum(passage.text.count(letter) for passage in passages) >= text.count(letter)


@given(st.integers(), st.sampled_from(sorted(samples())))
@settings(max_examples=30)
def test_the_same_number_spoils_a_file_alike(seed: int, ending: str) -> None:
    first, second = (
        mutated(Random(seed), samples()[ending])  # noqa: S311 - no secret
        for _ in range(2)
    )
    assert first == second
