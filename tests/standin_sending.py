"""What the bot sends: messages, documents, signs of life."""

from collections.abc import Callable

import standin_rules as rules
from standin_entities import Formatted
from standin_files import File
from standin_json import message_json
from standin_markup import reply_markup
from standin_parameters import Parameters
from standin_people import Json
from standin_refusals import bad_request
from standin_rooms import Room
from standin_values import Message
from standin_world import World, thread_of


class Sending:
    """Methods by which the bot writes in a chat."""

    def __init__(self, world: World) -> None:
        self._world = world

    def methods(self) -> tuple[Callable[[Parameters], object], ...]:
        return self.send_chat_action, self.send_document, self.send_message

    def send_message(self, parameters: Parameters) -> Json:
        text = rules.message_text(parameters, too_long="Message is too long")
        return self._send(parameters, text, parameters.text("text"))

    def send_document(self, parameters: Parameters) -> Json:
        document = self._document(parameters)
        caption = rules.caption(parameters, too_long="Message caption is too long")
        return self._send(parameters, caption, parameters.text("caption"), document)

    def _document(self, parameters: Parameters) -> File:
        """A new document, or one that Telegram has."""
        uploaded = parameters.upload("document")
        if uploaded is None and parameters.text("document"):
            return self._world.files.again(parameters.text("document"), "document")
        if uploaded is None:
            raise bad_request("There is no document in the request")
        if not uploaded.content:
            raise bad_request("File must be non-empty")
        return self._world.files.keep("document", uploaded.content, uploaded.mime_type, name=uploaded.name)

    def _send(
        self, parameters: Parameters, formatted: Formatted, html: str, file: File | None = None
    ) -> Json:
        markup = reply_markup(parameters, inline=self._world.setup.inline)
        room = self._world.room(parameters.raw("chat_id"), "write")
        reply_to = _reply_to(parameters, room)
        topic = _topic(parameters, room, reply_to)
        message = Message(
            room.next_id,
            room.chat,
            self._world.bot,
            self._world.now(),
            text=formatted.text,
            entities=formatted.entities,
            html=html,
            markup=markup,
            reply_to=reply_to,
            topic=topic,
            thread=thread_of(room.chat, reply_to, topic),
            file=file,
        )
        return message_json(room, room.add(message))

    def send_chat_action(self, parameters: Parameters) -> bool:
        rules.chat_action(parameters)
        _topic(parameters, self._world.room(parameters.raw("chat_id"), "write"), None)
        return True


def _reply_to(parameters: Parameters, room: Room) -> Message | None:
    """The message to be answered. Raises ApiError when it is not there, unless that is allowed."""
    asked = parameters.mapping("reply_parameters", "reply parameters") or {
        "message_id": parameters.number("reply_to_message_id"),
        "allow_sending_without_reply": parameters.flag("allow_sending_without_reply"),
    }
    number = asked.get("message_id")
    message = room.seen(number)
    if message is None and number and not asked.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return message


def _topic(parameters: Parameters, room: Room, reply_to: Message | None) -> int | None:
    """The forum topic to write in: the one asked for, or the one of the message to be answered."""
    if not room.chat.forum:
        return None
    topic = parameters.number("message_thread_id")
    if topic is None:
        return reply_to.topic if reply_to is not None else None
    if topic not in room.topics:
        raise bad_request("message thread not found")
    return topic
