"""Values -> replies: what the person reads, in Telegram's HTML. Pure, and never over Telegram's limits."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.callbacks import Action, Ask
from bot.cards import LONGEST_TITLE, PLACED, card, path_of
from bot.limits import LONGEST_TEXT, MOST_ENTITIES, shorten
from bot.links import link_to_document
from bot.markup import code, echo, link
from bot.reply import Button, Reply, Rows, in_rows
from bot.wording import Wording
from retrieval.addresses import Address
from retrieval.explaining import Explanation, Reasons
from retrieval.library import Library
from retrieval.near import Change
from retrieval.ranking import KIND
from retrieval.search import Answer, Word
from retrieval.verdicts import DOCUMENT, SENTENCE, Verdict
from retrieval.verdicts import FOUND as FOUND_FROM
from retrieval.verdicts import PERHAPS as PERHAPS_FROM

LONGEST_WORDS = 200
"""UTF-16 units of the question's words, and of what it quotes, above an answer."""

MOST_HEADING = 700
"""UTF-16 units above an answer."""

NOTED = 4
"""Bold words and links above an answer, at most."""

PAIR = 2

FOUND, MISSING = "✓", "✗"

MOST_REASONS = 3
"""Passages whose scores are explained."""

MOST_TOKENS = 5
"""Tokens of a passage whose shares in its score are shown."""

LONGEST_TOKEN = 24
"""UTF-16 units."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How a question was asked: what a button below its answer says of it, whether a group reads along, and
    by which name the bot is linked to.

    `changed` is the word that was changed, and the one that took its place; `title` that of the only document
    that was asked.
    """

    ask: Ask
    username: str
    in_group: bool = False
    changed: tuple[str, str] | None = None
    title: str | None = None


def welcome(
    wording: Wording, library: Library, features: Sequence[str] = (), *, in_group: bool = False
) -> Reply:
    """What this is, and how to ask; for admins, what else it can do, or could."""
    documents = len(library.index.documents)
    said = [wording.empty_to_admin if features else wording.empty]
    if documents:
        greeting = wording.welcome.format(documents=documents)
        how = wording.how_to_ask_in_group if in_group else wording.how_to_ask
        said = [greeting, how, *_example(wording, library)]
    if features:
        said.append(wording.lacks.format(features="\n".join(features)))
    return Reply("\n\n".join(said))


def explained(wording: Wording, library: Library) -> Reply:
    """The help page."""
    return Reply("\n\n".join([wording.help, *_example(wording, library)]))


def usage(wording: Wording, library: Library) -> Reply:
    """A command without the question that belongs to it."""
    return Reply("\n".join([wording.usage, *_example(wording, library)]))


def _example(wording: Wording, library: Library) -> Sequence[str]:
    if library.example is None:
        return ()
    return (wording.example.format(question=echo(library.example, LONGEST_WORDS).html),)


def answered(
    wording: Wording, library: Library, answer: Answer, asked: Asked, offers: Sequence[Change] = ()
) -> Reply:
    """The passages that answer, or that nothing does; each once, with the other places where it stands.

    Where nothing answers, the changes of the question that are offered stand below, a button each.
    """
    if not library.index.documents:
        return Reply(wording.empty)
    heading = [*_noted(wording, asked), *_heading(wording, answer, asked)]
    if answer.verdict is Verdict.NONE:
        lines = [*heading, wording.near] if offers else heading
        return Reply("\n".join(lines), _offered(answer.question, asked, offers))
    told = answer.distinct
    above = "\n".join(heading)
    room = (LONGEST_TEXT - MOST_HEADING) // max(1, len(told)) - len("\n\n")
    most_marks = (MOST_ENTITIES - NOTED) // max(1, len(told)) - PLACED
    cards = [
        card(wording, asked.username, number, *hits, room, most_marks).html
        for number, hits in enumerate(told, answer.skipped + 1)
    ]
    return Reply("\n\n".join([above, *cards] if above else cards), _turned(wording, answer, asked))


