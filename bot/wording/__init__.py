"""Language code -> the words the bot speaks."""

from bot.wording.en import ENGLISH
from bot.wording.wording import Wording
from bot.wording.zh import CHINESE

LANGUAGES = (CHINESE, ENGLISH)
"""The first is for everybody whose language is not among them."""


def wording_for(language_code: str | None) -> Wording:
    """The words for a person, by the language that their Telegram speaks."""
    spoken = (language_code or "").lower().split("-")[0]
    return next((wording for wording in LANGUAGES if wording.language == spoken), CHINESE)


__all__ = ["CHINESE", "ENGLISH", "LANGUAGES", "Wording", "wording_for"]
