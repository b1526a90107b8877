"""Questions -> answers, from a library that is renewed while it answers."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from functools import partial
from subprocess import DEVNULL, PIPE, Popen
from typing import Protocol, TypeVar

from bot.off_loop import in_a_daemon, in_thread
from bot.turns import Turns
from bot.watching import Told
from retrieval.command_line.progress import Meter
from retrieval.indexing.apart import GO
from retrieval.indexing.files import DamagedSnapshotError
from retrieval.indexing.records import DamagedRecordError
from retrieval.indexing.refreshing import Progress, Tell
from retrieval.library import Library
from retrieval.listing import FolderError
from retrieval.sandbox import ROOT

Found = TypeVar("Found")

MOMENT = 2.0
"""Seconds that somebody may wait for what is said at once when the library is open."""

CONCURRENT = 64
"""Updates handled at once, beside those that wait for the library; one that waits for the network holds up no
other."""

OPENING = "open library"
"""The name of a thread that opens a library."""

log = logging.getLogger(__name__)


class NotOpenError(asyncio.CancelledError):
    """A question that cannot be answered any more: the bot was told to stop before its library was open.

    Whoever handles the question is let go, and it is left for the next start.
    """


class RefreshError(Exception):
    """An index that could not be brought up to date; the message says why."""


class Shelf(Protocol):
    """Where a library is opened, again and again."""

    def open(self, tell: Tell) -> Library:
        """The library, whose index is brought up to date first; `tell` hears how far that is."""

    def is_current(self) -> bool:
        """Whether there is nothing to bring up to date."""

    def newest(self) -> Library:
        """The library as it was kept last."""

    def command(self) -> Sequence[str]:
        """What brings the index up to date in a process of its own."""


async def _no_changes() -> AsyncIterator[Told]:
    return
    yield Told.LOOK


class Librarian:
    """Holds the library as it is now and searches it for whoever asks.

    A library is a finished snapshot: a newer one takes its place by one assignment. While questions are
    answered, it is made by another process, so that they wait for nothing and this one's memory stays small.
    """

    def __init__(
        self,
        shelf: Shelf,
        changes: Callable[[], AsyncIterator[Told]] = _no_changes,
        on_trouble: Callable[[str], object] = str,
    ) -> None:
        """`changes` tells of the folder; `on_trouble` hears why it could not be read again."""
        self._shelf, self._changes, self._on_trouble = shelf, changes, on_trouble
        self.turns = Turns(CONCURRENT)
        """Those of whoever asks, and of others; who waits for the library gives its turn to another."""
        self._library: Library | None = None
        self._settled = asyncio.Event()
        """Set when the library is open, or will not be."""
        self._refreshing: _Refreshing | None = None
        """What brings the index up to date, or waits for the folder to be at rest."""
        self._renewing = asyncio.Lock()
        """Held by whoever opens the library anew: there is one process for that at a time."""
        self._is_stopped = False
        self._task: asyncio.Task[None] | None = None
        self._said: str | None = None
        """Why the library could not be opened anew the last time."""
        self._meter = Meter(None, log.info)
        self.share = 0.0
        """How much of the index is there, 0 to 1, before the library was opened."""
        self.failure: Exception | None = None
        """Why the library could not be opened at first."""

    @property
    def current(self) -> Library | None:
        """The library as it is now, None before it was opened. Any thread may look."""
        return self._library

    def start(self, on_failure: Callable[[], None]) -> None:
        """Open the library, and again whenever the folder changes."""
        self._task = asyncio.create_task(self._keep(on_failure))

    async def stop(self) -> None:
        """Follow the folder no more, let go of questions that wait for the library, and end what makes it."""
        self._is_stopped = True
        self._settled.set()
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        if self._refreshing:
            await self._refreshing.end()

    async def _keep(self, on_failure: Callable[[], None]) -> None:
        try:
            await self._open()
        except Exception as error:  # noqa: BLE001 - whoever is told looks at it
            self.failure = error
            on_failure()
            return
        try:
            async for told in self._changes():
                await self._follow(told)
        except Exception:
            log.exception("The documents are not watched any more: a change is seen after a restart")

    async def _open(self) -> None:
        self._library = await in_a_daemon(partial(self._shelf.open, self._hear), OPENING)
        self._settled.set()

    async def _follow(self, told: Told) -> None:
        """Do what is to be done about the folder. What fails is tried again when it is looked at next."""
        try:
            async with self._renewing:
                if told is Told.BEGUN:
                    await self._prepared()
                elif told is Told.AT_REST or not await in_a_daemon(self._shelf.is_current, OPENING):
                    await self._renew()
                elif self._refreshing:  # for a change that was no change
                    await self._dismissed(self._refreshing)
        except Exception as error:
            if str(error) != self._said:
                log.error(  # noqa: TRY400 - it is told with its trace where that tells more
                    "The documents have changed but cannot be read; the last index goes on: %s",
                    error,
                    exc_info=not isinstance(error, FolderError),  # that one says it all
                )
                self._on_trouble(str(error))
            self._said = str(error)
        else:
            if told is not Told.BEGUN:
                self._said = None

    async def _prepared(self) -> "_Refreshing":
        """The process that brings the index up to date, when it is told to. Raises NotOpenError."""
        if self._refreshing and self._refreshing.has_ended:  # killed while it waited
            await self._dismissed(self._refreshing)
        self._refreshing = self._refreshing or _Refreshing(self._shelf.command())
        if self._is_stopped:
            await self._refreshing.end()
            raise NotOpenError("The bot was told to stop")
        return self._refreshing

    async def _renew(self) -> None:
        """Open the library as the folder is now."""
        refreshing = await self._prepared()
        try:
            await refreshing.finish()
        except RefreshError:
            if self._is_stopped:  # and this is why it failed
                raise NotOpenError("The bot was told to stop") from None
            raise
        finally:
            await self._dismissed(refreshing)
        self._library = await in_a_daemon(self._shelf.newest, OPENING)

    async def _dismissed(self, refreshing: "_Refreshing") -> None:
        await refreshing.end()
        self._refreshing = None

    async def refresh(self) -> Library:
        """The library as the folder is now. Raises RefreshError and NotOpenError."""
        await self.opened()
        try:
            async with self.turns.given(), self._renewing:
                await self._renew()
        except DamagedSnapshotError as error:
            raise RefreshError(str(error)) from error
        except OSError as error:  # there is no process or no memory left for it, for instance
            raise RefreshError(error.strerror or str(error)) from error
        return await self.opened()

    async def _replace(self, damaged: Library) -> None:
        """Open the library anew, unless it is another already than one that is damaged."""
        async with self._renewing:
            if self._library is damaged:
                await self._renew()

    async def soon(self) -> Library | None:
        """The library, or None if it is not open after a moment. Raises NotOpenError."""
        try:
            async with asyncio.timeout(MOMENT):  # in this task, which has the turn to give
                return await self.opened()
        except TimeoutError:
            return None

    async def opened(self) -> Library:
        """The library, when it was opened. Raises NotOpenError."""
        if not self._settled.is_set():
            async with self.turns.given():
                await self._settled.wait()
        if self._library is None:
            raise NotOpenError("The bot was told to stop before it had read its documents")
        return self._library

    async def ask(self, ask: Callable[[Library], Found]) -> Found:
        """What somebody finds in the library, off the event loop. Raises NotOpenError."""
        library = await self.opened()
        try:
            return await in_thread(partial(ask, library))
        except DamagedRecordError as error:  # the disk has changed it; it is made again, and then it is known
            log.warning("The index is made again: %s", error)
            async with self.turns.given():
                await self._replace(library)
            return await in_thread(partial(ask, await self.opened()))

    def _hear(self, progress: Progress) -> None:
        self.share = progress.share
        self._meter.show(progress)


class _Refreshing:
    """A process that brings the index up to date when it is told to, and gets ready before."""

    def __init__(self, command: Sequence[str]) -> None:
        # Not a process of asyncio's, whose start never ends when it is cancelled in the middle.
        self._process = Popen(command, stdin=PIPE, stdout=DEVNULL, stderr=PIPE, cwd=ROOT)  # noqa: S603 - ours
        self._said: asyncio.Task[tuple[bytes, bytes]] | None = None

    async def finish(self) -> None:
        """Let it do its work. Raises RefreshError where that fails."""
        _, said = await self._heard(GO)
        lines = said.decode(errors="replace").splitlines()
        if status := self._process.returncode:
            raise RefreshError(lines[-1] if lines else f"the process that reads them ended with {status}")
        for line in lines:
            log.warning("%s", line)

    @property
    def has_ended(self) -> bool:
        """Whether it is no more, whoever ended it."""
        return self._process.poll() is not None

    async def end(self) -> None:
        """End it, wherever it is, if it has not ended."""
        self._process.kill()
        await self._heard()

    async def _heard(self, told: bytes = b"") -> tuple[bytes, bytes]:
        """What it says until its end; it is told something if it was not before."""
        if self._said is None:
            self._said = asyncio.create_task(in_a_daemon(partial(self._process.communicate, told), OPENING))
        return await asyncio.shield(self._said)
