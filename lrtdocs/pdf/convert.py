"""Word documents in, accessible PDFs out: the one way in which that is done, and done again.

Documents go to LibreOffice together, and what fails in company is tried once more alone, in a fresh
profile, so that one bad document costs the others nothing and is named. A PDF without the text of
its document is refused. One in which a table misses rows is made once more with rows that may split
over two pages: less beautiful, but whole.
"""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from lrtdocs.pdf.office.calls import Calls, convert_alone
from lrtdocs.pdf.office.errors import ConversionError
from lrtdocs.pdf.office.office import Office, probe
from lrtdocs.pdf.structure.finish import FinishedPdf, Job, finish

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lrtdocs.pdf.document import Document
    from lrtdocs.pdf.office.backend import OfficeBackend

MOST_DEAD = 8  # documents in a row that fail alone, with none that works in between
ENOUGH = 0.5  # of the paragraphs of a document: else the PDF is another document's

Result = FinishedPdf | ConversionError
"""What became of a document: a PDF, or why there is none."""


class Patience:
    """What conversions tell each other: whether LibreOffice still works at all."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._dead = 0
        self._last: ConversionError | None = None

    def note_alone(self, raw: bytes | ConversionError) -> None:
        """Hear what came of a document converted alone."""
        failed = isinstance(raw, ConversionError)
        with self._lock:
            self._dead = self._dead + 1 if failed else 0
            self._last = raw if isinstance(raw, ConversionError) else None

    def given_up(self) -> ConversionError | None:
        """Return the last error when so many in a row can only be LibreOffice's own."""
        with self._lock:
            return self._last if self._dead >= MOST_DEAD else None


class Conversion:
    """Converts documents with `backend`; `finisher` makes of what it writes what it is to be."""

    def __init__(
        self,
        office: Office,
        backend: OfficeBackend,
        *,
        finisher: Callable[[Job], FinishedPdf | str] = finish,
        patience: Patience | None = None,
    ) -> None:
        self._office, self._backend, self._finisher = office, backend, finisher
        self._patience = patience or Patience()

    def convert(self, documents: Sequence[Document]) -> list[Result]:
        """Return what became of each of `documents`, in their order."""
        results: list[Result] = []
        for start in range(0, len(documents), self._backend.batch_size):
            results += self._convert_batch(documents[start : start + self._backend.batch_size])
        return results

    def _convert_batch(self, documents: Sequence[Document]) -> list[Result]:
        results: dict[int, Result] = {}
        waiting = list(range(len(documents)))
        while waiting and self._patience.given_up() is None:
            code, made = self._backend.convert([documents[n].task for n in waiting])
            failed = []
            for n, raw in zip(waiting, made, strict=True):
                if isinstance(raw, ConversionError):
                    failed.append(n)
                else:
                    results[n] = self._finish(documents[n], raw)
            # LibreOffice stopped at the first document without a PDF; those after it are innocent.
            suspects = failed if code == 0 else failed[:1]
            results |= {n: self._convert_alone(documents[n]) for n in suspects}
            waiting = failed[len(suspects) :]
        results |= {n: self._convert_alone(documents[n]) for n in waiting}
        return [results[n] for n in range(len(documents))]

    def _convert_alone(self, document: Document) -> Result:
        """Return what becomes of `document` in a profile of its own; that is final."""
        error = self._patience.given_up()
        if error is not None:
            return error.about(document.name)
        raw = convert_alone(self._office, document.task)
        self._patience.note_alone(raw)
        return raw if isinstance(raw, ConversionError) else self._finish(document, raw)

    def _finish(self, document: Document, raw: bytes) -> Result:
        made = self._make(document, raw)
        if isinstance(made, str):
            return ConversionError.of("LRT424", document.name, reason=made)
        if made.text_coverage < ENOUGH:
            return ConversionError.of("LRT425", document.name)
        return self._with_all_rows(document, made) if made.missing_rows else made

    def _make(self, document: Document, raw: bytes) -> FinishedPdf | str:
        claim = self._office.makes_accessible_pdf
        return self._finisher(Job(raw, document.facts, document.date, claim))

    def _with_all_rows(self, document: Document, made: FinishedPdf) -> FinishedPdf:
        """Return `made`, or the PDF with rows that may split if that has more of its rows."""
        loose = document.let_rows_split(document.docx)
        if loose is None:
            return made
        raw = convert_alone(self._office, replace(document.task, docx=loose))
        again = self._make(document, raw) if isinstance(raw, bytes) else ""
        better = isinstance(again, FinishedPdf) and again.missing_rows < made.missing_rows
        return again if better and isinstance(again, FinishedPdf) else made


def convert_each(documents: Sequence[Document], *, office: Office | None = None) -> list[Result]:
    """Return for each of `documents` its PDF, or the error that says why there is none."""
    office = office or probe()
    backend = Calls(office)
    try:
        return Conversion(office, backend).convert(documents)
    finally:
        backend.close()


def convert_many(documents: Sequence[Document]) -> list[bytes]:
    """Return each of `documents` as PDF/UA-1 and PDF/A-2a, in the same order.

    Raises the first document's `ConversionError` if any document failed.
    """
    done: list[bytes] = []
    for result in convert_each(documents):
        if isinstance(result, ConversionError):
            raise result
        done.append(result.data)
    return done
