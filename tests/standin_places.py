"""People, and the chats they make, join and leave."""

from dataclasses import replace
from itertools import count

from standin_people import Admin, Chat, GroupKind, Json, Person
from standin_rooms import Room
from standin_stage import Stage
from standin_values import Message
from standin_world import FIRST_CHANNEL, FIRST_GROUP, FIRST_PERSON, FIRST_SUPERGROUP, World


class Places(Stage):
    """Makes people and chats, and changes who is where."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self._person_ids = count(FIRST_PERSON)
        self._chat_ids = {
            "group": count(FIRST_GROUP, -1),
            "supergroup": count(FIRST_SUPERGROUP, -1),
            "channel": count(FIRST_CHANNEL, -1),
        }

    def person(self, name: str, language: str | None = "zh-hans", username: str | None = None) -> Person:
        """Somebody with a Telegram in that language (an IETF tag; None if Telegram does not say)."""
        return self._known(Person(next(self._person_ids), name, language, username))

    def another_bot(self, username: str) -> Person:
        """A bot that is not ours, to write in a group."""
        return self._known(Person(next(self._person_ids), username, username=username, is_bot=True))

    def private(self, person: Person, *, started: bool = True) -> Chat:
        """The private chat with a person. The bot may write there once they started it, which they
        also do by writing."""
        return self._opened(Room(Chat(person.id, "private", person.first_name, person), started))

    def group(
        self, title: str, kind: GroupKind = "supergroup", *, forum: bool = False, bot_is_admin: bool = False
    ) -> Chat:
        """A group the bot is in."""
        if forum and kind != "supergroup":
            raise ValueError("only a supergroup can be a forum")
        chat = Chat(next(self._chat_ids[kind]), kind, title, forum=forum, bot_is_admin=bot_is_admin)
        room = Room(chat, members={self.bot.id: self.bot})
        if bot_is_admin:
            room.admins[self.bot.id] = Admin(self.bot)
        return self._opened(room)

    def elsewhere(self, title: str, kind: GroupKind = "supergroup") -> Chat:
        """A group the bot never was in, where people may use it inline all the same."""
        return self._opened(Room(Chat(next(self._chat_ids[kind]), kind, title), bot="away"))

    def channel(self, title: str) -> Chat:
        """A channel in whose name somebody writes in groups; the bot is not in it."""
        return self._opened(Room(Chat(next(self._chat_ids["channel"]), "channel", title), bot="away"))

    def topic(self, chat: Chat, name: str, by: Person) -> int:
        """Opens a topic in a forum, and gives its number."""
        if not chat.forum:
            raise ValueError(f"{chat.title} is no forum")
        with self._changed:
            room = self._world.room_of(chat)
            number = room.next_id
            room.topics.add(number)
            service: Json = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
            now = self._world.now()
            self._happen(room, Message(number, chat, by, now, topic=number, thread=number, service=service))
            return number

    def join(self, chat: Chat, person: Person) -> Message:
        """A person joins a group, of which a service message tells."""
        with self._changed:
            return self._serve(self._world.room_of(chat), person, {"new_chat_members": [person.as_json()]})

    def appoint(self, chat: Chat, person: Person, *, owner: bool = False, anonymous: bool = False) -> None:
        """A person becomes an administrator of a group; an anonymous one may write in its name."""
        with self._changed:
            self._world.room_of(chat).admins[person.id] = Admin(person, owner, anonymous)

    def dismiss(self, chat: Chat, person: Person) -> None:
        """A person is an administrator no more."""
        with self._changed:
            del self._world.room_of(chat).admins[person.id]

    def block(self, person: Person) -> None:
        """A person blocks the bot."""
        self._set_blocked(person, blocked=True)

    def unblock(self, person: Person) -> None:
        self._set_blocked(person, blocked=False)

    def _set_blocked(self, person: Person, *, blocked: bool) -> None:
        with self._changed:
            room = self._world.rooms[person.id]
            room.blocked = blocked
            statuses = ("member", "kicked") if blocked else ("kicked", "member")
            self._tell_place(room, person, *statuses)

    def remove_bot(self, chat: Chat, by: Person) -> None:
        """Somebody puts the bot out of a group."""
        with self._changed:
            room = self._world.room_of(chat)
            room.bot = "kicked"
            room.members.pop(self.bot.id, None)
            self._tell_place(room, by, "member", "kicked")

    def add_bot(self, chat: Chat, by: Person) -> None:
        """Somebody adds the bot, from when on its privacy mode is what @BotFather was told by then."""
        with self._changed:
            assert self._world.setup.joins_groups, "@BotFather was told that the bot joins no groups"
            room = self._world.room_of(chat)
            room.bot, room.privacy = "member", self._world.setup.privacy
            self._tell_place(room, by, "kicked", "member")
            self._serve(room, by, {"new_chat_members": [self.bot.as_json()]})
            room.members[self.bot.id] = self.bot

    def set_privacy(self, *, on: bool) -> None:
        """The bot's owner switches its privacy mode. Groups it is in stay as they were."""
        with self._changed:
            self._world.setup = replace(self._world.setup, privacy=on)

    def migrate(self, group: Chat, by: Person) -> Chat:
        """A group becomes a supergroup, where everything goes on; the messages stay behind."""
        if group.kind != "group":
            raise ValueError(f"{group.title} is a supergroup already")
        chat = replace(group, id=next(self._chat_ids["supergroup"]), kind="supergroup")
        with self._changed:
            old = self._world.room_of(group)
            new = Room(chat, members=dict(old.members), admins=dict(old.admins))
            self._opened(new)
            new.privacy = old.privacy
            self._serve(old, by, {"migrate_to_chat_id": chat.id})
            old.upgraded_to = chat
            self._serve(new, by, {"migrate_from_chat_id": group.id})
        return chat

    def _serve(self, room: Room, by: Person, service: Json) -> Message:
        message = Message(room.next_id, room.chat, by, self._world.now(), service=service)
        return self._happen(room, message)

    def _tell_place(self, room: Room, by: Person, old: str, new: str) -> None:
        """The update by which the bot learns where it is."""
        me: Json = {"user": self.bot.as_json()}
        until: Json = {"until_date": 0}

        def member(status: str) -> Json:
            return me | {"status": status} | (until if status == "kicked" else {})

        body: Json = {"chat": room.chat.as_json(), "from": by.as_json(), "date": self._world.now()}
        changed: Json = {"old_chat_member": member(old), "new_chat_member": member(new)}
        self._world.updates.put("my_chat_member", body | changed)
        self._changed.notify_all()
