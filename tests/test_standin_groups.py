"""The stand-in knows who is where: administrators, whoever left, and what a group has become."""

import pytest
from standin import Chat, Limits, Person, StandIn
from standin_asking import Use, delivered, refused, send, texts, through
from telegram import (
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeChat,
    BotCommandScopeChatAdministrators,
    BotCommandScopeChatMember,
    ChatMemberAdministrator,
    ChatMemberOwner,
)
from telegram.error import ChatMigrated, Forbidden, RetryAfter

# Who is who.


def test_members_have_a_status(standin: StandIn, alice: Person, group: Chat) -> None:
    bob, carol, dave = (standin.person(name) for name in ("Bob", "Carol", "Dave"))
    standin.appoint(group, alice, owner=True)
    standin.appoint(group, bob)
    standin.say(group, carol, "大家好")

    def status(person: Person) -> str:
        return through(standin, lambda bot: bot.get_chat_member(group.id, person.id)).status

    people = (alice, bob, carol, dave, standin.bot)
    assert [status(person) for person in people] == ["creator", "administrator", "member", "left", "member"]
    standin.dismiss(group, bob)
    assert status(bob) == "left"
    assert refused(standin, lambda bot: bot.get_chat_member(group.id, 404)).endswith("PARTICIPANT_ID_INVALID")


def test_administrators_are_listed_without_other_bots(standin: StandIn, alice: Person) -> None:
    group = standin.group("读书会", bot_is_admin=True)
    standin.appoint(group, alice, owner=True)
    standin.appoint(group, standin.person("Bob"), anonymous=True)
    standin.appoint(group, standin.another_bot("other_bot"))
    listed = through(standin, lambda bot: bot.get_chat_administrators(group.id))
    assert [member.user.first_name for member in listed] == ["出处", "Alice", "Bob"]
    assert [type(member) for member in listed] == [
        ChatMemberAdministrator,
        ChatMemberOwner,
        ChatMemberAdministrator,
    ]
    assert [getattr(member, "is_anonymous", None) for member in listed] == [False, False, True]


def test_an_anonymous_administrator_is_hidden_from_a_bot_that_is_none(
    standin: StandIn, alice: Person, group: Chat
) -> None:
    standin.appoint(group, alice, anonymous=True)
    assert through(standin, lambda bot: bot.get_chat_administrators(group.id)) == ()
    assert through(standin, lambda bot: bot.get_chat_member(group.id, alice.id)).status == "member"


def test_a_private_chat_has_no_administrators(standin: StandIn, alice: Person) -> None:
    chat = standin.private(alice)
    assert through(standin, lambda bot: bot.get_chat_member(chat.id, alice.id)).status == "member"
    description = refused(standin, lambda bot: bot.get_chat_administrators(chat.id))
    assert description == "Bad Request: there are no administrators in the private chat"


def test_an_anonymous_administrator_writes_in_the_name_of_the_group(standin: StandIn, alice: Person) -> None:
    group = standin.group("读书会", bot_is_admin=True)
    standin.appoint(group, alice, anonymous=True)
    standin.say(group, alice, "加班", speaks_as=group)
    message = delivered(standin)[-1].message
    assert message is not None
    assert message.sender_chat is not None
    assert message.from_user is not None
    assert (message.sender_chat.id, message.from_user.id) == (group.id, 1087968824)
    assert message.from_user.username == "GroupAnonymousBot"
    assert through(standin, lambda bot: bot.get_chat_member(group.id, 1087968824)).status == "left"


def test_a_channel_writes_in_a_group(standin: StandIn, alice: Person) -> None:
    group, channel = standin.group("读书会", bot_is_admin=True), standin.channel("公告")
    standin.say(group, alice, "加班", speaks_as=channel)
    message = delivered(standin)[-1].message
    assert message is not None
    assert message.sender_chat is not None
    assert (message.sender_chat.type, message.sender_chat.title) == ("channel", "公告")
    assert message.from_user is not None
    assert message.from_user.username == "Channel_Bot"


def test_only_an_anonymous_administrator_speaks_for_the_group(
    standin: StandIn, alice: Person, group: Chat
) -> None:
    with pytest.raises(AssertionError, match="no administrator"):
        standin.say(group, alice, "x", speaks_as=group)
    standin.appoint(group, alice)
    with pytest.raises(AssertionError, match="not anonymous"):
        standin.say(group, alice, "x", speaks_as=group)
    with pytest.raises(AssertionError, match="nobody can write as"):
        standin.say(group, alice, "x", speaks_as=standin.group("别处"))


