"""How large a file and its values may be: far beyond any meeting, and still read in seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs import dutch
from lrtdocs.errors import Place, Problem
from lrtdocs.source.yaml.mistakes import Mistake, Spot, value_spot

if TYPE_CHECKING:
    from lrtdocs.source.yaml.lines import Lines

MAX_BYTES = 5_000_000
MAX_LINES = 20_000
MAX_VALUES = 100_000
MAX_LENGTH = 20_000
"""So many characters a line or a value may have."""
MAX_DEPTH = 50
_SPLIT_FILE = "Verdeel de inhoud over meer bestanden."


def check_size(text: str, file: str) -> Problem | None:
    """Return the problem of a text with too many bytes or lines, or None."""
    size = len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))
    if size > MAX_BYTES:
        found = f"{dutch.format_number(round(size / 1_000_000, 1))} MB"
        return _too_large(file, f"hoogstens {MAX_BYTES // 1_000_000} MB", found)
    lines = max(text.count("\n"), text.count("\r"))
    if lines > MAX_LINES:
        expected = f"hoogstens {dutch.format_number(MAX_LINES)} regels"
        return _too_large(file, expected, f"{dutch.format_number(lines)} regels")
    return None


def _too_large(file: str, expected: str, found: str) -> Problem:
    message = "Dit bestand is te groot."
    return Problem("LRT102", Place(file), message, expected, found, _SPLIT_FILE)


def check_length(text: str, place: Place) -> Problem | None:
    """Return the problem of a value that is too long, or None."""
    return _too_long(place, len(text)) if len(text) > MAX_LENGTH else None


def cut_long_lines(lines: Lines) -> list[Problem]:
    """Put a harmless value in the place of each that is too long, and return their problems."""
    problems = []
    for number, line in enumerate(lines.lines):
        if len(line) > MAX_LENGTH:
            lines.lines[number] = line[:MAX_LENGTH]
            spot = value_spot(lines, Spot(number, MAX_LENGTH))
            problems.append(_too_long(lines.place(*spot), len(line) - spot.column))
            lines.spoil(*spot)
    return problems


def _too_long(place: Place, length: int) -> Problem:
    return Problem(
        "LRT107",
        place,
        "Deze tekst is te lang.",
        expected=f"hoogstens {dutch.format_number(MAX_LENGTH)} tekens",
        found=f"{dutch.format_number(length)} tekens",
        remedy="Verdeel de tekst over meer agendapunten of zet een deel in een bijlage.",
    )


def too_deep(lines: Lines, spot: Spot) -> Mistake:
    """Return the mistake of lists or mappings inside each other, one more than there may be."""
    return Mistake(
        "LRT108",
        spot,
        f"Hier liggen meer dan {MAX_DEPTH} lijsten of blokken in elkaar.",
        "Maak het bestand minder diep.",
        lambda: lines.blank(spot.line),
    )


def too_many(lines: Lines, spot: Spot) -> Mistake:
    """Return the mistake of one value more than a file may have; nothing after it is read."""
    return Mistake(
        "LRT102",
        spot,
        "Dit bestand is te groot: verder dan hier leest lrtdocs niet.",
        _SPLIT_FILE,
        lambda: lines.cut(spot.line),
        expected=f"hoogstens {dutch.format_number(MAX_VALUES)} waarden",
    )
