"""Filling letters: here, in processes beside this one, or elsewhere, with the same bytes.

What goes to a worker is a job (the template and the words that all letters share) and batches of
words; what comes back is bytes. Only so many batches are on their way at a time, and they come back
in order. A worker that dies costs a batch some time: it is then made here.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Generator, Mapping, Sequence
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from lrtdocs import messages
from lrtdocs.errors import Place, Problem, TemplateProblemsError
from lrtdocs.word.compile.template import compile_template
from lrtdocs.word.fill.render import Filler
from lrtdocs.word.fill.trace import find_sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lrtdocs.run.documents.report import Workers
    from lrtdocs.run.letters.plan import Letter
    from lrtdocs.word.compile.template import Template

Rendered = bytes | list[Problem]
"""A filled letter, or the problems that keep it from being one."""

Made = Generator[tuple["Sequence[Letter]", list[Rendered]], None, None]
"""Batches of letters in their order, each with what it became."""

Batch = list[Mapping[str, object]]
"""The words of letters that are filled together."""

PAYS_FROM = 3000
"""Letters from which a second process makes up for its start."""
BATCH = 50


@dataclass(frozen=True, slots=True)
class Job:
    """What every letter of a run is made from.

    `digest` is that of the template and its settings, `shared_digest` that of the words that all
    letters share. Jobs with the same digests are equal, wherever they are.
    """

    template: bytes = field(repr=False, compare=False)
    name: str
    trusted: bool = field(compare=False)
    shared: Mapping[str, object] = field(repr=False, compare=False)
    pictures: Mapping[str, bytes] = field(repr=False, compare=False)
    font: str | None = field(compare=False)
    digest: str
    shared_digest: str


class LetterFiller:
    """Fills the letters of `job` with `template`, which is that of the job, compiled."""

    def __init__(self, job: Job, template: Template) -> None:
        self._job, self._template = job, template

    @cached_property
    def _filler(self) -> Filler:
        job = self._job
        return Filler(self._template, job.shared, pictures=job.pictures, font=job.font)

    def fill(self, batch: Batch) -> list[Rendered]:
        """Return each letter of `batch` filled; one that fails is its problems, and stops no other.

        All of them fail if the words that they share cannot stand in a document.
        """
        try:
            render = self._filler.render
        except TemplateProblemsError as error:
            return [error.problems for _ in batch]
        return [self._fill_one(render, words) for words in batch]

    def _fill_one(
        self, render: Callable[[Mapping[str, object]], bytes], words: Mapping[str, object]
    ) -> Rendered:
        try:
            return render(words)
        except TemplateProblemsError as error:
            return find_sources(error, self._template, {**self._job.shared, **words})
        except Exception as error:  # noqa: BLE001 - one letter must never stop the others
            reason = f"{type(error).__name__}: {error}"
            return [messages.problem("LRT706", Place(self._job.name), reason=reason)]


@lru_cache(maxsize=1)
def _filler_of(job: Job) -> LetterFiller:
    """Return what fills the letters of `job` in this worker; it is made once."""
    return LetterFiller(job, compile_template(job.template, job.name, trusted=job.trusted))


def work(job: Job, batch: Batch) -> list[Rendered]:
    """Return each letter of `batch` filled: what a worker does."""
    return _filler_of(job).fill(batch)


# --- where it is done


@dataclass(frozen=True, slots=True)
class Workplace:
    """Where letters are filled: `submit` takes a batch of words there and returns a future.

    A batch has `size` letters, and at most `window` of them are on their way. `result` waits for
    a batch: it raises when that is lost.
    """

    submit: Callable[[Batch], Future[list[Rendered]]]
    size: int = BATCH
    window: int = 1
    result: Callable[[Future[list[Rendered]]], list[Rendered]] = Future.result


class SerialExecutor(Executor):
    """Does at once, in this thread, what it is given."""

    def submit(self, task: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Return the result of `task` as a future that is there already."""
        future: Future[Any] = Future()
        future.set_result(task(*args, **kwargs))
        return future


def render_letters(
    job: Job, template: Template, letters: Iterable[Letter], total: int, workers: Workers
) -> Made:
    """Yield all `letters` (about `total`) in batches, in their order, each with what it became.

    Raises UsageError before the first if there are no such workers.
    """
    here = LetterFiller(job, template).fill
    waiting: deque[tuple[Sequence[Letter], Batch, Future[list[Rendered]] | None]] = deque()
    coming = iter(letters)
    with _open_workplace(job, here, total, workers) as place:
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
    job: Job, here: Callable[[Batch], list[Rendered]], total: int, workers: Workers
) -> Iterator[Workplace]:
    """Yield the place that `workers` ask for, or what suits `total` letters."""
    count = workers.count or (min(os.cpu_count() or 1, 8) if total >= PAYS_FROM else 1)
    if workers.dask:
        from lrtdocs.run.letters.cluster import open_cluster  # only who asks for Dask has it

        with open_cluster(workers.dask, job, total) as place:
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
