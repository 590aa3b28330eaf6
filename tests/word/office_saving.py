"""LibreOffice as an editor: Word documents opened and saved again, for tests marked `office`."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from lrtdocs.pdf import probe


def save_again(*documents: bytes) -> list[bytes]:
    """Return `documents` as LibreOffice writes them."""
    office = probe()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in").mkdir()
        files = [folder / "in" / f"{number}.docx" for number in range(len(documents))]
        for file, data in zip(files, documents, strict=True):
            file.write_bytes(data)
        profile = f"-env:UserInstallation={(folder / 'profiel').as_uri()}"
        kind = ["--convert-to", "docx:MS Word 2007 XML", "--outdir", name]
        command = [office.path, "--headless", profile, *kind, *map(str, files)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        return [(folder / file.name).read_bytes() for file in files]
