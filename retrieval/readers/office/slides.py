"""PowerPoint file -> content."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
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

USUAL = "ppt/presentation.xml"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
TITLES = ("title", "ctrTitle")
RUNNING = ("dt", "ftr", "hdr", "sldNum")
"""What stands on every slide."""

NOTES = "备注"
"""The heading of what the speaker has to say."""

HEADING, BELOW = 1, 2
"""The levels of a slide's title and of its notes."""

BESIDE = 300_000
"""English metric units, a third of an inch: how far apart the tops are of shapes that stand on one line."""

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

    Shapes are read from top to bottom and from left to right. Hidden slides, and what stands on every slide,
    are left out. Raises UnreadableError for one with a password or of the format before.
    """
    package = Package(file, Reason.SLIDES)
    main = package.main(USUAL)
    listed = main.root.iterfind(f"{P}sldIdLst/{P}sldId")
    slides = (package.by_number(main.name, slide.get(ID)) for slide in listed)
    blocks = (
        block
        for page, slide in enumerate(slides, 1)
        if slide is not None and slide.root.get("show") not in {"0", "false"}
        for block in _slide(package, slide, page)
    )
    return content_of(blocks, spare=package.title)


def _slide(package: Package, slide: Part, page: int) -> Iterator[Block]:
    shapes = [*_Shapes(package, slide).in_order()]
    title = next((shape for shape in shapes if _kind(shape) in TITLES and _text(shape)), None)
    others = (shape for shape in shapes if shape is not title and _kind(shape) not in RUNNING)
    found = [block for shape in others for block in _blocks(package, slide, shape)]
    if title is not None:
        is_cover = page == 1 and (_kind(title) == "ctrTitle" or _is_short(found))
        found = [Block(_text(title), TITLE if is_cover else HEADING), *found]
    elif found:
        found[0] = replace(found[0], ends=HEADING)
    yield from (replace(block, page=page) for block in (*found, *_notes(package, slide)))


def _is_short(blocks: Sequence[Block]) -> bool:
    """Whether it is no more than who speaks, and when."""
    return sum(len(block.text) for block in blocks) <= COVER and not any(block.is_row for block in blocks)


def _notes(package: Package, slide: Part) -> Iterator[Block]:
    for notes in package.related(slide.name, "notesSlide"):
        said = [
            Block(text)
            for shape in notes.root.iter(f"{P}sp")
            if _kind(shape) == "body"
            for text in _paragraphs(shape)
        ]
        if any(block.text.strip() for block in said):
            yield Block(NOTES, BELOW)
            yield from said


@dataclass(frozen=True, slots=True)
class _Shapes:
    """The shapes of a slide, which stand where the slide says, or its layout or its master."""

    package: Package
    slide: Part
    patterns: list[Element] = field(default_factory=list)

    def in_order(self) -> Iterator[Element]:
        """From top to bottom, and from left to right where they stand beside each other."""
        above = self.slide
        for kind in ("slideLayout", "slideMaster"):
            for part in self.package.related(above.name, kind):
                self.patterns.extend(part.root.iter(f"{P}sp"))
                above = part
        yield from self._sorted(self.slide.root.find(f"{P}cSld/{P}spTree"))

    def _sorted(self, tree: Element) -> Iterator[Element]:
        if tree is None:
            return
        placed = sorted(
            ((self._place(shape), n, shape) for n, shape in enumerate(children(tree))), key=_by_top
        )
        for line in _in_lines(placed):
            for _, _, shape in line:
                if shape.tag == f"{P}grpSp":
                    yield from self._sorted(shape)
                else:
                    yield shape

    def _place(self, shape: Element) -> tuple[int, int]:
        """From the top and from the left, in English metric units."""
        return _own_place(shape) or next(filter(None, map(_own_place, self._alike(shape))), (0, 0))

    def _alike(self, shape: Element) -> Iterator[Element]:
        """What a shape takes its place from: that of its number, else of its kind."""
        mark = _mark(shape)
        if mark is not None:
            number, kind = mark.get("idx"), mark.get("type", "body")
            marks = [(pattern, _mark(pattern)) for pattern in self.patterns]
            marked = [(pattern, found) for pattern, found in marks if found is not None]
            yield from (p for p, m in marked if number is not None and m.get("idx") == number)
            yield from (p for p, m in marked if m.get("type", "body") in {kind, _usual(kind)})


_Placed = tuple[tuple[int, int], int, Element]


def _by_top(placed: _Placed) -> tuple[int, int]:
    return placed[0][0], placed[1]


def _by_left(placed: _Placed) -> tuple[int, int, int]:
    return placed[0][1], placed[0][0], placed[1]


def _in_lines(placed: Sequence[_Placed]) -> Iterator[list[_Placed]]:
    """Shapes in the order of their tops, those together that stand beside each other."""
    line: list[_Placed] = []
    for shape in placed:
        if line and shape[0][0] - line[0][0][0] > BESIDE:
            yield sorted(line, key=_by_left)
            line = []
        line.append(shape)
    yield sorted(line, key=_by_left)


def _own_place(shape: Element) -> tuple[int, int] | None:
    for properties in ("spPr", "grpSpPr"):
        found = shape.find(f"{P}{properties}/{A}xfrm/{A}off")
        if found is not None:
            return _offset(found)
    found = shape.find(f"{P}xfrm/{A}off")
    return None if found is None else _offset(found)


def _offset(found: Element) -> tuple[int, int]:
    return integer(found.get("y")), integer(found.get("x"))


def _mark(shape: Element) -> Element:
    return shape.find(f"*/{P}nvPr/{P}ph")


def _kind(shape: Element) -> str | None:
    """What a shape is for, None where it is no part of a layout."""
    mark = _mark(shape)
    return None if mark is None else str(mark.get("type", "body"))


def _usual(kind: str) -> str:
    return {"ctrTitle": "title", "subTitle": "body", "obj": "body"}.get(kind, kind)


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
