"""A LibreOffice that stays up: whatever it does, letters come out or are named with a remedy."""

import ast
import json
import os
import signal
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from pdf_converting import documents
from pdf_documents import build_letter
from pdf_letters import (
    DOCX,
    both_ways,
    convert,
    make_letters,
    never_merge,
    pdfs_of,
    without_spacing,
)
from test_convert import _runs

import lrtdocs.pdf.office
from lrtdocs.pdf import ConversionError, ConversionPool, FinishedPdf, probe
from lrtdocs.pdf.office.backend import TIMEOUT_SETTING, Task
from lrtdocs.pdf.office.calls import Calls
from lrtdocs.pdf.office.home import find_sockets
from lrtdocs.pdf.office.server import Server, choose_backend, find_python

BATCH = [("a.docx", DOCX), ("b.docx", DOCX), ("c.docx", DOCX)]
BAD = [("a.docx", DOCX), ("b.docx", b"PK STUK"), ("c.docx", DOCX)]
BROKEN_SERVERS = (
    "server_hangs",
    "server_hangs_at_start",
    "server_dies",
    "server_vanishes",
    "server_cannot_start",
    "server_writes_nothing",
    "server_writes_rubbish",
    "server_babbles",
)


@pytest.fixture
def hasty(monkeypatch):
    monkeypatch.setenv(TIMEOUT_SETTING, "0.7")
    monkeypatch.setattr("lrtdocs.pdf.office.backend.SECONDS_PER_PAGE", 0.0)


def _soffices(group):
    """Return the numbers of the processes called soffice.bin in process group `group`."""
    stats = [stat.read_text() for stat in Path("/proc").glob("[0-9]*/stat")]
    return [
        int(stat.split()[0])
        for stat in stats
        if "(soffice.bin)" in stat and int(stat.rpartition(")")[2].split()[2]) == group
    ]


def _convert(batch=BATCH):
    return convert(batch)[0]


def test_letters_are_converted_without_a_call_for_them(fake_server):
    fake_server("server_works", "crashes")

    assert [pdf[:5] for pdf in pdfs_of(_convert())] == [b"%PDF-"] * 3


def test_one_libreoffice_converts_all_batches(fake_server):
    path = fake_server("server_works", "crashes")

    names, docx = zip(*BATCH, strict=True)
    with closing(ConversionPool(probe())) as pool:
        pool.convert(documents(docx, names))
        pool.convert(documents(docx, names))

    assert path.with_name("starts").read_text(encoding="ascii") == "."


@pytest.mark.parametrize(
    ("limit", "value", "starts"), [("MOST_PAGES", 2, 2), ("MOST_MEMORY", 2, 3)]
)
def test_a_fresh_libreoffice_follows_one_that_is_worn(
    fake_server, monkeypatch, limit, value, starts
):
    path = fake_server("server_works", "crashes")
    monkeypatch.setattr(f"lrtdocs.pdf.office.server.{limit}", value)

    _convert()

    assert path.with_name("starts").read_text(encoding="ascii") == "." * starts


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize("server", BROKEN_SERVERS)
def test_a_server_that_does_not_work_costs_no_letter(fake_server, server):
    fake_server(server, "works")

    assert all(isinstance(result, FinishedPdf) for result in _convert())


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize("server", BROKEN_SERVERS)
def test_where_nothing_works_every_letter_is_named_with_a_remedy(fake_server, server):
    fake_server(server, "crashes")

    results = _convert()

    assert [result.document for result in results] == ["a.docx", "b.docx", "c.docx"]
    assert all(result.remedy for result in results)


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize(
    ("server", "told"),
    [
        ("server_hangs", "LRT408"),
        ("server_dies", "LRT409"),
        ("server_vanishes", "LRT409"),
        ("server_writes_nothing", "LRT423"),
        ("server_writes_rubbish", "LRT424"),
    ],
)
def test_what_went_wrong_with_a_document_is_told(fake_server, server, told):
    fake_server(server, "works")
    backend = choose_backend(probe())

    result = backend.convert(Task(*BATCH[0]))
    backend.close()

    assert result.problems[0].code == told


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize(
    ("server", "told"),
    [
        ("server_dies_on_one", "LRT409"),
        ("server_hangs_on_one", "LRT408"),
    ],
)
def test_the_guilty_document_is_told_and_the_others_go_on(fake_server, server, told):
    fake_server(server, "crashes")
    backend = choose_backend(probe())

    first, second, third = [backend.convert(Task(*letter)) for letter in BAD]
    backend.close()

    assert isinstance(first, bytes)
    assert (second.document, second.problems[0].code) == ("b.docx", told)
    assert isinstance(third, bytes)


