"""Failure -> why, in somebody's language."""

import errno
import os
import re
from functools import partial
from operator import attrgetter
from pathlib import Path

from bot.librarian import NotOpenError
from bot.markup import plain
from bot.off_loop import in_thread
from bot.wording import Wording
from retrieval.listing import FolderError, check_folder

KNOWN = {
    errno.ENOSPC: attrgetter("disk_full"),
    errno.EDQUOT: attrgetter("disk_full"),
    errno.EROFS: attrgetter("read_only"),
    errno.EACCES: attrgetter("no_permission"),
    errno.EPERM: attrgetter("no_permission"),
    errno.ENAMETOOLONG: attrgetter("name_too_long"),
}
"""What the system says most often of a disk, and the words for it."""

_PATH = re.compile(r"""(?<![^\s'"(])/.*?(?=[:'")]|$)""")


async def why(wording: Wording, folder: Path, error: Exception | NotOpenError) -> str:
    """Why something failed that was done to the documents of a folder, in Telegram's HTML.

    It names no path of this machine, and is in English where the reason is none that is known here.
    """
    if isinstance(error, NotOpenError):
        return wording.stopping
    if await in_thread(partial(_is_away, folder)):
        return wording.folder_away
    said = error.strerror if isinstance(error, OSError) and error.strerror else f"{error}"
    # Another process reads the documents, and what the system told it comes as words.
    known = next((words for number, words in KNOWN.items() if os.strerror(number) in said), None)
    reason: str = known(wording) if known else plain(_PATH.sub("…", said)).html
    return reason


def _is_away(folder: Path) -> bool:
    try:
        check_folder(folder)
    except FolderError as error:
        return isinstance(error.__cause__, (FileNotFoundError, NotADirectoryError))
    return False
