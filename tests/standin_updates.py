"""Updates -> whoever asks for them, until confirmed."""

from collections.abc import Collection, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field

from standin_faults import Fault

FIRST_UPDATE = 1001
MOST_UPDATES = 100
LONGEST_POLL = 50
UNASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(slots=True, eq=False)
class Poll:
    """A getUpdates that found nothing and waits, for `seconds`, until `woken` is done; what it brings
    then meets the `fault`."""

    offset: int
    limit: int
    seconds: float
    woken: "Future[None]" = field(default_factory=Future)
    superseded: bool = False
    fault: Fault | None = None

    def wake(self) -> None:
        # Whoever waited may have gone, and then the future is cancelled.
        if not self.woken.done() and self.woken.set_running_or_notify_cancel():
            self.woken.set_result(None)


class Updates:
    """The queue of one bot. Not locked: the stand-in's lock is held round every call."""

    def __init__(self) -> None:
        self._queue: list[dict[str, object]] = []
        self._confirmed: list[dict[str, object]] = []
        self._again: set[int] = set()  # the numbers of confirmed updates that are to come once more
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
            self.put_raw({kind: body})

    def put_raw(self, update: Mapping[str, object]) -> None:
        """Queues an update whatever was asked for and whatever it says; it gets a number if it has none."""
        numbered = {"update_id": self._next, **update}
        self._queue.append(numbered)
        self._next = max(self._next, self._number(numbered) + 1)
        self.wake()

    def redeliver(self, last: int) -> None:
        """Queues the updates again that were confirmed last. The next poll brings them, whatever offset
        it has; the one after it confirms them."""
        assert last > 0, "say how many come again"
        again = self._confirmed[-last:]
        self._again.update(map(self._number, again))
        self._queue = sorted([*again, *self._queue], key=self._number)
        self._confirmed = self._confirmed[:-last]
        self.wake()

    def allow(self, kinds: Collection[str]) -> None:
        """What is queued from now on; an empty collection stands for all but the rarely wanted."""
        self._allowed = frozenset(kinds) or None

    def clear(self) -> None:
        self._queue.clear()
        self._again.clear()

    def ask(self, offset: int, limit: int, timeout: int) -> list[dict[str, object]] | Poll:
        """Confirms what lies before the offset, and answers at once or gives a poll to wait on.
        A negative offset forgets all but the last updates."""
        if offset < 0:
            offset = self._number(self._queue[max(offset, -len(self._queue))]) if self._queue else 0
        self._confirm(offset)
        limit = min(max(limit, 1), MOST_UPDATES)
        if self._queue or timeout <= 0:
            return self._given(offset, limit)
        if self._poll is not None:
            self._poll.superseded = True
            self._poll.wake()
        self._poll = Poll(offset, limit, min(timeout, LONGEST_POLL))
        return self._poll

    def after(self, poll: Poll) -> list[dict[str, object]]:
        """What a poll is answered with once it has waited."""
        if self._poll is poll:
            self._poll = None
        return self._given(poll.offset, poll.limit)

    def _confirm(self, offset: int) -> None:
        self._confirmed += [update for update in self._queue if not self._is_due(update, offset)]
        self._queue = [update for update in self._queue if self._is_due(update, offset)]

    def _given(self, offset: int, limit: int) -> list[dict[str, object]]:
        given = [update for update in self._queue if self._is_due(update, offset)][:limit]
        self._again.difference_update(map(self._number, given))
        return given

    def _is_due(self, update: dict[str, object], offset: int) -> bool:
        number = self._number(update)
        return number >= offset or number in self._again

    def wake(self) -> None:
        if self._poll is not None:
            self._poll.wake()

    @staticmethod
    def _number(update: dict[str, object]) -> int:
        number = update["update_id"]
        assert isinstance(number, int)
        return number
