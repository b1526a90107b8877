"""The owner's lists of words -> vocabulary, and the lines that say nothing."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from typing import TypeAlias

from retrieval.folding import HAN, fold
from retrieval.late_pattern import LatePattern
from retrieval.problems import Problem, Reason, on_one_line

LONGEST = 40
"""Characters of a word; what is longer is a sentence."""

SHORTEST_TERM = 2
"""Characters; a single one is no word that could be cut."""

SHOWN = 40
"""Characters of a bad line that its problem shows."""

NAME = re.compile(r"_(terms|stopwords|synonyms)(?:\.txt)+", re.IGNORECASE)
"""Windows hides an ending, so that people add another."""

LIKENESS = 0.85
"""From which a name is taken for one that is misspelt; below it lies "term"."""

COMMENT = re.compile(r"(?:^|\s)[#＃].*")
HAN_CHARACTER = LatePattern(f"[{HAN}]")
SEPARATOR = LatePattern(rf"[,，、;；|｜=＝：]|[:/](?=[\s{HAN}])|(?<=[{HAN}])[:/]")
"""Between the words of a group; 9001:2015 and GB/T hold none."""

SEVERAL = LatePattern(rf"[，、;；|｜]|(?<=[{HAN}])[\s,]+(?=[{HAN}])")
"""Between words where one is expected."""

WRAPPING = " \"'“”‘’「」『』《》〈〉【】<>,，、;；。"
"""What people put around a word, or leave behind it."""

TAG = (
    "a[dgn]?|b|c|d[fg]?|e(?:ng)?|f|g|h|i|j|k|l|m[gq]?|n(?:g|r|rfg|rt|s|t|z)?|o|p|q|r[grz]?|s|tg?|"
    "u[dgjlvz]?|v[dginq]?|w|x|y|zg?"
)
ENTRY = LatePattern(rf"(?P<term>.+?)\s+[0-9]+\s+(?:{TAG})")
"""A term with its frequency and part of speech: only user dictionaries of jieba's have such lines."""

SHORT_ENTRY = LatePattern(rf"(?P<term>.*[{HAN}].*?)(?:\s+[0-9]+|\s+(?:{TAG}))")
"""One with either, among such lines: elsewhere 附件 1 and 维生素 c are whole. A number behind letters
always belongs to them: ISO 9001."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The owner's words, folded.

    `terms` are words that are not to be cut, `stopwords` ask for nothing, and each group of `synonyms` holds
    two different words or more that say the same.
    """

    terms: tuple[str, ...] = ()
    stopwords: frozenset[str] = frozenset()
    synonyms: tuple[tuple[str, ...], ...] = ()


NO_WORDS = Vocabulary()

Words: TypeAlias = tuple[str, ...]
"""The words of a line, or none where it is no entry of its list."""


def is_vocabulary(name: str) -> bool:
    """Whether a file of that name is a list of words, in capitals or not."""
    return NAME.fullmatch(name) is not None


def meant_vocabulary(name: str) -> str | None:
    """The list of words that a name of a file, whatever its ending, is nearly that of, if any."""
    stem = unicodedata.normalize("NFKC", name).lower().partition(".")[0].strip()
    near = get_close_matches(stem, [f"_{list_}" for list_ in LISTS], n=1, cutoff=LIKENESS)
    return f"{near[0]}.txt" if near else None


def read_vocabulary(files: Iterable[tuple[str, str]]) -> tuple[Vocabulary, tuple[Problem, ...]]:
    """Read lists of words, each given as its name and its text.

    A line is an entry, `#` at its start or behind white space begins a comment, and blank lines are nothing.
    A line that is no entry of its list becomes a problem, and the others are read.
    """
    entries: dict[str, list[Words]] = {name: [] for name in LISTS}
    problems: list[Problem] = []
    for source, text in files:
        name = NAME.sub(r"\1", source).lower()
        words_of, expected = LISTS[name]
        lines = dict(_lines(text))
        for (number, line), words in zip(lines.items(), words_of(lines.values()), strict=True):
            if words:
                entries[name].append(words)
            else:
                problems.append(Problem(source, expected, _shortened(line), number))
    return (
        Vocabulary(
            tuple(dict.fromkeys(term for (term,) in entries["terms"])),
            frozenset(word for (word,) in entries["stopwords"]),
            tuple(dict.fromkeys(entries["synonyms"])),
        ),
        tuple(problems),
    )


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines that say something, by their numbers, without comments."""
    for number, line in enumerate(text.splitlines(), 1):
        if entry := COMMENT.sub("", line).strip():
            yield number, entry


def _shortened(line: str) -> str:
    shown = line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"
    return on_one_line(shown)


def _terms(lines: Collection[str]) -> Iterator[Words]:
    """The term of each line of a file."""
    forms = (ENTRY, SHORT_ENTRY) if any(map(ENTRY.fullmatch, lines)) else ()
    for line in lines:
        entry = next(filter(None, (form.fullmatch(line) for form in forms)), None)
        words = _word(entry["term"] if entry else line)
        yield words if all(len(word) >= SHORTEST_TERM for word in words) else ()


def _word(line: str) -> Words:
    return () if SEVERAL.search(line.strip(WRAPPING)) else _folded([line])


def _group(line: str) -> Words:
    pieces = SEPARATOR.split(line)
    words = _folded(word for piece in pieces for word in _pieces(piece, among_others=len(pieces) > 1))
    return words if len(words) > 1 else ()


def _pieces(piece: str, *, among_others: bool) -> list[str]:
    """A blank between Latin words is theirs where a comma or the like divides the line."""
    return [piece] if among_others and not HAN_CHARACTER.search(piece) else piece.split()


def _folded(words: Iterable[str]) -> Words:
    """The different words as they are compared, without marks alone; none when one is too long."""
    folded = [" ".join(fold(word).text.split()).strip(WRAPPING) for word in words]
    distinct = tuple(dict.fromkeys(word for word in folded if any(map(str.isalnum, word))))
    return () if any(len(word) > LONGEST for word in distinct) else distinct


LISTS: dict[str, tuple[Callable[[Collection[str]], Iterable[Words]], Reason]] = {
    "terms": (_terms, Reason.TERM),
    "stopwords": (partial(map, _word), Reason.WORD),
    "synonyms": (partial(map, _group), Reason.GROUP),
}
