"""The figures, on cases small enough to check by hand."""

import json
from pathlib import Path

import pytest

from retrieval.evaluation.cases import Case, QuestionsError, figures, is_quoted, is_right, rank_of, read_cases

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


def test_a_source_may_be_a_path_and_then_its_folder_counts() -> None:
    case = Case("1", "?", ("规章/集市.txt",), (ARTICLE,))
    assert is_right(case, "规章/集市.txt", ARTICLE)
    assert is_right(case, "镇里/规章/集市.txt", ARTICLE)
    assert not is_right(case, "草稿/集市.txt", ARTICLE)
    assert not is_right(case, "集市.txt", ARTICLE)


@pytest.mark.parametrize("source", ["", ".", "/", "市.txt", "规章"])
def test_what_is_no_name_of_the_document_names_none(source: str) -> None:
    assert not is_right(Case("1", "?", (source,), (ARTICLE,)), "规章/集市.txt", ARTICLE)


def test_a_sentence_quotes_an_evidence_when_it_holds_half_of_its_runs() -> None:
    # 28 characters have 19 runs of ten, 19 characters hold 10 of them and 18 hold 9
    assert is_quoted(CASE, ARTICLE[:19])
    assert not is_quoted(CASE, ARTICLE[:18])
    assert is_quoted(CASE, "说：" + ARTICLE.replace("，", ",  "))


def test_a_sentence_quotes_an_evidence_shorter_than_a_run_when_it_holds_all_of_it() -> None:
    short = Case("1", "?", ("集市.txt",), ("罚款二十元",))
    assert is_quoted(short, "每次罚款二十元。")
    assert not is_quoted(short, "每次罚款十元。")
    assert is_quoted(short, "罚 款二十元")


def test_only_an_evidence_of_at_most_120_characters_is_asked_of_a_sentence() -> None:
    numbered = "".join(f"第{n:02}条规定，" for n in range(30))
    longest, longer = numbered[:120], numbered[:121]
    assert is_quoted(Case("1", "?", ("集市.txt",), (longest,)), longest)
    assert is_quoted(Case("1", "?", ("集市.txt",), (longer,)), longer) is None
    assert is_quoted(Case("1", "?", ("集市.txt",), (longer, ARTICLE)), longer) is False
    assert is_quoted(Case("1", "?", (), ()), ARTICLE) is None


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


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    return tmp_path / "questions.jsonl"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_questions_are_read_a_line_each(questions: Path, encoding: str) -> None:
    case = {"id": "a", "question": "几点开门", "sources": ["x.txt"], "evidence": ["八点"]}
    lines = [json.dumps(given, ensure_ascii=False) for given in (case, {"id": 7, "question": "股价"})]
    questions.write_text("\r\n\n".join(lines) + "\n", encoding=encoding)
    assert read_cases(questions) == [Case("a", "几点开门", ("x.txt",), ("八点",)), Case("7", "股价", (), ())]


def test_a_question_without_an_id_keeps_itself_for_one_wherever_it_stands(questions: Path) -> None:
    questions.write_text('\n{"question": "股价", "id": null, "sources": null}\n', encoding="utf-8")
    assert read_cases(questions) == [Case("股价", "股价", (), ())]


def test_what_json_takes_for_a_blank_ends_no_line(questions: Path) -> None:
    questions.write_text('{"question": "几点\u2028开门\x85"}', encoding="utf-8")
    assert read_cases(questions)[0].question == "几点\u2028开门\x85"


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        "{}",
        '"x"',
        '{"question": 3}',
        '{"question": " "}',
        '{"question": "x", "sources": 3}',
        '{"question": "x", "sources": "x.txt", "evidence": ["x"]}',
        '{"question": "x", "sources": ["x.txt"], "evidence": [""]}',
        '{"question": "x", "sources": ["x.txt"], "evidence": [5]}',
        '{"question": "x", "sources": ["x.txt"]}',
        '{"question": "x", "evidence": ["x"]}',
    ],
)
def test_a_line_that_is_no_question_is_an_error_that_names_it(questions: Path, line: str) -> None:
    questions.write_text('{"question": "好"}\n' + line, encoding="utf-8")
    with pytest.raises(QuestionsError, match="line 2: expected"):
        read_cases(questions)


