"""Snapshot <-> the files of a folder."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from zlib import crc32

import numpy as np
import numpy.typing as npt

from retrieval.array_folder import DamagedError, Stored, read, verify, write
from retrieval.bm25 import BM25
from retrieval.documents import Origin, Span
from retrieval.indexing.collecting import Collector
from retrieval.indexing.forward import Body, Forward, Numbers, Places
from retrieval.indexing.inverting import by_document, by_passage
from retrieval.indexing.manifest import DamagedManifestError, Manifest, read_manifest
from retrieval.indexing.records import Bounds, DamagedRecordError, Records, RecordWriter, lines_of
from retrieval.inverted.token_table import TokenTable
from retrieval.passages import Part, Passage
from retrieval.snapshot import IN_USE, Snapshot

FORM = "forward 1"

MANIFEST = "manifest"
DOCUMENTS = "documents.jsonl"
PASSAGES = "passages.jsonl"
TOKENS = "tokens.u32"
FORWARD = "forward"
BY_PASSAGE = "by_passage"
BY_DOCUMENT = "by_document"

LENGTHS = [field.name for field in fields(Forward) if field.name != "bodies"]
OF_DOCUMENTS, OF_PASSAGES = "bounds-of-documents", "bounds-of-passages"
CHECKSUMS = "checksums"
TITLED = "titled"


class DamagedSnapshotError(Exception):
    """A snapshot that is not as it was written; the message says what is wrong."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A document as it is kept, with its passages as lines; `titled` says that it names its title itself."""

    origin: Origin
    titled: bool
    lines: bytes
    sizes: Bounds
    title: Numbers
    body: Body

    @property
    def checksum(self) -> int:
        """Tells whether what was kept is as it was."""
        return crc32(self.body.tokens.tobytes(), crc32(self.lines))


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """A snapshot that is kept in files, and what the next one can be made from."""

    manifest: Manifest
    snapshot: Snapshot
    table: TokenTable
    _forward: Forward
    _passages: Records[Passage]
    _titled: npt.NDArray[np.bool_]
    _checksums: Numbers

    def piece(self, document: int) -> Piece:
        """A document, by its number. Raises DamagedSnapshotError where a byte is not as it was written."""
        lines, sizes = self._passages.lines(*self._forward.bounds[document : document + 2].tolist())
        piece = Piece(
            self.snapshot.documents[document],
            bool(self._titled[document]),
            lines,
            sizes,
            self._forward.title_of(document),
            self._forward.body_of(document),
        )
        if piece.checksum != self._checksums[document]:
            raise DamagedSnapshotError(f"{piece.origin.source} is not as it was written")
        return piece


def open_kept(folder: Path) -> Kept:
    """Open what was kept. Raises DamagedSnapshotError where a byte that is searched is not as it was written.

    Passages and their tokens are checked where they are read.
    """
    try:
        manifest = read_manifest(folder / MANIFEST)
        for part in (BY_PASSAGE, BY_DOCUMENT, FORWARD):
            verify(folder / part)
        arrays = read(folder / FORWARD, FORM).arrays
        forward = Forward(bodies=_tokens(folder / TOKENS), **{name: arrays[name] for name in LENGTHS})
        documents = Records(folder / DOCUMENTS, arrays[OF_DOCUMENTS], lambda _, value: Origin(*value))
        passages = Records(folder / PASSAGES, arrays[OF_PASSAGES], _passage(documents, forward.bounds))
        searched = BM25.load(folder / BY_PASSAGE), BM25.load(folder / BY_DOCUMENT)
    except (OSError, ValueError, DamagedError, DamagedManifestError, DamagedRecordError) as error:
        raise DamagedSnapshotError(str(error)) from error
    snapshot = Snapshot(documents, passages, forward.passages, *searched, IN_USE.share)
    return Kept(manifest, snapshot, searched[0].table, forward, passages, arrays[TITLED], arrays[CHECKSUMS])


class Keeper:
    """Writes a snapshot to a folder, document by document."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._documents = RecordWriter(folder / DOCUMENTS)
        self._passages = RecordWriter(folder / PASSAGES)
        self._tokens = (folder / TOKENS).open("xb")
        self._collector = Collector(self._tokens)
        self._titled: list[bool] = []
        self._checksums: list[int] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._documents.close()
        self._passages.close()
        self._tokens.close()

    def add(self, piece: Piece) -> None:
        """Put in a document behind the others."""
        self._documents.write(*lines_of([[piece.origin.source, piece.origin.title]]))
        self._passages.write(piece.lines, piece.sizes)
        self._collector.add(piece.title, piece.body)
        self._titled.append(piece.titled)
        self._checksums.append(piece.checksum)

    @property
    def count(self) -> int:
        """How many documents were put in."""
        return len(self._titled)

    def finish(self, table: TokenTable) -> None:
        """Write what all documents are searched by. `table` has their tokens."""
        self.__exit__(None, None, None)
        forward = self._collector.forward(_tokens(self._folder / TOKENS))
        arrays = {name: getattr(forward, name) for name in LENGTHS} | {
            OF_DOCUMENTS: self._documents.bounds,
            OF_PASSAGES: self._passages.bounds,
            TITLED: np.array(self._titled, np.bool_),
            CHECKSUMS: np.array(self._checksums, np.uint32),
        }
        write(self._folder / FORWARD, Stored(arrays, {}), FORM)
        by_passage(forward, table, IN_USE).save(self._folder / BY_PASSAGE)
        by_document(forward, table, IN_USE).save(self._folder / BY_DOCUMENT)


def lines_of_passages(passages: tuple[Passage, ...]) -> tuple[bytes, Bounds]:
    """Passages as the lines of a file, and the size of each."""
    return lines_of([_value(passage) for passage in passages])


def _value(passage: Passage) -> list[Any]:
    body = [[part.span.start, part.span.end, part.heading] for part in passage.body]
    return [passage.text, passage.headings, passage.first, passage.last, body]


def _passage(documents: Records[Origin], bounds: Places) -> Callable[[int, Any], Passage]:
    def passage(number: int, value: Any) -> Passage:  # noqa: ANN401 - what JSON holds
        text, headings, first, last, body = value
        origin = documents[int(bounds.searchsorted(number, side="right")) - 1]
        parts = tuple(Part(Span(start, end), heading) for start, end, heading in body)
        return Passage(origin, text, tuple(headings), first, last, parts)

    return passage


def _tokens(path: Path) -> Numbers:
    # What is empty cannot be mapped.
    return np.memmap(path, np.uint32, "r") if path.stat().st_size else np.empty(0, np.uint32)
