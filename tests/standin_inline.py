"""The results of an inline query -> what people are shown, and what Telegram remembers of it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple, TypeAlias

from standin_entities import Entity, Formatted
from standin_markup import inline_markup
from standin_parameters import Parameters
from standin_people import Person
from standin_refusals import ApiError, bad_request
from standin_rules import message_text
from standin_values import Markup

InlineChatKind: TypeAlias = Literal["sender", "private", "group", "supergroup", "channel"]
"""Where people type; "sender" is their private chat with the bot."""

FIRST_OFFSET = ""
LONGEST_QUERY = 256
MOST_RESULTS = 50
LONGEST_RESULT_ID_BYTES = 64
LONGEST_OFFSET_BYTES = 64
DEFAULT_CACHE_SECONDS = 300
LONGEST_CACHE_SECONDS = 86400
START_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")


class InlineQuery(NamedTuple):
    """What somebody typed after the bot's name; `offset` is where an answer said that it goes on."""

    id: str
    by: Person
    text: str
    offset: str
    chat_kind: InlineChatKind


@dataclass(frozen=True, slots=True)
class InlineResult:
    """An article to choose, with the message that it inserts."""

    id: str
    title: str
    description: str
    text: str
    entities: tuple[Entity, ...]
    html: str
    markup: Markup


class InlineButton(NamedTuple):
    """The button above the results, which opens the private chat."""

    text: str
    start_parameter: str


@dataclass(frozen=True, slots=True)
class InlineAnswer:
    """What somebody was shown; `cached` is whether the bot was not asked."""

    query: InlineQuery
    results: tuple[InlineResult, ...]
    next_offset: str
    is_personal: bool
    cache_seconds: int
    button: InlineButton | None
    cached: bool = False

    @property
    def titles(self) -> list[str]:
        return [result.title for result in self.results]

    def result(self, which: int | str) -> InlineResult:
        """By place or by title. Raises AssertionError when there is none."""
        if isinstance(which, int):
            assert which < len(self.results), f"there are only {len(self.results)} results"
            return self.results[which]
        for result in self.results:
            if result.title == which:
                return result
        raise AssertionError(f"no result {which!r} among {self.titles}")


class InlineCache:
    """Answers by what was asked, for as long as the bot allows; a personal one for that person only."""

    def __init__(self) -> None:
        self._answers: dict[tuple[str, str, int | None], tuple[InlineAnswer, float]] = {}

    def remember(self, answer: InlineAnswer, now: float) -> None:
        whose = answer.query.by.id if answer.is_personal else None
        until = now + answer.cache_seconds
        self._answers[answer.query.text, answer.query.offset, whose] = answer, until

    def answer(self, query: InlineQuery, now: float) -> InlineAnswer | None:
        for whose in (query.by.id, None):
            answer, until = self._answers.get((query.text, query.offset, whose), (None, 0.0))
            if answer is not None and now < until:
                return replace(answer, query=query, cached=True)
        return None


def inline_answer(parameters: Parameters, query: InlineQuery) -> InlineAnswer:
    """The answer that a request gives. Raises ApiError."""
    button = _start_button(parameters)
    raw = parameters.sequence("results", "inline query results")
    if len(raw) > MOST_RESULTS:
        raise bad_request("Too many inline query results specified")
    results = [_result(item) for item in raw]
    _check_ids([result.id for result in results])
    next_offset = parameters.text("next_offset")
    if len(next_offset.encode()) > LONGEST_OFFSET_BYTES:
        raise bad_request("NEXT_OFFSET_INVALID")
    seconds = parameters.number("cache_time")
    return InlineAnswer(
        query,
        tuple(results),
        next_offset,
        is_personal=parameters.flag("is_personal"),
        cache_seconds=min(
            max(DEFAULT_CACHE_SECONDS if seconds is None else seconds, 0), LONGEST_CACHE_SECONDS
        ),
        button=button,
    )


def _check_ids(ids: Sequence[str]) -> None:
    if not all(ids):
        raise bad_request("RESULT_ID_EMPTY")
    if any(len(number.encode()) > LONGEST_RESULT_ID_BYTES for number in ids):
        raise bad_request("RESULT_ID_INVALID")
    if len(set(ids)) < len(ids):
        raise bad_request("RESULT_ID_DUPLICATE")


def _result(item: object) -> InlineResult:
    if not isinstance(item, dict):
        raise bad_request("Can't parse inline query result: Inline query result must be an object")
    kind, number = _field(item, "type").lower(), _field(item, "id")
    if kind != "article":  # Telegram has twenty kinds; nothing here needs another yet
        raise bad_request(
            f'Can\'t parse inline query result: type "{kind}" is unsupported for the inline query result'
        )
    content = item.get("input_message_content")
    if not isinstance(content, dict) or not content.get("message_text"):
        raise bad_request("Can't parse inline query result: Input message content is not specified")
    title = _field(item, "title")
    if not title.strip():
        raise bad_request("ARTICLE_TITLE_EMPTY")
    words = Parameters(content)
    formatted = _parsed(words)
    return InlineResult(
        id=number,
        title=title,
        description=str(item.get("description") or ""),
        text=formatted.text,
        entities=formatted.entities,
        html=words.text("message_text"),
        markup=inline_markup(Parameters(item), inline=True),
    )


def _parsed(words: Parameters) -> Formatted:
    try:
        return message_text(words, "message_text")
    except ApiError as error:
        reason = error.description.removeprefix("Bad Request: ")
        if not reason.startswith("can't parse entities"):
            raise
        raise bad_request(f"Can't parse inline query result: {reason[:1].upper()}{reason[1:]}") from error


def _field(item: Mapping[str, object], name: str) -> str:
    if not isinstance(item.get(name), str):
        raise bad_request(f"Can't parse inline query result: Can't find field \"{name}\"")
    return str(item[name])


def _start_button(parameters: Parameters) -> InlineButton | None:
    asked = parameters.mapping("button", "inline query results button")
    if asked is None:
        return None
    text, start = str(asked.get("text") or ""), asked.get("start_parameter")
    if start is None:  # Telegram takes a web app too; nothing here has one
        raise bad_request(
            "Can't parse inline query results button: "
            "InlineQueryResultsButton must have exactly one optional field"
        )
    if not text.strip():
        raise bad_request("SWITCH_PM_TEXT_EMPTY")
    if not start:
        raise bad_request("START_PARAM_EMPTY")
    if not START_PARAMETER.fullmatch(str(start)):
        raise bad_request("START_PARAM_INVALID")
    return InlineButton(text, str(start))
