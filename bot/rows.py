"""Rows, in a file of SQLite that only its owner can read."""

import logging
import os
import sqlite3
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from time import monotonic
from typing import Any, TypeAlias

READABLE_BY_ITS_OWNER = 0o600

HOUR = 60 * 60.0
"""Seconds in which the same trouble is told once."""

Trouble: TypeAlias = Callable[[str], object]
"""What hears, in a sentence, that something could not be written or read."""

log = logging.getLogger(__name__)


def in_silence(_: str) -> None:
    """Let trouble be."""


class Rows:
    """Tables that any thread may use.

    Nothing is worth failing for: what cannot be written or read is not kept, or not known. The log says so,
    at most once in an hour for each reason, and so is `on_trouble` told.
    """

    def __init__(
        self,
        path: Path | None,
        tables: str,
        on_trouble: Trouble = in_silence,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        """`tables` are the statements that make them; `clock` tells seconds. Without a path, all is forgotten
        with the process.
        """
        self._lock = threading.Lock()
        self._said: dict[str, float] = {}
        """When what trouble was told."""
        self._on_trouble, self._clock = on_trouble, clock
        try:
            self._rows = _opened(path, tables)
        except (OSError, sqlite3.Error) as error:
            self._tell(f"What is noted cannot be kept in {path}, and is forgotten with the process: {error}")
            self._rows = _opened(None, tables)

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._rows.close()

    def write(self, statement: str, *values: object) -> int | None:
        """How many rows a statement has changed; None where it could not be carried out."""
        cursor = self._done(statement, values)
        return None if cursor is None else cursor[1]

    def all(self, statement: str, *values: object) -> Sequence[tuple[Any, ...]]:
        """The rows that a statement finds."""
        found = self._done(statement, values)
        return found[0] if found else []

    def one(self, statement: str, *values: object) -> Any:  # noqa: ANN401 - what a row holds
        """The first value of the first row that a statement finds, None where it finds nothing."""
        found = self.all(statement, *values)
        return found[0][0] if found else None

    def tidy(self) -> None:
        """Leave nothing beside the file of what was forgotten in it."""
        self._done("PRAGMA wal_checkpoint(TRUNCATE)", ())

    def _done(self, statement: str, values: Sequence[object]) -> tuple[list[tuple[Any, ...]], int] | None:
        try:
            with self._lock:
                cursor = self._rows.execute(statement, values)
                return cursor.fetchall(), cursor.rowcount
        except (sqlite3.Error, UnicodeError) as error:
            self._tell(f"What is noted cannot be written or read: {error}")
            return None

    def _tell(self, trouble: str) -> None:
        now = self._clock()
        if trouble not in self._said or now - self._said[trouble] >= HOUR:
            self._said[trouble] = now
            log.warning("%s", trouble)
            self._on_trouble(trouble)


def _opened(path: Path | None, tables: str) -> sqlite3.Connection:
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, READABLE_BY_ITS_OWNER))
        path.chmod(READABLE_BY_ITS_OWNER)
    rows = sqlite3.connect(path or ":memory:", check_same_thread=False, isolation_level=None)
    rows.execute("PRAGMA journal_mode = WAL")
    rows.execute("PRAGMA synchronous = NORMAL")
    rows.execute("PRAGMA secure_delete = ON")  # what is forgotten is not left in the file
    rows.executescript(tables)
    return rows
