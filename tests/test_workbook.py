import re
from collections.abc import Callable
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from retrieval.documents import Content, SheetRow
from retrieval.listing import File
from retrieval.passages import split
from retrieval.problems import Flaw, Reason, UnreadableError
from retrieval.readers.office.number_formats import NumberFormat
from retrieval.readers.office.workbook import read
from retrieval.reading import Reader, damage_of, document_of

SHEET = "xl/worksheets/sheet1.xml"
TEXTS = "xl/texts.xml"


def book(*sheets: tuple[str, list[list[object]]], change: Callable[[Worksheet], object] = id) -> BytesIO:
    made = Workbook()
    made.remove(made.worksheets[0])
    for name, written in sheets:
        sheet = made.create_sheet(name)
        for row in written:
            sheet.append(row)
        change(sheet)
    file = BytesIO()
    made.save(file)
    file.seek(0)
    return file


def changed(file: BytesIO, part: str, change: Callable[[str], str], leave_out: str = "") -> BytesIO:
    other = BytesIO()
    with ZipFile(file) as archive, ZipFile(other, "w", ZIP_DEFLATED) as copy:
        for name in archive.namelist():
            if name == leave_out:
                continue
            written = archive.read(name)
            copy.writestr(name, change(written.decode()) if name == part else written)
    other.seek(0)
    return other


def shared(file: BytesIO) -> BytesIO:
    """The same with its texts in a part of their own, as most programs save them."""
    texts: list[str] = []

    def moved(found: re.Match[str]) -> str:
        texts.append(found[1])
        return f't="s"><v>{len(texts) - 1}</v>'

    other = BytesIO()
    with ZipFile(file) as archive, ZipFile(other, "w", ZIP_DEFLATED) as copy:
        for name in archive.namelist():
            written = archive.read(name).decode()
            if name.startswith("xl/worksheets/"):
                written = re.sub(r't="inlineStr"><is>(.*?)</is>', moved, written)
            if name == "xl/_rels/workbook.xml.rels":
                kind = re.search(r'Type="([^"]*)/worksheet"', written)
                assert kind is not None
                relation = f'<Relationship Id="texts" Type="{kind[1]}/sharedStrings" Target="texts.xml"/>'
                written = written.replace("</Relationships>", f"{relation}</Relationships>")
            copy.writestr(name, written)
        main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        copy.writestr(TEXTS, f'<sst xmlns="{main}"><si>{"</si><si>".join(texts)}</si></sst>')
    other.seek(0)
    return other


def said(content: Content) -> list[str]:
    return [content.text[p.span.start : p.span.end] for p in content.paragraphs]


def headings(content: Content) -> list[tuple[int, str]]:
    return [(p.heading.level, p.heading.text) for p in content.paragraphs if p.heading]


BRIDGES: list[list[object]] = [["项目", "数量"], ["便民桥", 36], ["文化站", 2]]


def test_a_row_of_a_sheet_carries_the_names_of_its_columns() -> None:
    content = read(book(("Sheet1", BRIDGES)))
    assert said(content) == ["项目: 便民桥; 数量: 36", "项目: 文化站; 数量: 2"]
    assert all(p.apart and p.page is None for p in content.paragraphs)
    assert content.title is None


def test_sheets_are_sections_under_their_names_if_they_have_one() -> None:
    content = read(
        book(
            ("设施", BRIDGES), ("人员", [["姓名", "职务"], ["张三", "主任"]]), ("Sheet3", BRIDGES), ("空", [])
        )
    )
    assert headings(content) == [(1, "设施"), (1, "人员")]
    assert content.paragraphs[-2].ends == 1


def test_the_name_of_an_only_sheet_is_a_title_for_want_of_another() -> None:
    assert read(book(("设施", BRIDGES))).title == "设施"
    assert headings(read(book(("设施", BRIDGES)))) == []
    titled = read(book(("设施", [["青石镇设施一览表"], *BRIDGES])))
    assert (titled.title, headings(titled)) == ("青石镇设施一览表", [(0, "青石镇设施一览表")])


def test_hidden_sheets_and_charts_are_not_read_and_hidden_rows_are() -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.sheet_state = "hidden" if sheet.title == "底稿" else "visible"
        sheet.row_dimensions[2].hidden = True
        sheet.parent.create_chartsheet(f"图{sheet.title}")

    content = read(book(("设施", BRIDGES), ("底稿", [["密", "秘"], ["甲", "乙"]]), change=hide))
    assert said(content) == ["项目: 便民桥; 数量: 36", "项目: 文化站; 数量: 2"]


