"""Files that were sent -> the same files when they are asked for or sent again."""

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal, TypeAlias

from standin_people import Json
from standin_refusals import bad_request

FileKind: TypeAlias = Literal["document", "photo", "voice", "sticker"]
FOLDERS: Mapping[FileKind, str] = {
    "document": "documents",
    "photo": "photos",
    "voice": "voice",
    "sticker": "stickers",
}
ENDINGS: Mapping[FileKind, str] = {"document": "", "photo": ".jpg", "voice": ".oga", "sticker": ".webp"}
FILE_ID = re.compile(r"[A-Za-z0-9_-]{60,}")
ID_BYTES = 51  # makes an identifier as long as Telegram's: more than callback data holds
UNIQUE_ID_BYTES = 12
LARGEST_DOWNLOAD = 20 << 20


@dataclass(frozen=True, slots=True)
class File:
    """A file that Telegram keeps; `size` is what it says of it, in bytes."""

    id: str
    unique_id: str
    kind: FileKind
    name: str
    mime_type: str
    content: bytes
    size: int
    path: str
    about: tuple[tuple[str, object], ...] = ()

    def as_json(self) -> Json:
        """Its identifiers, and what Telegram says of its kind."""
        return {"file_id": self.id, "file_unique_id": self.unique_id, "file_size": self.size} | dict(
            self.about
        )


class Files:
    """The files that one bot may have, by identifier and by path."""

    def __init__(self, bot_id: int) -> None:
        self._bot_id = bot_id
        self._by_id: dict[str, File] = {}
        self._to_download: dict[str, File] = {}

    def keep(
        self, kind: FileKind, content: bytes, mime_type: str, *, name: str = "", size: int | None = None
    ) -> File:
        """A new file. A size may be told that the content does not have."""
        number = len(self._by_id)
        ending = PurePosixPath(name).suffix or ENDINGS[kind]
        file = File(
            id=_identifier(f"{self._bot_id} {number}", ID_BYTES),
            unique_id=_identifier(str(number), UNIQUE_ID_BYTES),
            kind=kind,
            name=name,
            mime_type=mime_type,
            content=content,
            size=len(content) if size is None else size,
            path=f"{FOLDERS[kind]}/file_{number}{ending}",
            about=tuple(_about(kind, name, mime_type).items()),
        )
        self._by_id[file.id] = file
        return file

    def again(self, file_id: str, kind: FileKind) -> File:
        """A known file, to send once more. Raises ApiError."""
        if ":" in file_id or "." in file_id:
            raise bad_request("Wrong HTTP URL specified")  # the stand-in has no web to fetch from
        if not FILE_ID.fullmatch(file_id):
            raise bad_request("Wrong remote file identifier specified: can't unserialize it")
        file = self._by_id.get(file_id)
        if file is None:
            raise bad_request("Wrong file identifier/HTTP URL specified")
        if file.kind != kind:
            raise bad_request(f"Can't use file of type {file.kind.title()} as {kind.title()}")
        return file

    def prepared(self, file_id: str) -> File:
        """A known file that from now on can be downloaded. Raises ApiError."""
        if not file_id:
            raise bad_request("file_id not specified")
        file = self._by_id.get(file_id)
        if file is None:
            known_form = FILE_ID.fullmatch(file_id)
            raise bad_request(
                "wrong file_id or the file is temporarily unavailable" if known_form else "invalid file_id"
            )
        if file.size > LARGEST_DOWNLOAD:
            raise bad_request("file is too big")
        self._to_download[file.path] = file
        return file

    def at(self, path: str) -> bytes | None:
        """The content of a file that was prepared."""
        file = self._to_download.get(path)
        return None if file is None else file.content


def _identifier(seed: str, length: int) -> str:
    digest = hashlib.shake_256(seed.encode()).digest(length)
    return base64.urlsafe_b64encode(digest).decode()


def _about(kind: FileKind, name: str, mime_type: str) -> Json:
    match kind:
        case "document":
            named: Json = {"file_name": name, "mime_type": mime_type}
            return {field: value for field, value in named.items() if value}
        case "photo":
            return {"width": 1280, "height": 960}
        case "voice":
            return {"duration": 3, "mime_type": mime_type}
        case "sticker":
            return {
                "width": 512,
                "height": 512,
                "emoji": "👍",
                "type": "regular",
                "is_animated": False,
                "is_video": False,
            }
