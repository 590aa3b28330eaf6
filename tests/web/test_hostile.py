"""Requests that no page of ours sends: each is told on a page in Dutch, and changes nothing."""

from __future__ import annotations

import json
import os
import random
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from paper_faking import FakeViewer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.testclient import TestClient

    from lrtdocs.web.desk import Desk

EXAMPLES = Path(__file__).parents[2] / "examples"
MEETING, MAILING = "2025-03-19-lrt.yaml", "taakstelling-2025-II.yaml"
DIGITS = "9" * 5000
FORM = "application/x-www-form-urlencoded"
PART = b'--x\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\nab\r\n--x--\r\n'
BODIES = [
    ("multipart/form-data", b"--x"),
    ("multipart/form-data; boundary=", b"--x\r\n"),
    ("multipart/form-data; boundary=x", b""),
    ("multipart/form-data; boundary=x", PART[:-12]),
    (
        "multipart/form-data; boundary=x",
        b"--x\r\nContent-Disposition: form-data\r\n\r\nab\r\n--x--",
    ),
    ("multipart/form-data; boundary=x", b"--x\r\nX: y\r\n\r\nab\r\n--x--\r\n"),
    ("multipart/form-data; boundary=x", PART % (b"a" * 200_000, b"")),
    ("multipart/form-data; boundary=x", random.Random(7).randbytes(3000)),
    ("multipart/form-data; boundary=x; charset=bestaatniet", PART % (b"\xff\xfe", b"")),
    ("multipart/form-data; boundary=x; charset=utf-16", PART % (b"ab", b"")),
    ("multipart/form-data; boundary=x; charset=hex", PART % (b"ab", b"")),
    *(
        ("multipart/form-data; boundary=x", PART % (name, b'; filename="a"'))
        for name in (b"tekst", b"grondtekst", b"doe", b"naam", b"datum", b"v:overleg", b"soort")
    ),
    ("multipart/form-data; boundary=" + "x" * 5000, b"--" + b"x" * 5000),
    ("application/json", b'{"v:overleg": "x", "tekst": "x", "naam": "x"}'),
    ("text/plain", b"overleg=x&tekst=x"),
    ("", b"overleg=x"),
    (';;;="', b"overleg=x"),
    (FORM, b"v:overleg\xff=\xff\xfe%ff%fe&=&&&=x&%%%"),
]
ODD = [
    *("", "\0", "..", "../x", "/etc/passwd", "a" * 300, "a" * 5000, "CON", "nul.", "\u202etxt"),
    *("x\r\nSet-Cookie: a=b", "<img src=x onerror=1>", "99999999999", "-1", "\u00b2", "\u0663"),
    *("1e9", "nan", "inf", "0", "2025-02-30", "99999-01-01", "0000-00-00", "2025-W01", DIGITS),
    *("//evil.example", "https://evil.example/", "\\\\evil.example"),
]


@pytest.fixture
def folder(folder: Path) -> Path:
    for name in (MAILING, "adressen.xlsx"):
        shutil.copy(EXAMPLES / name, folder)
    return folder


@pytest.fixture
def ids(desk: Desk, folder: Path) -> tuple[str, str]:
    desk.viewer = FakeViewer()  # type: ignore[assignment]
    return desk.files.id_of(folder / MEETING), desk.files.id_of(folder / MAILING)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def check(answer: Any, of: object) -> None:
    """Check that an answer is one of ours: known statuses, no way out, no more than one header."""
    assert answer.status_code < 500, of
    assert "Traceback" not in answer.text, of
    assert "LRT909" not in answer.text, of
    target = answer.headers.get("location", "/").removeprefix("http://127.0.0.1:8765")
    assert target.startswith("/"), of
    assert not target.startswith(("//", "/\\")), of
    assert set(target).isdisjoint("\r\n"), of
    assert "set-cookie" not in answer.headers, of
    assert "default-src 'none'" in answer.headers["content-security-policy"], of


def posts(ids: tuple[str, str]) -> Mapping[str, tuple[str, ...]]:
    meeting, mailing = (f"/vergadering/{ids[0]}", f"/mailing/{ids[1]}")
    return {
        meeting: ("doe", "v:overleg", "controlegetal", "grondtekst"),
        f"{meeting}/tekst": ("tekst", "controlegetal"),
        f"{meeting}/volgende": ("datum",),
        f"{meeting}/openbaar": ("grond", "woord", "keuze", "doe"),
        f"{meeting}/terug": ("naam", "bewaard"),
        f"{meeting}/terug/overnemen": ("bewaard", "keuze", "naam"),
        "/vergadering/nieuw": ("overleg", "datum"),
        "/mailing/nieuw": ("naam",),
        f"{mailing}/ontvangers": ("hoe", "bewaard", "bestand"),
        f"{mailing}/akkoord": ("naam", "wie", "aantal"),
        f"{mailing}/proef": ("aantal", "soort"),
        "/sjablonen/kopie": ("naam", "soort"),
        "/sjablonen/nakijken": ("soort",),
        "/sjablonen/terug": ("naam", "soort"),
        f"/beeld/{ids[0]}/agenda": ("volgnummer", "venster"),
        f"/controle/{ids[0]}": ("volgnummer", "tekst"),
        "/klus/x/stop": ("x",),
    }


