"""What the bot says of itself: its name, its descriptions and its commands."""

from collections.abc import Callable

import standin_commands as rules
from standin_parameters import Parameters
from standin_people import Json
from standin_world import World

LONGEST_NAME = 64
LONGEST_DESCRIPTION = 512
LONGEST_SHORT_DESCRIPTION = 120


class About:
    """Methods about the bot itself."""

    def __init__(self, world: World) -> None:
        self._world = world

    def methods(self) -> tuple[Callable[[Parameters], object], ...]:
        return (
            self.delete_my_commands,
            self.get_me,
            self.get_my_commands,
            self.get_my_description,
            self.get_my_name,
            self.get_my_short_description,
            self.set_my_commands,
            self.set_my_description,
            self.set_my_name,
            self.set_my_short_description,
        )

    def get_me(self, _: Parameters) -> Json:
        return self._world.bot.as_json() | {
            "can_join_groups": self._world.setup.joins_groups,
            "can_read_all_group_messages": not self._world.setup.privacy,
            "supports_inline_queries": self._world.setup.inline,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }

    def set_my_commands(self, parameters: Parameters) -> bool:
        place = self._place(parameters)
        self._world.commands[place] = rules.commands(parameters)
        return True

    def delete_my_commands(self, parameters: Parameters) -> bool:
        self._world.commands.pop(self._place(parameters), None)
        return True

    def get_my_commands(self, parameters: Parameters) -> list[Json]:
        commands = self._world.commands.get(self._place(parameters), {})
        return [{"command": name, "description": description} for name, description in commands.items()]

    def _place(self, parameters: Parameters) -> tuple[str, str]:
        """Scope and language. Raises ApiError when the bot does not know the scope's chat."""
        language, scope = rules.language(parameters), rules.scope(parameters)
        if scope.chat is not None:
            self._world.room(scope.chat, "members")
        return scope.name, language

    def set_my_name(self, parameters: Parameters) -> bool:
        return self._set(parameters, "name", LONGEST_NAME)

    def get_my_name(self, parameters: Parameters) -> Json:
        return {"name": self._get(parameters, "name") or self._world.bot.first_name}

    def set_my_description(self, parameters: Parameters) -> bool:
        return self._set(parameters, "description", LONGEST_DESCRIPTION)

    def get_my_description(self, parameters: Parameters) -> Json:
        return {"description": self._get(parameters, "description")}

    def set_my_short_description(self, parameters: Parameters) -> bool:
        return self._set(parameters, "short_description", LONGEST_SHORT_DESCRIPTION)

    def get_my_short_description(self, parameters: Parameters) -> Json:
        return {"short_description": self._get(parameters, "short_description")}

    def _set(self, parameters: Parameters, name: str, longest: int) -> bool:
        self._world.about[name, rules.language(parameters)] = rules.about(parameters, name, longest)
        return True

    def _get(self, parameters: Parameters, name: str) -> str:
        about = self._world.about
        return about.get((name, rules.language(parameters))) or about.get((name, ""), "")
