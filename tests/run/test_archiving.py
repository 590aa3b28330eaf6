"""An archive bundle as an information manager unpacks it: what is in it, and what is told of it."""

from __future__ import annotations

import datetime as dt
import json
import sys
from subprocess import run as run_program
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
import verapdf
from command_running import make_run
from mailing_making import make_mailing
from mailing_making import run as make_letters
from meeting_generating import meeting_text
from metadata_stating import faults_in
from zip_checking import unpack, wrong_checksums

from lrtdocs import api
from lrtdocs.documents.metadata.mdto import Beperking, Bewaring, Kenmerk, Term, Verwijzing
from lrtdocs.run.load.model import House, load_house
from lrtdocs.run.publishing.archive import Archiefstuk, Dossier, lay_out
from lrtdocs.run.publishing.archiving import read_bewaring
from lrtdocs.run.publishing.packing import pack, plain_name

if TYPE_CHECKING:
    from pathlib import Path

    from command_running import Run

MDTO = "{https://www.nationaalarchief.nl/mdto}"
HOUSE = """\
afzenders: {a: {team: T}}
openbaar: {organisatie: Asiel en Migratie}
archief:
  waardering: tijdelijk te bewaren
  bewaartermijn: 10 jaar
  selectielijst: Selectielijst 2020
  categorie: {nummer: "5.1", naam: Overleggen}
  beperking: {soort: Nader te bepalen, omschrijving: Bevat namen.}
"""
MEETING = """\
overleg: Landelijke Regietafel
datum: 2025-03-19
dagtekening: 2025-03-12
onze_referentie: DRM-12
vastgesteld: 2025-06-18
bijlagen: [{titel: Kaart & plan, bestand: kaart (1).txt}]
agendapunten: [{titel: Opening, verslag: De voorzitter opent.}]
"""
BEWARING = Bewaring(
    ("Blijvend te bewaren", "B"),
    Verwijzing("Ministerie", Kenmerk("mnre1162", "TOOI")),
    [Beperking("Geen beperking")],
    categorie=Term("Overleggen", "Selectielijst"),
)
DAY = dt.date(2026, 3, 2)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return make_run(capsys)


def write_meeting(folder: Path, text: str = MEETING, house: str = HOUSE) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "huisstijl.yaml").write_text(house, encoding="utf-8")
    (folder / "kaart (1).txt").write_text("kaart", encoding="utf-8")
    path = folder / "2025-03-19-lrt.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def said(files: dict[str, bytes], path: str, name: str) -> list[str | None]:
    return [node.text for node in ET.fromstring(files[path]).iter(f"{MDTO}{name}")]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes], api.Outcome]:
    """The bundle of a meeting, unpacked."""
    folder = tmp_path_factory.mktemp("archief")
    outcome = api.archive([write_meeting(folder / "in")], str(folder / "uit.zip"))
    files = unpack((folder / "uit.zip").read_bytes(), folder / "uit")
    return folder / "uit", files, outcome


