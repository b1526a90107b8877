"""A request to Telegram -> its outcome, asked again while Telegram stumbles."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from typing import TypeVar

from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 15.0
"""Seconds before the first further try, and between later ones; each pause is twice the one before."""

T = TypeVar("T")


async def patiently(call: Callable[[], Awaitable[T]], seconds: float) -> T:
    """What comes of a request that is made again, for so many seconds, when Telegram asks to wait or cannot
    be reached, when it fails, or says what nobody understands.

    Where a connection breaks when a request was written, nobody can know whether it was carried out: it is
    made once more for each such break. What Telegram refuses is raised at once, the last failure when the
    time is over, and a wait that would be longer than that.
    """
    end = time.monotonic() + seconds
    for pause in _pauses():
        try:
            return await call()
        except TelegramError as error:
            wait = _asked(error) if isinstance(error, RetryAfter) else pause
            if not _is_passing(error) or time.monotonic() + wait > end:
                raise
        await asyncio.sleep(wait)
    raise AssertionError("the pauses never end")


def _asked(error: RetryAfter) -> float:
    """The seconds that Telegram asks to wait."""
    seconds = error.retry_after
    return seconds.total_seconds() if isinstance(seconds, timedelta) else float(seconds)


def _is_passing(error: TelegramError) -> bool:
    """Whether the same request may well be answered later."""
    return isinstance(error, (NetworkError, RetryAfter)) and not isinstance(error, BadRequest)


def _pauses() -> Iterator[float]:
    pause = FIRST_PAUSE
    while True:
        yield pause
        pause = min(2 * pause, LONGEST_PAUSE)
