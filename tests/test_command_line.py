"""`python -m retrieval`, called in this process and as a process of its own."""

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import pytest

from retrieval.__main__ import main

ROOT = Path(__file__).parent.parent
TIMEOUT = 60  # seconds, after which a process hangs
KEYS = ["source", "title", "heading", "place", "passage", "sentence", "score"]
DOCUMENTS = {
    "渡口/开船.md": "# 渡口须知\n\n## 开船\n\n渡船八点开。停航要挂红灯。\n\n灯在亭子里。\n\n"
    "## 船票\n\n五分钱一张。",
    "茶.txt": "泡茶\n水要滚，茶要少。",
}


class Said(NamedTuple):
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def answers(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


Ask: TypeAlias = Callable[..., Said]

pytestmark = pytest.mark.usefixtures("folder", "jieba_loaded")


@pytest.fixture
def folder(no_settings: Path, derived: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of two documents, the one that DOCUMENTS_DIR names."""
    monkeypatch.setenv("INDEX_DIR", str(derived))
    monkeypatch.setenv("DOCUMENTS_DIR", "文件")
    for name, text in DOCUMENTS.items():
        path = no_settings / "文件" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return no_settings / "文件"


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Return the command, called in this process on the two documents."""

    def call(*arguments: str, typed: str = "") -> Said:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed.encode()), encoding="ascii"))
        try:
            status = main(["ask", *arguments])
        except SystemExit as end:  # argparse's
            status = int(end.code or 0)
        return Said(status, *capsys.readouterr())

    return call


