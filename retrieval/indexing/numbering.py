"""Tokens -> numbers, the same for all documents of an index."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from retrieval.indexing.forward import Body, Numbers
from retrieval.inverted.token_table import TokenTable


class Numbering:
    """Gives tokens the numbers that they have in a table, and those that it lacks the next ones."""

    def __init__(self, table: TokenTable) -> None:
        self._table = table
        self._new: dict[str, int] = {}

    def __call__(self, tokens: Sequence[str]) -> Numbers:
        """The number of each token."""
        known = self._table.find(tokens)
        numbers = (
            self._number(token) if number is None else number
            for token, number in zip(tokens, known, strict=True)
        )
        return np.fromiter(numbers, np.uint32, len(tokens))

    def body(self, tokens: Sequence[str], body: Body) -> Body:
        """A body whose numbers are places in `tokens`, with the numbers of all documents."""
        return replace(body, tokens=self(tokens)[body.tokens])

    @property
    def table(self) -> TokenTable:
        """The table with the new tokens behind its own."""
        return self._table.extended(self._new)

    def _number(self, token: str) -> int:
        return self._new.setdefault(token, len(self._table) + len(self._new))
