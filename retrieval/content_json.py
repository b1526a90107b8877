"""Content <-> JSON."""

from typing import Any

from retrieval.documents import Content, Encoding, Heading, Paragraph, Span
from retrieval.problems import Flaw, Reason


def json_of(content: Content) -> list[Any]:
    """Content as JSON has it."""
    encoding = content.encoding
    return [
        content.text,
        content.title,
        [
            [p.span.start, p.span.end, _of_heading(p.heading), p.ends, p.page, p.apart, p.boilerplate]
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
            Paragraph(Span(start, end), heading and Heading(*heading), *rest)
            for start, end, heading, *rest in paragraphs
        ),
        encoding and Encoding(*encoding),
        flaw and Flaw(Reason(flaw[0]), flaw[1]),
    )


def _of_heading(heading: Heading | None) -> list[Any] | None:
    return None if heading is None else [heading.level, heading.text, heading.alone]
