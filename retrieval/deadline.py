"""Work that is ended in this process when it takes too long, in whatever thread it is done.

A signal would reach the main thread only, and the first index of a bot is made in another.
"""

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class OvertimeError(Exception):
    """Work took longer than it may."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise OvertimeError in what is done meanwhile when so many seconds are over, at Python's next step.

    What is written in C goes on until it returns.
    """
    worker = threading.get_ident()
    lock = threading.Lock()
    is_over = is_raised = False

    def end() -> None:
        nonlocal is_raised
        with lock:
            if not is_over:
                is_raised = True
                _raise_in(worker, OvertimeError)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        with lock:
            is_over = True
            if is_raised:
                _raise_in(worker, None)  # what was told too late, and not raised yet
    if is_raised:
        raise OvertimeError


def _raise_in(thread: int, error: type[Exception] | None) -> None:
    """Have an exception raised in a thread, or take back what has not been raised."""
    told = None if error is None else ctypes.py_object(error)
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), told)
