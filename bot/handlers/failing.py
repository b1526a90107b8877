"""What went wrong -> a line in the log, and a word to whom it concerns."""

import logging
import secrets

from telegram import Update
from telegram.error import ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError, TimedOut

from bot.desk import Context, Desk, wording_of
from bot.reply import Reply
from bot.sending import send, told

OUT_OF_REACH = (Forbidden, InvalidToken, RetryAfter, TimedOut)
"""What leaves nobody to apologise to, for now at least."""

log = logging.getLogger(__name__)


class Failing:
    """What is done when a handler fails."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def error(self, update: object, context: Context) -> None:
        """Log what went wrong, and tell the person whose update it was."""
        error = context.error
        if isinstance(error, ChatMigrated) and isinstance(update, Update) and update.effective_chat:
            old, new = update.effective_chat.id, error.new_chat_id
            await self._desk.note(lambda notebook: notebook.note_migration(old, new))
            log.info("A group has become a supergroup")
            return
        if not isinstance(update, Update) or isinstance(error, OUT_OF_REACH):
            log.warning("Telegram cannot be reached or refuses: %s", error)
            return
        code = secrets.token_hex(3)
        log.error("Update %s failed [%s]", update.update_id, code, exc_info=error)
        try:
            await _apologise(update, wording_of(update).apology.format(code=code))
        except TelegramError as refused:
            log.warning("The apology [%s] was not sent: %s", code, refused)


async def _apologise(update: Update, apology: str) -> None:
    if update.callback_query:
        await told(update.callback_query)
    if message := update.effective_message:
        await send(message, Reply(apology))
