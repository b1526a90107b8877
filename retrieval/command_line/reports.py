"""Run -> what a person reads of it in a terminal."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from retrieval.command_line.columns import shorten, wrap
from retrieval.command_line.tables import table, table_of_both
from retrieval.evaluation.cases import SHOWN
from retrieval.evaluation.comparison import Comparison, Move
from retrieval.evaluation.outcomes import First, Outcome, Run, summary
from retrieval.verdicts import Verdict

INDENT = "    "
FIRST = "first: "
QUOTED = "quoted: "


def report(run: Run, columns: int) -> str:
    """The figures of a run, then every miss, wrong sentence and wrong verdict, for so many columns."""
    answerable = [outcome for outcome in run if outcome.answerable]
    missed = [outcome for outcome in answerable if outcome.rank != 1]
    misquoted = [outcome for outcome in answerable if outcome.rank == 1 and outcome.quoted is False]
    refused = [outcome for outcome in answerable if outcome.is_near and outcome.verdict is Verdict.NONE]
    believed = [o for o in run if not o.answerable and o.verdict is Verdict.FOUND]
    sections = [
        *table(summary(run)),
        _section(f"Right passage not first (rank -: not in the first {SHOWN})", missed, columns, _first),
        _section("Right passage first, but another sentence quoted", misquoted, columns, _quoted),
        _section("Right passage in the first three, but said none", refused, columns, _first),
        _section("Not answered by the documents, but said found", believed, columns, _first),
    ]
    return _joined(sections)


def comparison_report(comparison: Comparison, name: str, columns: int) -> str:
    """The figures before and now, and what moved; the earlier run is known by a name."""
    heading = f"Compared with {name}. Questions in both: {len(comparison.now)}"
    sections = [
        wrap(heading, columns),
        *table_of_both(summary(comparison.before), summary(comparison.now)),
        _moves("Moved up", comparison.up, columns),
        _moves("Moved down", comparison.down, columns),
        _moves("Only the verdict changed", comparison.turned, columns),
        _questions("Only in the earlier run", comparison.gone, columns),
        _questions("Only in this run", comparison.new, columns),
    ]
    return _joined(sections)


def _joined(sections: Iterable[Iterable[str]]) -> str:
    return "\n\n".join("\n".join(lines) for lines in sections)


def _section(
    title: str,
    outcomes: Sequence[Outcome],
    columns: int,
    given: Callable[[First | None, int], Iterator[str]],
) -> Iterator[str]:
    """Outcomes, each with what was given for it."""
    yield f"{title}: {len(outcomes)}"
    for outcome in outcomes:
        yield ""
        yield from _entry(f"{_place(outcome):11}{outcome.verdict:9}", outcome, columns)
        yield from given(outcome.first, columns)


def _moves(title: str, moves: Sequence[Move], columns: int) -> Iterator[str]:
    yield f"{title}: {len(moves)}"
    for move in moves:
        verdicts = _steps(move.before.verdict, move.now.verdict)
        yield ""
        yield from _entry(f"{_place(move.before, move.now):15}{verdicts:20}", move.now, columns)


def _questions(title: str, outcomes: Sequence[Outcome], columns: int) -> Iterator[str]:
    yield f"{title}: {len(outcomes)}"
    for outcome in outcomes:
        yield ""
        yield from _entry("", outcome, columns)


def _place(*outcomes: Outcome) -> str:
    if not any(outcome.answerable for outcome in outcomes):
        return "no answer"
    return "rank " + _steps(*(str(outcome.rank or "-") for outcome in outcomes))


def _steps(*values: str) -> str:
    return " -> ".join(dict.fromkeys(values))  # what stayed the same is said once


def _entry(heading: str, outcome: Outcome, columns: int) -> Iterator[str]:
    """What became of a question, with its id if it was given one, and the question."""
    if outcome.id != outcome.question:
        heading += shorten(outcome.id, columns - len(heading))
    if heading:
        yield heading.rstrip()
    yield from (INDENT + line for line in wrap(outcome.question, columns - len(INDENT)))


def _quoted(first: First | None, columns: int) -> Iterator[str]:
    """The sentence that was quoted instead."""
    if first is None:
        return
    lines = wrap(first.sentence, columns - len(INDENT) - len(QUOTED))
    yield from (
        f"{INDENT}{'' if number else QUOTED:{len(QUOTED)}}{line}" for number, line in enumerate(lines)
    )


def _first(first: First | None, columns: int) -> Iterator[str]:
    """What stood first instead."""
    if first is None:
        yield f"{INDENT}{FIRST}nothing was found"
        return
    room = columns - len(INDENT) - len(FIRST)
    yield f"{INDENT}{FIRST}{shorten(first.source, room)}"
    yield f"{INDENT}{'':{len(FIRST)}}{shorten(first.passage, room)}"
