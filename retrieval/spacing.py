"""Text -> text without the blanks and line breaks that only typesetting puts beside Han characters."""

from retrieval.folding import HAN
from retrieval.late_pattern import LatePattern

BLANK = LatePattern(rf"(?<=[{HAN}])\s+|\s+(?=[{HAN}])")


def closed_up(text: str) -> str:
    """A text in which 5 月 10 日 is 5月10日, and a line that was broken goes on."""
    return BLANK.sub("", text)
