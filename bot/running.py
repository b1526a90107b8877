"""A Worker -> at work until it is told to stop, and gone soon after.

python-telegram-bot's own `run_polling` raises SystemExit wherever the event loop is when a signal comes. In
the start, or in the middle of the end, it then waits for what never comes, or leaves half of it open.
"""

import asyncio
import logging
import math
import os
import signal
from threading import Timer

from bot.application import ALLOWED_UPDATES, Worker
from bot.patience import patiently

SIGNALS = (signal.SIGINT, signal.SIGTERM)
"""Those that end a worker."""

ENDING = 8.5
"""Seconds after which what is not finished or closed is left as it is: who has to wait kills it after ten."""

LAST = 9.5
"""Seconds after which a process that is to end does so though it hangs, as on a disk that does not answer.
What is kept is whole all the same, as when it is killed.
"""

AT_ONCE = 1.0
"""Seconds within which a further signal is the same word: of a Ctrl-C the terminal tells every process, and
whoever started this one may pass it on.
"""

log = logging.getLogger(__name__)


def run(worker: Worker) -> None:
    """Serve until the worker is told to stop, and then finish what is under way, unless that takes too long
    or a signal comes again.

    Raises what keeps it from serving, such as InvalidToken. It is done once in a process, and from then on
    signals do nothing, as that is about to end.
    """
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    work = loop.create_task(_work(worker))
    work.add_done_callback(lambda _: loop.stop())
    heard = _Heard(worker, loop)
    for number in SIGNALS:
        loop.add_signal_handler(number, heard)
    loop.run_forever()
    if work.done():
        work.result()
    else:
        log.warning("Left open: not everything was finished in time")
    # The loop is not closed: signals would get their own meaning back, before the process has ended.


class _Heard:
    """What a signal does."""

    def __init__(self, worker: Worker, loop: asyncio.AbstractEventLoop) -> None:
        self._worker, self._loop = worker, loop
        self._at: float | None = None

    def __call__(self) -> None:
        """The first lets the worker end, a later one does not wait for that."""
        if self._at is None:
            self._at = self._loop.time()
            _end_at_last(0)
            self._worker.stop_running()
        elif self._loop.time() - self._at > AT_ONCE:
            self._loop.stop()


def _end_at_last(status: int) -> None:
    """End the process some time from now, if it is there still."""
    guard = Timer(LAST, os._exit, (status,))
    guard.daemon = True
    guard.start()


async def _work(worker: Worker) -> None:
    starting = asyncio.create_task(_start(worker))
    told = asyncio.create_task(worker.is_to_end.wait())
    try:
        await asyncio.wait({starting, told}, return_when=asyncio.FIRST_COMPLETED)
        if starting.done():
            await starting
            await told
    finally:
        _end_at_last(1)  # after a signal, that has a guard already
        loop = asyncio.get_running_loop()
        loop.call_later(ENDING, loop.stop)
        await _cancelled({starting})  # it may be waiting for Telegram
        await _end(worker)
        await _cancelled(asyncio.all_tasks() - {asyncio.current_task()})


async def _start(worker: Worker) -> None:
    """Begin to serve; where Telegram is away, that is waited for."""
    assert worker.updater is not None
    assert worker.post_init is not None
    await patiently(worker.initialize, math.inf)
    await worker.post_init(worker)
    await worker.updater.start_polling(bootstrap_retries=-1, allowed_updates=ALLOWED_UPDATES)
    await worker.start()


async def _end(worker: Worker) -> None:
    if worker.updater and worker.updater.running:
        await worker.updater.stop()
    if worker.running:
        await worker.stop()
    await worker.shutdown()


async def _cancelled(tasks: set[asyncio.Task[None]]) -> None:
    """Let tasks go, and close what they hold."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
