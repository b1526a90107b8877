"""Exception -> where it was raised, and its trace without what people wrote."""

import sqlite3
import traceback
from collections.abc import Iterator

from telegram.error import TelegramError

OURS = ("bot", "config", "retrieval", "__main__")
"""The packages in which a place tells something."""

IMPERSONAL = (OSError, sqlite3.Error, TelegramError)
"""What exceptions of these kinds say is the system's or Telegram's, and no one's words."""


def place(error: BaseException) -> str:
    """The innermost line of ours that an exception went through, or of others: `bot.answering:75`."""
    frames = list(traceback.walk_tb(error.__traceback__))
    names = [(f"{frame.f_globals.get('__name__', '?')}", line) for frame, line in frames]
    ours = [(name, line) for name, line in names if name.partition(".")[0] in OURS]
    return next((f"{name}:{line}" for name, line in reversed(ours or names)), "?")


def trace(error: BaseException) -> str:
    """Which lines an exception went through, and those that led to it, and what they are called.

    What an exception says is left out, unless it is impersonal: it may have a question in it.
    """
    return "\n\n".join(reversed([_alone(each) for each in _causes(error)]))


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An exception, and what it was raised for."""
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        yield cause
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)


def _alone(error: BaseException) -> str:
    name = type(error).__qualname__
    said = f"{name}: {error}" if isinstance(error, IMPERSONAL) else name
    return "".join(["Traceback (most recent call last):\n", *traceback.format_tb(error.__traceback__), said])
