"""The form in a browser: filled in by keyboard alone, by the eye and by the ear."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import browser
import pytest
from web_tab import judge_page

if TYPE_CHECKING:
    from lrtdocs.web.desk import Desk

pytestmark = pytest.mark.skipif(bool(browser.why_not()), reason=browser.why_not())
EXAMPLES = Path(__file__).parents[2] / "examples"
MEETING = "2025-03-19-lrt.yaml"


def open_form(tab: Any, site: Desk, name: str = MEETING) -> None:
    tab.goto(f"http://127.0.0.1:{site.port}/vergadering/{site.files.id_of(site.folder / name)}")
    tab.get_by_role("button", name="Opslaan", exact=True).wait_for()


def focused(tab: Any) -> str:
    """Return what a screen reader calls where the focus is."""
    return str(tab.evaluate(
        """() => { const one = document.activeElement;
        const label = one.labels && one.labels[0] || one;
        return label.textContent.replace(/\\s+/g, " ").trim(); }"""
    ))  # fmt: skip


def press(tab: Any, name: str) -> None:
    """Press the button with that name by the keyboard, and wait for what comes of it."""
    tab.get_by_role("button", name=name, exact=True).focus()
    with tab.expect_response(
        lambda answer: answer.request.method == "POST" and "beeld" not in answer.url
    ):
        tab.keyboard.press("Enter")
    tab.locator("#formulier:not([aria-busy])").wait_for()


def test_a_meeting_is_made_from_nothing_by_keyboard_alone(tab: Any, site: Desk) -> None:
    tab.get_by_role("link", name="Nieuwe vergadering").focus()
    tab.keyboard.press("Enter")
    tab.get_by_label("Naam van het overleg").focus()
    assert judge_page(tab) == []
    tab.keyboard.type("Ketenoverleg Noord")
    tab.keyboard.press("Tab")
    tab.keyboard.type("3 juni 2026")
    tab.keyboard.press("Enter")

    tab.get_by_role("heading", name="Ketenoverleg Noord, 3 juni 2026", level=1).wait_for()
    for name in ("Mw. Jansen (AenM, voorzitter)", "Dhr. De Vries (VNG)"):
        press(tab, "Persoon erbij bij Genodigden")
        assert focused(tab).startswith("Naam van Persoon")
        tab.keyboard.type(name)
    tab.get_by_label("Titel van Agendapunt 2").fill("De opvang")
    press(tab, "Agendapunt erbij na Agendapunt 2")
    assert focused(tab).startswith("Titel van Agendapunt 3")
    tab.keyboard.type("De begroting")
    press(tab, "Actie erbij bij Actiepunten van Agendapunt 3")
    tab.keyboard.type("Begroting rondsturen")
    press(tab, "Agendapunt 3 omhoog")
    assert focused(tab) == "↑Agendapunt 2 omhoog"
    press(tab, "Opslaan")

    path = next(site.folder.glob("2026-06-03*.yaml"))
    text = path.read_text(encoding="utf-8")
    assert "- Mw. Jansen (AenM, voorzitter)\n  - Dhr. De Vries (VNG)\n" in text
    assert text.index("De begroting") < text.index("De opvang")
    assert "- wat: Begroting rondsturen" in text
    assert "# Zolang het verslag niet is vastgesteld" in text


def test_after_taking_out_the_focus_is_at_the_next_one_and_it_is_told(tab: Any, site: Desk) -> None:
    open_form(tab, site)

    press(tab, "Weg Persoon 2 van Aanwezig")
    assert focused(tab).startswith("Weg Persoon 2")
    assert tab.get_by_label("Naam van Persoon 2 van Aanwezig").input_value() == "Mw. Aerts (JenV)"
    tab.get_by_text("Persoon 2 is weg.").wait_for()
    press(tab, "Weg Persoon 1 van Afwezig")
    assert focused(tab) == "Persoon erbij bij Afwezig"


def test_a_fold_stays_open_with_its_item_when_that_moves(tab: Any, site: Desk) -> None:
    open_form(tab, site)
    fold = tab.locator("#veld-aanwezig-3-meer")
    fold.locator("summary").first.click()
    tab.get_by_label("Rol van Persoon 4 van Aanwezig").fill("lid")

    press(tab, "Persoon 4 van Aanwezig omhoog")
    assert tab.locator("#veld-aanwezig-2-meer").evaluate("one => one.open")
    assert not tab.locator("#veld-aanwezig-3-meer").evaluate("one => one.open")
    assert tab.get_by_label("Rol van Persoon 3 van Aanwezig").input_value() == "lid"


def test_leaving_with_something_typed_asks_and_after_saving_it_does_not(
    tab: Any, site: Desk
) -> None:
    asked: list[str] = []
    tab.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    open_form(tab, site)

    tab.get_by_label("Plaats", exact=True).first.fill("Den Haag")
    with tab.expect_event("dialog"):
        tab.get_by_role("link", name="Overzicht").click(no_wait_after=True)
    assert asked == ["beforeunload"]
    assert tab.get_by_label("Plaats", exact=True).first.input_value() == "Den Haag"
    press(tab, "Opslaan")
    tab.get_by_role("link", name="Overzicht").click()
    tab.get_by_role("heading", name="Overzicht", level=1).wait_for()
    assert asked == ["beforeunload"]


def test_when_lrtdocs_is_stopped_what_was_typed_stays_and_it_is_told(tab: Any, site: Desk) -> None:
    open_form(tab, site)
    tab.get_by_label("Plaats", exact=True).first.fill("Den Haag")
    tab.route("**/vergadering/*", lambda route: route.abort())

    tab.get_by_role("button", name="Opslaan", exact=True).click()
    tab.get_by_text("lrtdocs geeft geen antwoord").wait_for()
    assert tab.get_by_label("Plaats", exact=True).first.input_value() == "Den Haag"
    tab.unroute("**/vergadering/*")
    tab.wrong.clear()
    press(tab, "Opslaan")
    assert "plaats: Den Haag" in (site.folder / MEETING).read_text(encoding="utf-8")


def test_two_tabs_do_not_lose_each_others_work(tab: Any, site: Desk) -> None:
    open_form(tab, site)
    path = site.folder / MEETING
    path.write_text(
        path.read_text(encoding="utf-8").replace("Turfmarkt 147", "Plein 1"), encoding="utf-8"
    )

    tab.get_by_label("Tijd", exact=True).first.fill("9:00")
    tab.get_by_role("button", name="Opslaan", exact=True).click()
    tab.get_by_role("heading", name="Het bestand is intussen veranderd").wait_for()
    assert judge_page(tab) == []
    tab.get_by_role("button", name="Terug naar het formulier").click()
    assert tab.get_by_label("Tijd", exact=True).first.input_value() == "9:00"
    tab.get_by_role("button", name="Opslaan", exact=True).click()
    tab.get_by_role("link", name="Neem de andere versie").click()
    tab.get_by_role("button", name="Opslaan", exact=True).wait_for()
    assert tab.get_by_label("Plaats", exact=True).first.input_value().startswith("Plein 1")


def test_without_javascript_the_buttons_and_saving_work_too(tab: Any, site: Desk) -> None:
    plain = tab.context.browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto(site.link)
    open_form(page, site)

    page.get_by_label("Plaats", exact=True).first.fill("Den Haag")
    page.get_by_role("button", name="Persoon erbij bij Afwezig").click()
    page.get_by_label("Naam van Persoon 2 van Afwezig").fill("Mw. Bos (BZK)")
    page.get_by_role("button", name="Opslaan", exact=True).click()
    page.get_by_text("Opgeslagen.").wait_for()
    text = (site.folder / MEETING).read_text(encoding="utf-8")
    assert "- Mw. Bos (BZK)\n" in text
    assert "plaats: Den Haag\n" in text
    plain.close()


def test_the_form_of_a_mailing_is_for_everybody(tab: Any, site: Desk) -> None:
    for name in ("brief.yaml", "ontvangers-brief.csv"):
        shutil.copy(EXAMPLES / name, site.folder)
    id_ = site.files.id_of(site.folder / "brief.yaml")
    tab.goto(f"http://127.0.0.1:{site.port}/mailing/{id_}/gegevens")

    assert judge_page(tab) == []
    tab.get_by_label("Betreft", exact=True).first.fill("Werksessie over opvang")
    press(tab, "Opslaan en controleren")
    assert judge_page(tab) == []
    assert "betreft: Werksessie over opvang\n" in (site.folder / "brief.yaml").read_text("utf-8")
