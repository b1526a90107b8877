"""File -> another name, which no other file has, on another disk maybe."""

import errno
import os
import shutil
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK)
"""What the system says where a file can have no second name: not on that disk, or not by this user."""


class TakenError(Exception):
    """A name that another file has."""


def move(path: Path, target: Path) -> None:
    """Give a file a name that none has, on another disk maybe. Raises TakenError and OSError, and then it has
    its own still.
    """
    try:
        _rename(path, target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        _carry(path, target)


def part_in(folder: Path) -> Path:
    """Where a file of a folder is written before it has its name."""
    return folder / f".{os.getpid()}-{time.monotonic_ns()}.part"


def _carry(path: Path, target: Path) -> None:
    """Move a file to another disk, which has it whole or not at all. Raises as `move` does."""
    part = part_in(target.parent)
    try:
        shutil.copy2(path, part, follow_symlinks=False)
        if not part.is_symlink():
            with part.open("rb") as file:
                os.fsync(file.fileno())
        _rename(part, target)
    finally:
        part.unlink(missing_ok=True)
    _let_go(path.unlink, target)


def _rename(path: Path, target: Path) -> None:
    """As `move`, on one disk."""
    try:
        let_go = _reached(path, target)
    except FileExistsError as error:
        raise TakenError(target.name) from error
    _let_go(let_go, target)


def _let_go(of_old: Callable[[], object], target: Path) -> None:
    """Take its old name from a file that has a new one too, or else the new one. Raises OSError."""
    try:
        of_old()
    except OSError:
        target.unlink()
        raise


def _reached(path: Path, target: Path) -> Callable[[], object]:
    """Take a name for a file that has one; returns what lets go of that one. Raises OSError."""
    try:
        os.link(path, target, follow_symlinks=False)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        target.touch(exist_ok=False)
        return partial(path.replace, target)
    return path.unlink
