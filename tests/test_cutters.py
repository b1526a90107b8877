"""Files are cut alike in one process and in several, and no process is left waiting for another."""

import fcntl
import os
import signal
import time
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from dying import PATIENCE, cut_for_ever, die, die_of_one

from benchmarks.crashing import Place, small_dictionary, texts_of, write_texts
from retrieval.documents import Content, Document
from retrieval.indexing import cutters
from retrieval.indexing.cutters import CutFile, Cutters, Outcome, Refused
from retrieval.limits import Limits
from retrieval.listing import File, list_folder
from retrieval.problems import Problem, Reason
from retrieval.reading import digest_of, document_of
from retrieval.tokens import Tokenizer


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A folder of a dozen documents, of which one is empty, to be indexed."""
    made = Place(tmp_path / "documents", tmp_path / "index")
    small_dictionary(made.derived)
    texts = {f"{turn}{name}": text for turn in range(3) for name, text in texts_of(turn).items()}
    write_texts(made.documents, texts | {"空.txt": "", "_terms.txt": "开水房"})
    return made


@pytest.fixture
def several(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a few bytes be worth several processes, of which there are two whatever the machine."""
    monkeypatch.setattr(cutters, "SEVERAL_FROM", 1)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1}, raising=False)


def _files(place: Place) -> tuple[File, ...]:
    return list_folder(place.documents).documents


def _until(path: Path, pattern: str, count: int) -> list[Path]:
    for _ in range(PATIENCE * 50):
        if len(found := [*path.glob(pattern)]) >= count:
            return found
        time.sleep(0.02)
    raise AssertionError(f"not {count} of {pattern}")


def _comparable(outcomes: Iterator[Any]) -> list[Any]:
    return [
        (cut.digest, cut.title, cut.lines.written, cut.title_tokens, cut.tokens, cut.body.tokens.tolist())
        if isinstance(cut, CutFile)
        else cut
        for cut in outcomes
    ]


@pytest.mark.usefixtures("several")
def test_several_processes_make_the_same_index_as_one(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    first, _ = place.refresher.refresh()
    monkeypatch.setattr(cutters, "SEVERAL_FROM", 10**9)
    monkeypatch.setattr(Cutters, "_over", lambda *_: pytest.fail("it was cut over several"))
    (place.documents / "_terms.txt").unlink()
    place.refresher.refresh()
    (place.documents / "_terms.txt").write_text("开水房", encoding="utf-8")
    second, _ = place.refresher.refresh()
    assert second.manifest.seal == first.manifest.seal
    assert [*second.snapshot.passages] == [*first.snapshot.passages]
    assert np.array_equal(second.table.text, first.table.text)


@pytest.mark.usefixtures("several")
@pytest.mark.parametrize("dies", [die, die_of_one])
def test_what_a_process_that_dies_did_not_cut_is_cut_here(
    place: Place,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    dies: Callable[[File], Outcome],
) -> None:
    expected = _comparable(Cutters(place.derived, lambda: Tokenizer(place.derived), ())(_files(place)))
    monkeypatch.setattr(cutters, "_cut_there", dies)
    found = Cutters(place.derived, lambda: Tokenizer(place.derived), ())(_files(place))
    assert _comparable(found) == expected
    assert [record.levelname for record in caplog.records] == ["WARNING"]


def test_processes_end_with_the_one_that_started_them_however_it_ends(place: Place) -> None:
    process = get_context("spawn").Process(target=cut_for_ever, args=(place,))
    process.start()
    held = _until(place.documents.parent, "held-*", 2)
    process.kill()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    for path in held:
        with path.open() as file:
            for _ in range(PATIENCE * 10):
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    time.sleep(0.02)
                else:
                    break
            else:
                pytest.fail("it is still there")


def test_files_whose_format_is_not_read_are_no_reason_for_several_processes(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = place.documents / "片.mp4"
    with large.open("wb") as file:
        file.truncate(10 * cutters.SEVERAL_FROM)
    monkeypatch.setattr(Cutters, "_over", lambda *_: pytest.fail("it was cut over several"))
    tokenizer = Tokenizer(place.derived)
    outcomes = [*Cutters(place.derived, lambda: tokenizer, ())(list_folder(place.documents).documents)]
    assert len(outcomes) == len(list_folder(place.documents).documents)


def test_a_document_over_which_the_code_breaks_down_is_refused_and_the_others_are_cut(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(content: Content, source: str) -> Document:
        if source == expected[0].problem.source:
            raise RecursionError
        return document_of(content, source)

    files = _files(place)
    expected = [Refused(digest_of(files[0], Limits()), Problem(files[0].source, Reason.CRASH))]
    monkeypatch.setattr("retrieval.indexing.cutters.document_of", breaks)
    first, *others = Cutters(place.derived, lambda: Tokenizer(place.derived), ())(files)
    assert [first] == expected
    assert sum(isinstance(other, CutFile) for other in others) == len(files) - 2  # and the empty one
