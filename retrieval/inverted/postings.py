"""Token number -> postings: the passages that hold it, and how much it counts for there, in flat arrays."""

from collections.abc import Iterable, Iterator, Sequence
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
    """The postings of a token: the passages that hold it, in order, and their codes."""

    token: int
    document_frequency: int
    codes: Codes
    passages: Numbers

    @property
    def holding(self) -> Numbers:
        """The passages that hold the token, in order."""
        return self.passages

    def near(self, passages: Numbers) -> tuple[Numbers, Codes]:
        """Each of some passages, or another where the token does not stand in it, and the code of that."""
        places = self.passages.searchsorted(passages)
        # A place behind the last is taken for the last.
        return self.passages.take(places, mode="clip"), self.codes.take(places, mode="clip")


class Dense(NamedTuple):
    """The postings of a common token: a code for every passage, 0 where it does not stand."""

    token: int
    document_frequency: int
    codes: Codes

    @property
    def holding(self) -> Numbers:
        """The passages that hold the token, in order."""
        return np.flatnonzero(self.codes).astype(np.uint32)

    def near(self, passages: Numbers) -> tuple[Numbers, Codes]:
        """Some passages, and the code of each."""
        return passages, self.codes.take(passages)


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

    def of(self, tokens: Iterable[int]) -> list[Sparse | Dense]:
        """The postings of those of some tokens that have any, in turn."""
        starts = self.starts.data  # an item of it is read sooner than one of the array
        found: list[Sparse | Dense] = []
        for token in tokens:
            start, end = starts[token], starts[token + 1]
            if start < end:
                codes, passages = self.codes[start:end], self.passages[start:end]
                found.append(Sparse(token, end - start, codes, passages))
            else:
                found += self._common(token)
        return found

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
        if len(self.odd):
            tokens = np.array([each.token for each in held], np.uint64)
            self._correct(times, tokens.repeat([*map(len, holding)]), passages)
        return passages, self.saturation.counts(times, half)

    def counts_at(self, held: Sequence[Sparse | Dense], passages: Numbers) -> Floats:
        """What each token, a row, counts for in each of some passages, a column."""
        near = [each.near(passages) for each in held]
        shape = len(held), len(passages)
        codes = np.concatenate([NO_CODES, *[its for _, its in near]]).reshape(shape)
        codes *= np.concatenate([NO_PASSAGES, *[there for there, _ in near]]).reshape(shape) == passages
        half = self.saturation.half(self.lengths.take(passages))
        times = frequencies(codes, half)
        if len(self.odd):
            self._correct(times, np.array([each.token for each in held], np.uint64)[:, None], passages)
        return self.saturation.counts(times, half)

    def _common(self, token: int) -> Iterator[Dense]:
        row = int(self.common.searchsorted(token))
        if row < len(self.common) and self.common[row] == token:
            yield Dense(token, int(self.common_frequencies[row]), self.rows[row])

    def _correct(self, times: Floats, tokens: Integers, passages: Numbers) -> None:
        """Put in the frequencies that their codes do not give back."""
        pairs = paired(tokens, passages)
        places = self.odd.searchsorted(pairs)
        is_odd = self.odd.take(places, mode="clip") == pairs
        times[is_odd] = self.odd_frequencies[places[is_odd]]


def paired(tokens: Integers, passages: Integers | int) -> Pairs:
    """Token and passage in one number, in whose order postings are: by token, then by passage."""
    pairs = tokens.astype(np.uint64)
    pairs <<= np.uint64(32)
    return pairs | np.asarray(passages, np.uint64)
