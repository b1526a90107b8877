"""Cases that no passage can answer."""

from retrieval.evaluation.cases import Case
from retrieval.evaluation.evidence import unfounded

TEXT = "第二十条　收市后不打扫摊位的，第一次提醒，\n第二次起每次罚款二十元。"
TEXTS = {"规章/集市.txt": TEXT, "茶.txt": "水要滚，茶要少。"}


def case(source: str, *evidence: str) -> Case:
    return Case("1", "?", (source,), evidence)


def test_an_evidence_that_stands_in_its_source_is_founded_wherever_lines_end() -> None:
    cases = [case("集市.txt", "第一次提醒，第二次起每次罚款"), case("规章/集市.txt", "别处", "罚款 二十元")]
    assert unfounded(cases, TEXTS, [*TEXTS.values()].__getitem__) == []


def test_half_of_an_evidence_is_enough() -> None:
    evidence = "收市后不打扫摊位的，第一次提醒"  # 15 characters, 6 runs; the first three are 12 characters
    assert unfounded([case("集市.txt", evidence[:12] + "甲乙丙")], TEXTS, [*TEXTS.values()].__getitem__) == []
    wrong = case("集市.txt", evidence[:11] + "甲乙丙丁")
    assert unfounded([wrong], TEXTS, [*TEXTS.values()].__getitem__) == [wrong]


def test_a_mistyped_source_or_one_of_another_folder_is_unfounded() -> None:
    cases = [case("集市.md", "罚款二十元"), case("草稿/集市.txt", "罚款二十元"), case("茶.txt", "罚款二十元")]
    assert unfounded(cases, TEXTS, [*TEXTS.values()].__getitem__) == cases


def test_a_document_is_read_once_however_many_cases_name_it_and_never_when_none_does() -> None:
    cases = [case("集市.txt", "没有的话"), case("集市.txt", "罚款二十元"), case("规章/集市.txt", "别的话")]
    read: list[int] = []

    def text_of(number: int) -> str:
        read.append(number)
        return [*TEXTS.values()][number]

    assert unfounded(cases, TEXTS, text_of) == [cases[0], cases[2]]
    assert read == [0]
