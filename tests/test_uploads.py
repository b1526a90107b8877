import errno
import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.moving import TakenError
from bot.uploads import (
    LONGEST_NAME,
    TRASH,
    UNNAMED,
    beside,
    beside_a_folder,
    put,
    put_back,
    safe_name,
    save,
    standing,
    throw_away,
)
from retrieval.listing import list_folder
from retrieval.problems import on_one_line

PLAIN = "ガイド.txt"
MAC = unicodedata.normalize("NFD", PLAIN)
"""The same to who reads it, as a Mac writes it."""


@pytest.fixture(params=[True, False], ids=["links", "no links"])
def _disk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk on which a file can have two names, and one on which it cannot."""

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    if not request.param:
        monkeypatch.setattr("os.link", refused)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("制度.docx", "制度.docx"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("C:\\文件\\制度.docx", "C__文件_制度.docx"),
        (".env", "env"),
        ("~$制度.docx", "制度.docx"),
        ("~$~$锁.docx", "锁.docx"),
        (". ~$ .~$锁.docx . ", "锁.docx"),
        ("  制度 .docx ", "制度.docx"),
        ("", UNNAMED),
        (None, UNNAMED),
        ("...", UNNAMED),
        ("制度\u202excod.txt", "制度_xcod.txt"),
        ("甲\u2028乙\u2029\x85丙.txt", "甲_乙__丙.txt"),
        ("制" * 300 + ".docx", "制" * 65 + ".docx"),
    ],
)
def test_a_name_is_made_safe(name: str | None, safe: str) -> None:
    assert safe_name(name) == safe


@given(st.text(max_size=400) | st.none())
def test_whatever_it_is_called_a_file_stays_in_its_folder_and_can_be_written(
    tmp_path_factory: pytest.TempPathFactory, name: str | None
) -> None:
    folder = tmp_path_factory.mktemp("sent")
    safe = safe_name(name)
    assert Path(safe).name == safe
    assert len(safe.encode()) <= LONGEST_NAME
    put(folder, safe, b"x")
    assert [path.name for path in folder.iterdir()] == [safe]
    put(folder, beside(folder, safe), b"y")
    assert (folder / safe).read_bytes() == b"x"
    assert len([*folder.iterdir()]) == 2


def test_a_name_that_looks_the_same_as_another_is_that_one(tmp_path: Path) -> None:
    (tmp_path / MAC).write_bytes(b"x")
    assert standing(tmp_path, PLAIN) == MAC
    assert beside(tmp_path, PLAIN) == beside(tmp_path, MAC) == "ガイド (2).txt"
    (tmp_path / PLAIN).write_bytes(b"y")
    assert (standing(tmp_path, PLAIN), standing(tmp_path, MAC)) == (PLAIN, MAC)
    assert standing(tmp_path, "新.txt") == "新.txt"
    assert standing(tmp_path / "away", PLAIN) == PLAIN


def test_what_is_sent_stands_beside_a_folder_of_its_name(tmp_path: Path) -> None:
    (tmp_path / "渡口.txt").mkdir()
    put(tmp_path, "集市.txt", b"x")
    assert beside_a_folder(tmp_path, "渡口.txt") == "渡口 (2).txt"
    assert beside_a_folder(tmp_path, "集市.txt") == "集市.txt"
    assert beside_a_folder(tmp_path, "新.txt") == "新.txt"


@given(st.text("~$. 甲", max_size=12))
def test_whatever_it_begins_with_a_file_that_was_sent_is_listed(
    tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    folder = tmp_path_factory.mktemp("sent")
    put(folder, safe_name(f"{name}.txt"), b"x")
    assert len(list_folder(folder).documents) == 1


@given(st.text(max_size=60))
def test_a_safe_name_is_safe_already(name: str) -> None:
    assert safe_name(safe_name(name)) == safe_name(name)


@given(st.text(max_size=60) | st.text("甲\x80\x85\x9f\u2028\u2029\u202a", max_size=8))
def test_a_safe_name_is_shown_as_it_is(name: str) -> None:
    assert on_one_line(safe_name(name)) == safe_name(name)


def test_what_is_thrown_away_is_no_document_and_can_be_found_again(tmp_path: Path) -> None:
    kept = []
    for text in ("一", "二", "三"):
        put(tmp_path, "渡口.txt", text.encode())
        kept.append(throw_away(tmp_path, tmp_path / "渡口.txt"))
    assert [path.read_text() for path in kept] == ["一", "二", "三"]
    assert {path.parent for path in kept} == {tmp_path / TRASH}
    assert list_folder(tmp_path).documents == ()


@pytest.mark.usefixtures("_disk")
def test_a_file_is_put_where_none_is_and_replaces_only_what_it_may(tmp_path: Path) -> None:
    put(tmp_path, "渡口.txt", b"1")
    with pytest.raises(TakenError):
        put(tmp_path, "渡口.txt", b"2")
    with pytest.raises(TakenError):
        save(tmp_path, "渡口.txt", b"2", replaces=False)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("渡口.txt", b"1")]
    saved = save(tmp_path, "渡口.txt", b"2", replaces=True)
    assert (saved.path.read_bytes(), saved.old and saved.old.read_bytes()) == (b"2", b"1")
    put_back(saved)
    assert (tmp_path / "渡口.txt").read_bytes() == b"1"
    assert [*(tmp_path / TRASH).iterdir()] == []


@pytest.mark.usefixtures("_disk")
def test_what_somebody_else_has_put_there_is_not_undone(tmp_path: Path) -> None:
    put(tmp_path, "渡口.txt", b"1")
    saved = save(tmp_path, "渡口.txt", b"2", replaces=True)
    (tmp_path / "渡口.txt").write_bytes(b"3")
    put_back(saved)
    assert (tmp_path / "渡口.txt").read_bytes() == b"3"
    assert saved.old
    assert saved.old.read_bytes() == b"1"


@pytest.mark.usefixtures("_disk")
def test_a_file_that_cannot_be_let_go_of_keeps_its_name_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "渡口.txt", b"1")

    def denied(path: Path, *_: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    unlink = Path.unlink
    monkeypatch.setattr(Path, "replace", denied)
    monkeypatch.setattr(Path, "unlink", lambda path: (denied if path.parent == tmp_path else unlink)(path))
    with pytest.raises(PermissionError):
        throw_away(tmp_path, tmp_path / "渡口.txt")
    assert (tmp_path / "渡口.txt").read_bytes() == b"1"
    assert [*(tmp_path / TRASH).iterdir()] == []


@pytest.mark.parametrize("name", ["长" * 83 + ".txt", "a" * 255, "a." + "b" * 253, "\udcff" * 251 + ".txt"])
def test_a_file_of_the_longest_name_is_thrown_away_under_a_shorter_one(tmp_path: Path, name: str) -> None:
    for content in ("一", "二"):
        (tmp_path / name).write_text(content)
        kept = throw_away(tmp_path, tmp_path / name)
        assert kept.read_text() == content
        assert kept.name.endswith(".txt") == name.endswith(".txt")


@pytest.mark.parametrize("replaces", [True, False])
def test_what_is_there_already_is_saved_and_stays_whatever_is_undone(
    tmp_path: Path,
    replaces: bool,  # noqa: FBT001 - a case
) -> None:
    put(tmp_path, "渡口.txt", b"1")
    put_back(save(tmp_path, "渡口.txt", b"1", replaces=replaces))
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("渡口.txt", b"1")]


def test_a_link_that_leads_nowhere_has_its_name(tmp_path: Path) -> None:
    link = tmp_path / "渡口.txt"
    link.symlink_to("away.txt")
    assert (standing(tmp_path, link.name), beside(tmp_path, link.name)) == (link.name, "渡口 (2).txt")
    with pytest.raises(TakenError):
        save(tmp_path, link.name, b"1", replaces=False)
    saved = save(tmp_path, link.name, b"1", replaces=True)
    assert saved.old
    assert saved.old.readlink() == Path("away.txt")
    assert (link.is_symlink(), link.read_bytes()) == (False, b"1")


@pytest.fixture
def _trash_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """A trash on another disk than the documents."""
    link = os.link

    def within(path: Path, target: Path, **how: bool) -> None:
        if path.parent != target.parent:
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
        link(path, target, **how)

    monkeypatch.setattr("os.link", within)


@pytest.mark.usefixtures("_trash_elsewhere")
def test_the_trash_may_be_on_another_disk(tmp_path: Path) -> None:
    put(tmp_path, "渡口.txt", b"1")
    os.utime(tmp_path / "渡口.txt", (1_000_000_000, 1_000_000_000))
    saved = save(tmp_path, "渡口.txt", b"2", replaces=True)
    assert saved.old
    assert (saved.old.read_bytes(), saved.old.stat().st_mtime) == (b"1", 1_000_000_000)
    assert [*(tmp_path / TRASH).iterdir()] == [saved.old]
    put_back(saved)
    assert (tmp_path / "渡口.txt").read_bytes() == b"1"
    assert [*(tmp_path / TRASH).iterdir()] == []
    (tmp_path / "集市.txt").symlink_to("/away.txt")
    assert throw_away(tmp_path, tmp_path / "集市.txt").readlink() == Path("/away.txt")
    assert [path.name for _, path in list_folder(tmp_path).documents] == ["渡口.txt"]


@pytest.mark.usefixtures("_trash_elsewhere")
def test_a_file_stays_where_the_other_disk_has_no_room_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: Path, part: Path, **__: object) -> None:
        part.write_bytes(b"")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    put(tmp_path, "渡口.txt", b"1")
    monkeypatch.setattr("shutil.copy2", full)
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
        save(tmp_path, "渡口.txt", b"2", replaces=True)
    assert (tmp_path / "渡口.txt").read_bytes() == b"1"
    assert [*(tmp_path / TRASH).iterdir()] == []
