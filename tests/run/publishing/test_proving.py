"""`lrtdocs openbaar controleer`: what is left out of a copy is sought, and where it is."""

from __future__ import annotations

import shutil
import zipfile
from typing import TYPE_CHECKING

import pytest
from command_running import Run, make_run
from leak_planting import DOCX, PDF

from lrtdocs import api

if TYPE_CHECKING:
    from pathlib import Path

MEETING = """\
overleg: Regietafel
datum: 2025-03-19
dagtekening: 2025-03-12
vastgesteld: 2025-06-18
contactpersoon: {naam: M. Vermeulen, telefoon: 070-3707911, email: m.vermeulen@minaenm.nl}
aanwezig:
  - Mw. Uitermark (AenM, voorzitter)
  - Dhr. Groot (VNG)
agendapunten:
  - titel: Opening
    verslag: |
      De voorzitter opent. Er is een groot aantal leden. De [leden]{weglaten=5.1.2e} stemmen in.
  - titel: Overname van de locatie Budel
    vertrouwelijk: ja
    verslag: |
      De eigenaar wil de locatie aan de Dorpsstraat in het voorjaar voor twee miljoen verkopen.
  - titel: Rondvraag
    verslag: Niemand heeft iets voor de rondvraag.
"""
HOUSE = """\
afzenders: {a: {team: T}}
openbaar: {weglaten: {ambtenaar: 5.1.2e, burger: 5.1.2e}, tonen: [bewindspersoon]}
"""
SECRETS = ("Uitermark", "Vermeulen", "3707911", "Dorpsstraat", "Budel", "Groot")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return make_run(capsys)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "huisstijl.yaml").write_text(HOUSE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "lrt.yaml"
    path.write_text(MEETING, encoding="utf-8")
    return path


@pytest.fixture
def copy(path: Path) -> Path:
    """Return the folder with the publication copy of the meeting."""
    outcome = api.publish([path], api.PublishOptions(output="uit/", appointment=True))
    assert len(outcome.written) == 3
    return path.with_name("uit")


def plant(docx: Path, text: str) -> None:
    """Put `text` in the minutes, as somebody who edits them would."""
    with zipfile.ZipFile(docx) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    old = parts["word/document.xml"].decode()
    new = old.replace("Niemand heeft iets", text, 1)
    assert new != old
    parts["word/document.xml"] = new.encode()
    with zipfile.ZipFile(docx, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def test_a_copy_passes_and_it_is_told_what_was_looked_at(run: Run, copy: Path) -> None:
    result = run("openbaar", "controleer", copy, "--bron", "lrt.yaml")

    assert result.code == 0, result.err
    assert "in 3 bestanden" in result.err
    assert "Niets daarvan is gevonden." in result.err
    assert "Niet bekeken: wat er te zien is op afbeeldingen" in result.err
    assert "Dat beslist een jurist" in result.err


def test_a_pdf_printed_by_another_program_is_proved_too(run: Run, copy: Path) -> None:
    content = b"BT (Niemand) Tj ET"
    pdf = b"""%%PDF-1.5
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj
3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R>> endobj
4 0 obj <</Length 5 0 R>> stream
%s
endstream endobj
5 0 obj %d endobj
trailer <</Root 1 0 R /Size 6>>
%%%%EOF
""" % (content, len(content))
    copy.joinpath("terug.pdf").write_bytes(pdf)

    result = run("openbaar", "controleer", copy / "terug.pdf", "--bron", "lrt.yaml")

    assert result.code == 0, result.err
    assert "LRT832" not in result.err


def test_a_word_marked_at_one_place_that_stands_elsewhere_too_is_told(run: Run, copy: Path) -> None:
    result = run("openbaar", "controleer", copy, "--bron", "lrt.yaml")

    assert result.err.count("LRT833") == 1
    assert "lrt.yaml:12:" in result.err


@pytest.mark.parametrize(
    "text",
    [
        "Mw. Uitermark heeft iets",
        "De heer Groot heeft iets",
        "Bel 070 - 370 79 11: iets",
        "Men wil de locatie aan de Dorpsstraat in het voorjaar kopen: iets",
        "Bij de overname van de locatie budel is iets",
    ],
)
def test_an_edited_copy_fails_at_its_place_without_a_word_of_it(
    text: str, run: Run, copy: Path
) -> None:
    plant(copy / "lrt-verslag-openbaar.docx", text)

    result = run("openbaar", "controleer", copy, "--bron", "lrt.yaml")

    assert result.code == 1
    assert "uit/lrt-verslag-openbaar.docx: fout LRT830" in result.err
    assert "De plek: hoofdtekst, alinea" in result.err
    assert not [secret for secret in SECRETS if secret.lower() in result.err.lower()]


def test_a_name_that_is_a_word_of_the_text_too_is_told_apart(run: Run, copy: Path) -> None:
    result = run("openbaar", "controleer", copy, "--bron", "lrt.yaml")

    assert "waarschuwing LRT831" in result.err
    assert "gewoon woord" in result.err


def test_what_is_allowed_may_stand(run: Run, path: Path, copy: Path) -> None:
    plant(copy / "lrt-verslag-openbaar.docx", "De heer Groot Bruinderink heeft iets")
    told = run("openbaar", "controleer", copy, "--bron", path)
    path.write_text(MEETING + "openbaar: {toelaten: [Groot Bruinderink]}\n", encoding="utf-8")
    allowed = run("openbaar", "controleer", copy, "--bron", path)

    assert (told.code, allowed.code) == (1, 0)


def test_words_to_be_left_out_everywhere_are_sought_even_where_the_file_lacks_them(
    run: Run, path: Path, copy: Path
) -> None:
    path.write_text(MEETING + "openbaar: {weglaten: {Projekt X9: 5.1.2i}}\n", encoding="utf-8")
    plant(copy / "lrt-verslag-openbaar.docx", "Over projekt-x9 is iets")

    result = run("openbaar", "controleer", copy, "--bron", path)

    assert result.code == 1
    assert "woorden bij 'weglaten'" in result.err


def test_the_normal_papers_fail(run: Run, path: Path) -> None:
    api.make_documents([path], "verslag", api.Options(output="vol/"))

    result = run("openbaar", "controleer", "vol", "--bron", path)

    assert result.code == 1
    for what in ("naam van een aanwezige", "telefoonnummer", "agendapunt 2, heel"):
        assert what in result.err


@pytest.mark.parametrize(
    ("name", "make"), [("a.docx", DOCX["EXIF"]), ("a.pdf", PDF["earlier version"])]
)
def test_any_document_can_be_proved(name: str, make: object, run: Run, path: Path) -> None:
    target = path.with_name(name)
    target.write_bytes(make("Uitermark"))  # type: ignore[operator]

    assert run("openbaar", "controleer", target, "--bron", path).code == 1


def test_a_name_in_the_name_of_a_file_is_told_without_it(run: Run, path: Path, copy: Path) -> None:
    shutil.move(copy / "lrt-verslag-openbaar.docx", copy / "verslag-uitermark.docx")

    result = run("openbaar", "controleer", copy, "--bron", path)

    assert "uit/verslag-[5.1.2e].docx: fout LRT830" in result.err
    assert "de naam van het bestand" in result.err


def test_the_source_among_the_copies_is_told(run: Run, path: Path, copy: Path) -> None:
    shutil.copy(path, copy)

    result = run("openbaar", "controleer", copy, "--bron", copy / path.name)

    assert "LRT834" in result.err
    assert result.code == 1


def test_an_empty_folder_proves_nothing(run: Run, path: Path) -> None:
    path.with_name("leeg").mkdir()

    result = run("openbaar", "controleer", "leeg", "--bron", path)

    assert "LRT834" in result.err
    assert result.code == 2


def test_a_file_that_is_not_there_is_told_and_nothing_is_said_of_it(run: Run, path: Path) -> None:
    result = run("openbaar", "controleer", "weg.pdf", "--bron", path)

    assert "weg.pdf: fout" in result.err
    assert "Niets daarvan" not in result.err
    assert result.code == 1


def test_a_file_that_cannot_be_opened_is_not_proved(run: Run, path: Path) -> None:
    path.with_name("a.pdf").write_bytes(b"%PDF-1.7 en verder niets")

    result = run("openbaar", "controleer", "a.pdf", "--bron", path)

    assert "Dit kon niet worden bekeken" in result.err
    assert result.code == 1


def test_a_source_with_errors_is_told_and_nothing_is_proved(run: Run, path: Path) -> None:
    path.write_text(MEETING.replace("datum: 2025-03-19", "datum: 2025-13-19"), encoding="utf-8")

    result = run("openbaar", "controleer", "uit", "--bron", path)

    assert result.code == 1
    assert "lrt.yaml:2:" in result.err
    assert "Niets daarvan" not in result.err


def test_a_source_of_which_nothing_is_left_out_is_told(run: Run, path: Path) -> None:
    path.write_text("overleg: X\ndatum: 2025-03-19\nagendapunten: [Opening]\n", encoding="utf-8")
    path.with_name("a.txt").write_text("Opening", encoding="utf-8")

    result = run("openbaar", "controleer", "a.txt", "--bron", path)

    assert "LRT834" in result.err
    assert result.code == 0


def test_problems_are_given_as_json_without_the_words(run: Run, path: Path, copy: Path) -> None:
    plant(copy / "lrt-verslag-openbaar.docx", "Mw. Uitermark heeft iets")

    result = run("openbaar", "controleer", copy, "--bron", path, "--json")

    assert '"code": "LRT830"' in result.out
    assert "uitermark" not in result.out.lower()


def test_a_downloaded_pdf_is_held_against_ours(run: Run, path: Path) -> None:
    path.with_name("onze.pdf").write_bytes(PDF["title"]("Verslag"))
    path.with_name("terug.pdf").write_bytes(PDF["string"]("Verslag"))

    result = run("openbaar", "controleer", "terug.pdf", "--bron", "onze.pdf")

    assert "geen titel meer" in result.err
    assert result.code == 1


def test_another_kind_of_source_is_refused(run: Run, path: Path, copy: Path) -> None:
    result = run("openbaar", "controleer", copy, "--bron", "huisstijl.yaml")

    assert "LRT834" in result.err
    assert result.code == 2


def test_the_letters_of_a_mailing_are_proved_and_the_normal_ones_fail(run: Run, path: Path) -> None:
    mailing = path.with_name("m.yaml")
    mailing.write_text(
        "sjabloon: brief\nontvangers: lijst.csv\ndagtekening: 2025-03-14\nbetreft: Uitnodiging\n"
        "tekst: Wij nodigen u uit.\n",
        encoding="utf-8",
    )
    path.with_name("lijst.csv").write_text(
        "geslacht;voorletters;achternaam;adres;postcode;plaats\n"
        "v;A.;Uitermark;Dorpsstraat 2;9401 AB;Assen\n",
        encoding="utf-8",
    )
    api.publish([mailing], api.PublishOptions(output="uit/"))
    api.make_letters(mailing, api.LettersOptions(path.with_name("vol")))

    copies = run("openbaar", "controleer", "uit", "--bron", mailing)
    letters = run("openbaar", "controleer", "vol", "--bron", mailing)

    assert copies.code == 0, copies.err
    assert letters.code == 1
    assert "naam van een ontvanger" in letters.err


def test_a_word_that_is_put_together_from_entities_of_the_file_is_found(
    run: Run, path: Path
) -> None:
    odd = path.with_name("odd.xml")
    odd.write_text('<!DOCTYPE a [<!ENTITY b "Uiter"><!ENTITY c "&b;mark">]><a>&c;</a>')

    assert run("openbaar", "controleer", odd, "--bron", path).code == 1


def test_what_stands_somewhere_in_more_codes_than_one_is_told_once(run: Run, path: Path) -> None:
    page = path.with_name("page.html")
    page.write_text('<style>p::after{content:"\\55\\69 termark"}</style>', encoding="utf-8")

    told = run("openbaar", "controleer", page, "--bron", path).err

    assert told.count("LRT830") == 1
