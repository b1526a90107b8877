"""The decoder on generated files: how often it reads them right, beside its peers, and how fast.

python -m benchmarks.decoding [--documents FOLDER ...] [--cases 1000] [--seed 1] [--alone]

The files are cut from the documents of the folders, in both scripts and every encoding that can hold them.
The peers, charset-normalizer and chardet, are left out where they are not installed, and told which encodings
there are; of them only the encoding is judged.
"""

import argparse
import gzip
import inspect
import re
import sqlite3
import struct
import sys
import textwrap
import time
import wave
import zlib
from codecs import BOM_UTF16_BE
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO
from math import log, sin
from pathlib import Path
from random import Random
from statistics import fmean
from types import ModuleType
from zipfile import ZIP_DEFLATED, ZipFile

from opencc import OpenCC

from retrieval.decoding import Decoded, NotTextError, decode

SIZES = ((100, 20_000), (20, 100))  # characters
UNICODE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk")
CODECS = {"t2s": (*UNICODE, "gb2312"), "s2t": (*UNICODE, "big5", "cp950", "big5hkscs")}
SCRIPTS = {"t2s": "simplified", "s2t": "traditional"}
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
PROGRAM = Path(sys.executable).read_bytes()
KANA = "これはほんのすこしのかなのれいです。カタカナのことばもあります。ありがとうございます。"
ALPHABETS = ("안녕하십니까", "Добрый день", "Ελληνικά", "naïve café", "①②③℃№§×→★", "𠮷𡃁𤭢㐂䶮")
CLASSICAL = "之乎者也矣焉哉兮其而於以曰吾汝"
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗張劉陳楊趙黃吳孫馬羅歐陽"
HALF_WIDTH = str.maketrans("，。：；！？（）", ",.:;!?()")
FULL_WIDTH = str.maketrans({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
PAGE = (
    '<!DOCTYPE html>\n<html>\n<head><title>{}</title>\n<link rel="stylesheet" href="a.css"></head>\n'
    '<body class="page"><div id="main">\n{}\n</div><script>var shown = {{}};</script></body></html>\n'
)
SPEEDS = ((1, 16_000_000), (200, 8_000), (1000, 800))  # files, characters of each

Detect = Callable[[bytes], str]
Size = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Case:
    """A file and what it holds; `name` tells what it was made in."""

    text: str
    encoding: str
    data: bytes
    name: str = ""


@dataclass(frozen=True, slots=True)
class Author:
    """Writes texts by cutting up others; `chinese` are those in one script."""

    chinese: str
    random: Random

    def prose(self, length: int) -> str:
        return self._cut(self.chinese, length)

    def prose_of_windows(self, length: int) -> str:
        return self._cut(self.chinese, length).translate(HALF_WIDTH).replace("\n", "\r\n")

    def prose_in_one_line(self, length: int) -> str:
        return re.sub(r"[\x00-\x7f]", "", self._cut(self.chinese, 2 * length))[:length]

    def verse(self, length: int) -> str:
        lines = (
            self._han(self.random.choice((5, 7))) + self.random.choice(CLASSICAL) for _ in range(length // 7)
        )
        return "\n".join(line + "，。"[n % 2] for n, line in enumerate(lines))

    def names(self, length: int) -> str:
        people = (
            self.random.choice(SURNAMES) + self._han(self.random.randint(1, 2)) for _ in range(length // 3)
        )
        return self.random.choice("、 \n\t").join(people)

    def rare_characters(self, length: int) -> str:
        rare = (chr(self.random.randrange(0x4E00, 0x9FA6)) for _ in range(length // 20))
        return self._scatter(self._cut(self.chinese, length), list(rare))

    def with_kana(self, length: int) -> str:
        return self._scatter(self._cut(self.chinese, length), [self._cut(KANA, 12) for _ in range(3)])

    def with_other_alphabets(self, length: int) -> str:
        return self._scatter(self._cut(self.chinese, length), self.random.sample(ALPHABETS, 3))

    def english_with_chinese(self, length: int) -> str:
        return self._scatter(self._cut(PROSE, length), [f" {self._word()} " for _ in range(3)])

    def english_with_chinese_last(self, length: int) -> str:
        return f"{self._cut(PROSE, length)}\n{self._word()}"

    def code_with_comments(self, length: int) -> str:
        return self._scatter(self._cut(CODE, length), [f"  # {self._word()}\n" for _ in range(3)])

    def numbers_under_headings(self, length: int) -> str:
        rows = [",".join(self._word() for _ in range(4))]
        while sum(map(len, rows)) < length:
            rows.append(",".join(f"{self.random.uniform(0, 9999):.2f}" for _ in range(4)))
        return "\r\n".join(rows)

    def full_width_numbers(self, length: int) -> str:
        rows = (f"{self._word()}：{self.random.uniform(0, 9999):.2f}" for _ in range(length // 12 + 1))
        return "\n".join(rows).translate(FULL_WIDTH)

    def web_page(self, length: int) -> str:
        lines = (f"<p class='text'>{line}</p>" for line in self._cut(self.chinese, length).splitlines())
        return PAGE.format(self._word(), "\n".join(lines))

    def web_page_of_markup(self, length: int) -> str:
        items = ('<li class="item"><a href="/list/item.html"></a></li>' for _ in range(length // 50))
        return PAGE.format(self._word(), "\n".join(items))

    def ascii_only(self, length: int) -> str:
        return self._cut(self.random.choice((CODE, PROSE)), length)

    def _cut(self, text: str, length: int) -> str:
        start = self.random.randrange(max(len(text) - length, 1))
        return text[start : start + length]

    def _han(self, length: int) -> str:
        return "".join(
            self.random.choices(re.sub(r"[^\u4e00-\u9fff]", "", self._cut(self.chinese, 500)), k=length)
        )

    def _word(self) -> str:
        words: list[str] = re.findall(r"[\u4e00-\u9fff]{2,10}", self._cut(self.chinese, 100))
        return self.random.choice(words or ["文字"])

    def _scatter(self, text: str, words: list[str]) -> str:
        for word in words:
            place = self.random.randrange(len(text))
            text = text[:place] + word + text[place:]
        return text


Authors = dict[str, Author]
KINDS = (
    Author.prose,
    Author.prose_of_windows,
    Author.prose_in_one_line,
    Author.verse,
    Author.names,
    Author.rare_characters,
    Author.with_kana,
    Author.with_other_alphabets,
    Author.english_with_chinese,
    Author.english_with_chinese_last,
    Author.code_with_comments,
    Author.numbers_under_headings,
    Author.full_width_numbers,
    Author.web_page,
    Author.web_page_of_markup,
    Author.ascii_only,
)


def main() -> None:
    parser = argparse.ArgumentParser(description="How often the decoder is right, and how fast it is.")
    parser.add_argument("--documents", type=Path, action="append", help="a folder; may be given repeatedly")
    parser.add_argument("--cases", type=int, default=1000, help="for each line of the first table")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--alone", action="store_true", help="without the peers")
    arguments = parser.parse_args()
    random = Random(arguments.seed)  # noqa: S311 - repeatable, not secret
    text = "\n".join(_texts(arguments.documents or [Path("documents")]))
    authors = {script: Author(str(OpenCC(script).convert(text)), random) for script in CODECS}
    peers: dict[str, Detect] = {
        name: partial(detect, import_module(name))
        for name, detect in PEERS.items()
        if find_spec(name) and not arguments.alone
    }
    for size in SIZES:
        _print_rightness(authors, size, arguments.cases, peers)
        _print_repair(authors, size, arguments.cases, random)
    print(f"\nbinary files refused: {fmean(map(_is_refused, _binaries(random, arguments.cases))):.1%}")
    _print_speeds(authors["s2t"].chinese)


def _print_rightness(authors: Authors, size: Size, count: int, peers: dict[str, Detect]) -> None:
    print(f"\n{f'% right, {size[0]} to {size[1]} characters':38}{'text':>8}{'encoding':>10}" + _heads(peers))
    rights: dict[str, list[bool]] = defaultdict(list)
    for kind in KINDS:
        files = list(_cases(authors, kind, size, count))
        right = [_decoded(file.data).text == file.text for file in files]
        for file, is_right in zip(files, right, strict=True):
            rights[file.name].append(is_right)
        print(_row(kind.__name__, f"{fmean(right):.1%}", files, peers))
    spoilt = [_damaged(file, authors["t2s"].random) for file in _cases(authors, KINDS[0], size, count)]
    print(_row("damaged prose", "", spoilt, peers))
    for name, right in sorted(rights.items()):
        print(f"{name:38}{fmean(right):8.1%}{len(right):10} files")


def _print_repair(authors: Authors, size: Size, count: int, random: Random) -> None:
    spoilt = [_damaged(file, random) for file in _cases(authors, KINDS[0], size, count)]
    print(f"characters lost by one to three broken bytes, on average: {fmean(map(_lost, spoilt)):.1f}")
    for gap in ("\n", ""):
        joined = [_joined(authors, size, gap, random) for _ in range(count)]
        print(
            f"two files of different encodings joined{' within a line' * (not gap)}: "
            f"{fmean(_decoded(file.data).text == file.text for file in joined):.1%} right, "
            f"{fmean(_lost(file) / len(file.text) for file in joined):.1%} of the characters lost"
        )


def _texts(folders: list[Path]) -> Iterator[str]:
    for folder in folders:
        for path in sorted(folder.rglob("[!_]*.*")):
            yield decode(path.read_bytes()).text


def _cases(authors: Authors, kind: Callable[[Author, int], str], size: Size, count: int) -> Iterator[Case]:
    """Yield files, their lengths spread evenly over the orders of magnitude; less what an encoding lacks."""
    for number in range(count):
        script = ("t2s", "s2t")[number % 2]
        author = authors[script]
        codec = author.random.choice(CODECS[script])
        length = _length(size, author.random)
        text = _held(kind(author, length), codec)
        mark = author.random.choice((b"", MARKS.get(codec, b"")))
        plain = text.isascii() and not mark and not codec.startswith("utf-16")
        family = "utf-8" if plain else _family(codec, mark)
        yield Case(text, family, mark + text.encode(codec), f"{SCRIPTS[script]} {codec}")


def _length(size: Size, random: Random) -> int:
    return int(size[0] * (size[1] / size[0]) ** random.random())


def _joined(authors: Authors, size: Size, gap: str, random: Random) -> Case:
    """Make a file of one in one encoding and one in another, both in either script that these can hold."""
    script = random.choice([*CODECS])
    codecs = random.sample(("utf-8", "gb18030") if script == "t2s" else ("utf-8", "gb18030", "big5"), 2)
    texts = [_held(authors[script].prose(_length(size, random)), codec) for codec in codecs]
    texts[0] += gap
    data = [text.encode(codec) for text, codec in zip(texts, codecs, strict=True)]
    return Case("".join(texts), _family(codecs[0], data[0]), b"".join(data), "+".join(codecs))


def _held(text: str, codec: str) -> str:
    return text.encode(codec, "ignore").decode(codec)


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


def _heads(peers: dict[str, Detect]) -> str:
    return "".join(f"{name:>20}" for name in peers)


def _row(kind: str, text: str, files: list[Case], peers: dict[str, Detect]) -> str:
    detects = [lambda data: _decoded(data).encoding, *peers.values()]
    figures = [fmean(detect(file.data) == file.encoding for file in files) for detect in detects]
    return f"{kind.replace('_', ' '):38}{text:>8}{figures[0]:10.1%}" + "".join(
        f"{figure:20.1%}" for figure in figures[1:]
    )


def _decoded(data: bytes) -> Decoded:
    try:
        return decode(data)
    except NotTextError:
        return Decoded("", "none", 0, 0.0)


def _lost(case: Case) -> int:
    return (Counter(case.text) - Counter(_decoded(case.data).text)).total()


def _binaries(random: Random, count: int) -> Iterator[bytes]:
    """Yield beginnings of files that are no text."""
    for number in range(count):
        noise = random.randbytes(random.randint(500, 20_000))
        whole = BINARIES[number % len(BINARIES)](noise)
        yield whole[: random.randint(400, len(whole))]


def _picture(noise: bytes) -> bytes:
    rows = zlib.compress(noise)
    header = struct.pack(">IIBBBBB", 64, len(noise) // 64, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )


def _photograph(noise: bytes) -> bytes:
    header = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0H\0H\0\0\xff\xda\0\x0c\x03\x01\0\x02\x11\x03\x11\0?\0"
    return header + noise.replace(b"\xff", b"\xff\0") + b"\xff\xd9"


def _archive(noise: bytes) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("noise.bin", noise)
        archive.writestr("code.py", CODE)
    return file.getvalue()


def _sound(noise: bytes) -> bytes:
    file = BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(
            b"".join(struct.pack("<h", int(9000 * sin(n / 9)) + byte) for n, byte in enumerate(noise))
        )
    return file.getvalue()


def _database(noise: bytes) -> bytes:
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, size REAL, body BLOB)")
        rows = [(n, noise[n] / 7, noise[n : n + 40]) for n in range(0, len(noise) - 40, 40)]
        database.executemany("INSERT INTO notes VALUES (?, ?, ?)", rows)
        return database.serialize()


def _program(noise: bytes) -> bytes:
    start = len(noise) * 100 % (len(PROGRAM) // 2)
    return PROGRAM[start : start + len(noise)]


def _numbers(noise: bytes) -> bytes:
    return struct.pack(f"<{len(noise)}d", *(log(byte + 1) + n for n, byte in enumerate(noise)))


BINARIES = (bytes, _picture, _photograph, gzip.compress, _archive, _sound, _database, _program, _numbers)


def _is_refused(data: bytes) -> bool:
    try:
        decode(data)
    except NotTextError:
        return True
    return False


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
