"""Forward index: the tokens of each document and passage, by number, in flat arrays."""

from collections.abc import Iterable, Sized
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.uint32]
Places = npt.NDArray[np.integer[Any]]

BLOCK = 1 << 12
"""Runs that are copied at a time, so that what is needed for it stays small."""


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

        They are those of the document's title, of the headings, and of the text.
        """
        own = self.above + self.text
        title = self.title[self._document_of]
        tokens, at = _room(title + own)
        _copy(self.titles, self._title_bounds[self._document_of], title, tokens, at)
        _copy(self.bodies, self._passage_starts, own, tokens, at + title)
        return tokens, title + own

    def by_document(self) -> tuple[Numbers, Numbers]:
        """The same of documents: the tokens of the title, the joints, and those of all passages' texts."""
        text_starts = _starts(self.text)
        of_documents = text_starts[self.bounds]
        lengths = self.title + self.joints + np.diff(of_documents).astype(np.uint32)
        tokens, at = _room(lengths)
        _copy(self.titles, self._title_bounds[:-1], self.title, tokens, at)
        _copy(self.bodies, self._body_bounds[:-1], self.joints, tokens, at + self.title)
        ahead = (at + self.title + self.joints - of_documents[:-1])[self._document_of]
        _copy(self.bodies, self._passage_starts + self.above, self.text, tokens, text_starts[:-1] + ahead)
        return tokens, lengths

    @cached_property
    def _title_bounds(self) -> Places:
        return _starts(self.title)

    @cached_property
    def _body_bounds(self) -> Places:
        return _starts(self.above + self.text)[self.bounds] + _starts(self.joints)

    @cached_property
    def _document_of(self) -> Numbers:
        return np.repeat(np.arange(len(self.passages), dtype=np.uint32), self.passages)

    @property
    def _passage_starts(self) -> Places:
        """Where each passage's tokens begin, behind the joints of its own document."""
        return (
            _starts(self.above + self.text)[:-1] + np.cumsum(self.joints, dtype=np.int64)[self._document_of]
        )


def lengths_of(runs: Iterable[Sized]) -> Numbers:
    """How long each of some runs is."""
    return np.array([len(run) for run in runs], np.uint32)


def _starts(lengths: Places) -> Places:
    """Where runs that follow each other begin, and where the last one ends."""
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths, dtype=np.int64)])


def _room(lengths: Numbers) -> tuple[Numbers, Places]:
    """An array for runs of some lengths, and where each begins."""
    starts = _starts(lengths)
    return np.empty(int(starts[-1]), np.uint32), starts[:-1]


def _copy(source: Numbers, starts: Places, lengths: Places, to: Numbers, at: Places) -> None:
    """Copy runs of an array to places in another."""
    for first in range(0, len(lengths), BLOCK):
        block = slice(first, first + BLOCK)
        many = lengths[block].astype(np.int64)
        ends = np.cumsum(many)
        within = np.arange(int(many.sum())) - np.repeat(ends - many, many)
        to[within + np.repeat(at[block], many)] = source[within + np.repeat(starts[block], many)]
