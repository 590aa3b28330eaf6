"""Characters that have no place in a YAML file: found, told, and replaced to read on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lrtdocs.errors import Place, Problem, Severity
from lrtdocs.source.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_BYTES = 5_000_000
MAX_TOLD = 20
"""So many lines with the same kind of character are told one by one; of the rest the number."""

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
_NAMES = {
    "\x00": "NUL",
    "\x07": "BEL",
    "\x0b": "een regeleinde binnen een tekst, uit Word",
    "\x0c": "een pagina-einde",
    "\x1b": "ESC",
    "\x85": "een onzichtbaar regeleinde",
    "\u2028": "een onzichtbaar regeleinde",
    "\u2029": "een onzichtbaar einde van een alinea",
}


def describe_character(character: str) -> str:
    """Return a name people can search for: "U+0007 (BEL)"."""
    name = _NAMES.get(character)
    return f"U+{ord(character):04X}" + (f" ({name})" if name else "")


def check_size(text: str, file: str) -> Problem | None:
    """Return the problem of a text over 5 MB, or None."""
    size = len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))
    if size <= MAX_BYTES:
        return None
    return Problem(
        "LRT102",
        Place(file),
        "Dit bestand is te groot.",
        expected="hoogstens 5 MB",
        found=f"{size / 1_000_000:.1f} MB".replace(".", ","),
        remedy="Verdeel de inhoud over meer bestanden.",
    )


def read_lines(text: str, file: str) -> tuple[Lines, list[Problem]]:
    """Split `text` into lines that YAML can read, with all characters that may not be there."""
    text = text.removeprefix("\ufeff")
    lines = Lines(file, re.split(r"\r\n|\r|\n", text))
    problems = _check_each(lines, _CONTROL, _control_problem)
    problems += _check_each(lines, _SURROGATE, _surrogate_problem)
    problems += _check_each(lines, _DIRECTION, _direction_problem)
    problems += _check_each(lines, re.compile("\t"), _tab_problem)
    for number, line in enumerate(lines.lines):
        lines.lines[number] = _SURROGATE.sub("\ufffd", _CONTROL.sub(" ", line))
    _expand_tabs(lines)
    return lines, problems


def check_value(text: str, place: Place) -> Problem | None:
    """Return the problem of a character that an escape put into a value, or None."""
    if _SURROGATE.search(text):
        return _surrogate_problem(place, text)
    if match := _CONTROL.search(text):
        return _control_problem(place, match.group())
    return _tab_problem(place, "\t") if "\t" in text else None


def _check_each(
    lines: Lines, pattern: re.Pattern[str], make: Callable[[Place, str], Problem]
) -> list[Problem]:
    """Return a problem for the first match on each line, the last of many standing for the rest."""
    found = [
        make(lines.place(number, match.start()), match.group())
        for number, line in enumerate(lines.lines)
        if (match := pattern.search(line))
    ]
    told, rest = found[:MAX_TOLD], found[MAX_TOLD:]
    if rest:
        first = rest[0]
        told.append(
            Problem(
                first.code,
                first.place,
                f"{first.message} Vanaf hier geldt dat voor nog {len(rest)} regels.",
                remedy=first.remedy,
                severity=first.severity,
            )
        )
    return told


def _control_problem(place: Place, character: str) -> Problem:
    return Problem(
        "LRT104",
        place,
        "Hier staat een teken dat u niet ziet en dat niet in een document kan.",
        found=describe_character(character),
        remedy="Haal het teken weg: wis dit stuk en typ het opnieuw.",
    )


def _surrogate_problem(place: Place, _found: str) -> Problem:
    return Problem(
        "LRT105",
        place,
        "Hier staat een half teken, een stuk van bijvoorbeeld een emoji.",
        remedy="Haal het weg, of plak het hele teken opnieuw.",
    )


def _direction_problem(place: Place, character: str) -> Problem:
    return Problem(
        "LRT106",
        place,
        "Hier staat een onzichtbaar teken dat de leesrichting omkeert. "
        "De tekst ziet er dan anders uit dan hij is.",
        found=describe_character(character),
        remedy="Haal het weg als u het er niet zelf hebt gezet.",
        severity=Severity.WARNING,
    )


def _tab_problem(place: Place, _found: str) -> Problem:
    return Problem(
        "LRT103",
        place,
        "Hier staat een tab.",
        expected="spaties",
        remedy="Vervang de tab door spaties. Veel editors doen dat vanzelf als u dat instelt.",
    )


def _expand_tabs(lines: Lines) -> None:
    """Make every tab a space, and those that indent as wide as one step in this file."""
    step = _indent_step(lines)
    for number, line in enumerate(lines.lines):
        if "\t" not in line:
            continue
        margin = len(line) - len(line.lstrip(" \t"))
        if "\t" in line[:margin]:
            lines.told.add(number)
        lines.lines[number] = line.replace("\t", " ")
        for column in reversed([at for at in range(margin) if line[at] == "\t"]):
            lines.insert(number, column, " " * (step - 1))


def _indent_step(lines: Lines) -> int:
    steps = {lines.indent(number) for number, line in enumerate(lines.lines) if line[:1] == " "}
    return min((step for step in steps if 2 <= step <= 8), default=2)
