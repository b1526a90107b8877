"""The command `ask`: questions -> answers."""

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Iterator

from retrieval.command_line.answers import as_json, as_text
from retrieval.command_line.explanations import explained
from retrieval.command_line.screens import columns, is_terminal
from retrieval.explaining import explain
from retrieval.index import Index
from retrieval.library import Library
from retrieval.search import search


def add_arguments(parser: ArgumentParser) -> None:
    """What the command understands beside the folder."""
    parser.add_argument(
        "--limit", type=_positive, default=10, metavar="N", help="passages a question (default: %(default)s)"
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="one JSON object a question, a line each")
    form.add_argument("--explain", action="store_true", help="say what each passage was found by")
    parser.add_argument(
        "question",
        nargs="*",
        metavar="QUESTION",
        help="a question each, in quotation marks when there are blanks in it; "
        "without any, one a line is read from standard input",
    )


def ask(options: Namespace, library: Callable[[], Library]) -> None:
    """Print the answers on standard output, each as soon as it is known. Raises what `library` does."""
    tell = _explained if options.explain else _as_json if options.json else _as_text
    index = library().index
    for question in options.question or _lines():
        print(tell(index, question, options.limit), flush=True)


def _explained(index: Index, question: str, limit: int) -> str:
    return explained(explain(index, question, limit), columns(sys.stdout))


def _as_json(index: Index, question: str, limit: int) -> str:
    return as_json(search(index, question, limit))


def _as_text(index: Index, question: str, limit: int) -> str:
    return as_text(search(index, question, limit, distinct=True), bold=is_terminal(sys.stdout))


def _lines() -> Iterator[str]:
    return (line.strip() for line in sys.stdin if line.strip())


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError("expected a whole number from 1")
    return int(text)
