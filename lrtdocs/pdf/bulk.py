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

from lrtdocs.pdf.batch import Batch, Bench, Merge, MergedDocument, split_evenly
from lrtdocs.pdf.convert import Task
from lrtdocs.pdf.finish import Finisher
from lrtdocs.pdf.ways import find_way

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path
    from types import TracebackType

    from lrtdocs.pdf.errors import ConversionError
    from lrtdocs.pdf.office import Office

__all__ = ["BulkConverter", "MergedDocument", "join_pdfs", "split_evenly"]

MOST_STRIKES = 3
MOST_DEAD = 8  # letters in a row that fail alone, with none that works in between


class BulkConverter:
    """Converts batches of letters of one template; `convert` may be called from many threads.

    `merge` makes one document of many; without it letters are converted many files a call.
    `apart` tells afterwards why letters were not merged; empty when all were.
    """

    def __init__(
        self,
        office: Office,
        *,
        workers: int = 1,
        moment: datetime | None = None,
        merge: Merge | None = None,
    ) -> None:
        self._office, self._moment, self._merge = office, moment, merge
        self._workers = max(1, workers)
        self._idle: SimpleQueue[Bench] = SimpleQueue()
        benches = [Bench(Finisher(), find_way(office)) for _ in range(self._workers)]
        for bench in benches:
            self._idle.put(bench)
        self._most = benches[0].way.most
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

    def close(self) -> None:
        """Stop the helper processes, after the conversions that are still going on."""
        for _ in range(self._workers):
            self._idle.get().close()

    def convert(self, batch: Sequence[tuple[str, bytes]]) -> list[bytes | ConversionError]:
        """Return for each (name, Word document) of `batch` its PDF, or why there is none."""
        results: list[bytes | ConversionError] = []
        with self._bench() as bench:
            for start in range(0, len(batch), self._most):
                chunk = batch[start : start + self._most]
                tasks = [Task(number, *letter) for number, letter in enumerate(chunk)]
                made = Batch(
                    self._office, bench, self._ledger, moment=self._moment, merge=self._merge
                )
                results += made.convert(tasks)
        return results

    @contextmanager
    def _bench(self) -> Iterator[Bench]:
        bench = self._idle.get()
        try:
            yield bench
        finally:
            self._idle.put(bench)


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
    from lrtdocs.pdf.join import join_pdfs as join  # loads pikepdf

    return join(pdfs, target)
