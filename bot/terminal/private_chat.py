"""The chat of one person with the bot, as Telegram keeps it."""

import re
import time
from typing import Any

from bot.terminal.markup import FormattedText, UnparsableError, parse

Json = dict[str, Any]  # an object of the Bot API

BOT: Json = {
    "id": 2,
    "is_bot": True,
    "first_name": "出处",
    "username": "chuchu_bot",
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": False,
}
_PERSON_ID = 1
_TEXT_LIMIT = 4096  # UTF-16 units
_DATA_LIMIT = 64  # bytes
_COMMAND = re.compile(r"/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])")


class RefusedError(Exception):
    """Telegram would answer 400 Bad Request, with this description."""


class PrivateChat:
    """The messages both have written. What Telegram refuses raises RefusedError."""

    def __init__(self, *, language: str) -> None:
        self.person: Json = {"id": _PERSON_ID, "is_bot": False, "first_name": "我", "language_code": language}
        self._chat: Json = {"id": _PERSON_ID, "type": "private", "first_name": "我"}
        self._messages: dict[int, Json] = {}  # the one shown last is last
        self._last_id = 0

    def say(self, text: str) -> Json:
        """Keep and give the person's message."""
        message = self._new_message(self.person) | {"text": text}
        if command := _COMMAND.match(text):
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": command.end()}]
        return self._kept(message)

    def send(self, parameters: Json) -> tuple[Json, FormattedText]:
        """Keep and give the bot's message, with the parameters of sendMessage."""
        if str(parameters.get("chat_id")) != str(_PERSON_ID):
            raise RefusedError("chat not found")
        content, text = _content(parameters)
        message = self._new_message(BOT) | content
        if reply := parameters.get("reply_parameters"):
            message |= self._quoted(reply)
        return self._kept(message), text

    def send_file(self, parameters: Json, name: str) -> Json:
        """Keep and give the bot's message with a file, with the parameters of sendDocument."""
        message = self._new_message(BOT)
        if reply := parameters.get("reply_parameters"):
            message |= self._quoted(reply)
        document = {"file_id": name, "file_unique_id": f"{message['message_id']}", "file_name": name}
        return self._kept(message | {"document": document})

    def edit(self, parameters: Json) -> tuple[Json, FormattedText]:
        """Change the text of the bot's message, with the parameters of editMessageText."""
        content, text = _content(parameters)
        return self._changed(parameters, content, ("text", "entities", "reply_markup")), text

    def edit_buttons(self, parameters: Json) -> Json:
        """Change the buttons of the bot's message, with the parameters of editMessageReplyMarkup."""
        return self._changed(parameters, _buttons(parameters), ("reply_markup",))

    def button(self, number: int) -> tuple[Json, str] | None:
        """Find the button of this number, from 1, in the last message with buttons: its message, its data."""
        message, buttons = self._last_buttons()
        return (message, buttons[number - 1]["callback_data"]) if 0 < number <= len(buttons) else None

    def labelled(self, label: str) -> tuple[Json, str] | None:
        """Find the button that says this, in the same message."""
        message, buttons = self._last_buttons()
        return next(((message, each["callback_data"]) for each in buttons if each["text"] == label), None)

    def _last_buttons(self) -> tuple[Json, list[Json]]:
        for message in reversed(self._messages.values()):
            if buttons := [button for row in rows(message) for button in row if is_numbered(button)]:
                return message, buttons
        return {}, []

    def _new_message(self, author: Json) -> Json:
        self._last_id += 1
        return {"message_id": self._last_id, "date": int(time.time()), "chat": self._chat, "from": author}

    def _kept(self, message: Json) -> Json:
        self._messages.pop(message["message_id"], None)
        self._messages[message["message_id"]] = message
        return message

    def _quoted(self, reply: Json) -> Json:
        original = self._messages.get(reply["message_id"])
        if original:
            return {"reply_to_message": {key: original[key] for key in original if key != "reply_to_message"}}
        if reply.get("allow_sending_without_reply"):
            return {}
        raise RefusedError("message to be replied not found")

    def _changed(self, parameters: Json, content: Json, parts: tuple[str, ...]) -> Json:
        old = self._messages.get(parameters.get("message_id", 0))
        if not old:
            raise RefusedError("message to edit not found")
        if old["from"] != BOT:
            raise RefusedError("message can't be edited")
        kept = {key: old[key] for key in old if key not in parts}
        if kept | content == old:
            raise RefusedError(
                "message is not modified: specified new message content and reply markup are exactly the same"
                " as a current content and reply markup of the message"
            )
        return self._kept(kept | content | {"edit_date": int(time.time())})


def rows(message: Json) -> list[list[Json]]:
    """Give the rows of buttons under a message."""
    keyboard: list[list[Json]] = message.get("reply_markup", {}).get("inline_keyboard", [])
    return keyboard


def is_numbered(button: Json) -> bool:
    """Tell whether pressing the button tells the bot: others open an address, or copy."""
    return "callback_data" in button


def _content(parameters: Json) -> tuple[Json, FormattedText]:
    text = _formatted(parameters.get("text", ""), parameters.get("parse_mode"))
    if not text.text.strip():
        raise RefusedError("message text is empty")
    if _units(text.text) > _TEXT_LIMIT:
        raise RefusedError("message is too long")
    return {"text": text.text} | _entities(text) | _buttons(parameters), text


def _formatted(text: str, parse_mode: str | None) -> FormattedText:
    if not parse_mode:
        return FormattedText(text)
    if parse_mode.upper() != "HTML":
        raise RefusedError("unsupported parse_mode")
    try:
        return parse(text)
    except UnparsableError as error:
        raise RefusedError(f"can't parse entities: {error}") from error


def _entities(text: FormattedText) -> Json:
    entities = [
        {
            "type": span.kind,
            "offset": _units(text.text[: span.start]),
            "length": _units(text.text[span.start : span.end]),
        }
        | ({"url": span.url} if span.url else {})
        for span in sorted(text.spans, key=lambda span: (span.start, -span.end))
    ]
    return {"entities": entities} if entities else {}


def _buttons(parameters: Json) -> Json:
    markup = parameters.get("reply_markup", {})
    if "inline_keyboard" not in markup:
        return {}
    for row in markup["inline_keyboard"]:
        for button in row:
            if is_numbered(button) and not 0 < len(button["callback_data"].encode()) <= _DATA_LIMIT:
                raise RefusedError("BUTTON_DATA_INVALID")
    return {"reply_markup": markup} if any(markup["inline_keyboard"]) else {}


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", errors="surrogatepass")) // 2
