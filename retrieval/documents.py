"""What is read: a document, its paragraphs and its headings."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """The characters from `start` up to, not including, `end` of a text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that a paragraph is, or begins with.

    `level` orders headings, a smaller one holding the larger; `alone` says that the paragraph is
    nothing but the heading, which then stands over what follows.
    """

    level: int
    text: str
    alone: bool


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as the author wrote it, by its place in the document's text.

    One without a heading may still end those before it: `ends` is the smallest level that no longer
    stands over it, as where 六、 follows the heading 五、 but is too long to be one.
    """

    span: Span
    heading: Heading | None = None
    ends: int | None = None

    @property
    def is_heading(self) -> bool:
        """Whether it is nothing but a heading."""
        return self.heading is not None and self.heading.alone


@dataclass(frozen=True, slots=True)
class Content:
    """What a reader makes of a file's bytes; `title` is None when the text names none."""

    text: str
    title: str | None
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a passage comes from: its document's path below the folder, with forward slashes, and title."""

    source: str
    title: str


@dataclass(frozen=True, slots=True)
class Document:
    """One file of the documents folder, read; `source` and `title` are its origin's."""

    source: str
    title: str
    text: str
    paragraphs: tuple[Paragraph, ...]

    @property
    def origin(self) -> Origin:
        """What its passages say of where they come from."""
        return Origin(self.source, self.title)
