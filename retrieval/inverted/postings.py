"""Token number -> postings: the passages that hold it, and how much it counts for there, in flat arrays."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from retrieval.inverted.saturation import Codes, Floats, Integers, Saturation, frequencies

Numbers = npt.NDArray[np.uint32]
Pairs = npt.NDArray[np.uint64]
Unsigned = npt.NDArray[np.unsignedinteger[Any]]

NO_PASSAGES, NO_CODES = np.empty(0, np.uint32), np.empty(0, np.uint16)


class Sparse(NamedTuple):
    """The postings of a token: the passages that hold it, in order, and their codes.

    They begin at a place in the postings of all tokens.
    """

    token: int
    start: int
    passages: Numbers
    codes: Codes

    @property
    def document_frequency(self) -> int:
        """In how many passages the token stands."""
        return len(self.passages)

    @property
    def holding(self) -> Numbers:
        """The passages that hold the token, in order."""
        return self.passages


class Dense(NamedTuple):
    """The postings of a common token: a code for every passage, 0 where it does not stand."""

    token: int
    document_frequency: int
    codes: Codes

    @property
    def holding(self) -> Numbers:
        """The passages that hold the token, in order."""
        return np.flatnonzero(self.codes).astype(np.uint32)


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """The passages that hold each token, by its number, with a code of how much it counts for there.

    The list of token t is `passages[starts[t] : starts[t + 1]]`, in order, with `codes` beside it. That of a
    *common* token is empty: it has a row in `rows` instead, with a code for every passage. `common` has the
    common tokens, in order, and `common_frequencies` in how many passages each stands. `odd` are the few
    postings, as `paired` writes them, whose frequency the code does not give back, and `odd_frequencies` what
    it is. `lengths` are the passages', in tokens.
    """

    saturation: Saturation
    lengths: Numbers
    starts: Unsigned
    passages: Numbers
    codes: Codes
    common: Numbers
    common_frequencies: Numbers
    rows: Codes
    odd: Pairs
    odd_frequencies: Numbers

    def of(self, token: int) -> Sparse | Dense:
        """The postings of a token."""
        start, end = self.starts.item(token), self.starts.item(token + 1)
        if start == end:
            row = int(self.common.searchsorted(token))
            if row < len(self.common) and self.common[row] == token:
                return Dense(token, int(self.common_frequencies[row]), self.rows[row])
        return Sparse(token, start, self.passages[start:end], self.codes[start:end])

    def counts(self, held: Sequence[Sparse | Dense]) -> tuple[Numbers, Floats]:
        """The passages that hold each of some tokens, in turn, and what the token counts for there."""
        holding = [each.holding for each in held]
        codes = [
            each.codes if isinstance(each, Sparse) else each.codes[passages]
            for each, passages in zip(held, holding, strict=True)
        ]
        passages = np.concatenate([NO_PASSAGES, *holding])
        half = self.saturation.half(self.lengths[passages])
        times = frequencies(np.concatenate([NO_CODES, *codes]), half)
        tokens = np.repeat(np.array([each.token for each in held], np.uint64), [*map(len, holding)])
        self._correct(times, tokens, passages)
        return passages, self.saturation.counts(times, half)

    def held(self, tokens: Iterable[int]) -> list[Sparse | Dense]:
        """The postings of different tokens that have any, the rarest first, and so the common ones last."""
        found = [each for each in map(self.of, tokens) if each.document_frequency]
        return sorted(found, key=lambda each: each.document_frequency)

    def counts_at(self, held: Sequence[Sparse | Dense], passages: Numbers) -> Floats:
        """What each token, a row, counts for in each of some passages, a column.

        The common ones are the last of those that are held.
        """
        lists = [each for each in held if isinstance(each, Sparse)]
        rows = [each.codes[None, passages] for each in held if isinstance(each, Dense)]
        codes = np.concatenate([self._codes_at(lists, passages), *rows])
        half = self.saturation.half(self.lengths[passages])
        times = frequencies(codes, half)
        self._correct(times, np.array([each.token for each in held], np.uint64)[:, None], passages)
        return self.saturation.counts(times, half)

    def _correct(self, times: Floats, tokens: Integers, passages: Numbers) -> None:
        """Put in the frequencies that their codes do not give back."""
        if len(self.odd):
            pairs = paired(tokens, passages)
            places = self.odd.searchsorted(pairs)
            is_odd = self.odd.take(places, mode="clip") == pairs
            times[is_odd] = self.odd_frequencies[places[is_odd]]

    def _codes_at(self, lists: Sequence[Sparse], passages: Numbers) -> Codes:
        """The codes that lists have for passages, 0 where they have none."""
        if not lists:
            return np.empty((0, len(passages)), np.uint16)
        codes = np.empty((len(lists), len(passages)), np.uint16)
        for row, each in zip(codes, lists, strict=True):
            places = each.passages.searchsorted(passages)
            # A place behind the last is taken for the last, where another passage stands.
            np.multiply(
                each.codes.take(places, mode="clip"),
                each.passages.take(places, mode="clip") == passages,
                out=row,
            )
        return codes


def paired(tokens: Integers, passages: Integers | int) -> Pairs:
    """Token and passage in one number, in whose order postings are: by token, then by passage."""
    return tokens.astype(np.uint64) << np.uint64(32) | np.asarray(passages, np.uint64)
