"""Folder -> when it begins to change, when it is at rest again, and when to look for what nobody told."""

import asyncio
import logging
import os
from collections.abc import AsyncGenerator, Container
from contextlib import aclosing, suppress
from enum import Enum, auto
from functools import partial
from pathlib import Path
from time import monotonic

from watchfiles import Change, awatch

from bot.off_loop import in_thread

AT_REST = 500
"""Milliseconds without a change after which files are taken to be whole."""

TICK = 50
"""Milliseconds between two looks at what the system has told."""

LONGEST = 10.0
"""Seconds after which changes are told though there is no rest."""

LOOK = 60.0
"""Seconds between two looks at a folder, whatever the system tells of it."""

log = logging.getLogger(__name__)


class Told(Enum):
    """What is told of a folder: files have begun to change, or are at rest, or it is to be looked at."""

    BEGUN = auto()
    AT_REST = auto()
    LOOK = auto()


async def changes(folder: Path, index: Path | None = None, look: float = LOOK) -> AsyncGenerator[Told, None]:
    """What is told of a folder. What stands below `index`, and in hidden or linked folders, is left out.

    It is to be looked at when the system begins to watch it, for what changed before, and every `look`
    seconds: network disks tell nothing of what others write, and links may lead to what is hidden. A folder
    that another was put in place of is watched anew; one that cannot be watched is only looked at.

    Files that are written without rest are told of after LONGEST, and may be half-written then: a log among
    the documents must not keep the others waiting for ever. They are told of again when they rest.
    """
    said = ""
    while True:
        found = _identity(folder)
        try:
            async with aclosing(_watched(folder, index, found, look)) as watched:
                async for told in watched:
                    said = ""
                    yield told
        except (OSError, RuntimeError, ExceptionGroup) as error:  # the library's own is a RuntimeError
            reason = str(_first(error))
            if reason != said:
                log.warning("The documents cannot be watched, so they are looked at now and then: %s", reason)
            said = reason
            yield Told.LOOK
            await _another(folder, found, look)


async def _watched(
    folder: Path, index: Path | None, found: tuple[int, int] | None, look: float
) -> AsyncGenerator[Told, None]:
    """What is told of a folder for as long as it is the one that was found."""
    root, index = _real(folder), index and _real(index)
    looked = first = last = None
    # Folder by folder: what watches all below one follows links, to wherever they lead.
    folders = await in_thread(partial(_folders, root, index))
    watch = awatch(
        *folders,
        watch_filter=None,
        debounce=TICK,
        step=TICK,
        rust_timeout=AT_REST,
        yield_on_timeout=True,
        recursive=False,
    )
    async with aclosing(watch) as told_by_the_system:
        async for told in told_by_the_system:
            # The number of a folder that was deleted may be used again at once.
            if (Change.deleted, str(root)) in told or _identity(folder) != found:
                return
            now = monotonic()
            if any(_matters(Path(path), root, index) for _, path in told):
                if first is None:
                    first = now
                    yield Told.BEGUN
                last = now
            if first and last and (not told or now - last > AT_REST / 1000 or now - first > LONGEST):
                first = last = None
                yield Told.AT_REST
            if first is None and (looked is None or now - looked >= look):
                looked = now
                yield Told.LOOK
            if any(_came_or_went(change, Path(path), folders) for change, path in told):
                return  # to watch what there is now; what was put into it meanwhile is seen at the first look


async def _another(folder: Path, found: tuple[int, int] | None, seconds: float) -> None:
    """Wait until something else is called by a folder's name, so many seconds at most."""
    end = monotonic() + seconds
    while _identity(folder) == found and monotonic() < end:  # noqa: ASYNC110 - the system does not tell
        await asyncio.sleep(min(AT_REST / 1000, seconds))


def _folders(root: Path, index: Path | None) -> frozenset[Path]:
    """A folder and those in it, to any depth, without links, hidden ones and the index."""
    found = [root]
    for folder in found:
        with suppress(OSError):  # it may be gone, or closed to us
            found += [
                Path(entry.path)
                for entry in os.scandir(folder)
                if entry.is_dir(follow_symlinks=False)
                and not entry.name.startswith(".")
                and Path(entry.path) != index
            ]
    return frozenset(found)


def _came_or_went(change: Change, path: Path, watched: Container[Path]) -> bool:
    """Whether a folder is to be watched that is not, or is no more, though another may have its name."""
    if path in watched:
        return change is not Change.modified
    return path.is_dir() and not path.is_symlink() and not path.name.startswith(".")


def _real(path: Path) -> Path:
    """Where a path leads to; this is what the system tells changes of."""
    return path.resolve()


def _identity(folder: Path) -> tuple[int, int] | None:
    """What tells a folder from another of its name, None when it is not there."""
    try:
        found = folder.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _matters(path: Path, root: Path, index: Path | None) -> bool:
    """Whether it may be a document: hidden files, and what a link to a folder leads to, are none."""
    inner = path.relative_to(root)
    if any(part.startswith(".") for part in inner.parts) or (index and path.is_relative_to(index)):
        return False
    return not any((root / parent).is_symlink() for parent in inner.parents[:-1])


def _first(error: Exception) -> Exception:
    """What is in a group of errors, or in a group in it."""
    while isinstance(error, ExceptionGroup):
        error = error.exceptions[0]
    return error
