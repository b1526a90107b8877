"""Messages -> whether something was decided below them already."""

from collections import OrderedDict

from telegram import Message

MOST_REMEMBERED = 1000
"""Messages below which it is known that something was decided."""


class Decisions:
    """Messages below which something was decided: buttons of some are shown still, and pressed again."""

    def __init__(self) -> None:
        self._decided: OrderedDict[tuple[int, int], None] = OrderedDict()

    def note(self, message: Message) -> None:
        """Something was decided below a message."""
        self._decided[message.chat_id, message.message_id] = None
        if len(self._decided) > MOST_REMEMBERED:
            self._decided.popitem(last=False)

    def __contains__(self, message: Message) -> bool:
        return (message.chat_id, message.message_id) in self._decided
