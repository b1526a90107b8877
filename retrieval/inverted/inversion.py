"""The tokens of each passage -> postings, the passages of each token.

Pairs of token and passage are sorted; as often as a pair comes, the token stands in the passage.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from retrieval.inverted.postings import Numbers, Pairs, Postings, paired
from retrieval.inverted.saturation import Codes, Floats, Saturation, codes, frequencies

Places = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

BLOCK = 1 << 16
"""What is worked on at a time: a temporary array of the full size would cost more than the work on it."""

COMMON_SHARE = 8
LEAST_COMMON = 1 << 13
"""A token is common if more than one in 8 passages hold it, and more than 8192. To add up a row is several
times as fast as to add up a list of that length, but costs more calls; and a row has two bytes a passage, a
list six a posting."""


def invert(tokens: Numbers, lengths: Numbers, known: int, k1: float, b: float) -> Postings:
    """The postings of passages whose tokens stand in `tokens`, by number, one passage after the other.

    `lengths` says how many tokens each passage has, and `known` how many different ones there may be.
    """
    saturation = Saturation(k1, b, len(tokens) / max(1, len(lengths)))
    lists = _lists(_sorted_pairs(tokens, lengths), saturation.half(lengths), known)
    spread = np.diff(lists.starts)
    is_common = spread > max(LEAST_COMMON, len(lengths) // COMMON_SHARE)
    listed = (~is_common).repeat(spread)
    ends = np.where(is_common, 0, spread).cumsum()
    common = np.flatnonzero(is_common)
    return Postings(
        saturation=saturation,
        lengths=lengths,
        starts=np.append(0, ends).astype(np.min_scalar_type(len(listed))),
        passages=lists.passages[listed],
        codes=lists.codes[listed],
        common=common.astype(np.uint32),
        common_frequencies=spread[common].astype(np.uint32),
        rows=_rows(lists, common, len(lengths)),
        odd=lists.odd,
        odd_frequencies=lists.odd_frequencies,
    )


@dataclass(frozen=True, slots=True)
class _Lists:
    """The postings of each token, common or not, where `Postings` has the lists of those that are not."""

    starts: Places
    passages: Numbers
    codes: Codes
    odd: Pairs
    odd_frequencies: Numbers


def _sorted_pairs(tokens: Numbers, lengths: Numbers) -> Pairs:
    """Each token with the passage that it stands in, in the order of postings."""
    pairs = np.empty(len(tokens), np.uint64)
    ends = np.append(0, lengths.cumsum(dtype=np.int64))
    first = 0
    while first < len(lengths):
        beyond = int(ends.searchsorted(ends[first] + BLOCK, side="right")) - 1
        end = max(beyond, first + 1)  # a passage that is longer than a block is one
        block = slice(ends[first], ends[end])
        numbers = np.arange(first, end, dtype=np.uint64).repeat(lengths[first:end])
        pairs[block] = paired(tokens[block], numbers)
        first = end
    pairs.sort()
    return pairs


def _lists(pairs: Pairs, half: Floats, known: int) -> _Lists:
    """What sorted pairs say; `half` is that of each passage."""
    first = np.ones(len(pairs) + 1, np.bool_)  # of each posting, and of what would follow the last
    np.not_equal(pairs[1:], pairs[:-1], out=first[1:-1])
    of_tokens = pairs.searchsorted(paired(np.arange(known + 1), 0))
    starts = np.empty_like(of_tokens)
    passages = np.empty(np.count_nonzero(first) - 1, np.uint32)
    coded = np.empty(len(passages), np.uint16)
    odd, odd_frequencies = [np.empty(0, np.uint64)], [np.empty(0, np.uint32)]
    end = begun = 0
    for block in _blocks(first):
        places = np.flatnonzero(first[block.start : block.stop + 1])
        tokens = slice(begun, begun := int(of_tokens.searchsorted(block.stop)))  # that begin in this block
        starts[tokens] = end + places.searchsorted(of_tokens[tokens] - block.start)
        its, times = pairs[block][places[:-1]], np.diff(places)
        here = slice(end, end := end + len(its))
        passages[here] = its.astype(np.uint32)  # the lower half
        of_its = half[passages[here]]
        coded[here] = codes(times, of_its)
        is_odd = frequencies(coded[here], of_its) != times
        odd.append(its[is_odd])
        odd_frequencies.append(times[is_odd].astype(np.uint32))
    starts[begun:] = end
    return _Lists(starts, passages, coded, np.concatenate(odd), np.concatenate(odd_frequencies))


def _blocks(first: Flags) -> list[slice]:
    """Pairs of about BLOCK each, cut where a posting begins."""
    cuts = [start + int(first[start:].argmax()) for start in range(0, len(first), BLOCK)]
    return [slice(*span) for span in pairwise([*cuts, len(first) - 1])]


def _rows(lists: _Lists, common: Places, passages: int) -> Codes:
    rows = np.zeros((len(common), passages), np.uint16)
    for row, token in zip(rows, common, strict=True):
        its = slice(*lists.starts[token : token + 2])
        row[lists.passages[its]] = lists.codes[its]
    return rows
