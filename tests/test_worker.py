"""`python -m bot` as it is deployed: a process, its signals, its exit status and its log."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from process import QUESTION, TIMEOUT, Environment, ended, running, said_until
from standin import Chat, Person, StandIn
from standin_faults import BAD_GATEWAY, Fault, hang, too_many

from bot.notebook import Notebook


class Served(NamedTuple):
    """A worker that has answered its first question, and whoever asked."""

    worker: subprocess.Popen[str]
    standin: StandIn
    alice: Person
    chat: Chat

    def ended_by(self, number: signal.Signals) -> tuple[str, str]:
        """What it had written when a signal has ended it."""
        self.worker.send_signal(number)
        return self.worker.communicate(timeout=10)


@contextmanager
def serving(environment: Environment, folder: Path, level: str) -> Iterator[Served]:
    """A worker that serves the stand-in over HTTP."""
    standin = StandIn()
    alice = standin.person("Alice")
    chat = standin.private(alice)
    with standin.serve() as api:
        told = environment | {"BOT_TOKEN": standin.token, "BOT_API_URL": api, "LOG_LEVEL": level}
        with running(told, folder) as worker:
            standin.say(chat, alice, QUESTION)
            [reply] = standin.wait_for(lambda: standin.replies(chat), TIMEOUT)
            assert "渡船每天早上六点开" in reply.text
            yield Served(worker, standin, alice, chat)
    assert not standin.refusals


def test_what_dot_env_sets_that_is_no_setting_is_said_in_the_log(
    environment: Environment, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("ADMIN=1\n", encoding="utf-8")
    done = ended(environment, tmp_path, "--or-terminal", lines="")
    assert '"level": "warning"' in done.stderr
    assert "ADMIN in .env is no setting: did you mean ADMINS?" in done.stderr


def test_where_nothing_can_be_kept_that_is_said_at_the_start_and_questions_are_answered(
    environment: Environment, tmp_path: Path
) -> None:
    (tmp_path / "taken").touch()
    told = environment | {"INDEX_DIR": str(tmp_path / "taken")}
    done = ended(told, tmp_path, "--or-terminal", lines=f"{QUESTION}\n")
    assert done.returncode == 0
    assert "渡船每天早上六点开" in done.stdout
    line = done.stderr.splitlines()[0]
    assert line.startswith("✗ INDEX_DIR cannot be written: ")
    assert "set INDEX_DIR to another folder" in line
    assert "Traceback" not in done.stderr


def test_a_signal_that_comes_twice_at_once_is_one_and_what_is_under_way_is_finished(
    environment: Environment, tmp_path: Path
) -> None:
    with serving(environment, tmp_path, "INFO") as served:
        served.standin.fault("sendMessage", too_many(2))
        question = served.standin.say(served.chat, served.alice, QUESTION)
        served.standin.wait_for(lambda: served.standin.injected, TIMEOUT)
        served.worker.send_signal(signal.SIGINT)
        time.sleep(0.01)
        _, err = served.ended_by(signal.SIGTERM)
        assert served.worker.returncode == 0
        assert served.standin.answers_to(question)
    assert "Traceback" not in err
    assert '"verdict": "found"' in err
    assert QUESTION not in err
    assert not [*(tmp_path / "index").glob("*.sqlite-*")]  # what is noted is whole, in one file
    notebook = Notebook(tmp_path / "index" / "notebook.sqlite")
    assert notebook.today().asked == 2
    notebook.close()


def test_a_second_signal_ends_the_worker_though_something_is_under_way(
    environment: Environment, tmp_path: Path
) -> None:
    with serving(environment, tmp_path, "INFO") as served:
        served.standin.fault("sendMessage", hang(TIMEOUT))
        question = served.standin.say(served.chat, served.alice, QUESTION)
        served.standin.wait_for(lambda: served.standin.injected, TIMEOUT)
        served.worker.send_signal(signal.SIGINT)
        time.sleep(1.5)
        _, err = served.ended_by(signal.SIGINT)
        assert served.worker.returncode == 0
        assert not served.standin.answers_to(question)
    assert "Left open" in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("method", "fault"),
    [
        ("getMe", hang(TIMEOUT)),
        ("getMe", BAD_GATEWAY),
        ("deleteWebhook", BAD_GATEWAY),
        ("setMyCommands", hang(TIMEOUT)),
    ],
    ids=str,
)
def test_sigterm_ends_a_worker_whose_start_does_not_succeed(
    environment: Environment, tmp_path: Path, method: str, fault: Fault
) -> None:
    standin = StandIn()
    with standin.serve() as api:
        told = environment | {"BOT_TOKEN": standin.token, "BOT_API_URL": api}
        standin.fault(method, fault, times=1000)
        with running(told, tmp_path) as worker:
            standin.wait_for(lambda: standin.injected, TIMEOUT)
            worker.send_signal(signal.SIGTERM)
            _, err = worker.communicate(timeout=10)
            assert worker.returncode == 0
        assert "Traceback" not in err
        assert "never" not in err  # awaited, retrieved: what asyncio says of what was left behind
        assert "destroyed" not in err


def test_a_thread_that_computes_for_long_does_not_keep_the_process_from_ending() -> None:
    program = f"""
