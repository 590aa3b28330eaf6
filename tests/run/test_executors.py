from __future__ import annotations

import os
import signal
import threading
import time
import warnings
from concurrent.futures import Future
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from mailing_making import make_mailing, run, snapshot

from lrtdocs.errors import ExitCode
from lrtdocs.run.letters import cluster

if TYPE_CHECKING:
    from pathlib import Path


def test_an_address_without_a_cluster_is_told_within_seconds(tmp_path: Path) -> None:
    path = make_mailing(tmp_path)
    begin = time.monotonic()
    outcome = run(path, tmp_path / "uit", dask="tcp://127.0.0.1:9")
    assert [problem.code for problem in outcome.failures[0].problems] == ["LRT732"]
    assert outcome.exit_code == ExitCode.USAGE
    assert time.monotonic() - begin < 15


@pytest.mark.filterwarnings("ignore")
def test_a_cluster_that_loses_a_worker_gives_the_same_bytes(tmp_path: Path) -> None:
    from distributed import LocalCluster

    path = make_mailing(tmp_path, number=600)
    run(path, tmp_path / "hier")
    with (
        warnings.catch_warnings(),
        LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
        ) as dask,
    ):
        warnings.simplefilter("ignore")
        victim = next(iter(dask.workers.values())).pid

        done = threading.Event()

        def kill_when_busy() -> None:
            while len(list((tmp_path / "daar").glob("*.docx"))) < 50 and not done.wait(0.005):
                pass
            os.kill(victim, signal.SIGKILL)

        killer = threading.Thread(target=kill_when_busy)
        killer.start()
        address = dask.scheduler_address
        try:
            outcome = run(path, tmp_path / "daar", dask=address)
        finally:
            done.set()
        killer.join()
    assert (outcome.made, outcome.failed) == (600, 0)
    assert snapshot(tmp_path / "hier") == snapshot(tmp_path / "daar")


def test_a_batch_that_never_comes_is_given_up_though_there_are_workers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cluster, "TIMEOUT", 0.01)
    monkeypatch.setattr(cluster, "PATIENCE", 0.05)
    client = SimpleNamespace(nthreads=lambda: {"tcp://127.0.0.1:1": 1})
    with pytest.raises(TimeoutError):
        cluster._wait(client, Future())
