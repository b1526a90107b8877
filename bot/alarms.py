"""Trouble -> a word to the admins, now and then."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from time import monotonic

from telegram import Bot, Chat
from telegram.error import TelegramError

from bot.background import Background
from bot.cards import LONGEST_TITLE
from bot.markup import echo, plain
from bot.wording import wording_for

AGAIN = 10 * 60.0
"""Seconds before the same trouble is told again."""

DAY = 24 * 60 * 60.0
"""Seconds, for trouble that lasts."""

HOUR = 60 * 60.0
"""Seconds."""

MOST_AN_HOUR = 6
"""Whatever goes wrong: who is told too often does not look any more."""

log = logging.getLogger(__name__)


def called(group: Chat) -> str:
    """What a group is called, in Telegram's HTML."""
    return echo(group.effective_name or f"{group.id}", LONGEST_TITLE).html


class Alarms:
    """Tells admins in private what goes wrong, each thing seldom, and how often it was left out."""

    def __init__(self, admins: Iterable[int], clock: Callable[[], float] = monotonic) -> None:
        """The admins by their user ids. `clock` tells seconds."""
        self._admins, self._clock = sorted(admins), clock
        self._quiet: dict[str, float] = {}
        """Until when each trouble, by its key, is not told again."""
        self._told: deque[float] = deque(maxlen=MOST_AN_HOUR)
        """When something was told."""
        self._left_out = 0
        self._wording = wording_for(None)  # which language an admin speaks is known when they write only
        self._bot: Bot | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._unsaid: list[str] = []
        self.sounding = Background()
        """What is being said."""

    def begin(self, bot: Bot) -> None:
        """Tell by a bot, from now on, what is heard, and what was heard before."""
        self._bot, self._loop = bot, asyncio.get_running_loop()
        unsaid, self._unsaid = self._unsaid, []
        for trouble in unsaid:
            self.hear(trouble)

    def hear(self, trouble: str) -> None:
        """Tell the admins, once a day, of trouble with the disk. Any thread may say it."""
        if self._bot is None or self._loop is None:
            self._unsaid.append(trouble)
            return
        text = self._wording.trouble.format(trouble=plain(trouble).html)
        with suppress(RuntimeError):  # the loop has ended, and with it the worker
            self._loop.call_soon_threadsafe(self.sound, self._bot, trouble, text, DAY)

    def sound(self, bot: Bot, key: str, text: str, again: float = AGAIN) -> None:
        """Say something without waiting for it: an admin's chat may be told to wait, and others may not."""
        self.sounding.begin(self.say(bot, key, text, again))

    async def say(self, bot: Bot, key: str, text: str, again: float = AGAIN) -> None:
        """Tell each admin a text, in Telegram's HTML, unless trouble of that key was told in the last `again`
        seconds, or much else in the last hour.

        It raises nothing: who cannot be told, as one who blocked the bot, is a line in the log.
        """
        if not self._admins:
            return
        if not self._is_told(key, again):
            self._left_out += 1
            return
        if self._left_out:
            text += "\n" + self._wording.left_out.format(count=self._left_out)
            self._left_out = 0
        await asyncio.gather(*(self._tell(bot, admin, text) for admin in self._admins))

    def _is_told(self, key: str, again: float) -> bool:
        now = self._clock()
        self._quiet = {known: until for known, until in self._quiet.items() if until > now}
        is_full = len(self._told) == MOST_AN_HOUR and self._told[0] > now - HOUR
        if key in self._quiet or is_full:
            return False
        self._quiet[key] = now + again
        self._told.append(now)
        return True

    async def _tell(self, bot: Bot, admin: int, text: str) -> None:
        try:
            await bot.send_message(admin, text)
        except TelegramError as error:
            log.warning("An admin was not told: %s", error, extra={"admin": admin})
