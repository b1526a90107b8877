"""What admins do in the chat: add documents, remove them, read them again, see what is asked in vain."""

import errno
import os
import shutil
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from conversation import Conversation, NearShelf, conversation, library_of
from standin import Message

from bot.access import Access
from bot.librarian import Librarian, NotOpenError, RefreshError
from bot.notebook import Notebook
from bot.uploads import TRASH
from retrieval.dictionary import place
from retrieval.library import Library, Shelf

ALICE = frozenset({5001})
FERRY = "渡口\n\n渡船从八点开到六点，下雨的日子不开。"

pytestmark = pytest.mark.usefixtures("jieba_loaded")

At = Callable[..., AbstractContextManager[Conversation]]


@pytest.fixture
def at_work(tmp_path: Path, derived: Path) -> At:
    """Return what begins a conversation with Alice, who is an admin, about a folder that can change."""
    (tmp_path / "derived").mkdir()
    shutil.copy(place(derived), tmp_path / "derived")  # or each index would need a second for the dictionary

    @contextmanager
    def begin(
        files: dict[str, str | bytes] | None = None, kind: type[Shelf] = NearShelf, **desk: object
    ) -> Iterator[Conversation]:
        folder = library_of(tmp_path / "documents", files or {"渡口.txt": FERRY})
        shelf = kind(folder, tmp_path / "derived")
        desk.setdefault("access", Access(admins=ALICE))
        with conversation(None, shelf=shelf, folder=folder, **desk) as talk:  # type: ignore[arg-type]
            yield talk

    return begin


def sent(talk: Conversation, name: str, content: str | bytes, **how: object) -> Message:
    """What the bot says of a file that Alice sends, when it is done."""
    data = content if isinstance(content, bytes) else content.encode()
    [reply] = talk.send_document(name, data, **how)  # type: ignore[arg-type]
    return reply


def names(tmp_path: Path) -> set[str]:
    return {path.name for path in (tmp_path / "documents").iterdir()}


def test_a_file_that_an_admin_sends_is_answered_from_and_the_same_message_says_so(
    at_work: At, tmp_path: Path
) -> None:
    with at_work() as talk:
        reply = sent(talk, "集市.md", "# 集市管理办法\n\n集市逢五、逢十开市，下午两点收市。")
        assert reply.text == "✅ 已加入《集市管理办法》：集市.md，1 段。现在就可以提问。"
        assert len(talk.standin.replies(talk.chat)) == 1
        assert "逢五、逢十开市" in talk.ask("集市哪天开市").text
        assert names(tmp_path) == {"渡口.txt", "集市.md"}


def test_a_file_that_cannot_be_read_is_not_kept_and_the_reason_is_said(at_work: At, tmp_path: Path) -> None:
    with at_work() as talk:
        reply = sent(talk, "坏.docx", b"no archive")
        assert reply.text.startswith("❌ 没有加入 坏.docx：")
        reply = sent(talk, "旧.doc", b"\xd0\xcf\x11\xe0")
        assert "另存为 .docx" in reply.text
        assert sent(talk, "片.mp4", b"\0").text.startswith("❌ 没有加入 片.mp4：不支持这种格式")
        assert names(tmp_path) == {"渡口.txt"}
        assert talk.ask("渡船几点开").text.startswith("1. ")


def test_a_file_whose_characters_are_damaged_is_taken_and_that_is_said(at_work: At) -> None:
    with at_work() as talk:
        content = (
            "集市逢五开市，下午两点收市，其余的日子空着。".encode() * 20 + b"\xff\xfe\xff" + "好。".encode()
        )
        reply = sent(talk, "集市.txt", content)
        assert reply.text.startswith("✅")
        assert "⚠️ 可以检索，但有" in reply.text


