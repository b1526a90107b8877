"""Text -> tokens, the units of matching."""

import contextlib
import logging
import marshal
import re
from collections.abc import Iterator
from pathlib import Path

import jieba

from retrieval.folding import HAN, fold

RUN = re.compile(
    rf"(?P<han>[{HAN}]+)"
    r"|(?P<code>[a-z]+(?:/[a-z]+)* \d+(?:[./:_-][a-z0-9]+)+)"  # GB/T 22239-2019
    r"|(?P<word>[a-z0-9]+(?:[./:_+@-][a-z0-9]+)*%?)"
    rf"|(?P<other>[^\W_{HAN}]+)"
)
PART = re.compile(r"[a-z0-9]+")


class Tokenizer:
    """Cuts passages and questions alike.

    A Han run gives its overlapping bigrams, which miss nothing, and the words that jieba sees in it,
    which say what belongs together: a word of two characters counts its bigram again. A Latin word
    or a code is kept whole, and a code's parts beside it.
    """

    def __init__(self, derived: Path) -> None:
        """Load jieba's dictionary: a second, half of it where `derived` keeps it from an earlier load."""
        jieba.setLogLevel(logging.CRITICAL)  # it reports its loading, and a folder it cannot write to
        self._jieba = jieba.Tokenizer()
        self._jieba.tmp_dir = str(derived)
        try:
            # As jieba would, which reads the file a few bytes at a time, slower than its dictionary.
            kept = (derived / "jieba.cache").read_bytes()
            self._jieba.FREQ, self._jieba.total = marshal.loads(kept)  # noqa: S302 - jieba wrote it here
            self._jieba.initialized = True
        except (OSError, ValueError, EOFError, TypeError):
            with contextlib.suppress(OSError):
                derived.mkdir(parents=True, exist_ok=True)
            self._jieba.initialize()

    def __call__(self, text: str) -> list[str]:
        return list(self._tokens(fold(text).text))

    def words(self, text: str) -> Iterator[str]:
        """The words of a text, without single characters."""
        for match in RUN.finditer(fold(text).text):
            if match.lastgroup == "han":
                yield from self._words(match.group())
            else:
                yield match.group().replace(" ", "")

    def _tokens(self, folded: str) -> Iterator[str]:
        for match in RUN.finditer(folded):
            run = match.group()
            if match.lastgroup == "han":
                yield from self._han(run)
            else:
                yield run.replace(" ", "")
                parts = PART.findall(run)
                if len(parts) > 1:
                    yield from parts

    def _han(self, run: str) -> Iterator[str]:
        yield from (run[i : i + 2] for i in range(len(run) - 1)) if len(run) > 1 else (run,)
        yield from self._words(run)

    def _words(self, run: str) -> Iterator[str]:
        return (word for word in self._jieba.cut_for_search(run) if len(word) > 1)