def test_merged_cells_name_every_row_and_column_that_they_stand_over() -> None:
    def merge(sheet: Worksheet) -> None:
        for place in ("A1:D1", "A2:A3", "B2:B3", "C2:D2", "A4:A5", "A6:B7"):
            sheet.merge_cells(place)

    written: list[list[object]] = [
        ["青石镇设施表"],
        ["类别", "名称", "数量"],
        [None, None, "计划", "实际"],
        ["基础", "便民桥", 36, 35],
        [None, "文化站", 2, 1],
        ["合计", None, 38, 36],
    ]
    assert said(read(book(("Sheet1", written), change=merge))) == [
        "青石镇设施表",
        "类别: 基础; 名称: 便民桥; 数量 计划: 36; 数量 实际: 35",
        "类别: 基础; 名称: 文化站; 数量 计划: 2; 数量 实际: 1",
        "类别: 合计; 数量 计划: 38; 数量 实际: 36",
    ]


HANDS: list[list[object]] = [["河东", "甲班", "李家"], ["石桥", "李二牛", "早"], ["柳湾", "王大山", "晚"]]


@pytest.mark.parametrize("look", [{"font": Font(b=True)}, {"fill": PatternFill("solid", fgColor="FFD9E1F2")}])
def test_a_row_that_is_bold_or_filled_names_the_columns_where_words_do_not_tell(
    look: dict[str, Font | PatternFill],
) -> None:
    def set_off(sheet: Worksheet) -> None:
        for cell in sheet[1]:
            for name, value in look.items():
                setattr(cell, name, value)

    assert said(read(book(("Sheet1", HANDS))))[0] == "河东; 甲班; 李家"
    assert said(read(book(("Sheet1", HANDS), change=set_off))) == [
        "河东: 石桥; 甲班: 李二牛; 李家: 早",
        "河东: 柳湾; 甲班: 王大山; 李家: 晚",
    ]


@pytest.mark.parametrize("rows", [[1, 2, 3], [1, 2], [2]])
def test_what_is_bold_names_nothing_unless_it_is_the_first_row_alone(rows: list[int]) -> None:
    def set_off(sheet: Worksheet) -> None:
        for row in rows:
            for cell in sheet[row]:
                cell.font = Font(b=True)

    assert said(read(book(("Sheet1", HANDS), change=set_off))) == [
        "河东; 甲班; 李家",
        "石桥; 李二牛; 早",
        "柳湾; 王大山; 晚",
    ]


def test_white_is_no_fill_and_a_row_that_is_bold_in_part_is_not_set_off() -> None:
    def look(sheet: Worksheet) -> None:
        for cell in sheet[1]:
            cell.fill = PatternFill("solid", fgColor="FFFFFFFF")
        sheet["A1"].font = Font(b=True)

    assert said(read(book(("Sheet1", HANDS), change=look)))[0] == "河东; 甲班; 李家"


def test_figures_in_bold_name_nothing() -> None:
    def set_off(sheet: Worksheet) -> None:
        for cell in sheet[1]:
            cell.font = Font(b=True)

    content = read(book(("Sheet1", [["合计", 38, 36], ["桥", 36, 35], ["站", 2, 1]]), change=set_off))
    assert said(content)[0] == "合计; 38; 36"


def rows_of(content: Content) -> list[SheetRow | None]:
    return [p.row for p in content.paragraphs]


def test_what_a_sheet_says_is_placed_by_the_row_that_the_program_counts() -> None:
    def insert(sheet: Worksheet) -> None:
        sheet.insert_rows(2, 4)

    content = read(book(("Sheet1", [["青石镇设施表"], *BRIDGES]), change=insert))
    assert rows_of(content) == [SheetRow(1), SheetRow(7), SheetRow(8)]
    first, second = split(document_of(content, "a.xlsx"))
    assert (first.row, second.row) == (SheetRow(7), SheetRow(8))
    assert (first.first, first.last) == (1, 2)


