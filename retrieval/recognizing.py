"""File -> the ending by which it is read, where its name has that of another format."""

import re
import struct
from typing import BinaryIO

from retrieval.problems import Reason, UnreadableError

HEAD = 1 << 12
"""Bytes at the beginning that are looked at."""

TAIL = 1 << 16
"""Bytes at the end in which an archive says where the list of its members is."""

LISTED = 1 << 20
"""Bytes of that list that are looked at."""

ARCHIVE = b"PK\3\4"
BINARY = (ARCHIVE, b"%PDF-", b"{\\rtf", bytes.fromhex("d0cf11e0a1b11ae1"))
"""How files begin that are no texts, or none to be read as they are."""

SHEETS = (".xls", ".xlsx", ".et")
"""Under these names programs save tables as text, because Excel opens that."""

_MEMBER = re.compile(
    rb"PK\x01\x02.{42}"
    rb"(?:(?P<docx>word[/\\])|(?P<xlsx>xl[/\\])|(?P<pptx>ppt[/\\])|(?P<epub>META-INF[/\\]container\.xml))",
    re.DOTALL,
)
_BINARY_BOOK = re.compile(rb"PK\x01\x02.{42}xl/workbook\.bin", re.DOTALL)
_OPEN_DOCUMENT = re.compile(
    rb"PK\x03\x04.{26}mimetypeapplication/vnd\.(?:oasis\.opendocument|sun\.xml)\.(?P<kind>[a-z]+)", re.DOTALL
)
_WEB_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*(?:(?:<\?xml[^>]*>|<!--(?:(?!-->).)*-->)\s*)*"
    rb"<(?:!doctype\s+html|(?:html|head|meta|title|style|body|table|div)[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_OTHERS = (
    (re.compile(rb"\{\\rtf"), "RTF", Reason.DOCUMENT),
    (re.compile(rb"(?:[^\n]*\n){0,9}?mime-version:", re.IGNORECASE), "MHTML", Reason.DOCUMENT),
    (re.compile(rb"(?s)\s*<.*urn:schemas-microsoft-com:office:spreadsheet"), "Excel 2003 XML", Reason.SHEET),
    (re.compile(rb"(?s)\s*<.*microsoft\.com/office/(?:word/2003|2006/xmlPackage)"), "XML", Reason.DOCUMENT),
)
_KINDS = {b"spreadsheet": Reason.SHEET, b"calc": Reason.SHEET, b"presentation": Reason.SLIDES}


def recognized(file: BinaryIO, ending: str) -> str | None:
    """How the name of a file should end by its bytes; None where these do not tell, or not better than it.

    Raises UnreadableError where they tell a format that is not read, with its name.
    """
    head = file.read(HEAD)
    if head.startswith(ARCHIVE):
        return _kind_of_archive(file, head, ending)
    if head.startswith(b"%PDF-"):
        return ".pdf"
    plain = head.replace(b"\0", b"")  # as UTF-16 has between Latin letters
    if _WEB_PAGE.match(plain):
        return ".html"
    for signs, name, reason in _OTHERS:
        if signs.match(plain):
            raise UnreadableError(reason, f"it is {name}")
    return ".csv" if ending in SHEETS and _is_separated(head) else None


def _kind_of_archive(file: BinaryIO, head: bytes, ending: str) -> str | None:
    if other := _OPEN_DOCUMENT.match(head):
        raise UnreadableError(_KINDS.get(other["kind"], Reason.DOCUMENT), "it is OpenDocument")
    members = _members(file)
    if _BINARY_BOOK.search(members):
        raise UnreadableError(Reason.SHEET, "it is .xlsb")
    found = [f".{member.lastgroup}" for member in _MEMBER.finditer(members)]
    return ending if ending in found else next(iter(found), None)


def _members(file: BinaryIO) -> bytes:
    """The list of the members of an archive, as it is written, or its beginning."""
    size = file.seek(0, 2)
    file.seek(max(0, size - TAIL))
    tail = file.read()
    end = tail.rfind(b"PK\5\6")
    if end < 0 or end + 20 > len(tail):
        return b""
    length, start = struct.unpack_from("<LL", tail, end + 12)
    file.seek(min(start, size))
    return file.read(min(length, LISTED))


def _is_separated(head: bytes) -> bool:
    """Whether a file begins as a text with fields does."""
    is_wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    return (
        (is_wide or b"\0" not in head)
        and not head.startswith(BINARY)
        and re.search(rb"[\t,;]", head) is not None
    )
