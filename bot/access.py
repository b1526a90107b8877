"""Who may ask, and how often."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from time import monotonic

MINUTE = 60.0
"""Seconds."""

MOST_REMEMBERED = 10_000
"""People of whom it is known how often they asked lately."""


@dataclass(frozen=True, slots=True)
class Access:
    """Who may ask: these users anywhere, and everybody in these chats; everybody everywhere where none are
    named. `admins` may always.
    """

    users: frozenset[int] = frozenset()
    chats: frozenset[int] = frozenset()
    admins: frozenset[int] = frozenset()

    @property
    def is_restricted(self) -> bool:
        """Whether not everybody may ask."""
        return bool(self.users or self.chats)

    def allows(self, user: int | None, chat: int | None) -> bool:
        """Whether a user may ask in a chat; None where there is none, or it is not known."""
        return not self.is_restricted or user in self.users or user in self.admins or chat in self.chats


EVERYBODY = Access()


class Pace(Enum):
    """How somebody asks."""

    FINE = auto()
    TOO_FAST = auto()
    """Just now, for the first time in a while."""
    STILL_TOO_FAST = auto()


class Rates:
    """How often each person asks."""

    def __init__(self, most: int, clock: Callable[[], float] = monotonic) -> None:
        """At most so many times a minute."""
        self._most, self._clock = most, clock
        self._buckets: OrderedDict[int, tuple[float, float, bool]] = OrderedDict()
        """Of each the questions that are left to ask, at which time, and whether that was said."""

    def pace(self, user: int, asked: float | None = None) -> Pace:
        """Count a question of a user, which was asked when the clock told so, or just now; what is left fills
        up again over a minute.
        """
        now = self._clock() if asked is None else asked
        left, at, was_told = self._buckets.pop(user, (float(self._most), now, False))
        now = max(now, at)  # it may come behind a later one, or the clock be put back
        left = min(float(self._most), left + (now - at) * self._most / MINUTE)
        pace = Pace.FINE
        if left < 1:
            pace = Pace.STILL_TOO_FAST if was_told else Pace.TOO_FAST
            was_told = True
        else:
            left, was_told = left - 1, False
        self._buckets[user] = left, now, was_told
        if len(self._buckets) > MOST_REMEMBERED:
            self._buckets.popitem(last=False)
        return pace
