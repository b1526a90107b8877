"""Message -> the question in it."""

import re

from telegram import Chat, Message, MessageEntity, User

from bot.callbacks import Action, Ask
from bot.links import linked_document
from bot.wording import LANGUAGES

_COMMAND = re.compile(r"/(?:ask|why|in)(?:@\w+)?(?!\w)", re.ASCII | re.IGNORECASE)
"""A command before a question, which may follow without a blank."""

OURS = frozenset([*LANGUAGES[0].commands, *LANGUAGES[0].admin_commands])
"""Our commands."""

_IN = re.compile(r"/in(?:@\w+)?(?!\w)", re.ASCII | re.IGNORECASE)


def is_group(chat: Chat | None) -> bool:
    """Whether others read along."""
    return chat is not None and chat.type != Chat.PRIVATE


def topic_of(message: Message) -> int | None:
    """The topic of a forum that a message stands in."""
    return message.message_thread_id if message.is_topic_message else None


def is_addressed_command(message: Message, bot: User) -> bool:
    """Whether a command names this bot, as /list@our_bot does; a bare one in a group may be meant for any."""
    return _command(message).endswith(f"@{bot.username}".lower())


def text_of(message: Message, bot: User) -> str:
    """What a message asks, without the command it begins with and without mentions of us."""
    text = _without_mentions(message, bot)
    return _COMMAND.sub("", text, count=1).strip() if _COMMAND.match(text) else text


def is_named_question(message: Message, bot: User) -> bool:
    """Whether a message asks by /in, before which we may be mentioned: the name of a document stands before
    the question.
    """
    return _IN.match(_without_mentions(message, bot)) is not None


def is_mentioned(message: Message, bot: User) -> bool:
    """Whether a message mentions us."""
    return bool(_mentions(message, bot))


def is_reply_to(message: Message, bot: User) -> bool:
    """Whether a message replies to one of ours."""
    replied = message.reply_to_message
    return replied is not None and replied.from_user is not None and replied.from_user.id == bot.id


def is_for(message: Message, bot: User) -> bool:
    """Whether a message is meant for us: any in private, else our command, a mention of us, a reply to us."""
    if not is_group(message.chat) or _is_our_command(message, bot):
        return True
    return is_mentioned(message, bot) or is_reply_to(message, bot)


def ask_of(answer: Message) -> Ask:
    """What an answer is an answer to, without the question: what its buttons say, or the document that it
    says it is from.
    """
    rows = answer.reply_markup.inline_keyboard if answer.reply_markup else ()
    asks = [Ask.read(f"{button.callback_data}") for row in rows for button in row if button.callback_data]
    if asks and asks[0]:
        return Ask(Action.ANSWER, scope=asks[0].scope, change=asks[0].change)
    links = [linked_document(entity.url) for entity in answer.entities if entity.url]
    return Ask(Action.ANSWER, scope=next((link for link in links if link), None))


def document_of(message: Message, bot: User) -> str | None:
    """The hash of the path of the document whose card, or question about it, a message replies to."""
    replied = message.reply_to_message
    if replied is None or not is_reply_to(message, bot) or not (replied.entities and replied.text):
        return None
    first = replied.entities[0]
    # Only such messages begin with a link to a document; an answer has links behind what it quotes.
    return linked_document(first.url) if first.url and first.offset == 0 else None


def _command(message: Message) -> str:
    """The command that a message, or the words below its picture, begin with; nothing where there is none."""
    commands: list[str | None] = [MessageEntity.BOT_COMMAND]
    found = message.parse_entities(commands) if message.text else message.parse_caption_entities(commands)
    return next((said.lower() for entity, said in found.items() if entity.offset == 0), "")


def _is_our_command(message: Message, bot: User) -> bool:
    """Whether a message begins with a command that we know and that names no other bot."""
    name, _, addressee = _command(message).partition("@")
    return name[1:] in OURS and addressee in {"", f"{bot.username}".lower()}


def _without_mentions(message: Message, bot: User) -> str:
    text = (message.text or message.caption or "").encode("utf-16-le", "surrogatepass")  # as entities count
    for entity in sorted(_mentions(message, bot), key=lambda entity: -entity.offset):
        before, after = text[: 2 * entity.offset], text[2 * (entity.offset + entity.length) :]
        text = before + " ".encode("utf-16-le") + after
    return text.decode("utf-16-le", "replace").strip()


def _mentions(message: Message, bot: User) -> list[MessageEntity]:
    kinds: list[str | None] = [MessageEntity.MENTION, MessageEntity.TEXT_MENTION]
    found = message.parse_entities(kinds) if message.text else message.parse_caption_entities(kinds)
    return [entity for entity, part in found.items() if _is_ours(entity, part, bot)]


def _is_ours(entity: MessageEntity, part: str, bot: User) -> bool:
    if entity.user is not None:
        return entity.user.id == bot.id
    return part.lower() == f"@{bot.username}".lower()
