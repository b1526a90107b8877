"""Question and library -> reply. Pure: it runs off the event loop."""

from dataclasses import dataclass, replace

from bot import replies
from bot.callbacks import Action, Ask
from bot.naming import document_and_rest, is_name
from bot.replies import Asked
from bot.reply import Reply
from bot.views import view
from bot.wording import Wording
from retrieval.addresses import Address
from retrieval.explaining import explain
from retrieval.index import Index
from retrieval.library import Library
from retrieval.near import Change, near
from retrieval.search import Answer, found_in, search
from retrieval.verdicts import Verdict

MOST_OFFERED = 4
"""Changes of a question in vain that are offered."""


class GoneError(Exception):
    """What was asked for is not there any more; the message says so to the person."""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What somebody asks: in words, below which a button may have been pressed; `is_named` says that the
    words begin with a document's name, `in_group` that others read the answer.
    """

    question: str
    ask: Ask
    username: str
    in_group: bool = False
    is_named: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """The reply, and the answer that it tells, where something was asked. Thanks in a group get no reply.

    `is_missed` says that no document answers it.
    """

    reply: Reply | None
    answer: Answer | None = None
    is_missed: bool = False


def answered(wording: Wording, library: Library, inquiry: Inquiry, passages: int) -> Answered:
    """The page of the answer that is asked for, of so many passages. Raises GoneError."""
    meant = _meant(wording, library, inquiry)
    if not meant.question.strip():
        return Answered(replies.usage(wording, library))
    index = meant.index(library)
    if _asks_nothing(index, meant):
        return Answered(None if inquiry.in_group else replies.usage(wording, library))
    answer = search(index, meant.question, passages, distinct=True, skip=inquiry.ask.page * passages)
    if answer.skipped and not answer.distinct:  # there are fewer now than when the button was made
        last = max(0, answer.worth - 1) // passages
        inquiry = replace(inquiry, ask=replace(inquiry.ask, page=last))
        answer = search(index, meant.question, passages, distinct=True, skip=last * passages)
    offers: tuple[Change, ...] = ()
    if answer.verdict is Verdict.NONE and not inquiry.in_group and not inquiry.ask.change:
        offers = near(library.index, meant.question, MOST_OFFERED)
    title = None if meant.document is None else library.index.documents[meant.document].title
    asked = Asked(inquiry.ask, inquiry.username, inquiry.in_group, meant.changed, title)
    is_missed = answer.verdict is Verdict.NONE and meant.document is None and bool(index.documents)
    return Answered(replies.answered(wording, library, answer, asked, offers), answer, is_missed)


def _asks_nothing(index: Index, meant: "_Meant") -> bool:
    """Whether nothing is looked for. Words that only join others are, in a document that was named, and where
    one is called so.
    """
    query = index.interpret(meant.question)
    if not index.documents or not query.asks_nothing:
        return False
    is_looked_for = meant.document is not None or is_name(index.documents, query.content)
    return not (query.letters and is_looked_for)


def viewed(wording: Wording, library: Library, inquiry: Inquiry) -> Reply:
    """The passage that is asked for, what of the question stands in it marked. Raises GoneError."""
    address = inquiry.ask.passage
    found = library.addresses.find(address) if address else None
    if found is None:
        raise GoneError(wording.passage_gone)
    question = ""
    if inquiry.ask.action is Action.PASSAGE:
        question = _meant(wording, library, inquiry).question
    told = found_in(library.index, question, found.number) if question.strip() else None
    return view(
        wording,
        library.index,
        found.number,
        inquiry.ask,
        inquiry.username,
        sentence=told[0] if told else None,
        matches=told[1] if told else (),
        is_same=found.is_same,
    )


def opened(wording: Wording, library: Library, address: Address, username: str, asker: int = 0) -> Reply:
    """The passage at a lasting address, which the asker may turn. Raises GoneError."""
    return viewed(wording, library, Inquiry("", Ask(Action.READ, asker=asker, passage=address), username))


def explained(wording: Wording, library: Library, inquiry: Inquiry, passages: int) -> Reply:
    """Why the passages for a question are found. Raises GoneError."""
    meant = _meant(wording, library, inquiry)
    return replies.reasons(wording, explain(meant.index(library), meant.question, passages))


def document_at(wording: Wording, library: Library, scope: str | None) -> int:
    """The number of the document whose path has a hash. Raises GoneError."""
    number = library.addresses.document(scope) if scope else None
    if number is None:
        raise GoneError(wording.document_gone)
    return number


@dataclass(frozen=True, slots=True)
class _Meant:
    """A question without the document's name before it, with its change, and the document."""

    question: str
    document: int | None
    changed: tuple[str, str] | None = None

    def index(self, library: Library) -> Index:
        """What is asked: the document, or all."""
        return library.index if self.document is None else library.index.within(self.document)


def _meant(wording: Wording, library: Library, inquiry: Inquiry) -> _Meant:
    documents, scope = library.index.documents, inquiry.ask.scope
    meant = _Meant(inquiry.question, document_at(wording, library, scope) if scope else None)
    if inquiry.is_named:
        some = documents if meant.document is None else [documents[meant.document]]
        named, question = document_and_rest(some, inquiry.question)
        if named is None and meant.document is None:
            raise GoneError(wording.document_gone)
        meant = _Meant(question, named if meant.document is None else meant.document)
    if inquiry.ask.change:
        offers = near(library.index, meant.question, MOST_OFFERED)
        change = next((offer for offer in offers if offer.mark == inquiry.ask.change), None)
        if change is None:
            raise GoneError(wording.change_gone)
        word = meant.question[change.span.start : change.span.end]
        meant = replace(meant, question=change.of(meant.question), changed=(word, change.instead))
    return meant
