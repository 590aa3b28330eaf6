"""The list of a body's people, `leden.xlsx` or `leden.csv`: who they are, and their addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs import messages
from lrtdocs.errors import Problem, has_errors
from lrtdocs.findings import Findings
from lrtdocs.model.tekst import EMAIL
from lrtdocs.source.files import find_upwards
from lrtdocs.source.lists.columns import FIELDS, heading_words
from lrtdocs.source.lists.lid import Lid
from lrtdocs.source.sheet import note, open_table

if TYPE_CHECKING:
    from pathlib import Path

    from lrtdocs.source.sheet import Row

MEMBERS = ("leden.xlsx", "leden.csv")
"""What the list is called."""
_WORDS = heading_words(
    {
        "naam": "lid, deelnemer, volledige_naam, naam_lid, naam_deelnemer",
        "organisatie": f"{FIELDS['organisatie']}, namens",
        "rol": "functie",
        "email": FIELDS["email"],
    }
)


def find_members(start: Path) -> Path | None:
    """Return the list that goes for the file `start`: beside it, or nearest above; or None."""
    found = [path for name in MEMBERS if (path := find_upwards(start, name))]
    return max(found, key=lambda path: len(path.parts), default=None)


def is_members(path: Path) -> bool:
    """Tell whether the table at `path` is such a list, by its name."""
    return path.name.lower() in MEMBERS


def check_members(path: Path) -> list[Problem]:
    """Return every problem of the list at `path`; FileProblemError if it cannot be read."""
    leden, problems = read_members(path)
    return [*problems, *(tell_no_address(lid) for lid in leden if not lid.email)]


def tell_no_address(lid: Lid) -> Problem:
    """Return the warning that `lid` has no address."""
    return messages.problem("LRT091.leeg", lid.plaats_in_bestand, who=lid.naam)


def read_members(path: Path) -> tuple[list[Lid], list[Problem]]:
    """Read the people in `path`, with all problems of the file; without a name a row is nobody.

    What is no address counts as none. Raises FileProblemError if the file cannot be read.
    """
    table = open_table(path, _WORDS)
    findings = Findings(table.opening)
    missing = [name for name in ("naam", "email") if not table.has(name)]
    if missing and not has_errors(table.opening):
        place = table.headings[0].place
        findings.extend(messages.problem("LRT604.leden", place, name=name) for name in missing)
    if missing:
        return [], findings.as_list()
    leden = [lid for row in table.rows(findings) if (lid := _make_lid(row, findings))]
    return leden, findings.as_list()


def _make_lid(row: Row, findings: Findings) -> Lid | None:
    naming = row.cells.get("naam") or row.cells.get("organisatie")
    if naming is None:
        findings.extend([note(row.first)] if row.first is not None else [])
        return None
    email = row.text("email").strip().strip("<>").removeprefix("mailto:")
    if email and EMAIL.fullmatch(email) is None:
        findings.add(messages.problem("LRT623", row.cells["email"].place, text=email))
        email = ""
    naam, organisatie, rol = (
        " ".join(text.split()) for text in (naming.text, row.text("organisatie"), row.text("rol"))
    )
    return Lid(naming.place, naam, organisatie, rol, email)