import threading, time
from bot import __main__
from bot.__main__ import end
def main(): raise ValueError("broken")
__main__.main = main
threading.Thread(target=time.sleep, args=({TIMEOUT * 2},)).start()
end()
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=TIMEOUT, check=False
    )
    assert done.returncode == 1
    assert "ValueError: broken" in done.stderr


WHERE_NO_DISK_ANSWERS = f"""
import time
from bot import running
from bot.__main__ import end
from bot.inbox import Inbox
Inbox.close = lambda _: time.sleep({TIMEOUT * 2})
running.LAST = 2.0
end()
"""


@pytest.mark.parametrize(("is_refused", "status"), [(False, 0), (True, 1)])
def test_a_worker_ends_though_its_disk_does_not_answer(
    environment: Environment, tmp_path: Path, *, is_refused: bool, status: int
) -> None:
    standin = StandIn()
    with standin.serve() as api:
        token = "123456:revoked" if is_refused else standin.token
        with subprocess.Popen(
            [sys.executable, "-c", WHERE_NO_DISK_ANSWERS],
            cwd=tmp_path,
            env=environment | {"BOT_TOKEN": token, "BOT_API_URL": api},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        ) as worker:
            try:
                if not is_refused:
                    standin.wait_for(lambda: standin.requests("getUpdates"), TIMEOUT)
                    worker.send_signal(signal.SIGTERM)
                _, err = worker.communicate(timeout=10)
                assert (worker.returncode, b"Traceback" in err) == (status, False)
            finally:
                worker.kill()


def test_sigterm_ends_the_worker_while_a_question_waits_for_documents_to_be_read(
    environment: Environment, tmp_path: Path
) -> None:
    long = "渡船每天早上六点开，晚上八点停。集市五点半开市。" * 200_000
    for number in range(4):  # some minutes of work, for several processes
        (tmp_path / "documents" / f"长{number}.txt").write_text(long, encoding="utf-8")
    standin = StandIn()
    alice = standin.person("Alice")
    chat = standin.private(alice)
    with standin.serve() as api:
        told = environment | {"BOT_TOKEN": standin.token, "BOT_API_URL": api}
        with running(told, tmp_path) as worker:
            standin.say(chat, alice, "/start")
            standin.wait_for(lambda: standin.replies(chat), TIMEOUT)
            standin.say(chat, alice, QUESTION)
            standin.wait_for(lambda: not standin.unconfirmed, TIMEOUT)  # it has the question
            worker.send_signal(signal.SIGTERM)
            worker.communicate(timeout=10)
            assert worker.returncode == 0


def test_the_worker_answers_over_http_and_sigterm_ends_it_and_its_log_never_shows_the_token(
    environment: Environment, tmp_path: Path
) -> None:
    with serving(environment, tmp_path, "DEBUG") as served:
        out, err = served.ended_by(signal.SIGTERM)
        assert served.worker.returncode == 0
    assert "Telegram" in out.splitlines()[0]
    assert '"verdict": "found"' in err
    assert "getUpdates" in err
    assert "Traceback" not in err
    assert served.standin.token.partition(":")[2] not in out + err


