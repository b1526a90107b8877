"""Reading a folder: real files, as people keep them."""

import os
from pathlib import Path

import pytest

from retrieval.documents import Document
from retrieval.listing import File, FolderError
from retrieval.problems import Problem, Reason
from retrieval.reading import Folder, Reader, read_folder
from retrieval.vocabulary import Vocabulary

SIMPLIFIED = "青石镇渡口\n河上起雾的早晨，渡口的铜铃要比平日响得多。\n看不见船的人心里发慌，总要多摇几下。\n"
TRADITIONAL = (
    "臺灣茶的沖泡\n沖茶以前，先認識手上的茶：發酵的輕重決定水溫的高低。\n"
    "茶葉放多少，時間怎麼拿捏，都要試過才知道。\n"
)
PICTURE = bytes.fromhex("89504e470d0a1a0a0000000d49484452") + bytes(range(256)) * 4


def sources(folder: Folder) -> list[str]:
    return [document.source for document in folder.documents]


def reasons(folder: Folder) -> dict[str, Reason]:
    return {problem.source: problem.reason for problem in folder.problems}


def only(folder: Path) -> Document:
    read = read_folder(folder)
    assert read.problems == ()
    (document,) = read.documents
    return document


def as_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def test_documents_are_read_from_inner_folders_too_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("乙.txt", "b/丁.md", "a.txt", "b/c/丙.txt", "B.TXT"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{name}的题目\n正文。", encoding="utf-8")
    folder = read_folder(tmp_path)
    assert sources(folder) == ["B.TXT", "a.txt", "b/c/丙.txt", "b/丁.md", "乙.txt"]
    assert [document.title for document in folder.documents] == [f"{name}的题目" for name in sources(folder)]
    assert folder.problems == ()


def test_a_document_is_its_text_with_its_structure(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SIMPLIFIED, encoding="utf-8")
    document = only(tmp_path)
    assert document.title == "青石镇渡口"
    assert document.text == SIMPLIFIED.rstrip("\n")
    assert [document.text[p.span.start : p.span.end] for p in document.paragraphs] == SIMPLIFIED.splitlines()


def test_a_document_without_a_title_is_named_by_its_file(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "渡口.第一稿.txt").write_text("河上起雾了。", encoding="utf-8")
    assert only(tmp_path).title == "渡口.第一稿"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (SIMPLIFIED, "utf-8"),
        (SIMPLIFIED, "utf-8-sig"),
        (SIMPLIFIED, "utf-16"),
        (SIMPLIFIED, "gb18030"),
        (TRADITIONAL, "big5"),
        (TRADITIONAL, "utf-8"),
    ],
)
def test_a_file_is_read_in_its_encoding(tmp_path: Path, text: str, encoding: str) -> None:
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    assert only(tmp_path).text == text.rstrip("\n")


@pytest.mark.parametrize("line_end", ["\r\n", "\r", "\n", "\u2028", "\f"])
def test_every_line_end_becomes_the_same(tmp_path: Path, line_end: str) -> None:
    (tmp_path / "a.txt").write_bytes(SIMPLIFIED.replace("\n", line_end).encode())
    assert only(tmp_path).text == SIMPLIFIED.rstrip("\n")


def test_a_file_that_cannot_be_read_is_a_problem_and_the_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SIMPLIFIED, encoding="utf-8")
    (tmp_path / "b.doc").write_bytes(b"PK")
    (tmp_path / "README").write_text("文字", encoding="utf-8")
    (tmp_path / "c.txt").write_bytes(PICTURE)
    (tmp_path / "d.txt").touch()
    (tmp_path / "e.md").write_text(" \n\u3000\n\ufeff", encoding="utf-8")
    (tmp_path / "f.txt").symlink_to(tmp_path / "gone.txt")
    folder = read_folder(tmp_path)
    assert sources(folder) == ["a.txt"]
    assert reasons(folder) == {
        "README": Reason.FORMAT,
        "b.doc": Reason.DOCUMENT,
        "c.txt": Reason.BINARY,
        "d.txt": Reason.EMPTY,
        "e.md": Reason.EMPTY,
        "f.txt": Reason.NOWHERE,
    }
    assert list(reasons(folder)) == sorted(reasons(folder))


