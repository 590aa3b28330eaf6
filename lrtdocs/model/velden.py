"""The kinds of values a field can hold: text in, value out, and what an editor should know of it.

Every field takes the text as it was typed (or the finished value, for Python code) and refuses what
it cannot read with a `FaultError`. The schemas are wider than "string", because an editor reads
`10.00` as a number where lrtdocs reads text.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, WrapValidator
from pydantic_core import core_schema

from lrtdocs import dutch
from lrtdocs.messages import FaultError
from lrtdocs.model.openbaar.gronden import GRONDEN, parse_grond
from lrtdocs.model.openbaar.keuze import Keuze, parse_keuze
from lrtdocs.model.openbaar.marks import parse_marks
from lrtdocs.model.patroon import Patroon, parse_patroon
from lrtdocs.model.schema import TEXT_SCHEMA
from lrtdocs.model.tekst import EMAIL, Tekst, parse_address, parse_besluit, parse_tekst
from lrtdocs.model.typed import GLYPHS, find_note, find_references

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sized

_Filled = TypeVar("_Filled", bound="Sized")


@dataclass(frozen=True, eq=False)
class Reads:
    """How a field reads its text, as pydantic is told: by `parse`, unless it is a `kind` already.

    `what` belongs there, where a list or a mapping stands. With a `key` the message is that one,
    which takes in what `parse` says.
    """

    parse: Callable[[str], Any]
    what: str = "één tekst"
    kind: type | tuple[type, ...] = ()
    key: str = ""
    schema: Mapping[str, Any] | None = None

    def __get_pydantic_core_schema__(self, _source: object, _handler: object) -> Any:
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(self, _core: object, _handler: object) -> dict[str, Any]:
        return dict(self.schema or TEXT_SCHEMA)

    def read(self, value: object) -> object:
        """Return what `value` is read as; raise `FaultError`."""
        if isinstance(value, self.kind):
            return value
        if not isinstance(value, str):
            raise FaultError("LRT204.hoort", what=self.what)
        try:
            return self.parse(value)
        except FaultError as error:
            if not self.key:
                raise
            raise FaultError(self.key, reason=error.message, remedy=error.remedy) from error


# --- text


_BULLET = re.compile(rf"(?:[-*\u2013]|[{GLYPHS}])\s+")


def one_line(text: str) -> str:
    """Return `text` on one line: a line break typed in it is a space; a list is refused.

    What is marked to be left out of a publication copy stays known (`Gemerkt`).
    """
    rows = [row for row in map(str.strip, text.splitlines()) if row]
    if len(rows) > 1 and _BULLET.match(rows[-1]) and _BULLET.match(rows[-2]):
        raise FaultError("LRT204.regel")
    return parse_marks(" ".join(rows))


Regel = Annotated[str, Reads(one_line)]
"""One line of plain text."""


def _link(text: str) -> str:
    parse_address(line := one_line(text))
    return line


Weblink = Annotated[str, Reads(_link)]
"""The address of a page on the web or of somebody's mail, with or without its scheme."""


def _file_name(text: str) -> str:
    line = one_line(text)
    if re.match(r"(?:https?://|www\.)", line, re.IGNORECASE):
        raise FaultError("LRT229.web", text=line)
    return line.replace("\\", "/")


Bestand = Annotated[str, Reads(_file_name)]
"""The path of a file, seen from the one that names it; as Windows writes it too."""
TekstField = Annotated[Tekst, Reads(parse_tekst, kind=Tekst)]
"""A small Markdown."""
BriefTekstField = Annotated[Tekst, Reads(partial(parse_tekst, words=True), kind=Tekst)]
"""The same, with words of each recipient in it."""
BesluitField = Annotated[Tekst, Reads(parse_besluit, kind=Tekst)]
"""A small Markdown without headings."""


PatroonField = Annotated[
    Patroon,
    Reads(
        lambda text: parse_patroon(" ".join(text.split())),
        "tekst met woorden tussen accolades, zoals {volgnummer:04}-{naam}",
        Patroon,
        schema={**TEXT_SCHEMA, "examples": ["{volgnummer:04}-{naam}", "{code}"]},
    ),
]
"""A pattern field of a model: text in, `Patroon` out."""


def as_list(value: object) -> object:
    """Return a single text as a list of its lines, without bullets; anything else as it is."""
    if isinstance(value, str):
        rows = (line.strip() for line in value.splitlines())
        return [_BULLET.sub("", row, count=1) if _BULLET.match(row) else row for row in rows if row]
    return value


