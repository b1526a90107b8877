"""A folder of snapshots -> the newest, and a place for the next.

A snapshot is a folder of its own, made beside the others and named when it is whole: the name is what counts.
"""

import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from retrieval.listing import CACHE_TAG

SNAPSHOT = re.compile(r"snapshot-(\d+)")
UNFINISHED = "unfinished-"
LOCK = "lock"
TAGGED = """Signature: 8a477f597d28d172789f06886806bc55
# What is in this folder was made of other files and can be made again: see https://bford.info/cachedir/
"""


@contextmanager
def locked(derived: Path) -> Iterator[None]:
    """Keep other processes from making snapshots meanwhile; waits until none does.

    Raises OSError when the folder cannot be written to.
    """
    derived.mkdir(parents=True, exist_ok=True)
    for folder in (derived, derived.parent):
        if not (folder / CACHE_TAG).exists():
            (folder / CACHE_TAG).write_text(TAGGED, encoding="ascii")
    with (derived / LOCK).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # let go of when the process ends, however it ends
        yield


def newest(derived: Path) -> Path | None:
    """The newest snapshot, None when there is none."""
    return max(_snapshots(derived), key=_number, default=None)


@contextmanager
def making(derived: Path) -> Iterator[Path]:
    """A new folder that becomes the newest snapshot, unless an error is raised.

    Whoever has an older one open keeps its files. The folder must be locked.
    """
    folder = derived / f"{UNFINISHED}{uuid4().hex}"
    folder.mkdir()
    try:
        yield folder
        _publish(folder, derived)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def clear(derived: Path) -> None:
    """Remove all snapshots but the newest, and what was left unfinished by a process that was killed.

    The folder must be locked.
    """
    kept = newest(derived)
    for left in (*_snapshots(derived), *derived.glob(f"{UNFINISHED}*")):
        if left != kept:
            shutil.rmtree(left, ignore_errors=True)


def _publish(folder: Path, derived: Path) -> None:
    for inner in (*filter(Path.is_dir, folder.iterdir()), folder):
        _sync(inner)
    latest = newest(derived)
    folder.rename(derived / f"snapshot-{_number(latest) + 1 if latest else 1:06}")
    _sync(derived)


def _sync(folder: Path) -> None:
    """Wait until the names in a folder are on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _snapshots(derived: Path) -> list[Path]:
    try:
        return [path for path in derived.iterdir() if SNAPSHOT.fullmatch(path.name)]
    except OSError:  # it is not there, or cannot be read: whoever writes to it says why
        return []


def _number(snapshot: Path) -> int:
    found = SNAPSHOT.fullmatch(snapshot.name)
    assert found is not None
    return int(found[1])
