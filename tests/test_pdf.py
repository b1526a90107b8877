"""Reading PDFs, as programs make them."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    PageBreak,
    PageTemplate,
    Paragraph,
    SimpleDocTemplate,
    Table,
)

from retrieval.documents import Content
from retrieval.listing import File
from retrieval.problems import Reason, UnreadableError
from retrieval.readers.pages.flow import joined
from retrieval.readers.pages.pdf import read
from retrieval.reading import Reader

SONG = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(SONG))

BODY = ParagraphStyle(
    "body", fontName=SONG, fontSize=12, leading=20, firstLineIndent=24, wordWrap="CJK", alignment=TA_JUSTIFY
)
LATIN = ParagraphStyle(
    "latin", fontName="Times-Roman", fontSize=11, leading=14, spaceAfter=7, alignment=TA_JUSTIFY
)
SENTENCES = (
    "河上起雾的早晨渡口的铜铃要比平日响得多因为看不见船的人心里发慌",
    "撑船的老人说这条河从来没有断过水",
    "修桥的事情镇上议了许多年每回都因为钱不够放下了",
    "桥修好以后渡口留着给人看",
)
WORDS = (
    "The",
    "ferry",
    "crosses",
    "this",
    "wide",
    "river",
    "every",
    "morning",
    "before",
    "it",
    "is",
    "light",
)
MARKS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰"
LONG = "，".join(SENTENCES * 3) + "。"

Draw = Callable[[Canvas], object]


def drawn(*pages: Draw, encrypt: StandardEncryption | None = None) -> BytesIO:
    file = BytesIO()
    canvas = Canvas(file, pagesize=A4, encrypt=encrypt)
    for draw in pages:
        canvas.setFont(SONG, 12)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    file.seek(0)
    return file


def flowed(flowables: list[Flowable]) -> BytesIO:
    file = BytesIO()
    SimpleDocTemplate(file, pagesize=A4).build(flowables)
    file.seek(0)
    return file


def in_two_columns(flowables: list[Flowable], top: float = 770) -> BytesIO:
    file = BytesIO()
    document = BaseDocTemplate(file, pagesize=A4)
    frames = [Frame(x, 60, 232, top - 60, id=str(x)) for x in (56, 308)]
    document.addPageTemplates(PageTemplate(frames=frames))
    document.build(flowables)
    file.seek(0)
    return file


def large(size: int) -> ParagraphStyle:
    return ParagraphStyle("large", fontName=SONG, fontSize=size, leading=1.5 * size, alignment=TA_CENTER)


def said(content: Content) -> list[str]:
    return [content.text[p.span.start : p.span.end] for p in content.paragraphs]


def headings(content: Content) -> list[tuple[int, str]]:
    return [(p.heading.level, p.heading.text) for p in content.paragraphs if p.heading]


def reason(file: BytesIO) -> Reason:
    with pytest.raises(UnreadableError) as caught:
        read(file)
    return caught.value.reason


# What a page looks like is decided by where lines end, and not every page tells: the examples stay.
PARAGRAPHS = st.lists(
    st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=12).map(lambda some: "，".join(some) + "。"),
    min_size=2,
    max_size=12,
)


@settings(max_examples=15, deadline=None, derandomize=True)
@given(PARAGRAPHS)
def test_indented_paragraphs_come_out_as_they_went_in(paragraphs: list[str]) -> None:
    numbered = [f"{MARKS[n]}说{text}" for n, text in enumerate(paragraphs)]
    assert said(read(flowed([Paragraph(text, BODY) for text in numbered]))) == numbered


@settings(max_examples=8, deadline=None, derandomize=True)
@given(PARAGRAPHS)
def test_they_do_in_two_columns_too(paragraphs: list[str]) -> None:
    numbered = [f"{MARKS[n]}说{text}" for n, text in enumerate([*paragraphs, LONG * 4])]
    assert said(read(in_two_columns([Paragraph(text, BODY) for text in numbered]))) == numbered


def test_a_line_of_the_text_that_stands_again_on_another_page_is_kept() -> None:
    lengths = [1, 1, 1, 1, 6, 11, 11, 1]
    texts = [*(f"{'，'.join([SENTENCES[0]] * length)}。" for length in lengths), LONG * 4]
    numbered = [f"{MARKS[n]}说{text}" for n, text in enumerate(texts)]
    assert said(read(in_two_columns([Paragraph(text, BODY) for text in numbered]))) == numbered


@settings(max_examples=10, deadline=None, derandomize=True)
@given(st.lists(st.integers(1, 40), min_size=2, max_size=8))
def test_paragraphs_of_words_with_room_between_come_out_as_they_went_in(lengths: list[int]) -> None:
    texts = [
        f"{'ABCDEFGH'[n]} {' '.join(WORDS[i * (n + 1) % len(WORDS)] for i in range(length))}."
        for n, length in enumerate(lengths)
    ]
    assert said(read(flowed([Paragraph(text, LATIN) for text in texts]))) == texts


@pytest.mark.parametrize(
    ("line", "following", "whole"),
    [
        ("渡口的", "铜铃", "渡口的铜铃"),
        ("用Python", "写成", "用Python写成"),
        ("the ferry", "crosses", "the ferry crosses"),
        ("infor-", "mation", "information"),
        ("in the 1990-", "2000 period", "in the 1990- 2000 period"),
    ],
)
def test_lines_are_joined_as_if_they_had_never_been_parted(line: str, following: str, whole: str) -> None:
    assert joined(line, following) == whole


def test_a_hyphen_that_the_page_put_into_a_word_goes() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 12)
        canvas.drawString(72, 700, "All of the people who crossed the river had no infor-")
        canvas.drawString(72, 686, "mation on that.")

    assert said(read(drawn(draw))) == ["All of the people who crossed the river had no information on that."]


def test_a_paragraph_that_goes_on_over_the_page_has_the_page_on_which_it_begins() -> None:
    texts = [f"{mark}说{LONG}" for mark in MARKS[:8]]
    content = read(flowed([Paragraph(text, BODY) for text in texts]))
    assert said(content) == texts
    pages = [paragraph.page for paragraph in content.paragraphs]
    assert pages == sorted(pages)
    assert set(pages) == {1, 2}


@pytest.mark.parametrize(
    "number", ["3", "- 3 -", "第 3 页", "第3页 共9页", "3 / 9", "Page 3 of 9", "iii", "·3·"]
)
def test_a_number_at_the_edge_is_the_page_s_even_on_a_single_one(number: str) -> None:
    content = read(
        drawn(lambda canvas: (canvas.drawString(72, 700, "正文。"), canvas.drawString(290, 40, number)))
    )
    assert [text for text, p in zip(said(content), content.paragraphs, strict=True) if not p.boilerplate] == [
        "正文。"
    ]


def test_what_stands_at_the_top_of_one_page_only_is_kept() -> None:
    def page(top: str) -> Draw:
        return lambda canvas: (canvas.drawString(72, 780, top), canvas.drawString(72, 700, f"{top}的正文。"))

    assert said(read(drawn(page("起雾"), page("涨水")))) == ["起雾", "起雾的正文。", "涨水", "涨水的正文。"]


def test_a_large_line_is_a_heading_even_when_it_is_repeated() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFont(SONG, 20)
        canvas.drawString(72, 760, "登记表")
        canvas.setFont(SONG, 12)
        canvas.drawString(72, 700, f"第{canvas.getPageNumber()}次登记的船名和人名都写在这里。")

    assert headings(read(drawn(page, page))) == [(1, "登记表"), (1, "登记表")]


def test_larger_letters_make_headings_and_the_largest_the_title() -> None:
    flowables = [
        Paragraph("青石镇人民政府<br/>关于渡口安全的通知", large(22)),
        Paragraph("青政发〔2024〕3号", large(12)),
        Paragraph("总的要求", large(16)),
        Paragraph(LONG, BODY),
        Paragraph("人员", large(14)),
        Paragraph(LONG, BODY),
        Paragraph("船只", large(14)),
        Paragraph(LONG, BODY),
        Paragraph("附带说明", large(16)),
        Paragraph(LONG, BODY),
    ]
    content = read(flowed(flowables))
    assert content.title == "青石镇人民政府关于渡口安全的通知"
    assert headings(content) == [
        (0, "青石镇人民政府关于渡口安全的通知"),
        (2, "总的要求"),
        (3, "人员"),
        (3, "船只"),
        (2, "附带说明"),
    ]


def test_what_an_office_has_printed_over_its_letters_is_no_title() -> None:
    flowables = [
        Paragraph("青石镇人民政府文件", large(36)),
        Paragraph("青政发〔2024〕3号", large(12)),
        Paragraph("关于渡口安全的通知", large(22)),
        Paragraph(LONG, BODY),
    ]
    content = read(flowed(flowables))
    assert content.title == "关于渡口安全的通知"
    assert headings(content) == [(0, "关于渡口安全的通知")]


def test_the_items_of_lists_head_nothing_however_large_they_are() -> None:
    small = [[f"{mark}组", "3", "36"] for mark in "甲乙丙丁戊己庚辛壬癸"]
    head = ParagraphStyle("head", fontName=SONG, fontSize=30, leading=36)
    item = ParagraphStyle("item", fontName=SONG, fontSize=22, leading=50)
    content = read(
        flowed(
            [
                Paragraph("渡口的规矩", head),
                *(Paragraph(words, item) for words in ("•早上开船", "–起雾不开", "收钱的也不来")),
                PageBreak(),
                Paragraph("渡口的人", head),
                *(Paragraph(words, item) for words in ("撑船的", "收钱的", "修船的")),
                Table(small, colWidths=120, style=[("FONT", (0, 0), (-1, -1), SONG, 10)]),
            ]
        )
    )
    headings = [paragraph.heading.text for paragraph in content.paragraphs if paragraph.heading]
    assert headings == ["渡口的规矩", "渡口的人"]


def test_the_outline_names_headings() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.bookmarkPage("here")
        canvas.addOutlineEntry("渡口的 来历", "here", 0)
        canvas.addOutlineEntry("撑船的人", "here", 1)
        for n, line in enumerate(("渡口的来历", "早先没有渡口。", "撑船的人", "撑船的人姓张。")):
            canvas.drawString(72, 700 - 30 * n, line)

    assert headings(read(drawn(draw))) == [(0, "渡口的来历"), (2, "撑船的人")]


def test_the_cells_of_a_row_stay_on_one_line() -> None:
    rows = [
        ["项目", "数量", "已经完成"],
        ["便民桥", "36座", "是"],
        ["渡口", "3处", "是"],
    ]
    table = Table(rows, colWidths=120, style=[("FONT", (0, 0), (-1, -1), SONG, 12)])
    assert said(read(flowed([table]))) == [" ".join(row) for row in rows]


def test_equal_words_above_one_another_are_all_kept_whatever_fonts_the_machine_has() -> None:
    def draw(canvas: Canvas) -> None:
        for n in range(8):
            canvas.drawString(72, 700 - 20 * n, "是")

    assert said(read(drawn(draw))) == ["是"] * 8


def test_what_is_printed_twice_to_look_bold_is_said_once() -> None:
    def draw(canvas: Canvas) -> None:
        for shift in (0, 0.4):
            canvas.drawString(72 + shift, 700, "渡口的来历")
        for n, letter in enumerate("人人平等"):
            for shift in (0, 0.4):
                canvas.drawString(72 + 12 * n + shift, 650, letter)

    assert said(read(drawn(draw))) == ["渡口的来历", "人人平等"]


def test_watermarks_are_left_out() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "正文。")
        canvas.translate(200, 300)
        canvas.rotate(45)
        canvas.drawString(0, 0, "内部资料")

    assert said(read(drawn(draw))) == ["正文。"]


@pytest.mark.parametrize(("turn", "x", "y"), [(90, 595, 0), (180, 595, 842), (270, 0, 842)])
def test_a_page_that_lies_on_its_side_is_read_like_another(turn: int, x: int, y: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(x, y)
        canvas.rotate(turn)
        for n in range(4):
            canvas.drawString(
                96 if n == 0 else 72, 500 - 20 * n, LONG[30 * n : 30 * (n + 1)] + "，" * (n > 0)
            )

    assert said(read(drawn(draw)))[0].startswith(LONG[:60])


def test_radicals_and_letters_set_as_one_are_read_as_what_they_stand_for() -> None:
    assert said(read(drawn(lambda canvas: canvas.drawString(72, 700, "⼀切⽅案")))) == ["一切方案"]


def test_pages_that_are_pictures_are_a_scan() -> None:
    assert reason(drawn(picture)) is Reason.SCAN


def test_numbers_and_running_heads_on_pictures_are_no_text() -> None:
    def page(canvas: Canvas) -> None:
        picture(canvas)
        canvas.setFont(SONG, 9)
        canvas.drawCentredString(297, 20, str(canvas.getPageNumber()))
        canvas.drawCentredString(297, 810, "青石镇志")

    assert reason(drawn(page, page, page)) is Reason.SCAN


def test_pages_of_nothing_but_their_numbers_are_empty_where_there_are_no_pictures() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawCentredString(297, 20, str(canvas.getPageNumber()))

    assert not read(drawn(page, page, page)).text


def test_pages_with_text_are_read_where_others_are_pictures() -> None:
    content = read(drawn(picture, lambda canvas: canvas.drawString(72, 700, "正文。")))
    assert said(content) == ["正文。"]
    assert content.paragraphs[0].page == 2


def picture(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(Image.new("RGB", (20, 20), "white")), 0, 0, 500, 500)


def test_what_needs_a_password_is_locked() -> None:
    locked = StandardEncryption("geheim")
    assert reason(drawn(lambda canvas: canvas.drawString(72, 700, "正文。"), encrypt=locked)) is Reason.LOCKED


def test_what_only_must_not_be_printed_is_read() -> None:
    file = drawn(
        lambda canvas: canvas.drawString(72, 700, "正文。"),
        encrypt=StandardEncryption("", ownerPassword="geheim", canPrint=0),
    )
    assert said(read(file)) == ["正文。"]


def test_empty_pages_are_empty() -> None:
    assert reason(drawn(lambda _: None, lambda _: None)) is Reason.EMPTY


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"no PDF at all"])
def test_what_is_no_pdf_is_damaged(data: bytes) -> None:
    assert reason(BytesIO(data)) is Reason.DAMAGED


def test_what_has_more_pages_than_anybody_waits_for_is_too_large() -> None:
    count = 50_001
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%b]>>" % (count, b" ".join([b"3 0 R"] * count)),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
    ]
    said = b"".join(b"%d 0 obj%bendobj\n" % (number, said) for number, said in enumerate(objects, 1))
    assert reason(BytesIO(b"%PDF-1.7\n" + said + b"trailer<</Size 4/Root 1 0 R>>")) is Reason.SIZE


def test_a_folder_s_pdf_is_read_with_its_pages(tmp_path: Path) -> None:
    path = tmp_path / "通知.pdf"
    path.write_bytes(flowed([Paragraph("关于渡口的通知", large(22)), Paragraph(LONG * 9, BODY)]).getvalue())
    with Reader() as reader:
        document = reader.document(File("通知.pdf", path))
    assert document.title == "关于渡口的通知"
    assert [paragraph.page for paragraph in document.paragraphs] == [1, 1]
    assert document.text == f"关于渡口的通知\n{LONG * 9}"
