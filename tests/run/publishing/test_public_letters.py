"""Publication copies of letters: persons left out whole, bodies as they are, all or none."""

from __future__ import annotations

import json
import re
import zipfile
from dataclasses import fields
from io import BytesIO
from typing import TYPE_CHECKING, get_args

import pytest
from docx import Document
from pydantic import BaseModel

from lrtdocs import api
from lrtdocs.errors import ExitCode
from lrtdocs.model.mailing import Mailing
from lrtdocs.model.ontvanger import Ontvanger
from lrtdocs.run.publishing.fields import FIELDS, RECIPIENT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOUSE = """\
afzenders: {a: {team: T, retouradres: Postbus 1 2500 EH  Den Haag}}
kix: {lettertype: KIX Barcode}
openbaar: {weglaten: {ambtenaar: 5.1.2e, burger: 5.1.2e}, tonen: [bewindspersoon, bestuurder]}
"""
MAILING = """\
sjabloon: brief
ontvangers: lijst.csv
dagtekening: 2025-03-14
betreft: Uitnodiging
onze_referentie: "LRT-{volgnummer:03}"
"""
TEKST = "tekst: Wij nodigen u uit.\n"
PERSON = "geslacht;voorletters;voorvoegsel;achternaam;adres;postcode;plaats\n"
DE_VRIES = "m;J.P.;de;Vries;Kerkweg 17;9401 AA;Assen\n"
BODY = "naam;adres;postcode;plaats\n"
Publish = "Callable[..., tuple[list[Path], list[str], api.Outcome]]"


