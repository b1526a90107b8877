"""Table -> blocks, one a row, each with the names of its columns."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, groupby, islice, repeat, takewhile

from retrieval.headings import is_marked
from retrieval.labels import is_figure
from retrieval.late_pattern import LatePattern
from retrieval.readers.blocks import Block
from retrieval.readers.first_rows import Row
from retrieval.readers.forms import Field, fields_in_places, fields_of, has_places, is_form
from retrieval.readers.headers import above_header, header_below, is_header, is_lone, names_of

BETWEEN = "; "
"""Between the fields of a row."""

NAMED = ": "
"""Between the name of a field and what it holds."""

AHEAD = 20
"""Rows of a table, or of a part of it below an empty row, by which its form is told."""

TITLE = re.compile(r"(?!注|备注|備註|说明|說明|单位|單位|[（(]).{1,60}(?<![。；;，,、：:！!？?])")
NOTE = LatePattern(
    r"(?:注|备\s*注|備\s*註|说明|說明|附注|附註|(?:资料|資料|数据|數據)?[来來]源)\s*[0-9０-９]?[:：.、].*"
    r"|(?:以上|上述|上列|上表|本表|此表|如有|如需).{3,}|[^:：]{1,10}[:：].+|.*[。：:]|.{31,}"
)
"""What stands in the first cell alone without being a row's only field."""

LABELLED = re.compile(r"([^\d:：]{1,10})[:：](?!//).*")
"""A cell that names itself what it holds, as 制表人：..."""

SHORTEST = 4
"""Characters; what all cells of a row repeat is one cell merged across only if it is as long."""


def rows(
    table: Iterable[Sequence[str]],
    page: int | None = None,
    *,
    header_rows: int | None = None,
    title_level: int | None = None,
    is_repeated: bool = True,
) -> Iterator[Block]:
    """The rows of a table, each with the names of its columns, and what stands above, between and below them.

    A cell merged down stands in each of its rows, one merged across in each of its columns if `is_repeated`,
    else in the first. The first `header_rows` name the columns; where nobody says how many do, the rows tell:
    a table may have a header of one row or more, none, or be a form that names its fields in the cells before
    them. What stands alone in a row above a header, or is a note, is a paragraph: the first above a header is
    a heading if `title_level` gives a level. An empty row may end a table, and another begin with its header.

    A row says nothing of a column without a field in it; a header with the name of a column that has none in
    any row follows the rows as boilerplate. One that is repeated is not said again. Only some rows are held
    at a time.
    """
    yield from _Table(page, title_level, is_repeated=is_repeated).blocks(
        (_cleaned(row) for row in table), header_rows
    )


def _cleaned(row: Sequence[str]) -> Row:
    cells = map(_on_one_line, row)
    return Row.of(cells, row.place, stands_out=row.stands_out) if isinstance(row, Row) else Row(cells)


def _on_one_line(cell: str) -> str:
    if cell.isprintable() and " " not in cell:  # as nearly everywhere, and sooner seen
        return cell
    return " ".join(cell.replace("\ufeff", "").replace("\u200b", "").split())