def test_a_problem_names_the_file_and_says_what_to_do() -> None:
    assert str(Problem("内/a.doc", Reason.DOCUMENT)) == (
        "内/a.doc: its format is not read; open it with its program and save it as .docx"
    )
    assert str(Problem("a.txt", Reason.ACCESS, "Permission denied")) == (
        "a.txt: it cannot be opened (Permission denied)"
    )
    assert str(Problem("_terms.txt", Reason.WORD, "，。", 3)) == (
        "_terms.txt, line 3: one word is expected on a line, of at most 40 characters (，。)"
    )


@pytest.mark.skipif(as_root(), reason="root may read everything")
def test_without_permission_a_file_or_an_inner_folder_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SIMPLIFIED, encoding="utf-8")
    (tmp_path / "a.txt").chmod(0)
    (tmp_path / "inner").mkdir(mode=0)
    try:
        folder = read_folder(tmp_path)
    finally:
        (tmp_path / "inner").chmod(0o700)
    assert folder.problems == (
        Problem("a.txt", Reason.ACCESS, "Permission denied"),
        Problem("inner", Reason.ACCESS, "Permission denied"),
    )


@pytest.mark.skipif(as_root(), reason="root may read everything")
def test_a_folder_without_permission_is_an_error(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir(mode=0)
    try:
        with pytest.raises(FolderError, match="cannot be read: Permission denied"):
            read_folder(folder)
    finally:
        folder.chmod(0o700)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes among its files")
def test_a_pipe_is_a_problem_and_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert reasons(read_folder(tmp_path)) == {"a.txt": Reason.ACCESS}


def test_hidden_files_and_those_that_office_programs_leave_are_passed_over(tmp_path: Path) -> None:
    for name in (".a.txt", ".git/b.txt", "~$c.txt", "d.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(SIMPLIFIED, encoding="utf-8")
    folder = read_folder(tmp_path)
    assert sources(folder) == ["d.txt"]
    assert folder.problems == ()


def test_folders_that_are_tagged_as_caches_are_passed_over_but_not_the_folder_itself(tmp_path: Path) -> None:
    for name in ("CACHEDIR.TAG", "a.txt", "made/CACHEDIR.TAG", "made/b.txt", "made/deep/c.txt", "own/d.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(SIMPLIFIED, encoding="utf-8")
    folder = read_folder(tmp_path)
    assert sources(folder) == ["a.txt", "own/d.txt"]
    assert folder.problems == ()


def test_links_out_of_the_folder_are_not_followed_and_named(tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "folder"
    outside.mkdir()
    folder.mkdir()
    (outside / "secret.txt").write_text(SIMPLIFIED, encoding="utf-8")
    (folder / "a.txt").symlink_to(outside / "secret.txt")
    (folder / "b.txt").symlink_to("../outside/secret.txt")
    (folder / "c").symlink_to(outside, target_is_directory=True)
    (folder / "d").symlink_to("..", target_is_directory=True)
    (folder / "e.txt").symlink_to("../gone.txt")
    (folder / "_terms.txt").symlink_to(outside / "secret.txt")
    (folder / "good.txt").write_text(SIMPLIFIED, encoding="utf-8")
    read = read_folder(folder)
    assert sources(read) == ["good.txt"]
    assert read.problems == tuple(
        Problem(name, Reason.OUTSIDE) for name in ("_terms.txt", "a.txt", "b.txt", "c", "d", "e.txt")
    )


def test_links_that_would_be_passed_over_as_files_are_no_problem(tmp_path: Path) -> None:
    for name in (".a.txt", "~$b.docx", "Thumbs.db", "_questions.jsonl"):
        (tmp_path / name).symlink_to("/")
    assert read_folder(tmp_path) == Folder((), ())


def test_a_link_to_a_folder_inside_is_no_problem_and_its_files_are_read_once(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "a.txt").write_text(SIMPLIFIED, encoding="utf-8")
    (tmp_path / "again").symlink_to("inner", target_is_directory=True)
    assert only(tmp_path).source == "inner/a.txt"


def test_a_link_that_leads_nowhere_is_named_whatever_its_name(tmp_path: Path) -> None:
    (tmp_path / "folder").symlink_to("gone", target_is_directory=True)
    (tmp_path / "_terms.txt").symlink_to("gone.txt")
    assert read_folder(tmp_path).problems == (
        Problem("_terms.txt", Reason.NOWHERE, "No such file or directory"),
        Problem("folder", Reason.NOWHERE, "No such file or directory"),
    )


def test_links_within_the_folder_are_followed(tmp_path: Path) -> None:
    (tmp_path / ".kept").mkdir()
    (tmp_path / ".kept" / "a.txt").write_text(SIMPLIFIED, encoding="utf-8")
    (tmp_path / "b.txt").symlink_to(".kept/a.txt")
    assert only(tmp_path).source == "b.txt"


def test_the_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.txt").write_text(SIMPLIFIED, encoding="utf-8")
    (tmp_path / "link").symlink_to("real", target_is_directory=True)
    assert only(tmp_path / "link").source == "a.txt"


def test_links_that_go_in_circles_stop_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to("b.txt")
    (tmp_path / "b.txt").symlink_to("a.txt")
    (tmp_path / "inner").symlink_to(".", target_is_directory=True)
    (tmp_path / "c.txt").write_text(SIMPLIFIED, encoding="utf-8")
    folder = read_folder(tmp_path)
    assert sources(folder) == ["c.txt"]
    assert reasons(folder) == {"a.txt": Reason.NOWHERE, "b.txt": Reason.NOWHERE}


@pytest.mark.parametrize(
    ("name", "source", "title"),
    [("渡口.txt".encode("gb18030"), "渡口.txt", "渡口"), (b"\xff.txt", "\ufffd.txt", "河上起雾了")],
)
def test_a_name_that_is_not_utf8_is_read_as_windows_archives_leave_it(
    tmp_path: Path, name: bytes, source: str, title: str
) -> None:
    path = tmp_path / os.fsdecode(name)
    try:
        path.write_text("河上起雾了。", encoding="utf-8")
    except (OSError, UnicodeError):
        pytest.skip("the system takes UTF-8 names only")
    document = only(tmp_path)
    assert document.source == source
    assert document.title == title


@pytest.mark.parametrize(
    ("name", "message"), [("gone", "gone is not there: create it"), ("a.txt", "a.txt is no folder")]
)
def test_a_folder_that_is_not_there_is_an_error_that_names_it(
    tmp_path: Path, name: str, message: str
) -> None:
    (tmp_path / "a.txt").touch()
    with pytest.raises(FolderError, match=message):
        read_folder(tmp_path / name)


def test_an_empty_folder_is_nothing_unusual(tmp_path: Path) -> None:
    assert read_folder(tmp_path) == Folder((), ())


def test_a_single_file_is_read_by_the_name_it_is_given(tmp_path: Path) -> None:
    (tmp_path / "upload.MD").write_text("# 手册\n\n带身份证。", encoding="utf-8")
    with Reader() as read:
        document = read.document(File("内/手册.md", tmp_path / "upload.MD"))
    assert (document.source, document.title) == ("内/手册.md", "手册")


def test_a_very_deep_folder_is_read_to_its_end(tmp_path: Path) -> None:
    deep = tmp_path
    for _ in range(300):
        deep = deep / "d"
    deep.mkdir(parents=True)
    (deep / "a.txt").write_text("题目\n\n正文在很深的地方。", encoding="utf-8")
    [document] = read_folder(tmp_path).documents
    assert document.title == "题目"


def test_what_belongs_to_the_system_or_to_the_looks_of_a_saved_page_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "页.html").write_text(f"<p>{SIMPLIFIED}</p>", encoding="utf-8")
    for folder in ("页_files", "另.files"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "分享.html").write_text("<p>分享到朋友圈</p>", encoding="utf-8")
        (tmp_path / folder / "样.css").touch()
    for name in ("Thumbs.db", "desktop.ini"):
        (tmp_path / name).touch()
    folder = read_folder(tmp_path)
    assert sources(folder) == ["另.files/分享.html", "页.html"]
    assert reasons(folder) == {"另.files/样.css": Reason.FORMAT}


def test_a_name_with_a_line_break_stays_on_one_line(tmp_path: Path) -> None:
    (tmp_path / "a\nb.xls").write_bytes(b"PK")
    [problem] = read_folder(tmp_path).problems
    assert problem.source == "a\ufffdb.xls"


# The owner's words


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "big5"])
def test_the_owners_words_are_read_with_the_documents_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    files = {
        "_Terms.TXT": "# 地名，一行一個\r\n青石鎮\r\n\r\n河東渡 # 渡口\r\n",
        "_stopwords.txt": "# 沒有意思的詞\r\n公司\r\n的\r\n",
        "_synonyms.txt": "# 同義詞，一行一組\r\n馬鈴薯 土豆\r\n時間、鐘點\r\n",
        "a.txt": TRADITIONAL,
    }
    for name, text in files.items():
        (tmp_path / name).write_bytes(text.encode(encoding))
    folder = read_folder(tmp_path)
    assert sources(folder) == ["a.txt"]
    assert folder.problems == ()
    assert folder.vocabulary == Vocabulary(
        ("青石镇", "河东渡"), frozenset({"公司", "的"}), (("马铃薯", "土豆"), ("时间", "钟点"))
    )


def test_a_bad_line_is_a_problem_behind_those_of_files_and_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SIMPLIFIED, encoding="utf-8")
    (tmp_path / "图.png").write_bytes(b"%PDF-1.7")
    (tmp_path / "_synonyms.txt").write_text("土豆 马铃薯\n洋芋\n车 汽车\n，\n", encoding="utf-8")
    (tmp_path / "_terms.txt").write_bytes(PICTURE)
    (tmp_path / "_stopwords.txt").mkdir()
    folder = read_folder(tmp_path)
    assert sources(folder) == ["a.txt"]
    assert folder.vocabulary.synonyms == (("土豆", "马铃薯"), ("车", "汽车"))
    assert folder.problems == (
        Problem("_terms.txt", Reason.BINARY),
        Problem("图.png", Reason.FORMAT),
        Problem("_synonyms.txt", Reason.GROUP, "洋芋", 2),
        Problem("_synonyms.txt", Reason.GROUP, "，", 4),
    )


