from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.boilerplate import with_boilerplate
from retrieval.documents import Document, Paragraph, Span
from retrieval.headings import TITLE
from retrieval.passages import JOINED, LONGEST, WINDOW, Passage, split
from retrieval.readers import OURS

LINES = st.sampled_from(
    [
        "第一章　雾",
        "一、目标",
        "（一）现状",
        "（二）经费。" + "每年拨款，" * 8,
        "# 手册",
        "## 入职",
        "“不卖。”秦守义说。",
        "河上起雾了，" * 20,
        "雾散的时候船来了。" * 60,
        "没有标点" * 300,
        "空" + " " * 1000 + "白",
        "1. 双肩包",
        "同志们：",
        "",
        "　　" + "缩进，" * 40,
    ]
)
BLANK = " \t\u3000\ufeff\u200b\n"


def document(text: str, ending: str = ".txt") -> Document:
    content = OURS[ending](text)
    return Document(f"a{ending}", content.title or "a", content.text, content.paragraphs)


DOCUMENTS = st.builds(document, st.lists(LINES, max_size=25).map("\n".join), st.sampled_from([".txt", ".md"]))


def inside(document: Document, passage: Passage) -> tuple[Paragraph, ...]:
    return document.paragraphs[passage.first - 1 : passage.last]


def placed(document: Document) -> Iterator[tuple[Passage, Span]]:
    """Yield the passages with their places in the document."""
    end = 0
    for passage in split(document):
        start = document.text.index(passage.text, end)
        end = start + len(passage.text)
        yield passage, Span(start, end)


def is_heading(paragraph: Paragraph) -> bool:
    return paragraph.heading is not None and paragraph.heading.alone


def texts(text: str, ending: str = ".txt") -> list[str]:
    return [passage.text for passage in split(document(text, ending))]


def paths(text: str, ending: str = ".txt") -> list[tuple[str, ...]]:
    return [passage.headings for passage in split(document(text, ending))]


@settings(max_examples=100, deadline=None)
@given(DOCUMENTS)
def test_put_together_they_are_the_document_and_only_blanks_are_between(document: Document) -> None:
    end = 0
    for passage, span in placed(document):
        assert document.text[end : span.start].strip(BLANK) == ""
        assert passage.text == passage.text.strip()
        assert 0 < len(passage.text) <= 600
        end = span.end
    assert document.text[end:].strip(BLANK) == ""


@settings(max_examples=100, deadline=None)
@given(DOCUMENTS)
def test_a_passage_knows_its_first_and_its_last_paragraph(document: Document) -> None:
    for passage, span in placed(document):
        overlapping = [
            number
            for number, paragraph in enumerate(document.paragraphs, 1)
            if paragraph.span.start < span.end and span.start < paragraph.span.end
        ]
        assert overlapping == list(range(passage.first, passage.last + 1))


@settings(max_examples=100, deadline=None)
@given(DOCUMENTS)
def test_no_passage_crosses_a_heading(document: Document) -> None:
    for passage in split(document):
        paragraphs = inside(document, passage)
        for above, paragraph in pairwise(paragraphs):
            assert paragraph.heading is None or is_heading(above)


@settings(max_examples=100, deadline=None)
@given(DOCUMENTS)
def test_the_heading_path_goes_inward_and_ends_with_the_passages_own(document: Document) -> None:
    for passage in split(document):
        above = {p.heading.text: p.heading.level for p in document.paragraphs[: passage.last] if p.heading}
        levels = [above[text] for text in passage.headings]
        assert levels == sorted(set(levels))
        own = [p.heading for p in inside(document, passage) if p.heading]
        assert not own or own[-1].level == TITLE or passage.headings[-1] == own[-1].text


