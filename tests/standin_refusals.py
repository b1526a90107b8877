"""What Telegram refuses, and why."""

from collections.abc import Mapping
from dataclasses import dataclass

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


class ApiError(Exception):
    """A request that Telegram refuses, with the error code, description and parameters of its answer."""

    def __init__(self, code: int, description: str, **parameters: object) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


@dataclass(frozen=True, slots=True)
class Refusal:
    """A request the bot made that was refused."""

    method: str
    parameters: Mapping[str, object]
    code: int
    description: str


def bad_request(reason: str, **parameters: object) -> ApiError:
    """The answer to a wrong request: a sentence begins in lower case, a NAME_OF_AN_ERROR stays."""
    sentence = reason if reason[1:2].isupper() or reason[1:2] == "_" else reason[:1].lower() + reason[1:]
    return ApiError(400, f"Bad Request: {sentence}", **parameters)


def forbidden(reason: str) -> ApiError:
    return ApiError(403, f"Forbidden: {reason}")
