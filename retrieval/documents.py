"""What is read: a document, its paragraphs and its headings."""

from dataclasses import dataclass

from retrieval.problems import Flaw


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
class SheetRow:
    """A row as a program of spreadsheets counts it, from one; `sheet` is the name of its sheet where nothing
    else tells which of several it is.
    """

    number: int
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as the author wrote it, by its place in the document's text.

    One without a heading may still end those before it: `ends` is the smallest level that no longer
    stands over it, as where 六、 follows the heading 五、 but is too long to be one.

    `page` is the page that it begins on, counted from one, where there are pages; `row` is where it stands in
    a spreadsheet. One that is `apart` is a passage by itself, as a row of a table; one that is `boilerplate`
    was put round the text by what published it, and answers nothing.
    """

    span: Span
    heading: Heading | None = None
    ends: int | None = None
    page: int | None = None
    apart: bool = False
    boilerplate: bool = False
    row: SheetRow | None = None

    @property
    def is_heading(self) -> bool:
        """Whether it is nothing but a heading."""
        return self.heading is not None and self.heading.alone


@dataclass(frozen=True, slots=True)
class Encoding:
    """How the bytes of a text were read.

    `name` is "utf-8", "utf-16-le", "utf-16-be", "gb18030" or "big5", or another that a web page names;
    `confidence`, from 0 to 1, is how sure that is, and `replaced` how many U+FFFD stand for what could not be
    decoded.
    """

    name: str
    confidence: float
    replaced: int


@dataclass(frozen=True, slots=True)
class Content:
    """What a reader makes of a file; `title` is None when the text names none, `encoding` where the format
    says how its bytes are to be read, and `flaw` where all of it was read.
    """

    text: str
    title: str | None
    paragraphs: tuple[Paragraph, ...]
    encoding: Encoding | None = None
    flaw: Flaw | None = None


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
