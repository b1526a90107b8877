"""Markdown -> Markdown whose tables are rows with the names of their columns, each a paragraph."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retrieval.readers.blocks import Block
from retrieval.readers.html_tables import table_at
from retrieval.readers.tables import rows

FENCE = re.compile(r"[ \t]{0,3}(```|~~~)")
RULE = re.compile(r"[ \t]{0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
"""The line below a table's header."""

LONGEST = 10_000
"""Characters of a rule; a longer line is none."""

CELL = re.compile(r"(?:[^|\\]|\\.?)*", re.DOTALL)
BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Tabled:
    """A text and the places where its rows begin."""

    text: str
    rows: frozenset[int]


def tabled(text: str, begin: int) -> Tabled:
    """The text with its tables, from the character `begin` on, as rows; those in code stay as they are."""
    if "|" not in text and "<table" not in text.lower():
        return Tabled(text, frozenset())
    said, places = [text[:begin]], set()
    length = begin
    for piece in _pieces(text[begin:].split("\n")):
        if isinstance(piece, Block):
            if piece.is_row:
                places.add(length)
            written = f"{piece.text}\n\n"  # so that no row is taken for a line of the next
        else:
            written = f"{piece}\n"
        said.append(written)
        length += len(written)
    return Tabled("".join(said).removesuffix("\n"), frozenset(places))


def _pieces(lines: list[str]) -> Iterator[str | Block]:
    """The lines as they are, and the rows of tables."""
    fence = ""
    number = 0
    while number < len(lines):
        line = lines[number]
        if mark := FENCE.match(line):
            fence = "" if fence == mark[1] else fence or mark[1]
        end = number if fence or mark else _end(lines, number)
        if end > number:
            yield ""
            yield from rows(([*_cells(lines[number])], *map(_cells, lines[number + 2 : end])), header_rows=1)
            number = end
        elif found := None if fence or mark else table_at(lines, number):
            yield ""
            yield from found.blocks
            number = found.last
            lines[number] = found.behind
        else:
            yield line
            number += 1


def _end(lines: Sequence[str], start: int) -> int:
    """The number of the line behind the table that begins with a line, or the line's own: it begins none."""
    if start + 1 == len(lines) or "|" not in lines[start] or not _is_rule(lines[start + 1]):
        return start
    if len(_cells(lines[start])) != len(_cells(lines[start + 1])):
        return start
    end = start + 2
    while end < len(lines) and "|" in lines[end]:
        end += 1
    return end


def _is_rule(line: str) -> bool:
    return "-" in line and len(line) <= LONGEST and RULE.fullmatch(line) is not None


def _cells(line: str) -> list[str]:
    """What stands between the bars of a line."""
    inner = line.strip().removeprefix("|")
    found: list[str] = []
    start = 0
    while start <= len(inner):
        cell = CELL.match(inner, start)
        assert cell is not None
        found.append(BREAK.sub(" ", cell.group()).replace("\\|", "|"))
        start = cell.end() + 1
    return found[:-1] if len(found) > 1 and not found[-1].strip() and inner.endswith("|") else found
