"""What takes how long: interleaved, so that whatever else the machine does slows all alike."""

from collections.abc import Callable, Mapping, Sequence
from time import perf_counter
from typing import TypeVar

import numpy as np
import numpy.typing as npt

Seconds = npt.NDArray[np.float64]
Made = TypeVar("Made")


def timed(do: Callable[[], Made]) -> tuple[float, Made]:
    """What something takes, in seconds, and gives."""
    begin = perf_counter()
    made = do()
    return perf_counter() - begin, made


def interleaved(
    ways: Mapping[str, Callable[[list[str]], object]], queries: Sequence[list[str]], rounds: int
) -> dict[str, Seconds]:
    """What each query takes in each way, its best of some rounds. A query is asked in all ways in turn."""
    found = {name: np.full((rounds, len(queries)), np.inf) for name in ways}
    for turn in range(rounds):
        for place, query in enumerate(queries):
            for name, ask in ways.items():
                begin = perf_counter()
                ask(query)
                found[name][turn, place] = perf_counter() - begin
    return {name: seconds.min(0) for name, seconds in found.items()}
