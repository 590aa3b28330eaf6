"""Someone at a meeting, or who should have been: `Mw. Faber (AenM, voorzitter)`; and groups."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    ModelWrapValidatorHandler,
    PrivateAttr,
    TypeAdapter,
    model_validator,
)
from pydantic_core import core_schema

from lrtdocs.messages import FaultError
from lrtdocs.model.openbaar.keuze import keuze
from lrtdocs.model.openbaar.marks import parse_marks
from lrtdocs.model.schema import Record
from lrtdocs.model.velden import Publiek, Regel, allow_text, as_list, not_empty, one_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_TITLES = r"(?:de heer|mevrouw|mevr\.?|mw\.?|dhr\.?|hr\.)"
_TITLE = re.compile(rf"{_TITLES}\s+(?=\S)", re.IGNORECASE)
_TWO_PEOPLE = re.compile(
    rf"{_TITLES}\s.*?(?:[,;/&)]|\ben)\s*{_TITLES}\s|[^;]*[^\W\d_]{{2}};\s+[^\W\d_]", re.IGNORECASE
)
_TWO_BRACKETS = re.compile(
    r"[^()]+\([^()]*\)\s*(?:[,;/&]|en\s)"
    r"(?!\s*(?:i\.?p\.?v|namens|vervang|vanaf|tot|met|als|in plaats|mede|plv))\s*[^()]+\([^()]*\)"
)
_SHORT = re.compile(r"(?P<name>[^()]*[^()\s])(?P<brackets>(?:\s*\([^()]*\))*)")
_BRACKET = re.compile(r"\(([^()]*)\)")
_ROLE = re.compile(
    r"(?:(?:plv|plaatsvervangend|wnd|waarnemend|vice|technisch|onafhankelijk)\.?[\s-]*)?"
    r"(?:vz\.?|voorzitter|secretaris|notulist|verslag|gastheer|gastvrouw|agendalid|toehoorder|"
    r"spreker|lid|adviseur)",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"(?P<notice>met|zonder) (?:voorafgaand )?(?:bericht|kennisgeving)(?: van verhindering)?",
    re.IGNORECASE,
)
_REPLACED = re.compile(
    r"(?P<who>.*?)(?:,\s*|\s+)(?P<bracket>\()?(?:wordt )?(?:vervangen|vertegenwoordigd) door\s+"
    r"(?P<by>.+)(?(bracket)\))",
    re.IGNORECASE,
)
_TOGETHER = re.compile(
    r"\((?P<said>[^()]+?),\s*"
    r"(?P<by>(?:wordt )?(?:vervangen|vertegenwoordigd) door\s(?:[^()]|\([^()]*\))+)\)",
    re.IGNORECASE,
)
"""Two things within one pair of brackets, as a person who was typed in parts is printed."""


class Bericht(StrEnum):
    """Whether somebody who is absent had told so."""

    MET = "met"
    ZONDER = "zonder"


BerichtField = Annotated[
    Bericht,
    one_of(
        Bericht,
        {
            f"{choice} {said}": choice
            for choice in Bericht
            for said in ("bericht", "kennisgeving", "bericht van verhindering")
        },
    ),
]


class Deelnemer(
    Record,
    about="Iemand die aanwezig of afwezig is. Kort: 'Mw. Faber (AenM, voorzitter)'.",
    text="naam",
):
    """Someone who was, or was not, at the meeting: `Mw. Faber (AenM, voorzitter)`, or a mapping.

    The short form is printed as it was typed: a secretariat has its own way of writing names, and
    the parts are only for those who need them (publication, tables). A mapping prints as
    "aanhef naam (organisatie, rol) (opmerking)", and how somebody is absent behind that.
    """

    aanhef: Regel | None = Field(None, description="Mw. of Dhr.", examples=["Mw.", "Dhr."])
    naam: Regel = Field(description="De naam.", examples=["Faber"])
    organisatie: Regel | None = Field(
        None, description="De organisatie of de afkorting daarvan.", examples=["AenM", "VNG"]
    )
    rol: Regel | None = Field(None, description="De rol in het overleg.", examples=["voorzitter"])
    opmerking: Regel | None = Field(
        None, description="Wat er verder bij staat.", examples=["ambtelijke vervanging"]
    )
    bericht: BerichtField | None = Field(
        None, description="Van wie er niet is: met of zonder bericht.", examples=["zonder"]
    )
    vervangen_door: Regel | None = Field(
        None,
        description="Van wie er niet is: wie er in zijn of haar plaats is.",
        examples=["Dhr. Jansen (BZK)"],
    )
    publiek: Publiek = keuze(
        "Ja: de naam staat ook in de openbare versie. Nee, of een grond zoals 5.1.2e: daar staat "
        "de grond in plaats van de naam. Laat u het weg, dan beslist de tabel in huisstijl.yaml.",
    )
    _kort: str | None = PrivateAttr(None)
    _groep: str = PrivateAttr("")

    @model_validator(mode="wrap")
    @classmethod
    def _accept_short_form(
        cls, value: Any, handler: ModelWrapValidatorHandler[Deelnemer]
    ) -> Deelnemer:
        if not isinstance(value, str):
            return handler(value)
        typed = " ".join(value.split())
        text = parse_marks(typed.rstrip(" ,;") or typed)
        if text.count("(") != text.count(")"):
            raise FaultError("LRT213.haakje", text=text)
        if _TWO_PEOPLE.match(_BRACKET.sub(")", text)) or _TWO_BRACKETS.match(text):
            raise FaultError("LRT213.twee")
        deelnemer = handler(split_deelnemer(str(text)))
        deelnemer._kort = text  # noqa: SLF001 - its own class fills it in
        return deelnemer

    @property
    def kort(self) -> str | None:
        """The short form as it was typed, with what is marked in it; None of a mapping."""
        return self._kort

    @property
    def groep(self) -> str:
        """The group in which somebody stands, or ""."""
        return self._groep

    def in_group(self, name: str) -> Deelnemer:
        """Return the same person in the group `name`."""
        deelnemer = self.model_copy()
        deelnemer._groep = name  # noqa: SLF001 - its own class fills it in
        return deelnemer

    def __str__(self) -> str:
        if self._kort is not None:
            return self._kort
        more = (part for part in (self.opmerking, self._away) if part)
        return self.in_short + "".join(f" ({part})" for part in more)

    @property
    def in_short(self) -> str:
        """Who it is, in the short form: "Mw. Faber (AenM, voorzitter)"; also of a mapping."""
        name = f"{self.aanhef} {self.naam}" if self.aanhef else self.naam
        inside = ", ".join(part for part in (self.organisatie, self.rol) if part)
        return f"{name} ({inside})" if inside else name

    @property
    def _away(self) -> str:
        """How somebody is absent; the replacement without brackets of its own, within brackets."""
        notice = f"{self.bericht.value} bericht" if self.bericht else ""
        by = ""
        if self.vervangen_door:
            inside = ", ".join(_BRACKET.findall(self.vervangen_door))
            name = " ".join(_BRACKET.sub("", self.vervangen_door).split())
            by = f"vervangen door {name}" + (f", {inside}" if inside else "")
        return ", ".join(part for part in (notice, by) if part)


def split_deelnemer(text: str) -> dict[str, str]:
    """Return the parts of the short form `text`; what fits no pattern is a name."""
    text = _TOGETHER.sub(r"(\g<said>) (\g<by>)", text)
    if replaced := _REPLACED.fullmatch(text):
        return {**split_deelnemer(replaced["who"]), "vervangen_door": replaced["by"]}
    match = _SHORT.fullmatch(text)
    if match is None:
        return {"naam": text}
    name, comma, organisation = (part.strip() for part in match["name"].partition(","))
    parts: dict[str, str] = {"organisatie": organisation} if comma and organisation else {}
    for bracket in _BRACKET.findall(match["brackets"]):
        _add_bracket(parts, bracket.strip())
    title = _TITLE.match(name)
    if title:
        parts["aanhef"], name = title.group().strip(), name[title.end() :]
    parts["naam"] = name or text
    return {key: value for key, value in parts.items() if value}


_FOR_ONCE = re.compile(
    r"(?:ambtelijke? )?(?:vervang(?:er|ing)|waarneming)|[mz]\.?\s?[kb]\.?|afgemeld|"
    r"(?:met|per|bij) volmacht|(?:van(?:af)?|tot(?: en met)?|t/m|alleen)\b.*(?:\d|punt).*|"
    r"bij\b.*punt.*",
    re.IGNORECASE,
)
"""What is said of somebody for one meeting: who comes again comes without it."""


def without_absence(text: str) -> str:
    """Return the short form `text` without how somebody was absent, or stood in for another."""
    text = _TOGETHER.sub(r"(\g<said>) (\g<by>)", text)
    replaced = _REPLACED.fullmatch(text)

    def keep(match: re.Match[str]) -> str:
        parts = [part.strip() for part in match[1].split(",")]
        kept = [one for one in parts if not (_NOTICE.fullmatch(one) or _FOR_ONCE.fullmatch(one))]
        return f" ({', '.join(kept)})" if kept else ""

    return re.sub(r"\s*\(([^()]*)\)", keep, replaced["who"] if replaced else text).strip(" ,;")


def is_stand_in(deelnemer: Deelnemer, absent: Deelnemer) -> bool:
    """Tell whether `deelnemer` is who came in the place of `absent`, and for nothing else.

    Somebody of another organisation came for that as well.
    """
    by = split_deelnemer(absent.vervangen_door or "")
    theirs = {(one or "").casefold() for one in (deelnemer.organisatie, absent.organisatie)} - {""}
    return deelnemer.naam.casefold() == by["naam"].casefold() and len(theirs) < 2


def _add_bracket(parts: dict[str, str], bracket: str) -> None:
    """Put what stands between brackets where it belongs: organisation, role, remark or absence."""
    first, _, rest = (part.strip() for part in bracket.partition(","))
    for said, left in ((first, rest), (rest, first)):
        if notice := _NOTICE.fullmatch(said):
            parts["bericht"] = notice["notice"].lower()
            if left:
                _add_bracket(parts, left)
            return
    if "organisatie" not in parts and "rol" not in parts and not _ROLE.fullmatch(first):
        parts["organisatie"] = first
        if rest:
            parts["rol"] = rest
    elif "rol" not in parts and "opmerking" not in parts and _ROLE.fullmatch(first):
        parts["rol"] = bracket
    else:
        earlier = parts.get("opmerking")
        parts["opmerking"] = f"{earlier}, {bracket}" if earlier else bracket


# --- people in groups


class Grouped:
    """Of a list of people: they may stand in groups, `{Leden: [...], Gasten: [...]}`.

    They are one list all the same, in which each knows its group. What stands in a group is a list
    too: `Mw. Faber: AenM` is no group of one.
    """

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        return core_schema.no_info_wrap_validator_function(_read_groups, handler(source))


def _read_groups(value: Any, handler: Any) -> Any:
    """Return the people of all groups, in their order; what is no groups is read by `handler`.

    That goes for the keys of one person as well, who should stand in a list.
    """
    if not isinstance(value, Mapping) or value.keys() & Deelnemer.model_fields.keys():
        return handler(value)
    groups = _groups().validate_python(dict(value))
    named = [(parse_marks(name), people) for name, people in groups.items()]
    return tuple(one.in_group(name) for name, people in named for one in people)


def _no_text(value: object) -> object:
    return () if value == "" else value


@cache
def _groups() -> TypeAdapter[dict[str, tuple[Deelnemer, ...]]]:
    people = Annotated[tuple[Deelnemer, ...], BeforeValidator(_no_text), AfterValidator(not_empty)]
    return TypeAdapter(dict[str, people])


def _allow_groups(schema: dict[str, Any]) -> None:
    """Let the schema of a list of people allow a single text and groups as well."""
    groups = {
        "type": "object",
        "propertyNames": {"not": {"enum": list(Deelnemer.model_fields)}},
        "additionalProperties": {"type": "array", "items": schema["items"], "minItems": 1},
    }
    allow_text(schema)
    schema["anyOf"].append(groups)


Deelnemers = Annotated[
    tuple[Deelnemer, ...],
    BeforeValidator(as_list),
    Grouped(),
    Field(json_schema_extra=_allow_groups),
]
"""A list of people, or groups of them."""


def locate(
    deelnemers: Iterable[Deelnemer], key: str
) -> Iterator[tuple[tuple[int | str, ...], Deelnemer]]:
    """Yield each of `deelnemers`, which stand under `key`, with the keys and indexes to them."""
    counts = Counter[str]()
    for deelnemer in deelnemers:
        group = str(getattr(deelnemer.groep, "getypt", deelnemer.groep))
        yield (key, *([group] if group else []), counts[group]), deelnemer
        counts[group] += 1
