"""A file -> the same, spoilt at random."""

import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from random import Random

MOST = 40
"""Changes of one file, at most."""

BLOCK = 200
"""Bytes of a piece that is moved, at most."""

TELLING = [
    *(
        b'\0 \xff < > & ]]> <!-- " \x1a \xef\xbb\xbf \xed\xa0\x80 &lt; &#0; &nbsp; <table> </table> <tr><td>'
        b" <p> </w:p> <w:tbl> obj endobj stream 99999999999 -1 0 1e999 /Kids [ ] << >> R %PDF-1.7 | # ```"
        b" \\ \xb2\xe2"
    ).split(b" "),
    b"\n",
    b"\r",
    b"\xe3\x80\x80" * 20,
    b"A" * 500,
]
"""What formats make much of."""

Change = Callable[[Random, bytearray], None]


def mutated(random: Random, data: bytes) -> bytes:
    """The file with some changes: of its bytes, or of those of a part where it is an archive."""
    if data.startswith(b"PK") and random.random() < 0.8:
        return _archive(random, data)
    return _changed(random, data)


def _changed(random: Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(random.choice([1, 1, 2, 5, MOST])):
        random.choice(CHANGES)(random, changed)
    return bytes(changed)


def _archive(random: Random, data: bytes) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = random.choice([*parts])
    match random.randrange(6):
        case 0:
            del parts[name]
        case 1:
            parts[f"{name}.old"] = parts.pop(name)
        case 2:
            parts[name] = parts[random.choice([*parts])]
        case _:
            for other in {name, random.choice([*parts])}:
                parts[other] = _changed(random, parts[other])
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            # Not by its name alone: it would have the time of writing in it.
            archive.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def _flip(random: Random, data: bytearray) -> None:
    if data:
        data[random.randrange(len(data))] = random.randrange(256)


def _insert(random: Random, data: bytearray) -> None:
    place = random.randint(0, len(data))
    data[place:place] = random.choice(TELLING)


def _overwrite(random: Random, data: bytearray) -> None:
    place, said = random.randint(0, len(data)), random.choice(TELLING)
    data[place : place + len(said)] = said


def _remove(random: Random, data: bytearray) -> None:
    start = random.randint(0, len(data))
    del data[start : start + random.randint(1, BLOCK)]


def _repeat(random: Random, data: bytearray) -> None:
    start, place = random.randint(0, len(data)), random.randint(0, len(data))
    data[place:place] = data[start : start + random.randint(1, BLOCK)] * random.choice([1, 2, 50])


def _cut(random: Random, data: bytearray) -> None:
    del data[random.randint(0, len(data)) :]


def _repack(random: Random, data: bytearray) -> None:
    """Change what a stream of a PDF says, where it is only deflated."""
    start = data.find(b"stream\n", random.randint(0, len(data)))
    end = data.find(b"endstream", start)
    if start < 0 or end < 0:
        return
    try:
        said = zlib.decompress(bytes(data[start + 7 : end]))
    except zlib.error:
        return
    data[start + 7 : end] = zlib.compress(_changed(random, said))


CHANGES: tuple[Change, ...] = (_flip, _flip, _insert, _insert, _overwrite, _remove, _repeat, _repack, _cut)
