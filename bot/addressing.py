"""Message -> the question in it, if it is meant for us."""

from telegram import Message, MessageEntity, User
from telegram.ext.filters import MessageFilter


def is_addressed_command(message: Message, bot: User) -> bool:
    """Whether a command names this bot, as /list@our_bot does; a bare one in a group may be meant for any."""
    if not message.entities or message.entities[0].type != MessageEntity.BOT_COMMAND:
        return False
    command = message.parse_entity(message.entities[0])
    return command.lower().endswith(f"@{bot.username}".lower())


def question_in_group(message: Message, bot: User) -> str | None:
    """What a message of a group asks us: the text of a reply to us, or of a mention, without it."""
    text, mentioned = _without_mention(message, bot)
    replied = message.reply_to_message
    if mentioned or (
        replied is not None and replied.from_user is not None and replied.from_user.id == bot.id
    ):
        return text
    return None


def _without_mention(message: Message, bot: User) -> tuple[str, bool]:
    mentions = message.parse_entities([MessageEntity.MENTION, MessageEntity.TEXT_MENTION])
    ours = [entity for entity, part in mentions.items() if _is_ours(entity, part, bot)]
    text = (message.text or "").encode("utf-16-le", "surrogatepass")  # in whose units entities count
    for entity in sorted(ours, key=lambda entity: -entity.offset):
        before, after = text[: 2 * entity.offset], text[2 * (entity.offset + entity.length) :]
        text = before + " ".encode("utf-16-le") + after
    return text.decode("utf-16-le", "surrogatepass").strip(), bool(ours)


def _is_ours(entity: MessageEntity, part: str, bot: User) -> bool:
    if entity.user is not None:
        return entity.user.id == bot.id
    return part.lower() == f"@{bot.username}".lower()


class AddressedCommand(MessageFilter):
    """Lets pass the commands that name this bot."""

    def filter(self, message: Message) -> bool:
        """Look at a message; it knows the bot that received it."""
        return is_addressed_command(message, message.get_bot().bot)
