"""Work that nobody waits for, until a worker ends."""

import asyncio
from collections.abc import Coroutine
from typing import Any


class Background:
    """Tasks that go on beside the others."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()  # or they might be collected as garbage

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Do some work, meanwhile."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def settled(self) -> None:
        """Wait until all is done."""
        await asyncio.gather(*self._tasks)

    async def end(self) -> None:
        """Do nothing more."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
