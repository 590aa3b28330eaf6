"""A meeting as it may be published: what is left out of the data, and what is told of that."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pytest
from pydantic import BaseModel

from lrtdocs.model.openbaar.marks import Gemerkt
from lrtdocs.model.tekst import Tekst
from lrtdocs.model.vergadering import Vergadering
from lrtdocs.run.load.meeting import load_vergadering
from lrtdocs.run.publishing.fields import FIELDS
from lrtdocs.run.publishing.redact import Redacted, redact_meeting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

HOUSE = "afzenders: {a: {team: Team van De Vries}}\n"
HEAD = "overleg: Overleg\ndatum: 2025-03-19\ndagtekening: 2025-03-12\nagendapunten:\n"


@pytest.fixture
def redact(tmp_path: Path) -> Callable[..., Redacted]:
    def made(text: str, house: str = HOUSE) -> Redacted:
        (tmp_path / "huisstijl.yaml").write_text(house, encoding="utf-8")
        path = tmp_path / "overleg.yaml"
        path.write_text(text, encoding="utf-8")
        loaded, problems = load_vergadering(path, None)
        assert loaded is not None, list(map(str, problems))
        return redact_meeting(loaded)

    return made


def models_in(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        for info in annotation.model_fields.values():
            yield from models_in(info.annotation)
    for argument in get_args(annotation):
        yield from models_in(argument)


def test_of_every_field_of_a_meeting_it_is_decided_what_happens_with_it() -> None:
    """Whoever adds a field says in `publishing/fields.py` what a publication copy does with it."""
    models = set(models_in(Vergadering)) - {models for models in models_in(Vergadering)
                                            if models.__name__ == "Openbaar"}  # fmt: skip
    assert models <= FIELDS.keys()
    for model in models:
        assert set(FIELDS[model]) == set(model.model_fields), model.__name__


def test_an_annex_that_stands_twice_by_its_number_is_left_out_twice(
    redact: Callable[..., Redacted],
) -> None:
    model = redact(
        "bijlagen: [{nummer: '1', titel: Offerte X}, {nummer: '2', titel: Plan, publiek: 5.1.2b}]\n"
        f"{HEAD}  - titel: Een\n    bijlagen:\n"
        "      - {nummer: '1', titel: de offerte, publiek: 5.1.1c}\n"
        "      - {nummer: '2', titel: het plan, link: x.nl/plan}\n"
    ).loaded.model

    assert [each.titel for each in model.bijlagen] == ["[5.1.1c]", "[5.1.2b]"]
    first, second = model.agendapunten[0].bijlagen
    assert (first.titel, second.titel, second.link) == ("[5.1.1c]", "[5.1.2b]", None)


def test_numbers_of_annexes_that_are_in_no_list_say_nothing_of_other_items(
    redact: Callable[..., Redacted],
) -> None:
    annex = "    bijlagen: [{{nummer: '1', titel: Stuk{}}}]\n"
    model = redact(
        f"{HEAD}  - titel: Een\n{annex.format(', publiek: nee')}  - titel: Twee\n{annex.format('')}"
    ).loaded.model

    assert [punt.bijlagen[0].titel for punt in model.agendapunten] == ["[5.1.2i]", "Stuk"]


def everything(value: object) -> str:
    """Return all that a template could reach of `value`, as one text."""
    if isinstance(value, Gemerkt):
        return value.getypt
    if isinstance(value, Tekst):
        return f"{value.source} {value.blocks!r} {value.remarks!r}"
    if isinstance(value, BaseModel):
        private = getattr(value, "kort", "") or ""
        return " ".join(
            [private, *(everything(getattr(value, n)) for n in type(value).model_fields)]
        )
    if isinstance(value, tuple | list):
        return " ".join(map(everything, value))
    if isinstance(value, dict):
        return " ".join([*map(str, value), *map(everything, value.values())])
    return str(value)


PEOPLE = (
    HEAD
    + """\
  - titel: Opening
    inbrenger: Dhr. Van der Berg (BZK)
    gasten: [Mw. Smit (COA), Jan Klaassen (Kennisbureau), VNG, minister Faber]
    verslag: Tekst.
    stemming: {voor: [PvdA, Jansen], tegen: 3, onthouding: [Mw. De Wit]}
    actiepunten:
      - {wat: Bellen, wie: [DGM, Jansen, Mw. Nieuw en Dhr. Ander]}
