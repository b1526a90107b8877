"""Reading Word files: what python-docx writes, what only others write, and what LibreOffice made."""

from base64 import b64encode
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document
from docx.shared import Pt
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.documents import Content
from retrieval.listing import File
from retrieval.problems import Reason, UnreadableError
from retrieval.readers.office.word import read
from retrieval.reading import Reader

FILES = Path(__file__).parent / "files"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
R, A, C = f'xmlns:r="{RELATED}"', f'xmlns:a="{DRAWING}/main"', f'xmlns:c="{DRAWING}/chart"'
D, V = f'xmlns:d="{DRAWING}/diagram"', 'xmlns:v="urn:schemas-microsoft-com:vml"'
STRICT = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)

VISIBLE = st.text(
    st.sampled_from("青石镇渡口桥东西南北一二三臺灣的。，、：；（）《》abcXYZ019.,-"), min_size=1, max_size=30
)


def lines(content: Content) -> list[str]:
    return [content.text[p.span.start : p.span.end] for p in content.paragraphs]


def headings(content: Content) -> list[tuple[int, str]]:
    return [(p.heading.level, p.heading.text) for p in content.paragraphs if p.heading]


def read_saved(document: Document) -> Content:
    saved = BytesIO()
    document.save(saved)
    return read(saved)


def read_body(body: str, **parts: str) -> Content:
    """What is read of a file of nothing but a body and some parts, which no relation names."""
    return read(packed(f"<w:document {W}><w:body>{body}</w:body></w:document>", **parts))


def read_related(body: str, kind: str, name: str, written: bytes) -> Content:
    """What is read of a file whose main part calls another by rId1."""
    saved = BytesIO()
    relation = f'<Relationship Id="rId1" Type="{RELATED}/{kind}" Target="{name}"/>'
    with ZipFile(saved, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {W} {R}><w:body>{body}</w:body></w:document>")
        archive.writestr("word/_rels/document.xml.rels", f"<Relationships>{relation}</Relationships>")
        archive.writestr(f"word/{name}", written)
    return read(saved)


def packed(document: str, **parts: str) -> BytesIO:
    saved = BytesIO()
    with ZipFile(saved, "w") as archive:
        archive.writestr("word/document.xml", document)
        for name, part in parts.items():
            archive.writestr(f"word/{name}.xml", part)
    return saved


def paragraph(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(cells)}</w:tr>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(run(text))}</w:tc>"


def level(number: int, form: str, pattern: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
    )


def numbering(*levels: str, uses: str = "") -> str:
    return (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{uses}</w:numbering>'
    )


def item(text: str, deep: int = 0, used: int = 1) -> str:
    return paragraph(
        run(text), properties=f'<w:numPr><w:ilvl w:val="{deep}"/><w:numId w:val="{used}"/></w:numPr>'
    )


@settings(max_examples=10)
@given(st.lists(VISIBLE, min_size=1, max_size=8))
def test_paragraphs_that_are_written_are_read(texts: list[str]) -> None:
    document = docx.Document()
    for text in texts:
        document.add_paragraph(text)
    assert lines(read_saved(document)) == texts


@settings(max_examples=8)
@given(st.lists(st.tuples(st.booleans(), VISIBLE), min_size=1, max_size=8))
def test_paragraphs_and_tables_keep_their_order(pieces: list[tuple[bool, str]]) -> None:
    document = docx.Document()
    for is_table, text in pieces:
        if is_table:
            document.add_table(1, 2).cell(0, 0).text = text
        else:
            document.add_paragraph(text)
    assert lines(read_saved(document)) == [text for _, text in pieces]


def test_styles_make_headings_and_the_title() -> None:
    document = docx.Document()
    document.add_heading("青石镇志", 0)
    document.add_heading("渡口", 1)
    document.add_heading("铜铃", 2)
    document.add_paragraph("铜铃一刻响一次。")
    content = read_saved(document)
    assert content.title == "青石镇志"
    assert headings(content) == [(0, "青石镇志"), (1, "渡口"), (2, "铜铃")]


