"""What the worker keeps, as a process over HTTP, while Telegram misbehaves and whoever runs it kills it."""

import json
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from process import QUESTION, TIMEOUT, Environment, environment_in, running, said_until
from standin import Chat, Message, Person, StandIn
from standin_answers import Answer
from standin_faults import (
    BAD_GATEWAY,
    CLOSED,
    CONFLICT,
    MALFORMED,
    RESET,
    SERVER_ERROR,
    Fault,
    hang,
    too_many,
)

ANSWER = "渡船每天早上六点开"


def page(status: int) -> Fault:
    """A page of a gateway, or of a network where one has to log in."""
    return Fault(f"page {status}", Answer(status, b"<html>Please log in</html>", "text/html"))


class Worker:
    """A worker, the stand-in that it serves, and Alice, who asks in private."""

    def __init__(self, standin: StandIn, told: Environment, folder: Path) -> None:
        self.standin, self._told, self._folder = standin, told, folder
        self.meet("Alice")

    def meet(self, name: str) -> None:
        """Another asks from now on, who is called Alice here."""
        self.alice: Person = self.standin.person(name)
        self.chat: Chat = self.standin.private(self.alice)

    @contextmanager
    def serving(self, **more: str) -> Iterator[subprocess.Popen[str]]:
        """The process, for as long as the context lasts."""
        with running(self._told | more, self._folder) as process:
            yield process

    def ask(self, text: str = QUESTION) -> Message:
        """Alice's question."""
        return self.standin.say(self.chat, self.alice, text)

    def answers(self, question: Message) -> list[Message]:
        """What answers a question, when something does."""
        self.standin.wait_for(lambda: self.standin.answers_to(question), TIMEOUT)
        return self.standin.answers_to(question)

    def is_answered_once(self, *questions: Message) -> bool:
        """Whether each question is answered, when it is, and none twice where the bot could know."""
        for question in questions:
            assert any(ANSWER in each.text for each in self.answers(question))
        return not any(each.knowable for each in self.standin.duplicates)


@pytest.fixture
def worker(environment: Environment, tmp_path: Path) -> Iterator[Worker]:
    """A worker that a test begins, and ends."""
    with met(environment, tmp_path) as worker:
        yield worker


@pytest.fixture(scope="module")
def at_work(dictionary: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worker]:
    """A worker that serves for several tests."""
    folder = tmp_path_factory.mktemp("at_work")
    with met(environment_in(folder, dictionary), folder) as worker, worker.serving() as process:
        assert worker.is_answered_once(worker.ask())
        yield worker
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=10)
        assert process.returncode == 0
        assert all("event" in json.loads(line) for line in err.splitlines())


@pytest.fixture
def served(at_work: Worker, request: pytest.FixtureRequest) -> Worker:
    """A worker that is at work, asked by somebody else in each test."""
    at_work.meet(request.node.name[:30])
    return at_work


@contextmanager
def met(environment: Environment, folder: Path) -> Iterator[Worker]:
    standin = StandIn()
    with standin.serve() as api:
        told = environment | {"BOT_TOKEN": standin.token, "BOT_API_URL": api}
        yield Worker(standin, told, folder)


@pytest.mark.parametrize(
    "fault",
    [
        *(too_many(1), SERVER_ERROR, BAD_GATEWAY, RESET, CLOSED, MALFORMED, RESET.after, MALFORMED.after),
        *(page(200), page(400), page(401), page(403), page(404)),
    ],
    ids=str,
)
def test_no_question_is_lost_or_answered_twice_though_telegram_fails(served: Worker, fault: Fault) -> None:
    served.standin.fault("sendMessage", fault, times=2)
    served.standin.fault("getUpdates", fault if fault != too_many(1) else BAD_GATEWAY)
    assert served.is_answered_once(*[served.ask() for _ in range(3)])


def test_what_hangs_is_let_go_and_asked_again(served: Worker) -> None:
    served.standin.fault("sendMessage", hang(TIMEOUT))
    assert served.is_answered_once(served.ask())


def test_another_worker_that_polls_for_a_while_is_waited_out(served: Worker) -> None:
    served.standin.fault("getUpdates", CONFLICT, times=2)
    assert served.is_answered_once(served.ask())


def test_what_telegram_sends_again_is_not_answered_again(served: Worker) -> None:
    question = served.ask()
    served.answers(question)
    served.standin.redeliver()
    served.answers(served.ask())
    assert len(served.standin.answers_to(question)) == 1


def test_a_reply_that_telegram_refuses_goes_out_as_plain_text(served: Worker) -> None:
    served.standin.fail_next("sendMessage", 400, "Bad Request: can't parse entities")
    [answer] = served.answers(served.ask())
    assert ANSWER in answer.text
    assert not answer.entities


def test_an_update_that_cannot_be_read_holds_up_no_other(served: Worker) -> None:
    served.standin.put_raw({"update_id": 900_000, "message": {"text": "?"}})
    assert served.is_answered_once(served.ask())


