"""The live paper as a person has it: with LibreOffice, beside the form and beside the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from web_tab import judge_page

if TYPE_CHECKING:
    from pathlib import Path

    from lrtdocs.web.desk import Desk

NAME = "2025-03-19-lrt.yaml"

pytestmark = [pytest.mark.browser, pytest.mark.office]


@pytest.fixture
def page(site: Desk, folder: Path, tab: Any) -> Any:
    """The form of the meeting, its agenda shown."""
    tab.set_default_timeout(40_000)
    tab.goto(f"http://127.0.0.1:{site.port}/vergadering/{site.files.id_of(folder / NAME)}")
    wait(tab, "goed")
    return tab


def wait(tab: Any, state: str) -> None:
    tab.locator(f"section.beeld[data-staat={state}]").wait_for()


def click_on(tab: Any, loc: str) -> None:
    """Click in the middle of where the field at `loc` stands on the paper."""
    spot = tab.evaluate(
        "loc => document.querySelector('section.beeld').paper.spots.find(s => s.loc === loc)", loc
    )
    picture = tab.get_by_role("img").nth(spot["page"])
    picture.scroll_into_view_if_needed()
    box = picture.bounding_box()
    x = spot["x"] + spot["w"] / 2
    y = spot["y"] + spot["h"] / 2
    picture.click(position={"x": x * box["width"], "y": y * box["height"]})


def test_typing_in_the_form_is_seen_and_a_mistake_greys_the_page(page: Any) -> None:
    before = page.get_by_role("img").first.get_attribute("src")

    page.get_by_label("Plaats", exact=True).fill("Plein 1, Utrecht")
    assert page.locator("section.beeld").get_attribute("data-staat") == "bezig"
    wait(page, "goed")
    shown = page.get_by_role("img").first.get_attribute("src")
    assert shown != before

    page.locator("#veld-datum").fill("gisteren")
    wait(page, "fout")
    assert page.get_by_role("img").first.get_attribute("src") == shown
    assert judge_page(page) == []
    page.locator("section.beeld").get_by_role("link", name=re.compile("^Datum")).click()
    page.locator("#veld-datum:focus").wait_for()


def test_a_click_on_the_paper_goes_to_the_field_and_that_lights_up(page: Any) -> None:
    click_on(page, "agendapunten.1.titel")

    page.locator("[data-loc='agendapunten.1.titel']:focus").wait_for()
    page.locator(".beeld-licht[data-loc='agendapunten.1.titel']").first.wait_for()

    page.get_by_label("Plaats", exact=True).focus()
    page.locator(".beeld-licht[data-loc=plaats]").wait_for()


def test_a_click_beside_the_text_goes_to_its_line(
    site: Desk, folder: Path, tab: Any, page: Any
) -> None:
    tab.goto(f"{page.url}/tekst")
    wait(tab, "goed")
    click_on(tab, "agendapunten.1.titel")

    line = tab.locator(".cm-activeLine", has_text="titel: Actuele stand van zaken")
    line.wait_for()
    tab.keyboard.press("End")
    tab.keyboard.type(" nu")
    wait(tab, "goed")
    assert judge_page(tab) == []
    assert site.folder == folder.resolve()
