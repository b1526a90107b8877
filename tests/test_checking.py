"""The owner sees how each file is read, and what is wrong with it."""

from pathlib import Path

import pytest

from benchmarks.hostile.samples import samples
from retrieval.__main__ import main

pytestmark = pytest.mark.usefixtures("no_settings")


def checked(folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    status = main(["check", "--documents", str(folder)])
    return status, capsys.readouterr().out.splitlines()


def test_every_file_is_listed_with_what_was_made_of_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for ending, said in samples().items():
        (tmp_path / f"渡口{ending}").write_bytes(said)
    status, lines = checked(tmp_path, capsys)
    assert status == 0
    assert lines[-1] == f"{len(samples())} files, none could not be read"
    for ending in samples():
        at = lines.index(f"渡口{ending}")
        assert lines[at + 1].startswith("  ")
        assert lines[at + 2].startswith(f"  {ending[1:]}, ")
        assert " passage" in lines[at + 2]


def test_the_encoding_the_boilerplate_and_what_is_damaged_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "您的当前位置：首页\n渡口管理办法\n" + "渡船每天从八点开到六点，每刻钟一班。\n" * 5
    (tmp_path / "渡口.txt").write_bytes(text.encode("gb18030")[:-3] + b"\xff\n")
    status, lines = checked(tmp_path, capsys)
    assert status == 0
    assert lines[1] == "  渡口管理办法"
    assert "gb18030 (100% sure)" in lines[2]
    assert "1 line of boilerplate" in lines[2]
    assert "1 character replaced" in lines[2]
    assert "  渡口.txt: it is read, but some characters of it are damaged (1)" in lines


def test_what_cannot_be_read_is_told_with_the_reason_and_the_status_is_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "旧.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    (tmp_path / "空.txt").touch()
    (tmp_path / "好.txt").write_text("渡船每天从八点开到六点。", encoding="utf-8")
    status, lines = checked(tmp_path, capsys)
    assert status == 1
    assert lines[-1] == "3 files, 2 could not be read"
    assert any(line.startswith("  NOT READ") and "save it as .docx" in line for line in lines)
    assert "  空.txt: it is empty" in lines


def test_lists_of_words_are_checked_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "_terms.txt").write_text("青石镇\n，\n", encoding="utf-8")
    (tmp_path / "_term.txt").write_text("青石镇\n", encoding="utf-8")
    status, lines = checked(tmp_path, capsys)
    assert status == 1
    assert sum(line.startswith("  _terms.txt, line 2:") for line in lines) == 1
    assert lines[-1] == "0 files, 1 could not be read"


def test_a_folder_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--documents", str(tmp_path / "没有")]) == 2
    assert "create it" in capsys.readouterr().err
