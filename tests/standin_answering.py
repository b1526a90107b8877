"""What the bot answers to pressed buttons and inline queries."""

from collections.abc import Callable

from standin_inline import inline_answer
from standin_parameters import Parameters
from standin_refusals import TOO_OLD, bad_request
from standin_rules import popup
from standin_values import CallbackAnswer
from standin_world import World


class Answering:
    """Methods that answer queries."""

    def __init__(self, world: World) -> None:
        self._world = world

    def methods(self) -> tuple[Callable[[Parameters], object], ...]:
        return self.answer_callback_query, self.answer_inline_query

    def answer_callback_query(self, parameters: Parameters) -> bool:
        query, text = parameters.text("callback_query_id"), popup(parameters)
        if query not in self._world.presses or query in self._world.expired:
            raise bad_request(TOO_OLD)
        self._world.answers.append(CallbackAnswer(query, text, parameters.flag("show_alert")))
        return True

    def answer_inline_query(self, parameters: Parameters) -> bool:
        """Stricter than Telegram may be in one point: a query is answered once."""
        if not self._world.setup.inline:
            raise bad_request("USER_BOT_INVALID")
        number = parameters.text("inline_query_id")
        query = self._world.inline_queries.get(number)
        answered = any(answer.query.id == number for answer in self._world.inline_answers)
        if query is None or answered or number in self._world.expired:
            raise bad_request(TOO_OLD)
        answer = inline_answer(parameters, query)
        self._world.inline_answers.append(answer)
        self._world.inline_cache.remember(answer, self._world.exactly())
        return True
