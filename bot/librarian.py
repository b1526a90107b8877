"""Questions -> answers, off the event loop. The one place where the bot crosses into threads."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial

from retrieval.explaining import Explanation, explain
from retrieval.library import Library
from retrieval.search import Answer, search


class Librarian:
    """Holds the library as it is now and searches it for whoever asks.

    A library is a finished snapshot: a newer one takes its place by one assignment.
    """

    def __init__(self, open_library: Callable[[], Library]) -> None:
        self._open_library = open_library
        self._library: Library | None = None

    async def open(self) -> None:
        """Read and index the folder. Raises what `open_library` raises."""
        self._library = await _in_a_daemon(self._open_library)

    @property
    def library(self) -> Library:
        """The library as it is now. Raises RuntimeError before it was opened."""
        if self._library is None:
            raise RuntimeError("The library is not open yet.")
        return self._library

    async def answer(self, question: str, limit: int) -> tuple[Library, Answer]:
        """The best passages for a question, and the library that they stand in."""
        library = self.library
        find = partial(search, library.index, question, limit, distinct=True)
        return library, await asyncio.to_thread(find)

    async def explain(self, question: str, limit: int) -> Explanation:
        """The best passages for a question, and why they are."""
        return await asyncio.to_thread(explain, self.library.index, question, limit)


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
