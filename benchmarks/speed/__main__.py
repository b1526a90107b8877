"""How fast the index is, and how large, beside its peers on the same words in the same run.

python -m benchmarks.speed [--rows folder live build open top] [--sizes 10000 100000 1000000] [--wide]
                           [--save FIGURES.json]

Prints a line for each figure, with what it should be at most. Times are a query's best of some rounds, in
which all are asked in turn. A million passages take some 3 GB of memory and ten minutes.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.speed import answering, building, folders, live, opening
from benchmarks.speed.corpora import Corpus, Shape, made
from benchmarks.speed.peers import Tantivy
from benchmarks.speed.table import HEADER, Figure
from retrieval.bm25 import BM25
from retrieval.inverted.token_table import TokenTable

ROWS = ("build", "open", "top")
FOLDER, LIVE = "folder", "live"
EVERY = [*ROWS, FOLDER, LIVE]
WIDE = {"mean": 100, "query": (30, 30)}


def figures(corpus: Corpus, rows: Sequence[str], queries: int, rounds: int, folder: Path) -> Iterator[Figure]:
    """Yield the lines of one corpus."""
    asked = corpus.queries(queries)
    if "build" in rows:
        yield from building.figures(corpus, folder)
    if not {"open", "top"} & {*rows}:
        return
    table = TokenTable.of(corpus.words.tolist())
    BM25.from_numbers(table, corpus.tokens, corpus.lengths, building.K1, building.B).save(folder / "ours")
    if "open" in rows:
        yield from opening.figures(corpus, folder / "ours", asked)
    if "top" in rows:
        peer = Tantivy(folder / "tantivy", [" ".join(tokens) for tokens in corpus.passages()], threads=1)
        yield from answering.figures(corpus, BM25.load(folder / "ours"), peer, asked, rounds)


def main() -> None:
    """Print the table, a line at a time."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", nargs="+", choices=EVERY, default=EVERY)
    parser.add_argument(
        "--sizes", nargs="+", type=int, default=[10_000, 100_000, 1_000_000], metavar="PASSAGES"
    )
    parser.add_argument(
        "--folders", nargs="+", type=int, metavar="PASSAGES", help="instead of their own sizes"
    )
    parser.add_argument(
        "--documents", type=Path, default=Path("documents"), help="whose sentences make up the folders"
    )
    parser.add_argument("--wide", action="store_true", help="also with 100 tokens a passage and 30 a query")
    parser.add_argument("--save", type=Path, metavar="FIGURES.json", help="for benchmarks.speed.plot")
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    shapes = [Shape(size) for size in arguments.sizes]
    shapes += [Shape(size, **WIDE) for size in arguments.sizes if arguments.wide]
    print(HEADER)
    found = []
    for figure in _every(arguments, shapes):
        print(figure, flush=True)
        found.append(asdict(figure))
    if arguments.save:
        arguments.save.write_text(json.dumps(found, indent=1), encoding="utf-8")


def _every(arguments: argparse.Namespace, shapes: Sequence[Shape]) -> Iterator[Figure]:
    for row, of_folder, sizes in (
        (FOLDER, folders.figures, (folders.FEW, folders.LARGE)),
        (LIVE, live.figures, live.SIZES),
    ):
        for passages in arguments.folders or sizes if row in arguments.rows else ():
            with TemporaryDirectory() as folder:
                yield from of_folder(arguments.documents, Path(folder), passages)
    for shape in shapes if {*ROWS} & {*arguments.rows} else ():
        with TemporaryDirectory() as folder:
            yield from figures(made(shape), arguments.rows, arguments.queries, arguments.rounds, Path(folder))


if __name__ == "__main__":
    main()
