"""Document -> cut: its passages, and the tokens that they are found by."""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from retrieval.documents import Document
from retrieval.indexing.forward import Body
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
    """Split a document into passages and cut those into tokens; boilerplate has none."""
    passages = split(document)
    heading = lru_cache(maxsize=64)(tokenizer)  # one stands over many passages
    places: dict[str, int] = {}
    numbers = array("I")  # and not their tokens: of a large document those take a hundred times the room

    def number(tokens: Iterable[str]) -> int:
        before = len(numbers)
        numbers.extend(places.setdefault(token, len(places)) for token in tokens)
        return len(numbers) - before

    ranked = [passage for passage in passages if not passage.boilerplate]
    joints = sum(number(tokenizer.joints(passage.text)) for passage in ranked)
    lengths = [
        (0, 0)
        if passage.boilerplate
        else (sum(number(heading(text)) for text in passage.headings), number(tokenizer(passage.text)))
        for passage in passages
    ]
    above, texts = np.array(lengths, np.uint32).reshape(-1, 2).T
    return Cut(passages, tuple(places), Body(np.array(numbers, np.uint32), joints, above, texts))
