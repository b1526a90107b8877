"""What there is to say, in any language."""

from collections.abc import Mapping
from dataclasses import dataclass

from retrieval.reading import Reason


@dataclass(frozen=True, slots=True)
class Wording:
    """The sentences of one language, in Telegram's HTML, with {places} to fill in.

    `commands` describes the commands for their menu, in its order.
    """

    language: str
    commands: Mapping[str, str]
    welcome: str
    how_to_ask: str
    help: str
    example: str
    usage: str
    empty: str
    perhaps: str
    none: str
    place: str
    places: str
    listing: str
    listed: str
    previous_page: str
    next_page: str
    problems: str
    problem: str
    more_problems: str
    reasons: Mapping[Reason, str]
    unknown_command: str
    only_text: str
    button_expired: str
    apology: str
