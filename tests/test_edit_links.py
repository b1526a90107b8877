import pytest

from retrieval.boilerplate import with_boilerplate
from retrieval.edit_links import without_edit_links
from retrieval.readers import OURS


@pytest.mark.parametrize(
    "heading",
    [
        "历史发展 播报 编辑",
        "历史发展[编辑]",
        "历史发展 [编辑 | 编辑源代码]",
        "历史发展［編輯］",
        "历史发展[edit source]",
    ],
)
def test_links_to_edit_are_no_part_of_a_heading(heading: str) -> None:
    assert without_edit_links([heading]) == ["历史发展"]


def test_words_that_several_headings_end_with_at_once_are_links() -> None:
    assert without_edit_links(["历史发展播报编辑", "地理环境播报编辑"]) == ["历史发展", "地理环境"]


@pytest.mark.parametrize(
    "heading", ["新闻播报编辑", "图书编辑", "怎样编辑", "编辑", "[编辑]", "播报 编辑", "渡口（编辑部）"]
)
def test_editing_that_a_heading_is_about_stays(heading: str) -> None:
    assert without_edit_links([heading, "渡口"]) == [heading, "渡口"]


def test_a_document_is_headed_without_its_links_to_edit() -> None:
    content = with_boilerplate(
        OURS[".md"]("# 渡口\n\n## 历史 播报 编辑\n\n河上起雾了。\n\n## 雾[编辑]\n\n雾散了。\n")
    )
    assert [p.heading.text for p in content.paragraphs if p.heading] == ["渡口", "历史", "雾"]
    assert "## 历史 播报 编辑" in content.text
