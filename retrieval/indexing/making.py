"""Plan -> the documents of the next snapshot, one after the other."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from retrieval.documents import Origin
from retrieval.indexing.cutters import CutFile, Cutters
from retrieval.indexing.files import Kept, Piece
from retrieval.indexing.forward import Numbers
from retrieval.indexing.numbering import Numbering
from retrieval.indexing.planning import Plan, Step
from retrieval.inverted.token_table import TokenTable
from retrieval.problems import Problem
from retrieval.reading import name_without_ending
from retrieval.tokens import Tokenizer

USED = 0.75
"""The share of a table's tokens that must stand somewhere; of one that has fewer, a new one is made."""

Made = tuple[Step, str, Piece | Problem]
"""What becomes of a file: its content's hash, and the document or the problem."""


class Maker:
    """Makes the documents of a plan, out of the last snapshot where they are known."""

    def __init__(
        self, planned: Plan, last: Kept | None, cutters: Cutters, tokenizer: Callable[[], Tokenizer]
    ) -> None:
        self._planned, self._last = planned, last
        self._cutters, self._tokenizer = cutters, tokenizer
        self._renumbered: Numbers | None = None
        self._numbering = Numbering(self._tokens() if last else TokenTable.of(()))

    @property
    def table(self) -> TokenTable:
        """The tokens of all documents, when they are made."""
        return self._numbering.table

    def __iter__(self) -> Iterator[Made]:
        outcomes = self._cutters(self._planned.to_cut)
        for step in self._planned.steps:
            if step.known is None:
                outcome = next(outcomes)
                made = outcome if isinstance(outcome, Problem) else self._cut(step, outcome)
                yield step, "" if isinstance(outcome, Problem) else outcome.content, made
            elif step.known.problem:
                yield step, step.known.content, step.known.problem
            else:
                yield step, step.known.content, self._kept(step)

    def _cut(self, step: Step, done: CutFile) -> Piece:
        origin = Origin(step.file.source, done.title)
        body = self._numbering.body(done.tokens, done.body)
        title = self._numbering(done.title_tokens)
        return Piece.of(origin, done.lines, title, body, titled=done.titled)

    def _kept(self, step: Step) -> Piece:
        """A document of the last snapshot, which may have another name now."""
        assert self._last is not None
        assert step.known is not None
        assert step.known.document is not None
        piece = self._last.piece(step.known.document)
        title = piece.origin.title if piece.titled else name_without_ending(step.file.source)
        same = title == piece.origin.title
        tokens = self._moved(piece.title) if same else self._numbering(self._tokenizer()(title))
        origin = Origin(step.file.source, title)
        if self._renumbered is None:
            return replace(piece, origin=origin, title=tokens)
        body = replace(piece.body, tokens=self._moved(piece.body.tokens))
        return Piece.of(origin, piece.lines, tokens, body, titled=piece.titled)

    def _moved(self, tokens: Numbers) -> Numbers:
        """Token numbers of the last snapshot as they are in this one."""
        return tokens if self._renumbered is None else self._renumbered[tokens]

    def _tokens(self) -> TokenTable:
        """The table of the last snapshot, or of what of it is still used where that is much less."""
        assert self._last is not None
        table = self._last.table
        steps = self._planned.steps
        used = self._last.used(
            step.known.document for step in steps if step.known and step.known.document is not None
        )
        if len(used) >= USED * len(table):
            return table
        self._renumbered = np.zeros(len(table), np.uint32)
        self._renumbered[used] = np.arange(len(used))
        return table.only(used)
