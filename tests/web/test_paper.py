"""The live paper: what is typed becomes pages, and pages of before are never shown as new."""

from __future__ import annotations

import html
import random
import re
import threading
from typing import TYPE_CHECKING, Any

import pytest
from paper_faking import HEIGHT, WIDTH, FakeViewer, paint
from starlette.responses import HTMLResponse
from web_tab import judge_page
from wrong_making import make_wrong

from lrtdocs import api, messages
from lrtdocs.errors import FileProblemError, Place, has_errors
from lrtdocs.web import paper
from lrtdocs.web.desk import Pictures
from lrtdocs.web.pages import _environment, page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from starlette.datastructures import FormData
    from starlette.requests import Request
    from starlette.testclient import TestClient

    from lrtdocs.errors import Problem
    from lrtdocs.web.desk import Desk

NAME = "2025-03-19-lrt.yaml"
TYPED = "overleg: Regietafel\nplaats: Den Haag\n"
_PAGE = """
{% extends "basis.html" %}{% from "delen.html" import beeld %}
{% block titel %}Proef{% endblock %}
{% block kop %}<link rel="stylesheet" href="/vast/beeld.css">{% endblock %}
{% block inhoud %}<h1>Proef</h1><div class="naast"><form id="formulier">
<p class="veld"><label for="veld-overleg">Overleg</label>
<input id="veld-overleg" name="overleg" data-loc="overleg" value="Regietafel"></p>
<p class="veld"><label for="veld-plaats">Plaats</label>
<input id="veld-plaats" name="plaats" data-loc="plaats" value="Den Haag"></p>
</form>{{ beeld(id, ["agenda", "verslag"], "formulier") }}</div>{% endblock %}
{% block scripts %}<script type="module" src="/vast/beeld.js"></script>{% endblock %}
"""


def _refuse(path: Path, text: str) -> list[Problem]:
    """Refuse a text in which the word "fout" stands, at the line of it."""
    lines = [number for number, line in enumerate(text.split("\n"), 1) if "fout" in line]
    return [messages.problem("LRT903", Place(str(path), line=line, column=1)) for line in lines]


@pytest.fixture
def viewer(desk: Desk) -> FakeViewer:
    made = FakeViewer(_refuse)
    desk.viewer = made
    return made


@pytest.fixture
def address(desk: Desk, folder: Path) -> str:
    return f"/beeld/{desk.files.id_of(folder / NAME)}/agenda"


def test_an_answer_has_the_number_of_its_question_and_pages_that_are_there(
    client: TestClient, viewer: FakeViewer, address: str
) -> None:
    answer = client.post(address, data={"volgnummer": "7", "tekst": TYPED}).json()

    assert (answer["volgnummer"], answer["staat"]) == (7, "goed")
    assert viewer.asked == [TYPED]
    assert len(answer["paginas"]) == 3
    got = client.get(answer["paginas"][0]["url"])
    assert got.content == paint(f"1\nagenda False None\n{TYPED}")
    assert got.headers["content-type"] == "image/png"


def test_a_place_on_the_paper_names_its_field_and_its_line(
    client: TestClient, viewer: FakeViewer, address: str
) -> None:
    answer = client.post(address, data={"tekst": TYPED}).json()

    assert [spot[5:] for spot in answer["plekken"]] == [
        ["overleg", 1, 10, ""],
        ["plaats", 2, 9, ""],
    ]
    assert viewer.asked


@pytest.mark.usefixtures("viewer")
def test_a_wrong_text_gives_its_problems_and_no_page(client: TestClient, address: str) -> None:
    answer = client.post(address, data={"tekst": "overleg: A\nplaats: fout\n"}).json()

    assert answer["staat"] == "fout"
    assert answer["paginas"] == answer["plekken"] == []
    assert [(one["regel"], one["ernst"]) for one in answer["problemen"]] == [(2, "fout")]


def form_of(client: TestClient, address: str) -> dict[str, str]:
    """Return the fields of the form of a meeting that are not seen."""
    shown = client.get(address.replace("/beeld/", "/vergadering/").removesuffix("/agenda")).text
    found = re.search(r'name="grondtekst" value="([^"]*)"', shown)
    assert found is not None
    return {"grondtekst": html.unescape(found[1])}


