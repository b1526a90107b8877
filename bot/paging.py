"""Page of a list -> the buttons that turn it."""

import math
from dataclasses import replace

from bot.callbacks import Ask
from bot.reply import Button
from bot.wording import Wording


def pages_of(count: int, size: int) -> int:
    """How many pages so many things fill; an empty list has one too."""
    return max(1, math.ceil(count / size))


def turning(wording: Wording, ask: Ask, page: int, pages: int) -> tuple[Button, ...]:
    """The buttons that ask for the page before one, counted from zero, and for the page behind it."""
    back = Button(wording.previous_page, str(replace(ask, page=page - 1))) if page else None
    ahead = Button(wording.next_page, str(replace(ask, page=page + 1))) if page + 1 < pages else None
    return tuple(button for button in (back, ahead) if button)
