"""A file of each format, written politely, for others to spoil."""

import csv
import zipfile
from collections.abc import Mapping
from functools import cache
from io import BytesIO, StringIO

import docx
import openpyxl
import pptx
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfgen.canvas import Canvas

TITLE = "青石镇渡口管理办法"
SECTIONS = {
    "第一章 总则": ["为了渡口的安全和秩序，制定本办法。", "本办法适用于镇内的三处渡口。"],
    "第二章 开船": ["渡船每天从八点开到六点，每刻钟一班。", "大雾、大风和涨水时停开，由渡工挂红旗告示。"],
    "第三章 船票": ["成人每次两元，学生凭证一元，牲口另买一张。"],
}
TABLE = [["渡口", "船数", "渡工"], ["河东渡", "3", "李二牛"], ["石桥渡", "2", "王大山"]]


@cache
def samples() -> Mapping[str, bytes]:
    """A file for each ending that is read."""
    made = {
        ".txt": _text(),
        ".md": _markdown(),
        ".csv": _csv(),
        ".html": _page().encode(),
        ".docx": _word(),
        ".xlsx": _workbook(),
        ".pptx": _slides(),
        ".epub": _book(),
        ".pdf": _pdf(),
    }
    return {ending: said.encode() if isinstance(said, str) else said for ending, said in made.items()}


def _text() -> str:
    return "\n".join([TITLE, *(line for head, lines in SECTIONS.items() for line in (head, *lines))])


def _markdown() -> str:
    sections = [f"## {head}\n\n" + "\n\n".join(lines) for head, lines in SECTIONS.items()]
    rows = [f"| {' | '.join(row)} |" for row in TABLE]
    return "\n\n".join([f"# {TITLE}", *sections, "\n".join([rows[0], "|---|---|---|", *rows[1:]])])


def _csv() -> str:
    written = StringIO()
    csv.writer(written).writerows(TABLE)
    return written.getvalue()


def _page() -> str:
    sections = "".join(
        f"<h2>{head}</h2>" + "".join(f"<p>{line}</p>" for line in lines) for head, lines in SECTIONS.items()
    )
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in TABLE)
    head = f'<head><meta charset="utf-8"/><title>{TITLE}</title></head>'
    return f"<html>{head}<body><nav>首页</nav><h1>{TITLE}</h1>{sections}<table>{rows}</table></body></html>"


def _word() -> bytes:
    written = docx.Document()
    written.add_heading(TITLE, 0)
    for head, lines in SECTIONS.items():
        written.add_heading(head, 1)
        for line in lines:
            written.add_paragraph(line)
    table = written.add_table(len(TABLE), len(TABLE[0]))
    for cells, row in zip(table.rows, TABLE, strict=True):
        for cell, said in zip(cells.cells, row, strict=True):
            cell.text = said
    return _saved(written)


def _workbook() -> bytes:
    written = openpyxl.Workbook()
    for row in TABLE:
        written.active.append(row)
    return _saved(written)


def _slides() -> bytes:
    written = pptx.Presentation()
    for head, lines in SECTIONS.items():
        slide = written.slides.add_slide(written.slide_layouts[1])
        slide.shapes.title.text = head
        slide.placeholders[1].text = "\n".join(lines)
    return _saved(written)


def _book() -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        book.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="book.opf"/></rootfiles></container>',
        )
        book.writestr(
            "book.opf",
            '<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<dc:title>{TITLE}</dc:title></metadata><manifest>"
            '<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest>'
            '<spine><itemref idref="a"/></spine></package>',
        )
        page = _page().replace("<html>", '<html xmlns="http://www.w3.org/1999/xhtml">')
        book.writestr("a.xhtml", f'<?xml version="1.0" encoding="utf-8"?>{page}')
    return written.getvalue()


def _pdf() -> bytes:
    registerFont(UnicodeCIDFont("STSong-Light"))
    written = BytesIO()
    canvas = Canvas(written)
    for number, (head, lines) in enumerate(SECTIONS.items(), 1):
        canvas.setFont("STSong-Light", 16)
        canvas.drawString(72, 760, head)
        canvas.setFont("STSong-Light", 11)
        for below, line in enumerate(lines, 1):
            canvas.drawString(72, 760 - 24 * below, line)
        canvas.drawString(300, 40, str(number))
        canvas.showPage()
    canvas.save()
    return written.getvalue()


def _saved(document: object) -> bytes:
    written = BytesIO()
    document.save(written)  # type: ignore[attr-defined] # as all of them have it
    return written.getvalue()
