"""Filling letters: here, in processes beside this one, or on a Dask cluster, with the same bytes.

What goes to a worker is a job (the template and the words that all letters share: once a worker)
and batches of words; what comes back is bytes. Only so many batches are on their way at a time, and
they come back in order. A worker that dies costs a batch some time: it is then made here.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Generator
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from lrtdocs.errors import (
    ExitCode,
    LrtdocsError,
    Place,
    Problem,
    TemplateProblemsError,
)
from lrtdocs.word.compile.template import Template, compile_template
from lrtdocs.word.fill.render import Filler
from lrtdocs.word.fill.trace import find_sources
from lrtdocs.word.package.archive import COMPRESSOR

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from concurrent.futures import Executor

    from lrtdocs.run.documents.report import Workers
    from lrtdocs.run.letters.plan import Letter

Rendered = bytes | list[Problem]
"""A filled letter, or the problems that keep it from being one."""

Made = Generator[tuple["Sequence[Letter]", list[Rendered]], None, None]
"""Batches of letters in their order, each with what it became."""

PAYS_FROM = 3000
"""Letters from which a second process makes up for its start."""
BATCH = 50
DASK_BATCH = 500
DASK_TIMEOUT = 5.0  # seconds to find a scheduler


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """What every letter of a run is made from; `digest` is that of the template and its settings.

    A job equals itself only: its words can be those of another run with the same template.
    """

    template: bytes = field(repr=False)
    name: str
    trusted: bool
    shared: Mapping[str, object] = field(repr=False)
    pictures: Mapping[str, bytes] = field(repr=False)
    font: str | None
    digest: str


class DaskMissingError(LrtdocsError):
    """Dask is asked for and not installed."""

    exit_code = ExitCode.USAGE

    def __str__(self) -> str:
        return (
            "Dask is niet geïnstalleerd; --dask kan niet zonder.\n"
            "    doe dit: pip install 'lrtdocs[dask]'"
        )


class DaskUnreachableError(LrtdocsError):
    """There is no Dask scheduler at `address`; `reason` is what the network said."""

    exit_code = ExitCode.USAGE

    def __init__(self, address: str, reason: str) -> None:
        super().__init__(address, reason)
        self.address, self.reason = address, reason

    def __str__(self) -> str:
        return (
            f"Op {self.address} antwoordt geen Dask-cluster ({self.reason}).\n"
            "    doe dit: kijk het adres na (zoals tcp://10.0.0.5:8786) en of de scheduler draait, "
            "of laat --dask weg"
        )


class DaskStrangersError(LrtdocsError):
    """Workers of the cluster at `address` have `theirs`, not what is `ours`: lrtdocs, compressor.

    Their letters could differ from those made here.
    """

    exit_code = ExitCode.USAGE

    def __init__(self, address: str, theirs: str, ours: tuple[str, str]) -> None:
        super().__init__(address, theirs, ours)
        self.address, self.theirs, self.ours = address, theirs, ours

    def __str__(self) -> str:
        return (
            f"De werkers op {self.address} hebben niet dezelfde lrtdocs ({self.theirs}) als deze "
            f"computer ({' met '.join(self.ours)}).\n"
            f"    doe dit: installeer daar lrtdocs {self.ours[0]}; verschilt alleen het woord na "
            "'met', zet dan overal LRTDOCS_COMPRESSOR=zlib-6"
        )


# --- the work itself


_templates: dict[str, Template] = {}  # compiled in this process, by the digest of their job


def keep_template(job: Job, template: Template) -> None:
    """Let this process fill the letters of `job` with `template`, which was compiled already."""
    _templates.clear()
    _templates[job.digest] = template


def _template_of(job: Job) -> Template:
    if job.digest not in _templates:
        template = compile_template(job.template, job.name, trusted=job.trusted)
        keep_template(job, template)
        return template
    return _templates[job.digest]


@lru_cache(maxsize=1)
def _filler_of(job: Job) -> Filler:
    """Return what fills the letters of `job` in this process; what they share is done once."""
    return Filler(_template_of(job), job.shared, pictures=job.pictures, font=job.font)


def render_batch(job: Job, batch: Sequence[Mapping[str, object]]) -> list[Rendered]:
    """Return each letter of `batch` filled; one that fails is its problems, and stops no other."""
    try:
        filler = _filler_of(job)
    except TemplateProblemsError as error:
        return [error.problems for _ in batch]
    return [_render_one(job, filler, words) for words in batch]


def _render_one(job: Job, filler: Filler, words: Mapping[str, object]) -> Rendered:
    try:
        return filler.render(words)
    except TemplateProblemsError as error:
        return find_sources(error, _template_of(job), {**job.shared, **words})
    except Exception as error:  # noqa: BLE001 - one letter must never stop the others
        return [_unexpected(job, error)]


def _unexpected(job: Job, error: Exception) -> Problem:
    return Problem(
        "LRT706",
        Place(job.name),
        f"Bij deze brief ging iets onverwachts mis ({type(error).__name__}: {error}).",
        remedy="Kijk of de gegevens van deze ontvanger anders zijn dan die van de andere.",
    )


# --- where it is done


def render_letters(job: Job, letters: Iterable[Letter], total: int, workers: Workers) -> Made:
    """Yield all `letters` (about `total`) in batches, in their order, each with what it became.

    Raises DaskMissingError or DaskUnreachableError before the first.
    """
    if workers.dask:
        yield from _render_on_dask(job, letters, total, workers.dask)
        return
    count = workers.count or _suitable(total)
    if count > 1:
        yield from _render_in_processes(job, letters, count)
        return
    for batch in _batches(letters, BATCH):
        yield batch, render_batch(job, [letter.words for letter in batch])


def _suitable(total: int) -> int:
    return min(os.cpu_count() or 1, 8) if total >= PAYS_FROM else 1


def _batches(letters: Iterable[Letter], size: int) -> Iterator[list[Letter]]:
    batch: list[Letter] = []
    for letter in letters:
        batch.append(letter)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _in_order(
    job: Job,
    batches: Iterable[Sequence[Letter]],
    window: int,
    submit: Callable[[list[Mapping[str, object]]], Any],
) -> Made:
    """Yield batches in order, with at most `window` of them on their way.

    `submit` returns a future. Whatever goes wrong with one is the fault of a worker or the network,
    because the work itself does not raise: such a batch is made here.
    """
    waiting: deque[tuple[Sequence[Letter], Any]] = deque()

    def take() -> tuple[Sequence[Letter], list[Rendered]]:
        batch, future = waiting.popleft()
        try:
            return batch, future.result()
        except Exception:  # noqa: BLE001 - a lost worker never costs a letter
            return batch, render_batch(job, [letter.words for letter in batch])

    for batch in batches:
        waiting.append((batch, _try(submit, [letter.words for letter in batch])))
        if len(waiting) >= window:
            yield take()
    while waiting:
        yield take()


def _try(submit: Callable[[list[Mapping[str, object]]], Any], words: list[Any]) -> Any:
    try:
        return submit(words)
    except Exception:  # noqa: BLE001 - `take` then finds no future, and makes the batch itself
        return None


# --- processes

_job: Job | None = None  # of this worker process


def _begin_worker(job: Job) -> None:
    """Keep `job` in a worker process, and let the process end with its parent.

    Ctrl-C is for the parent, which stops its workers itself.
    """
    import multiprocessing
    import signal
    import threading

    global _job  # noqa: PLW0603 - the one thing a worker process knows
    _job = job
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:

        def follow() -> None:
            parent.join()
            os._exit(1)

        threading.Thread(target=follow, daemon=True).start()


def _work(batch: list[Mapping[str, object]]) -> list[Rendered]:
    if _job is None:
        raise RuntimeError("a worker without a job")
    return render_batch(_job, batch)


def _make_pool(job: Job, count: int) -> Executor:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    method = "forkserver" if os.name == "posix" else "spawn"
    context = multiprocessing.get_context(method)
    if method == "forkserver":
        context.set_forkserver_preload([__name__])
    return ProcessPoolExecutor(count, context, initializer=_begin_worker, initargs=(job,))


def _render_in_processes(job: Job, letters: Iterable[Letter], count: int) -> Made:
    pool = _make_pool(job, count)
    try:
        yield from _in_order(
            job, _batches(letters, BATCH), count + 2, lambda words: pool.submit(_work, words)
        )
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


# --- Dask


def describe_worker() -> tuple[str, str]:
    """Return what must be the same on all machines for the same bytes: lrtdocs and compressor."""
    return str(import_module("lrtdocs").__version__), COMPRESSOR


def _render_on_dask(job: Job, letters: Iterable[Letter], total: int, address: str) -> Made:
    """Fill `letters` on the cluster at `address`; the job travels to each worker once."""
    try:
        import distributed
    except ImportError as error:
        raise DaskMissingError from error
    client = _open_client(distributed, address)
    try:
        _check_workers(client, address)
        threads = max(1, sum(client.nthreads().values()))
        size = max(1, min(DASK_BATCH, -(-total // (2 * threads))))
        there = client.scatter(job, broadcast=True, hash=False)

        def submit(words: list[Mapping[str, object]]) -> _OnDask:
            future = client.submit(render_batch, there, words, pure=False, retries=3)
            return _OnDask(client, future)

        yield from _in_order(job, _batches(letters, size), threads + 2, submit)
    finally:
        client.close()


class _OnDask:
    """A batch on its way; it is given up when the cluster has no worker left."""

    def __init__(self, client: Any, future: Any) -> None:
        self._client, self._future = client, future

    def result(self) -> list[Rendered]:
        while True:
            try:
                return list(self._future.result(timeout=DASK_TIMEOUT))
            except TimeoutError:
                if not self._client.nthreads():
                    raise


def _open_client(distributed: Any, address: str) -> Any:
    """Return a client of the scheduler at `address`, at which something must answer first.

    A client that finds nothing keeps trying in the background and complains when it is thrown away.
    """
    import socket

    try:
        host, port = distributed.comm.get_address_host_port(address)
        socket.create_connection((host, port), timeout=DASK_TIMEOUT).close()
        return distributed.Client(address, timeout=DASK_TIMEOUT, set_as_default=False)
    except (OSError, ValueError, TypeError, RuntimeError, NotImplementedError) as error:
        raise DaskUnreachableError(address, str(error) or type(error).__name__) from error


def _check_workers(client: Any, address: str) -> None:
    """Raise an error if there are no workers, or some of them would give other bytes."""
    try:
        client.wait_for_workers(1, timeout=DASK_TIMEOUT)
    except TimeoutError as error:
        raise DaskUnreachableError(address, "er is geen enkele werker") from error
    try:
        found = client.run(describe_worker)
    except Exception as error:  # what a worker cannot import comes in many kinds
        raise DaskStrangersError(address, type(error).__name__, describe_worker()) from error
    other = sorted({about for about in found.values() if about != describe_worker()})
    if other:
        raise DaskStrangersError(address, ", ".join(map(" met ".join, other)), describe_worker())
