"""Reply -> message, whose buttons change it."""

import logging
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from functools import partial

from telegram import (
    Bot,
    CallbackQuery,
    CopyTextButton,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
)
from telegram.error import BadRequest, Forbidden

from bot.asked import is_group
from bot.limits import LONGEST_TEXT, sendable, shorten
from bot.markup import bare
from bot.reply import Button, Reply

UNCHANGED = ("message is not modified", "message to edit not found", "message can't be edited")
"""What Telegram says when a button was pressed twice, or its message was deleted meanwhile."""

NO_RIGHTS = (
    "not enough rights",
    "no rights to send",
    "chat_write_forbidden",
    "chat_restricted",
    "chat not found",
)
"""What Telegram says where a bot may not write, or where there is nothing to write in any more."""

NO_TOPIC = ("topic_closed", "topic_deleted", "message thread not found")
"""What Telegram says of a topic that was closed or deleted."""

log = logging.getLogger(__name__)


def is_silenced(error: Exception | None) -> bool:
    """Whether something was not sent because the bot may not write in a chat, or a topic of it, whatever it
    writes.
    """
    return says(error, NO_RIGHTS) or is_without_topic(error)


def is_without_topic(error: Exception | None) -> bool:
    """Whether something was not sent because its topic is closed or no more."""
    return says(error, NO_TOPIC)


async def send(message: Message, reply: Reply) -> Message:
    """Send a reply to a message; as plain text where Telegram refuses it, unless it takes none there."""
    try:
        return await message.reply_text(reply.html, do_quote=True, reply_markup=_markup(reply, message))
    except BadRequest as error:
        if is_silenced(error):
            raise
        _tell(error)
        return await message.reply_text(_bare(reply), do_quote=True, parse_mode=None)


async def show(query: CallbackQuery, reply: Reply) -> None:
    """Show a reply in place of the message whose button was pressed."""
    await told(query)
    if query.message and query.message.is_accessible:  # else it is too old to be changed
        await _edit(query.edit_message_text, reply)


async def change(bot: Bot, chat: int, message: int, reply: Reply) -> None:
    """Show a reply in place of a message of ours, if it is there still."""
    await _edit(partial(bot.edit_message_text, chat_id=chat, message_id=message), reply)


async def told(query: CallbackQuery, text: str | None = None, *, alert: bool = False) -> None:
    """Say that a press has arrived, and what came of it where nothing else shows that."""
    with suppress(BadRequest):  # too old to be told, not to be shown what it asks for
        await query.answer(text, show_alert=alert)


def keyboard(reply: Reply) -> InlineKeyboardMarkup | None:
    """The buttons below a reply."""
    rows = [[_button(button) for button in row] for row in reply.rows if row]
    return InlineKeyboardMarkup(rows) if rows else None


def says(error: Exception | None, reasons: Iterable[str]) -> bool:
    """Whether Telegram refuses something for one of some reasons, in its words in lower case."""
    said = error.message.lower() if isinstance(error, BadRequest | Forbidden) else ""
    return any(reason in said for reason in reasons)


async def _edit(edit: Callable[..., Awaitable[object]], reply: Reply) -> None:
    try:
        await edit(reply.html, reply_markup=keyboard(reply))
    except BadRequest as error:
        if says(error, UNCHANGED):
            return
        _tell(error)
        await edit(_bare(reply), parse_mode=None)


def _bare(reply: Reply) -> str:
    """What a reply says, and nothing else."""
    return shorten(bare(reply.html), LONGEST_TEXT)


def _tell(error: BadRequest) -> None:
    log.error("A reply was refused and is sent as plain text: %s", error.message)


def _markup(reply: Reply, message: Message) -> InlineKeyboardMarkup | ForceReply | None:
    if reply.prompt:
        return ForceReply(selective=is_group(message.chat), input_field_placeholder=reply.prompt)
    return keyboard(reply)


def _button(button: Button) -> InlineKeyboardButton:
    if button.copied:
        return InlineKeyboardButton(sendable(button.label), copy_text=CopyTextButton(sendable(button.copied)))
    return InlineKeyboardButton(sendable(button.label), callback_data=button.data)
