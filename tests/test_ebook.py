"""E-books, as programs and people make them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.documents import Content, Document
from retrieval.listing import File
from retrieval.passages import split
from retrieval.problems import Flaw, Reason, UnreadableError
from retrieval.readers.web import publication
from retrieval.readers.web.ebook import read
from retrieval.reading import Reader

CONTAINER = """<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>"""

ONE = "<h1>第一章 雾</h1><p>河上起雾了。</p><p>“船来了没有？”老周问。</p>"
TWO = "<h1>第二章 船</h1><p>船来了。</p>"

ENCRYPTED = """<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"
 xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData>
<enc:EncryptionMethod Algorithm="{}"/>
<enc:CipherData><enc:CipherReference URI="{}"/></enc:CipherData></enc:EncryptedData></encryption>"""

SERIOUS = (
    '<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" '
    '"http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">'
)

WORDS = st.text(alphabet="青石镇渡口雾，。！《》“”abc XYZ019<&>'\"", min_size=1, max_size=40)
PARAGRAPHS = st.lists(WORDS.map(lambda text: " ".join(text.split())).filter(bool), min_size=1, max_size=6)


@dataclass(frozen=True, slots=True)
class Book:
    """A book to be made: its texts by their names, in order, and other members of the archive."""

    texts: Mapping[str, str | bytes]
    title: str = "渡口"
    points: Sequence[tuple[str, str]] = ()
    navigation: str = ""
    others: Mapping[str, str] = field(default_factory=dict)
    left_out: Sequence[str] = ()

    @property
    def package(self) -> str:
        """The list of its parts."""
        items = [
            f'<item id="t{n}" href="{escape(name)}" media-type="application/xhtml+xml"/>'
            for n, name in enumerate(self.texts)
        ]
        if self.points:
            items.append('<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>')
        if self.navigation:
            items.append(
                '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
            )
        numbers = [*(["nav"] if self.navigation else []), *(f"t{n}" for n in range(len(self.texts)))]
        spine = "".join(f'<itemref idref="{number}"/>' for number in numbers)
        return (
            '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
            f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{self.title}</dc:title></metadata>'
            f"<manifest>{''.join(items)}</manifest>"
            f'<spine toc="ncx">{spine}</spine></package>'
        )

    @property
    def written(self) -> bytes:
        """Its bytes."""
        members: dict[str, str | bytes] = {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": CONTAINER,
            "OEBPS/content.opf": self.package,
        }
        members |= {
            f"OEBPS/{name}": page(text) if isinstance(text, str) else text
            for name, text in self.texts.items()
        }
        if self.points:
            members["OEBPS/toc.ncx"] = ncx(self.points)
        if self.navigation:
            members["OEBPS/nav.xhtml"] = page(self.navigation)
        members |= dict(self.others)
        archive = BytesIO()
        with ZipFile(archive, "w", ZIP_DEFLATED) as file:
            for name, member in members.items():
                if name not in self.left_out:
                    file.writestr(name, member)
        return archive.getvalue()


def page(body: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html>'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
        f"<head><title/><script src='a.js'/></head><body>{body}</body></html>"
    )


def ncx(points: Sequence[tuple[str, str]]) -> str:
    listed = "".join(
        f'<navPoint><navLabel><text>{title}</text></navLabel><content src="{target}"/></navPoint>'
        for title, target in points
    )
    return f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>{listed}</navMap></ncx>'


def content(book: Book) -> Content:
    return read(BytesIO(book.written))


def texts(book: Book) -> list[str]:
    found = content(book)
    return [found.text[p.span.start : p.span.end] for p in found.paragraphs]


def headings(book: Book) -> list[tuple[int, str]]:
    return [(p.heading.level, p.heading.text) for p in content(book).paragraphs if p.heading]


@settings(max_examples=40, deadline=None)
@given(st.lists(PARAGRAPHS, min_size=1, max_size=4))
def test_paragraphs_come_out_as_they_went_in(chapters: list[list[str]]) -> None:
    pages = {
        f"{n}.xhtml": "".join(f"<p>{escape(paragraph)}</p>" for paragraph in chapter)
        for n, chapter in enumerate(chapters)
    }
    assert texts(Book(pages)) == [paragraph for chapter in chapters for paragraph in chapter]


def test_chapters_are_headings_below_the_title_of_the_book() -> None:
    book = Book({"1.xhtml": ONE, "2.xhtml": TWO})
    assert content(book).title == "渡口"
    assert headings(book) == [(2, "第一章 雾"), (2, "第二章 船")]
    assert texts(book) == ["第一章 雾", "河上起雾了。", "“船来了没有？”老周问。", "第二章 船", "船来了。"]
    assert not any(p.boilerplate or p.page for p in content(book).paragraphs)


def test_a_title_page_is_the_title() -> None:
    book = Book({"0.xhtml": "<h1>渡 口</h1><p>老周</p>", "1.xhtml": ONE, "2.xhtml": TWO})
    assert headings(book) == [(0, "渡 口"), (2, "第一章 雾"), (2, "第二章 船")]


def test_the_only_chapter_is_not_the_title() -> None:
    assert content(Book({"1.xhtml": ONE})).title == "渡口"


@pytest.mark.parametrize("title", ["", "Unknown", "未知", "Unknown Title", "无标题文档", "text"])
def test_a_book_without_a_title_is_named_by_its_text(title: str) -> None:
    assert (
        content(Book({"1.xhtml": "<h1>渡口的故事</h1>" + TWO.replace("h1", "h2")}, title=title)).title
        == "渡口的故事"
    )


def test_the_order_is_that_of_the_spine() -> None:
    assert texts(Book({"9.xhtml": "<p>甲。</p>", "1.xhtml": "<p>乙。</p>"})) == ["甲。", "乙。"]


def test_a_chapter_without_a_heading_is_headed_by_the_table_of_contents() -> None:
    book = Book(
        {"1.xhtml": "<p>河上起雾了。</p>", "2.xhtml": TWO}, points=[("雾", "1.xhtml"), ("船", "2.xhtml")]
    )
    assert headings(book) == [(2, "雾"), (2, "第二章 船")]
    assert texts(book)[:2] == ["雾", "河上起雾了。"]


@pytest.mark.parametrize(
    "head",
    [
        ["第一章 雾"],
        ["第一章　雾"],
        ["第一章", "雾"],
    ],
)
def test_a_title_that_stands_at_the_head_is_the_heading_there(head: list[str]) -> None:
    body = "".join(f"<p class='t'>{line}</p>" for line in head) + "<p>河上起雾了。</p>"
    book = Book({"1.xhtml": body}, points=[("第一章 雾", "1.xhtml")])
    assert texts(book) == [*head, "河上起雾了。"]
    assert headings(book) == [(2 + n, " ".join(line.split())) for n, line in enumerate(head)]


@pytest.mark.parametrize("line", ["第一章 雾，起于河上，散于午前。", "【第一章　雾】"])
def test_a_title_that_stands_at_the_head_with_more_is_not_added(line: str) -> None:
    assert texts(Book({"1.xhtml": f"<p>{line}</p>"}, points=[("第一章 雾", "1.xhtml")])) == [line]


def test_several_chapters_in_one_text_are_told_apart() -> None:
    body = "<p>雾</p><p>河上起雾了。</p><p>船</p><p>船来了。</p>"
    book = Book(
        {"all.xhtml": body}, points=[("雾", "all.xhtml#a"), ("船", "all.xhtml#b"), ("无", "all.xhtml#c")]
    )
    assert headings(book) == [(2, "雾"), (2, "船")]
    assert texts(book) == ["雾", "河上起雾了。", "船", "船来了。"]


NAVIGATION = (
    '<nav epub:type="landmarks"><ol><li><a href="1.xhtml">正文</a></li></ol></nav>'
    '<nav epub:type="toc"><h1>目录</h1><ol><li><a href="1.xhtml">上篇</a>'
    '<ol><li><a href="2.xhtml#x">开船</a></li></ol></li></ol></nav>'
)


def test_the_table_of_contents_is_boilerplate_and_heads_the_chapters() -> None:
    book = Book({"1.xhtml": "<p>河上起雾了。</p>", "2.xhtml": "<p>船来了。</p>"}, navigation=NAVIGATION)
    assert headings(book) == [(2, "上篇"), (3, "开船")]
    marked = [(text, p.boilerplate) for text, p in zip(texts(book), content(book).paragraphs, strict=True)]
    assert [text for text, boilerplate in marked if not boilerplate] == [
        "上篇",
        "河上起雾了。",
        "开船",
        "船来了。",
    ]
    assert [text for text, boilerplate in marked if boilerplate][:2] == ["1. 正文", "目录"]


def test_a_page_of_contents_of_links_is_boilerplate() -> None:
    links = "".join(f"<p><a href='{n}.xhtml'>第{n}章 渡口的雾</a></p>" for n in range(1, 5))
    found = content(Book({"c.xhtml": f"<h2>目录</h2>{links}", "1.xhtml": ONE + "<p>雾里没有回声。</p>" * 9}))
    assert [p.boilerplate for p in found.paragraphs[:6]] == [True] * 5 + [False]


@pytest.mark.parametrize("form", ["{}", "{} …… 12", "1. {}", "{}　7"])
def test_a_page_that_lists_what_the_others_are_called_is_boilerplate(form: str) -> None:
    names = ["第一章 雾从哪里来？", "第二章 船", "第三章 铃"]
    listed = "".join(f"<p>{form.format(name)}</p>" for name in names)
    chapters = {f"{n}.xhtml": f"<h2>{name}</h2><p>河上起雾了。</p>" for n, name in enumerate(names)}
    book = Book({"c.xhtml": f"<p>目录</p>{listed}", **chapters})
    assert [p.boilerplate for p in content(book).paragraphs] == [True] * 4 + [False] * 6
    book = Book(
        {"c.xhtml": f"<p>目录</p>{listed}", **dict.fromkeys(chapters, "<p>河上起雾了。</p>")},
        points=[*zip(names, chapters, strict=True)],
    )
    assert [p.boilerplate for p in content(book).paragraphs] == [True] * 4 + [False] * 6


def test_a_page_that_says_more_than_titles_is_text() -> None:
    names = ["雾", "船", "铃"]
    chapters = {f"{n}.xhtml": f"<h2>{name}</h2><p>河上起雾了。</p>" for n, name in enumerate(names)}
    told = "<p>这一本书说三件事。</p><p>雾</p><p>船</p><p>铃</p><p>别的都不说。</p>"
    found = content(Book({"0.xhtml": told, **chapters}))
    assert not any(paragraph.boilerplate for paragraph in found.paragraphs)


def test_titles_of_other_books_are_text_in_a_book() -> None:
    found = content(Book({"1.xhtml": ONE + "<p>推荐阅读</p><p>渡船的历史</p><p>河流的故事</p>"}))
    assert not any(paragraph.boilerplate for paragraph in found.paragraphs)


@pytest.mark.parametrize(
    ("named", "kept"),
    [
        ("%E7%AB%A0.xhtml", "章.xhtml"),
        ("Text/One.XHTML", "text/one.xhtml"),
        ("text\\1.xhtml", "text/1.xhtml"),
    ],
)
def test_a_text_is_found_whatever_its_path_is_like(named: str, kept: str) -> None:
    book = Book({named: ""}, others={f"OEBPS/{kept}": page(ONE)}, left_out=[f"OEBPS/{named}"])
    assert texts(book)[0] == "第一章 雾"


def test_a_text_that_is_missing_or_no_text_costs_only_itself() -> None:
    picture = bytes.fromhex("89504e470d0a1a0a0000000d49484452") + bytes(range(256)) * 4
    book = Book({"0.xhtml": "", "1.xhtml": picture, "2.xhtml": TWO}, left_out=["OEBPS/0.xhtml"])
    assert texts(book) == ["第二章 船", "船来了。"]
    assert content(book).flaw == Flaw(Reason.PARTLY, "OEBPS/0.xhtml, OEBPS/1.xhtml")
    assert content(Book({"2.xhtml": TWO, "3.xhtml": '<img src="a.jpg"/>'})).flaw is None


def test_of_many_texts_that_are_missing_some_are_named() -> None:
    names = [f"{n}.xhtml" for n in range(9)]
    book = Book(dict.fromkeys([*names, "9.xhtml"], ONE), left_out=[f"OEBPS/{name}" for name in names])
    assert content(book).flaw == Flaw(
        Reason.PARTLY, ", ".join([*(f"OEBPS/{name}" for name in names[:5]), "…"])
    )


def spoilt(written: bytes, name: str) -> bytes:
    """The archive with some bytes of a member changed."""
    start = written.index(name.encode()) + len(name) + 20
    return written[:start] + bytes(byte ^ 0xFF for byte in written[start : start + 9]) + written[start + 9 :]


def test_a_text_whose_bytes_are_spoilt_costs_only_itself() -> None:
    written = spoilt(Book({"1.xhtml": 40 * ONE, "2.xhtml": TWO}).written, "OEBPS/1.xhtml")
    found = read(BytesIO(written))
    assert found.text == "第二章 船\n船来了。"
    assert found.flaw == Flaw(Reason.PARTLY, "OEBPS/1.xhtml")


@pytest.mark.parametrize("ruined", [b"", b"<html><head><titl", bytes(99), bytes(range(256)) * 4])
@pytest.mark.parametrize("navigation", ["", '<nav epub:type="toc"><a href="1.xhtml">第一章</a></nav>'])
def test_a_book_whose_only_chapter_is_ruined_is_damaged(ruined: bytes, navigation: str) -> None:
    with pytest.raises(UnreadableError) as error:
        content(Book({"1.xhtml": ruined}, navigation=navigation))
    assert error.value.reason is Reason.DAMAGED


@pytest.mark.parametrize("left_out", ["OEBPS/1.xhtml", "OEBPS/content.opf"])
def test_a_book_without_its_texts_is_damaged(left_out: str) -> None:
    with pytest.raises(UnreadableError) as error:
        content(Book({"1.xhtml": ONE}, left_out=[left_out]))
    assert error.value.reason is Reason.DAMAGED


def test_a_book_is_read_without_its_container() -> None:
    assert texts(Book({"1.xhtml": ONE}, left_out=["META-INF/container.xml"]))[0] == "第一章 雾"


def test_a_text_that_is_named_twice_is_read_once() -> None:
    book = Book({"1.xhtml": ONE, "./1.xhtml": ONE})
    assert len(texts(book)) == 3


@pytest.mark.parametrize(
    "written",
    [
        "<p>雾<p>船<br>来&nbsp;了",
        SERIOUS + '<html><body><p/><p>雾</p><a id="a"/>船<br/>来&nbsp;了</body></html>',
    ],
)
def test_a_text_need_not_be_sound(written: str) -> None:
    assert texts(Book({"1.xhtml": written.encode()})) == ["雾", "船\n来 了"]


def test_a_text_in_another_encoding_is_read() -> None:
    words = "河上起雾的早晨，渡口的铜铃要比平日响得多。看不见船的人心里发慌，总要多摇几下。"
    assert (
        texts(Book({"1.xhtml": f"<p>{words}</p>".encode("gb18030"), "2.xhtml": words.encode("utf-16")}))
        == [words] * 2
    )


def test_entities_are_not_expanded() -> None:
    bomb = "<!ENTITY a0 '雾'>" + "".join(f"<!ENTITY a{n + 1} '{f'&a{n};' * 10}'>" for n in range(12))
    written = f"<?xml version='1.0'?><!DOCTYPE html [{bomb}]><html><body><p>甲&a12;乙</p></body></html>"
    read_text = texts(Book({"1.xhtml": written.encode()}, others={"OEBPS/toc.ncx": written}))
    assert read_text[-1] == "甲&a12;乙"


def test_a_locked_book_is_told() -> None:
    lock = ENCRYPTED.format("http://www.w3.org/2001/04/xmlenc#aes128-cbc", "OEBPS/1.xhtml")
    with pytest.raises(UnreadableError) as error:
        content(Book({"1.xhtml": ONE}, others={"META-INF/encryption.xml": lock}))
    assert error.value.reason is Reason.LOCKED


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("http://www.idpf.org/2008/embedding", "OEBPS/font.otf"),
        ("http://www.w3.org/2001/04/xmlenc#aes128-cbc", "OEBPS/sound.mp3"),
    ],
)
def test_what_is_locked_besides_the_texts_locks_no_book(method: str, path: str) -> None:
    book = Book({"1.xhtml": ONE}, others={"META-INF/encryption.xml": ENCRYPTED.format(method, path)})
    assert len(texts(book)) == 3


def test_an_archive_with_a_password_is_told() -> None:
    written = bytearray(Book({"1.xhtml": ONE}).written)
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = written.find(signature)
        while place >= 0:
            written[place + flags] |= 1
            place = written.find(signature, place + 1)
    with pytest.raises(UnreadableError) as error:
        read(BytesIO(bytes(written)))
    assert error.value.reason is Reason.LOCKED


def test_a_member_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publication, "LARGEST", 5000)
    assert texts(Book({"1.xhtml": "<p>雾</p>"})) == ["雾"]
    with pytest.raises(UnreadableError) as error:
        content(Book({"1.xhtml": "<p>" + "雾" * 5000}))
    assert error.value.reason is Reason.SIZE


def test_a_book_is_read_from_a_folder(tmp_path: Path) -> None:
    path = tmp_path / "书.epub"
    path.write_bytes(Book({"1.xhtml": ONE, "2.xhtml": TWO}).written)
    with Reader() as reader:
        document = reader.document(File(path.name, path))
        assert document.title == "渡口"
        assert document.text.endswith("第二章 船\n船来了。")
        path.write_bytes(path.read_bytes()[:300])
        with pytest.raises(UnreadableError) as error:
            reader.document(File(path.name, path))
    assert error.value.reason is Reason.DAMAGED


def paths(book: Book) -> list[tuple[str, ...]]:
    """The heading path of each passage."""
    found = content(book)
    return [passage.headings for passage in split(Document("书.epub", "书", found.text, found.paragraphs))]


LONG = "<p>" + "河上起雾了，船还没有来。" * 30 + "</p>"
DOG, CAT = f"<h2>狗·猫·鼠</h2>{LONG}", f"<h2>阿长</h2>{LONG}"


@pytest.mark.parametrize("name", ["版权信息", "前言", "写在前面的话", "内容简介"])
@pytest.mark.parametrize("is_listed", [True, False])
def test_a_text_before_the_chapters_does_not_stand_over_them(name: str, *, is_listed: bool) -> None:
    pages = {"0.xhtml": f"<h1>{name}</h1>{LONG}", "1.xhtml": DOG, "2.xhtml": CAT}
    points = [*zip([name, "狗·猫·鼠", "阿长"], pages, strict=True)] if is_listed else []
    assert {*paths(Book(pages, points=points))} == {(name,), ("狗·猫·鼠",), ("阿长",)}


@pytest.mark.parametrize("front", ["<h1>版权信息</h1><h2>丛书</h2><p>渡口</p>", "<h1>扉页</h1><p>老周</p>"])
def test_a_page_round_the_text_holds_nothing_of_other_texts(front: str) -> None:
    assert paths(Book({"0.xhtml": front, "1.xhtml": DOG, "2.xhtml": CAT}))[-1] == ("阿长",)
    assert paths(Book({"0.xhtml": front, "1.xhtml": LONG}))[-1] == ()


def test_the_name_of_a_part_alone_in_its_text_stands_over_the_chapters_of_the_next() -> None:
    part = "<h1>{}</h1>"
    pages = {"0.xhtml": part.format("晨"), "1.xhtml": DOG, "2.xhtml": part.format("昏"), "3.xhtml": CAT}
    assert {*paths(Book(pages))} == {("晨", "狗·猫·鼠"), ("昏", "阿长")}


def test_a_part_that_begins_with_a_few_words_stands_over_the_chapters() -> None:
    pages = {"0.xhtml": "<h1>第一部 晨</h1><p>献给渡口。</p>", "1.xhtml": DOG, "2.xhtml": CAT}
    assert paths(Book(pages))[-1] == ("第一部 晨", "阿长")


def test_a_part_whose_first_chapter_is_in_its_text_stands_over_the_others() -> None:
    pages = {"0.xhtml": f"<h1>晨</h1>{DOG}", "1.xhtml": CAT}
    assert {*paths(Book(pages))} == {("晨", "狗·猫·鼠"), ("晨", "阿长")}


def test_a_chapter_stands_over_sections_in_texts_of_their_own() -> None:
    pages = {"1.xhtml": f"<h1>第一章 泡茶</h1>{LONG}", "2.xhtml": f"<h2>1.1 水</h2>{LONG}"}
    assert paths(Book(pages))[-1] == ("第一章 泡茶", "1.1 水")
    pages = {"1.xhtml": f"<h1>泡茶</h1>{LONG}", "2.xhtml": f"<h2>水</h2>{LONG}"}
    navigation = (
        '<nav epub:type="toc"><ol><li><a href="1.xhtml">泡茶</a>'
        '<ol><li><a href="2.xhtml">水</a></li></ol></li></ol></nav>'
    )
    assert paths(Book(pages, navigation=navigation))[-1] == ("泡茶", "水")
    assert paths(Book(pages, points=[("泡茶", "1.xhtml")]))[-1] == ("泡茶", "水")


def test_what_the_table_of_contents_has_beside_a_part_is_not_in_it() -> None:
    pages = {"0.xhtml": "<h1>晨</h1>", "1.xhtml": DOG, "2.xhtml": CAT}
    navigation = (
        '<nav epub:type="toc"><ol><li><a href="0.xhtml">晨</a>'
        '<ol><li><a href="1.xhtml">狗·猫·鼠</a></li></ol></li>'
        '<li><a href="2.xhtml">阿长</a></li></ol></nav>'
    )
    assert paths(Book(pages, navigation=navigation))[-1] == ("阿长",)


def test_a_text_that_goes_on_with_a_chapter_is_below_its_heading() -> None:
    assert {*paths(Book({"1.xhtml": DOG, "2.xhtml": LONG}))} == {("狗·猫·鼠",)}


@pytest.mark.parametrize("head", ["第三章", "第三章 雾", "后记", "番外 老王的信"])
def test_a_chapter_whose_heading_is_no_more_than_a_paragraph_is_beside_the_others(head: str) -> None:
    assert paths(Book({"1.xhtml": DOG, "2.xhtml": CAT, "3.xhtml": f"<p>{head}</p>{LONG}"}))[-1] == (head,)
    pages = {"0.xhtml": "<h1>晨</h1>", "1.xhtml": f"<h2>第一章</h2>{LONG}", "2.xhtml": f"<p>{head}</p>{LONG}"}
    assert paths(Book(pages))[-1] == ("晨", head)


def test_a_book_without_a_title_may_be_named_by_its_title_page() -> None:
    book = Book({"0.xhtml": "<h1>朝花</h1><p>老周</p>", "1.xhtml": DOG, "2.xhtml": CAT}, title="")
    assert content(book).title == "朝花"
    assert {*paths(book)} == {(), ("狗·猫·鼠",), ("阿长",)}
