"""Reading PowerPoint files: what python-pptx writes, what only others write, and what LibreOffice made."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pptx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.presentation import Presentation
from pptx.slide import Slide
from pptx.util import Cm

from retrieval.documents import Content
from retrieval.listing import File
from retrieval.problems import Reason, UnreadableError
from retrieval.readers.office.slides import read
from retrieval.reading import Reader

FILES = Path(__file__).parent / "files"
COVER, TITLED, BESIDE, BARE = 0, 1, 3, 6
"""Layouts that the library comes with."""

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
LONG = "青石镇去年修桥三座，铺路九里，装灯一百二十盏。" * 4
COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)

VISIBLE = st.text(
    st.sampled_from("青石镇渡口桥东西南北臺灣的。，、：（）abcXYZ019.,-"), min_size=1, max_size=30
)


def lines(content: Content) -> list[str]:
    return [content.text[p.span.start : p.span.end] for p in content.paragraphs]


def headings(content: Content) -> list[tuple[int, str]]:
    return [(p.heading.level, p.heading.text) for p in content.paragraphs if p.heading]


def read_saved(deck: Presentation) -> Content:
    saved = BytesIO()
    deck.save(saved)
    return read(saved)


def add(deck: Presentation, layout: int, *texts: str) -> Slide:
    """A slide whose places, the title first, hold some texts."""
    slide = deck.slides.add_slide(deck.slide_layouts[layout])
    for place, text in zip(slide.placeholders, texts, strict=False):
        place.text_frame.text = text
    return slide


def write(slide: Slide, left: float, top: float, text: str) -> None:
    slide.shapes.add_textbox(Cm(left), Cm(top), Cm(5), Cm(1)).text_frame.text = text


@settings(max_examples=10)
@given(st.lists(st.lists(VISIBLE, min_size=1, max_size=4), min_size=1, max_size=3))
def test_paragraphs_that_are_written_are_read(slides: list[list[str]]) -> None:
    deck = pptx.Presentation()
    for texts in slides:
        write(add(deck, BARE), 1, 1, "\n".join(texts))
    content = read_saved(deck)
    assert lines(content) == [text for texts in slides for text in texts]
    assert [p.page for p in content.paragraphs] == [
        page for page, texts in enumerate(slides, 1) for _ in texts
    ]


def test_a_slide_is_a_section_under_its_title() -> None:
    deck = pptx.Presentation()
    add(deck, COVER, "青石镇工作汇报", "镇人民政府")
    add(deck, TITLED, "防汛", "雨后巡查。\n备沙袋。")
    add(deck, TITLED, "民生", "装路灯。")
    content = read_saved(deck)
    assert content.title == "青石镇工作汇报"
    assert headings(content) == [(0, "青石镇工作汇报"), (1, "防汛"), (1, "民生")]
    assert lines(content)[3:5] == ["雨后巡查。", "备沙袋。"]


def test_a_first_slide_with_much_on_it_is_no_cover() -> None:
    deck = pptx.Presentation()
    add(deck, TITLED, "防汛", LONG)
    add(deck, TITLED, "民生", LONG)
    content = read_saved(deck)
    assert headings(content) == [(1, "防汛"), (1, "民生")]


def test_a_slide_without_a_title_is_not_under_the_one_before() -> None:
    deck = pptx.Presentation()
    add(deck, TITLED, "防汛", LONG)
    write(add(deck, BARE), 1, 1, "谢谢各位")
    assert [p.ends for p in read_saved(deck).paragraphs] == [None, None, 1]


def test_shapes_are_read_from_top_to_bottom_and_from_left_to_right() -> None:
    deck = pptx.Presentation()
    slide = add(deck, BESIDE, "两边", "左边", "右边")
    write(slide, 12, 17, "四")
    write(slide, 1, 17.2, "三")
    group = slide.shapes.add_group_shape()
    for top, text in ((19, "六"), (18.5, "五")):
        group.shapes.add_textbox(Cm(5), Cm(top), Cm(5), Cm(1)).text_frame.text = text
    assert lines(read_saved(deck)) == [*("两边", "左边", "右边", "三", "四", "五", "六")]


def test_what_the_speaker_has_to_say_follows_under_its_own_heading() -> None:
    deck = pptx.Presentation()
    slide = add(deck, TITLED, "防汛", LONG)
    notes = slide.notes_slide.notes_text_frame
    assert notes is not None
    notes.text = "先说水位。\n再说值守。"
    content = read_saved(deck)
    assert lines(content)[2:] == ["备注", "先说水位。", "再说值守。"]
    assert headings(content)[-1] == (2, "备注")


def test_the_rows_of_a_table_name_their_columns_and_merged_cells_belong_to_each_row() -> None:
    deck = pptx.Presentation()
    table = add(deck, BARE).shapes.add_table(3, 3, 0, 0, Cm(9), Cm(9)).table
    for number, words in enumerate((("项目", "数量", "单位"), ("桥", "36座", "镇政府"), ("灯", "120盏", ""))):
        for place, word in enumerate(words):
            table.cell(number, place).text = word
    table.cell(1, 2).merge(table.cell(2, 2))
    content = read_saved(deck)
    assert lines(content) == ["项目: 桥; 数量: 36座; 单位: 镇政府", "项目: 灯; 数量: 120盏; 单位: 镇政府"]
    assert all(p.apart and p.page == 1 for p in content.paragraphs)


def test_a_chart_says_its_title_and_its_points_as_rows() -> None:
    deck, data = pptx.Presentation(), CategoryChartData()
    data.categories = ["青石镇", "河东镇"]
    data.add_series("便民桥", (36, 4))
    data.add_series("文化站", (2, None))
    frame = deck.slides.add_slide(deck.slide_layouts[6]).shapes.add_chart(
        XL_CHART_TYPE.COLUMN_CLUSTERED, 0, 0, 9999, 9999, data
    )
    frame.chart.has_title = True
    frame.chart.chart_title.text_frame.text = "各镇设施"
    assert lines(read_saved(deck)) == [
        *("各镇设施", "青石镇; 便民桥: 36; 文化站: 2", "河东镇; 便民桥: 4"),
    ]


def test_what_stands_on_every_slide_is_left_out() -> None:
    deck = pptx.Presentation()
    slide = add(deck, TITLED, "防汛", "巡查。")
    for number, kind in enumerate(("dt", "ftr", "sldNum"), 20):
        write(slide, 1, 17, kind)
        properties = slide.shapes[-1].element.find(".//{*}nvPr")
        mark = etree.SubElement(properties, f"{{{etree.QName(properties).namespace}}}ph")
        mark.set("type", kind)
        mark.set("idx", str(number))
    assert lines(read_saved(deck)) == ["防汛", "巡查。"]


def test_a_hidden_slide_is_left_out_and_keeps_its_number() -> None:
    deck = pptx.Presentation()
    for text in ("甲", "乙", "丙"):
        write(add(deck, BARE), 1, 1, text)
    deck.slides[1].element.set("show", "0")
    content = read_saved(deck)
    assert [(p.page, line) for p, line in zip(content.paragraphs, lines(content), strict=True)] == [
        (1, "甲"),
        (3, "丙"),
    ]


def test_numbers_that_the_program_counts_are_said() -> None:
    deck = pptx.Presentation()
    slide = add(deck, BARE)
    forms = ["ea1ChsPeriod", "ea1ChsPeriod", "circleNumDbPlain", None, "arabicParenBoth", "romanUcPeriod"]
    write(slide, 1, 1, "\n".join("甲" for _ in forms))
    for number, (form, paragraph) in enumerate(
        zip(forms, slide.shapes[0].element.iter(f"{{{A}}}p"), strict=True)
    ):
        if form:
            properties = paragraph.get_or_add_pPr()
            used = etree.SubElement(properties, f"{{{A}}}buAutoNum", type=form)
            if number == 4:
                used.set("startAt", "7")
    assert lines(read_saved(deck)) == ["一. 甲", "二. 甲", "① 甲", "甲", "(7) 甲", "I. 甲"]


def test_a_line_break_is_one_and_a_field_says_its_text() -> None:
    deck = pptx.Presentation()
    slide = add(deck, BARE)
    write(slide, 1, 1, "前\v后")
    paragraph = slide.shapes[0].element.find(f".//{{{A}}}p")
    for kind, text in (("datetime1", "三月五日"), ("slidenum", "9")):
        said = etree.SubElement(paragraph, f"{{{A}}}fld", type=kind, id="{0}")
        etree.SubElement(said, f"{{{A}}}t").text = text
    assert lines(read_saved(deck)) == ["前\n后三月五日"]


def test_a_deck_without_text_says_nothing() -> None:
    deck = pptx.Presentation()
    deck.slides.add_slide(deck.slide_layouts[TITLED])
    assert read_saved(deck).paragraphs == ()
    assert read_saved(pptx.Presentation()).paragraphs == ()


def test_a_part_that_is_missing_costs_only_itself() -> None:
    deck = pptx.Presentation()
    for text in ("甲", "乙"):
        add(deck, TITLED, text, LONG)
    saved, broken = BytesIO(), BytesIO()
    deck.save(saved)
    lost = {"ppt/slides/slide1.xml", "[Content_Types].xml", "ppt/slideLayouts/slideLayout2.xml"}
    with ZipFile(saved) as whole, ZipFile(broken, "w") as archive:
        for name in set(whole.namelist()) - lost:
            archive.writestr(name, whole.read(name))
    assert headings(read(broken)) == [(0, "乙")]


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        (COMPOUND + "EncryptedPackage".encode("utf-16-le"), Reason.LOCKED),
        (COMPOUND + "PowerPoint Document".encode("utf-16-le"), Reason.SLIDES),
        (b"%PDF-1.7", Reason.DAMAGED),
    ],
)
def test_a_file_that_is_no_such_file_tells_why(written: bytes, reason: Reason) -> None:
    with pytest.raises(UnreadableError) as error:
        read(BytesIO(written))
    assert error.value.reason is reason


def test_what_libreoffice_made_is_read() -> None:
    with Reader() as reader:
        document = reader.document(File("slides.pptx", FILES / "slides.pptx"))
    assert document.title == "青石镇2024年工作汇报"
    assert document.text.splitlines() == [
        *("青石镇2024年工作汇报", "镇人民政府", "二〇二四年十二月"),
        *("防汛安排", "巡查：雨后两小时内", "物资：沙袋六百只", "值守：每晚两人"),
        *("备注", "上游水位超过三米时提前通知老街住户。"),
        *("民生项目", "项目: 便民桥; 数量: 36座; 负责人: 何有根", "项目: 路灯; 数量: 120盏; 负责人: 沈素梅"),
        *("谢谢各位", "值班室：镇政府一楼", "联系电话：0570-6612038"),
    ]
    assert [p.page for p in document.paragraphs] == [1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 3, 4, 4, 4]