def test_a_style_heads_as_the_one_that_it_is_based_on_and_as_its_outline_says() -> None:
    styles = (
        f'<w:styles {W}><w:style w:styleId="1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:styleId="a"><w:name w:val="章名"/><w:basedOn w:val="1"/></w:style>'
        '<w:style w:styleId="b"><w:name w:val="节名"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
        '<w:style w:styleId="c"><w:name w:val="loop"/><w:basedOn w:val="c"/></w:style></w:styles>'
    )
    named = [paragraph(run(text), properties=f'<w:pStyle w:val="{text}"/>') for text in "1abc"]
    own = [paragraph(run(text), properties=f'<w:outlineLvl w:val="{text}"/>') for text in "29"]
    content = read_body("".join(named + own), styles=styles)
    assert headings(content) == [(1, "1"), (1, "a"), (2, "b"), (3, "2")]
    assert lines(content) == [*"1abc29"]


def test_a_paragraph_of_text_is_no_heading_whatever_its_style() -> None:
    content = read_body(paragraph(run("河上起雾了。" * 20), properties='<w:pStyle w:val="Heading1"/>'))
    assert headings(content) == []


def sized(text: str, points: int, style: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return paragraph(run(text, f'<w:sz w:val="{2 * points}"/>'), properties=named)


TEXT = sized("渡船从八点开到六点，雾天停开。", 12)


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ((sized("青石水务集团", 16), sized("守护每一滴水", 26), sized("二〇二四年三月", 14)), "守护每一滴水"),
        ((sized("内部资料", 30), sized("青石镇", 12), sized("渡口", 26)), "渡口"),
        ((sized("青石水务集团", 26), sized("守护", 26), sized("每一滴水", 26)), "守护 每一滴水"),
        ((sized("青石市教育局文件", 36), sized("青教发〔2024〕1号", 16), sized("春季防火", 22)), "春季防火"),
        ((sized("青石市水务局", 16), sized("关于防汛的通知", 22)), "青石市水务局关于防汛的通知"),
        ((sized("集市管理办法", 22), sized("（试行）", 16)), "集市管理办法（试行）"),
        ((sized("渡口", 12), sized("守护每一滴水", 13)), "渡口"),
        ((sized("渡口", 12), sized("雾", 26), sized("船", 12), sized("灯", 26)), "渡口"),
    ],
)
def test_the_largest_letters_at_the_head_are_the_title_where_words_tell_another(
    lines: tuple[str, ...], title: str
) -> None:
    assert read_body("".join(lines) + TEXT).title == title


def test_the_size_of_letters_may_be_told_by_the_style() -> None:
    styles = (
        f"<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val='24'/></w:rPr></w:rPrDefault>"
        "</w:docDefaults><w:style w:type='paragraph' w:styleId='big'><w:name w:val='Big'/><w:rPr>"
        "<w:sz w:val='52'/></w:rPr></w:style></w:styles>"
    )
    big = paragraph(run("守护每一滴水"), properties='<w:pStyle w:val="big"/>')
    text = paragraph(run("渡船从八点开到六点，雾天停开。"))
    content = read_body(paragraph(run("青石镇")) + big + text, styles=styles)
    assert (content.title, headings(content)) == ("守护每一滴水", [(0, "守护每一滴水")])
    assert read_body(paragraph(run("青石镇")) + big + text).title == "青石镇"


def test_a_size_that_is_none_makes_no_title() -> None:
    assert read_body(sized("青石镇", 0) + sized("渡口", 0) + sized("渡船停开。", 0)).title == "青石镇"
    assert read_body(sized("船：雾。", 0)).title is None


def test_a_style_that_makes_a_title_counts_for_more_than_the_size_of_letters() -> None:
    document = docx.Document()
    document.add_paragraph("青石水务集团")
    document.add_paragraph().add_run("守护每一滴水").font.size = Pt(40)
    document.add_paragraph("青石镇志", style="Title")
    document.add_paragraph("渡船停开。")
    assert read_saved(document).title == "青石镇志"


def test_a_title_on_two_lines_is_one() -> None:
    document = docx.Document()
    document.add_heading("青石镇人民政府", 0)
    document.add_heading("关于修桥的通知", 0)
    document.add_paragraph("各村：")
    assert read_saved(document).title == "青石镇人民政府 关于修桥的通知"


