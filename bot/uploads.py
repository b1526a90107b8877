"""A file that was sent -> where it is put among the documents, and what came of it."""

import os
import re
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from telegram.constants import FileSizeLimit

from bot.moving import TakenError, move, part_in
from bot.naming import composed

MOST = int(FileSizeLimit.FILESIZE_DOWNLOAD)
"""Bytes of a file that a bot can fetch from Telegram's own server."""

LONGEST_NAME = 200
"""Bytes of a name in UTF-8; file systems take 255, and the copies beside it have longer ones."""

TRASH = ".trash"
"""The folder among the documents that removed ones are moved to; it is hidden, so nothing in it is read."""

UNNAMED = "文档"

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
    said = _FORBIDDEN.sub("_", composed(name or ""))
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
    return next((other for other in _names(folder) if composed(other) == composed(name)), name)


def beside(folder: Path, name: str) -> str:
    """A name like another, composed, that no file of a folder has, nor one that looks the same."""
    path, taken = Path(composed(name)), {*map(composed, _names(folder))}
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
    part = part_in(folder)
    try:
        with part.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        move(part, folder / name)
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
            move(old, path)


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
    move(path, target)
    return target


def _shortened(path: Path) -> str:
    """The name of a file, without the end of its stem where there would be no room for more of a name."""
    ending = path.suffix if len(os.fsencode(path.suffix)) <= LONGEST_NAME // 4 else ""
    stem = path.name.removesuffix(ending)
    while len(os.fsencode(stem + ending)) > LONGEST_NAME:
        stem = stem[:-1]
    return stem + ending
