"""Many documents: batches of them on some workers, each with a LibreOffice and a helper."""

from __future__ import annotations

import itertools
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from queue import SimpleQueue
from typing import TYPE_CHECKING, Protocol, TypeVar

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

Thing = TypeVar("Thing")


class ReadyBatch(Protocol):
    """Documents merged where that can be, ready to be converted."""

    def convert(
        self, backend: OfficeBackend, helper: Helper, *, claim: bool
    ) -> Mapping[int, FinishedPdf]:
        """Return the PDFs that are good, by the number of the document; the others go apart."""


class SecondGear(Protocol):
    """What merges documents before they are converted: see `bulk.merging`."""

    @property
    def finish(self) -> Callable[[Job], FinishedPdf | str]:
        """What finishes the PDF of a document that was not merged."""

    def merge(self, documents: Sequence[Document]) -> ReadyBatch:
        """Return `documents` as they can be converted together."""


@dataclass(frozen=True, slots=True)
class Worker:
    """What a batch is made with, by one thread at a time."""

    helper: Helper
    backend: OfficeBackend

    def warm(self) -> None:
        """Start both."""
        self.helper.start()
        self.backend.warm()

    def close(self) -> None:
        """Stop the helper process and LibreOffice."""
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
        self._workers = max(1, workers)
        self._cold = [
            Worker(Helper(self._finish.__module__), choose_backend(office))
            for _ in range(self._workers)
        ]
        self.batch_size = self._cold[0].backend.batch_size
        self._idle: SimpleQueue[Worker] = SimpleQueue()
        self._lock, self._warming = threading.Lock(), 0

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
        with self._lock:
            while self._cold and self._workers - len(self._cold) < workers:
                self._warming += 1
                worker = self._cold.pop()
                threading.Thread(target=self._warm_one, args=(worker,), daemon=True).start()

    def _warm_one(self, worker: Worker) -> None:
        try:
            worker.warm()
        finally:
            with self._lock:
                self._warming -= 1
                self._idle.put(worker)

    def close(self) -> None:
        """Stop the workers, after the conversions that are still going on."""
        with self._lock:
            cold, self._cold = self._cold, []
        for _ in range(self._workers - len(cold)):
            self._idle.get().close()
        self._workers = 0

    def convert(self, documents: Sequence[Document]) -> list[Result]:
        """Return what became of each of `documents`, best no more than `batch_size`."""
        ready = self._merging.merge(documents) if self._merging else None
        with self._worker() as worker:
            claim = self._office.makes_accessible_pdf
            done = ready.convert(worker.backend, worker.helper, claim=claim) if ready else {}
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
        worker = self._take()
        try:
            yield worker
        finally:
            self._idle.put(worker)

    def _take(self) -> Worker:
        """Return a worker that is free, or one that was not used yet if none will soon be."""
        with self._lock:
            if self._cold and self._idle.empty() and not self._warming:
                return self._cold.pop()
        return self._idle.get()


def split_evenly(things: Sequence[Thing], parts: int) -> list[Sequence[Thing]]:
    """Return `things` in at most so many `parts`, which differ by one in length; none is empty."""
    cuts = [len(things) * number // parts for number in range(parts + 1)]
    return [things[start:end] for start, end in itertools.pairwise(cuts) if start < end]
