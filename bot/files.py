"""Document -> its file, as it was put into the folder."""

from functools import partial
from pathlib import Path, PurePosixPath

from telegram import Message
from telegram.constants import ChatAction, FileSizeLimit
from telegram.error import BadRequest, Forbidden

from bot.desk import Desk, shown_to_work
from bot.limits import MOST_OF_OWN_SERVER
from bot.off_loop import in_thread
from bot.sending import says
from retrieval.indexing.manifest import State
from retrieval.listing import list_folder

MOST = int(FileSizeLimit.FILESIZE_UPLOAD)
"""Bytes of a file that a bot can send."""

FORGOTTEN = ("file identifier", "file id", "file_id", "file reference", "file_reference")
"""What Telegram says of a file that it knows no more by its id."""

FORBIDDEN = ("send documents", "send_docs_forbidden")
"""What Telegram says where a bot may write, but send no files."""


class FilesForbiddenError(Exception):
    """A chat in which this bot may send no files."""


class FileTooLargeError(Exception):
    """A file that this bot cannot send; `most` bytes it could."""

    def __init__(self, most: int) -> None:
        super().__init__(f"over {most} bytes")
        self.most = most


async def send_document(message: Message, desk: Desk, source: str) -> None:
    """Send the file of a document in reply to a message; one that was sent before is not sent again, but
    named to Telegram.

    Raises FileNotFoundError, FileTooLargeError and FilesForbiddenError.
    """
    path = await in_thread(partial(path_of, desk.folder, source))
    state = None if path is None else await in_thread(partial(State.of, path))
    if path is None or state is None:
        raise FileNotFoundError(source)
    most = MOST_OF_OWN_SERVER if desk.has_own_server else MOST
    if state.size > most:
        raise FileTooLargeError(most)
    content = f"{state.size} {state.modified} {source}"
    known = await desk.note(lambda notebook: notebook.file_of(content))
    name = PurePosixPath(source).name
    async with shown_to_work(message, ChatAction.UPLOAD_DOCUMENT):
        if known:
            try:
                await _sent(message, known, name)
            except BadRequest as error:
                if not says(error, FORGOTTEN):
                    raise
                await desk.note(lambda notebook: notebook.forget_file(content))
            else:
                return
        sent = await _sent(message, path, name)
    if sent.document:
        file = sent.document.file_id
        await desk.note(lambda notebook: notebook.note_file(content, file))


async def _sent(message: Message, file: Path | str, name: str) -> Message:
    """Send a file, or what Telegram knows it by, in reply to a message. Raises FilesForbiddenError."""
    try:
        return await message.reply_document(file, filename=name, do_quote=True)
    except (BadRequest, Forbidden) as error:
        if says(error, FORBIDDEN):
            raise FilesForbiddenError from error
        raise


def path_of(folder: Path, source: str) -> Path | None:
    """The file that a document is read from; None where it is not in the folder any more."""
    path = folder / source
    root = folder.resolve()
    if path.is_file() and path.resolve().is_relative_to(root):
        return path
    # Its name may not be what it is known as: it may have line breaks, or be no Unicode.
    return next((file.path for file in list_folder(folder).documents if file.source == source), None)
