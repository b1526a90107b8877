"""Outcomes <-> JSON, to compare with at another time."""

import json
from dataclasses import asdict
from pathlib import Path

from retrieval.evaluation.lines import read_json
from retrieval.evaluation.outcomes import First, Outcome, Run, Summary, summary
from retrieval.verdicts import Verdict

VERSION = 1
"""The form of a saved run; another one is not read."""


class RunError(Exception):
    """A saved run that cannot be read or written; the message names the file."""


def as_json(run: Run) -> str:
    """A run as one JSON object: the version, the figures, and what became of each question."""
    given = {
        "version": VERSION,
        "figures": _figures(summary(run)),
        "questions": [asdict(outcome) for outcome in run],
    }
    return json.dumps(given, ensure_ascii=False)


def _figures(of: Summary) -> dict[str, object]:
    return {
        "answerable": of.ranking.n,
        "hit@1": round(of.ranking.hit1, 4),
        "hit@3": round(of.ranking.hit3, 4),
        "hit@10": round(of.ranking.hit10, 4),
        "mrr@10": round(of.ranking.mrr, 4),
        "chars": round(of.ranking.chars, 1),
        "verdicts": {"answerable": of.answerable, "near": of.near, "unanswerable": of.unanswerable},
        "sentences": {
            "n": of.quotes.n,
            "right": round(of.quotes.right, 4),
            "chars": round(of.quotes.chars, 1),
        },
    }


def write_run(path: Path, run: Run) -> None:
    """Save a run. Raises RunError."""
    try:
        path.write_text(as_json(run) + "\n", encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        raise RunError(f"{path} cannot be written: {error.strerror}.") from error


def read_run(path: Path) -> Run:
    """A run that was saved. Its figures are not read: they follow from the questions. Raises RunError."""
    try:
        return _run(read_json(path.read_bytes()))
    except OSError as error:
        raise RunError(f"{path} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise RunError(f"{path} is no run that --save wrote here ({error}).") from error


def _run(given: object) -> Run:
    match given:
        case {"version": int(version)} if version != VERSION:
            raise ValueError(f"its version is {version}, expected {VERSION}")
        case {"version": version, "questions": [*outcomes]} if _is_count(version):
            return tuple(map(_outcome, outcomes))
    raise ValueError("it has no version and questions")


def _outcome(given: object) -> Outcome:
    match given:
        case {
            "id": str(name),
            "question": str(question),
            "answerable": bool(answerable),
            "rank": rank,
            "verdict": str(verdict),
            "lengths": [*lengths],
            "first": first,
            "quoted": (bool() | None) as quoted,
        } if (rank is None or _is_count(rank)) and all(map(_is_count, lengths)):
            return Outcome(
                id=name,
                question=question,
                answerable=answerable,
                rank=rank,
                verdict=Verdict(verdict),
                lengths=tuple(lengths),
                first=_first(first),
                quoted=quoted,
            )
    raise ValueError("a question in it is not whole")


def _is_count(given: object) -> bool:
    """Whether it is a whole number from one; true and false are ints to Python, but not to JSON."""
    return isinstance(given, int) and not isinstance(given, bool) and given >= 1


def _first(given: object) -> First | None:
    match given:
        case None:
            return None
        case {"source": str(source), "passage": str(passage), "sentence": str(sentence)}:
            return First(source, passage, sentence)
    raise ValueError("what stood first is not whole")
