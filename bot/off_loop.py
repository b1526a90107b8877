"""Work -> its outcome, off the event loop. The one place where the bot leaves its own thread."""

import asyncio
import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from bot.tracing import trace

T = TypeVar("T")

log = logging.getLogger(__name__)


async def in_thread(work: Callable[[], T]) -> T:
    """Do what takes a moment."""
    return await asyncio.to_thread(work)


class OwnThread:
    """A thread for what must not wait for other work, such as writing down what was done."""

    def __init__(self, name: str) -> None:
        self._thread = ThreadPoolExecutor(1, name)

    async def do(self, work: Callable[[], T]) -> T:
        """Do what takes a moment, when what came before it is done."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def begin(self, work: Callable[[], object]) -> None:
        """Do what takes a moment, when what came before it is done; nobody waits for it."""
        self._thread.submit(work).add_done_callback(_tell_of_failure)

    def end(self) -> None:
        """Do what is left, and nothing more."""
        self._thread.shutdown()


def _tell_of_failure(done: Future[object]) -> None:
    if error := done.exception():
        log.error("What nobody waited for failed", extra={"exception": trace(error)})


async def in_a_daemon(work: Callable[[], T], name: str) -> T:
    """Do what takes long, in a thread of that name, which does not keep the process from ending."""
    outcome: Future[T] = Future()
    outcome.set_running_or_notify_cancel()  # nobody can cancel it from now on, only stop waiting

    def run() -> None:
        try:
            outcome.set_result(work())
        except Exception as error:  # noqa: BLE001 - it is raised where the work is awaited
            outcome.set_exception(error)

    threading.Thread(target=run, name=name, daemon=True).start()
    return await asyncio.wrap_future(outcome)
