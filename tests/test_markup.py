from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.terminal.markup import FormattedText, Span, UnparsableError, parse


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("b", "bold"),
        ("strong", "bold"),
        ("i", "italic"),
        ("em", "italic"),
        ("u", "underline"),
        ("s", "strikethrough"),
        ("code", "code"),
        ("pre", "pre"),
        ("blockquote", "blockquote"),
        ("tg-spoiler", "spoiler"),
    ],
)
def test_each_tag_makes_its_entity(tag: str, kind: str) -> None:
    assert parse(f"一<{tag}>二三</{tag}>四") == FormattedText("一二三四", (Span(kind, 1, 3),))


def test_attributes_make_links_expandable_quotes_and_spoilers() -> None:
    assert parse('<a href="http://a.b/?c=1&amp;d=2">字</a>').spans == (
        Span("text_link", 0, 1, "http://a.b/?c=1&d=2"),
    )
    assert parse("<blockquote expandable>字</blockquote>").spans == (Span("expandable_blockquote", 0, 1),)
    assert parse('<span class="tg-spoiler">字</span>').spans == (Span("spoiler", 0, 1),)


def test_nested_tags_make_nested_spans() -> None:
    assert parse("<blockquote>甲<b>乙</b></blockquote>").spans == (
        Span("bold", 1, 2),
        Span("blockquote", 0, 2),
    )


def test_a_tag_round_nothing_leaves_no_span() -> None:
    assert parse("甲<b></b>") == FormattedText("甲")


@pytest.mark.parametrize(
    "markup",
    [
        "<b>没有结束",
        "没有开始</b>",
        "<b><i>交错</b></i>",
        "<div>不认识</div>",
        "换行<br>",
        "换行<br/>",
        "<b/>",
        "<span>没有类</span>",
        "1 < 2",
        "1 <2",
        "结尾 <",
        "结尾 <b",
        "结尾 <a href='x",
        "<!-- 注释 -->",
        "<!DOCTYPE html>",
        "<?php ?>",
        "<![CDATA[字]]>",
        "<script>1 < 2</script>",
    ],
)
def test_what_telegram_cannot_parse_is_refused(markup: str) -> None:
    with pytest.raises(UnparsableError):
        parse(markup)


def test_the_refusal_says_what_is_wrong() -> None:
    with pytest.raises(UnparsableError, match='unsupported start tag "div"'):
        parse("<div>字</div>")
    with pytest.raises(UnparsableError, match='expected "</i>", found "</b>"'):
        parse("<b><i>字</b></i>")


def test_only_the_references_telegram_knows_are_replaced() -> None:
    assert parse("&lt;&gt;&amp;&quot;&#20013;&#x6587;").text == '<>&"中文'
    assert (
        parse("&nbsp;&copy;&hellip; a & b &#0; &#xD800; &#;").text
        == "&nbsp;&copy;&hellip; a & b &#0; &#xD800; &#;"
    )
    assert parse("&amp;lt;").text == "&lt;"


@settings(max_examples=100)
@given(st.text(alphabet="<>&\"'/!?-;#x0ltamp \n\r\t中𠮷\u200d\ufeff"))
def test_escaped_text_is_read_back_as_it_was(text: str) -> None:
    assert parse(escape(text)) == FormattedText(text)
