"""A message in a chat -> whether Telegram shows it to the bot."""

from standin_entities import utf16_slice
from standin_people import Person
from standin_values import Message


def reaches(bot: Person, message: Message, *, privacy: bool, last_bot: Person | None) -> bool:
    """`privacy` is the bot's privacy mode, `last_bot` the last bot to have written in the chat.

    With privacy on a group shows a bot the replies to it, commands that name it, commands that name
    nobody where it was the last bot to write, its own inline results, and service messages; a mention is
    not enough. A message is shown to one such bot only, and a reply goes before a command:
    `/list@another_bot` as a reply to this bot comes here, `/list@this_bot` as a reply to another bot
    does not.
    """
    if message.from_bot:
        return False
    if message.chat.kind == "private" or message.service is not None:
        return True
    if not privacy or message.chat.bot_is_admin or message.via_bot == bot:
        return True
    if message.reply_to is not None and message.reply_to.from_bot:
        return message.reply_to.sender == bot
    return _is_for(bot, _command(message), last_bot)


def _command(message: Message) -> str:
    """The command the message begins with, empty without one."""
    for entity in message.entities:
        if entity.type == "bot_command" and entity.offset == 0:
            return utf16_slice(message.text, entity.offset, entity.length)
    return ""


def _is_for(bot: Person, command: str, last_bot: Person | None) -> bool:
    name, at, username = command.partition("@")
    if at:
        return username.casefold() == (bot.username or "").casefold()
    return bool(name) and last_bot == bot
