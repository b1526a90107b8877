"""Hit -> card: a passage as an answer shows it, in Telegram's HTML."""

from collections.abc import Sequence
from html import escape

from bot.limits import ELLIPSIS, fitting, shorten, shorten_middle, units
from bot.wording import Wording
from retrieval.documents import Span
from retrieval.passages import Passage
from retrieval.search import Hit

LONG_QUOTE = 150
"""Characters from which a quotation is folded until it is tapped."""

MOST_ALSO = 3
"""Other places of a passage that are named."""

LONGEST_TITLE = 64
LONGEST_PATH = 120
LONGEST_SOURCE = 120
"""UTF-16 units."""


def card(  # noqa: PLR0913, PLR0917 - what a card is made of
    wording: Wording, number: int, hit: Hit, repeats: Sequence[Hit], room: int, most_marks: int
) -> str:
    """A hit in at most `room` units: where it stands, the passage, its file, and where else it stands."""
    passage = hit.passage
    head = shorten(f"{number}. {path_of(passage)}", min(LONGEST_TITLE + LONGEST_PATH, room // 4))
    longest = min(LONGEST_SOURCE, room // (4 + 2 * len(repeats)))
    places = [_place(wording, hit, longest) for hit in (hit, *repeats[:MOST_ALSO])]
    foot = "\n".join([f"📄 {places[0]}", *_also(wording, places[1:], len(repeats))])
    quote = _quote(hit, room - units(f"{head}\n\n{foot}"), most_marks)
    return f"{_escape(head)}\n{quote}\n{foot}"


def _place(wording: Wording, hit: Hit, longest: int) -> str:
    """The file in which a passage stands, and the page there, or else the paragraphs."""
    first, last, page = hit.passage.first, hit.passage.last, hit.passage.page
    where = wording.places if first < last else wording.place
    place = wording.page.format(page=page) if page else where.format(first=first, last=last)
    return f"{file_name(shorten_middle(hit.passage.origin.source, longest))} · {place}"


def _also(wording: Wording, places: Sequence[str], count: int) -> list[str]:
    if not places:
        return []
    more = [wording.more_places.format(count=count - len(places))] if count > len(places) else []
    return [wording.also.format(places=wording.between_places.join([*places, *more]))]


def file_name(source: str) -> str:
    """A file's name, as code: Telegram takes a bare 章程.md for a web address of Moldova."""
    return f"<code>{_escape(shorten_middle(source, LONGEST_SOURCE))}</code>"


def path_of(passage: Passage) -> str:
    """Title and heading path, without a heading that is the title again."""
    title = passage.origin.title
    headings = [heading for heading in passage.headings if heading != title]
    return " › ".join([shorten(title, LONGEST_TITLE), *headings])


def _quote(hit: Hit, room: int, most_marks: int) -> str:
    shown = _window(hit, room)
    spans = [_clip(part.span, shown) for part in hit.passage.body]
    longest_first = sorted(hit.matches, key=lambda span: span.start - span.end)
    marks = sorted(longest_first[:most_marks], key=lambda span: span.start)
    html = "\n".join(_marked(hit.passage.text, span, marks) for span in spans if span.start < span.end)
    before = ELLIPSIS if shown.start > 0 else ""
    after = ELLIPSIS if shown.end < len(hit.passage.text) else ""
    expandable = " expandable" if len(hit.passage.text) >= LONG_QUOTE else ""
    return f"<blockquote{expandable}>{before}{html}{after}</blockquote>"


def _window(hit: Hit, room: int) -> Span:
    """What fits of a passage: its beginning if the best sentence is in it, else from that sentence on."""
    text = hit.passage.text
    if units(text) <= room:
        return Span(0, len(text))
    room -= 2 * len(ELLIPSIS)
    start = 0 if units(text[: hit.sentence.end]) <= room else hit.sentence.start
    return Span(start, start + fitting(text[start:], room))


def _clip(span: Span, bounds: Span) -> Span:
    start = max(span.start, bounds.start)
    return Span(start, max(start, min(span.end, bounds.end)))


def _marked(text: str, span: Span, marks: Sequence[Span]) -> str:
    """A stretch of the text, with what matched in it in bold."""
    html: list[str] = []
    at = span.start
    for mark in (_clip(mark, span) for mark in marks):
        if mark.start < mark.end:
            html += _escape(text[at : mark.start]), f"<b>{_escape(text[mark.start : mark.end])}</b>"
            at = mark.end
    return "".join([*html, _escape(text[at : span.end])])


def _escape(text: str) -> str:
    return escape(text, quote=False)
