import pytest

from bot.naming import document_and_rest, documents_named
from retrieval.documents import Origin

DOCUMENTS = [
    Origin("员工手册.docx", "箬篷竹器新员工手册"),
    Origin("制度/差旅 报销.md", "差旅 报销办法"),
    Origin("渡口.txt", "渡口"),
    Origin("渡口管理.txt", "渡口管理办法"),
    Origin("圖書館.txt", "圖書館借閱須知"),
]


@pytest.mark.parametrize(
    ("said", "document", "rest"),
    [
        ("员工手册 年假几天", 0, "年假几天"),
        ("员工手册.docx 年假几天", 0, "年假几天"),
        ("手册　年假几天", 0, "年假几天"),
        ("《箬篷竹器新员工手册》年假几天", 0, "年假几天"),
        ("差旅 报销 住宿多少", 1, "住宿多少"),
        ("“差旅 报销办法” 住宿多少", 1, "住宿多少"),
        ("渡口 几点开", 2, "几点开"),
        ("图书馆 几点开", 4, "几点开"),
        ("渡口管理", 3, ""),
        ("办法 几点开", None, "几点开"),
        ("年鉴 几点开", None, "几点开"),
        ("", None, ""),
    ],
)
def test_a_document_is_meant_by_its_title_or_its_file(said: str, document: int | None, rest: str) -> None:
    found = document_and_rest(DOCUMENTS, said)
    assert found[0] == document
    if document is not None:
        assert found[1] == rest


def test_who_is_called_just_so_comes_before_those_that_have_it_in_their_names() -> None:
    assert documents_named(DOCUMENTS, "渡口") == [2]
    assert documents_named(DOCUMENTS, "渡口管") == [3]
    assert documents_named(DOCUMENTS, "办法") == [1, 3]
    assert documents_named(DOCUMENTS, " ") == []
