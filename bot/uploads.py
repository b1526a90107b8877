"""A file that was sent -> where it is put among the documents, and what came of it."""

import os
import re
import time
import unicodedata
from pathlib import Path

from telegram.constants import FileSizeLimit

MOST = int(FileSizeLimit.FILESIZE_DOWNLOAD)
"""Bytes of a file that a bot can fetch from Telegram's own server."""

LONGEST_NAME = 200
"""Bytes of a name in UTF-8; file systems take 255, and the copies beside it have longer ones."""

TRASH = ".trash"
"""The folder among the documents that removed ones are moved to; it is hidden, so nothing in it is read."""

UNNAMED = "文档"

_FORBIDDEN = re.compile(
    r'[\x00-\x1f\x7f/\\:*?"<>|\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]|[\ud800-\udfff]'
)
"""What is no part of a name on some system, or shows as something else."""

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
    if (folder / name).exists():
        return name
    return next((other for other in _names(folder) if _composed(other) == _composed(name)), name)


def beside(folder: Path, name: str) -> str:
    """A name like another, composed, that no file of a folder has, nor one that looks the same."""
    path, taken = Path(_composed(name)), {*map(_composed, _names(folder))}
    number = 2
    while (free := f"{path.stem} ({number}){path.suffix}") in taken or (folder / free).exists():
        number += 1
    return free


def _names(folder: Path) -> list[str]:
    try:
        return [path.name for path in folder.iterdir()]
    except OSError:  # whoever writes there hears of it
        return []


def _composed(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def put(folder: Path, name: str, content: bytes) -> None:
    """Write a file into a folder, which has it whole or not at all. Raises OSError."""
    part = folder / f".{os.getpid()}-{time.monotonic_ns()}.part"
    try:
        with part.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(folder / name)
    finally:
        part.unlink(missing_ok=True)


def exchange(folder: Path, name: str, content: bytes) -> Path | None:
    """Put a file in the place of the one of its name, if there is one, which goes to the trash; returns where
    it is now. Raises OSError, and then the old one is where it was.
    """
    path = folder / name
    old = throw_away(folder, path) if path.exists() else None
    try:
        put(folder, name, content)
    except OSError:
        put_back(path, old)
        raise
    return old


def put_back(path: Path, old: Path | None) -> None:
    """Undo what `exchange` has done."""
    if old:
        old.replace(path)
    else:
        path.unlink(missing_ok=True)


def throw_away(folder: Path, path: Path) -> Path:
    """Move a file of a folder to its trash; returns where it is now. Raises OSError."""
    trash = folder / TRASH
    trash.mkdir(exist_ok=True)
    name = f"{time.strftime('%Y%m%d-%H%M%S')} {path.name}"
    target = trash / name
    if target.exists():
        target = trash / beside(trash, name)
    path.replace(target)
    return target
