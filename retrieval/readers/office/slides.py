"""PowerPoint file -> content."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import BinaryIO

from retrieval.documents import Content
from retrieval.headings import TITLE
from retrieval.problems import Reason
from retrieval.readers.archives import Element
from retrieval.readers.blocks import Block, content_of
from retrieval.readers.counting import written
from retrieval.readers.office.drawings import CHART, DIAGRAM, drawn
from retrieval.readers.office.merging import Cell, Row, blocks_of
from retrieval.readers.office.package import ID, Package, Part, children, integer
from retrieval.readers.office.running_boxes import Box, running
from retrieval.readers.office.shapes import A, P, Placed, Shapes, kind_of

USUAL = "ppt/presentation.xml"
TITLES = ("title", "ctrTitle")
RUNNING = ("dt", "ftr", "hdr", "sldNum")
"""What a layout has for every slide."""

NOTES = "备注"
"""The heading of what the speaker has to say."""

HEADING, BELOW = 1, 2
"""The levels of a slide's title and of its notes."""

FORMS = {
    "arabic": "decimal",
    "alphaLc": "lowerLetter",
    "alphaUc": "upperLetter",
    "romanLc": "lowerRoman",
    "romanUc": "upperRoman",
    "circleNum": "decimalEnclosedCircle",
    "ea1Chs": "chineseCountingThousand",
    "ea1Cht": "taiwaneseCountingThousand",
    "ea1JpnKor": "japaneseCounting",
}
"""How lists are numbered, by how the name of it begins."""

AROUND = {"Period": "{}.", "ParenBoth": "({})", "ParenR": "{})", "Minus": "- {} -"}
"""What is put round a number, by how the name of it ends."""

COVER = 60
"""Characters, at most, beside the title of a first slide that names the whole."""

SOFT_BREAK = "\v"


def read(file: BinaryIO) -> Content:
    """What a PowerPoint file says: each slide under its title, then what the speaker has to say about it.

    Shapes are read from top to bottom and from left to right. Hidden slides, and what a layout has for every
    slide, are left out; text boxes that stand on most are boilerplate. Raises UnreadableError for one with a
    password or of the format before.
    """
    package = Package(file, Reason.SLIDES)
    main = package.main(USUAL)
    listed = main.root.iterfind(f"{P}sldIdLst/{P}sldId")
    parts = {page: package.by_number(main.name, slide.get(ID)) for page, slide in enumerate(listed, 1)}
    slides = {
        page: _Slide(package, part, [*Shapes(package, part).in_order()])
        for page, part in parts.items()
        if part is not None and part.root.get("show") not in {"0", "false"}
    }
    through = running({page: slide.boxes for page, slide in slides.items()})
    blocks = (
        replace(block, page=page)
        for page, slide in slides.items()
        for block in slide.blocks(through[page], is_first=page == 1)
    )
    return content_of(blocks, spare=package.title)


@dataclass(frozen=True, slots=True)
class _Slide:
    """A slide and its shapes, in order."""

    package: Package
    part: Part
    placed: Sequence[Placed]

    @property
    def boxes(self) -> list[Box]:
        """What its text boxes say."""
        return [box for placed in self.placed if (box := _box(placed)) is not None]

    def blocks(self, running: Container[Box], *, is_first: bool) -> Iterator[Block]:
        """What it says, and what the speaker has to say about it."""
        shapes = [placed.shape for placed in self.placed]
        title = next((shape for shape in shapes if kind_of(shape) in TITLES and _text(shape)), None)
        found = [
            replace(block, is_boilerplate=True) if _box(placed) in running else block
            for placed in self.placed
            if placed.shape is not title and kind_of(placed.shape) not in RUNNING
            for block in _blocks(self.package, self.part, placed.shape)
        ]
        own = [number for number, block in enumerate(found) if not block.is_boilerplate]
        if title is not None:
            is_cover = is_first and (kind_of(title) == "ctrTitle" or _is_short([found[n] for n in own]))
            found = [Block(_text(title), TITLE if is_cover else HEADING), *found]
        elif own:
            found[own[0]] = replace(found[own[0]], ends=HEADING)
        yield from found
        yield from _notes(self.package, self.part)


