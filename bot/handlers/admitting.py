"""Updates -> those of people who may ask, and not too fast."""

from telegram import Update
from telegram.ext import ApplicationHandlerStop

from bot.access import Pace, Rates
from bot.asked import is_for, is_group
from bot.desk import Context, Desk, wording_of
from bot.reply import Reply
from bot.sending import send, told

TYPED = 6
"""Inline queries that count as one question, about, as one comes with each letter or two."""


class Admitting:
    """Stands before all other handlers."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._rates = Rates(desk.most_a_minute)
        self._typing = Rates(TYPED * desk.most_a_minute)

    async def admit(self, update: Update, context: Context) -> None:
        """Let an update pass, or raise ApplicationHandlerStop."""
        user, chat = update.effective_user, update.effective_chat
        if not self._desk.access.allows(user.id if user else None, chat.id if chat else None):
            await self._refuse(update, wording_of(update).not_allowed)
            raise ApplicationHandlerStop
        message = update.message
        if user is None or (message and not is_for(message, context.bot.bot)):
            return
        pace = (self._typing if update.inline_query else self._rates).pace(user.id)
        if pace is Pace.FINE:
            return
        wording = wording_of(update).too_fast.format(most=self._desk.most_a_minute)
        if pace is Pace.TOO_FAST or not update.message:
            await self._say(update, wording)
        raise ApplicationHandlerStop

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
