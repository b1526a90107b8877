"""The content of a request -> what Telegram accepts of it.

Pure: nothing here knows chats or messages. Every function raises ApiError for what is refused.
"""

import json
import re
from collections.abc import Mapping

from standin_entities import Entity, Formatted, telegram_text, utf16_length
from standin_html import HtmlError, parse_html
from standin_links import LinkError, checked_link
from standin_parameters import Parameters
from standin_refusals import bad_request
from standin_values import Button, Rows

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
LONGEST_RAW_BYTES = 1 << 15
LONGEST_CALLBACK_BYTES = 64
LONGEST_COPY = 256
LONGEST_POPUP = 200
MOST_BUTTONS = 100
WIDEST_ROW = 8
LONGEST_MARKUP_BYTES = 10_000
MOST_COMMANDS = 100
LONGEST_COMMAND = 32
LONGEST_COMMAND_DESCRIPTION = 256
COMMAND = re.compile(r"[a-z0-9_]+")
LANGUAGE = re.compile(r"(?:[a-z]{2})?")
CHAT_SCOPES = frozenset({"chat", "chat_administrators", "chat_member"})
SCOPES = CHAT_SCOPES | {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}
CHAT_ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)
# In the order in which Telegram looks for them; a button is the first it has.
BUTTON_ACTIONS = (
    "url",
    "callback_data",
    "callback_game",
    "pay",
    "switch_inline_query",
    "switch_inline_query_chosen_chat",
    "switch_inline_query_current_chat",
    "login_url",
    "web_app",
    "copy_text",
)


def message_text(parameters: Parameters) -> Formatted:
    if not parameters.text("text"):
        raise bad_request("Message text is empty")
    formatted = _formatted(parameters, "text", "entities")
    if not formatted.text:
        raise bad_request("Text must be non-empty")
    if utf16_length(formatted.text) > LONGEST_TEXT:
        raise bad_request("Message is too long")
    return formatted


def caption(parameters: Parameters) -> Formatted:
    formatted = _formatted(parameters, "caption", "caption_entities")
    if utf16_length(formatted.text) > LONGEST_CAPTION:
        raise bad_request("Message caption is too long")
    return formatted


def _formatted(parameters: Parameters, name: str, entities: str) -> Formatted:
    raw = parameters.text(name)
    if len(raw.encode()) > LONGEST_RAW_BYTES:
        raise bad_request("Text is too long")
    mode = parameters.text("parse_mode").lower()
    if mode in {"", "none"}:
        return telegram_text(raw, [_entity(item, raw) for item in parameters.sequence(entities, "entities")])
    if mode != "html":  # Telegram has Markdown too; nothing here needs it yet
        raise bad_request("Unsupported parse_mode")
    try:
        return telegram_text(*parse_html(raw))
    except HtmlError as error:
        raise bad_request(f"Can't parse entities: {error}") from error


def _entity(item: object, text: str) -> Entity:
    if not isinstance(item, dict):
        raise bad_request("Can't parse MessageEntity: expected an Object")
    kind, offset, length = item.get("type"), item.get("offset"), item.get("length")
    if not (isinstance(kind, str) and isinstance(offset, int) and isinstance(length, int)):
        raise bad_request("Can't parse MessageEntity: Can't find field")
    if offset < 0 or length < 0 or offset + length > utf16_length(text):
        raise bad_request(
            f"Entity beginning at UTF-16 offset {offset} ends after the end of the text "
            f"at UTF-16 offset {offset + length}"
        )
    return Entity(kind, offset, length, item.get("url"), item.get("language"), item.get("custom_emoji_id"))


