"""Updates -> each handled once, though the worker may end in between."""

import asyncio
import fcntl
import json
import logging
import os
import time
from collections import deque
from collections.abc import Callable
from functools import partial
from operator import itemgetter
from pathlib import Path

from telegram import Bot, Update

from bot.off_loop import OwnThread
from bot.rows import READABLE_BY_ITS_OWNER, Rows, Trouble, in_silence

NAME = "inbox.sqlite"

REMEMBERED = 2 * 24 * 60 * 60
"""Seconds for which it is known that an update was handled; Telegram sends one again for a day at most."""

FORGETTING = 60 * 60
"""Seconds after which what is too old is forgotten again."""

MOST_TRIES = 3
"""Workers after which an update that is never done is suspected of ending them, and kept from the others."""

MOST_ALONE = 5
"""Workers that may be killed while one such update is handled, before it is given up: not few, since they may
be killed for other reasons, and while they start.
"""

ANOTHER_LOOK = 1.0
"""Seconds until it is looked again whether another worker has ended."""

_TABLES = """
CREATE TABLE IF NOT EXISTS updates (
    bot INTEGER, number INTEGER, said TEXT, at REAL, worker TEXT, tries INTEGER DEFAULT 0,
    PRIMARY KEY (bot, number)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS by_age ON updates (at);
"""
"""`said` is what Telegram said of an update, nothing once that is done."""

_LEFT = "WHERE bot = ? AND worker != ? AND said IS NOT NULL"
_LEFT_OVER = f"SELECT said, tries FROM updates {_LEFT} ORDER BY number"  # noqa: S608 - ours
_TAKE = f"UPDATE updates SET worker = ?, tries = tries + (tries < {MOST_TRIES}) {_LEFT}"  # noqa: S608
_COUNT_ALONE = "UPDATE updates SET tries = tries + ? WHERE bot = ? AND number = ?"
_DROP_OLD = f"UPDATE updates SET said = NULL {_LEFT} AND at < ?"  # noqa: S608
_DROP_DEADLY = f"UPDATE updates SET said = NULL {_LEFT} AND tries >= ?"  # noqa: S608

log = logging.getLogger(__name__)


