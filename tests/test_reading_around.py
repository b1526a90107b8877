"""What the buttons below an answer do: pages, passages by themselves, files, links, whatever has happened."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from conversation import Conversation, Files, Open, conversation
from standin import Message

from bot.links import link_to_document, link_to_passage
from retrieval.addresses import Address, hash_of
from retrieval.library import Library


@pytest.fixture
def talk(sample_library: Library) -> Iterator[Conversation]:
    with conversation(sample_library) as talk:
        yield talk


def label(message: Message, part: str) -> str:
    """The label of the button that has these words."""
    return next(each for row in message.labels for each in row if part in each)


def start_of(message: Message) -> str:
    """The parameter of the last link to a passage in a message."""
    return [link for link in message.links.values() if "?start=p_" in link][-1].partition("?start=")[2]


def test_an_answer_says_the_sentence_then_the_passage_then_where_it_stands(talk: Conversation) -> None:
    reply = talk.ask("集市几点收市")
    sentence, _, rest = reply.text.partition("\n")
    assert sentence == "1. 收市时间全年都是下午两点。"
    assert rest.startswith(
        "第十条　开市时间，四月到九月为早上五点半，十月到次年三月为早上六点半。收市时间全年"
    )
    assert "收市" in reply.marked("bold")
    assert reply.marked("expandable_blockquote")
    assert "第三章　开市与收市 › 第十条 · 青石镇集市管理办法.txt · 第 17–18 段" in reply.text
    assert reply.labels[0] == ["1", "2", "3"]
    assert len(reply.labels) == 2


def test_more_shows_the_next_passages_in_the_same_message_and_back(talk: Conversation) -> None:
    first = talk.ask("集市的摊位费")
    second = talk.press(first, label(first, "更多 4–6"))
    assert second.labels[0] == ["4", "5", "6"]
    assert "\n4. " in second.text
    again = talk.press(second, "‹ 1–3")
    assert (again.text, again.labels) == (first.text, first.labels)
    seen, message = [], first
    while any("更多" in each for row in message.labels for each in row):
        message = talk.press(message, label(message, "更多"))
        seen += message.labels[0]
    count = int(label(first, "更多").rpartition("/")[2].removesuffix("›"))
    assert seen == [f"{number}" for number in range(4, count + 1)]


def test_a_passage_is_read_around_to_both_ends_of_its_document(
    talk: Conversation, sample_library: Library
) -> None:
    index = sample_library.index
    view = talk.press(talk.ask("渡船停渡三天"), "1")
    document = next(n for n, origin in enumerate(index.documents) if origin.title == "渡口")
    numbers = index.passages_of(document)
    while "⬆ 上一段" in view.labels[0]:
        view = talk.press(view, "⬆ 上一段")
    for number in numbers:
        assert index.passages[number].text in view.text
        if number + 1 < numbers.stop:
            view = talk.press(view, "⬇ 下一段")
    assert view.labels[0] == ["⬆ 上一段"]
    assert talk.press(view, "← 返回").text.startswith("1. ")


def test_the_heading_of_a_passage_stands_over_it(talk: Conversation) -> None:
    view = talk.press(talk.ask("集市几点收市"), "1")
    assert view.text.startswith("青石镇集市管理办法 › 第三章　开市与收市 › 第十条\n")
    assert "收市" in view.marked("bold")


def test_the_file_is_sent_and_by_its_id_the_second_time(talk: Conversation) -> None:
    view = talk.press(talk.ask("集市几点收市"), "1")
    for _ in range(2):
        talk.press(view, "📄 原文件")
    first, second = talk.standin.replies(talk.chat)[-2:]
    assert first.document is not None
    assert first.document.name == "青石镇集市管理办法.txt"
    assert second.document == first.document
    sent = talk.standin.requests("sendDocument")
    assert not isinstance(sent[0]["document"], str)
    assert isinstance(sent[1]["document"], str)


def test_a_file_that_telegram_has_forgotten_is_sent_again(talk: Conversation) -> None:
    view = talk.press(talk.ask("集市几点收市"), "1")
    talk.press(view, "📄 原文件")
    talk.standin.fail_next("sendDocument", 400, "Bad Request: wrong file identifier/HTTP URL specified")
    talk.press(view, "📄 原文件")
    assert talk.standin.replies(talk.chat)[-1].document is not None


@pytest.mark.parametrize(
    ("language", "file", "said"),
    [
        ("zh-hans", "📄 原文件", "这个群不让我发文件。群的管理员可以给我这个权限。"),
        ("en", "📄 File", "This group does not let me send files. Its admins can give me the permission."),
    ],
)
def test_where_a_group_takes_no_files_whoever_pressed_is_told_and_the_file_is_known_still(
    talk: Conversation, language: str, file: str, said: str
) -> None:
    group, bob = talk.standin.group("读书会"), talk.standin.person("Bob", language)
    talk.press(talk.press(talk.ask("集市几点收市"), "1"), "📄 原文件")
    view = talk.press(talk.ask("/ask@chuchu_bot 集市几点收市", chat=group, by=bob), "1", bob)
    before = talk.standin.messages(group)
    forbids = "Bad Request: not enough rights to send documents to the chat"
    talk.standin.fail_next("sendDocument", 400, forbids)
    talk.press(view, file, bob)
    told = talk.standin.callback_answers[-1]
    assert (told.text, told.show_alert) == (said, True)
    assert talk.standin.messages(group) == before
    talk.press(view, file, bob)
    assert talk.standin.replies(group)[-1].document is not None
    assert [isinstance(sent["document"], str) for sent in talk.standin.requests("sendDocument")] == [
        False,
        True,
        True,
    ]


def test_a_file_that_is_gone_is_said_to_be(opened: Open, tmp_path: Path) -> None:
    library = opened({"渡口.txt": "渡船从八点开到六点，下雨的日子不开。"})
    with conversation(library, folder=tmp_path / "documents") as talk:
        view = talk.press(talk.ask("渡船几点开"), "1")
        (tmp_path / "documents" / "渡口.txt").unlink()
        talk.press(view, "📄 原文件")
        assert talk.standin.replies(talk.chat)[-1].text == "这个文件已经不在了。"


@pytest.mark.parametrize(("own", "most"), [(False, 50), (True, 200)])
def test_a_file_that_is_larger_than_is_sent_is_named_with_the_limit(
    opened: Open,
    tmp_path: Path,
    own: bool,  # noqa: FBT001 - a case
    most: int,
) -> None:
    library = opened({"渡口.txt": "渡船从八点开到六点，下雨的日子不开。"})
    with conversation(library, folder=tmp_path / "documents", has_own_server=own) as talk:
        view = talk.press(talk.ask("渡船几点开"), "1")
        with (tmp_path / "documents" / "渡口.txt").open("a") as file:
            file.truncate(most * 1_000_000 + 1)
        talk.press(view, "📄 原文件")
        assert f"超过 {most} MB" in talk.standin.replies(talk.chat)[-1].text
    assert talk.standin.requests("sendDocument") == []


def test_only_files_of_the_folder_are_sent(opened: Open, tmp_path: Path) -> None:
    library = opened({"渡口.txt": "渡船从八点开到六点，下雨的日子不开。"})
    with conversation(library, folder=tmp_path / "documents") as talk:
        view = talk.press(talk.ask("渡船几点开"), "1")
        file = tmp_path / "documents" / "渡口.txt"
        file.rename(tmp_path / "secret.txt")
        file.symlink_to(tmp_path / "secret.txt")
        talk.press(view, "📄 原文件")
        assert talk.standin.replies(talk.chat)[-1].text == "这个文件已经不在了。"


def test_what_is_copied_is_the_passage_with_its_source(talk: Conversation) -> None:
    view = talk.press(talk.ask("集市几点收市"), "1")
    copied = talk.standin.copy(view, "📋 复制")
    assert "收市时间全年都是下午两点。" in copied
    assert copied.endswith("\n—— 青石镇集市管理办法.txt · 第 17–18 段")


def test_a_link_to_a_passage_opens_it_in_private(talk: Conversation) -> None:
    answer = talk.ask("集市几点收市")
    for link in answer.links.values():
        assert link.startswith("https://t.me/chuchu_bot?start=p_")
        assert len(link.partition("start=")[2]) <= 64
    view = talk.ask(f"/start {start_of(answer)}")
    assert "📄 青石镇集市管理办法.txt" in view.text
    assert talk.press(view, "← 返回").text.startswith("青石镇集市管理办法\n")


def test_a_link_finds_its_passage_after_the_document_has_changed(opened: Open, tmp_path: Path) -> None:
    said = "渡船从八点开到六点，下雨的日子不开，水大的日子也不开，在棚子里等。" * 2
    link = start_of_passage(opened({"渡口.txt": f"渡口\n\n{said}"}), said)
    for files, note in (
        ({"渡口.txt": f"渡口\n\n{'先说集市。' * 60}\n\n第一章 船\n\n{said}"}, ""),
        ({"渡船.txt": f"渡口\n\n{said}", "集市.txt": "集市\n\n逢五开市。"}, ""),
    ):
        for path in (tmp_path / "documents").iterdir():
            path.unlink()
        with conversation(opened(dict(files))) as talk:
            view = talk.ask(f"/start {link}")
            assert said in view.text
            assert "已经不在了" not in view.text + note
    (tmp_path / "documents" / "渡船.txt").unlink()
    with conversation(opened({"渡口.txt": "渡口\n\n渡船停了，改走大桥。"})) as talk:
        view = talk.ask(f"/start {link}")
        assert view.text.startswith("原来的那段文字已经不在了")
        assert "渡船停了" in view.text
    (tmp_path / "documents" / "渡口.txt").unlink()
    with conversation(opened({"集市.txt": "集市\n\n逢五开市。"})) as talk:
        assert talk.ask(f"/start {link}").text == "这段文字和它所在的文件都已经不在了。"


def start_of_passage(library: Library, text: str) -> str:
    passage = next(passage for passage in library.index.passages if text in passage.text)
    return link_to_passage("chuchu_bot", Address.of(passage)).partition("?start=")[2]


@pytest.mark.parametrize("payload", ["p_", "p_x", "d_short", "nonsense", "p_abcdefgh_1_abcdefg*"])
def test_a_link_that_was_cut_says_what_this_is(talk: Conversation, payload: str) -> None:
    assert "这里是出处" in talk.ask(f"/start {payload}").text


def test_buttons_work_after_a_restart(sample_library: Library) -> None:
    with conversation(sample_library) as talk:
        answer = talk.ask("集市几点收市")
        data = [button.data for row in answer.buttons for button in row]
    with conversation(sample_library) as later:
        again = later.ask("集市几点收市")
        assert [button.data for row in again.buttons for button in row] == data
        assert later.press(again, "1").text.startswith("青石镇集市管理办法")


def test_where_the_question_was_deleted_a_sentence_says_so(talk: Conversation) -> None:
    answer = talk.ask("集市几点收市")
    view = talk.press(answer, "1")
    question = next(m for m in talk.standin.messages(talk.chat) if m.text == "集市几点收市")
    talk.standin.delete(question)
    talk.press(view, "← 返回")
    assert talk.standin.callback_answers[-1].text == "原来的问题已被删除，请重新提问。"


def test_an_answer_that_was_deleted_or_pressed_twice_fails_nobody(talk: Conversation) -> None:
    answer = talk.ask("集市几点收市")
    for _ in range(2):
        talk.standin.press(answer, "1")
    talk.settle()
    talk.standin.press(answer, "← 返回")
    talk.standin.delete(answer)
    talk.settle()
    said = [refusal.description.partition(": ")[2] for refusal in talk.standin.refusals]
    assert all(each.startswith(("message is not modified", "message to edit not found")) for each in said)
    talk.standin.refusals.clear()
    assert len(talk.standin.replies(talk.chat)) == 0


def test_a_message_too_old_to_be_seen_says_that_the_button_is_too(talk: Conversation) -> None:
    answer = talk.ask("集市几点收市")
    talk.standin.hide(answer)
    talk.standin.press(answer, "1")
    talk.settle()
    assert "失效" in (talk.standin.callback_answers[-1].text or "")


def test_in_a_group_only_who_asked_or_an_admin_turns_pages(sample_library: Library) -> None:
    with conversation(sample_library, admins=frozenset({5003})) as talk:
        group = talk.standin.group("读书会")
        bob, carol, dave = (talk.standin.person(name) for name in ("Bob", "Carol", "Dave"))
        talk.standin.appoint(group, dave)
        answer = talk.ask("/ask@chuchu_bot 集市几点收市", chat=group)
        assert talk.press(answer, "1", by=bob).text == answer.text
        assert talk.standin.callback_answers[-1].text == "这是别人问的。想翻看的话，自己问一次就行。"
        for person in (talk.alice, carol, dave):
            view = talk.press(answer, "1", by=person)
            assert view.text.startswith("青石镇集市管理办法")
            answer = talk.press(view, "← 返回", by=person)
        talk.standin.refusals.clear()  # of the menu of somebody who has never written to the bot


def test_in_a_group_what_a_link_opened_is_turned_by_who_opened_it_only(sample_library: Library) -> None:
    with conversation(sample_library) as talk:
        group, bob = talk.standin.group("读书会"), talk.standin.person("Bob")
        passage = sample_library.index.passages[5]
        document = hash_of(passage.origin.source)
        for link in (
            link_to_document("chuchu_bot", document),
            link_to_passage("chuchu_bot", Address.of(passage)),
        ):
            payload = link.partition("?start=")[2]
            card = talk.ask(f"/start@chuchu_bot {payload}", chat=group)
            turned = next(
                each for row in card.labels for each in row if each in {"⬇ 下一段", "目录", "☰ 文档列表"}
            )
            assert talk.press(card, turned, by=bob).text == card.text
            assert talk.standin.callback_answers[-1].text == "这是别人问的。想翻看的话，自己问一次就行。"
            assert talk.press(card, turned, by=talk.alice).text != card.text


# What is offered where nothing answers.


def test_words_like_unknown_ones_are_buttons_that_ask_again_and_say_what_was_changed(
    talk: Conversation,
) -> None:
    none = talk.ask("渡囗几点开")
    assert "没有找到" in none.text
    found = talk.press(none, "渡囗 → 渡口")
    assert found.text.startswith("把“渡囗”换成“渡口”来找：\n\n1. ")
    view = talk.press(found, "1")
    assert "渡口" in view.marked("bold")
    assert talk.press(view, "← 返回").text == found.text
    assert talk.press(found, label(found, "更多")).text.startswith("把“渡囗”换成“渡口”来找：\n\n4. ")


def test_an_answer_that_is_not_sure_says_so_first_with_what_was_found(talk: Conversation) -> None:
    reply = talk.ask("集市的停车费")
    assert reply.text.startswith("不太确定有没有答案，下面这些段落也许有关：\n集市 ✓  停车费 ✗\n\n1. ")


def test_in_a_group_that_nothing_answers_is_one_short_line(talk: Conversation) -> None:
    group = talk.standin.group("读书会")
    reply = talk.ask("/ask@chuchu_bot 渡囗几点开", chat=group)
    assert (reply.text, reply.labels) == ("文档里没有找到答案。", [])


# One document only.


def test_a_card_of_a_document_shows_its_outline_whose_headings_open(talk: Conversation) -> None:
    page = talk.ask("/list")
    card = talk.press(page, "9")
    assert card.text.startswith("青石镇集市管理办法\n青石镇集市管理办法.txt · 27 段\n")
    assert "目录（1/4）\n1. 第一章　总则\n" in card.text
    second = talk.press(card, "下一页 ›")
    assert second.labels[0] == ["11", "12", "13", "14", "15"]
    view = talk.press(second, "11")
    assert view.text.startswith("青石镇集市管理办法 › ")
    assert talk.press(view, "← 返回").text.startswith("青石镇集市管理办法\n")
    assert talk.press(card, "☰ 文档列表").text == page.text


def test_a_reply_to_a_card_asks_that_document_only(talk: Conversation) -> None:
    card = talk.press(talk.ask("/list"), "7")
    assert "邵启明" in talk.ask("镇长是谁").text
    answer = talk.ask("镇长是谁", reply_to=card)
    assert answer.text.startswith("只在《渡口》里找：")
    assert "邵启明" not in answer.text
    answer = talk.ask("停渡几天", reply_to=card)
    assert answer.text.startswith("只在《渡口》里找：\n\n1. ")
    assert all("渡口.txt" in line for line in answer.text.splitlines() if line.startswith("📄"))
    view = talk.press(answer, "1")
    assert talk.press(view, "← 返回").text == answer.text


def test_ask_this_one_asks_for_a_reply_which_asks_that_document_only(talk: Conversation) -> None:
    card = talk.press(talk.ask("/list"), "7")
    talk.press(card, "🔍 只问这份")
    prompt = talk.standin.replies(talk.chat)[-1]
    assert prompt.markup.force_reply is not None
    assert talk.ask("停渡几天", reply_to=prompt).text.startswith("只在《渡口》里找：\n\n1. ")


def test_in_a_group_the_field_opens_for_whoever_pressed_ask_this_one(talk: Conversation) -> None:
    group = talk.standin.group("读书会")
    listing = talk.ask("/list@chuchu_bot", chat=group)
    card = talk.press(listing, "7", talk.alice)
    talk.press(card, "🔍 只问这份", talk.alice)
    prompt = talk.standin.replies(group)[-1]
    assert prompt.markup.force_reply is not None
    assert prompt.markup.force_reply.selective
    assert prompt.reply_to == listing.reply_to
    assert talk.ask("停渡几天", chat=group, reply_to=prompt).text.startswith("只在《渡口》里找：\n\n1. ")


def test_where_the_command_is_gone_the_prompt_replies_to_the_card(talk: Conversation) -> None:
    group = talk.standin.group("读书会")
    listing = talk.ask("/list@chuchu_bot", chat=group)
    card = talk.press(listing, "7", talk.alice)
    assert listing.reply_to is not None
    talk.standin.delete(listing.reply_to)
    talk.press(card, "🔍 只问这份", talk.alice)
    assert talk.standin.replies(group)[-1].reply_to == card


@pytest.mark.parametrize(
    "text",
    [
        "/in 渡口 停渡几天",
        "/in 渡口.txt 停渡几天",
        "/in 《渡口》 停渡几天",
        "/in@chuchu_bot 渡口　停渡几天",
        "/in 渡口\n停渡几天",
        "/in 渡口　停渡 几天",
    ],
)
def test_in_asks_the_document_that_it_names(talk: Conversation, text: str) -> None:
    answer = talk.ask(text)
    assert answer.text.startswith("只在《渡口》里找：\n\n1. ")
    view = talk.press(answer, "1")
    assert talk.press(view, "← 返回").text == answer.text


def test_in_says_what_it_needs_and_asks_which_is_meant(talk: Conversation) -> None:
    assert "/in 文档名 问题" in talk.ask("/in").text
    assert "没有名字里有“年鉴”的文档" in talk.ask("/in 年鉴 停渡几天").text
    which = talk.ask("/in 青石镇 集市几点收市")
    assert which.labels == [["青石镇图书馆借阅须知"], ["青石镇集市管理办法"]]
    answer = talk.press(which, "青石镇集市管理办法")
    assert answer.text.startswith("只在《青石镇集市管理办法》里找：\n\n1. ")
    which = talk.ask("/in 青石镇")
    assert talk.press(which, "青石镇集市管理办法").text.startswith("青石镇集市管理办法\n")


def test_in_a_name_in_quotation_marks_may_have_blanks(opened: Open) -> None:
    with conversation(opened({f"甲 规定{n}.txt": f"第{n}种渡船八点开。" for n in range(10)})) as talk:
        which = talk.ask("/in 《甲 规定》 渡船几点开")
        assert which.text == (
            "名字里有“甲 规定”的文档有 10 份，是哪一份？\n这里只列出前 8 份，没有要找的就把名字写长一些。"
        )
        assert len(which.labels) == 8
        answer = talk.press(which, "甲 规定3")
        assert answer.text.startswith("只在《甲 规定3》里找：\n\n1. 第3种渡船八点开。")
        assert talk.press(talk.press(answer, "1"), "← 返回").text == answer.text


def test_documents_of_one_title_are_told_apart_by_their_files(opened: Open) -> None:
    files: Files = {f"{place}.txt": f"渡口\n\n{place}渡船八点开。" for place in ("东", "西")}
    with conversation(opened({**files, "南.txt": "渡口二\n\n渡船九点开。"})) as talk:
        assert talk.ask("/in 渡口 渡船几点开").labels == [["东.txt"], ["西.txt"]]
        assert sorted(talk.ask("/in 渡 渡船几点开").labels) == [["东.txt"], ["渡口二"], ["西.txt"]]


def test_a_question_that_follows_a_name_without_a_blank_is_told_so(talk: Conversation) -> None:
    assert "名字和问题之间要空一格" in talk.ask("/in 渡口几点开").text
    assert "/in 文档名 问题" in talk.ask("/in 《》").text


def test_a_link_to_a_document_opens_its_card(talk: Conversation) -> None:
    card = talk.press(talk.ask("/list"), "7")
    link = next(iter(card.links.values()))
    assert talk.ask(f"/start {link.partition('?start=')[2]}").text == card.text


# Whose question it is.


def test_why_in_reply_to_an_answer_explains_its_question(talk: Conversation) -> None:
    answer = talk.ask("集市几点收市")
    [said] = talk.say("/why", reply_to=answer)
    assert "得分" in said.text
    assert "收市" in said.text
    question = next(m for m in talk.standin.messages(talk.chat) if m.text == "集市几点收市")
    talk.standin.delete(question)
    assert "已被删除" in talk.ask("/why", reply_to=answer).text


def test_in_a_group_a_bare_mention_in_reply_asks_the_message_replied_to(sample_library: Library) -> None:
    with conversation(sample_library, privacy=False) as talk:
        group = talk.standin.group("读书会")
        bob = talk.standin.person("Bob")
        question = talk.standin.say(group, bob, "集市几点收市")
        talk.settle()
        answer = talk.ask("@chuchu_bot", chat=group, reply_to=question)
        assert answer.text.startswith("1. 收市时间全年都是下午两点。")
        assert answer.reply_to == question
        assert talk.press(answer, "1", by=talk.alice).text.startswith("青石镇集市管理办法")