@contextmanager
def running(*arguments: str, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """Start `python -m retrieval ask` as a process, where `folder` has set the environment."""
    process = subprocess.Popen(
        [sys.executable, "-m", "retrieval", "ask", *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def process(*arguments: str, typed: str = "", **environment: str) -> Said:
    with running(*arguments, **environment) as started:
        out, err = started.communicate(typed.encode(), timeout=TIMEOUT)
        return Said(started.returncode, out.decode(), err.decode())


# Answers as JSON


def test_an_answer_is_one_object_with_these_keys(ask: Ask) -> None:
    said = ask("--json", "渡船停航要挂红灯吗？")
    assert (said.status, said.err) == (0, "")
    (answer,) = said.answers
    assert list(answer) == ["question", "verdict", "hits"]
    assert answer["question"] == "渡船停航要挂红灯吗？"
    assert answer["verdict"] == "found"
    hit = answer["hits"][0]
    assert list(hit) == KEYS
    assert hit.pop("score") > 0
    assert hit == {
        "source": "渡口/开船.md",
        "title": "渡口须知",
        "heading": ["开船"],
        "place": {"paragraph": 1, "to": 4, "page": None},
        "passage": "# 渡口须知\n\n## 开船\n\n渡船八点开。停航要挂红灯。\n\n灯在亭子里。",
        "sentence": "停航要挂红灯。",
    }


def test_text_is_printed_as_it_stands_not_escaped(ask: Ask) -> None:
    assert '"question": "船票"' in ask("--json", "船票").out


def test_what_is_printed_of_a_hit_is_the_documents_own_text(ask: Ask) -> None:
    answers = ask("--json", "渡船", "茶", "五分钱").answers
    assert len(answers) == 3
    for hit in (hit for answer in answers for hit in answer["hits"]):
        assert hit["passage"] in DOCUMENTS[hit["source"]]
        assert hit["sentence"] in hit["passage"]


def test_hits_come_best_first_whatever_the_verdict(ask: Ask) -> None:
    found, none, nothing = ask("--json", "船票五分钱", "量子比特在亭子里出错的概率", "qubit").answers
    scores = [hit["score"] for hit in found["hits"]]
    assert scores == sorted(scores, reverse=True)
    assert none["verdict"] != "found"
    assert none["hits"]
    assert (nothing["verdict"], nothing["hits"]) == ("none", [])


def test_every_argument_is_a_question(ask: Ask) -> None:
    said = ask("--json", "船票 多少钱", "茶", typed="渡船\n")
    assert [answer["question"] for answer in said.answers] == ["船票 多少钱", "茶"]


def test_without_arguments_every_line_is_a_question_and_blank_ones_are_skipped(ask: Ask) -> None:
    said = ask("--json", typed="船票\n\n  茶\t\r\n \u3000\n停航")
    assert [answer["question"] for answer in said.answers] == ["船票", "茶", "停航"]


def test_without_any_question_nothing_is_said(ask: Ask) -> None:
    assert ask("--json") == Said(0, "", "")


def test_a_question_again_gets_the_same_answer_again(ask: Ask) -> None:
    first, _, again = ask("--json", "停航", "船票", "停航").out.splitlines()
    assert first == again


# Arguments


def test_at_most_limit_hits_are_given(ask: Ask) -> None:
    assert [len(answer["hits"]) for answer in ask("--json", "--limit", "1", "渡口", "泡茶").answers] == [1, 1]
    assert len(ask("--json", "--limit", "1000", "渡口").answers[0]["hits"]) == 2


@pytest.mark.parametrize("limit", ["0", "-1", "ten", "1.5", "", "²"])
def test_a_limit_that_is_no_count_is_refused(ask: Ask, limit: str) -> None:
    said = ask(f"--limit={limit}", "渡船")
    assert (said.status, said.out) == (2, "")
    assert "--limit: expected a whole number from 1" in said.err
    assert "Traceback" not in said.err


def test_documents_names_another_folder(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "酒.txt").write_text("米酒要温着喝。", encoding="utf-8")
    (answer,) = ask("--json", "--documents", str(tmp_path / "other"), "米酒").answers
    assert [hit["source"] for hit in answer["hits"]] == ["酒.txt"]


def test_an_empty_folder_answers_nothing(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    said = ask("--json", "--documents", "empty", "渡船")
    assert said.answers == [{"question": "渡船", "verdict": "none", "hits": []}]


@pytest.mark.parametrize("name", ["keine", "渡口.txt"])
def test_a_folder_that_is_not_there_is_one_line_and_exit_status_2(
    ask: Ask, tmp_path: Path, name: str
) -> None:
    (tmp_path / "渡口.txt").write_text("渡船八点开。", encoding="utf-8")
    said = ask("--documents", name, "渡船")
    assert (said.status, said.out) == (2, "")
    assert name in said.err
    assert len(said.err.splitlines()) == 1


def test_a_wrong_setting_is_one_line_and_exit_status_2(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSAGES", "many")
    line = "PASSAGES is wrong: expected a whole number from 1 to 10. 写错了，应为 1 到 10 的整数。\n"
    assert ask("渡船") == Said(2, "", line)


# Answers for a person


def test_a_person_reads_file_headings_place_and_passage(ask: Ask) -> None:
    said = ask("渡船停航要挂红灯吗？")
    lines = said.out.splitlines()
    assert lines[:2] == ["渡船停航要挂红灯吗？", "[found]"]
    assert lines[3] == "1. 渡口须知 › 开船"
    assert lines[4].startswith("   (渡口/开船.md, paragraph 1 to 4; score ")
    assert [line.strip() for line in lines[5:9]] == [
        "# 渡口须知",
        "## 开船",
        "渡船八点开。停航要挂红灯。",
        "灯在亭子里。",
    ]
    assert "\033" not in said.out


def test_a_person_reads_that_nothing_answers(ask: Ask) -> None:
    assert ask("qubit").out.splitlines()[1].startswith("[none] Nothing in the documents")


def test_the_sentence_is_bold_where_a_terminal_shows_it(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert "渡船八点开。\033[1m停航要挂红灯。\033[0m" in ask("渡船停航要挂红灯吗？").out


# As a process


def test_lines_are_answered_and_skipped_files_named_where_only_ascii_is_known(folder: Path) -> None:
    (folder / "scan.pdf").write_bytes(b"%PDF-1.7")
    said = process("--json", typed="船票\n臺灣的茶\n", LC_ALL="C", LANG="C", PYTHONIOENCODING="ascii")
    assert said.status == 0
    assert [answer["question"] for answer in said.answers] == ["船票", "臺灣的茶"]
    assert said.answers[0]["hits"][0]["sentence"] == "五分钱一张。"
    assert said.err.startswith("Skipped scan.pdf: ")
    assert len(said.err.splitlines()) == 1


def test_a_process_says_what_is_wrong_without_a_traceback() -> None:
    said = process("--documents", "keine", "渡船")
    assert (said.status, said.out) == (2, "")
    assert said.err == "The folder keine is not there: create it, or name another.\n"


def test_a_reader_that_leaves_is_no_error() -> None:
    with running("--json") as started:
        assert started.stdin is not None
        assert started.stdout is not None
        started.stdin.write("渡船\n".encode())
        started.stdin.flush()
        assert json.loads(started.stdout.readline())["question"] == "渡船"
        started.stdout.close()
        started.stdin.write("船票\n茶\n".encode() * 10)
        started.stdin.close()
        assert started.wait(TIMEOUT) == 0
        assert started.stderr is not None
        assert started.stderr.read() == b""


def test_an_interrupt_ends_it_without_a_traceback() -> None:
    with running("--json") as started:
        assert started.stdin is not None
        assert started.stdout is not None
        started.stdin.write("渡船\n".encode())
        started.stdin.flush()
        assert started.stdout.readline()  # each line is answered as it comes
        started.send_signal(signal.SIGINT)
        assert started.wait(TIMEOUT) == 128 + signal.SIGINT
        assert started.stderr is not None
        assert started.stderr.read() == b""