@pytest.mark.parametrize("joins", [True, False])
def test_the_bot_learns_whether_it_joins_groups(*, joins: bool) -> None:
    standin = StandIn(joins_groups=joins)
    assert through(standin, lambda bot: bot.get_me()).can_join_groups == joins


# Commands by scope.


def test_commands_for_an_administrator_are_shown_to_administrators(
    standin: StandIn, alice: Person, group: Chat
) -> None:
    standin.appoint(group, alice)
    bob = standin.person("Bob")
    scopes: dict[str, BotCommandScope] = {
        "all_admins": BotCommandScopeAllChatAdministrators(),
        "here": BotCommandScopeChat(group.id),
        "admins": BotCommandScopeChatAdministrators(group.id),
        "bob": BotCommandScopeChatMember(group.id, bob.id),
    }
    shown = []
    for name, scope in scopes.items():
        through(standin, lambda bot, n=name, s=scope: bot.set_my_commands([(n, "x")], scope=s))  # type: ignore[misc]
        shown.append((*standin.menu(group, alice), *standin.menu(group, bob)))
    assert shown == [("all_admins",), ("here", "here"), ("admins", "here"), ("admins", "bob")]


@pytest.mark.parametrize("met", ["never", "not started"])
def test_commands_for_somebody_who_never_started_the_bot_are_refused(
    standin: StandIn, alice: Person, met: str
) -> None:
    if met == "not started":
        standin.private(alice, started=False)
    scope = BotCommandScopeChat(alice.id)
    description = refused(standin, lambda bot: bot.set_my_commands([("list", "x")], scope=scope))
    assert description == "Bad Request: chat not found"
    standin.say(standin.private(alice), alice, "/start")
    through(standin, lambda bot: bot.set_my_commands([("list", "x")], scope=scope))
    assert standin.menu(standin.private(alice), alice) == {"list": "x"}


# Mentions.


@pytest.mark.parametrize("privacy", [True, False])
def test_a_mention_by_name_is_an_entity_with_its_person(*, privacy: bool) -> None:
    standin = StandIn(privacy=privacy)
    group = standin.group("读书会")
    bob = standin.person("Bob")
    standin.say(group, bob, "😀 问一下出处", naming={"出处": standin.bot})
    messages = [update.message for update in delivered(standin)]
    assert len(messages) == (not privacy)
    for message in messages:
        assert message is not None
        ((entity, words),) = message.parse_entities(["text_mention"]).items()
        assert entity.user is not None
        assert (words, entity.user.id) == ("出处", standin.bot.id)


def test_a_switch_of_privacy_counts_once_the_bot_is_added_again(
    standin: StandIn, alice: Person, group: Chat
) -> None:
    standin.set_privacy(on=False)
    assert through(standin, lambda bot: bot.get_me()).can_read_all_group_messages
    standin.say(group, alice, "一")
    standin.remove_bot(group, alice)
    standin.say(group, alice, "二")
    standin.add_bot(group, alice)
    standin.say(group, alice, "三")
    assert [text for text in texts(standin) if text] == ["三"]


# Whoever left, and groups that changed.


def test_a_person_who_blocks_the_bot_cannot_be_written_to(standin: StandIn, alice: Person) -> None:
    chat = standin.private(alice)
    standin.block(alice)
    for use in (
        lambda bot: bot.send_message(chat.id, "x"),
        lambda bot: bot.send_chat_action(chat.id, "typing"),
    ):
        with pytest.raises(Forbidden, match="bot was blocked by the user"):
            through(standin, use)
    with pytest.raises(AssertionError, match="has blocked the bot"):
        standin.say(chat, alice, "x")
    standin.unblock(alice)
    assert send(standin, chat, "好").text == "好"
    changes = [update.my_chat_member for update in delivered(standin) if update.my_chat_member]
    assert [change.new_chat_member.status for change in changes] == ["kicked", "member"]


