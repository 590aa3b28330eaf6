"""A small mailing to run: a template, a list of recipients, a house style."""

from __future__ import annotations

import hashlib
import sys
from typing import TYPE_CHECKING

import openpyxl
from docx import Document
from docx_making import new_document

from lrtdocs.api.checking import check
from lrtdocs.api.letters import LettersOptions, make_letters
from lrtdocs.errors import Severity

if TYPE_CHECKING:
    from pathlib import Path

    from lrtdocs.errors import Problem
    from lrtdocs.run.documents.report import LettersOutcome

_HEAR = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
MAIN = [sys.executable, "-c", f"{_HEAR}; from lrtdocs.cli import main; main()"]
"""The command line, which hears Ctrl-C also where the tests were started in the background."""

MAILING = (
    "sjabloon: brief.docx\nontvangers: lijst.csv\ndagtekening: 2025-03-19\nbetreft: Proef\n"
    "ondertekening: {naam: A}\n"
)


ERROR, WARNING = str(Severity.ERROR), str(Severity.WARNING)
HEAD = ["naam", "adres", "postcode", "plaats"]
WHO = ["Straat 1", "1234 AB", "Ede"]


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


def mailing(folder: Path, headings: list[str], rows: list[list[object]], *texts: str) -> Path:
    """Write a mailing whose letters say `texts`, a paragraph each, to a list with more columns."""
    path = make_mailing(folder)
    write_template(folder, *texts)
    book = openpyxl.Workbook()
    book.active.append([*HEAD, *headings])
    for number, row in enumerate(rows):
        book.active.append([f"Naam {number}", *WHO, *row])
    book.save(folder / "lijst.xlsx")
    path.write_text(MAILING.replace("lijst.csv", "lijst.xlsx"), encoding="utf-8")
    return path


def write_template(folder: Path, *texts: str) -> None:
    """Write the template, with a paragraph for each of `texts`."""
    document = new_document()
    for text in texts:
        document.add_paragraph(text)
    document.save(str(folder / "brief.docx"))


def told(problems: list[Problem]) -> set[tuple[str, str, str]]:
    """Return of each problem its code, how bad it is, and its cell."""
    return {(one.code, str(one.severity), one.place.cell or "") for one in problems}


def told_twice(folder: Path, path: Path) -> set[tuple[str, str, str]]:
    """Return what the check tells, which the run must tell as well."""
    checked, ran = check(path), run(path, folder / "uit").problems
    assert told(checked) == told(ran)
    return told(checked)


def letters(folder: Path) -> list[str]:
    """Return the text of each letter that was made, its paragraphs with a bar between them."""
    made = sorted((folder / "uit").glob("*.docx"))
    return ["|".join(p.text for p in Document(str(one)).paragraphs) for one in made]
