"""LibreOffice as an editor: Word documents opened and saved again, for tests marked `office`."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from lrtdocs.pdf import probe
from lrtdocs.pdf.office.backend import office_command


def save_again(*documents: bytes) -> list[bytes]:
    """Return `documents` as LibreOffice writes them."""
    office = probe()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in").mkdir()
        files = [folder / "in" / f"{number}.docx" for number in range(len(documents))]
        for file, data in zip(files, documents, strict=True):
            file.write_bytes(data)
        kind = ["--convert-to", "docx:MS Word 2007 XML", "--outdir", name]
        command = [*office_command(office, folder / "profiel"), *kind, *map(str, files)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        return [(folder / file.name).read_bytes() for file in files]
