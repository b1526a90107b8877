"""Bytes of a page, which may say how they are to be read -> text."""

import re
from dataclasses import replace

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


def text_of_page(written: bytes) -> Text:
    """What a page says, in the encoding that its bytes tell, or where they leave doubt, that it declares.

    Raises UnreadableError where the bytes are no text.
    """
    judged = decoded(written)
    if judged.encoding.confidence >= SURE:
        return judged
    declared = DECLARED.search(written, 0, LOOKED_AT)
    name = NAMES.get(declared[1].lower()) if declared else None
    if name is None or name == judged.encoding.name:
        return judged
    try:
        text = written.decode(CODECS.get(name, name))
    except UnicodeDecodeError:
        return judged
    return replace(judged, text=text, encoding=Encoding(name, judged.encoding.confidence, 0))
