"""Hit -> card: the sentence that answers, its passage, and where it stands."""

from collections.abc import Sequence
from pathlib import PurePosixPath

from bot.limits import ELLIPSIS, fitting, shorten, shorten_middle, units
from bot.links import link_to_passage
from bot.markup import Html, bold, code, echo, joined, link, plain, quote
from bot.wording import Wording
from retrieval.addresses import Address
from retrieval.documents import Span
from retrieval.passages import Passage
from retrieval.search import Hit

MOST_ALSO = 3
"""Other places of a passage that are named."""

LONGEST_TITLE = 64
LONGEST_PATH = 120
LONGEST_SHEET = 31
LONGEST_SOURCE = 120
"""UTF-16 units."""

OF_A_PLACE = 60
"""UTF-16 units of the room for places, for each other place that is named."""

LEAST_NAME = 12
"""The same of a file's name, where there is little room."""

BETWEEN = " · "
LEAD = "📄 "

PLACED = 6
"""Entities of a card beside its bold words: the quotation, the file name, the link, and other files."""

SHARE = 3
"""The part of a card that its sentence may take, and its places; the passage has the rest."""


def card(  # noqa: PLR0913, PLR0917 - what a card is made of
    wording: Wording,
    username: str,
    number: int,
    hit: Hit,
    repeats: Sequence[Hit],
    room: int,
    most_marks: int,
) -> Html:
    """A hit in at most `room` units, with at most so many words in bold: the sentence that answers, the
    passage where it says more, where it stands, and where else.
    """
    text = hit.passage.text
    head = plain(f"{number}. ")
    sentence = _fitted(text, hit.sentence, room // SHARE - head.length)
    said = head + _said(hit.passage, sentence, _longest(hit.matches, sentence, most_marks))
    if sentence != hit.sentence:
        said += plain(ELLIPSIS)
    foot = _foot(wording, username, hit, repeats, room // SHARE)
    most_marks -= said.entities
    passage = Html()
    if _said(hit.passage, hit.sentence, ()).html != plain(body_of(hit.passage)).html:
        passage = _quote(hit, room - said.length - foot.length - len("\n\n"), most_marks)
    return joined("\n", [said, passage, foot])


def marked(text: str, span: Span, marks: Sequence[Span]) -> Html:
    """A stretch of the text, with what matched in it in bold."""
    html = Html()
    at = span.start
    for mark in (_clip(mark, span) for mark in marks):
        if mark.start < mark.end:
            html += plain(text[at : mark.start]) + bold(text[mark.start : mark.end])
            at = mark.end
    return html + plain(text[at : span.end])


def place_of(wording: Wording, passage: Passage) -> str:
    """The page on which a passage begins, or the row of a spreadsheet, or else its paragraphs."""
    if passage.page:
        return wording.page.format(page=passage.page)
    if passage.row:
        row = wording.row.format(row=passage.row.number)
        return " ".join(filter(None, [shorten(passage.row.sheet, LONGEST_SHEET), row]))
    where = wording.places if passage.first < passage.last else wording.place
    return where.format(first=passage.first, last=passage.last)


def path_of(passage: Passage) -> str:
    """Title and heading path, without a heading that is the title again."""
    title = passage.origin.title
    headings = [heading for heading in passage.headings if heading != title]
    return " › ".join([shorten(title, LONGEST_TITLE), *headings])


def file_name(source: str, longest: int = LONGEST_SOURCE) -> Html:
    """A file's name."""
    return code(shorten_middle(source, longest))


def source_of(wording: Wording, username: str, passage: Passage, room: int) -> Html:
    """Where a passage stands, in at most `room` units: its title and headings, the file, and the place, which
    is a link to it.
    """
    place = link(place_of(wording, passage), link_to_passage(username, Address.of(passage)))
    room -= units(LEAD) + place.length + 2 * len(BETWEEN)
    name = file_name(passage.origin.source, min(LONGEST_SOURCE, room // 2))
    path = path_of(passage)
    if path in {PurePosixPath(passage.origin.source).stem, passage.origin.source}:
        path = ""
    said = echo(path, min(LONGEST_TITLE + LONGEST_PATH, room - name.length))
    return plain(LEAD) + joined(BETWEEN, [said, name, place])


def _foot(wording: Wording, username: str, hit: Hit, repeats: Sequence[Hit], room: int) -> Html:
    named = repeats[: min(MOST_ALSO, room // OF_A_PLACE)]
    others = [_place(wording, other.passage, room // 8) for other in named]
    if len(repeats) > len(named):
        others.append(plain(wording.more_places.format(count=len(repeats) - len(named))))
    also = plain(wording.also) + joined(wording.between_places, others) if others else Html()
    own = source_of(wording, username, hit.passage, room - also.length - len("\n"))
    return joined("\n", [own, also])


def _place(wording: Wording, passage: Passage, room: int) -> Html:
    """The file in which a passage stands as well, and where, in at most `room` units if these are not few."""
    place = place_of(wording, passage)
    room = max(LEAST_NAME, min(LONGEST_SOURCE, room - units(place) - len(BETWEEN)))
    return joined(BETWEEN, [file_name(passage.origin.source, room), plain(place)])


def body_of(passage: Passage) -> str:
    """What a passage says, as it is quoted."""
    return "\n".join(passage.text[part.span.start : part.span.end] for part in passage.body).strip()


def _quote(hit: Hit, room: int, most_marks: int) -> Html:
    text = hit.passage.text
    shown = _window(hit, room)
    said = _said(hit.passage, shown, _longest(hit.matches, shown, most_marks))
    before = ELLIPSIS if shown.start > 0 else ""
    after = ELLIPSIS if shown.end < len(text) else ""
    return quote(plain(before) + said + plain(after), folded=True)


def _said(passage: Passage, within: Span, marks: Sequence[Span]) -> Html:
    """What a stretch of a passage says, each paragraph on a line, with what matched in bold."""
    spans = [span for part in passage.body if (span := _clip(part.span, within)).start < span.end]
    return joined("\n", [marked(passage.text, span, marks) for span in spans or [within]])


def _window(hit: Hit, room: int) -> Span:
    """What fits of a passage: its beginning if the best sentence is in it, else from that sentence on."""
    text = hit.passage.text
    if units(text) <= room:
        return Span(0, len(text))
    room = max(0, room - 2 * len(ELLIPSIS))
    start = 0 if units(text[: hit.sentence.end]) <= room else hit.sentence.start
    return Span(start, start + fitting(text[start:], room))


def _fitted(text: str, span: Span, room: int) -> Span:
    """A stretch of a text, or what of it fits into `room` units with an ellipsis."""
    said = text[span.start : span.end]
    if units(said) <= room:
        return span
    return Span(span.start, span.start + fitting(said, room - len(ELLIPSIS)))


def _longest(matches: Sequence[Span], within: Span, most: int) -> list[Span]:
    """The longest of what matched within a stretch, at most so many, in order."""
    inside = [clipped for match in matches if (clipped := _clip(match, within)).start < clipped.end]
    longest_first = sorted(inside, key=lambda span: span.start - span.end)
    return sorted(longest_first[: max(0, most)], key=lambda span: span.start)


def _clip(span: Span, bounds: Span) -> Span:
    start = max(span.start, bounds.start)
    return Span(start, max(start, min(span.end, bounds.end)))
