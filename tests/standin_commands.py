"""Commands and descriptions in a request -> what Telegram accepts of them.

Pure: nothing here knows chats or messages. Every function raises ApiError for what is refused.
"""

import re
from dataclasses import dataclass

from standin_entities import utf16_length
from standin_parameters import Parameters
from standin_refusals import bad_request

MOST_COMMANDS = 100
LONGEST_COMMAND = 32
LONGEST_COMMAND_DESCRIPTION = 256
COMMAND = re.compile(r"[a-z0-9_]+")
LANGUAGE = re.compile(r"(?:[a-z]{2})?")
CHAT_SCOPES = frozenset({"chat", "chat_administrators", "chat_member"})
SCOPES = CHAT_SCOPES | {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}


@dataclass(frozen=True, slots=True)
class Scope:
    """Where commands hold; `chat` and `person` are what the scope's kind asks for."""

    kind: str
    chat: object = None
    person: object = None

    @property
    def name(self) -> str:
        """The kind, with its chat and person after colons."""
        return ":".join(str(part) for part in (self.kind, self.chat, self.person) if part is not None)


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


def scope(parameters: Parameters) -> Scope:
    asked = parameters.mapping("scope", "BotCommandScope") or {"type": "default"}
    kind = str(asked.get("type"))
    if kind not in SCOPES:
        raise bad_request("Can't parse BotCommandScope: Unsupported type specified")
    if kind not in CHAT_SCOPES:
        return Scope(kind)
    if not asked.get("chat_id"):
        raise bad_request("Can't parse BotCommandScope: Empty chat_id specified")
    if kind != "chat_member":
        return Scope(kind, asked["chat_id"])
    if not asked.get("user_id"):
        raise bad_request("Can't parse BotCommandScope: Invalid user_id specified")
    return Scope(kind, asked["chat_id"], asked["user_id"])


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
