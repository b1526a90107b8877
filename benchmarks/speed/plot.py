"""The figures of a run, as `--save` wrote them -> a picture of how the time grows with the folder.

python -m benchmarks.speed.plot FIGURES.json PICTURE.svg

Needs matplotlib: pip install ".[plot]"
"""

import argparse
import json
from collections import defaultdict
from pathlib import Path

import matplotlib as mpl
from matplotlib import pyplot as plt
from matplotlib.ticker import FuncFormatter

from benchmarks.speed.answering import OURS
from benchmarks.speed.table import Curve

MILLISECOND = 1e-3


def curves(saved: Path) -> dict[str, Curve]:
    """What each way to find the ten best takes, in seconds, by the number of passages."""
    found: defaultdict[str, Curve] = defaultdict(dict)
    for figure in json.loads(saved.read_text(encoding="utf-8")):
        for name, points in figure["curves"].items():
            found[name] |= {int(passages): seconds for passages, seconds in points.items()}
    return dict(found)


def draw(found: dict[str, Curve], picture: Path) -> None:
    """Draw the curves, both axes by powers of ten."""
    mpl.rcParams |= {"svg.hashsalt": "speed", "svg.fonttype": "none"}  # the same figures make the same file
    figure, axes = plt.subplots(figsize=(7, 4.2), layout="constrained")
    for name, points in found.items():
        passages = sorted(points)
        times = [points[size] / MILLISECOND for size in passages]
        ours = name == OURS
        axes.plot(passages, times, "o-" if ours else "o--", linewidth=2.5 if ours else 1.5, label=name)
    axes.set(xscale="log", yscale="log", xlabel="passages", ylabel="ms a query, median")
    plain = FuncFormatter(lambda value, _: f"{value:,.10g}")
    axes.xaxis.set_major_formatter(plain)
    axes.yaxis.set_major_formatter(plain)
    axes.grid(which="major", alpha=0.3)
    axes.legend(frameon=False)
    figure.savefig(picture, metadata={"Date": None})


def main() -> None:
    """Draw."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("saved", type=Path, metavar="FIGURES.json")
    parser.add_argument("picture", type=Path, metavar="PICTURE.svg")
    arguments = parser.parse_args()
    draw(curves(arguments.saved), arguments.picture)


if __name__ == "__main__":
    main()
