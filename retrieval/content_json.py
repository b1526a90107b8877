"""Content <-> JSON."""

from typing import Any

from retrieval.documents import Content, Encoding, Heading, Paragraph, SheetRow, Span
from retrieval.problems import Flaw, Reason


def json_of(content: Content) -> list[Any]:
    """Content as JSON has it."""
    encoding = content.encoding
    return [
        content.text,
        content.title,
        [
            [
                *(p.span.start, p.span.end, _of_heading(p.heading), p.ends, p.page, p.apart, p.boilerplate),
                json_of_row(p.row),
            ]
            for p in content.paragraphs
        ],
        encoding and [encoding.name, encoding.confidence, encoding.replaced],
        content.flaw and [content.flaw.reason, content.flaw.detail],
    ]


def content_of(told: list[Any]) -> Content:
    """The same back."""
    text, title, paragraphs, encoding, flaw = told
    return Content(
        text,
        title,
        tuple(
            Paragraph(
                Span(start, end), heading and Heading(*heading), ends, page, apart, boilerplate, row_of(row)
            )
            for start, end, heading, ends, page, apart, boilerplate, row in paragraphs
        ),
        encoding and Encoding(*encoding),
        flaw and Flaw(Reason(flaw[0]), flaw[1]),
    )


def json_of_row(row: SheetRow | None) -> list[Any] | None:
    """A row of a spreadsheet, if any, as JSON has it."""
    return None if row is None else [row.number, row.sheet]


def row_of(told: list[Any] | None) -> SheetRow | None:
    """The same back."""
    return None if told is None else SheetRow(*told)


def _of_heading(heading: Heading | None) -> list[Any] | None:
    return None if heading is None else [heading.level, heading.text, heading.alone]
