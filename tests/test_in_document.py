"""Questions to one document only, by its name before them, whatever becomes of it and of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from conversation import Conversation, NearShelf, conversation, library_of

from bot.access import Access
from bot.notebook import Notebook
from retrieval.library import Library

FILES: dict[str, str | bytes] = {
    "渡口.txt": "渡口\n\n渡船遇大雾停航，停渡一天以上贴出告示。",
    "集市.txt": "集市\n\n镇长姓秦，集市停渡那天也开。",
}

pytestmark = pytest.mark.usefixtures("jieba_loaded")


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Conversation]:
    """A conversation with an admin about two documents that can go."""
    folder = library_of(tmp_path / "documents", FILES)
    shelf, access = NearShelf(folder, tmp_path / "derived"), Access(admins=frozenset({5001}))
    with conversation(None, shelf=shelf, folder=folder, access=access) as talk:  # type: ignore[arg-type]
        yield talk


def test_a_changed_question_asks_the_same_document(talk: Conversation) -> None:
    answer = talk.ask("/in 渡口 停渡几天")
    assert "只在《渡口》里找" in answer.text
    talk.standin.edit(talk.standin.messages(talk.chat)[0], "/in 渡口 镇长姓什么")
    talk.settle()
    assert "姓秦" not in talk.standin.replies(talk.chat)[-1].text


def test_a_document_can_be_named_behind_a_mention(talk: Conversation) -> None:
    group = talk.standin.group("读书会", bot_is_admin=True)
    answer = talk.ask("@chuchu_bot /in 渡口 停渡几天", chat=group)
    assert "只在《渡口》里找" in answer.text
    view = talk.press(answer, "1", by=talk.alice)
    assert "只在《渡口》里找" in talk.press(view, "← 返回", by=talk.alice).text


def test_a_name_that_was_mistyped_can_be_changed(talk: Conversation) -> None:
    assert "没有名字里有" in talk.ask("/in 渡囗 停渡几天").text
    talk.standin.edit(talk.standin.messages(talk.chat)[0], "/in 渡口 停渡几天")
    talk.settle()
    [reply] = talk.standin.replies(talk.chat)
    assert "一天以上" in reply.text


def test_a_question_without_words_can_be_changed(talk: Conversation) -> None:
    talk.ask("/ask")
    talk.standin.edit(talk.standin.messages(talk.chat)[0], "/ask 停渡几天")
    talk.settle()
    [reply] = talk.standin.replies(talk.chat)
    assert reply.text.startswith("1. ")


def test_where_the_document_is_gone_no_other_answers(talk: Conversation, tmp_path: Path) -> None:
    answer = talk.ask("/in 渡口 停渡几天")
    opened = talk.press(answer, "1")
    (tmp_path / "documents" / "渡口.txt").unlink()
    talk.ask("/reload")
    talk.press(opened, "← 返回")
    assert "已经不在了" in (talk.standin.callback_answers[-1].text or "")


def test_why_explains_the_answer_from_that_document(talk: Conversation) -> None:
    answer = talk.ask("/in 渡口 镇长姓什么")
    assert "姓秦" not in answer.text
    assert "姓秦" not in talk.ask("/why", reply_to=answer).text


def test_a_name_may_follow_the_command_without_a_blank(talk: Conversation) -> None:
    assert "只在《渡口》里找" in talk.ask("/in渡口 停渡几天").text


def test_a_question_in_vain_to_one_document_or_to_none_is_not_missed(
    talk: Conversation, tmp_path: Path
) -> None:
    talk.ask("/in 渡口 量子纠缠")
    assert "量子" not in talk.ask("/missed").text
    for path in (tmp_path / "documents").iterdir():
        path.unlink()
    talk.ask("/reload")
    talk.ask("量子纠缠")
    assert "量子" not in talk.ask("/missed").text


def test_a_page_that_is_no_more_is_the_last_there_is(talk: Conversation, tmp_path: Path) -> None:
    for number in range(8):
        (tmp_path / "documents" / f"{number}.txt").write_text(
            f"第{number}船队\n\n船队的大船有{number + 3}条。"
        )
    talk.ask("/reload")
    page = talk.ask("船队的大船有几条")
    while "更多" in "".join(label for row in page.labels for label in row):
        page = talk.press(page, next(each for row in page.labels for each in row if "更多" in each))
    back = talk.press(page, page.labels[0][0])
    for number in range(1, 8):
        (tmp_path / "documents" / f"{number}.txt").unlink()
    talk.ask("/reload")
    again = talk.press(back, "← 返回")
    assert again.text.startswith("1. ")
    assert "大船有3条" in again.text


def test_why_in_reply_to_what_is_no_answer_says_how_to_ask(talk: Conversation) -> None:
    assert "/why" in talk.ask("/why", reply_to=talk.ask("/list")).text


def test_in_a_group_a_bare_why_in_reply_to_an_answer_explains_it(sample_library: Library) -> None:
    with conversation(sample_library) as talk:
        group = talk.standin.group("读书会")
        answer = talk.ask("/ask@chuchu_bot 集市几点收市", chat=group)
        assert "得分" in talk.ask("/why", chat=group, reply_to=answer).text


def test_in_a_group_a_command_below_a_picture_is_answered(sample_library: Library) -> None:
    with conversation(sample_library, privacy=False) as talk:
        group = talk.standin.group("读书会")
        [reply] = talk.after(
            lambda: talk.standin.send_photo(group, talk.alice, caption="/ask@chuchu_bot 集市几点收市"), group
        )
        assert reply.text.startswith("1. ")


def test_after_a_group_has_moved_no_old_message_is_taken_for_a_new_one(sample_library: Library) -> None:
    with conversation(sample_library, notebook=(notebook := Notebook(None))) as talk:
        group = talk.standin.group("读书会", kind="group")
        answer = talk.ask("/ask@chuchu_bot 集市几点收市", chat=group)
        assert answer.reply_to is not None
        asked = answer.reply_to.id
        moved = talk.standin.migrate(group, talk.alice)
        talk.settle()
        assert notebook.answer_to(group.id, asked) is None
        assert notebook.answer_to(moved.id, asked) is None


def test_an_answer_that_waits_while_its_group_moves_comes_where_the_group_is_now(
    sample_library: Library,
) -> None:
    with conversation(sample_library) as talk:
        group = talk.standin.group("读书会", kind="group")
        talk.standin.say(group, talk.alice, "/ask@chuchu_bot 集市几点收市")
        moved = talk.standin.migrate(group, talk.alice)
        talk.settle()
        [answer] = talk.standin.replies(moved)
        assert answer.text.startswith("1. ")
        [refusal] = talk.standin.refusals
        assert "upgraded" in refusal.description
        talk.standin.refusals.clear()
