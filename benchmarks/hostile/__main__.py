"""Files that are made to hurt, and what each costs.

python -m benchmarks.hostile [--only WORDS]

Each is put into a folder of its own, beside a good file, and `python -m retrieval index` reads it. Prints for
each the seconds and the most memory of a process, beyond those of the good file alone, and what was said.
The exit status is 1 when one costs more than it may, or the good file does not answer.
"""

import argparse
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.hostile.traps import Trap, traps
from retrieval.limits import IN_GENERAL
from retrieval.verdicts import Verdict

ROOT = Path(__file__).parent.parent.parent
GOOD = "成人每次两元，学生凭证一元，牲口另买一张。"
QUESTION = "渡船成人每次几元"


@dataclass(frozen=True, slots=True)
class Cost:
    """Of reading a folder: seconds, bytes of memory of the largest process, and what was said."""

    seconds: float
    memory: int
    said: str
    is_answered: bool


def cost(trap: Trap | None) -> Cost:
    """What a folder costs that holds a good file and a trap."""
    with TemporaryDirectory() as place:
        documents = Path(place) / "documents"
        documents.mkdir()
        (documents / "好.txt").write_text(GOOD, encoding="utf-8")
        if trap:
            trap(documents)
        command = [
            sys.executable,
            "-m",
            "retrieval",
            "{}",
            "--documents",
            str(documents),
            "--index",
            f"{place}/i",
        ]
        start = perf_counter()
        process = subprocess.Popen(
            [part.format("index") for part in command],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        assert process.stdout is not None
        said = process.stdout.read().decode(errors="replace")
        _, _, used = os.wait4(process.pid, 0)
        seconds = perf_counter() - start
        asked = [*(part.format("ask") for part in command), QUESTION, "--limit", "1"]
        answer = subprocess.run(asked, cwd=ROOT, capture_output=True, check=False).stdout.decode(
            errors="replace"
        )
        is_answered = GOOD in answer and f"[{Verdict.FOUND}]" in answer
        return Cost(seconds, used.ru_maxrss * 1024, " / ".join(said.splitlines()), is_answered)


def main() -> None:
    """Print a line for each trap."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--only", default="", metavar="WORDS", help="of the traps, those whose name holds this"
    )
    options = parser.parse_args()
    usual = cost(None)
    print(f"{'the good file alone':45} {usual.seconds:5.1f} s {usual.memory / 1e6:6.0f} MB")
    failed = not usual.is_answered
    for name, trap in traps().items():
        if options.only not in name:
            continue
        found = cost(trap)
        seconds, memory = found.seconds - usual.seconds, found.memory - usual.memory
        is_over = seconds > IN_GENERAL.seconds or memory > IN_GENERAL.memory or not found.is_answered
        failed |= is_over
        mark = "OVER " if is_over else ""
        print(f"{name:45} {seconds:5.1f} s {memory / 1e6:6.0f} MB  {mark}{found.said[:300]}", flush=True)
    sys.exit(failed)


if __name__ == "__main__":
    main()
