"""Questions with known answers -> how often, and how early, a retriever finds them."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from retrieval.decoding import NotTextError, decode
from retrieval.evaluation.lines import read_object, says_something

RUN = 10
"""Characters of the runs in which texts are compared."""

LONGEST = 600
"""Characters; a longer passage is no answer, unless it lies inside the evidence."""

SHOWN = 10
"""The hits of a question that count."""

QUOTABLE = 120
"""Characters; no sentence is asked to quote a longer evidence."""

FORM = '{"question": "...", "sources": ["file.txt"], "evidence": ["the text that answers"]}'


class QuestionsError(Exception):
    """A file of questions that cannot be used; the message names the line and what is expected."""


@dataclass(frozen=True, slots=True)
class Case:
    """A question, the documents that answer it and the texts that are the answer.

    A source is a file's name, or a path or the end of one. Without sources it is a question that the
    documents do not answer.
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
    """The questions of a file, one JSON object a line, each with an id of its own; never none.

    Blank lines and those that begin with `#` are nothing. A question that is given no id has itself for one,
    so that it keeps it when lines come before it. Keys of other names are passed over, unless they are
    nearly one of ours.
    Raises QuestionsError.
    """
    cases: list[Case] = []
    lines: dict[str, int] = {}
    for number, line in enumerate(_lines(path), 1):
        if not says_something(line):
            continue
        try:
            case = _case(read_object(line))
        except ValueError as error:
            raise QuestionsError(
                f'{path}, line {number}: expected {FORM}, with "id" if you like ({error}).'
            ) from error
        if case.id in lines:
            raise QuestionsError(
                f'{path}, line {number}: "{case.id}" is in line {lines[case.id]} already; '
                "expected an id for each question that no other has."
            )
        lines[case.id] = number
        cases.append(case)
    if not cases:
        raise QuestionsError(f"{path} holds no question; expected one a line, such as {FORM}.")
    return cases


def _lines(path: Path) -> list[str]:
    try:
        return decode(path.read_bytes()).text.split("\n")  # JSON may hold other line ends as they are
    except OSError as error:
        raise QuestionsError(f"{path} cannot be read: {error.strerror}.") from error
    except NotTextError as error:
        raise QuestionsError(f"{path} cannot be read: it is no text.") from error


def _case(given: dict[str, object]) -> Case:
    match given:
        case {"question": str(question), **others} if question.strip():
            sources, evidence = (_texts(others.get(name), name) for name in ("sources", "evidence"))
            if sources and not evidence:
                raise ValueError('without "evidence" no passage could be right')
            if evidence and not sources:
                raise ValueError('without "sources" no passage could be right')
            own = others.get("id")
            return Case(question if own is None else str(own), question, sources, evidence)
    raise ValueError('there is no "question"')


def _texts(given: object, name: str) -> tuple[str, ...]:
    texts = given or []
    if not isinstance(texts, list) or not all(isinstance(text, str) and text.strip() for text in texts):
        raise ValueError(f'"{name}" is no list of texts')
    return tuple(texts)


def is_right(case: Case, source: str, passage: str) -> bool:
    """Whether a passage answers: it is from a right document, and holds half of an evidence or lies in it."""
    if not any(names(given, source) for given in case.sources):
        return False
    squeezed = squeeze(passage)
    return any(_answers(squeezed, squeeze(evidence)) for evidence in case.evidence)


def names(given: str, source: str) -> bool:
    """Whether a file's name, or the end of its path, is that of a document's source."""
    parts = PurePosixPath(given).parts
    return PurePosixPath(source).parts[-len(parts) :] == parts


def _answers(passage: str, evidence: str) -> bool:
    of_passage, of_evidence = runs(passage), runs(evidence)
    shared = len(of_passage & of_evidence)
    if len(passage) >= 2 * RUN and shared >= 0.8 * len(of_passage):
        return True
    return len(passage) <= LONGEST and (evidence in passage or shared >= 0.5 * len(of_evidence))


def is_quoted(case: Case, sentence: str) -> bool | None:
    """Whether a sentence holds half of an evidence, or all of one that is shorter than a run.

    None when every evidence is too long for a sentence.
    """
    quotable = [squeeze(evidence) for evidence in case.evidence if len(evidence) <= QUOTABLE]
    squeezed = squeeze(sentence)
    return any(_quotes(squeezed, evidence) for evidence in quotable) if quotable else None


def _quotes(sentence: str, evidence: str) -> bool:
    if len(evidence) < RUN:
        return evidence in sentence
    of_evidence = runs(evidence)
    return len(runs(sentence) & of_evidence) >= 0.5 * len(of_evidence)


def squeeze(text: str) -> str:
    """A text as it is compared: width, case and white space make no difference."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


def runs(text: str) -> set[str]:
    """The runs of a text; of a shorter one, itself."""
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
