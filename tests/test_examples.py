from collections.abc import Mapping
from pathlib import Path

import pytest

from retrieval.examples import example
from retrieval.index import Index
from retrieval.indexing.memory import indexed
from retrieval.library import Library
from retrieval.reading import read_folder
from retrieval.search import search
from retrieval.tokens import Tokenizer
from retrieval.verdicts import Verdict


@pytest.fixture
def index_of(tmp_path: Path, tokenizer: Tokenizer) -> "IndexOf":
    return IndexOf(tmp_path, tokenizer)


class IndexOf:
    """Write files into a folder and index it."""

    def __init__(self, folder: Path, tokenizer: Tokenizer) -> None:
        self.folder, self.tokenizer = folder, tokenizer

    def __call__(self, files: Mapping[str, str]) -> Index:
        for name, text in files.items():
            (self.folder / name).write_text(text, encoding="utf-8")
        return indexed(read_folder(self.folder).documents, self.tokenizer)


def test_the_example_of_the_sample_documents_is_found_in_them(sample_library: Library) -> None:
    assert sample_library.example is not None
    answer = search(sample_library.index, sample_library.example, 1)
    assert answer.verdict is Verdict.FOUND
    hit = answer.hits[0].passage
    assert sample_library.example in f"{hit.origin.title}{''.join(hit.headings)}{hit.text}"


def test_an_empty_index_has_no_example(tokenizer: Tokenizer) -> None:
    assert example(indexed((), tokenizer)) is None


def test_documents_of_nothing_but_numbers_have_no_example(index_of: IndexOf) -> None:
    assert example(index_of({"1.txt": "1, 2, 3\n10:30\n2024-03-01"})) is None


def test_a_heading_that_asks_comes_first(index_of: IndexOf) -> None:
    text = "# 渡口须知\n\n## 开船时间\n\n八点开船，六点收船。\n\n## 船票怎么买？\n\n在亭子里买，五分钱一张。"
    assert example(index_of({"a.md": text})) == "船票怎么买？"


def test_a_heading_is_given_without_its_number(index_of: IndexOf) -> None:
    text = "第一章 总则\n八点开船。\n第二章 船票的买法\n在亭子里买，五分钱一张，老人和孩子不用买票。"
    assert example(index_of({"渡口须知.txt": text})) == "船票的买法"


def test_without_headings_the_title_is_the_example(index_of: IndexOf) -> None:
    assert example(index_of({"渡口开船须知.txt": "八点开船，六点收船。"})) == "渡口开船须知"


def test_what_people_ask_for_comes_before_what_is_demanded(index_of: IndexOf) -> None:
    text = "第一章 强化作风建设\n大家都要早起。\n第二章 渡船的開放時間\n八点开船，六点收船，刮大风就停。"
    assert example(index_of({"渡口.txt": text})) == "渡船的開放時間"


def test_a_title_comes_before_a_heading_that_nobody_asks_for(index_of: IndexOf) -> None:
    text = "渡口开船须知\n\n第一章 强化作风建设\n大家都要早起。\n第二章 提高政治站位\n大家都要站好。"
    assert example(index_of({"渡口开船须知.txt": text})) == "渡口开船须知"


@pytest.mark.parametrize("heading", ["思想认识要到位", "我们必须早起", "不得迟到早退"])
def test_a_heading_that_demands_is_no_example(index_of: IndexOf, heading: str) -> None:
    text = f"第一章 {heading}\n{heading}，八点开船。\n第二章 {heading}\n还是{heading}，六点收船。"
    assert example(index_of({"3.txt": text})) is None


def test_a_part_of_a_sentence_is_no_example(index_of: IndexOf) -> None:
    assert example(index_of({"3.txt": "5月1日，渡船改在八点开，六点收。"})) is None


def test_a_heading_that_stands_over_many_passages_is_tried_once(index_of: IndexOf) -> None:
    chapters = "\n\n".join(f"## 怎么办？\n\n第{n}回说的是另一件事。" for n in range(30))
    files = {"a.md": f"# 渡口\n\n{chapters}\n\n## 船票的价格\n\n五分钱一张，老人和孩子不用买票。"}
    assert example(index_of(files)) == "船票的价格"
