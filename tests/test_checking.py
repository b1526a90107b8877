"""The owner sees how each file is read, and what is wrong with it."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks.hostile.samples import samples
from retrieval.__main__ import main
from retrieval.command_line.columns import width
from retrieval.decoding import Decoded
from retrieval.library import open_library

pytestmark = pytest.mark.usefixtures("no_settings")

ROOT = Path(__file__).parent.parent
FERRY = "渡船每天从八点开到六点，每刻钟一班。\n"
CHROME = "您的当前位置：首页\n渡口管理办法\n"
TIMEOUT = 60  # seconds, after which a process hangs


def checked(folder: Path, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, list[str]]:
    status = main(["check", "--documents", str(folder), *options])
    return status, capsys.readouterr().out.splitlines()


def of_json(folder: Path, capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, dict[str, Any]]:
    _, lines = checked(folder, capsys, "--json", *options)
    return {found["source"]: found for found in map(json.loads, lines)}


def below(lines: list[str], name: str) -> list[str]:
    """What is said of a file."""
    at = lines.index(name)
    return lines[at + 1 : lines.index("", at)]


def test_the_folder_is_named_first_with_how_many_files_there_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "文件").mkdir()
    (tmp_path / "文件" / "渡口.txt").write_text(FERRY, encoding="utf-8")
    _, lines = checked(Path("文件"), capsys)
    assert lines[0] == f"Checking {tmp_path / '文件'}: 1 file"


def test_every_file_is_listed_with_what_was_made_of_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for ending, said in samples().items():
        (tmp_path / f"渡口{ending}").write_bytes(said)
    status, lines = checked(tmp_path, capsys)
    assert status == 0
    assert lines[-1].startswith(f"{len(samples())} files read, in ")
    assert lines[-1].endswith("none could not be read")
    for ending in samples():
        _, figures, *_ = below(lines, f"渡口{ending}")
        assert figures.startswith(f"  {ending[1:]:5} ")
        assert figures.index(" passage") == len("  html  utf-8, 100% sure            5")
        assert figures.endswith(" s")


def test_the_encoding_the_boilerplate_and_what_is_damaged_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "渡口.txt").write_bytes((CHROME + FERRY * 5).encode("gb18030")[:-3] + b"\xff\n")
    status, lines = checked(tmp_path, capsys)
    assert status == 0
    title, figures, extra, wrong = below(lines, "渡口.txt")
    assert title == "  渡口管理办法"
    assert "gb18030, 99% sure" in figures
    assert extra.strip() == "1 line left out as boilerplate, 1 character replaced"
    assert wrong == "  ! it is read, but some characters of it are damaged (1)"
    assert any("--lines" in line for line in lines)


def test_the_lines_left_out_and_the_damaged_ones_are_shown_where_they_are_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "渡口.txt").write_bytes((CHROME + FERRY * 5).encode("gb18030")[:-3] + b"\xff\n")
    _, lines = checked(tmp_path, capsys, "--lines")
    shown = [line.strip() for line in below(lines, "渡口.txt")]
    assert "left out, paragraph 1: 您的当前位置：首页" in shown
    assert "damaged, paragraph 7: 渡船每天从八点开到六点，每刻钟一班\ufffd" in shown
    assert not any("--lines" in line for line in lines)


def test_a_line_that_most_files_have_at_their_foot_is_told_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    foot = "青石镇渡口值班室编印"
    for number, river in enumerate(("青石", "石桥", "柳湾", "白沙", "竹林", "半山")):
        text = f"{river}渡的船期\n{river}渡的船从八点开到六点。\n"
        (tmp_path / f"{number}.txt").write_text(text + foot * (number < 5), encoding="utf-8")
    status, lines = checked(tmp_path, capsys)
    assert status == 0
    at = lines.index("Left out as boilerplate too, because most files have it at their head or foot")
    assert lines[at + 1 : at + 3] == [f"  {foot} (5 files)", ""]
    assert len(of_json(tmp_path, capsys)) == 6


def test_of_a_very_long_damaged_line_the_damaged_place_is_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    long = "渡船每天从八点开到六点，" * 4000
    (tmp_path / "渡口.txt").write_bytes(f"{long}丙".encode() + b"\xff" + f"丁{long}".encode())
    [line] = of_json(tmp_path, capsys, "--lines")["渡口.txt"]["damaged_lines"]
    assert "丙\ufffd丁" in line["text"]
    assert len(line["text"]) < 200
    _, lines = checked(tmp_path, capsys, "--lines")
    assert any("丙\ufffd丁" in line for line in lines)


def test_no_line_is_wider_than_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "渡口.txt").write_bytes((CHROME + FERRY * 50).encode("gb18030")[:-3] + b"\xff\n")
    (tmp_path / "长.md").write_text("# " + "很长的题目" * 30 + "\n\n正文。", encoding="utf-8")
    (tmp_path / "页.html").write_text("<p>扫一扫</p>" + FERRY, encoding="utf-8")
    (tmp_path / "外.txt").symlink_to("/")
    (tmp_path / "锁.docx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))
    _, heading, *lines = checked(tmp_path, capsys, "--lines")[1]
    assert heading == ""
    assert max(map(width, lines)) <= 80


@pytest.mark.parametrize(
    ("confidence", "said"), [(1.0, "100% sure"), (0.9999, "99% sure"), (0.5, "50% sure"), (0.0, "a guess")]
)
def test_nothing_but_certainty_is_said_to_be_it(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    confidence: float,
    said: str,
) -> None:
    monkeypatch.setattr(
        "retrieval.readers.texts.decode", lambda _: Decoded("渡船八点开。", "gb18030", 0, confidence)
    )
    (tmp_path / "渡口.txt").write_bytes("渡船八点开。".encode("gb18030"))
    figures = below(checked(tmp_path, capsys)[1], "渡口.txt")[1]
    assert f"gb18030, {said} " in figures


def test_what_cannot_be_read_is_told_with_the_reason_and_the_status_is_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "旧.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    (tmp_path / "空.txt").touch()
    (tmp_path / "好.txt").write_text("渡船每天从八点开到六点。", encoding="utf-8")
    (tmp_path / "外").symlink_to("/")
    status, lines = checked(tmp_path, capsys)
    assert status == 1
    assert lines[-1] == "1 file read, in 1 passage; 3 could not be read"
    assert below(lines, "旧.doc")[0].startswith("  ! NOT READ (0.")
    assert below(lines, "空.txt")[0].endswith("it is empty")
    assert below(lines, "外")[0].startswith("  ! NOT READ: it is a link that leads out of the folder")


def test_at_the_end_problems_are_put_together_by_kind(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(30):
        (tmp_path / f"旧{number:02}.doc").touch()
    (tmp_path / "空.txt").touch()
    (tmp_path / "坏.txt").write_bytes((FERRY * 3).encode()[:-1] + b"\xff\n")
    _, lines = checked(tmp_path, capsys)
    summary = lines[lines.index("What is wrong") :]
    kinds = [line.split(" x ")[0] for line in summary if " x " in line]
    assert kinds == ["30", "1", "1"]
    assert summary[2].startswith("30 x its format is not read")
    assert summary[3:5] == ["  旧00.doc", "  旧01.doc"]
    assert "  and 10 more, marked with ! above" in summary
    assert summary.index("  空.txt") < summary.index("  坏.txt (1)")  # which is served


def test_of_a_very_long_name_both_ends_are_shown_at_the_end(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = "/".join(["很长的文件夹"] * 12 + ["旧.doc"])
    (tmp_path / name).parent.mkdir(parents=True)
    (tmp_path / name).touch()
    _, lines = checked(tmp_path, capsys)
    assert name in lines
    [line] = [line for line in lines if "…" in line]
    assert line.endswith("/旧.doc")
    assert line.startswith("  很长的文件夹/")
    assert width(line) <= 80


def test_a_name_that_would_steer_the_terminal_does_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a\x1b[31m\n.doc").touch()
    _, lines = checked(tmp_path, capsys)
    assert not any("\x1b" in line for line in lines)
    assert "a\ufffd[31m\ufffd.doc" in lines


def test_lists_of_words_are_checked_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "_terms.txt").write_text("青石镇\n，\n", encoding="utf-8")
    (tmp_path / "_term.txt").write_text("青石镇\n", encoding="utf-8")
    status, lines = checked(tmp_path, capsys)
    assert status == 1
    assert lines[1] == "Lists of words, which are no documents: _terms.txt"
    assert below(lines, "_terms.txt")[0].startswith("  ! line 2: one term is expected")
    assert lines[-1] == "0 files read, in 0 passages; 1 could not be read"


def test_an_empty_folder_is_no_failure_and_says_what_to_put_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, lines = checked(tmp_path, capsys)
    assert status == 0
    assert any(line.startswith("There is nothing to answer from yet") for line in lines)
    assert any(".docx" in line and ".txt" in line for line in lines)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--documents", str(tmp_path / "没有")]) == 2
    assert "create it" in capsys.readouterr().err


def test_as_json_each_file_is_one_object(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "渡口.txt").write_text(CHROME + FERRY, encoding="utf-8")
    (tmp_path / "旧.doc").touch()
    (tmp_path / "外").symlink_to("/")
    found = of_json(tmp_path, capsys)
    assert list(found) == ["旧.doc", "渡口.txt", "外"]
    assert all(list(each) == list(found["外"]) for each in found.values())
    read = found["渡口.txt"]
    assert read.pop("seconds") >= 0
    assert read == {
        "source": "渡口.txt",
        "format": "txt",
        "title": "渡口管理办法",
        "encoding": {"name": "utf-8", "confidence": 1.0},
        "passages": 2,
        "boilerplate": 1,
        "replaced": 0,
        "problem": None,
    }
    assert found["旧.doc"]["problem"]["reason"] == "document"
    assert (found["外"]["format"], found["外"]["problem"]["reason"]) == (None, "outside")
    with_lines = of_json(tmp_path, capsys, "--lines")["渡口.txt"]
    assert with_lines["boilerplate_lines"] == [{"paragraph": 1, "text": "您的当前位置：首页"}]
    assert with_lines["damaged_lines"] == []


def test_there_are_as_many_passages_as_the_index_has(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "渡口.txt").write_text(CHROME + FERRY, encoding="utf-8")
    passages = of_json(tmp_path, capsys)["渡口.txt"]["passages"]
    index = open_library(tmp_path, tmp_path / "index").index
    assert index.sizes == (len(index.passages),) == (passages,)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes among its files")
def test_a_pipe_is_not_waited_for_and_its_siblings_are_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("管.txt", "管.pdf", "管.docx", "_terms.txt"):
        os.mkfifo(tmp_path / name)
    (tmp_path / "渡口.txt").write_text(FERRY, encoding="utf-8")
    status, lines = checked(tmp_path, capsys)
    assert status == 1
    assert lines[-1] == "1 file read, in 1 passage; 4 could not be read"


def test_who_waits_at_a_terminal_sees_which_file_is_read_and_nothing_of_it_stays(tmp_path: Path) -> None:
    (tmp_path / "渡口.txt").write_text(FERRY, encoding="utf-8")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "retrieval", "check", "--documents", str(tmp_path)]
    done = subprocess.run(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=theirs, timeout=TIMEOUT, check=True
    )
    os.close(theirs)
    seen = os.read(ours, 1 << 16).decode()
    os.close(ours)
    assert "1 of 1: 渡口.txt" in seen
    assert seen.endswith("\r\033[K")
    assert b"1 of 1" not in done.stdout
