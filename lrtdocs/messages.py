"""The catalogue of messages: every text that a person reads about a problem, by its code.

The texts stand in `data/messages/*.toml`, one file a hundred of codes, read when the first problem
of that hundred is made. A code is a table with a title; it has one message, or several of one kind
under a name of their own:

    [LRT607]
    titel = "Samengevoegde cellen"

    [LRT607.koppen]
    soort = "waarschuwing"
    melding = "De koppen {area} zijn samengevoegd."
    gevonden = "{area}"
    remedie = "Hef het samenvoegen op in Excel, en geef elke kolom een eigen kop."
    voorbeeld = { area = "B3:C3" }

`hier` is what a message about a part of a package says where its place names the part already.

A message is made by its key and its fields: `problem("LRT607.koppen", place, area="B3:C3")`. A
whole number is written in Dutch, and chooses between two words: `{n} {n:cel|cellen}`. Pieces that
messages share have keys that begin with "deel." and no code. `python -m lrtdocs.messages
docs/meldingen.md` writes the page about all codes.
"""

from __future__ import annotations

import errno
import string
import sys
from collections.abc import Mapping  # noqa: TC003 - pydantic looks it up, for `Fault`
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from lrtdocs.errors import Place, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parent / "data" / "messages"
TEXTS = ("melding", "verwacht", "gevonden", "remedie")
"""The parts of a message that are templates with named fields."""
HUNDREDS = {
    "LRT0": "bestanden en opdrachten",
    "LRT1": "een YAML-bestand lezen",
    "LRT2": "wat er in een vergadering, een mailing of een huisstijl staat",
    "LRT3": "sjablonen",
    "LRT4": "PDF en LibreOffice",
    "LRT5": "Word-bestanden",
    "LRT6": "tabellen en lijsten",
    "LRT7": "verzendingen en hun brieven",
    "LRT8": "openbaar maken, archiveren en toegankelijkheid",
    "LRT9": "de pagina op uw eigen computer",
}
"""What the codes are about, by their first digit."""
_FOUND_LIMIT = 200
_NOTHING: Mapping[str, object] = MappingProxyType({})


class _Texts(string.Formatter):
    """Fills fields: numbers in Dutch, and `{n:one|more}` chooses by the number `n`."""

    def format_field(self, value: Any, format_spec: str) -> str:
        if "|" in format_spec:
            one, _, more = format_spec.partition("|")
            return one if value == 1 else more
        if type(value) is int and not format_spec:
            return f"{value:,}".replace(",", ".") if abs(value) >= 10_000 else str(value)
        return format(value, format_spec)


_FORMATTER = _Texts()


def problem(
    key: str, place: Place, /, severity: Severity | None = None, **fields: object
) -> Problem:
    """Return the problem `key` at `place`, its texts filled with `fields`.

    `severity` is that of the catalogue unless it is given. Raises KeyError for a key that is not in
    the catalogue, or a text that asks for a field that is not given.
    """
    row = find_row(key)
    message, expected, found, remedy = (fill(row.get(part, ""), fields) for part in TEXTS)
    return Problem(
        key.partition(".")[0],
        place,
        message,
        expected,
        found if len(found) <= _FOUND_LIMIT else found[:_FOUND_LIMIT] + " …",
        remedy,
        severity or Severity(row.get("soort", Severity.ERROR)),
        key,
        fields,
    )


def text(key: str, /, **fields: object) -> str:
    """Return the text of the piece `key`, such as "deel.woord", that other messages take in."""
    return fill(find_row(key)["melding"], fields)


def system_reason(error: OSError) -> str:
    """Return in Dutch why the system refused; with its number where that has no words here."""
    number = error.errno or 0
    name = errno.errorcode.get(number, "")
    return str(load_codes("deel")["systeem"].get(name, f"fout {number} van het systeem"))


def fill(template: str, fields: Mapping[str, object]) -> str:
    """Return `template` with its fields filled."""
    return _FORMATTER.vformat(template, (), fields) if "{" in template else template


