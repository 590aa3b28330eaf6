"""The words of the letters of a mailing: what they are, and how they are made.

They come in two: those that all letters of a run share, made once, and those of one letter, which
are cheap to make and to send to another process.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from lrtdocs.documents.letter_texts import Filling, LetterTexts, WordsError, split_tekst, text_of
from lrtdocs.documents.rows import row_words
from lrtdocs.documents.words import (
    CONCEPT,
    Made,
    Words,
    common_fields,
    contact_fields,
    contact_words,
    fields_made,
    list_field,
    made,
    model_field,
    model_fields,
    sender_words,
    to_words,
    words_made,
)
from lrtdocs.kinds import Source, kinds_of
from lrtdocs.language import Taal, writing
from lrtdocs.model.gemeente import alphabetical_key
from lrtdocs.model.mailing import Mailing, Ondertekening
from lrtdocs.model.ontvanger import KOLOMMEN, Ontvanger
from lrtdocs.model.openbaar.gronden import MARK
from lrtdocs.model.tekst import TABEL, Afbeelding, Alinea, Tekst, Tekstdeel
from lrtdocs.model.veld import Field, ValueKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lrtdocs.model.afzender import Afzender, Huisstijl
    from lrtdocs.model.gemeente import Gemeente
    from lrtdocs.model.taakstelling import Halfjaar, Toedeling, Verdeling
    from lrtdocs.model.tekst import MakeTabel

BLOCK, NUMBER, RICH = ValueKind.BLOCK, ValueKind.NUMBER, ValueKind.RICH
# --- what they are

_GEMEENTE = (
    made("code", "De code van de gemeente.", "GM0373"),
    made("naam", "De naam van de gemeente.", "Bergen (NH.)"),
    made("provincie", "De provincie.", "Noord-Holland"),
)
_ROW = (
    *_GEMEENTE,
    made("inwoners", "Het aantal inwoners.", 60_000),
    made("taakstelling", "De taakstelling.", 22),
)
"""Of a `Toedeling`, in Bijlage A."""
_SHARE = (
    made("aantal", "De taakstelling van deze gemeente.", 22, "taakstelling"),
    made("berekend", "Het aantal dat lrtdocs uitrekent.", 22),
    made("inwoners", "De inwoners van de gemeente op de peildatum.", 60_000),
    made("bijstelling_was", "Het aantal van het lopende halfjaar, zoals het was.", 30,
         required=False),
    made("bijstelling_wordt", "Het aantal van het lopende halfjaar dat het wordt.", 25,
         required=False),
    made("gerealiseerd", "Hoeveel mensen er al zijn gehuisvest.", 14, required=False),
    made("achterstand", "De achterstand op eerdere taakstellingen.", 6, required=False),
    made("voorsprong", "De voorsprong op eerdere taakstellingen.", 3, required=False),
    made("opgave", "De taakstelling met de achterstand erbij en de voorsprong eraf.", 25,
         required=False),
)  # fmt: skip
"""Of a `Toedeling`, that of the gemeente that a letter goes to."""


def _period(what: str, half: Callable[[Any], Halfjaar]) -> tuple[Made, ...]:
    """Return the words for a half-year: by its label and in words, with its first and last day."""
    return (
        made("halfjaar", f"Het halfjaar {what}.", "2025-II", lambda of: str(half(of))),
        made("periode", "Het halfjaar voluit.", "de tweede helft van 2025",
             lambda of: half(of).voluit),
        made("begin", "De eerste dag van het halfjaar.", date(2025, 7, 1),
             lambda of: half(of).begin),
        made("einde", "De laatste dag van het halfjaar.", date(2025, 12, 31),
             lambda of: half(of).einde),
    )  # fmt: skip


_ADJUSTMENT = (
    *_period("waarvan het aantal verandert", lambda of: of.halfjaar),
    made("was", "Het landelijke aantal zoals het was.", 17_700),
    made("wordt", "Het landelijke aantal dat het wordt.", 15_000),
)
"""Of a `Bijstelling`."""
_NATIONAL = (
    *_period("van de taakstelling", lambda of: of.taakstelling.halfjaar),
    made("totaal", "Het landelijke aantal.", 13_000, "taakstelling.totaal"),
    made("peildatum", "De datum van de inwoneraantallen.", date(2024, 1, 1)),
    made("inwoners_nederland", "De inwoners van Nederland.", 17_942_942, "nationaal"),
    made("som", "De aantallen van alle gemeenten samen.", 13_172),
    made("afwijkingen", "Bij hoeveel gemeenten het aantal niet het berekende is.", 0,
         lambda of: len(of.afwijkingen)),
    made("afronding", "Hoe er is afgerond.", "naar boven",
         lambda of: str(of.taakstelling.afronding.value)),
    made("bijstelling", "De bijstelling van een halfjaar dat al loopt.", required=False,
         parts=fields_made(_ADJUSTMENT),
         of=lambda of: (adjusted := of.taakstelling.bijstelling)
         and words_made(_ADJUSTMENT, adjusted)),
)  # fmt: skip
"""Of a `Verdeling`."""
_PAIR = (
    Field("links", "De gemeente links in de tabel.", BLOCK, True, parts=fields_made(_ROW)),
    Field("rechts", "De gemeente rechts; in de laatste rij kan die er niet zijn.", BLOCK,
          parts=fields_made(_ROW)),
)  # fmt: skip
_OF_PERSON = (
    made(
        "aanschrijfnaam",
        "De naam boven het adres, zonder heer of mevrouw.",
        "mr. J. de Vries",
        required=False,
    ),
    made(
        "naam_in_tekst", "De naam zoals die in een zin staat.", "de heer De Vries", required=False
    ),
)
"""Of a `Persoon`: who has a name in parts."""
_NOBODY = dict.fromkeys(word.field.name for word in _OF_PERSON)
_ADDRESSED = (
    *KOLOMMEN,
    *fields_made(_OF_PERSON),
    Field("volgnummer", "Het vaste nummer van deze ontvanger.", NUMBER, True, 12),
    list_field("adresregels", "Het adres boven de brief, een regel per onderdeel.", required=True,
               example=("Het college van burgemeester en wethouders",
                        "van de gemeente Bergen (NH.)", "Postbus 90001", "1860 AA  BERGEN")),
    Field("kix", "De KIX onder het adres, als huisstijl.yaml er een lettertype voor noemt.",
          example="1860AA90001"),
)  # fmt: skip
_REPLACED = (
    Field("datum", "De datum van de brief die is vervangen.", ValueKind.DATE, True,
          date(2025, 3, 14)),
    Field("kenmerk", "Het kenmerk van de brief die is vervangen.", example="LRT-2025-0012"),
)  # fmt: skip
_COPIED = (
    Field("aan", "Aan wie de brief gaat.", required=True,
          example="het college van burgemeester en wethouders van de gemeente Bergen (NH.)"),
    Field("voor", "Wie het afschrift krijgt.", required=True,
          example="het Interprovinciaal Overleg"),
    Field("email", "Het e-mailadres van wie het afschrift krijgt.", example="info@voorbeeld.nl"),
)  # fmt: skip
_COPYING = (
    list_field("kopie_aan", "Wie een kopie krijgen.",
               example=("het Interprovinciaal Overleg",)),
    Field("afschrift", "Wat een afschrift van zichzelf zegt; een brief heeft dit niet.", BLOCK,
          parts=_COPIED),
)  # fmt: skip
"""The words about copies."""
_LINES = list_field("regels", "De regels boven de handtekening, elk met een komma.",
                    example=("De minister van Asiel en Migratie,", "namens deze,",
                             "de directeur-generaal Migratie,"))  # fmt: skip
_HAND_FIELD = Field("handtekening", "De afbeelding van de handtekening, als die er is.", RICH,
                    example="Handtekening van J. Jansen")  # fmt: skip
_ROWS = (
    Field("rijen", "De rijen van deze brief, bij een mailing met groepeer.", ValueKind.LIST,
          item=BLOCK, one="rij", open=True,
          example=("Havenkade 3, 40 plaatsen", "Kanaalweg 10, 25 plaatsen")),
    Field("aantal_rijen", "Hoeveel rijen deze brief heeft.", NUMBER, True, 3),
)  # fmt: skip
"""Of a letter in which many rows go together."""
_COLUMNS = tuple(kolom.name for kolom in KOLOMMEN)
_NO_ROWS: Words = {}
_FROM_MAILING = ("bijlagen", "velden")


def letter_fields(*, counted: bool) -> tuple[Field, ...]:
    """Return the words of a letter; it is `counted` if its mailing divides a taakstelling.

    A column of the list is a word too, where the letter has no word of that name itself.
    """
    people = Field("inwoners", "Het aantal inwoners.", NUMBER, counted, 60_000)
    words = (
        *common_fields("brief"),
        model_field(Mailing, "betreft"),
        Field("onze_referentie", "Het kenmerk van deze brief.", example="LRT-2025-0012"),
        Field("uw_referentie", "Het kenmerk van de ontvanger.", example="2025/HV/118"),
        Field("volgnummer", "Het vaste nummer van deze ontvanger.", NUMBER, True, 12),
        Field("ontvanger", "Aan wie de brief gaat: alle kolommen van de lijst.", BLOCK, True,
              parts=_ADDRESSED, open=True),
        Field("aanhef", "Hoe de brief begint.", required=True, example="Geacht college,"),
        Field("slotgroet", "Hoe de brief eindigt. In een Engelse brief hangt dat van de aanhef af.",
              required=True, example="Met vriendelijke groet,"),
        Field("taal", "De taal van deze brief: nl of en.", required=True, example="nl"),
        model_field(Mailing, "tekst"),
        Field("tekst_tot_slot", "De tekst van de brief zonder de laatste alinea.", RICH,
              example="In de Landelijke Regietafel is gesproken over doorstroomlocaties."),
        Field("slotalinea", "De laatste alinea van de tekst; na een lijst is die er niet.", RICH,
              example="Wilt u laten weten of u komt?"),
        Field("ondertekening", "Wie de brief ondertekent, en namens wie.", BLOCK,
              parts=model_fields(Ondertekening, _LINES, _HAND_FIELD)),
        *contact_fields(),
        *(model_field(Mailing, name) for name in _FROM_MAILING),
        *_COPYING,
        model_field(Mailing, "rubricering", meaning="Een van de vier rubriceringen, of een eigen "
                    "merking; zonder die is dat bij brieven zonder akkoord CONCEPT."),
        Field("concept", "Ja: er is akkoord nodig voor deze brieven, en dat is er nog niet.",
              ValueKind.YES_NO, True, False),
        Field("vervangt", "De verzonden brief die deze vervangt.", BLOCK, parts=_REPLACED),
        Field("gemeente", "De gemeente die de brief krijgt.", BLOCK, counted,
              parts=(*fields_made(_GEMEENTE), people)),
        Field("landelijk", "De landelijke aantallen van de taakstelling.", BLOCK, counted,
              parts=fields_made(_NATIONAL)),
        Field("taakstelling", "De aantallen van deze gemeente.", BLOCK, counted,
              parts=fields_made(_SHARE)),
        *_ROWS,
        list_field("bijlage_a", "De taakstellingen van alle gemeenten.", fields_made(_ROW)),
        list_field("bijlage_a_regels", "Hetzelfde, met twee gemeenten op een regel.", _PAIR),
    )  # fmt: skip
    fields: dict[str, Field] = {field.name: field for field in words}
    others = (*KOLOMMEN, *fields_made(_OF_PERSON))
    fields |= {other.name: other for other in others if other.name not in fields}
    for name in ("betreft", "code") if counted else ():
        fields[name] = replace(fields[name], required=True)
    return tuple(fields.values())


# --- made for all letters


def shared_words(
    mailing: Mailing,
    huisstijl: Huisstijl,
    afzender: Afzender,
    today: date,
    verdeling: Verdeling | None = None,
    *,
    concept: bool = False,
) -> Words:
    """Return the words that all letters of `mailing` share; `today` dates them if it does not.

    Letters that need a go-ahead and have none are a `concept`.
    """
    sender = sender_words(huisstijl, afzender)
    rows = _annex_rows(mailing, verdeling)
    return {
        **mailing.velden,
        **{name: to_words(getattr(mailing, name)) for name in _FROM_MAILING},
        "kopie_aan": [one.naam for one in mailing.kopie_aan],
        **contact_words(mailing.contactpersoon),
        "afzender": {**sender, "retouradres": afzender.retour or None},
        "betreft": mailing.betreft or make_subject(mailing),
        "concept": concept,
        "rubricering": mailing.rubricering or (CONCEPT if concept else None),
        "bijlage_a": rows,
        "bijlage_a_regels": _pairs(rows),
        "dagtekening": mailing.dagtekening or today,
        "documentsoort": "brief",
        "landelijk": words_made(_NATIONAL, verdeling) if verdeling else None,
        **row_words((), {}),
        "ondertekening": signature_words(mailing.ondertekening, mailing.taal),
        "taal": mailing.taal.value,
        **split_tekst(text_of(mailing)),
        "afschrift": None,  # a copy has one of its own
        "vervangt": None,  # a version of a letter that went out has one of its own
        "woordmerk": list(huisstijl.woordmerk),
    }


def make_subject(mailing: Mailing) -> str | None:
    """Return the subject of a letter that tells its taakstelling and no subject."""
    if mailing.taakstelling is None:
        return None
    half = mailing.taakstelling.halfjaar.voluit
    return f"Taakstelling vergunninghouders voor {half}"


def _annex_rows(mailing: Mailing, verdeling: Verdeling | None) -> list[Words]:
    """Return Bijlage A, if it was asked for: a row for each gemeente, in the order of the names."""
    if verdeling is None or mailing.taakstelling is None or not mailing.taakstelling.bijlage_a:
        return []
    rows = sorted(verdeling.rijen.values(), key=lambda row: alphabetical_key(row.naam))
    return [words_made(_ROW, row) for row in rows]


def _pairs(rows: list[Words]) -> list[Words]:
    """Return `rows` two by two, as a table shows them; the last one may have no `rechts`."""
    right = [*rows[1::2], None]
    return [{"links": row, "rechts": beside} for row, beside in zip(rows[::2], right, strict=False)]


_PLURAL = re.compile(
    r"(?:de )?(?:ministers|staatssecretarissen|burgemeester en wethouders|gedeputeerde staten)\b",
    re.IGNORECASE,
)
_SAID = (
    *("namens ", "mede namens ", "voor ", "i.o.v.", "in opdracht van "),
    *("on behalf of ", "also on behalf of ", "for ", "p.p."),
)
"""What an office begins with that says itself in what capacity is signed."""
_THE = re.compile(
    r"the |(?=(?:minister|state secretary|secretary|director|mayor|king's commissioner)\b)",
    re.IGNORECASE,
)
"""What an English office begins with, or should behind a preposition."""
_HAND = {Taal.NL: "Handtekening van", Taal.EN: "Signature of"}
_NAMENS = {Taal.NL: "namens ", Taal.EN: "on behalf of "}
_MEDE_NAMENS = {Taal.NL: "mede namens ", Taal.EN: "also on behalf of "}


def signature_words(ondertekening: Ondertekening | None, taal: Taal = Taal.NL) -> Words | None:
    """Return who signs; `regels` are the lines above the hand, each with its comma.

    A function below an office signs in its name, and the letter must say so (Awb 10:10). One organ
    says "namens deze", more than one or a plural body "namens dezen". English has no such word: who
    signs says "on behalf of" the office.
    """
    if ondertekening is None:
        return None
    office, also, functie = ondertekening.ambt, ondertekening.mede_namens, ondertekening.functie
    lines = [office, _named(also, _MEDE_NAMENS[taal]) if also else None]
    if ondertekening.namens:
        lines.append(_named(ondertekening.namens, _NAMENS[taal]))
    elif office and functie and taal is Taal.NL:
        plural = also or _PLURAL.match(office)
        lines.append("namens dezen" if plural else "namens deze")
    elif office and functie:
        start = _THE.match(office)
        lines[0] = _named(f"the {office[start.end() :]}" if start else office, _NAMENS[taal])
    lines.append(functie)
    regels = [f"{line.strip().rstrip(',')}," for line in lines if line]
    if regels:
        regels[0] = regels[0][0].upper() + regels[0][1:]
    hand = _hand(ondertekening, taal)
    return {**cast("Words", to_words(ondertekening)), "regels": regels, "handtekening": hand}


def _hand(ondertekening: Ondertekening, taal: Taal) -> Tekst | None:
    """Return the picture of the signature, if there is one; who signs is its description.

    Where it was left out of a publication copy, that is the mark in its place.
    """
    if ondertekening.handtekening is None:
        return None
    if MARK.fullmatch(ondertekening.handtekening):
        mark = ondertekening.handtekening
        return Tekst(mark, (Alinea((Tekstdeel(mark),)),))
    who = ondertekening.naam or ondertekening.functie or ondertekening.ambt or ""
    said = f"{_HAND[taal]} {who}".strip()
    return Tekst("", (Afbeelding(ondertekening.handtekening, said, hand=True),))


def _named(office: str, before: str) -> str:
    """Return `office` behind `before`, unless it says so itself ("namens deze", "voor deze")."""
    return office if office.casefold().startswith(_SAID) else before + office


# --- made for one letter


def letter_words(
    ontvanger: Ontvanger,
    volgnummer: int,
    gemeente: Gemeente | None,
    toedeling: Toedeling | None,
    mailing: Mailing,
    texts: LetterTexts | None = None,
    *,
    kix: bool = False,
    rows: Mapping[str, object] = _NO_ROWS,
) -> Words:
    """Return the words of the letter to `ontvanger`, the `volgnummer`th of the run.

    With `kix` it has a bar code below the address. Every column of the list is a word too, unless
    letters have a word of that name themselves. `texts` are those of the mailing, read. Raises
    WordsError if one of their words cannot be printed. `rows` are the words for its rows.
    """
    texts = texts or LetterTexts.of(mailing, make_subject(mailing), ontvanger.extra)
    values = pattern_words(ontvanger, volgnummer)
    taken = taken_words() | mailing.velden.keys()
    columns = {name: value for name, value in values.items() if name not in taken}
    words: Words = {
        "taal": mailing.taal.value,
        "uw_referentie": ontvanger.uw_referentie or mailing.uw_referentie,
        "gemeente": _gemeente_words(gemeente, toedeling) if gemeente else None,
        "taakstelling": words_made(_SHARE, toedeling) if toedeling else None,
    }
    tabel = cast("MakeTabel | None", rows.get(TABEL))
    rows = {name: value for name, value in rows.items() if name != TABEL}  # it is in the text
    filling = Filling(texts, {**mailing.velden, **rows, **values, **words}, tabel)
    with writing(mailing.taal):
        reference = filling.own("onze_referentie")
        reference = reference or filling.line("onze_referentie", mailing.onze_referentie)
        words["onze_referentie"] = filling.values["onze_referentie"] = reference
        salutation = _salutation(ontvanger, gemeente, mailing.taal)
        made = filling.words(ontvanger.aanhef, salutation)
    if filling.faults:
        raise WordsError(filling.faults)
    return {
        **rows,
        **columns,
        "ontvanger": {
            **values,
            "adresregels": list(ontvanger.adresregels),
            "kix": ontvanger.kix if kix else None,
        },
        **words,
        **made,
        "slotgroet": _closing(str(made["aanhef"]), mailing.taal),
    }


@cache
def word_parts() -> frozenset[str]:
    """Return the parts of words that may stand in the text of a letter with a taakstelling."""
    blocks = {"gemeente": (*_GEMEENTE, made("inwoners", "")), "taakstelling": _SHARE}
    names = (f"{block}.{row.field.name}" for block, table in blocks.items() for row in table)
    return frozenset(names)


@cache
def taken_words() -> frozenset[str]:
    """Return the words of letters that a column of the list of that name does not replace."""
    fields = (letter_fields(counted=kind.counted) for kind in kinds_of(Source.MAILING))
    own = {*_COLUMNS, *_NOBODY, "volgnummer"}
    return frozenset(field.name for all_ in fields for field in all_) - own


def pattern_words(ontvanger: Ontvanger, volgnummer: int) -> Words:
    """Return the words for the patterns of a letter: its columns and its number in the run.

    A recipient without a name goes by that of the organisation.
    """
    words: Words = {name: getattr(ontvanger, name) for name in _COLUMNS}
    words["naam"] = ontvanger.naam or ontvanger.organisatie
    persoon = _NOBODY
    if ontvanger.persoon:
        persoon = words_made(_OF_PERSON, ontvanger.persoon)
        persoon["naam_in_tekst"] = (
            ontvanger.persoon.name_in(Taal(ontvanger.taal or Taal.NL)) or None
        )
    return {**persoon, **ontvanger.extra, **words, "volgnummer": volgnummer}


_UNNAMED = re.compile(r"(?:dear )?(?:sirs?|madams?|ladies|gentlemen|to whom)\b", re.IGNORECASE)


def _closing(aanhef: str, taal: Taal) -> str:
    """Return how a letter ends that begins with `aanhef`."""
    if taal is Taal.NL:
        return "Met vriendelijke groet,"
    return "Yours faithfully," if _UNNAMED.match(aanhef) else "Yours sincerely,"


def _salutation(ontvanger: Ontvanger, gemeente: Gemeente | None, taal: Taal) -> str:
    if ontvanger.persoon and not ontvanger.is_body:
        return ontvanger.persoon.aanhef_in(taal)
    if taal is Taal.EN:
        return "Dear Sir or Madam,"
    if ontvanger.lichaam and ontvanger.is_body:
        return ontvanger.lichaam.aanhef
    return "Geacht college," if gemeente or ontvanger.code else "Geachte heer, mevrouw,"


def _gemeente_words(gemeente: Gemeente, toedeling: Toedeling | None) -> Words:
    """Return a gemeente, with the inhabitants that count for its number, else the latest."""
    latest = gemeente.inwoners[max(gemeente.inwoners)] if gemeente.inwoners else None
    people = toedeling.inwoners if toedeling else latest
    return {**words_made(_GEMEENTE, gemeente), "inwoners": people}
