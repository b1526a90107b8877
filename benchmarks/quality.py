"""The retriever beside its peers on sets of questions with known answers.

python -m benchmarks.quality SET [SET ...]

A SET is a folder with `documents/` and `questions.jsonl` (the README describes the form). The peers are what
one would otherwise write in an afternoon, over the documents' paragraphs, long ones cut at sentence ends:
stock rank-bm25 over jieba's words, jieba's search words with Lucene's idf, bigrams with the same (what
Lucene's CJK analyzer does), and SQLite's FTS5 with its trigram tokenizer.
"""

import argparse
import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import jieba
import numpy as np
from rank_bm25 import BM25Okapi

from retrieval.bm25 import BM25
from retrieval.evaluation.cases import SHOWN, Case, Figures, figures, rank_of, read_cases
from retrieval.folding import HAN
from retrieval.indexing.memory import indexed
from retrieval.reading import Folder, read_folder
from retrieval.search import search
from retrieval.sentences import fitting
from retrieval.tokens import Tokenizer

LONGEST_PARAGRAPH = 500
BIGRAM_RUN = re.compile(rf"[{HAN}]+|[a-z0-9.%]+")

Given = tuple[str, str]
Retriever = Callable[[str], Sequence[Given]]


def chuchu(folder: Folder) -> Retriever:
    """Ours."""
    with TemporaryDirectory() as derived:
        index = indexed(folder.documents, Tokenizer(Path(derived)))

    def ask(question: str) -> list[Given]:
        hits = search(index, question, SHOWN).hits
        return [(hit.passage.origin.source, hit.passage.text) for hit in hits]

    return ask


def rank_bm25_words(folder: Folder) -> Retriever:
    """BM25Okapi as it comes, over jieba's words."""
    rows = list(_paragraphs(folder))
    index = BM25Okapi([_words(text) for _, text in rows])

    def ask(question: str) -> list[Given]:
        scores = index.get_scores(_words(question))
        return [rows[i] for i in np.argsort(-scores, kind="stable")[:SHOWN] if scores[i] > 0]

    return ask


def search_words(folder: Folder) -> Retriever:
    """BM25 with Lucene's idf and defaults, over the words of jieba's search mode."""
    rows = list(_paragraphs(folder))
    index = BM25([_search_words(text) for _, text in rows], k1=1.2, b=0.75)
    return lambda question: [rows[i] for i, _ in index.top(_search_words(question), SHOWN)]


def bigrams(folder: Folder) -> Retriever:
    """BM25 with Lucene's idf and defaults, over Han bigrams."""
    rows = list(_paragraphs(folder))
    index = BM25([_bigrams(text) for _, text in rows], k1=1.2, b=0.75)
    return lambda question: [rows[i] for i, _ in index.top(_bigrams(question), SHOWN)]


def fts5_trigrams(folder: Folder) -> Retriever:
    """SQLite's full-text search, any trigram of the question."""
    rows = list(_paragraphs(folder))
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE paragraph USING fts5(text, tokenize='trigram')")
    database.executemany(
        "INSERT INTO paragraph(rowid, text) VALUES (?, ?)", ((i, t) for i, (_, t) in enumerate(rows))
    )

    def ask(question: str) -> list[Given]:
        letters = re.sub(r"\W", "", question)
        grams = " OR ".join(f'"{letters[i : i + 3]}"' for i in range(len(letters) - 2))
        query = "SELECT rowid FROM paragraph WHERE text MATCH ? ORDER BY rank LIMIT ?"
        return [rows[i] for (i,) in database.execute(query, (grams, SHOWN))] if grams else []

    return ask


RETRIEVERS = (chuchu, rank_bm25_words, search_words, bigrams, fts5_trigrams)


def _paragraphs(folder: Folder) -> Iterator[Given]:
    for document in folder.documents:
        for paragraph in document.paragraphs:
            text, piece = document.text[paragraph.span.start : paragraph.span.end], ""
            for sentence in fitting(text, LONGEST_PARAGRAPH):
                words = text[sentence.start : sentence.end]
                if piece and len(piece) + len(words) > LONGEST_PARAGRAPH:
                    yield document.source, piece
                    piece = ""
                piece += words
            yield document.source, piece


def _words(text: str) -> list[str]:
    return [word for word in jieba.cut(text.lower()) if word.strip()]


def _search_words(text: str) -> list[str]:
    return [word for word in jieba.cut_for_search(text.lower()) if any(map(str.isalnum, word))]


def _bigrams(text: str) -> list[str]:
    runs = BIGRAM_RUN.findall(text.lower())
    return [
        token
        for run in runs
        for token in (
            [run] if run.isascii() or len(run) == 1 else [run[i : i + 2] for i in range(len(run) - 1)]
        )
    ]


def measure(ask: Retriever, cases: Sequence[Case]) -> Figures:
    """The figures of a retriever on some cases."""
    ranks, lengths = [], []
    for case in cases:
        given = ask(case.question)
        ranks.append(rank_of(case, given))
        lengths += [len(passage) for _, passage in given]
    return figures(ranks, lengths)


def main() -> None:
    """Print a line a set and retriever."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sets", nargs="+", type=Path, metavar="SET")
    jieba.setLogLevel("ERROR")
    for folder in parser.parse_args().sets:
        documents = read_folder(folder / "documents")
        cases = [case for case in read_cases(folder / "questions.jsonl") if case.sources]
        for retriever in RETRIEVERS:
            print(
                f"{folder.name:12} {retriever.__name__:16} {measure(retriever(documents), cases)}", flush=True
            )


if __name__ == "__main__":
    main()