@pytest.mark.parametrize(("kind", "body"), BODIES)
def test_what_is_no_form_of_ours_is_told_and_changes_nothing(
    client: TestClient, ids: tuple[str, str], folder: Path, kind: str, body: bytes
) -> None:
    before = contents(folder)

    for url in posts(ids):
        check(client.post(url, content=body, headers={"content-type": kind}), (url, kind))

    after = contents(folder)
    assert {name: after[name] for name in before} == before
    assert not [path for path in folder.parent.iterdir() if path != folder]


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_odd_words_in_every_field_lead_nowhere(
    client: TestClient, ids: tuple[str, str], folder: Path, odd: str
) -> None:
    for url, names in posts(ids).items():
        check(client.post(url, data=dict.fromkeys(names, odd)), (url, odd))

    assert not [path for path in folder.parent.iterdir() if path != folder]


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_odd_words_in_every_address_lead_nowhere(
    client: TestClient, ids: tuple[str, str], odd: str
) -> None:
    word = quote(odd, safe="")
    meeting, mailing = (f"/vergadering/{ids[0]}", f"/mailing/{ids[1]}")
    for url in (
        *(f"/?verteld={word}", f"/ophalen/{word}", f"/klus/{word}", f"/beeld/plaatje/{word}.png"),
        *(f"/sjabloon/{word}", f"/sjablonen/bestand/{word}", f"/schema/{word}.json"),
        *(f"/sjablonen/woorden?zoek={word}&soort={word}", f"/vergadering/{word}"),
        *(f"{meeting}?controle={word}", f"{meeting}/volgende?datum={word}", f"/mailing/{word}"),
        *(f"{mailing}/proef?aantal={word}&soort={word}", f"{mailing}/proef?brief={word}"),
        *(f"{mailing}/controle?pagina={word}&zoek={word}", f"{mailing}/controle?toon={word}"),
        *(f"{mailing}/brieven?toon={word}&pagina={word}", f"/lijsten/{word}", f"/vast/{word}"),
        f"/lijsten?zoek={word}&toon={word}&wie={word}",
    ):
        check(client.get(url), url[:99])


@pytest.mark.parametrize(
    "asked",
    [
        *(
            f"erbij:agendapunten:{DIGITS}",
            "erbij:agendapunten:99999999",
            f"op:agendapunten.{DIGITS}",
        ),
        *(
            "neer:agendapunten.-1",
            "weg:",
            "erbij:titel",
            ":::",
            "weg:overleg",
            "op:agendapunten.\u00b2",
        ),
        *("weg:agendapunten.0.0.0", "erbij:agendapunten.0.x.y", "erbij:agendapunten:\u0663"),
    ],
    ids=range(12),
)
def test_a_button_that_no_form_has_changes_nothing(
    client: TestClient, ids: tuple[str, str], folder: Path, asked: str
) -> None:
    before = contents(folder)

    check(client.post(f"/vergadering/{ids[0]}", data={"doe": asked}), asked[:40])

    assert contents(folder) == before


@pytest.mark.parametrize(
    "base",
    [
        *("[" * 100_000, '"\\ud800"', "1", "null", '""', '"\\u0000"', json.dumps("[" * 50_000)),
        *map(json.dumps, ("a: &a [*a]", "!!python/object/apply:os.system [ls]", "%YAML 9.9\n---")),
        *map(json.dumps, ("&a *a: 1", "{a: 1, a: 2}", "? ? ? 1", "a: {" * 3000, "- 1")),
    ],
    ids=range(15),
)
def test_a_text_that_no_form_was_made_of_is_not_saved(
    client: TestClient, ids: tuple[str, str], folder: Path, base: str
) -> None:
    before = contents(folder)
    for asked in ("", "opslaan", "terug:"):
        fields = {"grondtekst": base, "doe": asked, "controlegetal": "x"}
        check(client.post(f"/vergadering/{ids[0]}", data=fields), base[:40])

    assert contents(folder) == before


