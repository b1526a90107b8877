"""What becomes of the memory that threads have freed."""

import ctypes
import platform
import subprocess
import sys

import pytest

from bot.memory import share_memory

HELD = """
import ctypes, sys, threading
from bot.memory import share_memory
if sys.argv[1] == "shared":
    assert share_memory()
meet = threading.Barrier(16)
def work():
    held = [bytes(100_000) for _ in range(100)]
    meet.wait()
threads = [threading.Thread(target=work) for _ in range(16)]
for each in threads: each.start()
for each in threads: each.join()
out = ctypes.CDLL(None).fdopen
out.restype = ctypes.c_void_p
ctypes.CDLL(None).malloc_info(0, ctypes.c_void_p(out(1, b"w")))
ctypes.CDLL(None).fflush(None)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library shares memory by itself")
def test_threads_take_their_memory_from_two_places_at_most() -> None:
    arenas = {}
    for how in ("shared", "alone"):
        told = subprocess.run(
            [sys.executable, "-c", HELD, how], capture_output=True, text=True, check=True, timeout=60
        )
        arenas[how] = told.stdout.count("<heap nr=")
    assert arenas["shared"] <= 2 < arenas["alone"]


def test_where_the_c_library_knows_nothing_of_it_nothing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda _: object())
    assert not share_memory()
