"""Documents -> a snapshot in memory, which no file keeps."""

from collections.abc import Iterable
from io import BytesIO

import numpy as np

from retrieval.documents import Document
from retrieval.index import Index
from retrieval.indexing.collecting import Collector
from retrieval.indexing.cutting import cut
from retrieval.indexing.inverting import by_document, by_passage
from retrieval.indexing.numbering import Numbering
from retrieval.inverted.token_table import TokenTable
from retrieval.names import named
from retrieval.passages import Passage
from retrieval.snapshot import IN_USE, Snapshot, Weights
from retrieval.tokens import Tokenizer
from retrieval.vocabulary import NO_WORDS, Vocabulary


def indexed(
    documents: Iterable[Document],
    tokenizer: Tokenizer,
    vocabulary: Vocabulary = NO_WORDS,
    weights: Weights = IN_USE,
) -> Index:
    """The index over some documents, in their order."""
    return Index(snapshot_of(documents, tokenizer, weights), tokenizer, vocabulary)


def snapshot_of(documents: Iterable[Document], tokenizer: Tokenizer, weights: Weights = IN_USE) -> Snapshot:
    """Some documents, cut and ready to be searched, in their order."""
    numbering, tokens = Numbering(TokenTable.of(())), BytesIO()
    collector = Collector(tokens)
    origins, passages = [], list[Passage]()
    for document in documents:
        done = cut(document, tokenizer)
        collector.add(
            numbering(tokenizer(named(document.title, document.source))),
            numbering.body(done.tokens, done.body),
        )
        origins.append(document.origin)
        passages += done.passages
    forward = collector.forward(np.frombuffer(tokens.getbuffer(), np.uint32))
    table = numbering.table
    return Snapshot(
        tuple(origins),
        tuple(passages),
        forward.passages,
        by_passage(forward, table, weights),
        by_document(forward, table, weights),
        weights.share,
    )
