"""What people do inline: they type the bot's name and words in any chat, and choose what comes."""

from standin_attachments import Attachments
from standin_deeds import presser
from standin_inline import (
    FIRST_OFFSET,
    LONGEST_QUERY,
    InlineAnswer,
    InlineChatKind,
    InlineQuery,
    InlineResult,
)
from standin_people import Chat, Json, Person
from standin_values import Message
from standin_world import FIRST_INLINE_QUERY


class InlineDeeds(Attachments):
    """Lets people use the bot inline."""

    def inline(
        self,
        person: Person,
        query: str,
        offset: str = FIRST_OFFSET,
        chat_type: InlineChatKind = "private",
    ) -> InlineQuery:
        """A person types `@bot query`. The bot is asked if its inline mode is on, and Telegram has no
        answer of it to the same words that it may still show."""
        assert len(query) <= LONGEST_QUERY, "a client sends no query this long"
        with self._changed:
            number = str(FIRST_INLINE_QUERY + len(self._world.inline_queries))
            asked = InlineQuery(number, person, query, offset, chat_type)
            self._world.inline_queries[number] = asked
            if self._world.setup.inline:
                self._ask(asked)
            self._changed.notify_all()
            return asked

    def _ask(self, asked: InlineQuery) -> None:
        cached = self._world.inline_cache.answer(asked, self._world.exactly())
        if cached is not None:
            self._world.inline_answers.append(cached)
            return
        body: Json = {
            "id": asked.id,
            "from": asked.by.as_json(),
            "chat_type": asked.chat_kind,
            "query": asked.text,
            "offset": asked.offset,
        }
        self._world.updates.put("inline_query", body)

    def switch(self, message: Message, label: str, by: Person | None = None) -> InlineQuery:
        """A person presses a button that begins an inline query."""
        query = self._button(message, label).query
        assert query is not None, f"the button {label!r} begins no inline query"
        return self.inline(presser(message, by), query)

    def choose(self, query: InlineQuery, which: int | str, chat: Chat) -> Message:
        """The person who asked chooses a result, by place or title, for that chat. In a chat without
        the bot nothing tells it, unless it asked @BotFather for reports of chosen results."""
        with self._changed:
            result = self.inline_answer(query).result(which)
            message = self._insert(query, result, chat)
            if self._world.setup.inline_feedback:
                self._report(query, result, message)
            return message

    def _insert(self, query: InlineQuery, result: InlineResult, chat: Chat) -> Message:
        room = self._world.room_of(chat)
        inline_id = f"AgAAA{chat.id}_{room.next_id}".replace("-", "B")
        message = Message(
            room.next_id,
            chat,
            query.by,
            self._world.now(),
            result.text,
            result.entities,
            html=result.html,
            markup=result.markup,
            via_bot=self.bot,
            inline_id=inline_id,
        )
        self._world.inline_messages[inline_id] = message
        return self._happen(room, message)

    def _report(self, query: InlineQuery, result: InlineResult, message: Message) -> None:
        body: Json = {"from": query.by.as_json(), "query": query.text, "result_id": result.id}
        named: Json = {"inline_message_id": message.inline_id} if message.buttons else {}
        self._world.updates.put("chosen_inline_result", body | named)

    @property
    def inline_answers(self) -> list[InlineAnswer]:
        """What people were shown inline, in order."""
        with self._changed:
            return list(self._world.inline_answers)

    def inline_answer(self, query: InlineQuery) -> InlineAnswer:
        """What somebody was shown. Raises AssertionError when they still wait."""
        for answer in self.inline_answers:
            if answer.query.id == query.id:
                return answer
        raise AssertionError(f"{query.text!r} was not answered")

    @property
    def unanswered_inline_queries(self) -> list[InlineQuery]:
        """Inline queries whose results people still wait for, as for one too old they do no more."""
        answered = {answer.query.id for answer in self.inline_answers}
        with self._changed:
            waiting = self._world.inline_queries.values() if self._world.setup.inline else ()
            settled = answered | self._world.expired
            return [query for query in waiting if query.id not in settled]
