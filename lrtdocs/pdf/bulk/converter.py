"""Letters by the hundred: many in one conversion where the template allows, each PDF its own.

Letters of one template are merged into a few documents, which are converted together and taken
apart with their tags (`batch`). Where anything is not as it should be, letters are converted one
by one. A letter has the same bytes whichever way it went.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from queue import SimpleQueue
from typing import TYPE_CHECKING

from lrtdocs.pdf.bulk.batch import Batch, Bench, Merge, MergedDocument, group_letters, split_evenly
from lrtdocs.pdf.bulk.finish import Finisher
from lrtdocs.pdf.office.backends import find_way
from lrtdocs.pdf.office.convert import Task

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path
    from types import TracebackType

    from lrtdocs.pdf.office.errors import ConversionError
    from lrtdocs.pdf.office.office import Office

__all__ = ["BulkConverter", "MergedDocument", "join_pdfs", "split_evenly"]

MOST_STRIKES = 3
MOST_DEAD = 8  # letters in a row that fail alone, with none that works in between


class BulkConverter:
    """Converts batches of letters of one template; `convert` may be called from many threads.

    `merge` makes one document of many; without it letters are converted many files a call. `moment`
    is the date inside the PDFs, and may be set later. `apart` tells afterwards why letters were not
    merged; empty when all were.
    """

    def __init__(
        self,
        office: Office,
        *,
        workers: int = 1,
        moment: datetime | None = None,
        merge: Merge | None = None,
    ) -> None:
        self._office, self._merge = office, merge
        self.moment = moment
        self._workers = max(1, workers)
        self._cold = [Bench(Finisher(), find_way(office)) for _ in range(self._workers)]
        self._most = self._cold[0].way.most
        self._idle: SimpleQueue[Bench] = SimpleQueue()
        self._lock, self._warming = threading.Lock(), 0
        self._merging = threading.Lock()
        self._ledger = _Ledger()
        self.apart = self._ledger.apart

    def __enter__(self) -> BulkConverter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def most(self) -> int:
        """The letters that are best given to `convert` at once."""
        return self._most

    def warm(self, workers: int) -> None:
        """Let so many `workers` start in the background what their first batch would wait for."""
        with self._lock:
            while self._cold and self._workers - len(self._cold) < workers:
                self._warming += 1
                bench = self._cold.pop()
                threading.Thread(target=self._warm_one, args=(bench,), daemon=True).start()

    def _warm_one(self, bench: Bench) -> None:
        try:
            bench.warm()
        finally:
            with self._lock:
                self._warming -= 1
                self._idle.put(bench)

    def close(self) -> None:
        """Stop the helper processes, after the conversions that are still going on."""
        with self._lock:
            cold, self._cold = self._cold, []
        for _ in range(self._workers - len(cold)):
            self._idle.get().close()
        self._workers = 0

    def convert(self, batch: Sequence[tuple[str, bytes]]) -> list[bytes | ConversionError]:
        """Return for each (name, Word document) of `batch` its PDF, or why there is none."""
        results: list[bytes | ConversionError] = []
        for start in range(0, len(batch), self.most):
            chunk = batch[start : start + self.most]
            tasks = [Task(number, *letter) for number, letter in enumerate(chunk)]
            with self._merging:  # one at a time, so that the first is soon ready for LibreOffice
                groups = group_letters(tasks, self._ledger, self._merge)
            with self._bench() as bench:
                made = Batch(self._office, bench, self._ledger, moment=self.moment)
                results += made.convert(groups)
        return results

    @contextmanager
    def _bench(self) -> Iterator[Bench]:
        bench = self._take()
        try:
            yield bench
        finally:
            self._idle.put(bench)

    def _take(self) -> Bench:
        """Return a bench that is free, or one that was not used yet if none will soon be."""
        with self._lock:
            if self._cold and self._idle.empty() and not self._warming:
                return self._cold.pop()
        return self._idle.get()


class _Ledger:
    """What the batches of one converter know together; see `batch.Ledger`."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._strikes = self._dead = 0
        self._last: ConversionError | None = None
        self.apart: dict[str, int] = {}

    def may_merge(self) -> bool:
        """Tell whether merging has not failed too often in a row."""
        return self._strikes < MOST_STRIKES

    def note_apart(self, reason: str, *, strike: bool) -> None:
        """Count `reason`; a `strike` may hold for the letters of other batches too."""
        with self._lock:
            self._strikes += strike
            self.apart[reason] = self.apart.get(reason, 0) + 1

    def note_believed(self) -> None:
        """Forget the strikes: it was not the template."""
        with self._lock:
            self._strikes = 0

    def note_alone(self, error: ConversionError | None) -> None:
        """Count the letters that fail alone, from the last one that did not."""
        with self._lock:
            self._dead = 0 if error is None else self._dead + 1
            self._last = error

    def given_up(self) -> ConversionError | None:
        """Return the last error when so many in a row can only be LibreOffice's own."""
        with self._lock:
            return self._last if self._dead >= MOST_DEAD else None


def join_pdfs(pdfs: Iterable[tuple[str, Path]], target: Path) -> int:
    """Write the PDFs of `pdfs`, (title, path) each, as one tagged file; return its pages."""
    from lrtdocs.pdf.bulk.join import join_pdfs as join  # loads pikepdf

    return join(pdfs, target)