def find_row(key: str) -> Mapping[str, Any]:
    """Return what the catalogue says under `key`; KeyError where that is nothing."""
    code, _, name = key.partition(".")
    row: Mapping[str, Any] = load_codes(code[:4])[code]
    return row[name] if name else row


@cache
def load_codes(start: str) -> Mapping[str, Any]:
    """Return the codes that begin with `start` ("LRT6", or "deel"), as they stand in the file."""
    import tomllib  # of a command that has nothing to tell this would be 5 % of the start

    return tomllib.loads((FOLDER / f"{start}.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Fault:
    """A problem that does not know its place yet: the key of a message, and its fields."""

    key: str
    fields: Mapping[str, object] = field(default_factory=dict, compare=False)

    def at(self, place: Place) -> Problem:
        """Return the fault as a problem at `place`."""
        return problem(self.key, place, None, **self.fields)

    @property
    def text(self) -> str:
        """The message of the fault by itself, to stand inside another one."""
        return text(self.key, **self.fields)

    @property
    def remedy(self) -> str:
        """What to do about it."""
        return fill(find_row(self.key).get("remedie", ""), self.fields)


class FaultError(ValueError):
    """A value that is not what it should be: raised where no place is known.

    Takes the key of a message and its fields; whoever knows the place calls `at`. `place` is that
    of the value, where the value knows it.
    """

    place: Place | None = None

    def __init__(
        self, key: str, fields: Mapping[str, object] = _NOTHING, /, **more: object
    ) -> None:
        self.fault = Fault(key, {**fields, **more})
        super().__init__(key, dict(self.fault.fields))

    def at(self, place: Place) -> Problem:
        """Return the fault as a problem at `place`."""
        return self.fault.at(place)

    @property
    def message(self) -> str:
        """The message of the fault by itself, to stand inside another one."""
        return fill(find_row(self.fault.key)["melding"], self.fault.fields)

    @property
    def remedy(self) -> str:
        """What to do about it."""
        return self.fault.remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()


# --- the page about all messages

_OPENING = """\
# De meldingen van lrtdocs

Elke melding heeft een code. Hier staat bij elke code wat die betekent en wat u kunt doen.
Wat in een melding wisselt, zoals een naam of een getal, is hier met een voorbeeld ingevuld.

Een **fout** houdt een document tegen. Een **waarschuwing** en een **tip** doen dat niet: het
document wordt gemaakt, maar kijk er even naar.

"""
_MARKDOWN = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]<>|"})


def build_page() -> str:
    """Return the page, in Markdown, of all codes: title, level, each message and what to do."""
    starts = [start for start in HUNDREDS if (FOLDER / f"{start}.toml").exists()]
    contents = [f"* [{_heading(start)}](#{start.lower()})" for start in starts]
    sections = [section for start in starts for section in _sections(start)]
    return _OPENING + "\n".join(contents) + "\n" + "".join(sections)


def _heading(start: str) -> str:
    return f"{start}00 tot en met {start}99: {HUNDREDS[start]}"


def _sections(start: str) -> Iterator[str]:
    yield f'\n<a id="{start.lower()}"></a>\n\n## {_heading(start)}\n'
    for code, row in sorted(load_codes(start).items()):
        yield f"\n### {code}\n\n**{row['titel'].translate(_MARKDOWN)}**\n"
        rows = [row, *(value for name, value in row.items() if _is_row(name, value))]
        yield from dict.fromkeys(_message(each) for each in rows if "melding" in each)


def _is_row(name: str, value: object) -> bool:
    return isinstance(value, dict) and name != "voorbeeld"


def _message(row: Mapping[str, Any]) -> str:
    """Return one message as it may look, with what else it says below it."""
    said = {part: fill(row.get(part, ""), row.get("voorbeeld", {})) for part in TEXTS}
    flat = {part: " ".join(text.split()).translate(_MARKDOWN) for part, text in said.items()}
    lines = [f"\n* *{row.get('soort', Severity.ERROR)}*: {flat['melding']}"]
    for part, label in (("verwacht", "Verwacht"), ("remedie", "Doe dit")):
        if flat[part]:
            lines.append(f"  {label}: {flat[part]}")
    return "  \n".join(lines) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(build_page(), encoding="utf-8")
