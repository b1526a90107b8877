"""What went wrong -> a line in the log, and a word to whom it concerns."""

import logging
import secrets

from telegram import Chat, Update
from telegram.error import (
    BadRequest,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.alarms import DAY, called
from bot.asked import is_group, topic_of
from bot.desk import Context, Desk, wording_of
from bot.markup import plain
from bot.reply import Reply
from bot.sending import is_silenced, is_without_topic, send, told
from bot.tracing import place, trace
from bot.wording import wording_for

OUT_OF_REACH = (Forbidden, InvalidToken, RetryAfter, TimedOut)
"""What leaves nobody to apologise to, for now at least."""

log = logging.getLogger(__name__)


class Failing:
    """What is done when a handler fails."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def error(self, update: object, context: Context) -> None:
        """Log what went wrong, and tell the person whose update it was, and the admins."""
        error, of = context.error, update if isinstance(update, Update) else None
        if error is None:
            return
        if of and of.effective_chat and is_silenced(error):
            self._tell_of(of, of.effective_chat, error, context)
            return
        if isinstance(error, OUT_OF_REACH) or (of is None and isinstance(error, TelegramError)):
            log.warning("Telegram cannot be reached or refuses: %s", error)
            return
        code = secrets.token_hex(3)
        _note(error, code, of)
        if of:
            await _apologise(of, code)
        if not _is_of_network(error):
            self._alarm(error, code, context)

    def _tell_of(self, update: Update, chat: Chat, error: Exception, context: Context) -> None:
        """Tell the admins of a group in which the bot may not write, or a topic of one, once a day, and the
        log each time.
        """
        where, words = {"chat": chat.id}, wording_for(None)
        said = words.may_not_write
        if is_without_topic(error) and (message := update.effective_message):
            where["topic"] = topic_of(message) or 0  # the general topic has no number
            said = words.no_topic
        log.warning("The bot may not write in a chat where it was asked", extra=where)
        if is_group(chat):
            said = said.format(title=called(chat))
            self._desk.alarms.sound(context.bot, f"may not write in {where}", said, DAY)

    def _alarm(self, error: Exception, code: str, context: Context) -> None:
        """Tell the admins the error's name and place; what it says may be somebody's words."""
        name, where = type(error).__name__, place(error)
        said = wording_for(None).failed.format(code=code, name=plain(name).html, place=plain(where).html)
        self._desk.alarms.sound(context.bot, f"{name} {where}", said)


def _note(error: Exception, code: str, update: Update | None) -> None:
    """Log an error without anybody's words, which are shown with everything else only."""
    fields: dict[str, object] = {"code": code, "error": type(error).__name__, "place": place(error)}
    if update:
        fields["update"] = update.update_id
    log.error("Failed [%s]", code, extra=fields | {"exception": trace(error)})
    log.debug("Failed [%s], in full", code, exc_info=error)


def _is_of_network(error: Exception) -> bool:
    """Whether it passes by itself, and an alarm would not come through."""
    return isinstance(error, NetworkError) and not isinstance(error, BadRequest)


async def _apologise(update: Update, code: str) -> None:
    apology = wording_of(update).apology.format(code=code)
    try:
        if update.callback_query:
            await told(update.callback_query)
        if message := update.effective_message:
            await send(message, Reply(apology))
    except TelegramError as refused:
        log.warning("The apology [%s] was not sent: %s", code, refused)
