"""The decoder on generated files: how often it reads them right, beside its peers, and how fast.

python -m benchmarks.decoding [--documents FOLDER ...] [--cases 1000] [--seed 1]

The files are cut from the documents of the folders, in both scripts and every encoding that can hold them.
The peers, charset-normalizer and chardet, are left out where they are not installed, and told which encodings
there are; of them only the encoding is judged.
"""

import argparse
import inspect
import re
import textwrap
import time
from codecs import BOM_UTF16_BE
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from random import Random
from statistics import fmean
from types import ModuleType

from opencc import OpenCC

from retrieval.decoding import Decoded, NotTextError, decode

SIZES = ((100, 20_000), (20, 100))  # characters
UNICODE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk")
CODECS = {"t2s": (*UNICODE, "gb2312"), "s2t": (*UNICODE, "big5", "cp950", "big5hkscs")}
MARKS = {"utf-16-be": BOM_UTF16_BE, "gb18030": "\ufeff".encode("gb18030")}
FAMILIES = (
    ("utf-8", ("utf-8", "ascii")),
    ("utf-16-be", ("utf-16-be",)),
    ("utf-16-le", ("utf-16",)),
    ("gb18030", ("gb", "cp936")),
    ("big5", ("big5", "cp950")),
)
CANDIDATES = ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "big5", "big5hkscs"]
CODE = inspect.getsource(argparse)
PROSE = "\n".join(inspect.getdoc(part) or "" for part in vars(textwrap.TextWrapper).values()) * 9
KANA = "これはほんのすこしのかなのれいです。カタカナのことばもあります。ありがとうございます。"
SPEEDS = ((1, 8_000_000), (200, 8_000), (1000, 800))  # files, characters of each

Detect = Callable[[bytes], str]


@dataclass(frozen=True, slots=True)
class Case:
    """A file and what it holds."""

    text: str
    encoding: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Author:
    """Writes texts by cutting up others; `chinese` are those in one script."""

    chinese: str
    random: Random

    def chinese_only(self, length: int) -> str:
        return self._cut(self.chinese, length)

    def chinese_with_kana(self, length: int) -> str:
        return self._scatter(self._cut(self.chinese, length), [self._cut(KANA, 12) for _ in range(3)])

    def english_with_chinese(self, length: int) -> str:
        return self._scatter(self._cut(PROSE, length), [f" {self._word()} " for _ in range(3)])

    def code_with_comments(self, length: int) -> str:
        return self._scatter(self._cut(CODE, length), [f"  # {self._word()}\n" for _ in range(3)])

    def numbers_under_headings(self, length: int) -> str:
        rows = [",".join(self._word() for _ in range(4))]
        while sum(map(len, rows)) < length:
            rows.append(",".join(f"{self.random.uniform(0, 9999):.2f}" for _ in range(4)))
        return "\r\n".join(rows)

    def ascii_only(self, length: int) -> str:
        return self._cut(self.random.choice((CODE, PROSE)), length)

    def _cut(self, text: str, length: int) -> str:
        start = self.random.randrange(max(len(text) - length, 1))
        return text[start : start + length]

    def _word(self) -> str:
        words: list[str] = re.findall(r"[\u4e00-\u9fff]{2,10}", self._cut(self.chinese, 100))
        return self.random.choice(words or ["文字"])

    def _scatter(self, text: str, words: list[str]) -> str:
        for word in words:
            place = self.random.randrange(len(text))
            text = text[:place] + word + text[place:]
        return text


KINDS = (
    Author.chinese_only,
    Author.chinese_with_kana,
    Author.english_with_chinese,
    Author.code_with_comments,
    Author.numbers_under_headings,
    Author.ascii_only,
)


def main() -> None:
    parser = argparse.ArgumentParser(description="How often the decoder is right, and how fast it is.")
    parser.add_argument("--documents", type=Path, action="append", help="a folder; may be given repeatedly")
    parser.add_argument("--cases", type=int, default=1000, help="for each line of the table")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    random = Random(arguments.seed)  # noqa: S311 - repeatable, not secret
    text = "\n".join(_texts(arguments.documents or [Path("documents")]))
    authors = {script: Author(str(OpenCC(script).convert(text)), random) for script in CODECS}
    peers: dict[str, Detect] = {
        name: partial(detect, import_module(name)) for name, detect in PEERS.items() if find_spec(name)
    }
    print(f"{'% right':38}{'text':>8}{'encoding':>10}" + "".join(f"{name:>20}" for name in peers))
    for size in SIZES:
        for kind in KINDS:
            files = list(_cases(authors, kind, size, arguments.cases))
            text_right = fmean(_decoded(file.data).text == file.text for file in files)
            print(_row(size, kind.__name__, f"{text_right:.1%}", files, peers))
        spoilt = [_damaged(file, random) for file in _cases(authors, KINDS[0], size, arguments.cases)]
        print(_row(size, "damaged", "", spoilt, peers))
        print(f"  characters lost by one to three broken bytes, on average: {fmean(map(_lost, spoilt)):.1f}")
    _print_speeds(authors["s2t"].chinese)


