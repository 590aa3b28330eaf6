"""The kinds of values a field can hold: text in, value out, and what an editor should know of it.

Every validator takes the text as it was typed (or the finished value, for Python code) and refuses
with `refuse`: the key of a message in the catalogue, and its fields. The schemas are wider than
"string", because an editor reads `10.00` as a number where lrtdocs reads text.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from pydantic import BeforeValidator, PlainSerializer, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from lrtdocs import dutch, messages
from lrtdocs.messages import FaultError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sized

_Filled = TypeVar("_Filled", bound="Sized")
TEXT_SCHEMA: dict[str, Any] = {"type": ["string", "number", "boolean"]}
_DATE_PATTERN = (
    r"^\s*(\d{4}-\d{2}-\d{2}|\d{1,2}-\d{1,2}-\d{4}"
    r"|([A-Za-z]+\s+)?\d{1,2}\s+[A-Za-z]+\.?\s+\d{4})\s*$"
)
_DATE_SCHEMA: dict[str, Any] = {"type": "string", "pattern": _DATE_PATTERN}


def refuse(key: str, **fields: object) -> PydanticCustomError:
    """Return the refusal of a value, to be raised: the message that it becomes, and its fields."""
    return PydanticCustomError(
        key, "{melding}", {**fields, "melding": messages.text(key, **fields)}
    )


def refuse_shape(what: str) -> PydanticCustomError:
    """Return the refusal of a list or a mapping where a single value belongs."""
    return refuse("LRT204.hoort", what=what)


def _text(value: object, what: str) -> str:
    if not isinstance(value, str):
        raise refuse_shape(what)
    return value.strip()


# --- text


def _one_line(value: object) -> str:
    """Return the text on one line: a line break typed in it is a space."""
    text = _text(value, "één tekst")
    return " ".join(line.strip() for line in text.splitlines()) if "\n" in text else text


Regel = Annotated[str, PlainValidator(_one_line), WithJsonSchema(TEXT_SCHEMA)]
"""One line of plain text."""


def as_list(value: object) -> object:
    """Return a single text as a list of its lines; anything else as it is."""
    if isinstance(value, str):
        return [line.strip() for line in value.splitlines() if line.strip()]
    return value


def as_list_of_one(value: object) -> object:
    """Return a single text, of however many lines, as a list of one; anything else as it is."""
    return [value] if isinstance(value, str) else value


def allow_text(schema: dict[str, Any]) -> None:
    """Let the schema of a list allow a single text as well; for `Field(json_schema_extra=…)`."""
    schema["anyOf"] = [{key: schema.pop(key) for key in ("type", "items") if key in schema}]
    schema["anyOf"].append(TEXT_SCHEMA)


def not_empty(value: _Filled) -> _Filled:
    """Refuse a list or mapping with nothing in it."""
    if not value:
        raise refuse("LRT203.hier")
    return value


def list_schema(item: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a list that may also be given as a single text."""
    return {"anyOf": [{"type": "array", "items": item}, TEXT_SCHEMA]}


Regels = Annotated[
    tuple[Regel, ...], BeforeValidator(as_list), WithJsonSchema(list_schema(TEXT_SCHEMA))
]
"""A list of lines; a single text counts as a list of its lines."""


# --- numbers


