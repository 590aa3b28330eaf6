"""Who gets in, and what an answer lets a browser do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from lrtdocs.web.desk import Desk

HOSTS = [
    *(
        "evil.example",
        "evil.example:8765",
        "127.0.0.1",
        "127.0.0.1:80",
        "localhost",
        "0.0.0.0:8765",
    ),
    *("127.0.0.1:8765.evil.example", "evil.example@127.0.0.1:8765", "127.0.0.1:8765@evil.example"),
    *("127.0.0.2:8765", "127.1:8765", "2130706433:8765", "[::]:8765", "[::ffff:127.0.0.1]:8765"),
    *(
        "localhost.:8765",
        "localhost:8765.",
        "localhost.evil.example:8765",
        "",
        " ",
        "127.0.0.1:08765",
    ),
    *("127.0.0.1:8765,evil.example", "127.0.0.1:8765/x", "http://127.0.0.1:8765", "a" * 3000),
]
ORIGINS = [
    *("", "null", "http://evil.example", "http://127.0.0.1", "http://127.0.0.1:80"),
    *("https://127.0.0.1:8765", "http://localhost:8765", "http://127.0.0.1:8765.evil.example"),
    *("http://evil.example:8765", "file://", "http://127.0.0.1:8765/", "HTTP://127.0.0.1:8765 "),
]


@pytest.mark.parametrize("host", HOSTS)
def test_a_name_that_is_not_of_this_computer_is_refused(client: TestClient, host: str) -> None:
    answer = client.get("/", headers={"host": host})

    assert answer.status_code == 421
    assert "Overzicht" not in answer.text


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8765", "localhost:8765", "[::1]:8765", "LOCALHOST:8765"]
)
def test_the_names_of_this_computer_get_in(client: TestClient, host: str) -> None:
    answer = client.get("/", headers={"host": host, "origin": f"http://{host.lower()}"})

    assert answer.status_code == 200


@pytest.mark.parametrize("origin", ORIGINS)
def test_what_another_page_sends_is_refused(client: TestClient, origin: str) -> None:
    assert client.post("/", headers={"origin": origin}).status_code == 403


def test_what_comes_without_an_origin_changes_nothing(client: TestClient) -> None:
    del client.headers["origin"]

    assert client.post("/").status_code == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", "iets"])
def test_what_the_browser_says_is_of_elsewhere_is_refused(client: TestClient, site: str) -> None:
    assert client.post("/", headers={"sec-fetch-site": site}).status_code == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_may_not_even_read(client: TestClient, site: str) -> None:
    assert client.get("/", headers={"sec-fetch-site": site}).status_code == 403


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"])
def test_other_methods_are_refused(client: TestClient, method: str) -> None:
    assert client.request(method, "/").status_code == 405


@pytest.mark.parametrize("given", ["", "sleutel=", "sleutel=fout", "sleutel[]=x", "x=1"])
def test_without_the_right_token_nothing_is_shown(bare: TestClient, given: str) -> None:
    answer = bare.get(f"/?{given}")

    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    assert "Landelijke Regietafel" not in answer.text


def test_an_old_cookie_does_not_get_in(bare: TestClient) -> None:
    bare.cookies.set("lrtdocs-8765", "van-gisteren")

    assert bare.get("/").status_code == 403


def test_the_link_gives_a_cookie_that_stays_here(bare: TestClient, desk: Desk) -> None:
    answer = bare.get("/", params={"sleutel": desk.secret})

    cookie = answer.headers["set-cookie"]
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    assert desk.secret not in answer.text
    assert bare.get("/").status_code == 200


def test_every_answer_forbids_what_is_not_ours(client: TestClient) -> None:
    for path in ("/", "/vast/basis.css", "/is/er/niet"):
        headers = client.get(path).headers

        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"


def test_too_large_a_form_is_told_and_kept_nowhere(client: TestClient) -> None:
    form = {"content-type": "application/x-www-form-urlencoded"}
    answer = client.post("/vergadering/nieuw", content=b"x" * 26_000_000, headers=form)

    assert answer.status_code == 413
