"""The parameters of a request, as they came -> typed values."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from standin_refusals import bad_request

# Every other parameter is text, even where it reads like a number or like JSON.
JSON_PARAMETERS = frozenset(
    {
        "allow_sending_without_reply",
        "allowed_updates",
        "button",
        "cache_time",
        "caption_entities",
        "chat_id",
        "commands",
        "disable_notification",
        "drop_pending_updates",
        "entities",
        "is_personal",
        "limit",
        "link_preview_options",
        "message_id",
        "message_thread_id",
        "offset",
        "protect_content",
        "reply_markup",
        "reply_parameters",
        "reply_to_message_id",
        "results",
        "scope",
        "show_alert",
        "timeout",
        "user_id",
    }
)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file sent along with a request."""

    name: str
    content: bytes
    mime_type: str


def decoded(raw: Mapping[str, object]) -> dict[str, object]:
    """Parameters in which numbers, flags, lists and objects are what they are, not their JSON.
    Text that should be JSON and is not stays text, for the method to refuse."""
    return {name: _decoded(value) if name in JSON_PARAMETERS else value for name, value in raw.items()}


def _decoded(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


class Parameters:
    """Decoded parameters by type. What is missing is None, or empty text; what is wrong is refused."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self._values = values

    def __contains__(self, name: str) -> bool:
        return self._values.get(name) is not None

    def values(self) -> Collection[object]:
        return self._values.values()

    def raw(self, name: str) -> object:
        return self._values.get(name)

    def text(self, name: str) -> str:
        value = self._values.get(name)
        return "" if value is None else str(value)

    def number(self, name: str) -> int | None:
        value = self._values.get(name)
        if value is None:
            return None
        if not isinstance(value, int):
            raise bad_request(f"{name} must be an Integer")
        return int(value)

    def flag(self, name: str) -> bool:
        return self.text(name).lower() in {"true", "yes", "1"}

    def mapping(self, name: str, what: str) -> dict[str, object] | None:
        """An object; `what` names it in the refusal."""
        value = self._values.get(name)
        if isinstance(value, str):
            raise bad_request(f"Can't parse {what} JSON object")
        if value is not None and not isinstance(value, dict):
            raise bad_request(f"Object expected as {what}")
        return value

    def sequence(self, name: str, what: str) -> list[object]:
        value = self._values.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            raise bad_request(f"Expected an Array of {what}")
        return value

    def upload(self, name: str) -> Upload | None:
        value = self._values.get(name)
        return value if isinstance(value, Upload) else None
