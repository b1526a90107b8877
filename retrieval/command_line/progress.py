"""Progress -> a line of a terminal that changes, or a line of a log now and then."""

import logging
from collections.abc import Callable
from time import monotonic
from types import TracebackType
from typing import Self, TextIO

from retrieval.command_line.screens import ERASED, columns, is_terminal
from retrieval.indexing.refreshing import Progress

OFTEN, SELDOM = 0.1, 10.0
"""Seconds between two lines, on a terminal and elsewhere."""

BAR = 20
"""Columns."""

log = logging.getLogger(__name__)


class Meter:
    """Shows how far it is on a stream, and leaves nothing behind on a terminal."""

    def __init__(self, stream: TextIO | None, say: Callable[[str, str], None] = log.warning) -> None:
        """Where the stream is no terminal, `say` gets a line to format and what goes into it."""
        self._stream, self._say = stream if is_terminal(stream) else None, say
        self._start = self._last = monotonic()
        self._is_shown = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._stream and self._is_shown:
            print(ERASED, end="", file=self._stream, flush=True)

    def show(self, progress: Progress) -> None:
        """Show it, unless it was shown a moment ago."""
        now = monotonic()
        if now - self._last < (OFTEN if self._stream else SELDOM):
            return
        self._last, self._is_shown = now, True
        line = described(progress, now - self._start)
        if self._stream:
            shown = f"{_bar(progress.share)} {line}"[: columns(self._stream) - 1]
            print(f"{ERASED}{shown}", end="", file=self._stream, flush=True)
        else:
            self._say("Indexing: %s", line)


def described(progress: Progress, seconds: float) -> str:
    """How far it is after so many seconds: documents, passages, how many a second, and the time left."""
    left = seconds * (1 / progress.share - 1) if progress.share else 0
    return (
        f"{progress.share:.0%}, {progress.documents:,} of {progress.of:,} documents, "
        f"{progress.passages:,} passages, {progress.passages / max(seconds, 1e-9):,.0f} a second, "
        f"{_duration(left)} left"
    )


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def _bar(share: float) -> str:
    full = round(BAR * share)
    return f"[{'#' * full}{'-' * (BAR - full)}]"