@pytest.mark.office
class TestABundleOfAMeeting:
    def test_every_metadata_file_in_it_is_as_mdto_asks(self, made):
        _, files, outcome = made
        assert outcome.exit_code == 0
        metadata = [name for name in files if name.endswith(".MDTO.xml")]
        assert len(metadata) == 5 + 7
        assert {name: faults_in(files[name]) for name in metadata if faults_in(files[name])} == {}

    def test_it_holds_papers_annexes_and_what_they_were_made_of_each_with_its_metadata(self, made):
        _, files, _ = made
        told = {name for name in files if not name.endswith(".MDTO.xml")}
        root = "2025-03-19-lrt/2025-03-19-lrt"
        papers = {f"{root}-{kind}/2025-03-19-lrt-{kind}.{suffix}"
                  for kind in ("agenda", "verslag") for suffix in ("docx", "pdf")}  # fmt: skip
        sources = {f"{root}-bron/2025-03-19-lrt.yaml", f"{root}-bron/huisstijl.yaml"}
        annex = {"2025-03-19-lrt/kaart-1/kaart-1.txt"}
        assert told == papers | sources | annex | {"manifest.json", "sha256sums.txt"}
        assert {f"{name}.bestand.MDTO.xml" for name in papers | sources | annex} <= set(files)

    def test_a_second_program_finds_all_checksums_right_and_sees_a_byte_that_changed(self, made):
        folder, files, _ = made
        assert wrong_checksums(folder) == []
        name = next(name for name in files if name.endswith("agenda.docx"))
        (folder / name).write_bytes(files[name][:-1] + b"x")
        try:
            assert wrong_checksums(folder) == [name]
        finally:
            (folder / name).write_bytes(files[name])

    def test_a_second_program_knows_each_file_by_the_number_in_pronom_that_is_told(self, made):
        """The package opf-fido."""
        folder, files, _ = made
        listed = json.loads(files["manifest.json"])["dossiers"][0]["bestanden"]
        for row in listed:
            told = run_program(
                [sys.executable, "-m", "fido.fido", "-q", str(folder / row["bestand"])],
                check=True, capture_output=True, text=True, encoding="utf-8",
            )  # fmt: skip
            assert row["pronom"] in {line.split(",")[2] for line in told.stdout.splitlines()}
        assert {row["pronom"] for row in listed} == {"fmt/412", "fmt/476", "fmt/818", "x-fmt/111"}

    @pytest.mark.verapdf
    def test_its_pdfs_are_archival(self, made):
        folder, files, _ = made
        for name in files:
            if name.endswith(".pdf"):
                assert verapdf.failed_rules(folder / name, "2a") == []

    def test_minutes_tell_when_they_were_adopted_and_by_what_they_are_known(self, made):
        _, files, _ = made
        path = "2025-03-19-lrt/2025-03-19-lrt-verslag/2025-03-19-lrt-verslag.MDTO.xml"
        assert said(files, path, "eventTijd")[-1] == "2025-06-18"
        assert "Accordering" in said(files, path, "begripLabel")
        assert said(files, path, "identificatieKenmerk")[:2] == [
            "2025-03-19-lrt/2025-03-19-lrt-verslag", "DRM-12",
        ]  # fmt: skip

    def test_the_house_style_decides_how_long_and_by_which_list(self, made):
        _, files, _ = made
        path = "2025-03-19-lrt/2025-03-19-lrt.MDTO.xml"
        assert said(files, path, "termijnLooptijd") == ["P10Y"]
        told = {*said(files, path, "begripLabel"), *said(files, path, "begripCode")}
        assert {"Tijdelijk te bewaren", "V", "Overleggen", "5.1", "Nader te bepalen"} <= told
        assert "Selectielijst 2020" in said(files, path, "verwijzingNaam")
        assert "ministerie van Asiel en Migratie" in said(files, path, "verwijzingNaam")

    def test_the_same_meeting_gives_the_same_bytes(self, tmp_path):
        path = write_meeting(tmp_path)
        one, two = tmp_path / "een.zip", tmp_path / "twee.zip"
        for target in (one, two):
            api.archive([path], str(target))
        assert one.read_bytes() == two.read_bytes()

    def test_what_went_out_is_kept_as_it_went_out(self, tmp_path):
        path = write_meeting(tmp_path)
        (paper,) = api.make_documents([path], "agenda").written
        sent = paper.read_bytes()
        api.mark_sent(path, [paper], dt.date(2025, 3, 12))
        path.write_text(MEETING.replace("Opening", "Anders"), encoding="utf-8")
        api.archive([path], str(tmp_path / "uit.zip"))
        files = unpack((tmp_path / "uit.zip").read_bytes(), tmp_path / "uit")
        kept = [name for name, data in files.items() if data == sent]
        assert kept == ["2025-03-19-lrt/2025-03-19-lrt-agenda/2025-03-19-lrt-agenda.docx"]
        told = f"{kept[0].rpartition('/')[0]}/2025-03-19-lrt-agenda.MDTO.xml"
        assert "Verzending" in said(files, told, "begripLabel")
        assert any(name.endswith("agenda-v2.docx") for name in files)


@pytest.mark.office
def test_letters_go_in_as_they_are_in_their_folder_with_what_they_were_made_of(tmp_path, run):
    path = make_mailing(tmp_path / "in", 3)
    (path.parent / "huisstijl.yaml").write_text(HOUSE, encoding="utf-8")
    make_letters(path, path.parent / "uit")
    api.mark_sent(path.parent / "uit", (), dt.date(2025, 3, 20), how="post")
    for given in (path, path.parent / "uit"):
        target = tmp_path / f"{given.stem}.zip"
        assert run("archief", "maak", given, "-o", target).code == 0
    assert (tmp_path / "m.zip").read_bytes() == (tmp_path / "uit.zip").read_bytes()
    files = unpack((tmp_path / "m.zip").read_bytes(), tmp_path / "eruit")
    assert wrong_checksums(tmp_path / "eruit") == []
    letters = sorted(name for name in files if name.endswith("Naam-2.docx") or "Naam-2.pdf" in name)
    assert letters[0] == "m/0002-Naam-2/0002-Naam-2.docx"
    assert files[letters[0]] == (path.parent / "uit" / "0002-Naam 2.docx").read_bytes()
    assert "m/0002-Naam-2/0002-Naam-2.pdf" in letters
    sources = {name for name in files if name.startswith("m/m-bron/") and "MDTO" not in name}
    assert {name.rpartition("/")[2] for name in sources} == {
        "m.yaml", "lijst.csv", "brief.docx", "huisstijl.yaml", "manifest.jsonl"
    }  # fmt: skip
    told = "m/0002-Naam-2/0002-Naam-2.MDTO.xml"
    assert said(files, told, "eventResultaat") == ["post"]
    assert [faults_in(data) for name, data in files.items() if name.endswith(".MDTO.xml")
            if faults_in(data)] == []  # fmt: skip


