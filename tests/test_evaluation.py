"""The figures, on cases small enough to check by hand."""

import json
from pathlib import Path

import pytest

from retrieval.evaluation import Case, QuestionsError, figures, is_right, rank_of, read_cases

ARTICLE = "收市后不打扫摊位的，第一次提醒，第二次起每次罚款二十元。"
CASE = Case("1", "不打扫罚多少", ("集市.txt",), (ARTICLE,))


def test_a_passage_that_holds_the_evidence_is_right() -> None:
    assert is_right(CASE, "集市.txt", f"第二十条　{ARTICLE}其他略。")
    assert is_right(CASE, "规章/集市.txt", ARTICLE)


def test_width_case_and_white_space_make_no_difference() -> None:
    assert is_right(CASE, "集市.txt", ARTICLE.replace("，", ",\n　"))


def test_half_of_the_evidence_is_enough_and_less_is_not() -> None:
    runs = len(ARTICLE) - 9  # 28 characters have 19 runs of ten
    half = ARTICLE[: runs // 2 + 1 + 9]
    assert is_right(CASE, "集市.txt", half)
    assert not is_right(CASE, "集市.txt", half[:-3])


def test_a_passage_inside_a_long_evidence_is_right() -> None:
    long = Case("1", "?", ("集市.txt",), ("".join(f"第{n}条各有各的规定，" for n in range(40)),))
    assert is_right(long, "集市.txt", long.evidence[0][30:60])


def test_a_passage_of_another_document_is_wrong() -> None:
    assert not is_right(CASE, "图书馆.txt", ARTICLE)


def test_a_passage_over_600_characters_is_no_answer() -> None:
    assert is_right(CASE, "集市.txt", ARTICLE + "别" * (600 - len(ARTICLE)))
    assert not is_right(CASE, "集市.txt", ARTICLE + "别" * (601 - len(ARTICLE)))


def test_the_rank_is_that_of_the_first_right_hit_among_ten() -> None:
    wrong, right = ("图书馆.txt", ARTICLE), ("集市.txt", ARTICLE)
    assert rank_of(CASE, [wrong, right, right]) == 2
    assert rank_of(CASE, [wrong] * 10 + [right]) is None
    assert rank_of(CASE, []) is None


def test_the_figures_are_shares_of_all_questions() -> None:
    # first, third, never and tenth: (1 + 1/3 + 0 + 1/10) / 4
    got = figures([1, 3, None, 10], [100, 300])
    assert (got.n, got.hit1, got.hit3, got.hit10) == (4, 0.25, 0.5, 0.75)
    assert got.mrr == pytest.approx((1 + 1 / 3 + 1 / 10) / 4)
    assert got.chars == 200
    assert "MRR@10 0.358" in str(got)


def test_no_questions_have_figures_too() -> None:
    assert figures([], []).mrr == 0


def test_questions_are_read_a_line_each(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    case = {"id": "a", "question": "几点开门", "sources": ["x.txt"], "evidence": ["八点"]}
    path.write_text(json.dumps(case) + "\n\n" + json.dumps({"question": "股价"}) + "\n", encoding="utf-8-sig")
    assert read_cases(path) == [Case("a", "几点开门", ("x.txt",), ("八点",)), Case("3", "股价", (), ())]


@pytest.mark.parametrize("line", ["{", "[]", "{}", '"x"', '{"question": "x", "sources": 3}'])
def test_a_line_that_is_no_question_is_an_error_that_names_it(tmp_path: Path, line: str) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text('{"question": "好"}\n' + line, encoding="utf-8")
    with pytest.raises(QuestionsError, match="line 2: expected"):
        read_cases(path)


def test_a_file_that_is_not_there_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(QuestionsError, match=r"none\.jsonl cannot be read"):
        read_cases(tmp_path / "none.jsonl")
