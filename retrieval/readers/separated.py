"""Comma-separated values -> content."""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from retrieval.documents import Content, SheetRow
from retrieval.readers.blocks import content_of
from retrieval.readers.first_rows import Row
from retrieval.readers.plain import headed
from retrieval.readers.tables import rows

DELIMITERS = ",;\t|；"
TOLD = re.compile(r'"?sep=(.)"?', re.IGNORECASE)
"""The line by which Excel is told the delimiter."""

SAMPLE = 100
"""Records by which the delimiter is found."""

ALIKE = 0.5
"""The share of the records of several fields that have the same number of them, in a table."""

WIDEST = 1 << 14
"""Fields of a record; a line of more is no row of a table."""

LONGEST = 200
"""Lines of a record; a quotation that goes on for longer was never closed."""

FAULTS = 100
"""Quotations that were never closed, from which on quotation marks are characters like others."""


def read_separated(text: str) -> Content:
    """The rows of a table, each with the names of its columns.

    The delimiter is the one that makes the most of the lines rows of the same number of fields. A text of
    which none does that is read as a plain one. Its title is what stands alone above a header: the first line
    of a list is none.
    """
    lines = text.split("\n")
    told = TOLD.fullmatch(lines[0].strip(" \ufeff"))
    delimiter = told[1] if told else _delimiter(lines)
    if not delimiter:
        return Content(text, None, tuple(headed(text)))
    records = _records(lines[1:] if told else lines, delimiter)
    placed = (Row.of(record, SheetRow(number)) for number, record in enumerate(records, 1))
    return content_of(rows(placed, title_level=1, is_repeated=False), by_lines=False)


def _delimiter(lines: Sequence[str]) -> str:
    """What separates the fields; nothing where the lines are no rows."""
    found = max(DELIMITERS, key=lambda delimiter: _likeness(lines, delimiter))
    return found if _likeness(lines, found) > (0, 0) else ""


def _likeness(lines: Sequence[str], delimiter: str) -> tuple[float, int]:
    """How many of the first records are alike, and of how many fields; zeros where they are no table."""
    counts = Counter(len(record) for record in islice(_records(lines, delimiter), SAMPLE) if any(record))
    several = sum(number for fields, number in counts.items() if fields > 1)
    if not several:
        return (0, 0)
    fields, alike = max(counts.items(), key=lambda item: (item[0] > 1, item[1], item[0]))
    if alike < ALIKE * several or several < counts.total() / 2:
        return (0, 0)
    return (alike / counts.total(), fields)


def _records(lines: Sequence[str], delimiter: str) -> Iterator[list[str]]:
    """The fields of each record. A quotation that is never closed is none."""
    faults = start = 0
    while start < len(lines):
        line = lines[start]
        taken = 1
        if line.count(delimiter) >= WIDEST:
            yield [line]
        elif '"' not in line or faults == FAULTS:
            yield line.split(delimiter)
        else:
            try:
                record, taken = _quoted(lines, start, delimiter)
            except csv.Error:
                record = line.split(delimiter)
                faults += 1
            yield record
        start += taken


def _quoted(lines: Sequence[str], start: int, delimiter: str) -> tuple[list[str], int]:
    """The record that begins with a line, and how many lines it takes. Raises csv.Error."""
    longest = 1 if lines[start].count('"') % 2 == 0 else LONGEST
    window = (line + "\n" for line in lines[start : start + longest])
    reader = csv.reader(window, delimiter=delimiter, skipinitialspace=True, strict=True)
    return next(reader), reader.line_num