# --- what is asked of who makes one


def test_what_the_house_style_lacks_is_told_with_what_to_write_and_then_it_works(tmp_path, run):
    path = write_meeting(tmp_path, house="afzenders: {a: {team: T}}\n")
    told = run("archief", "maak", path, "-o", tmp_path / "uit.zip")
    assert told.code == 1
    assert "LRT860" in told.err
    assert not (tmp_path / "uit.zip").exists()
    line = told.err.partition("Zet in huisstijl.yaml: ")[2].partition("} Vul bij elk in")[0] + "}"
    house = tmp_path / "huisstijl.yaml"
    house.write_text(f"afzenders: {{a: {{team: T}}}}\n{line}\n", encoding="utf-8")
    assert api.check(house) == []
    again = read_bewaring(*_house_of(path))
    assert again is not None
    assert again.termijn == "P10Y"


def _house_of(path: Path) -> tuple[House, Path, None, api.Outcome]:
    house = load_house(path, [])
    assert house is not None
    return house, path, None, api.Outcome()


@pytest.mark.parametrize("lacks", ["waardering", "bewaartermijn", "selectielijst", "beperking"])
def test_each_keyword_that_lacks_is_named(tmp_path, run, lacks):
    house = "".join(line for line in HOUSE.splitlines(keepends=True) if f"  {lacks}" not in line)
    told = run("archief", "maak", write_meeting(tmp_path, house=house))
    assert told.code == 1
    assert f"ontbreekt nog: {lacks}" in told.err


def test_what_is_kept_for_ever_needs_no_term(tmp_path):
    house = HOUSE.replace("tijdelijk te bewaren", "B").replace("  bewaartermijn: 10 jaar\n", "")
    path = write_meeting(tmp_path, house=house)
    assert [each.code for each in api.check(path.parent / "huisstijl.yaml")] == []


@pytest.mark.parametrize(
    ("term", "good"),
    [("10 jaar", True), ("18 maanden", True), ("P7Y", True), ("lang", False), ("0 jaar", False)],
)
def test_a_term_is_a_number_of_years_or_months(tmp_path, term, good):
    path = write_meeting(tmp_path, house=HOUSE.replace("10 jaar", term))
    codes = [each.code for each in api.check(path.parent / "huisstijl.yaml")]
    assert codes == ([] if good else ["LRT862"])


def test_a_mailing_without_letters_and_a_file_that_is_no_paper_are_refused(tmp_path, run):
    path = make_mailing(tmp_path, 2)
    (tmp_path / "huisstijl.yaml").write_text(HOUSE, encoding="utf-8")
    for given in (path, tmp_path / "huisstijl.yaml"):
        told = run("archief", "maak", given, "-o", tmp_path / "uit.zip")
        assert (told.code, "LRT861" in told.err) == (1, True)
    assert not (tmp_path / "uit.zip").exists()


# --- the layout


def dossier(number: int) -> Dossier:
    data = meeting_text(number).encode()
    papers = [
        Archiefstuk(f"Stuk {number}/{nth} <x>", f"Titel & {nth}", {f"stuk {nth}.docx": data})
        for nth in range(1 + number % 2)
    ]
    files = {"a.yaml": b"1", "a b.yaml": b"2", "a-b.yaml": b"3", "LEES": b""}
    alike = [Archiefstuk("Stuk", "Nog een", files)] * 2 if number % 25 == 0 else []
    return Dossier(f"lrt {number}", f"Overleg <{number}>", [*papers, *alike], BEWARING, "DRM")


def test_five_hundred_dossiers_have_metadata_as_mdto_asks():
    files = lay_out([dossier(number) for number in range(500)], DAY)
    metadata = {name: data for name, data in files.items() if name.endswith(".MDTO.xml")}
    assert {name: faults_in(data) for name, data in metadata.items() if faults_in(data)} == {}
    assert len(files) - len(metadata) == 1 + sum(
        len(stuk.bestanden) for number in range(500) for stuk in dossier(number).stukken
    )


def test_a_bundle_is_unpacked_as_it_was_packed_and_its_checksums_hold(tmp_path):
    files = lay_out([dossier(number) for number in range(20)], DAY)
    packed = pack(files)
    assert set(unpack(packed, tmp_path)) == {*files, "sha256sums.txt"}
    assert wrong_checksums(tmp_path) == []
    assert pack(files) == packed


def test_no_name_in_a_bundle_has_a_sign_that_an_archive_refuses():
    for name in lay_out([dossier(number) for number in range(20)], DAY):
        for part in name.split("/"):
            assert not set('<>:"\\|?*#& ') & set(part)
            assert len(part) <= 255


def test_names_that_come_down_to_the_same_stay_apart():
    names: list[str] = []
    for each in ("Naam 1", "naam-1", "Naam<1>", "é", "…"):
        names.append(plain_name(each, names))
    assert names == ["Naam-1", "naam-1-2", "Naam-1-3", "e", "stuk"]
