"""The package for a platform: what is in it, what is told of it, and what stands nowhere in it."""

from __future__ import annotations

import datetime as dt
import io
import re
import unicodedata
import zipfile
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import openpyxl
import pytest
import verapdf
from command_running import make_run
from meeting_generating import SECRET, meeting_text, quote, surname
from metadata_stating import faults_in
from zip_checking import unpack, wrong_checksums

from lrtdocs import api
from lrtdocs.documents.metadata.diwoo import describe_letter
from lrtdocs.kinds import KINDS
from lrtdocs.model.mailing import Mailing
from lrtdocs.model.metadata.waardelijsten import begrip
from lrtdocs.model.openbaar.blok import Beoordeling
from lrtdocs.run.documents.report import Outcome
from lrtdocs.run.publishing.delivering import list_papers
from lrtdocs.run.publishing.make import PublishOptions, plan_publication
from lrtdocs.run.publishing.package import Stuk, lay_out_package

if TYPE_CHECKING:
    from pathlib import Path

    from command_running import Run

DIWOO = "{https://standaarden.overheid.nl/diwoo/metadata/}"
HOUSE = "afzenders: {a: {team: T}}\nopenbaar: {organisatie: Asiel en Migratie}\n"
MEETING = """\
overleg: Landelijke Regietafel
datum: 2025-03-19
dagtekening: 2025-03-12
vastgesteld: 2025-06-18
onze_referentie: DRM-12
contactpersoon: {naam: J. Kwastenmaker, telefoon: 010-7654321, email: j.kwastenmaker@minaenm.nl}
aanwezig: ["Mw. Zwartveld (AenM, voorzitter)"]
bijlagen: [{titel: Dashboard, link: www.coa.nl, publiek: ja}]
agendapunten:
  - titel: Opening
    verslag: Mw. Zwartveld opent. [De Rijnvos is verkocht.]{weglaten=5.1.2b}
  - titel: Plan Zonnebloem
    vertrouwelijk: 5.1.2i
    besluiten: [De Zonnebloem gaat door.]
openbaar: {weglaten: {Zwartveld: 5.1.2e}, reden: Zo besloten.}
"""
BARE = Mailing.model_validate({"sjabloon": "brief", "ontvangers": "a.csv", "tekst": "T"})
LEFT_OUT = ("kwastenmaker", "7654321", "zwartveld", "rijnvos", "zonnebloem")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return make_run(capsys)


