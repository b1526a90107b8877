"""Folder -> what is known of the disk that it is on, or would be on."""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path

MOUNTS = Path("/proc/self/mountinfo")
"""Where Linux says which disk is where; other systems have no such file."""

FLEETING = {"overlay", "aufs", "tmpfs", "ramfs"}
"""Kinds of disks that containers, and memory, are made of: they are empty again after a restart."""

_OCTAL = re.compile(r"\\([0-7]{3})")


def standing(path: Path) -> Path:
    """A path, or the innermost folder above it that is there."""
    path = path.absolute()
    return next((each for each in (path, *path.parents) if each.exists()), path)


def free(path: Path) -> int:
    """Bytes that are free on its disk. Raises OSError."""
    return shutil.disk_usage(standing(path)).free


def try_to_write(path: Path) -> None:
    """Raise OSError when nothing can be written to a folder; one that is not there yet is not made."""
    if path.is_dir():
        with tempfile.TemporaryFile(dir=path) as file:
            file.write(b"\0")
    elif path.exists():
        raise NotADirectoryError(f"{path} is no folder")
    elif not os.access(standing(path), os.W_OK | os.X_OK):
        raise PermissionError(f"nothing can be made in {standing(path)}")


def is_fleeting(path: Path, mounts: Path = MOUNTS) -> bool:
    """Whether its disk forgets at a restart, as far as can be told."""
    try:
        said = mounts.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    real = Path(os.path.realpath(standing(path)))
    found = [(len(place.parts), kind) for place, kind in _mounts(said) if real.is_relative_to(place)]
    found.sort(key=itemgetter(0))
    return any(kind in FLEETING for _, kind in found[-1:])


def _mounts(said: str) -> Iterator[tuple[Path, str]]:
    """Where each disk is and of which kind, in the order in which they were put there."""
    for line in said.splitlines():
        before, _, after = line.partition(" - ")
        fields = before.split(" ")
        if len(fields) > 4 and after:  # noqa: PLR2004 - where it is is the fifth
            yield Path(_OCTAL.sub(lambda found: chr(int(found[1], 8)), fields[4])), after.split(" ")[0]
