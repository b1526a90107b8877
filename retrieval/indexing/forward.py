"""Forward index: the tokens of each document and passage, by number, in flat arrays."""

from collections.abc import Iterable, Sized
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.uint32]
Places = npt.NDArray[np.integer[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Body:
    """A document's tokens without those of its title.

    First the document's joints, `joints` of them, then those of its passages: of each so many of its headings
    as `above` says, then so many of its text as `text` says.
    """

    tokens: Numbers
    joints: int
    above: Numbers
    text: Numbers


@dataclass(frozen=True, eq=False)
class Forward:
    """The tokens of documents, one after the other: those of their titles, and their bodies put together.

    `title`, `joints` and `passages` say how many of each a document has.
    """

    titles: Numbers
    bodies: Numbers
    title: Numbers
    joints: Numbers
    passages: Numbers
    above: Numbers
    text: Numbers

    @cached_property
    def bounds(self) -> Places:
        """Where each document's passages begin, and where the last one's end."""
        return _starts(self.passages)

    def title_of(self, document: int) -> Numbers:
        """The tokens of a document's title."""
        start, end = self._title_bounds[document : document + 2].tolist()
        return self.titles[start:end]

    def body_of(self, document: int) -> Body:
        """The other tokens of a document."""
        start, end = self._body_bounds[document : document + 2].tolist()
        passages = slice(*self.bounds[document : document + 2].tolist())
        joints = int(self.joints[document])
        return Body(self.bodies[start:end], joints, self.above[passages], self.text[passages])

    def by_passage(self) -> tuple[Numbers, Numbers]:
        """The tokens that passages are found by, one passage after the other, and how many each has.

        They are those of the title, of the headings, and of the text; one that has no others is not
        found by the title either.
        """
        own = self.above + self.text
        title = np.where(own > 0, self.title[self._document_of], 0)
        lengths = title + own
        tokens = np.empty(int(lengths.sum(dtype=np.int64)), np.uint32)
        of_title = _marks(np.stack([title, own], 1).ravel())
        tokens[~of_title] = self.bodies[self._marked(above=True, joints=False)]
        tokens[of_title] = _runs(self.titles, self._title_bounds[self._document_of], title)
        return tokens, lengths

    def by_document(self) -> tuple[Numbers, Numbers]:
        """The same of documents: the tokens of the title, the joints, and those of all passages' texts."""
        own = self.joints + np.diff(_starts(self.text)[self.bounds]).astype(np.uint32)
        lengths = self.title + own
        tokens = np.empty(int(lengths.sum(dtype=np.int64)), np.uint32)
        of_title = _marks(np.stack([self.title, own], 1).ravel())
        tokens[~of_title] = self.bodies[self._marked(above=False, joints=True)]
        tokens[of_title] = self.titles
        return tokens, lengths

    def _marked(self, *, above: bool, joints: bool) -> npt.NDArray[np.bool_]:
        """Which tokens of the bodies are wanted; those of texts always are."""
        lengths = np.stack([self.above, self.text], 1).ravel()
        wanted = np.tile([above, True], len(self.text))
        first = 2 * self.bounds[:-1]
        return np.insert(wanted, first, joints).repeat(np.insert(lengths, first, self.joints))

    @cached_property
    def _title_bounds(self) -> Places:
        return _starts(self.title)

    @cached_property
    def _body_bounds(self) -> Places:
        return _starts(self.above + self.text)[self.bounds] + _starts(self.joints)

    @cached_property
    def _document_of(self) -> Numbers:
        return np.repeat(np.arange(len(self.passages), dtype=np.uint32), self.passages)


def lengths_of(runs: Iterable[Sized]) -> Numbers:
    """How long each of some runs is."""
    return np.array([len(run) for run in runs], np.uint32)


def _starts(lengths: Places) -> Places:
    """Where runs that follow each other begin, and where the last one ends."""
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths, dtype=np.int64)])


def _marks(lengths: Numbers) -> npt.NDArray[np.bool_]:
    """Runs of marks, of which every other one is set, beginning with the first."""
    return np.tile([True, False], len(lengths) // 2).repeat(lengths)


def _runs(source: Numbers, starts: Places, lengths: Numbers) -> Numbers:
    """Runs of an array, one after the other."""
    ends = np.cumsum(lengths, dtype=np.int64)
    runs: Numbers = source[
        np.arange(int(lengths.sum(dtype=np.int64))) + np.repeat(starts - (ends - lengths), lengths)
    ]
    return runs
