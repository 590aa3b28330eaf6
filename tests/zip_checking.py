"""A zip as who unpacks it finds it: its files, and whether their checksums are right."""

from __future__ import annotations

import io
import os
import subprocess
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def unpack(data: bytes, folder: Path) -> dict[str, bytes]:
    """Unpack the zip `data` into `folder`; return its files by their paths in it."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        package.extractall(folder)
        return {name: package.read(name) for name in package.namelist()}


def wrong_checksums(folder: Path) -> list[str]:
    """Return the files in `folder` whose checksums `sha256sum` finds wrong, or does not look at."""
    told = subprocess.run(
        ["sha256sum", "-c", "--strict", "sha256sums.txt"],
        cwd=folder, check=False, capture_output=True, text=True, encoding="utf-8",
        env={**os.environ, "LC_ALL": "C", "LANGUAGE": ""},
    )  # fmt: skip
    assert told.returncode in (0, 1), told.stderr
    good = {line.removesuffix(": OK") for line in told.stdout.splitlines() if line.endswith(": OK")}
    there = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    return sorted(there - good - {"sha256sums.txt"})