def test_the_sheet_of_a_row_is_told_where_no_heading_tells_it() -> None:
    content = read(book(("Sheet1", BRIDGES), ("设施", BRIDGES), ("Sheet3", BRIDGES)))
    assert rows_of(content)[:2] == [SheetRow(2, "Sheet1"), SheetRow(3, "Sheet1")]
    assert rows_of(content)[2:5] == [None, SheetRow(2), SheetRow(3)]
    assert rows_of(content)[5:] == [SheetRow(2, "Sheet3"), SheetRow(3, "Sheet3")]


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (36.0, "General", "36"),
        (0.1 + 0.2, "General", "0.3"),
        (13800001234, "General", "13800001234"),
        (True, "General", "TRUE"),
        ("#N/A", "General", "#N/A"),
        (0.15, "0%", "15%"),
        (1234.5, '"¥"#,##0.00', "¥1,234.50"),
        (date(2024, 3, 14), 'yyyy"年"m"月"d"日"', "2024年3月14日"),
        (datetime(2024, 3, 14, 8, 30), "yyyy-mm-dd hh:mm", "2024-03-14 08:30"),  # noqa: DTZ001 - as sheets have it
        (time(8, 5), "h:mm", "8:05"),
        (CellRichText("富", TextBlock(InlineFont(b=True), "文本")), "General", "富文本"),
        ("甲_x000D_\n乙", "General", "甲 乙"),
    ],
)
def test_a_cell_is_read_as_it_is_shown(value: object, code: str, shown: str) -> None:
    def look(sheet: Worksheet) -> None:
        sheet["B2"].number_format = code

    file = book(("Sheet1", [["项目", "值"], ["甲", value]]), change=look)
    assert said(read(file)) == [f"项目: 甲; 值: {shown}"]


