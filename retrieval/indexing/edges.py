"""The lines at the edges of documents, by which those are told that recur in most."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from retrieval.indexing.forward import Numbers, Places
from retrieval.recurring import shared


@dataclass(frozen=True, slots=True, eq=False)
class Edges:
    """What tells the lines apart, one document after the other, and where each document's end."""

    lines: Numbers
    ends: Places

    @classmethod
    def of(cls, documents: Sequence[Numbers]) -> Self:
        """The lines of some documents."""
        ends = np.cumsum([len(lines) for lines in documents], dtype=np.int64)
        return cls(np.concatenate([np.empty(0, np.uint32), *documents]), ends)

    def __getitem__(self, document: int) -> Numbers:
        start = int(self.ends[document - 1]) if document else 0
        return self.lines[start : int(self.ends[document])]

    def recurring(self) -> frozenset[int]:
        """The lines that most documents share."""
        return shared(self.lines, len(self.ends))

    def having(self, lines: frozenset[int]) -> frozenset[int]:
        """The documents that have one of some lines, by their numbers."""
        places = np.flatnonzero(np.isin(self.lines, [*lines]))
        return frozenset(self.ends.searchsorted(places, side="right").tolist())
