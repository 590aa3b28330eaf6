"""Many documents: batches of them on some workers, each with a LibreOffice and a helper."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from functools import partial
from queue import LifoQueue
from typing import TYPE_CHECKING, Protocol, TypeAlias

from lrtdocs.pdf.convert import Conversion, Patience, Result
from lrtdocs.pdf.helper import Helper
from lrtdocs.pdf.office.server import choose_backend
from lrtdocs.pdf.structure.finish import finish

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from types import TracebackType

    from lrtdocs.pdf.document import Document
    from lrtdocs.pdf.office.backend import OfficeBackend
    from lrtdocs.pdf.office.office import Office
    from lrtdocs.pdf.structure.finish import FinishedPdf, Job


ReadyBatch: TypeAlias = "Callable[[OfficeBackend, Helper], Mapping[int, FinishedPdf]]"
"""Converts documents that were merged; returns the PDFs that are good, by number in the batch."""


class SecondGear(Protocol):
    """What merges documents before they are converted: see `bulk.merging`."""

    @property
    def finish(self) -> Callable[[Job], FinishedPdf | str]:
        """What finishes the PDF of a document that was not merged."""

    def merge(self, documents: Sequence[Document]) -> ReadyBatch:
        """Return `documents` as they can be converted together; the others go apart."""


class Worker:
    """What a batch is made with, by one thread at a time: LibreOffice and a helper process."""

    def __init__(self, office: Office, module: str) -> None:
        self.helper, self.backend = Helper(module), choose_backend(office)
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
    """Converts batches of documents; `convert` may be called from many threads.

    With `merging` documents of one template are converted together where that gives the same.
    """

    def __init__(
        self, office: Office, *, workers: int = 1, merging: SecondGear | None = None
    ) -> None:
        self._office, self._merging = office, merging
        self._finish = finish if merging is None else merging.finish
        self._patience = Patience()
        self._workers = [Worker(office, self._finish.__module__) for _ in range(max(1, workers))]
        self._warmed = 0
        self.batch_size = self._workers[0].backend.batch_size
        self._idle: LifoQueue[Worker] = LifoQueue()  # who is warm is on top
        for worker in reversed(self._workers):
            self._idle.put(worker)

    def __enter__(self) -> ConversionPool:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def warm(self, workers: int) -> None:
        """Let so many `workers` start in the background what their first batch would wait for."""
        for worker in self._workers[self._warmed : workers]:
            threading.Thread(target=worker.warm, daemon=True).start()
        self._warmed = max(self._warmed, workers)

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
            conversion = Conversion(
                self._office,
                worker.backend,
                finisher=partial(worker.helper.run, self._finish),
                patience=self._patience,
            )
            apart = [each for number, each in enumerate(documents) if number not in done]
            others = iter(conversion.convert(apart))
        return [done.get(number) or next(others) for number in range(len(documents))]

    @contextmanager
    def _worker(self) -> Iterator[Worker]:
        worker = self._idle.get()
        try:
            with worker.lock:
                yield worker
        finally:
            self._idle.put(worker)
