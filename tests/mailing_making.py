"""A small mailing to run: a template, a list of recipients, a house style."""

from __future__ import annotations

import hashlib
import sys
from typing import TYPE_CHECKING

from docx_making import new_document

from lrtdocs.api.letters import LettersOptions, make_letters

if TYPE_CHECKING:
    from pathlib import Path

    from lrtdocs.run.documents.report import LettersOutcome

_HEAR = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
MAIN = [sys.executable, "-c", f"{_HEAR}; from lrtdocs.cli import main; main()"]
"""The command line, which hears Ctrl-C also where the tests were started in the background."""

MAILING = (
    "sjabloon: brief.docx\nontvangers: lijst.csv\ndagtekening: 2025-03-19\nbetreft: Proef\n"
    "ondertekening: {naam: A}\n"
)


def make_mailing(folder: Path, number: int = 5, extra: str = "", text: str = "") -> Path:
    """Write a mailing of `number` letters into `folder`; return its YAML file."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "huisstijl.yaml").write_text("afzenders: {a: {team: T}}\n", encoding="utf-8")
    document = new_document()
    document.add_paragraph(text or "Aan {{ naam }} te {{ plaats }}, nummer {{ volgnummer }}")
    document.save(str(folder / "brief.docx"))
    rows = [f"Naam {i};Straat {i};1234 AB;Plaats;10\n" for i in range(1, number + 1)]
    write_list(folder, rows)
    path = folder / "m.yaml"
    path.write_text(MAILING + extra, encoding="utf-8")
    return path


def write_list(folder: Path, rows: list[str]) -> None:
    """Write the list of recipients."""
    head = "naam;adres;postcode;plaats;deler\n"
    (folder / "lijst.csv").write_text(head + "".join(rows), encoding="utf-8")


def run(path: Path, target: Path, **options: object) -> LettersOutcome:
    """Make the letters of `path` in `target`."""
    return make_letters(path, LettersOptions(target, **options))  # type: ignore[arg-type]


def snapshot(folder: Path) -> dict[str, str]:
    """Return every file in `folder` with its digest."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