def test_titles_tell_several_documents_of_a_file_apart() -> None:
    document = docx.Document()
    for number in "一二":
        document.add_heading(f"第{number}次讲话", 0)
        document.add_heading("开场", 1)
        document.add_paragraph("大家好。")
    assert headings(read_saved(document)) == [
        (1, "第一次讲话"),
        (2, "开场"),
        (1, "第二次讲话"),
        (2, "开场"),
    ]


def test_numbers_that_the_program_counts_are_said() -> None:
    levels = (
        level(0, "chineseCountingThousand", "第%1章"),
        level(1, "chineseCountingThousand", "第%2条", '<w:lvlRestart w:val="0"/>'),
        level(2, "chineseCounting", "（%3）"),
    )
    body = item("总则") + item("甲", 1) + item("乙", 1) + item("附则") + item("丙", 1)
    body += item("丁", 2) + item("戊", 2) + item("己", 1) + item("庚", 2)
    assert lines(read_body(body, numbering=numbering(*levels))) == [
        *("第一章 总则", "第一条 甲", "第二条 乙", "第二章 附则", "第三条 丙"),
        *("（一）丁", "（二）戊", "第四条 己", "（一）庚"),
    ]


def test_numbers_begin_anew_below_a_higher_one_and_name_it() -> None:
    levels = (
        level(0, "upperRoman", "%1."),
        level(1, "decimal", "%1.%2", "<w:isLgl/>"),
        level(2, "lowerLetter", "%3)"),
    )
    body = (
        item("甲")
        + item("乙", 1)
        + item("丙", 2)
        + item("丁", 1)
        + item("戊", 2)
        + item("己")
        + item("庚", 1)
    )
    assert lines(read_body(body, numbering=numbering(*levels))) == [
        *("I. 甲", "1.1 乙", "a) 丙", "1.2 丁", "a) 戊", "II. 己", "2.1 庚"),
    ]


def test_uses_of_a_list_go_on_counting_unless_they_begin_anew() -> None:
    uses = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
        '<w:num w:numId="4"><w:abstractNumId w:val="9"/></w:num>'
    )
    body = "".join(item("甲", used=used) for used in (1, 2, 3, 3, 1, 4, 0, 7))
    content = read_body(body, numbering=numbering(level(0, "decimal", "%1."), uses=uses))
    assert lines(content) == ["1. 甲", "2. 甲", "5. 甲", "6. 甲", "7. 甲", "甲", "甲", "甲"]


def test_a_style_numbers_its_paragraphs() -> None:
    styles = (
        f'<w:styles {W}><w:style w:styleId="条"><w:name w:val="条"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>'
    )
    levels = level(0, "decimal", "%1"), level(1, "chineseCounting", "第%2条", '<w:pStyle w:val="条"/>')
    body = paragraph(run("甲"), properties='<w:pStyle w:val="条"/>') * 2
    content = read_body(body, styles=styles, numbering=numbering(*levels))
    assert lines(content) == ["第一条 甲", "第二条 甲"]


def test_items_have_their_bullets() -> None:
    fonts = '<w:rPr><w:rFonts w:ascii="{}"/></w:rPr>'
    levels = (
        level(0, "bullet", "\uf06c", fonts.format("Wingdings")),
        level(1, "bullet", "\uf0b7", fonts.format("Symbol")),
        level(2, "bullet", "\ue123", fonts.format("Own")),
        level(3, "bullet", "-"),
        level(4, "none", ""),
    )
    body = "".join(item("甲", deep) for deep in range(5))
    assert lines(read_body(body, numbering=numbering(*levels))) == ["● 甲", "• 甲", "• 甲", "- 甲", "甲"]


def test_an_empty_paragraph_counts_but_only_in_a_table_its_number_is_said() -> None:
    rows = row(cell("序号"), cell("桥")) + "".join(
        row(f"<w:tc>{item('')}</w:tc>", cell(name)) for name in ("东渡桥", "西渡桥")
    )
    body = item("甲") + item("") + item("乙") + f"<w:tbl>{rows}</w:tbl>"
    content = read_body(body, numbering=numbering(level(0, "decimal", "%1.")))
    assert lines(content) == ["1. 甲", "3. 乙", "序号: 4.; 桥: 东渡桥", "序号: 5.; 桥: 西渡桥"]


