"""A Word document on its way to PDF, with what word/ knows of it: nothing here reads Word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from lrtdocs.clock import fixed_moment
from lrtdocs.pdf.office.backend import Task

if TYPE_CHECKING:
    from collections.abc import Callable

    from lrtdocs.pdf.facts import Facts

NO_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)  # when neither caller nor document knows a date


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
        return Task(self.name, self.docx, self.facts.pages)

    @property
    def date(self) -> datetime:
        """The moment for the PDF: never the clock's.

        Where the caller has none that is `SOURCE_DATE_EPOCH`, else the document's own, so that
        equal input gives equal bytes.
        """
        return self.moment or fixed_moment() or self.facts.modified or NO_MOMENT