def test_more_than_a_form_may_hold_is_told(client: TestClient, ids: tuple[str, str]) -> None:
    url, lists = f"/vergadering/{ids[0]}", f"/mailing/{ids[1]}/ontvangers"
    many = "&".join(f"v:a{number}=1" for number in range(20_001))
    long = "v:overleg=" + "x" * 6_000_000
    files = [("lijst", (f"{number}.csv", b"a;b\n")) for number in range(6)]
    for answer in (
        client.post(url, content=many, headers={"content-type": FORM}),
        client.post(url, content=long, headers={"content-type": FORM}),
        client.post(url, data={"v:overleg": "x" * 6_000_000}, files={"x": ("x", b"")}),
        client.post(lists, files=files),
    ):
        assert answer.status_code == 400
        assert "LRT904" in answer.text
        check(answer, "")


def test_a_length_of_thousands_of_digits_is_too_long(
    client: TestClient, ids: tuple[str, str]
) -> None:
    for digits in ("9" * 30, DIGITS):
        answer = client.post(
            f"/vergadering/{ids[0]}", content=b"x", headers={"content-length": digits}
        )

        assert answer.status_code == 413


def test_many_words_without_the_cookie_are_refused(bare: TestClient) -> None:
    answer = bare.get("/?" + "&".join(f"a{number}=1" for number in range(30)))

    assert answer.status_code == 403


def test_only_the_head_of_a_page_is_sent_where_that_is_asked(
    client: TestClient, ids: tuple[str, str]
) -> None:
    for url in ("/", f"/vergadering/{ids[0]}", f"/ophalen/{ids[0]}", "/vast/basis.css"):
        assert client.head(url).status_code == 200, url
    assert client.head("/nergens").status_code == 404


@pytest.mark.parametrize(
    "error", [PermissionError(13, "x"), OSError(5, "x"), FileNotFoundError(2, "x")]
)
def test_a_file_that_the_system_does_not_give_is_told(
    client: TestClient, ids: tuple[str, str], monkeypatch: pytest.MonkeyPatch, error: OSError
) -> None:
    def refuse(_path: Path) -> bytes:
        raise error

    monkeypatch.setattr(Path, "read_bytes", refuse)
    answer = client.get(f"/ophalen/{ids[0]}")

    assert answer.status_code == 422
    assert "LRT907" in answer.text


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
@pytest.mark.parametrize("became", ["folder", "pipe", "link", "nothing", "dangling"])
def test_what_became_something_else_since_it_was_shown_is_not_written(
    client: TestClient, desk: Desk, ids: tuple[str, str], folder: Path, became: str
) -> None:
    path, outside = folder / MEETING, folder.parent / "buiten.yaml"
    text = path.read_text(encoding="utf-8")
    outside.write_text("geheim: 1\n", encoding="utf-8")
    path.unlink()
    match became:
        case "folder":
            path.mkdir()
        case "pipe":
            os.mkfifo(path)
        case "link":
            path.symlink_to(outside)
        case "dangling":
            path.symlink_to(folder / "weg")
    before = sorted(folder.iterdir())

    for url in (
        f"/vergadering/{ids[0]}",
        f"/vergadering/{ids[0]}/tekst",
        f"/beeld/{ids[0]}/agenda",
    ):
        fields = {"tekst": text, "grondtekst": json.dumps(text), "doe": "opslaan", "datum": "x"}
        answer = client.post(url, data=fields)
        check(answer, url)
        assert answer.status_code == 404 or "/beeld/" in url
    assert client.get("/").status_code == 200
    assert outside.read_text(encoding="utf-8") == "geheim: 1\n"
    assert sorted(folder.iterdir()) == before


def test_a_full_disk_leaves_every_file_as_it_was(
    client: TestClient, ids: tuple[str, str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, text = contents(folder), (folder / MEETING).read_text(encoding="utf-8")
    page = client.get(f"/vergadering/{ids[0]}/tekst").text
    digest = page.partition('name="controlegetal" value="')[2].partition('"')[0]
    assert digest

    def refuse(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("lrtdocs.run.folder.disk.sync", refuse)
    fields = {"tekst": f"{text}# x\n", "controlegetal": digest}
    for url, given in (
        (f"/vergadering/{ids[0]}/tekst", fields),
        ("/vergadering/nieuw", {"overleg": "Nieuw", "datum": "2026-01-05"}),
        ("/mailing/nieuw", {"naam": "nieuw"}),
        (f"/vergadering/{ids[0]}/volgende", {"datum": "2025-06-11"}),
    ):
        answer = client.post(url, data=given)
        check(answer, url)
        assert "vol" in answer.text, url
    assert contents(folder) == before


def test_a_folder_with_ten_thousand_files_is_shown(client: TestClient, folder: Path) -> None:
    for number in range(10_000):
        (folder / f"b{number}.txt").write_bytes(b"")

    assert client.get("/").status_code == 200
    assert client.get("/ophalen/0123456789abcdef").status_code == 404
