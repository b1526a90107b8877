"""The world behind its lock."""

from threading import Condition

from standin_people import Chat, Person
from standin_rooms import Room
from standin_values import Message
from standin_world import World


class Stage:
    """What all that people do has in common: a world, locked, and the news that something happened."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._changed = Condition()

    @property
    def bot(self) -> Person:
        return self._world.bot

    def _known(self, person: Person) -> Person:
        with self._changed:
            self._world.people[person.id] = person
            return person

    def _opened(self, room: Room) -> Chat:
        with self._changed:
            room.privacy = self._world.setup.privacy
            return self._world.rooms.setdefault(room.chat.id, room).chat

    def _happen(self, room: Room, message: Message) -> Message:
        room.add(message)
        self._world.deliver("message", message)
        self._changed.notify_all()
        return message