def test_one_bad_letter_is_named_and_all_others_are_made(fake_server):
    fake_server("server_dies_on_one", "chokes_on_one")

    first, second, third = _convert(BAD)

    assert isinstance(first, FinishedPdf)
    assert second.problems[0].code == "LRT409"
    assert isinstance(third, FinishedPdf)


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize("server", ["server_works", *BROKEN_SERVERS])
def test_no_temporary_file_is_left(fake_server, temporary, server):
    fake_server(server, "works")

    _convert()

    assert list(temporary.iterdir()) == []


@pytest.mark.usefixtures("hasty")
def test_what_the_server_started_does_not_outlive_it(fake_server):
    path = fake_server("server_hangs", "works")

    _convert()

    children = path.with_name("children").read_text(encoding="ascii").split()
    assert children
    assert not any(_runs(int(child)) for child in children)


def test_a_conversion_that_is_broken_off_leaves_nothing(fake_server, temporary):
    path = fake_server("server_hangs", "works")

    def interrupt(_signal, _frame):
        raise KeyboardInterrupt

    def interrupt_when_it_runs():
        while not path.with_name("children").exists():
            time.sleep(0.05)
        time.sleep(0.5)  # by now it was asked something
        os.kill(os.getpid(), signal.SIGUSR1)

    before = signal.signal(signal.SIGUSR1, interrupt)
    threading.Thread(target=interrupt_when_it_runs, daemon=True).start()
    try:
        with pytest.raises(KeyboardInterrupt):
            _convert()
    finally:
        signal.signal(signal.SIGUSR1, before)

    assert not any(map(_runs, map(int, path.with_name("children").read_text().split())))
    assert list(temporary.iterdir()) == []


def test_the_server_gets_a_closed_profile_and_hardly_any_environment(fake_server, monkeypatch):
    monkeypatch.setenv("GEHEIM", "kanarie")
    path = fake_server("server_tells_all", "crashes")

    _convert(BATCH[:1])

    told = json.loads(path.with_name("told.json").read_text(encoding="utf-8"))
    allowed = {"PATH", "HOME", "LANG", "TMPDIR", "FONTCONFIG_FILE", "LC_CTYPE"}
    assert set(told["environment"]) <= allowed
    assert told["environment"]["HOME"] != str(Path.home())
    assert "--accept=pipe,name=lrtdocs" in told["arguments"][-1]
    assert {"--headless", "--norestore"} <= set(told["arguments"])
    assert told["asked"]["options"]["ExportNotes"] is False
    assert told["asked"]["options"]["SelectPdfVersion"] == 2


def test_without_uno_letters_go_one_file_a_call(fake_server):
    fake_server("has_no_uno", "works")

    assert isinstance(choose_backend(probe()), Calls)
    assert all(isinstance(result, FinishedPdf) for result in _convert())


def test_the_worker_can_be_read_by_an_old_python():
    source = Path(lrtdocs.pdf.office.__file__).with_name("unoworker.py").read_text(encoding="utf-8")

    ast.parse(source, feature_version=(3, 8))


@pytest.mark.office
@pytest.mark.usefixtures("has_uno")
def test_a_letter_has_the_same_bytes_from_a_server_and_from_a_call(monkeypatch):
    merged, apart, _ = both_ways()
    monkeypatch.setattr("lrtdocs.pdf.convert.choose_backend", Calls)
    by_call, _ = convert(make_letters(), merge=never_merge)

    assert merged == apart == pdfs_of(by_call)


@pytest.mark.office
@pytest.mark.usefixtures("has_uno")
def test_a_libreoffice_that_is_killed_is_told_and_the_next_one_goes_on(temporary):
    backend = Server(probe(), find_python(probe()), Calls(probe()))
    docx = without_spacing(build_letter("Aan de gemeente Beek."))
    assert isinstance(backend.convert(Task("a.docx", docx)), bytes)

    homes = [backend._running._home]
    assert len(find_sockets(homes[0])) == 2
    for number in _soffices(backend._running._dialogue._process.pid):
        os.kill(number, signal.SIGKILL)
    first, second = [backend.convert(Task(name, docx)) for name in ("a.docx", "b.docx")]
    homes.append(backend._running._home)
    backend.close()

    assert first.problems[0].code == "LRT409"
    assert isinstance(second, bytes)
    assert list(temporary.iterdir()) == []
    assert [find_sockets(home) for home in homes] == [[], []]


@pytest.mark.office
@pytest.mark.usefixtures("has_uno")
def test_a_document_that_is_no_word_file_is_told():
    backend = choose_backend(probe())

    first = backend.convert(Task("a.docx", b"geen Word"))
    second = backend.convert(Task("b.docx", build_letter("tekst")))
    backend.close()

    assert isinstance(first, ConversionError)
    assert isinstance(second, bytes)