def as_decisions(value: object) -> object:
    """Return a single text as a list of one, or of its items if it is a list; else as it is.

    Each text begins as many lines down as in the whole, so that its messages know their place. The
    notes of a list go with the items that refer to them; the last has those of nobody.
    """
    rows = value.split("\n") if isinstance(value, str) else []
    notes = {at: name for at, row in enumerate(rows) if (name := find_note(row))}
    starts = [at for at, row in enumerate(rows) if re.match(r"[-*] ", row)]
    begins = sorted([*starts, *notes])
    if not starts or any(row[:1].strip() and at not in begins for at, row in enumerate(rows)):
        return [value] if isinstance(value, str) else value
    pieces = dict(zip(begins, map(slice, begins, [*begins[1:], len(rows)]), strict=True))
    texts = {at: "\n".join(rows[pieces[at]]) for at in starts}
    texts = {at: f"  {text[2:].lstrip()}" for at, text in texts.items()}
    asked = defaultdict[str, list[int]](list)
    for at, text in texts.items():
        for name in dict.fromkeys(find_references(text)):
            asked[name].append(at)
    own = {at: [text] for at, text in texts.items()}
    ends = {at: at + text.count("\n") for at, text in texts.items()}
    for at, name in notes.items():
        for start in asked[name] or starts[-1:]:
            own[start] += ["\n" * max(at - ends[start], 1), *rows[pieces[at]][:1]]
            own[start] += [f"\n{row}" for row in rows[pieces[at]][1:]]
            ends[start] = max(at, ends[start] + 1) + len(rows[pieces[at]]) - 1
    return ["\n" * at + "".join(own[at]) for at in starts]


def allow_text(schema: dict[str, Any]) -> None:
    """Let the schema of a list allow a single text as well."""
    array = {key: schema.pop(key) for key in ("type", "items") if key in schema}
    schema["anyOf"] = [array, TEXT_SCHEMA]


def one_or_more(model: type[BaseModel]) -> tuple[object, ...]:
    """Return what lets one `model` stand where a list of them is meant, also in the schema."""

    def read(value: Any, handler: Any) -> Any:
        one = isinstance(value, model | Mapping | str)
        return (model.model_validate(value),) if one else handler(value)

    def allow(schema: dict[str, Any]) -> None:
        items = schema["items"]
        schema["anyOf"] = [items, {"type": schema.pop("type"), "items": schema.pop("items")}]

    return WrapValidator(read), Field(json_schema_extra=allow)


also_text = Field(json_schema_extra=allow_text)
"""Of a list that may also be given as a single text."""
Regels = Annotated[tuple[Regel, ...], BeforeValidator(as_list), also_text]
"""A list of lines; a single text counts as a list of its lines."""


def not_empty(value: _Filled) -> _Filled:
    """Refuse a list or mapping with nothing in it."""
    if not value:
        raise FaultError("LRT203.hier")
    return value


# --- numbers

Getal = Annotated[
    int,
    Reads(
        dutch.parse_number,
        "een heel getal, zoals 13000 of 13.000",
        key="LRT233",
        schema={
            "type": ["string", "number"],
            "pattern": r"^\s*\d+([. ]\d{3})*\s*$",
            "minimum": 0,
            "examples": [13000, "13.000"],
        },
    ),
    BeforeValidator(lambda value: str(value) if type(value) is int else value),
]
"""A whole number, not negative."""


# --- dates and times

_DATE_SCHEMA: dict[str, Any] = {
    "type": "string",
    "pattern": r"^\s*(\d{4}-\d{2}-\d{2}|\d{1,2}-\d{1,2}-\d{4}"
    r"|([A-Za-z]+\s+)?\d{1,2}\s+[A-Za-z]+\.?\s+\d{4})\s*$",
}
_FILE_SCHEMA = {"type": "string", "pattern": r"\.[Yy][Aa]?[Mm][Ll]\s*$"}
_DATE = Reads(
    dutch.parse_date,
    "een datum",
    dt.date,
    "LRT205",
    {**_DATE_SCHEMA, "examples": ["2025-03-19", "19 maart 2025"]},
)


def _date_or_text(text: str) -> object:
    return _DATE.read(text) if dutch.looks_like_date(text) else one_line(text)


def _date_or_file(text: str) -> object:
    if text.strip().lower().endswith((".yaml", ".yml")):
        return text.strip()
    key = "LRT205.of-bestand" if dutch.looks_like_date(text) else "LRT205.geen-van-beide"
    return Reads(dutch.parse_date, key=key).read(text)


