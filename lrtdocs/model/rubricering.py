"""The classification of a document: one of the four VIRBI levels, or a mark of one's own.

Source: Besluit voorschrift informatiebeveiliging rijksdienst bijzondere informatie 2013 (VIRBI).
A mark such as CONCEPT is free, but what is almost a level, or half of one, is asked back: a
document that says "Geheim" and means "Staatsgeheim GEHEIM" is worse than one more question.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from enum import StrEnum
from typing import Annotated

from lrtdocs.messages import FaultError
from lrtdocs.model.schema import TEXT_SCHEMA
from lrtdocs.model.velden import Reads, join_choices

MAX_MARK = 40


class Rubriek(StrEnum):
    """The four levels, as article 4 of the VIRBI names them."""

    DEPARTEMENTAAL = "Departementaal VERTROUWELIJK"
    CONFIDENTIEEL = "Staatsgeheim CONFIDENTIEEL"
    GEHEIM = "Staatsgeheim GEHEIM"
    ZEER_GEHEIM = "Staatsgeheim ZEER GEHEIM"


_WRITTEN = {
    "departementaal vertrouwelijk": Rubriek.DEPARTEMENTAAL,
    "dep vertrouwelijk": Rubriek.DEPARTEMENTAAL,
    "depv": Rubriek.DEPARTEMENTAAL,
    "dep v": Rubriek.DEPARTEMENTAAL,
    "stg confidentieel": Rubriek.CONFIDENTIEEL,
    "staatsgeheim confidentieel": Rubriek.CONFIDENTIEEL,
    "stg c": Rubriek.CONFIDENTIEEL,
    "stgc": Rubriek.CONFIDENTIEEL,
    "stg geheim": Rubriek.GEHEIM,
    "staatsgeheim geheim": Rubriek.GEHEIM,
    "stg g": Rubriek.GEHEIM,
    "stgg": Rubriek.GEHEIM,
    "stg zeer geheim": Rubriek.ZEER_GEHEIM,
    "staatsgeheim zeer geheim": Rubriek.ZEER_GEHEIM,
    "stg zg": Rubriek.ZEER_GEHEIM,
    "stgzg": Rubriek.ZEER_GEHEIM,
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
    text = " ".join(text.split())
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
