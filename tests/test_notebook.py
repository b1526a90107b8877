import stat
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import pytest
from clock import Clock
from hypothesis import given
from hypothesis import strategies as st

from bot.notebook import DAY, KEPT, MISSED_KEPT, MOST_MISSED, Day, Notebook

NOON = datetime(2024, 3, 5, 12, tzinfo=UTC).timestamp()


@pytest.fixture
def clock() -> Clock:
    return Clock(NOON)


@pytest.fixture
def notebook(tmp_path: Path, clock: Clock) -> Notebook:
    return Notebook(tmp_path / "index" / "notebook.sqlite", clock)


ids = st.integers(-(2**52), 2**52)


@given(st.dictionaries(st.tuples(ids, ids), ids, max_size=20))
def test_what_is_noted_is_known(answers: dict[tuple[int, int], int]) -> None:
    notebook = Notebook(None)
    for (chat, question), answer in answers.items():
        notebook.note_answer(chat, question, answer)
    for (chat, question), answer in answers.items():
        assert notebook.answer_to(chat, question) == answer
        assert (chat, notebook.question_of(chat, answer)) in answers


def test_what_was_never_noted_is_not_known(notebook: Notebook) -> None:
    assert notebook.answer_to(1, 2) is None
    assert notebook.question_of(1, 2) is None
    assert notebook.file_of("x") is None
    assert notebook.missed() == []
    assert notebook.today() == Day()


def test_it_outlives_the_process_and_is_for_its_owner_only(
    tmp_path: Path, notebook: Notebook, clock: Clock
) -> None:
    notebook.note_answer(1, 2, 3)
    notebook.note_missed("量子")
    notebook.close()
    for path in (tmp_path / "index").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0
    again = Notebook(tmp_path / "index" / "notebook.sqlite", clock)
    assert again.answer_to(1, 2) == 3
    for path in (tmp_path / "index").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0


def test_of_a_chat_that_is_no_more_nothing_is_known(notebook: Notebook) -> None:
    notebook.note_answer(-7, 2, 3)
    notebook.note_answer(-8, 2, 3)
    notebook.forget_chat(-7)
    assert notebook.answer_to(-7, 2) is None
    assert notebook.answer_to(-8, 2) == 3


def test_where_questions_in_vain_are_kept_no_more_those_from_before_go_too(notebook: Notebook) -> None:
    notebook.note_missed("量子")
    notebook.forget_missed()
    assert notebook.missed() == []


def test_what_is_too_old_is_forgotten(notebook: Notebook, clock: Clock) -> None:
    notebook.note_answer(1, 2, 3)
    notebook.note_file("a", "file")
    notebook.note_missed("量子")
    notebook.count(is_answered=False)
    clock.now += (KEPT - 1) * DAY
    notebook.forget()
    assert (notebook.answer_to(1, 2), notebook.file_of("a")) == (3, "file")
    clock.now += 2 * DAY
    notebook.note_answer(4, 5, 6)  # which is when it happens
    assert (notebook.answer_to(1, 2), notebook.file_of("a")) == (None, None)
    assert len(notebook.missed()) == 1
    clock.now = NOON + (MISSED_KEPT + 1) * DAY
    notebook.forget()
    assert notebook.missed() == []


def test_a_question_in_vain_is_not_shown_longer_than_it_is_kept_though_nobody_asks(
    notebook: Notebook, clock: Clock
) -> None:
    notebook.note_missed("量子")
    clock.now += MISSED_KEPT * DAY + 1
    assert notebook.missed() == []


def test_what_is_forgotten_leaves_no_words_on_the_disk(
    tmp_path: Path, notebook: Notebook, clock: Clock
) -> None:
    notebook.note_missed("quantum")
    notebook.forget_missed()
    assert not any(b"quantum" in file.read_bytes() for file in (tmp_path / "index").iterdir())
    notebook.note_missed("quantum")
    clock.now += MISSED_KEPT * DAY + 1
    again = Notebook(tmp_path / "index" / "notebook.sqlite", clock)
    assert not any(b"quantum" in file.read_bytes() for file in (tmp_path / "index").iterdir())
    again.close()


def test_questions_in_vain_are_the_newest_first_each_once_and_at_most_so_many(
    notebook: Notebook, clock: Clock
) -> None:
    for number in range(MOST_MISSED + 10):
        clock.now += 1
        notebook.note_missed(f"问题{number}")
    clock.now += 1
    notebook.note_missed("问题100")
    missed = [each.question for each in notebook.missed()]
    assert missed[:2] == ["问题100", f"问题{MOST_MISSED + 9}"]
    assert len(missed) == len(set(missed)) == MOST_MISSED


def test_questions_are_counted_by_the_day(notebook: Notebook, clock: Clock) -> None:
    for is_answered in (True, True, False):
        notebook.count(is_answered=is_answered)
    assert notebook.today() == Day(3, 1)
    clock.now += DAY
    assert notebook.today() == Day()


def test_a_file_that_telegram_forgot_is_not_known(notebook: Notebook) -> None:
    notebook.note_file("a", "file")
    notebook.forget_file("a")
    assert notebook.file_of("a") is None


def test_any_thread_may_use_it(notebook: Notebook) -> None:
    threads = [Thread(target=notebook.note_answer, args=(1, n, n)) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [notebook.answer_to(1, n) for n in range(20)] == [*range(20)]


def test_where_nothing_can_be_kept_it_is_noted_for_as_long_as_the_process_lasts(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "index").write_text("a file where a folder should be")
    notebook = Notebook(tmp_path / "index" / "notebook.sqlite")
    notebook.note_answer(1, 2, 3)
    assert notebook.answer_to(1, 2) == 3
    assert "cannot be kept" in caplog.text


@given(st.text())
def test_any_question_can_be_noted(question: str) -> None:
    notebook = Notebook(None)
    notebook.note_missed(question)
    assert len(notebook.missed()) <= 1
