"""What lrtdocs knows about meetings and senders: frozen models, filled from text."""

from __future__ import annotations

from lrtdocs.model.afzender import Afzender, Huisstijl
from lrtdocs.model.deelnemer import Deelnemer
from lrtdocs.model.schema import json_schema
from lrtdocs.model.tekst import Tekst
from lrtdocs.model.velden import Tijdvak
from lrtdocs.model.vergadering import (
    Actiepunt,
    Agendapunt,
    Bijlage,
    Contactpersoon,
    Subpunt,
    Vergadering,
    number_actiepunten,
    walk_punten,
)

__all__ = [
    "Actiepunt",
    "Afzender",
    "Agendapunt",
    "Bijlage",
    "Contactpersoon",
    "Deelnemer",
    "Huisstijl",
    "Subpunt",
    "Tekst",
    "Tijdvak",
    "Vergadering",
    "json_schema",
    "number_actiepunten",
    "walk_punten",
]
