"""PDF -> content."""

from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO

from pypdfium2 import PdfDocument, PdfiumError, PdfPage, raw

from retrieval.documents import Content
from retrieval.problems import Reason, UnreadableError
from retrieval.readers.blocks import content_of
from retrieval.readers.pages import standin_font
from retrieval.readers.pages.columns import columns
from retrieval.readers.pages.flow import Frame, body_size, paragraphs
from retrieval.readers.pages.glyphs import Piece
from retrieval.readers.pages.lines import lines
from retrieval.readers.pages.margins import with_running_heads
from retrieval.readers.pages.page import Page, page_of
from retrieval.readers.pages.running_heads import without_running_heads
from retrieval.readers.pages.type_sizes import blocks

PAGES = 50_000
"""Pages of a document; PDFium would end this process when those of many more take all memory."""

OUTLINE = 10_000
"""Entries of an outline that are looked at."""


def read(file: BinaryIO) -> Content:
    """The paragraphs of a PDF and the rows of its ruled tables, each with the page that it begins on. Running
    heads are boilerplate; page numbers are left out.

    Raises UnreadableError where it needs a password, is damaged, has no text, or more pages than can be read.
    """
    standin_font.put_in()
    with _opened(file) as document:
        if len(document) > PAGES:
            raise UnreadableError(Reason.SIZE, f"{len(document)} pages, at most {PAGES}")
        pages = _pages(document)
        if not any(page.pieces or page.sideways for page in pages):
            raise UnreadableError(Reason.SCAN if _has_pictures(document) else Reason.EMPTY)
        outline = {("".join(title.split()), page): level for title, page, level in _outline(document)}
        spare = document.get_metadata_value("Title").strip()
        body = body_size((piece.text, piece.size) for page in pages for piece in page.pieces)
        sheets = [*without_running_heads(pages, body)]
        has_text = any(sheet.pieces for sheet in sheets) or any(page.sideways for page in pages)
        if not has_text and _has_pictures(document):
            raise UnreadableError(Reason.SCAN)  # whose pages somebody numbered
    frames = [
        frame
        for number, (page, sheet) in enumerate(zip(pages, sheets, strict=True), 1)
        for frame in _frames(number, sheet.pieces, page.sideways)
    ]
    width = max(page.width for page in pages)
    found = blocks([*paragraphs(frames, width, body)], body, outline)
    return content_of(with_running_heads(found, sheets), spare=spare)


def _opened(file: BinaryIO) -> PdfDocument:
    try:
        return PdfDocument(file)
    except PdfiumError as error:
        locked = error.err_code == raw.FPDF_ERR_PASSWORD
        raise UnreadableError(Reason.LOCKED if locked else Reason.DAMAGED) from error


def _pages(document: PdfDocument) -> list[Page]:
    pages: list[Page] = []
    before: PdfPage | None = None
    for number in range(len(document)):
        page = document[number]
        if before:
            before.close()  # not earlier, or PDFium loads the fonts anew that this page has too
        before = page
        pages.append(page_of(page))
    if before:
        before.close()
    return pages


def _frames(number: int, upright: list[Piece], sideways: list[list[Piece]]) -> Iterator[Frame]:
    """The columns of a page, then what is written sideways on it."""
    for turn, pieces in enumerate([upright, *sideways]):
        for column in columns(pieces):
            place = f"{column.place}{turn or ''}"
            yield Frame(number, place, tuple(lines(column.pieces)))


def _outline(document: PdfDocument) -> Iterator[tuple[str, int, int]]:
    """What the outline names, the page from one, and the level from one."""
    for entry in islice(document.get_toc(), OUTLINE):
        target = entry.get_dest()
        page = target.get_index() if target else None
        if page is not None:
            yield entry.get_title(), page + 1, entry.level + 1


def _has_pictures(document: PdfDocument) -> bool:
    """Whether there is anything on a page that is no text."""
    for number in range(len(document)):
        page = document[number]
        try:
            objects = (
                raw.FPDFPage_GetObject(page.raw, n) for n in range(raw.FPDFPage_CountObjects(page.raw))
            )
            if any(raw.FPDFPageObj_GetType(found) != raw.FPDF_PAGEOBJ_TEXT for found in objects):
                return True
        finally:
            page.close()
    return False
