"""Answer -> what the command line prints, for a person or as JSON."""

import json
from collections.abc import Iterator, Sequence

from retrieval.search import Answer, Hit
from retrieval.verdicts import Verdict

BOLD, PLAIN = "\033[1m", "\033[0m"
NEAREST = "Nothing in the documents seems to answer this; these come nearest."
NOTHING = "Nothing in the documents shares a word with this."


def as_json(answer: Answer) -> str:
    """An answer as one JSON object in one line."""
    record = {
        "question": answer.question,
        "verdict": answer.verdict,
        "hits": [_record(hit) for hit in answer.hits],
    }
    return json.dumps(record, ensure_ascii=False)


def _record(hit: Hit) -> dict[str, object]:
    passage = hit.passage
    return {
        "source": passage.origin.source,
        "title": passage.origin.title,
        "heading": list(passage.headings),
        "place": {
            "paragraph": passage.first,
            "to": passage.last,
            "page": passage.page,
            "row": passage.row and passage.row.number,
            "sheet": (passage.row and passage.row.sheet) or None,
        },
        "passage": passage.text,
        "sentence": passage.text[hit.sentence.start : hit.sentence.end],
        "score": round(hit.score, 4),
        "same_as": hit.same_as,
    }


def as_text(answer: Answer, *, bold: bool) -> str:
    """An answer for a person to read, what almost repeats a passage named under it.

    `bold` marks the sentence that answers best, as a terminal shows it.
    """
    parts = ("\n".join(_passage(*numbered, bold=bold)) for numbered in enumerate(answer.distinct, 1))
    return "\n\n".join(["\n".join(_heading(answer)), *parts]) + "\n"


def _heading(answer: Answer) -> Iterator[str]:
    yield answer.question
    yield f"[{answer.verdict}]{_said_of_none(answer)}"
    yield from said_of_quotes(answer)


def said_of_quotes(answer: Answer) -> Iterator[str]:
    """A line that names what is quoted in vain, if anything is."""
    if answer.unmet:
        yield "No passage holds, as it is quoted: " + ", ".join(f"“{text}”" for text in answer.unmet)


def _said_of_none(answer: Answer) -> str:
    if answer.verdict is not Verdict.NONE:
        return ""
    return f" {NEAREST if answer.hits else NOTHING}"


def _passage(number: int, told: tuple[Hit, Sequence[Hit]], *, bold: bool) -> Iterator[str]:
    hit, repeats = told
    passage, text = hit.passage, hit.passage.text
    start, end = hit.sentence.start, hit.sentence.end
    if bold:
        text = f"{text[:start]}{BOLD}{text[start:end]}{PLAIN}{text[end:]}"
    yield f"{number}. " + " › ".join([passage.origin.title, *passage.headings])
    yield f"   ({_place(hit)}; score {hit.score:.2f})"
    yield from (f"   {line.strip()}" for line in text.splitlines() if line.strip())
    yield from (f"   also in {_place(repeat)}" for repeat in repeats)


def _place(hit: Hit) -> str:
    passage = hit.passage
    if passage.page is not None:
        return f"{passage.origin.source}, p. {passage.page}"
    if passage.row is not None:
        return ", ".join(
            filter(None, [passage.origin.source, passage.row.sheet, f"row {passage.row.number}"])
        )
    if passage.last > passage.first:
        return f"{passage.origin.source}, paragraphs {passage.first} to {passage.last}"
    return f"{passage.origin.source}, paragraph {passage.first}"
