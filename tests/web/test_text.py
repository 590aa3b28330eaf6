"""A file as text: the editor helps, and without it the page does the same."""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from paper_faking import FakeViewer
from web_tab import judge_page

from lrtdocs import api
from lrtdocs.web.app import STATIC
from lrtdocs.web.text import IMPORTS, PACKAGES

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from lrtdocs.web.desk import Desk

NAME = "2025-03-19-lrt.yaml"
EXAMPLES = Path(__file__).parents[2] / "examples"
VENDOR = STATIC / "vendor"
LABEL = re.compile(r"^De tekst van het bestand\.")


@pytest.fixture
def address(desk: Desk, folder: Path) -> str:
    return f"/vergadering/{desk.files.id_of(folder / NAME)}/tekst"


def test_the_page_has_the_text_as_it_is(client: TestClient, address: str, folder: Path) -> None:
    shown = client.get(address)

    assert shown.status_code == 200
    text = (folder / NAME).read_text(encoding="utf-8")
    assert "Mw. &#39;t Hooft (Aedes)" in shown.text
    assert shown.text.count("\n") > text.count("\n")


def test_a_problem_in_another_file_is_told_by_the_name_of_that_file(
    desk: Desk, client: TestClient, folder: Path
) -> None:
    for name in ("taakstelling-2025-II.yaml", "adressen.xlsx"):
        shutil.copy(EXAMPLES / name, folder)
    own = desk.files.id_of(folder / "taakstelling-2025-II.yaml")

    shown = client.get(f"/mailing/{own}/tekst").text
    text = (folder / "taakstelling-2025-II.yaml").read_text(encoding="utf-8")
    asked = client.post(f"/controle/{own}", data={"tekst": text}).json()["problemen"]

    assert '<p class="plek">adressen.xlsx!A1</p>' in shown
    assert "adressen.xlsx!A1" in [one["plaats"] for one in asked]


def test_saving_writes_the_text_and_only_that(
    client: TestClient, address: str, folder: Path
) -> None:
    text = (folder / NAME).read_text(encoding="utf-8")
    digest = re.search(r'name="controlegetal" value="([^"]+)"', client.get(address).text)
    typed = text.replace("zaal 12.04", "zaal 7").replace("\n", "\r\n")

    done = client.post(address, data={"tekst": typed, "controlegetal": digest[1] if digest else ""})

    assert done.status_code == 303
    assert (folder / NAME).read_text(encoding="utf-8") == text.replace("zaal 12.04", "zaal 7")
    assert "Opgeslagen" in client.get(done.headers["location"]).text


def test_a_file_changed_outside_is_not_written_over_and_both_are_shown(
    client: TestClient, address: str, folder: Path
) -> None:
    path = folder / NAME
    text = path.read_text(encoding="utf-8")
    digest = re.search(r'name="controlegetal" value="([^"]+)"', client.get(address).text)
    theirs = text.replace("zaal 12.04", "zaal 99")
    path.write_text(theirs, encoding="utf-8")

    mine = {"tekst": text.replace("10:00-11:30", "13:00-14:30")}
    shown = client.post(address, data={**mine, "controlegetal": digest[1] if digest else ""})

    assert shown.status_code == 409
    assert path.read_text(encoding="utf-8") == theirs
    assert "zaal 99" in shown.text
    assert "tijd: 13:00-14:30" in shown.text
    again = re.search(r'name="controlegetal" value="([^"]+)"', shown.text)
    client.post(address, data={**mine, "controlegetal": again[1] if again else ""})
    assert "13:00-14:30" in path.read_text(encoding="utf-8")


def test_the_house_style_is_text_without_a_paper(client: TestClient) -> None:
    shown = client.get("/huisstijl/tekst").text

    assert "huisstijl.yaml als tekst" in shown
    assert "data-beeld" not in shown


def test_without_a_house_style_there_is_no_such_page(client: TestClient, folder: Path) -> None:
    (folder / "huisstijl.yaml").unlink()

    assert client.get("/huisstijl/tekst").status_code == 404


