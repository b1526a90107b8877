"""What the bot asks about people in chats."""

from collections.abc import Callable

from standin_parameters import Parameters
from standin_people import Json, Person
from standin_refusals import bad_request
from standin_rooms import Room
from standin_world import World


class Members:
    """Methods about the members of a chat."""

    def __init__(self, world: World) -> None:
        self._world = world

    def methods(self) -> tuple[Callable[[Parameters], object], ...]:
        return self.get_chat_administrators, self.get_chat_member

    def get_chat_member(self, parameters: Parameters) -> Json:
        number = parameters.number("user_id") or 0
        if number <= 0:
            raise bad_request("Invalid user_id specified")
        own = number == self._world.bot.id
        room = self._world.room(parameters.raw("chat_id"), "read" if own else "members")
        person = self._world.people.get(number)
        if person is None:
            raise bad_request("PARTICIPANT_ID_INVALID")
        return self._member_json(room, person)

    def get_chat_administrators(self, parameters: Parameters) -> list[Json]:
        """Other bots are left out."""
        room = self._world.room(parameters.raw("chat_id"), "members")
        if room.chat.kind == "private":
            raise bad_request("there are no administrators in the private chat")
        people = [admin.person for admin in room.known_admins.values()]
        return [self._member_json(room, one) for one in people if not one.is_bot or one == self._world.bot]

    def _member_json(self, room: Room, person: Person) -> Json:
        if person == self._world.bot and room.bot == "kicked":
            return {"user": person.as_json(), "status": "kicked", "until_date": 0}
        return room.member_json(person)