Datum = Annotated[dt.date, _DATE]
"""A date."""
DatumOfTekst = Annotated[dt.date | str, Reads(_date_or_text, "een datum", dt.date)]
"""A date, or words such as "voor de zomer"; what looks like a date must be one."""
DATE_OR_FILE = Reads(
    _date_or_file,
    "een datum, of de naam van een YAML-bestand",
    dt.date,
    schema={"anyOf": [_DATE_SCHEMA, _FILE_SCHEMA]},
)
DatumOfBestand = Annotated[dt.date | str, DATE_OR_FILE]
"""A date, or the name of the YAML file of another meeting."""


@dataclass(frozen=True, slots=True)
class Tijdvak:
    """A time, or a span of time when it has an end."""

    begin: dt.time
    eind: dt.time | None = None

    def __str__(self) -> str:
        return dutch.format_timespan(self.begin, self.eind)


Tijd = Annotated[
    Tijdvak,
    Reads(
        lambda text: Tijdvak(*dutch.parse_timespan(text)),
        "een tijd, zoals 10:00 of 10:00-11:30",
        Tijdvak,
        "LRT206",
        {
            "type": ["string", "number"],
            "pattern": r"^\s*(van\s+)?\d{1,2}[:.]\d{2}",
            "examples": ["10:00", "10:00-11:30", "10.00 uur"],
        },
    ),
]
"""A time or a span of time."""


# --- choices


def one_of(kind: type[StrEnum], synonyms: Mapping[str, StrEnum]) -> Reads:
    """Return how a choice among `kind` is read: in any capitals, or by one of `synonyms`."""
    known = {**{choice.lower(): choice for choice in kind}, **synonyms}
    choices = join_choices(kind)

    def parse(text: str) -> StrEnum:
        found = known.get(" ".join(text.lower().split()))
        if found is None:
            raise FaultError("LRT207.keus", text=text.strip(), choices=choices)
        return found

    return Reads(parse, choices, schema=_choice_schema(list(kind), synonyms))


def join_choices(names: Iterable[str]) -> str:
    """Return the choices as one phrase: "'a', 'b' of 'c'"."""
    *first, last = [f"'{name}'" for name in names]
    return f"{', '.join(first)} of {last}" if first else last


def _choice_schema(names: Iterable[str], synonyms: Iterable[str]) -> dict[str, Any]:
    """Return a schema that completes `names`, and allows them and `synonyms` in any capitals."""
    pattern = "|".join(_any_capitals(name) for name in (*names, *synonyms))
    return {
        "anyOf": [{"enum": list(names)}, {"type": "string", "pattern": rf"^\s*({pattern})\s*$"}]
    }


def _any_capitals(name: str) -> str:
    """Return a pattern for `name` in any capitals; JSON Schema has no flag for that."""
    letters = (f"[{letter.upper()}{letter}]" if letter.isalpha() else letter for letter in name)
    return "".join(letters).replace(" ", r"\s+")


def _yes_no(text: str) -> bool:
    answer = dutch.parse_yes_no(text)
    if answer is None:
        raise FaultError("LRT208", text=text.strip())
    return answer


_ALSO = ("waar", "onwaar", "true", "false")
YES_NO_SCHEMA = _choice_schema(("ja", "nee"), _ALSO)
JaNee = Annotated[bool, Reads(_yes_no, "ja of nee", bool, schema=YES_NO_SCHEMA)]
"""Yes or no."""


_GROUND_SCHEMA: dict[str, Any] = {
    "anyOf": [
        {"enum": [*GRONDEN, 5.2, 5.4]},
        {"type": "string", "pattern": r"^\s*(\[|[Aa]rt(ikel|\.)?)?\s*5\.[124]"},
    ]
}
_YES_NO_OR_GROUND = {"anyOf": [*YES_NO_SCHEMA["anyOf"], *_GROUND_SCHEMA["anyOf"]]}
_ANSWERS = "ja, nee of een grond, zoals 5.1.2e"
GrondField = Annotated[str, Reads(parse_grond, "een grond, zoals 5.1.2e", schema=_GROUND_SCHEMA)]
"""A ground of the Woo, by its code."""


def _reads_answer(*, ground_means: bool) -> Reads:
    read = partial(parse_keuze, ground_means=ground_means)
    return Reads(read, _ANSWERS, Keuze, schema=_YES_NO_OR_GROUND)


_as_answer = BeforeValidator(lambda value: Keuze(value) if isinstance(value, bool) else value)
Publiek = Annotated[Keuze, _reads_answer(ground_means=False), _as_answer]
"""Whether something may be published; a ground is a no."""
Vertrouwelijk = Annotated[Keuze, _reads_answer(ground_means=True), _as_answer]
"""Whether something is confidential; a ground is a yes."""


def _yes_no_or_date(text: str) -> object:
    return dutch.parse_date(text) if dutch.looks_like_date(text) else _yes_no(text)


