"""A Word document on its way to PDF, with what word/ knows of it: nothing here reads Word."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol, TypeVar

from lrtdocs.clock import fixed_moment
from lrtdocs.pdf.office.backend import Task

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Thing = TypeVar("Thing")
NO_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)  # when neither caller nor document knows a date


class Facts(Protocol):
    """What is known of a document, as `word.facts` reads it."""

    @property
    def properties(self) -> Mapping[str, str]:
        """What it says about itself: "title", "creator", "subject", "keywords"."""

    @property
    def modified(self) -> datetime | None:
        """The date it bears."""

    @property
    def body(self) -> tuple[str, ...]:
        """The text that its PDF has to show, in order.

        The end of a paragraph is a line end; a line broken by hand, and a tab, are a vertical tab.
        """

    @property
    def beside(self) -> tuple[str, ...]:
        """The text of its notes and text boxes."""

    @property
    def formulas(self) -> tuple[str, ...]:
        """The text of its formulas."""

    @property
    def first(self) -> tuple[str, ...]:
        """The text of the header and footer of its first page."""

    @property
    def later(self) -> tuple[str, ...]:
        """The text of the headers and footers of its other pages."""

    @property
    def characters(self) -> frozenset[str]:
        """The characters that may be in its PDF, in headers and list labels too."""

    @property
    def pages(self) -> int:
        """About how many pages it has."""

    @property
    def digest(self) -> str:
        """Its SHA-256."""

    @property
    def tracked(self) -> bool:
        """Whether it has changes that Word keeps track of, and that its PDF would show as such."""

    @property
    def language(self) -> str:
        """The language that it is to be in, as a PDF names it: "nl-NL"."""

    @property
    def contents(self) -> bool:
        """Whether it has a table of contents."""


@dataclass(frozen=True, slots=True)
class Document:
    """A Word document called `name`, to become a PDF with `moment` as its only date.

    `let_rows_split` makes a copy in which the rows of tables may run over two pages, or None where
    all may already.
    """

    name: str
    docx: bytes
    facts: Facts
    let_rows_split: Callable[[bytes], bytes | None]
    moment: datetime | None = None

    @property
    def task(self) -> Task:
        """The document as LibreOffice gets it."""
        return Task(self.name, self.docx, self.facts.pages, self.facts.contents)

    @property
    def date(self) -> datetime:
        """The moment for the PDF: never the clock's.

        Where the caller has none that is `SOURCE_DATE_EPOCH`, else the document's own, so that
        equal input gives equal bytes.
        """
        return self.moment or fixed_moment() or self.facts.modified or NO_MOMENT


def split_evenly(things: Sequence[Thing], parts: int) -> list[Sequence[Thing]]:
    """Return `things` in at most so many `parts`, which differ by one in length; none is empty."""
    cuts = [len(things) * number // parts for number in range(parts + 1)]
    return [things[start:end] for start, end in itertools.pairwise(cuts) if start < end]
