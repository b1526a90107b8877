"""The weights of ranking, each tried beside its neighbours, on sets of questions with known answers.

python -m benchmarks.ranking SET [SET ...]

Prints MRR@10 on each set with one weight changed at a time: a weight is well chosen when no other value is
better on every set.
"""

import argparse
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from retrieval.evaluation import SHOWN, figures, rank_of, read_cases
from retrieval.index import Index, Weights
from retrieval.questions import about
from retrieval.reading import read_folder
from retrieval.tokens import Tokenizer

TRIED = {
    "passage_k1": (0.5, 0.9, 1.5),
    "passage_b": (0.2, 0.6, 0.75),
    "document_k1": (0.5, 2.0),
    "document_b": (0.0, 0.3, 0.75),
    "share": (0.0, 0.2, 0.4, 0.8),
}


class Remembering(Tokenizer):
    """Cuts each text once, however often it is indexed."""

    def __init__(self, derived: Path) -> None:
        super().__init__(derived)
        self._cut = lru_cache(maxsize=None)(super().__call__)

    def __call__(self, text: str) -> list[str]:
        """Return the tokens, which nobody may change."""
        return self._cut(text)


class Trial:
    """A set to try weights on."""

    def __init__(self, folder: Path, tokenizer: Tokenizer) -> None:
        self.name = folder.name
        self._tokenizer = tokenizer
        self._documents = read_folder(folder / "documents").documents
        self._cases = [case for case in read_cases(folder / "questions.jsonl") if case.sources]

    def mrr(self, weights: Weights) -> float:
        """MRR@10 of the order of passages alone."""
        index = Index(self._documents, self._tokenizer, weights)
        ranks = []
        for case in self._cases:
            ranked = index.rank(self._tokenizer(about(case.question)), SHOWN)
            passages = (index.passages[number] for number, _ in ranked)
            ranks.append(rank_of(case, [(p.document.source, p.text) for p in passages]))
        return figures(ranks, []).mrr


def choices() -> Iterator[tuple[str, Weights]]:
    """The weights in use, and those with one of them changed, each with its name."""
    yield "in use", Weights()
    for name, values in TRIED.items():
        for value in values:
            yield f"{name} {value}", replace(Weights(), **{name: value})


def main() -> None:
    """Print a line a choice."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sets", nargs="+", type=Path, metavar="SET")
    with TemporaryDirectory() as derived:
        tokenizer = Remembering(Path(derived))
    trials = [Trial(folder, tokenizer) for folder in parser.parse_args().sets]
    for name, weights in choices():
        line = "  ".join(f"{trial.name} {trial.mrr(weights):.3f}" for trial in trials)
        print(f"{name:18} {line}", flush=True)


if __name__ == "__main__":
    main()
