"""What is known of the disk that a folder is on."""

import os
from pathlib import Path

import pytest

from bot.disks import free, is_fleeting, standing, try_to_write

CONTAINER = """\
600 500 0:50 / / rw,relatime - overlay overlay rw,lowerdir=/var
601 600 0:51 / /cache rw - tmpfs shm rw
602 600 8:1 /volumes /srv/my\\040documents rw shared:1 - ext4 /dev/sda1 rw
603 602 0:52 / /srv/my\\040documents/cache rw - tmpfs tmpfs rw
"""


@pytest.fixture
def mounts(tmp_path: Path) -> Path:
    path = tmp_path / "mountinfo"
    path.write_text(CONTAINER, encoding="utf-8")
    return path


FORGETS = ["/chuchu/documents", "/cache", "/srv/my documents/cache/x", "/srv/my documents elsewhere"]
REMEMBERS = ["/srv/my documents", "/srv/my documents/of 2026"]


def test_the_disk_of_a_container_forgets_and_a_volume_does_not(
    mounts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.disks.standing", Path)  # here none of them is there
    for folder in FORGETS + REMEMBERS:
        assert is_fleeting(Path(folder), mounts) is (folder in FORGETS)


def test_what_is_mounted_last_at_a_place_is_its_disk(tmp_path: Path, mounts: Path) -> None:
    mounts.write_text(CONTAINER + "604 600 8:2 / / rw - ext4 /dev/sdb rw\n", encoding="utf-8")
    assert not is_fleeting(tmp_path, mounts)


def test_where_the_system_does_not_tell_nothing_is_said(tmp_path: Path, mounts: Path) -> None:
    assert not is_fleeting(tmp_path, tmp_path / "not there")
    mounts.write_text("what is this\n\n", encoding="utf-8")
    assert not is_fleeting(tmp_path, mounts)


def test_of_a_folder_that_is_not_there_the_one_above_is_looked_at(tmp_path: Path) -> None:
    assert standing(tmp_path / "a" / "b") == tmp_path
    assert free(tmp_path / "a" / "b") > 0


def test_a_folder_that_takes_files_is_left_as_it_was(tmp_path: Path) -> None:
    try_to_write(tmp_path)
    try_to_write(tmp_path / "new" / "index")
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "index").touch()
    with pytest.raises(NotADirectoryError):
        try_to_write(tmp_path / "index")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
@pytest.mark.parametrize("inner", ["", "index"])
def test_a_folder_that_takes_nothing_is_told(tmp_path: Path, inner: str) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(PermissionError):
        try_to_write(tmp_path / inner)
    tmp_path.chmod(0o700)