def test_where_a_name_is_taken_one_is_asked_what_to_do(at_work: At, tmp_path: Path) -> None:
    with at_work() as talk:
        asked = sent(talk, "渡口.txt", FERRY.replace("六点", "七点"))
        assert asked.labels == [["替换", "都保留", "取消"]]
        assert talk.press(asked, "取消").text == "好的，什么也没有改。"
        assert "六点" in talk.ask("渡船开到几点").text
        asked = sent(talk, "渡口.txt", FERRY.replace("六点", "七点"))
        assert "渡口 (2).txt" in talk.press(asked, "都保留").text
        assert names(tmp_path) == {"渡口.txt", "渡口 (2).txt"}
        asked = sent(talk, "渡口.txt", FERRY.replace("六点", "九点"))
        assert talk.press(asked, "替换").text.startswith("✅ 已加入《渡口》：渡口.txt")
        assert "九点" in (tmp_path / "documents" / "渡口.txt").read_text()
        [old] = (tmp_path / "documents" / TRASH).iterdir()
        assert "六点" in old.read_text()


def test_what_takes_the_place_of_a_document_and_cannot_be_read_leaves_that_as_it_was(
    at_work: At, tmp_path: Path
) -> None:
    with at_work({"渡口.docx": b"PK", "集市.txt": "集市逢五开市，下午两点收市。"}) as talk:
        (tmp_path / "documents" / "渡口.docx").unlink()
        asked = sent(talk, "集市.txt", b"\0" * 300)
        assert talk.press(asked, "替换").text.startswith("❌")
        assert "逢五开市" in (tmp_path / "documents" / "集市.txt").read_text()
        assert talk.ask("集市哪天开市").text.startswith("1. ")


