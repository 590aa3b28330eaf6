"""What is told about a table: a problem for everything odd that a file of cells can have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs import dutch, messages
from lrtdocs.errors import FileProblemError, Place, Problem, Severity
from lrtdocs.source.sheet.cells import MAX_TEXT, column_letters
from lrtdocs.source.yaml.characters import describe_character

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from lrtdocs.source.sheet.cells import Area, Cell, Heading
    from lrtdocs.source.sheet.headings import Header


def outside(cell: Cell, *, alone: bool) -> Problem:
    """Return the warning of a cell that is in no column; `alone` when its row has nothing else."""
    what = "Deze rij heeft alleen een aantekening" if alone else "Deze cel staat buiten de tabel"
    return Problem(
        "LRT611",
        cell.place,
        f"{what}: lrtdocs slaat haar over.",
        found=_shorten(cell.text),
        remedy="Hoort dit erbij, zet dan een kop boven de kolom. Haal het anders weg.",
        severity=Severity.WARNING,
    )


def note(cell: Cell) -> Problem:
    """Return the warning of a row in the table that holds one cell, and no recipient."""
    return outside(cell, alone=True)


def ragged(place: Place, found: int, expected: int) -> Problem:
    """Return the problem of a line of CSV with more or fewer cells than there are headings."""
    return Problem(
        "LRT615",
        place,
        f"Deze regel heeft {_count(found)}, maar er zijn {expected} koppen.",
        expected=_count(expected),
        found=_count(found),
        remedy='Staat er een scheidingsteken in een tekst, zet die tekst dan tussen "…".',
    )


def _count(cells: int) -> str:
    return "1 cel" if cells == 1 else f"{cells} cellen"


def too_long(cell: Cell) -> Problem:
    """Return the problem of a cell with more text than fits a letter."""
    return Problem(
        "LRT612",
        cell.place,
        "De tekst in deze cel is te lang.",
        expected=f"hoogstens {dutch.format_number(MAX_TEXT)} tekens",
        found=f"{dutch.format_number(len(cell.text))} tekens",
        remedy="Maak de tekst korter.",
    )


def forbidden(cell: Cell, character: str) -> Problem:
    """Return the problem of a cell with a character that cannot be in a document."""
    return Problem(
        "LRT613",
        cell.place,
        "In deze cel staat een teken dat u niet ziet en dat niet in een document kan.",
        found=describe_character(character),
        remedy="Wis de cel en typ de tekst opnieuw.",
    )


def unseen(cell: Cell, character: str) -> Problem:
    """Return the warning of a cell with a character that is there, but cannot be seen."""
    return Problem(
        "LRT614",
        cell.place,
        "In deze cel staat een teken dat u niet ziet.",
        found=describe_character(character),
        remedy="Wis de cel en typ de tekst opnieuw.",
        severity=Severity.WARNING,
    )


def merged(file: str, area: Area) -> Problem:
    """Return the problem of merged cells among the data."""
    return messages.problem("LRT607.cellen", _corner(file, area), area=area)


def merged_headings(file: str, area: Area, column: int) -> Problem:
    """Return the warning of merged headings, so that `column` has none of its own."""
    letters = column_letters(column)
    return messages.problem("LRT607.koppen", _corner(file, area), area=area, column=letters)


def _corner(file: str, area: Area) -> Place:
    return Place(file, cell=str(area).partition(":")[0])


def hidden(place: Place, message: str, *, one: bool) -> Problem:
    """Return the warning of rows or columns that are hidden; `one` of them, or more."""
    return Problem(
        "LRT609",
        place,
        message,
        remedy="Moet die niet meedoen, haal die dan weg uit het bestand."
        if one
        else "Moeten ze niet meedoen, haal ze dan weg uit het bestand.",
        severity=Severity.WARNING,
    )


def hidden_columns(
    file: str, ranges: Sequence[range], headings: Iterable[Heading], columns: Mapping[int, str]
) -> list[Problem]:
    """Return a warning for each column with a heading that is hidden."""
    texts = {heading.key: heading.text for heading in headings}
    return [
        hidden(
            Place(file, cell=f"{column_letters(column)}1"),
            f"De kolom '{texts[key]}' is verborgen, maar telt wel mee.",
            one=True,
        )
        for column, key in columns.items()
        if any(column in hidden_range for hidden_range in ranges)
    ]


def too_many(path: Path, rows: int) -> FileProblemError:
    """Return the refusal of a table with more rows than any list of addresses."""
    return FileProblemError(
        str(path),
        f"Deze tabel heeft meer dan {dutch.format_number(rows)} rijen.",
        "Verdeel de rijen over meer bestanden.",
    )


def several(path: Path, names: Sequence[str], name: str) -> Problem:
    """Return the warning that there are more sheets with something in them than the one read."""
    return Problem(
        "LRT610",
        Place(str(path)),
        f"Deze werkmap heeft {len(names)} bladen met inhoud: lrtdocs leest het blad '{name}'.",
        found=dutch.join_words(names[:10]),
        remedy="Moet het een ander blad zijn, haal dan de andere bladen weg.",
        severity=Severity.WARNING,
    )


def no_headings(header: Header, words: Mapping[str, str], file: str) -> list[Problem]:
    """Return the problem of a table without any of the headings that are known."""
    if not words or header.score:
        return []
    names = list(dict.fromkeys(words.values()))
    place = header.headings[0].place if header.headings else Place(file)
    return [
        Problem(
            "LRT601",
            place,
            "Deze tabel heeft geen rij met koppen die lrtdocs kent.",
            expected=f"koppen zoals {dutch.join_words(names[:6])}",
            found=_shorten(", ".join(heading.text for heading in header.headings)),
            remedy="Zet boven elke kolom wat erin staat.",
        )
    ]


def _shorten(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:59]}…"