def test_what_was_inserted_is_read_and_what_was_deleted_or_moved_away_is_not() -> None:
    deleted = "<w:del><w:r><w:delText>五元</w:delText></w:r></w:del>"
    body = paragraph(run("每月"), deleted, f"<w:ins>{run('三元')}</w:ins>")
    body += paragraph(f"<w:moveFrom>{run('旧处')}</w:moveFrom>", f"<w:moveTo>{run('新处')}</w:moveTo>")
    body += f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr>{cell('甲')}{cell('乙')}</w:tr></w:tbl>"
    assert lines(read_body(body)) == ["每月三元", "新处"]


def test_paragraphs_whose_division_was_deleted_are_one() -> None:
    first, second = paragraph(run("前半，"), properties="<w:rPr><w:del/></w:rPr>"), paragraph(run("后半。"))
    assert lines(read_body(first + first + second + first)) == ["前半，前半，后半。", "前半，"]


def test_hidden_text_is_left_out() -> None:
    styles = (
        f'<w:styles {W}><w:style w:type="character" w:styleId="h"><w:name w:val="h"/>'
        "<w:rPr><w:vanish/></w:rPr></w:style></w:styles>"
    )
    hidden = run("暗", "<w:vanish/>") + run("藏", '<w:rStyle w:val="h"/>')
    shown = run("明", '<w:rStyle w:val="h"/><w:vanish w:val="0"/>')
    assert lines(read_body(paragraph(run("见"), hidden, shown), styles=styles)) == ["见明"]


def test_results_of_fields_are_read_and_their_codes_are_not() -> None:
    def char(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = "<w:r><w:instrText>IF</w:instrText></w:r>"
    inner = char("begin") + code + char("separate") + run("条件") + char("end")
    nested = char("begin") + code + inner + char("separate") + run("结果") + char("end")
    simple = f'<w:fldSimple w:instr="DATE">{run("三月")}</w:fldSimple>'
    unfinished = paragraph(run("前"), char("begin"), code) + paragraph(run("后"), char("end"), run("文"))
    body = paragraph(run("见"), nested, simple) + unfinished
    assert lines(read_body(body)) == ["见结果三月", "前", "后文"]


def test_signs_that_are_no_characters_are_read() -> None:
    signs = (
        "<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:cr/><w:t>0570</w:t>"
        '<w:noBreakHyphen/><w:t>66</w:t><w:softHyphen/><w:sym w:font="Wingdings" w:char="F0FE"/>'
        '<w:sym w:font="X" w:char="F0FE"/></w:r>'
    )
    assert lines(read_body(paragraph(signs))) == ["甲\t乙\n丙\n0570-66☑"]


def test_links_and_controls_are_part_of_their_paragraph() -> None:
    link = f"<w:hyperlink>{run('青石镇')}</w:hyperlink>"
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{run('渡口')}</w:sdtContent></w:sdt>"
    outer = f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph(run('封面'))}</w:sdtContent></w:sdt>"
    assert lines(read_body(outer + paragraph(link, control, run("。")))) == ["封面", "青石镇渡口。"]


def test_a_text_box_follows_its_paragraph_once() -> None:
    box = f"<w:txbxContent>{paragraph(run('框中'))}</w:txbxContent>"
    both = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f'<mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert lines(read_body(paragraph(run("前"), f"<w:r>{both}</w:r>", run("后")))) == ["前后", "框中"]


def test_notes_follow_the_paragraph_that_refers_to_them() -> None:
    def note(kind: str, number: int, text: str) -> str:
        own = f"<w:r><w:{kind}Ref/></w:r>"
        return f'<w:{kind} w:id="{number}">{paragraph(own, run(text))}</w:{kind}>'

    def reference(kind: str, number: int) -> str:
        return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'

    footnotes = (
        f"<w:footnotes {W}>{note('footnote', 5, '逢三逢八。')}{note('footnote', 6, '旧称。')}</w:footnotes>"
    )
    endnotes = f"<w:endnotes {W}>{note('endnote', 2, '见镇志。')}</w:endnotes>"
    settings_part = (
        f'<w:settings {W}><w:endnotePr><w:numFmt w:val="decimalEnclosedCircle"/></w:endnotePr></w:settings>'
    )
    body = paragraph(run("集日"), reference("footnote", 5), run("开市"), reference("endnote", 2))
    body += paragraph(run("老街"), reference("footnote", 6))
    content = read_body(body, footnotes=footnotes, endnotes=endnotes, settings=settings_part)
    assert lines(content) == ["集日[1]开市①", "[1]逢三逢八。", "①见镇志。", "老街[2]", "[2]旧称。"]