@pytest.fixture
def publish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Publish:
    """Return what makes the copies of a mailing: the documents, the problems and the outcome."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")  # 1 January 2026

    def made(
        rows: str, extra: str = TEKST, house: str = HOUSE, mailing: str = MAILING, **options: object
    ) -> tuple[list[Path], list[str], api.Outcome]:
        for name, text in {"huisstijl": house, "m": mailing + extra}.items():
            (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
        (tmp_path / "lijst.csv").write_text(rows, encoding="utf-8")
        asked = api.PublishOptions(**{"output": str(tmp_path / "uit"), **options})
        outcome = api.publish([tmp_path / "m.yaml"], asked)
        docs = sorted((tmp_path / "uit" / "m-openbaar").glob("*.docx"))
        return docs, [f"{one.key}" for one in outcome.problems], outcome

    return made


def lines(path: Path) -> list[str]:
    """Return the paragraphs of a letter, those of tables and text boxes as well."""
    root = Document(str(path)).element.body
    tag = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    return ["".join(t.text or "" for t in p.iter(f"{tag}t")) for p in root.iter(f"{tag}p")]


def everything(path: Path) -> str:
    """Return all that is in a document, and what it is called."""
    if path.suffix != ".docx":
        return path.name + path.read_text("utf-8")
    with zipfile.ZipFile(path) as package:
        parts = [package.read(name).decode("utf-8", "replace") for name in package.namelist()]
    return path.name + "\n".join([*lines(path), *parts])


def models_in(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        for info in annotation.model_fields.values():
            yield from models_in(info.annotation)
    for argument in get_args(annotation):
        yield from models_in(argument)


def test_of_every_field_of_a_mailing_it_is_decided_what_happens_with_it() -> None:
    """Whoever adds a field says in `publishing/fields.py` what a publication copy does with it."""
    models = {one for one in models_in(Mailing) if one.__name__ != "Openbaar"}
    assert models <= FIELDS.keys()
    for model in models:
        assert set(FIELDS[model]) == set(model.model_fields), model.__name__


def test_of_every_field_of_a_recipient_it_is_decided_what_happens_with_it() -> None:
    assert set(RECIPIENT) == {each.name for each in fields(Ontvanger)}


# --- who a letter is for


def test_a_person_is_left_out_whole(publish: Publish) -> None:
    text = "tekst: Dit is alleen voor {naam_in_tekst}, {adres} in {plaats}.\n"
    (path,), keys, outcome = publish(PERSON + DE_VRIES, text, html=True)

    assert path.name == "0001-weggelaten-5.1.2e-openbaar.docx"
    assert keys == []
    said = lines(path)
    at = said.index("[5.1.2e]")
    assert said[at : at + 2] == ["[5.1.2e]", "[5.1.2e]"]
    assert "Geachte [5.1.2e]," in said
    assert "Dit is alleen voor [5.1.2e], [5.1.2e] in [5.1.2e]." in said
    for each in (path, path.with_suffix(".html")):
        for word in ("Vries", "J.P.", "Kerkweg", "9401", "Assen", "ASSEN", "heer"):
            assert word not in everything(each), (each.name, word)
    told = "\n".join(outcome.remarks)
    assert "naam van een ontvanger: 1 keer, 5.1.2e (lijst.csv, regel 2)" in told
    assert "Vries" not in told


@pytest.mark.parametrize(
    "naam",
    [
        "Gemeente Assen",
        "Provincie Drenthe",
        "Waterschap Rivierenland",
        "Ministerie van Financiën",
        "COA",
        "Centraal Orgaan opvang asielzoekers",
    ],
)
def test_a_body_stays_with_its_address(publish: Publish, naam: str) -> None:
    (path,), _, outcome = publish(f"{BODY}{naam};Postbus 30017;9400 RA;Assen\n")

    said = lines(path)
    assert {"Postbus 30017", "9400 RA  ASSEN"} <= set(said)
    assert "weggelaten" not in path.name
    assert "[5.1.2e]" not in "".join(said)
    assert "m.yaml: 0 dingen weggelaten." in outcome.remarks


def test_whom_a_letter_to_an_organisation_is_for_goes_and_the_organisation_stays(
    publish: Publish,
) -> None:
    rows = "organisatie;t.a.v.;adres;postcode;plaats;aanhef;email\n"
    rows += "Fedasil;mw. A. Peeters;Laan 21;2517 AA;Den Haag;Geachte mevrouw Peeters,;a@p.be\n"
    rows += "Bureau X;Afdeling Wonen;Laan 22;2517 AA;Den Haag;Geachte heer, mevrouw,;b@x.nl\n"
    (first, second), _, _ = publish(rows, "tekst: Ons adres voor u is {email}.\n")

    said = lines(first)
    at = said.index("Fedasil")
    assert said[at : at + 4] == ["Fedasil", "t.a.v. [5.1.2e]", "Laan 21", "2517 AA  DEN HAAG"]
    assert {"Geachte [5.1.2e],", "Ons adres voor u is [5.1.2e]."} <= set(said)
    assert "Peeters" not in everything(first)
    said = lines(second)
    assert {"t.a.v. Afdeling Wonen", "Geachte heer, mevrouw,"} <= set(said)
    assert "Ons adres voor u is b@x.nl." in said


def test_a_person_in_parts_at_an_organisation_is_one_mark_behind_ter_attentie_van(
    publish: Publish,
) -> None:
    heading, row = PERSON.strip(), DE_VRIES.strip()
    (path,), _, _ = publish(f"{heading};organisatie\n{row};Stichting Buurt\n")

    said = lines(path)
    at = said.index("Stichting Buurt")
    assert said[at : at + 3] == ["Stichting Buurt", "t.a.v. [5.1.2e]", "Kerkweg 17"]
    assert "Vries" not in everything(path)


@pytest.mark.office
def test_a_pdf_made_with_its_letter_is_not_called_old(publish: Publish) -> None:
    (path,), keys, _ = publish(PERSON + DE_VRIES, pdf=True)

    assert path.with_suffix(".pdf").is_file()
    assert "LRT435" not in keys


def test_a_governor_and_who_may_be_named_stay(publish: Publish) -> None:
    rows = "organisatie;t.a.v.;adres;postcode;plaats\n"
    rows += "Gemeentehuis;wethouder A. de Boer;Laan 21;2517 AA;Den Haag\n"
    rows += "Bureau X;mw. F. Voorbeeld;Laan 22;2517 AA;Den Haag\n"
    allowed = f"{TEKST}openbaar: {{toelaten: [mw. F. Voorbeeld]}}\n"
    (first, second), _, _ = publish(rows, allowed)

    assert "t.a.v. wethouder A. de Boer" in lines(first)
    assert "t.a.v. mw. F. Voorbeeld" in lines(second)


@pytest.mark.parametrize(
    ("aanhef", "shown"),
    [
        ("Geachte heer De Vries,", "Geachte [5.1.2e],"),
        ("Beste Jan,", "Beste [5.1.2e],"),
        ("geachte mevrouw de vries", "geachte [5.1.2e]"),
        ("Geachte heer, mevrouw,", "Geachte heer, mevrouw,"),
        ("Geacht college van burgemeester en wethouders,", None),
    ],
)
def test_a_salutation_of_the_list_names_nobody(
    publish: Publish, aanhef: str, shown: str | None
) -> None:
    rows = f"naam;adres;postcode;plaats;aanhef\nJan de Vries;Kerkweg 1;9401 AA;Ede;{aanhef}\n"
    (path,), _, _ = publish(rows)

    assert (shown or aanhef) in lines(path)


# --- what else the list says

OWN = "naam;adres;postcode;plaats;bedrag;reden\n"
OF_BOTH = (
    OWN
    + "Jan de Vries;Kerkweg 1;9401 AA;Assen;1361,50;ziekte van Annet\n"
    + "Stichting Kade;Postbus 1;9400 AA;Assen;1500,25;verbouwing\n"
)
ASKING = "tekst: U krijgt {bedrag:bedrag} om {reden}.\n"


def test_own_columns_of_a_person_are_left_out_and_of_a_body_they_stay(publish: Publish) -> None:
    docs, _, outcome = publish(OF_BOTH, ASKING)
    first, second = docs

    assert "U krijgt [5.1.2e] om [5.1.2e]." in lines(first)
    assert "U krijgt €\u00a01.500,25 om verbouwing." in [
        x.replace("€ ", "€\u00a0") for x in lines(second)
    ]
    assert "Annet" not in everything(first)
    assert "gegevens van een ontvanger: 1 keer, 5.1.2e" in "\n".join(outcome.remarks)


def test_the_mailing_may_say_of_a_column_whether_it_is_public(publish: Publish) -> None:
    columns = "kolommen: {bedrag: {soort: bedrag, publiek: ja}, reden: {publiek: 5.1.1d}}\n"
    (first, second), _, _ = publish(OF_BOTH, ASKING + columns)

    plain = [line.replace("\u00a0", " ") for line in (*lines(first), *lines(second))]
    assert "U krijgt € 1.361,50 om [5.1.1d]." in plain
    assert "U krijgt € 1.500,25 om [5.1.1d]." in plain


def test_a_column_with_a_name_shows_it_neither_where_it_is_public(publish: Publish) -> None:
    rows = OWN + "Jan de Vries;Kerkweg 1;9401 AA;Assen;1;De hond van Jan de Vries blaft\n"
    columns = "kolommen: {reden: {publiek: ja}}\n"
    (path,), _, _ = publish(rows, ASKING + columns)

    assert "U krijgt [5.1.2e] om De hond van [5.1.2e] blaft." in lines(path)


def test_rows_and_their_sum_are_left_out_as_their_column_is(publish: Publish) -> None:
    rows = "naam;adres;postcode;plaats;locatie;bedrag\n"
    rows += "Stichting X;Postbus 1;9400 AA;Assen;Kade 3;1000,50\n"
    rows += "Stichting X;Postbus 1;9400 AA;Assen;Pad 4;250\n"
    extra = (
        "groepeer: naam\ntabel: [locatie, {kolom: bedrag, soort: bedrag}]\n"
        "kolommen: {bedrag: {soort: bedrag, publiek: 5.1.1c}}\n"
        "tekst: |\n  Samen is dat {totaal_bedrag}.\n\n  {tabel}\n"
    )
    (path,), _, _ = publish(rows, extra)

    said = lines(path)
    assert "Samen is dat [5.1.1c]." in said
    assert {"Kade 3", "Pad 4"} <= set(said)
    assert said.count("[5.1.1c]") == 3
    assert not re.search(r"1\.?000,50|€.?250|1\.?250,50", " ".join(said))


def test_a_template_cannot_decide_on_what_is_left_out(publish: Publish, tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("{% if bedrag > 1000 %}Veel{% else %}Weinig{% endif %}, {{ naam }}")
    document.save(str(tmp_path / "eigen.docx"))
    own = MAILING.replace("sjabloon: brief", "sjabloon: eigen.docx")
    docs, keys, outcome = publish(OF_BOTH, "", mailing=own)

    assert docs == []
    assert outcome.exit_code is not ExitCode.DONE
    assert "LRT814" in keys
    assert any("'bedrag' blijft weg" in one.message for one in outcome.problems)
    columns = "kolommen: {bedrag: {publiek: ja}}\n"
    (first, _), keys, _ = publish(OF_BOTH, columns, mailing=own)
    assert "Veel, [5.1.2e]" in lines(first)


# --- what all letters say

SIGNED = """\
ondertekening: {{ambt: De minister van Asiel en Migratie, {functie}naam: M. Faber, {more}}}
"""


def test_a_minister_who_signs_is_named_and_an_official_is_not(publish: Publish) -> None:
    rows = f"{BODY}COA;Postbus 1;9400 AA;Assen\n"
    (path,), _, _ = publish(rows, TEKST + SIGNED.format(functie="", more=""))
    assert "M. Faber" in lines(path)

    official = SIGNED.format(functie="functie: de directeur, ", more="")
    (path,), _, _ = publish(rows, TEKST + official, overwrite=True)
    assert "M. Faber" not in everything(path)
    assert {"de directeur,", "[5.1.2e]"} <= set(lines(path))

    said = SIGNED.format(functie="functie: de directeur, ", more="publiek: ja")
    (path,), _, _ = publish(rows, TEKST + said, overwrite=True)
    assert "M. Faber" in lines(path)


def test_the_picture_of_a_signature_is_never_public(publish: Publish, tmp_path: Path) -> None:
    from PIL import Image

    Image.new("RGB", (200, 80), "blue").save(tmp_path / "paraaf-faber.png")
    rows = f"{BODY}COA;Postbus 1;9400 AA;Assen\n"
    signed = SIGNED.format(functie="", more="handtekening: paraaf-faber.png")
    (path,), _, outcome = publish(rows, TEKST + signed)

    said = lines(path)
    at = said.index("M. Faber")
    assert said[at - 1] == "[5.1.2e]"
    assert "paraaf" not in everything(path)
    assert "Handtekening van" not in everything(path)
    with zipfile.ZipFile(path) as package:
        assert [name for name in package.namelist() if name.endswith(".png")] == [
            "word/media/logo.png"
        ]
    assert "afbeelding van een handtekening: 1 keer, 5.1.2e" in "\n".join(outcome.remarks)


def test_contact_and_who_gets_a_copy(publish: Publish) -> None:
    extra = """\
