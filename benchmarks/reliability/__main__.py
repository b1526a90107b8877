"""What the bot promises, tried for long with a Telegram that misbehaves.

python -m benchmarks.reliability load    many people ask at once
python -m benchmarks.reliability faults  each kind of fault by itself
python -m benchmarks.reliability kills   kill -9 at any moment
python -m benchmarks.reliability soak    an hour's traffic in minutes, with everything at once

Each starts `python -m bot`, which speaks HTTP with the stand-in of the tests, and prints a table. The exit
status is 1 when a promise is broken.
"""

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.reliability import faults, kills, load, soak


def main() -> None:
    """Try what is asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    trials = parser.add_subparsers(dest="trial", required=True)
    loading = trials.add_parser("load")
    loading.add_argument("--passages", type=int, default=50_000)
    loading.add_argument("--questions", type=int, nargs="+", default=[*load.LOADS], metavar="A_MINUTE")
    loading.add_argument(
        "--documents", type=Path, default=Path("documents"), help="whose sentences make up the folder"
    )
    failing = trials.add_parser("faults")
    failing.add_argument("--times", type=int, default=20, help="how often each fault is met")
    failing.add_argument("--questions", type=int, default=100, help="while so many are asked")
    killing = trials.add_parser("kills")
    killing.add_argument("--times", type=int, default=50)
    soaking = trials.add_parser("soak")
    soaking.add_argument("--minutes", type=float, default=5.0)
    for trial in (failing, killing, soaking):
        trial.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    with TemporaryDirectory() as place:
        folder = Path(place)
        match options.trial:
            case "load":
                loads = {count: load.LOADS.get(count, False) for count in options.questions}
                broken = load.run(folder, options.documents, options.passages, loads)
            case "faults":
                broken = faults.run(folder, options.times, options.questions, options.seed)
            case "kills":
                broken = kills.run(folder, options.times, options.seed)
            case _:
                broken = soak.run(folder, options.minutes, options.seed)
    for line in broken:
        print(f"BROKEN: {line}")
    sys.exit(bool(broken))


if __name__ == "__main__":
    main()
