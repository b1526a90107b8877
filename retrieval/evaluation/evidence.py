"""Cases and texts -> the cases whose evidence stands in none of their sources."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import PurePosixPath

from retrieval.evaluation.cases import Case, names, runs, squeeze


def unfounded(cases: Iterable[Case], sources: Iterable[str], text_of: Callable[[int], str]) -> list[Case]:
    """The cases, of answerable ones, that no passage can answer: a source or an evidence is mistyped, say.

    `text_of` gives the text of a document by the place of its source among `sources`.
    """
    named = defaultdict(list)
    text = cache(lambda number: squeeze(text_of(number)))  # documents are long
    for number, source in enumerate(sources):
        named[PurePosixPath(source).name].append((number, source))

    def is_founded(case: Case) -> bool:
        meant = [n for given in case.sources for n, source in named[_name(given)] if names(given, source)]
        texts = map(text, meant)
        return any(_holds(text, squeeze(evidence)) for text in texts for evidence in case.evidence)

    return [case for case in cases if not is_founded(case)]


def _name(path: str) -> str:
    return PurePosixPath(path).name


def _holds(text: str, evidence: str) -> bool:
    of_evidence = runs(evidence)
    return sum(run in text for run in of_evidence) >= 0.5 * len(of_evidence)
