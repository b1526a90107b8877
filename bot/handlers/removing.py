"""Documents -> the trash, when an admin is sure."""

from functools import partial
from operator import attrgetter

from telegram import CallbackQuery, Update

from bot.answering import GoneError, document_at
from bot.callbacks import Action, Ask
from bot.cards import LONGEST_TITLE, file_name
from bot.desk import Context, Desk, wording_of
from bot.files import path_of
from bot.handlers.finding import which
from bot.librarian import RefreshError
from bot.limits import shorten
from bot.markup import plain
from bot.naming import documents_named
from bot.off_loop import in_thread
from bot.reply import Button, Reply
from bot.sending import send, show
from bot.uploads import TRASH, throw_away
from bot.wording import Wording
from retrieval.addresses import hash_of
from retrieval.library import Library

SURE = 1
"""The page of a button that says yes."""


class Removing:
    """What becomes of documents that are to be removed."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def remove(self, update: Update, context: Context) -> None:
        """Ask whether a document is to be removed that is called so."""
        message, wording = update.effective_message, wording_of(update)
        name = " ".join(context.args or ())
        if message is None:
            return
        if not name:
            await send(message, Reply(wording.remove_usage))
            return
        await send(
            message, await self._desk.librarian.ask(lambda library: _to_remove(wording, library, name))
        )

    async def confirm(self, query: CallbackQuery, wording: Wording, ask: Ask) -> None:
        """Remove a document, or ask whether that is meant."""
        desk = self._desk
        library = await desk.librarian.opened()
        try:
            number = document_at(wording, library, ask.scope)
        except GoneError as gone:
            await show(query, Reply(str(gone)))
            return
        if ask.page != SURE:
            await show(query, _confirm(wording, library, number))
            return
        source = library.index.documents[number].source
        path = await in_thread(partial(path_of, desk.folder, source))
        reply = Reply(wording.file_gone)
        if path is not None:
            try:
                await in_thread(partial(throw_away, desk.folder, path))
                await desk.librarian.refresh()
            except (OSError, RefreshError) as error:
                reply = Reply(wording.not_saved.format(reason=plain(f"{error}").html))
            else:
                trash = file_name(TRASH).html
                reply = Reply(wording.removed.format(name=file_name(source).html, trash=trash))
        await show(query, reply)


def _to_remove(wording: Wording, library: Library, name: str) -> Reply:
    documents = library.index.documents
    some = documents_named(documents, name)
    if len(some) == 1:
        return _confirm(wording, library, some[0])
    ask = Ask(Action.REMOVE)
    return which(wording, name, [documents[number] for number in some], ask, attrgetter("source"))


def _confirm(wording: Wording, library: Library, number: int) -> Reply:
    origin = library.index.documents[number]
    ask = Ask(Action.REMOVE, page=SURE, scope=hash_of(origin.source))
    title = plain(shorten(origin.title, LONGEST_TITLE)).html
    return Reply(
        wording.remove_sure.format(title=title, name=file_name(origin.source).html),
        ((Button(wording.remove, str(ask)), Button(wording.cancel, str(Ask(Action.CANCEL)))),),
    )