def test_the_table_of_contents_answers_nothing() -> None:
    kind = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    name = paragraph(run("目录"), properties='<w:outlineLvl w:val="0"/>')
    body = f"<w:sdt><w:sdtPr>{kind}</w:sdtPr><w:sdtContent>{name}</w:sdtContent></w:sdt>"
    body += paragraph(run("第一章 总则 1"), properties='<w:pStyle w:val="TOC1"/>')
    body += paragraph(run("总则"), properties='<w:pStyle w:val="Heading1"/>') + paragraph(run("正文。"))
    content = read_body(body)
    assert [p.boilerplate for p in content.paragraphs] == [True, True, False, False]
    assert [text for _, text in headings(content)] == ["总则"]


def test_a_row_names_its_columns_and_a_merged_cell_belongs_to_each_of_its_rows() -> None:
    begun, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = (
        row(cell("类别"), cell("收费（元）"), cell("地点"))
        + row(cell("蔬菜"), cell("2"), cell("北棚", begun))
        + row(cell("水产"), cell("5"), cell("", goes_on))
        + row(cell("以上由市场办核定。", '<w:gridSpan w:val="3"/>'))
    )
    content = read_body(f"<w:tbl>{rows}</w:tbl>")
    assert lines(content) == [
        "类别: 蔬菜; 收费（元）: 2; 地点: 北棚",
        "类别: 水产; 收费（元）: 5; 地点: 北棚",
        "以上由市场办核定。",
    ]
    assert [p.apart for p in content.paragraphs] == [True, True, False]


def test_a_bold_first_row_is_the_header_even_of_words_over_words() -> None:
    document = docx.Document()
    table = document.add_table(3, 2)
    for number, words in enumerate((("姓名", "职务"), ("何有根", "管理员"), ("沈素梅", "站长"))):
        for place, word in enumerate(words):
            table.cell(number, place).paragraphs[0].add_run(word).bold = number == 0
    assert lines(read_saved(document)) == ["姓名: 何有根; 职务: 管理员", "姓名: 沈素梅; 职务: 站长"]


def test_a_form_says_each_name_with_what_stands_beside_it() -> None:
    document = docx.Document()
    table = document.add_table(2, 4)
    for number, words in enumerate(
        (("时间", "三月五日", "地点", "镇政府"), ("主持人", "林", "记录人", "沈"))
    ):
        for place, word in enumerate(words):
            table.cell(number, place).text = word
    assert lines(read_saved(document)) == ["时间: 三月五日; 地点: 镇政府", "主持人: 林; 记录人: 沈"]


