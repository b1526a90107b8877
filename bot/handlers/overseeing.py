"""What admins see: how much there is, how often it is asked, and what in vain."""

import platform
import time
import tomllib
from functools import cache

import telegram
from telegram import Update

from bot.callbacks import Action, Ask
from bot.desk import Context, Desk, wording_of
from bot.failures import why
from bot.librarian import RefreshError
from bot.markup import echo, plain
from bot.paging import pages_of, turning
from bot.reply import Reply
from bot.sending import change, send
from bot.wording import Wording
from retrieval.sandbox import ROOT

MISSED = 20
"""Questions on a page."""

LONGEST_QUESTION = 120
"""UTF-16 units of one."""

HOUR, DAY = 60, 24 * 60
"""Minutes."""


class Overseeing:
    """What is told of the whole."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def reload(self, update: Update, context: Context) -> None:
        """Read the documents again."""
        message, wording = update.effective_message, wording_of(update)
        if message is None:
            return
        said = await send(message, Reply(wording.reloading))
        try:
            library = await self._desk.librarian.refresh()
        except RefreshError as error:
            reason = await why(wording, self._desk.folder, error)
            reply = Reply(wording.reload_failed.format(reason=reason))
        else:
            reply = Reply(
                wording.reloaded.format(
                    documents=len(library.index.documents),
                    passages=len(library.index.passages),
                    problems=len(library.problems),
                )
            )
        await change(context.bot, said.chat_id, said.message_id, reply)

    async def stats(self, update: Update, _: Context) -> None:
        """Say how many documents and questions there are, and which versions."""
        message, wording = update.effective_message, wording_of(update)
        if message is None:
            return
        library = await self._desk.librarian.opened()
        today = await self._desk.note(lambda notebook: notebook.today())
        await send(
            message,
            Reply(
                wording.stats.format(
                    documents=len(library.index.documents),
                    passages=len(library.index.passages),
                    problems=len(library.problems),
                    asked=today.asked,
                    unanswered=today.unanswered,
                    age=_age(wording, time.time() - library.made),
                    versions=plain(_versions()).html,
                )
            ),
        )

    async def missed(self, update: Update, _: Context) -> None:
        """Show the questions that nothing answered."""
        if message := update.effective_message:
            await send(message, await self.page_of_missed(wording_of(update), 0))

    async def page_of_missed(self, wording: Wording, page: int) -> Reply:
        """A page of the questions that nothing answered, counted from zero."""
        if not self._desk.keeps_missed:
            return Reply(wording.missed_off)
        missed = await self._desk.note(lambda notebook: notebook.missed())
        if not missed:
            return Reply(wording.missed_none)
        pages = pages_of(len(missed), MISSED)
        page = min(page, pages - 1)
        shown = missed[page * MISSED : (page + 1) * MISSED]
        lines = [wording.missed.format(page=page + 1, pages=pages)]
        for each in shown:
            question = echo(" ".join(each.question.split()), LONGEST_QUESTION).html
            lines.append(f"{each.day:%m-%d}  {question}")
        return Reply("\n".join(lines), (turning(wording, Ask(Action.MISSED), page, pages),))


def _age(wording: Wording, seconds: float) -> str:
    minutes = max(0, int(seconds / 60))
    if minutes < HOUR:
        return wording.minutes.format(count=minutes)
    if minutes < DAY:
        return wording.hours.format(count=minutes // HOUR)
    return wording.days.format(count=minutes // DAY)


@cache
def _versions() -> str:
    with (ROOT / "pyproject.toml").open("rb") as file:
        own = tomllib.load(file)["project"]["version"]
    return f"chuchu {own}, python-telegram-bot {telegram.__version__}, Python {platform.python_version()}"
