"""Chart or diagram of an office file -> blocks."""

from collections.abc import Callable, Iterator
from itertools import zip_longest

from retrieval.readers.archives import Element
from retrieval.readers.blocks import Block
from retrieval.readers.office.number_formats import GENERAL, NumberFormat
from retrieval.readers.office.package import ID, Part, integer
from retrieval.readers.tables import rows

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
D = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
CHART, DIAGRAM = f"{C}chart", f"{D}relIds"
"""Where a drawing refers to the part that says what it shows."""

MOST = 1000
"""Points of a series that are said; a file may say any number."""

_DATA = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}dm"


def drawn(reference: Element, part: Callable[[str | None], Part | None]) -> Iterator[Block]:
    """What the chart or diagram says that an element refers to, by what finds a part by its number.

    A chart says its titles, then its points as the rows of a table, as they are shown.
    """
    found = part(reference.get(_DATA if reference.tag == DIAGRAM else ID))
    if found is None:
        return
    if reference.tag == DIAGRAM:
        yield from (Block(text) for point in found.root.iter(f"{D}t") for text in _paragraphs(point))
        return
    for title in found.root.iter(f"{C}title"):
        yield from map(Block, _paragraphs(title))
    yield from _points(found.root)


def _paragraphs(parent: Element) -> Iterator[str]:
    for paragraph in parent.iter(f"{A}p"):
        if text := "".join(run.text or "" for run in paragraph.iter(f"{A}t")):
            yield text


def _points(chart: Element) -> Iterator[Block]:
    """The points of a chart: a row for each category, a column for each series."""
    series = [*chart.iter(f"{C}ser")]
    names = [" ".join(_shown(one.find(f"{C}tx"))) for one in series]
    categories = next(filter(None, (_along(one) for one in series)), [])
    figures = [_shown(_first(one, "val", "yVal")) for one in series]
    points = [*zip_longest(categories, *figures, fillvalue="")]
    if points:
        yield from rows((["", *names], *map(list, points)), header_rows=1)


def _along(series: Element) -> list[str]:
    return _shown(_first(series, "cat", "xVal"))


def _first(series: Element, *names: str) -> Element:
    return next((found for name in names if (found := series.find(f"{C}{name}")) is not None), None)


def _shown(data: Element) -> list[str]:
    """The texts or figures that were saved with a chart, each at its place, those of groups before what they
    hold.
    """
    if data is None:
        return []
    are_figures = next(data.iter(f"{C}numCache", f"{C}numLit"), None) is not None
    form = NumberFormat(data.findtext(f".//{C}formatCode") or GENERAL)
    found: dict[int, str] = {}
    for point in data.iter(f"{C}pt"):
        place, value = integer(point.get("idx")), point.findtext(f"{C}v")
        if value and 0 <= place < MOST:
            shown = form.shown(value) if are_figures else value
            found[place] = f"{shown} {found[place]}" if place in found else shown
    return [found.get(place, "") for place in range(max(found, default=-1) + 1)] or _literal(data)


def _literal(data: Element) -> list[str]:
    value = data.findtext(f"{C}v")
    return [value] if value else []
