"""Characters that have no place in a YAML file: found, told, and replaced to read on."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from lrtdocs.errors import Place, Problem, Severity
from lrtdocs.source.yaml.limits import check_length, cut_long_lines
from lrtdocs.source.yaml.lines import Lines

MAX_TOLD = 20
"""So many lines with the same kind of character are told one by one; of the rest the number."""


class _Kind(NamedTuple):
    """Characters of one kind, and what to say about them."""

    code: str
    pattern: re.Pattern[str]
    message: str
    remedy: str
    expected: str = ""
    severity: Severity = Severity.ERROR


_CONTROL = _Kind(
    "LRT104",
    re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]"),
    "Hier staat een teken dat u niet ziet en dat niet in een document kan.",
    "Haal het teken weg: wis dit stuk en typ het opnieuw.",
)
_SURROGATE = _Kind(
    "LRT105",
    re.compile("[\ud800-\udfff]"),
    "Hier staat een half teken, een stuk van bijvoorbeeld een emoji.",
    "Haal het weg, of plak het hele teken opnieuw.",
)
_DIRECTION = _Kind(
    "LRT106",
    re.compile("[\u202a-\u202e\u2066-\u2069]"),
    "Hier staat een onzichtbaar teken dat de leesrichting omkeert. "
    "De tekst ziet er dan anders uit dan hij is.",
    "Haal het weg als u het er niet zelf hebt gezet.",
    severity=Severity.WARNING,
)
_HIDDEN = _Kind(
    "LRT106",
    re.compile("[\u200b\u2060\ufeff]"),
    "Hier staat een teken dat u niet ziet.",
    "Haal het weg: wis dit stuk en typ het opnieuw.",
    severity=Severity.WARNING,
)
_TAB = _Kind(
    "LRT103",
    re.compile("\t"),
    "Hier staat een tab.",
    "Vervang de tab door spaties. Veel editors doen dat vanzelf als u dat instelt.",
    expected="spaties",
)
_ODD_SPACE = _Kind(
    "LRT109",
    re.compile("[\u00a0\u2000-\u200a\u202f\u3000]"),
    "Hier staat een bijzondere spatie, bijvoorbeeld uit Word of van een webpagina.",
    "Wis de spaties op deze plaats en typ ze opnieuw.",
    expected="een gewone spatie",
)
_ODD = _ODD_SPACE.pattern.pattern
_MARGIN = re.compile(rf"(?: |{_ODD}|-(?= |{_ODD}))*(?:[a-z_]+:(?={_ODD})(?: |{_ODD})*)?")
"""What makes up the layout of a line: its indent, the dash of an item, the space behind a key."""
_NAMES = {
    "\x00": "NUL",
    "\x07": "BEL",
    "\x0b": "een regeleinde binnen een tekst, uit Word",
    "\x0c": "een pagina-einde",
    "\x1b": "ESC",
    "\x85": "een onzichtbaar regeleinde",
    "\xa0": "een harde spatie",
    "\u2028": "een onzichtbaar regeleinde",
    "\u2029": "een onzichtbaar einde van een alinea",
}


def describe_character(character: str) -> str:
    """Return a name people can search for: "U+0007 (BEL)"."""
    name = _NAMES.get(character)
    return f"U+{ord(character):04X}" + (f" ({name})" if name else "")


def read_lines(text: str, file: str) -> tuple[Lines, list[Problem]]:
    """Split `text` into lines that YAML can read, with all that may not be in them."""
    text = text.removeprefix("\ufeff")
    lines = Lines(file, re.split(r"\r\n|\r|\n", text))
    problems: list[Problem] = []
    for kind in (_CONTROL, _SURROGATE, _DIRECTION, _HIDDEN, _TAB):
        problems += _check_kind(lines, kind)
    problems += _check_margins(lines)
    problems += cut_long_lines(lines)
    for number, line in enumerate(lines.lines):
        lines.lines[number] = _SURROGATE.pattern.sub("\ufffd", _CONTROL.pattern.sub(" ", line))
    _expand_tabs(lines)
    return lines, problems


def check_value(text: str, place: Place) -> Problem | None:
    """Return the problem of a value that is too long, or has a wrong character by an escape."""
    too_long = check_length(text, place)
    if too_long is not None:
        return too_long
    for kind in (_SURROGATE, _CONTROL, _TAB):
        if match := kind.pattern.search(text):
            return _problem(kind, place, match.group())
    return None


def _check_kind(lines: Lines, kind: _Kind) -> list[Problem]:
    """Return a problem for the first character of `kind` on each line."""
    return _shorten(
        [
            _problem(kind, lines.place(number, match.start()), match.group())
            for number, line in enumerate(lines.lines)
            if (match := kind.pattern.search(line))
        ]
    )


def _check_margins(lines: Lines) -> list[Problem]:
    """Make every odd space in the layout of a line a plain one, and return the problems of them."""
    found = []
    for number, line in enumerate(lines.lines):
        match = _MARGIN.match(line)
        margin = match.group() if match else ""
        odd = _ODD_SPACE.pattern.search(margin)
        if odd:
            found.append(_problem(_ODD_SPACE, lines.place(number, odd.start()), odd.group()))
            lines.lines[number] = _ODD_SPACE.pattern.sub(" ", margin) + line[len(margin) :]
    return _shorten(found)


def _problem(kind: _Kind, place: Place, character: str) -> Problem:
    shown = "" if kind in (_TAB, _SURROGATE) else describe_character(character)
    return Problem(kind.code, place, kind.message, kind.expected, shown, kind.remedy, kind.severity)


def _shorten(found: list[Problem]) -> list[Problem]:
    """Return the first of the problems `found` as they are, and one for all the rest."""
    told, rest = found[:MAX_TOLD], found[MAX_TOLD:]
    if rest:
        message = f"{rest[0].message} Vanaf hier geldt dat voor nog {len(rest)} regels."
        told.append(replace(rest[0], message=message, expected="", found=""))
    return told


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
