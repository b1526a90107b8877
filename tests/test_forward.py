"""The flat arrays say of each document and passage the tokens that were put in, like lists of lists."""

from io import BytesIO
from itertools import chain

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.indexing.collecting import Collector
from retrieval.indexing.forward import Body, Forward, Numbers

TOKENS = st.lists(st.integers(0, 2**32 - 1), max_size=4)
DOCUMENTS = st.lists(
    st.tuples(TOKENS, TOKENS, st.lists(st.tuples(TOKENS, TOKENS), max_size=4)),  # title, joints, passages
    max_size=6,
)
Document = tuple[list[int], list[int], list[tuple[list[int], list[int]]]]


def _numbers(tokens: list[int]) -> Numbers:
    return np.array(tokens, np.uint32)


def _body(document: Document) -> Body:
    _, joints, passages = document
    tokens = [*joints, *(token for above, text in passages for token in (*above, *text))]
    above, text = ([len(passage[part]) for passage in passages] for part in (0, 1))
    return Body(_numbers(tokens), len(joints), _numbers(above), _numbers(text))


def _forward(documents: list[Document]) -> Forward:
    written = BytesIO()
    collector = Collector(written)
    for document in documents:
        collector.add(_numbers(document[0]), _body(document))
    return collector.forward(np.frombuffer(written.getvalue(), np.uint32))


def _runs(tokens: Numbers, lengths: Numbers) -> list[list[int]]:
    assert len(tokens) == lengths.sum()
    ends = np.cumsum(lengths).tolist()
    return [tokens[end - size : end].tolist() for end, size in zip(ends, lengths.tolist(), strict=True)]


@settings(max_examples=50)
@given(DOCUMENTS)
def test_a_document_is_given_back_as_it_was_put_in(documents: list[Document]) -> None:
    forward = _forward(documents)
    for number, document in enumerate(documents):
        body, expected = forward.body_of(number), _body(document)
        assert forward.title_of(number).tolist() == document[0]
        assert body.joints == expected.joints
        for found, put in (
            (body.tokens, expected.tokens),
            (body.above, expected.above),
            (body.text, expected.text),
        ):
            assert found.tolist() == put.tolist()
    assert forward.bounds.tolist() == [
        sum(len(d[2]) for d in documents[:n]) for n in range(len(documents) + 1)
    ]


@settings(max_examples=40)
@given(DOCUMENTS)
def test_passages_have_their_titles_headings_and_texts_and_documents_their_joints(
    documents: list[Document],
) -> None:
    forward = _forward(documents)
    by_passage, by_document = _runs(*forward.by_passage()), _runs(*forward.by_document())
    assert by_passage == [
        [*title, *above, *text] if above or text else []
        for title, _, passages in documents
        for above, text in passages
    ]
    assert by_document == [
        [*title, *joints, *chain.from_iterable(text for _, text in passages)]
        for title, joints, passages in documents
    ]
