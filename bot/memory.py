"""What threads have freed -> what others use."""

import ctypes

ARENA_MAX = -8
"""The number of this parameter in the C library's malloc.h."""

ARENAS = 2
"""Places from which threads take their memory, at most: one for each core of a small machine."""


def share_memory() -> bool:
    """Let threads share their memory. Whether that could be told: other C libraries may do so by themselves.

    GNU's keeps memory for each thread, and what one has freed no other uses: a worker that has answered on
    each of its threads has tens of megabytes more, for ever.
    """
    try:
        tell = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):
        return False
    return bool(tell(ARENA_MAX, ARENAS))
