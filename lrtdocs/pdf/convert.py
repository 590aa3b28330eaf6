"""Word documents in, accessible PDFs out: the one way in which that is done, and done again.

What fails is tried once more alone, in a fresh profile, so that one bad document costs the others
nothing and is named. A PDF without all text of its document is refused. One in which a table misses
rows is first made once more with rows that may split over two pages: less beautiful, but whole.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from queue import LifoQueue
from typing import TYPE_CHECKING, Protocol, TypeAlias

from lrtdocs.errors import Place
from lrtdocs.messages import system_reason
from lrtdocs.pdf.bulk.split import finish_letter
from lrtdocs.pdf.helper import Helper
from lrtdocs.pdf.office.calls import Calls
from lrtdocs.pdf.office.fonts import sign_faults
from lrtdocs.pdf.office.office import ConversionError, Office, probe
from lrtdocs.pdf.office.process import refuse_when_stopping
from lrtdocs.pdf.office.server import choose_backend
from lrtdocs.pdf.structure.finish import FinishedPdf, job_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from lrtdocs.pdf.document import Document
    from lrtdocs.pdf.office.backend import OfficeBackend, Raw, Task
    from lrtdocs.pdf.structure.finish import Job

MOST_DEAD = 8  # documents in a row that fail alone, with none that works in between
SHOWN = 80  # characters of a text that is missing

Result = FinishedPdf | ConversionError
"""What became of a document: a PDF, or why there is none."""


class Patience:
    """What conversions tell each other: whether LibreOffice still works at all."""

    def __init__(self) -> None:
        self._dead: list[ConversionError] = []  # what failed alone, since something worked

    def note_alone(self, raw: bytes | ConversionError) -> None:
        """Hear what came of a document converted alone."""
        if isinstance(raw, ConversionError):
            self._dead.append(raw)
        else:
            self._dead.clear()

    def given_up(self) -> ConversionError | None:
        """Return the last error when so many in a row can only be LibreOffice's own.

        Programs that were stopped will not convert anything either.
        """
        try:
            refuse_when_stopping()
        except OSError as error:
            return ConversionError.of("LRT427", "", reason=system_reason(error))
        dead = self._dead[-MOST_DEAD:]
        return dead[-1] if len(dead) == MOST_DEAD else None


class Conversion:
    """Converts documents with `backend`; `finisher` makes of what it writes what it is to be."""

    def __init__(
        self,
        office: Office,
        backend: OfficeBackend,
        *,
        finisher: Callable[[Job], FinishedPdf | str] = finish_letter,
        patience: Patience | None = None,
    ) -> None:
        self._office, self._backend, self._finisher = office, backend, finisher
        self._patience = patience or Patience()

    def convert(self, document: Document) -> Result:
        """Return what became of `document`."""
        if document.facts.tracked:
            return ConversionError.of("LRT436", document.name)
        if self._patience.given_up() is None:
            raw = self._backend.convert(document.task)
            if isinstance(raw, bytes):
                return self._finish(document, raw)
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
        if made.missing_rows:
            made = self._with_all_rows(document, made)
        missing, broken, facts = made.compared.missing, made.compared.broken, document.facts
        wanted = (*facts.body, *facts.beside, *facts.first, *facts.later)
        if missing and len(missing) >= len(wanted):
            return ConversionError.of("LRT425", document.name)
        if broken:
            return ConversionError(broken.at(Place(document.name)))
        if missing:
            return ConversionError.of(
                "LRT429", document.name, text=missing[0][:SHOWN], n=len(missing)
            )
        return made

    def _make(self, document: Document, raw: bytes) -> FinishedPdf | str:
        return self._finisher(job_of(document, raw, claim=self._office.makes_accessible_pdf))

    def _with_all_rows(self, document: Document, made: FinishedPdf) -> FinishedPdf:
        """Return `made`, or the PDF with rows that may split if that has more of its rows."""
        loose = document.let_rows_split(document.docx)
        if loose is None:
            return made
        raw = convert_alone(self._office, replace(document.task, docx=loose))
        again = self._make(document, raw) if isinstance(raw, bytes) else None
        if isinstance(again, FinishedPdf) and again.missing_rows < made.missing_rows:
            return again
        return made


def _with_signs(document: Document, result: Result) -> Result:
    """Return `result`; no PDF may be for want of the characters of `document` that no font has."""
    if not isinstance(result, ConversionError):
        return result
    told = (fault.at(Place(document.name)) for fault in sign_faults(document.facts))
    return ConversionError(*result.problems, *told)


def convert_alone(office: Office, task: Task) -> Raw:
    """Return the PDF of `task`, converted in a fresh profile, or why there is none."""
    backend = choose_backend(office) if task.contents else Calls(office)
    try:
        return backend.convert(task)
    finally:
        backend.close()


def convert_each(
    documents: Sequence[Document], *, office: Office | None = None
) -> Iterator[Result]:
    """Yield for each of `documents` its PDF, or the error that says why there is none."""
    office = office or probe()
    backend = choose_backend(office) if len(documents) > 1 else Calls(office)
    try:
        convert = Conversion(office, backend).convert
        for document in documents:
            yield _with_signs(document, convert(document))
    finally:
        backend.close()


ReadyBatch: TypeAlias = "Callable[[OfficeBackend, Helper], Mapping[int, FinishedPdf]]"
"""Converts documents that were merged; returns the PDFs that are good, by number in the batch."""


class SecondGear(Protocol):
    """What merges documents before they are converted: see `bulk.merging`."""

    def merge(self, documents: Sequence[Document]) -> ReadyBatch:
        """Return `documents` as they can be converted together; the others go apart."""


class Worker:
    """What a batch is made with, by one thread at a time: LibreOffice and a helper process."""

    def __init__(self, office: Office, patience: Patience) -> None:
        self.helper, self.backend = Helper(finish_letter.__module__), choose_backend(office)
        finisher = partial(self.helper.run, finish_letter)
        self.conversion = Conversion(office, self.backend, finisher=finisher, patience=patience)
        self.lock, self._closed = threading.Lock(), False

    def warm(self) -> None:
        """Start both, unless they were stopped before this had its turn."""
        with self.lock:
            if not self._closed:
                self.helper.start()
                self.backend.warm()

    def close(self) -> None:
        """Stop both, for good."""
        with self.lock:
            self._closed = True
            self.helper.close()
            self.backend.close()


class ConversionPool:
    """Converts batches of documents, on some workers; `convert` may be called from many threads.

    With `merging` documents of one template are converted together where that gives the same.
    """

    batch_size = 100  # more would be told too late

    def __init__(
        self, office: Office, *, workers: int = 1, merging: SecondGear | None = None
    ) -> None:
        self._merging, patience = merging, Patience()
        self._workers = [Worker(office, patience) for _ in range(workers)]
        self._warmed = 0
        self._idle: LifoQueue[Worker] = LifoQueue()  # who is warm is on top
        for worker in reversed(self._workers):
            self._idle.put(worker)

    def warm(self, workers: int) -> None:
        """Let so many `workers` start in the background what their first batch would wait for."""
        for worker in self._workers[self._warmed : workers]:
            threading.Thread(target=worker.warm, daemon=True).start()
        self._warmed = max(self._warmed, workers)

    def kill_helpers(self) -> None:
        """Stop what finishes PDFs, now that programs have been stopped."""
        for worker in self._workers:
            worker.helper.kill()

    def close(self) -> None:
        """Stop the workers, after the conversions that are still going on."""
        for _ in self._workers:
            self._idle.get().close()
        self._workers = []

    def convert(self, documents: Sequence[Document]) -> list[Result]:
        """Return what became of each of `documents`, best no more than `batch_size`."""
        ready = self._merging.merge(documents) if self._merging else None
        with self._worker() as worker:
            done = ready(worker.backend, worker.helper) if ready else {}
            return [
                _with_signs(document, done.get(number) or worker.conversion.convert(document))
                for number, document in enumerate(documents)
            ]

    @contextmanager
    def _worker(self) -> Iterator[Worker]:
        worker = self._idle.get()
        try:
            with worker.lock:
                yield worker
        finally:
            self._idle.put(worker)