def _texts(folders: list[Path]) -> Iterator[str]:
    for folder in folders:
        for path in sorted(folder.rglob("[!_]*.*")):
            yield decode(path.read_bytes()).text


def _cases(
    authors: dict[str, Author], kind: Callable[[Author, int], str], size: tuple[int, int], count: int
) -> Iterator[Case]:
    """Yield files, their lengths spread evenly over the orders of magnitude; less what an encoding lacks."""
    for number in range(count):
        script = ("t2s", "s2t")[number % 2]
        author = authors[script]
        codec = author.random.choice(CODECS[script])
        length = int(size[0] * (size[1] / size[0]) ** author.random.random())
        text = kind(author, length).encode(codec, "ignore").decode(codec)
        mark = author.random.choice((b"", MARKS.get(codec, b"")))
        plain = text.isascii() and not mark and not codec.startswith("utf-16")
        yield Case(text, "utf-8" if plain else _family(codec, mark), mark + text.encode(codec))


def _family(codec: str, data: bytes) -> str:
    name = "utf-16-be" if codec == "utf-16" and data.startswith(BOM_UTF16_BE) else codec
    return next((family for family, starts in FAMILIES if name.startswith(starts)), name)


def _damaged(case: Case, random: Random) -> Case:
    """Overwrite, lose or add one to three bytes; in UTF-16 only overwrite, as the others shift the rest."""
    data = case.data
    for _ in range(random.randint(1, 3)):
        place = random.randrange(4, len(data))
        ways = ((1, 1),) if case.encoding.startswith("utf-16") else ((1, 1), (0, 1), (1, 0))
        added, removed = random.choice(ways)
        data = data[:place] + random.randbytes(added) + data[place + removed :]
    return Case(case.text, case.encoding, data)


def _row(size: tuple[int, int], kind: str, text: str, files: list[Case], peers: dict[str, Detect]) -> str:
    detects = [lambda data: _decoded(data).encoding, *peers.values()]
    figures = [fmean(detect(file.data) == file.encoding for file in files) for detect in detects]
    name = f"{size[0]}-{size[1]} {kind.replace('_', ' ')}"
    return f"{name:38}{text:>8}{figures[0]:10.1%}" + "".join(f"{figure:20.1%}" for figure in figures[1:])


def _decoded(data: bytes) -> Decoded:
    try:
        return decode(data)
    except NotTextError:
        return Decoded("", "none", 0, 0.0)


def _lost(case: Case) -> int:
    return (Counter(case.text) - Counter(_decoded(case.data).text)).total()


def _charset_normalizer(library: ModuleType, data: bytes) -> str:
    found = library.from_bytes(data, cp_isolation=[*CANDIDATES, "ascii"]).best()
    return _family(found.encoding.replace("_", "-"), data) if found else "none"


def _chardet(library: ModuleType, data: bytes) -> str:
    found = library.detect(data, include_encodings=[*CANDIDATES, "ascii"])["encoding"]
    return _family(found.lower(), data) if found else "none"


PEERS = {"charset_normalizer": _charset_normalizer, "chardet": _chardet}


def _print_speeds(chinese: str) -> None:
    print(
        f"\n{'MB/s':14}"
        + "".join(f"{count} files of {length} characters".rjust(34) for count, length in SPEEDS)
    )
    for codec in ("utf-8", "utf-16-le", "gb18030", "big5hkscs"):
        figures = [_speed(chinese, codec, count, length) for count, length in SPEEDS]
        print(f"{codec:14}" + "".join(f"{figure:34.0f}" for figure in figures))


def _speed(chinese: str, codec: str, count: int, length: int) -> float:
    text = chinese * (count * length // len(chinese) + 1)
    files = [text[n * length : (n + 1) * length].encode(codec, "ignore") for n in range(count)]
    begin = time.perf_counter()
    for file in files:
        decode(file)
    return sum(map(len, files)) / (time.perf_counter() - begin) / 1e6


if __name__ == "__main__":
    main()
