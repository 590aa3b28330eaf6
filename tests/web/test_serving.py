"""The page as a process of its own: it tells its link, serves this computer, and stops cleanly."""

from __future__ import annotations

import http.client
import os
import resource
import signal
import socket
import subprocess
import sys
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lrtdocs.web.desk import Desk

PROGRAM = [sys.executable, "-c", "import lrtdocs.cli; lrtdocs.cli.main()"]
GIGABYTES = 2 * 10**9


@contextmanager
def started(folder: Path, *options: str, home: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Start `lrtdocs web` in `folder`; yield the process and the link that it tells."""
    command = [*PROGRAM, "web", str(folder), "--geen-browser", *options]
    environment = {**os.environ, "TMPDIR": str(home)}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env=environment, **pipes) as process:
        assert process.stdout is not None
        try:
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()


def ask(link: str) -> tuple[int, str]:
    parts = urlsplit(link)
    with closing(http.client.HTTPConnection(parts.netloc, timeout=20)) as connection:
        connection.request("GET", f"{parts.path}?{parts.query}")
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_the_page_tells_its_link_and_stops_without_a_trace(
    folder: Path, tmp_path: Path, stop: signal.Signals
) -> None:
    home = tmp_path / "tijdelijk"
    home.mkdir()
    with started(folder, home=home) as (process, link):
        status, page = ask(link)
        assert status == 200
        assert "Landelijke Regietafel" in page
        assert ask(link.partition("?")[0])[0] == 403

        process.send_signal(stop)
        out, err = process.communicate(timeout=20)

    assert (out, err) == ("", "")
    assert process.returncode in {0, -stop}
    assert list(home.iterdir()) == []


def test_a_port_that_is_taken_is_told(folder: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = [*PROGRAM, "web", str(folder), "--geen-browser", "--poort", port]
        done = subprocess.run(command, check=False, capture_output=True, text=True)

    assert done.returncode == 2
    assert "LRT906" in done.stderr


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    command = [*PROGRAM, "web", str(tmp_path / "weg"), "--geen-browser"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)

    assert done.returncode == 2
    assert "LRT905" in done.stderr


def test_the_page_is_not_to_be_reached_from_another_computer(site: Desk) -> None:
    others = {each[4][0] for each in socket.getaddrinfo(socket.gethostname(), None)}

    for address in others - {"127.0.0.1", "::1"}:
        with (
            pytest.raises((ConnectionRefusedError, TimeoutError)),
            socket.create_connection((address, site.port), timeout=2),
        ):
            pass


def test_two_gigabytes_are_refused_with_a_page_and_kept_nowhere(site: Desk) -> None:
    piece = bytes(1_000_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with closing(http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)) as connection:
        connection.putrequest("POST", "/vergadering/nieuw")
        for name, value in (
            ("Origin", f"http://127.0.0.1:{site.port}"),
            ("Cookie", f"lrtdocs-{site.port}={site.secret}"),
            ("Content-Type", "multipart/form-data; boundary=x"),
            ("Content-Length", str(GIGABYTES)),
        ):
            connection.putheader(name, value)
        connection.endheaders()
        for _ in range(GIGABYTES // len(piece)):
            connection.send(piece)
        answer = connection.getresponse()
        page = answer.read().decode()

    assert answer.status == 413
    assert "groter dan 25 MB" in page
    assert list(site.scratch.iterdir()) == []
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60_000  # kB
