"""Lines typed in a terminal <-> the Bot API."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from http import HTTPStatus
from itertools import count
from typing import TextIO, cast

from telegram.request import BaseRequest, RequestData

from bot.terminal.ansi import render
from bot.terminal.console import open_console, width_of
from bot.terminal.markup import FormattedText
from bot.terminal.private_chat import BOT, Json, PrivateChat, RefusedError, is_numbered, rows

_PRESS = re.compile(r"([#＃]?)(\d{1,4})")
_UNSEEN = (  # calls that leave nothing to see in a terminal
    "deleteMyCommands",
    "deleteWebhook",
    "sendChatAction",
    "setChatMenuButton",
    "setMyCommands",
    "setMyDescription",
    "setMyName",
    "setMyShortDescription",
)


@dataclass(frozen=True, slots=True)
class _Wording:
    prompt: str
    no_button: str


_CHINESE = _Wording(
    prompt="问 › ",
    no_button="没有编号为 #{number} 的按钮；消息带按钮时，下面会写着 [#1]、[#2]……",
)
_ENGLISH = _Wording(
    prompt="ask › ",
    no_button="There is no button #{number}; a message with buttons lists them below as [#1], [#2] ...",
)


class _Stage(Enum):
    ASKING = auto()
    LEAVING = auto()  # the input has ended, what was asked is still being answered
    OVER = auto()


class TerminalRequest(BaseRequest):
    """The Bot API for one person at a terminal. An Application takes it as both of its requests.

    Each line is a message in a private chat; `#1` presses a button of the last message that has any, and so
    does a bare number that is on one, or is one's place.
    The next line is read only when `updates`, the Application's own queue, is all handled. At the end of the
    input (or at Ctrl-C or Ctrl-D) `on_end` is called once, when everything asked before is answered.
    """

    def __init__(
        self,
        *,
        updates: asyncio.Queue[object],
        on_end: Callable[[], None],
        stdin: TextIO,
        stdout: TextIO,
        language: str = "zh-hans",
    ) -> None:
        self._wording = _ENGLISH if language.startswith("en") else _CHINESE
        self._updates = updates
        self._on_end = on_end
        self._stdout = stdout
        self._console = open_console(stdin, stdout, self._wording.prompt)
        self._chat = PrivateChat(language=language)
        self._numbers = count(1)
        self._stage = _Stage.ASKING
        self._poll: asyncio.Task[object] | None = None
        self._methods: dict[str, Callable[[Json], Awaitable[object]]] = {
            **dict.fromkeys(_UNSEEN, self._accept),
            "answerCallbackQuery": self._answer_callback_query,
            "editMessageReplyMarkup": self._edit_message_reply_markup,
            "editMessageText": self._edit_message_text,
            "getMe": self._get_me,
            "getUpdates": self._get_updates,
            "sendDocument": self._send_document,
            "sendMessage": self._send_message,
        }

    @property
    def read_timeout(self) -> None:
        """A person may think as long as they like."""

    async def initialize(self) -> None:
        """There is nothing to set up."""

    async def shutdown(self) -> None:
        """See a cancelled call of getUpdates to its end: the Updater cancels it, but does not wait for it."""
        if self._poll and not self._poll.done():
            self._poll.cancel()
            await asyncio.wait([self._poll])

    async def do_request(
        self,
        url: str,
        method: str,  # noqa: ARG002 - GET or POST, which the Bot API does not tell apart
        request_data: RequestData | None = None,
        *_timeouts: object,
        **_named_timeouts: object,
    ) -> tuple[int, bytes]:
        name = url.rpartition("/")[2]
        answer = self._methods.get(name)
        if not answer:
            return _refusal(HTTPStatus.NOT_FOUND, f"{name} is not available in the terminal")
        parameters = cast("Json", request_data.parameters) if request_data else {}
        files = request_data.multipart_data.values() if request_data else ()
        try:
            result = await answer(parameters | {"files": [file for file, *_ in files]})
        except RefusedError as error:
            return _refusal(HTTPStatus.BAD_REQUEST, str(error))
        return HTTPStatus.OK, json.dumps({"ok": True, "result": result}).encode()

    async def _accept(self, _: Json) -> bool:
        return True

    async def _get_me(self, _: Json) -> Json:
        return BOT

    async def _get_updates(self, parameters: Json) -> list[Json]:
        timeout = parameters.get("timeout", 0)
        if not timeout:
            return []
        self._poll = asyncio.current_task()
        match self._stage:
            case _Stage.ASKING:
                return [await self._next_update()]
            case _Stage.LEAVING:
                await self._updates.join()
                self._stage = _Stage.OVER
                self._on_end()
            case _Stage.OVER:
                await asyncio.sleep(timeout)
        return []

    async def _next_update(self) -> Json:
        content = None
        try:
            await self._console.wait(self._updates.join())
            while content is None:
                content = await self._content_of(await self._console.ask())
        except EOFError:
            self._stage = _Stage.LEAVING
            # An update with nothing in it. The Application may not run yet when the input is empty, and then
            # cannot be stopped; once it has taken this update from the queue, it surely runs.
            content = {}
        return {"update_id": next(self._numbers)} | content

    async def _content_of(self, line: str) -> Json | None:
        press = _PRESS.fullmatch(line)
        if not press:
            return {"message": self._chat.say(line)} if line else None
        number = int(press[2])
        pressed = self._chat.button(number)
        if not press[1]:  # 4 is the button that says so rather than the fourth
            pressed = self._chat.labelled(f"{number}") or pressed
            if not pressed:
                return {"message": self._chat.say(line)}
        if not pressed:
            await self._show(FormattedText(self._wording.no_button.format(number=number)))
            return None
        message, data = pressed
        query = {"id": str(message["message_id"]), "from": self._chat.person, "message": message}
        return {"callback_query": query | {"chat_instance": "terminal", "data": data}}

    async def _send_message(self, parameters: Json) -> Json:
        message, text = self._chat.send(parameters)
        await self._show(text, message)
        return message

    async def _send_document(self, parameters: Json) -> Json:
        """Name the file, which lies on this machine."""
        [name] = parameters["files"] or [parameters["document"]]
        message = self._chat.send_file(parameters, name)
        await self._show(FormattedText(f"📄 {name}"))
        return message

    async def _edit_message_text(self, parameters: Json) -> Json:
        message, text = self._chat.edit(parameters)
        await self._show(text, message)
        return message

    async def _edit_message_reply_markup(self, parameters: Json) -> Json:
        message = self._chat.edit_buttons(parameters)
        if rows(message):
            await self._show(FormattedText(""), message)
        return message

    async def _answer_callback_query(self, parameters: Json) -> bool:
        for key in ("text", "url"):
            if shown := parameters.get(key):
                await self._show(FormattedText(shown))
        return True

    async def _show(self, text: FormattedText, message: Json | None = None) -> None:
        buttons = FormattedText("\n".join(_button_lines(message or {})))
        width = width_of(self._stdout)
        parts = [render(part, width=width) for part in (text, buttons) if part.text]
        await self._console.show("\n".join(parts) + "\n")


def _button_lines(message: Json) -> Iterator[str]:
    numbers = count(1)
    for row in rows(message):
        yield "  ".join(_label(button, numbers) for button in row)


def _label(button: Json, numbers: Iterator[int]) -> str:
    if is_numbered(button):
        return f"[#{next(numbers)}] {button['text']}"
    return f"{button['text']} ({button['url']})" if "url" in button else f"{button['text']}"


def _refusal(status: HTTPStatus, reason: str) -> tuple[int, bytes]:
    description = f"{status.phrase}: {reason}"
    return status, json.dumps({"ok": False, "error_code": status, "description": description}).encode()
