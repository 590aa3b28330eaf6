from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
import warnings
from concurrent.futures import Future
from multiprocessing import forkserver
from pathlib import Path
from types import SimpleNamespace

import pytest
from mailing_making import make_mailing, run, snapshot

from lrtdocs.api.letters import LettersOptions, make_letters
from lrtdocs.errors import ExitCode
from lrtdocs.run.letters import cluster


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
    client = SimpleNamespace(status="running", nthreads=lambda: {"tcp://127.0.0.1:1": 1})
    with pytest.raises(TimeoutError):
        cluster._wait(client, Future())


def _start_dask(folder: Path) -> tuple[subprocess.Popen[bytes], subprocess.Popen[bytes], str]:
    """Start a scheduler and a worker, each a process of its own; return them and the address."""
    where = folder / "scheduler.json"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1"]
    more = ["--port", "0", "--no-dashboard", "--no-show", "--scheduler-file", str(where)]
    scheduler = subprocess.Popen([*command, *more], **quiet)
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", "--scheduler-file", str(where)]
    one = ["--nworkers", "1", "--nthreads", "1", "--no-dashboard", "--no-nanny"]
    started = subprocess.Popen([*worker, *one], **quiet)
    while not where.exists():
        time.sleep(0.05)
    return scheduler, started, str(json.loads(where.read_text(encoding="utf-8"))["address"])


@pytest.mark.filterwarnings("ignore")
def test_a_cluster_that_loses_its_scheduler_gives_the_same_bytes_and_that_is_told(
    tmp_path: Path,
) -> None:
    path = make_mailing(tmp_path, number=600)
    run(path, tmp_path / "hier")
    scheduler, worker, address = _start_dask(tmp_path)
    done = threading.Event()

    def kill_when_busy() -> None:
        while len(list((tmp_path / "daar").glob("*.docx"))) < 50 and not done.wait(0.005):
            pass
        scheduler.kill()

    killer = threading.Thread(target=kill_when_busy)
    killer.start()
    try:
        outcome = run(path, tmp_path / "daar", dask=address)
    finally:
        done.set()
        killer.join()
        for process in (scheduler, worker):
            process.kill()
            process.wait()
    assert (outcome.made, outcome.failed, outcome.exit_code) == (600, 0, ExitCode.DONE)
    assert [problem.key for problem in outcome.problems] == ["LRT737"]
    assert snapshot(tmp_path / "hier") == snapshot(tmp_path / "daar")


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="it looks for processes in /proc")
def test_a_process_that_the_system_ends_costs_no_letter_and_is_told(tmp_path: Path) -> None:
    path = make_mailing(tmp_path, number=400)
    run(path, tmp_path / "hier")
    killed: list[int] = []

    def kill_one(_text: str, done: int, _total: int) -> None:
        workers = [pid for pid in _children() if pid not in killed]
        if done and workers and not killed:
            killed.append(workers[-1])
            os.kill(workers[-1], signal.SIGKILL)

    options = LettersOptions(tmp_path / "daar", workers=2)
    outcome = make_letters(path, options, progress=kill_one)
    assert killed
    assert (outcome.made, outcome.failed, outcome.exit_code) == (400, 0, ExitCode.DONE)
    assert [problem.key for problem in outcome.problems] == ["LRT737.proces"]
    assert snapshot(tmp_path / "hier") == snapshot(tmp_path / "daar")


def _children() -> list[int]:
    """Return the processes that the fork server of this one made."""
    (server,) = [forkserver._forkserver._forkserver_pid]
    lines = (path.read_text() for path in Path("/proc").glob("[0-9]*/stat") if path.exists())
    parents = {int(line.split()[0]): int(line.rpartition(")")[2].split()[1]) for line in lines}
    return sorted(pid for pid, parent in parents.items() if parent == server)