def keyboard(parameters: Parameters) -> Rows:
    """The rows of an inline keyboard; none without one, or with a keyboard of another kind.

    Stricter than Telegram in two points, where it silently leaves buttons out:
    a button without a label, and a row of more than eight.
    """
    markup = parameters.mapping("reply_markup", "reply keyboard markup") or {}
    rows = markup.get("inline_keyboard", [])
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('Field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    read = tuple(tuple(_button(button) for button in row) for row in rows if row)
    too_many = sum(map(len, read)) > MOST_BUTTONS or any(len(row) > WIDEST_ROW for row in read)
    if too_many or len(json.dumps(rows, ensure_ascii=False).encode()) > LONGEST_MARKUP_BYTES:
        raise bad_request("Reply markup is too long")
    return read


def _button(button: object) -> Button:
    if not isinstance(button, dict):
        raise bad_request("Can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    label = button.get("text")
    if not isinstance(label, str):
        raise bad_request("Can't parse inline keyboard button: Can't find field \"text\"")
    if not label.strip():
        raise bad_request("Inline keyboard button text must be non-empty")
    for action in BUTTON_ACTIONS:
        # Empty data is no data, while an empty inline query is one.
        if button.get(action) is not None and (button[action] or action.startswith("switch")):
            return Button(label, action, _action_value(action, button[action]))
    raise bad_request("Can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")


def _action_value(action: str, value: object) -> object:
    if action == "url":
        return _button_url(str(value))
    if action == "callback_data" and len(str(value).encode()) > LONGEST_CALLBACK_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    if action == "copy_text":
        copied = value.get("text") if isinstance(value, dict) else None
        if not isinstance(copied, str) or not 0 < utf16_length(copied) <= LONGEST_COPY:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")
    return value


def _button_url(url: str) -> str:
    try:
        return checked_link(url)
    except LinkError as error:
        raise bad_request(f"Inline keyboard button URL '{url}' is invalid: {error}") from error


def popup(parameters: Parameters) -> str:
    """The text of the note that a pressed button shows."""
    text = parameters.text("text")
    if utf16_length(text) > LONGEST_POPUP:
        raise bad_request("MESSAGE_TOO_LONG")
    return text


def chat_action(parameters: Parameters) -> str:
    action = parameters.text("action")
    if action not in CHAT_ACTIONS:
        raise bad_request("Wrong parameter action in request")
    return action


def commands(parameters: Parameters) -> dict[str, str]:
    """Commands with their descriptions, in order."""
    read = dict(_command(item) for item in parameters.sequence("commands", "BotCommand"))
    if len(read) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    return read


def _command(item: object) -> tuple[str, str]:
    if not isinstance(item, dict):
        raise bad_request("Can't parse BotCommand: expected an Object")
    name = str(item.get("command", "")).strip().removeprefix("/")
    description = str(item.get("description", "")).strip()
    if not name:
        raise bad_request("Command must be non-empty")
    if len(name) > LONGEST_COMMAND:
        raise bad_request(f"Command length must not exceed {LONGEST_COMMAND}")
    if not description:
        raise bad_request("Command description must be non-empty")
    if len(description) > LONGEST_COMMAND_DESCRIPTION:
        raise bad_request(f"Command description length must not exceed {LONGEST_COMMAND_DESCRIPTION}")
    if not COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    return name, description


def scope(parameters: Parameters) -> str:
    """Where commands hold: the scope's type, with its chat and person after colons."""
    asked = parameters.mapping("scope", "BotCommandScope") or {"type": "default"}
    kind = str(asked.get("type"))
    if kind not in SCOPES:
        raise bad_request("Can't parse BotCommandScope: Unsupported type specified")
    wanted = {"chat_id": kind in CHAT_SCOPES, "user_id": kind == "chat_member"}
    return ":".join([kind, *(_scope_part(asked, name) for name, needed in wanted.items() if needed)])


def _scope_part(asked: Mapping[str, object], name: str) -> str:
    if not asked.get(name):
        raise bad_request(f"Can't parse BotCommandScope: Empty {name} specified")
    return str(asked[name])


def language(parameters: Parameters) -> str:
    """Two letters, or nothing for every language without its own."""
    code = parameters.text("language_code")
    if not LANGUAGE.fullmatch(code):
        raise bad_request("Invalid language code specified")
    return code


def about(parameters: Parameters, name: str, longest: int) -> str:
    """A text about the bot itself."""
    text = parameters.text(name)
    if utf16_length(text) > longest:
        raise bad_request(f"{name.upper()}_TOO_LONG")
    return text
