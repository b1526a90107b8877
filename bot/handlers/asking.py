"""Questions -> answers."""

import logging
from time import perf_counter

from telegram import Message, Update

from bot import replies
from bot.answering import Answered, GoneError, Inquiry, answered, explained
from bot.asked import document_of, is_group, is_mentioned, is_reply_to, text_of, topic_of
from bot.callbacks import Action, Ask
from bot.desk import Context, Desk, asker_of, shown_to_work, wording_of
from bot.documents import asking_in
from bot.handlers.finding import indexing, named_document
from bot.notebook import Notebook
from bot.reply import Reply
from bot.sending import change, send
from bot.wording import Wording
from retrieval.search import Answer
from retrieval.verdicts import Verdict

log = logging.getLogger(__name__)


class Asking:
    """What is asked in messages, and in those that are changed later."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def ask(self, update: Update, context: Context) -> None:
        """Answer the question that stands behind /ask; without one, the message that it replies to."""
        if message := update.effective_message:
            await self._of(update, context, message, text_of(message, context.bot.bot))

    async def ask_in(self, update: Update, context: Context) -> None:
        """Answer the question behind /in and the name of a document, from that one only."""
        message, wording = update.effective_message, wording_of(update)
        if message is None:
            return
        said = text_of(message, context.bot.bot)
        library = await self._desk.librarian.soon()
        if library is None:
            await send(message, indexing(wording, self._desk))
            return
        named = named_document(wording, library, said, Ask(Action.ANSWER, asker=asker_of(update)))
        if isinstance(named, Reply):
            await send(message, named)
        elif not named.question:
            await send(message, asking_in(wording, library, named.document, context.bot.username))
        else:
            await self._answer(update, message, _inquiry(update, context, said, is_named=True))

    async def in_private(self, update: Update, context: Context) -> None:
        """Answer a text."""
        if message := update.effective_message:
            await self._of(update, context, message, text_of(message, context.bot.bot))

    async def in_group(self, update: Update, context: Context) -> None:
        """Answer a text if it is meant for us: a reply to us, or a mention of us."""
        message, bot = update.effective_message, context.bot.bot
        if message and (is_mentioned(message, bot) or is_reply_to(message, bot)):
            await self._of(update, context, message, text_of(message, bot))

    async def edited(self, update: Update, context: Context) -> None:
        """Answer a question that was changed in the message of its answer."""
        message = update.effective_message
        if message is None:
            return
        chat, number = message.chat_id, message.message_id
        answer = await self._desk.note(lambda notebook: notebook.answer_to(chat, number))
        question = text_of(message, context.bot.bot)
        if answer is None or not question:
            return
        done = await self._find(wording_of(update), _inquiry(update, context, question, message))
        await change(context.bot, chat, answer, done.reply)

    async def why(self, update: Update, context: Context) -> None:
        """Say why the passages for a question are found: the one behind /why, or of the answer replied to."""
        message, wording = update.effective_message, wording_of(update)
        if message is None:
            return
        bot = context.bot.bot
        question = text_of(message, bot)
        if not question and is_reply_to(message, bot) and message.reply_to_message:
            await self._why_of(update, context, message, message.reply_to_message)
        elif not question:
            await send(message, Reply(wording.why_usage))
        else:
            await send(message, await self._explained(wording, _inquiry(update, context, question, message)))

    async def migrated(self, update: Update, _: Context) -> None:
        """Note that a group has become a supergroup, which has another id."""
        message = update.effective_message
        if message and message.migrate_to_chat_id:
            old, new = message.chat_id, message.migrate_to_chat_id
            await self._desk.note(lambda notebook: notebook.note_migration(old, new))

    async def _why_of(self, update: Update, context: Context, message: Message, answer: Message) -> None:
        """Explain an answer. Telegram gives back the question when its message is replied to."""
        wording, chat = wording_of(update), message.chat_id
        number = await self._desk.note(lambda notebook: notebook.question_of(chat, answer.message_id))
        sent = None
        if number is not None:
            sent = await context.bot.send_message(
                chat, wording.looking, reply_to_message_id=number, message_thread_id=topic_of(message)
            )
        question = sent and sent.reply_to_message and text_of(sent.reply_to_message, context.bot.bot)
        reply = Reply(wording.question_gone)
        if question:
            reply = await self._explained(wording, _inquiry(update, context, question))
        if sent is None:
            await send(message, reply)
        else:
            await change(context.bot, chat, sent.message_id, reply)

    async def _explained(self, wording: Wording, inquiry: Inquiry) -> Reply:
        passages = self._desk.passages
        return await self._desk.librarian.ask(lambda library: explained(wording, library, inquiry, passages))

    async def _of(self, update: Update, context: Context, message: Message, question: str) -> None:
        """Answer what a message asks; where it asks nothing, the message of somebody else it replies to."""
        replied = message.reply_to_message
        if not question and replied and is_group(message.chat) and not is_reply_to(message, context.bot.bot):
            message, question = replied, text_of(replied, context.bot.bot)
        if not question:
            await self._usage(update, message)
            return
        await self._answer(update, message, _inquiry(update, context, question, message))

    async def _usage(self, update: Update, message: Message) -> None:
        wording, library = wording_of(update), await self._desk.librarian.soon()
        await send(message, replies.usage(wording, library) if library else indexing(wording, self._desk))

    async def _answer(self, update: Update, message: Message, inquiry: Inquiry) -> None:
        """Answer in reply to a message."""
        async with shown_to_work(message):
            done = await self._find(wording_of(update), inquiry)
        sent = await send(message, done.reply)
        await self._desk.note(lambda notebook: self._note(notebook, message, sent, done.answer))

    async def _find(self, wording: Wording, inquiry: Inquiry) -> Answered:
        start, passages = perf_counter(), self._desk.passages
        try:
            done = await self._desk.librarian.ask(
                lambda library: answered(wording, library, inquiry, passages)
            )
        except GoneError as gone:
            return Answered(Reply(str(gone)), None)
        if answer := done.answer:
            elapsed = 1000 * (perf_counter() - start)
            log.info("Answered: %s, %d hits, found in %.0f ms", answer.verdict, len(answer.hits), elapsed)
        return done

    def _note(self, notebook: Notebook, message: Message, sent: Message, answer: Answer | None) -> None:
        notebook.note_answer(message.chat_id, message.message_id, sent.message_id)
        if answer is None:
            return
        is_answered = answer.verdict is not Verdict.NONE
        notebook.count(is_answered=is_answered)
        if self._desk.keeps_missed and not is_answered:
            notebook.note_missed(answer.question)


def _inquiry(
    update: Update, context: Context, question: str, message: Message | None = None, *, is_named: bool = False
) -> Inquiry:
    """What is asked: of the document alone whose card the message replies to."""
    scope = document_of(message, context.bot.bot) if message else None
    ask = Ask(Action.ANSWER, asker=asker_of(update), scope=scope)
    return Inquiry(question, ask, context.bot.username, is_group(update.effective_chat), is_named)
