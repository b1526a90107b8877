"""Documents -> their list, and the card of one: what it is called, its outline, how it begins."""

from dataclasses import replace
from operator import attrgetter

from bot.callbacks import Action, Ask
from bot.cards import LONGEST_TITLE, body_of, file_name
from bot.limits import shorten
from bot.links import link_to_document
from bot.markup import Html, echo, joined, link, plain, quote
from bot.paging import pages_of, turning
from bot.reply import Button, Reply, in_rows
from bot.wording import Wording
from retrieval.addresses import Address, hash_of
from retrieval.documents import Origin
from retrieval.library import Library
from retrieval.outline import Entry, outline
from retrieval.passages import Passage
from retrieval.problems import Problem

PAGE = 10
"""Documents on a page of the list, and headings on one of an outline."""

MOST_PROBLEMS = 5
"""That the list names."""

LONGEST_BEGINNING = 400
"""UTF-16 units of a document's first lines."""

INDENT = "\u2003"
"""Before a heading, once for each that stands over it."""

DEEPEST = 4


def listing(wording: Wording, library: Library, ask: Ask, *, for_admin: bool) -> Reply:
    """A page of the documents, counted from zero; a page that is not there is the nearest that is."""
    documents = library.index.documents
    pages = pages_of(len(documents), PAGE)
    page = min(ask.page, pages - 1)
    lines = [wording.empty_to_admin if for_admin else wording.empty]
    if documents:
        lines = [
            wording.listing.format(
                documents=len(documents), passages=len(library.index.passages), page=page + 1, pages=pages
            )
        ]
    numbers = range(page * PAGE, min(page * PAGE + PAGE, len(documents)))
    for number in numbers:
        title = echo(documents[number].title, LONGEST_TITLE).html
        size = wording.listed.format(passages=library.index.sizes[number])
        lines.append(f"\n{number + 1}. {title}\n{file_name(documents[number].source).html} · {size}")
    if for_admin:
        lines += _problems(wording, library.problems)
    opening = [
        Button(
            f"{number + 1}",
            str(replace(ask, action=Action.DOCUMENT, page=0, scope=hash_of(documents[number].source))),
        )
        for number in numbers
    ]
    return Reply("\n".join(lines), (*in_rows(opening), turning(wording, ask, page, pages)))


def document_card(wording: Wording, library: Library, number: int, ask: Ask, username: str) -> Reply:
    """A document: a page of its outline, counted from zero, each heading with a button that opens it, how it
    begins, and what can be done with it. It begins with a link by which a reply to it is known.
    """
    index = library.index
    origin = index.documents[number]
    scope = hash_of(origin.source)
    entries = outline(index, number)
    pages = pages_of(len(entries), PAGE)
    page = min(ask.page, pages - 1)
    shown = entries[page * PAGE : (page + 1) * PAGE]
    here = replace(ask, action=Action.DOCUMENT, page=page, scope=scope)
    size = wording.listed.format(passages=index.sizes[number])
    parts = [
        title_of(origin, username),
        joined(" · ", [file_name(origin.source), plain(size)]),
        _beginning(library, number) if page == 0 else Html(),
        _outlined(wording, shown, page, pages),
        plain(wording.reply_to_ask),
    ]
    opening = [
        Button(
            f"{page * PAGE + place}",
            str(
                replace(
                    here, action=Action.READ, scope=None, passage=Address.of(index.passages[entry.passage])
                )
            ),
        )
        for place, entry in enumerate(shown, 1)
    ]
    doing = (
        Button(wording.ask_in, str(replace(here, action=Action.ASK_IN))),
        Button(wording.file, str(replace(here, action=Action.FILE))),
        Button(wording.to_list, str(replace(ask, action=Action.DOCUMENTS, page=number // PAGE, scope=None))),
    )
    return Reply(joined("\n", parts).html, (*in_rows(opening), turning(wording, here, page, pages), doing))


def asking_in(wording: Wording, library: Library, number: int, username: str) -> Reply:
    """What is replied to with a question for one document."""
    title = title_of(library.index.documents[number], username)
    return Reply((title + plain("\n" + wording.reply_to_ask)).html, prompt=wording.ask_here)


def title_of(origin: Origin, username: str) -> Html:
    """The title of a document, as a link to it."""
    return link(shorten(origin.title, 2 * LONGEST_TITLE), link_to_document(username, hash_of(origin.source)))


def first_passage(library: Library, number: int) -> Passage | None:
    """The first passage of a document that is no boilerplate."""
    passages = (library.index.passages[each] for each in library.index.passages_of(number))
    return next((passage for passage in passages if not passage.boilerplate), None)


def reason_of(wording: Wording, problem: Problem) -> str:
    """Why a file is not as it should be."""
    return wording.reasons[problem.reason].format(detail=echo(problem.detail, LONGEST_TITLE).html)


def _outlined(wording: Wording, entries: tuple[Entry, ...], page: int, pages: int) -> Html:
    if not entries:
        return Html()
    head = wording.outline if pages == 1 else wording.outline_page.format(page=page + 1, pages=pages)
    lines = [
        plain(f"{INDENT * min(entry.depth, DEEPEST)}{page * PAGE + place}. ")
        + echo(entry.heading, LONGEST_TITLE)
        for place, entry in enumerate(entries, 1)
    ]
    return plain("\n") + joined("\n", [plain(head), *lines])


def _beginning(library: Library, number: int) -> Html:
    first = first_passage(library, number)
    return quote(plain(shorten(body_of(first), LONGEST_BEGINNING)), folded=True) if first else Html()


def _problems(wording: Wording, problems: tuple[Problem, ...]) -> list[str]:
    if not problems:
        return []
    lines = ["\n" + wording.problems.format(count=len(problems))]
    worst_first = sorted(problems, key=attrgetter("is_served"))
    for problem in worst_first[:MOST_PROBLEMS]:
        source = file_name(problem.source).html
        reason = reason_of(wording, problem)
        if problem.line is not None:
            text = echo(problem.detail, LONGEST_TITLE).html
            source += wording.problem_line.format(line=problem.line, text=text)
        lines.append(wording.problem.format(source=source, reason=reason))
    if len(problems) > MOST_PROBLEMS:
        lines.append(wording.more_problems.format(count=len(problems) - MOST_PROBLEMS))
    return lines
