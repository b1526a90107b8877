import asyncio
import logging
from threading import Event

import pytest
from conversation import LONG, Open, conversation

from bot.notebook import Notebook
from bot.off_loop import OwnThread


def test_what_nobody_waits_for_is_done_in_its_order_and_before_the_end() -> None:
    done = list[int]()
    thread = OwnThread("notes")
    for number in range(9):
        thread.begin(lambda number=number: done.append(number))
    thread.end()
    assert done == [*range(9)]


def test_what_nobody_waited_for_and_failed_is_in_the_log_without_anybody_s_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    thread, said = OwnThread("notes"), "渡船几点开"
    with caplog.at_level(logging.INFO):
        thread.begin(lambda: int(said))
        assert asyncio.run(thread.do(lambda: "goes on")) == "goes on"
        thread.end()
    [record] = caplog.records
    assert "ValueError" in record.exception  # type: ignore[attr-defined]
    assert said not in record.exception  # type: ignore[attr-defined]


def test_an_answer_is_struck_out_of_what_is_to_do_before_anything_else_is_written_down(opened: Open) -> None:
    notebook, go = Notebook(None), Event()
    with conversation(opened({"渡口.txt": "渡船每天早上六点开，晚上八点停。"}), notebook=notebook) as talk:
        notebook.thread.begin(lambda: go.wait(LONG))
        answer = talk.ask("渡船几点开")  # it is handled, though nothing can be noted
        assert "六点" in answer.text
        assert notebook.question_of(talk.chat.id, answer.id) is None
        go.set()
        notebook.thread.end()
        assert notebook.question_of(talk.chat.id, answer.id) is not None
