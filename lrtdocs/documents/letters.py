"""The words of the letters of a mailing.

The words of a letter come in two: those that all letters of a run share, made once, and those of
one letter, which are cheap to make and to send to another process.
"""

from __future__ import annotations

from dataclasses import fields
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, cast

from lrtdocs.documents.fields import known_words
from lrtdocs.documents.signature import signature_words
from lrtdocs.documents.words import Words, to_words
from lrtdocs.kinds import Source, kinds_of
from lrtdocs.model.gemeente import alphabetical_key
from lrtdocs.model.ontvanger import Ontvanger
from lrtdocs.model.taakstelling import Halfjaar
from lrtdocs.model.tekst import Alinea, Tekst

if TYPE_CHECKING:
    from lrtdocs.model.afzender import Afzender, Huisstijl
    from lrtdocs.model.gemeente import Gemeente
    from lrtdocs.model.mailing import Mailing
    from lrtdocs.model.taakstelling import Toedeling, Verdeling


_COLUMNS = tuple(
    field.name for field in fields(Ontvanger) if field.name not in {"plaats_in_bestand", "extra"}
)
_FROM_MAILING = ("bijlagen", "contactpersoon", "kopie_aan", "rubricering", "tekst", "velden")
_COUNTS = ("bijstelling_was", "bijstelling_wordt", "gerealiseerd", "achterstand", "voorsprong")


def shared_words(
    mailing: Mailing,
    huisstijl: Huisstijl,
    afzender: Afzender,
    today: date,
    verdeling: Verdeling | None = None,
) -> Words:
    """Return the words that all letters of `mailing` share; `today` dates them if it does not."""
    sender = cast("Words", to_words(afzender))
    rows = _annex_rows(mailing, verdeling)
    return {
        **mailing.velden,
        **{name: to_words(getattr(mailing, name)) for name in _FROM_MAILING},
        "afzender": {**sender, "retouradres": _retouradres(afzender)},
        "betreft": mailing.betreft or _subject(mailing),
        "bijlage_a": rows,
        "bijlage_a_regels": _pairs(rows),
        "dagtekening": mailing.dagtekening or today,
        "documentsoort": "brief",
        "landelijk": _national_words(verdeling) if verdeling else None,
        "ondertekening": signature_words(mailing.ondertekening),
        **_split_tekst(mailing.tekst),
        "woordmerk": list(huisstijl.woordmerk),
    }


def letter_words(
    ontvanger: Ontvanger,
    volgnummer: int,
    gemeente: Gemeente | None,
    toedeling: Toedeling | None,
    mailing: Mailing,
) -> Words:
    """Return the words of the letter to `ontvanger`, the `volgnummer`th of the run.

    Every column of the list is a word too, unless letters have a word of that name themselves.
    """
    values = pattern_words(ontvanger, volgnummer)
    columns = {name: value for name, value in values.items() if name not in _taken()}
    for name in mailing.velden:
        columns.pop(name, None)
    pattern = mailing.onze_referentie
    return {
        **columns,
        "ontvanger": {**values, "adresregels": list(ontvanger.adresregels)},
        "aanhef": ontvanger.aanhef or mailing.aanhef or _salutation(ontvanger, gemeente),
        "onze_referentie": pattern.fill(values) if pattern else None,
        "uw_referentie": ontvanger.uw_referentie or mailing.uw_referentie,
        "gemeente": _gemeente_words(gemeente, toedeling) if gemeente else None,
        "taakstelling": _toedeling_words(toedeling) if toedeling else None,
    }


@cache
def _taken() -> frozenset[str]:
    """Return the words of letters that a column of the list of that name does not replace."""
    known = (name for kind in kinds_of(Source.MAILING) for name in known_words(kind.name))
    return frozenset(known) - {*_COLUMNS, "volgnummer"}


def pattern_words(ontvanger: Ontvanger, volgnummer: int) -> Words:
    """Return the words for the patterns of a letter: its columns and its number in the run.

    A recipient without a name goes by that of the organisation.
    """
    words: Words = {name: getattr(ontvanger, name) for name in _COLUMNS}
    words["naam"] = ontvanger.naam or ontvanger.organisatie
    return {**ontvanger.extra, **words, "volgnummer": volgnummer}


