"""Text with its spans -> text for a terminal."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from prompt_toolkit.utils import get_cwidth

from bot.terminal.markup import FormattedText, Span

_QUOTES = ("blockquote", "expandable_blockquote")
_ESCAPES = {  # entity -> parameters of the escape sequence "select graphic rendition"
    "bold": "1",
    "italic": "3",
    "underline": "4",
    "strikethrough": "9",
    "code": "36",
    "pre": "36",
    "text_link": "4",
    "spoiler": "2",
}
_BAR, _BAR_ESCAPE = "┃", "36"
_NOT_FIRST = frozenset("，。、；：？！）》」』】〉〕”’…—·,.;:?!)]}%")
_NOT_LAST = frozenset("（《「『【〈〔“‘([{")
_WIDE = 2  # columns of a Han character
_IN_TELEGRAM = "https://t.me/"  # where links lead that are of no use here


@dataclass(frozen=True, slots=True)
class _Cell:
    """A character on the screen, the escapes it is shown with, and the quote it is in."""

    character: str
    escapes: frozenset[str] = frozenset()
    quote: Span | None = None

    @property
    def width(self) -> int:
        return get_cwidth(self.character)


def render(message: FormattedText, *, width: int | None = None) -> str:
    """Lay a message out for a terminal of `width` columns; None: plain, neither wrapped nor coloured."""
    return "\n".join(_painted(line, width) for line in _lines(_cells(message)))


def _cells(message: FormattedText) -> Iterator[_Cell]:
    escapes: list[set[str]] = [set() for _ in message.text]
    quotes: list[Span | None] = [None] * len(message.text)
    addresses: dict[int, str] = {}
    for span in message.spans:
        for position in range(span.start, span.end):
            if span.kind in _QUOTES:
                quotes[position] = span
            elif span.kind in _ESCAPES:
                escapes[position].add(_ESCAPES[span.kind])
        shown = message.text[span.start : span.end]
        if span.url and span.url != shown and not span.url.startswith(_IN_TELEGRAM):
            addresses[span.end - 1] = f" ({span.url})"
    for position, character in enumerate(message.text):
        yield _Cell(_visible(character), frozenset(escapes[position]), quotes[position])
        for letter in addresses.get(position, ""):
            yield _Cell(_visible(letter), quote=quotes[position])


def _visible(character: str) -> str:
    """A document must not steer the terminal: its escape characters are shown, not sent."""
    if character == "\t":
        return " "
    return "\ufffd" if character != "\n" and unicodedata.category(character) == "Cc" else character


def _lines(cells: Iterable[_Cell]) -> Iterator[list[_Cell]]:
    """Break at line ends and, as quotes are blocks, where a quote begins or ends."""
    line: list[_Cell] = []
    quote: Span | None = None
    after_break = False  # the line end that follows a quote is the end of its last line
    for cell in cells:
        if cell.quote is not quote:
            after_break = bool(line)
            if line:
                yield line
            line, quote = [], cell.quote
        if cell.character != "\n":
            line.append(cell)
        elif line or not after_break:
            yield line or [_Cell("", quote=quote)]
            line = []
        after_break = False
    if line:
        yield line


def _painted(line: Sequence[_Cell], width: int | None) -> str:
    quoted = line[0].quote is not None
    bar = _BAR if width is None else _escaped(_BAR, _BAR_ESCAPE)
    start = f"{bar} " if quoted else ""
    if width is None:
        return start + "".join(cell.character for cell in line)
    rows = _wrapped(line, width - 2 if quoted else width)
    return "\n".join(start + _coloured(row) for row in rows)


def _coloured(row: Iterable[_Cell]) -> str:
    runs = groupby(row, key=lambda cell: ";".join(sorted(cell.escapes)))
    return "".join(_escaped("".join(cell.character for cell in run), escapes) for escapes, run in runs)


def _escaped(text: str, escapes: str) -> str:
    return f"\x1b[{escapes}m{text}\x1b[0m" if escapes else text


def _wrapped(line: Sequence[_Cell], width: int) -> Iterator[list[_Cell]]:
    row: list[_Cell] = []
    room = width
    for atom in _atoms(line):
        if row and sum(cell.width for cell in atom) > room:
            yield row
            row, room = [], width
            if atom[0].character.isspace():
                continue  # the break stands for the blank
        for cell in atom:
            if row and cell.width > room:  # an atom longer than a whole row
                yield row
                row, room = [], width
            row.append(cell)
            room -= cell.width
    if row:
        yield row


def _atoms(line: Sequence[_Cell]) -> Iterator[list[_Cell]]:
    """What a line break should not tear: a word, a Han character with its punctuation, a run of blanks."""
    atom: list[_Cell] = []
    for cell in line:
        if atom and _may_break(atom[-1], cell):
            yield atom
            atom = []
        atom.append(cell)
    if atom:
        yield atom


def _may_break(before: _Cell, after: _Cell) -> bool:
    if after.width == 0:
        return False
    if before.character.isspace() != after.character.isspace():
        return True
    if before.character in _NOT_LAST or after.character in _NOT_FIRST:
        return False
    return _WIDE in (before.width, after.width)