tekst: Bel gerust met 070 123 45 67.
contactpersoon: {naam: J. Voorbeeld, telefoon: 070 123 45 67, email: j@voorbeeld.nl}
kopie_aan: [het COA, de Vereniging van Gemeenten, mw. P. Smit, {naam: R. Bos, adres: Weg 1}]
"""
    (path,), _, _ = publish(f"{BODY}COA;Postbus 1;9400 AA;Assen\n", extra)

    whole = everything(path)
    assert not [w for w in ("Voorbeeld", "123 45", "Smit", "R. Bos", "Weg 1") if w in whole]
    assert "Bel gerust met [5.1.2e]." in lines(path)
    assert "het COA, de Vereniging van Gemeenten, [5.1.2e] en [5.1.2e]" in " ".join(lines(path))


def test_what_is_marked_is_left_out_with_words_of_the_recipient_in_it(publish: Publish) -> None:
    extra = (
        'betreft: "Over [{naam} en co]{weglaten=5.1.2f}"\n'
        "bijlagen: ['[Plan {plaats}]{weglaten=5.1.2i}']\n"
        "tekst: Het bedrag is [€ {bedrag} per {eenheid}]{weglaten=5.1.1c}.\n"
    )
    rows = "naam;adres;postcode;plaats;bedrag;eenheid\nCOA;Postbus 1;9400 AA;Assen;1234;kwartaal\n"
    mailing = MAILING.replace("betreft: Uitnodiging\n", "")
    (path,), _, outcome = publish(rows, extra, mailing=mailing)

    said = lines(path)
    assert {"Het bedrag is [5.1.1c].", "[5.1.2i]"} <= set(said)
    assert any("Over [5.1.2f]" in line for line in said)
    assert "kwartaal" not in everything(path)
    told = "\n".join(outcome.remarks)
    assert "tekst van een brief: 1 keer, 5.1.1c (regel" in told
    assert "tekst van een brief: 1 keer, 5.1.1c (lijst.csv, regel 2)" in told


def test_words_to_leave_out_anywhere_go_from_what_is_filled_in_too(publish: Publish) -> None:
    extra = (
        "tekst: Wij spreken u over huize {huis} aan de gracht.\n"
        "openbaar: {weglaten: {Huize Zonneschijn: 5.1.2e, kamer 12: 5.1.5}}\n"
    )
    rows = "naam;adres;postcode;plaats;huis\nCOA;Kamer 12;9400 AA;Assen;Zonneschijn\n"
    (path,), keys, _ = publish(rows, extra)

    assert "Wij spreken u over [5.1.2e] aan de gracht." in lines(path)
    assert "[5.1.5]" in lines(path)
    assert "LRT808" not in keys


def test_a_letter_in_the_other_language_tells_no_more(publish: Publish) -> None:
    """What the mailing is in the other language was made before: that has what is left out."""
    rows = "organisatie;t.a.v.;adres;postcode;plaats;taal\n"
    rows += "Fedasil;Ms A. Peeters;Laan 1;2511 AA;Ede;en\n"
    extra = """\