@pytest.mark.parametrize("kind", ["group", "supergroup"])
def test_a_bot_that_was_removed_neither_writes_nor_hears(standin: StandIn, alice: Person, kind: str) -> None:
    group = standin.group("读书会", kind)  # type: ignore[arg-type]
    message = send(standin, group, "好")
    standin.remove_bot(group, alice)
    standin.say(group, alice, "/ask@chuchu_bot 加班")
    assert texts(standin) == []
    uses: list[Use[object]] = [
        lambda bot: bot.send_message(group.id, "x"),
        lambda bot: bot.edit_message_text("x", group.id, message.id),
        lambda bot: bot.get_chat_administrators(group.id),
    ]
    for use in uses:
        with pytest.raises(Forbidden, match=f"bot was kicked from the {kind} chat"):
            through(standin, use)


def test_a_chat_the_bot_never_was_in_is_not_found(standin: StandIn) -> None:
    away = standin.elsewhere("别处")
    assert refused(standin, lambda bot: bot.send_message(away.id, "x")) == "Bad Request: chat not found"


def test_a_group_becomes_a_supergroup(standin: StandIn, alice: Person) -> None:
    group = standin.group("读书会", "group")
    standin.appoint(group, alice, owner=True)
    chat = standin.migrate(group, alice)
    old, new = (update.message for update in delivered(standin))
    assert old is not None
    assert new is not None
    assert (old.chat.id, old.migrate_to_chat_id) == (group.id, chat.id)
    assert (new.chat.id, new.migrate_from_chat_id) == (chat.id, group.id)
    with pytest.raises(ChatMigrated) as error:
        through(standin, lambda bot: bot.send_message(group.id, "x"))
    assert error.value.new_chat_id == chat.id
    (refusal,) = standin.refusals
    assert refusal.description == "Bad Request: group chat was upgraded to a supergroup chat"
    assert send(standin, chat, "好").chat.kind == "supergroup"
    assert through(standin, lambda bot: bot.get_chat_member(chat.id, alice.id)).status == "creator"
    with pytest.raises(AssertionError, match="has become a supergroup"):
        standin.say(group, alice, "x")


def test_an_action_in_a_topic_needs_the_topic(standin: StandIn, alice: Person) -> None:
    forum = standin.group("论坛", forum=True)
    topic = standin.topic(forum, "提问", alice)
    through(standin, lambda bot: bot.send_chat_action(forum.id, "typing", message_thread_id=topic))
    use: Use[object] = lambda bot: bot.send_chat_action(forum.id, "typing", message_thread_id=404)  # noqa: E731
    assert refused(standin, use) == "Bad Request: message thread not found"


def test_an_answer_in_a_topic_says_so(standin: StandIn, alice: Person) -> None:
    forum = standin.group("论坛", forum=True)
    topic = standin.topic(forum, "提问", alice)
    sent = through(standin, lambda bot: bot.send_message(forum.id, "x", message_thread_id=topic))
    assert (sent.message_thread_id, sent.is_topic_message) == (topic, True)


# Limits.


def retry_after(standin: StandIn, chat: Chat) -> int:
    """The seconds that a message too many has to wait."""
    with pytest.raises(RetryAfter):
        send(standin, chat, "一条太多")
    *_, seconds = standin.refusals[-1].description.split()
    return int(seconds)


def test_too_many_messages_a_second_are_refused_until_a_second_has_passed() -> None:
    standin = StandIn(limits=Limits(a_second=2))
    chats = [standin.private(standin.person(name)) for name in ("Alice", "Bob")]
    for chat in chats:
        send(standin, chat, "x")
    assert retry_after(standin, chats[0]) == 1
    assert standin.refusals[-1].description == "Too Many Requests: retry after 1"
    standin.let_pass(1)
    assert send(standin, chats[0], "y").text == "y"


def test_too_many_messages_a_minute_in_one_group_are_refused() -> None:
    standin = StandIn(limits=Limits(a_minute_in_a_group=2))
    group, other = standin.group("读书会"), standin.group("别处")
    send(standin, group, "一")
    standin.let_pass(20)
    send(standin, group, "二")
    assert retry_after(standin, group) in {40, 39}
    assert send(standin, other, "x").text == "x"
    standin.let_pass(41)
    assert send(standin, group, "三").text == "三"


def test_without_limits_nothing_is_counted(standin: StandIn, group: Chat) -> None:
    for _ in range(50):
        send(standin, group, "x")
    assert standin.refusals == []
