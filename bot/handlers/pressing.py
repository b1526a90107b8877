"""Pressed buttons -> what they ask for, in the message that they are below."""

from telegram import CallbackQuery, ChatMember, Message, Update
from telegram.error import TelegramError

from bot.answering import GoneError, Inquiry, answered, document_at, viewed
from bot.asked import is_group, is_named_question, text_of
from bot.callbacks import Action, Ask
from bot.decisions import Decisions
from bot.desk import Context, Desk, wording_of
from bot.documents import asking_in, document_card, listing
from bot.files import FilesForbiddenError, FileTooLargeError, send_document
from bot.handlers.adding import Adding
from bot.handlers.overseeing import Overseeing
from bot.handlers.removing import SURE, Removing
from bot.limits import MEGABYTE
from bot.reply import Reply
from bot.sending import send, show, told
from bot.wording import Wording
from retrieval.library import Library

OF_AN_ANSWER = (Action.ANSWER, Action.PASSAGE)
"""What needs the question."""

IN_PLACE = (*OF_AN_ANSWER, Action.READ, Action.DOCUMENTS, Action.DOCUMENT)
"""What is shown where the button was."""


class Pressing:
    """What is done when a button is pressed, however old its message is."""

    def __init__(self, desk: Desk, adding: Adding, removing: Removing, overseeing: Overseeing) -> None:
        """The others do what the buttons of admins say."""
        self._desk, self._decisions = desk, Decisions()
        self._adding, self._removing, self._overseeing = adding, removing, overseeing

    async def press(self, update: Update, context: Context) -> None:
        """Do what a button says."""
        query, wording = update.callback_query, wording_of(update)
        if query is None:
            return
        ask = Ask.read(query.data or "")
        if ask is None or not isinstance(query.message, Message) or not query.message.is_accessible:
            await told(query, wording.button_expired)
        elif not await self._may_press(query, query.message, ask):
            await told(query, wording.not_yours)
        else:
            try:
                await self._do(query, query.message, context, wording, ask)
            except GoneError as gone:
                await told(query, str(gone), alert=True)

    async def _do(
        self, query: CallbackQuery, message: Message, context: Context, wording: Wording, ask: Ask
    ) -> None:
        inquiry = _inquiry(message, context, wording, ask)
        if ask.action in IN_PLACE:
            for_admin = self._desk.is_of_admin(query.from_user, message.chat)
            reply = await self._desk.librarian.ask(
                lambda library: self._shown(wording, library, inquiry, for_admin=for_admin)
            )
            await show(query, reply)
        elif ask.action is Action.ASK_IN:
            username = context.bot.username
            reply = await self._desk.librarian.ask(
                lambda library: asking_in(
                    wording, library, document_at(wording, library, ask.scope), username
                )
            )
            await told(query)
            await send(_of_presser(query, message), reply)
        elif ask.action is Action.FILE:
            await self._send_file(query, message, wording, ask)
        elif query.from_user.id not in self._desk.admins:
            await told(query, wording.admin_only)
        else:
            await self._do_for_admin(query, message, context, wording, ask)

    async def _do_for_admin(
        self, query: CallbackQuery, message: Message, context: Context, wording: Wording, ask: Ask
    ) -> None:
        if ask.action is Action.MISSED:
            await show(query, await self._overseeing.page_of_missed(wording, ask.page))
        elif message in self._decisions:
            await told(query)
        elif ask.action is Action.REMOVE and ask.page != SURE:
            await self._removing.confirm(query, wording, ask)
        else:
            self._decisions.note(message)
            await self._decide(query, message, context, wording, ask)

    async def _decide(
        self, query: CallbackQuery, message: Message, context: Context, wording: Wording, ask: Ask
    ) -> None:
        match ask.action:
            case Action.REMOVE:
                await self._removing.carry_out(query, wording, ask)
            case Action.REPLACE | Action.KEEP_BOTH:
                await self._adding.keep(query, message, context, wording, ask)
            case _:
                await show(query, Reply(wording.cancelled))

    def _shown(self, wording: Wording, library: Library, inquiry: Inquiry, *, for_admin: bool) -> Reply:
        ask = inquiry.ask
        match ask.action:
            case Action.ANSWER:
                done = answered(wording, library, inquiry, self._desk.passages)
                return done.reply or Reply(wording.none_in_group)  # it was edited into thanks
            case Action.PASSAGE | Action.READ:
                return viewed(wording, library, inquiry)
            case Action.DOCUMENTS:
                return listing(wording, library, ask, for_admin=for_admin)
            case _:
                number = document_at(wording, library, ask.scope)
                return document_card(wording, library, number, ask, inquiry.username)

    async def _send_file(self, query: CallbackQuery, message: Message, wording: Wording, ask: Ask) -> None:
        source = await self._desk.librarian.ask(lambda library: _source(wording, library, ask))
        try:
            await send_document(message, self._desk, source)
        except FilesForbiddenError:
            await told(query, wording.files_forbidden, alert=True)
            return
        except FileNotFoundError:
            await send(message, Reply(wording.file_gone))
        except FileTooLargeError as error:
            await send(message, Reply(wording.file_large.format(most=error.most // MEGABYTE)))
        await told(query)

    async def _may_press(self, query: CallbackQuery, message: Message, ask: Ask) -> bool:
        """In a group: who asked, and who looks after the bot or the group."""
        user = query.from_user
        if not is_group(message.chat) or ask.asker in {0, user.id} or user.id in self._desk.admins:
            return True
        try:
            member = await message.chat.get_member(user.id)
        except TelegramError:
            return False
        return member.status in {ChatMember.ADMINISTRATOR, ChatMember.OWNER}


def _inquiry(message: Message, context: Context, wording: Wording, ask: Ask) -> Inquiry:
    """What a button below a message asks. Raises GoneError where its question is needed and was deleted."""
    bot = context.bot.bot
    question, is_named = "", False
    if ask.action in OF_AN_ANSWER:
        asked = message.reply_to_message
        question = text_of(asked, bot) if asked else ""
        if asked is None or not question:
            raise GoneError(wording.question_gone)
        is_named = is_named_question(asked, bot)
    return Inquiry(question, ask, bot.username or "", is_group(message.chat), is_named)


def _of_presser(query: CallbackQuery, message: Message) -> Message:
    """The message that whoever pressed a button had sent for what it is below, if it was they, and else that.

    In a group a prompt opens the field only for the sender of what it replies to.
    """
    asked = message.reply_to_message
    return asked if asked and asked.from_user == query.from_user else message


def _source(wording: Wording, library: Library, ask: Ask) -> str:
    """The path of the document that a button is about."""
    scope = ask.passage.document if ask.passage else ask.scope
    return library.index.documents[document_at(wording, library, scope)].source
