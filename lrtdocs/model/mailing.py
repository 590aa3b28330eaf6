"""A mailing: one file for one run of letters; and the go-ahead for them, which lrtdocs writes.

That is no electronic signature: it tells that a name was typed, and that nothing is other than it
was then.
"""

from __future__ import annotations

import hashlib
import json
import re
from functools import cached_property
from typing import TYPE_CHECKING, Annotated

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
)
from pydantic_core import PydanticKnownError

from lrtdocs import dutch
from lrtdocs.kinds import KINDS, Source, kinds_of
from lrtdocs.language import NAMED, Taal
from lrtdocs.messages import FaultError
from lrtdocs.model.geadresseerde.kopie import Kopieen
from lrtdocs.model.namen import fold_letters
from lrtdocs.model.openbaar.blok import Openbaar
from lrtdocs.model.openbaar.keuze import keuze
from lrtdocs.model.openbaar.marks import parse_marks
from lrtdocs.model.schema import Record
from lrtdocs.model.stuk import Bijlagen, Contactpersonen
from lrtdocs.model.taakstelling import Taakstelling
from lrtdocs.model.value import Soort
from lrtdocs.model.velden import (
    Bestand,
    BriefTekstField,
    Datum,
    Getal,
    JaNee,
    PatroonField,
    Publiek,
    Regel,
    Rubricering,
    Tijd,
    also_text,
    as_list,
    one_of,
)

if TYPE_CHECKING:
    from lrtdocs.model.tekst import Tekst

GEMEENTEN = "gemeenten"
"""The recipients that are the built-in register."""
_LETTERS = [kind.name for kind in reversed(kinds_of(Source.MAILING))]


def _requiring(key: str) -> str:
    """Return the kinds of letter that cannot do without `key`."""
    return " en ".join(kind.name for kind in kinds_of(Source.MAILING) if kind.requires == key)


_WORD = re.compile(r"[a-z_][a-z0-9_]*")


class Ondertekening(Record, about="Wie de brief ondertekent, en namens wie.", text="naam"):
    """Who signs, and in whose name."""

    ambt: Regel | None = Field(
        None,
        description="Het ambt dat de brief stuurt.",
        examples=["De minister van Asiel en Migratie"],
    )
    mede_namens: Regel | None = Field(
        None,
        description="Het ambt dat de brief mede stuurt. 'Mede namens' zet lrtdocs ervoor.",
        examples=["de minister van Volkshuisvesting en Ruimtelijke Ordening"],
    )
    namens: Regel | None = Field(
        None,
        description="Namens wie er wordt ondertekend. "
        "Laat u het weg, dan staat er bij een ambt met een functie 'namens deze'.",
        examples=["namens deze"],
    )
    functie: Regel | None = Field(
        None,
        description="De functie van wie ondertekent.",
        examples=["de directeur-generaal Migratie"],
    )
    naam: Regel | None = Field(
        None, description="De naam van wie ondertekent.", examples=["J. Jansen"]
    )
    publiek: Publiek = keuze(
        "Ja: de naam staat ook in de openbare versie. Nee, of een grond zoals 5.1.2e: daar staat "
        "de grond in plaats van de naam. Laat u het weg, dan beslist de tabel in huisstijl.yaml.",
    )
    handtekening: Bestand | None = Field(
        None,
        description="Een afbeelding van de handtekening (PNG of JPEG), gezien vanaf dit bestand. "
        "Zij komt boven de naam. Laat u haar weg, dan is daar ruimte om te tekenen.",
        examples=["paraaf.png"],
    )


