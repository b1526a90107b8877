"""What a request is answered with, and whether that arrives."""

import json
from dataclasses import dataclass
from enum import Enum, auto
from http import HTTPStatus

from standin_values import Message


class Ending(Enum):
    """How a connection ends instead of bringing a whole answer."""

    RESET = auto()
    """Broken off (RST)."""
    CLOSED = auto()
    """Closed without a word (FIN)."""
    CUT = auto()
    """Closed in the middle of the answer."""
    SILENCE = auto()
    """Nothing for some seconds, then closed."""
    REFUSED = auto()
    """There was none: nobody listens."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of the Bot API: HTTP status and JSON, or a file.

    With an `ending` it does not arrive, after `silence` seconds if it is that; `made` is the message
    that the request wrote.
    """

    status: int
    payload: bytes
    kind: str = "application/json"
    ending: Ending | None = None
    silence: float = 0.0
    made: Message | None = None

    @classmethod
    def to(cls, result: object, made: Message | None = None) -> "Answer":
        return cls(HTTPStatus.OK, json.dumps({"ok": True, "result": result}).encode(), made=made)

    @classmethod
    def error(cls, code: int, description: str, **parameters: object) -> "Answer":
        body: dict[str, object] = {"ok": False, "error_code": code, "description": description}
        if parameters:
            body["parameters"] = parameters
        return cls(code, json.dumps(body).encode())

    @classmethod
    def file(cls, content: bytes) -> "Answer":
        return cls(HTTPStatus.OK, content, "application/octet-stream")