tekst: Beste allen.
contactpersoon: {naam: J. Voorbeeld, telefoon: 070 123 45 67}
ondertekening: {ambt: De minister, functie: de directeur, naam: B. Bos}
vertaling:
  tekst: Please come.
  ondertekening: {ambt: The Minister, functie: Director, naam: B. Bos}
"""
    (path,), _, _ = publish(rows, extra)

    whole = everything(path)
    assert not [word for word in ("Voorbeeld", "Peeters", "B. Bos", "123 45") if word in whole]
    said = lines(path)
    assert {"Left out in this version", "Attn [5.1.2e]"} <= set(said)
    assert "left out, article 5.1, paragraph 2, point e" in whole
    assert "Weggelaten" not in whole


# --- the run


def test_a_choice_of_letters_by_the_names_in_the_list(publish: Publish) -> None:
    docs, _, _ = publish(OF_BOTH, only=("Stichting Kade",))
    assert [path.name for path in docs] == ["0002-Stichting Kade-openbaar.docx"]

    docs, _, _ = publish(OF_BOTH, only=("Jan de Vries",))
    assert "0001-weggelaten-5.1.2e-openbaar.docx" in [path.name for path in docs]


def test_numbers_are_those_of_the_letters_and_these_stay_as_they_are(
    publish: Publish, tmp_path: Path
) -> None:
    publish(OF_BOTH)
    api.make_letters(tmp_path / "m.yaml", api.LettersOptions(tmp_path / "brieven"))
    before = {each: each.read_bytes() for each in (tmp_path / "brieven").iterdir()}
    rows = OF_BOTH.splitlines(keepends=True)
    rows.insert(1, "Stichting Nieuw;Postbus 2;9400 AA;Assen;1;x\n")
    docs, keys, _ = publish("".join(rows), overwrite=True)

    assert keys == []
    names = {path.name: "\n".join(lines(path)) for path in docs}
    assert "LRT-002" in names["0002-Stichting Kade-openbaar.docx"]
    assert "LRT-003" in names["0003-Stichting Nieuw-openbaar.docx"]
    assert {each: each.read_bytes() for each in (tmp_path / "brieven").iterdir()} == before


def test_copies_never_come_among_the_letters_themselves(publish: Publish, tmp_path: Path) -> None:
    publish(OF_BOTH)
    api.make_letters(tmp_path / "m.yaml", api.LettersOptions(tmp_path / "x" / "m-openbaar"))
    before = sorted((tmp_path / "x" / "m-openbaar").iterdir())
    _, keys, outcome = publish(OF_BOTH, output=str(tmp_path / "x"))

    problems = [p for e in outcome.failures for p in getattr(e, "problems", ())]
    assert "LRT811" in [*keys, *(problem.key for problem in problems)]
    assert sorted((tmp_path / "x" / "m-openbaar").iterdir()) == before


def test_all_letters_come_or_none(publish: Publish) -> None:
    docs, _, _ = publish(OF_BOTH)
    before = {path: path.read_bytes() for path in docs}
    edited = Document(str(docs[1]))
    edited.add_paragraph("Met de hand")
    edited.save(str(docs[1]))
    before[docs[1]] = docs[1].read_bytes()
    docs, keys, outcome = publish(OF_BOTH, "tekst: Iets anders.\n")

    assert {path: path.read_bytes() for path in docs} == before
    assert "LRT001.bewerkt" in keys
    assert outcome.exit_code is ExitCode.PROBLEMS
    assert not [each for each in docs[0].parent.iterdir() if each.name.startswith(".lrtdocs-")]


def test_what_was_edited_is_kept_beside_the_copy_that_replaces_it(publish: Publish) -> None:
    docs, _, _ = publish(OF_BOTH, html=True)
    edited = Document(str(docs[1]))
    edited.add_paragraph("Met de hand")
    edited.save(str(docs[1]))
    page = docs[0].with_suffix(".html")
    page.write_text("<p>Met de hand</p>", encoding="utf-8")
    mine = {path.stem: path.read_bytes() for path in (docs[1], page)}
    after, keys, _ = publish(OF_BOTH, "tekst: Iets anders.\n", html=True, overwrite=True)
    kept = {path.stem.removesuffix("-oud"): path for path in docs[0].parent.glob("*-oud.*")}

    assert {stem: path.read_bytes() for stem, path in kept.items()} == mine
    assert keys.count("LRT001.oud") == 2
    assert all("Iets anders." in lines(path) for path in after if path not in kept.values())


def test_made_again_the_copies_are_the_same_bytes(publish: Publish) -> None:
    first = {path.name: path.read_bytes() for path in publish(OF_BOTH, html=True)[0]}

    assert {path.name: path.read_bytes() for path in publish(OF_BOTH, html=True)[0]} == first


def test_a_concept_is_refused_unless_it_was_asked_for(publish: Publish) -> None:
    marked = f"{TEKST}rubricering: CONCEPT\n"
    assert publish(OF_BOTH, marked)[:2] == ([], ["LRT804"])
    assert len(publish(OF_BOTH, marked, concept=True)[0]) == 2


def test_names_of_files_and_of_the_folder_have_no_names(publish: Publish, tmp_path: Path) -> None:
    own = 'bestandsnaam: "{achternaam} {voorletters} brief"\n'
    more = DE_VRIES.replace("J.P.;de;Vries", "K.;;Smit")
    extra = f"{TEKST}{own}openbaar: {{weglaten: {{brief: 5.2}}}}\n"
    docs, _, _ = publish(PERSON + DE_VRIES + more, extra)

    assert [path.name for path in docs] == [
        f"000{at}-weggelaten-5.1.2e weggelaten-5.1.2e weggelaten-5.2-openbaar.docx" for at in (1, 2)
    ]


def test_bundles_and_appointments_are_only_of_meetings(publish: Publish) -> None:
    assert publish(OF_BOTH, bundle=True, appointment=True)[1] == ["LRT813", "LRT813"]


def test_the_proof_of_a_folder_of_letters_finds_what_was_put_back(
    publish: Publish, tmp_path: Path
) -> None:
    docs, _, _ = publish(OF_BOTH, ASKING, html=True)
    assert api.prove_copy(docs[0].parent, [tmp_path / "m.yaml"]).exit_code is ExitCode.DONE

    leaked = Document(str(docs[0]))
    leaked.add_paragraph("Jan de Vries, Kerkweg 1")
    leaked.save(str(docs[0]))
    outcome = api.prove_copy(docs[0].parent, [tmp_path / "m.yaml"])
    assert outcome.exit_code is ExitCode.PROBLEMS
    assert docs[0].name in str(outcome.problems[0])


def test_titles_tell_no_names(publish: Publish) -> None:
    (path,), _, _ = publish(PERSON + DE_VRIES, html=True)

    title = str(Document(BytesIO(path.read_bytes())).core_properties.title)
    assert "[5.1.2e]" in title
    assert "<title>" + title in path.with_suffix(".html").read_text("utf-8")


def test_many_letters_have_the_same_bytes_wherever_they_are_filled(
    publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = {path.name: path.read_bytes() for path in publish(OF_BOTH)[0]}
    monkeypatch.setattr("lrtdocs.run.letters.executors.PAYS_FROM", 1)
    monkeypatch.setattr("os.cpu_count", lambda: 2)

    assert {path.name: path.read_bytes() for path in publish(OF_BOTH, overwrite=True)[0]} == here


def test_the_report_as_data_names_nobody(publish: Publish) -> None:
    _, _, outcome = publish(PERSON + DE_VRIES)

    told = json.dumps([outcome.remarks, [str(one) for one in outcome.problems]])
    assert "Vries" not in told
    assert "Kerkweg" not in told
