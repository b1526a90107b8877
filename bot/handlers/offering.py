"""Inline queries -> what is offered in any chat."""

from functools import partial

from telegram import (
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    Update,
)
from telegram.error import BadRequest

from bot.desk import Context, Desk, wording_of
from bot.inline import Offer, distinct, documents, passages
from bot.limits import sendable
from bot.wording import LANGUAGES, wording_for

CACHED = 60
"""Seconds for which Telegram may give the same answer to others; documents change."""

TOO_OLD = "query is too old"


class Offering:
    """What is offered where somebody writes the bot's name and a question, in any chat."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def offer(self, update: Update, context: Context) -> None:
        """Offer the passages for a question, or the documents where there is none yet."""
        query, wording = update.inline_query, wording_of(update)
        if query is None:
            return
        skip = int(query.offset) if query.offset.isascii() and query.offset.isdigit() else 0
        username, question = context.bot.username, sendable(query.query).strip()
        library = await self._desk.librarian.soon()
        if library is None:
            said = wording.indexing_inline.format(share=self._desk.librarian.share)
            await self._answer(query, [], None, said)
            return
        if question:
            find = partial(passages, wording, question=question, skip=skip, username=username)
        else:
            find = partial(documents, wording, skip=skip, username=username)
        offers, ahead = await self._desk.librarian.ask(lambda library: find(library=library))
        said = wording.none_in_group if library.index.documents else wording.no_documents
        await self._answer(query, distinct(offers), ahead, "" if offers or skip else said)

    async def _answer(self, query: InlineQuery, offers: list[Offer], ahead: int | None, said: str) -> None:
        articles = [
            InlineQueryResultArticle(
                offer.id,
                offer.title or "…",
                InputTextMessageContent(offer.html),
                description=offer.description,
            )
            for offer in offers
        ]
        # What is kept for others is not in the words of few.
        is_usual = wording_for(query.from_user.language_code) is LANGUAGES[0]
        button = InlineQueryResultsButton(said, start_parameter="help") if said else None
        try:
            await query.answer(
                articles,
                # Not "" at the end: where there are defaults, the library makes a list of that.
                next_offset=None if ahead is None else f"{ahead}",
                cache_time=0 if said else CACHED,
                is_personal=self._desk.access.is_restricted or not is_usual,
                button=button,
            )
        except BadRequest as error:
            if TOO_OLD not in error.message.lower():
                raise
