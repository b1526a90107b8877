"""What of a folder could not be read, and why."""

import re
from dataclasses import dataclass
from enum import StrEnum

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class Reason(StrEnum):
    """Why a file, or a line of it, could not be read."""

    FORMAT = "its format is not read; save it as .txt or .md"
    BINARY = "it is no text, whatever its name; open it with its program and save it as plain text"
    EMPTY = "it is empty"
    ACCESS = "it cannot be opened"
    MISPLACED = "it counts only at the top of the documents folder; move it there"
    MISNAMED = "it is named almost as a list of words; rename a document to something else, a list to this"
    TERM = "one term is expected on a line, of 2 to 40 characters"
    WORD = "one word is expected on a line, of at most 40 characters"
    GROUP = "two different words or more are expected on a line, with commas or blanks between them"


@dataclass(frozen=True, slots=True)
class Problem:
    """A file that could not be read, or its `line`, counted from one.

    `detail` is what the system said of the file, if anything, the name that is nearly its own, or how the
    line begins.
    """

    source: str
    reason: Reason
    detail: str = ""
    line: int | None = None

    def __str__(self) -> str:
        place = self.source if self.line is None else f"{self.source}, line {self.line}"
        return f"{place}: {self.reason}" + (f" ({self.detail})" if self.detail else "")


def on_one_line(text: str) -> str:
    """The text without what would forge lines of the log, or command the terminal that shows it."""
    return CONTROL.sub("\ufffd", text)
