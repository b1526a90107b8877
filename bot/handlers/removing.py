"""Documents -> the trash, when an admin is sure."""

from collections.abc import Sequence
from functools import partial
from operator import attrgetter
from pathlib import Path

from telegram import CallbackQuery, Message, Update

from bot.callbacks import Action, Ask
from bot.cards import LONGEST_TITLE, file_name
from bot.desk import Context, Desk, wording_of
from bot.failures import why
from bot.files import path_of
from bot.handlers.finding import which
from bot.librarian import NotOpenError, RefreshError
from bot.limits import sendable
from bot.markup import echo
from bot.naming import documents_named
from bot.off_loop import in_thread
from bot.reply import Button, Reply
from bot.sending import send, show
from bot.uploads import TRASH, throw_away
from bot.wording import Wording
from retrieval.addresses import hash_of
from retrieval.documents import Origin
from retrieval.library import Library
from retrieval.listing import FolderError, list_folder

SURE = 1
"""The page of a button that says yes."""

UNTITLED = ""
"""The title of a file that is no document."""


class Removing:
    """What becomes of documents, and other files among them, that are to be removed."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def remove(self, update: Update, _: Context) -> None:
        """Ask whether a document is to be removed that is called so."""
        message, wording = update.effective_message, wording_of(update)
        if message is None:
            return
        name = _said(message)
        if not name:
            await send(message, Reply(wording.remove_usage))
            return
        files = await self._files()
        await send(message, await in_thread(partial(_to_remove, wording, files, name)))

    async def confirm(self, query: CallbackQuery, wording: Wording, ask: Ask) -> None:
        """Ask whether the document is meant that was chosen."""
        origin = _with_hash(await self._files(), ask.scope)
        await show(query, _confirm(wording, origin) if origin else Reply(wording.document_gone))

    async def carry_out(self, query: CallbackQuery, wording: Wording, ask: Ask) -> None:
        """Remove a document."""
        origin = _with_hash(await self._files(), ask.scope)
        await show(
            query, await self._removed(wording, origin.source) if origin else Reply(wording.document_gone)
        )

    async def _files(self) -> list[Origin]:
        """What can be removed."""
        return await self._desk.librarian.ask(lambda library: _removable(library, self._desk.folder))

    async def _removed(self, wording: Wording, source: str) -> Reply:
        """Move a file to the trash."""
        desk = self._desk
        async with desk.changing():
            try:
                path = await in_thread(partial(_path_of, desk.folder, source))
                if path is None:
                    return Reply(wording.file_gone)
                await in_thread(partial(throw_away, desk.folder, path))
            except (OSError, FolderError) as error:
                return Reply(wording.not_removed.format(reason=await why(wording, desk.folder, error)))
            lines = [wording.removed.format(name=file_name(source).html, trash=file_name(TRASH).html)]
            try:
                await desk.librarian.refresh()
            except (RefreshError, NotOpenError) as error:
                lines.append(wording.reload_failed.format(reason=await why(wording, desk.folder, error)))
        return Reply("\n".join(lines))


def _said(message: Message) -> str:
    """What stands behind the command, though there is no blank between."""
    return sendable((message.text or "")[message.entities[0].length :]).strip()


def _removable(library: Library, folder: Path) -> list[Origin]:
    """The documents, and by their names the files that cannot be read and the lists of words."""
    documents = library.index.documents
    try:
        lists = [file.source for file in list_folder(folder).lists]
    except FolderError:
        lists = []
    others = dict.fromkeys([*lists, *(problem.source for problem in library.problems)])
    known = {origin.source for origin in documents}
    return [*documents, *(Origin(source, UNTITLED) for source in others if source not in known)]


def _path_of(folder: Path, source: str) -> Path | None:
    """The file that is to be removed; a link itself, wherever it leads."""
    path = folder / source
    return path if path.is_symlink() else path_of(folder, source)


def _with_hash(files: Sequence[Origin], scope: str | None) -> Origin | None:
    return next((origin for origin in files if hash_of(origin.source) == scope), None)


def _to_remove(wording: Wording, files: Sequence[Origin], name: str) -> Reply:
    some = [files[number] for number in documents_named(files, name)]
    if not some:
        return Reply(wording.remove_none.format(name=echo(name, LONGEST_TITLE).html))
    if len(some) == 1:
        return _confirm(wording, some[0])
    return which(wording, name, some, Ask(Action.REMOVE), attrgetter("source"))


def _confirm(wording: Wording, origin: Origin) -> Reply:
    ask = Ask(Action.REMOVE, page=SURE, scope=hash_of(origin.source))
    name = file_name(origin.source).html
    sure = wording.remove_file_sure.format(name=name)
    if origin.title != UNTITLED:
        title = echo(origin.title, LONGEST_TITLE).html
        sure = wording.remove_sure.format(title=title, name=name)
    return Reply(
        sure,
        ((Button(wording.remove, str(ask)), Button(wording.cancel, str(Ask(Action.CANCEL)))),),
    )
