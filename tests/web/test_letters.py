"""A mailing on the page: its list, its check, its proof, its go-ahead, its letters."""

from __future__ import annotations

import io
import json
import shutil
import threading
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from mailing_making import mailing

from lrtdocs import api
from lrtdocs.api import Outcome
from lrtdocs.web.made import BECAME

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from lrtdocs.web.desk import Desk

EXAMPLES = Path(__file__).parents[2] / "examples"
MAILING = "taakstelling-2025-II.yaml"
SOON = 60.0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the mailing to 342 gemeenten."""
    target = tmp_path / "map"
    target.mkdir()
    for name in (MAILING, "adressen.xlsx", "huisstijl.yaml"):
        shutil.copy(EXAMPLES / name, target)
    return target


@pytest.fixture
def at(desk: Desk, folder: Path) -> str:
    """The address of the mailing."""
    return f"/mailing/{desk.files.id_of(folder / MAILING)}"


def test_a_mailing_at_a_glance(client: TestClient, at: str) -> None:
    answer = client.get(at)
    assert answer.status_code == 200
    for text in ("342 in adressen.xlsx", "25 maart 2025", "nog niets gemaakt"):
        assert text in answer.text, text


def test_the_check_says_how_many_are_right(client: TestClient, at: str) -> None:
    answer = client.get(f"{at}/controle")
    assert "342 van 342 ontvangers kloppen." in answer.text
    assert "De brieven kunnen gemaakt worden." in answer.text


def spoil(path: Path, **cells: str | None) -> None:
    """Let these cells of a workbook hold something else."""
    book = openpyxl.load_workbook(path)
    for address, text in cells.items():
        book.active[address] = text
    book.save(path)


def test_what_is_wrong_is_told_by_cell(client: TestClient, at: str, folder: Path) -> None:
    spoil(folder / "adressen.xlsx", D5="12AB", A12="GM9999", A346="Let op: een aantekening")
    answer = client.get(f"{at}/controle")
    assert "340 van 342 ontvangers kloppen." in answer.text
    assert "Er zijn 3 fouten die eerst goed moeten." in answer.text
    row = answer.text.partition('data-kop="Rij">5<')[2].partition("</tr>")[0]
    for text in ("postcode", "<q>12AB</q>", "is geen postcode", "vier cijfers en twee letters"):
        assert text in row, text
    wrong = client.get(f"{at}/controle", params={"toon": "opvallend"}).text
    assert wrong.count('scope="row">') == 3
    passed = client.get(f"{at}/controle", params={"toon": "overgeslagen"}).text
    assert "Let op: een aantekening" in passed.partition('id="lijst"')[2]
    assert "Groningen" not in passed.partition('id="lijst"')[2]


def test_the_list_is_shown_a_page_at_a_time_and_sought_in(client: TestClient, at: str) -> None:
    first = client.get(f"{at}/controle").text
    last = client.get(f"{at}/controle", params={"pagina": "7"}).text
    assert "1 tot en met 50 van 342" in first
    assert "301 tot en met 342 van 342" in last
    found = client.get(f"{at}/controle", params={"zoek": "urk"}).text.partition('id="lijst"')[2]
    assert "Urk" in found
    assert "Groningen" not in found
    nothing = client.get(f"{at}/controle", params={"zoek": "bestaat niet"}).text
    assert "Er is geen rij die hieraan voldoet." in nothing


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999999999999", "999"])
def test_a_page_that_is_not_there_is_the_nearest_one(
    client: TestClient, at: str, page: str
) -> None:
    assert client.get(f"{at}/controle", params={"pagina": page}).status_code == 200


# --- a list that is brought along

CSV = "naam;adres;postcode;plaats\nGroningen;Postbus 1;9700 AA;Groningen\n"


def bring(client: TestClient, at: str, name: str, data: bytes, **fields: str) -> Any:
    return client.post(f"{at}/ontvangers", data=fields, files={"lijst": (name, data)})


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_list_is_kept_beside_the_mailing_which_names_it(
    client: TestClient, at: str, folder: Path
) -> None:
    before = (folder / MAILING).read_text(encoding="utf-8")
    answer = bring(client, at, "nieuwe lijst.csv", CSV.encode())
    assert answer.status_code == 303
    assert answer.headers["location"].startswith(f"{at}/controle?")
    assert (folder / "nieuwe lijst.csv").read_bytes() == CSV.encode()
    after = (folder / MAILING).read_text(encoding="utf-8")
    assert after == before.replace("ontvangers: adressen.xlsx", "ontvangers: nieuwe lijst.csv")
    shown = client.get(answer.headers["location"])
    assert "De ontvangers staan nu in nieuwe lijst.csv." in shown.text


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../x.csv", "x.csv"),
        ("..\\..\\x.csv", "x.csv"),
        ("C:\\Users\\ik\\x.csv", "x.csv"),
        ("/etc/passwd", "passwd.csv"),
        ("<b>.csv", "-b-.csv"),
        ("CON.csv", "_CON.csv"),
        ("..csv", "ontvangers.csv"),
        (".htaccess", "htaccess.csv"),
        ("x.yaml", "x.csv"),
        ("huisstijl.yaml", "huisstijl.csv"),
        ("x.xlsx", "x.csv"),  # it is no workbook: what it holds counts
        ("-rf.csv", "rf.csv"),
        ("a" * 400 + ".csv", None),
    ],
)
def test_the_name_of_a_list_is_only_a_hint(
    client: TestClient, at: str, folder: Path, name: str, safe: str | None
) -> None:
    outside, before = files_of(folder.parent), set(files_of(folder))
    assert bring(client, at, name, CSV.encode()).status_code == 303
    (new,) = set(files_of(folder)) - before
    assert new.strip("-") == (safe or new).strip("-")
    assert len(new.encode()) < 200
    assert set(files_of(folder.parent)) == {*outside, new}


def test_a_taken_name_is_asked_about_and_nothing_is_lost(
    client: TestClient, at: str, folder: Path
) -> None:
    old = (folder / "adressen.xlsx").read_bytes()
    (folder / "adressen.csv").write_text("van mij")
    asked = bring(client, at, "adressen.csv", CSV.encode())
    assert asked.status_code == 409
    assert "Er is al een lijst die adressen.csv heet" in asked.text
    assert (folder / "adressen.csv").read_text() == "van mij"
    token = asked.text.partition('name="bewaard" value="')[2].partition('"')[0]
    kept = {"bewaard": token, "bestand": "adressen.csv"}
    answer = client.post(f"{at}/ontvangers", data={**kept, "hoe": "vervang"})
    assert answer.status_code == 303
    assert (folder / "adressen.csv").read_bytes() == CSV.encode()
    assert (folder / "adressen-oud.csv").read_text() == "van mij"
    assert (folder / "adressen.xlsx").read_bytes() == old
    again = client.post(f"{at}/ontvangers", data={**kept, "hoe": "ernaast"})
    assert again.status_code == 422  # it was used; nothing of it is left


def test_lists_that_nobody_comes_back_for_do_not_pile_up(
    client: TestClient, desk: Desk, at: str, folder: Path
) -> None:
    (folder / "adressen.csv").write_text("van mij")
    for number in range(9):
        bring(client, at, "adressen.csv", CSV.encode() + b"\n" * number)
    assert len(list(desk.scratch.iterdir())) == 5


def test_a_list_may_go_beside_the_one_that_is_there(
    client: TestClient, at: str, folder: Path
) -> None:
    (folder / "adressen.csv").write_text("van mij")
    answer = bring(client, at, "adressen.csv", CSV.encode(), hoe="ernaast")
    assert answer.status_code == 303
    assert (folder / "adressen.csv").read_text() == "van mij"
    assert (folder / "adressen-2.csv").read_bytes() == CSV.encode()
    assert "ontvangers: adressen-2.csv" in (folder / MAILING).read_text(encoding="utf-8")


def test_the_list_that_is_there_may_be_brought_again(
    client: TestClient, at: str, folder: Path
) -> None:
    before = files_of(folder)
    assert bring(client, at, "adressen.xlsx", before["adressen.xlsx"]).status_code == 303
    assert files_of(folder) == before


def _bomb() -> bytes:
    """A workbook of which one part is two hundred million bytes when it is unpacked."""
    whole = io.BytesIO((EXAMPLES / "adressen.xlsx").read_bytes())
    made = io.BytesIO()
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            is_sheet = info.filename.startswith("xl/worksheets/sheet")
            data = b"<x>" + b" " * 200_000_000 if is_sheet else old.read(info)
            new.writestr(info.filename, data)
    return made.getvalue()


WRONG = {
    "leeg.xlsx": b"",
    "brief.docx": (EXAMPLES.parent / "templates" / "brief.docx").read_bytes(),
    "plaatje.png": b"\x89PNG\r\n\x1a\n" + bytes(100),
    "kapot.xlsx": b"PK\x03\x04 dit is geen zip",
    "oud.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "bom.xlsx": _bomb(),
    "nul.csv": bytes(1000),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_list_is_refused_and_nothing_is_written(
    client: TestClient, at: str, folder: Path, name: str
) -> None:
    before = files_of(folder)
    answer = bring(client, at, name, WRONG[name])
    assert answer.status_code == 422
    assert "Doe dit:" in answer.text
    assert "Traceback" not in answer.text
    assert "/tmp/" not in answer.text.replace(str(folder), "").replace(str(folder.parent), "")
    assert files_of(folder) == before


def test_a_list_of_26_megabytes_is_refused(client: TestClient, at: str, folder: Path) -> None:
    before = files_of(folder)
    answer = bring(client, at, "groot.csv", b"naam;adres\n" + b"x;y\n" * 6_500_000)
    assert answer.status_code == 413
    assert "Er is niets bewaard." in answer.text
    assert files_of(folder) == before


def test_no_list_at_all_is_told(client: TestClient, at: str) -> None:
    answer = client.post(f"{at}/ontvangers", data={"hoe": ""})
    assert answer.status_code == 422
    assert "LRT950" in answer.text


@pytest.mark.parametrize("token", ["../../huisstijl.yaml", "a" * 32, "", "0" * 31])
def test_what_was_kept_for_a_question_is_found_by_its_own_name_only(
    client: TestClient, at: str, token: str
) -> None:
    answer = client.post(f"{at}/ontvangers", data={"bewaard": token, "bestand": "x.csv"})
    assert answer.status_code == 422


def test_a_name_with_tags_in_it_is_only_text(client: TestClient, at: str, folder: Path) -> None:
    (folder / "-script-alert(1)--script-.csv").write_text("van mij")
    answer = bring(client, at, "<script>alert(1)<:script>.csv", CSV.encode())
    assert "<script>alert" not in answer.text


# --- a new one


def test_a_mailing_is_begun_by_its_name(client: TestClient, folder: Path) -> None:
    answer = client.post("/mailing/nieuw", data={"naam": "2025 uitnodiging"})
    assert answer.status_code == 303
    assert (folder / "2025 uitnodiging.yaml").is_file()
    assert client.get(answer.headers["location"]).status_code == 200


@pytest.mark.parametrize("name", ["", "   ", "...", "//"])
def test_a_mailing_needs_a_name(client: TestClient, folder: Path, name: str) -> None:
    before = files_of(folder)
    answer = client.post("/mailing/nieuw", data={"naam": name})
    assert answer.status_code in {303, 422}
    if answer.status_code == 422:
        assert files_of(folder) == before
        assert "Doe dit:" in answer.text


@pytest.mark.parametrize("name", ["../../buiten", "/etc/x", "..\\x", "a/../../b"])
def test_a_new_mailing_stays_in_the_folder(client: TestClient, folder: Path, name: str) -> None:
    outside = set(files_of(folder.parent))
    client.post("/mailing/nieuw", data={"naam": name})
    assert {path.parent for path in folder.parent.rglob("*") if path.is_file()} == {folder}
    assert outside <= set(files_of(folder.parent))


def test_a_mailing_that_is_there_is_not_begun_again(client: TestClient, folder: Path) -> None:
    before = files_of(folder)
    answer = client.post("/mailing/nieuw", data={"naam": MAILING})
    assert answer.status_code == 422
    assert files_of(folder) == before


# --- the letters


def make(client: TestClient, desk: Desk, at: str, **fields: str) -> str:
    """Make letters as the form asks; return the page when that has ended."""
    assert client.post(f"{at}/maken", data=fields).status_code == 303
    for job in desk.jobs.active:
        assert desk.jobs.wait(job, SOON)
    return client.get(f"{at}/maken").text


def test_letters_are_made_and_taken_along(
    client: TestClient, desk: Desk, at: str, folder: Path
) -> None:
    assert "342 van 342 brieven zijn er." in make(client, desk, at)
    made = folder / "taakstelling-2025-II-brieven"
    assert len(list(made.glob("*.docx"))) == 342
    shown = client.get(f"{at}/brieven").text
    assert "Er zijn 342 brieven, 0 met PDF, 0 verzonden." in shown
    link = shown.partition('href="/ophalen/')[2].partition('"')[0]
    one = client.get(f"/ophalen/{link}")
    assert one.content == (made / "GM0014-Groningen.docx").read_bytes()
    with zipfile.ZipFile(io.BytesIO(client.get(f"{at}/brieven.zip").content)) as all_of_it:
        assert all_of_it.testzip() is None
        assert len(all_of_it.namelist()) == 342
        assert not [name for name in all_of_it.namelist() if "/" in name or "\\" in name]
    client.get(f"{at}/verzendlijst.xlsx")
    listed = client.get(f"{at}/verzendlijst.xlsx")
    assert "attachment" in listed.headers["content-disposition"]
    assert openpyxl.load_workbook(io.BytesIO(listed.content)).active.max_row >= 343


def test_a_row_that_breaks_its_letter_is_found_by_the_filter(
    client: TestClient, desk: Desk, folder: Path
) -> None:
    rows: list[list[object]] = [["10"], ["veel"], ["30"]]
    path = mailing(folder / "eigen", ["bedrag"], rows, "Aan {{ naam }}: {{ bedrag | getal }}")
    at = f"/mailing/{desk.files.id_of(path)}"
    checked = client.get(f"{at}/controle").text
    assert "2 van 3 ontvangers kloppen." in checked
    assert "<q>veel</q>" in checked
    ended = make(client, desk, at)
    assert "2 van 3 brieven zijn er." in ended
    assert "Bekijk de 1 die mislukte" in ended
    assert "Probeer de andere 1 opnieuw" in ended
    failed = client.get(f"{at}/brieven", params={"toon": "mislukt"}).text.partition('id="lijst"')[2]
    assert "Naam 1" in failed
    assert "veel" in failed  # why
    assert "Naam 0" not in failed
    sought = client.get(f"{at}/brieven", params={"zoek": "naam 2"}).text.partition('id="lijst"')[2]
    assert "Naam 2" in sought
    assert "Naam 0" not in sought


def test_a_manifest_that_names_files_elsewhere_gives_none_of_them(
    client: TestClient, desk: Desk, at: str, folder: Path
) -> None:
    make(client, desk, at, alleen="Urk")
    target = folder / "taakstelling-2025-II-brieven" / "manifest.jsonl"
    text = target.read_text(encoding="utf-8")
    (folder.parent / "geheim.docx").write_bytes(b"geheim")
    target.write_text(text.replace("GM0184-Urk.docx", "../../geheim.docx"), encoding="utf-8")
    assert "geheim" not in client.get(f"{at}/brieven").text
    answer = client.get(f"{at}/brieven.zip")
    assert b"geheim" not in answer.content


def test_pages_of_a_mailing_without_letters_say_what_comes_first(
    client: TestClient, at: str
) -> None:
    assert "Er zijn nog geen brieven gemaakt." in client.get(f"{at}/brieven").text
    assert "Er zijn nog geen brieven gemaakt." in client.get(f"{at}/verzonden").text
    for answer in (
        client.get(f"{at}/brieven.zip"),
        client.get(f"{at}/verzendlijst.xlsx"),
        client.post(f"{at}/mails", data={}),
        client.post(f"{at}/verzonden", data={}),
    ):
        assert answer.status_code == 422
        assert "LRT954" in answer.text


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("hoogstens", "veel", "LRT951"),
        ("hoogstens", "0", "LRT951"),
        ("hoogstens", "1001", "LRT951"),
    ],
)
def test_a_wrong_choice_is_told_and_what_was_typed_stays(
    client: TestClient, at: str, field: str, text: str, code: str
) -> None:
    answer = client.post(f"{at}/maken", data={field: text, "pdf": "ja"})
    assert answer.status_code == 422
    assert code in answer.text
    assert f'value="{text}"' in answer.text
    assert 'name="pdf" value="ja" checked' in answer.text


def test_a_name_that_is_nobody_is_told_when_the_job_ends(
    client: TestClient, desk: Desk, at: str
) -> None:
    ended = make(client, desk, at, alleen="Nergenshuizen")
    assert "Dit is niet gelukt." in ended
    assert "LRT734" in ended


def test_letters_with_errors_are_not_made(
    client: TestClient, desk: Desk, at: str, folder: Path
) -> None:
    spoil(folder / "adressen.xlsx", D5="12AB")
    ended = make(client, desk, at)
    assert "Dit is niet gelukt." in ended
    assert "LRT620" in ended
    assert not (folder / "taakstelling-2025-II-brieven").exists()


def test_letters_are_marked_as_sent_and_back(client: TestClient, desk: Desk, at: str) -> None:
    make(client, desk, at, alleen="Urk, Almere, Assen")
    wrong = client.post(f"{at}/verzonden", data={"op": "morgen ofzo", "hoe": "post"})
    assert wrong.status_code == 422
    assert 'value="morgen ofzo"' in wrong.text
    answer = client.post(f"{at}/verzonden", data={"op": "1-4-2025", "hoe": "post", "alleen": "Urk"})
    assert answer.status_code == 303
    assert "1 van 3 brieven zijn verzonden." in client.get(answer.headers["location"]).text
    assert "1 april 2025, post" in client.get(f"{at}/brieven?toon=verzonden").text
    back = client.post(f"{at}/verzonden", data={"hoe": "post", "alleen": "Urk", "terug": "ja"})
    assert back.status_code == 303
    assert "0 van 3 brieven zijn verzonden." in client.get(back.headers["location"]).text


# --- the go-ahead


def ask_for(folder: Path, names: int) -> None:
    """Let the house style ask for the go-ahead of so many."""
    path = folder / "huisstijl.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"akkoord:\n  namen: {names}\n{text}", encoding="utf-8")


def test_two_people_give_their_go_ahead(client: TestClient, at: str, folder: Path) -> None:
    ask_for(folder, 2)
    assert "akkoord van twee personen" in client.get(f"{at}/akkoord").text
    first = client.post(f"{at}/akkoord", data={"naam": "A. Jansen", "functie": "hoofd"})
    assert first.status_code == 303
    between = client.get(f"{at}/akkoord").text
    assert "A. Jansen, hoofd" in between
    assert "Akkoord van een tweede persoon" in between
    assert client.post(f"{at}/akkoord", data={"naam": "B. de Vries"}).status_code == 303
    done = client.get(f"{at}/akkoord").text
    assert "Maak de brieven" in done
    assert "Geef akkoord" not in done
    spoil(folder / "adressen.xlsx", C5="Postbus 1")
    changed = client.get(f"{at}/akkoord").text
    assert "geldt niet meer" in changed
    assert "Geef akkoord" in changed


def test_a_go_ahead_without_a_name_is_refused(client: TestClient, at: str, folder: Path) -> None:
    answer = client.post(f"{at}/akkoord", data={"naam": "", "functie": "hoofd"})
    assert answer.status_code == 422
    assert 'value="hoofd"' in answer.text
    assert not list(folder.glob("*-akkoord.yaml"))


# --- a proof


def test_a_proof_shows_the_letters_that_differ_most(client: TestClient, at: str) -> None:
    shown = client.get(f"{at}/proef", params={"aantal": "3"}).text
    for text in ("Nuenen, Gerwen en Nederwetten", "langste naam", "Urk", "?ontvanger=212"):
        assert text in shown, text
    other = client.get(f"{at}/proef", params={"brief": "2"}).text
    assert "?ontvanger=2" in other
    assert "Vorige ontvanger" in other
    found = client.get(f"{at}/proef", params={"zoek": "amster"}).text
    assert "Amsterdam" in found


def test_what_changed_since_a_proof_needs_a_proof(client: TestClient, desk: Desk, at: str) -> None:
    first = client.get(f"{at}/proef", params={"soort": "gewijzigd"}).text
    assert "LRT735" in first
    answer = client.post(f"{at}/proef", data={"soort": "uiterst", "aantal": "2"})
    assert answer.status_code == 303
    for job in desk.jobs.active:
        assert desk.jobs.wait(job, SOON)
    then = client.get(f"{at}/proef", params={"soort": "gewijzigd"}).text
    assert "LRT735" not in then
    assert "Er is geen brief die anders is dan bij de laatste proef." in then


@pytest.mark.parametrize("number", ["0", "51", "x", "-1"])
def test_a_number_of_letters_that_is_none_is_told(client: TestClient, at: str, number: str) -> None:
    assert "LRT951" in client.get(f"{at}/proef", params={"aantal": number}).text


def test_a_mailing_that_cannot_be_read_says_so_on_every_page(
    client: TestClient, at: str, folder: Path
) -> None:
    (folder / MAILING).write_text("sjabloon: taakstelling\nontvangrs: x\n", encoding="utf-8")
    for step in ("", "/ontvangers", "/controle", "/proef", "/akkoord", "/maken"):
        answer = client.get(f"{at}{step}")
        assert answer.status_code == 200, step
        assert "Traceback" not in answer.text
    assert "bedoelde u" in client.get(at).text


def test_one_job_at_a_time_for_a_mailing(client: TestClient, desk: Desk, at: str) -> None:
    free = threading.Event()

    def work(*_: object) -> Any:
        assert free.wait(SOON)
        return Outcome()

    job = desk.jobs.start("Proef maken", work, about=at.rpartition("/")[2], where=f"{at}/proef")
    answer = client.post(f"{at}/maken", data={})
    assert answer.status_code == 422
    assert "LRT952" in answer.text
    free.set()
    assert desk.jobs.wait(job, SOON)


def test_a_long_list_is_checked_by_a_job(
    client: TestClient, desk: Desk, at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lrtdocs.web.recipients.AT_ONCE", 10)
    busy = client.get(f"{at}/controle").text
    assert "<progress" in busy
    assert "Lijst nakijken" in busy
    for job in desk.jobs.active:
        assert desk.jobs.wait(job, SOON)
    assert "342 van 342 ontvangers kloppen." in client.get(f"{at}/controle").text


def test_a_run_that_was_broken_off_goes_on_also_when_the_page_was_begun_anew(
    client: TestClient, desk: Desk, at: str, folder: Path
) -> None:
    api.render_many(folder / MAILING, folder / "taakstelling-2025-II-brieven", only=["1-20"])
    shown = client.get(f"{at}/maken").text
    assert "20 van 342 brieven zijn gemaakt" in shown
    assert "Ga verder" in shown
    assert "342 van 342 brieven zijn er." in make(client, desk, at)


def test_a_letter_with_too_many_pages_is_found_by_the_filter(
    client: TestClient, desk: Desk, at: str, folder: Path
) -> None:
    make(client, desk, at, alleen="Urk, Almere")
    target = folder / "taakstelling-2025-II-brieven" / "manifest.jsonl"
    lines = target.read_text(encoding="utf-8").splitlines()
    urk = next(json.loads(line) for line in lines if '"bestand": "GM0184-Urk.docx"' in line)
    told = json.dumps({**urk, "problemen": ["LRT741: De brief heeft 3 bladzijden."]})
    target.write_text("\n".join([*lines, told, ""]), encoding="utf-8")
    shown = client.get(f"{at}/brieven", params={"toon": "mislukt"}).text.partition('id="lijst"')[2]
    assert "De brief heeft 3 bladzijden." in shown
    assert "Almere" not in shown


def test_every_end_of_a_letter_can_be_asked_for() -> None:
    assert set(BECAME.values()) == {str(one) for one in api.Became}


def test_a_proof_of_a_long_list_is_chosen_by_a_job(
    client: TestClient, desk: Desk, at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lrtdocs.web.letters.AT_ONCE", 10)
    busy = client.get(f"{at}/proef", params={"aantal": "3"}).text
    assert "<progress" in busy
    assert "Proef kiezen" in busy
    assert "Er is nog geen proef te zien." not in busy
    for job in desk.jobs.active:
        assert desk.jobs.wait(job, SOON)
    assert "Nuenen" in client.get(f"{at}/proef", params={"aantal": "3"}).text


@pytest.mark.parametrize("kind", ["uiterst", "gewijzigd"])
def test_a_long_list_without_a_proof_is_gone_through_once(
    client: TestClient, desk: Desk, at: str, folder: Path, kind: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("lrtdocs.web.letters.AT_ONCE", 10)
    if kind == "uiterst":
        spoil(folder / "adressen.xlsx", D5="12AB")
    for _ in range(2):
        client.get(f"{at}/proef", params={"soort": kind})
        for job in desk.jobs.active:
            assert desk.jobs.wait(job, SOON)
    ended = client.get(f"{at}/proef", params={"soort": kind}).text
    assert "<progress" not in ended
    assert ("LRT620" if kind == "uiterst" else "LRT735") in ended
