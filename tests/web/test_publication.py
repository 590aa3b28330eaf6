"""A publication copy made on the page: what may have been missed is decided first."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from web_tab import judge_page

from lrtdocs import api

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from lrtdocs.web.desk import Desk

EXAMPLES = Path(__file__).parents[2] / "examples"
NAME = "overleg.yaml"
MEETING = """\
overleg: Overleg opvang
datum: 2026-10-07
dagtekening: 2026-10-07
# De namen komen van de gemeente.
aanwezig:
  - naam: Mw. Brandsma
    publiek: ja
agendapunten:
  - titel: Opening
    verslag: |
      Mevrouw Van Dalen belde over opvang & wonen, 3 < 4. Haar nummer is 06-12345678.
  - titel: Rondvraag
    verslag: De heer Okkema en de heer Zuidema hebben gemaild.
openbaar:
  beoordeling: deels
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    target = tmp_path / "map"
    target.mkdir()
    shutil.copy(EXAMPLES / "openbaar" / "huisstijl.yaml", target)
    (target / NAME).write_text(MEETING, encoding="utf-8")
    return target


def address(desk: Desk) -> str:
    return f"/vergadering/{desk.files.id_of(desk.folder / NAME)}/openbaar"


def keys_of(desk: Desk) -> dict[str, str]:
    return {one.context.words: one.key for one in api.review(desk.folder / NAME).suggestions}


def send(client: TestClient, desk: Desk, **fields: str) -> str:
    digest = api.open_text(desk.folder / NAME).digest
    answer = client.post(address(desk), data={"controlegetal": digest, **fields})
    assert answer.status_code == 303, answer.text
    return client.get(answer.headers["location"]).text


def test_what_may_have_been_missed_stands_in_its_sentence(client: TestClient, desk: Desk) -> None:
    shown = client.get(address(desk)).text

    assert "<mark>06-12345678</mark>" in shown
    assert "belde over opvang &amp; wonen, 3 &lt; 4." in shown


def test_one_is_left_out_and_one_may_stay_and_the_rest_of_the_file_is_as_it_was(
    client: TestClient, desk: Desk
) -> None:
    keys = keys_of(desk)
    number = next(words for words in keys if "06-" in words)
    name = next(words for words in keys if "Okkema" in words)

    shown = send(
        client, desk, **{f"antwoord-{keys[number]}": "hier", f"antwoord-{keys[name]}": "toelaten"}
    )

    text = (desk.folder / NAME).read_text(encoding="utf-8")
    assert "2 keuzes zijn in het bestand gezet." in shown
    assert f"[{number}]{{weglaten=5.1.2e}}" in text
    assert re.search(r"toelaten:\n\s+- .*Okkema", text)
    assert "# De namen komen van de gemeente." in text
    assert {number, name}.isdisjoint(keys_of(desk))


def test_all_of_a_kind_are_decided_at_once_and_taken_back(client: TestClient, desk: Desk) -> None:
    kind = str(api.review(desk.folder / NAME).suggestions[0].soort)
    before = len(api.review(desk.folder / NAME).suggestions)

    send(client, desk, alle=f"{kind}|overal")
    after = api.review(desk.folder / NAME)
    assert len(after.suggestions) < before
    for one in {each.key for each in after.left_out if each.key}:
        send(client, desk, terug=one)

    assert len(api.review(desk.folder / NAME).suggestions) == before


def test_a_file_that_was_changed_meanwhile_is_left_as_it_is(client: TestClient, desk: Desk) -> None:
    keys, digest = keys_of(desk), api.open_text(desk.folder / NAME).digest
    changed = MEETING.replace("Rondvraag", "Wat verder ter tafel komt")
    (desk.folder / NAME).write_text(changed, encoding="utf-8")

    answer = client.post(
        address(desk),
        data={"controlegetal": digest, f"antwoord-{next(iter(keys.values()))}": "overal"},
    )

    assert answer.status_code == 409
    assert "LRT942" in answer.text
    assert (desk.folder / NAME).read_text(encoding="utf-8") == changed


def test_a_choice_that_does_not_exist_changes_nothing(client: TestClient, desk: Desk) -> None:
    send(client, desk, **{"antwoord-bestaatniet": "overal", "antwoord-x": "<script>", "alle": "|"})

    assert (desk.folder / NAME).read_text(encoding="utf-8") == MEETING


def test_a_file_with_errors_is_told_and_no_copy_is_offered(client: TestClient, desk: Desk) -> None:
    (desk.folder / NAME).write_text(MEETING.replace("2026-10-07", "morgen"), encoding="utf-8")

    shown = client.get(address(desk)).text

    assert "morgen" in shown
    assert "Maak de openbare versie" not in shown


@pytest.mark.browser
def test_a_person_decides_makes_the_copy_and_takes_it_along(tab: Any, site: Desk) -> None:
    tab.goto(f"http://127.0.0.1:{site.port}{address(site)}")
    assert judge_page(tab) == []
    tab.get_by_role("group", name="06-12345678").get_by_label("Weglaten op deze plek").check()
    tab.get_by_role("group", name=re.compile("Okkema")).get_by_label("Mag blijven staan").check()
    tab.get_by_role("button", name="Bewaar deze keuzes").click()
    tab.get_by_text("2 keuzes zijn in het bestand gezet.").wait_for()
    assert judge_page(tab) == []

    tab.get_by_label("Ook als PDF").uncheck()
    tab.get_by_label("Ook als webpagina").check()
    tab.get_by_role("button", name="Maak de openbare versie").click()
    tab.locator("#uitkomst").wait_for()

    assert judge_page(tab) == []
    with tab.expect_download() as download:
        tab.get_by_role("link", name=re.compile(r"agenda-openbaar\.docx")).click()
    copy = Path(download.value.path())
    kept = site.folder / download.value.suggested_filename
    assert copy.read_bytes() == kept.read_bytes()
    assert api.prove_copy(kept, [site.folder / NAME]).exit_code == 0
    assert b"06-12345678" not in copy.read_bytes()


def test_enter_on_a_choice_keeps_that_choice_and_decides_nothing_else(tab: Any, site: Desk) -> None:
    tab.goto(f"http://127.0.0.1:{site.port}{address(site)}")
    stays = tab.get_by_role("group", name=re.compile("Okkema")).get_by_label("Mag blijven staan")
    stays.check()
    stays.press("Enter")
    tab.get_by_text("1 keuze is in het bestand gezet.").wait_for()

    block = (site.folder / NAME).read_text(encoding="utf-8").partition("openbaar:")[2]
    assert "Okkema" in block
    assert "weglaten" not in block
    assert judge_page(tab) == []
