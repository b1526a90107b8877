"""How often a token stands in a passage -> what that counts for, exactly or in 16 bits.

The more often it stands there, the less once more adds, and the longer the passage, the less it counts. A
*code* is the share of the most that a frequency can count for, in steps. It is coarse, but enough to tell
which passages can be the best; and since the frequency behind it is a whole number, it gives that back, and
with it the exact score.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.integer[Any]]
Codes = npt.NDArray[np.uint16]

STEPS = int(np.iinfo(np.uint16).max)
MOST = STEPS + 1e-4
"""More than any code, so that no frequency comes out as infinite."""

TINY = float(np.finfo(np.float64).tiny)


@dataclass(frozen=True, slots=True)
class Saturation:
    """BM25's k1 and b, and the mean length of the passages that they are used on, in tokens."""

    k1: float
    b: float
    mean_length: float

    @property
    def step(self) -> float:
        """What one step of a code counts for."""
        return (self.k1 + 1) / STEPS

    def half(self, lengths: Integers) -> Floats:
        """The frequency that counts for half of the most in passages of some lengths; above 0."""
        half = lengths.astype(np.float64)
        half *= self.k1 * self.b / (self.mean_length or 1.0)
        half += max(self.k1 * (1 - self.b), TINY)
        return half

    def counts(self, frequencies: Floats | Integers, half: Floats) -> Floats:
        """What frequencies count for, 0 to k1 + 1."""
        counts: Floats = np.multiply(frequencies, self.k1 + 1, dtype=np.float64)
        counts /= frequencies + half
        return counts


def codes(frequencies: Integers, half: Floats) -> Codes:
    """The codes of frequencies above 0; at least 1, since 0 means that a token is not there."""
    steps = np.rint(frequencies / (frequencies + half) * STEPS)
    return np.maximum(steps, 1).astype(np.uint16)


def frequencies(codes: Codes, half: Floats) -> Floats:
    """The likeliest frequencies behind codes, 0 behind 0.

    The true one may be another where once more adds less than a step, which is after hundreds of
    repetitions, or where it adds less than that from the first, in a passage many thousand times as long as
    the mean.
    """
    share = codes.astype(np.float64)
    times: Floats = half * share
    times /= np.subtract(MOST, share, out=share)
    return np.rint(times, out=times)
