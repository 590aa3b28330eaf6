"""The form of a meeting: what stands in the file, what is saved, and nothing typed is lost."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest

from lrtdocs import api
from lrtdocs.web.forms import text_of

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.testclient import TestClient

    from lrtdocs.web.desk import Desk

MEETING = "2025-03-19-lrt.yaml"
ATTACKS = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "</textarea><script>x()",
    "' onfocus='alert(1)' autofocus='", "{{ 7*7 }}{% raw %}", "---", "javascript:alert(1)",
    "<!-- -->", "&lt;b&gt;", "😀 é ﷽", "%00%0a", "a\nb", "\n\nvooraan leeg", "  spaties  ",
    "x" * 18_000,
]  # fmt: skip
CHOSEN = (
    *("publiek", "vertrouwelijk", "status", "bericht", "vast", "aangehouden", "ondertekenen"),
    *("beoordeling", "sleutel", "waarde"),
)
LINES = ("voor", "tegen", "onthouding", "wie", "gasten", "kopie_aan", "toelaten", "grond")
"""Fields in which not every text can be typed."""


class _Fields(HTMLParser):
    """The fields of a form, as a browser sends them."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: list[tuple[str, str]] = []
        self._area = self._select = ""
        self._text = self.focus = ""
        self.odd: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        self.odd += [each for each in given if each.startswith("on") or each == "style"]
        self.odd += ["script"] if tag == "script" and not given.get("src") else []
        if "autofocus" in given and not self.focus:
            self.focus = given["value"] if tag == "button" else name.removeprefix("v:")
        ticked = given.get("type") != "checkbox" or "checked" in given
        if tag == "input" and name and ticked and given.get("form") is None:
            if given.get("type") != "radio":
                self.fields.append((name, given.get("value", "")))
        elif tag == "textarea":
            self._area, self._text = name, ""
        elif tag == "select":
            self._select = name
            self.fields.append((name, ""))
        elif tag == "option" and self._select and "selected" in given:
            self.fields[-1] = (self._select, given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area:
            value = self._text.removeprefix("\n").replace("\n", "\r\n")
            self.fields.append((self._area, value))
            self._area = ""
        elif tag == "select":
            self._select = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self._text += data


def read(page: str) -> _Fields:
    reader = _Fields()
    reader.feed(page)
    return reader


def fields_of(page: str) -> dict[str, str]:
    """Return what a browser would send of the form in `page`."""
    return dict(read(page).fields)


def url_of(desk: Desk, folder: Path, name: str = MEETING) -> str:
    return f"/vergadering/{desk.files.id_of(folder / name)}"


@pytest.fixture
def url(desk: Desk, folder: Path) -> str:
    return url_of(desk, folder)


def test_a_form_that_is_sent_as_it_came_leaves_the_file_byte_for_byte(
    client: TestClient, url: str, folder: Path
) -> None:
    before = (folder / MEETING).read_bytes()
    sent = fields_of(client.get(url).text)

    answer = client.post(url, data={**sent, "doe": "opslaan"})
    assert answer.status_code == 303
    assert (folder / MEETING).read_bytes() == before
    assert "Opgeslagen." in client.get(answer.headers["location"]).text
    assert len(sent) > 300


def test_a_field_that_is_changed_is_saved_and_comments_stay(
    client: TestClient, url: str, folder: Path
) -> None:
    before = (folder / MEETING).read_text(encoding="utf-8")
    sent = fields_of(client.get(url).text) | {
        "v:plaats": "Den Haag",
        "v:agendapunten.4.aangehouden": "ja",
    }

    client.post(url, data={**sent, "doe": "opslaan"})
    text = (folder / MEETING).read_text(encoding="utf-8")
    assert "plaats: Den Haag\n" in text
    assert text.splitlines()[:5] == before.splitlines()[:5]
    assert len(text.splitlines()) == len(before.splitlines()) + 1


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_is_typed_comes_back_as_it_was_typed_and_is_only_text(
    client: TestClient, url: str, folder: Path, attack: str
) -> None:
    sent = fields_of(client.get(url).text)
    named = {name: name.rpartition(".")[2].removeprefix("v:") for name in sent if name[:2] == "v:"}
    free = [name for name, last in named.items() if last not in {*CHOSEN, *LINES}]
    some = dict.fromkeys(free[:: max(len(free) // 12, 1)], attack.replace("\n", "\r\n"))

    answer = client.post(url, data={**sent, **some, "doe": "opslaan"})
    if answer.status_code == 303:
        answer = client.get(url)
    assert answer.status_code in {200, 422}
    assert read(answer.text).odd == []
    back = fields_of(answer.text)
    kept = {name: back[name].rstrip("\r\n") for name in some}
    assert kept == {name: value.rstrip("\r\n") for name, value in some.items()}


def test_what_cannot_be_saved_stays_in_the_form_with_the_reason_at_its_field(
    client: TestClient, url: str, folder: Path
) -> None:
    before = (folder / MEETING).read_bytes()
    sent = fields_of(client.get(url).text) | {"v:overleg": "a\tb", "v:plaats": "y" * 100_000}

    answer = client.post(url, data={**sent, "doe": "opslaan"})
    assert answer.status_code == 422
    assert (folder / MEETING).read_bytes() == before
    back = fields_of(answer.text)
    assert (back["v:overleg"], back["v:plaats"]) == ("a\tb", "y" * 100_000)
    assert 'href="#veld-overleg"' in answer.text
    assert 'id="veld-plaats-fout"' in answer.text


def test_a_save_with_errors_is_saved_and_says_so_at_the_field(
    client: TestClient, url: str, folder: Path
) -> None:
    sent = fields_of(client.get(url).text) | {"v:datum": "30 februari 2025"}

    answer = client.post(url, data={**sent, "doe": "opslaan"})
    assert "datum: 30 februari 2025" in (folder / MEETING).read_text(encoding="utf-8")
    page = client.get(answer.headers["location"]).text
    assert "Opgeslagen." in page
    assert 'href="#veld-datum"' in page
    assert "1 fout" in page


@pytest.mark.parametrize(
    ("doe", "focus", "count"),
    [
        ("erbij:agendapunten:2", "agendapunten.2.titel", 6),
        ("erbij:aanwezig:12", "aanwezig.12.naam", None),
        ("weg:agendapunten.1", "weg:agendapunten.1", 4),
        ("weg:agendapunten.4", "weg:agendapunten.3", 4),
        ("op:agendapunten.2", "op:agendapunten.1", 5),
        ("neer:agendapunten.0", "neer:agendapunten.1", 5),
        ("weg:agendapunten.9", "", 5),
        ("erbij:nergens:0", "", 5),
        ("erbij:agendapunten:x", "agendapunten.0.titel", 6),
    ],
)
def test_a_button_changes_the_form_and_not_the_file_and_focus_goes_on(
    client: TestClient, url: str, folder: Path, doe: str, focus: str, count: int | None
) -> None:
    before = (folder / MEETING).read_bytes()
    sent = fields_of(client.get(url).text) | {"v:plaats": "Net getypt"}

    page = client.post(url, data={**sent, "doe": doe}).text
    assert (folder / MEETING).read_bytes() == before
    assert fields_of(page)["v:plaats"] == "Net getypt"
    assert read(page).focus == focus
    if count:
        assert len(re.findall(r'id="veld-agendapunten-\d+-titel"', page)) == count
    saved = client.post(url, data={**fields_of(page), "doe": "opslaan"})
    assert saved.status_code == 303
    assert "plaats: Net getypt" in (folder / MEETING).read_text(encoding="utf-8")


def test_a_file_that_was_changed_outside_is_shown_beside_it_and_one_is_chosen(
    client: TestClient, url: str, folder: Path
) -> None:
    path = folder / MEETING
    sent = fields_of(client.get(url).text) | {"v:plaats": "Mijn plaats"}
    other = path.read_text(encoding="utf-8").replace("tijd: 10:00-11:30", "tijd: 9:00 <b>")
    path.write_text(other, encoding="utf-8")

    answer = client.post(url, data={**sent, "doe": "opslaan"})
    assert answer.status_code == 409
    assert path.read_text(encoding="utf-8") == other
    assert "plaats: Mijn plaats" in answer.text
    assert "tijd: 9:00 &lt;b&gt;" in answer.text
    forms = [fields_of(part) for part in answer.text.split("<form")[1:]]
    back = client.post(url, data=forms[0] | {"doe": "terug:"})
    assert fields_of(back.text)["v:plaats"] == "Mijn plaats"
    assert client.post(url, data=fields_of(back.text) | {"doe": "opslaan"}).status_code == 409
    mine = client.post(url, data=forms[1] | {"doe": "opslaan"})
    assert mine.status_code == 303
    text = path.read_text(encoding="utf-8")
    assert "plaats: Mijn plaats" in text
    assert "tijd: 10:00-11:30" in text


def test_the_second_of_two_tabs_does_not_write_over_the_first(
    client: TestClient, url: str, folder: Path
) -> None:
    first, second = (fields_of(client.get(url).text) for _ in range(2))

    assert client.post(url, data=first | {"v:plaats": "Een", "doe": "opslaan"}).status_code == 303
    assert client.post(url, data=second | {"v:plaats": "Twee", "doe": "opslaan"}).status_code == 409
    assert "plaats: Een" in (folder / MEETING).read_text(encoding="utf-8")
    same = client.post(url, data=second | {"v:plaats": "Een", "doe": "opslaan"})
    assert same.status_code == 303


def test_a_file_that_is_no_yaml_has_no_form_but_a_way_to_its_text(
    client: TestClient, url: str, folder: Path
) -> None:
    sent = fields_of(client.get(url).text)
    (folder / MEETING).write_text("overleg: [\n", encoding="utf-8")

    page = client.get(url)
    assert page.status_code == 200
    assert f'href="{url}/tekst"' in page.text
    assert client.post(url, data=sent | {"v:plaats": "X", "doe": "opslaan"}).status_code == 409


def test_the_unsaved_text_of_a_form_is_made_from_its_fields(
    client: TestClient, url: str, folder: Path
) -> None:
    from starlette.datastructures import FormData

    page = client.post(url, data=fields_of(client.get(url).text) | {"doe": "weg:aanwezig.0"}).text
    sent = fields_of(page) | {"v:aanwezig.0.naam": "Net getypt"}
    made = text_of(api.open_text(folder / MEETING), FormData(list(sent.items())))

    assert "- Net getypt\n" in made
    assert "Hollander" not in made
    assert json.loads(sent["grondtekst"]) != made


def test_a_new_meeting_begins_with_its_name_and_day(client: TestClient, folder: Path) -> None:
    typed = {"overleg": "Overleg: Één & <b>", "datum": "3 juni 2026"}
    answer = client.post("/vergadering/nieuw", data=typed)

    assert answer.status_code == 303
    text = (folder / "2026-06-03-overleg-één-b.yaml").read_text(encoding="utf-8")
    assert 'overleg: "Overleg: Één & <b>"' in text
    assert "datum: 2026-06-03" in text
    page = client.get(answer.headers["location"]).text
    assert fields_of(page)["v:overleg"] == typed["overleg"]
    again = client.post("/vergadering/nieuw", data=typed)
    assert again.status_code == 422
    assert fields_of(again.text) == typed


@pytest.mark.parametrize("typed", [{"overleg": "", "datum": ""}, {"overleg": "X", "datum": "ooit"}])
def test_a_new_meeting_without_name_or_day_is_told_at_its_field(
    client: TestClient, folder: Path, typed: dict[str, Any]
) -> None:
    before = sorted(folder.iterdir())
    answer = client.post("/vergadering/nieuw", data=typed)

    assert answer.status_code == 422
    assert 'id="datum-fout"' in answer.text
    assert sorted(folder.iterdir()) == before
