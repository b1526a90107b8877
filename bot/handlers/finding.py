"""What handlers find before they answer: a document by its name, or that the library is not there yet."""

from dataclasses import dataclass, replace
from html import escape

from bot.callbacks import Action, Ask
from bot.cards import LONGEST_TITLE
from bot.desk import Desk
from bot.limits import shorten
from bot.naming import document_and_rest, documents_named
from bot.reply import Button, Reply
from bot.wording import Wording
from retrieval.addresses import hash_of
from retrieval.library import Library

MOST_NAMED = 8
"""Documents of like names of which one is to be chosen."""


@dataclass(frozen=True, slots=True)
class Named:
    """A document that was named, by its number, and the question behind its name."""

    document: int
    question: str


def named_document(wording: Wording, library: Library, said: str, ask: Ask) -> Named | Reply:
    """The document that some words begin with the name of, or what is said where none, or which, is meant."""
    if not said:
        return Reply(wording.in_usage)
    documents = library.index.documents
    document, question = document_and_rest(documents, said)
    if document is not None:
        return Named(document, question)
    name, *_ = said.split(maxsplit=1)
    some = documents_named(documents, name)
    shown = escape(shorten(name, LONGEST_TITLE), quote=False)
    if not some:
        return Reply(wording.in_none.format(name=shown))
    buttons = [
        Button(
            shorten(documents[number].title, LONGEST_TITLE),
            str(replace(ask, action=Action.DOCUMENT, scope=hash_of(documents[number].source))),
        )
        for number in some[:MOST_NAMED]
    ]
    return Reply(wording.in_many.format(name=shown, count=len(some)), tuple((button,) for button in buttons))


def indexing(wording: Wording, desk: Desk) -> Reply:
    """That the documents are still being read."""
    return Reply(wording.indexing.format(share=desk.librarian.share))
