"""Lists over the meetings of a folder, on the page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from web_tab import judge_page

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from lrtdocs.web.desk import Desk


def test_open_actions_of_one_owner_are_listed(client: TestClient) -> None:
    whole = client.get("/lijsten").text
    asked = client.get("/lijsten", params={"wie": "COA"}).text

    assert "Het verslag rondsturen" in whole
    assert "Vragen over de realisatiecijfers beantwoorden" in asked
    assert "Het verslag rondsturen" not in asked


@pytest.mark.parametrize(
    ("address", "begin"),
    [
        *(("/lijsten/xlsx", b"PK"), ("/lijsten/docx", b"PK"), ("/lijsten/csv", b"\xef\xbb\xbf")),
        ("/lijsten/xlsx?soort=besluiten", b"PK"),
    ],
)
def test_a_list_is_taken_along_and_nothing_is_left_in_the_folder(
    client: TestClient, desk: Desk, address: str, begin: bytes
) -> None:
    before = {path.name for path in desk.folder.iterdir()}

    answer = client.get(address)

    assert answer.status_code == 200
    assert answer.content.startswith(begin)
    assert answer.headers["content-disposition"].startswith("attachment")
    assert {path.name for path in desk.folder.iterdir()} == before
    assert list(desk.scratch.iterdir()) == []


@pytest.mark.parametrize("address", ["/lijsten/exe", "/lijsten/ics?soort=besluiten", "/lijsten/.."])
def test_a_form_that_does_not_exist_is_none(client: TestClient, address: str) -> None:
    assert client.get(address).status_code in {200, 404, 422}
    assert "attachment" not in client.get(address).headers.get("content-disposition", "")


def test_what_was_asked_is_shown_as_text(client: TestClient) -> None:
    shown = client.get("/lijsten", params={"wie": '"><script>alert(1)</script>'}).text

    assert "<script>alert" not in shown


@pytest.mark.browser
def test_the_lists_can_be_read_by_all(tab: Any, site: Desk) -> None:
    tab.get_by_role("link", name="Lijsten").click()
    tab.get_by_role("heading", name="Lijsten").wait_for()
    tab.wait_for_load_state()
    assert judge_page(tab) == []
    with tab.expect_download() as download:
        tab.get_by_role("link", name="Download: Excel").click()
    assert Path(download.value.path()).read_bytes()[:2] == b"PK"
    tab.get_by_role("link", name="Besluiten").click()
    tab.get_by_role("heading", name=re.compile("besluiten")).wait_for()
    tab.wait_for_load_state()
    assert judge_page(tab) == []
    tab.goto(f"http://127.0.0.1:{site.port}/lijsten?wie=niemand")
    assert judge_page(tab) == []
