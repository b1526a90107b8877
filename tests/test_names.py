import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.boilerplate import with_boilerplate
from retrieval.names import BEGINNING, named, title_of
from retrieval.problems import on_one_line
from retrieval.readers import OURS
from retrieval.reading import document_of

TEXT = "河上起雾了。船还没有来。"


@pytest.mark.parametrize("source", ["集市管理办法.txt", "000_2eacb57a2f146991.txt"])
def test_a_document_is_called_what_it_calls_itself(source: str) -> None:
    assert title_of("渡口", source, TEXT) == "渡口"


@pytest.mark.parametrize(
    ("own", "shown"),
    [
        ("渡口 - 青石网", "渡口"),
        ("渡口_青石小说网", "渡口"),
        ("【转载】渡口.docx", "渡口"),
        ("青石网", "青石网"),
    ],
)
def test_what_a_site_adds_to_a_title_is_left_out(own: str, shown: str) -> None:
    assert title_of(own, "a.html", TEXT) == shown


@pytest.mark.parametrize(
    ("source", "title"),
    [
        ("集市管理办法.txt", "集市管理办法"),
        ("规章/2024/集市管理办法.docx", "集市管理办法"),
        ("集市管理办法 - 副本.docx", "集市管理办法"),
        ("集市管理办法(1).docx", "集市管理办法"),
        ("集市管理办法（2） (1).pdf", "集市管理办法"),
        ("集市管理办法-青石网.html", "集市管理办法"),
        ("2024年3月会议纪要最终版.docx", "2024年3月会议纪要最终版"),
        ("20240314会议纪要.txt", "20240314会议纪要"),
        ("3 渡口.txt", "3 渡口"),
        ("渡.txt", "渡"),
        ("README.md", "README"),
        ("GBT22239-2019.pdf", "GBT22239-2019"),
        ("covid19vaccine2021.md", "covid19vaccine2021"),
        ("新建渡口的方案.docx", "新建渡口的方案"),
        (".渡口", ".渡口"),
    ],
)
def test_a_document_that_names_nothing_is_called_as_its_file_is(source: str, title: str) -> None:
    assert title_of(None, source, TEXT) == title


@pytest.mark.parametrize(
    "stem",
    [
        "000_2eacb57a2f146991",
        "2eacb57a2f146991",
        "3f2504e0-4f89-41d3-9a0c-0305e82cabcd",
        "k3x9q2w7",
        "1",
        "2024-03-14",
        "20240314_103322",
        "IMG_2024",
        "DSC00012",
        "mmexport1710383838",
        "WeChat Image_20240314",
        "scan0001",
        "Document1",
        "Untitled-2",
        "download (3)",
        "New Text Document",
        "新建文本文档 (2)",
        "新建 Microsoft Word 文档",
        "無標題文檔1",
        "未命名",
        "附件1",
        "微信图片_20240314",
        "扫描 (3)",
        "屏幕截图 2024-03-14",
        "终稿",
        "最终版(2)",
        "___",
    ],
)
def test_a_name_that_nobody_gave_is_not_shown(stem: str) -> None:
    assert title_of(None, f"{stem}.txt", TEXT) == "河上起雾了"
    assert named("河上起雾了", f"{stem}.txt") == "河上起雾了"


def test_the_beginning_of_a_text_stands_for_its_title() -> None:
    assert title_of(None, "1.txt", "　　>河上起雾了。船不开。\n灯亮了") == "河上起雾了"
    assert title_of(None, "1.txt", "闻树生 <wen@example.com>") == "闻树生 <wen@example.com>"
    assert title_of(None, "1.txt", "") == "1"


def test_below_what_a_site_puts_over_it_a_text_begins() -> None:
    content = with_boilerplate(OURS[".txt"]("首页 > 新闻\n\n阅读全文\n\n　　>河上起雾了。船不开。"))
    assert document_of(content, "1.txt").title == "河上起雾了"


def test_a_long_beginning_is_shortened() -> None:
    title = title_of(None, "1.txt", "雾" * (BEGINNING + 1))
    assert title == "雾" * (BEGINNING - 1) + "…"
    assert title_of(None, "1.txt", "雾" * BEGINNING) == "雾" * BEGINNING


@pytest.mark.parametrize("text", ["", "\n", "。。", "阅读全文"])
def test_a_document_always_has_a_title(text: str) -> None:
    assert title_of(None, "1.txt", text)


def test_a_document_is_found_by_what_its_files_name_says_beside_its_title() -> None:
    assert named("渡口", "闻树生短篇.txt") == "渡口\n闻树生短篇"
    assert named("集市管理办法（试行）", "集市管理办法.txt") == "集市管理办法（试行）"
    assert named("渡口", "000_2eacb57a2f146991.txt") == "渡口"


@settings(max_examples=150)
@given(
    st.text(max_size=40) | st.sampled_from(["", "渡口"]),
    st.text(min_size=1, max_size=20).filter(lambda name: "/" not in name),
)
def test_a_title_is_never_empty_whatever_the_name_and_the_text(text: str, stem: str) -> None:
    assert title_of(None, f"{stem}.txt", text)


@settings(max_examples=60)
@given(st.text(st.characters() | st.sampled_from("渡口-_网【】. "), min_size=1, max_size=30))
def test_a_cleaned_title_stays_as_it_is(own: str) -> None:
    once = title_of(own, "1.txt", TEXT)
    assert title_of(once, "1.txt", TEXT) == once
    says_nothing = once == title_of(None, "1.txt", TEXT)  # as "text" does, which programs call a text
    assert says_nothing or once in on_one_line(own)


@pytest.mark.parametrize("own", ["无标题文档", "Untitled", "目 录", "Document1"])
def test_a_title_that_says_nothing_is_not_shown(own: str) -> None:
    assert title_of(own, "集市管理办法.docx", TEXT) == "集市管理办法"
    assert title_of(own, "1.docx", TEXT) == "河上起雾了"
