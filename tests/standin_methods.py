"""The Bot API's methods, one a function, found by name.

A method reads its parameters through the rules, looks at the world and changes it. A new method is
a function here, listed in `Methods.__init__`.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

import standin_rules as rules
from standin_entities import Formatted
from standin_parameters import Parameters, Upload
from standin_refusals import ApiError, bad_request
from standin_updates import MOST_UPDATES
from standin_values import CallbackAnswer, Json, Message, Rows
from standin_world import Room, World, now, thread_of

Method: TypeAlias = Callable[[Parameters], object]
LONGEST_NAME = 64
LONGEST_DESCRIPTION = 512
LONGEST_SHORT_DESCRIPTION = 120


class Methods:
    """What a bot can ask of the world. `inline` is whether its inline mode is on."""

    def __init__(self, world: World, *, inline: bool) -> None:
        self._world = world
        self._inline = inline
        methods: tuple[Method, ...] = (
            self.answer_callback_query,
            self.delete_my_commands,
            self.delete_webhook,
            self.edit_message_reply_markup,
            self.edit_message_text,
            self.get_me,
            self.get_my_commands,
            self.get_my_description,
            self.get_my_name,
            self.get_my_short_description,
            self.get_updates,
            self.send_chat_action,
            self.send_document,
            self.send_message,
            self.set_my_commands,
            self.set_my_description,
            self.set_my_name,
            self.set_my_short_description,
        )
        self._by_name = {method.__name__.replace("_", ""): method for method in methods}

    def call(self, name: str, parameters: Parameters) -> object:
        """The result of a method, or a Poll to wait on. Raises ApiError for what Telegram refuses."""
        method = self._by_name.get(name.lower())
        if method is None:
            raise ApiError(404, "Not Found: method not found")
        return method(parameters)

    def get_me(self, _: Parameters) -> Json:
        return self._world.bot.as_json() | {
            "can_join_groups": True,
            "can_read_all_group_messages": not self._world.privacy,
            "supports_inline_queries": self._inline,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }

    def get_updates(self, parameters: Parameters) -> object:
        if "allowed_updates" in parameters:
            kinds = parameters.sequence("allowed_updates", "String")
            self._world.updates.allow([str(kind) for kind in kinds])
        limit = parameters.number("limit") or MOST_UPDATES
        offset, timeout = parameters.number("offset") or 0, parameters.number("timeout") or 0
        return self._world.updates.ask(offset, limit, timeout)

    def delete_webhook(self, parameters: Parameters) -> bool:
        if parameters.flag("drop_pending_updates"):
            self._world.updates.clear()
        return True

    def send_message(self, parameters: Parameters) -> Json:
        return self._send(parameters, rules.message_text(parameters), parameters.text("text"))

    def send_document(self, parameters: Parameters) -> Json:
        document = parameters.upload("document")
        if document is None:
            raise bad_request("There is no document in the request")
        if not document.content:
            raise bad_request("File must be non-empty")
        return self._send(parameters, rules.caption(parameters), parameters.text("caption"), document)

    def _send(
        self, parameters: Parameters, formatted: Formatted, html: str, document: Upload | None = None
    ) -> Json:
        buttons = rules.keyboard(parameters)
        room = self._world.room(parameters.raw("chat_id"))
        reply_to = _reply_to(parameters, room)
        topic = _topic(parameters, room, reply_to)
        message = Message(
            room.next_id,
            room.chat,
            self._world.bot,
            now(),
            text=formatted.text,
            entities=formatted.entities,
            html=html,
            buttons=buttons,
            reply_to=reply_to,
            topic=topic,
            thread=thread_of(room.chat, reply_to, topic),
            document=document,
        )
        return self._world.message_json(room.add(message))

    def edit_message_text(self, parameters: Parameters) -> Json:
        formatted, buttons = rules.message_text(parameters), rules.keyboard(parameters)
        message = self._own_message(parameters)
        if message.document is not None:
            raise bad_request("There is no text in the message to edit")
        return self._edit(message, formatted, parameters.text("text"), buttons)

    def edit_message_reply_markup(self, parameters: Parameters) -> Json:
        buttons, message = rules.keyboard(parameters), self._own_message(parameters)
        return self._edit(message, Formatted(message.text, message.entities), message.html, buttons)

    def _own_message(self, parameters: Parameters) -> Message:
        room = self._world.room(parameters.raw("chat_id"))
        message = room.messages.get(parameters.number("message_id") or 0)
        if message is None:
            raise bad_request("message to edit not found")
        if message.sender != self._world.bot:
            raise bad_request("Message can't be edited")
        return message

    def _edit(self, message: Message, formatted: Formatted, html: str, buttons: Rows) -> Json:
        old = message.text, message.entities, message.buttons
        if old == (formatted.text, formatted.entities, buttons):
            raise bad_request(
                "message is not modified: specified new message content and reply markup are exactly "
                "the same as a current content and reply markup of the message"
            )
        edited = replace(
            message,
            text=formatted.text,
            entities=formatted.entities,
            html=html,
            buttons=buttons,
            edited=now(),
        )
        self._world.room_of(message.chat).messages[message.id] = edited
        return self._world.message_json(edited)

    def answer_callback_query(self, parameters: Parameters) -> bool:
        query = parameters.text("callback_query_id")
        text = rules.popup(parameters)
        if query not in self._world.presses or query in self._world.expired:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        self._world.answers.append(CallbackAnswer(query, text, parameters.flag("show_alert")))
        return True

    def send_chat_action(self, parameters: Parameters) -> bool:
        rules.chat_action(parameters)
        _topic(parameters, self._world.room(parameters.raw("chat_id")), None)
        return True

    def set_my_commands(self, parameters: Parameters) -> bool:
        place = rules.scope(parameters), rules.language(parameters)
        self._world.commands[place] = rules.commands(parameters)
        return True

    def delete_my_commands(self, parameters: Parameters) -> bool:
        self._world.commands.pop((rules.scope(parameters), rules.language(parameters)), None)
        return True

    def get_my_commands(self, parameters: Parameters) -> list[Json]:
        commands = self._world.commands.get((rules.scope(parameters), rules.language(parameters)), {})
        return [{"command": name, "description": description} for name, description in commands.items()]

    def set_my_name(self, parameters: Parameters) -> bool:
        return self._set_about(parameters, "name", LONGEST_NAME)

    def get_my_name(self, parameters: Parameters) -> Json:
        return {"name": self._about(parameters, "name") or self._world.bot.first_name}

    def set_my_description(self, parameters: Parameters) -> bool:
        return self._set_about(parameters, "description", LONGEST_DESCRIPTION)

    def get_my_description(self, parameters: Parameters) -> Json:
        return {"description": self._about(parameters, "description")}

    def set_my_short_description(self, parameters: Parameters) -> bool:
        return self._set_about(parameters, "short_description", LONGEST_SHORT_DESCRIPTION)

    def get_my_short_description(self, parameters: Parameters) -> Json:
        return {"short_description": self._about(parameters, "short_description")}

    def _set_about(self, parameters: Parameters, name: str, longest: int) -> bool:
        self._world.about[name, rules.language(parameters)] = rules.about(parameters, name, longest)
        return True

    def _about(self, parameters: Parameters, name: str) -> str:
        about = self._world.about
        return about.get((name, rules.language(parameters))) or about.get((name, ""), "")


def _reply_to(parameters: Parameters, room: Room) -> Message | None:
    """The message to be answered. Raises ApiError when it is not there, unless that is allowed."""
    asked = parameters.mapping("reply_parameters", "reply parameters") or {
        "message_id": parameters.number("reply_to_message_id"),
        "allow_sending_without_reply": parameters.flag("allow_sending_without_reply"),
    }
    number = asked.get("message_id")
    message = room.messages.get(number) if isinstance(number, int) else None
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