class _Table:
    """A table while it is read, by the names of its columns."""

    def __init__(self, page: int | None, title_level: int | None, *, is_repeated: bool) -> None:
        self._page, self._title_level, self._is_repeated = page, title_level, is_repeated
        self._names: list[str] = []  # as they stand before a field
        self._header: list[Row] = []
        self._unsaid: set[int] = set()  # the columns with a name that no row has said so far
        self._has_rows = False  # below the header
        self._has_places = False  # as a form, for its labels
        self._are_labelled = False  # the rows, cell by cell

    def blocks(self, table: Iterator[Row], header_rows: int | None) -> Iterator[Block]:
        if header_rows is not None:
            yield from self._marked([row for row in islice(table, header_rows) if any(row)])
        held: list[Row] = []
        for is_filled, part in groupby(table, key=any):
            if not is_filled:
                continue
            head = [*held, *islice(part, AHEAD)]
            held = head if header_rows is None and self._stands_above(head) else []
            if not held:
                yield from self._part(head, part, detect=header_rows is None)  # noqa: B031 - what is left of it
        for row in held:
            yield from [self._paragraph(row)] if is_lone(row) else self._row(row)
        yield from self._ended()

    def _marked(self, head: list[Row]) -> Iterator[Block]:
        above = [*takewhile(is_lone, head)] if len(head) > 1 else []
        yield from self._above(above)
        self._begin(head[len(above) :])

    def _stands_above(self, part: list[Row]) -> bool:
        """Whether rows with an empty one below may be a title or a header of what follows."""
        if len(part) == 1 and not self._names:
            return not is_form(part)
        return len(part) < AHEAD and all(map(is_lone, part))

    def _part(self, head: list[Row], rest: Iterator[Row], *, detect: bool) -> Iterator[Block]:
        """The rows from one empty row to the next, of which the first are known."""
        start = 0
        if detect:
            above = above_header(head)
            depth = header_below(head[above:])
            if not self._names or is_form(head[above:]) or (depth and (above or is_header(head[above:]))):
                yield from self._ended()
                yield from self._above(head[:above])
                start = above + depth
                self._begin(head[above:start])
                self._has_places = not depth and has_places(head[above:])
        for row in chain(head[start:], rest):
            yield from self._row(row)

    def _begin(self, header: list[Row]) -> None:
        self._names = [name and name + NAMED for name in names_of(header)]
        self._unsaid = {column for column, name in enumerate(self._names) if name}
        self._header, self._has_rows, self._has_places = header, False, False

    def _ended(self) -> Iterator[Block]:
        """The header of no rows, or what of it names columns of nothing."""
        unsaid, self._unsaid = self._unsaid, set()
        for row in self._header:
            if any(column in unsaid and cell for column, cell in enumerate(row)):
                yield replace(self._said(row, filter(None, row)), is_boilerplate=self._has_rows)

    def _above(self, above: Iterable[Row]) -> Iterator[Block]:
        is_first = self._title_level is not None
        for row in above:
            block = self._paragraph(row) if is_lone(row) else self._said(row, _joined(fields_of(row)))
            is_title = is_first and not block.is_row and TITLE.fullmatch(block.text)
            yield replace(block, level=self._title_level) if is_title else block
            is_first = is_first and not is_title

    def _row(self, row: Row) -> Iterator[Block]:
        if row in self._header:
            return
        if is_lone(row) and (not self._names or self._is_paragraph(row)):
            yield self._paragraph(row)
        elif self._is_below(row):
            yield self._said(row, filter(None, row))
        else:
            self._has_rows = True
            self._unsaid -= {column for column in self._unsaid if column < len(row) and row[column]}
            yield self._said(row, self._fields(row))

    def _is_below(self, row: Row) -> bool:
        """Whether a row says who made the table and the like, as the first of its rows does not."""
        if not self._has_rows:
            self._are_labelled = _is_labelled(row)
        return bool(self._names) and self._has_rows and not self._are_labelled and _is_labelled(row)

    def _is_paragraph(self, row: Row) -> bool:
        """Whether the one text of a row below the header is no field, but a note or what rows are about."""
        if not row[0]:
            return False
        if len(row) > 1 and row[1]:
            return self._is_repeated and len(row[0]) >= SHORTEST and not is_figure(row[0])
        return NOTE.fullmatch(row[0]) is not None or is_marked(row[0])

    def _fields(self, row: Row) -> Iterator[str]:
        if self._names:
            return self._named(row)
        return _joined(fields_in_places(row) if self._has_places else fields_of(row))

    def _named(self, row: Row) -> Iterator[str]:
        more = repeat("", len(row) - len(self._names))
        return (name + cell for name, cell in zip(chain(self._names, more), row, strict=False) if cell)

    def _paragraph(self, row: Row) -> Block:
        return Block(next(filter(None, row)), page=self._page, row=row.place)

    def _said(self, row: Row, fields: Iterable[str]) -> Block:
        return Block(BETWEEN.join(fields), page=self._page, is_row=True, row=row.place)


def _is_labelled(row: Row) -> bool:
    """Whether each cell of a row, from the first on, names itself what it holds, none as another does."""
    labels = [found and found[1] for found in map(LABELLED.fullmatch, filter(None, row))]
    return bool(row[0]) and all(labels) and len({*labels}) == len(labels)


def _joined(fields: Iterable[Field]) -> Iterator[str]:
    return (NAMED.join(filter(None, field)) for field in fields)