def test_blank_lines_and_comments_are_nothing_and_counted_all_the_same(questions: Path) -> None:
    questions.write_text('# 船票\n\n ＃ 茶\n{"question": "茶 # 水"}\n  # 完\n{', encoding="utf-8")
    with pytest.raises(QuestionsError, match="line 6: expected"):
        read_cases(questions)
    questions.write_text(questions.read_text(encoding="utf-8")[:-1], encoding="utf-8")
    assert [case.question for case in read_cases(questions)] == ["茶 # 水"]


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("source", "sources"),
        ("Sources", "sources"),
        ("evidences", "evidence"),
        ("evidance", "evidence"),
        ("questions", "question"),
        ("ID", "id"),
        ("answer", "evidence"),
        ("file", "sources"),
    ],
)
def test_a_key_that_is_nearly_a_known_one_is_an_error_that_names_both(
    questions: Path, key: str, meant: str
) -> None:
    questions.write_text(json.dumps({"question": "x", key: ["x"]}), encoding="utf-8")
    with pytest.raises(QuestionsError, match=rf'line 1: .*"{key}" is not known, did you mean "{meant}"\?'):
        read_cases(questions)


@pytest.mark.parametrize("key", ["kind", "note", "", "难度", "difficulty", "type"])
def test_a_key_that_is_like_none_is_passed_over(questions: Path, key: str) -> None:
    questions.write_text(json.dumps({"question": "x", key: "y"}), encoding="utf-8")
    assert read_cases(questions) == [Case("x", "x", (), ())]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('{"question": "x"},', "a comma stands at its end"),
        ('{"question": "他说“好”"}， ', "a comma stands at its end"),
        ('{"question": "x",}', "a comma stands before }"),
        ('{"question": "x", "sources": ["a.txt", ], "evidence": ["x"]}', "a comma stands before }"),
        ("{“question”: “x”}", "Chinese marks such as “ ”"),
        ('{"question": "x”}', "Chinese marks such as “ ”"),
        ('{"question"："x"，"sources": []}', "Chinese marks such as “ ”"),
        ("{'question': 'x'}", "texts stand in ' '"),
        (r'{"question": "x", "sources": ["d\x.txt"], "evidence": ["x"]}', r"\ must be written twice"),
        ('{"question": "x"} {"question": "y"}', "each question stands on a line of its own"),
        ('{"question": "x"}, {"question": "y"}', "each question stands on a line of its own"),
        ("[", "the whole question stands on one line"),
        ('{"question": "x", ', "the whole question stands on one line"),
        ('[{"question": "x"}]', "a question is an object in { }"),
        ("几点开门", "it is no JSON from here on: 几点开门"),
        ('{"question": "x" x}', "it is no JSON from here on: x}"),
        pytest.param("[" * 200_000, "its brackets go too deep", id="brackets"),
        pytest.param("［" * 200_000, "it is no JSON from here on: ［［", id="wide brackets"),
        pytest.param(
            "\u3000" + "[" * 200_000, "it is no JSON from here on: ", id="a wide blank and brackets"
        ),
    ],
)
def test_what_is_the_matter_with_a_line_is_said_in_plain_words(
    questions: Path, line: str, words: str
) -> None:
    questions.write_text(line, encoding="utf-8")
    with pytest.raises(QuestionsError) as caught:
        read_cases(questions)
    assert words in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize("again", ['{"id": "a", "question": "茶"}', '{"question": "a"}'])
def test_an_id_that_comes_again_is_an_error_that_names_both_lines(questions: Path, again: str) -> None:
    questions.write_text('\n{"id": "a", "question": "船"}\n' + again, encoding="utf-8")
    with pytest.raises(QuestionsError, match='line 3: "a" is in line 2 already'):
        read_cases(questions)


@pytest.mark.parametrize("nothing", ["", "\n  \n"])
def test_a_file_without_questions_is_an_error_that_shows_how_to_write_one(
    questions: Path, nothing: str
) -> None:
    questions.write_text(nothing, encoding="utf-8")
    with pytest.raises(QuestionsError, match=r'holds no question; expected one a line, such as \{"question"'):
        read_cases(questions)


def test_a_file_that_is_not_there_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(QuestionsError, match=r"none\.jsonl cannot be read: No such file"):
        read_cases(tmp_path / "none.jsonl")


def test_a_file_that_is_no_text_is_an_error_that_names_it(questions: Path) -> None:
    questions.write_bytes(bytes(range(256)) * 20)
    with pytest.raises(QuestionsError, match=r"questions\.jsonl cannot be read: it is no text"):
        read_cases(questions)