def _box(placed: Placed) -> Box | None:
    """The text box that a shape is, None where it is another, or part of a layout."""
    if placed.shape.tag != f"{P}sp" or kind_of(placed.shape) is not None:
        return None
    return Box(_text(placed.shape), placed.top, placed.left)


def _is_short(blocks: Sequence[Block]) -> bool:
    """Whether it is no more than who speaks, and when."""
    return sum(len(block.text) for block in blocks) <= COVER and not any(block.is_row for block in blocks)


def _notes(package: Package, slide: Part) -> Iterator[Block]:
    for notes in package.related(slide.name, "notesSlide"):
        said = [
            Block(text)
            for shape in notes.root.iter(f"{P}sp")
            if kind_of(shape) == "body"
            for text in _paragraphs(shape)
        ]
        if any(block.text.strip() for block in said):
            yield Block(NOTES, BELOW)
            yield from said


def _blocks(package: Package, slide: Part, shape: Element) -> Iterator[Block]:
    if shape.tag != f"{P}graphicFrame":
        yield from map(Block, _paragraphs(shape))
        return
    for table in shape.iterfind(f"{A}graphic/{A}graphicData/{A}tbl"):
        yield from blocks_of([*_rows(table)])
    for drawing in shape.iter(CHART, DIAGRAM):
        yield from drawn(drawing, partial(package.by_number, slide.name))


def _rows(table: Element) -> Iterator[Row]:
    for row in table.iterchildren(f"{A}tr"):
        cells = [cell for cell in row.iterchildren(f"{A}tc") if cell.get("hMerge") not in {"1", "true"}]
        yield Row(tuple(map(_cell, cells)))


def _cell(cell: Element) -> Cell:
    blocks = tuple(Block(text) for body in cell.iterchildren(f"{A}txBody") for text in _written(body))
    return Cell(blocks, integer(cell.get("gridSpan"), 1), cell.get("vMerge") in {"1", "true"})


def _text(shape: Element) -> str:
    return "\n".join(_paragraphs(shape)).strip()


def _paragraphs(shape: Element) -> Iterator[str]:
    for body in shape.iterchildren(f"{P}txBody"):
        yield from _written(body)


def _written(body: Element) -> Iterator[str]:
    """The paragraphs of a text, with the numbers that the program counts."""
    counted: dict[int, tuple[str, int]] = {}
    for paragraph in body.iterchildren(f"{A}p"):
        text = "".join(_pieces(paragraph)).strip()
        if text:
            yield _number(paragraph, counted) + text


def _pieces(paragraph: Element) -> Iterator[str]:
    for child in children(paragraph):
        if child.tag == f"{A}br":
            yield "\n"
        elif child.tag == f"{A}r" or (child.tag == f"{A}fld" and child.get("type") != "slidenum"):
            yield (child.findtext(f"{A}t") or "").replace(SOFT_BREAK, "\n")
        elif child.tag not in {f"{A}pPr", f"{A}endParaRPr", f"{A}fld"}:
            yield "".join(child.itertext()).strip()  # formulas


def _number(paragraph: Element, counted: dict[int, tuple[str, int]]) -> str:
    properties = paragraph.find(f"{A}pPr")
    level = 0 if properties is None else integer(properties.get("lvl"))
    for deeper in [deeper for deeper in counted if deeper > level]:
        del counted[deeper]
    used = None if properties is None else properties.find(f"{A}buAutoNum")
    if used is None:
        counted.pop(level, None)
        return ""
    form, start = used.get("type", "arabicPeriod"), integer(used.get("startAt"), 1)
    before = counted.get(level)
    number = before[1] + 1 if before and before[0] == form else start
    counted[level] = form, number
    return f"{_shown(number, form)} "


def _shown(number: int, form: str) -> str:
    kind = next((kind for name, kind in FORMS.items() if form.startswith(name)), "decimal")
    around = next((around for name, around in AROUND.items() if form.endswith(name)), "{}")
    return around.format(written(number, kind))
