"""Letters on the page as a person makes them, in a browser: dropped, checked, stopped, gone on."""

from __future__ import annotations

import base64
import io
import shutil
import threading
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import browser
import openpyxl
import pytest
from web_tab import judge_page

from lrtdocs import api

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lrtdocs.web.desk import Desk

pytestmark = pytest.mark.skipif(bool(browser.why_not()), reason=browser.why_not() or "-")

EXAMPLES = Path(__file__).parents[2] / "examples"
MAILING, LIST = "taakstelling-2025-II.yaml", "adressen.xlsx"
OUT = "taakstelling-2025-II-brieven"
SUBJECT = "Taakstelling vergunninghouders voor de tweede helft van 2025"
SOON = 30.0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a mailing of which the list is not there yet."""
    target = tmp_path / "map"
    target.mkdir()
    for name in (MAILING, "huisstijl.yaml"):
        shutil.copy(EXAMPLES / name, target)
    return target


class Gate:
    """Holds a run back once it has made so many letters, until it is let."""

    def __init__(self, real: Callable[..., api.Report], at: int) -> None:
        self._real, self._at, self.free = real, at, threading.Event()

    def __call__(self, path: Path, options: api.LettersOptions, *, progress: Any) -> api.Report:
        def step(text: str, done: int, total: int) -> None:
            progress(text, done, total)
            if done >= self._at:
                assert self.free.wait(SOON)

        return self._real(path, options, progress=step)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    made = Gate(api.make_letters, 150)
    monkeypatch.setattr(api, "make_letters", made)
    yield made
    made.free.set()


def drop(tab: Any, path: Path) -> None:
    """Drop the file at `path` on the place that says so."""
    data = tab.evaluate_handle(
        """([name, text]) => {
            const bytes = Uint8Array.from(atob(text), one => one.charCodeAt(0));
            const data = new DataTransfer();
            data.items.add(new File([bytes], name));
            return data;
        }""",
        [path.name, base64.b64encode(path.read_bytes()).decode()],
    )
    spot = tab.get_by_text("U kunt het bestand ook hierheen slepen.")
    spot.dispatch_event("dragover", {"dataTransfer": data})
    spot.dispatch_event("drop", {"dataTransfer": data})


def sound(tab: Any) -> None:
    """Fail if axe-core finds anything on the page as it is now."""
    tab.wait_for_load_state()
    assert judge_page(tab) == []


def step(tab: Any, name: str) -> None:
    """Go to a step of the mailing."""
    tab.get_by_role("navigation", name="Stappen").get_by_role("link", name=name, exact=True).click()


def bring_the_list(tab: Any, folder: Path) -> None:
    """Drop the list, and see that all is right."""
    tab.get_by_role("link", name=SUBJECT).click()
    sound(tab)
    step(tab, "Ontvangers")
    sound(tab)
    drop(tab, EXAMPLES / LIST)
    tab.get_by_text(f"Gekozen: {LIST}").wait_for()
    tab.get_by_role("button", name="Gebruik deze lijst").click()
    tab.get_by_text("342 van 342 ontvangers kloppen.").wait_for()
    assert (folder / LIST).read_bytes() == (EXAMPLES / LIST).read_bytes()
    sound(tab)


def take_along(tab: Any, target: Path) -> None:
    """Download the zip, the list of who got what, and one letter."""
    with tab.expect_download() as coming:
        tab.get_by_role("link", name="Download alles als zip").click()
    coming.value.save_as(target / "alles.zip")
    with zipfile.ZipFile(target / "alles.zip") as archive:
        assert archive.testzip() is None
        assert len(archive.namelist()) == 342
    with tab.expect_download() as coming:
        tab.get_by_role("link", name="Download de verzendlijst").click()
    assert coming.value.suggested_filename == "taakstelling-2025-II-verzendlijst.xlsx"
    rows = openpyxl.load_workbook(io.BytesIO(Path(coming.value.path()).read_bytes())).active
    assert "Groningen" in {cell.value for row in rows.iter_rows() for cell in row}
    tab.get_by_label("Zoek", exact=True).fill("nuenen")
    tab.get_by_role("button", name="Toon").click()
    with tab.expect_download() as coming:
        tab.get_by_role("link", name="Word van de brief aan Nuenen").click()
    assert coming.value.suggested_filename == "GM0820-Nuenen, Gerwen en Nederwetten.docx"


def test_342_letters_from_a_spreadsheet(
    tab: Any, site: Desk, folder: Path, gate: Gate, tmp_path: Path
) -> None:
    bring_the_list(tab, folder)
    tab.get_by_role("link", name="Bekijk een proef").click()
    tab.get_by_role("link", name="Nuenen, Gerwen en Nederwetten").wait_for()
    step(tab, "Maken")
    sound(tab)
    tab.get_by_role("button", name="Maak de brieven").click()
    tab.get_by_text("Brieven maken: 150 van 342").first.wait_for()
    tab.reload()
    tab.get_by_text("Brieven maken: 150 van 342").first.wait_for()
    assert tab.get_by_role("progressbar", name="Brieven maken").get_attribute("value") == "150"
    sound(tab)
    tab.get_by_role("button", name="Stop").click()
    tab.get_by_text("Ik stop zodra het kan.").first.wait_for()
    gate.free.set()
    tab.get_by_text("Gestopt.", exact=True).wait_for()
    assert 0 < len(list((folder / OUT).glob("*.docx"))) < 342
    sound(tab)
    tab.get_by_role("button", name="Ga verder").click()
    tab.get_by_text("342 van 342 brieven zijn er.").wait_for()
    assert len(list((folder / OUT).glob("*.docx"))) == 342
    sound(tab)
    tab.get_by_role("link", name="Naar de brieven").click()
    sound(tab)
    take_along(tab, tmp_path)
    step(tab, "Verzonden")
    sound(tab)
    tab.get_by_label("Hoe", exact=True).fill("post")
    tab.get_by_role("button", name="Leg vast").click()
    tab.get_by_text("342 van 342 brieven zijn verzonden.").wait_for()
    sound(tab)


def test_a_list_with_mistakes_is_mended_and_brought_again(
    tab: Any, site: Desk, folder: Path, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(EXAMPLES / LIST)
    book.active["D5"] = "12AB"
    book.save(tmp_path / LIST)
    tab.get_by_role("link", name=SUBJECT).click()
    step(tab, "Ontvangers")
    tab.get_by_label("Kies een lijst").set_input_files(tmp_path / LIST)
    tab.get_by_role("button", name="Gebruik deze lijst").click()
    tab.get_by_text("341 van 342 ontvangers kloppen.").wait_for()
    problems = tab.get_by_role("region", name="Wat er is met de lijst")
    assert "12AB" in problems.get_by_role("row").nth(1).inner_text()
    sound(tab)
    tab.get_by_label("Toon", exact=True).select_option("rijen waar iets mee is")
    tab.get_by_role("button", name="Toon").click()
    listed = tab.get_by_role("region", name="Rijen van de lijst")
    assert listed.get_by_role("row").count() == 2
    step(tab, "Proef")
    tab.get_by_text("Er is nog geen proef te zien.").wait_for()
    sound(tab)
    step(tab, "Maken")
    tab.get_by_role("button", name="Maak de brieven").click()
    tab.get_by_text("Dit is niet gelukt.").wait_for()
    sound(tab)
    step(tab, "Ontvangers")
    tab.get_by_label("Kies een andere lijst").set_input_files(EXAMPLES / LIST)
    tab.get_by_role("button", name="Gebruik deze lijst").click()
    tab.get_by_role("heading", name=f"Er is al een lijst die {LIST} heet").wait_for()
    sound(tab)
    tab.get_by_role("button", name="Vervang de oude lijst").click()
    tab.get_by_text("342 van 342 ontvangers kloppen.").wait_for()
    assert (folder / "adressen-oud.xlsx").read_bytes() == (tmp_path / LIST).read_bytes()


def test_a_wrong_file_is_told_and_the_focus_is_there(tab: Any, site: Desk, folder: Path) -> None:
    tab.get_by_role("link", name=SUBJECT).click()
    step(tab, "Ontvangers")
    picture = {"name": "foto.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n" * 9}
    tab.get_by_label("Kies een lijst").set_input_files(picture)
    tab.get_by_role("button", name="Gebruik deze lijst").click()
    tab.get_by_role("alert").wait_for()
    tab.locator("[role=alert]:focus").wait_for()
    sound(tab)


def test_the_go_ahead_is_given(tab: Any, site: Desk, folder: Path) -> None:
    shutil.copy(EXAMPLES / LIST, folder)
    house = folder / "huisstijl.yaml"
    text = house.read_text(encoding="utf-8")
    house.write_text("akkoord:\n  namen: 2\n" + text, encoding="utf-8")
    tab.get_by_role("link", name=SUBJECT).click()
    step(tab, "Akkoord")
    sound(tab)
    tab.get_by_role("button", name="Geef akkoord").click()
    tab.get_by_role("alert").wait_for()
    sound(tab)
    for name in ("A. Jansen", "B. de Vries"):
        tab.get_by_label("Naam", exact=True).fill(name)
        tab.get_by_role("button", name="Geef akkoord").click()
        tab.get_by_role("listitem").filter(has_text=f"{name}, op").wait_for()
    tab.get_by_role("link", name="Maak de brieven").wait_for()
    sound(tab)


def seen(tab: Any, name: str) -> None:
    """Wait until the letter to somebody is seen as pages."""
    paper = tab.get_by_role("region", name=f"De brief aan {name}")
    paper.get_by_role("img", name="Bladzijde 1 van 2").wait_for(timeout=60_000)


def test_a_proof_is_read_letter_by_letter(tab: Any, site: Desk, folder: Path) -> None:
    shutil.copy(EXAMPLES / LIST, folder)
    tab.get_by_role("link", name=SUBJECT).click()
    step(tab, "Proef")
    seen(tab, "Nuenen, Gerwen en Nederwetten")
    sound(tab)
    tab.get_by_text("Plekken op het papier").click()
    tab.get_by_role("link", name="Bladzijde 1: regel 17").click()
    tab.wait_for_url("**/gegevens#veld-betreft")
    assert tab.get_by_label("Betreft").first.is_visible()
    tab.go_back()
    tab.get_by_role("link", name="Urk").click()
    seen(tab, "Urk")
    tab.get_by_role("link", name="Volgende ontvanger").click()
    seen(tab, "Wierden")
    tab.get_by_label("Zoek een andere ontvanger").fill("amster")
    tab.get_by_role("button", name="Zoek").click()
    tab.get_by_role("link", name="Amsterdam").last.click()
    seen(tab, "Amsterdam")
    tab.get_by_label("Hoeveel").fill("2")
    tab.get_by_role("button", name="Toon deze brieven").click()
    tab.get_by_role("button", name="Maak de proefbrieven").click()
    tab.get_by_text("Klaar. 2 brieven: 2 gemaakt").wait_for()
    sound(tab)
    tab.get_by_label("Wat anders is dan bij de laatste proef").check()
    tab.get_by_role("button", name="Toon deze brieven").click()
    tab.get_by_text("Er is geen brief die anders is dan bij de laatste proef.").wait_for()
    sound(tab)


def test_pdfs_for_two_recipients(tab: Any, site: Desk, folder: Path) -> None:
    shutil.copy(EXAMPLES / LIST, folder)
    tab.get_by_role("link", name=SUBJECT).click()
    step(tab, "Maken")
    tab.get_by_label("Ook een PDF van elke brief").check()
    tab.get_by_label("Eén PDF om te printen").check()
    tab.get_by_label("Een PDF om te printen voor elke").select_option("provincie")
    tab.get_by_text("Meer keuzes").click()
    tab.get_by_label("Alleen voor").fill("Urk, Almere")
    tab.get_by_role("button", name="Maak de brieven").click()
    tab.get_by_text("2 van 2 brieven zijn er.").wait_for(timeout=60_000)
    assert len(list((folder / OUT).glob("GM*.pdf"))) == 2
    tab.get_by_role("button", name="Maak ook de andere 340").wait_for()
    tab.get_by_role("link", name="Naar de brieven").click()
    tab.get_by_role("link", name="PDF van de brief aan Urk").wait_for()
    tab.get_by_role("link", name="Om te printen").filter(has_text="Flevoland").wait_for()
    sound(tab)
    tab.get_by_role("button", name="Zet mails klaar").click()
    tab.get_by_text("Mails klaarzetten: Klaar.").wait_for()
    sound(tab)


def test_a_mailing_is_begun(tab: Any, site: Desk, folder: Path) -> None:
    tab.goto(f"http://127.0.0.1:{site.port}/mailing/nieuw")
    sound(tab)
    tab.get_by_role("button", name="Begin de mailing").click()
    tab.get_by_role("alert").wait_for()
    sound(tab)
    tab.get_by_label("Naam van het bestand").fill("2025 uitnodiging")
    tab.get_by_role("button", name="Begin de mailing").click()
    tab.get_by_text("De mailing is begonnen.").wait_for()
    sound(tab)
    for name in ("Brieven", "Verzonden"):
        step(tab, name)
        tab.get_by_text("Er zijn nog geen brieven gemaakt.").wait_for()
        sound(tab)


def test_without_javascript_the_work_is_done_too(site: Desk, folder: Path) -> None:
    from playwright.sync_api import sync_playwright

    shutil.copy(EXAMPLES / LIST, folder)
    with sync_playwright() as play:
        chromium = play.chromium.launch(
            executable_path=browser.find_browser(), args=["--no-sandbox"]
        )
        tab = chromium.new_context(java_script_enabled=False).new_page()
        tab.goto(site.link)
        tab.get_by_role("link", name=SUBJECT).click()
        step(tab, "Ontvangers")
        tab.get_by_label("Kies een andere lijst").set_input_files(EXAMPLES / LIST)
        tab.get_by_role("button", name="Gebruik deze lijst").click()
        tab.get_by_text("342 van 342 ontvangers kloppen.").wait_for()
        step(tab, "Maken")
        tab.get_by_role("button", name="Maak de brieven").click()
        for job in site.jobs.active:
            assert site.jobs.wait(job, SOON)
        if tab.get_by_role("link", name="Ververs").count():
            tab.get_by_role("link", name="Ververs").click()
        tab.get_by_text("342 van 342 brieven zijn er.").wait_for()
        chromium.close()