def test_a_table_of_one_column_is_its_paragraphs_and_a_table_in_a_cell_follows_its_table() -> None:
    document = docx.Document()
    frame = document.add_table(1, 1).cell(0, 0)
    frame.text = "框里第一段。"
    frame.add_paragraph("框里第二段。")
    outer = document.add_table(1, 2)
    outer.cell(0, 0).text = "外"
    inner = outer.cell(0, 1).add_table(2, 2)
    for place, word in enumerate(("桥", "长度", "东渡桥", "84米")):
        inner.cell(place // 2, place % 2).text = word
    content = read_saved(document)
    assert lines(content) == ["框里第一段。", "框里第二段。", "外", "桥: 东渡桥; 长度: 84米"]
    assert [p.apart for p in content.paragraphs] == [False, False, True, True] or not content.paragraphs[
        2
    ].apart


@pytest.mark.parametrize(
    ("name", "written"),
    [
        (
            "a.html",
            "<html><head><meta charset='utf-8'></head><body><p>河上起雾了。</p></body></html>".encode(),
        ),
        (
            "a.mht",
            b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=B\r\n\r\n--B\r\nContent-Type: "
            b"text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            + b64encode("<meta charset='utf-8'><p>河上起雾了。</p>".encode())
            + b"\r\n--B--\r\n",
        ),
        ("a.txt", "河上起雾了。".encode()),
        (
            "a.docx",
            packed(
                f"<w:document {W}><w:body>{paragraph(run('河上起雾了。'))}</w:body></w:document>"
            ).getvalue(),
        ),
    ],
)
def test_a_file_in_the_file_is_read_where_it_stands(name: str, written: bytes) -> None:
    body = f"{paragraph(run('前'))}<w:altChunk r:id='rId1'/>{paragraph(run('后'))}"
    assert lines(read_related(body, "aFChunk", name, written)) == ["前", "河上起雾了。", "后"]


@pytest.mark.parametrize(
    "written", [bytes.fromhex("89504e470d0a1a0a0000000d49484452") + bytes(range(256)) * 4, b""]
)
def test_a_file_in_the_file_that_cannot_be_read_costs_only_itself(written: bytes) -> None:
    body = f"{paragraph(run('前'))}<w:altChunk r:id='rId1'/><w:altChunk r:id='rId7'/>"
    assert lines(read_related(body, "aFChunk", "a.txt", written)) == ["前"]


def test_a_chart_says_its_titles_and_its_points_as_rows() -> None:
    def cache(kind: str, *values: str, form: str = "") -> str:
        points = "".join(f"<c:pt idx='{n}'><c:v>{value}</c:v></c:pt>" for n, value in enumerate(values))
        return f"<c:{kind}Ref><c:{kind}Cache>{form}{points}</c:{kind}Cache></c:{kind}Ref>"

    percent = cache("num", "0.36", "0.4", form="<c:formatCode>0%</c:formatCode>")
    places = cache("multiLvlStr", "青石镇", "河东镇").replace(
        "</c:multiLvlStrCache>", "<c:lvl><c:pt idx='0'><c:v>城区</c:v></c:pt></c:lvl></c:multiLvlStrCache>"
    )
    chart = (
        f"<c:chartSpace {C} {A}><c:chart><c:title><c:tx><c:rich><a:p><a:r><a:t>便民桥</a:t></a:r></a:p>"
        f"</c:rich></c:tx></c:title><c:plotArea><c:barChart><c:ser><c:tx>{cache('str', '完好率')}</c:tx>"
        f"<c:cat>{places}</c:cat><c:val>{percent}</c:val></c:ser></c:barChart>"
        "</c:plotArea></c:chart></c:chartSpace>"
    )
    body = paragraph(run("图一"), f"<w:r><w:drawing><c:chart {C} r:id='rId1'/></w:drawing></w:r>")
    said = lines(read_related(body, "chart", "chart1.xml", chart.encode()))
    assert said == ["图一", "便民桥", "城区 青石镇; 完好率: 36%", "河东镇; 完好率: 40%"]


def test_a_diagram_says_its_texts() -> None:
    points = "".join(
        f"<d:pt><d:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></d:t></d:pt>" for text in ("受理", "审批")
    )
    body = paragraph(f"<w:r><w:drawing><d:relIds {D} r:dm='rId1'/></w:drawing></w:r>")
    data = f"<d:dataModel {D} {A}><d:ptLst>{points}</d:ptLst></d:dataModel>"
    assert lines(read_related(body, "diagramData", "data1.xml", data.encode())) == ["受理", "审批"]


def test_letters_along_a_line_and_boxes_of_forms_are_read() -> None:
    def box(state: str) -> str:
        begin = f"<w:ffData><w:checkBox><w:default w:val='0'/>{state}</w:checkBox></w:ffData>"
        return (
            f"<w:r><w:fldChar w:fldCharType='begin'>{begin}</w:fldChar></w:r>"
            "<w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>"
        )

    letters = f"<w:r><w:pict><v:shape {V}><v:textpath string='青石镇'/></v:shape></w:pict></w:r>"
    body = paragraph(letters) + paragraph(box("<w:checked/>"), run("同意"), box(""), run("不同意"))
    assert lines(read_body(body)) == ["青石镇", "☑同意☐不同意"]


def test_a_number_that_nothing_follows_keeps_its_own_blank() -> None:
    levels = level(0, "chineseCounting", "第%1章 ", "<w:suff w:val='nothing'/>")
    assert lines(read_body(item("总则"), numbering=numbering(levels))) == ["第一章 总则"]


def test_a_cell_that_was_deleted_is_not_read() -> None:
    body = f"<w:tbl>{row(cell('留'), cell('删', '<w:cellDel/>'))}</w:tbl>"
    assert lines(read_body(body)) == ["留"]


def test_running_heads_are_left_out() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "青石镇文件"
    document.sections[0].footer.paragraphs[0].text = "第 1 页"
    document.add_paragraph("正文。")
    assert lines(read_saved(document)) == ["正文。"]


def test_a_formula_is_read_with_its_bar() -> None:
    m = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    above, below = (
        f"<m:{part}><m:r><m:t>{text}</m:t></m:r></m:{part}>" for part, text in (("num", 1), ("den", 2))
    )
    half = f"<m:oMath {m}><m:f>{above}{below}</m:f></m:oMath>"
    assert lines(read_body(paragraph(run("占"), half))) == ["占1/2"]


@pytest.mark.parametrize(
    ("title", "read_as"),
    [
        ("青石镇集市", "青石镇集市"),
        ("Microsoft Word - a.doc", None),
        ("文档1", None),
        ("C:\\a\\b", None),
        (" ", None),
    ],
)
def test_the_title_in_the_properties_is_used_where_the_text_has_none(title: str, read_as: str | None) -> None:
    document = docx.Document()
    document.core_properties.title = title
    document.add_paragraph("河上起雾了。")
    assert read_saved(document).title == read_as


def test_a_file_in_the_strict_format_is_read() -> None:
    document = f"<w:document {STRICT}><w:body>{paragraph(run('河上起雾了。'))}</w:body></w:document>"
    assert lines(read(packed(document))) == ["河上起雾了。"]


def test_parts_that_are_missing_cost_only_themselves() -> None:
    document = docx.Document()
    document.add_heading("渡口", 1)
    saved, broken = BytesIO(), BytesIO()
    document.save(saved)
    with ZipFile(saved) as whole, ZipFile(broken, "w") as archive:
        for name in whole.namelist():
            if name not in {"word/styles.xml", "[Content_Types].xml", "word/theme/theme1.xml"}:
                part = whole.read(name)
                archive.writestr(name, part.replace(b"theme/theme1.xml", b"../NULL"))
    content = read(broken)
    assert headings(content) == [(0, "渡口")]


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        (COMPOUND + "EncryptedPackage".encode("utf-16-le"), Reason.LOCKED),
        (COMPOUND + "WordDocument".encode("utf-16-le"), Reason.DOCUMENT),
        (b"{\\rtf1 }", Reason.DAMAGED),
        (b"", Reason.DAMAGED),
    ],
)
def test_a_file_that_is_no_such_file_tells_why(written: bytes, reason: Reason) -> None:
    with pytest.raises(UnreadableError) as error:
        read(BytesIO(written))
    assert error.value.reason is reason


def test_an_archive_without_a_document_is_damaged() -> None:
    empty = BytesIO()
    with ZipFile(empty, "w") as archive:
        archive.writestr("a.txt", "a")
    with pytest.raises(UnreadableError) as error:
        read(empty)
    assert error.value.reason is Reason.DAMAGED


def test_what_libreoffice_made_is_read() -> None:
    with Reader() as reader:
        document = reader.document(File("word.docx", FILES / "word.docx"))
    text = document.text.splitlines()
    assert document.title == "青石镇集市管理办法"
    assert [p.heading.text for p in document.paragraphs if p.heading] == [
        *("青石镇集市管理办法", "第一章 总则", "第二章 摊位", "收费标准", "第三章 附则"),
    ]
    assert sum(p.boilerplate for p in document.paragraphs) == 4
    assert "[1]古历指农历，每旬逢三、逢八为集日。" in text
    assert "集市办公室电话：0570-6612038" in text
    assert "（三）活禽须在指定区域出售。" in text
    assert "类别: 水产; 收费（元） 平日: 5; 收费（元） 集日: 8; 地点: 北棚" in text
    assert "每月向集市办公室缴纳管理费三元，凭收据入场。" in document.text
    assert "待定" not in document.text
