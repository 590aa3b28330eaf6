"""Where letters are filled: here, in processes beside this one, or elsewhere, with the same bytes.

Only so many batches are on their way at a time, and they come back in order. A worker that dies
costs a batch some time: it is then made here.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Generator, Sequence
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any

from lrtdocs.run.letters.fill import LetterFiller, Rendered, Workplace, work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from lrtdocs.run.documents.report import LettersOptions
    from lrtdocs.run.letters.fill import Batch, Job
    from lrtdocs.run.letters.letter import Letter
    from lrtdocs.word.compile.template import Template

Made = Generator[tuple["Sequence[Letter]", list[Rendered]], None, None]
"""Batches of letters in their order, each with what it became."""

PAYS_FROM = 3000
"""Letters from which a second process makes up for its start."""


class SerialExecutor(Executor):
    """Does at once, in this thread, what it is given."""

    def submit(self, task: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Return the result of `task` as a future that is there already."""
        future: Future[Any] = Future()
        future.set_result(task(*args, **kwargs))
        return future


def render_letters(
    job: Job, template: Template, letters: Iterable[Letter], total: int, options: LettersOptions
) -> Made:
    """Yield all `letters` (about `total`) in batches, in their order, each with what it became.

    Raises UsageError before the first if there are no such workers.
    """
    here = LetterFiller(job, template).fill
    waiting: deque[tuple[Sequence[Letter], Batch, Future[list[Rendered]] | None]] = deque()
    coming = iter(letters)
    with _open_workplace(job, here, total, options) as place:
        while (batch := list(islice(coming, place.size))) or waiting:
            if batch:
                words: Batch = [letter.words for letter in batch]
                waiting.append((batch, words, _submit(place, words)))
            if len(waiting) >= place.window or not batch:
                done, words, future = waiting.popleft()
                yield done, _result(place, future) or here(words)


def _submit(place: Workplace, words: Batch) -> Future[list[Rendered]] | None:
    try:
        return place.submit(words)
    except Exception:  # noqa: BLE001 - a pool that broke takes no more: the batch is made here
        return None


def _result(place: Workplace, future: Future[list[Rendered]] | None) -> list[Rendered] | None:
    """Return what became of a batch, or None if it is lost.

    Whatever goes wrong is the fault of a worker or the network, because the work does not raise.
    """
    try:
        return place.result(future) if future else None
    except Exception:  # noqa: BLE001 - a lost worker never costs a letter
        return None


@contextmanager
def _open_workplace(
    job: Job, here: Callable[[Batch], list[Rendered]], total: int, options: LettersOptions
) -> Iterator[Workplace]:
    """Yield the place that `options` ask for, or what suits `total` letters."""
    count = options.workers or (min(os.cpu_count() or 1, 8) if total >= PAYS_FROM else 1)
    if options.dask:
        from lrtdocs.run.letters.cluster import open_cluster  # only who asks for Dask has it

        with open_cluster(options.dask, job, total) as place:
            yield place
    elif count > 1:
        with _open_pool(count) as pool:
            yield Workplace(lambda words: pool.submit(work, job, words), window=count + 2)
    else:
        with SerialExecutor() as alone:
            yield Workplace(lambda words: alone.submit(here, words))


# --- processes


@contextmanager
def _open_pool(count: int) -> Iterator[Executor]:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    method = "forkserver" if os.name == "posix" else "spawn"
    context = multiprocessing.get_context(method)
    if method == "forkserver":
        context.set_forkserver_preload([__name__])
    pool = ProcessPoolExecutor(count, context, initializer=_begin_worker)
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _begin_worker() -> None:
    """Let a worker process end with its parent, also when that is killed.

    Ctrl-C is for the parent, which stops its workers itself.
    """
    import multiprocessing
    import signal
    import threading

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:

        def follow() -> None:
            parent.join()
            os._exit(1)

        threading.Thread(target=follow, daemon=True).start()
