"""Updates -> those of people who may ask, and not too fast."""

from telegram import Message, Update, User
from telegram.ext import ApplicationHandlerStop

from bot.access import MINUTE, Pace, Rates
from bot.asked import is_for, is_group
from bot.desk import Context, Desk, wording_of
from bot.lateness import Lateness, written
from bot.reply import Reply
from bot.sending import send, told

PRESSED = 6
"""Buttons that may be pressed for each question."""

TYPED = 6
"""Inline queries that count as one question, about, as one comes with each letter or two."""


class Admitting:
    """Stands before all other handlers."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lateness = Lateness(desk.within, desk.clock)
        self._questions = Rates(desk.most_a_minute, desk.clock)
        self._presses = Rates(PRESSED * desk.most_a_minute)
        self._typing = Rates(TYPED * desk.most_a_minute)
        self._refusals = Rates(1)

    async def admit(self, update: Update, context: Context) -> None:
        """Let an update pass, or raise ApplicationHandlerStop."""
        user, chat = update.effective_user, update.effective_chat
        if not self._desk.access.allows(user.id if user else None, chat.id if chat else None):
            if user is None or update.callback_query or self._refusals.pace(user.id) is Pace.FINE:
                await self._refuse(update, wording_of(update).not_allowed)
            raise ApplicationHandlerStop
        message = update.message or update.edited_message
        if user is None or (message and not self._counts(message, context.bot.bot)):
            return
        if self._lateness.is_late(update):
            await self._excuse(update)
            raise ApplicationHandlerStop
        pace = self._pace(update, message.sender_chat.id if message and message.sender_chat else user.id)
        if pace is Pace.FINE:
            return
        if pace is Pace.TOO_FAST or not message:
            await self._say(update, wording_of(update).too_fast.format(most=self._desk.most_a_minute))
        raise ApplicationHandlerStop

    def _counts(self, message: Message, bot: User) -> bool:
        """Whether a message wants something of us; admins may send as many files as they like."""
        is_file = message.document is not None and self._desk.is_of_admin(message.from_user, message.chat)
        return is_for(message, bot) and not is_file

    def _pace(self, update: Update, who: int) -> Pace:
        if update.inline_query:
            return self._typing.pace(who)
        if update.callback_query:
            return self._presses.pace(who)
        message = update.message or update.edited_message
        # Those that waited while nobody was there were not asked all at once.
        return self._questions.pace(who, written(message).timestamp() if message else None)

    async def _excuse(self, update: Update) -> None:
        """Say once in a chat that nobody was there to answer."""
        message = update.message
        if message and self._lateness.is_new_to(message.chat_id):
            minutes = round(self._desk.within / MINUTE)
            await send(message, Reply(wording_of(update).was_away.format(minutes=minutes)))

    async def _refuse(self, update: Update, words: str) -> None:
        """Say it in private only."""
        if update.inline_query:
            await update.inline_query.answer([], cache_time=0, is_personal=True)
        elif is_group(update.effective_chat):
            if update.callback_query:
                await told(update.callback_query)
        else:
            await self._say(update, words)

    async def _say(self, update: Update, words: str) -> None:
        if update.callback_query:
            await told(update.callback_query, words)
        elif update.inline_query:
            await update.inline_query.answer([], cache_time=0, is_personal=True)
        elif update.message:
            await send(update.message, Reply(words))
