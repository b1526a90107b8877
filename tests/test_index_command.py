"""`python -m retrieval index`, and how far it is."""

import io
from pathlib import Path

import pytest

from retrieval.__main__ import main
from retrieval.command_line.progress import Meter, described
from retrieval.indexing.refreshing import Progress

pytestmark = pytest.mark.usefixtures("no_settings", "jieba_loaded")


class Terminal(io.StringIO):
    """What is written for a person who watches."""

    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        return 0


def test_what_became_of_the_files_is_said(
    tmp_path: Path, derived: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "文件"
    folder.mkdir()
    where = ["index", "--documents", str(folder), "--index", str(derived)]
    (folder / "渡口.txt").write_text("渡船八点开。", encoding="utf-8")
    (folder / "茶.txt").write_text("水要滚，茶要少。", encoding="utf-8")
    (folder / "图.png").write_bytes(b"\x89PNG")
    assert main(where) == 0
    out, err = capsys.readouterr()
    said = "2 added, 0 changed, 0 renamed, 0 removed, 1 skipped: 2 documents in 2 passages in "
    assert out.startswith(said)
    assert "Skipped 图.png: its format is not read" in err
    (folder / "茶.txt").rename(folder / "泡茶.txt")
    (folder / "渡口.txt").write_text("渡船九点开。", encoding="utf-8")
    (folder / "图.png").unlink()
    assert main(where) == 0
    assert capsys.readouterr().out.startswith("0 added, 1 changed, 1 renamed, 0 removed, 0 skipped: 2 doc")
    (folder / "泡茶.txt").unlink()
    assert main(where) == 0
    assert capsys.readouterr().out.startswith("0 added, 0 changed, 0 renamed, 1 removed, 0 skipped: 1 doc")


def test_a_folder_that_is_not_there_is_one_line_and_exit_status_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["index", "--documents", "keine"]) == 2
    assert capsys.readouterr() == ("", "The folder keine is not there: create it, or name another.\n")


def test_how_far_it_is_tells_documents_passages_their_rate_and_the_time_left() -> None:
    line = described(Progress(documents=1200, of=4800, passages=30_000, share=0.25), 30)
    assert line == "25%, 1,200 of 4,800 documents, 30,000 passages, 1,000 a second, 1 min 30 s left"


def test_a_terminal_shows_one_line_that_is_gone_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("retrieval.command_line.progress.OFTEN", 0)
    monkeypatch.setattr("retrieval.command_line.progress.columns", lambda _: 60)
    shown = Terminal()
    with Meter(shown) as meter:
        meter.show(Progress(1, 2, 10, 0.5))
        meter.show(Progress(2, 2, 20, 1.0))
    first, second, rest = (line for line in shown.getvalue().split("\r\033[K")[1:])
    assert first.startswith("[##########----------] 50%, 1 of 2 documents, 10 passages")
    assert second.startswith("[####################] 100%, 2 of 2 documents")
    assert rest == ""
    assert max(map(len, (first, second))) < 60
    assert "\n" not in shown.getvalue()


def test_what_is_soon_done_shows_nothing(caplog: pytest.LogCaptureFixture) -> None:
    shown = Terminal()
    for stream in (shown, io.StringIO(), None):
        with Meter(stream) as meter:
            meter.show(Progress(1, 2, 10, 0.5))
    assert shown.getvalue() == ""
    assert caplog.messages == []


def test_elsewhere_a_line_is_logged_now_and_then(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("retrieval.command_line.progress.SELDOM", 0)
    with Meter(io.StringIO()) as meter:
        meter.show(Progress(1, 2, 10, 0.5))
    [line] = caplog.messages
    assert line.startswith("Indexing: 50%, 1 of 2 documents, 10 passages")