def test_the_fields_of_a_form_are_seen_as_the_text_that_they_make(
    client: TestClient, viewer: FakeViewer, address: str, folder: Path
) -> None:
    fields = {**form_of(client, address), "v:plaats": "Utrecht"}

    assert client.post(address, data=fields).json()["staat"] == "goed"
    text = (folder / NAME).read_text(encoding="utf-8")
    assert viewer.asked == [text.replace("Turfmarkt 147, Den Haag (zaal 12.04)", "Utrecht")]


def test_what_cannot_stand_in_a_file_is_told_at_its_field(
    client: TestClient, viewer: FakeViewer, address: str
) -> None:
    fields = {**form_of(client, address), "v:plaats": "Den\x00Haag"}

    answer = client.post(address, data=fields).json()

    assert (answer["staat"], viewer.asked) == ("fout", [])
    assert [one["locpath"] for one in answer["problemen"]] == ["plaats"]


def test_a_problem_names_its_field(client: TestClient, desk: Desk, address: str) -> None:
    desk.viewer = FakeViewer(problems_of)
    fields = {**form_of(client, address), "v:datum": "gisteren"}

    answer = client.post(address, data=fields).json()

    assert [one["locpath"] for one in answer["problemen"]] == ["datum"]


@pytest.mark.usefixtures("viewer")
def test_a_file_that_was_taken_away_is_told_as_a_problem(
    client: TestClient, address: str, folder: Path
) -> None:
    (folder / NAME).unlink()

    answer = client.post(address, data={"volgnummer": "2"}).json()

    assert (answer["volgnummer"], answer["staat"]) == (2, "fout")
    assert [one["code"] for one in answer["problemen"]] == ["LRT903"]


def test_without_fields_the_file_itself_is_seen(
    client: TestClient, viewer: FakeViewer, address: str, folder: Path
) -> None:
    client.post(address, data={"volgnummer": "1"})

    assert viewer.asked == [(folder / NAME).read_text(encoding="utf-8")]


def test_the_copy_for_the_public_is_asked_as_such(
    client: TestClient, viewer: FakeViewer, address: str
) -> None:
    kind = address.replace("agenda", "openbaar-verslag")
    answer = client.post(kind, data={"tekst": TYPED}).json()

    assert viewer.asked == [TYPED]
    got = client.get(answer["paginas"][0]["url"])
    assert got.content == paint(f"1\nverslag True None\n{TYPED}")


@pytest.mark.usefixtures("viewer")
@pytest.mark.parametrize("kind", ["nota", "openbaar-", "..%2f..%2fetc"])
def test_a_kind_that_is_none_is_not_there(client: TestClient, address: str, kind: str) -> None:
    assert client.post(address.replace("agenda", kind), data={}).status_code == 404


def test_what_was_overtaken_says_so_and_nothing_else(
    client: TestClient, viewer: FakeViewer, address: str
) -> None:
    viewer.overtakes = 1

    answer = client.post(address, data={"volgnummer": "3", "tekst": TYPED}).json()

    assert answer == {"volgnummer": 3, "staat": "ingehaald"}


def test_what_the_program_cannot_do_is_told_as_a_problem(
    client: TestClient, desk: Desk, address: str
) -> None:
    def fail(_text: str) -> None:
        raise FileProblemError(messages.problem("LRT903", Place("")))

    desk.viewer = FakeViewer(before=fail)

    answer = client.post(address, data={"tekst": TYPED}).json()

    assert answer["staat"] == "fout"
    assert [one["code"] for one in answer["problemen"]] == ["LRT903"]


@pytest.mark.usefixtures("viewer")
def test_pictures_are_for_whoever_has_the_session_only(
    desk: Desk, client: TestClient, address: str
) -> None:
    url = client.post(address, data={"tekst": TYPED}).json()["paginas"][0]["url"]
    client.cookies.clear()

    assert desk.pictures.find(url.rpartition("/")[2].removesuffix(".png"))
    assert client.get(url).status_code == 403


def test_a_picture_that_nobody_made_is_not_there(client: TestClient) -> None:
    assert client.get("/beeld/plaatje/0123456789abcdef.png").status_code == 404


