"""What of a folder could not be read, and why."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


MOST_NAMED = 5
"""Damaged parts of a file that are named."""

LONGEST_NAME = 60
"""Characters of the name of one."""


class Reason(StrEnum):
    """Why a file, or a line of it, could not be read."""

    FORMAT = "its format is not read; save it as .docx, .pdf or .txt"
    DOCUMENT = "its format is not read; open it with its program and save it as .docx"
    SHEET = "its format is not read; open it with its program and save it as .xlsx, or as .docx"
    SLIDES = "its format is not read; open it with its program and save it as .pptx, or as .docx"
    BINARY = "it is no text, whatever its name; open it with its program and save it as plain text"
    DAMAGED = "it is damaged, or not what its name says; open it with its program and save it anew"
    LOCKED = "it needs a password; save it without"
    SCAN = "its pages are pictures without text, as of a scan; have the text recognized (OCR) and save that"
    EMPTY = "it is empty"
    ACCESS = "it cannot be opened"
    OUTSIDE = "it is a link that leads out of the folder; put the file or folder itself there"
    NOWHERE = "it is a link that leads to nothing; remove it, or put the file itself there"
    SIZE = "it is too large; split it"
    TIME = "to read it took too long; split it, or save it in another format"
    MEMORY = "to read it took too much memory; split it, or save it in another format"
    CRASH = "what reads it broke down over it; open it with its program and save it anew"
    REPLACED = "it is read, but some characters of it are damaged"
    PARTLY = "it is read, but a part of it is damaged; open it with its program and save it anew"
    FORMULAS = "it is read, but some formulas hold no result; open it with its program and save it anew"
    MISPLACED = "it counts only at the top of the documents folder; move it there"
    MISNAMED = "it is named almost as a list of words; rename a document to something else, a list to this"
    TERM = "one term is expected on a line, of 2 to 40 characters"
    WORD = "one word is expected on a line, of at most 40 characters"
    GROUP = "two different words or more are expected on a line, with commas or blanks between them"


SERVED = frozenset({Reason.REPLACED, Reason.PARTLY, Reason.FORMULAS})
"""What is wrong with a file that answers all the same."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """What could not be read of a file that is read otherwise: why, and how much or which of it."""

    reason: Reason
    detail: str

    @classmethod
    def of_parts(cls, names: Sequence[str]) -> Self:
        """The flaw of a file of which some parts, by their names, are damaged."""
        named = [name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…" for name in names]
        more = ["…"] if len(named) > MOST_NAMED else []
        return cls(Reason.PARTLY, ", ".join([*named[:MOST_NAMED], *more]))


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

    @property
    def said(self) -> str:
        """A line of a log."""
        return str(self) if self.is_served else f"Skipped {self}"

    @property
    def is_served(self) -> bool:
        """Whether the rest of the file answers all the same."""
        return self.line is not None or self.reason in SERVED

    def __str__(self) -> str:
        place = self.source if self.line is None else f"{self.source}, line {self.line}"
        return f"{place}: {self.why}"

    @property
    def why(self) -> str:
        """The reason with its detail."""
        return f"{self.reason} ({self.detail})" if self.detail else f"{self.reason}"


class UnreadableError(Exception):
    """A file that cannot be read, and why; whoever knows its name makes a problem of it."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason} ({detail})" if detail else f"{reason}")
        self.reason, self.detail = reason, on_one_line(detail)

    def of(self, source: str) -> Problem:
        """The problem of the file of a name."""
        return Problem(source, self.reason, self.detail)


def on_one_line(text: str) -> str:
    """The text without what would forge lines of the log, or command the terminal that shows it."""
    return CONTROL.sub("\ufffd", text)
