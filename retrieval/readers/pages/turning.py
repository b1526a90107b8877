"""Box on a page -> the same as seen by who reads what is turned there."""

Box = tuple[float, float, float, float]
"""Left, bottom, right and top, in points."""


def turned(box: Box, turn: int) -> Box:
    """The box as seen by who reads text that is turned by 90 degrees so often."""
    left, bottom, right, top = box
    if turn == 1:
        return bottom, -right, top, -left
    if turn == 2:  # noqa: PLR2004 - upside down
        return -right, -top, -left, -bottom
    return (-top, left, -bottom, right) if turn else (left, bottom, right, top)