aanwezig:
  - Mw. Jansen (AenM, voorzitter)
  - Mw. Faber (AenM, minister)
  - wethouder De Boer (Utrecht)
  - {aanhef: Dhr., naam: Zeven, organisatie: VRO, publiek: ja}
  - {aanhef: Dhr., naam: Acht, organisatie: VRO, publiek: 5.1.1d}
  - {aanhef: Mw., naam: Negen, rol: burgemeester, publiek: nee}
  - Dhr. Tien (adviseur van de minister)
  - Frank Elf, Bedrijf B.V.
afwezig:
  - Mw. Wegman (BZK, vervangen door Dhr. Jansen)
kopie_aan: [Secretarissen van de provincies, Mw. Kopie (IPO)]
notulist: J. Jansma
contactpersoon: {naam: P. Persoon, telefoon: 070 123 45 67, email: p.persoon@x.nl}
"""
)


def test_people_are_left_out_by_kind_and_keep_organisation_and_role(
    redact: Callable[..., Redacted],
) -> None:
    model = redact(PEOPLE).loaded.model

    assert [str(one) for one in model.aanwezig] == [
        "[5.1.2e] (AenM, voorzitter)",
        "Mw. Faber (AenM, minister)",
        "wethouder De Boer (Utrecht)",
        "Dhr. Zeven (VRO)",
        "[5.1.1d] (VRO)",
        "[5.1.2e] (burgemeester)",
        "[5.1.2e] (adviseur van de minister)",
        "[5.1.2e] (Bedrijf B.V.)",
    ]
    assert [str(one) for one in model.afwezig] == ["[5.1.2e] (BZK) (vervangen door [5.1.2e])"]
    assert model.notulist == "[5.1.2e]"
    assert model.kopie_aan == ("Secretarissen van de provincies", "[5.1.2e] (IPO)")
    (contact,) = model.contactpersoon
    assert (contact.naam, contact.telefoon, contact.email) == ("[5.1.2e]",) * 3


def test_people_are_left_out_where_items_actions_and_votes_name_them(
    redact: Callable[..., Redacted],
) -> None:
    (punt,) = redact(PEOPLE).loaded.model.agendapunten

    assert punt.inbrenger == "[5.1.2e] (BZK)"
    assert punt.gasten == ("[5.1.2e] (COA)", "[5.1.2e] (Kennisbureau)", "VNG", "minister Faber")
    assert punt.actiepunten[0].wie == ("DGM", "[5.1.2e]", "[5.1.2e] en [5.1.2e]")
    assert punt.stemming is not None
    assert (punt.stemming.voor, punt.stemming.onthouding) == (("PvdA", "[5.1.2e]"), ("[5.1.2e]",))


def test_nothing_that_was_left_out_can_be_reached(redact: Callable[..., Redacted]) -> None:
    redacted = redact(PEOPLE)
    reached = everything(redacted.loaded.model).casefold()

    left = {text for one in redacted.omissions for text in one.texts}
    assert {"Mw. Jansen", "Jansen", "070 123 45 67", "0701234567", "p.persoon@x.nl"} <= left
    assert [text for text in left if text.casefold() in reached] == []


def test_what_was_left_out_is_told_by_place_and_sort_without_its_words(
    redact: Callable[..., Redacted],
) -> None:
    told = {(one.place.line, one.what, one.grond) for one in redact(PEOPLE).omissions}

    assert (5 + 8, "naam van een aanwezige", "5.1.2e") in told
    assert (28, "e-mailadres van een contactpersoon", "5.1.2e") not in told
    assert any(what == "e-mailadres van een contactpersoon" for _, what, _ in told)
    assert any(what == "naam van wie agendapunt 1 inbrengt" for _, what, _ in told)
    assert any(what == "naam van een gast bij agendapunt 1" for _, what, _ in told)


TABLE = HOUSE + "openbaar: {weglaten: {burger: 5.1.2e, bestuurder: 5.1.2i}, tonen: [ambtenaar]}\n"


def test_a_link_to_the_mail_of_a_contact_goes_as_well(redact: Callable[..., Redacted]) -> None:
    text = PEOPLE.replace("verslag: Tekst.", "verslag: 'Stuur [een mail](mailto:p.persoon@x.nl).'")
    verslag = redact(text).loaded.model.agendapunten[0].verslag

    assert str(verslag) == "Stuur een mail."
    assert "persoon" not in everything(verslag)


def test_who_took_the_minutes_is_known_where_an_action_has_the_name_alone(
    redact: Callable[..., Redacted],
) -> None:
    text = PEOPLE.replace("wie: [DGM, Jansen,", "wie: [DGM, Jansma, Klaassen, Jansen,")
    (actie,) = redact(text).loaded.model.agendapunten[0].actiepunten

    assert actie.wie == ("DGM", *["[5.1.2e]"] * 3, "[5.1.2e] en [5.1.2e]")


def test_an_address_that_says_what_its_title_leaves_out_goes(
    redact: Callable[..., Redacted],
) -> None:
    annex = (
        "bijlagen: [{titel: 'Offerte [Zilver Staal]{weglaten=5.1.1c}', link: x.nl/zilver-staal}]\n"
    )
    model = redact(annex + HEAD + "  - Opening\n").loaded.model

    assert (model.bijlagen[0].titel, model.bijlagen[0].link) == ("Offerte [5.1.1c]", None)


def test_the_table_of_the_house_style_decides(redact: Callable[..., Redacted]) -> None:
    people = redact(PEOPLE, TABLE).loaded.model.aanwezig

    assert str(people[0]) == "Mw. Jansen (AenM, voorzitter)"
    assert str(people[2]) == "[5.1.2i] (Utrecht)"
    assert str(people[4]) == "[5.1.1d] (VRO)"


TEXTS = (
    HEAD
    + """\
  - titel: Nota van [De Vries]{weglaten=5.1.2e} over Ter Apel
    toelichting: |
      Mevrouw DE  VRIES en J. de Vríes spraken; **De** Vries' nota en De Vriesland niet.
      Zie [haar pagina](https://x.nl/de-vries), [mail](mailto:de.vries@x.nl) of 070-1234567.

      - Punt van [Smit[^1], **A.** en
        meer]{weglaten=5.2}, verder niet.

      | Wie | Wat |
      |---|---|
      | De Vries | [geheim]{weglaten=5.1.2i} |

      ![Foto van [De Vries]{weglaten=5.1.2e}](a.png "met De Vries")

      [^1]: In de noot staat Smits adres.
    besluiten:
      - Het [plan X]{weglaten=5.1.2i} gaat door.
openbaar:
  reden: Zo is het.
  weglaten: {de vries: 5.1.2e, 0701234567: 5.1.2e, bestaat niet: 5.2}
"""
)


def test_words_go_wherever_they_stand_and_marks_take_all_that_is_in_them(
    redact: Callable[..., Redacted], tmp_path: Path
) -> None:
    from PIL import Image

    Image.new("RGB", (9, 9)).save(tmp_path / "a.png")
    redacted = redact(TEXTS)
    (punt,) = redacted.loaded.model.agendapunten

    assert punt.titel == "Nota van [5.1.2e] over Ter Apel"
    assert str(punt.toelichting).splitlines() == [
        (
            "Mevrouw [5.1.2e] en J. [5.1.2e] spraken; [5.1.2e]' nota en De Vriesland niet. "
            "Zie haar pagina, mail of [5.1.2e]."
        ),
        "- Punt van [5.2], verder niet.",
        "Wie | Wat",
        "[5.1.2e] | [5.1.2i]",
        "[Afbeelding: Foto van [5.1.2e]]",
        "met [5.1.2e]",
    ]
    assert str(punt.besluiten[0].tekst) == "Het [5.1.2i] gaat door."
    assert redacted.loaded.house.afzender.team == "Team van [5.1.2e]"
    assert redacted.unseen == ("bestaat niet",)
    assert {one.reason for one in redacted.omissions} == {"Zo is het."}
    reached = everything(redacted.loaded.model).replace("Vriesland", "").casefold()
    assert [word for word in ("vries", "smit", "1234567", "plan x") if word in reached] == []


HIDDEN = (
    HEAD
    + """\
  - titel: Opening
    besluiten: [Het verslag is vastgesteld.]
    actiepunten: [{wat: Rondsturen, wie: DGM}]
  - titel: Ontslag van X
    vertrouwelijk: ja
    tijd: 10:10
    inbrenger: Directie P
    verslag: X gaat weg.
    bijlagen: [{titel: Brief aan X, bestand: x.pdf}]
    besluiten: [X krijgt ontslag.]
    actiepunten: [{wat: X bellen, wie: P}]
    subpunten: [{titel: Afscheid van X}]
  - titel: Gewoon
    subpunten: [{titel: Ook geheim Y, vertrouwelijk: 5.1.1c}]
    besluiten:
      - {tekst: Besluit Z, publiek: nee, stemming: {tegen: 4}}
      - Besluit open.
    actiepunten: [{wat: Verder gaan, wie: DGM}]
    bijlagen:
      - {titel: Open stuk, bestand: open.pdf, publiek: ja}
      - {titel: Alleen de titel, bestand: dicht.pdf}
      - {titel: Stuk Q, bestand: q.pdf, link: x.nl/q, publiek: 5.1.2i}
"""
)


def test_of_a_confidential_item_number_time_and_place_stay(redact: Callable[..., Redacted]) -> None:
    redacted = redact(HIDDEN)
    _, hidden, last = redacted.loaded.model.agendapunten

    assert hidden.titel == "(vertrouwelijk) [5.1.2i]"
    assert str(hidden.tijd) == "10.10 uur"
    assert [one.titel for one in hidden.subpunten] == ["(vertrouwelijk) [5.1.2i]"]
    assert (hidden.verslag, hidden.bijlagen, hidden.besluiten, hidden.inbrenger) == (
        None,
        (),
        (),
        None,
    )
    assert last.subpunten[0].titel == "(vertrouwelijk) [5.1.1c]"
    reached = everything(redacted.loaded.model)
    assert not [x for x in ("Ontslag", "X gaat", "Brief aan", "bellen", "Afscheid", "geheim Y", "Q")
                if x in reached]  # fmt: skip


def test_numbers_of_decisions_and_actions_are_those_of_the_normal_paper(
    redact: Callable[..., Redacted],
) -> None:
    first, _, last = redact(HIDDEN).loaded.model.agendapunten

    assert [(one.nummer, str(one.tekst)) for one in (*first.besluiten, *last.besluiten)] == [
        ("B1", "Het verslag is vastgesteld."), ("B3", "[5.1.2i]"), ("B4", "Besluit open."),
    ]  # fmt: skip
    assert [one.nummer for one in (*first.actiepunten, *last.actiepunten)] == ["A1", "A3"]
    assert last.besluiten[0].stemming is None


def test_annexes_go_along_only_when_they_are_said_to_be_public(
    redact: Callable[..., Redacted],
) -> None:
    redacted = redact(HIDDEN)

    annexes = redacted.loaded.model.agendapunten[2].bijlagen
    assert [(one.titel, one.bestand, one.link) for one in annexes] == [
        ("Open stuk", "open.pdf", None),
        ("Alleen de titel", None, None),
        ("[5.1.2i]", None, None),
    ]
    assert redacted.withheld == ("Alleen de titel",)


@pytest.mark.parametrize("link", ["x.nl/Appelman.pdf", "x.nl/?naam=mevrouw+appelman"])
def test_an_address_that_says_a_part_of_what_its_title_leaves_out_goes(
    redact: Callable[..., Redacted], link: str
) -> None:
    title = "titel: 'Klacht van [Mevrouw Appelman]{weglaten=5.1.2e}'"
    model = redact(f"bijlagen: [{{{title}, link: {link!r}}}]\n{HEAD}  - Opening\n").loaded.model

    assert model.bijlagen[0].link is None


def test_of_a_link_with_a_mark_in_it_the_address_goes(redact: Callable[..., Redacted]) -> None:
    text = "Zie [de klacht van [Appelman]{weglaten=5.1.2e} zelf](https://x.nl/1)."
    (punt,) = redact(f"{HEAD}  - titel: T\n    verslag: '{text}'\n").loaded.model.agendapunten

    assert str(punt.verslag) == "Zie de klacht van [5.1.2e] zelf."
    assert "x.nl" not in everything(punt.verslag)


def test_who_is_left_out_is_so_in_what_the_role_says_too(redact: Callable[..., Redacted]) -> None:
    people = """\
aanwezig:
  - Mw. Jansen (AenM, medewerker van Dhr. Zeven)
  - {naam: B. Wouters, organisatie: IPO, rol: adviseur van Wouters}
  - Dhr. Zeven (VRO)
"""
    model = redact(people + HEAD + "  - Opening\n").loaded.model

    assert [str(one) for one in model.aanwezig] == [
        "[5.1.2e] (AenM, medewerker van [5.1.2e])",
        "[5.1.2e] (IPO, adviseur van [5.1.2e])",
        "[5.1.2e] (VRO)",
    ]


COUNCIL = """\
aanwezig:
  Bestuur:
    - Mw. Hoekstra (heemraad)
    - Mw. Jansen (secretaris)
    - en vijf leden van Groen Waterveen
agendapunten:
  - titel: Dorp
    stemming: {voor: [Groen Waterveen, Dhr. Jansen], tegen: Dorpsbelang}
    actiepunten: [{wat: Brief, wie: [Mw. Hoekstra, Mw. Jansen]}]
"""


def test_who_is_shown_stays_shown_where_the_name_comes_back(
    redact: Callable[..., Redacted],
) -> None:
    (punt,) = redact("overleg: O\ndatum: 2025-03-19\n" + COUNCIL).loaded.model.agendapunten

    assert punt.actiepunten[0].wie == ("Mw. Hoekstra", "[5.1.2e]")


def test_a_number_of_members_is_nobody_by_name(redact: Callable[..., Redacted]) -> None:
    model = redact("overleg: O\ndatum: 2025-03-19\n" + COUNCIL).loaded.model

    assert str(model.aanwezig[2]) == "en vijf leden van Groen Waterveen"
    assert model.agendapunten[0].stemming is not None
    assert model.agendapunten[0].stemming.voor == ("Groen Waterveen", "[5.1.2e]")


def test_a_hyphen_makes_no_difference_for_words_that_are_left_out(
    redact: Callable[..., Redacted],
) -> None:
    text = "Mw. Jansen-de Vries, Jansen de Vries, JANSEN_DE_VRIES; Jansen, de Vriesstraat"
    block = 'openbaar: {weglaten: {"Jansen de Vries": 5.1.2e}}\n'
    (punt,) = redact(
        f"{block}{HEAD}  - titel: T\n    verslag: '{text}'\n"
    ).loaded.model.agendapunten

    assert str(punt.verslag) == "Mw. [5.1.2e], [5.1.2e], [5.1.2e]; Jansen, de Vriesstraat"
