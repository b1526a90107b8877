"""Web page -> content."""

import re
from dataclasses import replace
from html import unescape
from typing import BinaryIO

from retrieval.documents import Content
from retrieval.readers.blocks import content_of
from retrieval.readers.plain import read_plain
from retrieval.readers.web.charsets import text_of_page
from retrieval.readers.web.chrome import region_of, with_chrome
from retrieval.readers.web.markup import markup_of
from retrieval.readers.web.sites import named

TAG = re.compile(r"<(?:[!?]|/?[a-z][a-z\d]*(?:[\s/][^<>]*)?>)", re.IGNORECASE)
"""What a page has; a file without it is plain text, whatever its name says."""


def read(file: BinaryIO) -> Content:
    """The paragraphs of a page under its own headings, what the site put round them marked as boilerplate.

    Raises UnreadableError where its bytes are no text.
    """
    written = text_of_page(file.read())
    if not TAG.search(written.text):
        return replace(read_plain(unescape(written.text)), encoding=written.encoding)
    page = markup_of(written.text, region_of)
    blocks, title = named(with_chrome(page.paragraphs), page)
    return replace(content_of(blocks, title=title), encoding=written.encoding)
