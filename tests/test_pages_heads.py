"""What stands round the text of a PDF's pages is told from it, and not lost."""

from collections.abc import Callable, Sequence
from io import BytesIO

import pytest
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate

from retrieval.documents import Content
from retrieval.readers.pages.pdf import read

SONG = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(SONG))

BODY = ParagraphStyle(
    "body", fontName=SONG, fontSize=12, leading=20, firstLineIndent=24, wordWrap="CJK", alignment=TA_JUSTIFY
)
SENTENCE = (
    "河上起雾的早晨渡口的铜铃要比平日响得多，因为看不见船的人心里发慌，撑船的老人说这条河从来没有断过水。"
)
MARKS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
TEXTS = [f"{mark}说{SENTENCE * 4}" for mark in MARKS]

Draw = Callable[[Canvas], None]


def flowed(texts: list[str], on_page: Draw) -> Content:
    """A document of paragraphs, with what is drawn on every page."""
    file = BytesIO()
    SimpleDocTemplate(file, pagesize=A4).build(
        [Paragraph(text, BODY) for text in texts],
        onFirstPage=lambda canvas, _: on_page(canvas),
        onLaterPages=lambda canvas, _: on_page(canvas),
    )
    return read(file)


def of_lines(*pages: Sequence[tuple[float, int, str]], size: tuple[float, float] = A4) -> Content:
    """A document of lines, each at a height and of a size."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=size)
    for page in pages:
        for height, letters, text in page:
            canvas.setFont(SONG, letters)
            canvas.drawString(72, height, text)
        canvas.showPage()
    canvas.save()
    return read(file)


def body(mark: str) -> list[tuple[float, int, str]]:
    """Six paragraphs, each on a line of its own."""
    return [(720 - 20 * n, 12, f"{mark}{n}号船今天开了{'几' * (n % 3 * 4 + 1)}趟。") for n in range(6)]


def texts(content: Content, *, boilerplate: bool = False) -> list[str]:
    return [
        content.text[p.span.start : p.span.end] for p in content.paragraphs if p.boilerplate == boilerplate
    ]


def around(content: Content) -> list[str]:
    return texts(content, boilerplate=True)


def test_a_running_head_is_kept_as_boilerplate_and_parts_no_paragraph() -> None:
    def on_page(canvas: Canvas) -> None:
        canvas.setFont(SONG, 9)
        canvas.drawString(72, 800, "青石镇文件汇编")
        canvas.drawRightString(523, 800, f"第{canvas.getPageNumber() + 10}辑")
        canvas.drawCentredString(297, 40, f"- {canvas.getPageNumber()} -")

    content = flowed(TEXTS, on_page)
    assert texts(content) == TEXTS
    last = content.paragraphs[-1].page
    assert last
    assert around(content) == [f"青石镇文件汇编 第{page + 10}辑" for page in range(1, last + 1)]
    pages = [paragraph.page for paragraph in content.paragraphs]
    assert pages == sorted(page for page in pages if page)


def test_a_foot_stands_behind_the_text_of_its_page() -> None:
    content = of_lines(*([*body(mark), (40, 9, "青石镇人民政府印")] for mark in "甲乙丙"))
    assert [paragraph.boilerplate for paragraph in content.paragraphs] == ([False] * 6 + [True]) * 3


def test_a_running_head_is_no_title_and_heads_nothing() -> None:
    content = of_lines(*([(800, 9, "第三章 水利"), *body(mark)] for mark in "甲乙丙"))
    assert around(content) == ["第三章 水利"] * 3
    assert content.title is None
    assert not any(paragraph.heading for paragraph in content.paragraphs)


def test_forms_in_one_file_keep_what_is_filled_in_alike() -> None:
    fields = ["办理地点：市民中心三楼", "办理时间：工作日", "联系电话：8321000"]

    def form(name: str) -> list[tuple[float, int, str]]:
        return [(770 - 20 * n, 12, text) for n, text in enumerate([*fields, f"事项名称：{name}", *fields])]

    for forms in (["老年证", "残疾人证"], ["老年证", "残疾人证", "船员证", "渡口证"]):
        content = of_lines(*map(form, forms))
        assert not around(content)
        assert texts(content) == [text for name in forms for _, _, text in form(name)]


def test_a_line_in_the_middle_of_pages_is_text_however_often_it_is_repeated() -> None:
    content = of_lines(*([*body(mark), (500, 9, "办理地点在市民中心三楼")] for mark in "甲乙丙丁"))
    assert not around(content)


@pytest.mark.parametrize(
    ("size", "height", "pages", "is_head"),
    [
        (9, 745, 2, True),  # in smaller letters
        (12, 800, 2, True),  # with room below
        (12, 745, 2, False),  # like the text
        (12, 745, 3, True),  # like the text, but on three pages
    ],
)
def test_what_few_pages_repeat_is_a_running_head_if_it_is_set_off(
    size: int, height: float, pages: int, *, is_head: bool
) -> None:
    content = of_lines(*([(height, size, "青石镇渡口管理办法"), *body(mark)] for mark in MARKS[:pages]))
    assert around(content) == ["青石镇渡口管理办法"] * pages * is_head
    assert len(texts(content)) == 6 * pages + pages * (not is_head)


@pytest.mark.parametrize("lines", [1, 2, 3, 6])
def test_a_running_head_is_told_on_a_last_page_of_few_lines_too(lines: int) -> None:
    head = (800, 12, "滨江公司内部资料 注意保密")
    content = of_lines([head, *body("甲")], [head, *body("乙")[:lines]])
    assert around(content) == ["滨江公司内部资料 注意保密"] * 2
    assert len(texts(content)) == 6 + lines


@pytest.mark.parametrize("lines", [1, 2, 3])
def test_a_line_that_follows_the_others_is_text_on_a_page_of_few_lines_too(lines: int) -> None:
    first = (740, 12, "办理地点在市民中心三楼")
    content = of_lines([first, *body("甲")], [first, *body("乙")[:lines]])
    assert not around(content)


def test_what_two_pages_of_many_repeat_is_text() -> None:
    pages = [body(mark) for mark in MARKS[:8]]
    pages[2].append((745, 9, "本页待核"))
    pages[5].append((745, 9, "本页待核"))
    assert not around(of_lines(*pages))


def test_a_number_beside_it_that_counts_the_pages_sets_a_line_off() -> None:
    def page(number: int, *, is_counted: bool) -> list[tuple[float, int, str]]:
        return [(745, 12, f"渡口志{' ' * 20}{number if is_counted else 7}"), *body(MARKS[number])]

    assert len(around(of_lines(*(page(number, is_counted=True) for number in (1, 2))))) == 2
    assert not around(of_lines(*(page(number, is_counted=False) for number in (1, 2))))


def test_a_letterhead_in_large_letters_stays_and_the_address_below_it_is_boilerplate() -> None:
    head = [(790, 22, "青石镇人民政府"), (770, 8, "青石镇河东路1号 邮编650000")]
    content = of_lines(*([*head, *body(mark)] for mark in "甲乙"))
    assert around(content) == ["青石镇河东路1号 邮编650000"] * 2
    assert texts(content).count("青石镇人民政府") == 2


def test_the_names_of_chapters_in_the_place_of_a_running_head_are_boilerplate() -> None:
    heads = [
        "渡口志",
        "第一章 渡口",
        "渡口志",
        "第二章 石桥",
        "渡口志",
        "第三章 水闸",
        "渡口志",
        "第四章 船工",
    ]
    content = of_lines(*([(800, 9, head), *body(mark)] for head, mark in zip(heads, MARKS, strict=False)))
    assert around(content) == heads


def test_slides_keep_their_titles_and_not_their_feet() -> None:
    content = of_lines(
        *(
            [
                (480, 32, f"{title}情况"),
                *((400 - 30 * n, 20, f"{title}第{n}点") for n in range(4)),
                (20, 10, "工作汇报"),
            ]
            for title in ("渡口", "石桥", "水闸", "船工")
        ),
        size=landscape((540, 720)),
    )
    assert around(content) == ["工作汇报"] * 4
    assert [p.heading.text for p in content.paragraphs if p.heading and p.heading.level < 5] == [
        "渡口情况",
        "石桥情况",
        "水闸情况",
        "船工情况",
    ]


def test_an_official_letter_keeps_its_red_head_and_who_gets_a_copy() -> None:
    first = [(760, 36, "青石镇人民政府文件"), (700, 16, "青政发〔2024〕3号"), (650, 22, "关于渡口安全的通知")]
    rest = [(600 - 28 * n, 16, f"{MARKS[n]}号渡口要查船、查人、查水。") for n in range(8)]
    last = [
        *rest,
        (90, 14, "抄送：县委办公室，县政府办公室。"),
        (66, 14, "青石镇党政办公室 2024年3月5日印发"),
    ]
    content = of_lines([*first, *rest, (40, 14, "— 1 —")], [*last, (40, 14, "— 2 —")])
    assert not around(content)
    said = texts(content)
    assert said[0] == "青石镇人民政府文件"
    assert "".join(said).endswith("抄送：县委办公室，县政府办公室。青石镇党政办公室 2024年3月5日印发")
    assert not any("—" in text for text in said)


def test_a_heading_is_not_parted_from_its_text_on_the_next_page() -> None:
    content = of_lines(
        *(
            [(800, 9, "渡口志"), *body(mark), (560, 20, f"{mark}号船的来历"), (40, 9, "青石镇印")]
            for mark in "甲乙丙"
        )
    )
    kinds = [("B" if p.boilerplate else "H" if p.heading else "T") for p in content.paragraphs]
    assert "".join(kinds) == "B" + "T" * 6 + "BBH" + "T" * 6 + "BBH" + "T" * 6 + "BH"


def test_one_that_only_its_form_tells_is_not_either() -> None:
    content = of_lines(
        *(
            [(800, 9, "渡口志"), *body(mark), (590, 12, f"{number}、船的来历"), (40, 9, "青石镇印")]
            for mark, number in zip("甲乙丙", "一二三", strict=True)
        )
    )
    kinds = [("B" if p.boilerplate else "H" if p.heading else "T") for p in content.paragraphs]
    assert "".join(kinds[:17]) == "B" + "T" * 6 + "BBH" + "T" * 6 + "B"


def test_a_list_that_goes_on_over_the_page_stays_where_it_stands() -> None:
    pages = [
        [
            (800, 9, "渡口志"),
            *body(mark),
            (590, 12, f"{first}、船"),
            (570, 12, f"{second}、渡"),
            (40, 9, "印"),
        ]
        for mark, (first, second) in zip("甲乙丙", ("一二", "三四", "五六"), strict=True)
    ]
    said = [*map(str.strip, _texts_of_all(of_lines(*pages)))]
    assert said[-4:] == ["丙5号船今天开了几几几几几几几几几趟。", "五、船", "六、渡", "印"]


def test_left_pages_and_right_pages_have_their_own_running_heads() -> None:
    pages = [
        [
            (800, 9, "青石镇渡口志" if number % 2 else "镇志办公室"),
            (800.5, 9, str(number)),
            *body(mark),
        ]
        for number, mark in enumerate("甲乙丙", 1)
    ]
    content = beside(pages)
    assert around(content) == ["青石镇渡口志", "镇志办公室", "青石镇渡口志"]


def beside(pages: Sequence[Sequence[tuple[float, int, str]]]) -> Content:
    """A document of lines as above, numbers at the right."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=A4)
    for page in pages:
        for height, letters, text in page:
            canvas.setFont(SONG, letters)
            canvas.drawString(500 if text.isdecimal() else 72, height, text)
        canvas.showPage()
    canvas.save()
    return read(file)


def _texts_of_all(content: Content) -> list[str]:
    return [content.text[p.span.start : p.span.end] for p in content.paragraphs]


def test_a_number_that_does_not_count_the_pages_is_kept() -> None:
    content = of_lines([(400, 20, "青石镇渡口志"), (60, 12, "2024")], [*body("甲"), (40, 12, "2")])
    assert around(content) == ["2024"]
    assert "2" not in texts(content)


def test_a_number_within_the_page_is_text_even_at_the_end_of_what_is_written() -> None:
    content = of_lines([(720, 12, "今年修成的石桥有"), (690, 12, "36")])
    assert texts(content) == ["今年修成的石桥有", "36"]
