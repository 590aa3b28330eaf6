"""The page that is stopped while letters are made: what is done stays, and nothing runs on."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import httpx2
import pytest
from mailing_making import MAIN

from lrtdocs import api
from lrtdocs.pdf import ConversionError, probe

if TYPE_CHECKING:
    from collections.abc import Callable

EXAMPLES = Path(__file__).parents[2] / "examples"
MAILING = "taakstelling-2025-II.yaml"
SOON = 60.0


def _has_office() -> bool:
    try:
        probe()
    except ConversionError:
        return False
    return True


pytestmark = pytest.mark.skipif(
    sys.platform == "win32" or not _has_office(), reason="asks /proc, and LibreOffice"
)


def running(folder: Path) -> list[str]:
    """Return the programs that have `folder` among their arguments."""
    found = []
    for line in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            command = line.read_bytes()
        except OSError:
            continue
        if os.fsencode(folder) in command:
            found.append(command.replace(b"\0", b" ").decode())
    return found


def until(holds: Callable[[], object], what: str) -> None:
    deadline = time.monotonic() + SOON
    while not holds():
        assert time.monotonic() < deadline, what
        time.sleep(0.05)


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_nothing_is_left_when_the_page_ends_while_pdfs_are_made(
    tmp_path: Path, sign: signal.Signals
) -> None:
    folder, temporary = tmp_path / "map", tmp_path / "tijdelijk"
    folder.mkdir()
    temporary.mkdir()
    for name in (MAILING, "adressen.xlsx", "huisstijl.yaml"):
        shutil.copy(EXAMPLES / name, folder)
    command = [*MAIN, "web", str(folder), "--geen-browser"]
    environment = {**os.environ, "TMPDIR": str(temporary), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as page:
        try:
            assert page.stdout is not None
            link = page.stdout.readline().strip()
            base = link.partition("/?")[0]
            with httpx2.Client(base_url=base, headers={"origin": base}) as browser:
                start = browser.get(link.removeprefix(base), follow_redirects=True).text
                found = re.search(r"/mailing/[0-9a-f]{16}", start)
                assert found is not None
                at = found[0]
                assert browser.post(f"{at}/maken", data={"pdf": "ja"}).status_code == 303
                until(lambda: running(temporary), "LibreOffice did not start")
                out = folder / "taakstelling-2025-II-brieven"
                until(lambda: list(out.glob("*.pdf")), "no PDF was made")
            page.send_signal(sign)
            page.wait(SOON)
        finally:
            page.kill()
    until(lambda: not running(temporary), f"left: {running(temporary)}")
    assert not list(temporary.iterdir())
    assert not list(out.glob("*.tmp"))
    assert not (out / ".lrtdocs.lock").exists()
    results = api.list_results(out)
    assert {one.became for one in results.letters} == {api.Became.MADE}
    assert results.pdfs > 0
