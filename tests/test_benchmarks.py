"""The benchmarks measure what people get."""

from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.ranking import Asked, Scored, Tried
from retrieval.documents import Document
from retrieval.evaluation.cases import SHOWN, Case
from retrieval.indexing.memory import indexed, snapshot_of
from retrieval.ranking import ranking
from retrieval.readers.plain import read_plain
from retrieval.tokens import Tokenizer

SENTENCES = (
    "集市早上五点半开市，下午两点收市。",
    "临时摊位每个集日交五元。",
    "（2024）青01民初56号",
    "茶要用热水冲泡。",
)
QUESTIONS = ("集市几点收市？", "“临时摊位”几点收市", "2024青01民初56号说了什么", "茶", "水水水开市", "量子？")

texts = st.lists(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3).map("".join), max_size=40)
k1, b = st.floats(0.1, 3), st.floats(0, 1)


@settings(max_examples=12, deadline=None)
@given(texts, st.builds(Tried, passage_k1=k1, passage_b=b, document_k1=k1, document_b=b, share=b))
def test_weights_that_are_tried_rank_as_they_would_in_use(
    tokenizer: Tokenizer, texts: list[str], tried: Tried
) -> None:
    contents = [read_plain(text) for text in texts]
    documents = [Document(f"{n}.txt", "题目", c.text, c.paragraphs) for n, c in enumerate(contents)]
    scored = Scored(snapshot_of(documents, tokenizer), tokenizer)
    index = indexed(documents, tokenizer, weights=tried)
    for question in QUESTIONS:
        ranked, _ = ranking(index, index.interpret(question), SHOWN)
        assert Asked(scored, Case("", question, (), ())).best(tried) == ranked[:SHOWN]
