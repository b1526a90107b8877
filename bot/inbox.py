"""Updates -> each handled once, though the worker may end in between."""

import asyncio
import fcntl
import json
import logging
import math
import os
import time
from collections import deque
from collections.abc import Callable
from datetime import datetime
from functools import partial
from operator import itemgetter
from pathlib import Path

from telegram import Bot, Update

from bot.off_loop import OwnThread
from bot.rows import READABLE_BY_ITS_OWNER, Rows, Trouble, in_silence
from bot.tracing import trace

NAME = "inbox.sqlite"

REMEMBERED = 2 * 24 * 60 * 60
"""Seconds for which it is known that an update was handled; Telegram sends one again for a day at most."""

FORGETTING = 60 * 60
"""Seconds after which what is too old is forgotten again."""

TIDYING = 60
"""Seconds after which what is done leaves no words on the disk, at most."""

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
_LEFT_OVER = f"SELECT number, said, tries FROM updates {_LEFT} ORDER BY number"  # noqa: S608 - ours
_TAKE = f"UPDATE updates SET worker = ?, tries = tries + (tries < {MOST_TRIES}) {_LEFT}"  # noqa: S608
_STRIKE_OUT = "UPDATE updates SET said = NULL WHERE bot = ? AND number = ?"
_COUNT_ALONE = "UPDATE updates SET tries = tries + ? WHERE bot = ? AND number = ?"
_TRIED = f"bot = ? AND worker = ? AND tries BETWEEN 1 AND {MOST_TRIES}"
_UNTRY = f"UPDATE updates SET tries = tries - 1 WHERE {_TRIED}"  # noqa: S608
_DROP_DEADLY = f"UPDATE updates SET said = NULL {_LEFT} AND tries >= ?"  # noqa: S608

log = logging.getLogger(__name__)


