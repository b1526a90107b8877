"""Tasks -> some of them at once, in the order in which they came."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Turns:
    """Lets so many tasks work at once; one that waits for long lets another work meanwhile."""

    def __init__(self, most: int) -> None:
        self._free = asyncio.Semaphore(most)
        self._working: set[asyncio.Task[object] | None] = set()

    @asynccontextmanager
    async def taken(self) -> AsyncIterator[None]:
        """This task works, when it is its turn."""
        await self._take()
        try:
            yield
        finally:
            self._give()

    @asynccontextmanager
    async def given(self) -> AsyncIterator[None]:
        """This task waits, and then takes a turn again, if it had one."""
        if not self._give():
            yield
            return
        try:
            yield
        finally:
            await self._take()

    def leave(self) -> None:
        """This task gives its turn to another, and goes on without one; what it has left to do is little."""
        self._give()

    async def _take(self) -> None:
        await self._free.acquire()
        self._working.add(asyncio.current_task())

    def _give(self) -> bool:
        """Whether this task had a turn, which it has no more."""
        task = asyncio.current_task()
        if task not in self._working:
            return False
        self._working.remove(task)
        self._free.release()
        return True
