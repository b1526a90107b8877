"""Questions with known answers -> how often, and how early, a retriever finds them."""

import json
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

RUN = 10
"""Characters of the runs in which texts are compared."""

LONGEST = 600
"""Characters; a longer passage is no answer, unless it lies inside the evidence."""

SHOWN = 10
"""The hits of a question that count."""


class QuestionsError(Exception):
    """A file of questions that cannot be used; the message names the line and what is expected."""


@dataclass(frozen=True, slots=True)
class Case:
    """A question, the documents that answer it (by file name) and the texts that are the answer.

    Without sources it is a question that the documents do not answer.
    """

    id: str
    question: str
    sources: tuple[str, ...]
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares from 0 to 1 of `n` questions; `chars` is the mean length of the passages given.

    hit@k is the share whose first right passage is among the first k; MRR@10 the mean of one over its
    rank, 0 beyond the tenth (Voorhees, "The TREC-8 Question Answering Track Report", 1999).
    """

    n: int
    hit1: float
    hit3: float
    hit10: float
    mrr: float
    chars: float

    def __str__(self) -> str:
        return (
            f"hit@1 {self.hit1:.3f}  hit@3 {self.hit3:.3f}  hit@10 {self.hit10:.3f}  "
            f"MRR@10 {self.mrr:.3f}  ({self.n} questions, {self.chars:.0f} characters a passage)"
        )


def read_cases(path: Path) -> list[Case]:
    """The questions of a file, one JSON object a line. Raises QuestionsError."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionsError(f"{path} cannot be read: {error}") from error
    return [_case(path, number, line) for number, line in enumerate(lines, 1) if line.strip()]


def _case(path: Path, number: int, line: str) -> Case:
    try:
        given = json.loads(line)
        sources, evidence = tuple(given.get("sources", ())), tuple(given.get("evidence", ()))
        case = Case(str(given.get("id", number)), given["question"], sources, evidence)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise QuestionsError(
            f'{path}, line {number}: expected {{"question": "...", "sources": ["file.txt"], '
            f'"evidence": ["text"]}}, with "id" if you like ({error})'
        ) from error
    return case


def is_right(case: Case, source: str, passage: str) -> bool:
    """Whether a passage answers: it is from a right document, and holds half of an evidence or lies in it."""
    names = {PurePosixPath(name).name for name in case.sources}
    if PurePosixPath(source).name not in names:
        return False
    squeezed = _squeeze(passage)
    return any(_answers(squeezed, _squeeze(evidence)) for evidence in case.evidence)


def _answers(passage: str, evidence: str) -> bool:
    of_passage, of_evidence = _runs(passage), _runs(evidence)
    shared = len(of_passage & of_evidence)
    if len(passage) >= 2 * RUN and shared >= 0.8 * len(of_passage):
        return True
    return len(passage) <= LONGEST and (evidence in passage or shared >= 0.5 * len(of_evidence))


def _squeeze(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


def _runs(text: str) -> set[str]:
    return {text[i : i + RUN] for i in range(max(1, len(text) - RUN + 1))}


def rank_of(case: Case, hits: Iterable[tuple[str, str]]) -> int | None:
    """The rank, from one, of the first right hit, each a source and a passage; None beyond the tenth."""
    for rank, (source, passage) in zip(range(1, SHOWN + 1), hits, strict=False):
        if is_right(case, source, passage):
            return rank
    return None


def figures(ranks: Sequence[int | None], lengths: Sequence[int]) -> Figures:
    """The figures of some questions' ranks and of the lengths of all passages given for them."""
    n = max(1, len(ranks))

    def hit_at(k: int) -> float:
        return sum(rank is not None and rank <= k for rank in ranks) / n

    mrr = sum(1 / rank for rank in ranks if rank) / n
    chars = sum(lengths) / max(1, len(lengths))
    return Figures(len(ranks), hit_at(1), hit_at(3), hit_at(10), mrr, chars)
