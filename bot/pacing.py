"""Requests -> Telegram, no more of them than it takes, those of a chat in their order."""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AbstractAsyncContextManager
from typing import Any, TypeAlias, TypeVar

from telegram.constants import FloodLimit
from telegram.ext import BaseRateLimiter

from bot.patience import patiently

SECOND, MINUTE = 1.1, 61.0
"""Seconds in which so many requests are made at most; a little more, as they need not arrive as they left."""

PARTS = 10
"""Of such a second, in each of which there are as few: many at once that are late by a moment would be among
those of the next second.
"""

A_MOMENT = 15.0
"""Seconds for which a press or an inline query can be answered."""

NOT_AGAIN = 0.0
"""Seconds for what is tried again by whoever asks, or not worth it."""

PATIENCE = {
    "answerCallbackQuery": A_MOMENT,
    "answerInlineQuery": A_MOMENT,
    "sendChatAction": NOT_AGAIN,
    "getMe": NOT_AGAIN,
    "deleteWebhook": NOT_AGAIN,
}
"""Seconds for which requests are made again, where those are others than for an answer."""

MOST_LINES = 1000
"""Chats of which it is remembered what was sent, before those are forgotten of which that does not matter."""

T = TypeVar("T")
Given: TypeAlias = Callable[[], AbstractAsyncContextManager[None]]


class Window:
    """At most so many in any span of some seconds."""

    def __init__(self, most: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._seconds, self._clock = most, seconds, clock
        self._times: deque[float] = deque(maxlen=most)

    @property
    def wait(self) -> float:
        """Seconds until there is room for one."""
        is_full = len(self._times) == self._most
        return max(0.0, self._times[0] + self._seconds - self._clock()) if is_full else 0.0

    @property
    def is_in_use(self) -> bool:
        """Whether there was one in the last seconds."""
        return bool(self._times) and self._times[-1] > self._clock() - self._seconds

    def count(self) -> None:
        """There is one now."""
        self._times.append(self._clock())


class Line:
    """The requests for one chat, one after another; in a group there is a `window` too."""

    def __init__(self, window: Window | None) -> None:
        self.lock = asyncio.Lock()
        self._window = window

    @property
    def wait(self) -> float:
        """Seconds until the chat takes one more."""
        return self._window.wait if self._window else 0.0

    @property
    def is_counting(self) -> bool:
        """Whether something counts that was sent lately."""
        return self._window is not None and self._window.is_in_use

    @property
    def is_idle(self) -> bool:
        """Whether nothing is remembered that matters."""
        return not self.lock.locked() and not self.is_counting

    def count(self) -> None:
        """There is one now."""
        if self._window:
            self._window.count()


class Pacing(BaseRateLimiter[None]):
    """Keeps what a bot asks of Telegram below its limits, and tries again what failed in passing.

    Telegram tells no exact limits; these are those that its documentation speaks of. Where it asks to wait,
    only that chat waits. Of a chat's requests the next is made when the one before has its answer.
    """

    def __init__(self, within: float, given: Given, most: int = FloodLimit.MESSAGES_PER_SECOND) -> None:
        """`within` is for how many seconds an answer is worth sending; `given` is entered by a task for as
        long as it waits here, so that others may work. There are at most so many requests in a second.
        """
        self._within, self._given = within, given
        self._overall = Window(most, SECOND), Window(max(1, most // PARTS), SECOND / PARTS)
        self._next = asyncio.Lock()
        self._lines: dict[int | str, Line] = {}

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def process_request(  # noqa: PLR0913, PLR0917 - the parent's
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,  # noqa: ANN401 - the parent's
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: None,
    ) -> Any:  # noqa: ANN401 - the parent's
        """Make a request when it may be made, again where that may help."""
        del rate_limit_args
        chat, patience = data.get("chat_id"), PATIENCE.get(endpoint, self._within)

        async def request() -> Any:  # noqa: ANN401 - the parent's
            return await callback(*args, **kwargs)

        async def request_in_turn() -> Any:  # noqa: ANN401 - the parent's
            await self._in_turn()
            return await request()

        async with self._given():
            if chat is None:
                return await patiently(request_in_turn, patience)
            line = self._line(chat)
            if endpoint == "sendChatAction":
                return True if line.lock.locked() or line.wait else await request_in_turn()
            async with line.lock:
                return await patiently(lambda: self._in_line(line, endpoint, request), patience)

    async def _in_line(self, line: Line, endpoint: str, request: Callable[[], Awaitable[T]]) -> T:
        """Make a request when its chat takes it, and it is its turn."""
        is_writing = endpoint.startswith(("send", "edit"))
        await asyncio.sleep(line.wait if is_writing else 0)
        await self._in_turn()
        if is_writing:  # not before: its turn may be long in coming, and it counts from when it is made
            line.count()
        return await request()

    async def _in_turn(self) -> None:
        """Wait until one more request may be made, whatever for."""
        async with self._next:
            await asyncio.sleep(max(window.wait for window in self._overall))
            for window in self._overall:
                window.count()

    def _line(self, chat: int | str) -> Line:
        if chat not in self._lines:
            if len(self._lines) >= MOST_LINES:
                self._lines = {chat: line for chat, line in self._lines.items() if not line.is_idle}
            is_group = isinstance(chat, str) or chat < 0
            window = Window(FloodLimit.MESSAGES_PER_MINUTE_PER_GROUP, MINUTE) if is_group else None
            self._lines[chat] = Line(window)
        return self._lines[chat]
