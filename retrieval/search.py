"""Question -> answer: the hits, best first, and the verdict on them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from retrieval.coverage import Coverage, TokenFinder, coverage, held_tokens, weigh
from retrieval.documents import Span
from retrieval.folding import fold
from retrieval.index import Index
from retrieval.matching import Finder, Occurrence, matches
from retrieval.passages import Passage
from retrieval.queries import Query
from retrieval.questions import FILLERS
from retrieval.quotations import Ranked
from retrieval.quoting import Sought, best_sentence
from retrieval.ranking import ranking
from retrieval.repeats import repeats
from retrieval.verdicts import PERHAPS, Verdict, relevance, verdict_of

JUDGED = 3
"""The hits among which the verdict looks for an answer."""

MOST = 20
"""The best passages among which further ones are counted."""

LEAST = 1 / 3
"""The share of the best passage's score under which one is not worth another look."""

COMMON = 0.25
"""The share of all passages from which on a single character, such as 人, asks for nothing in particular."""


Numbered = tuple[int, float, int | None]
"""A passage by its number, its score, and the rank, from one, of the hit that it repeats."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with its score and the reasons for it.

    `number` is the passage's place in its index. `sentence` and `matches` are places in the passage's text:
    the sentence that answers best, and what matched. `same_as` is the rank, from one, of the hit that it
    repeats almost word for word.
    """

    number: int
    passage: Passage
    score: float
    coverage: Coverage
    sentence: Span
    matches: tuple[Span, ...]
    same_as: int | None


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question, whether the best passages hold it, and whether any does."""

    text: str
    is_held: bool
    is_known: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """The hits are given whatever the verdict; whoever shows them minds it.

    `relevance` is what the verdict comes from. `words` are the question's words, each with whether the best
    passages hold it; `unmet` the texts in quotation marks that no passage holds,
    or none holds together. `skipped` different things come before the hits, and `worth` are worth a look in
    all, where these were counted.
    """

    question: str
    verdict: Verdict
    relevance: float
    words: tuple[Word, ...]
    unmet: tuple[str, ...]
    hits: tuple[Hit, ...]
    skipped: int = 0
    worth: int = 0

    @property
    def distinct(self) -> list[tuple[Hit, list[Hit]]]:
        """The hits without those that repeat one, each with its repeats."""
        return [
            (hit, [other for other in self.hits if other.same_as == rank])
            for rank, hit in enumerate(self.hits, 1)
            if hit.same_as is None
        ]


@dataclass(frozen=True, slots=True)
class Seen:
    """What of a question stands in a passage: `found` in its text, `above` in its title and headings.

    `held` are the tokens that it holds in all, themselves or said otherwise.
    """

    passage: Passage
    found: tuple[Occurrence, ...]
    above: frozenset[str]
    held: frozenset[str]
    coverage: Coverage


class Inspector:
    """Looks at passages for one question, at each but once."""

    def __init__(self, index: Index, query: Query) -> None:
        self.index, self.query = index, query
        self.weights = weigh(index, query)
        self._find = TokenFinder(query)
        self._seen: dict[int, Seen] = {}

    def __call__(self, numbers: Sequence[int]) -> list[Seen]:
        """What of the question stands in the passages of some numbers."""
        new = [number for number in numbers if number not in self._seen]
        tokens = self.query.all_tokens
        for number, held, beside in zip(
            new, self.index.held(new, tokens), self.index.held_by_documents(new, tokens), strict=True
        ):
            self._seen[number] = self._look(self.index.passages[number], held, beside)
        return [self._seen[number] for number in numbers]

    def _look(self, passage: Passage, held: frozenset[str], beside: frozenset[str]) -> Seen:
        found = self._find(passage.text)
        above = self._find("\n".join([passage.origin.title, *passage.headings]))
        own, near = held_tokens(self.query, held), held_tokens(self.query, beside)
        covered = coverage(passage.text, found, own, near, self.weights)
        own.update(each.token for each in (*found, *above))
        return Seen(passage, found, frozenset(each.token for each in above), frozenset(own), covered)


def search(index: Index, question: str, limit: int, *, distinct: bool = False, skip: int = 0) -> Answer:
    """The `limit` best passages for a question; with `distinct`, those that say `limit` different things,
    behind `skip` others.
    """
    inspector = Inspector(index, index.interpret(question))
    ranked, unmet = ranking(index, inspector.query, limit)
    if distinct:
        every = _different(inspector, ranked, limit)
        shown, worth = [*_page(every, skip, limit)], sum(same_as is None for _, _, same_as in every)
    else:
        shown, worth = [*_with_repeats(index, ranked[:limit])], 0
    best = inspector([number for number, _ in ranked[:JUDGED]])
    seen = inspector([number for number, _, _ in shown])
    hits = tuple(_hit(inspector, each, *hit) for each, hit in zip(seen, shown, strict=True))
    measured = _relevance(inspector, best)
    verdict = verdict_of(measured)
    if unmet and verdict is Verdict.FOUND:
        verdict = Verdict.PERHAPS  # just these words were meant, and they are not there
    words = _words(inspector, question, best)
    return Answer(question, verdict, measured, words, unmet, hits, skip, worth)


def found_in(index: Index, question: str, number: int) -> tuple[Span, tuple[Span, ...]]:
    """Of a passage the sentence that answers a question best, and what matched."""
    inspector = Inspector(index, index.interpret(question))
    [seen] = inspector([number])
    hit = _hit(inspector, seen, number, 0.0, None)
    return hit.sentence, hit.matches


def _different(inspector: Inspector, ranked: Ranked, limit: int) -> list[Numbered]:
    """The hits that are worth a look, or those that say `limit` different things where these are more, looked
    for among all where the best mostly repeat.
    """
    index = inspector.index
    found = [*_with_repeats(index, ranked[:MOST])]
    least = LEAST * ranked[0][1] if ranked else 0.0
    worth = [hit for hit in found if hit[1] >= least]
    if sum(same_as is None for _, _, same_as in worth) >= limit:
        return worth
    shown = list(_up_to(limit, found if len(ranked) <= MOST else _with_repeats(index, ranked)))
    if len(ranked) < limit or sum(same_as is None for _, _, same_as in shown) == limit:
        return shown
    every, _ = ranking(index, inspector.query, len(index.passages))
    return list(_up_to(limit, _with_repeats(index, every)))


def _page(numbered: Iterable[Numbered], skip: int, limit: int) -> Iterator[Numbered]:
    """The hits that say `limit` different things behind `skip` others, and those that repeat them; the rank
    of what a hit repeats is counted among these.
    """
    ranks: dict[int, int] = {}
    new = shown = 0
    for rank, (number, score, same_as) in enumerate(numbered, 1):
        new += same_as is None
        if same_as is None and skip < new <= skip + limit:
            ranks[rank] = shown + 1
        elif same_as not in ranks:
            continue
        shown += 1
        yield number, score, None if same_as is None else ranks[same_as]


def _with_repeats(index: Index, ranked: Ranked) -> Iterator[Numbered]:
    repeated = repeats(index.passages[number].text for number, _ in ranked)
    for (number, score), earlier in zip(ranked, repeated, strict=True):
        yield number, score, None if earlier is None else earlier + 1


def _up_to(limit: int, numbered: Iterable[Numbered]) -> Iterator[Numbered]:
    """The hits up to the last of `limit` that are new, with the repeats among them and right behind."""
    new = 0
    for number, score, same_as in numbered:
        new += same_as is None
        if new > limit:
            return
        yield number, score, same_as


def _hit(inspector: Inspector, seen: Seen, number: int, score: float, same_as: int | None) -> Hit:
    query, text = inspector.query, seen.passage.text
    sentence = best_sentence(seen.passage, seen.found, Sought(inspector.weights, seen.above, query.kind))
    marked = matches(
        seen.found, query.words, lambda run: query.is_whole(fold(text[run.start : run.end]).text)
    )
    return Hit(number, seen.passage, score, seen.coverage, sentence, marked, same_as)


def _relevance(inspector: Inspector, best: Sequence[Seen]) -> float:
    index, query = inspector.index, inspector.query
    if best and query.is_one_character:
        # It stands in whatever is found for it; how few passages that are says whether it asks.
        return 1.0 if index.commonness(index.tokens_with(query.tokens[0])) <= COMMON else PERHAPS
    return relevance([seen.coverage for seen in best], query.letters)


def _words(inspector: Inspector, question: str, best: Iterable[Seen]) -> tuple[Word, ...]:
    """The words of a question as they stand in it, each once, without those that were guessed wrong and those
    that only join others or ask.
    """
    index, query = inspector.index, inspector.query
    held = {token for seen in best for token in seen.held}
    known = held | held_tokens(query, index.known(query.all_tokens))
    found: dict[str, Word] = {}
    last = 0
    for each in Finder(query.words)(question):
        real = each.token in known or index.tokenizer.has(each.token)
        if real and each.span.end > last:  # not a word inside a word
            last = each.span.end
            if each.token not in FILLERS:
                text = question[each.span.start : each.span.end]
                found[text] = Word(text, each.token in held, each.token in known)
    return tuple(found.values())