def _number(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    try:
        return dutch.parse_number(_text(value, "een heel getal, zoals 13000 of 13.000"))
    except FaultError as error:
        raise refuse("LRT233", reason=error.message, remedy=error.remedy) from error


Getal = Annotated[
    int,
    PlainValidator(_number),
    WithJsonSchema(
        {
            "type": ["string", "number"],
            "pattern": r"^\s*\d+([. ]\d{3})*\s*$",
            "minimum": 0,
            "examples": [13000, "13.000"],
        }
    ),
]
"""A whole number, not negative."""


# --- dates and times


def _date(value: object) -> dt.date:
    if isinstance(value, dt.date):
        return value
    try:
        return dutch.parse_date(_text(value, "een datum"))
    except FaultError as error:
        raise refuse("LRT205", reason=error.message, remedy=error.remedy) from error


def _date_or_text(value: object) -> dt.date | str:
    if isinstance(value, str) and not dutch.looks_like_date(value):
        return _one_line(value)
    return _date(value)


def _date_or_file(value: object) -> dt.date | str:
    if isinstance(value, str) and value.strip().lower().endswith((".yaml", ".yml")):
        return value.strip()
    expected = "een datum, of de naam van een YAML-bestand"
    try:
        return value if isinstance(value, dt.date) else dutch.parse_date(_text(value, expected))
    except FaultError as error:
        if dutch.looks_like_date(str(value)):
            raise refuse("LRT205.of-bestand", reason=error.message, remedy=error.remedy) from error
        raise refuse("LRT205.geen-van-beide", reason=error.message) from error


_write_date = PlainSerializer(lambda value: value if isinstance(value, str) else value.isoformat())
Datum = Annotated[
    dt.date,
    PlainValidator(_date),
    _write_date,
    WithJsonSchema({**_DATE_SCHEMA, "examples": ["2025-03-19", "19 maart 2025"]}),
]
"""A date."""
DatumOfTekst = Annotated[
    dt.date | str, PlainValidator(_date_or_text), _write_date, WithJsonSchema(TEXT_SCHEMA)
]
"""A date, or words such as "voor de zomer"; what looks like a date must be one."""
DatumOfBestand = Annotated[
    dt.date | str,
    PlainValidator(_date_or_file),
    _write_date,
    WithJsonSchema(
        {"anyOf": [_DATE_SCHEMA, {"type": "string", "pattern": r"\.[Yy][Aa]?[Mm][Ll]\s*$"}]}
    ),
]
"""A date, or the name of the YAML file of another meeting."""


@dataclass(frozen=True, slots=True)
class Tijdvak:
    """A time, or a span of time when it has an end."""

    begin: dt.time
    eind: dt.time | None = None

    def __str__(self) -> str:
        return dutch.format_timespan(self.begin, self.eind)


def _span(value: object) -> Tijdvak:
    if isinstance(value, Tijdvak):
        return value
    try:
        return Tijdvak(*dutch.parse_timespan(_text(value, "een tijd, zoals 10:00 of 10:00-11:30")))
    except FaultError as error:
        raise refuse("LRT206", reason=error.message, remedy=error.remedy) from error


Tijd = Annotated[
    Tijdvak,
    PlainValidator(_span),
    PlainSerializer(str),
    WithJsonSchema(
        {
            "type": ["string", "number"],
            "pattern": r"^\s*(van\s+)?\d{1,2}[:.]\d{2}",
            "examples": ["10:00", "10:00-11:30", "10.00 uur"],
        }
    ),
]
"""A time or a span of time."""


# --- choices


def choice(names: Iterable[str], synonyms: dict[str, str]) -> Callable[[object], str]:
    """Return a validator that takes one of `names` in any capitals, or one of `synonyms`."""
    known = {name.lower(): name for name in names} | synonyms
    choices = join_choices(names)

    def validate(value: object) -> str:
        text = _text(value, choices)
        found = known.get(" ".join(text.lower().split()))
        if found is None:
            raise refuse("LRT207.keus", text=text, choices=choices)
        return found

    return validate


def join_choices(names: Iterable[str]) -> str:
    """Return the choices as one phrase: "'a', 'b' of 'c'"."""
    *first, last = [f"'{name}'" for name in names]
    return f"{', '.join(first)} of {last}" if first else last


def choice_schema(names: Iterable[str], synonyms: Iterable[str] = ()) -> dict[str, Any]:
    """Return a schema that completes `names`, and allows them and `synonyms` in any capitals."""
    pattern = "|".join(_any_capitals(name) for name in (*names, *synonyms))
    return {
        "anyOf": [{"enum": list(names)}, {"type": "string", "pattern": rf"^\s*({pattern})\s*$"}]
    }


def _any_capitals(name: str) -> str:
    """Return a pattern for `name` in any capitals; JSON Schema has no flag for that."""
    letters = (f"[{letter.upper()}{letter}]" if letter.isalpha() else letter for letter in name)
    return "".join(letters).replace(" ", r"\s+")


_YES_NO = ("ja", "nee")
_ALSO = ("waar", "onwaar", "true", "false")


def _yes_no(value: object) -> bool:
    if isinstance(value, bool):
        return value
    text = _text(value, "ja of nee")
    answer = dutch.parse_yes_no(text)
    if answer is None:
        raise refuse("LRT208", text=text)
    return answer


JaNee = Annotated[
    bool,
    PlainValidator(_yes_no),
    PlainSerializer(lambda value: "ja" if value else "nee"),
    WithJsonSchema(choice_schema(_YES_NO, _ALSO)),
]
"""Yes or no."""


# --- addresses

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")


def _email(value: object) -> str:
    text = _text(value, "een e-mailadres")
    if _EMAIL.fullmatch(text) is None:
        raise refuse("LRT209", text=text)
    return text


Email = Annotated[
    str,
    PlainValidator(_email),
    WithJsonSchema({"type": "string", "pattern": r"^\s*[^@\s]+@[^@\s]+\.[^@\s.]+\s*$"}),
]
"""An e-mail address, checked for its shape only."""


def _place(value: object) -> str:
    text = _one_line(value)
    date = dutch.find_date(text)
    if date:
        raise refuse("LRT211", date=date)
    return text


Plaats = Annotated[str, PlainValidator(_place), WithJsonSchema(TEXT_SCHEMA)]
"""A place; a date is refused, because people do fill it in here."""
