"""This machine's time -> Telegram's."""

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC
from email.utils import parsedate_to_datetime


class Clock:
    """Tells the seconds since 1970 as Telegram counts them.

    Messages are dated by its clock, and a small machine may be hours off until it has asked somebody.
    """

    def __init__(self, local: Callable[[], float] = time.time) -> None:
        self._local = local
        self._ahead = 0.0

    def hear(self, date: str) -> None:
        """What Telegram says the time is, in a header of HTTP. What is no date is passed over."""
        with suppress(ValueError, OverflowError):
            said = parsedate_to_datetime(date)
            self._ahead = said.replace(tzinfo=said.tzinfo or UTC).timestamp() - self._local()

    def __call__(self) -> float:
        """The seconds since 1970."""
        return self._local() + self._ahead
