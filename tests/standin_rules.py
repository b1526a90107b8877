"""The words of a request -> what Telegram accepts of them.

Pure: nothing here knows chats or messages. Every function raises ApiError for what is refused.
"""

from standin_entities import Entity, Formatted, telegram_text, utf16_length
from standin_html import HtmlError, parse_html
from standin_parameters import Parameters, Upload
from standin_refusals import ApiError, bad_request

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
LONGEST_RAW_BYTES = 1 << 15
LONGEST_POPUP = 200
LARGEST_UPLOAD = 50 << 20
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


def message_text(parameters: Parameters, name: str = "text", too_long: str = "MESSAGE_TOO_LONG") -> Formatted:
    """`too_long` is the reason for which a longer text is refused."""
    if not parameters.text(name):
        raise bad_request("Message text is empty")
    formatted = _formatted(parameters, name, "entities")
    if not formatted.text:
        raise bad_request("Text must be non-empty")
    if utf16_length(formatted.text) > LONGEST_TEXT:
        raise bad_request(too_long)
    return formatted


def caption(parameters: Parameters, too_long: str = "MEDIA_CAPTION_TOO_LONG") -> Formatted:
    formatted = _formatted(parameters, "caption", "caption_entities")
    if utf16_length(formatted.text) > LONGEST_CAPTION:
        raise bad_request(too_long)
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


def uploads(parameters: Parameters) -> None:
    """The files of a request together."""
    files = [value for value in parameters.values() if isinstance(value, Upload)]
    if sum(len(file.content) for file in files) > LARGEST_UPLOAD:
        raise ApiError(413, "Request Entity Too Large")
