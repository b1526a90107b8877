"""This machine's time -> Telegram's."""

import time
from collections.abc import Callable


class Clock:
    """Tells the seconds since 1970 as Telegram counts them.

    Messages are dated by its clock, and a small machine may be hours off until it has asked somebody.
    """

    def __init__(self, local: Callable[[], float] = time.time) -> None:
        self._local = local
        self._ahead = 0.0

    def hear(self, now: float) -> None:
        """What Telegram says the time is."""
        self._ahead = now - self._local()

    def __call__(self) -> float:
        """The seconds since 1970."""
        return self._local() + self._ahead
