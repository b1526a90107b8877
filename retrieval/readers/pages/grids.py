"""Lines drawn on a page -> grids, the cells of tables."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from retrieval.readers.pages.rules import Rule

NEAR = 3.0
"""Points by which lines that meet, or go on, miss each other, at most."""

MOST = 200
"""Lines in either direction on a page of which grids are made."""

ALIGNED = 3
"""Points by which the columns of a table stand elsewhere on the next page, at most."""

Cell = tuple[int, int]
"""A cell by the row and the column where it begins, from above and from the left."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of a table.

    `edges` of columns are counted from the left, `heights` between rows from above, in points as those of a
    piece; `cells` has for each row the cell in each of its columns. Merged ones stand in several.
    """

    edges: tuple[float, ...]
    heights: tuple[float, ...]
    cells: tuple[tuple[Cell, ...], ...]

    def cell_at(self, across: float, height: float) -> Cell | None:
        """The cell at a place, None outside."""
        column = bisect_left(self.edges, across) - 1
        row = bisect_left(self.heights, -height, key=lambda height: -height) - 1
        if 0 <= column < len(self.edges) - 1 and 0 <= row < len(self.heights) - 1:
            return self.cells[row][column]
        return None

    def divides(self, before: float, after: float, height: float) -> bool:
        """Whether two places at some height are in different columns."""
        if not self.heights[-1] < height < self.heights[0]:
            return False
        return bisect_left(self.edges, before) != bisect_left(self.edges, after)


def grids(lying: Iterable[Rule], standing: Iterable[Rule]) -> Iterator[Grid]:
    """The grids of at least two columns that lines make up; they may be open at their sides."""
    across, down = whole(lying), whole(standing)
    if max(len(across), len(down)) > MOST:
        return
    for rows, columns in _meeting(across, down):
        heights = _apart(rule.at for rule in rows)[::-1]
        ends = [place for rule in rows for place in (rule.start, rule.end)]
        edges = _apart([*(rule.at for rule in columns), min(ends), max(ends)])
        cells = _cells(edges, heights, rows, columns)
        if cells and _are_cells(cells):
            yield Grid(tuple(edges), tuple(heights), cells)


def are_aligned(edges: Sequence[float], others: Sequence[float]) -> bool:
    """Whether these are the edges of the same columns."""
    return len(edges) == len(others) and all(
        abs(a - b) <= ALIGNED for a, b in zip(edges, others, strict=True)
    )


def whole(rules: Iterable[Rule]) -> list[Rule]:
    """The lines put together that go on, or are drawn beside each other to look thick."""
    beside: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda rule: rule.at):
        if not beside or rule.at - beside[-1][0].at > NEAR:
            beside.append([])
        beside[-1].append(rule)
    found: list[Rule] = []
    for some in beside:
        at = sum(rule.at for rule in some) / len(some)
        start, end = None, 0.0
        for rule in sorted(some, key=lambda rule: rule.start):
            if start is not None and rule.start > end + NEAR:
                found.append(Rule(at, start, end))
                start = None
            start, end = (rule.start, rule.end) if start is None else (start, max(end, rule.end))
        if start is not None:
            found.append(Rule(at, start, end))
    return found


def _meeting(across: Sequence[Rule], down: Sequence[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """The lines that lie and stand, those together that meet, directly or by way of others."""
    met: list[tuple[set[int], list[Rule]]] = []
    for rule in down:
        rows, columns = {number for number, row in enumerate(across) if _meet(row, rule)}, [rule]
        for others in [others for others in met if not rows.isdisjoint(others[0])]:
            met.remove(others)
            rows |= others[0]
            columns += others[1]
        if rows:
            met.append((rows, columns))
    return (([across[number] for number in sorted(rows)], columns) for rows, columns in met)


def _meet(lying: Rule, standing: Rule) -> bool:
    return _reaches(lying, standing.at, standing.at) and _reaches(standing, lying.at, lying.at)


def _reaches(rule: Rule, start: float, end: float) -> bool:
    return rule.start - NEAR <= start and end <= rule.end + NEAR


def _apart(places: Iterable[float]) -> list[float]:
    """The places in order, without those that are only a little farther than another."""
    apart: list[float] = []
    for place in sorted(places):
        if not apart or place - apart[-1] > NEAR:
            apart.append(place)
    return apart


def _cells(
    edges: Sequence[float], heights: Sequence[float], rows: Sequence[Rule], columns: Sequence[Rule]
) -> tuple[tuple[Cell, ...], ...]:
    """The cells: what no line parts is one."""
    above = [[rule for rule in rows if abs(rule.at - height) <= NEAR] for height in heights]
    before = [[rule for rule in columns if abs(rule.at - edge) <= NEAR] for edge in edges]
    cells: list[list[Cell]] = []
    for row, (high, low) in enumerate(pairwise(heights)):
        cells.append([])
        for column, (left, right) in enumerate(pairwise(edges)):
            if column and not any(_reaches(rule, low, high) for rule in before[column]):
                cells[row].append(cells[row][column - 1])
            elif row and not any(_reaches(rule, left, right) for rule in above[row]):
                cells[row].append(cells[row - 1][column])
            else:
                cells[row].append((row, column))
    return tuple(map(tuple, cells))


def _are_cells(cells: Sequence[Sequence[Cell]]) -> bool:
    """Whether all are boxes, and they are more than boxes above one another."""
    places: dict[Cell, list[Cell]] = {}
    for row, column in product(range(len(cells)), range(len(cells[0]))):
        places.setdefault(cells[row][column], []).append((row, column))
    for cell, some in places.items():
        (top, left), (bottom, right) = min(some), max(some)
        is_box = len(some) == (bottom - top + 1) * (right - left + 1) and (top, left) == cell
        if not is_box:
            return False
    return any(column for _, column in places)
