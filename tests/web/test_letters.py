"""A mailing on the page: its list, its check, its proof, its go-ahead, its letters."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from lrtdocs.web.desk import Desk

EXAMPLES = Path(__file__).parents[2] / "examples"
MAILING = "taakstelling-2025-II.yaml"
SOON = 60.0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the mailing to 342 gemeenten."""
    target = tmp_path / "map"
    target.mkdir()
    for name in (MAILING, "adressen.xlsx", "huisstijl.yaml"):
        shutil.copy(EXAMPLES / name, target)
    return target


@pytest.fixture
def at(desk: Desk, folder: Path) -> str:
    """The address of the mailing."""
    return f"/mailing/{desk.files.id_of(folder / MAILING)}"


def test_a_mailing_at_a_glance(client: TestClient, at: str) -> None:
    answer = client.get(at)
    assert answer.status_code == 200
    for text in ("342 in adressen.xlsx", "25 maart 2025", "nog niets gemaakt"):
        assert text in answer.text, text


def test_the_check_says_how_many_are_right(client: TestClient, at: str) -> None:
    answer = client.get(f"{at}/controle")
    assert "342 van 342 ontvangers kloppen." in answer.text
    assert "De brieven kunnen gemaakt worden." in answer.text
