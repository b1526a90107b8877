"""Files whose names say something else than their bytes."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from pptx import Presentation
from pptx.util import Inches

from retrieval.documents import Content
from retrieval.listing import File
from retrieval.problems import Reason, UnreadableError
from retrieval.reading import Reader
from retrieval.recognizing import recognized

TEXT = "河上起雾的早晨，渡口的铜铃要比平日响得多。"
COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
TABLE = "<table><tr><th>项目</th><th>数量</th></tr><tr><td>便民桥</td><td>36</td></tr></table>"
EXCEL_2003 = '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'


READER = Reader()
"""One for all tests: to start its process takes longer than to read."""


@pytest.fixture(scope="module", autouse=True)
def closed() -> Iterator[None]:
    yield
    READER.__exit__(None, None, None)


def word() -> bytes:
    document, file = docx.Document(), BytesIO()
    document.add_paragraph(TEXT)
    document.save(file)
    return file.getvalue()


def workbook() -> bytes:
    book, file = Workbook(), BytesIO()
    book.worksheets[0].append([TEXT])
    book.save(file)
    return file.getvalue()


def slides() -> bytes:
    deck, file = Presentation(), BytesIO()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    slide.shapes.add_textbox(0, 0, Inches(5), Inches(1)).text_frame.text = TEXT
    deck.save(file)
    return file.getvalue()


def ebook() -> bytes:
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="a.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
    )
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="a" href="a.xhtml" '
        'media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>'
    )
    page = f'<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{TEXT}</p></body></html>'
    return archive(
        mimetype="application/epub+zip",
        **{"META-INF/container.xml": container, "a.opf": package, "a.xhtml": page},
    )


def archive(**members: str) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w") as made:
        for name, text in members.items():
            made.writestr(name, text)
    return file.getvalue()


def read(folder: Path, name: str, written: bytes) -> Content:
    (folder / name).write_bytes(written)
    return READER(File(name, folder / name))


def refusal(folder: Path, name: str, written: bytes) -> UnreadableError:
    with pytest.raises(UnreadableError) as error:
        read(folder, name, written)
    return error.value


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.pptx", "a.epub", "a.doc", "a.et", "a.pdf", "a.docm"])
def test_an_archive_is_read_as_what_it_is_whatever_its_name(tmp_path: Path, name: str) -> None:
    for written in (word(), workbook(), slides(), ebook()):
        assert TEXT in read(tmp_path, name, written).text


@pytest.mark.parametrize("name", ["a.xls", "a.xlsx", "a.doc", "a.docx", "a.pdf"])
@pytest.mark.parametrize(
    "page",
    [
        TABLE,
        f"\ufeff<html xmlns:x='urn:schemas-microsoft-com:office:excel'><body>{TABLE}</body></html>",
        f"<?xml version='1.0'?>\n<!-- made -->\n<!DOCTYPE html>\n<html><body>{TABLE}</body></html>",
    ],
)
def test_a_web_page_under_an_office_name_is_read_as_one(tmp_path: Path, name: str, page: str) -> None:
    assert read(tmp_path, name, page.encode()).text == "项目: 便民桥; 数量: 36"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_under_the_name_of_a_sheet_is_a_table_of_fields(tmp_path: Path, encoding: str) -> None:
    text = "项目\t数量\t说明\n便民桥\t36\t在青石镇东街的河上\n文化站\t2\t在青石镇西街的桥头\n"
    content = read(tmp_path, "a.xls", text.encode(encoding))
    assert content.text.split("\n")[0] == "项目: 便民桥; 数量: 36; 说明: 在青石镇东街的河上"


@pytest.mark.parametrize(
    ("name", "written", "reason", "detail"),
    [
        ("a.doc", b"{\\rtf1 a}", Reason.DOCUMENT, "it is RTF"),
        ("a.docx", b"{\\rtf1 a}", Reason.DOCUMENT, "it is RTF"),
        ("a.xlsx", EXCEL_2003.encode(), Reason.SHEET, "it is Excel 2003 XML"),
        ("a.doc", b"From: <a>\r\nMIME-Version: 1.0\r\n", Reason.DOCUMENT, "it is MHTML"),
        ("a.docx", COMPOUND, Reason.DOCUMENT, ""),
        ("a.docx", COMPOUND + "EncryptedPackage".encode("utf-16-le"), Reason.LOCKED, ""),
        ("a.doc", COMPOUND, Reason.DOCUMENT, ""),
        ("a.xls", b"\x09\x08,;" + bytes(600), Reason.SHEET, ""),
        ("a.xls", COMPOUND + b"\t", Reason.SHEET, ""),
        ("a.doc", b"", Reason.DOCUMENT, ""),
        ("a.docx", b"PK\3\4" + bytes(99), Reason.DAMAGED, "not an archive"),
    ],
)
def test_what_is_not_read_is_named(
    tmp_path: Path, name: str, written: bytes, reason: Reason, detail: str
) -> None:
    refused = refusal(tmp_path, name, written)
    assert (refused.reason, refused.detail) == (reason, detail)


@pytest.mark.parametrize(
    ("kind", "reason"),
    [("text", Reason.DOCUMENT), ("spreadsheet", Reason.SHEET), ("presentation", Reason.SLIDES)],
)
def test_an_open_document_is_named_whatever_its_name(tmp_path: Path, kind: str, reason: Reason) -> None:
    written = archive(mimetype=f"application/vnd.oasis.opendocument.{kind}", **{"content.xml": "<a/>"})
    refused = refusal(tmp_path, "a.docx", written)
    assert (refused.reason, refused.detail) == (reason, "it is OpenDocument")


def test_an_archive_of_other_files_is_neither_read_nor_empty(tmp_path: Path) -> None:
    assert refusal(tmp_path, "a.docx", archive(**{"a.txt": TEXT})).reason is Reason.DAMAGED
    assert refusal(tmp_path, "a.xlsx", archive(**{"xl/workbook.bin": "?"})).detail == "it is .xlsb"


def test_a_file_that_was_deleted_meanwhile_cannot_be_opened(tmp_path: Path) -> None:
    with Reader() as reader, pytest.raises(UnreadableError) as error:
        reader(File("a.docx", tmp_path / "a.docx"))
    assert error.value.reason is Reason.ACCESS


@settings(max_examples=200)
@given(
    st.binary(max_size=200) | st.binary(max_size=200).map(lambda rest: b"PK\3\4" + rest + b"PK\5\6" + rest)
)
def test_any_bytes_are_looked_at(written: bytes) -> None:
    try:
        found = recognized(BytesIO(written), ".xls")
    except UnreadableError:
        return
    assert found in {None, ".csv", ".docx", ".xlsx", ".pptx", ".epub", ".html", ".pdf", ".xls"}
