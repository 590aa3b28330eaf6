"""LibreOffice fetches nothing, reads nothing and leaves nothing: with the real program."""

import socket
import threading
from pathlib import Path

import pytest
from pdf_converting import convert_one
from pdf_documents import build_letter, link_picture
from structure import read_outline

from lrtdocs.pdf import ConversionError, probe
from lrtdocs.pdf.office.backend import TIMEOUT_SETTING, Task
from lrtdocs.pdf.office.server import choose_backend

pytestmark = pytest.mark.office


@pytest.fixture
def listener():
    """Listen on a port of this machine; give its number and the list of who knocked."""
    knocks = []
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(0.2)
    stopped = threading.Event()

    def listen():
        while not stopped.is_set():
            try:
                connection, _ = server.accept()
            except TimeoutError:
                continue
            knocks.append(connection.recv(100))
            connection.close()

    thread = threading.Thread(target=listen)
    thread.start()
    yield server.getsockname()[1], knocks
    stopped.set()
    thread.join()
    server.close()


def test_a_linked_picture_is_not_fetched(listener):
    port, knocks = listener

    pdf = convert_one(link_picture(build_letter("tekst"), f"http://127.0.0.1:{port}/x.png"))

    assert knocks == []
    assert 'P "tekst"' in read_outline(pdf)


@pytest.mark.usefixtures("has_uno")
def test_a_linked_picture_is_not_fetched_by_a_libreoffice_that_stays_up(listener):
    port, knocks = listener
    docx = link_picture(build_letter("tekst"), f"http://127.0.0.1:{port}/x.png")
    backend = choose_backend(probe())

    pdf = backend.convert(Task("brief.docx", docx))
    backend.close()

    assert knocks == []
    assert isinstance(pdf, bytes)


def test_a_linked_local_file_is_not_read(tmp_path):
    secret = tmp_path / "geheim.txt"
    secret.write_text("kanarie", encoding="utf-8")

    pdf = convert_one(link_picture(build_letter("tekst"), secret.as_uri()))

    assert "kanarie" not in read_outline(pdf)


def test_a_conversion_that_is_stopped_leaves_no_process_and_no_file(monkeypatch, temporary):
    monkeypatch.setenv(TIMEOUT_SETTING, "0.1")
    monkeypatch.setattr("lrtdocs.pdf.office.backend.SECONDS_PER_PAGE", 0.0)

    with pytest.raises(ConversionError, match="LRT408"):
        convert_one(build_letter("tekst", pages=50))

    assert list(temporary.iterdir()) == []
    assert [line for line in _command_lines() if str(temporary) in line] == []


def _command_lines():
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            yield path.read_bytes().replace(b"\0", b" ").decode("utf-8", errors="replace")
        except OSError:
            continue
