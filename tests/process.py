"""`python -m bot` as a process: how it is begun, and what it says."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

from conversation import library_of

PROJECT = Path(__file__).parent.parent
TIMEOUT = 30
QUESTION = "渡船几点开"
Environment: TypeAlias = dict[str, str]


def environment_in(folder: Path, dictionary: Path) -> Environment:
    """The environment of a worker with one document in a folder, and nothing else set."""
    documents = library_of(
        folder / "documents", {"渡口.txt": "渡口的规矩\n\n渡船每天早上六点开，晚上八点停。"}
    )
    index = folder / "index"
    index.mkdir()
    shutil.copy(dictionary, index)
    passed = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    paths = {"PYTHONPATH": PROJECT, "DOCUMENTS_DIR": documents, "INDEX_DIR": index}
    return passed | {name: str(path) for name, path in paths.items()}


@contextmanager
def running(environment: Environment, folder: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """`python -m bot` in an empty folder, so that no `.env` is read."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate(timeout=TIMEOUT)


def said_until(words: str, process: subprocess.Popen[str]) -> str:
    """What a process logs up to a line with some words; it is killed when it does not come to that."""
    assert process.stderr is not None
    said = ""
    patience = threading.Timer(TIMEOUT, process.kill)
    patience.start()
    for line in process.stderr:
        said += line
        if words in line:
            break
    patience.cancel()
    assert words in said
    return said


def ended(
    environment: Environment, folder: Path, *arguments: str, lines: str = ""
) -> subprocess.CompletedProcess[str]:
    """What a worker that ends by itself said."""
    with running(environment, folder, *arguments) as process:
        out, err = process.communicate(lines, timeout=TIMEOUT)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)
