"""The command `evaluate`: questions with known answers -> how well they are answered, and what moved."""

import logging
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from retrieval.command_line.reports import comparison_report, report
from retrieval.command_line.screens import ERASED, columns, is_terminal
from retrieval.evaluation.cases import FORM, SHOWN, Case, read_cases
from retrieval.evaluation.comparison import compare
from retrieval.evaluation.evidence import unfounded
from retrieval.evaluation.outcomes import Run, outcome
from retrieval.evaluation.runs import RunError, as_json, read_run, write_run
from retrieval.index import Index
from retrieval.library import Library
from retrieval.search import search

DESCRIPTION = f"""\
Ask the questions of a file whose answers are known, and print how often and how early the right
passage was given, how well the verdict told answerable from unanswerable questions, how often the
quoted sentence was right, every miss and every wrong sentence.

QUESTIONS holds one JSON object a line:
  {FORM}
with an "id" if you like. A passage is right when it is from one of the sources and holds at least
half of an evidence, or lies inside one. A question without sources is one that the documents do
not answer. Blank lines and lines that begin with # are passed over.

The exit status is 0 whatever the figures are: this is a report, not a gate. It is 2 when a file,
the folder, a setting or an argument is wrong.
"""

log = logging.getLogger(__name__)


def add_arguments(parser: ArgumentParser) -> None:
    """What the command understands beside the folder."""
    parser.add_argument("questions", type=Path, metavar="QUESTIONS", help="the file of questions")
    parser.add_argument("--save", type=Path, metavar="RUN", help="save this run, to compare with later")
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument("--baseline", type=Path, metavar="RUN", help="say what moved since a saved run")
    instead.add_argument("--json", action="store_true", help="print the run as JSON instead of the report")


def evaluate(options: Namespace, library: Callable[[], Library]) -> None:
    """Print the report on standard output. Raises QuestionsError, RunError and what `library` does."""
    cases = read_cases(options.questions)
    if options.save:
        _check_place(options.save, options.questions)
    before = read_run(options.baseline) if options.baseline else None
    index = library().index
    run = tuple(outcome(case, search(index, case.question, SHOWN)) for case in _counted(cases))
    _warn(cases, run, index)
    wide = columns(sys.stdout)
    shown = [as_json(run) if options.json else report(run, wide)]
    if before is not None:
        shown.append(comparison_report(compare(before, run), options.baseline.name, wide))
    try:
        if options.save:
            write_run(options.save, run)
    finally:  # a run that cannot be saved is shown all the same
        print("\n\n".join(shown), flush=True)


def _check_place(saved: Path, questions: Path) -> None:
    """Raises RunError where a run would take the place of its questions; that of a baseline it may take."""
    with suppress(OSError):  # what is not there yet, or cannot be reached, is another file
        if saved.samefile(questions):
            raise RunError(f"{saved} is the file of questions; expected another one to save the run in.")


def _counted(cases: Sequence[Case]) -> Iterator[Case]:
    """The cases; whoever waits at a terminal for their answers sees them counted."""
    watched = is_terminal(sys.stderr)
    for number, case in enumerate(cases, 1):
        if watched:
            print(f"\r{number} of {len(cases)}", end="", file=sys.stderr, flush=True)
        yield case
    if watched:
        print(ERASED, end="", file=sys.stderr, flush=True)


def _warn(cases: Sequence[Case], run: Run, index: Index) -> None:
    """Name the misses that no retriever could help."""
    missed = {outcome.id for outcome in run if outcome.answerable and outcome.rank is None}
    sources = [document.source for document in index.documents]
    for case in unfounded([case for case in cases if case.id in missed], sources, index.text_of):
        log.warning("Question %s: its evidence stands in none of its sources; check both", case.id)
