"""Plan -> the documents of the next snapshot, one after the other."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from retrieval.documents import Origin
from retrieval.indexing.cutters import CutFile, Cutters, Refused
from retrieval.indexing.files import Kept, Piece
from retrieval.indexing.forward import Numbers
from retrieval.indexing.numbering import Numbering
from retrieval.indexing.planning import Plan, Step
from retrieval.inverted.token_table import TokenTable
from retrieval.names import named, title_of
from retrieval.problems import Problem
from retrieval.tokens import Tokenizer

USED = 0.75
"""The share of a table's tokens that must stand somewhere; of one that has fewer, a new one is made."""


@dataclass(frozen=True, slots=True)
class Made:
    """What becomes of a file: the digest of its bytes, and the document, or else the problem, or both."""

    step: Step
    digest: str
    piece: Piece | None
    problem: Problem | None


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
                if isinstance(outcome, Refused):
                    yield Made(step, outcome.digest, None, outcome.problem)
                else:
                    yield Made(step, outcome.digest, self._cut(step, outcome), outcome.damage)
            else:
                is_document = step.known.document is not None
                problem = step.known.problem and replace(step.known.problem, source=step.file.source)
                yield Made(step, step.known.content, self._kept(step) if is_document else None, problem)

    def _cut(self, step: Step, done: CutFile) -> Piece:
        origin = Origin(step.file.source, done.title)
        body = self._numbering.body(done.tokens, done.body)
        title = self._numbering(done.title_tokens)
        edges = np.array(sorted(done.edges), np.uint32)
        return Piece.of(origin, done.lines, title, body, edges, titled=done.titled)

    def _kept(self, step: Step) -> Piece:
        """A document of the last snapshot, which may have another name now."""
        assert self._last is not None
        assert step.known is not None
        assert step.known.document is not None
        piece = self._last.piece(step.known.document)
        source = step.file.source
        if source == piece.origin.source:
            origin, tokens = piece.origin, self._moved(piece.title)
        else:
            own = piece.origin.title if piece.titled else None
            origin = Origin(source, title_of(own, source, piece.beginning))
            tokens = self._numbering(self._tokenizer()(named(origin.title, source)))
        if self._renumbered is None:
            return replace(piece, origin=origin, title=tokens)
        body = replace(piece.body, tokens=self._moved(piece.body.tokens))
        return Piece.of(origin, piece.lines, tokens, body, piece.edges, titled=piece.titled)

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
