"""What the handlers work with, and what each of them does."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from telegram import Bot, Chat, Message, Update, User
from telegram.constants import ChatAction
from telegram.error import TelegramError
from telegram.ext import ContextTypes

from bot.access import EVERYBODY, Access
from bot.alarms import DAY, Alarms, called
from bot.asked import is_group, topic_of
from bot.background import Background
from bot.librarian import Librarian
from bot.notebook import Notebook
from bot.wording import Wording, wording_for

Context = ContextTypes.DEFAULT_TYPE
T = TypeVar("T")

log = logging.getLogger(__name__)

BLINK = 0.6
"""Seconds after which somebody who waits is shown that something is done."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What there is to work with.

    `folder` holds the documents, `passages` is how many an answer shows at first, `access` says who may ask,
    `most_a_minute` how often. `keeps_missed` says whether questions in vain are noted, `is_persistent`
    whether the disk outlives a restart. Questions are answered for as many seconds as `within`; `clock` tells
    those since 1970 as Telegram counts them. `has_own_server` says that the Bot API server is not Telegram's,
    and gives and takes larger files. Admins hear of trouble by `alarms`;
    what no question waits for is done in the `background`.
    """

    librarian: Librarian
    notebook: Notebook
    folder: Path
    passages: int = 3
    access: Access = EVERYBODY
    most_a_minute: int = 20
    keeps_missed: bool = True
    is_persistent: bool = True
    within: float = 600.0
    clock: Callable[[], float] = time.time
    has_own_server: bool = False
    alarms: Alarms = field(default_factory=lambda: Alarms(()))
    background: Background = field(default_factory=Background)
    _changing: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held by whoever changes the folder."""

    @property
    def admins(self) -> frozenset[int]:
        """The user ids of those who look after the bot."""
        return self.access.admins

    def is_of_admin(self, user: User | None, chat: Chat | None) -> bool:
        """Whether somebody is an admin, and nobody else reads along."""
        return user is not None and user.id in self.admins and not is_group(chat)

    @asynccontextmanager
    async def changing(self) -> AsyncIterator[None]:
        """Change the folder, and read it again, while nobody else does; who waits for that gives its turn."""
        async with self.librarian.turns.given(), self._changing:
            yield

    async def note(self, work: Callable[[Notebook], T]) -> T:
        """Write or look something up, off the event loop."""
        return await self.notebook.thread.do(lambda: work(self.notebook))

    def note_later(self, work: Callable[[Notebook], object]) -> None:
        """Write something down when what came before is; nobody waits for it."""
        self.notebook.thread.begin(lambda: work(self.notebook))

    async def migrate(self, bot: Bot, group: Chat, new: int) -> None:
        """Let go of what is known of a group that has become a supergroup: its messages are numbered anew.

        The admins are told where it closes the group to those who may ask there.
        """
        old = group.id
        await self.note(lambda notebook: notebook.forget_chat(old))
        advice = ""
        if old in self.access.chats:
            advice = "; put the new id into ALLOWED_CHATS"
            said = wording_for(None).group_moved.format(title=called(group), old=old, new=new)
            self.alarms.sound(bot, f"{old} has become {new}", said, DAY)
        log.warning("A group has become a supergroup%s", advice, extra={"old": old, "new": new})


def wording_of(update: Update) -> Wording:
    """The words for whoever caused an update."""
    user = update.effective_user
    return wording_for(user.language_code if user else None)


def asker_of(update: Update) -> int:
    """Who may press what is below an answer: in a group who asked, by the user id; 0 for anybody.

    Who writes in the name of a chat presses in his own, which Telegram does not tell with the message.
    """
    user, message = update.effective_user, update.effective_message
    is_told = user and is_group(update.effective_chat) and not (message and message.sender_chat)
    return user.id if user and is_told else 0


@asynccontextmanager
async def shown_to_work(message: Message, action: ChatAction = ChatAction.TYPING) -> AsyncIterator[None]:
    """Show in the chat of a message that something is done, when it takes longer than a blink."""
    task = asyncio.create_task(_show(message.get_bot(), message, action))
    try:
        yield
    finally:
        task.cancel()


async def _show(bot: Bot, message: Message, action: ChatAction) -> None:
    await asyncio.sleep(BLINK)
    topic = topic_of(message)
    with suppress(TelegramError):  # a courtesy
        await bot.send_chat_action(message.chat_id, action, message_thread_id=topic)
