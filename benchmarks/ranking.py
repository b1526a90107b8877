"""The weights of ranking, fitted on sets of questions with known answers, and checked by leaving sets out.

python -m benchmarks.ranking SET [SET ...]

A SET is a folder with `documents/` and `questions.jsonl`. Prints MRR@10 on each and the mean of the sets: the
steps of a fit on all, from neutral weights and from those in use; what a fit on the other sets gives on each;
and the weights in use with one of them changed at a time.
"""

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache, lru_cache
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt

from retrieval.bm25 import BM25
from retrieval.evaluation.cases import SHOWN, Case, is_right, read_cases
from retrieval.index import Index
from retrieval.indexing.memory import snapshot_of
from retrieval.inverted.saturation import Saturation
from retrieval.quotations import Ranked
from retrieval.ranking import KIND, WEIGHED, ranking, scored_tokens
from retrieval.reading import read_folder
from retrieval.snapshot import Weights
from retrieval.tokens import Tokenizer

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Scorer = Callable[[float, float], Floats]


@dataclass(frozen=True, slots=True)
class Tried(Weights):
    """Weights of the index, and what it adds to hold the kind of answer that is asked for."""

    kind: float = KIND

    def __str__(self) -> str:
        return ", ".join(f"{name} {value:g}" for name, value in asdict(self).items())


IN_USE = Tried()
NEUTRAL = Tried(passage_k1=1.2, passage_b=0.75, document_k1=1.2, document_b=0.75, share=0.0, kind=0.0)
GRID = {
    "passage_k1": (0.3, 0.5, 0.7, 0.9, 1.2, 1.6),
    "passage_b": (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.75),
    "document_k1": (0.3, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0),
    "document_b": (0.0, 0.1, 0.2, 0.3, 0.5, 0.75),
    "share": (0.0, 0.2, 0.4, 0.6, 0.8, 1.0, 1.2, 1.5, 2.0, 3.0),
    "kind": (0.0, 0.05, 0.1, 0.2, 0.3, 0.5),
}
MOVES = (("passage_k1",), ("passage_b",), ("document_k1",), ("document_b", "share"), ("kind",))
"""What is changed at a time: with another b a document's score is worth more or less to its passages."""

STEP = 0.0005
"""The gain that is worth a step; a smaller one is a question that moved by a rank."""


def scorer(tokens: Sequence[str], texts: BM25, numbers: Ints) -> Scorer:
    """What gives the texts of some numbers their BM25 scores for a k1 and b."""
    none = (np.empty(0, np.int64), np.empty(0), np.empty(0))
    found = [(*texts.postings(token), texts.idf_of(token)) for token in tokens]
    spread = [(holding, weights, np.full(len(holding), idf)) for holding, weights, idf in found]
    text, weight, idf = map(np.concatenate, zip(none, *spread, strict=True))
    lengths, count = texts.doc_len[text], weight / idf
    # How often a token stands in a text follows from what it counts for there.
    half = Saturation(texts.k1, texts.b, texts.avgdl).half(lengths)
    frequencies = np.rint(count * half / (texts.k1 + 1 - count))

    @lru_cache(1)
    def scores(k1: float, b: float) -> Floats:
        saturation = Saturation(k1, b, texts.avgdl)
        weights = idf * saturation.counts(frequencies, saturation.half(lengths))
        return np.bincount(text, weights, texts.corpus_size).astype(np.float64)[numbers]

    return scores


class Scored(Index):
    """An index that gives scores with other weights than its own."""

    def scorers(self, tokens: Sequence[str], passages: Ints) -> tuple[Scorer, Scorer]:
        """What scores some passages, and what scores the document of each."""
        documents = scorer(tokens, self._documents, self._document[passages])
        return scorer(tokens, self._passages, passages), documents


