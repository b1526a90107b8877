"""What this is, how to ask, and which documents there are."""

import logging
from collections.abc import Callable
from functools import partial

from telegram import Update
from telegram.error import TelegramError

from bot import replies
from bot.answering import GoneError, document_at, opened
from bot.asked import is_group
from bot.botfather import lacking
from bot.callbacks import Action, Ask
from bot.desk import Context, Desk, asker_of, wording_of
from bot.documents import document_card, listing
from bot.handlers.finding import indexing
from bot.links import linked
from bot.reply import Reply
from bot.sending import send
from bot.wording import Wording
from retrieval.addresses import Address
from retrieval.library import Library

log = logging.getLogger(__name__)


class Browsing:
    """What somebody looks at without a question."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def start(self, update: Update, context: Context) -> None:
        """Say what this is, or open what a link leads to."""
        payload = " ".join(context.args or ())
        target = linked(payload)
        if target is None:
            features = await self._lacking(update, context)
            welcome = partial(replies.welcome, features=features, in_group=is_group(update.effective_chat))
            if not await self._show(update, welcome):
                self._desk.background.begin(self._welcome(update, welcome))
            return
        username, asker = context.bot.username, asker_of(update)
        await self._show(update, lambda wording, library: _linked(wording, library, target, username, asker))

    async def _welcome(self, update: Update, welcome: Callable[[Wording, Library], Reply]) -> None:
        """Say what this is when the documents are read."""
        await self._desk.librarian.opened()
        try:
            await self._show(update, welcome)
        except TelegramError as error:
            log.warning("The welcome was not sent: %s", error)

    async def _lacking(self, update: Update, context: Context) -> list[str]:
        """What the bot could do if it were set up so, for an admin in private."""
        wording = wording_of(update)
        if not self._desk.is_of_admin(update.effective_user, update.effective_chat):
            return []
        await context.bot.get_me()  # the switches may have been turned since the start
        return [wording.send_files, *(getattr(wording, name) for name in lacking(context.bot.bot))]

    async def help(self, update: Update, _: Context) -> None:
        """Say how to ask."""
        await self._show(update, replies.explained)

    async def privacy(self, update: Update, _: Context) -> None:
        """Say what is kept."""
        wording = wording_of(update)
        missed = "" if self._desk.keeps_missed else wording.privacy_off
        await _send(update, Reply(wording.privacy.format(missed=missed)))

    async def only_for_admins(self, update: Update, _: Context) -> None:
        """Say that a command is for others."""
        await _send(update, Reply(wording_of(update).admin_only))

    async def unknown_command(self, update: Update, _: Context) -> None:
        """Say that there is no such command."""
        await _send(update, Reply(wording_of(update).unknown_command))

    async def no_text(self, update: Update, _: Context) -> None:
        """Say that only text can be read."""
        message, wording = update.effective_message, wording_of(update)
        if message and not message.media_group_id:  # an album is many
            await _send(update, Reply(wording.only_admins_add if message.document else wording.only_text))

    async def list(self, update: Update, _: Context) -> None:
        """Show the first page of the documents."""
        for_admin = self._desk.is_of_admin(update.effective_user, update.effective_chat)
        ask = Ask(Action.DOCUMENTS, asker=asker_of(update))
        await self._show(update, lambda wording, library: listing(wording, library, ask, for_admin=for_admin))

    async def _show(self, update: Update, reply: Callable[[Wording, Library], Reply]) -> bool:
        """Send what depends on the library, or that it is not there yet; whether it was there."""
        wording, library = wording_of(update), await self._desk.librarian.soon()
        if library is None:
            await _send(update, indexing(wording, self._desk))
            return False
        await _send(update, await self._desk.librarian.ask(lambda library: reply(wording, library)))
        return True


def _linked(wording: Wording, library: Library, target: Address | str, username: str, asker: int) -> Reply:
    try:
        if isinstance(target, Address):
            return opened(wording, library, target, username, asker)
        number = document_at(wording, library, target)
    except GoneError as gone:
        return Reply(str(gone))
    ask = Ask(Action.DOCUMENT, asker=asker, scope=target)
    return document_card(wording, library, number, ask, username)


async def _send(update: Update, reply: Reply) -> None:
    if message := update.effective_message:
        await send(message, reply)
