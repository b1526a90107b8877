import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.letterheads import (
    is_amendment,
    is_bare_sort,
    is_imprint,
    is_issuer,
    is_letterhead,
    is_name,
    is_number,
    is_ruling,
    may_be_issuer,
    name_in,
)

FORMS = (
    is_amendment,
    is_bare_sort,
    is_imprint,
    is_issuer,
    is_letterhead,
    is_name,
    is_number,
    is_ruling,
    may_be_issuer,
)


@pytest.mark.parametrize(
    "line", ["青石市教育局文件", "青石市教育局 文件", "國務院辦公廳文件", "中共青石市委办公室文件"]
)
def test_what_an_office_prints_over_its_documents_is_its_letterhead(line: str) -> None:
    assert is_letterhead(line)


@pytest.mark.parametrize("line", ["文件", "青石大桥招标文件", "关于清理文件", "下列文件"])
def test_other_files_are_no_letterhead(line: str) -> None:
    assert not is_letterhead(line)


@pytest.mark.parametrize(
    "line",
    ["青石大學", "青石集团有限公司", "青石市人民政府", "浙江省青石市人民法院", "青石第一小学", "水务局"],
)
def test_whoever_issues_is_told_by_the_last_words(line: str) -> None:
    assert is_issuer(line)
    assert may_be_issuer(line)


@pytest.mark.parametrize("line", ["渡口", "青石镇", "全部", "《青石大学》", "教育局：青石大学", "局"])
def test_who_issues_nothing_is_none_who_issues(line: str) -> None:
    assert not is_issuer(line)


@pytest.mark.parametrize(
    "line", ["国办发〔2020〕1号", "國辦發[2020]1號", "（2023）青0105民初1234号", "2024年第5号", "公告第15号"]
)
def test_the_number_of_a_document_is_one_and_part_of_its_imprint(line: str) -> None:
    assert is_number(line)
    assert is_imprint(line)


@pytest.mark.parametrize("line", ["第5号渡船", "青石路15号", "2024年5月"])
def test_other_numbers_are_none_of_a_document(line: str) -> None:
    assert not is_number(line)


@pytest.mark.parametrize(
    "line",
    ["关于渡口", "集市管理办法", "集市管理辦法（試行）", "工作总结2", "民事判决书", "2024年度工作报告"],
)
def test_a_document_is_named_by_its_sort_or_by_what_it_is_about(line: str) -> None:
    assert is_name(line)


@pytest.mark.parametrize("line", ["渡口", "关于", "办法总比困难多", "说明：渡船停开", "图书"])
def test_other_lines_name_no_document(line: str) -> None:
    assert not is_name(line)


def test_a_sort_alone_says_no_more() -> None:
    assert is_bare_sort("【公告】")
    assert is_bare_sort("通知")
    assert not is_bare_sort("停水通知")
    assert not is_bare_sort("【渡口】")


def test_a_line_may_say_how_a_document_is_called() -> None:
    assert name_in("主题：渡口") == "渡口"
    assert name_in("题目：渡口　作者：闻树生") == "渡口"
    assert name_in("主题：") is None
    assert name_in("名称：渡口") == "渡口"


def test_what_is_added_to_a_title_belongs_to_it() -> None:
    assert is_amendment("（征求意见稿）")
    assert is_amendment("（2024年修订）")
    assert not is_amendment("（2024年3月1日）")
    assert not is_amendment("（渡口）")


@settings(max_examples=60)
@given(st.text(st.characters() | st.sampled_from("局文件关于办法号〔〕（）:1-★年月日星期晴"), max_size=40))
def test_what_a_line_is_does_not_depend_on_the_blanks_around_it(line: str) -> None:
    for form in FORMS:
        assert form(f"　{line} ") == form(line)


@pytest.mark.parametrize(
    "line",
    ["a-1" * 30_000, "局" * 50_000 + "文件", "编号" + " " * 50_000, "（" * 50_000, "机密" + "1" * 60 + "x"],
)
def test_a_line_that_is_made_to_take_long_is_nothing(line: str) -> None:
    assert not any(form(line) for form in FORMS)
