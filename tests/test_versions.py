"""A folder of snapshots has a newest one, whole, whatever was begun beside it."""

from pathlib import Path
from threading import Event, Thread

import pytest

from retrieval.indexing.versions import clear, locked, making, newest


def _made(home: Path, content: str) -> Path:
    with making(home) as folder:
        (folder / "inner").mkdir()
        (folder / "inner" / "text").write_text(content)
    found = newest(home)
    assert found is not None
    return found


def test_there_is_no_newest_where_there_is_none(tmp_path: Path) -> None:
    assert newest(tmp_path / "none") is None
    (tmp_path / "file").write_text("no folder")
    assert newest(tmp_path / "file") is None
    for name in ("lock", "snapshot-", "snapshot-1.old", "unfinished-1"):
        (tmp_path / name).mkdir()
    assert newest(tmp_path) is None


def test_what_is_made_is_the_newest_when_it_is_done_and_not_before(tmp_path: Path) -> None:
    first = _made(tmp_path, "one")
    with making(tmp_path) as folder:
        (folder / "text").write_text("two")
        assert newest(tmp_path) == first
    assert (newest(tmp_path) or folder).joinpath("text").read_text() == "two"
    assert not folder.exists()


@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt])
def test_what_fails_leaves_nothing_behind(tmp_path: Path, error: type[BaseException]) -> None:
    first = _made(tmp_path, "one")

    def fail() -> None:
        with making(tmp_path) as folder:
            (folder / "half").write_text("tw")
            raise error

    with pytest.raises(error):
        fail()
    assert [*tmp_path.iterdir()] == [first]


def test_newer_ones_have_greater_numbers_past_a_million(tmp_path: Path) -> None:
    (tmp_path / "snapshot-999999").mkdir()
    assert _made(tmp_path, "text").name == "snapshot-1000000"
    assert _made(tmp_path, "text").name == "snapshot-1000001"


def test_only_the_newest_stays_and_who_has_an_older_one_open_keeps_it(tmp_path: Path) -> None:
    old = _made(tmp_path, "old")
    latest = _made(tmp_path, "new")
    (tmp_path / "unfinished-1" / "inner").mkdir(parents=True)
    (tmp_path / "lock").write_text("")
    with (old / "inner" / "text").open() as file:
        clear(tmp_path)
        assert file.read() == "old"
    assert {*tmp_path.iterdir()} == {latest, tmp_path / "lock"}


def test_one_waits_for_the_other(tmp_path: Path) -> None:
    entered = Event()

    def enter() -> None:
        with locked(tmp_path / "home"):
            entered.set()

    with locked(tmp_path / "home"):
        other = Thread(target=enter)
        other.start()
        assert not entered.wait(0.05)
    other.join()
    assert entered.is_set()


def test_a_lock_where_nothing_can_be_written_is_an_error_of_the_disk(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(OSError, match="file"), locked(tmp_path / "file" / "home"):
        pass
