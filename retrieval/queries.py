"""Question -> query: what is looked for."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from retrieval.folding import Folded, fold
from retrieval.kinds import wanted
from retrieval.lexicon import Lexicon, joined
from retrieval.questions import FILLERS, about, without
from retrieval.synonyms import Synonyms, Variant
from retrieval.tokens import Tokenizer
from retrieval.vocabulary import NO_WORDS, Vocabulary

MARKS = (('“"', '”"'), ("「", "」"), ("『", "』"))
"""What opens and closes a quotation; inside one kind of marks the others are a part of what is quoted."""

SLIP = re.compile('([^“”"]*)[“”"]([^“”"]+)[“”"]([^“”"]*)')
"""One pair of marks, whichever way round they were typed."""

MOST_QUOTED = 8
"""Different texts in quotation marks; more are looked for like all else."""

QUOTED = re.compile(
    "|".join(rf"[{left}]([^{left}{right}\w]*+\w[^{left}{right}]*+)[{right}]" for left, right in MARKS)
)


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another way to say a part of the question: the part's tokens, and the other text with its tokens."""

    tokens: frozenset[str]
    other: str
    other_tokens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """What a question looks for, folded.

    `tokens` are the question's own; one that is repeated counts again. `characters` are those of them that
    are looked for inside others: single Han characters that are quoted, or all that is asked about. `words`
    are the tokens that mean something by themselves, `joints` what tells documents by their numbers. `quoted`
    are the different texts that stood in quotation marks, as they were written. `kind` is what the answer
    that is asked for looks like, `letters` how long the question is without the words that merely ask: its
    `content`, in which words begin and end at the `edges`.
    """

    tokens: tuple[str, ...]
    characters: tuple[str, ...]
    words: frozenset[str]
    joints: tuple[str, ...]
    alternatives: tuple[Alternative, ...]
    quoted: tuple[str, ...]
    kind: re.Pattern[str] | None
    letters: int
    content: str
    edges: frozenset[int]

    def is_whole(self, text: str) -> bool:
        """Whether a folded text stands in the question from the beginning of a word to the end of one."""
        at = self.content.find(text)
        while at >= 0 and not {at, at + len(text)} <= self.edges:
            at = self.content.find(text, at + 1)
        return at >= 0

    @property
    def asks_nothing(self) -> bool:
        """Whether nothing is looked for but words that only join others or ask, as by a greeting; what is
        quoted is looked for whatever it is.
        """
        return not self.letters or (not self.quoted and FILLERS.issuperset(self.tokens))

    @property
    def all_tokens(self) -> list[str]:
        """The different tokens of the question, and of what says parts of it otherwise."""
        others = (token for each in self.alternatives for token in each.other_tokens)
        return [*dict.fromkeys([*self.tokens, *others])]

    @property
    def is_one_character(self) -> bool:
        """Whether one character, such as 茶, is all that is asked about."""
        return len(self.characters) == 1 and {*self.tokens} == {*self.characters}


class Interpreter:
    """Reads questions as the owner of the documents would have them read."""

    def __init__(self, tokenizer: Tokenizer, vocabulary: Vocabulary = NO_WORDS) -> None:
        self._tokenizer = tokenizer
        self._stopwords = Lexicon(vocabulary.stopwords)
        self._synonyms = Synonyms(vocabulary.synonyms)

    def __call__(self, question: str) -> Query:
        """What a question looks for."""
        folded = fold(question)
        asked = SLIP.sub(r"\1“\2”\3", folded.text) if SLIP.fullmatch(folded.text) else folded.text
        quotations = islice(QUOTED.finditer(asked), MOST_QUOTED)
        places = [match.span(match.lastindex or 0) for match in quotations]
        content = "".join(self._contents(asked))
        variants = self._synonyms.variants(content, self._tokenizer)
        tokens, characters = self._cut(content, [asked[start:end] for start, end in places], variants)
        alternatives = tuple(self._alternatives(content, variants, frozenset(tokens)))
        return Query(
            tuple(tokens),
            characters,
            self._words(content, characters, alternatives) or frozenset(tokens),
            tuple(self._tokenizer.joints(content)),
            alternatives,
            tuple(dict.fromkeys(_original(question, folded, *place) for place in places)),
            wanted(question),
            letters=sum(map(str.isalnum, content)),
            content=content,
            edges=self._tokenizer.boundaries(content),
        )

    def _contents(self, folded: str) -> Iterator[str]:
        """The question in parts, those that are not quoted without the words that merely ask."""
        at = 0
        for quoted in QUOTED.finditer(folded):
            yield self._about(folded[at : quoted.start()])
            yield quoted.group()
            at = quoted.end()
        yield self._about(folded[at:])

    def _about(self, folded: str) -> str:
        return without(about(folded, self._tokenizer), self._stopwords, self._tokenizer)

    def _cut(
        self, content: str, quoted: Iterable[str], variants: Iterable[Variant]
    ) -> tuple[list[str], tuple[str, ...]]:
        """The tokens, and those of them that are looked for as characters.

        Other single characters are left out, unless there is nothing longer: texts hold them in bigrams. One
        that has synonyms counts for the verdict.
        """
        cut = self._tokenizer(content)
        longer = [token for token in cut if not _is_character(token)]
        only = () if longer else cut
        characters = dict.fromkeys(filter(_is_character, map(str.strip, quoted))) or dict.fromkeys(only)
        said = (content[variant.span.start : variant.span.end] for variant in variants)
        alone = dict.fromkeys([*characters, *filter(_is_character, said)])
        return [*longer, *alone] if longer or characters else cut, tuple(characters)

    def _alternatives(
        self, content: str, variants: Iterable[Variant], tokens: frozenset[str]
    ) -> Iterator[Alternative]:
        for variant in variants:
            said = self._tokenizer(content[variant.span.start : variant.span.end])
            for other in variant.others:
                for written in dict.fromkeys([other, joined(other)]):  # iso 9001 and iso9001
                    yield Alternative(tokens.intersection(said), other, tuple(self._tokenizer(written)))

    def _words(
        self, content: str, characters: Iterable[str], alternatives: Iterable[Alternative]
    ) -> frozenset[str]:
        """The words of a question; an owner's word that the dictionary lacks is one too."""
        words = {*self._tokenizer.words(content), *characters}
        for alternative in alternatives:
            if words.isdisjoint(alternative.tokens):
                words |= alternative.tokens
        return frozenset(words)


def _is_character(token: str) -> bool:
    return len(token) == 1 and not token.isascii()


def _original(question: str, folded: Folded, start: int, end: int) -> str:
    place = folded.span_of(start, end)
    return question[place.start : place.end]
