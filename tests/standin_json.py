"""A message -> what the Bot API says of it."""

from standin_files import File
from standin_people import Json
from standin_rooms import Room
from standin_values import Button, Message, Rows


def message_json(room: Room, message: Message) -> Json:
    """The message with the one it answers, both as they stand now, one step deep; a message that was
    deleted is not answered any more.

    In a forum topic a message that answers nothing answers the topic's first service message.
    """
    answered = message.reply_to.id if message.reply_to is not None else message.topic
    body = _plain(message)
    standing = room.seen(answered)
    if standing is not None and answered != message.id:
        body["reply_to_message"] = _plain(standing)
    return body


def inaccessible_json(message: Message) -> Json:
    """What is left of a message that the bot cannot get at."""
    return {"message_id": message.id, "chat": message.chat.as_json(), "date": 0}


def _plain(message: Message) -> Json:
    body: Json = {
        "message_id": message.id,
        "from": message.sender.as_json(),
        "chat": message.chat.as_json(),
        "date": message.date,
    }
    optional: Json = {
        "sender_chat": message.sender_chat.as_json() if message.sender_chat else None,
        "via_bot": message.via_bot.as_json() if message.via_bot else None,
        "edit_date": message.edited,
        "message_thread_id": message.thread,
        "is_topic_message": True if message.topic else None,
        "media_group_id": message.album,
        "reply_markup": {"inline_keyboard": _rows(message.buttons)} if message.buttons else None,
    }
    body |= {name: value for name, value in optional.items() if value is not None}
    return body | dict(message.service or {}) | _content(message)


def _content(message: Message) -> Json:
    text, entities = ("caption", "caption_entities") if message.file else ("text", "entities")
    body: Json = _file(message.file) if message.file else {}
    if message.text:
        body[text] = message.text
    if message.entities:
        body[entities] = [entity.as_json() for entity in message.entities]
    return body


def _file(file: File) -> Json:
    return {file.kind: [file.as_json()] if file.kind == "photo" else file.as_json()}


def _rows(rows: Rows) -> list[list[Json]]:
    def shown(row: tuple[Button, ...]) -> list[Json]:
        return [button.as_json() for button in row]

    return [shown(row) for row in rows]
