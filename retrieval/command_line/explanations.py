"""Explanation -> what a person reads of it in a terminal."""

from collections.abc import Iterable, Iterator
from itertools import starmap

from retrieval.command_line.answers import NOTHING, said_of_quotes
from retrieval.command_line.columns import shorten, width, wrap
from retrieval.coverage import Coverage
from retrieval.explaining import Explanation, Reasons
from retrieval.ranking import KIND
from retrieval.search import JUDGED
from retrieval.verdicts import DOCUMENT, FOUND, PERHAPS, SENTENCE

TOKEN = 20
"""Columns of a token."""


def explained(explanation: Explanation, columns: int) -> str:
    """How the question was read, where the verdict comes from, and what each token added."""
    blocks = [[*_question(explanation, columns)], [*_verdict(explanation)]]
    blocks += [[*_hit(number, reasons, columns)] for number, reasons in enumerate(explanation.reasons, 1)]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _question(explanation: Explanation, columns: int) -> Iterator[str]:
    query = explanation.query
    yield from wrap(explanation.answer.question, columns)
    yield from _list("tokens", query.tokens, columns)
    yield from _list("of them words", [word for word in query.tokens if word in query.words], columns)
    yield from _list("joints, in whole documents", query.joints, columns)
    yield from _list("or instead", [each.other for each in query.alternatives], columns)
    yield from _list("in quotation marks", query.quoted, columns)
    if query.kind:
        yield f"A passage that holds the kind of thing asked for, such as a time, counts {KIND:.0%} more."


def _list(name: str, tokens: Iterable[str], columns: int) -> Iterator[str]:
    words = list(dict.fromkeys(tokens))
    if words:
        yield from wrap(f"{name}: {' '.join(words)}", columns)


def _verdict(explanation: Explanation) -> Iterator[str]:
    answer, parts = explanation.answer, explanation.parts
    yield (
        f"[{answer.verdict}] relevance {answer.relevance:.3f} (perhaps from {PERHAPS}, found from {FOUND})"
    )
    if not explanation.documents:
        yield "The folder is empty."
    elif not explanation.judged:
        yield NOTHING
    elif not parts:
        yield "A single character is judged by how many passages hold it."
    else:
        yield (
            f"  = {SENTENCE} x {parts.sentence:.3f} (best sentence) "
            f"+ {DOCUMENT} x {parts.document:.3f} (best document) + {parts.length:.3f} (length)"
        )
        yield f"The best of the first {JUDGED} passages count:"
        yield from starmap(_covered, enumerate(explanation.judged, 1))
    yield from said_of_quotes(answer)


def _covered(number: int, coverage: Coverage) -> str:
    return (
        f"  {number}. of the question, one sentence holds {coverage.sentence:.3f}, "
        f"the passage {coverage.passage:.3f}, its document {coverage.document:.3f}"
    )


def _hit(number: int, reasons: Reasons, columns: int) -> Iterator[str]:
    hit = reasons.hit
    bonus = f" x {reasons.bonus:.2f} for the kind of answer" if reasons.bonus > 1 else ""
    again = f"; repeats {hit.same_as}" if hit.same_as else ""
    yield shorten(f"{number}. " + " › ".join([hit.passage.origin.title, *hit.passage.headings]), columns)
    yield (
        f"   score {hit.score:.2f} = (passage {reasons.passage:.2f} + document {reasons.document:.2f})"
        f"{bonus}{again}"
    )
    for each in reasons.telling:
        token = shorten(each.token, TOKEN)
        yield f"   {token}{' ' * (TOKEN - width(token))}{each.passage:8.2f}{each.document:8.2f}"
    yield f"   {shorten(hit.passage.text, columns - len('   '))}"
