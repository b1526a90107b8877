"""Requests -> whether there were too many of them."""

import math
from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass

from standin_refusals import ApiError

MINUTE = 60.0


@dataclass(frozen=True, slots=True)
class Limits:
    """How many messages a bot may send or edit: in a second in all, in a minute in one group. Telegram
    tells no exact figures; its documentation speaks of about 30 and 20."""

    a_second: int | None = None
    a_minute_in_a_group: int | None = None


class Rates:
    """What was sent in the last second and minute. One that was too many does not count."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._in_all: deque[float] = deque()
        self._in_group: defaultdict[int, deque[float]] = defaultdict(deque)

    def count(self, method: str, chat_id: object, now: float) -> None:
        """Raises ApiError with the seconds to wait when it is one too many."""
        if not is_writing(method):
            return
        windows = [(self._in_all, 1.0, self._limits.a_second)]
        if isinstance(chat_id, int) and chat_id < 0:
            windows.append((self._in_group[chat_id], MINUTE, self._limits.a_minute_in_a_group))
        for times, seconds, most in windows:
            _forget(times, now - seconds)
            if most is not None and len(times) >= most:
                wait = max(1, math.ceil(times[0] + seconds - now))
                raise ApiError(429, f"Too Many Requests: retry after {wait}", retry_after=wait)
        for times, _, _ in windows:
            times.append(now)


def is_writing(method: str) -> bool:
    """Whether a method, in any case, is one of those that Telegram's limits are for."""
    return method.lower().startswith(("send", "edit"))


def most_within(seconds: float, times: Iterable[float]) -> int:
    """The largest number of times that lie less than so many seconds apart."""
    window: deque[float] = deque()
    most = 0
    for time in sorted(times):
        _forget(window, time - seconds)
        window.append(time)
        most = max(most, len(window))
    return most


def _forget(times: deque[float], until: float) -> None:
    while times and times[0] <= until:
        times.popleft()
