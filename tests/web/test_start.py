"""The first page: what there is in the folder, as a person finds it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from web_tab import judge_page

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.testclient import TestClient

    from lrtdocs.web.desk import Desk


def test_the_meetings_are_listed_the_newest_first(client: TestClient, folder: Path) -> None:
    text = (folder / "2025-03-19-lrt.yaml").read_text(encoding="utf-8")
    (folder / "later.yaml").write_text(
        text.replace("datum: 2025-03-19", "datum: 2025-06-18"), encoding="utf-8"
    )

    shown = client.get("/").text

    assert shown.index("18 juni 2025") < shown.index("19 maart 2025")


def test_a_file_of_something_else_is_named_and_no_meeting(client: TestClient, folder: Path) -> None:
    (folder / "dienst.yaml").write_text("services: {}\n", encoding="utf-8")

    shown = client.get("/").text

    assert "Niet te lezen" in shown
    assert "dienst.yaml" in shown


def test_a_hundred_meetings_are_listed_soon(client: TestClient, folder: Path) -> None:
    text = (folder / "2025-03-19-lrt.yaml").read_text(encoding="utf-8")
    for number in range(100):
        (folder / f"{number}.yaml").write_text(text, encoding="utf-8")
    client.get("/")

    start = time.perf_counter()
    assert client.get("/").status_code == 200

    assert time.perf_counter() - start < 1


def test_a_file_of_the_folder_is_fetched_and_never_opened(client: TestClient, desk: Desk) -> None:
    name = desk.files.id_of(desk.folder / "huisstijl.yaml")

    answer = client.get(f"/ophalen/{name}")

    assert answer.content == (desk.folder / "huisstijl.yaml").read_bytes()
    assert answer.headers["content-disposition"].startswith("attachment")


@pytest.mark.browser
def test_the_page_can_be_read_by_all(tab: Any) -> None:
    assert tab.get_by_role("heading", name="Overzicht").is_visible()
    assert judge_page(tab) == []
    tab.goto(tab.url.split("?")[0] + "is/er/niet")
    assert "Deze pagina is er niet" in tab.get_by_role("main").inner_text()
    assert judge_page(tab) == []
