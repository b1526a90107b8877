"""Files and folders that are made to hurt whoever reads them."""

import os
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from itertools import repeat
from pathlib import Path
from typing import IO

from benchmarks.hostile.samples import samples

MILLION = 1_000_000
SENTENCE = "渡船每天从八点开到六点，每刻钟一班。"
GIGABYTE = 1 << 30

Trap = Callable[[Path], None]


def traps() -> Mapping[str, Trap]:
    """What puts a trap into a folder, by what it is."""
    return {
        "a text of 2 GB": lambda folder: _sparse(folder / "大.txt", 2 * GIGABYTE),
        "a line of 50 MB": lambda folder: _text(folder / "行.txt", _long(50), ""),
        "a line of 20 MB": lambda folder: _text(folder / "行.txt", _long(20), ""),
        "a line of 3 MB, without a sentence's end": lambda folder: _text(
            folder / "行.txt", "船" * MILLION, ""
        ),
        "a quarter of a million paragraphs": lambda folder: _text(
            folder / "段.txt", "船来了。", "\n", MILLION // 4
        ),
        "a million empty lines": lambda folder: _text(folder / "空.txt", "", "\n", MILLION),
        "a million short lines": lambda folder: _text(folder / "短.txt", "一", "\n", MILLION),
        "a million headings": lambda folder: _text(folder / "题.md", "# 一", "\n", MILLION),
        "a million brackets": lambda folder: _text(folder / "括.md", "# " + "[(" * MILLION, ""),
        "a table of a million rows": lambda folder: _text(
            folder / "表.csv", "河东渡,3,李二牛", "\n", MILLION
        ),
        "a table with an open quote": lambda folder: _text(
            folder / "表.csv", '"河东渡,3,李二牛', "\n", MILLION
        ),
        "a million nested elements": lambda folder: _text(folder / "页.html", "<div>", "", MILLION),
        "a page of a million paragraphs": lambda folder: _text(folder / "页.html", "<p>船</p>", "", MILLION),
        "a bomb in .docx": lambda folder: _bomb(folder / "弹.docx", "word/document.xml", b"<w:p>"),
        "a bomb in .xlsx": lambda folder: _bomb(folder / "弹.xlsx", "xl/worksheets/sheet1.xml", b"<row/>"),
        "a bomb in .pptx": lambda folder: _bomb(folder / "弹.pptx", "ppt/slides/slide1.xml", b"<p:sp/>"),
        "a bomb in .epub": lambda folder: _bomb(folder / "弹.epub", "a.xhtml", b"<p>0</p>"),
        "a billion laughs in .docx": lambda folder: _laughs(folder / "笑.docx", "word/document.xml"),
        "a billion laughs in .xlsx": lambda folder: _laughs(folder / "笑.xlsx", "xl/workbook.xml"),
        "a billion laughs in .epub": lambda folder: _laughs(folder / "笑.epub", "book.opf"),
        "a PDF of a million objects": lambda folder: _objects(folder / "物.pdf"),
        "a PDF whose pages hold themselves": lambda folder: _loop(folder / "环.pdf"),
        "a PDF page of a million letters": lambda folder: _letters(folder / "字.pdf"),
        "folders in folders, 900 deep": _deep,
        "names of every kind": _names,
        "links out and in circles": _links,
        "a pipe": lambda folder: os.mkfifo(folder / "管.txt"),
        "a file nobody may read": _forbidden,
    }


def _sparse(path: Path, size: int) -> None:
    with path.open("wb") as file:
        file.truncate(size)


def _long(megabytes: int) -> str:
    return SENTENCE * (megabytes * MILLION // len(SENTENCE.encode()))


def _text(path: Path, said: str, end: str, times: int = 1) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(repeat(said + end, times))


def _bomb(path: Path, part: str, said: bytes) -> None:
    """A part of two gigabytes, in two megabytes."""
    rezipped(path, part, lambda written: pour(written, said, 2 * GIGABYTE))


def pour(written: IO[bytes], said: bytes, size: int) -> None:
    """Write so many bytes of the same."""
    block = said * (MILLION // len(said))
    for _ in range(size // len(block)):
        written.write(block)


def _laughs(path: Path, part: str) -> None:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    said = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "笑">{entities}]><x>&a11;</x>'.encode()
    rezipped(path, part, lambda written: written.write(said))


def rezipped(path: Path, part: str, poured: Callable[[IO[bytes]], object]) -> None:
    """Make a sample one of whose parts says something else, which is poured in."""
    with (
        zipfile.ZipFile(BytesIO(samples()[path.suffix])) as sample,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as written,
    ):
        assert part in sample.namelist(), sample.namelist()
        for name in sample.namelist():
            if name != part:
                written.writestr(name, sample.read(name))
        with written.open(part, "w", force_zip64=True) as file:
            poured(file)


def _objects(path: Path) -> None:
    """Every page of it is one of a million."""
    kids = b" ".join(b"%d 0 R" % n for n in range(3, MILLION + 3))
    _pdf(
        path,
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%b]>>" % (MILLION, kids),
        *repeat(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>", MILLION),
    )


def _loop(path: Path) -> None:
    _pdf(
        path,
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 9/Kids[2 0 R 3 0 R]/Parent 2 0 R>>",
        b"3 0 R",
    )


def _letters(path: Path) -> None:
    said = b"BT /F 9 Tf 9 9 Td " + b"(a)Tj 1 0 Td " * MILLION + b"ET"
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    _pdf(
        path,
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%b\nendstream" % (len(said), said),
        font,
    )


def _pdf(path: Path, *objects: bytes) -> None:
    with path.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        places = []
        for number, said in enumerate(objects, 1):
            places.append(file.tell())
            file.write(b"%d 0 obj%bendobj\n" % (number, said))
        table = file.tell()
        file.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
        file.writelines(b"%010d 00000 n \n" % place for place in places)
        file.write(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, table))


def _deep(folder: Path) -> None:
    for _ in range(900):
        folder = folder / "d"
    folder.mkdir(parents=True)
    _text(folder / "深.txt", SENTENCE, "")


def _names(folder: Path) -> None:
    names = [
        "a b.txt",
        "'\"`$(x);&|.txt",
        "<b>&amp;.txt",
        "*_[]~.txt",
        "\u202etxt.exe.txt",
        "\u200b.txt",
        "😀.txt",
    ]
    raw = [
        b"\xff\xfe.txt",
        "渡口.txt".encode("gb18030"),
        b"a\nb.txt",
        b"\x1b[31m.txt",
        b"-rf.txt",
        b"%s%n.txt",
    ]
    for name in [*(name.encode() for name in names), *raw, "长".encode() * 80 + b".txt"]:
        _text(folder / os.fsdecode(name), SENTENCE, "")


def _links(folder: Path) -> None:
    (folder / "出.txt").symlink_to("/etc/passwd")
    (folder / "外").symlink_to("/etc", target_is_directory=True)
    (folder / "圈").symlink_to(folder, target_is_directory=True)
    (folder / "甲.txt").symlink_to(folder / "乙.txt")
    (folder / "乙.txt").symlink_to(folder / "甲.txt")


def _forbidden(folder: Path) -> None:
    _text(folder / "禁.txt", SENTENCE, "")
    (folder / "禁.txt").chmod(0)
