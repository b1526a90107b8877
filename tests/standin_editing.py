"""What the bot changes and deletes of what was written."""

from collections.abc import Callable
from dataclasses import replace

import standin_rules as rules
from standin_entities import Formatted
from standin_json import message_json
from standin_markup import inline_markup
from standin_parameters import Parameters
from standin_people import Json
from standin_refusals import bad_request
from standin_rooms import Room
from standin_values import Markup, Message
from standin_world import World

DELETABLE_SECONDS = 48 * 3600


class Editing:
    """Methods that change messages. An edited inline result is answered with True, for the bot is shown
    nothing of the chat it stands in."""

    def __init__(self, world: World) -> None:
        self._world = world

    def methods(self) -> tuple[Callable[[Parameters], object], ...]:
        return (
            self.delete_message,
            self.edit_message_caption,
            self.edit_message_reply_markup,
            self.edit_message_text,
        )

    def edit_message_text(self, parameters: Parameters) -> Json | bool:
        formatted, markup = rules.message_text(parameters), self._markup(parameters)
        message = self._message(parameters)
        if message.file is not None:
            raise bad_request("There is no text in the message to edit")
        return self._edit(message, formatted, parameters.text("text"), markup)

    def edit_message_caption(self, parameters: Parameters) -> Json | bool:
        formatted, markup = rules.caption(parameters), self._markup(parameters)
        message = self._message(parameters)
        if message.file is None:
            raise bad_request("There is no caption in the message to edit")
        return self._edit(message, formatted, parameters.text("caption"), markup)

    def edit_message_reply_markup(self, parameters: Parameters) -> Json | bool:
        markup, message = self._markup(parameters), self._message(parameters)
        return self._edit(message, Formatted(message.text, message.entities), message.html, markup)

    def _markup(self, parameters: Parameters) -> Markup:
        return inline_markup(parameters, inline=self._world.setup.inline)

    def _message(self, parameters: Parameters) -> Message:
        """The message to edit, as it stands now. Raises ApiError."""
        if "chat_id" not in parameters and "message_id" not in parameters:
            return self._inline_message(parameters)
        room = self._world.room(parameters.raw("chat_id"), "edit")
        message = room.seen(parameters.number("message_id"))
        if message is None:
            raise bad_request("message to edit not found")
        if message.sender != self._world.bot:
            raise bad_request("Message can't be edited")
        return message

    def _inline_message(self, parameters: Parameters) -> Message:
        number = parameters.text("inline_message_id")
        if not number:
            raise bad_request("Message identifier is not specified")
        message = self._world.inline_messages.get(number)
        if message is None or message.id not in self._world.room_of(message.chat).messages:
            raise bad_request("MESSAGE_ID_INVALID")
        return self._world.current(message)

    def _edit(self, message: Message, formatted: Formatted, html: str, markup: Markup) -> Json | bool:
        old = message.text, message.entities, message.buttons
        if old == (formatted.text, formatted.entities, markup.rows):
            raise bad_request(
                "message is not modified: specified new message content and reply markup are exactly "
                "the same as a current content and reply markup of the message"
            )
        edited = self._world.change(
            replace(
                message,
                text=formatted.text,
                entities=formatted.entities,
                html=html,
                markup=markup,
                edited=self._world.now(),
            )
        )
        if message.inline_id is not None:
            return True
        return message_json(self._world.room_of(message.chat), edited)

    def delete_message(self, parameters: Parameters) -> bool:
        if "chat_id" not in parameters:
            raise bad_request("Chat identifier is not specified")
        if "message_id" not in parameters:
            raise bad_request("Message identifier is not specified")
        room = self._world.room(parameters.raw("chat_id"), "write")
        message = room.seen(parameters.number("message_id"))
        if message is None:
            raise bad_request("message to delete not found")
        self._check_deletable(room, message)
        del room.messages[message.id]
        return True

    def _check_deletable(self, room: Room, message: Message) -> None:
        rightful = message.sender == self._world.bot or room.chat.kind == "private"
        if not rightful and not room.chat.bot_is_admin:
            raise bad_request("Message can't be deleted")
        too_old = self._world.now() - message.date > DELETABLE_SECONDS
        if too_old and not room.chat.bot_is_admin:
            raise bad_request("Message can't be deleted for everyone")
