"""Explanation -> what a person reads of it in a terminal."""

from collections.abc import Iterable, Iterator

from retrieval.command_line.columns import shorten, width, wrap
from retrieval.explaining import Explanation, Reasons
from retrieval.verdicts import FOUND, PERHAPS

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
        yield "A passage that holds the kind of thing asked for, such as a time, counts a tenth more."


def _list(name: str, tokens: Iterable[str], columns: int) -> Iterator[str]:
    words = list(dict.fromkeys(tokens))
    if words:
        yield from wrap(f"{name}: {' '.join(words)}", columns)


def _verdict(explanation: Explanation) -> Iterator[str]:
    answer = explanation.answer
    yield (
        f"[{answer.verdict}] relevance {answer.relevance:.3f} "
        f"(perhaps from {PERHAPS}, found from {FOUND}), from the first three:"
    )
    for number, hit in enumerate(answer.hits[:3], 1):
        coverage = hit.coverage
        yield (
            f"  {number}. of the question, one sentence holds {coverage.sentence:.2f}, "
            f"the passage {coverage.passage:.2f}, its document {coverage.document:.2f}"
        )


def _hit(number: int, reasons: Reasons, columns: int) -> Iterator[str]:
    hit, told = reasons.hit, [each for each in reasons.contributions if each.total]
    passage, document = sum(each.passage for each in told), sum(each.document for each in told)
    bonus = f" x {reasons.bonus:.2f} for the kind of answer" if reasons.bonus > 1 else ""
    again = f"; repeats {hit.same_as}" if hit.same_as else ""
    yield shorten(f"{number}. " + " › ".join([hit.passage.origin.title, *hit.passage.headings]), columns)
    yield f"   score {hit.score:.2f} = (passage {passage:.2f} + document {document:.2f}){bonus}{again}"
    for each in told:
        token = shorten(each.token, TOKEN)
        yield f"   {token}{' ' * (TOKEN - width(token))}{each.passage:8.2f}{each.document:8.2f}"
    yield f"   {shorten(hit.passage.text, columns - len('   '))}"