def test_telegram_may_be_away_at_the_start_and_later(worker: Worker) -> None:
    with worker.standin.away():
        question = worker.ask()
        process = worker.serving()
        said_until("Telegram is out of reach", process.__enter__())
    try:
        assert worker.is_answered_once(question)
        with worker.standin.away():
            second = worker.ask()
        assert worker.is_answered_once(second)
    finally:
        process.__exit__(None, None, None)


def test_pages_that_are_not_telegram_s_do_not_end_a_start_and_menus_it_puts_off_hold_up_no_question(
    worker: Worker,
) -> None:
    for status in (200, 401):
        worker.standin.fault("getMe", page(status))
        worker.standin.fault("deleteWebhook", page(status))
    worker.standin.fault("setMyCommands", too_many(TIMEOUT))
    with worker.serving():
        assert worker.is_answered_once(worker.ask())


def test_what_was_taken_before_a_kill_is_answered_after_it(worker: Worker) -> None:
    with worker.serving() as process:
        worker.answers(worker.ask())
        worker.standin.flood(worker.chat, TIMEOUT)
        questions = [worker.ask() for _ in range(3)]
        worker.standin.wait_for(lambda: not worker.standin.unconfirmed, TIMEOUT)
        process.kill()
        process.wait(TIMEOUT)
    assert not any(worker.standin.answers_to(question) for question in questions)
    worker.standin.behave()
    with worker.serving():
        assert worker.is_answered_once(*questions)


def test_what_is_being_answered_is_finished_when_the_worker_is_to_end_and_its_log_holds_no_question(
    worker: Worker,
) -> None:
    with worker.serving() as process:
        worker.answers(worker.ask())
        worker.standin.fault("sendMessage", too_many(2))
        question = worker.ask()
        worker.standin.wait_for(lambda: worker.standin.injected, TIMEOUT)
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=10)
        assert process.returncode == 0
        assert all("event" in json.loads(line) for line in err.splitlines())
        assert '"verdict": "found"' in err
        assert QUESTION not in err
    assert worker.is_answered_once(question)


def test_questions_from_long_ago_get_one_line_and_later_ones_answers(worker: Worker) -> None:
    questions = [worker.ask() for _ in range(3)]
    worker.standin.let_pass(11 * 60)
    with worker.serving():
        [away] = worker.answers(questions[0])
        assert "离开了一阵" in away.text
        assert worker.is_answered_once(worker.ask())
        assert len(worker.standin.replies(worker.chat)) == 2


def test_a_machine_whose_clock_is_wrong_answers_all_the_same(worker: Worker) -> None:
    worker.standin.clock_skew = -7 * 60 * 60
    with worker.serving():
        assert worker.is_answered_once(worker.ask())


def test_two_workers_on_one_disk_answer_each_question_once(worker: Worker) -> None:
    with worker.serving() as old:
        worker.answers(worker.ask())
        worker.standin.flood(worker.chat, TIMEOUT)
        first = worker.ask()
        worker.standin.wait_for(lambda: worker.standin.injected, TIMEOUT)
        worker.standin.behave()  # it waits all the same, as it was told to
        with worker.serving():
            old.send_signal(signal.SIGTERM)
            old.communicate(timeout=10)  # what it cannot finish in time it leaves
            assert old.returncode == 0
            assert worker.is_answered_once(first, worker.ask())


def test_health_is_told_and_a_port_that_is_taken_is_one_line(worker: Worker, unused_port: int) -> None:
    with worker.serving(HEALTH_PORT=str(unused_port)) as process:
        worker.answers(worker.ask())
        with urlopen(f"http://127.0.0.1:{unused_port}/healthz", timeout=5) as said:
            state = json.load(said)
        assert state["status"] == "ok"
        assert state["documents"] == 1
        assert process.poll() is None
        with worker.serving(HEALTH_PORT=str(unused_port)) as second:
            _, err = second.communicate(timeout=TIMEOUT)
            assert second.returncode == 2
            assert "HEALTH_PORT" in err
            assert "Traceback" not in err
    with pytest.raises((HTTPError, OSError)):
        urlopen(f"http://127.0.0.1:{unused_port}/healthz", timeout=5)


def test_a_disk_that_takes_nothing_is_said_to_admins_once_and_answering_goes_on(
    worker: Worker, tmp_path: Path
) -> None:
    for name in ("inbox.sqlite", "notebook.sqlite"):
        (tmp_path / "index" / name).mkdir()  # nothing can be written there
    with worker.serving(ADMINS=str(worker.alice.id)):
        assert worker.is_answered_once(*[worker.ask() for _ in range(2)])
        said = [reply.text for reply in worker.standin.replies(worker.chat) if "磁盘" in reply.text]
        assert len(said) == 2
        assert len(set(said)) == 2