class Inbox(asyncio.Queue[object]):
    """A queue of updates that writes down what it is given before it says that it has it.

    python-telegram-bot confirms an update to Telegram when it is in the queue. One that was not `done` when
    the worker ended is handled by the next worker; one that Telegram sends again is left out. Inline queries
    are not kept: whoever types has gone on.

    An update may be what kills the workers. Which one it is nobody knows, so those that several workers have
    not done come one by one: then it is only that one that is given up. Whether one that was left over is too
    old to be answered is for whoever handles it to say.
    """

    def __init__(
        self,
        path: Path | None,
        clock: Callable[[], float] = time.time,
        on_trouble: Trouble = in_silence,
    ) -> None:
        """Keeps updates in a file; without one, they end with the process. `clock` tells the seconds since
        1970.
        """
        super().__init__()
        self._path, self._clock = path, clock
        self._rows = Rows(path, _TABLES, on_trouble)
        self._thread = OwnThread("inbox")
        self._worker = f"{os.getpid()} {time.time_ns()}"
        self._bot = 0
        self._lock: int | None = None
        self._looking: asyncio.TimerHandle | None = None
        self._taking_over: asyncio.Task[None] | None = None
        self._forgot = 0.0
        self._tidied = -math.inf
        """When no words of what was done were left, as the event loop tells the time."""
        self._tidying: asyncio.TimerHandle | None = None
        self._waiting: set[int] = set()
        self._unstruck: set[int] = set()
        """What is done, and could not be struck out yet."""
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
            is_known = item.update_id in self._waiting or item.update_id in self._unstruck
            if is_known or not await self._is_new(item):
                return
            self._waiting.add(item.update_id)
        await super().put(item)

    async def _is_new(self, update: Update) -> bool:
        """Write an update down; whether it was not before. What fails here would end polling for good."""
        try:
            return await self._thread.do(partial(self._keep, update))
        except Exception as error:  # noqa: BLE001 - one update is not worth all that come after it
            _tell("An update cannot be kept, and ends with this worker", error)
            return True

    async def done(self, update: object) -> None:
        """An update needs not be handled again."""
        if isinstance(update, Update) and _is_kept(update):
            self._waiting.discard(update.update_id)
            await self._thread.do(partial(self._strike_out, update.update_id))
            await self._tidy_soon()
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
        for handle in (self._looking, self._tidying):
            if handle:
                handle.cancel()
        self._thread.end()
        self._rows.write(_UNTRY, self._bot, self._worker)  # none of them ended this worker
        if self._suspect is not None:
            self._rows.write(_COUNT_ALONE, -1, self._bot, self._suspect)
        for update in self._suspects:  # those were not tried
            self._rows.write(_COUNT_ALONE, 1, self._bot, update.update_id)
        self._strike_out()
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
        left = await self._thread.do(self._left_over)
        if left is None:
            self._look_later(bot)
            return
        for number, said, tries in left:
            update = _read(said, bot)
            if update is None:
                await self._thread.do(partial(self._strike_out, number))
                continue
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

    async def _tidy_soon(self) -> None:
        """Leave no words of what is done, now or when that was not done for a while."""
        loop = asyncio.get_running_loop()
        due = self._tidied + TIDYING
        if due <= loop.time():
            self._tidied = loop.time()
            await self._thread.do(self._rows.tidy)
        elif self._tidying is None:
            self._tidying = loop.call_at(due, self._tidy)

    def _tidy(self) -> None:
        self._tidying = None
        self._tidied = asyncio.get_running_loop().time()
        self._thread.begin(self._rows.tidy)

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
        except BlockingIOError:
            os.close(lock)
            return False
        except OSError as error:  # a disk that knows no locks, as some in a network do
            log.warning("Whether another worker is there cannot be known: %s", error)
        self._lock = lock
        return True

    def _keep(self, update: Update) -> bool:
        """Write an update down; whether it is new."""
        now = self._clock()
        if now - self._forgot > FORGETTING:
            self._forgot = now
            # Not what is to be done: the clock of a small machine may jump by years.
            self._rows.write("DELETE FROM updates WHERE at < ? AND said IS NULL", now - REMEMBERED)
        added = self._rows.write(
            "INSERT OR IGNORE INTO updates (bot, number, said, at, worker) VALUES (?, ?, ?, ?, ?)",
            *(self._bot, update.update_id, _said(update), now, self._worker),
        )
        return added != 0  # where it could not be written, it is taken for new

    def _strike_out(self, *numbers: int) -> None:
        """Keep no words of what is done, of what could not be struck out before neither."""
        self._unstruck.update(numbers)
        for number in sorted(self._unstruck):
            if self._rows.write(_STRIKE_OUT, self._bot, number) is None:
                return
            self._unstruck.discard(number)

    def _left_over(self) -> list[tuple[int, str, int]] | None:
        """What other workers have left, oldest first, with its number and how many have tried; None where it
        cannot be known now.
        """
        whose = self._bot, self._worker
        given_up = self._rows.write(_DROP_DEADLY, *whose, MOST_TRIES + MOST_ALONE)
        if given_up:
            log.error("Given up", extra={"updates": given_up, "workers": MOST_TRIES + MOST_ALONE})
        rows = self._rows.all(_LEFT_OVER, *whose)
        if self._rows.write(_TAKE, self._worker, *whose) is None:
            return None
        if rows:
            log.info("Left over from before", extra={"updates": len(rows)})
        return [(number, said, tries) for number, said, tries in rows]


def _said(update: Update) -> str:
    """What Telegram said of an update."""
    # Of a message that is gone the library keeps a time that it cannot write itself.
    return json.dumps(update.to_dict(), default=_seconds)


def _seconds(value: object) -> int:
    if isinstance(value, datetime):
        return int(value.timestamp())
    raise TypeError(f"{type(value).__name__} is nothing that Telegram says")


def _read(said: str, bot: Bot) -> Update | None:
    """The update that Telegram said so of; None where it is none any more, as a newer library may find."""
    try:
        return Update.de_json(json.loads(said), bot)
    except Exception as error:  # noqa: BLE001 - or no worker could start any more
        _tell("What was left over cannot be read", error)
        return None


def _tell(trouble: str, error: Exception) -> None:
    """Log an error without anybody's words."""
    log.error("%s", trouble, extra={"exception": trace(error)})


def _is_kept(update: Update) -> bool:
    return update.inline_query is None