def _free(value: object) -> object:
    """Return a free value as it is: text, or lists and mappings of text, with its marks read."""
    if isinstance(value, dict):
        return {key: _free(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_free(each) for each in value]
    if isinstance(value, str):
        return parse_marks(value)
    raise FaultError("LRT204.hoort", what="een tekst, een lijst of een blok")


def _name(name: str) -> str:
    """Refuse a key that no template can name, or that would hide a key of the mailing itself."""
    if _WORD.fullmatch(name) is None:
        raise FaultError("LRT231.woord", name=name)
    if name in Mailing.model_fields:
        raise FaultError("LRT231.bezet", name=name)
    return name


TaalField = Annotated[
    Taal,
    one_of(Taal, {name: taal for name, taal in NAMED.items() if name not in tuple(Taal)}),
]
Velden = dict[
    Annotated[str, AfterValidator(_name)],
    Annotated[object, AfterValidator(_free), WithJsonSchema({})],
]
SoortField = Annotated[Soort, one_of(Soort, {"ja of nee": Soort.JA_NEE, "janee": Soort.JA_NEE})]


class Kolomsoort(Record, about="Wat er in een kolom van de lijst staat.", text="soort"):
    """What the cells of a column are."""

    soort: SoortField | None = Field(
        None,
        description="Wat elke cel is: tekst, getal, bedrag, datum of ja/nee. "
        "Laat u het weg, dan leest lrtdocs het uit de cellen.",
        examples=["bedrag"],
    )
    verplicht: JaNee = Field(False, description="Ja: geen enkele cel van de kolom mag leeg zijn.")
    publiek: Publiek = keuze(
        "Ja: wat er in de kolom staat, blijft staan in de openbare versie. Nee, of een grond zoals "
        "5.1.2e: daar staat de grond. Laat u het weg, dan blijft de kolom bij personen weg, en bij "
        "gemeenten en organisaties staan.",
    )


class Vertaling(Record, about="Wat de brieven in de andere taal zeggen."):
    """What letters say that are not in the language of their mailing, where that differs."""

    betreft: Regel | None = Field(
        None,
        description="Waar de brief over gaat.",
        examples=["Invitation to a meeting on reception"],
    )
    aanhef: Regel | None = Field(
        None, description="De aanhef.", examples=["Dear members of the network,"]
    )
    tekst: BriefTekstField | None = Field(
        None,
        description="De tekst van de brief.",
        examples=["I would like to invite you to a meeting on **23 April 2025**."],
    )
    ondertekening: Ondertekening | None = Field(
        None, description="Wie de brief ondertekent, in die taal."
    )
    bijlagen: Bijlagen = Field((), description="Wat er bij de brief gaat.")
    kopie_aan: Kopieen = Field(
        (), description="Wie een kopie krijgen.", examples=[["the Association of Municipalities"]]
    )
    velden: Velden = Field(
        default_factory=dict, description="Eigen woorden die in die taal anders zijn."
    )


class Rijen(Record, about="Een lijst met de rijen van elke brief.", text="bestand"):
    """Another list, of which the rows go into the letters."""

    bestand: Regel = Field(
        description="Het bestand met de rijen (.xlsx of .csv).", examples=["locaties.xlsx"]
    )
    blad: Regel | None = Field(
        None, description="Op welk blad van de werkmap de rijen staan.", examples=["Locaties"]
    )


class Tabelkolom(Record, about="Een kolom van de tabel met rijen in de brief.", text="kolom"):
    """A column of the table of rows."""

    kolom: Regel = Field(description="De kop van de kolom in de lijst.", examples=["locatie"])
    kop: Regel | None = Field(
        None, description="De kop in de brief, als die anders is.", examples=["Locatie"]
    )
    soort: SoortField | None = Field(
        None,
        description="Wat elke cel is: een bedrag of een getal wordt opgeteld, een tekst niet. "
        "Laat u het weg, dan is het wat de meeste cellen zijn.",
        examples=["bedrag"],
    )


class Mailing(Record, about="Eén verzending: hieruit komen de brieven, voor elke ontvanger een."):
    """A run of letters: one template, many recipients."""

    sjabloon: Regel = Field(
        description=f"Het sjabloon: {', '.join(_LETTERS)}, of een eigen .docx.",
        examples=[*_LETTERS, "sjablonen/uitnodiging.docx"],
    )
    ontvangers: Regel = Field(
        description="Het bestand met de ontvangers (.xlsx of .csv), of gemeenten.",
        examples=["adressen.xlsx", GEMEENTEN],
    )
    afzender: Regel | None = Field(
        None, description="Welke afzender uit huisstijl.yaml. Is er maar één, dan kan dit weg."
    )
    dagtekening: Datum | None = Field(
        None,
        description="De datum van de brief. Laat u hem weg, dan is het de datum van vandaag.",
    )
    betreft: Regel | None = Field(
        None,
        description="Waar de brief over gaat. Woorden tussen accolades worden ingevuld.",
        examples=["Taakstelling huisvesting vergunninghouders, tweede helft van 2025"],
    )
    aanhef: Regel | None = Field(
        None,
        description="De aanhef. Laat u hem weg, dan past lrtdocs hem aan de ontvanger aan. "
        "Woorden tussen accolades worden ingevuld.",
        examples=["Geacht college,"],
    )
    tekst: BriefTekstField | None = Field(
        None,
        description="De tekst van de brief. Woorden tussen accolades worden bij elke ontvanger "
        f"ingevuld. Bij het sjabloon {_requiring('tekst')} is de tekst nodig.",
        examples=["Ik nodig u uit voor een werksessie op **23 april 2025**."],
        validate_default=True,
    )
    taakstelling: Taakstelling | None = Field(
        None,
        description="Het aantal en de verdeling. "
        f"Bij het sjabloon {_requiring('taakstelling')} is dat nodig.",
        validate_default=True,
    )
    taal: TaalField = Field(
        Taal.NL,
        description="De taal van de brieven: nl of en. Een kolom taal zegt het per ontvanger.",
        examples=["en"],
    )
    vertaling: Vertaling | None = Field(
        None,
        description="Wat de brieven zeggen die niet in de taal van de mailing zijn, "
        "als de lijst een kolom taal heeft.",
    )
    ondertekening: Ondertekening | None = Field(None, description="Wie de brief ondertekent.")
    bijlagen: Bijlagen = Field((), description="Wat er bij de brief gaat.")
    kopie_aan: Kopieen = Field(
        (),
        description="Wie een kopie krijgen: namen, of een naam met een adres. "
        "Met --afschriften krijgt wie een adres heeft de kopie als brief.",
        examples=[["het Interprovinciaal Overleg"]],
    )
    rubricering: Rubricering | None = Field(
        None,
        description="Een van de vier rubriceringen, of een eigen merking.",
        examples=["CONCEPT"],
    )
    contactpersoon: Contactpersonen = Field(
        (), description="Bij wie men terecht kan: één, of een lijst van personen."
    )
    onze_referentie: PatroonField | None = Field(
        None,
        description="Het kenmerk van elke brief. Woorden tussen accolades worden ingevuld.",
        examples=["6214375-{volgnummer:04}"],
    )
    uw_referentie: Regel | None = Field(
        None, description="Het kenmerk van de ontvanger, als dat voor alle brieven hetzelfde is."
    )
    bestandsnaam: PatroonField | None = Field(
        None,
        description="Hoe de bestanden heten. Woorden tussen accolades worden ingevuld.",
        examples=["{code}-{naam}"],
    )
    dubbelzijdig: JaNee | None = Field(
        None,
        description="Ja: de brieven worden aan twee kanten van het papier geprint. In de PDF om te "
        "printen begint dan elke brief op een voorkant. Nee: ze worden aan één kant geprint.",
        examples=["ja"],
    )
    velden: Velden = Field(
        default_factory=dict, description="Eigen woorden voor een eigen sjabloon."
    )
    kolommen: dict[str, Kolomsoort] = Field(
        default_factory=dict,
        description="Wat er in de eigen kolommen van de lijst staat, bij de kop van elke kolom.",
        examples=[{"bedrag": {"soort": "bedrag", "verplicht": "ja"}}],
    )
    blad: Regel | None = Field(
        None,
        description="Op welk blad van de werkmap de lijst staat. Zijn er meer bladen die een lijst "
        "kunnen zijn, dan is het nodig.",
        examples=["Adressen"],
    )
    alleen_zichtbare_rijen: JaNee = Field(
        False,
        description="Ja: rijen die verborgen zijn, doen niet mee, in de lijst van ontvangers en in "
        "die van 'rijen'.",
    )
    groepeer: Regel | None = Field(
        None,
        description="De kolom die zegt welke rijen bij elkaar horen: die krijgen samen één brief. "
        "Adres en aanhef komen uit de eerste rij.",
        examples=["code"],
    )
    rijen: Rijen | None = Field(
        None,
        description="Een lijst met de rijen, als die niet in de lijst met ontvangers staan. "
        "Beide lijsten hebben de kolom die bij groepeer staat.",
        examples=["locaties.xlsx"],
    )
    tabel: Annotated[tuple[Tabelkolom, ...], BeforeValidator(as_list), also_text] = Field(
        (),
        description="De kolommen van de tabel met de rijen van de brief. Zij komt waar {tabel} "
        "alleen op een regel staat, en anders onder de tekst.",
        examples=[["locatie", "bedrag"]],
    )
    openbaar: Openbaar | None = Field(
        None, description="Wat er in de openbare versie staat, en wat niet."
    )

    @field_validator("tekst", "taakstelling")
    @classmethod
    def _needed(
        cls, value: Tekst | Taakstelling | None, info: ValidationInfo
    ) -> Tekst | Taakstelling | None:
        """Report a key as missing if the kind of letter that was chosen cannot do without it."""
        kind = KINDS.get(info.data.get("sjabloon", ""))
        if value is None and kind is not None and kind.requires == info.field_name:
            raise PydanticKnownError("missing")
        return value

    @field_validator("taal")
    @classmethod
    def _dutch_only(cls, taal: Taal, info: ValidationInfo) -> Taal:
        """Refuse another language for a taakstelling: its text is that of a Dutch law."""
        if taal is not Taal.NL and info.data.get("taakstelling"):
            raise FaultError("LRT241", text=taal.value)
        return taal

    def in_taal(self, taal: Taal) -> Mailing:
        """Return the mailing as its letters in `taal` have it."""
        return self if taal == self.taal else self._translated

    @cached_property
    def _translated(self) -> Mailing:
        """The mailing in the other language: what its `vertaling` says, and else the same."""
        other = self.taal.other
        given = self.vertaling or Vertaling()
        said = {name: getattr(given, name) for name in Vertaling.model_fields}
        changes = {name: value for name, value in said.items() if value}
        changes["velden"] = {**self.velden, **given.velden}
        return self.model_copy(update={**changes, "taal": other})


# --- the go-ahead, in a file of its own


class Akkoordgever(Record, about="Wie akkoord gaf, en wanneer."):
    """Somebody who gave the go-ahead."""

    naam: Regel = Field(description="De naam van wie akkoord gaf.", examples=["A. Jansen"])
    functie: Regel | None = Field(None, description="Als wat.", examples=["afdelingshoofd"])
    datum: Datum = Field(description="De dag waarop het akkoord is gegeven.")
    tijd: Tijd = Field(description="Hoe laat dat was.")

    def __str__(self) -> str:
        return f"{self.naam} op {dutch.format_date(self.datum)}"

    def is_same(self, name: str) -> bool:
        """Tell whether this is who is called `name`, however that is typed."""
        return fold_letters(self.naam) == fold_letters(name)


class GebondenBestand(Record, about="Een bestand waar het akkoord bij hoort."):
    """A file that goes into the letters, as it was then."""

    wat: Regel = Field(description="Wat het bestand voor de brieven is.", examples=["de mailing"])
    bestand: Regel = Field(description="Hoe het heet, gezien vanaf de mailing.")
    sha256: Regel = Field(description="Het controlegetal van het bestand.")


class Akkoord(Record, about="Het akkoord voor de brieven van een mailing. lrtdocs maakt dit zelf."):
    """The go-ahead for a mailing as it was; `controlegetal` tells whether the file is as it was."""

    akkoord: tuple[Akkoordgever, ...] = Field(
        min_length=1, description="Wie akkoord gaven, en wanneer."
    )
    brieven: Getal = Field(description="Hoeveel brieven het waren.")
    lrtdocs: Regel = Field(description="De versie van lrtdocs.")
    bestanden: tuple[GebondenBestand, ...] = Field(
        min_length=1, description="De bestanden waar het akkoord bij hoort."
    )
    controlegetal: Regel = Field("", description="Waaraan te zien is of dit bestand is veranderd.")

    def checksum(self) -> str:
        """Return the SHA-256 of all that the file says."""
        people = [
            [one.naam, one.functie or "", one.datum.isoformat(), str(one.tijd)]
            for one in self.akkoord
        ]
        files = [[one.wat, one.bestand, one.sha256] for one in self.bestanden]
        said = json.dumps([people, self.brieven, self.lrtdocs, files], ensure_ascii=False)
        return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()

    def names(self) -> str:
        """Return who gave it, each with the day, as a phrase."""
        return dutch.join_words([str(one) for one in self.akkoord])
