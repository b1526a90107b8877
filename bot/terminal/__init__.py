"""The terminal as a Telegram: lines typed <-> the Bot API."""

from bot.terminal.request import TerminalRequest

__all__ = ["TerminalRequest"]
