"""The command `check`: folder -> how each of its files is read, and what is wrong with it."""

from argparse import Namespace
from collections.abc import Iterator

from retrieval.checking import Checked, Read, check
from retrieval.documents import Encoding

DESCRIPTION = """\
Read every file of the folder and say what was made of it: its title, format and encoding, its passages, the
lines that are left out of the answers, and what is wrong with it. Nothing is kept. The exit status is 1 if a
file could not be read.
"""


def check_folder(options: Namespace) -> int:
    """Print what was made of each file, then how many could not be read. Raises FolderError."""
    problems, files = [], 0
    for each in check(options.documents, options.limits):
        problem = each.problem if isinstance(each, Checked) else each
        if isinstance(each, Checked):
            files += 1
            print("\n".join(_lines(each)), flush=True)
        if problem:
            problems.append(problem)
    unread = [problem for problem in problems if not problem.is_served]
    if problems:
        print("\nWhat is wrong:\n")
        print("\n".join(f"  {problem}" for problem in problems))
    print(f"\n{_count(files, 'file')}, {len(unread) or 'none'} could not be read")
    return int(bool(unread))


def _lines(checked: Checked) -> Iterator[str]:
    yield checked.source
    took = f"{checked.seconds:.2f} s"
    if checked.read is None:
        yield f"  NOT READ, {took}: {checked.problem and checked.problem.why}"
        return
    yield f"  {checked.read.title}"
    yield "  " + ", ".join([*_of(checked.format, checked.read), took])


def _of(form: str, read: Read) -> Iterator[str]:
    yield form
    if read.encoding:
        yield _encoding(read.encoding)
    yield _count(read.passages, "passage")
    if read.boilerplate:
        yield f"{_count(read.boilerplate, 'line')} of boilerplate"
    if read.encoding and read.encoding.replaced:
        yield f"{_count(read.encoding.replaced, 'character')} replaced"


def _encoding(encoding: Encoding) -> str:
    return f"{encoding.name} ({encoding.confidence:.0%} sure)"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
