"""Files that admins send -> documents."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from telegram import CallbackQuery, Document, Message, Update
from telegram.error import BadRequest

from bot.callbacks import Action, Ask
from bot.cards import LONGEST_TITLE, file_name
from bot.desk import Context, Desk, shown_to_work, wording_of
from bot.documents import reason_of
from bot.failures import why
from bot.librarian import NotOpenError, RefreshError
from bot.limits import MEGABYTE, MOST_OF_OWN_SERVER
from bot.markup import echo
from bot.moving import TakenError
from bot.off_loop import in_thread
from bot.patience import patiently
from bot.reply import Button, Reply
from bot.sending import change, send, show
from bot.uploads import (
    MOST,
    Saved,
    beside,
    beside_a_folder,
    put_back,
    safe_name,
    save,
    standing,
)
from bot.wording import Wording
from retrieval.addresses import hash_of
from retrieval.library import Library
from retrieval.problems import Problem, UnreadableError
from retrieval.reading import known_ending
from retrieval.vocabulary import is_vocabulary

FETCHING = 60.0
"""Seconds for which a file is asked for again."""

MOST_LINES = 3
"""Lines of a list of words that are named because they are of no use."""

TOO_BIG = "too big"
"""What Telegram says of a file that it gives to no bot."""


class Adding:
    """What becomes of files that are sent."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def received(self, update: Update, context: Context) -> None:
        """Put a file that was sent among the documents, or ask what to do where there is one of its name."""
        message, wording = update.effective_message, wording_of(update)
        if message is None or message.document is None:
            return
        name = await self._name_of(message.document)
        shown = file_name(name).html
        has_own_server = self._desk.has_own_server
        if refusal := _refusal(wording, name, message.document, has_own_server=has_own_server):
            await send(message, Reply(refusal))
        else:
            said = await send(message, Reply(wording.reading.format(name=shown)))
            await self._add(context, wording, message.document, said)

    async def keep(
        self, query: CallbackQuery, message: Message, context: Context, wording: Wording, ask: Ask
    ) -> None:
        """Take a file that was sent, in place of the one of its name or beside it."""
        sent = message.reply_to_message and message.reply_to_message.document
        if not sent:
            await show(query, Reply(wording.sent_gone))
            return
        name = await self._name_of(sent, ask.action)
        await show(query, Reply(wording.reading.format(name=file_name(name).html)))
        await self._add(context, wording, sent, message, ask.action)

    async def _name_of(self, document: Document, action: Action | None = None) -> str:
        """What a file is called among the documents, where it may take the place of another file only."""
        folder = self._desk.folder
        name = await in_thread(partial(standing, folder, safe_name(document.file_name)))
        choose = beside if action is Action.KEEP_BOTH else beside_a_folder
        return await in_thread(partial(choose, folder, name))

    async def _add(
        self,
        context: Context,
        wording: Wording,
        document: Document,
        said: Message,
        action: Action | None = None,
    ) -> None:
        """Fetch a file, put it among the documents, and say what came of it in a message of ours, or ask
        there what to do: its name may be taken.
        """
        shown = file_name(await self._name_of(document, action)).html
        async with shown_to_work(said):
            try:
                file = await document.get_file()
                content = bytes(await patiently(file.download_as_bytearray, FETCHING))
                async with self._desk.changing():
                    reply = await self._added(wording, await self._saved(document, content, action))
            except TakenError:
                reply = _which(wording, shown)
            except BadRequest as error:
                if TOO_BIG not in error.message.lower():
                    raise
                reply = Reply(wording.file_over_20.format(name=shown))
            except OSError as error:
                reply = Reply(wording.not_saved.format(reason=await why(wording, self._desk.folder, error)))
            except (RefreshError, NotOpenError) as error:
                reason = await why(wording, self._desk.folder, error)
                reply = Reply(wording.not_added.format(name=shown, reason=reason))
        await change(context.bot, said.chat_id, said.message_id, reply)

    async def _saved(self, document: Document, content: bytes, action: Action | None) -> Saved:
        """Put a file among the documents. Raises TakenError where no action was chosen, and OSError."""
        while True:
            name = await self._name_of(document, action)
            try:
                return await in_thread(
                    partial(save, self._desk.folder, name, content, replaces=action is Action.REPLACE)
                )
            except TakenError:  # somebody was faster, and what was chosen holds of that file too
                if action is None:
                    raise

    async def _added(self, wording: Wording, saved: Saved) -> Reply:
        """Read the documents again, and say what that shows of a file."""
        desk, name = self._desk, saved.path.name
        try:
            library = await desk.librarian.refresh()
        except (RefreshError, NotOpenError):
            await in_thread(partial(put_back, saved))
            raise
        problems = [each for each in library.problems if each.source == name]
        problem = next((each for each in problems if each.line is None), None)
        if problem and not problem.is_served:
            await in_thread(partial(put_back, saved))
            await desk.librarian.refresh()
            return Reply(
                wording.not_added.format(name=file_name(name).html, reason=reason_of(wording, problem))
            )
        lines = [_welcome(wording, library, name)]
        if problem:
            lines.append(wording.damaged.format(reason=reason_of(wording, problem)))
        lines += _unusable(wording, [each for each in problems if each.line is not None])
        if not desk.is_persistent:
            lines.append(wording.forgets)
        return Reply("\n".join(lines))


def _which(wording: Wording, shown: str) -> Reply:
    """Ask what to do with a file whose name is taken."""
    ask = Ask(Action.CANCEL)
    buttons = (
        Button(wording.replace, str(replace(ask, action=Action.REPLACE))),
        Button(wording.keep_both, str(replace(ask, action=Action.KEEP_BOTH))),
        Button(wording.cancel, str(ask)),
    )
    return Reply(wording.exists.format(name=shown), (buttons,))


def _refusal(wording: Wording, name: str, document: Document, *, has_own_server: bool) -> str:
    """Why a file is not fetched; nothing where it is."""
    shown = file_name(name).html
    most = MOST_OF_OWN_SERVER if has_own_server else MOST
    if (document.file_size or 0) > most:
        sentence = wording.file_over_most if has_own_server else wording.file_over_20
        return sentence.format(name=shown, most=most // MEGABYTE)
    try:
        known_ending(name)
    except UnreadableError as error:
        return wording.not_added.format(name=shown, reason=reason_of(wording, error.of(name)))
    return ""


def _unusable(wording: Wording, problems: Sequence[Problem]) -> list[str]:
    """Which lines of a list of words are of no use."""
    lines = [
        wording.unusable_line.format(
            line=each.line, text=echo(each.detail, LONGEST_TITLE).html, reason=reason_of(wording, each)
        )
        for each in problems[:MOST_LINES]
    ]
    if len(problems) > MOST_LINES:
        lines.append(wording.more_unusable_lines.format(count=len(problems) - MOST_LINES))
    return lines


def _welcome(wording: Wording, library: Library, name: str) -> str:
    shown = file_name(name).html
    number = library.addresses.document(hash_of(name))
    if is_vocabulary(name):
        return wording.added_list.format(name=shown)
    if number is None:
        return wording.file_gone
    title = echo(library.index.documents[number].title, LONGEST_TITLE).html
    return wording.added.format(title=title, name=shown, passages=library.index.sizes[number])
