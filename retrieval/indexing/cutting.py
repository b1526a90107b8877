"""Document -> cut: its passages, and the tokens that they are found by."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from retrieval.documents import Document
from retrieval.indexing.forward import Body, lengths_of
from retrieval.passages import Passage, split
from retrieval.tokens import Tokenizer


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """A document's passages and tokens, without those of its title, which may come from the file's name.

    `tokens` are the different ones; the body's numbers are places among them.
    """

    passages: tuple[Passage, ...]
    tokens: tuple[str, ...]
    body: Body


def cut(document: Document, tokenizer: Tokenizer) -> Cut:
    """Split a document into passages and cut those into tokens."""
    passages = split(document)
    heading = lru_cache(maxsize=64)(tokenizer)  # one stands over many passages
    joints = tokenizer.joints(document.text)
    above = [[token for text in passage.headings for token in heading(text)] for passage in passages]
    texts = [tokenizer(passage.text) for passage in passages]
    places: dict[str, int] = {}
    runs = [joints, *(run for both in zip(above, texts, strict=True) for run in both)]
    numbers = [places.setdefault(token, len(places)) for run in runs for token in run]
    body = Body(np.array(numbers, np.uint32), len(joints), lengths_of(above), lengths_of(texts))
    return Cut(passages, tuple(places), body)
