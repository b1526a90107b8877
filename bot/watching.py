"""Folder -> its changes, one item for each time that it comes to rest."""

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path

from watchfiles import Change, awatch

AT_REST = 500
"""Milliseconds without a change after which files are taken to be whole."""

LONGEST = 10_000
"""Milliseconds after which changes are told though there is no rest."""

LOOK_AGAIN = 60.0
"""Seconds between two looks at a folder that cannot be watched."""

log = logging.getLogger(__name__)


def changes(folder: Path) -> AsyncIterator[object]:
    """One item for each time that files of a folder changed and came to rest.

    Where a folder cannot be watched, as on some network disks, an item now and then instead.
    """
    return _changes(folder.resolve())


async def _changes(root: Path) -> AsyncIterator[object]:
    def matters(_: Change, path: str) -> bool:
        """Hidden files are no documents, and the index may be among them."""
        return not any(part.startswith(".") for part in Path(path).relative_to(root).parts)

    try:
        async for _ in awatch(root, watch_filter=matters, debounce=LONGEST, step=AT_REST):
            yield None
    except OSError as error:
        log.warning("The documents cannot be watched, so they are looked at every minute: %s", error)
        while True:
            await asyncio.sleep(LOOK_AGAIN)
            yield None
