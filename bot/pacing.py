"""Requests -> Telegram, no more of them than it takes, those of a chat in their order."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeAlias

from telegram.constants import FloodLimit
from telegram.error import ChatMigrated
from telegram.ext import BaseRateLimiter

from bot.patience import patiently

SECOND, MINUTE = 1.0, 60.0
"""Seconds in which so many requests are made at most."""

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

Leave: TypeAlias = Callable[[], object]
Request: TypeAlias = Callable[[], Awaitable[Any]]


class Slots:
    """At most so many requests arrive in any span of some seconds, however long each is on its way.

    A request keeps its slot until so many seconds after its answer. It has arrived before that: of those that
    arrive within such a span, all have their slots when the last one arrives.
    """

    def __init__(self, most: int, seconds: float) -> None:
        self._most, self._seconds = most, seconds
        self._free = asyncio.Semaphore(most)
        self._kept = 0

    @property
    def is_free(self) -> bool:
        """Whether a request could be made at once."""
        return not self._free.locked()

    @property
    def are_all_free(self) -> bool:
        """Whether none was made lately."""
        return self._kept == 0

    async def fill(self, request: Request) -> Any:  # noqa: ANN401 - whatever Telegram answers
        """Make a request when there is a slot for it."""
        loop = asyncio.get_running_loop()
        await self._free.acquire()
        self._kept += 1
        try:
            return await request()
        finally:
            if not loop.is_closed():  # or nobody waits for a slot any more
                loop.call_later(self._seconds, self._release)

    def _release(self) -> None:
        self._kept -= 1
        self._free.release()


class Line:
    """The requests for one chat, one after another; in a group, what is written has slots too."""

    def __init__(self, slots: Slots | None) -> None:
        self.slots = slots
        self._turn = asyncio.Lock()

    @property
    def is_busy(self) -> bool:
        """Whether a request would wait."""
        return self._turn.locked() or bool(self.slots and not self.slots.is_free)

    @property
    def is_idle(self) -> bool:
        """Whether nothing is remembered that matters."""
        return not self._turn.locked() and (self.slots is None or self.slots.are_all_free)

    async def make(self, request: Request, patience: float) -> Any:  # noqa: ANN401 - whatever Telegram answers
        """Make a request, again where that may help, and then let others have their turn."""
        async with self._turn:
            return await patiently(request, patience)


class Pacing(BaseRateLimiter[None]):
    """Keeps what a bot asks of Telegram below its limits, and tries again what failed in passing.

    Telegram tells no exact limits; these are those that its documentation speaks of. Where it asks to wait,
    only that chat waits. Of a chat's requests the next is made when the one before has its answer.
    """

    def __init__(self, within: float, leave: Leave, most: int = FloodLimit.MESSAGES_PER_SECOND) -> None:
        """`within` is for how many seconds an answer is worth sending; `leave` is called by a task that will
        wait here, so that others may work. There are at most so many requests in a second.
        """
        self._within, self._leave = within, leave
        self._overall = Slots(most, SECOND)
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
            try:
                return await self._overall.fill(lambda: callback(*args, **kwargs))
            except ChatMigrated as error:  # the group has become a supergroup meanwhile, and goes on there
                data["chat_id"] = error.new_chat_id
                return await self._overall.fill(lambda: callback(*args, **kwargs))

        self._leave()
        if chat is None:
            return await patiently(request, patience)
        line = self._line(chat)
        if endpoint == "sendChatAction":
            return True if line.is_busy or not self._overall.is_free else await request()
        if line.slots is None or not endpoint.startswith(("send", "edit")):
            return await line.make(request, patience)
        fill = line.slots.fill
        return await line.make(lambda: fill(request), patience)

    def _line(self, chat: int | str) -> Line:
        if chat not in self._lines:
            if len(self._lines) >= MOST_LINES:
                self._lines = {chat: line for chat, line in self._lines.items() if not line.is_idle}
            is_group = isinstance(chat, str) or chat < 0
            slots = Slots(FloodLimit.MESSAGES_PER_MINUTE_PER_GROUP, MINUTE) if is_group else None
            self._lines[chat] = Line(slots)
        return self._lines[chat]
