"""Work -> its outcome, off the event loop. The one place where the bot leaves its own thread."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

T = TypeVar("T")


async def in_thread(work: Callable[[], T]) -> T:
    """Do what takes a moment."""
    return await asyncio.to_thread(work)


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
