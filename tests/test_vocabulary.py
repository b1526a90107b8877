"""The owner's lists of words, as people write them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.problems import Problem, Reason
from retrieval.vocabulary import NO_WORDS, Vocabulary, is_vocabulary, meant_vocabulary, read_vocabulary


def terms(text: str) -> list[str]:
    vocabulary, problems = read_vocabulary([("_terms.txt", text)])
    assert problems == ()
    return list(vocabulary.terms)


def groups(text: str) -> list[tuple[str, ...]]:
    vocabulary, problems = read_vocabulary([("_synonyms.txt", text)])
    assert problems == ()
    return list(vocabulary.synonyms)


def problem(source: str, line: str) -> Problem:
    vocabulary, problems = read_vocabulary([(source, line)])
    assert vocabulary == NO_WORDS
    [found] = problems
    return found


@pytest.mark.parametrize(
    "name", ["_terms.txt", "_stopwords.txt", "_synonyms.txt", "_Synonyms.TXT", "_terms.txt.txt"]
)
def test_these_names_are_lists_of_words(name: str) -> None:
    assert is_vocabulary(name)


@pytest.mark.parametrize(
    "name", ["terms.txt", "_terms", "_terms.md", "_term.txt", "内/_terms.txt", "x_terms.txt"]
)
def test_other_names_are_none(name: str) -> None:
    assert not is_vocabulary(name)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("_synonym.txt", "_synonyms.txt"),
        ("synonyms.txt", "_synonyms.txt"),
        ("_Synonyms.md", "_synonyms.txt"),
        ("_synonyms", "_synonyms.txt"),
        ("＿synonyms.txt", "_synonyms.txt"),
        ("_stopword.txt", "_stopwords.txt"),
        ("_stop_words.txt", "_stopwords.txt"),
        ("_term.txt", "_terms.txt"),
    ],
)
def test_these_names_are_nearly_those_of_lists_of_words(name: str, meant: str) -> None:
    assert meant_vocabulary(name) == meant


@pytest.mark.parametrize(
    "name", ["_说明.txt", "_notes.txt", "term.txt", "teams.txt", "_items.md", "同义词.txt"]
)
def test_names_that_are_like_none_are_nearly_none(name: str) -> None:
    assert meant_vocabulary(name) is None


def test_each_list_is_read_into_its_own() -> None:
    files = [
        ("_stopwords.txt", "公司\n的\n公司"),
        ("_synonyms.txt", "土豆 马铃薯\n土豆 洋芋\n土豆 马铃薯"),
        ("_terms.txt", "青石镇\n四个一\n青石镇"),
    ]
    assert read_vocabulary(files) == (
        Vocabulary(("青石镇", "四个一"), frozenset({"公司", "的"}), (("土豆", "马铃薯"), ("土豆", "洋芋"))),
        (),
    )


def test_lists_whose_names_differ_in_capitals_only_are_read_together() -> None:
    vocabulary, _ = read_vocabulary([("_TERMS.txt", "青石镇"), ("_terms.txt", "四个一")])
    assert vocabulary.terms == ("青石镇", "四个一")


def test_comments_and_blank_lines_say_nothing() -> None:
    assert terms("# 地名\n\n青石镇 # 镇\n  \u3000\nC#\n　＃ 语言\n四个一\t#") == ["青石镇", "c#", "四个一"]


def test_words_are_folded() -> None:
    assert terms("圖書館\n３号线\nＩＳＯ　9001\nCafé") == ["图书馆", "三号线", "iso 9001", "cafe"]


def test_what_is_put_round_a_word_is_left_out() -> None:
    assert terms("“四个一”\n《渡口条例》\n「青石鎮」。\n河东渡，") == [
        "四个一",
        "渡口条例",
        "青石镇",
        "河东渡",
    ]


@pytest.mark.parametrize(
    ("line", "term"),
    [
        ("青石镇 5 ns", "青石镇"),
        ("卡拉OK 20 n", "卡拉ok"),
        ("easy_install 3 eng", "easy_install"),
        ("ISO 9001", "iso 9001"),
        ("iPhone 15 pro", "iphone 15 pro"),
        ("微信 app", "微信 app"),
        ("1,4-二氧六环", "1,4-二氧六环"),
        ("C++", "c++"),
        ("附件 1", "附件 1"),
        ("三号楼 502", "三号楼 502"),
        ("维生素 c", "维生素 c"),
        ("云计算 5", "云计算 5"),
    ],
)
def test_a_term_is_kept_whole_unless_a_frequency_and_a_part_of_speech_stand_behind_it(
    line: str, term: str
) -> None:
    assert terms(line) == [term]


@pytest.mark.parametrize(
    ("line", "term"),
    [
        ("云计算 5", "云计算"),
        ("创新办 i", "创新办"),
        ("Edu Trust认证 2000", "edu trust认证"),
        ("凱特琳", "凯特琳"),
        ("ISO 9001", "iso 9001"),
        ("iPhone 15 pro", "iphone 15 pro"),
    ],
)
def test_where_one_line_has_both_the_file_is_a_dictionary_for_jieba_and_either_may_stand_alone(
    line: str, term: str
) -> None:
    assert terms(f"{line}\n青石镇 5 ns") == [term, "青石镇"]
    assert terms(f"青石镇 5 ns\n{line}") == ["青石镇", term]


@pytest.mark.parametrize("line", ["镇", "“镇”", "C", "镇 5 n"])
def test_a_term_of_one_character_is_a_problem_that_says_what_is_expected(line: str) -> None:
    assert str(problem("_terms.txt", line)).startswith(
        "_terms.txt, line 1: one term is expected on a line, of 2 to 40 characters"
    )


def test_a_stopword_or_a_synonym_may_have_one_character() -> None:
    assert read_vocabulary([("_stopwords.txt", "请")]) == (Vocabulary(stopwords=frozenset({"请"})), ())
    assert groups("车 汽车") == [("车", "汽车")]


@pytest.mark.parametrize(
    ("line", "group"),
    [
        ("土豆 马铃薯\t洋芋\u3000山药蛋", ("土豆", "马铃薯", "洋芋", "山药蛋")),
        ("土豆,马铃薯，洋芋、山药蛋", ("土豆", "马铃薯", "洋芋", "山药蛋")),
        ("土豆;马铃薯；洋芋|山药蛋｜地蛋 = 土豆", ("土豆", "马铃薯", "洋芋", "山药蛋", "地蛋")),
        ("土豆：马铃薯、洋芋。", ("土豆", "马铃薯", "洋芋")),
        ("土豆/马铃薯 => 洋芋", ("土豆", "马铃薯", "洋芋")),
        ("“土豆”，，「马铃薯」", ("土豆", "马铃薯")),
        ("machine learning = 机器学习 ML", ("machine learning", "机器学习", "ml")),
        ("ISO 9001, 质量管理体系", ("iso 9001", "质量管理体系")),
        ("GB/T 国标 9001:2015", ("gb/t", "国标", "9001:2015")),
        ("machine learning", ("machine", "learning")),
    ],
)
def test_a_group_is_divided_by_commas_and_the_like_or_by_blanks(line: str, group: tuple[str, ...]) -> None:
    assert groups(line) == [group]


@pytest.mark.parametrize(
    "line", ["，。", "---", "青石镇、河东渡", "青石镇 河东渡", "青石镇,河东渡", "字" * 41, "12 3; 4"]
)
@pytest.mark.parametrize(("source", "reason"), [("_terms.txt", Reason.TERM), ("_stopwords.txt", Reason.WORD)])
def test_a_line_that_is_not_one_word_is_a_problem(source: str, reason: Reason, line: str) -> None:
    assert problem(source, line).reason is reason


@pytest.mark.parametrize(
    "line", ["土豆", "土豆 土豆", "圖書館 图书馆", "土豆 = ！", "， ，", "土豆 " + "字" * 41]
)
def test_a_line_without_two_different_words_is_a_problem(line: str) -> None:
    assert problem("_synonyms.txt", line).reason is Reason.GROUP


def test_a_word_of_forty_characters_is_read() -> None:
    assert terms("字" * 40) == ["字" * 40]


def test_a_bad_line_is_named_with_its_number_and_the_others_are_read() -> None:
    vocabulary, problems = read_vocabulary(
        [("_Synonyms.txt", "# 菜\r\n土豆 马铃薯\r\n\r\n洋芋 # ?\r\n车 汽车\r\n")]
    )
    assert vocabulary.synonyms == (("土豆", "马铃薯"), ("车", "汽车"))
    [problem] = problems
    assert str(problem) == (
        "_Synonyms.txt, line 4: "
        "two different words or more are expected on a line, with commas or blanks between them (洋芋)"
    )


def test_a_bad_line_is_shown_shortened_and_without_what_commands_a_terminal() -> None:
    shown = problem("_terms.txt", "\x1b[2J" + "很长" * 100).detail
    assert len(shown) == 40
    assert shown.startswith("\ufffd[2J很长")
    assert shown.endswith("…")


LINES = st.text(st.sampled_from("土豆图書A1 \t,，、=#。“"), max_size=12) | st.text(
    st.characters(exclude_categories=()), max_size=12
)


@settings(max_examples=150)
@given(
    lines=st.lists(LINES, max_size=4), name=st.sampled_from(["_terms.txt", "_stopwords.txt", "_synonyms.txt"])
)
def test_every_line_is_read_or_a_problem_or_says_nothing_and_none_harms_another(
    lines: list[str], name: str
) -> None:
    text = "\n".join(" ".join(line.splitlines()) for line in lines)
    alone = [read_vocabulary([(name, line)]) for line in text.split("\n")]
    together, problems = read_vocabulary([(name, text)])
    assert {*together.terms} == {term for one, _ in alone for term in one.terms}
    assert together.stopwords == {word for one, _ in alone for word in one.stopwords}
    assert {*together.synonyms} == {group for one, _ in alone for group in one.synonyms}
    assert [each.line for each in problems] == [n for n, (_, bad) in enumerate(alone, 1) if bad]
    for line, (one, bad) in zip(text.split("\n"), alone, strict=True):
        says_nothing = not line.split("#")[0].strip() or line.lstrip().startswith("＃")
        assert says_nothing or len(bad) == (one == NO_WORDS)
    words = [*together.terms, *together.stopwords, *(word for group in together.synonyms for word in group)]
    assert all(1 <= len(word) <= 40 and any(map(str.isalnum, word)) for word in words)
