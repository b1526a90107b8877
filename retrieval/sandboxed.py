"""The process that a sandbox reads files in: python -m retrieval.sandboxed DESCRIPTOR SECONDS MEMORY.

It is asked for files through a connection, and ends with it.
"""

import gc
import json
import resource
import signal
import sys
from contextlib import suppress
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from retrieval.content_json import json_of
from retrieval.documents import Content
from retrieval.limits import Limits
from retrieval.opening import megabytes, opened
from retrieval.problems import Reason, UnreadableError
from retrieval.readers import FOREIGN

TOLD = "content"


def main() -> None:
    """Read files until nobody asks any more."""
    descriptor, seconds, memory = int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])
    limits = Limits(seconds, memory)
    confine(limits)
    gc.disable()
    with Connection(descriptor) as wire, suppress(EOFError):
        while True:
            path, ending = json.loads(wire.recv_bytes())
            signal.setitimer(signal.ITIMER_REAL, limits.seconds)  # ends it, whoever asked may be gone
            wire.send_bytes(json.dumps(_told(Path(path), ending, limits)).encode())
            signal.setitimer(signal.ITIMER_REAL, 0)


def confine(limits: Limits) -> None:
    """Have the operating system keep this process within limits, where it can."""
    for kind, most in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):  # macOS does not limit memory
            resource.setrlimit(kind, (most, most))


def _told(path: Path, ending: str, limits: Limits) -> dict[str, Any]:
    try:
        return {TOLD: json_of(_read(path, ending, limits))}
    except UnreadableError as error:
        return {"reason": error.reason, "detail": error.detail}
    except MemoryError:
        return {"reason": Reason.MEMORY, "detail": megabytes(limits.memory)}
    except Exception as error:  # noqa: BLE001 - whatever others' code raises over a file is a fault of the file
        return {"reason": Reason.DAMAGED, "detail": type(error).__name__}


def _read(path: Path, ending: str, limits: Limits) -> Content:
    reader = import_module(f"retrieval.readers.{FOREIGN[ending]}")
    gc.collect()  # after the last file; while one is read, it would look at each element again and again
    with opened(path, limits.memory) as file:
        content: Content = reader.read(file)
    if (size := len(content.text.encode("utf-8", "surrogatepass"))) > limits.text:
        raise UnreadableError(Reason.SIZE, f"{megabytes(size)}, at most {megabytes(limits.text)}")
    return content


if __name__ == "__main__":
    main()
