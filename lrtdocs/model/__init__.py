"""What lrtdocs knows about meetings, letters and senders: frozen models, filled from text.

A model is loaded when it is first asked for: a meeting does without those of a mailing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.lazy import find_name

if TYPE_CHECKING:
    from lrtdocs.model.afzender import Afzender as Afzender
    from lrtdocs.model.afzender import Huisstijl as Huisstijl
    from lrtdocs.model.deelnemer import Deelnemer as Deelnemer
    from lrtdocs.model.gemeente import Gemeente as Gemeente
    from lrtdocs.model.gemeente import Register as Register
    from lrtdocs.model.mailing import Mailing as Mailing
    from lrtdocs.model.mailing import Ondertekening as Ondertekening
    from lrtdocs.model.patroon import Patroon as Patroon
    from lrtdocs.model.schema import json_schema as json_schema
    from lrtdocs.model.taakstelling import Afronding as Afronding
    from lrtdocs.model.taakstelling import Bijstelling as Bijstelling
    from lrtdocs.model.taakstelling import Halfjaar as Halfjaar
    from lrtdocs.model.taakstelling import Taakstelling as Taakstelling
    from lrtdocs.model.taakstelling import Tabelrij as Tabelrij
    from lrtdocs.model.taakstelling import Toedeling as Toedeling
    from lrtdocs.model.taakstelling import Verdeling as Verdeling
    from lrtdocs.model.taakstelling import make_verdeling as make_verdeling
    from lrtdocs.model.tekst import Tekst as Tekst
    from lrtdocs.model.velden import Tijdvak as Tijdvak
    from lrtdocs.model.vergadering import Actiepunt as Actiepunt
    from lrtdocs.model.vergadering import Agendapunt as Agendapunt
    from lrtdocs.model.vergadering import Bijlage as Bijlage
    from lrtdocs.model.vergadering import Contactpersoon as Contactpersoon
    from lrtdocs.model.vergadering import Subpunt as Subpunt
    from lrtdocs.model.vergadering import Vergadering as Vergadering
    from lrtdocs.model.vergadering import number_actiepunten as number_actiepunten
    from lrtdocs.model.vergadering import walk_punten as walk_punten


def __getattr__(name: str) -> object:
    return find_name(__name__, name)