def write(folder: Path, text: str = MEETING, house: str = HOUSE) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "huisstijl.yaml").write_text(house, encoding="utf-8")
    path = folder / "2025-03-19-lrt.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def everything(name: str, data: bytes) -> str:
    """Return all that stands in a file, and in the files in it, letters and digits only."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return "".join(everything(each, package.read(each)) for each in package.namelist())
    text = re.sub(r"<[^>]*>", lambda tag: "".join(re.findall(r'"([^"]*)"', tag[0])),
                  data.decode("utf-8", "replace"))  # fmt: skip
    text = unicodedata.normalize("NFKD", f"{name} {text}").casefold()
    return "".join(letter for letter in text if letter.isalnum())


def fold(text: str) -> str:
    return everything("", text.encode())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes], Outcome]:
    """The package of a meeting, unpacked."""
    folder = tmp_path_factory.mktemp("pakket")
    path, target = write(folder / "in"), folder / "uit.zip"
    outcome = api.publish([path], PublishOptions(package=str(target)))
    assert sorted(each.name for each in path.parent.iterdir()) == [path.name, "huisstijl.yaml"]
    return folder / "uit", unpack(target.read_bytes(), folder / "uit"), outcome


NAME = "2025-03-19-lrt-verslag-openbaar"


@pytest.mark.office
class TestThePackageOfAMeeting:
    def test_each_paper_is_there_three_times_with_metadata_for_each_file(self, made):
        _, files, outcome = made
        assert outcome.exit_code == 0
        stems = (NAME, NAME.replace("verslag", "agenda"))
        papers = {f"{stem}.{suffix}" for stem in stems for suffix in ("docx", "pdf", "html")}
        assert set(files) == papers | {f"{name}.diwoo.xml" for name in papers} | {
            "productierapport.xlsx", "dossier/weggelaten.xlsx", "dossier/leesmij.txt",
            "sha256sums.txt",
        }  # fmt: skip

    def test_its_metadata_are_as_diwoo_asks_and_of_the_paper_itself(self, made):
        _, files, _ = made
        for name, data in files.items():
            if name.endswith(".diwoo.xml"):
                assert faults_in(data) == []
        root = ET.fromstring(files[f"{NAME}.pdf.diwoo.xml"])
        said = {node.tag.removeprefix(DIWOO): node.text for node in root.iter()}
        assert said["officieleTitel"] == "Verslag Landelijke Regietafel, 19 maart 2025"
        assert (said["format"], said["documentsoort"]) == ("PDF", "vergaderverslag")
        assert said["atTime"] == "2025-06-18T00:00:00"
        assert said["relation"] == "Dashboard"
        assert "artikel 5.1, tweede lid, onder i" in str(said["omschrijving"])

    def test_nothing_that_was_left_out_stands_in_any_file_of_it(self, made):
        _, files, _ = made
        for name, data in files.items():
            found = everything(name, data)
            assert [word for word in LEFT_OUT if word in found] == [], name

    def test_the_report_for_the_platform_has_its_columns_and_a_row_for_each_paper(self, made):
        _, files, _ = made
        rows = read_rows(files["productierapport.xlsx"])
        assert rows[0] == (
            "ID", "Matter", "Family ID", "Email Thread ID", "Document", "File type", "Datum",
            "Beoordeling", "Opgeschort", "Beoordelingsgrond", "Toelichting", "Publieke link",
            "Gerelateerd ID", "Zaaknummer",
        )  # fmt: skip
        assert rows[2][:2] == (NAME, "DRM-12")
        assert rows[2][5:8] == ("pdf", "2025-03-12", "Deels openbaar")
        assert (rows[2][9], rows[2][10]) == ("5.1.2b; 5.1.2e; 5.1.2i", "Zo besloten.")
        assert rows[1][9] == "5.1.2e; 5.1.2i"

    def test_the_file_gets_each_thing_that_was_left_out_with_its_line_and_why(self, made):
        _, files, _ = made
        rows = read_rows(files["dossier/weggelaten.xlsx"])
        assert rows[4][:4] == ("2025-03-19-lrt", "regel 7", "naam van een aanwezige", "5.1.2e")
        assert rows[4][4:] == (
            "artikel 5.1, tweede lid, onder e", "de eerbiediging van de persoonlijke levenssfeer",
            "Zo besloten.",
        )  # fmt: skip
        told = files["dossier/leesmij.txt"].decode()
        assert "DiWoo 0.9.8, met de waardelijsten van TOOI van 12 augustus 2025" in told
        assert "beslist een jurist of de Woo-coördinator" in told

    def test_a_second_program_finds_its_checksums_right(self, made):
        assert wrong_checksums(made[0]) == []

    @pytest.mark.verapdf
    def test_its_pdfs_are_accessible_and_archival(self, made):
        folder, files, _ = made
        for name in files:
            if name.endswith(".pdf"):
                assert verapdf.failed_rules(folder / name, "ua1") == []
                assert verapdf.failed_rules(folder / name, "2a") == []

    def test_who_makes_it_hears_the_age_of_the_lists_and_what_was_looked_at(self, made):
        told = " ".join(made[2].remarks)
        assert "De waardelijsten van TOOI daarin zijn van 12 augustus 2025." in told
        assert "Gezocht naar" in told

    def test_the_same_meeting_gives_the_same_bytes(self, tmp_path):
        path = write(tmp_path)
        for name in ("een.zip", "twee.zip"):
            api.publish([path], PublishOptions(package=str(tmp_path / name)))
        assert (tmp_path / "een.zip").read_bytes() == (tmp_path / "twee.zip").read_bytes()

    def test_a_package_in_which_something_left_out_still_stands_is_not_written(self, tmp_path, run):
        path = write(tmp_path, MEETING.replace("{Zwartveld: 5.1.2e}", "{Rijnvos: 5.1.2b}"))
        told = run("openbaar", "maak", path, "--pakket", tmp_path / "uit.zip")
        assert told.code == 1
        assert "LRT830" in told.err
        assert f"uit.zip: {NAME}.docx" in told.err
        found = [part for part in re.split(r"\n(?=\S)", told.err) if "LRT830" in part]
        assert found
        assert not [part for part in found if "Zwartveld" in part]
        assert not (tmp_path / "uit.zip").exists()


def read_rows(data: bytes) -> list[tuple[object, ...]]:
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    return list(sheet.iter_rows(values_only=True))


# --- what has no file


def test_a_paper_that_is_withheld_is_announced_without_a_file(tmp_path, run):
    block = "openbaar: {beoordeling: niet, grond: 5.1.2i, reden: Het overleg loopt nog.}"
    text = re.sub("openbaar: .*", block, MEETING)
    told = run("openbaar", "maak", write(tmp_path, text), "--pakket", tmp_path / "uit.zip")
    assert told.code == 0
    files = unpack((tmp_path / "uit.zip").read_bytes(), tmp_path / "uit")
    papers = {name for name in files if "/" not in name and name.startswith("2025")}
    assert papers == {"2025-03-19-lrt-agenda.diwoo.xml", "2025-03-19-lrt-verslag.diwoo.xml"}
    for name in papers:
        assert faults_in(files[name]) == []
        assert b"<diwoo:format" not in files[name]
        assert "Niet openbaar gemaakt, op grond van artikel 5.1" in files[name].decode()
        assert [word for word in LEFT_OUT if word in everything(name, files[name])] == []
    rows = read_rows(files["productierapport.xlsx"])
    assert [row[7] for row in rows[1:]] == ["Niet openbaar"] * 2


def test_a_paper_that_is_public_already_is_announced_with_where(tmp_path, run):
    block = "openbaar: {beoordeling: reeds, link: www.rijksoverheid.nl/verslag}"
    path = write(tmp_path, re.sub("openbaar: .*", block, MEETING))
    assert run("openbaar", "maak", path, "--pakket", tmp_path / "uit.zip").code == 0
    files = unpack((tmp_path / "uit.zip").read_bytes(), tmp_path / "uit")
    rows = read_rows(files["productierapport.xlsx"])
    assert rows[1][7:12] == ("Reeds openbaar", None, None, None, "www.rijksoverheid.nl/verslag")
    assert not [name for name in files if name.endswith((".pdf", ".docx", ".html"))]


def test_a_collection_has_a_name_of_two_signs_also_if_the_file_has_one():
    day, house = dt.date(2025, 3, 14), begrip("ministerie", "ministerie van Asiel en Migratie")
    told = describe_letter(KINDS["brief"], BARE, "m", "Uitnodiging", day, house)
    stuk = Stuk("m", "m", told, Beoordeling.NIET, {}, (), ["5.1.2i"])
    files = lay_out_package([stuk])
    assert read_rows(files["productierapport.xlsx"])[1][:2] == ("m", "m 2025-03-14")


@pytest.mark.parametrize(("judged", "asked"), [("niet", "grond: 5.1"), ("reeds", "link: https:")])
def test_what_a_judgement_asks_is_told_and_nothing_is_written(tmp_path, run, judged, asked):
    block = f"openbaar: {{beoordeling: {judged}}}"
    path = write(tmp_path, re.sub("openbaar: .*", block, MEETING))
    told = run("openbaar", "maak", path, "--pakket", tmp_path / "uit.zip")
    assert told.code == 1
    assert "LRT852" in told.err
    assert asked in told.err
    assert not (tmp_path / "uit.zip").exists()


def test_who_publishes_is_asked_for(tmp_path, run):
    path = write(tmp_path, house="afzenders: {a: {team: T}}\n")
    told = run("openbaar", "maak", path, "--pakket", tmp_path / "uit.zip")
    assert told.code == 1
    assert "organisatie: ministerie van Asiel en Migratie" in told.err
    assert not (tmp_path / "uit.zip").exists()


def test_a_category_by_name_is_that_of_the_metadata_and_an_unknown_one_is_refused(tmp_path, run):
    text = MEETING.replace(
        "reden: Zo", "beoordeling: niet, grond: 5.1.2i, categorie: convenanten, reden: Zo"
    )
    path = write(tmp_path, text)
    assert run("openbaar", "maak", path, "--pakket", tmp_path / "uit.zip").code == 0
    files = unpack((tmp_path / "uit.zip").read_bytes(), tmp_path / "uit")
    assert b"c_8fc2335c" in files["2025-03-19-lrt-agenda.diwoo.xml"]
    told = run("openbaar", "maak", write(tmp_path, text.replace("convenanten", "convenant")))
    assert "LRT850" in told.err
    assert "bedoelde u 'convenanten'?" in told.err


# --- many


def test_of_a_hundred_meetings_nothing_left_out_stands_in_any_file_of_the_package(tmp_path):
    """Of five hundred their metadata are looked at in `documents/test_metadata.py`."""
    write(tmp_path, "")
    judged = set()
    for number in range(0, 500, 5):
        text = meeting_text(number, leave_out(surname(number, 0)))
        path = tmp_path / f"overleg-{number}.yaml"
        path.write_text(text, encoding="utf-8")
        outcome = Outcome()
        planned = plan_publication(path, PublishOptions(concept=True), outcome)
        assert planned is not None, outcome.problems
        pdfs = {draft.target: b"%PDF-1.7" for draft in planned.drafts}
        stukken = list(list_papers(planned, pdfs, outcome))
        judged |= {stuk.beoordeling for stuk in stukken}
        people = {surname(number, nth) for nth in range(text.count("  - 'Mw."))}
        gone = [fold(word) for word in (*people, SECRET)]
        for name, data in lay_out_package(stukken).items():
            if name.endswith(".diwoo.xml"):
                assert faults_in(data) == [], number
            found = everything(name, data)
            assert [word for word in gone if word in found] == [], (number, name)
    assert judged == {Beoordeling.DEELS}


def leave_out(name: str) -> str:
    return f"openbaar: {{weglaten: {{{quote(name)}: 5.1.2e}}}}"