def _noted(wording: Wording, asked: Asked) -> list[str]:
    """What is said first: that the question was changed, or one document asked."""
    lines = []
    if asked.changed:
        word, instead = map(_fitted, asked.changed)
        lines.append(wording.changed.format(word=word, instead=instead))
    if asked.title is not None:
        title = shorten(asked.title, LONGEST_TITLE)
        shown = echo(title, LONGEST_TITLE)
        if asked.ask.scope:
            shown = link(title, link_to_document(asked.username, asked.ask.scope))
        lines.append(wording.within.format(title=shown.html))
    return lines


def _offered(question: str, asked: Asked, offers: Sequence[Change]) -> Rows:
    buttons = []
    for offer in offers:
        word = shorten(question[offer.span.start : offer.span.end], LONGEST_TOKEN)
        ask = replace(asked.ask, action=Action.ANSWER, page=0, change=offer.mark)
        buttons.append(Button(f"{word} → {shorten(offer.instead, LONGEST_TOKEN)}", str(ask)))
    return tuple(tuple(row) for row in (buttons[:PAIR], buttons[PAIR : 2 * PAIR]) if row)


def _turned(wording: Wording, answer: Answer, asked: Asked) -> Rows:
    """The numbers of the passages, each of which opens one, and what is before and behind them."""
    told, ask = answer.distinct, asked.ask
    numbers = [
        Button(f"{number}", str(replace(ask, action=Action.PASSAGE, passage=Address.of(hit.passage))))
        for number, (hit, _) in enumerate(told, answer.skipped + 1)
    ]
    rows, pages = in_rows(numbers), _pages(wording, answer, ask, len(told))
    if len(rows) > 1:  # there are two at most
        return (*rows[:-1], (*rows[-1], *pages))
    return (*rows, *filter(None, [pages]))


def _pages(wording: Wording, answer: Answer, ask: Ask, shown: int) -> tuple[Button, ...]:
    buttons = []
    ask = replace(ask, action=Action.ANSWER, passage=None)
    if ask.page:
        size = answer.skipped // ask.page
        label = wording.before.format(numbers=_numbers(answer.skipped - size + 1, answer.skipped))
        buttons.append(Button(label, str(replace(ask, page=ask.page - 1))))
    first = answer.skipped + shown + 1
    if shown and first <= answer.worth:
        last = min(answer.skipped + 2 * shown, answer.worth)
        label = wording.more.format(numbers=_numbers(first, last), count=answer.worth)
        buttons.append(Button(label, str(replace(ask, page=ask.page + 1))))
    return tuple(buttons)


def _numbers(first: int, last: int) -> str:
    return f"{first}" if first == last else f"{first}–{last}"


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
    added = wording.reasons_sum.format(passage=reasons.passage, document=reasons.document)
    if reasons.bonus > 1:
        added = wording.reasons_bonus.format(sum=added, bonus=reasons.bonus)
    head = wording.reasons_hit.format(
        number=number,
        title=echo(path_of(hit.passage), LONGEST_TITLE + LONGEST_TITLE).html,
        score=hit.score,
        sum=added,
    )
    lines = [
        wording.reasons_part.format(
            token=echo(each.token, LONGEST_TOKEN).html,
            passage=each.passage,
            document=each.document,
        )
        for each in told[:MOST_TOKENS]
    ]
    if len(told) > MOST_TOKENS:
        lines.append(wording.reasons_more.format(count=len(told) - MOST_TOKENS))
    return "\n".join([head, *([wording.reasons_parts_of_tokens] if told else []), *lines])


def _code(tokens: Iterable[str]) -> str:
    shown = shorten(" · ".join(tokens), MOST_HEADING - LONGEST_WORDS)
    return code(shown).html


def _heading(wording: Wording, answer: Answer, asked: Asked) -> list[str]:
    """What is said before the passages: that they are no sure answer, why, and what was quoted in vain.

    Where nothing answers in a group, that is all that is said there.
    """
    lines: list[str] = []
    if answer.verdict is Verdict.NONE and asked.in_group:
        return [wording.none_in_group if asked.title is None else wording.none_in_document_in_group]
    if answer.verdict is not Verdict.FOUND:
        none = wording.none if asked.title is None else wording.none_in_document
        lines.append(wording.perhaps if answer.verdict is Verdict.PERHAPS else none)
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
    return echo(text, LONGEST_WORDS).html
