"""Values -> replies: what the person reads, in Telegram's HTML. Pure, and never over Telegram's limits."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from bot.cards import LONGEST_TITLE, card, file_name
from bot.limits import LONGEST_TEXT, MOST_ENTITIES, shorten, units
from bot.wording import Wording
from retrieval.library import Library
from retrieval.reading import Problem
from retrieval.search import Answer, Verdict

PAGE = 10
"""Documents on a page of the list."""

MOST_PROBLEMS = 5
"""Unreadable files that the list names."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button below a reply; `data` comes back when it is pressed, at most 64 bytes."""

    label: str
    data: str


@dataclass(frozen=True, slots=True)
class Reply:
    """A message to send, its buttons in one row."""

    html: str
    buttons: tuple[Button, ...] = ()


def welcome(wording: Wording, library: Library) -> Reply:
    """What this is, and how to ask."""
    if not library.index.documents:
        return Reply(wording.empty)
    greeting = wording.welcome.format(documents=len(library.index.documents))
    return Reply("\n\n".join([greeting, wording.how_to_ask, *_example(wording, library)]))


def explained(wording: Wording, library: Library) -> Reply:
    """The help page."""
    return Reply("\n\n".join([wording.help, *_example(wording, library)]))


def usage(wording: Wording, library: Library) -> Reply:
    """A command without the question that belongs to it."""
    return Reply("\n".join([wording.usage, *_example(wording, library)]))


def _example(wording: Wording, library: Library) -> Sequence[str]:
    if library.example is None:
        return ()
    return (wording.example.format(question=escape(library.example, quote=False)),)


def listing(wording: Wording, library: Library, page: int, *, for_admin: bool) -> Reply:
    """A page of the documents, counted from one; a page that is not there is the nearest that is."""
    documents = library.index.documents
    pages = max(1, math.ceil(len(documents) / PAGE))
    page = min(max(page, 1), pages)
    first = (page - 1) * PAGE
    lines = [wording.empty]
    if documents:
        lines = [
            wording.listing.format(
                documents=len(documents), passages=len(library.index.passages), page=page, pages=pages
            )
        ]
    for number in range(first, min(first + PAGE, len(documents))):
        title = escape(shorten(documents[number].title, LONGEST_TITLE), quote=False)
        size = wording.listed.format(passages=library.index.sizes[number])
        lines.append(f"\n{number + 1}. {title}\n{file_name(documents[number].source)} · {size}")
    if for_admin:
        lines += _problems(wording, library.problems)
    return Reply("\n".join(lines), _turning(wording, page, pages))


def _turning(wording: Wording, page: int, pages: int) -> tuple[Button, ...]:
    back = Button(wording.previous_page, f"list:{page - 1}")
    ahead = Button(wording.next_page, f"list:{page + 1}")
    return (back,) * (page > 1) + (ahead,) * (page < pages)


def _problems(wording: Wording, problems: Sequence[Problem]) -> list[str]:
    if not problems:
        return []
    lines = ["\n" + wording.problems.format(count=len(problems))]
    for problem in problems[:MOST_PROBLEMS]:
        source = file_name(problem.source)
        lines.append(wording.problem.format(source=source, reason=wording.reasons[problem.reason]))
    if len(problems) > MOST_PROBLEMS:
        lines.append(wording.more_problems.format(count=len(problems) - MOST_PROBLEMS))
    return lines


def answered(wording: Wording, library: Library, answer: Answer) -> Reply:
    """The passages that answer, or that nothing does."""
    if not library.index.documents:
        return Reply(wording.empty)
    if answer.verdict is Verdict.NONE:
        return Reply(wording.none)
    parts = [wording.perhaps] if answer.verdict is Verdict.PERHAPS else []
    room = (LONGEST_TEXT - units(wording.perhaps)) // len(answer.hits) - len("\n\n")
    most_marks = MOST_ENTITIES // len(answer.hits) - 2  # the quote and the file name are two
    parts += [card(wording, n, hit, room, most_marks) for n, hit in enumerate(answer.hits, 1)]
    return Reply("\n\n".join(parts))
