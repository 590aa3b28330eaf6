"""Letters in English, in Dutch, and both in one run."""

from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pytest
from docx import Document
from docx_making import new_document
from mailing_making import make_mailing, run, snapshot

from lrtdocs.api.checking import check
from lrtdocs.api.sending import mark_sent
from lrtdocs.word.facts import read_facts

HUISSTIJL = "afzenders: {a: {directoraat_generaal: DG Migratie, retouradres: Postbus 1}}\n"
BRIEF = """\
sjabloon: brief
ontvangers: lijst.csv
dagtekening: 2025-03-14
onze_referentie: "L-{volgnummer}"
bijlagen: [Plan]
kopie_aan: [A, B, C]
contactpersoon: {naam: J. Jansen}
"""
ENGLISH = """\
taal: en
betreft: A visit
tekst: We will be there on 3 May.
ondertekening: {ambt: The Minister for Asylum and Migration, functie: Director, naam: J. Jansen}
"""
DUTCH = """\
vertaling:
  betreft: Een bezoek
  tekst: Wij zijn er op 3 mei.
  ondertekening: {ambt: De minister van Asiel en Migratie, functie: de directeur, naam: J. Jansen}
"""
LABELS = {
    *("Datum", "Betreft", "Onze referentie", "Bijlage(n)", "Retouradres", "Contactpersoon"),
    *("Pagina", "Een afschrift", "namens", "Met vriendelijke groet", "t.a.v.", "Geachte", "van"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "huisstijl.yaml").write_text(HUISSTIJL, encoding="utf-8")
    return tmp_path


def write(folder: Path, text: str, *rows: str) -> Path:
    head = "naam;organisatie;t.a.v.;adres;postcode;plaats;aanhef;taal\n"
    (folder / "lijst.csv").write_text(head + "\n".join(rows), encoding="utf-8")
    path = folder / "m.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def row(taal: str = "", aanhef: str = "", name: str = "Fedasil") -> str:
    return f";{name};A. Peeters;Straat 1;1234 AB;Ede;{aanhef};{taal}"


def texts(docx: bytes) -> str:
    """Return all text of a letter: of its page, its headers and its footers."""
    document = Document(BytesIO(docx))
    section = document.sections[0]
    parts = [document, section.header, section.first_page_footer]
    return "\n".join(one.text for part in parts for one in part.paragraphs)


def made(folder: Path) -> dict[str, bytes]:
    return {path.stem: path.read_bytes() for path in sorted((folder / "uit").glob("*.docx"))}


def test_a_letter_in_english_has_no_dutch_label_left(folder):
    path = write(folder, BRIEF + ENGLISH, row())

    assert run(path, folder / "uit").exit_code == 0

    (docx,) = made(folder).values()
    text = texts(docx)
    assert [label for label in LABELS if label in text.split() or f"{label} " in text] == []
    for said in (
        "Return address Postbus 1", "Date \t14 March 2025", "Subject \tA visit", "Our reference",
        "Enclosure(s)", "Attn A. Peeters", "Dear Sir or Madam,", "Yours faithfully,", "Contact",
        "A copy of this letter has been sent to A, B and C.", "Page 1 of 1",
        "On behalf of the Minister for Asylum and Migration,", "Director,",
    ):  # fmt: skip
        assert said in text, said


def test_word_knows_that_a_letter_is_in_english(folder):
    run(write(folder, BRIEF + ENGLISH + DUTCH, row(), row("nl", name="VNG")), folder / "uit")

    english, dutch = made(folder).values()
    for docx, tag, other in ((english, b"en-GB", b"nl-NL"), (dutch, b"nl-NL", b"en-GB")):
        with ZipFile(BytesIO(docx)) as archive:
            whole = b"".join(map(archive.read, archive.namelist()))
        assert b'w:val="' + tag in whole
        assert b"<dc:language>" + tag in whole
        assert other not in whole
        assert read_facts(docx).language == tag.decode()


def test_a_named_salutation_ends_in_yours_sincerely(folder):
    run(write(folder, BRIEF + ENGLISH, row(aanhef="Dear Ms Peeters,")), folder / "uit")

    (docx,) = made(folder).values()
    assert "Dear Ms Peeters,\n" in texts(docx)
    assert "Yours sincerely," in texts(docx)


@pytest.mark.parametrize("workers", [1, 2])
def test_both_languages_in_one_run(folder, workers):
    rows = [row(taal, name=f"N{n}") for n, taal in enumerate(("", "Engels", "nl", "Nederlands"))]
    outcome = run(write(folder, BRIEF + ENGLISH + DUTCH, *rows), folder / "uit", workers=workers)

    assert outcome.exit_code == 0
    said = [texts(docx) for docx in made(folder).values()]
    assert ["Subject \tA visit" in text for text in said] == [True, True, False, False]
    assert ["Date \t14 March 2025" in text for text in said] == [True, True, False, False]
    assert ["Betreft \tEen bezoek" in text for text in said] == [False, False, True, True]
    for text in said[2:]:
        assert "Datum \t14 maart 2025" in text
        assert "De minister van Asiel en Migratie,\nnamens deze,\nde directeur," in text
        assert "Met vriendelijke groet," in text
        assert "t.a.v. A. Peeters" in text
        assert "Pagina 1 van 1" in text


@pytest.mark.filterwarnings("ignore")
def test_both_languages_on_a_cluster_give_the_same_bytes(folder):
    from distributed import LocalCluster

    rows = [row("en" if n % 3 else "nl", name=f"N{n}") for n in range(60)]
    path = write(folder, BRIEF + ENGLISH + DUTCH, *rows)
    run(path, folder / "hier")
    with LocalCluster(
        n_workers=1, protocol="tcp://", processes=False, dashboard_address=None
    ) as dask:
        assert run(path, folder / "daar", dask=dask.scheduler_address).made == 60
    assert snapshot(folder / "hier") == snapshot(folder / "daar")


def test_a_language_that_is_none_is_told_at_its_cell(folder):
    path = write(folder, BRIEF + ENGLISH, row(), row("Frans", name="OFII"))

    (problem,) = [one for one in check(path) if one.code == "LRT669"]
    assert (problem.place.line, problem.found) == (3, "Frans")


def test_what_is_not_translated_is_told_with_the_cells(folder):
    path = write(folder, BRIEF + ENGLISH, row(), row("nl", name="VNG"), row("nl", name="IPO"))

    (problem,) = [one for one in check(path) if one.code == "LRT791"]
    assert problem.found == "regel 3 en regel 4"
    assert "betreft, tekst en ondertekening" in problem.message


def test_a_translation_that_nobody_gets_is_told(folder):
    assert "LRT791" in {one.code for one in check(write(folder, BRIEF + ENGLISH + DUTCH, row()))}


def test_a_text_in_another_language_than_its_letter_is_told(folder):
    text = "I would like to invite you to the session. You can bring all your questions with you."
    path = write(folder, f"{BRIEF}betreft: A\nondertekening: {{naam: A}}\ntekst: {text}\n", row())

    (problem,) = [one for one in check(path) if one.code == "LRT243"]
    assert problem.place.line == 10
    assert "taal: en" in problem.remedy
    path.write_text(path.read_text(encoding="utf-8") + "taal: en\n", encoding="utf-8")
    assert "LRT243" not in {one.code for one in check(path)}


def test_a_taakstelling_is_in_dutch_only(folder):
    block = "taakstelling: {halfjaar: 2025-II, totaal: 13000}\n"
    text = "sjabloon: taakstelling\nontvangers: gemeenten\n" + block
    (problem,) = [one for one in check(write(folder, f"{text}taal: en\n")) if one.code == "LRT241"]
    assert problem.place.line == 4

    write(folder, text.replace("gemeenten", "lijst.csv"))
    (folder / "lijst.csv").write_text(
        "code;adres;postcode;plaats;taal\nGM0373;Postbus 1;1860 AA;Bergen;en\n"
    )
    (problem,) = [one for one in check(folder / "m.yaml") if one.code == "LRT793"]
    assert problem.place.line == 2


OWN = (
    "{{ aanhef }} {{ dag | datum }} {{ dag | datum_kort }} {{ uur | tijd }} {{ n | getal }} "
    "{{ n | bedrag }}"
)


def own(folder: Path, text: str) -> Path:
    path = make_mailing(
        folder, 1, "taal: en\nvelden: {dag: 19-3-2025, uur: '10.00-11.30 uur', n: '13.000,5'}\n"
    )
    document = new_document()
    document.add_paragraph(text)
    document.save(str(folder / "brief.docx"))
    return path


def test_filters_print_the_language_of_the_letter_and_read_dutch(folder):
    path = own(folder, OWN + " {{ n }} {{ 3 | telwoord }}{% if taal == 'en' %}!{% endif %}")

    run(path, folder / "uit")

    (docx,) = made(folder).values()
    assert Document(BytesIO(docx)).paragraphs[-1].text == (
        "Dear Sir or Madam, 19 March 2025 19/03/2025 10:00 to 11:30 13,000.5 €13,000.50"
        " 13.000,5 three!"
    )


def test_a_template_that_does_not_ask_for_the_language_is_told(folder):
    assert "LRT792" in {one.code for one in check(own(folder, "Betreft {{ aanhef }}"))}
    knowing = "{% if taal == 'en' %}Subject{% else %}Betreft{% endif %} {{ aanhef }}"
    assert "LRT792" not in {one.code for one in check(own(folder, knowing))}


def test_another_language_makes_a_letter_again_and_says_why(folder):
    path = write(folder, BRIEF + ENGLISH + DUTCH, row(), row("nl", name="VNG"))
    run(path, folder / "uit")
    write(folder, BRIEF + ENGLISH + DUTCH, row("nl"), row("nl", name="VNG"))

    outcome = run(path, folder / "uit")

    assert (outcome.made, outcome.same) == (1, 1)


def test_a_new_version_of_a_sent_letter_says_in_english_what_it_replaces(folder):
    path = write(folder, BRIEF + ENGLISH, row())
    run(path, folder / "uit")
    mark_sent(folder / "uit", (), date(2025, 3, 17))
    write(folder, BRIEF + ENGLISH.replace("3 May", "4 May"), row())

    run(path, folder / "uit")

    text = texts(made(folder)["0001-Fedasil-v2"])
    assert "This letter replaces our letter of 14 March 2025 with reference L-1." in (
        text.replace("\u00a0", " ")
    )


def test_words_in_texts_are_printed_in_the_language_of_the_letter(folder):
    said = (
        "taal: en\nbetreft: 'Grant of {bedrag:bedrag}'\n"
        "tekst: 'You get {bedrag:bedrag} on {dag:datum} at {uur:tijd}, for {n:telwoord}.'\n"
        "vertaling:\n  betreft: 'Subsidie van {bedrag:bedrag}'\n"
        "  tekst: 'U krijgt {bedrag:bedrag} op {dag:datum} om {uur:tijd}, voor {n:telwoord}.'\n"
        "ondertekening: {naam: J. Jansen}\n"
    )
    path = write(folder, BRIEF + said)
    (folder / "lijst.csv").write_text(
        "naam;adres;postcode;plaats;taal;bedrag;dag;uur;n\n"
        "A;Straat 1;1234 AB;Ede;;1.234,50;3-5-2025;10.30 uur;21\n"
        "B;Straat 2;1234 AB;Ede;nl;1.234,50;3-5-2025;10.30 uur;21\n",
        encoding="utf-8",
    )

    assert run(path, folder / "uit").exit_code == 0

    english, dutch = (texts(one).replace("\u00a0", " ") for one in made(folder).values())
    assert "Subject \tGrant of €1,234.50" in english
    assert "You get €1,234.50 on 3 May 2025 at 10:30, for twenty-one." in english
    assert "Betreft \tSubsidie van € 1.234,50" in dutch
    assert "U krijgt € 1.234,50 op 3 mei 2025 om 10.30 uur, voor eenentwintig." in dutch


def test_a_word_that_is_none_is_told_in_the_translation(folder):
    path = write(folder, f"{BRIEF}{ENGLISH}vertaling:\n  tekst: 'Dag {{naan}}'\n", row("nl"))

    (problem,) = [one for one in check(path) if one.code == "LRT705"]
    assert (problem.place.line, problem.place.column) == (13, 15)


def test_who_is_named_in_parts_is_written_to_in_english(folder):
    path = write(folder, BRIEF + ENGLISH + DUTCH)
    (folder / "lijst.csv").write_text(
        "geslacht;voorletters;voorvoegsel;achternaam;organisatie;adres;postcode;plaats;taal\n"
        "m;J.;de;Vries;;Straat 1;1234 AB;Ede;en\n"
        "v;A.;van den;Berg;IPO;Straat 1;1234 AB;Ede;en\n"
        ";B.;;Smit;;Straat 1;1234 AB;Ede;en\n"
        "m;J.;de;Vries;;Straat 2;1234 AB;Ede;nl\n",
        encoding="utf-8",
    )

    assert run(path, folder / "uit").exit_code == 0

    said = [texts(one) for one in made(folder).values()]
    for text, lines in zip(
        said,
        (
            ["Mr J. de Vries", "Dear Mr De Vries,", "Yours sincerely,"],
            ["Attn Ms A. van den Berg", "Dear Ms Van den Berg,", "Yours sincerely,"],
            ["B. Smit", "Dear B. Smit,", "Yours sincerely,"],
            ["De heer J. de Vries", "Geachte heer De Vries,", "Met vriendelijke groet,"],
        ),
        strict=True,
    ):
        assert [line for line in lines if line not in text.split("\n")] == []


def test_a_number_without_a_filter_in_an_english_letter_is_told_with_its_cell(folder):
    said = ENGLISH.replace("on 3 May.", "on {dag}, {dag:datum}, for {n}, {n:getal}, {code_x}.")
    path = write(folder, BRIEF + said)
    (folder / "lijst.csv").write_text(
        "naam;adres;postcode;plaats;taal;dag;n;code_x\n"
        "A;Straat 1;1234 AB;Ede;;3 mei 2025;1.204;3.14\n"
        "B;Straat 2;1234 AB;Ede;nl;3 mei 2025;1.204;3.14\n",
        encoding="utf-8",
    )

    told = [one for one in check(path) if one.code == "LRT794"]
    assert sorted((one.fields["path"], one.found) for one in told) == [
        ("dag", "regel 2 (3 mei 2025)"),
        ("n", "regel 2 (1.204)"),
    ]
    assert any("{dag:datum}" in one.remedy for one in told)
    assert any("{n:getal}" in one.remedy for one in told)


def test_the_table_of_an_english_text_says_in_english_what_it_is(folder):
    table = "tekst: |\n  | Day | Chair |\n  |---|---|\n  | 1 | A |\n"
    path = write(
        folder, BRIEF + ENGLISH.replace("tekst: We will be there on 3 May.\n", table), row()
    )

    run(path, folder / "uit")

    (docx,) = made(folder).values()
    with ZipFile(BytesIO(docx)) as archive:
        assert b'w:tblCaption w:val="Table with Day and Chair"' in archive.read("word/document.xml")


@pytest.mark.office
def test_the_pdf_of_an_english_letter_is_in_english_and_accessible(folder):
    text = ENGLISH.replace(
        "3 May.", "3 May.[^1] De [Tweede Kamer]{taal=nl} knows.\\n\\n[^1]: Or 4."
    )
    path = write(
        folder, BRIEF + text.replace("tekst: ", 'tekst: "').replace("Or 4.", 'Or 4."'), row()
    )

    outcome = run(path, folder / "uit", pdf=True)

    assert [one.code for one in outcome.problems if one.code != "LRT402"] == []
    (made_pdf,) = (folder / "uit").glob("*.pdf")
    with pikepdf.open(made_pdf) as pdf:
        assert str(pdf.Root.Lang) == "en-GB"
        links = [one for page in pdf.pages for one in page.obj.get("/Annots", [])]
        described = {str(one.get("/Contents", "")) for one in links}
        languages = {str(one.Lang) for one in pdf.objects if "/Lang" in _keys(one)}
    assert {"Note 1", "Back to the text at note 1"} <= described
    assert languages == {"en-GB", "nl-NL"}


def _keys(thing):
    return thing.keys() if isinstance(thing, pikepdf.Dictionary) else ()


def test_a_name_in_a_sentence_is_in_the_language_of_the_letter(folder: Path):
    path = write(folder, f"{BRIEF}{ENGLISH}".replace("on 3 May", "with {naam_in_tekst}"))
    (folder / "lijst.csv").write_text(
        "achternaam;voorvoegsel;geslacht;adres;postcode;plaats;taal\n"
        "Vries;de;m;Straat 1;1234 AB;Ede;en\nVries;de;m;Straat 1;1234 AB;Ede;nl\n",
        encoding="utf-8",
    )
    run(path, folder / "uit")
    texts = [
        next(p.text for p in Document(str(each)).paragraphs if "We will" in p.text)
        for each in sorted((folder / "uit").glob("*.docx"))
    ]
    assert texts == [
        "We will be there with Mr De Vries.",
        "We will be there with de heer De Vries.",
    ]
