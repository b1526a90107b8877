"""Updates -> handled, those of one person in their order, until the worker is to end."""

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any
from weakref import WeakValueDictionary

from telegram import Update
from telegram.ext import BaseUpdateProcessor

from bot.turns import Turns

GRACE = 6.0
"""Seconds that updates may take which are being handled when the worker is to end."""

log = logging.getLogger(__name__)


class InOrder(BaseUpdateProcessor):
    """Handles updates as they come: one person's one after another, those of several people at once.

    `done` is told of each that was handled. When the worker is to end, those under way are finished, unless
    that takes too long; the others are left for the next worker.
    """

    def __init__(self, turns: Turns, done: Callable[[object], Awaitable[None]]) -> None:
        super().__init__(sys.maxsize)
        self._turns, self._done = turns, done
        self._people: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._waiting: set[asyncio.Task[Any]] = set()
        self._working: set[asyncio.Task[Any]] = set()
        self._is_ending = False

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Handle an update when it is its turn."""
        person = _person(update)
        # As long as somebody holds the lock, or waits for it, it is known.
        lock = self._people.setdefault(person, asyncio.Lock()) if person else asyncio.Lock()
        task = asyncio.current_task()
        assert task is not None
        self._waiting.add(task)
        try:
            async with lock, self._turns.taken():
                self._waiting.discard(task)
                await self._handle(update, coroutine, task)
        finally:
            self._waiting.discard(task)
            _close(coroutine)

    async def end(self) -> None:
        """Finish what is under way, and begin nothing more."""
        self._is_ending = True
        for task in self._waiting:
            task.cancel()
        if self._working:
            await asyncio.wait(self._working, timeout=GRACE)
        if self._working:
            log.warning("Left for the next start", extra={"updates": len(self._working)})
        for task in self._working:
            task.cancel()

    async def _handle(self, update: object, coroutine: Awaitable[Any], task: asyncio.Task[Any]) -> None:
        if self._is_ending:
            return
        self._working.add(task)
        try:
            await coroutine
        finally:
            self._working.discard(task)
        await self._done(update)


def _person(update: object) -> int | None:
    """Whose answers come in order; what is typed inline is answered at once.

    Who writes in the name of a chat is that chat: Telegram gives all of those one user.
    """
    if not isinstance(update, Update) or update.inline_query or not update.effective_sender:
        return None
    return update.effective_sender.id


def _close(coroutine: Awaitable[Any]) -> None:
    """Let go of what is not begun, which asyncio would warn of."""
    if isinstance(coroutine, Coroutine):
        coroutine.close()
