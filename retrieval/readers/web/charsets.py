"""Bytes of a page, which may say how they are to be read -> text."""

import re

from retrieval.documents import Encoding
from retrieval.readers.texts import Text, decoded

SURE = 0.9
"""Confidence from which the bytes themselves are believed, since what pages declare is often wrong."""

LOOKED_AT = 2048
"""Bytes at the head in which a page declares its encoding."""

DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
NAMES = {
    b"utf-8": "utf-8",
    b"utf8": "utf-8",
    b"gb2312": "gb18030",
    b"gbk": "gb18030",
    b"gb18030": "gb18030",
    b"big5": "big5",
    b"big5-hkscs": "big5",
}
CODECS = {"big5": "big5hkscs"}

OTHERS = {
    **dict.fromkeys((b"shift_jis", b"shift-jis", b"sjis", b"x-sjis", b"windows-31j"), "cp932"),
    b"euc-jp": "euc_jp",
    **dict.fromkeys((b"euc-kr", b"ks_c_5601-1987"), "cp949"),
}
"""Encodings of neighbours, whose bytes look like Chinese; nobody declares one by mistake."""

WESTERN = dict.fromkeys((b"iso-8859-1", b"latin1", b"windows-1252", b"us-ascii"), "cp1252")
"""What programs declare that know no better, so that it is believed where it makes words."""

NOT_WESTERN = re.compile("[\x80-\xff]{3}".encode("latin-1"))
NEIGHBOURS = re.compile("[\u3040-\u30ff\uac00-\ud7a3]")
"""Kana and Hangul."""


def text_of_page(written: bytes) -> Text:
    """What a page says, in the encoding that its bytes tell, or where they leave doubt, that it declares.

    Raises UnreadableError where the bytes are no text.
    """
    judged = decoded(written)
    found = DECLARED.search(written, 0, LOOKED_AT)
    declared = found[1].lower() if found else b""
    other = None if judged.encoding.name.startswith("utf") else OTHERS.get(declared)
    if judged.encoding.confidence >= SURE and not other:
        return judged
    name = other or NAMES.get(declared) or _western(declared, written)
    if name is None or name == judged.encoding.name:
        return judged
    text = _read(written, name)
    if text is None or (other and not NEIGHBOURS.search(text)):
        return judged
    return Text("\n".join(text.splitlines()), Encoding(name, judged.encoding.confidence, 0))


def _western(declared: bytes, written: bytes) -> str | None:
    return None if NOT_WESTERN.search(written) else WESTERN.get(declared)


def _read(written: bytes, name: str) -> str | None:
    try:
        return written.decode(CODECS.get(name, name))
    except UnicodeDecodeError:
        return None
