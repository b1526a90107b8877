"""Answer or documents -> what is offered in any chat, and inserted there."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.cards import path_of, place_of, source_of
from bot.documents import LONGEST_BEGINNING, first_passage, title_of
from bot.limits import LONGEST_TEXT, fitting, shorten
from bot.markup import joined, plain, quote
from bot.wording import Wording
from retrieval.addresses import Address, hash_of
from retrieval.library import Library
from retrieval.search import search
from retrieval.verdicts import Verdict

PAGE = 10
"""Passages or documents that are offered at a time."""

LONGEST_TITLE = 80
LONGEST_DESCRIPTION = 160
"""UTF-16 units of what is offered; clients show less."""

MOST_SOURCE = 500
"""UTF-16 units."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What is offered: its title, a line below, and the message in Telegram's HTML that it becomes. `id`
    tells it from others, in at most 64 bytes.
    """

    id: str
    title: str
    description: str
    html: str


def passages(
    wording: Wording, library: Library, question: str, skip: int, username: str
) -> tuple[list[Offer], int | None]:
    """The passages for a question behind some others, and how many come before the next; None at the end."""
    answer = search(library.index, question, PAGE, distinct=True, skip=skip)
    if answer.verdict is Verdict.NONE:
        return [], None
    offers = []
    for hit, _ in answer.distinct:
        passage = hit.passage
        said = passage.text[: fitting(passage.text, LONGEST_TEXT - MOST_SOURCE)].strip()
        source = source_of(wording, username, passage, MOST_SOURCE)
        sentence = passage.text[hit.sentence.start : hit.sentence.end].strip()
        where = f"{path_of(passage)} · {place_of(wording, passage)}"
        offers.append(
            Offer(
                str(Address.of(passage)),
                shorten(sentence, LONGEST_TITLE),
                shorten(where, LONGEST_DESCRIPTION),
                joined("\n", [quote(plain(said), folded=True), source]).html,
            )
        )
    ahead = skip + len(offers)
    return offers, ahead if offers and ahead < answer.worth else None


def documents(wording: Wording, library: Library, skip: int, username: str) -> tuple[list[Offer], int | None]:
    """The documents behind some others, and how many come before the next; None at the end."""
    index = library.index
    shown = range(skip, min(skip + PAGE, len(index.documents)))
    offers = [_document(wording, library, number, username) for number in shown]
    return offers, shown.stop if shown.stop < len(index.documents) else None


def _document(wording: Wording, library: Library, number: int, username: str) -> Offer:
    origin, index = library.index.documents[number], library.index
    size = wording.listed.format(passages=index.sizes[number])
    first = first_passage(library, number)
    beginning = plain(shorten(first.text if first else "", LONGEST_BEGINNING))
    return Offer(
        hash_of(origin.source),
        shorten(origin.title, LONGEST_TITLE),
        shorten(f"{size} · {origin.source}", LONGEST_DESCRIPTION),
        joined("\n", [title_of(origin, username), plain(size), quote(beginning, folded=True)]).html,
    )


def distinct(offers: Sequence[Offer]) -> list[Offer]:
    """The offers, each id once, as Telegram wants it."""
    return [*{offer.id: offer for offer in offers}.values()]