def test_empty_lists_of_words_are_nothing_unusual(tmp_path: Path) -> None:
    (tmp_path / "_terms.txt").touch()
    (tmp_path / "_synonyms.txt").write_text("# 还没有\n\n", encoding="utf-8")
    assert read_folder(tmp_path) == Folder((), ())


def test_a_list_of_words_in_an_inner_folder_is_a_problem_and_no_document(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "_terms.txt").write_text("青石镇", encoding="utf-8")
    assert read_folder(tmp_path) == Folder((), (Problem("inner/_terms.txt", Reason.MISPLACED),))


def test_a_misnamed_list_of_words_is_a_problem_that_names_the_list_and_no_document(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    for name in ("_synonym.txt", "stopwords.txt", "_term.md", "_说明.txt", "inner/synonyms.txt"):
        (tmp_path / name).write_text("土豆 马铃薯", encoding="utf-8")
    folder = read_folder(tmp_path)
    assert sources(folder) == ["_说明.txt", "inner/synonyms.txt"]
    assert folder.problems == (
        Problem("_synonym.txt", Reason.MISNAMED, "_synonyms.txt"),
        Problem("_term.md", Reason.MISNAMED, "_terms.txt"),
        Problem("stopwords.txt", Reason.MISNAMED, "_stopwords.txt"),
    )


def test_the_owners_test_questions_are_neither_documents_nor_problems(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    for name in ("_questions.jsonl", "_旧.JSONL", "questions.jsonl", "inner/_questions.jsonl"):
        (tmp_path / name).write_text('{"question": "渡船几点开"}', encoding="utf-8")
    folder = read_folder(tmp_path)
    assert sources(folder) == []
    assert reasons(folder) == {"inner/_questions.jsonl": Reason.FORMAT, "questions.jsonl": Reason.FORMAT}


def test_a_folder_of_the_owners_words_alone_has_no_documents(tmp_path: Path) -> None:
    (tmp_path / "_terms.txt").write_text("青石镇", encoding="utf-8")
    (tmp_path / "_stopwords.txt").write_text("公司", encoding="utf-8")
    (tmp_path / "_questions.jsonl").write_text("{}", encoding="utf-8")
    assert read_folder(tmp_path) == Folder((), (), Vocabulary(("青石镇",), frozenset({"公司"})))