def test_what_is_wrong_in_a_text_is_told_by_its_line(
    client: TestClient, desk: Desk, folder: Path
) -> None:
    path = folder / NAME
    text = path.read_text(encoding="utf-8").replace("plaats:", "plats:")

    url = f"/controle/{desk.files.id_of(path)}"
    answer = client.post(url, data={"tekst": text, "volgnummer": "4"}).json()

    lines = text.split("\n")
    errors = [one for one in answer["problemen"] if one["ernst"] == "fout"]
    assert answer["volgnummer"] == 4
    assert [lines[one["regel"] - 1][:6] for one in errors] == ["plats:"]
    assert "plats" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", ["vergadering", "mailing", "huisstijl"])
def test_the_editor_gets_the_schema(client: TestClient, kind: str) -> None:
    assert client.get(f"/schema/{kind}.json").text == api.schema_text(kind)


def test_a_schema_of_nothing_is_not_there(client: TestClient) -> None:
    assert client.get("/schema/anders.json").status_code == 404


def test_the_components_are_those_of_their_notice() -> None:
    notice = (VENDOR / "NOTICE.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"\| `([\w./-]+)` \| `([0-9a-f]{64})` \|$", notice, re.MULTILINE))
    there = {
        path.relative_to(VENDOR).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.glob("*/*.js")
    }

    assert told == there
    assert set(there) == set(PACKAGES.values())
    assert all("MIT" in (VENDOR / file).with_name("LICENSE").read_text() for file in there)


def test_the_import_map_has_all_that_the_components_ask_for() -> None:
    named = {
        name
        for path in [*VENDOR.glob("*/*.js"), *STATIC.glob("*.js")]
        for name in re.findall(
            r"^(?:import|export) .*?from ['\"]([^'\"]+)['\"]",
            path.read_text(encoding="utf-8"),
            re.MULTILINE,
        )
        if not name.startswith(("./", "/vast/"))
    }

    assert named == set(IMPORTS["imports"])


# --- in the browser


@pytest.fixture
def editing(site: Desk, folder: Path, tab: Any) -> Any:
    """The page of a meeting as text, its paper shown."""
    site.viewer = FakeViewer(api.problems_in)
    tab.goto(f"http://127.0.0.1:{site.port}/vergadering/{site.files.id_of(folder / NAME)}/tekst")
    wait(tab, "goed")
    return tab


def wait(tab: Any, state: str) -> None:
    tab.locator(f"section.beeld[data-staat={state}]").wait_for()


def editor(tab: Any) -> Any:
    return tab.get_by_role("textbox", name=LABEL)


def go_to(tab: Any, start: str) -> None:
    editor(tab).locator(".cm-line", has_text=re.compile(f"^{start}")).click()
    tab.keyboard.press("Home")


def line_of(folder: Path, start: str) -> int:
    lines = (folder / NAME).read_text(encoding="utf-8").split("\n")
    return next(number for number, line in enumerate(lines, 1) if line.startswith(start))


@pytest.mark.browser
def test_what_is_typed_is_seen_and_saved(editing: Any, folder: Path) -> None:
    go_to(editing, "plaats:")
    editing.keyboard.press("End")
    editing.keyboard.type(" en online")
    assert editing.locator("section.beeld").get_attribute("data-staat") == "bezig"
    wait(editing, "goed")
    assert judge_page(editing) == []

    editing.keyboard.press("Control+s")
    editing.get_by_text("Opgeslagen.").wait_for()

    text = (folder / NAME).read_text(encoding="utf-8")
    assert "plaats: Turfmarkt 147, Den Haag (zaal 12.04) en online\n" in text


@pytest.mark.browser
def test_a_key_is_completed_with_what_it_means(editing: Any) -> None:
    go_to(editing, "tijd:")
    editing.keyboard.press("End")
    editing.keyboard.press("Enter")
    editing.keyboard.type("vers")

    editing.get_by_role("option", name="versie_verslag").wait_for()
    assert editing.get_by_role("option", name="overleg").count() == 0  # is there already
    editing.locator(".cm-completionInfo").wait_for()
    assert judge_page(editing) == []

    editing.keyboard.press("Enter")
    editing.get_by_text("versie: ").wait_for()


@pytest.mark.browser
def test_a_problem_is_marked_listed_and_reached_by_f8(editing: Any, folder: Path) -> None:
    line = line_of(folder, "plaats:")
    go_to(editing, "plaats:")
    editing.keyboard.type("x")
    wait(editing, "fout")
    editing.locator(".cm-lint-marker-error").first.wait_for()
    editing.get_by_role("link", name=f"Regel {line}", exact=True).wait_for()
    assert judge_page(editing) == []

    editing.keyboard.press("Control+Home")
    editing.keyboard.press("F8")
    editing.locator(".cm-activeLine", has_text="xplaats").wait_for()


@pytest.mark.browser
def test_a_click_on_the_paper_goes_to_the_line_and_the_line_lights_up(
    editing: Any, folder: Path
) -> None:
    editing.get_by_text("Plekken op het papier").click()
    editing.get_by_role("link", name=f"Bladzijde 1: regel {line_of(folder, 'datum')}").click()

    editing.locator(".cm-activeLine", has_text="datum: 2025-03-19").wait_for()
    editing.locator(".beeld-licht[data-loc=datum]").wait_for()
    editing.keyboard.press("ArrowDown")
    editing.locator(".beeld-licht[data-loc=tijd]").wait_for()


@pytest.mark.browser
def test_tab_leaves_the_editor_after_escape(editing: Any) -> None:
    go_to(editing, "plaats:")
    editing.keyboard.press("Tab")
    editing.locator(".cm-line", has_text=re.compile("^  plaats: Turfmarkt")).wait_for()
    editing.keyboard.press("Control+z")
    editing.keyboard.press("Escape")
    editing.keyboard.press("Tab")

    assert editing.get_by_role("button", name="Opslaan").evaluate(
        "one => one === document.activeElement"
    )


@pytest.mark.browser
def test_a_file_without_paper_is_checked_while_it_is_typed(
    site: Desk, tab: Any, folder: Path
) -> None:
    tab.goto(f"http://127.0.0.1:{site.port}/huisstijl/tekst")
    editor(tab).focus()
    tab.keyboard.press("Control+Home")
    tab.keyboard.type("onzin: 1\n")

    tab.get_by_role("link", name="Regel 1", exact=True).wait_for()
    assert judge_page(tab) == []
    assert "onzin" not in (folder / "huisstijl.yaml").read_text(encoding="utf-8")


@pytest.mark.browser
@pytest.mark.parametrize(
    ("text", "path", "typed"),
    [
        ("over|", [], "over"),
        ("aanwezig:\n  - na|", ["aanwezig", "-"], "na"),
        ("aanwezig:\n- naam: A\n  ro|", ["aanwezig", "-"], "ro"),
        ("agendapunten:\n  - titel: A\n    subpunten:\n      - titel: B\n    be|",
         ["agendapunten", "-"], "be"),
        ("agendapunten:\n  - titel: A\n    actiepunten:\n      - {wat: B, st|",
         ["agendapunten", "-", "actiepunten", "-"], "st"),
        ("agendapunten:\n  - titel: A\n    doel: ter |", ["agendapunten", "-", "doel"], "ter "),
        ("a:\n  b: |\n    tekst\nov|", [], "ov"),
    ],
)  # fmt: skip
def test_where_the_cursor_is_follows_from_the_indentation(
    tab: Any, text: str, path: list[str], typed: str
) -> None:
    script = """async ([lines, index, column]) => {
      const {contextAt} = await import("/vast/schema.js");
      return contextAt(lines, index, column);
    }"""
    lines = text.removesuffix("|").split("\n")

    found = tab.evaluate(script, [lines, len(lines) - 1, len(lines[-1])])

    assert found["path"] == path
    assert (found.get("key") or found["value"]) == typed
