"""What people get in a chat, with the real Application over the stand-in."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event, Timer
from time import sleep

import pytest
from conversation import Conversation, FakeShelf, Files, Open, conversation, run
from standin import Chat, StandIn, StandInRequest
from standin_faults import Fault, refusing, too_many

from bot.application import DiscreetBot, register_commands
from bot.callbacks import Action, Ask
from bot.desk import Desk
from bot.librarian import Librarian
from bot.notebook import Notebook
from retrieval.index import Index
from retrieval.library import Library, open_library
from retrieval.search import Answer, search


@pytest.fixture
def talk(sample_library: Library) -> Iterator[Conversation]:
    """A conversation about the sample documents."""
    with conversation(sample_library) as talk:
        yield talk


# Questions in private.


def test_a_question_gets_passages_with_title_heading_and_file_name_as_a_reply_to_it(
    talk: Conversation,
) -> None:
    reply = talk.ask("集市几点开市？")
    assert reply.text.startswith(
        "1. 第十条　开市时间，四月到九月为早上五点半，十月到次年三月为早上六点半。\n"
    )
    assert "收市时间全年都是下午两点。" in reply.marked("expandable_blockquote")[0]
    assert (
        "📄 青石镇集市管理办法 › 第三章　开市与收市 › 第十条 · 青石镇集市管理办法.txt · 第 17–18 段"
        in reply.text
    )
    assert reply.reply_to is not None
    assert reply.reply_to.text == "集市几点开市？"


def test_three_passages_are_shown_unless_set_otherwise(sample_library: Library) -> None:
    for passages in (1, 3, 10):
        with conversation(sample_library, passages=passages) as talk:
            reply = talk.ask("集市的罚款是怎么规定的")
            assert [label for row in reply.labels for label in row if label.isdigit()] == [
                f"{n}" for n in range(1, passages + 1)
            ]


def test_what_matched_is_bold(talk: Conversation) -> None:
    assert "开市时间" in talk.ask("集市的开市时间").marked("bold")


def test_a_passage_is_quoted_folded_below_its_sentence_unless_that_is_all_of_it(opened: Open) -> None:
    short = "渡口的船每天早上六点开。"
    long = "码头的仓库在河的北岸。" + "里面放着绳索、油灯和修船的工具，由老人看管。" * 12
    with conversation(opened({"a.txt": f"渡口\n\n{short}\n\n第二章 仓库\n\n{long}"})) as talk:
        reply = talk.ask("渡口的船几点开")
        assert reply.text.startswith(f"1. {short}\n📄 ")
        reply = talk.ask("码头的仓库里有什么")
        [quote] = reply.marked("expandable_blockquote")[:1]
        assert quote.startswith("码头的仓库")
        assert reply.text.startswith("1. ")
        assert reply.text[3:].partition("\n")[0] in quote


def test_when_nothing_answers_it_says_so_and_shows_no_passage(talk: Conversation) -> None:
    reply = talk.ask("量子计算机的工作原理是什么？")
    assert "没有找到" in reply.text
    assert not reply.marked("blockquote")
    assert not reply.marked("expandable_blockquote")


def test_a_traditional_question_is_answered_from_simplified_documents(talk: Conversation) -> None:
    assert "青石镇集市管理办法.txt" in talk.ask("集市幾點開市？").text


def test_markup_in_documents_and_questions_is_shown_as_it_is(opened: Open) -> None:
    with conversation(
        opened({"a<b>&.txt": "标题 <i>&amp; 其余\n\n按下 <b>确定</b> & 保存，电压 < 5V。"})
    ) as talk:
        reply = talk.ask("<b>按下</b> & 确定 保存")
        assert "按下 <b>确定</b> & 保存，电压 < 5V。" in reply.text
        assert "a<b>&.txt" in reply.text


def test_an_answer_of_the_longest_passages_and_names_keeps_telegrams_limit(opened: Open) -> None:
    wide = "𠮷野家😀的规定" * 60
    files: Files = {
        f"{'很长的文件夹名字' * 9}/{n}{'很长的文件名' * 12}.txt": f"{'标题' * 30}\n\n{n}{wide}"
        for n in range(12)
    }
    for passages in (3, 10):
        with conversation(opened(files), passages=passages) as talk:
            reply = talk.ask("𠮷野家的规定")
            assert f"\n\n{passages}. " in reply.text


def test_any_text_gets_one_reply(talk: Conversation) -> None:
    for text in ("？？？", "😀" * 2000, "<b>", "&amp;", "a" * 4096, "的", "@somebody", "什么"):
        assert talk.ask(text).text


def test_ask_without_a_question_says_how_it_is_used(talk: Conversation) -> None:
    assert "写在 /ask 后面" in talk.ask("/ask").text


def test_ask_with_a_question_answers_it(talk: Conversation) -> None:
    for text in (
        "/ask 集市几点开市",
        "/ask@chuchu_bot 集市几点开市",
        "/ask　集市几点开市",
        "/ask集市几点开市",
    ):
        assert talk.ask(text).text.startswith("1. 第十条　开市时间")


def test_an_unknown_command_is_not_taken_for_a_question(talk: Conversation) -> None:
    for text in ("/weather 集市", "／list", "／ask 集市"):
        assert "没有这个命令" in talk.ask(text).text


def test_an_edited_question_edits_its_answer(talk: Conversation) -> None:
    first = talk.ask("渡船几点开")
    [question, _] = talk.standin.messages(talk.chat)
    talk.standin.edit(question, "集市几点收市")
    talk.settle()
    [answer] = talk.standin.replies(talk.chat)
    assert answer.id == first.id
    assert "收市时间全年都是下午两点" in answer.text
    assert talk.press(answer, "1").text.startswith("青石镇集市管理办法")


def test_what_another_has_asked_about_changes_no_answer_when_it_is_edited(
    sample_library: Library,
) -> None:
    with conversation(sample_library, privacy=False) as talk:
        group, bob = talk.standin.group("读书会"), talk.standin.person("Bob")
        written = talk.standin.say(group, bob, "渡船几点开")
        answer = talk.ask("@chuchu_bot", chat=group, reply_to=written)
        assert answer.text.startswith("1. ")
        talk.standin.edit(written, "集市几点收市")
        talk.settle()
        assert [reply.text for reply in talk.standin.replies(group)] == [answer.text]


def test_edits_in_a_group_are_counted(sample_library: Library) -> None:
    with conversation(sample_library, privacy=False, most_a_minute=2) as talk:
        group = talk.standin.group("读书会")
        answer = talk.ask("/ask@chuchu_bot 渡船几点开", chat=group)
        [question, _] = talk.standin.messages(group)
        for text in (
            "集市几点收市",
            "集市几点收市？",
            "/ask@chuchu_bot 集市几点收市",
            "/ask@chuchu_bot 集市",
        ):
            talk.standin.edit(question, text)
            talk.settle()
        [edited] = talk.standin.replies(group)
        assert edited.id == answer.id
        assert "收市时间全年都是下午两点" in edited.text
        assert len(talk.standin.requests("editMessageText")) == 1


def test_what_was_no_question_when_it_was_written_is_none_when_it_is_edited(talk: Conversation) -> None:
    group = talk.standin.group("读书会", bot_is_admin=True)
    talk.say("大家好", chat=group)
    talk.standin.edit(talk.standin.messages(group)[0], "集市几点收市")
    talk.settle()
    assert talk.standin.replies(group) == []


# Telegram's bad moments.


@pytest.mark.parametrize(
    ("code", "description", "parameters"),
    [(429, "Too Many Requests: retry after 0", {"retry_after": 0}), (502, "Bad Gateway", {})],
)
def test_an_answer_that_telegram_puts_off_is_sent_again(
    talk: Conversation,
    monkeypatch: pytest.MonkeyPatch,
    code: int,
    description: str,
    parameters: dict[str, object],
) -> None:
    monkeypatch.setattr("bot.patience.FIRST_PAUSE", 0.0)
    for _ in range(2):
        talk.standin.fail_next("sendMessage", code, description, **parameters)
    assert talk.ask("集市几点开市").text.startswith("1. ")


def test_somebody_who_blocked_the_bot_gets_nothing_and_it_goes_on(
    talk: Conversation, caplog: pytest.LogCaptureFixture
) -> None:
    talk.standin.fail_next("sendMessage", 403, "Forbidden: bot was blocked by the user")
    assert talk.say("集市几点开市") == []
    assert "Traceback" not in caplog.text
    assert talk.ask("集市几点开市")


def test_a_failure_gets_an_apology_with_the_code_that_stands_in_the_log(
    talk: Conversation, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.answering.search", lambda *_, **__: 1 / 0)
    [code] = talk.ask("集市几点开市").marked("code")
    assert f"[{code}]" in caplog.text
    assert "集市" not in caplog.text


def test_an_apology_that_cannot_be_sent_is_a_line_in_the_log(
    talk: Conversation, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.answering.search", lambda *_, **__: 1 / 0)
    for _ in range(2):  # as it is, and as plain text
        talk.standin.fail_next("sendMessage", 400, "Bad Request: chat not found")
    assert talk.say("集市几点开市") == []
    assert "was not sent" in caplog.text


def test_a_page_turns_though_its_button_was_pressed_long_ago(opened: Open) -> None:
    files: Files = {f"{n:03}.txt": f"文件{n}号\n\n内容是第{n}件事情。" for n in range(12)}
    with conversation(opened(files)) as talk:
        page = talk.ask("/list")
        talk.standin.expire(talk.standin.press(page, "下一页 ›"))
        talk.settle()
        assert "12. " in talk.standin.replies(talk.chat)[-1].text
        [refusal] = talk.standin.refusals
        assert "query is too old" in refusal.description
        talk.standin.refusals.clear()


# Commands.


def test_start_and_help_show_an_example_that_is_answered(talk: Conversation) -> None:
    for command in ("/start", "/help"):
        [*_, example] = talk.ask(command).marked("code")
        assert talk.ask(example).text.startswith("1. ")


def test_list_names_every_document_with_its_file_and_size(
    talk: Conversation, sample_library: Library
) -> None:
    text = talk.ask("/list").text
    index = sample_library.index
    for document, size in zip(index.documents, index.sizes, strict=True):
        assert f"{document.title}\n{document.source} · {size} 段" in text


def test_list_turns_its_pages_in_place(opened: Open) -> None:
    files: Files = {f"{n:03}.txt": f"文件{n}号\n\n内容是第{n}件事情。" for n in range(1, 26)}
    with conversation(opened(files)) as talk:
        page = talk.ask("/list")
        assert page.labels == [["1", "2", "3", "4", "5"], ["6", "7", "8", "9", "10"], ["下一页 ›"]]
        page = talk.press(page, "下一页 ›")
        assert page.labels[2:] == [["‹ 上一页", "下一页 ›"]]
        page = talk.press(page, "下一页 ›")
        assert "21. 文件21号" in page.text
        assert "25. 文件25号" in page.text
        assert page.labels == [["21", "22", "23", "24", "25"], ["‹ 上一页"]]
        assert len(talk.standin.replies(talk.chat)) == 1


def test_a_page_button_pressed_twice_at_once_is_taken_quietly(opened: Open) -> None:
    files: Files = {f"{n:03}.txt": f"文件{n}号\n\n内容是第{n}件事情。" for n in range(12)}
    with conversation(opened(files)) as talk:
        page = talk.ask("/list")
        talk.standin.press(page, "下一页 ›")
        talk.standin.press(page, "下一页 ›")
        talk.settle()
        assert [refusal.description.partition(":")[2][:24] for refusal in talk.standin.refusals] == [
            " message is not modified"
        ]
        talk.standin.refusals.clear()
        assert len(talk.standin.replies(talk.chat)) == 1


def test_a_page_that_is_gone_shows_the_nearest(opened: Open, tmp_path: Path) -> None:
    files: Files = {f"{n:03}.txt": f"文件{n}号\n\n内容是第{n}件事情。" for n in range(25)}
    with conversation(opened(files)) as talk:
        page = talk.press(talk.ask("/list"), "下一页 ›")
    for name in list(files)[5:]:
        (tmp_path / "documents" / name).unlink()
        stale = page.button("下一页 ›").data
    with conversation(open_library(tmp_path / "documents", tmp_path / "derived")) as later:
        again = later.ask("/list")
        assert again.labels == [["1", "2", "3", "4", "5"]]
        assert Ask.read(stale or "") == Ask(Action.DOCUMENTS, page=2)


def test_only_admins_in_private_see_which_files_could_not_be_read(opened: Open) -> None:
    library = opened(
        {"好.txt": "题目\n\n可以读的一段内容。", "坏.txt": bytes(range(256)) * 20, "表.xls": b"PK"}
    )
    with conversation(library) as talk:
        assert "坏.txt" not in talk.ask("/list").text
    with conversation(library, admins=frozenset({talk.alice.id})) as talk:
        text = talk.ask("/list").text
        assert "坏.txt：里面不是文字" in text
        assert "表.xls：不支持这种旧格式" in text
        group = talk.standin.group("办公室")
        assert "坏.txt" not in talk.ask("/list@chuchu_bot", chat=group).text


def test_an_empty_folder_has_its_own_reply(opened: Open) -> None:
    with conversation(opened({})) as talk:
        for text in ("/start", "/list", "集市几点开市"):
            assert "还是空的" in talk.ask(text).text
        assert talk.ask("/help").text


def test_a_person_whose_telegram_speaks_english_is_answered_in_english(talk: Conversation) -> None:
    bob = talk.standin.person("Bob", language="en-GB")
    chat = talk.standin.private(bob)
    assert "word for word" in talk.ask("/start", chat=chat).text
    assert "Nothing in the documents" in talk.ask("What is a qubit?", chat=chat).text
    assert talk.ask("/list", chat=chat).text.startswith("Documents: 9, ")


def test_the_menu_of_commands_is_registered_in_both_languages(talk: Conversation) -> None:
    chinese = talk.standin.menu(talk.chat, talk.alice)
    bob = talk.standin.person("Bob", language="en")
    english = talk.standin.menu(talk.standin.private(bob), bob)
    assert list(chinese) == list(english) == ["ask", "why", "in", "list", "help", "privacy", "start"]
    assert chinese["list"] != english["list"]
    assert list(talk.standin.menu(talk.standin.group("群"), talk.alice)) == ["ask", "in", "list"]


def test_the_commands_of_admins_are_in_their_menus_only(sample_library: Library) -> None:
    with conversation(sample_library, admins=frozenset({5001, 99})) as talk:
        assert talk.alice.id == 5001
        menu = talk.standin.menu(talk.chat, talk.alice)
        assert list(menu)[-4:] == ["missed", "stats", "remove", "reload"]
        bob = talk.standin.person("Bob")
        assert "stats" not in talk.standin.menu(talk.standin.private(bob), bob)
        assert "stats" not in talk.standin.menu(talk.standin.group("群"), talk.alice)
        # 99 has never written to the bot, which is no reason to fail.
        assert {refusal.method for refusal in talk.standin.refusals} == {"setMyCommands"}
        talk.standin.refusals.clear()


def test_who_is_no_admin_any_more_loses_the_menu_of_admins_at_the_next_start(sample_library: Library) -> None:
    notebook = Notebook(None)
    with conversation(sample_library, admins=frozenset({5001}), notebook=notebook) as talk:
        assert talk.standin.requests("deleteMyCommands") == []
    with conversation(sample_library, notebook=notebook) as talk:
        asked = talk.standin.requests("deleteMyCommands")
        assert [request["scope"]["chat_id"] for request in asked] == [5001, 5001]
        assert {request.get("language_code") for request in asked} == {None, "en"}
    with conversation(sample_library, notebook=notebook) as talk:
        assert talk.standin.requests("deleteMyCommands") == []


def test_a_former_admin_who_is_out_of_reach_is_tried_once(sample_library: Library) -> None:
    notebook = Notebook(None)
    notebook.note_menu(123456, 99)
    for refused in (["deleteMyCommands"] * 2, []):
        with conversation(sample_library, notebook=notebook) as talk:
            assert [refusal.method for refusal in talk.standin.refusals] == refused
            talk.standin.refusals.clear()


@pytest.mark.parametrize(
    ("fault", "tries"), [(too_many(3600), 4), (refusing(403, "Forbidden: bot was blocked by the user"), 2)]
)
def test_the_menu_of_a_former_admin_is_taken_at_the_next_start_where_telegram_was_out_of_reach(
    standin: StandIn, chat: Chat, tmp_path: Path, fault: Fault, tries: int
) -> None:
    request = StandInRequest(standin)
    bot = DiscreetBot(standin.token, request=request, get_updates_request=request)
    desk = Desk(Librarian(FakeShelf()), Notebook(None), tmp_path)
    desk.notebook.note_menu(123456, chat.id)
    standin.fault("deleteMyCommands", fault, times=2)

    async def start() -> None:
        async with bot:
            await register_commands(bot, desk)

    for _ in range(3):
        run(start)
    assert len(standin.requests("deleteMyCommands")) == tries
    assert not desk.notebook.menus(123456)


def test_why_says_what_each_passage_was_found_by(talk: Conversation) -> None:
    assert "得分" in talk.ask("/why 集市几点收摊").text
    assert "/why" in talk.ask("/why").text
    group = talk.standin.group("读书会")
    assert "得分" in talk.ask("/why@chuchu_bot 集市几点收摊", chat=group).text


# Groups.


def test_in_a_group_ask_is_answered_in_reply(talk: Conversation) -> None:
    group = talk.standin.group("读书会")
    reply = talk.ask("/ask@chuchu_bot 集市几点开市", chat=group)
    assert reply.reply_to is not None
    assert reply.text.startswith("1. 第十条　开市时间")
    assert talk.say("/ask 集市几点收市", chat=group)  # bare, because the bot spoke last


def test_in_a_group_a_reply_to_the_bot_is_a_question(talk: Conversation) -> None:
    group = talk.standin.group("读书会")
    first = talk.ask("/ask@chuchu_bot 集市几点开市", chat=group)
    assert "图书馆" in talk.ask("图书馆逾期怎么罚", chat=group, reply_to=first).text


@pytest.mark.parametrize(
    "text", ["@chuchu_bot 集市几点开市", "集市几点开市 @Chuchu_Bot", "集市@chuchu_bot几点开市"]
)
def test_in_a_group_without_privacy_a_mention_is_a_question(sample_library: Library, text: str) -> None:
    with conversation(sample_library, privacy=False) as talk:
        group = talk.standin.group("读书会")
        [reply] = talk.say(text, chat=group) or [None]
        if "市@" in text:  # no mention: Telegram wants a boundary before the @
            assert reply is None
        else:
            assert reply is not None
            assert reply.text.startswith("1. 第十条　开市时间")


@pytest.mark.parametrize(
    "text",
    [
        "集市几点开市？",
        "/list",
        "/start",
        "/help",
        "/ask@other_bot 集市几点开市",
        "@other_bot 集市几点开市",
        "mail chuchu_bot@example.com",
        "/weather@chuchu_bot",
    ],
)
def test_in_a_group_everything_else_is_left_alone(sample_library: Library, text: str) -> None:
    with conversation(sample_library, privacy=False) as talk:
        assert talk.say(text, chat=talk.standin.group("读书会")) == []


def test_in_a_group_the_mention_is_taken_out_of_the_question_where_it_stands(
    sample_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def note(index: Index, question: str, limit: int, *, distinct: bool, skip: int) -> Answer:
        asked.append(question)
        return search(index, question, limit, distinct=distinct, skip=skip)

    monkeypatch.setattr("bot.answering.search", note)
    with conversation(sample_library, privacy=False) as talk:
        talk.ask("😀 @chuchu_bots 和 @chuchu_bot 集市", chat=talk.standin.group("读书会"))
    assert asked == ["😀 @chuchu_bots 和   集市"]


def test_in_a_group_a_bare_mention_says_how_to_ask(sample_library: Library) -> None:
    with conversation(sample_library, privacy=False) as talk:
        assert "/ask" in talk.ask("@chuchu_bot", chat=talk.standin.group("读书会")).text


def test_in_a_forum_the_answer_stays_in_its_topic(talk: Conversation) -> None:
    forum = talk.standin.group("论坛", forum=True)
    topic = talk.standin.topic(forum, "规章", talk.alice)
    assert talk.ask("/ask@chuchu_bot 集市几点开市", chat=forum, topic=topic).topic == topic


def test_people_joining_a_group_are_no_question(talk: Conversation) -> None:
    group = talk.standin.group("读书会")
    talk.standin.join(group, talk.standin.person("新人"))
    talk.settle()
    assert talk.standin.replies(group) == []


# While the documents are read


def test_meanwhile_it_says_how_far_it_is_and_then_it_answers(
    sample_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.librarian.MOMENT", 0.01)
    go = Event()
    with conversation(sample_library, go=go) as talk:
        for command in ("/start", "/help", "/list", "/ask"):
            assert talk.ask(command).text == "正在读文档，完成了 40%。现在提的问题，读完就回答。"
        Timer(0.2, go.set).start()
        talk.say("集市几点收市？")
        for _ in range(100):  # who pressed Start is welcomed then, beside what others do
            if len(said := [reply.text for reply in talk.standin.replies(talk.chat)[4:]]) > 1:
                break
            sleep(0.02)
            talk.settle()
        answer, welcome = sorted(said, key=lambda text: "你好，这里是出处" in text)
        assert "收市时间全年都是下午两点" in answer
        assert "你好，这里是出处" in welcome
        assert "正在读文档" not in talk.ask("/start").text


@pytest.mark.parametrize("said", ["谢谢", "好的谢谢", "收到", "嗯嗯", "哈哈哈", "👍", "ok"])
def test_thanks_in_a_group_get_no_word_and_in_private_a_kind_one(sample_library: Library, said: str) -> None:
    with conversation(sample_library, privacy=False) as talk:
        group = talk.standin.group("读书会")
        answer = talk.ask("/ask 集市几点收市", chat=group)
        assert talk.say(said, chat=group, reply_to=answer) == []
        assert len(talk.say(said)) == 1
