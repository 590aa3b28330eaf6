"""Filling letters on a Dask cluster: all that lrtdocs knows of Dask.

The job travels to each worker once. The workers must have the same lrtdocs and the same compressor
as this computer, because their letters could differ from those made here.
"""

from __future__ import annotations

from contextlib import closing, contextmanager, suppress
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any

from lrtdocs import messages
from lrtdocs.errors import Place, UsageError
from lrtdocs.run.letters.fill import Workplace, maker, work

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future

    from lrtdocs.errors import Problem
    from lrtdocs.run.letters.fill import Job, Rendered

LARGEST_BATCH = 100  # letters, of 10 kB each: a task costs the scheduler about 10 ms
TIMEOUT = 5.0  # seconds to find a scheduler, and between two looks at whether it has workers
PATIENCE = 60.0  # seconds for a batch, which takes less than one: a scheduler can lose a task
_NOWHERE = Place("")


@contextmanager
def open_cluster(address: str, job: Job, total: int) -> Iterator[Workplace]:
    """Yield the cluster at `address` as a place to fill about `total` letters of `job`.

    Raises UsageError if Dask is not installed, nothing answers, or the workers are of another kind.
    """
    try:
        import distributed
    except ImportError as error:
        raise UsageError(messages.problem("LRT731", _NOWHERE)) from error
    with closing(_open_client(distributed, address)) as client:
        _check_workers(client, address)
        threads = max(1, sum(client.nthreads().values()))
        size = max(1, min(LARGEST_BATCH, -(-total // (2 * threads))))
        there = client.scatter(job, broadcast=True, hash=False)
        executor = client.get_executor(pure=False, retries=3)
        yield Workplace(
            lambda words: partial(_wait, client, executor.submit(work, there, words)),
            size,
            threads + 2,
            partial(_tell_lost, client, address),
        )


def _tell_lost(client: Any, address: str) -> Problem | None:
    """Return the problem of a cluster that is not there any more, None if it is."""
    if client.status == "running":
        with suppress(Exception):  # what a network does when it is gone comes in many kinds
            if client.nthreads():
                return None
    return messages.problem("LRT737", _NOWHERE, address=address)


def _wait(client: Any, future: Future[list[Rendered]]) -> list[Rendered]:
    """Return the result of `future`; raise TimeoutError when it will not come any more.

    That is when the cluster has no worker left, or at the end of `PATIENCE`.
    """
    deadline = monotonic() + PATIENCE
    while True:
        try:
            return future.result(timeout=TIMEOUT)
        except TimeoutError:
            if client.status != "running" or not client.nthreads() or monotonic() > deadline:
                raise


def _open_client(distributed: Any, address: str) -> Any:
    """Return a client of the scheduler at `address`, at which something must answer first.

    A client that finds nothing keeps trying in the background and complains when it is thrown away.
    """
    import socket

    try:
        host, port = distributed.comm.get_address_host_port(address)
        socket.create_connection((host, port), timeout=TIMEOUT).close()
        return distributed.Client(address, timeout=TIMEOUT, set_as_default=False)
    except (OSError, ValueError, TypeError, RuntimeError, NotImplementedError) as error:
        raise _unreachable(address, str(error) or type(error).__name__) from error


def _unreachable(address: str, reason: str) -> UsageError:
    return UsageError(messages.problem("LRT732", _NOWHERE, address=address, reason=reason))


def _check_workers(client: Any, address: str) -> None:
    """Raise UsageError if there are no workers, or some of them would give other bytes."""
    try:
        client.wait_for_workers(1, timeout=TIMEOUT)
    except TimeoutError as error:
        raise _unreachable(address, "er is geen enkele werker") from error
    try:
        found = set(client.run(maker).values())
    except Exception as error:  # what a worker cannot import comes in many kinds
        raise _strangers(address, type(error).__name__) from error
    other = sorted(found - {maker()})
    if other:
        raise _strangers(address, ", ".join(map(" met ".join, other)))


def _strangers(address: str, theirs: str) -> UsageError:
    version, compressor = maker()
    ours = f"{version} met {compressor}"
    return UsageError(
        messages.problem(
            "LRT733", _NOWHERE, address=address, theirs=theirs, ours=ours, version=version
        )
    )
