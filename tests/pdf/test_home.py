"""Temporary folders: what a killed run left is swept, what is in use stays."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from office_faking import install_fake

from lrtdocs.pdf.office.home import Home, sweep
from lrtdocs.pdf.office.office import SETTING

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="locks that tell who is dead")
LEAVE = """
import os, sys
from lrtdocs.pdf.office.home import Home
home = Home()
print(home.path, flush=True)
sys.stdin.read()
os.kill(os.getpid(), 9)
"""


def owner(temporary):
    """Start a process that has a folder; return it, and the folder."""
    process = subprocess.Popen(
        [sys.executable, "-c", LEAVE],
        env={**os.environ, "TMPDIR": str(temporary)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    return process, Path(process.stdout.readline().strip())


def end(process):
    process.communicate(timeout=20)


def test_what_a_killed_run_left_is_swept_and_what_is_in_use_stays(temporary):
    (living, used), (dying, left) = owner(temporary), owner(temporary)
    (left / "brief.docx").write_bytes(b"geheim")
    end(dying)
    strange = temporary / "lrtdocs-van-mij"
    strange.mkdir()
    assert left.exists()
    sweep.cache_clear()

    with Home() as mine:
        assert sorted(temporary.iterdir()) == sorted([used, strange, Path(mine)])

    end(living)


def test_a_link_to_a_folder_of_somebody_else_is_left_alone(temporary, tmp_path):
    process, left = owner(temporary)
    end(process)
    left.rename(tmp_path / "elders")
    left.symlink_to(tmp_path / "elders")
    sweep.cache_clear()

    with Home():
        assert (tmp_path / "elders").exists()


@pytest.mark.office
def test_a_run_that_is_killed_leaves_no_libreoffice_and_the_next_sweeps_its_folder(
    temporary, tmp_path
):
    told = {SETTING: str(install_fake(tmp_path, "hangs")), "TMPDIR": str(temporary)}
    code = "import lrtdocs; lrtdocs.convert(b'PK')"
    process = subprocess.Popen([sys.executable, "-c", code], env={**os.environ, **told})
    while process.poll() is None and not _command_lines(tmp_path / "office"):
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    folders = list(temporary.iterdir())
    assert folders
    sweep.cache_clear()

    with Home():
        assert not any(folder.exists() for folder in folders)
        time.sleep(0.1)
        assert _command_lines(tmp_path / "office") == []


def _command_lines(office):
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            found.append(path.read_bytes().replace(b"\0", b" ").decode(errors="replace"))
        except OSError:
            continue
    return [line for line in found if str(office) in line and "--headless" in line]
