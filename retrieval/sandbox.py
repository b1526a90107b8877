"""Path -> content, read by a process that can be stopped.

What others wrote to read complicated formats may hang, take all memory or break down over a file that was
made to do that. So it runs in a process that the operating system limits, which says what it read as JSON:
nothing that a file does to it reaches whoever asked.
"""

import json
import subprocess
import sys
from contextlib import suppress
from multiprocessing import Pipe
from pathlib import Path
from signal import SIGABRT, SIGALRM
from typing import TYPE_CHECKING

from retrieval.content_json import content_of
from retrieval.documents import Content
from retrieval.limits import Limits
from retrieval.opening import megabytes
from retrieval.problems import Reason, UnreadableError
from retrieval.sandboxed import TOLD

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

ROOT = Path(__file__).parent.parent
"""Where a process is to be started, so that it finds this code."""

START = 20
"""Seconds that it may take beside, to begin and to tell."""

SAID = 8
"""How many times the size of a text may be told, with where its paragraphs are."""


class Sandbox:
    """Reads files one after the other, for one thread, in a process of its own that begins with the first."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._wire: Connection[bytes, bytes] | None = None

    def read(self, path: Path, ending: str) -> Content:
        """What a file says whose name has some ending. Raises UnreadableError."""
        wire = self._running()
        try:
            wire.send_bytes(json.dumps([str(path.absolute()), ending]).encode())
            if not wire.poll(self._limits.seconds + START):
                raise UnreadableError(*self._stopped(SIGALRM))
            told = json.loads(wire.recv_bytes(SAID * self._limits.text))
        except (EOFError, OSError) as error:
            raise UnreadableError(*self._stopped()) from error
        if TOLD in told:
            return content_of(told[TOLD])
        if told["reason"] == Reason.MEMORY:
            self.close()  # what it took it may not give back
        raise UnreadableError(Reason(told["reason"]), told["detail"])

    def close(self) -> None:
        """End the process. The next file is read by another."""
        if self._process and self._wire:
            self._wire.close()
            self._process.kill()
            self._process.wait()
        self._process = self._wire = None

    def _running(self) -> "Connection[bytes, bytes]":
        if self._process and self._process.poll() is not None:
            self.close()
        if self._wire is None:
            self._wire, there = Pipe()
            told = [there.fileno(), self._limits.seconds, self._limits.memory]
            self._process = subprocess.Popen(  # noqa: S603 - Python itself
                [sys.executable, "-m", "retrieval.sandboxed", *map(str, told)],
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=[there.fileno()],
            )
            there.close()
        return self._wire

    def _stopped(self, by: int | None = None) -> tuple[Reason, str]:
        """Why the process was stopped, or stopped by itself, with what it was allowed."""
        assert self._process is not None
        if by is None:
            with suppress(subprocess.TimeoutExpired):  # it says more than anybody wants to hear
                by = -self._process.wait(START)
        self.close()
        if by == SIGALRM:
            return Reason.TIME, f"{self._limits.seconds:g} s"
        # Code that was never told of a limit, as PDFium's, gives up like this where it gets no memory.
        return (Reason.MEMORY, megabytes(self._limits.memory)) if by == SIGABRT else (Reason.CRASH, "")
