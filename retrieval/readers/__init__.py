"""Text -> content, a module a format. A new format is a new module and a line here."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from retrieval.documents import Content
from retrieval.readers.markdown import read_markdown
from retrieval.readers.plain import read_plain

READERS: Mapping[str, Callable[[str], Content]] = MappingProxyType({".txt": read_plain, ".md": read_markdown})
"""A reader for each ending of a file's name, in lower case."""
