"""Reply -> message, sent again when Telegram asks to wait or stumbles."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from typing import TypeVar

from telegram import (
    Bot,
    CallbackQuery,
    CopyTextButton,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
)
from telegram.error import BadRequest, NetworkError, RetryAfter, TimedOut

from bot.asked import is_group
from bot.reply import Button, Reply

PAUSES = (1.0, 2.0, 4.0)
"""Seconds before each further try, unless Telegram says how long to wait."""

LONGEST_PAUSE = 30.0
"""Seconds; a worker that is told to stop waits no longer than that."""

UNCHANGED = ("message is not modified", "message to edit not found", "message can't be edited")
"""What Telegram says when a button was pressed twice, or its message was deleted meanwhile."""

T = TypeVar("T")


async def send(message: Message, reply: Reply) -> Message:
    """Send a reply to a message."""
    return await patiently(
        lambda: message.reply_text(reply.html, do_quote=True, reply_markup=_markup(reply, message))
    )


async def show(query: CallbackQuery, reply: Reply) -> None:
    """Show a reply in place of the message whose button was pressed."""
    await told(query)
    if query.message and query.message.is_accessible:  # else it is too old to be changed
        await _quietly(lambda: query.edit_message_text(reply.html, reply_markup=keyboard(reply)))


async def change(bot: Bot, chat: int, message: int, reply: Reply) -> None:
    """Show a reply in place of a message of ours, if it is there still."""
    await _quietly(lambda: bot.edit_message_text(reply.html, chat, message, reply_markup=keyboard(reply)))


async def told(query: CallbackQuery, text: str | None = None, *, alert: bool = False) -> None:
    """Say that a press has arrived, and what came of it where nothing else shows that."""
    with suppress(BadRequest):  # too old to be told, not to be shown what it asks for
        await patiently(lambda: query.answer(text, show_alert=alert))


async def patiently(call: Callable[[], Awaitable[T]]) -> T:
    """Do what Telegram may put off, or stumble over."""
    for pause in PAUSES:
        try:
            return await call()
        except RetryAfter as error:
            asked = error.retry_after
            wait = asked.total_seconds() if isinstance(asked, timedelta) else float(asked)
            if wait > LONGEST_PAUSE:
                raise
            await asyncio.sleep(wait)
        except (BadRequest, TimedOut):
            raise  # refused for good, or perhaps sent already
        except NetworkError:
            await asyncio.sleep(pause)
    return await call()


def keyboard(reply: Reply) -> InlineKeyboardMarkup | None:
    """The buttons below a reply."""
    rows = [[_button(button) for button in row] for row in reply.rows if row]
    return InlineKeyboardMarkup(rows) if rows else None


async def _quietly(call: Callable[[], Awaitable[object]]) -> None:
    try:
        await patiently(call)
    except BadRequest as error:
        if not any(reason in error.message.lower() for reason in UNCHANGED):
            raise


def _markup(reply: Reply, message: Message) -> InlineKeyboardMarkup | ForceReply | None:
    if reply.prompt:
        return ForceReply(selective=is_group(message.chat), input_field_placeholder=reply.prompt)
    return keyboard(reply)


def _button(button: Button) -> InlineKeyboardButton:
    if button.copied:
        return InlineKeyboardButton(button.label, copy_text=CopyTextButton(button.copied))
    return InlineKeyboardButton(button.label, callback_data=button.data)
