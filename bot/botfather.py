"""The bot as Telegram has it -> the switches at @BotFather that features lack."""

from telegram import User

SWITCHES = {
    "lacks_groups": "Mentions in groups do not reach it: /setprivacy at @BotFather, then add it to them anew",
    "lacks_inline": "Inline mode is off: /setinline at @BotFather",
}
"""What is lacking, by the name of its wording, and what the log says of it."""


def lacking(bot: User) -> list[str]:
    """The features that the bot lacks, by the names of their wordings."""
    has = {"lacks_groups": bot.can_read_all_group_messages, "lacks_inline": bot.supports_inline_queries}
    return [name for name in SWITCHES if not has[name]]
