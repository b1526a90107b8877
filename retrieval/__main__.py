"""The command line: arguments and settings -> a command, run."""

import argparse
import io
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from config.settings import Settings, WrongSettingError, load_settings
from retrieval.command_line import asking, checking, evaluating, indexing
from retrieval.command_line.progress import Meter
from retrieval.evaluation.cases import QuestionsError
from retrieval.evaluation.runs import RunError
from retrieval.indexing.records import DamagedRecordError
from retrieval.library import Library, open_library
from retrieval.limits import Limits
from retrieval.listing import FolderError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit status is 2 when a setting, a folder or an argument is wrong."""
    logging.basicConfig(format="%(message)s", stream=sys.stderr)
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, io.TextIOWrapper):  # not when it is closed
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        settings = load_settings()
        options = _parser(settings).parse_args(arguments)
        status: int | None = options.command(options)
    except (WrongSettingError, FolderError, QuestionsError, RunError) as error:
        print(error, file=sys.stderr)
        return 2
    except DamagedRecordError as error:
        print(f"The index is damaged, and made again the next time: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whoever read has left
        return 0
    return status or 0


def _parser(settings: Settings) -> argparse.ArgumentParser:
    folder = argparse.ArgumentParser(add_help=False)
    folder.add_argument(
        "--documents",
        type=Path,
        default=settings.documents_dir,
        metavar="DIR",
        help="the folder of documents (default: %(default)s)",
    )
    folder.add_argument(
        "--index",
        type=Path,
        default=settings.index_dir,
        metavar="DIR",
        help="the folder where their index is kept (default: %(default)s)",
    )
    folder.set_defaults(limits=Limits.of(settings.read_seconds, settings.read_memory))
    parser = argparse.ArgumentParser(prog="python -m retrieval", description="Ask a folder of documents.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    ask = commands.add_parser(
        "ask", parents=[folder], help="answer questions with the passages that answer them"
    )
    asking.add_arguments(ask)
    ask.set_defaults(command=lambda options: asking.ask(options, lambda: _library(options)))

    evaluate = commands.add_parser(
        "evaluate",
        parents=[folder],
        help="say how well questions with known answers are answered",
        description=evaluating.DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    evaluating.add_arguments(evaluate)
    evaluate.set_defaults(command=lambda options: evaluating.evaluate(options, lambda: _library(options)))

    index = commands.add_parser(
        "index",
        parents=[folder],
        help="read the documents and keep their index",
        description=indexing.DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    index.set_defaults(command=indexing.index)

    check = commands.add_parser(
        "check",
        parents=[folder],
        help="say how each file is read, and what is wrong with it",
        description=checking.DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    checking.add_arguments(check)
    check.set_defaults(command=checking.check_folder)
    return parser


def _library(options: argparse.Namespace) -> Library:
    with Meter(sys.stderr) as meter:
        return open_library(options.documents, options.index, meter.show, options.limits)


if __name__ == "__main__":
    sys.exit(main())
