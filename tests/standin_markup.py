"""The reply markup of a request -> the buttons and wishes that Telegram accepts.

Pure: nothing here knows chats or messages. Every function raises ApiError for what is refused.
"""

import json

from standin_entities import utf16_length
from standin_links import LinkError, checked_link
from standin_parameters import Parameters
from standin_people import Json
from standin_refusals import bad_request
from standin_values import Button, ForceReply, Markup, Rows

LONGEST_CALLBACK_BYTES = 64
LONGEST_COPY = 256
LONGEST_PLACEHOLDER = 64
MOST_BUTTONS = 100
WIDEST_ROW = 8
LONGEST_MARKUP_BYTES = 10_000
# In the order in which Telegram looks for them.
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


def reply_markup(parameters: Parameters, *, inline: bool) -> Markup:
    """What a new message brings along; `inline` is whether the bot's inline mode is on.

    Custom keyboards are not built yet: nothing here sends one.
    """
    markup = _markup(parameters)
    if "keyboard" in markup:
        raise NotImplementedError("the stand-in has no custom keyboards")
    rows = _keyboard(markup, inline=inline)
    if rows:
        return Markup(rows)
    if markup.get("remove_keyboard"):
        return Markup(removes_keyboard=True)
    return Markup(force_reply=_force_reply(markup) if markup.get("force_reply") else None)


def inline_markup(parameters: Parameters, *, inline: bool) -> Markup:
    """What a message may bring along that is edited or inserted: nothing but buttons."""
    markup = _markup(parameters)
    if {"keyboard", "remove_keyboard", "force_reply"}.intersection(markup):
        raise bad_request("Inline keyboard expected")
    return Markup(_keyboard(markup, inline=inline))


def _markup(parameters: Parameters) -> Json:
    return parameters.mapping("reply_markup", "reply keyboard markup") or {}


def _force_reply(markup: Json) -> ForceReply:
    placeholder = str(markup.get("input_field_placeholder") or "")
    # The limit is Telegram's, the reason is not established.
    if utf16_length(placeholder) > LONGEST_PLACEHOLDER:
        raise bad_request("REPLY_MARKUP_INVALID")
    return ForceReply(placeholder, bool(markup.get("selective")))


def _keyboard(markup: Json, *, inline: bool) -> Rows:
    """The rows of an inline keyboard.

    Stricter than Telegram in three points, where it silently leaves something out: a button without a
    label, a button with two actions, and a row of more than eight.
    """
    rows = markup.get("inline_keyboard", [])
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('Field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    read = tuple(tuple(_button(button, inline=inline) for button in row) for row in rows if row)
    too_many = sum(map(len, read)) > MOST_BUTTONS or any(len(row) > WIDEST_ROW for row in read)
    if too_many or len(json.dumps(rows, ensure_ascii=False).encode()) > LONGEST_MARKUP_BYTES:
        raise bad_request("Reply markup is too long")
    return read


def _button(button: object, *, inline: bool) -> Button:
    if not isinstance(button, dict):
        raise bad_request("Can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    label = button.get("text")
    if not isinstance(label, str):
        raise bad_request("Can't parse inline keyboard button: Can't find field \"text\"")
    if not label.strip():
        raise bad_request("Inline keyboard button text must be non-empty")
    # Empty data is no data, while an empty inline query is one.
    actions = [
        action
        for action in BUTTON_ACTIONS
        if button.get(action) is not None and (button[action] or action.startswith("switch"))
    ]
    if not actions:
        raise bad_request(
            "Can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if len(actions) > 1 or (actions[0].startswith("switch") and not inline):
        raise bad_request("BUTTON_TYPE_INVALID")
    return Button(label, actions[0], _action_value(actions[0], button[actions[0]]))


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
