"""The name of a Bot API method -> the function that is the method.

A method reads its parameters through the rules, looks at the world and changes it. Methods that belong
together are a class, which lists them; a new class is listed in `Methods.__init__`.
"""

from collections.abc import Callable
from typing import Protocol, TypeAlias

from standin_about import About
from standin_answering import Answering
from standin_editing import Editing
from standin_members import Members
from standin_parameters import Parameters
from standin_receiving import Receiving
from standin_refusals import ApiError
from standin_rules import uploads
from standin_sending import Sending
from standin_world import World

Method: TypeAlias = Callable[[Parameters], object]


class Group(Protocol):
    """Methods that belong together; get_updates of Python is getUpdates of the Bot API."""

    def methods(self) -> tuple[Method, ...]: ...


class Methods:
    """What a bot can ask of the world."""

    def __init__(self, world: World) -> None:
        groups: tuple[Group, ...] = (
            About(world),
            Answering(world),
            Editing(world),
            Members(world),
            Receiving(world),
            Sending(world),
        )
        self._by_name = {
            method.__name__.replace("_", ""): method for group in groups for method in group.methods()
        }

    def call(self, name: str, parameters: Parameters) -> object:
        """The result of a method, or a Poll to wait on. Raises ApiError for what Telegram refuses."""
        uploads(parameters)
        method = self._by_name.get(name.lower())
        if method is None:
            raise ApiError(404, "Not Found: method not found")
        return method(parameters)
