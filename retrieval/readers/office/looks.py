"""The styles of a workbook -> how its cells look."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from lxml import etree

from retrieval.readers.archives import SAFE, Element
from retrieval.readers.office.number_formats import BUILT_IN, GENERAL, NumberFormat

NO_FILL = ("none", "gray125")
"""The patterns of the fills that each workbook begins with."""


@dataclass(frozen=True, slots=True)
class Look:
    """What the sheets of a workbook share: the texts of cells, the formats of numbers by style, and the
    numbers of the styles of cells that are bold, or have a colour behind them.
    """

    texts: Sequence[str]
    formats: Sequence[NumberFormat] = ()
    stands_out: frozenset[str] = frozenset()


def look_of(texts: Sequence[str], file: BinaryIO, *, from_1904: bool) -> Look:
    """The look of cells that the styles of a workbook say."""
    styles = etree.parse(file, etree.XMLParser(**SAFE)).getroot()
    codes = BUILT_IN | {
        int(own.get("numFmtId")): own.get("formatCode", GENERAL)
        for own in styles.iterfind("{*}numFmts/{*}numFmt")
    }
    cells = [*styles.iterfind("{*}cellXfs/{*}xf")]
    numbers = [int(style.get("numFmtId", 0)) for style in cells]
    made = {number: NumberFormat(codes.get(number, GENERAL), from_1904=from_1904) for number in {*numbers}}
    bold = {str(n) for n, font in enumerate(styles.iterfind("{*}fonts/{*}font")) if _is_bold(font)}
    filled = {str(n) for n, fill in enumerate(styles.iterfind("{*}fills/{*}fill")) if _is_coloured(fill)}
    standing = frozenset(
        str(n)
        for n, style in enumerate(cells)
        if style.get("fontId") in bold or style.get("fillId") in filled
    )
    return Look(texts, [made[number] for number in numbers], standing)


def _is_bold(font: Element) -> bool:
    bold = font.find("{*}b")
    return bold is not None and bold.get("val", "1") not in {"0", "false"}


def _is_coloured(fill: Element) -> bool:
    pattern = fill.find("{*}patternFill")
    if pattern is None:  # it is a gradient
        return len(fill) > 0
    colour = pattern.find("{*}fgColor")
    if pattern.get("patternType", "none") in NO_FILL or colour is None:
        return False
    is_white = colour.get("rgb", "")[-6:].upper() == "FFFFFF" or colour.get("theme") == "0"
    return not is_white or colour.get("tint", "0") != "0"
