"""Word file -> content."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from io import BytesIO
from itertools import chain
from typing import BinaryIO

from retrieval.documents import Content
from retrieval.headings import TITLE
from retrieval.problems import Reason
from retrieval.readers.archives import Element
from retrieval.readers.blocks import Block, content_of
from retrieval.readers.office import chunks
from retrieval.readers.office.covers import title_on
from retrieval.readers.office.drawings import drawn
from retrieval.readers.office.merging import HIGHEST_HEADER, MOST_COLUMNS, Cell, Row, blocks_of
from retrieval.readers.office.notes import Notes, form_of
from retrieval.readers.office.numbering import VALUE, Numbering, W, is_on, whole
from retrieval.readers.office.package import ID, Package, Part, children
from retrieval.readers.office.runs import BOX, DRAWN, NOTES, OWN_MARK, seen
from retrieval.readers.office.styles import LEVELS, Style, Styles, outline

USUAL = "word/document.xml"
LONGEST_HEADING = 100
"""Characters; what is longer is text, whatever its style."""

_PLAIN = ("auto", "ffffff", "")
"""Colours behind a cell that are none."""


def read(file: BinaryIO) -> Content:
    """What a Word file says, as its reader sees it: with the numbers of its lists, without what is hidden.

    A note follows the paragraph that refers to it; a text box, a chart or a diagram the one that it hangs on.
    Running heads and comments are left out. Raises UnreadableError for one with a password or of the format
    before.
    """
    package = Package(file, Reason.DOCUMENT)
    main = package.main(USUAL)
    body = main.root.find(f"{W}body")
    if body is None:
        return content_of((), spare=package.title)
    story = _story(package, main)
    blocks = _titled([*story.blocks(body)], title_on(body, story.styles))
    return content_of(_told_apart(_titles_joined(blocks)), spare=package.title)


def _story(package: Package, main: Part) -> "_Story":
    def root(kind: str) -> Element:
        found = next(package.related(main.name, kind), None) or package.part(f"word/{kind}.xml")
        return None if found is None else found.root

    settings = root("settings")
    notes = (
        Notes.of(root(f"{kind}s"), form_of((main.root, settings), kind, form))
        for kind, form in (("footnote", "decimal"), ("endnote", "lowerRoman"))
    )
    return _Story(
        package,
        main.name,
        Styles.of(root("styles")),
        Numbering.of(root("numbering")),
        dict(zip(NOTES, notes, strict=True)),
    )


@dataclass(slots=True)
class _Story:
    """What the parts of a document say of its paragraphs, and how far their numbers are counted."""

    package: Package
    name: str
    styles: Styles
    numbering: Numbering
    notes: dict[str, Notes]
    carried: str = ""
    """Text whose paragraph's end was deleted: the next paragraph goes on with it."""

    def blocks(
        self, parent: Element, *, contents: bool = False, bare: bool = False, mark: str = ""
    ) -> Iterator[Block]:
        """The paragraphs and tables below an element.

        `contents` says that it is a table of contents, `bare` that a number without text is one, as in the
        cells of a table, and `mark` is the mark of the note that it is.
        """
        for child in children(parent):
            tag = child.tag
            if tag == f"{W}p" and len(child):
                yield from self._paragraph(child, contents=contents, bare=bare, mark=mark)
            elif tag == f"{W}tbl":
                yield from blocks_of([*self._rows(child)])
            elif tag == f"{W}sdt":
                listed = contents or _is_contents(child)
                for content in child.iterchildren(f"{W}sdtContent"):
                    yield from self.blocks(content, contents=listed, bare=bare, mark=mark)
            elif tag in {f"{W}customXml", f"{W}ins", f"{W}moveTo"}:
                yield from self.blocks(child, contents=contents, bare=bare, mark=mark)
            elif tag == f"{W}altChunk":
                yield from self._chunk(child)
        if self.carried:
            yield Block(self.carried)
            self.carried = ""

    def _chunk(self, reference: Element) -> Iterator[Block]:
        """What a file says that a program put here, to be taken apart by whoever opens it first."""
        found = self.package.written(self.name, reference.get(ID))
        if found is None:
            return
        name, written = found
        is_word = chunks.is_word(written)
        yield from chunks.blocks_in(read(BytesIO(written))) if is_word else chunks.blocks_of(written, name)

    def _paragraph(self, paragraph: Element, *, contents: bool, bare: bool, mark: str) -> Iterator[Block]:
        properties = paragraph.find(f"{W}pPr")
        style = self.styles[_said(properties, "pStyle")]
        before, self.carried = self.carried, ""
        text, beside = self._seen(paragraph, mark)
        text = before if style.is_hidden else before + text
        if _goes_on(properties):
            self.carried = text
        else:
            label = self._label(properties, style)
            if label and (text.strip() or bare):
                text = label + text.lstrip()
            contents = contents or style.is_contents
            level = None if contents or len(text) > LONGEST_HEADING else _level(properties, style)
            yield Block(text, level, is_boilerplate=contents)
        yield from beside

    def _seen(self, paragraph: Element, mark: str) -> tuple[str, list[Block]]:
        """The text of a paragraph, and what stands beside it: text boxes, drawings and notes."""
        said: list[str] = []
        beside: list[Block] = []
        for piece in seen(paragraph, self.styles):
            if isinstance(piece, str):
                said.append(piece)
            elif piece.tag == BOX:
                beside += self.blocks(piece)
            elif piece.tag in DRAWN:
                beside += drawn(piece, partial(self.package.by_number, self.name))
            elif piece.tag in OWN_MARK:
                said.append(mark)
            else:
                number, note = self.notes[piece.tag].refer(piece)
                said.append(number)
                beside += () if note is None else self.blocks(note, mark=number)
        return "".join(said), beside

    def _label(self, properties: Element, style: Style) -> str:
        """The number of a paragraph, which is counted even where nobody sees it."""
        used = self._list(properties, style)
        return self.numbering.next(*used) if used else ""

    def _list(self, properties: Element, style: Style) -> tuple[str, int] | None:
        """The list that numbers a paragraph, and its level."""
        own = None if properties is None else properties.find(f"{W}numPr")
        number = _said(own, "numId") or style.list_number
        if number is None or number == "0":
            return None
        if own is not None and own.find(f"{W}ilvl") is not None:
            return number, whole(own.find(f"{W}ilvl"), 0)
        if style.list_level is not None:
            return number, style.list_level
        return number, self.numbering.level_of(number, _said(properties, "pStyle") or "")

    def _rows(self, table: Element) -> Iterator[Row]:
        for number, row in enumerate(_below(table, f"{W}tr")):
            properties = row.find(f"{W}trPr")
            if properties is not None and properties.find(f"{W}del") is not None:
                continue
            is_header = properties is not None and is_on(properties.find(f"{W}tblHeader"))
            kept = (cell for cell in _below(row, f"{W}tc") if cell.find(f"{W}tcPr/{W}cellDel") is None)
            cells = [self._cell(cell, may_name=number <= HIGHEST_HEADER) for cell in kept]
            blanks = whole(None if properties is None else properties.find(f"{W}gridBefore"), 0)
            yield Row((*[Cell()] * min(blanks, MOST_COLUMNS), *cells), is_header)

    def _cell(self, cell: Element, *, may_name: bool) -> Cell:
        properties = cell.find(f"{W}tcPr")
        blocks = tuple(self.blocks(cell, bare=True))
        columns = whole(None if properties is None else properties.find(f"{W}gridSpan"), 1)
        merged = None if properties is None else properties.find(f"{W}vMerge")
        goes_on = merged is not None and merged.get(VALUE, "continue") == "continue"
        return Cell(blocks, columns, goes_on, may_name and _stands_out(cell, properties))