def test_where_a_new_file_cannot_be_written_the_old_one_stays(
    at_work: At, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with at_work() as talk:
        asked = sent(talk, "渡口.txt", "别的。")
        monkeypatch.setattr("bot.uploads.put", full)
        assert "磁盘满了" in talk.press(asked, "替换").text
        assert (tmp_path / "documents" / "渡口.txt").read_text() == FERRY


def test_where_the_documents_cannot_be_read_again_the_old_file_stays(
    at_work: At, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with at_work() as talk:
        asked = sent(talk, "渡口.txt", "别的。")

        async def failed(_: Librarian) -> Library:
            raise RefreshError("no more")

        monkeypatch.setattr(Librarian, "refresh", failed)
        assert "no more" in talk.press(asked, "替换").text
        assert (tmp_path / "documents" / "渡口.txt").read_text() == FERRY
        assert "no more" in sent(talk, "集市.txt", "集市逢五开市。").text
        assert "集市.txt" not in names(tmp_path)


def pressed_again(talk: Conversation, message: Message, data: str | None) -> None:
    """Alice presses a button that her telephone shows still, and sees nothing of it."""
    seen = [each.text for each in talk.standin.messages(talk.chat)]
    talk.standin.forge(message, data or "", talk.alice)
    talk.settle()
    assert talk.standin.callback_answers[-1].text in {None, ""}
    assert [each.text for each in talk.standin.messages(talk.chat)] == seen


def test_a_file_is_known_by_its_name_however_that_is_composed(at_work: At, tmp_path: Path) -> None:
    plain, mac = (unicodedata.normalize(form, "ガイド.txt") for form in ("NFC", "NFD"))
    with at_work({mac: FERRY}) as talk:
        asked = sent(talk, plain, "集市\n\n集市逢五开。")
        assert asked.labels == [["替换", "都保留", "取消"]]
        assert talk.press(asked, "替换").text.startswith("✅ 已加入《集市》")
        assert names(tmp_path) == {mac, TRASH}
        assert sent(talk, plain, FERRY).labels == [["替换", "都保留", "取消"]]


def test_of_two_files_whose_names_look_the_same_it_is_asked_which_and_only_that_is_removed(
    at_work: At, tmp_path: Path
) -> None:
    plain, mac = (unicodedata.normalize(form, "ガイド.txt") for form in ("NFC", "NFD"))
    with at_work({mac: FERRY, plain: "集市\n\n集市逢五开。"}) as talk:
        which = talk.ask(f"/remove {plain}")
        assert [[unicodedata.normalize("NFC", label) for label in row] for row in which.labels] == [
            [plain]
        ] * 2
        sure = talk.press(which, plain)
        assert "《集市》" in sure.text
        talk.press(sure, "移走")
        assert names(tmp_path) == {mac, TRASH}


@pytest.mark.parametrize("first", ["替换", "都保留", "取消"])
def test_what_to_do_with_a_file_is_decided_once(at_work: At, tmp_path: Path, first: str) -> None:
    with at_work() as talk:
        asked = sent(talk, "渡口.txt", FERRY.replace("六点", "七点"))
        talk.press(asked, first)
        there = names(tmp_path)
        for label in ("都保留", "替换", "取消"):
            pressed_again(talk, asked, asked.button(label).data)
        assert names(tmp_path) == there
        asked = sent(talk, "渡口.txt", FERRY.replace("六点", "九点"))
        assert "渡口 (" in talk.press(asked, "都保留").text


@pytest.mark.parametrize("first", ["移走", "取消"])
def test_whether_to_remove_a_document_is_decided_once(at_work: At, tmp_path: Path, first: str) -> None:
    with at_work({"渡口一.txt": FERRY, "渡口二.txt": FERRY + "晚上也不开。"}) as talk:
        which = talk.ask("/remove 渡口")
        asked = talk.press(which, "渡口一.txt")
        talk.press(asked, first)
        there = names(tmp_path)
        for message, label in ((asked, "移走"), (asked, "取消"), (which, "渡口二.txt")):
            pressed_again(talk, asked, message.button(label).data)
        assert names(tmp_path) == there


def test_decisions_are_forgotten_at_last(
    at_work: At, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.decisions.MOST_REMEMBERED", 1)
    with at_work() as talk:
        first, second = sent(talk, "渡口.txt", "别的一。"), sent(talk, "渡口.txt", "别的二。")
        talk.press(first, "取消")
        talk.press(second, "取消")
        talk.standin.forge(first, first.button("都保留").data or "", talk.alice)
        talk.settle()
        assert names(tmp_path) == {"渡口.txt", "渡口 (2).txt"}


def test_what_is_sent_takes_no_place_of_a_folder(at_work: At, tmp_path: Path) -> None:
    with at_work({"渡口.txt/内.txt": FERRY}) as talk:
        reply = sent(talk, "渡口.txt", "集市\n\n集市逢五开市，下午两点收市。")
        assert reply.text == "✅ 已加入《集市》：渡口 (2).txt，1 段。现在就可以提问。"
        asked = sent(talk, "渡口 (2).txt", FERRY)
        (tmp_path / "documents" / "渡口 (2).txt").unlink()
        (tmp_path / "documents" / "渡口 (2).txt").mkdir()
        assert "渡口 (2) (2).txt" in talk.press(asked, "替换").text
        assert names(tmp_path) == {"渡口.txt", "渡口 (2).txt", "渡口 (2) (2).txt"}


def test_the_file_may_be_gone_when_one_has_decided(at_work: At) -> None:
    with at_work() as talk:
        asked = sent(talk, "渡口.txt", "别的。")
        assert asked.reply_to is not None
        talk.standin.delete(asked.reply_to)
        assert talk.press(asked, "替换").text == "发来的那个文件已被删除，请重新发送。"


def test_a_file_over_what_telegram_gives_is_refused_with_what_to_do(at_work: At) -> None:
    with at_work() as talk:
        reply = sent(talk, "大.pdf", b"", size=21 << 20)
        assert "20 MB" in reply.text
        assert "BOT_API_URL" in reply.text


@pytest.mark.parametrize("name", ["../外.txt", ".env", "/etc/passwd.txt", "..\\外.txt"])
def test_a_name_cannot_lead_out_of_the_folder(at_work: At, tmp_path: Path, name: str) -> None:
    with at_work() as talk:
        before = {path for path in tmp_path.rglob("*") if "derived" not in path.parts}
        sent(talk, name, "集市逢五开市，下午两点收市。")
        after = {path for path in tmp_path.rglob("*") if "derived" not in path.parts}
        assert all(path.parent == tmp_path / "documents" for path in after - before)


def test_where_the_disk_forgets_who_sends_a_document_is_told(at_work: At) -> None:
    with at_work(is_persistent=False) as talk:
        assert "重启后会忘记" in sent(talk, "集市.txt", "集市逢五开市，下午两点收市。").text


def test_a_disk_that_takes_nothing_is_said_and_the_bot_goes_on(
    at_work: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("bot.uploads.put", full)
    with at_work() as talk:
        assert "磁盘满了" in sent(talk, "集市.txt", "集市逢五开市。").text
        assert talk.ask("渡船几点开").text.startswith("1. ")


def test_lists_of_words_can_be_sent_too(at_work: At) -> None:
    with at_work() as talk:
        assert sent(talk, "_synonyms.txt", "渡船,轮渡").text == "✅ 已保存 _synonyms.txt。"
        assert talk.ask("轮渡几点开").text.startswith("1. ")


def test_lines_of_a_list_that_are_of_no_use_are_named(at_work: At) -> None:
    with at_work() as talk:
        reply = sent(talk, "_synonyms.txt", "渡船,轮渡\n码头\n# 别的\n集<市")
        assert reply.text.splitlines() == [
            "✅ 已保存 _synonyms.txt。",
            "⚠️ 第 2 行（码头）用不上：一行至少写两个不同的词，用逗号或空格隔开",
            "⚠️ 第 4 行（集<市）用不上：一行至少写两个不同的词，用逗号或空格隔开",
        ]
        asked = sent(talk, "_synonyms.txt", "\n".join(f"码头{number}" for number in range(9)))
        lines = talk.press(asked, "替换").text.splitlines()
        assert len(lines) == 5
        assert lines[-1] == "……还有 6 行用不上。"


def test_a_file_that_office_keeps_beside_an_open_one_is_stored_so_that_it_is_read(
    at_work: At, tmp_path: Path
) -> None:
    with at_work() as talk:
        assert sent(talk, "~$~$锁.txt", "集市逢五开市，下午两点收市。").text.startswith("✅ 已加入")
        assert names(tmp_path) == {"渡口.txt", "锁.txt"}


def test_files_of_others_are_not_taken(at_work: At, tmp_path: Path) -> None:
    with at_work(access=Access(admins=frozenset({99}))) as talk:
        talk.standin.refusals.clear()
        assert "只有管理员" in sent(talk, "集市.txt", "集市逢五开市。").text
        assert names(tmp_path) == {"渡口.txt"}


def test_remove_asks_and_moves_to_the_trash(at_work: At, tmp_path: Path) -> None:
    with at_work({"渡口.txt": FERRY, "集市.txt": "集市逢五开市，下午两点收市。"}) as talk:
        asked = talk.ask("/remove 渡口")
        assert asked.text.startswith("要把《渡口》（渡口.txt）移到回收文件夹吗？")
        assert talk.press(asked, "取消").text == "好的，什么也没有改。"
        removed = talk.press(talk.ask("/remove 渡口"), "移走")
        assert removed.text == f"🗑 已移走 渡口.txt，放在文档文件夹的 {TRASH} 里。"
        assert "没有找到" in talk.ask("渡船几点开").text
        assert names(tmp_path) == {"集市.txt", TRASH}


def test_remove_says_what_it_needs_and_asks_which_is_meant(at_work: At, tmp_path: Path) -> None:
    with at_work({"渡口一.txt": FERRY, "渡口二.txt": FERRY + "晚上也不开。"}) as talk:
        assert "/remove 文档名" in talk.ask("/remove").text
        assert "没有名字里有" in talk.ask("/remove 年鉴").text
        which = talk.ask("/remove 渡口")
        assert which.labels == [["渡口一.txt"], ["渡口二.txt"]]
        sure = talk.press(which, "渡口二.txt")
        talk.press(sure, "移走")
        assert names(tmp_path) == {"渡口一.txt", TRASH}
        talk.press(talk.ask("/remove 渡口一"), "移走")
        assert "还是空的" in talk.ask("渡船几点开").text


@pytest.mark.parametrize(
    "text", ["/remove 《渡口》", "/remove《渡口》", "/remove “渡口.txt”", "/remove\n渡口.txt"]
)
def test_remove_knows_a_name_as_it_is_written(at_work: At, text: str) -> None:
    with at_work({"渡口.txt": FERRY, "渡口二.txt": "旧渡口\n\n晚上也不开，雾天也不开。"}) as talk:
        assert talk.ask(text).text.startswith("要把《渡口》（渡口.txt）移到")


def test_files_that_are_no_documents_can_be_removed(at_work: At, tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "渡口.txt": FERRY,
        "渡口.docx": b"no archive",
        "_synonyms.txt": "渡船,轮渡\n码头",
        "_terms.txt": "渡船",
    }
    with at_work(files) as talk:
        (tmp_path / "documents" / "外.txt").symlink_to("/etc/hostname")
        talk.ask("/reload")
        assert talk.ask("/remove 渡口").labels == [["渡口.txt"], ["渡口.docx"]]
        for name in ("渡口.docx", "_synonyms.txt", "_terms.txt", "外.txt"):
            asked = talk.ask(f"/remove {name}")
            assert asked.text == f"要把 {name} 移到回收文件夹吗？"
            assert talk.press(asked, "移走").text.startswith(f"🗑 已移走 {name}，")
        assert names(tmp_path) == {"渡口.txt", TRASH}
        assert talk.ask("/reload").text.endswith("0 处问题。")
        assert "没有名字里有“_terms.\u2060txt”的文档或文件" in talk.ask("/remove _terms.txt").text


def test_a_document_that_has_gone_meanwhile_is_said_to_be(at_work: At, tmp_path: Path) -> None:
    with at_work({"渡口一.txt": FERRY, "渡口二.txt": FERRY + "晚上也不开。"}) as talk:
        asked, which = talk.ask("/remove 渡口一"), talk.ask("/remove 渡口")
        (tmp_path / "documents" / "渡口一.txt").unlink()
        assert talk.press(asked, "移走").text == "这个文件已经不在了。"
        talk.ask("/reload")
        assert talk.press(which, "渡口一.txt").text == "这份文档已经不在了。"


def test_where_a_file_cannot_be_moved_that_is_said_and_it_stays(
    at_work: At, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(_: Path, path: Path) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("bot.handlers.removing.throw_away", denied)
    with at_work() as talk:
        removed = talk.press(talk.ask("/remove 渡口"), "移走")
        assert removed.text == "没有移走：没有权限，请检查文档文件夹的权限。"
        assert names(tmp_path) == {"渡口.txt"}


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (RefreshError("the index cannot be kept in /srv/x: No space left on device"), "磁盘满了"),
        (RefreshError("the index cannot be kept in /srv/x: Input/output error"), "kept in …: Input/output"),
        (NotOpenError("The bot was told to stop"), "我正要停下"),
    ],
)
def test_a_document_that_is_removed_is_said_to_be_though_the_others_cannot_be_read_again(
    at_work: At,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: RefreshError | NotOpenError,
    reason: str,
) -> None:
    async def failed(_: Librarian) -> Library:
        raise error

    with at_work() as talk:
        asked = talk.ask("/remove 渡口")
        monkeypatch.setattr(Librarian, "refresh", failed)
        first, second = talk.press(asked, "移走").text.splitlines()
        assert first == f"🗑 已移走 渡口.txt，放在文档文件夹的 {TRASH} 里。"
        assert second.startswith("文档没有读成，继续用原来的：")
        assert reason in second
        assert "/srv" not in second
        assert names(tmp_path) == {TRASH}


def test_reload_reads_the_documents_again(at_work: At, tmp_path: Path) -> None:
    with at_work() as talk:
        (tmp_path / "documents" / "集市.txt").write_text("集市逢五开市，下午两点收市。", encoding="utf-8")
        assert talk.ask("/reload").text == "读完了：2 份文档，2 段，0 处问题。"
        assert talk.ask("集市哪天开市").text.startswith("1. ")


def test_reload_that_fails_says_why_and_the_last_index_goes_on(at_work: At, tmp_path: Path) -> None:
    with at_work(kind=Shelf) as talk:
        (tmp_path / "documents").rename(tmp_path / "away")
        assert talk.ask("/reload").text == ("文档没有读成，继续用原来的：文档文件夹不见了，请把它放回原处。")
        assert talk.ask("渡船几点开").text.startswith("1. ")


def test_stats_say_how_much_there_is_and_was_asked(at_work: At) -> None:
    with at_work() as talk:
        talk.ask("渡船几点开")
        talk.ask("量子计算机的原理")
        text = talk.ask("/stats").text
        assert "文档 1 份，1 段，0 处问题" in text
        assert "今天 2 个问题，1 个没有答案" in text
        assert "0 分钟前更新" in text
        assert "chuchu 0.1.0, python-telegram-bot 22" in text


def test_missed_shows_the_questions_in_vain_newest_first_without_who_asked(at_work: At) -> None:
    with at_work(most_a_minute=100) as talk:
        assert talk.ask("/missed").text == "目前没有答不上来的问题。"
        bob = talk.standin.person("Bob")
        for n in range(25):
            talk.say(f"量子计算机第{n}种原理", chat=talk.standin.private(bob))
        page = talk.ask("/missed")
        assert "（1/2 页" in page.text
        assert "Bob" not in page.text
        assert page.text.index("第24种") < page.text.index("第23种")
        assert "第0种" in talk.press(page, "下一页 ›").text


def test_what_asks_nothing_is_no_question_that_was_missed(at_work: At) -> None:
    with at_work(most_a_minute=100) as talk:
        for said in (
            "👍",
            "在吗",
            "你好，在吗？",
            "謝謝",
            "好的谢谢",
            "收到，谢谢！",
            "什么？",
            "看看",
            "。",
        ):
            assert talk.ask(said).text.startswith("请问一件具体的事")
        group = talk.standin.group("读书会")
        talk.say("/ask@chuchu_bot 👍", chat=group)
        assert talk.ask("/missed").text == "目前没有答不上来的问题。"
        assert "0 个问题，0 个没有答案" in talk.ask("/stats").text
        talk.ask("没有收到")
        assert "没有收到" in talk.ask("/missed").text


def test_words_that_only_join_others_are_asked_where_a_document_is_called_so_and_where_they_are_quoted(
    at_work: At,
) -> None:
    files: dict[str, str | bytes] = {
        "我们.txt": "我们\n\n我们是扎米亚京写的小说。",
        "左右.txt": "左右\n\n左右手分工，各司其职。",
        "辩论.txt": "辩论\n\n他或者来，或者不来。",
    }
    with at_work(files, most_a_minute=100) as talk:
        for said in ("我们", "我们是什么", "“我们”", "《我们》", "/in 我们 我们是什么", "/in 我们 我们"):
            assert "扎米亚京" in talk.ask(said).text, said
        assert "各司其职" in talk.ask("左右").text
        assert "或者不来" in talk.ask("“或者”").text
        for said in ("或者", "谢谢", "/in 我们 什么"):
            assert talk.ask(said).text.startswith("请问一件具体的事")


def test_missed_is_off_where_it_is_switched_off(at_work: At) -> None:
    notebook = Notebook(None)
    with at_work(keeps_missed=False, notebook=notebook) as talk:
        talk.ask("量子计算机的原理")
        assert "KEEP_MISSED" in talk.ask("/missed").text
        assert "这里关掉了" in talk.ask("/privacy").text
        assert notebook.missed() == []


@pytest.mark.parametrize("command", ["/remove 渡口", "/reload", "/stats", "/missed"])
def test_commands_of_admins_are_for_admins_and_for_private_chats(at_work: At, command: str) -> None:
    with at_work() as talk:
        bob = talk.standin.person("Bob")
        assert talk.ask(command, chat=talk.standin.private(bob)).text == "只有管理员能这样做。"
        group = talk.standin.group("办公室")
        name, _, rest = command.partition(" ")
        assert talk.say(f"{name}@chuchu_bot {rest}", chat=group) == []


def test_what_a_forged_button_asks_for_is_done_for_admins_only(at_work: At, tmp_path: Path) -> None:
    with at_work() as talk:
        data = talk.ask("/remove 渡口").button("移走").data
        bob = talk.standin.person("Bob")
        page = talk.ask("/list", chat=talk.standin.private(bob))
        talk.standin.forge(page, data or "", bob)
        talk.settle()
        assert talk.standin.callback_answers[-1].text == "只有管理员能这样做。"
        assert names(tmp_path) == {"渡口.txt"}


def test_privacy_says_what_is_kept(at_work: At) -> None:
    with at_work() as talk:
        assert len(talk.ask("/privacy").text.splitlines()) == 4


def test_start_tells_admins_which_switches_are_off(at_work: At) -> None:
    with at_work() as talk:
        text = talk.ask("/start").text
        assert "/setprivacy" in text
        assert "/setinline" in text
        bob = talk.standin.person("Bob")
        assert "/setprivacy" not in talk.ask("/start", chat=talk.standin.private(bob)).text
    with at_work(privacy=False, inline=True) as talk:
        text = talk.ask("/start").text
        assert "/setprivacy" not in text
        assert "/setinline" not in text


def test_of_several_files_that_are_sent_at_once_each_is_added(at_work: At, tmp_path: Path) -> None:
    files = {f"集市{number}.txt": f"集市{number}逢{number}开市。".encode() for number in range(1, 5)}
    with at_work(most_a_minute=2) as talk:
        said = talk.after(lambda: talk.standin.send_album(talk.chat, talk.alice, files))
        assert [reply.text.startswith("✅ 已加入") for reply in said] == [True] * 4
        assert files.keys() < names(tmp_path)


def test_of_two_admins_who_send_files_of_one_new_name_at_once_one_is_asked_and_nothing_is_lost(
    at_work: At, tmp_path: Path
) -> None:
    market, ferry = "集市逢五开市，下午两点收市。", "渡口重修，明年三月开放，船票涨价。"
    with at_work(access=Access(admins=frozenset({5001, 5002}))) as talk:
        bob = talk.standin.person("Bob")
        others = talk.standin.private(bob)
        talk.standin.refusals.clear()  # he was no chat yet when the menus were set
        talk.standin.send_document(talk.chat, talk.alice, "新.txt", market.encode())
        talk.standin.send_document(others, bob, "新.txt", ferry.encode())
        talk.settle_at_once()
        said = [talk.standin.replies(chat)[-1] for chat in (talk.chat, others)]
        [asked] = [message for message in said if message.labels]
        assert asked.labels == [["替换", "都保留", "取消"]]
        assert names(tmp_path) == {"渡口.txt", "新.txt"}
        talk.press(asked, "都保留", bob if asked.chat == others else talk.alice)
        texts = {(tmp_path / "documents" / name).read_text() for name in ("新.txt", "新 (2).txt")}
        assert texts == {market, ferry}


def test_what_others_have_put_there_meanwhile_is_not_undone(
    at_work: At, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = tmp_path / "documents" / "渡口.txt"
    with at_work() as talk:
        asked = sent(talk, "渡口.txt", "别的。")

        async def failed(_: Librarian) -> Library:
            there.write_text("他人的。")
            raise RefreshError("no more")

        monkeypatch.setattr(Librarian, "refresh", failed)
        assert "no more" in talk.press(asked, "替换").text
        assert there.read_text() == "他人的。"
        [old] = (tmp_path / "documents" / TRASH).iterdir()
        assert old.read_text() == FERRY


class NoProcess(NearShelf):
    """A shelf whose process cannot be started."""

    def command(self) -> list[str]:
        raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN))


def test_where_no_process_reads_the_documents_nothing_is_kept(at_work: At, tmp_path: Path) -> None:
    with at_work(kind=NoProcess) as talk:
        reason = f"：{os.strerror(errno.EAGAIN)}。"
        assert sent(talk, "集市.txt", "集市逢五开市。").text == f"❌ 没有加入 集市.txt{reason}"
        assert names(tmp_path) == {"渡口.txt"}
        asked = sent(talk, "渡口.txt", "别的。")
        assert talk.press(asked, "替换").text == f"❌ 没有加入 渡口.txt{reason}"
        assert (tmp_path / "documents" / "渡口.txt").read_text() == FERRY
        removed = talk.press(talk.ask("/remove 渡口"), "移走").text
        assert "已移走 渡口.txt" in removed
        assert "文档没有读成" in removed


def test_a_file_whose_name_breaks_the_line_is_answered_from_by_another(at_work: At, tmp_path: Path) -> None:
    with at_work() as talk:
        reply = sent(talk, "集\u2028市\x85.txt", "集市逢五开市，下午两点收市。")
        assert "✅ 已加入" in reply.text
        assert names(tmp_path) == {"渡口.txt", "集_市_.txt"}
        assert sent(talk, "坏\u2028.docx", b"no archive").text.startswith("❌ 没有加入 坏_.docx：")
        assert names(tmp_path) == {"渡口.txt", "集_市_.txt"}


def test_a_file_that_is_taken_away_while_it_is_read_is_not_said_to_be_saved(
    at_work: At, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refresh = Librarian.refresh

    async def slow(librarian: Librarian) -> Library:
        (tmp_path / "documents" / "集市.txt").unlink()
        return await refresh(librarian)

    with at_work() as talk:
        monkeypatch.setattr(Librarian, "refresh", slow)
        assert sent(talk, "集市.txt", "集市逢五开市。").text == "这个文件已经不在了。"


def test_a_file_that_was_saved_before_the_worker_was_killed_is_added_when_it_is_handled_again(
    at_work: At, tmp_path: Path
) -> None:
    market = "集市逢五开市，下午两点收市。"
    with at_work() as talk:
        (tmp_path / "documents" / "集市.txt").write_text(market)
        assert sent(talk, "集市.txt", market).text.startswith("✅ 已加入《集市》：集市.txt")
        assert names(tmp_path) == {"渡口.txt", "集市.txt"}
        asked = sent(talk, "渡口.txt", "别的。")
        (tmp_path / "documents" / "渡口.txt").write_text("别的。")
        assert talk.press(asked, "替换").text.startswith("✅ 已加入《渡口》：渡口.txt")
        assert names(tmp_path) == {"渡口.txt", "集市.txt"}


def test_a_link_that_leads_nowhere_is_replaced_when_that_is_said(at_work: At, tmp_path: Path) -> None:
    with at_work() as talk:
        link = tmp_path / "documents" / "集市.txt"
        link.symlink_to("away.txt")
        asked = sent(talk, "集市.txt", "集市逢五开市，下午两点收市。")
        assert asked.labels == [["替换", "都保留", "取消"]]
        assert link.is_symlink()
        assert talk.press(asked, "替换").text.startswith("✅ 已加入《集市》")
        [old] = (tmp_path / "documents" / TRASH).iterdir()
        assert old.is_symlink()
