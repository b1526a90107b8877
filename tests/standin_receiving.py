"""What the bot fetches: updates and files."""

from collections.abc import Callable

from standin_parameters import Parameters
from standin_people import Json
from standin_updates import MOST_UPDATES
from standin_world import World


class Receiving:
    """Methods that bring the bot what people sent."""

    def __init__(self, world: World) -> None:
        self._world = world

    def methods(self) -> tuple[Callable[[Parameters], object], ...]:
        return self.delete_webhook, self.get_file, self.get_updates

    def get_updates(self, parameters: Parameters) -> object:
        if "allowed_updates" in parameters:
            kinds = parameters.sequence("allowed_updates", "String")
            self._world.updates.allow([str(kind) for kind in kinds])
        limit = parameters.number("limit") or MOST_UPDATES
        offset, timeout = parameters.number("offset") or 0, parameters.number("timeout") or 0
        return self._world.updates.ask(offset, limit, timeout)

    def delete_webhook(self, parameters: Parameters) -> bool:
        if parameters.flag("drop_pending_updates"):
            self._world.updates.clear()
        return True

    def get_file(self, parameters: Parameters) -> Json:
        file = self._world.files.prepared(parameters.text("file_id"))
        return {
            "file_id": file.id,
            "file_unique_id": file.unique_id,
            "file_size": file.size,
            "file_path": file.path,
        }
