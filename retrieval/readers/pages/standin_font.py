"""A font for the fonts that a PDF names but does not hold.

PDFium measures the letters of such a font in whatever the machine has installed. That takes long, comes out
differently on every machine, and where nothing with Chinese is installed the letters have no height: equal
words above one another, as in a column of a table, then count as one printed twice, and all but one are lost.
So for Chinese, Japanese and Korean it is given a font of ours, in which every character is the same box;
where letters stand and how wide they are is said by the PDF itself. For all others it has its own.
"""

import ctypes
import struct
from functools import cache

from pypdfium2 import raw

EM = 1000
LEFT, BOTTOM, RIGHT, TOP = 10, -100, 110, 850
"""The box, in thousandths of an em: narrower than any letter, so that it reaches over none."""

WIDE = frozenset((128, 129, 134, 136))
"""The sets of characters, as Windows counts them, of Japanese, Korean, and both kinds of Chinese."""

MANY_TO_ONE = 13
"""The format of a table from characters to glyphs that gives one glyph to a whole range."""


@cache
def put_in() -> "StandinFont":
    """Have PDFium use it from now on, in this process."""
    return StandinFont()


class StandinFont:
    """What PDFium asks for fonts; it must live for as long as documents are read."""

    def __init__(self) -> None:
        asked = dict(raw.FPDF_SYSFONTINFO._fields_)
        self._font = font_of_one_box()
        self._asked = raw.FPDF_SYSFONTINFO(
            version=1,
            MapFont=asked["MapFont"](self._choose),
            GetFont=asked["GetFont"](lambda *_: None),
            GetFontData=asked["GetFontData"](self._read),
            DeleteFont=asked["DeleteFont"](lambda *_: None),
        )
        raw.FPDF_SetSystemFontInfo(self._asked)

    def _choose(self, _info: object, _weight: int, _is_italic: int, charset: int, *_: object) -> int | None:
        return 1 if charset in WIDE else None

    def _read(self, _info: object, _font: object, table: int, buffer: object, size: int) -> int:
        """Copy the font, where there is room, and say how long it is; single tables are not to be had."""
        if table:
            return 0
        if size >= len(self._font):
            ctypes.memmove(buffer, self._font, len(self._font))  # type: ignore[arg-type]
        return len(self._font)


def font_of_one_box() -> bytes:
    """A TrueType font of two glyphs: that of a missing character, which counts as nothing, and the box, which
    is every character's.
    """
    outline = struct.pack(">5h", 1, LEFT, BOTTOM, RIGHT, TOP)
    outline += struct.pack(">HH4B", 3, 0, 1, 1, 1, 1)  # four points on one line that is closed, no program
    outline += struct.pack(">8h", LEFT, RIGHT - LEFT, 0, LEFT - RIGHT, BOTTOM, 0, TOP - BOTTOM, 0)
    box = struct.pack(">4h", LEFT, BOTTOM, RIGHT, TOP)
    return _font_file(
        {
            b"cmap": struct.pack(">HHHHI", 0, 1, 3, 10, 12)
            + struct.pack(">HHIIIIII", MANY_TO_ONE, 0, 28, 0, 1, 1, 0x10FFFF, 1),
            b"glyf": outline,
            b"head": struct.pack(">IIIIHHQQ", 0x10000, 0, 0, 0x5F0F3CF5, 0, EM, 0, 0)
            + box
            + struct.pack(">HHhhh", 0, 8, 2, 0, 0),
            b"hhea": struct.pack(">IhhhH11hH", 0x10000, TOP, BOTTOM, 0, EM, *[0] * 11, 2),
            b"hmtx": struct.pack(">HhHh", EM, LEFT, EM, LEFT),
            b"loca": struct.pack(">HHH", 0, 0, len(outline) // 2),
            b"maxp": struct.pack(">IHHH11H", 0x10000, 2, 4, 1, *[0] * 11),
        }
    )


def _font_file(tables: dict[bytes, bytes]) -> bytes:
    """The file that tables make up: which there are and where, then they themselves."""
    power = len(tables).bit_length() - 1
    head = struct.pack(">IHHHH", 0x10000, len(tables), 16 << power, power, (len(tables) - (1 << power)) * 16)
    start = len(head) + 16 * len(tables)
    body = b""
    for name, table in sorted(tables.items()):
        head += struct.pack(">4sIII", name, 0, start + len(body), len(table))
        body += table + bytes(-len(table) % 4)
    return head + body
