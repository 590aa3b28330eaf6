"""Nothing outside the folder is read or written, whatever an address says."""

from __future__ import annotations

import http.client
import os
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from lrtdocs.web.desk import NotThereError

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.testclient import TestClient

    from lrtdocs.web.desk import Desk

UP = (
    *("..", "%2e%2e", "%2E%2E", ".%2e", "%252e%252e", "..%00"),
    *("..%5c..", "%c0%ae%c0%ae", "%ef%bc%8e%ef%bc%8e", "...."),
)
SLASHES = ("/", "%2f", "%5c", "\\", "//", "%252f")
SECRET = "Dit staat niet in de map."
ROOMS = ("/ophalen/", "/vast/")
ADDRESSES = [
    *(f"{room}{up}{slash}geheim.txt" for room in ROOMS for up in UP for slash in SLASHES),
    *("/ophalen//etc/passwd", "/vast//etc/passwd", "/vast/%2fetc%2fpasswd"),
    *("/ophalen/C:%5cgeheim.txt", "/vast/../../geheim.txt", "//geheim.txt", "/%2e%2e/geheim.txt"),
    *("/vast/vendor/../../../pages.py", "/ophalen/file:%2f%2f%2fetc%2fpasswd"),
    *("/ophalen/0123456789abcdef", "/vast/basis.css/../../app.py"),
]


@pytest.fixture
def secret(folder: Path) -> Path:
    path = folder.parent / "geheim.txt"
    path.write_text(SECRET, encoding="utf-8")
    return path


def raw(desk: Desk, path: str) -> tuple[int, bytes]:
    """Ask for `path` as it is: clients of HTTP make it even."""
    with closing(http.client.HTTPConnection("127.0.0.1", desk.port, timeout=20)) as connection:
        connection.putrequest("GET", path, skip_host=True)
        connection.putheader("Host", f"127.0.0.1:{desk.port}")
        connection.putheader("Cookie", f"lrtdocs-{desk.port}={desk.secret}")
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, answer.read()


def test_there_are_sixty_and_more() -> None:
    assert len(ADDRESSES) >= 60


def test_no_address_leads_out_of_the_folder(site: Desk, secret: Path) -> None:
    for address in ADDRESSES:
        status, body = raw(site, address)

        assert status in {400, 404, 405}, address
        for told in (SECRET, "root:", "def make_app"):
            assert told.encode() not in body, address


def test_a_link_to_elsewhere_is_no_file_of_the_folder(
    client: TestClient, desk: Desk, secret: Path
) -> None:
    link = desk.folder / "link.yaml"
    link.symlink_to(secret)

    with pytest.raises(ValueError, match="is not in the subpath"):
        desk.files.id_of(link)
    assert SECRET not in client.get("/").text


def test_a_file_that_became_a_link_is_not_given(
    client: TestClient, desk: Desk, secret: Path
) -> None:
    path = desk.folder / "huisstijl.yaml"
    name = desk.files.id_of(path)
    path.unlink()
    path.symlink_to(secret)

    assert client.get(f"/ophalen/{name}").status_code == 404
    with pytest.raises(NotThereError):
        desk.files.path_of(name)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_a_pipe_is_no_file(client: TestClient, desk: Desk) -> None:
    os.mkfifo(desk.folder / "pijp.yaml")

    assert client.get("/").status_code == 200
    assert client.get(f"/ophalen/{desk.files.id_of(desk.folder / 'pijp.yaml')}").status_code == 404
