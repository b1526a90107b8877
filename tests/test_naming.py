import unicodedata

import pytest

from bot.naming import document_and_rest, documents_named, name_and_rest
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
        ("《差旅 报销》住宿多少", 1, "住宿多少"),
        ("渡口 几点开", 2, "几点开"),
        ("渡口\n几点 开", 2, "几点 开"),
        ("渡口　几点 开", 2, "几点 开"),
        ("差旅 报销办法\n住宿多少", 1, "住宿多少"),
        ("图书馆 几点开", 4, "几点开"),
        ("渡口管理", 3, ""),
        ("办法 几点开", None, "几点开"),
        ("《 办法 》几点 开", None, "几点 开"),
        ("年鉴 几点开", None, "几点开"),
        ("", None, ""),
    ],
)
def test_a_document_is_meant_by_its_title_or_its_file(said: str, document: int | None, rest: str) -> None:
    assert document_and_rest(DOCUMENTS, said)[0] == document
    if document is not None:
        assert document_and_rest(DOCUMENTS, said)[1] == rest
        # As below a button, where it is known which document is meant.
        assert document_and_rest([DOCUMENTS[document]], said) == (0, rest)


def test_who_is_called_just_so_comes_before_those_that_have_it_in_their_names() -> None:
    assert documents_named(DOCUMENTS, "渡口") == [2]
    assert documents_named(DOCUMENTS, "渡口管") == [3]
    assert documents_named(DOCUMENTS, "办法") == [1, 3]
    assert documents_named(DOCUMENTS, " ") == []


@pytest.mark.parametrize("name", ["《渡口》", "“渡口”", '"渡口.txt"', "「渡口」", " 《 渡口 》 "])
def test_what_stands_round_a_name_is_not_part_of_it(name: str) -> None:
    assert documents_named(DOCUMENTS, name) == [2]


def test_marks_that_are_part_of_a_name_are_found() -> None:
    named = [Origin("选读.txt", "《论语》"), Origin("论语.txt", "论语")]
    assert documents_named(named, "《论语》") == [0]
    assert documents_named(named, "论语") == [1]


@pytest.mark.parametrize(
    ("said", "name", "rest"),
    [
        ("《差旅 报销》住宿多少", "差旅 报销", "住宿多少"),
        ("渡口\t几点 开", "渡口", "几点 开"),
        ("渡口几点开", "渡口几点开", ""),
        ("《》几点开", "", "几点开"),
        (" ", "", ""),
    ],
)
def test_a_name_ends_where_its_quotation_does_or_at_white_space(said: str, name: str, rest: str) -> None:
    assert name_and_rest(said) == (name, rest)


def test_of_several_that_are_called_alike_none_is_meant() -> None:
    alike = [Origin("新/差旅 报销.txt", "差旅 报销"), Origin("旧/差旅 报销.txt", "差旅 报销"), *DOCUMENTS[2:]]
    assert document_and_rest(alike, "差旅 报销 住宿多少") == (None, "住宿多少")
    assert document_and_rest(alike, "《差旅 报销》住宿多少") == (None, "住宿多少")
    assert document_and_rest(alike, "旧/差旅 报销.txt 住宿多少") == (1, "住宿多少")


def test_a_document_is_meant_however_its_name_is_composed() -> None:
    plain, mac = (unicodedata.normalize(form, "ガイド 本.txt") for form in ("NFC", "NFD"))
    assert document_and_rest([Origin(mac, mac)], f"{plain} 几点开") == (0, "几点开")
    assert documents_named([Origin(mac, mac), Origin(plain, plain)], plain) == [0, 1]
