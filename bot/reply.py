"""What is sent: a message in Telegram's HTML, and the buttons below it."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Button:
    """A button below a reply. It has `data`, which comes back when it is pressed, or is `copied` by that."""

    label: str
    data: str = ""
    copied: str = ""


Rows = tuple[tuple[Button, ...], ...]

IN_A_ROW = 5
"""Numbers in a row of buttons; Telegram takes eight."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A message to send. With a `prompt`, the person is asked for a reply to it, and reads the prompt in the
    empty field.
    """

    html: str
    rows: Rows = ()
    prompt: str = ""

    @property
    def buttons(self) -> tuple[Button, ...]:
        """All buttons, row by row."""
        return tuple(button for row in self.rows for button in row)


def in_rows(buttons: Sequence[Button]) -> Rows:
    """Buttons with numbers, one row below the other."""
    return tuple(tuple(buttons[at : at + IN_A_ROW]) for at in range(0, len(buttons), IN_A_ROW))
