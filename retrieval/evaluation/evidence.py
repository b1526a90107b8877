"""Cases and documents -> the cases whose evidence stands in none of their sources."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import PurePosixPath

from retrieval.documents import Document
from retrieval.evaluation.cases import Case, names, runs, squeeze


def unfounded(cases: Iterable[Case], documents: Iterable[Document]) -> list[Case]:
    """The cases, of answerable ones, that no passage can answer: a source or an evidence is mistyped, say."""
    named = defaultdict(list)
    squeezed = cache(squeeze)  # documents are long
    for document in documents:
        named[PurePosixPath(document.source).name].append(document)

    def is_founded(case: Case) -> bool:
        sources = [d for given in case.sources for d in named[_name(given)] if names(given, d.source)]
        texts = (squeezed(document.text) for document in sources)
        return any(_holds(text, squeeze(evidence)) for text in texts for evidence in case.evidence)

    return [case for case in cases if not is_founded(case)]


def _name(path: str) -> str:
    return PurePosixPath(path).name


def _holds(text: str, evidence: str) -> bool:
    of_evidence = runs(evidence)
    return sum(run in text for run in of_evidence) >= 0.5 * len(of_evidence)
