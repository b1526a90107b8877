from retrieval.documents import Document
from retrieval.indexing.memory import indexed
from retrieval.library import Library
from retrieval.outline import Entry, outline
from retrieval.readers.plain import read_plain
from retrieval.tokens import Tokenizer


def test_the_outline_has_each_heading_once_in_order_with_what_it_stands_over(tokenizer: Tokenizer) -> None:
    lines = (
        "办法",
        "第一章 总则",
        "第一条 本办法适用于集市。",
        "第二条 集市逢五开。",
        "第二章 罚则",
        "第三条 违者罚款。",
    )
    content = read_plain("\n\n".join(lines))
    index = indexed([Document("a.txt", "办法", content.text, content.paragraphs)], tokenizer)
    entries = outline(index, 0)
    assert [(entry.heading, entry.depth) for entry in entries] == [
        ("第一章 总则", 0),
        ("第一条", 1),
        ("第二条", 1),
        ("第二章 罚则", 0),
        ("第三条", 1),
    ]
    for entry in entries:
        assert entry.heading in index.passages[entry.passage].headings


def test_a_document_without_headings_has_none(tokenizer: Tokenizer) -> None:
    content = read_plain("渡船从八点开到六点，下雨的日子不开，水大的日子也不开。")
    index = indexed([Document("a.txt", "a", content.text, content.paragraphs)], tokenizer)
    assert outline(index, 0) == ()


def test_every_entry_leads_to_a_passage_of_its_document(sample_library: Library) -> None:
    index = sample_library.index
    for document in range(len(index.documents)):
        entries = outline(index, document)
        numbers = [entry.passage for entry in entries]
        assert numbers == sorted(numbers)
        assert all(isinstance(entry, Entry) for entry in entries)
        assert {*numbers} <= {*index.passages_of(document)}