def test_of_many_pictures_the_oldest_go() -> None:
    pictures = Pictures(most=2)
    first, second, third = (pictures.keep(data) for data in (b"1", b"2", b"3"))

    assert pictures.find(first) is None
    assert (pictures.find(second), pictures.find(third)) == (b"2", b"3")


@pytest.mark.usefixtures("viewer")
def test_without_javascript_the_paper_is_a_page_of_its_own(
    client: TestClient, address: str
) -> None:
    shown = client.post(f"{address}/blad", data={"tekst": TYPED}).text
    wrong = client.post(f"{address}/blad", data={"tekst": "overleg: fout"}).text

    assert shown.count("/beeld/plaatje/") == 3
    assert 'alt="Bladzijde 2 van 3: Agenda"' in shown
    assert "/beeld/plaatje/" not in wrong
    assert "LRT903" in wrong


# --- in the browser


@pytest.fixture
def proef(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page with a form of two fields and its paper, at /proef/{id}."""

    def show(request: Request) -> HTMLResponse:
        nothing = {"nonce": "", "pad": "", "verteld": None, "desk": request.app.state.desk}
        template = _environment().from_string(_PAGE)
        return HTMLResponse(template.render(id=request.path_params["id"], **nothing))

    class Subject:
        routes = (page("/proef/{id}", show),)

    def text_in(_path: Path, form: FormData) -> str:
        return "".join(f"{key}: {value}\n" for key, value in form.items() if key != "volgnummer")

    monkeypatch.setattr("lrtdocs.web.app.SUBJECTS", (paper, Subject))
    monkeypatch.setattr(paper, "text_in", text_in)


@pytest.fixture
def asked(proef: None, site: Desk) -> FakeViewer:
    made = FakeViewer(_refuse)
    site.viewer = made
    return made


@pytest.fixture
def beside(asked: FakeViewer, site: Desk, folder: Path, tab: Any) -> Iterator[Any]:
    """The page with a form, its paper shown."""
    tab.goto(f"http://127.0.0.1:{site.port}/proef/{site.files.id_of(folder / NAME)}")
    wait(tab, "goed")
    return tab


def wait(tab: Any, state: str) -> None:
    tab.locator(f"section.beeld[data-staat={state}]").wait_for()


def pictures(tab: Any) -> list[str]:
    return [one.get_attribute("src") for one in tab.get_by_role("img").all()]


@pytest.mark.browser
def test_what_is_typed_is_on_the_paper_and_what_was_there_is_greyed_at_once(beside: Any) -> None:
    before = pictures(beside)

    beside.get_by_label("Plaats", exact=True).press_sequentially("!")

    assert beside.locator("section.beeld").get_attribute("data-staat") == "bezig"
    assert beside.get_by_text("Dit beeld is van voor uw laatste wijziging.").is_visible()
    wait(beside, "goed")
    assert not set(before) & set(pictures(beside))
    assert beside.get_by_role("img", name="Bladzijde 1 van 3: Agenda").is_visible()
    beside.get_by_role("status").filter(has_text="Beeld bijgewerkt").wait_for()
    assert judge_page(beside) == []


@pytest.mark.browser
def test_what_is_wrong_stands_above_a_greyed_page_and_leads_to_its_line(beside: Any) -> None:
    before = pictures(beside)
    beside.get_by_label("Plaats", exact=True).fill("fout")
    wait(beside, "fout")

    assert pictures(beside) == before
    assert beside.get_by_text("Eerst moet dit goed: 1 fout.").is_visible()
    assert beside.get_by_text("of het bestand is weg").is_visible()
    beside.get_by_role("status").filter(has_text="1 fout").wait_for()
    assert judge_page(beside) == []

    beside.get_by_label("Plaats", exact=True).fill("Den Haag")
    wait(beside, "goed")
    assert pictures(beside) == before
    assert beside.get_by_text("of het bestand is weg").is_hidden()


@pytest.mark.browser
def test_leaving_a_field_changes_nothing(beside: Any, asked: FakeViewer) -> None:
    beside.get_by_label("Plaats", exact=True).fill("fout")
    wait(beside, "fout")
    number = len(asked.asked)

    beside.get_by_role("link", name="Plaats", exact=True).click()
    beside.get_by_label("Overleg", exact=True).focus()

    assert beside.locator("section.beeld").get_attribute("data-staat") == "fout"
    assert len(asked.asked) == number


@pytest.mark.browser
def test_a_click_on_the_paper_goes_to_the_field(beside: Any) -> None:
    box = beside.get_by_role("img").first.bounding_box()

    beside.mouse.click(box["x"] + 0.12 * box["width"], box["y"] + 0.09 * box["height"])

    beside.locator("#veld-plaats:focus").wait_for()


@pytest.mark.browser
def test_by_keyboard_the_same_places_are_links(beside: Any) -> None:
    beside.get_by_text("Plekken op het papier").press("Enter")
    beside.get_by_role("link", name="Bladzijde 1: Plaats").press("Enter")

    beside.locator("#veld-plaats:focus").wait_for()
    assert judge_page(beside) == []


@pytest.mark.browser
def test_a_field_with_the_focus_lights_up_on_the_paper(beside: Any) -> None:
    beside.get_by_label("Overleg", exact=True).focus()
    light = beside.locator(".beeld-licht")
    light.wait_for()

    sheet = beside.locator(".beeld-blad").first.bounding_box()
    box = light.bounding_box()
    assert box["x"] == pytest.approx(sheet["x"] + 0.1 * sheet["width"], abs=2)
    assert box["y"] == pytest.approx(sheet["y"] + 0.05 * sheet["height"], abs=2)
    assert judge_page(beside) == []


@pytest.mark.browser
def test_another_paper_is_chosen_by_the_arrows(beside: Any) -> None:
    beside.get_by_role("radio", name="Agenda", exact=True).focus()
    beside.keyboard.press("ArrowRight")

    beside.get_by_role("img", name="Bladzijde 1 van 3: Verslag").wait_for()
    wait(beside, "goed")


@pytest.mark.browser
def test_the_paper_does_not_jump_when_it_is_renewed(beside: Any) -> None:
    roll = beside.get_by_role("region", name="Bladzijden")
    roll.evaluate("one => { one.scrollTop = 300 }")

    beside.get_by_label("Plaats", exact=True).evaluate(
        "one => { one.value = 'Utrecht'; one.dispatchEvent(new Event('input', {bubbles: true})) }"
    )
    wait(beside, "bezig")
    wait(beside, "goed")

    assert roll.evaluate("one => one.scrollTop") == 300


@pytest.mark.browser
def test_what_another_page_overtook_is_asked_again(beside: Any, asked: FakeViewer) -> None:
    asked.overtakes = 2

    beside.get_by_label("Plaats", exact=True).fill("Utrecht")
    wait(beside, "goed")

    assert asked.overtakes == 0


@pytest.mark.browser
def test_an_answer_that_comes_late_is_not_shown(beside: Any, asked: FakeViewer) -> None:
    slow = threading.Event()
    asked._before = lambda text: slow.wait(10) if "Utrecht" in text else None
    place = beside.get_by_label("Plaats", exact=True)

    with beside.expect_request("**/beeld/*/agenda"):
        place.fill("Utrecht")
    place.fill("Zwolle")
    wait(beside, "goed")
    shown = pictures(beside)
    slow.set()
    place.fill("Zwolle ")
    place.fill("Zwolle")
    wait(beside, "goed")

    assert pictures(beside) == shown


@pytest.mark.browser
def test_a_server_that_is_gone_is_told_and_nothing_is_shown_as_new(beside: Any) -> None:
    beside.route("**/beeld/**", lambda route: route.abort())
    beside.get_by_label("Plaats", exact=True).fill("Utrecht")
    wait(beside, "fout")

    beside.unroute("**/beeld/**")
    beside.get_by_role("button", name="Probeer opnieuw").click()
    wait(beside, "goed")
    beside.wrong.clear()  # Chromium tells that it got no answer


WATCH = """() => {
  window.seen = [];
  let last = "";
  const section = document.querySelector("section.beeld");
  const area = document.querySelector("textarea");
  const note = () => {
    const all = [...section.querySelectorAll("img")].map(one => one.getAttribute("src"));
    const now = [section.dataset.staat, area.value, all.join(" ")];
    if (String(now) !== last) window.seen.push(now);
    last = String(now);
  };
  const options = {subtree: true, childList: true, attributes: true};
  new MutationObserver(note).observe(section, options);
  setInterval(note, 15);
}"""
SET = """(area, text) => {
  area.value = text;
  area.dispatchEvent(new Event("input", {bubbles: true}));
}"""


@pytest.mark.browser
def test_fifty_wrong_states_never_show_an_old_page_as_new(
    asked: FakeViewer, site: Desk, folder: Path, tab: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = (folder / NAME).read_text(encoding="utf-8")
    chance = random.Random(13)
    late = threading.Event()  # never comes: an answer waits for it as long as it takes
    asked._check = problems_of
    asked._before = lambda text: late.wait(
        chance.choice([0, 0.3] if "# " in text[-6:] else [0, 0.1])
    )
    monkeypatch.setattr(paper, "text_in", lambda _path, form: text_of(form))
    tab.goto(f"http://127.0.0.1:{site.port}/proef/{site.files.id_of(folder / NAME)}")
    tab.get_by_label("Overleg", exact=True).evaluate(
        "one => { const area = document.createElement('textarea'); area.name = 'tekst';"
        " one.replaceWith(area) }"
    )
    area = tab.locator("textarea")
    area.evaluate(SET, right)
    wait(tab, "goed")
    tab.evaluate(WATCH)

    def wrong(text: str) -> bool:
        return has_errors(problems_of(folder / NAME, text))

    for number, text in enumerate(make_wrong(right, 50, wrong)):
        if number % 4 == 0:  # one that is right in between, and shown
            area.evaluate(SET, f"{right}# {number}\n")
            wait(tab, "goed")
        elif number % 4 == 1:  # or asked for, but overtaken
            with tab.expect_request("**/beeld/*/agenda"):
                area.evaluate(SET, f"{right}# {number}\n")
        area.evaluate(SET, text)
        wait(tab, "fout")

    seen = {tuple(one) for one in tab.evaluate("window.seen")}
    good = [(text, urls.split()) for state, text, urls in seen if state == "goed"]
    assert {state for state, _, _ in seen} == {"goed", "fout", "bezig"}
    assert len({text for text, _ in good}) > 5
    assert [text for text, urls in good if urls != pages_of(text)] == []


def problems_of(path: Path, text: str) -> list[Problem]:
    return api.problems_in(path, text, whole=False)


def text_of(form: FormData) -> str:
    return str(form.get("tekst", TYPED)).replace("\r\n", "\n")


def pages_of(text: str) -> list[str]:
    """Return where the pages of the agenda of `text` are, as the fake paints them."""
    names = [Pictures().keep(paint(f"{number}\nagenda False None\n{text}")) for number in (1, 2, 3)]
    return [f"/beeld/plaatje/{name}.png" for name in names]


@pytest.mark.browser
@pytest.mark.parametrize(
    ("x", "y", "meant"),
    [
        (0.15, 0.11, "small"),
        (0.5, 0.15, "large"),
        (0.7, 0.115, "line"),
        (0.3, 0.225, "large"),
        (0.5, 0.9, None),
    ],
)
def test_a_click_means_the_nearest_place(
    beside: Any, x: float, y: float, meant: str | None
) -> None:
    spots = [
        {"page": 0, "x": 0.1, "y": 0.1, "w": 0.5, "h": 0.1, "loc": "large"},
        {"page": 0, "x": 0.1, "y": 0.1, "w": 0.1, "h": 0.02, "loc": "small"},
        {"page": 0, "x": 0.75, "y": 0.1, "w": 0.1, "h": 0.02, "loc": "line"},
        {"page": 1, "x": 0, "y": 0, "w": 1, "h": 1, "loc": "elsewhere"},
    ]
    script = """async ([spots, x, y, width, height]) => {
      const {spotAt} = await import("/vast/beeld.js");
      const found = spotAt(spots, 0, x, y, width, height);
      return found && found.loc;
    }"""

    assert beside.evaluate(script, [spots, x, y, WIDTH, HEIGHT]) == meant
