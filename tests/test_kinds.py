import pytest

from retrieval.documents import Document
from retrieval.indexing.memory import indexed
from retrieval.kinds import wanted
from retrieval.readers.plain import read_plain
from retrieval.search import search
from retrieval.tokens import Tokenizer


@pytest.mark.parametrize(
    ("question", "answer", "none"),
    [
        ("图书馆几点关门", "晚上8:30闭馆", "自2024年4月1日起"),
        ("圖書館幾點關門", "下午六點閉館", "请保持安静"),
        ("什么时候交费", "三月底以前", "到窗口交"),
        ("星期几休息", "每週一闭馆", "每天都开"),
        ("是哪天发的", "发布日期：2024-03-05", "发布单位：青石镇"),
        ("能借多久", "借期三十天", "借期可以延长"),
        ("丢了罚多少钱", "补证收５元", "补证要收费"),
        ("覆盖率要达到多少", "达到60％以上", "要达到去年的水平"),
        ("服务台的电话", "0523-86391105", "请打电话"),
        ("台阶有多少级", "四十七级", "石头砌的台阶"),
    ],
)
def test_an_answer_is_told_by_the_kind_that_is_asked_for(question: str, answer: str, none: str) -> None:
    given = wanted(question)
    assert given is not None
    assert given.search(answer)
    assert not given.search(none)


@pytest.mark.parametrize("question", ["组长是谁", "怎么办借书证", "几何课的老师", "几乎没有人", ""])
def test_most_questions_want_no_kind(question: str) -> None:
    assert wanted(question) is None


def test_of_like_passages_the_one_with_the_kind_of_answer_comes_first(tokenizer: Tokenizer) -> None:
    texts = ("图书馆的大门在文昌路的北面", "图书馆的大门在晚上九点关上")
    documents = [
        Document(f"{n}.txt", f"{n}", content.text, content.paragraphs)
        for n, content in enumerate(map(read_plain, texts))
    ]
    index = indexed(documents, tokenizer)
    for question, first in (("图书馆大门几点关", "九点"), ("图书馆大门在哪里", "文昌路")):
        assert first in search(index, question, 2).hits[0].passage.text
