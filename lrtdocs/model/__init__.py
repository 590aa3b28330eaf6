"""What lrtdocs knows about meetings, letters and senders: frozen models, filled from text."""

from __future__ import annotations

from lrtdocs.model.afzender import Afzender, Huisstijl
from lrtdocs.model.deelnemer import Deelnemer
from lrtdocs.model.gemeente import Gemeente, Register
from lrtdocs.model.mailing import Mailing, Ondertekening
from lrtdocs.model.patroon import Patroon
from lrtdocs.model.schema import json_schema
from lrtdocs.model.taakstelling import (
    Afronding,
    Bijstelling,
    Halfjaar,
    Taakstelling,
    Tabelrij,
    Toedeling,
    Verdeling,
    make_verdeling,
)
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
    "Afronding",
    "Afzender",
    "Agendapunt",
    "Bijlage",
    "Bijstelling",
    "Contactpersoon",
    "Deelnemer",
    "Gemeente",
    "Halfjaar",
    "Huisstijl",
    "Mailing",
    "Ondertekening",
    "Patroon",
    "Register",
    "Subpunt",
    "Taakstelling",
    "Tabelrij",
    "Tekst",
    "Tijdvak",
    "Toedeling",
    "Verdeling",
    "Vergadering",
    "json_schema",
    "make_verdeling",
    "number_actiepunten",
    "walk_punten",
]
