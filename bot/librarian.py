"""Questions -> answers, off the event loop. The one place where the bot crosses into threads."""

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future
from functools import partial
from typing import TypeVar

from retrieval.explaining import Explanation, explain
from retrieval.indexing.records import DamagedRecordError
from retrieval.indexing.refreshing import Progress, Tell
from retrieval.library import Library
from retrieval.search import Answer, search

Found = TypeVar("Found")

MOMENT = 2.0
"""Seconds that somebody may wait for what is said at once when the library is open."""

log = logging.getLogger(__name__)


async def _no_changes() -> AsyncIterator[object]:
    return
    yield


class Librarian:
    """Holds the library as it is now and searches it for whoever asks.

    A library is a finished snapshot: a newer one takes its place by one assignment.
    """

    def __init__(
        self,
        open_library: Callable[[Tell], Library],
        changes: Callable[[], AsyncIterator[object]] = _no_changes,
    ) -> None:
        """`open_library` brings the index up to date and opens it.

        `changes` gives an item whenever the folder changed.
        """
        self._open_library, self._changes = open_library, changes
        self._library: Library | None = None
        self._opened = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self.share = 0.0
        """How much of the index is there, 0 to 1, before the library was opened."""
        self.failure: Exception | None = None
        """Why the library could not be opened at first."""

    def start(self, on_failure: Callable[[], None]) -> None:
        """Open the library, and again whenever the folder changes."""
        self._task = asyncio.create_task(self._keep(on_failure))

    async def stop(self) -> None:
        """Follow the folder no more."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _keep(self, on_failure: Callable[[], None]) -> None:
        try:
            await self._open()
        except Exception as error:  # noqa: BLE001 - whoever is told looks at it
            self.failure = error
            on_failure()
            return
        async for _ in self._changes():
            try:
                await self._open()
            except Exception:
                log.exception("The documents were changed but could not be read; the last index goes on")

    async def _open(self) -> None:
        self._library = await _in_a_daemon(partial(self._open_library, self._hear))
        self._opened.set()

    async def soon(self) -> Library | None:
        """The library, or None if it is not open after a moment."""
        try:
            return await asyncio.wait_for(self.opened(), MOMENT)
        except TimeoutError:
            return None

    async def opened(self) -> Library:
        """The library, when it was opened."""
        await self._opened.wait()
        assert self._library is not None
        return self._library

    async def answer(self, question: str, limit: int) -> tuple[Library, Answer]:
        """The best passages for a question, and the library that they stand in."""

        def find(library: Library) -> tuple[Library, Answer]:
            return library, search(library.index, question, limit, distinct=True)

        return await self._asked(find)

    async def explain(self, question: str, limit: int) -> Explanation:
        """The best passages for a question, and why they are."""
        return await self._asked(lambda library: explain(library.index, question, limit))

    async def _asked(self, ask: Callable[[Library], Found]) -> Found:
        try:
            return await asyncio.to_thread(ask, await self.opened())
        except DamagedRecordError:  # the disk has changed it; it is made again, and then it is known
            await self._open()
            return await asyncio.to_thread(ask, await self.opened())

    def _hear(self, progress: Progress) -> None:
        self.share = progress.share


async def _in_a_daemon(work: Callable[[], Library]) -> Library:
    """Run long work in a thread that does not keep the process from ending."""
    outcome: Future[Library] = Future()

    def run() -> None:
        try:
            outcome.set_result(work())
        except Exception as error:  # noqa: BLE001 - it is raised where the work is awaited
            outcome.set_exception(error)

    threading.Thread(target=run, name="open library", daemon=True).start()
    return await asyncio.wrap_future(outcome)
