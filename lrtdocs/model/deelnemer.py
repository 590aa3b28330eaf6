"""Someone at a meeting: `Mw. Faber (AenM, voorzitter)` in one line, or the same as a mapping.

The short form is printed as it was typed: a secretariat has its own way of writing names, and the
parts are only for those who need them (publication, tables). A mapping prints as
"aanhef naam (organisatie, rol) (opmerking)".
"""

from __future__ import annotations

import re
from typing import Any

from pydantic import BaseModel, Field, ModelWrapValidatorHandler, PrivateAttr, model_validator

from lrtdocs.model.schema import describe
from lrtdocs.model.velden import JaNee, Regel, refuse

_TITLES = r"(?:de heer|mevrouw|mevr\.?|mw\.?|dhr\.?|hr\.)"
_TITLE = re.compile(rf"{_TITLES}\s+(?=\S)", re.IGNORECASE)
_TWO_PEOPLE = re.compile(rf"{_TITLES}\s.*?(?:[,;/&)]|\ben)\s*{_TITLES}\s", re.IGNORECASE)
_SHORT = re.compile(r"(?P<name>[^()]*[^()\s])(?P<brackets>(?:\s*\([^()]*\))*)")
_BRACKET = re.compile(r"\(([^()]*)\)")
_ROLE = re.compile(
    r"(?:(?:plv|plaatsvervangend|wnd|waarnemend|vice|technisch|onafhankelijk)\.?[\s-]*)?"
    r"(?:vz\.?|voorzitter|secretaris|notulist|verslag|gastheer|gastvrouw|agendalid|toehoorder|"
    r"spreker|lid|adviseur)",
    re.IGNORECASE,
)


class Deelnemer(BaseModel):
    """Someone who was, or was not, at the meeting."""

    model_config = describe(
        "Iemand die aanwezig of afwezig is. Kort: 'Mw. Faber (AenM, voorzitter)'.", also_text=True
    )

    aanhef: Regel | None = Field(None, description="Mw. of Dhr.", examples=["Mw.", "Dhr."])
    naam: Regel = Field(description="De naam.", examples=["Faber"])
    organisatie: Regel | None = Field(
        None, description="De organisatie of de afkorting daarvan.", examples=["AenM", "VNG"]
    )
    rol: Regel | None = Field(None, description="De rol in het overleg.", examples=["voorzitter"])
    opmerking: Regel | None = Field(
        None, description="Wat er verder bij staat.", examples=["ambtelijke vervanging"]
    )
    publiek: JaNee = Field(
        False,
        description="Ja: deze naam mag openbaar worden. Een eigen sjabloon kan ernaar vragen; "
        "verder doet lrtdocs er niets mee.",
    )
    _kort: str | None = PrivateAttr(None)

    @model_validator(mode="wrap")
    @classmethod
    def _accept_text(cls, value: Any, handler: ModelWrapValidatorHandler[Deelnemer]) -> Deelnemer:
        if not isinstance(value, str):
            return handler(value)
        text = " ".join(value.split())
        if text.count("(") != text.count(")"):
            raise refuse("LRT213.haakje", text=text)
        if _TWO_PEOPLE.match(_BRACKET.sub(")", text)):
            raise refuse("LRT213.twee")
        deelnemer = handler(split_deelnemer(text))
        deelnemer._kort = text  # noqa: SLF001 - its own class fills it in
        return deelnemer

    def __str__(self) -> str:
        if self._kort is not None:
            return self._kort
        name = f"{self.aanhef} {self.naam}" if self.aanhef else self.naam
        inside = ", ".join(part for part in (self.organisatie, self.rol) if part)
        return name + "".join(f" ({part})" for part in (inside, self.opmerking) if part)


def split_deelnemer(text: str) -> dict[str, str]:
    """Return the parts of the short form `text`; what fits no pattern is a name."""
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


def _add_bracket(parts: dict[str, str], bracket: str) -> None:
    """Put what stands between brackets where it belongs: organisation, role or remark."""
    first, _, rest = (part.strip() for part in bracket.partition(","))
    if "organisatie" not in parts and "rol" not in parts and not _ROLE.fullmatch(first):
        parts["organisatie"] = first
        if rest:
            parts["rol"] = rest
    elif "rol" not in parts and "opmerking" not in parts and _ROLE.fullmatch(first):
        parts["rol"] = bracket
    else:
        earlier = parts.get("opmerking")
        parts["opmerking"] = f"{earlier}, {bracket}" if earlier else bracket
