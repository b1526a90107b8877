"""Folder -> when it begins to change, and when it is at rest again."""

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path
from time import monotonic

from watchfiles import awatch

AT_REST = 500
"""Milliseconds without a change after which files are taken to be whole."""

TICK = 50
"""Milliseconds between two looks at what the system has told."""

LONGEST = 10.0
"""Seconds after which changes are told though there is no rest."""

LOOK_AGAIN = 60.0
"""Seconds between two looks at a folder that cannot be watched."""

log = logging.getLogger(__name__)


def changes(folder: Path) -> AsyncIterator[bool]:
    """False when files of a folder begin to change, True when they have come to rest.

    Where a folder cannot be watched, as on some network disks, True now and then instead.
    """
    return _changes(folder.resolve())


async def _changes(root: Path) -> AsyncIterator[bool]:
    first = last = None
    try:
        async for told in awatch(
            root, watch_filter=None, debounce=TICK, step=TICK, rust_timeout=AT_REST, yield_on_timeout=True
        ):
            now = monotonic()
            if any(_matters(Path(path).relative_to(root)) for _, path in told):
                if first is None:
                    first = now
                    yield False
                last = now
            if first and last and (not told or now - last > AT_REST / 1000 or now - first > LONGEST):
                first = last = None
                yield True
    except OSError as error:
        log.warning("The documents cannot be watched, so they are looked at every minute: %s", error)
        while True:
            await asyncio.sleep(LOOK_AGAIN)
            yield True


def _matters(path: Path) -> bool:
    """Hidden files are no documents, and the index may be among them."""
    return not any(part.startswith(".") for part in path.parts)
