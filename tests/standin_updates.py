"""Updates -> whoever asks for them, until confirmed."""

from collections.abc import Collection
from concurrent.futures import Future
from dataclasses import dataclass, field

FIRST_UPDATE = 1001
MOST_UPDATES = 100
LONGEST_POLL = 50
UNASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(slots=True, eq=False)
class Poll:
    """A getUpdates that found nothing and waits, for `seconds`, until `woken` is done."""

    offset: int
    limit: int
    seconds: float
    woken: "Future[None]" = field(default_factory=Future)
    superseded: bool = False

    def wake(self) -> None:
        # Whoever waited may have gone, and then the future is cancelled.
        if not self.woken.done() and self.woken.set_running_or_notify_cancel():
            self.woken.set_result(None)


class Updates:
    """The queue of one bot. Not locked: the stand-in's lock is held round every call."""

    def __init__(self) -> None:
        self._queue: list[dict[str, object]] = []
        self._next = FIRST_UPDATE
        self._allowed: frozenset[str] | None = None
        self._poll: Poll | None = None

    @property
    def unconfirmed(self) -> list[dict[str, object]]:
        return list(self._queue)

    def put(self, kind: str, body: dict[str, object]) -> None:
        """Queues an update, unless the bot asked for other kinds when it last asked."""
        wanted = kind not in UNASKED if self._allowed is None else kind in self._allowed
        if wanted:
            self._queue.append({"update_id": self._next, kind: body})
            self._next += 1
            self.wake()

    def allow(self, kinds: Collection[str]) -> None:
        """What is queued from now on; an empty collection stands for all but the rarely wanted."""
        self._allowed = frozenset(kinds) or None

    def clear(self) -> None:
        self._queue.clear()

    def ask(self, offset: int, limit: int, timeout: int) -> list[dict[str, object]] | Poll:
        """Confirms what lies before the offset, and answers at once or gives a poll to wait on.
        A negative offset forgets all but the last updates."""
        if offset < 0:
            self._queue = self._queue[offset:]
        self._queue = [update for update in self._queue if self._number(update) >= offset]
        limit = min(max(limit, 1), MOST_UPDATES)
        if self._queue or timeout <= 0:
            return self._queue[:limit]
        if self._poll is not None:
            self._poll.superseded = True
            self._poll.wake()
        self._poll = Poll(offset, limit, min(timeout, LONGEST_POLL))
        return self._poll

    def after(self, poll: Poll) -> list[dict[str, object]]:
        """What a poll is answered with once it has waited."""
        if self._poll is poll:
            self._poll = None
        return [update for update in self._queue if self._number(update) >= poll.offset][: poll.limit]

    def wake(self) -> None:
        if self._poll is not None:
            self._poll.wake()

    @staticmethod
    def _number(update: dict[str, object]) -> int:
        number = update["update_id"]
        assert isinstance(number, int)
        return number
