"""What a button asks for <-> its callback data, which outlives the process."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from retrieval.addresses import HASH, Address

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
"""Numbers are written in base 36."""

_DATA = re.compile(
    rf"(?P<action>[a-z])(?P<page>[0-9a-z]{{0,4}}):(?P<asker>[0-9a-z]{{0,11}}):(?P<scope>(?:{HASH})?)"
    rf":(?P<change>[0-9a-z]{{0,4}}):(?P<passage>.{{0,26}})",
    re.ASCII,
)


class Action(StrEnum):
    """What a button does."""

    ANSWER = "a"
    """Shows a page of the answer, counted from zero."""
    PASSAGE = "v"
    """Shows a passage of an answer by itself."""
    READ = "o"
    """Shows a passage of a document by itself, without a question."""
    FILE = "f"
    """Sends the document that a passage stands in, or that is the scope."""
    DOCUMENTS = "l"
    """Shows a page of the list of documents."""
    DOCUMENT = "d"
    """Shows the card of a document, with a page of its outline."""
    ASK_IN = "q"
    """Lets one ask in a document only."""
    REPLACE = "r"
    """Lets a file that was sent take the place of the one of its name."""
    KEEP_BOTH = "k"
    """Lets a file that was sent stand beside the one of its name."""
    REMOVE = "x"
    """Removes a document."""
    MISSED = "m"
    """Shows a page of the questions that nothing answered."""
    CANCEL = "c"
    """Leaves everything as it is."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What a button asks for: at most 64 bytes when written.

    `asker` is the user id of whoever may press it in a group, 0 for anybody; `scope` the hash of the only
    document that is asked, `change` the number of the change of the question, counted from one.
    """

    action: Action
    page: int = 0
    asker: int = 0
    scope: str | None = None
    change: int = 0
    passage: Address | None = None

    def __str__(self) -> str:
        passage = "" if self.passage is None else str(self.passage)
        numbers = (_written(self.page), _written(self.asker), self.scope or "", _written(self.change))
        return f"{self.action}{':'.join([*numbers, passage])}"

    @classmethod
    def read(cls, data: str) -> Self | None:
        """What was written, None where it is nothing of ours, or of another version."""
        found = _DATA.fullmatch(data)
        if found is None or found["action"] not in set(Action):
            return None
        passage = Address.read(found["passage"])
        if found["passage"] and passage is None:
            return None
        return cls(
            Action(found["action"]),
            _read(found["page"]),
            _read(found["asker"]),
            found["scope"] or None,
            _read(found["change"]),
            passage,
        )


def _written(number: int) -> str:
    """A number in base 36; nothing for 0."""
    digits = ""
    while number:
        number, digit = divmod(number, len(DIGITS))
        digits = DIGITS[digit] + digits
    return digits


def _read(written: str) -> int:
    return int(written or "0", len(DIGITS))