class Inbox(asyncio.Queue[object]):
    """A queue of updates that writes down what it is given before it says that it has it.

    python-telegram-bot confirms an update to Telegram when it is in the queue. One that was not `done` when
    the worker ended is handled by the next worker; one that Telegram sends again is left out. Inline queries
    are not kept: whoever types has gone on.

    An update may be what kills the workers. Which one it is nobody knows, so those that several workers have
    not done come one by one: then it is only that one that is given up.
    """

    def __init__(
        self,
        path: Path | None,
        within: float,
        clock: Callable[[], float] = time.time,
        on_trouble: Trouble = in_silence,
    ) -> None:
        """Keeps updates in a file; without one, they end with the process. `within` is for how many seconds
        one may be handled that was left over; `clock` tells the seconds since 1970.
        """
        super().__init__()
        self._path, self._within, self._clock = path, within, clock
        self._rows = Rows(path, _TABLES, on_trouble)
        self._thread = OwnThread("inbox")
        self._worker = f"{os.getpid()} {time.time_ns()}"
        self._bot = 0
        self._lock: int | None = None
        self._looking: asyncio.TimerHandle | None = None
        self._taking_over: asyncio.Task[None] | None = None
        self._forgot = 0.0
        self._waiting: set[int] = set()
        self._suspects: deque[Update] = deque()
        self._suspect: int | None = None
        """The number of the one that is handled."""

    @property
    def waiting(self) -> int:
        """How many updates are not done."""
        return len(self._waiting)

    async def put(self, item: object) -> None:
        """Queue an update, unless that was done before; anything else as any queue does."""
        if isinstance(item, Update) and _is_kept(item):
            if not await self._thread.do(partial(self._keep, item)):
                return
            self._waiting.add(item.update_id)
        await super().put(item)

    async def done(self, update: object) -> None:
        """An update needs not be handled again."""
        if isinstance(update, Update) and _is_kept(update):
            self._waiting.discard(update.update_id)
            await self._thread.do(partial(self._forget_text, update.update_id))
            if update.update_id == self._suspect:
                await self._next_suspect()

    async def open(self, bot: Bot) -> None:
        """Queue what another worker of a bot has left over, now or when it ends."""
        self._bot = bot.id
        if self._is_alone():
            await self._take_over(bot)
        else:
            log.info("Another worker is still there; what it leaves is done when it has ended")
            self._look_later(bot)

    def close(self) -> None:
        """Let the next worker have what is not done."""
        if self._looking:
            self._looking.cancel()
        if self._suspect is not None:  # it did not end this worker
            self._rows.write(_COUNT_ALONE, -1, self._bot, self._suspect)
        self._thread.end()
        self._rows.close()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _look_later(self, bot: Bot) -> None:
        # Not a task that sleeps: nobody would be left to end it when this worker ends before the other.
        self._looking = asyncio.get_running_loop().call_later(ANOTHER_LOOK, self._look_again, bot)

    def _look_again(self, bot: Bot) -> None:
        if self._is_alone():
            self._taking_over = asyncio.create_task(self._take_over(bot))
        else:
            self._look_later(bot)

    async def _take_over(self, bot: Bot) -> None:
        suspects = []
        for said, tries in await self._thread.do(self._left_over):
            update = Update.de_json(json.loads(said), bot)
            self._waiting.add(update.update_id)
            if tries < MOST_TRIES:
                await super().put(update)
            else:
                suspects.append((update, tries))
        # Those least tried first, or one whose turn always is at the start would be taken for the culprit.
        self._suspects.extend(update for update, _ in sorted(suspects, key=itemgetter(1)))
        await self._next_suspect()

    async def _next_suspect(self) -> None:
        self._suspect = None
        if self._suspects:
            update = self._suspects.popleft()
            self._suspect = update.update_id
            await self._thread.do(partial(self._rows.write, _COUNT_ALONE, 1, self._bot, update.update_id))
            await super().put(update)

    def _is_alone(self) -> bool:
        """Whether no other worker has these updates, nor will have while this one lives."""
        if self._path is None or self._lock is not None:
            return True
        try:
            lock = os.open(f"{self._path}.lock", os.O_RDWR | os.O_CREAT, READABLE_BY_ITS_OWNER)
        except OSError:  # nothing is kept here anyway
            return True
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(lock)
            return False
        self._lock = lock
        return True

    def _keep(self, update: Update) -> bool:
        """Write an update down; whether it is new."""
        now = self._clock()
        if now - self._forgot > FORGETTING:
            self._forgot = now
            self._rows.write("DELETE FROM updates WHERE at < ?", now - REMEMBERED)
        added = self._rows.write(
            "INSERT OR IGNORE INTO updates (bot, number, said, at, worker) VALUES (?, ?, ?, ?, ?)",
            *(self._bot, update.update_id, update.to_json(), now, self._worker),
        )
        return added != 0  # where it could not be written, it is taken for new

    def _forget_text(self, number: int) -> None:
        self._rows.write("UPDATE updates SET said = NULL WHERE bot = ? AND number = ?", self._bot, number)

    def _left_over(self) -> list[tuple[str, int]]:
        """What other workers have left, oldest first, if it is worth doing, and how many have tried."""
        whose = self._bot, self._worker
        self._rows.write(_DROP_OLD, *whose, self._clock() - self._within)
        given_up = self._rows.write(_DROP_DEADLY, *whose, MOST_TRIES + MOST_ALONE)
        if given_up:
            log.error("Given up", extra={"updates": given_up, "workers": MOST_TRIES + MOST_ALONE})
        rows = self._rows.all(_LEFT_OVER, *whose)
        self._rows.write(_TAKE, self._worker, *whose)
        if rows:
            log.info("Left over from before", extra={"updates": len(rows)})
        return [(said, tries) for said, tries in rows]


def _is_kept(update: Update) -> bool:
    return update.inline_query is None