class Asked:
    """A question of a set, with what no weight changes: candidates, what scores them, and which are right."""

    def __init__(self, index: Scored, case: Case) -> None:
        query = index.interpret(case.question)
        # What is quoted is looked for where the weights in use look for it.
        found, _ = ranking(index, replace(query, kind=None), len(index.passages))
        self._candidates = np.array(sorted(number for number, _ in found), dtype=np.int64)
        self._passages, self._documents = index.scorers(scored_tokens(index, query), self._candidates)

        def right(number: int) -> bool:
            return is_right(case, index.passages[number].origin.source, index.passages[number].text)

        def of_kind(number: int) -> bool:
            return query.kind is not None and query.kind.search(index.passages[number].text) is not None

        self._is_right, self._is_of_kind = cache(right), cache(of_kind)

    def best(self, weights: Tried) -> Ranked:
        """What `retrieval.ranking` would rank first with these weights."""
        scores = weights.share * self._documents(weights.document_k1, weights.document_b)
        scores += self._passages(weights.passage_k1, weights.passage_b)
        least = np.partition(scores, -WEIGHED)[-WEIGHED] if len(scores) > WEIGHED else 0.0
        first = np.flatnonzero(scores >= least)
        first = first[np.argsort(-scores[first], kind="stable")][:WEIGHED]
        ranked = zip(self._candidates[first].tolist(), scores[first].tolist(), strict=True)
        weighed = [(n, score * (1 + weights.kind if self._is_of_kind(n) else 1)) for n, score in ranked]
        return sorted(weighed, key=lambda pair: -pair[1])[:SHOWN]

    def reciprocal_rank(self, weights: Tried) -> float:
        """One over the rank of the first right passage, 0 beyond the tenth."""
        best = enumerate(self.best(weights), 1)
        return next((1 / rank for rank, (number, _) in best if self._is_right(number)), 0.0)


class Trial:
    """A set to try weights on; `mrr` is its MRR@10 with some."""

    def __init__(self, folder: Path, tokenizer: Tokenizer) -> None:
        self.name = folder.name
        documents = read_folder(folder / "documents").documents
        index = Scored(snapshot_of(documents, tokenizer), tokenizer)
        asked = [Asked(index, case) for case in read_cases(folder / "questions.jsonl") if case.sources]
        self.mrr = cache(lambda weights: float(np.mean([each.reciprocal_rank(weights) for each in asked])))


def ascend(trials: Sequence[Trial], start: Tried) -> Iterator[tuple[str, Tried]]:
    """Coordinate ascent: what each step changes and the weights it leads to; the last ones are the fit."""

    def mean(weights: Tried) -> float:
        return sum(trial.mrr(weights) for trial in trials) / len(trials)

    best, before = start, None
    yield "start", best
    while best != before:
        before = best
        for names in MOVES:
            better = max(_changed(best, names), key=mean)
            if mean(better) >= mean(best) + STEP:
                best = better
                yield ", ".join(f"{name} {getattr(best, name):g}" for name in names), best


def _changed(weights: Tried, names: Sequence[str]) -> Iterator[Tried]:
    for values in product(*(GRID[name] for name in names)):
        yield replace(weights, **dict(zip(names, values, strict=True)))


def fit(trials: Sequence[Trial], start: Tried) -> Tried:
    """The weights that an ascent ends with."""
    *_, (_, fitted) = ascend(trials, start)
    return fitted


def row(name: str, figures: Sequence[float]) -> None:
    """Print a line of figures, one a set, their mean before them."""
    print(f"{name:26}" + "".join(f"{figure:12.4f}" for figure in (np.mean(figures), *figures)), flush=True)


def leave_out(trials: Sequence[Trial]) -> None:
    """Print what a set gives with weights that never saw it, beside the ones in use and its own."""
    unseen = [fit([other for other in trials if other is not trial], NEUTRAL) for trial in trials]
    row("in use", [trial.mrr(IN_USE) for trial in trials])
    row("fit on others", [trial.mrr(weights) for trial, weights in zip(trials, unseen, strict=True)])
    row("fit on itself", [trial.mrr(fit([trial], IN_USE)) for trial in trials])
    for trial, weights in zip(trials, unseen, strict=True):
        print(f"  without {trial.name}: {weights}")


def main() -> None:
    """Fit, leave out, and change one at a time."""
    parser = argparse.ArgumentParser(description="Fit the weights of ranking.")
    parser.add_argument("sets", nargs="+", type=Path, metavar="SET")
    folders = parser.parse_args().sets
    with TemporaryDirectory() as derived:
        tokenizer = Tokenizer(Path(derived))
    trials = [Trial(folder, tokenizer) for folder in folders]
    print(f"{'MRR@10':26}" + "".join(f"{name:>12}" for name in ("mean", *(trial.name for trial in trials))))
    for start in (NEUTRAL, IN_USE):
        print(f"\nFit, from {start}")
        for step, weights in ascend(trials, start):
            row(step, [trial.mrr(weights) for trial in trials])
        print(f"  to {weights}")
    if len(trials) > 1:
        print("\nEach set left out")
        leave_out(trials)
    print("\nThose in use, one changed")
    for name in GRID:
        for weights in _changed(IN_USE, [name]):
            row(f"{name} {getattr(weights, name):g}", [trial.mrr(weights) for trial in trials])


if __name__ == "__main__":
    main()
