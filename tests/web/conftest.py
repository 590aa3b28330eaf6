"""A desk with a folder of examples, the page at it, in the process and in a real browser."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import browser
import pytest
from starlette.testclient import TestClient
from web_tab import serving

from lrtdocs.web.app import make_app
from lrtdocs.web.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Iterator

EXAMPLES = Path(__file__).parents[2] / "examples"
PORT = 8765


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as a secretary has one: the meeting of 19 March 2025 and the house style."""
    target = tmp_path / "map"
    target.mkdir()
    for name in ("2025-03-19-lrt.yaml", "huisstijl.yaml"):
        shutil.copy(EXAMPLES / name, target)
    return target


@pytest.fixture
def desk(folder: Path) -> Iterator[Desk]:
    made = Desk(folder, PORT)
    yield made
    made.close()


@pytest.fixture
def bare(desk: Desk) -> TestClient:
    """Somebody without the cookie; what goes wrong in the page is answered, not raised."""
    base = f"http://127.0.0.1:{PORT}"
    return TestClient(make_app(desk), base, raise_server_exceptions=False, follow_redirects=False)


@pytest.fixture
def client(desk: Desk, bare: TestClient) -> TestClient:
    """The browser of whoever opened the link."""
    bare.cookies.set(f"lrtdocs-{PORT}", desk.secret)
    bare.headers["origin"] = f"http://127.0.0.1:{PORT}"
    return bare


@pytest.fixture
def site(folder: Path) -> Iterator[Desk]:
    """The page of `folder`, served on a port."""
    with serving(folder) as desk:
        yield desk


@pytest.fixture
def tab(site: Desk) -> Iterator[Any]:
    """A tab of a browser in which the link was opened; what its console says wrong fails."""
    with browser.opened(offline=False, bypass_csp=False) as page:
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        page.set_default_timeout(15_000)
        page.goto(site.link)
        page.wrong = wrong
        yield page
        assert not [one for one in wrong if "status of 4" not in one]
