"""How files were read -> what the command line prints, for a person or as JSON."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import floor
from typing import Any

from retrieval.checking import Checked, Line, Read, Recurring
from retrieval.command_line.columns import one_line, shorten, width, wrap
from retrieval.documents import Encoding
from retrieval.problems import Problem, Reason

FORMAT, ENCODING = 5, 22
"""Columns."""

MOST_NAMES = 20
"""Files that are named of each kind of problem."""

NAME_END = 24
"""Characters at the end of a long name that are shown."""

WRONG = "  ! "


def as_json(found: Checked | Problem, *, lines: bool) -> str:
    """A file, or what is wrong with what is none, as one JSON object in one line; `lines` adds excerpts of
    the lines that are boilerplate or damaged.
    """
    record: dict[str, Any] = dict.fromkeys(
        ("source", "format", "title", "encoding", "passages", "boilerplate", "replaced", "seconds")
    )
    problem = found if isinstance(found, Problem) else found.problem
    record["source"] = found.source
    if isinstance(found, Checked):
        record |= {"format": found.format, "seconds": round(found.seconds, 3)}
        if found.read:
            record |= _record(found.read, lines=lines)
    return json.dumps(record | {"problem": problem and _told(problem)}, ensure_ascii=False)


def _record(read: Read, *, lines: bool) -> dict[str, object]:
    encoding = read.encoding and {
        "name": read.encoding.name,
        "confidence": floor(read.encoding.confidence * 100) / 100,
    }
    record: dict[str, object] = {
        "title": read.title,
        "encoding": encoding,
        "passages": read.passages,
        "boilerplate": len(read.boilerplate),
        "replaced": read.replaced,
    }
    if lines:
        for name, shown in (("boilerplate_lines", read.boilerplate), ("damaged_lines", read.damaged)):
            record[name] = [{"paragraph": line.paragraph, "text": line.text} for line in shown]
    return record


def _told(problem: Problem) -> dict[str, object]:
    return {"reason": problem.reason.name.lower(), "why": problem.why, "line": problem.line}


def as_text(found: Checked | Problem, *, columns: int, lines: bool) -> str:
    """The same for a person to read, in lines of so many columns; a name is not cut."""
    problem = found if isinstance(found, Problem) else found.problem
    said = [one_line(found.source)]
    if isinstance(found, Checked) and found.read:
        said.append("  " + shorten(found.read.title, columns - 2))
        said += _figures(found, found.read)
        said += _lines(found.read, columns) if lines else ()
    if problem:
        place = "" if problem.line is None else f"line {problem.line}: "
        took = f" ({found.seconds:.2f} s)" if isinstance(found, Checked) else ""
        unread = "" if problem.is_served else f"NOT READ{took}: "
        said += _marked(f"{place}{unread}{problem.why}", columns)
    return "\n".join(said) + "\n"


def _figures(checked: Checked, read: Read) -> Iterator[str]:
    encoding = _sure(read.encoding) if read.encoding else ""
    passages = f"{read.passages:>6,} {'passage' if read.passages == 1 else 'passages':8}"
    yield f"  {checked.format:{FORMAT}} {encoding:{ENCODING}} {passages} {checked.seconds:8.2f} s"
    extra = [
        counted(number, one, many)
        for number, one, many in (
            (len(read.boilerplate), "line left out as boilerplate", "lines left out as boilerplate"),
            (read.replaced, "character replaced", "characters replaced"),
        )
        if number
    ]
    if extra:
        yield f"  {'':{FORMAT}} {', '.join(extra)}"


def _sure(encoding: Encoding) -> str:
    percent = floor(encoding.confidence * 100)  # what would have to be rounded up to 100 is not certain
    return f"{encoding.name}, {f'{percent}% sure' if percent else 'a guess'}"


def _lines(read: Read, columns: int) -> Iterator[str]:
    for what, lines in (("left out", read.boilerplate), ("damaged", read.damaged)):
        yield from (_line(what, line, columns) for line in lines)


def _line(what: str, line: Line, columns: int) -> str:
    head = f"  {'':{FORMAT}} {what}, paragraph {line.paragraph:,}: "
    return head + shorten(line.text, columns - len(head))


def _marked(text: str, columns: int) -> Iterator[str]:
    for number, line in enumerate(wrap(text, columns - len(WRONG))):
        yield f"{'' if number else WRONG:{len(WRONG)}}{line}"


def recurring(lines: Sequence[Recurring], columns: int) -> Iterator[str]:
    """The lines that name what recurs in most files, and so is left out of the answers."""
    yield "Left out as boilerplate too, because most files have it at their head or foot"
    for line in lines:
        end = f" ({line.documents:,} files)"
        yield f"  {shorten(line.text, columns - 2 - len(end))}{end}"


def summary(problems: Sequence[Problem], columns: int) -> Iterator[str]:
    """The lines that say what is wrong with which files, by kind: first what could not be read."""
    by_reason: dict[Reason, list[Problem]] = defaultdict(list)
    for problem in problems:
        by_reason[problem.reason].append(problem)
    kinds = sorted(by_reason.items(), key=lambda kind: (kind[1][0].is_served, -len(kind[1])))
    for reason, alike in kinds:
        yield ""
        yield from wrap(f"{len(alike):,} x {reason}", columns)
        yield from (f"  {_name(problem, columns - 2)}" for problem in alike[:MOST_NAMES])
        if len(alike) > MOST_NAMES:
            yield f"  and {len(alike) - MOST_NAMES:,} more, marked with ! above"


def _name(problem: Problem, columns: int) -> str:
    """The name, cut in its middle, where folders in folders make it longer than a line."""
    line = "" if problem.line is None else f", line {problem.line}"
    detail = f" ({problem.detail})" if problem.detail else ""
    name = one_line(f"{problem.source}{line}{detail}")
    if width(name) <= columns:
        return name
    end = name[-NAME_END:]
    return shorten(name[:-NAME_END], columns - width(end)) + end


def counted(number: int, one: str, many: str) -> str:
    """So many of something."""
    return f"{number:,} {one if number == 1 else many}"
