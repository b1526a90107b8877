"""A file's name, and what its text says -> the title that is shown, and the words that it is found by."""

import re
from pathlib import PurePosixPath

from retrieval.late_pattern import LatePattern
from retrieval.problems import on_one_line
from retrieval.titles import bare, cleaned, says_nothing

LONGEST = 500
"""Characters of a line that are looked at."""

BEGINNING = 30
"""Characters of a text that stand for its title where nothing names it."""

_SAYS_NOTHING = LatePattern(
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    r"|(?<![a-z0-9])(?=[a-z0-9]{8})(?=[a-z]*\d+[a-z]+\d)(?![a-z0-9]*[a-z]{4})[a-z0-9]+"  # k3x9q2w7
    r"|[0-9a-f]*\d[0-9a-f]*(?![a-z])|\d+|[\W_]+"
    r"|(?:img|image|scan|doc|docx|document|file|untitled|new|copy|download|page|text|txt|pdf|tmp|temp|mmexport|wechat"
    r"|microsoft|word|excel|ppt|powerpoint|final|attachment|screenshot|dsc)(?![a-z])"
    r"|新建|文本|文[档檔]|文件|工作表|演示文稿|未命名|[无無][标標][题題]|未[标標][题題]|副本|下[载載]|[扫掃]描|[图圖]片|照片|微信"
    r"|附件|正文|屏幕|截[图圖屏]|最[终終]版?|[终終定初]稿|修改稿?|新版",
    re.IGNORECASE,
)
"""What programs call a file that nobody named, and what people add to a name."""

_COPY = re.compile(r"(?:\s*[-_]?\s*(?:副本|copy)|\s*[（(]\d{1,2}[）)])+$", re.IGNORECASE)
_WORD = re.compile(r"[a-z]{3}|[^\W\d_a-z]", re.IGNORECASE)
_STOP = re.compile(r"[。！？!?；;]")


def title_of(own: str | None, source: str, text: str) -> str:
    """What a document is called: as it names itself, else as its file is named, else as its text begins.

    `text` is what it begins with, below what a site puts over it.
    """
    called = None if own is None or says_nothing(own) else cleaned(own)
    found = called or _meaning(source) or _beginning(text) or _stem(source)
    return on_one_line(found)


def named(title: str, source: str) -> str:
    """A title, and what the file's name says beside it."""
    name = _meaning(source)
    return title if name is None or name in title else f"{title}\n{name}"


def _meaning(source: str) -> str | None:
    """The name of a file without its ending, None where nobody gave it a name."""
    stem = _COPY.sub("", _stem(source))
    return cleaned(stem) if _WORD.search(_SAYS_NOTHING.sub(" ", stem)) else None


def ending(source: str) -> str:
    """How a file's name ends, in lower case, with its dot."""
    return PurePosixPath(source).suffix.lower()


def _stem(source: str) -> str:
    return PurePosixPath(source).stem


def _beginning(text: str) -> str:
    """How a text begins; nothing where it says nothing."""
    first = text.strip().partition("\n")[0][:LONGEST].strip()
    line = _STOP.split(bare(first) or first, maxsplit=1)[0].strip()
    return line if len(line) <= BEGINNING else line[: BEGINNING - 1] + "…"
