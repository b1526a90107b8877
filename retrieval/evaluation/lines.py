"""A line of a file of questions -> its object, or in plain words what is the matter with it."""

import json
import re
from collections.abc import Callable
from difflib import get_close_matches

from retrieval.problems import on_one_line

KEYS = ("id", "question", "sources", "evidence")

INSTEAD = {
    "answer": "evidence",
    "answers": "evidence",
    "document": "sources",
    "documents": "sources",
    "file": "sources",
    "files": "sources",
}
"""What people write for a key that is named otherwise."""

LIKENESS = 0.75
"""From which a key is taken for one that is misspelt; below it lies "kind", a key of other sets, to "id"."""

SHOWN = 20
"""Characters of a bad line that are shown."""

COMMENT = ("#", "＃")
TYPED = str.maketrans("“”„＂：，｛｝［］【】", '"""":,{}[][]')
"""The marks of a Chinese keyboard, and what JSON has for them."""

MENDINGS: tuple[tuple[Callable[[str], str], str], ...] = (
    (lambda line: line.rstrip(" \t\r,，"), "a comma stands at its end, where nothing may stand"),
    (lambda line: re.sub(r",\s*([}\]])", r"\1", line), "a comma stands before } or ], where nothing follows"),
    (lambda line: line.translate(TYPED), 'Chinese marks such as “ ” ： ， stand where " : , must stand'),
    (lambda line: line.replace("'", '"'), "texts stand in ' ', and must stand in \" \""),
    (lambda line: line.replace("\\", "\\\\"), "\\ must be written twice, and / stands between folders"),
)
"""What is often the matter, most likely first: it is, where the change makes a line JSON."""


def says_something(line: str) -> bool:
    """Whether a line is neither blank nor a comment."""
    said = line.strip()
    return bool(said) and not said.startswith(COMMENT)


def read_json(text: str | bytes) -> object:
    """What a text holds as JSON. Raises ValueError, also where it goes deeper than Python's stack."""
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("its brackets go too deep") from error


def read_object(line: str) -> dict[str, object]:
    """The object of a line. Raises ValueError, whose message says what to change."""
    try:
        given = read_json(line)
    except json.JSONDecodeError as error:
        raise ValueError(_matter(line, error.pos)) from error
    if not isinstance(given, dict):
        raise ValueError("a question is an object in { }")  # noqa: TRY004 - what was written is wrong
    for key in given:
        if key not in KEYS and (meant := _meant(key)):
            shown, known = on_one_line(key), ", ".join(f'"{name}"' for name in KEYS)
            raise ValueError(f'"{shown}" is not known, did you mean "{meant}"? Known are {known}')
    return given


def _matter(line: str, position: int) -> str:
    """What is the matter with a line that is no JSON from a position on."""
    for mend, words in MENDINGS:
        if _is_json(mend(line)):
            return words
    if _holds_an_object_first(line):
        return "something follows its object; each question stands on a line of its own"
    rest = line[position:].strip()
    if not rest:
        return "it ends before its object does; the whole question stands on one line"
    return f"it is no JSON from here on: {on_one_line(rest[:SHOWN])}"


def _is_json(line: str) -> bool:
    try:
        read_json(line)
    except ValueError:
        return False
    return True


def _holds_an_object_first(line: str) -> bool:
    try:
        first, _ = json.JSONDecoder().raw_decode(line.lstrip())
    except (ValueError, RecursionError):
        return False
    return isinstance(first, dict)


def _meant(key: str) -> str | None:
    """The key that another one is nearly, if any."""
    near = get_close_matches(key.strip().lower(), [*KEYS, *INSTEAD], n=1, cutoff=LIKENESS)
    return INSTEAD.get(near[0], near[0]) if near else None
