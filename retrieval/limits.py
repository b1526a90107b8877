"""What reading one file may cost."""

from dataclasses import dataclass
from typing import Self

TEXT = 24
"""How many times its size a text may take in memory while it is read and cut, which also bounds the time."""

PARAGRAPH = 2048
"""The same for paragraphs, in bytes."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may cost: seconds, and bytes of memory."""

    seconds: float = 30
    memory: int = 512 << 20

    @classmethod
    def of(cls, seconds: float, megabytes: int) -> Self:
        """Limits as people set them."""
        return cls(seconds, megabytes << 20)

    @property
    def text(self) -> int:
        """Bytes of a text, and characters of what a file of another format says."""
        return self.memory // TEXT

    @property
    def paragraphs(self) -> int:
        """How many a document may have."""
        return self.memory // PARAGRAPH


IN_GENERAL = Limits()