def _said(parent: Element, name: str) -> str | None:
    found = None if parent is None else parent.find(f"{W}{name}")
    return None if found is None else found.get(VALUE)


def _level(properties: Element, style: Style) -> int | None:
    own = outline(properties)
    if own is None or style.level == TITLE:
        return style.level
    return own if own <= LEVELS else None


def _goes_on(properties: Element) -> bool:
    """Whether the end of a paragraph was deleted."""
    return properties is not None and properties.find(f"{W}rPr/{W}del") is not None


def _is_contents(control: Element) -> bool:
    kind = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return kind is not None and kind.get(VALUE) == "Table of Contents"


def _below(parent: Element, tag: str) -> Iterator[Element]:
    """The elements of a tag below one, or below what is put round them."""
    for child in children(parent):
        if child.tag == tag:
            yield child
        elif child.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins"}:
            yield from _below(child, tag)


def _stands_out(cell: Element, properties: Element) -> bool:
    """Whether a cell is shaded, or all its text bold."""
    shade = None if properties is None else properties.find(f"{W}shd")
    if shade is not None and shade.get(f"{W}fill", "auto").lower() not in _PLAIN:
        return True
    runs = [run for run in cell.iter(f"{W}r") if run.find(f"{W}t") is not None]
    return bool(runs) and all(is_on(run.find(f"{W}rPr/{W}b")) for run in runs)


def _titled(blocks: Sequence[Block], title: Sequence[str]) -> Iterator[Block]:
    """The blocks, of which these, in order, are the title unless a style makes others that."""
    left = [] if any(block.level == TITLE for block in blocks) else [*title]
    for block in blocks:
        is_next = bool(left) and block.level is None and block.text.strip() == left[0]
        yield replace(block, level=TITLE) if is_next else block
        if is_next:
            left.pop(0)


def _titles_joined(blocks: Iterable[Block]) -> Iterator[Block]:
    """A title on several lines, which are paragraphs of their own, as one."""
    title: Block | None = None
    for block in chain(blocks, (Block("", TITLE + 1),)):
        if title and not block.text.strip() and block.level in (None, TITLE):
            continue
        if title and block.level == TITLE:
            title = replace(title, text=f"{title.text}\n{block.text}")
            continue
        if title:
            yield title
        title = block if block.level == TITLE and block.text.strip() else None
        if title is None:
            yield block


def _told_apart(blocks: Iterable[Block]) -> Iterator[Block]:
    """Of a file of several documents, each with its title, every title as a heading over what follows."""
    kept = [*blocks]
    several = sum(block.level == TITLE for block in kept) > 1
    for block in kept:
        yield block if block.level is None or not several else replace(block, level=block.level + 1)
