"""Reply -> message, sent again when Telegram asks to wait or stumbles."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from typing import TypeVar

from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from telegram.error import BadRequest, NetworkError, RetryAfter, TimedOut

from bot.replies import Reply

PAUSES = (1.0, 2.0, 4.0)
"""Seconds before each further try, unless Telegram says how long to wait."""

LONGEST_PAUSE = 30.0
"""Seconds; a worker that is told to stop waits no longer than that."""

UNCHANGED = ("message is not modified", "message to edit not found")
"""What Telegram says when a button was pressed twice, or its message was deleted meanwhile."""

T = TypeVar("T")


async def send(message: Message, reply: Reply) -> None:
    """Send a reply to a message."""
    await _patiently(lambda: message.reply_text(reply.html, do_quote=True, reply_markup=_keyboard(reply)))


async def show(query: CallbackQuery, reply: Reply) -> None:
    """Show a reply in place of the message whose button was pressed."""
    with suppress(BadRequest):  # too old to be told that the press arrived, not to be shown what it asks for
        await query.answer()
    if not isinstance(query.message, Message):
        return  # too old to be changed
    try:
        await _patiently(lambda: query.edit_message_text(reply.html, reply_markup=_keyboard(reply)))
    except BadRequest as error:
        if not any(reason in error.message.lower() for reason in UNCHANGED):
            raise


async def _patiently(call: Callable[[], Awaitable[T]]) -> T:
    for pause in PAUSES:
        try:
            return await call()
        except RetryAfter as error:
            told = error.retry_after
            wait = told.total_seconds() if isinstance(told, timedelta) else float(told)
            if wait > LONGEST_PAUSE:
                raise
            await asyncio.sleep(wait)
        except (BadRequest, TimedOut):
            raise  # refused for good, or perhaps sent already
        except NetworkError:
            await asyncio.sleep(pause)
    return await call()


def _keyboard(reply: Reply) -> InlineKeyboardMarkup | None:
    if not reply.buttons:
        return None
    return InlineKeyboardMarkup.from_row(
        [InlineKeyboardButton(button.label, callback_data=button.data) for button in reply.buttons]
    )