def test_short_lines_join_up_to_a_length() -> None:
    lines = [f"“第{number}句话，不长也不短。”他说。" for number in "一二三四五六七八九十" * 4]
    joined = texts("\n".join(lines))
    assert all(len(text) <= JOINED for text in joined)
    assert all(len(text) > JOINED // 2 for text in joined[:-1])
    assert "\n".join(joined).splitlines() == lines


def test_paragraphs_of_some_length_stay_by_themselves() -> None:
    paragraph = "河上起雾了，船还没有来。" * 15
    assert texts(f"{paragraph}\n\n{paragraph}") == [paragraph, paragraph]


def test_a_very_short_paragraph_goes_with_the_next_however_long() -> None:
    paragraph = "河上起雾了，船还没有来。" * 30
    assert texts(f"{paragraph}\n分工如下：\n{paragraph}") == [paragraph, f"分工如下：\n{paragraph}"]


def test_the_longest_passage_has_600_characters() -> None:
    sentence = "雾散的时候，船来了。"
    assert [len(text) for text in texts(sentence * 60)] == [600]
    assert [len(text) for text in texts(sentence * 60 + "了")] == [300, 301]


def test_a_very_long_paragraph_is_cut_at_the_ends_of_sentences_into_like_windows() -> None:
    sentence = "雾散的时候船来了，船上坐着一个年轻人。"
    windows = texts(sentence * 60)
    assert "".join(windows) == sentence * 60
    assert all(window.endswith("。") for window in windows)
    lengths = [len(window) for window in windows]
    assert max(lengths) - min(lengths) <= 2 * len(sentence)


@pytest.mark.parametrize("length", [1, 100, 259, 300, 449, 451, 560, 599, 600, 601, 2000])
def test_headings_are_with_the_text_they_stand_over_whatever_its_length(length: int) -> None:
    above = "第一章　雾\n一、目标\n（一）现状"
    text = "雾散的时候，船来了。" * (length // 10) + "了" * (length % 10)
    first, *_ = split(document(f"{above}\n{text}"))
    assert first.text.startswith(above)
    assert len(first.text) > len(above)
    assert first.headings == ("第一章　雾", "一、目标", "（一）现状")
    assert (first.first, first.last) == (1, 4)
    assert len(first.text) <= 600


def test_a_title_goes_with_what_follows_and_is_not_in_the_path() -> None:
    text = "渡口\n第一章　雾\n河上起雾了。"
    assert texts(text) == [text]
    assert paths(text) == [("第一章　雾",)]
    sections = ["# 手册\n\n看这里。", "## 入职\n\n带身份证。"]
    assert texts("\n\n".join(sections), ".md") == sections
    assert paths("\n\n".join(sections), ".md") == [(), ("入职",)]


def test_a_heading_holds_until_one_of_its_level_or_above() -> None:
    text = "第一章　雾\n一、上午\n（一）渡口\n甲。\n（二）桥头\n乙。\n二、下午\n丙。\n第二章　铃\n丁。"
    assert paths(text) == [
        ("第一章　雾", "一、上午", "（一）渡口"),
        ("第一章　雾", "一、上午", "（二）桥头"),
        ("第一章　雾", "二、下午"),
        ("第二章　铃",),
    ]


def test_a_heading_does_not_hold_for_the_next_item_though_that_has_none() -> None:
    item = "六、做到少出门，" + "不串门，" * 20 + "不聚集。"
    text = f"第一章　雾\n五、关门。何时再开另定。\n照常打扫。\n{item}\n谢谢配合。"
    assert paths(text) == [("第一章　雾", "五、关门"), ("第一章　雾",)]
    assert texts(text)[1] == f"{item}\n谢谢配合。"


def test_a_salutation_ends_the_headings_of_a_speech() -> None:
    text = "一、认清形势\n形势很好。\n同志们：\n新的一年开始了。"
    assert paths(text) == [("一、认清形势",), ()]
    assert texts(text)[1] == "同志们：\n新的一年开始了。"


def test_a_list_stays_together_under_its_heading() -> None:
    text = "三、请给孩子准备\n1. 双肩包\n2. 水壶\n3. 运动鞋\n不带玻璃瓶。"
    assert texts(text) == [text]
    assert paths(text) == [("三、请给孩子准备",)]


def test_a_question_stays_with_its_answer() -> None:
    asked = [f"问：第{number}件事怎么办？\n答：{'先备案，后结算。' * 8}" for number in "一二三四"]
    assert texts("\n".join(asked)) == asked


NARRATION = "河上起雾了，船还没有来，" * 19 + "他等着。"


def test_a_speech_goes_with_who_makes_it() -> None:
    assert texts(
        f"{NARRATION}\n“卖不卖，你说了算，我只管摇船过河。”\n秦守义想了想，又看了看河上的雾，这才说道。"
    )[1:] == ["“卖不卖，你说了算，我只管摇船过河。”\n秦守义想了想，又看了看河上的雾，这才说道。"]


def test_a_speech_goes_with_who_announces_it() -> None:
    announced = "秦守义放下手里的桨，回过头来看了看岸上站着的人，慢慢说道："
    assert texts(f"{NARRATION}\n{announced}\n“不卖，多少钱都不卖。”")[1:] == [
        f"{announced}\n“不卖，多少钱都不卖。”"
    ]


def test_a_speech_of_several_paragraphs_stays_together() -> None:
    speech = "“这条船是我父亲留下的，我不能卖。\n船上的铜铃是我母亲挂上去的，也不能卖。”"
    assert texts(f"{NARRATION}\n{speech}")[1:] == [speech]


@pytest.mark.parametrize("said", [130, 250, 420])
def test_a_long_speech_is_not_parted_from_a_short_line_that_says_who_makes_it(said: int) -> None:
    speech = "“" + "不卖，" * (said // 3) + "不卖。”"
    assert texts(f"{NARRATION}\n{speech}\n秦守义说。")[1:] == [f"{speech}\n秦守义说。"]
    assert texts(f"{NARRATION}\n秦守义慢慢说道：\n{speech}")[1:] == [f"秦守义慢慢说道：\n{speech}"]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(["雾散了，船来了。" * 8, "河上起雾了。" * 20]), max_size=4),
    st.integers(1, 20),
    st.sampled_from(["秦守义说。", "他想了想，又看了看河上的雾，这才开口。"]),
)
def test_no_passage_ends_between_a_speech_and_its_speaker(above: list[str], words: int, speaker: str) -> None:
    speech = "“" + "不卖就是不卖，" * words + "走吧。”"
    found = texts("\n".join([*above, speech, speaker, *above]))
    assert any(f"{speech}\n{speaker}" in text for text in found)


def test_a_sentence_that_fits_is_never_cut() -> None:
    sentence = "雾散的时候船来了，" * 55 + "他上了船。"
    short = "河上起雾了。" * 20
    assert WINDOW < len(sentence) < LONGEST
    assert texts(short + sentence + short) == [short, sentence, short]


@pytest.mark.parametrize(
    ("row", "path"),
    [
        (f"便民桥,{'桥在东街，人来人往。' * 100},36", ("项目: 便民桥", "说明")),
        (f"{'便民' * 40},{'桥在东街，人来人往。' * 100},36", ("项目", "说明")),
        (f"{'桥在东街，人来人往。' * 100},好,36", ("项目",)),
    ],
)
def test_the_windows_of_a_row_know_its_first_field_and_their_column(row: str, path: tuple[str, ...]) -> None:
    table = document(f"项目,说明,数量\n{row}\n文化站,在西街,2\n", ".csv")
    first, *windows, last = split(table)
    assert len(windows) > 1
    assert (first.headings, last.headings) == ((), ())
    assert [window.headings for window in windows] == [path] * len(windows)
    assert all(part in table.text for part in path)


def test_boilerplate_is_in_passages_of_its_own() -> None:
    content = with_boilerplate(
        OURS[".txt"](f"您的当前位置：首页\n渡口\n{NARRATION}\n扫一扫\n二维码\n{NARRATION}")
    )
    passages = split(Document("a.txt", "渡口", content.text, content.paragraphs))
    assert [(passage.text, passage.boilerplate) for passage in passages] == [
        ("您的当前位置：首页", True),
        (f"渡口\n{NARRATION}", False),
        ("扫一扫\n二维码", True),
        (NARRATION, False),
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"# 渡口\n\n## 晨雾\n\n扫一扫\n\n## 桥\n\n{NARRATION}",
        f"# 渡口\n\n{NARRATION}\n\n## 晨雾\n\n扫一扫",
        f"# 渡口\n\n## 晨雾\n\n## 桥\n\n扫一扫\n\n{NARRATION}",
        "# 晨雾\n\n扫一扫",
    ],
)
def test_a_heading_over_nothing_but_boilerplate_can_be_found(text: str) -> None:
    content = with_boilerplate(OURS[".md"](text))
    passages = split(Document("a.md", "渡口", content.text, content.paragraphs))
    assert [passage.boilerplate for passage in passages if "晨雾" in passage.text] == [False]
    assert ("扫一扫", True) in [(passage.text, passage.boilerplate) for passage in passages]