def test_a_worker_survives_that_nobody_knows_where_telegram_is(
    environment: Environment, tmp_path: Path
) -> None:
    told = environment | {"BOT_TOKEN": "123456:TEST", "BOT_API_URL": "http://telegram.invalid"}
    with running(told, tmp_path) as worker:
        said = said_until("Telegram is out of reach, trying again", worker)
        worker.send_signal(signal.SIGTERM)
        _, err = worker.communicate(timeout=TIMEOUT)
    assert "Traceback" not in said + err


def test_a_token_that_is_revoked_ends_the_worker_with_one_line_and_exit_status_2(
    environment: Environment, tmp_path: Path
) -> None:
    with serving(environment, tmp_path, "WARNING") as served:
        served.standin.token = "123456:another"  # noqa: S105 - nobody's token
        served.standin.say(served.chat, served.alice, QUESTION)  # ends the poll that waits
        _, err = served.worker.communicate(timeout=TIMEOUT)
        assert served.worker.returncode == 2
    assert err.splitlines()[-1].startswith("BOT_TOKEN is refused by Telegram")
    assert "Traceback" not in err


def test_a_refused_token_is_one_line_and_exit_status_2(environment: Environment, tmp_path: Path) -> None:
    with StandIn().serve() as api:
        told = environment | {"BOT_TOKEN": "123456:another", "BOT_API_URL": api}
        done = ended(told, tmp_path)
    assert done.returncode == 2
    [line] = done.stderr.splitlines()
    assert line.startswith("BOT_TOKEN is refused by Telegram: copy it again")


def test_without_a_token_the_worker_is_one_line_and_exit_status_2(
    environment: Environment, tmp_path: Path
) -> None:
    done = ended(environment | {"BOT_TOKEN": ""}, tmp_path)
    assert done.returncode == 2
    [line] = done.stderr.splitlines()
    assert line.startswith("BOT_TOKEN is not set")
    assert done.stdout == ""


def test_a_folder_that_is_not_there_is_one_line_that_names_its_setting_and_exit_status_2(
    environment: Environment, tmp_path: Path
) -> None:
    done = ended(environment | {"DOCUMENTS_DIR": "nowhere"}, tmp_path, "--or-terminal")
    assert done.returncode == 2
    [line] = done.stderr.splitlines()
    assert line.startswith("DOCUMENTS_DIR")


def test_in_the_terminal_piped_questions_are_all_answered_in_order_whoever_is_let_in_by_telegram(
    environment: Environment, tmp_path: Path
) -> None:
    (tmp_path / "documents" / "表.xls").write_bytes(b"PK")  # it is named, and stops nothing
    lines = "渡船几点开\n/list\n量子力学是什么\n/start\n渡船几点停"
    done = ended(environment | {"ALLOWED_USERS": "77"}, tmp_path, "--or-terminal", lines=lines)
    assert done.returncode == 0
    [line] = done.stderr.splitlines()
    assert "表.xls: its format is not read" in line
    assert "终端" in done.stdout.splitlines()[0]
    expected = ["渡船每天早上", "共 1 份文档", "没有找到", "这里是出处", "渡船每天早上"]
    at = [done.stdout.index(f"› {line}") for line in lines.splitlines()]
    for begin, end, words in zip(at, [*at[1:], None], expected, strict=True):
        assert words in done.stdout[begin:end]


def test_a_full_disk_behind_standard_output_keeps_nobody_from_being_answered(
    environment: Environment, tmp_path: Path
) -> None:
    standin = StandIn()
    alice = standin.person("Alice")
    chat = standin.private(alice)
    with standin.serve() as api, Path("/dev/full").open("w", encoding="utf-8") as full:
        told = environment | {"BOT_TOKEN": standin.token, "BOT_API_URL": api}
        with subprocess.Popen(
            [sys.executable, "-m", "bot"], cwd=tmp_path, env=told, stdout=full, stderr=full
        ) as worker:
            try:
                standin.say(chat, alice, QUESTION)
                standin.wait_for(lambda: standin.replies(chat), TIMEOUT)
                worker.send_signal(signal.SIGTERM)
                assert worker.wait(timeout=10) == 0
            finally:
                worker.kill()


def test_a_wrong_setting_has_its_exit_status_though_it_cannot_be_said(
    environment: Environment, tmp_path: Path
) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        told = environment | {"PASSAGES": "many"}
        done = subprocess.run(
            [sys.executable, "-m", "bot"], cwd=tmp_path, env=told, stdout=full, stderr=full, check=False
        )
    assert done.returncode == 2
