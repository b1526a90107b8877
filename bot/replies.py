"""Values -> replies: what the person reads, in Telegram's HTML. Pure, and never over Telegram's limits."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from operator import attrgetter

from bot.cards import LONGEST_TITLE, MOST_ALSO, card, file_name, path_of
from bot.limits import LONGEST_TEXT, MOST_ENTITIES, shorten
from bot.wording import Wording
from retrieval.explaining import Explanation, Reasons
from retrieval.library import Library
from retrieval.problems import Problem
from retrieval.ranking import KIND
from retrieval.search import Answer, Word
from retrieval.verdicts import DOCUMENT, SENTENCE, Verdict
from retrieval.verdicts import FOUND as FOUND_FROM
from retrieval.verdicts import PERHAPS as PERHAPS_FROM

PAGE = 10
"""Documents on a page of the list."""

MOST_PROBLEMS = 5
"""That the list names."""

LONGEST_WORDS = 200
"""UTF-16 units of the question's words, and of what it quotes, above an answer."""

MOST_HEADING = 700
"""UTF-16 units above an answer."""

MARKS_OF_A_CARD = 2 + MOST_ALSO
"""Entities of a card beside its bold words: the quote, the file name, and those of the other places."""

FOUND, MISSING = "✓", "✗"

MOST_REASONS = 3
"""Passages whose scores are explained."""

MOST_TOKENS = 5
"""Tokens of a passage whose shares in its score are shown."""

LONGEST_TOKEN = 24
"""UTF-16 units."""


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
    worst_first = sorted(problems, key=attrgetter("is_served"))
    for problem in worst_first[:MOST_PROBLEMS]:
        source = file_name(problem.source)
        reason = wording.reasons[problem.reason].format(detail=escape(problem.detail, quote=False))
        if problem.line is not None:
            text = escape(problem.detail, quote=False)
            source += wording.problem_line.format(line=problem.line, text=text)
        lines.append(wording.problem.format(source=source, reason=reason))
    if len(problems) > MOST_PROBLEMS:
        lines.append(wording.more_problems.format(count=len(problems) - MOST_PROBLEMS))
    return lines


def answered(wording: Wording, library: Library, answer: Answer) -> Reply:
    """The passages that answer, or that nothing does; each once, with the other places where it stands."""
    if not library.index.documents:
        return Reply(wording.empty)
    if not answer.words and not answer.hits:
        return usage(wording, library)
    heading = _heading(wording, answer)
    if answer.verdict is Verdict.NONE:
        return Reply("\n".join(heading))
    told = answer.distinct
    room = (LONGEST_TEXT - MOST_HEADING) // len(told) - len("\n\n")
    most_marks = MOST_ENTITIES // len(told) - MARKS_OF_A_CARD
    cards = [card(wording, n, *hits, room, most_marks) for n, hits in enumerate(told, 1)]
    return Reply("\n\n".join(["\n".join(heading), *cards] if heading else cards))


def reasons(wording: Wording, explanation: Explanation) -> Reply:
    """Why the passages of an answer are found: how the question was cut, and what each piece added."""
    if not explanation.documents:
        return Reply(wording.empty)
    answer, query = explanation.answer, explanation.query
    lines = [*_measured(wording, explanation)]
    if query.tokens:
        lines.append(wording.reasons_cut.format(tokens=_code(dict.fromkeys(query.tokens))))
    if query.alternatives:
        others = dict.fromkeys(alternative.other for alternative in query.alternatives)
        lines.append(wording.reasons_instead.format(others=_code(others)))
    if query.quoted:
        lines.append(wording.reasons_quoted.format(texts=_fitted(wording.quoted.join(query.quoted))))
    if answer.unmet:
        lines.append(wording.reasons_unmet)
    if query.kind:
        lines.append(wording.reasons_kind.format(share=KIND))
    shown = [each for each in explanation.reasons if each.hit.same_as is None][:MOST_REASONS]
    blocks = ["\n".join(lines), *(_reason(wording, number, each) for number, each in enumerate(shown, 1))]
    return Reply("\n\n".join(blocks))


def _measured(wording: Wording, explanation: Explanation) -> Iterator[str]:
    """The verdict, and how its relevance adds up."""
    answer, parts = explanation.answer, explanation.parts
    yield wording.reasons_heading.format(
        verdict=wording.verdicts[answer.verdict],
        relevance=answer.relevance,
        found=FOUND_FROM,
        perhaps=PERHAPS_FROM,
    )
    if not parts:
        yield wording.reasons_one_character
    elif explanation.judged:
        yield wording.reasons_parts.format(
            sentence=parts.sentence,
            document=parts.document,
            length=parts.length,
            of_sentence=SENTENCE,
            of_document=DOCUMENT,
        )


def _reason(wording: Wording, number: int, reasons: Reasons) -> str:
    hit, told = reasons.hit, reasons.telling
    head = wording.reasons_hit.format(
        number=number,
        title=escape(shorten(path_of(hit.passage), LONGEST_TITLE + LONGEST_TITLE), quote=False),
        score=hit.score,
        passage=reasons.passage,
        document=reasons.document,
        bonus=wording.reasons_bonus.format(bonus=reasons.bonus) if reasons.bonus > 1 else "",
    )
    lines = [
        wording.reasons_part.format(
            token=escape(shorten(each.token, LONGEST_TOKEN), quote=False),
            passage=each.passage,
            document=each.document,
        )
        for each in told[:MOST_TOKENS]
    ]
    if len(told) > MOST_TOKENS:
        lines.append(wording.reasons_more.format(count=len(told) - MOST_TOKENS))
    return "\n".join([head, *lines])


def _code(tokens: Iterable[str]) -> str:
    shown = shorten(" · ".join(tokens), MOST_HEADING - LONGEST_WORDS)
    return f"<code>{escape(shown, quote=False)}</code>"


def _heading(wording: Wording, answer: Answer) -> list[str]:
    """What is said before the passages: that they are no sure answer, why, and what was quoted in vain."""
    lines: list[str] = []
    if answer.verdict is not Verdict.FOUND:
        lines.append(wording.perhaps if answer.verdict is Verdict.PERHAPS else wording.none)
        words = "  ".join(f"{word.text} {_standing(wording, word)}" for word in answer.words)
        lines += [_fitted(words)] if words else []
    elif missing := [word.text for word in answer.words if not word.is_known]:
        lines.append(wording.not_mentioned.format(words=_fitted(wording.between_words.join(missing))))
    if answer.unmet:
        sentence = wording.unmet if len(answer.unmet) == 1 else wording.unmet_together
        end = wording.unmet_end if answer.verdict is Verdict.NONE else wording.unmet_nearest
        lines.append(sentence.format(texts=_fitted(wording.quoted.join(answer.unmet)), end=end))
    return lines


def _standing(wording: Wording, word: Word) -> str:
    if word.is_held:
        return FOUND
    return wording.elsewhere if word.is_known else MISSING


def _fitted(text: str) -> str:
    return escape(shorten(text, LONGEST_WORDS), quote=False)
