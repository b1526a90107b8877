"""What Telegram refuses, and why."""

from collections.abc import Mapping
from dataclasses import dataclass


class ApiError(Exception):
    """A request that Telegram refuses, with the error code and description of its answer."""

    def __init__(self, code: int, description: str) -> None:
        super().__init__(description)
        self.code = code
        self.description = description


@dataclass(frozen=True, slots=True)
class Refusal:
    """A request the bot made that was refused."""

    method: str
    parameters: Mapping[str, object]
    code: int
    description: str


def bad_request(reason: str) -> ApiError:
    """The answer to a wrong request: a sentence begins in lower case, a NAME_OF_AN_ERROR stays."""
    sentence = reason if reason[1:2].isupper() or reason[1:2] == "_" else reason[:1].lower() + reason[1:]
    return ApiError(400, f"Bad Request: {sentence}")


def forbidden(reason: str) -> ApiError:
    return ApiError(403, f"Forbidden: {reason}")
