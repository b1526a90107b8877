"""Rows in a file: whose they are, and what happens where none can be written."""

import logging
import stat
from pathlib import Path

import pytest
from clock import Clock

from bot.rows import HOUR, Rows

TABLES = "CREATE TABLE IF NOT EXISTS words (word TEXT)"
ADD = "INSERT INTO words VALUES (?)"


def test_what_is_written_is_there_again_and_nobody_else_can_read_it(tmp_path: Path) -> None:
    path = tmp_path / "new" / "rows.sqlite"
    rows = Rows(path, TABLES)
    assert rows.write(ADD, "渡口") == 1
    assert all(stat.S_IMODE(file.stat().st_mode) & 0o077 == 0 for file in path.parent.iterdir())
    rows.close()
    again = Rows(path, TABLES)
    assert again.one("SELECT word FROM words") == "渡口"
    assert again.one("SELECT word FROM words WHERE word = ?", "集市") is None
    again.close()


def test_a_disk_that_is_full_is_said_once_and_what_is_there_can_be_read(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    heard: list[str] = []
    rows = Rows(tmp_path / "rows.sqlite", TABLES, heard.append)
    rows.write(ADD, "渡口")
    rows.write("PRAGMA max_page_count = 1")  # SQLite then says the same as on a full disk
    for _ in range(3):
        assert rows.write(ADD, "长" * 100_000) is None
    assert rows.all("SELECT word FROM words") == [("渡口",)]
    said = ["What is noted cannot be written or read: database or disk is full"]
    assert heard == said
    assert [record.message for record in caplog.records if record.levelno == logging.WARNING] == said
    rows.close()


def test_trouble_that_comes_again_is_said_again(tmp_path: Path) -> None:
    heard, clock = list[str](), Clock(0.0)
    rows = Rows(tmp_path / "rows.sqlite", TABLES, heard.append, clock)
    for count, seconds in ((1, 0.0), (1, HOUR - 1), (2, 1.0)):
        clock.now += seconds
        rows.write("PRAGMA max_page_count = 1")
        assert rows.write(ADD, "长" * 100_000) is None
        assert len(heard) == count
        rows.write("PRAGMA max_page_count = 1000000")
        assert rows.write(ADD, "渡口") == 1
    rows.close()


def test_what_was_forgotten_leaves_no_words_beside_the_file(tmp_path: Path) -> None:
    rows = Rows(tmp_path / "rows.sqlite", TABLES)
    rows.write(ADD, "confidential words")
    rows.write("DELETE FROM words")
    assert any(b"confidential" in file.read_bytes() for file in tmp_path.iterdir())
    rows.tidy()
    assert not any(b"confidential" in file.read_bytes() for file in tmp_path.iterdir())
    rows.close()


def test_where_no_file_can_be_it_is_kept_for_as_long_as_the_process_lasts(tmp_path: Path) -> None:
    heard: list[str] = []
    (tmp_path / "file").touch()
    rows = Rows(tmp_path / "file" / "rows.sqlite", TABLES, heard.append)
    assert rows.write(ADD, "渡口") == 1
    assert rows.one("SELECT word FROM words") == "渡口"
    assert "forgotten with the process" in heard[0]
    rows.close()


def test_words_that_are_no_unicode_are_not_written_and_nothing_fails(tmp_path: Path) -> None:
    rows = Rows(tmp_path / "rows.sqlite", TABLES)
    assert rows.write(ADD, "\ud800") is None
    assert rows.write(ADD, "渡口") == 1
    rows.close()