JaNeeOfDatum = Annotated[
    bool | dt.date,
    Reads(
        _yes_no_or_date,
        "ja, nee of een datum",
        (bool, dt.date),
        schema={"anyOf": [YES_NO_SCHEMA, _DATE_SCHEMA]},
    ),
]
"""Yes or no, or the date since when it is no longer so."""


# --- the classification of a document

MAX_MARK = 40


class Rubriek(StrEnum):
    """The four levels of classification, as article 4 of the VIRBI names them.

    Besluit voorschrift informatiebeveiliging rijksdienst bijzondere informatie 2013. A mark of
    one's own such as CONCEPT is free, but what is almost a level, or half of one, is asked back: a
    document that says "Geheim" and means "Staatsgeheim GEHEIM" is worse than one more question.
    """

    DEPARTEMENTAAL = "Departementaal VERTROUWELIJK"
    CONFIDENTIEEL = "Staatsgeheim CONFIDENTIEEL"
    GEHEIM = "Staatsgeheim GEHEIM"
    ZEER_GEHEIM = "Staatsgeheim ZEER GEHEIM"


_WRITTEN = {
    "dep vertrouwelijk": Rubriek.DEPARTEMENTAAL,
    "dep v": Rubriek.DEPARTEMENTAAL,
    "depv": Rubriek.DEPARTEMENTAAL,
    "stg confidentieel": Rubriek.CONFIDENTIEEL,
    "stg c": Rubriek.CONFIDENTIEEL,
    "stgc": Rubriek.CONFIDENTIEEL,
    "stg geheim": Rubriek.GEHEIM,
    "stg g": Rubriek.GEHEIM,
    "stgg": Rubriek.GEHEIM,
    "stg zeer geheim": Rubriek.ZEER_GEHEIM,
    "stg zg": Rubriek.ZEER_GEHEIM,
    "stgzg": Rubriek.ZEER_GEHEIM,
    **{level.lower(): level for level in Rubriek},
}
_HALF = {
    "vertrouwelijk": Rubriek.DEPARTEMENTAAL,
    "departementaal": Rubriek.DEPARTEMENTAAL,
    "confidentieel": Rubriek.CONFIDENTIEEL,
    "geheim": Rubriek.GEHEIM,
    "staatsgeheim": Rubriek.GEHEIM,
    "zeer geheim": Rubriek.ZEER_GEHEIM,
}


def _parse_rubricering(text: str) -> str:
    """Return the level as it is officially written, or the free mark as typed."""
    text = parse_marks(" ".join(text.split()))
    folded = " ".join(re.findall(r"\w+", text.lower()))
    if folded in _WRITTEN:
        return str(_WRITTEN[folded])
    near = get_close_matches(folded, [*_WRITTEN, *_HALF], n=1, cutoff=0.85)
    meant = _HALF.get(folded) or (_WRITTEN | _HALF)[near[0]] if near else None
    if meant is not None:
        choices = join_choices(Rubriek)
        raise FaultError("LRT207.rubricering", text=text, meant=str(meant), choices=choices)
    if len(text) > MAX_MARK:
        raise FaultError("LRT207.lang", limit=MAX_MARK)
    return text


Rubricering = Annotated[
    str,
    Reads(
        _parse_rubricering,
        schema={"anyOf": [{"enum": list(Rubriek)}, {**TEXT_SCHEMA, "maxLength": MAX_MARK}]},
    ),
]


# --- addresses


_BETWEEN = re.compile(r"[;,\s]+")


def split_emails(text: str) -> list[str]:
    """Return the addresses in `text`, with ; or , between them; none if one of them is no address.

    A mail to half of whom it is for is not what was meant.
    """
    found = [one.strip().strip("<>") for one in _BETWEEN.split(text) if one.strip()]
    return found if all(EMAIL.fullmatch(one) for one in found) else []


def _email(text: str) -> str:
    address = text.strip().strip("<>")  # as a mail program shows it
    if EMAIL.fullmatch(address) is None:
        raise FaultError("LRT209", text=text.strip())
    return address


Email = Annotated[
    str,
    Reads(
        _email,
        "een e-mailadres",
        schema={"type": "string", "pattern": r"^\s*[^@\s]+@[^@\s]+\.[^@\s.]+\s*$"},
    ),
]
"""An e-mail address, checked for its shape only."""


def _no_date(text: str) -> str:
    date = dutch.find_date(text)
    if date:
        raise FaultError("LRT211", date=date)
    return text


Plaats = Annotated[Regel, AfterValidator(_no_date)]
"""A place; a date is refused, because people do fill it in here."""
