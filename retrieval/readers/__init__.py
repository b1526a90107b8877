"""File -> content, a module a format. A new format is a new module and a line here."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from retrieval.documents import Content
from retrieval.readers.markdown import read_markdown
from retrieval.readers.plain import read_plain
from retrieval.readers.separated import read_separated

OURS: Mapping[str, Callable[[str], Content]] = MappingProxyType(
    {".txt": read_plain, ".md": read_markdown, ".csv": read_separated}
)
"""What reads a text, for each ending of a file's name, in lower case."""

FOREIGN: Mapping[str, str] = MappingProxyType(
    {
        ".html": "web.webpage",
        ".htm": "web.webpage",
        ".epub": "web.ebook",
        ".docx": "office.word",
        ".xlsx": "office.workbook",
        ".pptx": "office.slides",
        ".pdf": "pages.pdf",
    }
)
"""The module here whose `read` reads a file with code that others wrote, which takes long to load."""
