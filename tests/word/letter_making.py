"""Letters for tests: a mailing in a few words, filled in and ready to look at."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache
from typing import Any

from lrtdocs.documents.letters import letter_words, shared_words
from lrtdocs.errors import Place
from lrtdocs.model.afzender import Afzender, Huisstijl
from lrtdocs.model.mailing import Mailing
from lrtdocs.model.ontvanger import Ontvanger
from lrtdocs.model.taakstelling import make_verdeling
from lrtdocs.source.lists.register import load_register
from lrtdocs.word.compile.template import compile_template
from lrtdocs.word.fill.render import render
from lrtdocs.word.house.build import build_templates

SENDER = Afzender(
    directoraat_generaal="Directoraat-Generaal Migratie",
    directie="Directie Regie Migratieketen",
    bezoekadres=("Turfmarkt 147", "2511 DP  Den Haag"),
    postadres=("Postbus 20011", "2500 EH  Den Haag"),
    website="www.rijksoverheid.nl",
)
HUISSTIJL = Huisstijl.model_validate(
    {"afzenders": {"a": {"team": "T"}}, "woordmerk": ["Ministerie van Asiel en", "Migratie"]}
)
HALFYEAR = {"halfjaar": "2025-II", "totaal": "13.000"}
ADJUSTED = {**HALFYEAR, "bijstelling": {"halfjaar": "2025-I", "was": "17.700", "wordt": "15.000"}}
SIGNED = {
    "ambt": "De minister van Asiel en Migratie",
    "functie": "de directeur-generaal Migratie",
    "naam": "A. Voorbeeld",
}
CONTACT = {"naam": "J. Voorbeeld", "telefoon": "070 000 00 00", "email": "lrt@voorbeeld.nl"}


@cache
def template(kind: str) -> Any:
    return compile_template(build_templates()[f"{kind}.docx"], kind)


def make_taakstelling(
    naam: str = "Bergen (NH.)",
    *,
    stand: dict[str, int] | None = None,
    to: dict[str, str] | None = None,
    **mailing: Any,
) -> bytes:
    """Return the letter to gemeente `naam`; `stand` replaces numbers of its row."""
    given = {"sjabloon": "taakstelling", "ontvangers": "a.xlsx", "taakstelling": HALFYEAR}
    one = Mailing.model_validate({**given, **mailing})
    register = load_register()
    gemeente = register.find_name(naam)
    assert gemeente is not None
    assert one.taakstelling is not None
    verdeling = make_verdeling(one.taakstelling, register)
    row = replace(verdeling.rijen[gemeente.code], **(stand or {}))
    address = {"adres": "Postbus 1", "postcode": "1860 AA", "plaats": "Bergen"}
    ontvanger = Ontvanger(
        Place("a.xlsx"), code=gemeente.code, naam=gemeente.naam, **{**address, **(to or {})}
    )
    words = shared_words(one, HUISSTIJL, SENDER, dt.date(2025, 3, 25), verdeling)
    own = letter_words(ontvanger, 7, gemeente, row, one)
    return render(template("taakstelling"), {**words, **own})


def make_brief(
    tekst: str = "Kort.",
    *,
    sender: Afzender = SENDER,
    to: dict[str, str] | None = None,
    **mailing: Any,
) -> bytes:
    """Return a plain letter that says `tekst`."""
    one = Mailing.model_validate(
        {"sjabloon": "brief", "ontvangers": "a.csv", "tekst": tekst, **mailing}
    )
    ontvanger = Ontvanger(Place("a.csv"), **(to or {"naam": "J. de Vries"}))
    words = shared_words(one, HUISSTIJL, sender, dt.date(2025, 3, 25))
    return render(template("brief"), {**words, **letter_words(ontvanger, 1, None, None, one)})
