"""Questions -> answers."""

import logging
from dataclasses import replace
from time import perf_counter

from telegram import Message, Update

from bot import replies
from bot.answering import Answered, GoneError, Inquiry, answered, explained
from bot.asked import (
    ask_of,
    document_of,
    is_for,
    is_group,
    is_named_question,
    is_reply_to,
    text_of,
    topic_of,
)
from bot.callbacks import Action, Ask
from bot.desk import Context, Desk, asker_of, shown_to_work, wording_of
from bot.documents import asking_in
from bot.handlers.finding import indexing, named_document
from bot.notebook import Notebook
from bot.reply import Reply
from bot.sending import change, send
from bot.wording import Wording
from retrieval.addresses import hash_of
from retrieval.verdicts import Verdict

log = logging.getLogger(__name__)


class Asking:
    """What is asked in messages, and in those that are changed later."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def ask(self, update: Update, context: Context) -> None:
        """Answer what a message asks: behind /ask, behind /in and the name of a document, or as it stands."""
        message = update.effective_message
        if message is None:
            return
        async with shown_to_work(message):
            asked, done = await self._done(update, context, message)
        if done.reply is None:
            return
        sent = await send(asked, done.reply)
        # Nothing comes between an answer and the update's being struck out, or it might be answered again.
        self._desk.note_later(lambda notebook: self._note(notebook, asked, sent, done))

    async def in_group(self, update: Update, context: Context) -> None:
        """Answer a message if it is meant for us: a reply or a mention, or a command below a picture."""
        message, bot = update.effective_message, context.bot.bot
        if message and is_for(message, bot):
            await self.ask(update, context)

    async def edited(self, update: Update, context: Context) -> None:
        """Answer a question that was changed in the message of its answer, if it is meant for us still: in a
        group another may have asked what somebody wrote, and has an answer to that.
        """
        message = update.effective_message
        if message is None or not is_for(message, context.bot.bot):
            return
        chat, number = message.chat_id, message.message_id
        answer = await self._desk.note(lambda notebook: notebook.answer_to(chat, number))
        if answer is not None:
            _, done = await self._done(update, context, message)
            if done.reply is not None:
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
            await send(message, await self._explained(wording, _inquiry(update, context, message, question)))

    async def migrated(self, update: Update, context: Context) -> None:
        """Note that a group has become a supergroup, which has another id."""
        message = update.effective_message
        if message and message.migrate_to_chat_id:
            await self._desk.migrate(context.bot, message.chat, message.migrate_to_chat_id)

    async def _why_of(self, update: Update, context: Context, message: Message, answer: Message) -> None:
        """Explain an answer. Telegram gives back the question when its message is replied to."""
        wording, chat = wording_of(update), message.chat_id
        number = await self._desk.note(lambda notebook: notebook.question_of(chat, answer.message_id))
        if number is None:
            await send(message, Reply(wording.why_usage))
            return
        sent = await context.bot.send_message(
            chat, wording.looking, reply_to_message_id=number, message_thread_id=topic_of(message)
        )
        question, reply = sent.reply_to_message, Reply(wording.question_gone)
        if question and (text := text_of(question, context.bot.bot)):
            inquiry = _inquiry(update, context, question, text, ask_of(answer))
            reply = await self._explained(wording, inquiry)
        await change(context.bot, chat, sent.message_id, reply)

    async def _explained(self, wording: Wording, inquiry: Inquiry) -> Reply:
        passages = self._desk.passages
        try:
            return await self._desk.librarian.ask(
                lambda library: explained(wording, library, inquiry, passages)
            )
        except GoneError as gone:
            return Reply(str(gone))

    async def _done(self, update: Update, context: Context, message: Message) -> tuple[Message, Answered]:
        """The message that asks, and what it is answered: in a group a bare mention in reply to somebody asks
        what that one wrote.
        """
        wording, bot = wording_of(update), context.bot.bot
        question, replied = text_of(message, bot), message.reply_to_message
        if is_named_question(message, bot):
            return message, await self._in_document(update, context, message, question)
        if not question and replied and is_group(message.chat) and not is_reply_to(message, bot):
            question = text_of(replied, bot)
            message = replied if question else message
        if question:
            return message, await self._find(update, wording, _inquiry(update, context, message, question))
        library = await self._desk.librarian.soon()
        usage = replies.usage(wording, library) if library else indexing(wording, self._desk)
        return message, Answered(usage)

    async def _in_document(self, update: Update, context: Context, message: Message, said: str) -> Answered:
        """Answer the question behind the name of a document, from that one only."""
        wording, library = wording_of(update), await self._desk.librarian.soon()
        if library is None:
            return Answered(indexing(wording, self._desk))
        named = named_document(wording, library, said, Ask(Action.ANSWER, asker=asker_of(update)))
        if isinstance(named, Reply):
            return Answered(named)
        if not named.question:
            return Answered(asking_in(wording, library, named.document, context.bot.username))
        scope = hash_of(library.index.documents[named.document].source)
        inquiry = _inquiry(update, context, message, said, Ask(Action.ANSWER, scope=scope))
        return await self._find(update, wording, inquiry)

    async def _find(self, update: Update, wording: Wording, inquiry: Inquiry) -> Answered:
        start, passages = perf_counter(), self._desk.passages
        try:
            done = await self._desk.librarian.ask(
                lambda library: answered(wording, library, inquiry, passages)
            )
        except GoneError as gone:
            return Answered(Reply(str(gone)))
        if answer := done.answer:
            elapsed = 1000 * (perf_counter() - start)
            told = {"verdict": answer.verdict.value, "hits": len(answer.hits), "ms": round(elapsed)}
            log.info("Answered", extra={"update": update.update_id, **told})
        return done

    def _note(self, notebook: Notebook, asked: Message, sent: Message, done: Answered) -> None:
        notebook.note_answer(asked.chat_id, asked.message_id, sent.message_id)
        if answer := done.answer:
            notebook.count(is_answered=answer.verdict is not Verdict.NONE)
            if self._desk.keeps_missed and done.is_missed:
                notebook.note_missed(answer.question)


def _inquiry(
    update: Update, context: Context, message: Message, question: str, ask: Ask | None = None
) -> Inquiry:
    """What a message asks: of the document alone that is given, or whose card the message replies to."""
    is_named = is_named_question(message, context.bot.bot)
    scope = None if is_named else document_of(message, context.bot.bot)
    ask = replace(ask or Ask(Action.ANSWER, scope=scope), asker=asker_of(update))
    return Inquiry(question, ask, context.bot.username, is_group(update.effective_chat), is_named)
