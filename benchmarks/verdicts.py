"""The verdict on questions that a folder answers, and on foreign ones.

python -m benchmarks.verdicts SET SET [SET ...]

Foreign questions of a SET (a folder with `documents/` and `questions.jsonl`) are those of the other sets.
Prints what the verdicts in use give, then the curve: for thresholds of relevance, the share of answerable
questions (their right passage among the first three) and the share of foreign ones that are below it.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt

from retrieval.evaluation.cases import Case, rank_of, read_cases
from retrieval.index import Index
from retrieval.indexing.memory import indexed
from retrieval.reading import read_folder
from retrieval.search import JUDGED, search
from retrieval.tokens import Tokenizer
from retrieval.verdicts import FOUND, PERHAPS

THRESHOLDS = np.arange(0.4, 1.01, 0.05)

Relevances = npt.NDArray[np.float64]


def answerable(index: Index, cases: Sequence[Case]) -> Relevances:
    """The relevance of the questions whose right passage is among the first three."""
    answers = [(case, search(index, case.question, JUDGED)) for case in cases]
    return np.array(
        [
            answer.relevance
            for case, answer in answers
            if rank_of(case, [(hit.passage.origin.source, hit.passage.text) for hit in answer.hits])
        ]
    )


def foreign(index: Index, cases: Sequence[Case]) -> Relevances:
    """The relevance of questions that the index does not answer."""
    return np.array([search(index, case.question, JUDGED).relevance for case in cases])


def _below(relevances: Relevances, threshold: float) -> float:
    return float(np.mean(relevances < threshold)) if len(relevances) else 0.0


def _verdicts(relevances: Relevances) -> str:
    none, unsure = _below(relevances, PERHAPS), _below(relevances, FOUND)
    return (
        f"none {none:.3f}  perhaps {unsure - none:.3f}  found {1 - unsure:.3f}  ({len(relevances)} questions)"
    )


def main() -> None:
    """Print the verdicts and the curve of each set."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sets", nargs="+", type=Path, metavar="SET")
    folders = parser.parse_args().sets
    with TemporaryDirectory() as derived:
        tokenizer = Tokenizer(Path(derived))
    cases = {
        folder: [case for case in read_cases(folder / "questions.jsonl") if case.sources]
        for folder in folders
    }
    for folder in folders:
        index = indexed(read_folder(folder / "documents").documents, tokenizer)
        ours = answerable(index, cases[folder])
        others = foreign(index, [case for other in folders if other != folder for case in cases[other]])
        print(f"{folder.name}\n  answerable  {_verdicts(ours)}\n  foreign     {_verdicts(others)}")
        print("  relevance   " + " ".join(f"{threshold:5.2f}" for threshold in THRESHOLDS))
        for name, relevances in (("answerable", ours), ("foreign", others)):
            print(f"  {name:11} " + " ".join(f"{_below(relevances, t):5.3f}" for t in THRESHOLDS), flush=True)


if __name__ == "__main__":
    main()
