"""The command line: questions -> answers."""

import argparse
import io
import json
import logging
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from config.settings import Settings, WrongSettingError, load_settings
from retrieval.library import open_library
from retrieval.reading import FolderError
from retrieval.search import Answer, Hit, Verdict, search

BOLD, PLAIN = "\033[1m", "\033[0m"


def main(arguments: Sequence[str] | None = None) -> int:
    """Answer on standard output; the exit status is 2 when a setting, a folder or an argument is wrong."""
    logging.basicConfig(format="%(message)s", stream=sys.stderr)
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, io.TextIOWrapper):  # not when it is closed
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        settings = load_settings()
        options = _parser(settings).parse_args(arguments)
        library = open_library(options.documents, settings.index_dir)
        show = _json if options.json else _text
        for question in options.question or _lines():
            print(show(search(library.index, question, options.limit)), flush=True)
    except (WrongSettingError, FolderError) as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whoever read has left
    return 0


def _parser(settings: Settings) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m retrieval", description="Ask a folder of documents.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    ask = commands.add_parser("ask", help="answer questions with the passages that answer them")
    ask.add_argument(
        "--documents",
        type=Path,
        default=settings.documents_dir,
        metavar="DIR",
        help="the folder of documents (default: %(default)s)",
    )
    ask.add_argument(
        "--limit", type=_positive, default=10, metavar="N", help="passages a question (default: %(default)s)"
    )
    ask.add_argument("--json", action="store_true", help="one JSON object a question, a line each")
    ask.add_argument(
        "question",
        nargs="*",
        metavar="QUESTION",
        help="a question each, in quotation marks when there are blanks in it; "
        "without any, one a line is read from standard input",
    )
    return parser


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("expected a whole number from 1")
    return int(text)


def _lines() -> Iterator[str]:
    return (line.strip() for line in sys.stdin if line.strip())


def _json(answer: Answer) -> str:
    hits = [_json_hit(hit) for hit in answer.hits]
    return json.dumps(
        {"question": answer.question, "verdict": answer.verdict, "hits": hits}, ensure_ascii=False
    )


def _json_hit(hit: Hit) -> dict[str, object]:
    passage = hit.passage
    return {
        "source": passage.document.source,
        "title": passage.document.title,
        "heading": list(passage.headings),
        "place": {"paragraph": passage.first, "to": passage.last, "page": None},
        "passage": passage.text,
        "sentence": passage.text[hit.sentence.start : hit.sentence.end],
        "score": round(hit.score, 4),
    }


def _text(answer: Answer) -> str:
    heading = f"{answer.question}\n[{answer.verdict}]"
    if answer.verdict is Verdict.NONE:
        heading += " Nothing in the documents seems to answer this; these come nearest."
    return "\n\n".join([heading, *(_text_hit(n, hit) for n, hit in enumerate(answer.hits, 1))]) + "\n"


def _text_hit(number: int, hit: Hit) -> str:
    passage, text = hit.passage, hit.passage.text
    start, end = hit.sentence.start, hit.sentence.end
    if sys.stdout.isatty():
        text = f"{text[:start]}{BOLD}{text[start:end]}{PLAIN}{text[end:]}"
    where = " › ".join([passage.document.title, *passage.headings])
    place = f"{passage.document.source}, paragraph {passage.first}" + (
        f" to {passage.last}" if passage.last > passage.first else ""
    )
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return "\n".join(
        [f"{number}. {where}", f"   ({place}; score {hit.score:.2f})", *(f"   {line}" for line in lines)]
    )


if __name__ == "__main__":
    sys.exit(main())
