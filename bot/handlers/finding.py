"""What handlers find before they answer: a document by its name, or that the library is not there yet."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.callbacks import Action, Ask
from bot.cards import LONGEST_TITLE
from bot.desk import Desk
from bot.limits import shorten
from bot.markup import echo
from bot.naming import document_and_rest, documents_named, name_and_rest
from bot.reply import Button, Reply
from bot.wording import Wording
from retrieval.addresses import hash_of
from retrieval.documents import Origin
from retrieval.library import Library

MOST_NAMED = 8
"""Documents of like names of which one is to be chosen."""


@dataclass(frozen=True, slots=True)
class Named:
    """A document that was named, by its number, and the question behind its name."""

    document: int
    question: str


def named_document(wording: Wording, library: Library, said: str, ask: Ask) -> Named | Reply:
    """The document that some words begin with the name of, or what is said where none, or which, is meant.

    Which one is asked with buttons that answer the question, where there is one, in the document chosen.
    """
    name, _ = name_and_rest(said)
    if not name:
        return Reply(wording.in_usage)
    documents = library.index.documents
    document, question = document_and_rest(documents, said)
    if document is not None:
        return Named(document, question)
    some = [documents[number] for number in documents_named(documents, name)]
    if not some:
        return Reply(wording.in_none.format(name=_shown(name)))
    action = Action.ANSWER if question else Action.DOCUMENT
    titles = Counter(origin.title for origin in some)
    return which(
        wording,
        name,
        some,
        replace(ask, action=action),
        lambda origin: origin.title if titles[origin.title] == 1 else origin.source,
    )


def which(
    wording: Wording, name: str, some: Sequence[Origin], ask: Ask, shown: Callable[[Origin], str]
) -> Reply:
    """Which documents may be meant by a name, each a button that asks, as it is `shown`."""
    said = wording.in_many.format(name=_shown(name), count=len(some))
    if len(some) > MOST_NAMED:
        said += wording.in_many_more.format(shown=MOST_NAMED)
    buttons = (
        Button(shorten(shown(origin), LONGEST_TITLE), str(replace(ask, scope=hash_of(origin.source))))
        for origin in some[:MOST_NAMED]
    )
    return Reply(said, tuple((button,) for button in buttons))


def indexing(wording: Wording, desk: Desk) -> Reply:
    """That the documents are still being read."""
    return Reply(wording.indexing.format(share=desk.librarian.share))


def _shown(name: str) -> str:
    return echo(name, LONGEST_TITLE).html