def test_a_heading_is_no_answer_where_boilerplate_parts_it_from_its_text() -> None:
    content = with_boilerplate(OURS[".txt"](f"第一章 雾\n扫一扫\n第一节 桥\n扫一扫\n{NARRATION}"))
    passages = split(Document("a.txt", "a", content.text, content.paragraphs))
    assert [(passage.text, passage.headings) for passage in passages if not passage.boilerplate] == [
        (NARRATION, ("第一章 雾", "第一节 桥"))
    ]


def test_a_rule_parts_no_heading_from_its_text_and_is_not_shown() -> None:
    content = with_boilerplate(OURS[".txt"](f"渡口\n========\n{NARRATION}"))
    [passage] = split(Document("a.txt", "渡口", content.text, content.paragraphs))
    assert not passage.boilerplate
    assert [passage.text[part.span.start : part.span.end] for part in passage.body] == [NARRATION]


def test_a_document_without_paragraphs_has_no_passages() -> None:
    assert split(Document("a.txt", "a", "", ())) == ()


def test_a_speech_that_closes_a_talk_stays_with_it() -> None:
    talk = "\n".join(["秦守义望着河面，" * 9 + "问：", "“" + "明天的船，" * 30 + "还开不开？”", "“开！”"])
    scene = "隔天上午，铜铃响过三遍，一个穿灰布长衫的客人走下石阶，上了船。"
    assert texts(f"{talk}\n{scene}") == [talk, scene]