@pytest.mark.parametrize(
    ("number", "code", "shown"),
    [
        ("1234567.891", "#,##0.00", "1,234,567.89"),
        ("-1234", '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-1,234.00"),
        ("0", '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        ("-5", "0.00_);(0.00)", "(5.00)"),
        ("2.345", "0.00", "2.35"),
        ("-0.001", "0.00", "0.00"),
        ("1.5", "0.##", "1.5"),
        ("42", "00000", "00042"),
        ("13800001234", "000-0000-0000", "138-0000-1234"),
        ("36", 'General"座"', "36座"),
        ("1234.5", "[$¥-804]#,##0.00", "¥1,234.50"),
        ("12345", '0!.0,"万元"', "1.2万元"),
        ("1500", '[>=1000]0.0,"千";0', "1.5千"),
        ("12300", "0.00E+00", "1.23E+4"),
        ("45365.75", "h:mm AM/PM", "6:00 PM"),
        ("45365.354166666664", '上午/下午h"时"mm"分"', "上午8时30分"),
        ("1.5", "[h]:mm:ss", "36:00:00"),
        ("45365", '[DBNum1][$-804]yyyy"年"m"月"d"日";@', "二〇二四年三月十四日"),
        ("45365", "[$-F800]dddd, mmmm dd, yyyy", "2024年3月14日"),
        ("45365", "aaaa", "星期四"),
        ("45365", "d-mmm-yy", "14-Mar-24"),
        ("1", "yyyy-mm-dd", "1900-01-01"),
        ("-5", "yyyy-mm-dd", "-5"),
        ("甲", "0.00", "甲"),
        ("330102198001011234", "0", "330102198001011234"),
        ("330102198001011234", "General", "330102198001011234"),
        ("-6222021202012345678", "0_ ", "-6222021202012345678"),
        ("6222021202012345678", "#,##0.00", "6,222,021,202,012,345,678.00"),
        ("6222021202012345678", "0000 0000 0000 0000 000", "6222 0212 0201 2345 678"),
        ("3.3010219800101123E+17", "0", "330102198001011000"),  # as programs show it
        ("3.3010219800101123E+17", "General", "3.30102198E+17"),
        ("1e29", "0%", "1" + "0" * 31 + "%"),
        ("1e30", "0", "1E+30"),
    ],
)
def test_a_number_is_shown_in_its_format(number: str, code: str, shown: str) -> None:
    assert NumberFormat(code).shown(number) == shown


@settings(max_examples=200)
@given(
    st.floats().map(str)
    | st.integers(-(10**35), 10**35).map(str)
    | st.integers().map(str)
    | st.text(max_size=5),
    st.text(st.sampled_from('0#?.,%;@"\\!_*[]<>=1ymdhsaeE+-/$¥ AMPMGeneral'), max_size=15),
)
def test_any_number_is_shown_in_any_format(number: str, code: str) -> None:
    assert isinstance(NumberFormat(code).shown(number), str)


def test_dates_may_be_counted_from_1904() -> None:
    assert NumberFormat("yyyy-mm-dd", from_1904=True).shown("43903") == "2024-03-14"


def test_a_formula_says_the_value_that_was_saved_with_it_else_nothing() -> None:
    file = book(("Sheet1", [["项目", "数量", "注"], ["桥", "=6*6", "好"], ["站", "=1+1", "好"]]))
    filled = changed(file, SHEET, lambda xml: re.sub(r"(<f>6\*6</f>)(?:<v ?/>|<v></v>)", r"\1<v>36</v>", xml))
    assert said(read(filled)) == ["项目: 桥; 数量: 36; 注: 好", "项目: 站; 注: 好"]


def test_formulas_without_a_saved_value_are_counted(tmp_path: Path) -> None:
    sums: list[list[object]] = [["项目", "数量"], ["桥", "=6*6"], ["站", "=SUM(B2:B2)"]]
    (tmp_path / "a.xlsx").write_bytes(book(("设施", sums), ("人员", sums)).getvalue())
    with Reader() as reader:
        content = reader(File("a.xlsx", tmp_path / "a.xlsx"))
    problem = damage_of(content, "a.xlsx")
    assert problem is not None
    assert problem.is_served
    assert (problem.reason, problem.detail) == (Reason.FORMULAS, "4")
    assert read(book(("设施", BRIDGES))).flaw is None


def test_a_link_shows_its_words_though_nobody_saved_them() -> None:
    link = '=HYPERLINK("https://example.org/?a=1,2", "青石""镇""")'
    written = [["项目", "数量", "网站"], ["桥", 36, link], ["站", 2, '=HYPERLINK("#A1", A2)']]
    content = read(book(("Sheet1", written)))
    assert said(content) == ['项目: 桥; 数量: 36; 网站: 青石"镇"', "项目: 站; 数量: 2"]
    assert content.flaw == Flaw(Reason.FORMULAS, "1")


def test_a_formula_whose_value_is_no_text_says_nothing() -> None:
    file = book(("Sheet1", [["项目", "数量"], ["桥", '=IF(A2="",1,"")'], ["站", 2]]))
    filled = changed(file, SHEET, lambda xml: re.sub(r'<c r="B2"[^>]*>', '<c r="B2" t="str">', xml))
    assert said(read(filled)) == ["项目: 桥", "项目: 站; 数量: 2"]


def test_how_a_word_is_pronounced_is_not_said() -> None:
    def pronounce(xml: str) -> str:
        return xml.replace("</t></si>", "</t><rPh sb='0' eb='1'><t>xiang</t></rPh></si>")

    assert said(read(changed(shared(book(("Sheet1", BRIDGES))), TEXTS, pronounce))) == said(
        read(book(("Sheet1", BRIDGES)))
    )


def test_what_a_sheet_says_of_its_size_and_the_places_of_its_cells_is_not_needed() -> None:
    def without_places(xml: str) -> str:
        return re.sub(
            r' r="[A-Z]*[0-9]+"', "", re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1:XFD1048576"', xml)
        )

    assert said(read(changed(book(("Sheet1", BRIDGES)), SHEET, without_places))) == said(
        read(book(("Sheet1", BRIDGES)))
    )


def test_many_rows_of_nothing_are_nothing() -> None:
    nothing = "".join(f'<row r="{number}"/>' for number in range(4, 50_000))
    file = changed(
        book(("Sheet1", BRIDGES)), SHEET, lambda xml: xml.replace("</sheetData>", f"{nothing}</sheetData>")
    )
    assert len(said(read(file))) == 2


def test_broken_styles_cost_no_text() -> None:
    file = changed(
        book(("Sheet1", BRIDGES)),
        "xl/styles.xml",
        lambda xml: re.sub("<(fills|fonts).*?</\\1>", "<fills/>", xml),
    )
    assert len(said(read(file))) == 2


def test_a_password_is_told_from_an_older_format() -> None:
    compound = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
    with pytest.raises(UnreadableError) as error:
        read(BytesIO(compound + "EncryptedPackage".encode("utf-16-le")))
    assert error.value.reason is Reason.LOCKED
    with pytest.raises(UnreadableError) as error:
        read(BytesIO(compound + "Workbook".encode("utf-16-le")))
    assert error.value.reason is Reason.SHEET


def test_a_file_that_is_no_workbook_is_damaged(tmp_path: Path) -> None:
    for name, written in (("a.xlsx", b"PK\3\4" + bytes(99)), ("b.xlsx", "项目".encode())):
        (tmp_path / name).write_bytes(written)
        with Reader() as reader, pytest.raises(UnreadableError) as error:
            reader(File(name, tmp_path / name))
        assert error.value.reason is Reason.DAMAGED


def test_a_workbook_is_read_in_the_sandbox_too(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(book(("设施", BRIDGES)).getvalue())
    with Reader() as reader:
        content = reader(File("a.xlsx", tmp_path / "a.xlsx"))
    assert content == read(book(("设施", BRIDGES)))


TWO_SHEETS = (("设施", BRIDGES), ("人员", [["姓名", "职务"], ["张三", "主任"], ["李四", "会计"]]))


def test_a_sheet_that_breaks_off_costs_no_other_and_is_named() -> None:
    file = changed(book(*TWO_SHEETS), SHEET, lambda xml: xml[: xml.index('<row r="3"')] + "<row r=")
    content = read(file)
    assert said(content) == [
        "设施",
        "项目: 便民桥; 数量: 36",
        "人员",
        "姓名: 张三; 职务: 主任",
        "姓名: 李四; 职务: 会计",
    ]
    assert content.flaw == Flaw(Reason.PARTLY, "设施")


@pytest.mark.parametrize("broken", ["<worksheet", "甲", ""])
def test_of_a_sheet_that_cannot_be_read_the_name_is_told(broken: str) -> None:
    content = read(changed(book(*TWO_SHEETS), SHEET, lambda _: broken))
    assert said(content) == ["人员", "姓名: 张三; 职务: 主任", "姓名: 李四; 职务: 会计"]
    assert content.flaw == Flaw(Reason.PARTLY, "设施")


def test_a_sheet_that_is_missing_is_named() -> None:
    content = read(changed(book(*TWO_SHEETS), "[Content_Types].xml", str, leave_out=SHEET))
    assert content.flaw == Flaw(Reason.PARTLY, "设施")


@pytest.mark.parametrize("number", ["99", "-1", "甲", "1e3", "²"])
def test_a_text_that_is_missing_costs_one_cell(number: str) -> None:
    def point_elsewhere(xml: str) -> str:
        return xml.replace('t="s"><v>2</v>', f't="s"><v>{number}</v>')

    content = read(changed(shared(book(*TWO_SHEETS)), SHEET, point_elsewhere))
    assert said(content)[1:3] == ["数量: 36", "项目: 文化站; 数量: 2"]
    assert content.flaw == Flaw(Reason.PARTLY, "设施")


def test_texts_that_break_off_cost_the_cells_that_show_them() -> None:
    def break_off(xml: str) -> str:
        return xml[: xml.index("<si><t>&#24352;")]  # 张三

    content = read(changed(shared(book(*TWO_SHEETS)), TEXTS, break_off))
    assert said(content)[1:] == ["项目: 便民桥; 数量: 36", "项目: 文化站; 数量: 2", "人员", "姓名; 职务"]
    assert content.flaw == Flaw(Reason.PARTLY, "人员")


def test_a_workbook_without_a_sheet_that_can_be_read_is_damaged() -> None:
    with pytest.raises(UnreadableError) as error:
        read(changed(book(("设施", BRIDGES)), SHEET, lambda _: "<worksheet"))
    assert error.value.reason is Reason.DAMAGED


WORDS = st.text(st.sampled_from("便民桥文化站。，abc %&<>\"'"), min_size=1).filter(lambda word: word.strip())


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=1, max_size=6))
def test_cells_that_are_written_are_read(written: list[tuple[str, str, str]]) -> None:
    content = read(book(("Sheet1", [["名称", "类别", "说明"], *map(list, written)])))
    assert said(content) == [
        "名称: {}; 类别: {}; 说明: {}".format(*(" ".join(cell.split()) for cell in row)) for row in written
    ]
