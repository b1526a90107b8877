"""Rows -> a table in Markdown."""

from collections.abc import Iterable, Sequence


def row(cells: Iterable[object]) -> str:
    """One line of a table."""
    return f"| {' | '.join(map(str, cells))} |"


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """All its lines."""
    return "\n".join([row(head), f"|{'---|' * len(head)}", *map(row, rows)])


def megabytes(size: float) -> str:
    """A number of bytes, as it is written in a table."""
    return f"{size / 1e6:.1f} MB"
