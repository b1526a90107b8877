"""Passage -> a view of it by itself, from which one reads around."""

from collections.abc import Sequence
from dataclasses import replace

from bot.callbacks import Action, Ask
from bot.cards import BETWEEN, LEAD, LONGEST_SOURCE, file_name, marked, path_of, place_of
from bot.limits import LONGEST_TEXT, fitting, shorten, shorten_middle, units
from bot.links import link_to_passage
from bot.markup import bold, echo, joined, link, plain, quote
from bot.reply import Button, Reply, Rows
from bot.wording import Wording
from retrieval.addresses import Address
from retrieval.documents import Span
from retrieval.index import Index
from retrieval.passages import Passage
from retrieval.sentences import sentences

LONGEST_COPY = 256
"""Characters that a button can put into the clipboard."""

MOST_MARKS = 80
"""Words in bold."""

LONGEST_PATH = 300
"""UTF-16 units."""


def view(  # noqa: PLR0913 - what is shown, to whom, and below what
    wording: Wording,
    index: Index,
    number: int,
    ask: Ask,
    username: str,
    *,
    sentence: Span | None = None,
    matches: Sequence[Span] = (),
    is_same: bool = True,
) -> Reply:
    """A passage with the buttons that lead to what is before and behind it, to its file, and back.

    `sentence` is the one that answers and `matches` what matched, where there is a question; `is_same` says
    whether the text is the one that was meant.
    """
    passage = index.passages[number]
    address = Address.of(passage)
    note = "" if is_same else wording.moved
    if passage.boilerplate:
        note = wording.boilerplate
    shown = Span(0, fitting(passage.text, LONGEST_TEXT - 3 * LONGEST_PATH))
    said = marked(passage.text, shown, matches[:MOST_MARKS])
    place = link(place_of(wording, passage), link_to_passage(username, address))
    source = plain(LEAD) + joined(BETWEEN, [file_name(passage.origin.source), place])
    parts = [plain(note), bold(echo(path_of(passage), LONGEST_PATH)), quote(said), source]
    return Reply(joined("\n", parts).html, _rows(wording, index, number, ask, sentence))


def copied(passage: Passage, place: str, sentence: Span | None = None) -> str:
    """A passage with its source, or where that is too long the sentence with it, in what can be copied."""
    source = shorten_middle(passage.origin.source, LONGEST_SOURCE)
    title = (
        "" if passage.origin.title in source else f"《{shorten(passage.origin.title, LONGEST_SOURCE // 2)}》"
    )
    below = f"\n—— {title}{source}{BETWEEN}{place}"
    room = LONGEST_COPY - units(below)
    text = passage.text.strip()
    if units(text) > room:
        sentence = sentence or next(iter(sentences(passage.text)), Span(0, len(passage.text)))
        text = passage.text[sentence.start : sentence.end].strip()
    return shorten(text, room) + below


def _rows(wording: Wording, index: Index, number: int, ask: Ask, sentence: Span | None) -> Rows:
    passage, document = index.passages[number], index.document_of(number)
    numbers = index.passages_of(document)
    around = []
    if number > numbers.start:
        around.append(_step(wording.up, index, number - 1, ask))
    if number + 1 < numbers.stop:
        around.append(_step(wording.down, index, number + 1, ask))
    here = replace(ask, passage=Address.of(passage))
    beside = [
        Button(wording.file, str(replace(here, action=Action.FILE))),
        Button(wording.copy, copied=copied(passage, place_of(wording, passage), sentence)),
        _back(wording, here),
    ]
    return tuple(tuple(row) for row in (around, beside) if row)


def _step(label: str, index: Index, number: int, ask: Ask) -> Button:
    return Button(label, str(replace(ask, passage=Address.of(index.passages[number]))))


def _back(wording: Wording, here: Ask) -> Button:
    """To the answer, or to the card of the document."""
    if here.action is Action.PASSAGE:
        return Button(wording.back, str(replace(here, action=Action.ANSWER, passage=None)))
    assert here.passage is not None
    return Button(
        wording.back, str(replace(here, action=Action.DOCUMENT, scope=here.passage.document, passage=None))
    )