def _retouradres(afzender: Afzender) -> str | None:
    return afzender.retouradres or " ".join(afzender.postadres) or None


def _split_tekst(tekst: Tekst | None) -> Words:
    """Return the text in two: its last paragraph, which stays with the signature, and the rest.

    A text that ends in a list has no such paragraph.
    """
    blocks = tekst.blocks if tekst else ()
    if not blocks or not isinstance(blocks[-1], Alinea):
        return {"tekst_tot_slot": tekst, "slotalinea": None}
    before, last = Tekst("", blocks[:-1]), Tekst("", blocks[-1:])
    return {"tekst_tot_slot": before or None, "slotalinea": last}


def _subject(mailing: Mailing) -> str | None:
    """Return the subject of a letter that tells its taakstelling and no subject."""
    if mailing.taakstelling is None:
        return None
    half = mailing.taakstelling.halfjaar.voluit
    return f"Taakstelling vergunninghouders voor {half}"


def _salutation(ontvanger: Ontvanger, gemeente: Gemeente | None) -> str:
    return "Geacht college," if gemeente or ontvanger.code else "Geachte heer, mevrouw,"


def _national_words(verdeling: Verdeling) -> Words:
    taakstelling, bijstelling = verdeling.taakstelling, verdeling.taakstelling.bijstelling
    adjusted = {"was": bijstelling.was, "wordt": bijstelling.wordt} if bijstelling else {}
    return {
        **_period_words(taakstelling.halfjaar),
        "totaal": taakstelling.totaal,
        "peildatum": verdeling.peildatum,
        "inwoners_nederland": verdeling.nationaal,
        "som": verdeling.som,
        "afwijkingen": len(verdeling.afwijkingen),
        "afronding": str(taakstelling.afronding.value),
        "bijstelling": {**_period_words(bijstelling.halfjaar), **adjusted} if bijstelling else None,
    }


def _period_words(halfjaar: Halfjaar) -> Words:
    """Return a half-year by its label and in words, with its first and its last day."""
    following = Halfjaar(halfjaar.jaar + halfjaar.helft - 1, 3 - halfjaar.helft)
    return {
        "halfjaar": str(halfjaar),
        "periode": halfjaar.voluit,
        "begin": halfjaar.begin,
        "einde": following.begin - timedelta(days=1),
    }


def _annex_rows(mailing: Mailing, verdeling: Verdeling | None) -> list[Words]:
    """Return Bijlage A, if it was asked for: a row for each gemeente, in the order of the names."""
    if verdeling is None or mailing.taakstelling is None or not mailing.taakstelling.bijlage_a:
        return []
    return [
        {
            "code": rij.code,
            "naam": rij.naam,
            "provincie": rij.provincie,
            "inwoners": rij.inwoners,
            "taakstelling": rij.taakstelling,
        }
        for rij in sorted(verdeling.rijen.values(), key=lambda rij: alphabetical_key(rij.naam))
    ]


def _pairs(rows: list[Words]) -> list[Words]:
    """Return `rows` two by two, as a table shows them; the last one may have no `rechts`."""
    right = [*rows[1::2], None]
    return [{"links": row, "rechts": beside} for row, beside in zip(rows[::2], right, strict=False)]


def _gemeente_words(gemeente: Gemeente, toedeling: Toedeling | None) -> Words:
    """Return a gemeente, with the inhabitants that count for its number, else the latest."""
    latest = gemeente.inwoners[max(gemeente.inwoners)] if gemeente.inwoners else None
    return {
        "code": gemeente.code,
        "naam": gemeente.naam,
        "provincie": gemeente.provincie,
        "inwoners": toedeling.inwoners if toedeling else latest,
    }


def _toedeling_words(toedeling: Toedeling) -> Words:
    return {
        **{name: getattr(toedeling, name) for name in _COUNTS},
        "aantal": toedeling.taakstelling,
        "berekend": toedeling.berekend,
        "inwoners": toedeling.inwoners,
        "opgave": toedeling.opgave,
    }
