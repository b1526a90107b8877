"""A chat with what happened in it, and what the bot may do there."""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from standin_people import Admin, Chat, Json, Person
from standin_refusals import bad_request, forbidden
from standin_values import Message

Access: TypeAlias = Literal["read", "write", "edit", "members"]
"""What a request is about. Telegram lets a bot see in places where it cannot write any more."""

ANSWERABLE = frozenset({"write", "edit"})
RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)


@dataclass(slots=True, eq=False)
class Room:
    """A chat with what happened in it.

    `bot` is the bot's place there ("away": it never was in the chat), `privacy` the privacy mode it had
    when it was added, `hidden` the numbers of messages that Telegram keeps from it.
    """

    chat: Chat
    started: bool = True
    privacy: bool = True
    bot: Literal["member", "kicked", "away"] = "member"
    blocked: bool = False
    upgraded_to: Chat | None = None
    messages: dict[int, Message] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    topics: set[int] = field(default_factory=set)
    members: dict[int, Person] = field(default_factory=dict)
    admins: dict[int, Admin] = field(default_factory=dict)
    last_bot: Person | None = None
    next_id: int = 11  # not 1, which is the number of a forum's general topic

    def add(self, message: Message) -> Message:
        self.messages[message.id] = message
        self.next_id = message.id + 1
        if message.from_bot:
            self.last_bot = message.sender
        elif message.sender_chat is None:
            self.members.setdefault(message.sender.id, message.sender)
        return message

    def seen(self, number: object) -> Message | None:
        """A message that stands here and that the bot can get at."""
        return self.messages.get(number) if isinstance(number, int) and number not in self.hidden else None

    def check(self, access: Access) -> None:
        """Raises ApiError where Telegram keeps the bot away."""
        if self.bot == "away":
            raise bad_request("chat not found")
        if self.chat.kind == "private":
            self._check_private(access)
        elif self.upgraded_to is not None and access != "read":
            # Of an edit this was not established; for the rest it is Telegram's own answer.
            raise bad_request(
                "group chat was upgraded to a supergroup chat", migrate_to_chat_id=self.upgraded_to.id
            )
        elif self.bot == "kicked" and (access != "read" or self.chat.kind != "group"):
            raise forbidden(f"bot was kicked from the {self.chat.kind} chat")

    def _check_private(self, access: Access) -> None:
        if not self.started:
            raise (
                forbidden("bot can't initiate conversation with a user")
                if access in ANSWERABLE
                else bad_request("chat not found")
            )
        if self.blocked and access == "write":
            raise forbidden("bot was blocked by the user")

    def has(self, person: Person) -> bool:
        """Whether somebody is in the chat; in a group it is whoever came, wrote or administers."""
        return person == self.chat.person or person.id in self.members.keys() | self.admins.keys()

    @property
    def known_admins(self) -> dict[int, Admin]:
        """The administrators the bot is told of: of anonymous ones only where it is one too."""
        bot_is_admin = self.chat.bot_is_admin
        return {id_: admin for id_, admin in self.admins.items() if bot_is_admin or not admin.anonymous}

    def member_json(self, person: Person) -> Json:
        """What a person is in the chat, as the Bot API says it."""
        body: Json = {"user": person.as_json()}
        admin = self.known_admins.get(person.id)
        if admin is None:
            return body | {"status": "member" if self.has(person) else "left"}
        if admin.owner:
            return body | {"status": "creator", "is_anonymous": admin.anonymous}
        body |= {"status": "administrator", "is_anonymous": admin.anonymous, "can_be_edited": False}
        return body | dict.fromkeys(RIGHTS, True)
