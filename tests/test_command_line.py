"""`python -m retrieval`, called in this process and as a process of its own."""

import io
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import pytest

from retrieval.__main__ import main

ROOT = Path(__file__).parent.parent
TIMEOUT = 60  # seconds, after which a process hangs
KEYS = ["source", "title", "heading", "place", "passage", "sentence", "score", "same_as"]
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


Command: TypeAlias = Callable[..., Said]

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
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Return the command line, called in this process on the two documents."""

    def call(*arguments: str, typed: str = "") -> Said:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed.encode()), encoding="ascii"))
        try:
            status = main(arguments)
        except SystemExit as end:  # argparse's
            status = int(end.code or 0)
        return Said(status, *capsys.readouterr())

    return call


@pytest.fixture
def ask(run: Command) -> Command:
    return partial(run, "ask")


@pytest.fixture
def evaluate(run: Command) -> Command:
    return partial(run, "evaluate")


@contextmanager
def running(*arguments: str, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """Start `python -m retrieval` as a process, where `folder` has set the environment."""
    process = subprocess.Popen(
        [sys.executable, "-m", "retrieval", *arguments],
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


def test_an_answer_is_one_object_with_these_keys(ask: Command) -> None:
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
        "place": {"paragraph": 1, "to": 4, "page": None, "row": None, "sheet": None},
        "passage": "# 渡口须知\n\n## 开船\n\n渡船八点开。停航要挂红灯。\n\n灯在亭子里。",
        "sentence": "停航要挂红灯。",
        "same_as": None,
    }


def test_a_row_of_a_spreadsheet_is_placed_by_its_number(folder: Path, ask: Command) -> None:
    (folder / "船队.csv").write_text("渡口,船数\n河东渡,3\n石桥渡,2\n", encoding="utf-8")
    (answer,) = ask("--json", "石桥渡").answers
    assert answer["hits"][0]["place"] == {"paragraph": 2, "to": 2, "page": None, "row": 3, "sheet": None}
    assert "(船队.csv, row 3; " in ask("石桥渡").out


def test_text_is_printed_as_it_stands_not_escaped(ask: Command) -> None:
    assert '"question": "船票"' in ask("--json", "船票").out


def test_what_is_printed_of_a_hit_is_the_documents_own_text(ask: Command) -> None:
    answers = ask("--json", "渡船", "茶", "五分钱").answers
    assert len(answers) == 3
    for hit in (hit for answer in answers for hit in answer["hits"]):
        assert hit["passage"] in DOCUMENTS[hit["source"]]
        assert hit["sentence"] in hit["passage"]


def test_hits_come_best_first_whatever_the_verdict(ask: Command) -> None:
    found, none, nothing = ask("--json", "船票五分钱", "量子比特在亭子里出错的概率", "qubit").answers
    scores = [hit["score"] for hit in found["hits"]]
    assert scores == sorted(scores, reverse=True)
    assert none["verdict"] != "found"
    assert none["hits"]
    assert (nothing["verdict"], nothing["hits"]) == ("none", [])


def test_every_argument_is_a_question(ask: Command) -> None:
    said = ask("--json", "船票 多少钱", "茶", typed="渡船\n")
    assert [answer["question"] for answer in said.answers] == ["船票 多少钱", "茶"]


def test_without_arguments_every_line_is_a_question_and_blank_ones_are_skipped(ask: Command) -> None:
    said = ask("--json", typed="船票\n\n  茶\t\r\n \u3000\n停航")
    assert [answer["question"] for answer in said.answers] == ["船票", "茶", "停航"]


def test_without_any_question_nothing_is_said(ask: Command) -> None:
    assert ask("--json") == Said(0, "", "")


def test_a_question_again_gets_the_same_answer_again(ask: Command) -> None:
    first, _, again = ask("--json", "停航", "船票", "停航").out.splitlines()
    assert first == again


def test_explain_says_how_the_question_was_cut_and_what_each_piece_added(ask: Command) -> None:
    said = ask("--explain", "“红灯”什么时候挂")
    assert (said.status, said.err) == (0, "")
    for line in ("tokens: 红灯", "in quotation marks: 红灯", "1. 渡口须知 › 开船"):
        assert line in said.out
    assert "A passage that holds the kind of thing asked for, such as a time, counts 10% more." in said.out
    assert re.search(r"score (\d+\.\d\d) = \(passage \d+\.\d\d \+ document \d+\.\d\d\)", said.out)
    assert ask("--explain", "火星").out.startswith("火星\ntokens: 火星\n")
    assert ask("--explain", "--json", "火星").status == 2


def test_explain_says_how_the_relevance_adds_up(ask: Command) -> None:
    said = ask("--explain", "--limit", "1", "停航要挂红灯，船票多少钱，茶怎么泡").out
    parts = re.search(
        r"relevance (\S+) .*\n  = (\S+) x (\S+) \(best sentence\) \+ (\S+) x (\S+) \(best document\) "
        r"\+ (\S+) \(length\)",
        said,
    )
    assert parts is not None
    total, of_sentence, sentence, of_document, document, length = map(float, parts.groups())
    assert total == pytest.approx(of_sentence * sentence + of_document * document + length, abs=0.002)
    shares = re.findall(r"one sentence holds (\S+), the passage (\S+), its document (\S+)", said)
    assert len(shares) == 2  # though one passage is shown
    assert max(float(share) for share, _, _ in shares) == sentence
    assert max(float(share) for _, _, share in shares) == document


def test_explain_says_that_one_character_is_judged_otherwise(ask: Command) -> None:
    said = ask("--explain", "茶").out
    assert "A single character is judged by how many passages hold it." in said
    assert "best sentence" not in said


def test_explain_says_that_what_is_quoted_stands_nowhere(ask: Command) -> None:
    assert "\nNo passage holds, as it is quoted: “渡船九点”\n" in ask("--explain", "“渡船九点”开吗").out
    assert "as it is quoted" not in ask("--explain", "“渡船八点”开吗").out


def test_explain_says_that_the_folder_is_empty_or_shares_no_word(ask: Command, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert ask("--explain", "--documents", "empty", "渡船").out.splitlines()[-2] == "The folder is empty."
    assert "Nothing in the documents shares a word with this." in ask("--explain", "qubit").out
    for said in (ask("--explain", "--documents", "empty", "渡船").out, ask("--explain", "qubit").out):
        assert "first 3" not in said


# Arguments


def test_at_most_limit_hits_are_given(ask: Command) -> None:
    assert [len(answer["hits"]) for answer in ask("--json", "--limit", "1", "渡口", "泡茶").answers] == [1, 1]
    assert len(ask("--json", "--limit", "1000", "渡口").answers[0]["hits"]) == 2


@pytest.mark.parametrize("limit", ["0", "-1", "ten", "1.5", "", "²"])
def test_a_limit_that_is_no_count_is_refused(ask: Command, limit: str) -> None:
    said = ask(f"--limit={limit}", "渡船")
    assert (said.status, said.out) == (2, "")
    assert "--limit: expected a whole number from 1" in said.err
    assert "Traceback" not in said.err


def test_documents_names_another_folder(ask: Command, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "酒.txt").write_text("米酒要温着喝。", encoding="utf-8")
    (answer,) = ask("--json", "--documents", str(tmp_path / "other"), "米酒").answers
    assert [hit["source"] for hit in answer["hits"]] == ["酒.txt"]


def test_an_empty_folder_answers_nothing(ask: Command, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    said = ask("--json", "--documents", "empty", "渡船")
    assert said.answers == [{"question": "渡船", "verdict": "none", "hits": []}]


@pytest.mark.parametrize("name", ["keine", "渡口.txt"])
def test_a_folder_that_is_not_there_is_one_line_and_exit_status_2(
    ask: Command, tmp_path: Path, name: str
) -> None:
    (tmp_path / "渡口.txt").write_text("渡船八点开。", encoding="utf-8")
    said = ask("--documents", name, "渡船")
    assert (said.status, said.out) == (2, "")
    assert name in said.err
    assert len(said.err.splitlines()) == 1


def test_a_wrong_setting_is_one_line_and_exit_status_2(ask: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSAGES", "many")
    line = "PASSAGES is wrong: expected a whole number from 1 to 10. 写错了，应为 1 到 10 的整数。\n"
    assert ask("渡船") == Said(2, "", line)


# Answers for a person


def test_a_person_reads_file_headings_place_and_passage(ask: Command) -> None:
    said = ask("渡船停航要挂红灯吗？")
    lines = said.out.splitlines()
    assert lines[:2] == ["渡船停航要挂红灯吗？", "[found]"]
    assert lines[3] == "1. 渡口须知 › 开船"
    assert lines[4].startswith("   (渡口/开船.md, paragraphs 1 to 4; score ")
    assert [line.strip() for line in lines[5:9]] == [
        "# 渡口须知",
        "## 开船",
        "渡船八点开。停航要挂红灯。",
        "灯在亭子里。",
    ]
    assert "\033" not in said.out


def test_a_person_reads_that_nothing_answers(ask: Command) -> None:
    assert ask("苹果手机电池亭子充电多少钱一块").out.splitlines()[1].endswith("; these come nearest.")


@pytest.mark.parametrize("question", ["qubit", "几天"])
def test_a_person_reads_that_nothing_shares_a_word_with_the_question(ask: Command, question: str) -> None:
    assert ask(question).out == f"{question}\n[none] Nothing in the documents shares a word with this.\n\n"


def test_the_sentence_is_bold_where_a_terminal_shows_it(
    ask: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert "渡船八点开。\033[1m停航要挂红灯。\033[0m" in ask("渡船停航要挂红灯吗？").out


def test_a_passage_that_stands_twice_is_printed_once_with_both_places(ask: Command, folder: Path) -> None:
    (folder / "茶").mkdir()
    (folder / "茶" / "泡茶.txt").write_text(DOCUMENTS["茶.txt"], encoding="utf-8")
    said = ask("水要滚茶要少")
    assert said.out.count("水要滚，茶要少。") == 1
    assert said.out.splitlines()[-2].startswith("   also in 茶")
    assert [hit["same_as"] for hit in ask("--json", "水要滚茶要少").answers[0]["hits"]] == [None, 1]


def test_a_person_reads_that_what_is_quoted_stands_nowhere(ask: Command) -> None:
    assert ask("“渡船九点”开吗").out.splitlines()[2] == "No passage holds, as it is quoted: “渡船九点”"
    assert "as it is quoted" not in ask("“渡船八点”开吗").out


# Questions with known answers


TICKET = {"id": "票", "question": "船票多少钱", "sources": ["开船.md"], "evidence": ["五分钱一张"]}
TEA = {"id": "茶", "question": "泡茶要用什么水", "sources": ["茶.txt"], "evidence": ["水要滚，茶要少"]}
FOREIGN = {"id": "无", "question": "qubit"}


@pytest.fixture
def questions(no_settings: Path) -> Path:
    return asked(no_settings / "questions.jsonl", TICKET, TEA, FOREIGN)


def asked(path: Path, *cases: Mapping[str, object]) -> Path:
    """Write a file of questions."""
    path.write_text("".join(json.dumps(case) + "\n" for case in cases), encoding="utf-8")
    return path


def test_a_report_begins_with_the_figures(evaluate: Command, questions: Path) -> None:
    said = evaluate(str(questions))
    assert (said.status, said.err) == (0, "")
    lines = [line.split() for line in said.out.splitlines()]
    assert ["Questions", "that", "the", "documents", "answer", "2"] in lines
    assert ["right", "passage", "first", "(hit@1)", "2", "1.000"] in lines
    assert "Right passage not first (rank -: not in the first 10): 0" in said.out


def test_a_miss_is_no_failure(evaluate: Command, questions: Path) -> None:
    asked(questions, TEA | {"sources": ["开船.md"], "evidence": ["五分钱一张"]})
    said = evaluate(str(questions))
    assert said.status == 0
    assert "rank -" in said.out
    assert "first: 茶.txt" in said.out


def test_a_question_that_no_passage_can_answer_is_named(
    evaluate: Command, questions: Path, caplog: pytest.LogCaptureFixture
) -> None:
    asked(questions, TICKET | {"evidence": ["八分钱一张"]}, TEA | {"sources": ["茶.md"]}, FOREIGN)
    evaluate(str(questions))
    assert caplog.messages == [
        f"Question {name}: its evidence stands in none of its sources; check both" for name in ("票", "茶")
    ]


def test_documents_names_the_folder_to_evaluate(evaluate: Command, questions: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "开船.md").write_text("船票五分钱一张。", encoding="utf-8")
    run = json.loads(evaluate(str(questions), "--json", "--documents", "other").out)
    assert [outcome["rank"] for outcome in run["questions"]] == [1, None, None]


def test_what_is_saved_is_what_json_prints(evaluate: Command, questions: Path, tmp_path: Path) -> None:
    said = evaluate(str(questions), "--json", "--save", "run.json")
    assert (tmp_path / "run.json").read_text(encoding="utf-8") == said.out
    run = json.loads(said.out)
    assert (run["version"], run["figures"]["answerable"], run["figures"]["hit@1"]) == (1, 2, 1)
    assert [(outcome["id"], outcome["rank"]) for outcome in run["questions"]] == [
        ("票", 1),
        ("茶", 1),
        ("无", None),
    ]


def test_what_moved_since_a_saved_run_is_said(evaluate: Command, questions: Path, folder: Path) -> None:
    before = evaluate(str(questions), "--save", "run.json")
    (folder / "茶.txt").write_text("米酒要温着喝。", encoding="utf-8")
    asked(questions, TICKET, TEA)
    now = evaluate(str(questions), "--save", "run.json", "--baseline", "run.json")
    assert "Compared with" not in before.out
    _, _, compared = now.out.partition("Compared with run.json. Questions in both: 2\n")
    assert "Moved down: 1\n\nrank 1 -> -  " in compared
    assert "Only in the earlier run: 1\n\n无\n    qubit\n" in compared
    again = evaluate(str(questions), "--baseline", "run.json")
    assert "Moved down: 0\n" in again.out
    assert again.status == now.status == 0


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["none.jsonl"], "none.jsonl cannot be read: No such file or directory."),
        (["empty.jsonl"], "empty.jsonl holds no question; expected one a line"),
        (["twice.jsonl"], 'twice.jsonl, line 2: "茶" is in line 1 already'),
        (["questions.jsonl", "--baseline", "none.json"], "none.json cannot be read"),
        (["questions.jsonl", "--baseline", "questions.jsonl"], "questions.jsonl is no run that --save wrote"),
        (["questions.jsonl", "--documents", "keine"], "The folder keine is not there"),
    ],
)
def test_a_wrong_file_is_one_line_and_exit_status_2(
    evaluate: Command, questions: Path, arguments: list[str], expected: str
) -> None:
    asked(questions.with_name("empty.jsonl"))
    asked(questions.with_name("twice.jsonl"), TEA, TEA)
    said = evaluate(*arguments)
    assert (said.status, said.out) == (2, "")
    assert said.err.startswith(expected)
    assert len(said.err.splitlines()) == 1


def test_a_run_that_cannot_be_saved_is_shown_all_the_same(evaluate: Command, questions: Path) -> None:
    said = evaluate(str(questions), "--save", "keine/run.json")
    assert said.status == 2
    assert said.err == "keine/run.json cannot be written: No such file or directory.\n"
    assert said.out.startswith("Questions that the documents answer ")


@pytest.mark.parametrize("name", ["questions.jsonl", "./questions.jsonl", "soft.jsonl", "hard.jsonl"])
def test_a_run_is_not_saved_over_its_questions(
    evaluate: Command, questions: Path, tmp_path: Path, name: str
) -> None:
    (tmp_path / "soft.jsonl").symlink_to(questions)
    (tmp_path / "hard.jsonl").hardlink_to(questions)
    written = questions.read_bytes()
    assert evaluate("questions.jsonl", "--save", name) == Said(
        2, "", f"{Path(name)} is the file of questions; expected another one to save the run in.\n"
    )
    assert questions.read_bytes() == written


@pytest.mark.parametrize("arguments", [["deep.json"], ["questions.jsonl", "--baseline", "deep.json"]])
def test_a_file_of_nothing_but_brackets_is_one_line_and_exit_status_2(
    evaluate: Command, questions: Path, arguments: list[str]
) -> None:
    questions.with_name("deep.json").write_text("[" * 200_000, encoding="utf-8")
    said = evaluate(*arguments)
    assert (said.status, said.out) == (2, "")
    assert said.err.startswith("deep.json")
    assert "too deep" in said.err
    assert len(said.err.splitlines()) == 1


def test_json_and_a_baseline_exclude_each_other(evaluate: Command, questions: Path) -> None:
    said = evaluate(str(questions), "--json", "--baseline", "run.json")
    assert (said.status, said.out) == (2, "")
    assert "not allowed with argument --json" in said.err


def test_help_says_that_a_report_is_no_gate(evaluate: Command) -> None:
    assert "The exit status is 0 whatever the figures are" in evaluate("--help").out


def test_who_waits_at_a_terminal_sees_the_questions_counted(
    evaluate: Command, questions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert evaluate(str(questions)).err == "\r1 of 3\r2 of 3\r3 of 3\r\033[K"


# As a process


def test_lines_are_answered_and_skipped_files_named_where_only_ascii_is_known(folder: Path) -> None:
    (folder / "scan.pdf").write_bytes(b"%PDF-1.7")
    said = process("ask", "--json", typed="船票\n臺灣的茶\n", LC_ALL="C", LANG="C", PYTHONIOENCODING="ascii")
    assert said.status == 0
    assert [answer["question"] for answer in said.answers] == ["船票", "臺灣的茶"]
    assert said.answers[0]["hits"][0]["sentence"] == "五分钱一张。"
    assert said.err.startswith("Skipped scan.pdf: ")
    assert len(said.err.splitlines()) == 1


def test_a_process_says_what_is_wrong_without_a_traceback() -> None:
    said = process("ask", "--documents", "keine", "渡船")
    assert (said.status, said.out) == (2, "")
    assert said.err == "The folder keine is not there: create it, or name another.\n"


def test_a_reader_that_leaves_is_no_error() -> None:
    with running("ask", "--json") as started:
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
    with running("ask", "--json") as started:
        assert started.stdin is not None
        assert started.stdout is not None
        started.stdin.write("渡船\n".encode())
        started.stdin.flush()
        assert started.stdout.readline()  # each line is answered as it comes
        started.send_signal(signal.SIGINT)
        assert started.wait(TIMEOUT) == 128 + signal.SIGINT
        assert started.stderr is not None
        assert started.stderr.read() == b""


def test_a_report_reaches_a_pipe_where_only_ascii_is_known(
    questions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(questions, TEA | {"sources": ["开船.md"], "evidence": ["五分钱一张"]})
    pipe = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(pipe, encoding="ascii"))
    assert main(["evaluate", str(questions)]) == 0
    sys.stdout.flush()
    assert "first: 茶.txt" in pipe.getvalue().decode()


def test_without_a_standard_output_no_report_is_said(
    questions: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    assert main(["evaluate", str(questions)]) == 0
    assert capsys.readouterr().err == ""


def test_without_a_standard_output_nothing_is_said() -> None:
    command = [sys.executable, "-m", "retrieval", "ask", "船票"]
    closing = ["sh", "-c", 'exec "$@" >&-', "sh", *command]
    done = subprocess.run(
        closing,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        timeout=TIMEOUT,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_run_is_saved_though_whoever_read_has_left(questions: Path, tmp_path: Path) -> None:
    with running("evaluate", str(questions), "--save", "run.json") as started:
        assert started.stdout is not None
        assert started.stderr is not None
        started.stdout.close()
        assert started.wait(TIMEOUT) == 0
        assert started.stderr.read() == b""
    assert json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))["version"] == 1
