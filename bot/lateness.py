"""Update -> whether it is too old to be answered."""

from collections.abc import Callable
from datetime import datetime

from telegram import Message, Update


class Lateness:
    """Tells questions that waited too long, as when the worker was away, and whether to say so."""

    def __init__(self, within: float, clock: Callable[[], float]) -> None:
        """`within` is for how many seconds a question is answered; `clock` tells the seconds since 1970 as
        Telegram counts them.
        """
        self._within, self._clock = within, clock
        self._told: dict[int, float] = {}

    def is_late(self, update: Update) -> bool:
        """Whether a message was written, or edited, too long ago. When a button was pressed nobody knows."""
        message = update.message or update.edited_message
        return message is not None and self._clock() - written(message).timestamp() > self._within

    def is_new_to(self, chat: int) -> bool:
        """Whether a chat has not been told lately; from now on it has."""
        now = self._clock()
        self._told = {chat: at for chat, at in self._told.items() if now - at < self._within}
        if chat in self._told:
            return False
        self._told[chat] = now
        return True


def written(message: Message) -> datetime:
    """When a message got the words that it has."""
    return message.edit_date or message.date
