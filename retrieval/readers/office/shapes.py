"""Slide -> its shapes, in the order of reading."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from retrieval.readers.archives import Element
from retrieval.readers.office.package import Package, Part, children, integer

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"

BESIDE = 300_000
"""English metric units, a third of an inch: how far apart the tops are of shapes that stand on one line."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A shape and where it stands, from the top and from the left, in English metric units."""

    top: int
    left: int
    shape: Element


@dataclass(frozen=True, slots=True)
class Shapes:
    """The shapes of a slide, which stand where the slide says, or its layout or its master."""

    package: Package
    slide: Part
    patterns: list[Element] = field(default_factory=list)

    def in_order(self) -> Iterator[Placed]:
        """From top to bottom, and from left to right where they stand beside each other."""
        above = self.slide
        for kind in ("slideLayout", "slideMaster"):
            for part in self.package.related(above.name, kind):
                self.patterns.extend(part.root.iter(f"{P}sp"))
                above = part
        yield from self._sorted(self.slide.root.find(f"{P}cSld/{P}spTree"))

    def _sorted(self, tree: Element) -> Iterator[Placed]:
        if tree is None:
            return
        placed = sorted((Placed(*self._place(shape), shape) for shape in children(tree)), key=_by_top)
        for line in _in_lines(placed):
            for one in line:
                if one.shape.tag == f"{P}grpSp":
                    yield from self._sorted(one.shape)
                else:
                    yield one

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


def _by_top(placed: Placed) -> int:
    return placed.top


def _by_left(placed: Placed) -> tuple[int, int]:
    return placed.left, placed.top


def _in_lines(placed: Sequence[Placed]) -> Iterator[list[Placed]]:
    """Shapes in the order of their tops, those together that stand beside each other."""
    line: list[Placed] = []
    for shape in placed:
        if line and shape.top - line[0].top > BESIDE:
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


def kind_of(shape: Element) -> str | None:
    """What a shape is for, None where it is no part of a layout."""
    mark = _mark(shape)
    return None if mark is None else str(mark.get("type", "body"))


def _usual(kind: str) -> str:
    return {"ctrTitle": "title", "subTitle": "body", "obj": "body"}.get(kind, kind)
