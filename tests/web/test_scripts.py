"""Whatever is typed, brought or lies in the folder is shown as text: nothing of it is a page."""

from __future__ import annotations

import csv
import io
import json
import shutil
from html.parser import HTMLParser
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from paper_faking import FakeViewer
from script_strings import batched, make_strings

import lrtdocs.web

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.testclient import TestClient

    from lrtdocs.web.desk import Desk

EXAMPLES = Path(__file__).parents[2] / "examples"
MEETING, MAILING = "2025-03-19-lrt.yaml", "taakstelling-2025-II.yaml"
STRINGS = make_strings()
HTML = Path(lrtdocs.web.__file__).parent / "html"
ADDRESSES = {
    "href",
    "src",
    "action",
    "formaction",
    "data",
    "poster",
    "srcset",
    "cite",
    "xlink:href",
}
BY_HAND = {
    "a",
    "form",
    "link",
    "script",
    "img",
    "use",
    "button",
    "iframe",
    "object",
    "base",
    "input",
}


class _Read(HTMLParser):
    """What a page is made of: its elements with their attributes, and where they lead."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.parts: set[tuple[str, str]] = set()
        self.leads: set[str] = set()
        self.bare_scripts = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.parts |= {(tag, ""), *((tag, name) for name in given)}
        self.leads |= {value or "" for name, value in given.items() if name in ADDRESSES}
        is_map = given.get("type") == "importmap" and given.get("nonce")
        self.bare_scripts += tag == "script" and not given.get("src") and not is_map


@pytest.fixture(scope="module")
def own() -> set[tuple[str, str]]:
    """The elements and attributes that our templates write: nothing else may be on a page."""
    found: set[tuple[str, str]] = set()
    for path in HTML.glob("*.html"):
        found |= _Read(path.read_text(encoding="utf-8")).parts
    return found


def judge(answer: Any, own: set[tuple[str, str]], of: object) -> str:
    """Check that a page is made of our own parts only; return it."""
    assert answer.status_code < 500, of
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy, of
    assert "unsafe" not in policy, of
    assert "set-cookie" not in answer.headers, of
    if not answer.headers.get("content-type", "").startswith("text/html"):
        assert answer.headers["x-content-type-options"] == "nosniff", of
        return str(answer.text)
    read = _Read(answer.text)
    odd = {
        (tag, name)
        for tag, name in read.parts - own
        if (tag, "") not in own or name.startswith("on") or name in {*ADDRESSES, "style", "srcdoc"}
    }
    assert not odd, (of, odd)
    assert not read.bare_scripts, of
    for lead in read.leads:
        outside = lead.startswith(("//", "/\\")) or not lead.startswith(("/", "#", "?", "https://"))
        assert not lead or not outside, (of, lead)
        assert "evil.example" not in lead.partition("?")[0], (of, lead)
    return str(answer.text)


@pytest.fixture
def folder(folder: Path) -> Path:
    for name in (MAILING, "adressen.xlsx"):
        shutil.copy(EXAMPLES / name, folder)
    return folder


@pytest.fixture
def ids(desk: Desk, folder: Path) -> tuple[str, str]:
    desk.viewer = FakeViewer()  # type: ignore[assignment]
    return desk.files.id_of(folder / MEETING), desk.files.id_of(folder / MAILING)


def pages_of(ids: tuple[str, str]) -> list[str]:
    steps = (
        "",
        "/tekst",
        "/stukken",
        "/volgende",
        "/terug",
        "/openbaar",
        "/verzonden",
        "/vaststellen",
    )
    mailing = (
        "",
        "/gegevens",
        "/tekst",
        "/ontvangers",
        "/controle",
        "/proef",
        "/akkoord",
        "/maken",
    )
    return [
        *("/", "/lijsten", "/sjablonen"),
        *(f"/vergadering/{ids[0]}{step}" for step in (*steps, "/uitnodiging", "/bundel")),
        *(f"/mailing/{ids[1]}{step}" for step in (*mailing, "/brieven", "/verzonden")),
    ]


def test_there_are_five_hundred_and_more() -> None:
    assert len(STRINGS) >= 500


def test_harmless_pages_are_made_of_our_own_parts(
    client: TestClient, ids: tuple[str, str], own: set[tuple[str, str]]
) -> None:
    for url in pages_of(ids):
        judge(client.get(url), own, url)


def names_of_fields(page: str) -> list[str]:
    class Fields(HTMLParser):
        names: list[str] = []  # noqa: RUF012 - of this one page

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            name = dict(attrs).get("name") or ""
            if tag in {"input", "textarea", "select"} and name.startswith("v:"):
                self.names.append(name)

    reader = Fields()
    reader.feed(page)
    return list(dict.fromkeys(reader.names))


@pytest.mark.parametrize("at", [0, 1])
@pytest.mark.parametrize("asked", ["opslaan", "erbij:agendapunten"])
def test_each_field_of_a_form_takes_all_of_them_as_text(
    client: TestClient, ids: tuple[str, str], own: set[tuple[str, str]], at: int, asked: str
) -> None:
    url = (f"/vergadering/{ids[0]}", f"/mailing/{ids[1]}/gegevens")[at]
    names = names_of_fields(client.get(url).text)
    assert names
    for batch in batched(STRINGS, len(names)):
        fields = dict(zip(names, cycle(batch), strict=False)) | {"doe": asked}
        judge(client.post(url, data=fields), own, batch[0])


def fill_meeting(strings: Iterable[str]) -> str:
    """Return a meeting in which each of `strings` is a title, a name or a text."""
    given = cycle([text for text in strings if text.isprintable() and len(text) < 400])
    text = json.dumps
    items = "".join(
        f"  - titel: {text(next(given))}\n    toelichting: {text(next(given))}\n"
        f"    verslag: {text(next(given))}\n"
        f"    acties:\n      - wat: {text(next(given))}\n        wie: {text(next(given))}\n"
        for _ in range(110)
    )
    return (
        f"overleg: {text(next(given))}\ndatum: 2025-03-19\nlocatie: {text(next(given))}\n"
        f"voorzitter: {text(next(given))}\nagendapunten:\n{items}"
    )


def test_what_stands_in_a_file_is_text_on_every_page(
    client: TestClient, ids: tuple[str, str], own: set[tuple[str, str]], folder: Path
) -> None:
    (folder / MEETING).write_text(fill_meeting(STRINGS), encoding="utf-8")
    mailing = (folder / MAILING).read_text(encoding="utf-8")
    subject = json.dumps(STRINGS[0])
    lines = [f"betreft: {subject}" if x.startswith("betreft:") else x for x in mailing.splitlines()]
    (folder / MAILING).write_text("\n".join(lines), encoding="utf-8")

    for url in [*pages_of(ids), f"/vergadering/{ids[0]}?controle=alles"]:
        judge(client.get(url), own, url)
    assert "&lt;" in client.get(f"/vergadering/{ids[0]}").text


def test_a_text_with_all_of_them_is_text_in_its_problems(
    client: TestClient, ids: tuple[str, str], own: set[tuple[str, str]]
) -> None:
    for batch in batched(STRINGS, 130):
        for text in ("\n".join(batch), "\n".join(f"{json.dumps(one)}: 1" for one in batch)):
            for url in (f"/vergadering/{ids[0]}/tekst", f"/mailing/{ids[1]}/tekst"):
                fields = {"tekst": text, "controlegetal": "x"}
                judge(client.post(url, data=fields), own, batch[0])
            for url in (f"/controle/{ids[0]}", f"/beeld/{ids[0]}/agenda"):
                answer = client.post(url, data={"tekst": text, "volgnummer": batch[0]})
                judge(answer, own, batch[0])
                assert answer.headers["content-type"] == "application/json"
            judge(client.post(f"/beeld/{ids[0]}/agenda/blad", data={"tekst": text}), own, batch[0])


def test_each_word_of_an_address_is_text(
    client: TestClient, ids: tuple[str, str], own: set[tuple[str, str]]
) -> None:
    meeting, mailing = f"/vergadering/{ids[0]}", f"/mailing/{ids[1]}"
    asked = {
        "/": ("verteld",),
        "/lijsten": ("zoek", "toon", "wie", "soort"),
        "/sjablonen/woorden": ("zoek", "soort"),
        meeting: ("controle",),
        f"{meeting}/volgende": ("datum",),
        f"{mailing}/controle": ("toon", "zoek", "pagina"),
        f"{mailing}/proef": ("zoek", "soort", "aantal", "brief"),
        f"{mailing}/brieven": ("toon", "zoek", "pagina"),
    }
    for batch in batched(STRINGS, 110):
        word = quote(" ".join(batch), safe="")
        for url, names in asked.items():
            judge(client.get(f"{url}?{'&'.join(f'{name}={word}' for name in names)}"), own, url)


def test_each_small_form_shows_all_of_them_as_text(
    client: TestClient, ids: tuple[str, str], own: set[tuple[str, str]], folder: Path
) -> None:
    for batch in batched(STRINGS, 110):
        word = " ".join(batch)
        for url, names in {
            "/vergadering/nieuw": ("overleg", "datum"),
            "/mailing/nieuw": ("naam",),
            f"/vergadering/{ids[0]}/volgende": ("datum",),
            f"/vergadering/{ids[0]}/vaststellen": ("datum",),
            f"/vergadering/{ids[0]}/verzonden": ("datum",),
            f"/mailing/{ids[1]}/akkoord": ("naam", "wie"),
            f"/mailing/{ids[1]}/proef": ("aantal", "soort"),
        }.items():
            judge(client.post(url, data=dict.fromkeys(names, word)), own, (url, batch[0]))
    assert not [path for path in folder.parent.iterdir() if path != folder]


def test_names_of_files_that_are_brought_are_text(
    client: TestClient, ids: tuple[str, str], own: set[tuple[str, str]], folder: Path
) -> None:
    for number, text in enumerate(STRINGS[::12]):
        for url, field in (
            (f"/mailing/{ids[1]}/ontvangers", "lijst"),
            (f"/vergadering/{ids[0]}/terug", "document"),
            ("/sjablonen/nakijken", "sjabloon"),
        ):
            files = {field: (f"{text[:200]}.xlsx", b"PK\x03\x04" + b"x" * number)}
            judge(client.post(url, files=files), own, (url, text))
    assert not [path for path in folder.parent.iterdir() if path != folder]


def test_cells_of_a_list_are_text(
    client: TestClient, ids: tuple[str, str], own: set[tuple[str, str]], folder: Path
) -> None:
    written = io.StringIO()
    rows = csv.writer(written, delimiter=";")
    rows.writerow(["gemeente", "aanhef", "adres", "postcode", "plaats", *STRINGS[:3]])
    for five in batched(STRINGS, 8):
        rows.writerow(five)
    (folder / "lijst.csv").write_text(written.getvalue(), encoding="utf-8")
    text = (folder / MAILING).read_text(encoding="utf-8")
    (folder / MAILING).write_text(text.replace("adressen.xlsx", "lijst.csv"), encoding="utf-8")

    for url in (f"/mailing/{ids[1]}{step}" for step in ("", "/controle", "/proef", "/maken")):
        page = judge(client.get(url), own, url)
    page = judge(client.get(f"/mailing/{ids[1]}/controle?toon=alle"), own, "controle")
    assert "&lt;" in page


def test_names_of_files_in_the_folder_are_text(
    client: TestClient, desk: Desk, ids: tuple[str, str], own: set[tuple[str, str]], folder: Path
) -> None:
    names = {text.replace("/", "\u2215").replace("\0", "")[:60] for text in STRINGS}
    for number, name in enumerate(sorted(names)):
        begin = (
            "overleg: x\ndatum: 2025-01-01\n" if number % 2 else "betreft: x\nontvangers: x.csv\n"
        )
        (folder / f"{name}.yaml").write_text(begin, encoding="utf-8")

    page = judge(client.get("/"), own, "/")
    judge(client.get("/lijsten"), own, "/lijsten")

    assert "&lt;script&gt;" in page
    for path in sorted(folder.glob("*.yaml"))[::12]:
        id_ = desk.files.id_of(path)
        given = client.get(f"/ophalen/{id_}")
        assert given.headers["content-disposition"].startswith("attachment; ")
        assert set(given.headers["content-disposition"]).isdisjoint("\r\n<>")
        for url in (f"/vergadering/{id_}", f"/vergadering/{id_}/tekst", f"/mailing/{id_}"):
            judge(client.get(url), own, (url, path.name))


def test_nothing_of_it_runs_in_a_browser(site: Desk, tab: Any, folder: Path) -> None:
    (folder / MEETING).write_text(fill_meeting(STRINGS), encoding="utf-8")
    (folder / "<img src=x onerror=alert(1)>.yaml").write_text(
        "overleg: '<svg onload=alert(1)>'\ndatum: 2025-01-01\n", encoding="utf-8"
    )
    dialogs: list[str] = []
    asked: list[str] = []
    tab.on("dialog", lambda one: (dialogs.append(one.message), one.dismiss()))
    tab.on("request", lambda one: asked.append(one.url))
    at = f"http://127.0.0.1:{site.port}"
    id_ = site.files.id_of(folder / MEETING)
    for url in ("/", f"/vergadering/{id_}", f"/vergadering/{id_}?controle=alles", "/lijsten"):
        tab.goto(f"{at}{url}")
        tab.get_by_role("heading", level=1).wait_for()
        assert tab.evaluate("window.pwned === undefined")
    assert not dialogs
    assert not [url for url in asked if not url.startswith((at, "data:"))]
