"""Spoilt files of every format, and what reading them comes to.

python -m benchmarks.hostile.fuzzing [--cases 10000] [--seed 0] [--files DIR]

Each file is read, or refused with a reason, and the file beside it is read as before. The files are those of
`samples`, and those of a folder when it is named. Prints a line for each format: how many were read, why the
others were not, and the longest time. The exit status is 1 when anything else happened; the files that did it
are kept, and named.
"""

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from shutil import rmtree
from tempfile import mkdtemp
from time import perf_counter

from benchmarks.hostile.mutations import mutated
from benchmarks.hostile.samples import samples
from retrieval.documents import Content, Document
from retrieval.listing import File
from retrieval.passages import split
from retrieval.problems import Reason, UnreadableError
from retrieval.reading import Reader

READ = "read"
UNSEEN = dict.fromkeys(map(ord, "\ufeff\u200b"))
BESIDE = 20
"""Files after which the one beside them is read again."""


@dataclass
class Tally:
    """What became of the files of one format."""

    outcomes: Counter[str] = field(default_factory=Counter)
    longest: float = 0.0


class Fuzz:
    """Spoilt files, read one after the other."""

    def __init__(self, folder: Path, seed: int, more: Sequence[Path] = ()) -> None:
        self._random = Random(seed)  # noqa: S311 - no secret
        self._folder = folder
        self._files = [*samples().items(), *((path.suffix.lower(), path.read_bytes()) for path in more)]
        self._beside = folder / "beside.docx"
        self._beside.write_bytes(samples()[".docx"])
        self.tallies = defaultdict[str, Tally](Tally)
        self.faults: list[str] = []

    def run(self, cases: int) -> None:
        """Read so many spoilt files, as many of each format."""
        with Reader() as read:
            expected = read(File("beside.docx", self._beside))
            for number in range(cases):
                ending, said = self._files[number % len(self._files)]
                path = self._folder / f"{number}{ending}"
                path.write_bytes(mutated(self._random, said))
                if fault := self._fault(read, path):
                    self.faults.append(f"{path}: {fault}")
                else:
                    path.unlink()
                if number % BESIDE == 0 and read(File("beside.docx", self._beside)) != expected:
                    self.faults.append(f"{path}: the file beside it is read otherwise")

    def _fault(self, read: Reader, path: Path) -> str | None:
        """What went wrong, if anything."""
        tally, start = self.tallies[path.suffix], perf_counter()
        try:
            _look_through(read(File(path.name, path)), path.name)
            tally.outcomes[READ] += 1
        except UnreadableError as error:
            tally.outcomes[f"{error.reason.name} {error.detail}".strip()] += 1
            return str(error) if error.reason in (Reason.CRASH, Reason.TIME, Reason.MEMORY) else None
        except Exception as error:  # noqa: BLE001 - that is what is looked for
            return f"{type(error).__name__}: {error}"
        finally:
            tally.longest = max(tally.longest, perf_counter() - start)
        return None


def _look_through(content: Content, source: str) -> None:
    """Raise an error unless the paragraphs are in the text, one after the other, and make up passages."""
    end = 0
    for paragraph in content.paragraphs:
        assert end <= paragraph.span.start < paragraph.span.end <= len(content.text), paragraph
        end = paragraph.span.end
    passages = split(Document(source, source, content.text, content.paragraphs))
    written = "".join(content.text[p.span.start : p.span.end] for p in content.paragraphs)
    assert _seen("".join(p.text for p in passages)) == _seen(written)


def _seen(text: str) -> str:
    """A text without what shows nothing: between two paragraphs, some count as blanks."""
    return "".join(text.translate(UNSEEN).split())


def _lines(fuzz: Fuzz) -> Iterator[str]:
    for ending, tally in sorted(fuzz.tallies.items()):
        outcomes = ", ".join(f"{count} {name}" for name, count in tally.outcomes.most_common())
        yield f"{ending:6} {tally.longest:6.2f} s at most   {outcomes}"


def main() -> None:
    """Read spoilt files and print what became of them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--files", type=Path, metavar="DIR")
    options = parser.parse_args()
    more = sorted(path for path in options.files.iterdir() if path.is_file()) if options.files else []
    folder = Path(mkdtemp())
    fuzz = Fuzz(folder, options.seed, more)
    fuzz.run(options.cases)
    print("\n".join([*_lines(fuzz), *fuzz.faults]))
    if not fuzz.faults:
        rmtree(folder)
    sys.exit(bool(fuzz.faults))


if __name__ == "__main__":
    main()
