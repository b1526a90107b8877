"""A file that was sent -> where it is put among the documents, and what came of it."""

import errno
import os
import re
import shutil
import time
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from telegram.constants import FileSizeLimit

MOST = int(FileSizeLimit.FILESIZE_DOWNLOAD)
"""Bytes of a file that a bot can fetch from Telegram's own server."""

LONGEST_NAME = 200
"""Bytes of a name in UTF-8; file systems take 255, and the copies beside it have longer ones."""

TRASH = ".trash"
"""The folder among the documents that removed ones are moved to; it is hidden, so nothing in it is read."""

UNNAMED = "文档"

_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK)
"""What the system says where a file can have no second name: not on that disk, or not by this user."""

_FORBIDDEN = re.compile(
    r'[\x00-\x1f\x7f-\x9f/\\:*?"<>|\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]|[\ud800-\udfff]'
)
"""What is no part of a name on some system, ends a line, or shows as something else."""

_PASSED_OVER = re.compile(r"^(?:[\s.]|~\$)+|[\s.]+$")
"""What hidden files begin with, and those that Office keeps beside open ones; what Windows drops behind."""


def safe_name(name: str | None) -> str:
    """A name for a file as somebody else called it, that stays in its folder, is not hidden, and is no longer
    than a name may be; the ending stays.
    """
    said = _FORBIDDEN.sub("_", _composed(name or ""))
    said = _PASSED_OVER.sub("", said)
    stem, dot, ending = said.rpartition(".")
    if not dot:
        stem, ending = said, ""
    ending = ending.encode()[: LONGEST_NAME // 4].decode(errors="ignore")
    stem = stem.encode()[: LONGEST_NAME - len(ending.encode()) - 1].decode(errors="ignore").rstrip()
    return f"{stem or UNNAMED}{dot}{ending}"


def beside_a_folder(folder: Path, name: str) -> str:
    """The name, or one like it where that is a folder's, which no file can take the place of."""
    return beside(folder, name) if (folder / name).is_dir() else name


def standing(folder: Path, name: str) -> str:
    """The name of what looks the same in a folder, as a Mac writes it maybe; where there is none, the name.

    On most systems such names are two; who reads them sees one.
    """
    if _is_taken(folder / name):
        return name
    return next((other for other in _names(folder) if _composed(other) == _composed(name)), name)


def beside(folder: Path, name: str) -> str:
    """A name like another, composed, that no file of a folder has, nor one that looks the same."""
    path, taken = Path(_composed(name)), {*map(_composed, _names(folder))}
    number = 2
    while (free := f"{path.stem} ({number}){path.suffix}") in taken or _is_taken(folder / free):
        number += 1
    return free


def _is_taken(path: Path) -> bool:
    """Whether anything is there, even a link that leads nowhere."""
    return path.exists() or path.is_symlink()


def _names(folder: Path) -> list[str]:
    try:
        return [path.name for path in folder.iterdir()]
    except OSError:  # whoever writes there hears of it
        return []


def _composed(name: str) -> str:
    return unicodedata.normalize("NFC", name)


class TakenError(Exception):
    """A name that another file has."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A file that was put at a path; `old` is where what stood there is now.

    `content` is what was written, None where it was there already.
    """

    path: Path
    content: bytes | None
    old: Path | None = None


def put(folder: Path, name: str, content: bytes) -> None:
    """Write a file into a folder, which has it whole or not at all. Raises TakenError and OSError."""
    part = _part_in(folder)
    try:
        with part.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _move(part, folder / name)
    finally:
        part.unlink(missing_ok=True)


def save(folder: Path, name: str, content: bytes, *, replaces: bool) -> Saved:
    """Put a file into a folder; where it `replaces` the one of its name, that goes to the trash. One that
    is there already, as after a kill in the middle, stays.

    Raises TakenError where there is one that it does not replace, and OSError; then what was there is there.
    """
    path = folder / name
    if _holds(path, content):
        return Saved(path, None)
    old = throw_away(folder, path) if replaces and _is_taken(path) else None
    try:
        put(folder, name, content)
    except (OSError, TakenError):
        _restore(old, path)
        raise
    return Saved(path, content, old)


def put_back(saved: Saved) -> None:
    """Undo what `save` has done, but to what somebody else has put there meanwhile. Raises OSError."""
    if saved.content is not None and _holds(saved.path, saved.content):
        saved.path.unlink()
    _restore(saved.old, saved.path)


def _restore(old: Path | None, path: Path) -> None:
    """Put what was thrown away where it was; where something else is by now, it stays in the trash."""
    if old:
        with suppress(TakenError):
            _move(old, path)


def _holds(path: Path, content: bytes) -> bool:
    """Whether that is what there is in a file."""
    try:
        return path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False


def throw_away(folder: Path, path: Path) -> Path:
    """Move a file of a folder to its trash; returns where it is now. Raises OSError."""
    trash = folder / TRASH
    trash.mkdir(exist_ok=True)
    name = f"{time.strftime('%Y%m%d-%H%M%S')} {_shortened(path)}"
    target = trash / name
    if _is_taken(target):
        target = trash / beside(trash, name)
    _move(path, target)
    return target


def _shortened(path: Path) -> str:
    """The name of a file, without the end of its stem where there would be no room for more of a name."""
    ending = path.suffix if len(os.fsencode(path.suffix)) <= LONGEST_NAME // 4 else ""
    stem = path.name.removesuffix(ending)
    while len(os.fsencode(stem + ending)) > LONGEST_NAME:
        stem = stem[:-1]
    return stem + ending


def _move(path: Path, target: Path) -> None:
    """Give a file a name that none has, on another disk maybe. Raises TakenError and OSError, and then it has
    its own still.
    """
    try:
        _rename(path, target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        _carry(path, target)


def _carry(path: Path, target: Path) -> None:
    """Move a file to another disk, which has it whole or not at all. Raises as `_move` does."""
    part = _part_in(target.parent)
    try:
        shutil.copy2(path, part, follow_symlinks=False)
        if not part.is_symlink():
            with part.open("rb") as file:
                os.fsync(file.fileno())
        _rename(part, target)
    finally:
        part.unlink(missing_ok=True)
    _let_go(path.unlink, target)


def _part_in(folder: Path) -> Path:
    """Where a file of a folder is written before it has its name."""
    return folder / f".{os.getpid()}-{time.monotonic_ns()}.part"


def _rename(path: Path, target: Path) -> None:
    """As `_move`, on one disk."""
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
