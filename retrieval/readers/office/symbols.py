"""Characters of symbol fonts -> the characters that look like them."""

from collections.abc import Mapping
from types import MappingProxyType

PRIVATE = range(0xE000, 0xF900)
"""Codes that mean nothing without their font; fonts of 256 symbols keep theirs in the last page of these."""

ITEM = "•"

LOOKS: Mapping[str, Mapping[int, str]] = MappingProxyType(
    {
        "symbol": {0xB7: "•", 0xB0: "°", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xA3: "≤", 0xB3: "≥", 0xB9: "≠"}
        | {0xDE: "⇒", 0xAE: "→", 0xAC: "←", 0xAD: "↑", 0xAF: "↓", 0x6D: "μ", 0x70: "π", 0x57: "Ω", 0x44: "Δ"},
        "wingdings": {0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0x9F: "•"}
        | {0xA1: "○", 0xA7: "▪", 0xA8: "□", 0xB2: "◇", 0xD8: "➢", 0xE0: "→", 0xF0: "⇨", 0xFB: "✗"}
        | {0xFC: "✓", 0xFD: "☒", 0xFE: "☑", 0x4A: "☺", 0x28: "☎", 0x2A: "✉", 0xAB: "★"},
        "wingdings 2": {
            0x50: "✓",
            0x4F: "✗",
            0x52: "☑",
            0x54: "☒",
            0xA3: "□",
            0x51: "☒",
            0x53: "☒",
            0x97: "●",
        },
    }
)


def symbol(code: int, font: str) -> str:
    """The character that looks like a code of a font; empty where none is known."""
    looks = LOOKS.get(font.lower(), {})
    if code & 0xFF in looks and (code <= 0xFF or code in PRIVATE):  # noqa: PLR2004 - a byte
        return looks[code & 0xFF]
    return "" if code in PRIVATE or code > 0x10FFFF or 0xD800 <= code < 0xE000 else chr(code)  # noqa: PLR2004


def bullet(pattern: str, font: str) -> str:
    """What stands before the items of a list; one that only its font knows becomes the usual one."""
    if not pattern:
        return ""
    if font.lower() == "courier new" and pattern == "o":
        return "◦"
    return "".join(symbol(ord(sign), font) for sign in pattern) or ITEM
