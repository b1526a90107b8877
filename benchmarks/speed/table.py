"""Figures -> the lines of the table."""

from collections.abc import Mapping
from dataclasses import dataclass, field

HEADER = f"{'':60}{'to reach':>10}{'reached':>10}   {'ours':30}theirs"


Curve = Mapping[int, float]
"""Seconds by the number of passages."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A line of the table: what was measured, what it is, and out of what; and the most that it should be.

    `curves` are what it adds to the plot, by name.
    """

    what: str
    reached: float
    ours: str
    theirs: str = ""
    mark: float | None = None
    curves: Mapping[str, Curve] = field(default_factory=dict)

    def __str__(self) -> str:
        mark = "" if self.mark is None else f"{self.mark:.4g}"
        missed = self.mark is not None and self.reached > self.mark
        line = f"{self.what:60}{mark:>10}{self.reached:>10.3g}   {self.ours:30}{self.theirs}"
        return line + ("   NOT REACHED" if missed else "")


def milliseconds(seconds: float) -> str:
    """A duration, as it is written in the table."""
    return f"{seconds * 1e3:,.3f} ms"


def megabytes(size: float) -> str:
    """A number of bytes, as it is written in the table."""
    return f"{size / 1e6:,.1f} MB"
