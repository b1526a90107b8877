"""A real Bot that asks the stand-in, one request at a time."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import TypeAlias, TypeVar

import pytest
from standin import Chat, Message, StandIn, StandInRequest
from standin_answers import Answer
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest, TelegramError

T = TypeVar("T")
Use: TypeAlias = Callable[[Bot], Awaitable[T]]


def through(standin: StandIn, use: Use[T], token: str | None = None) -> T:
    """Uses a real Bot, in process."""

    async def run() -> T:
        wire = StandInRequest(standin)
        bot = Bot(token or standin.token, request=wire, get_updates_request=wire)
        async with bot:
            return await use(bot)

    return asyncio.run(run())


def refused(standin: StandIn, use: Use[object], error: type[TelegramError] = BadRequest) -> str:
    """The one refusal, in Telegram's words."""
    with pytest.raises(error):
        through(standin, use)
    (refusal,) = standin.refusals
    return refusal.description


def refused_raw(standin: StandIn, method: str, **parameters: object) -> str:
    """As `refused`, for a request that the library would not make."""
    answer = standin.answer(standin.token, method, parameters)
    assert isinstance(answer, Answer)
    assert not json.loads(answer.payload)["ok"]
    (refusal,) = standin.refusals
    return refusal.description


def send(standin: StandIn, chat: Chat, text: str, **arguments: object) -> Message:
    through(standin, lambda bot: bot.send_message(chat.id, text, **arguments))  # type: ignore[arg-type]
    return standin.replies(chat)[-1]


def delivered(standin: StandIn) -> list[Update]:
    return list(through(standin, lambda bot: bot.get_updates()))


def texts(standin: StandIn) -> list[str | None]:
    return [update.effective_message.text for update in delivered(standin) if update.effective_message]


def markup(*buttons: InlineKeyboardButton) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[button] for button in buttons])


def button(label: str = "下一页", data: str = "list:2") -> InlineKeyboardButton:
    return InlineKeyboardButton(label, callback_data=data)
