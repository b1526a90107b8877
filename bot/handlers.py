"""Updates -> replies."""

import logging
import secrets
from collections.abc import Callable
from time import perf_counter

from telegram import Update
from telegram.error import ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError, TimedOut
from telegram.ext import ContextTypes

from bot import replies
from bot.addressing import question_in_group
from bot.librarian import Librarian
from bot.replies import Reply
from bot.sending import send, show
from bot.wording import Wording, wording_for
from retrieval.library import Library

Context = ContextTypes.DEFAULT_TYPE

OUT_OF_REACH = (ChatMigrated, Forbidden, InvalidToken, RetryAfter, TimedOut)
"""What leaves nobody to apologise to, for now at least."""

log = logging.getLogger(__name__)


class Handlers:
    """What the bot does with each kind of update; `routes` says which is which.

    `passages` is how many an answer shows, `admins` the user ids of those who see which files could
    not be read.
    """

    def __init__(self, librarian: Librarian, passages: int, admins: frozenset[int]) -> None:
        self._librarian = librarian
        self._passages = passages
        self._admins = admins

    async def start(self, update: Update, _: Context) -> None:
        """Say what this is."""
        await self._show(update, replies.welcome)

    async def help(self, update: Update, _: Context) -> None:
        """Say how to ask."""
        await self._show(update, replies.explained)

    async def unknown_command(self, update: Update, _: Context) -> None:
        """Say that there is no such command."""
        await _send(update, Reply(_wording(update).unknown_command))

    async def no_text(self, update: Update, _: Context) -> None:
        """Say that only text can be read."""
        if update.effective_message and not update.effective_message.media_group_id:  # an album is many
            await _send(update, Reply(_wording(update).only_text))

    async def list(self, update: Update, _: Context) -> None:
        """Show the first page of the documents."""
        await _send(update, await self._page(update, 1))

    async def turn_page(self, update: Update, context: Context) -> None:
        """Show another page of the documents in the same message."""
        if (query := update.callback_query) and context.match:
            await show(query, await self._page(update, int(context.match[1])))

    async def expired_button(self, update: Update, _: Context) -> None:
        """Say that a button does nothing any more."""
        if query := update.callback_query:
            await query.answer(_wording(update).button_expired)

    async def ask(self, update: Update, context: Context) -> None:
        """Answer the question that stands behind the command."""
        await self._answer(update, " ".join(context.args or ()))

    async def why(self, update: Update, context: Context) -> None:
        """Say why the passages for a question are found."""
        wording, question = _wording(update), " ".join(context.args or ())
        if not question.strip():
            await _send(update, Reply(wording.why_usage))
            return
        explanation = await self._librarian.explain(question, self._passages)
        await _send(update, replies.reasons(wording, explanation))

    async def ask_in_private(self, update: Update, _: Context) -> None:
        """Answer a text."""
        if message := update.effective_message:
            # Without a blank behind it, Telegram does not take /ask for a command.
            await self._answer(update, (message.text or "").removeprefix("/ask"))

    async def ask_in_group(self, update: Update, context: Context) -> None:
        """Answer a text if it is meant for us."""
        message = update.effective_message
        question = question_in_group(message, context.bot.bot) if message else None
        if question is not None:
            await self._answer(update, question)

    async def error(self, update: object, context: Context) -> None:
        """Log what went wrong, and tell the person whose update it was."""
        error = context.error
        if not isinstance(update, Update) or isinstance(error, OUT_OF_REACH):
            log.warning("Telegram cannot be reached or refuses: %s", error)
            return
        code = secrets.token_hex(3)
        log.error("Update %s failed [%s]", update.update_id, code, exc_info=error)
        try:
            await _send(update, Reply(_wording(update).apology.format(code=code)))
        except TelegramError as refused:
            log.warning("The apology [%s] was not sent: %s", code, refused)

    async def _answer(self, update: Update, question: str) -> None:
        wording = _wording(update)
        if not question.strip():
            await self._show(update, replies.usage)
            return
        start = perf_counter()
        library, answer = await self._librarian.answer(question, self._passages)
        elapsed = 1000 * (perf_counter() - start)
        await _send(update, replies.answered(wording, library, answer))
        log.info("Answered: %s, %d hits, found in %.0f ms", answer.verdict, len(answer.hits), elapsed)

    async def _page(self, update: Update, page: int) -> Reply:
        chat, user = update.effective_chat, update.effective_user
        # In a group everybody would read what is for admins.
        for_admin = (
            chat is not None and chat.type == chat.PRIVATE and user is not None and user.id in self._admins
        )
        library = await self._librarian.soon()
        if library is None:
            return self._indexing(update)
        return replies.listing(_wording(update), library, page, for_admin=for_admin)

    async def _show(self, update: Update, reply: Callable[[Wording, Library], Reply]) -> None:
        """Send what depends on the library, or that it is not there yet."""
        library = await self._librarian.soon()
        await _send(update, reply(_wording(update), library) if library else self._indexing(update))

    def _indexing(self, update: Update) -> Reply:
        return Reply(_wording(update).indexing.format(share=self._librarian.share))


def _wording(update: Update) -> Wording:
    user = update.effective_user
    return wording_for(user.language_code if user else None)


async def _send(update: Update, reply: Reply) -> None:
    if message := update.effective_message:
        await send(message, reply)
