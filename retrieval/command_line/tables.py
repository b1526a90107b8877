"""Figures of a run -> a table, beside those of an earlier run."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from retrieval.evaluation.cases import Figures
from retrieval.evaluation.outcomes import Quotes, Summary
from retrieval.verdicts import Verdict

LABEL, COUNT, VALUE = 42, 6, 8
"""Columns: what a figure is, how many questions it stands for, and its value or by how much that changed."""


@dataclass(frozen=True, slots=True)
class Row:
    """A figure. What it has none of is None, as the value where there are no questions; `form` is how
    the value is written."""

    label: str = ""
    count: int | None = None
    value: float | None = None
    form: str = ""

    @property
    def counted(self) -> str:
        return "" if self.count is None else str(self.count)

    @property
    def written(self) -> str:
        return "" if self.value is None else format(self.value, self.form)

    def change(self, before: "Row") -> str:
        """By how much the value changed, unless that cannot be seen."""
        if self.value is None or before.value is None or self.written == before.written:
            return ""
        return format(self.value - before.value, f"+{self.form}")


def table(now: Summary) -> Iterator[list[str]]:
    """The lines of a table of figures, in groups; those that stand for no question are left out."""
    for rows in _groups(now):
        if rows[0].count:
            yield [f"{row.label:{LABEL}}{_cell(row)}".rstrip() for row in rows]


def table_of_both(before: Summary, now: Summary) -> Iterator[list[str]]:
    """The lines of a table of figures before and now, in groups, the first of them the headings."""
    cell = COUNT + VALUE
    yield [f"{'':{LABEL}}{'before':>{cell}}{'now':>{cell}}{'change':>{VALUE}}"]
    for rows_before, rows in zip(_groups(before), _groups(now), strict=True):
        if rows_before[0].count or rows[0].count:
            yield [
                f"{row.label:{LABEL}}{_cell(earlier)}{_cell(row)}{row.change(earlier):>{VALUE}}".rstrip()
                for earlier, row in zip(rows_before, rows, strict=True)
            ]


def _cell(row: Row) -> str:
    return f"{row.counted:>{COUNT}}{row.written:>{VALUE}}"


def _groups(of: Summary) -> Iterator[list[Row]]:
    """The rows in groups, each with the number of its questions first."""
    yield [
        Row("Questions that the documents answer", of.ranking.n),
        *_ranking(of.ranking),
        *_verdicts(of.answerable),
    ]
    near, unanswerable = sum(of.near.values()), sum(of.unanswerable.values())
    yield [Row("Of these, right passage in the first three", near), *_verdicts(of.near)]
    yield [Row("Questions that the documents do not answer", unanswerable), *_verdicts(of.unanswerable)]
    yield [Row("Sentence quoted from a right first passage", of.quotes.n), *_quotes(of.quotes)]


def _ranking(of: Figures) -> Iterator[Row]:
    yield _share("right passage first (hit@1)", of.n, of.hit1)
    yield _share("right passage in the first three (hit@3)", of.n, of.hit3)
    yield _share("right passage in the first ten (hit@10)", of.n, of.hit10)
    yield Row("  mean of 1/rank (MRR@10)", value=of.mrr if of.n else None, form=".3f")
    yield Row("  mean length of a passage, characters", value=of.chars if of.n else None, form=".0f")


def _verdicts(counts: Mapping[Verdict, int]) -> Iterator[Row]:
    n = sum(counts.values())
    for verdict, count in counts.items():
        yield _share(f"said {verdict}", n, count / max(1, n))


def _quotes(of: Quotes) -> Iterator[Row]:
    yield _share("right sentence", of.n, of.right)
    yield Row("  mean length, characters", value=of.chars if of.n else None, form=".0f")


def _share(label: str, n: int, share: float) -> Row:
    return Row(f"  {label}", round(share * n), share if n else None, ".3f")
