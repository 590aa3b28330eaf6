"""Templates on the page: looked at, brought along, tried, compared, put in force and put back.

What is hostile is told with what to do, is never opened by LibreOffice, and touches nothing outside
the folder.
"""

from __future__ import annotations

import base64
import html
import io
import re
import shutil
import zipfile
from typing import TYPE_CHECKING, Any, NamedTuple

import docx
import pytest
from merge_making import merge_of
from web_tab import judge_page

from lrtdocs import api
from lrtdocs.shipped import examples_folder, templates_folder

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.responses import Response
    from starlette.testclient import TestClient

    from lrtdocs.web.desk import Desk

SHIPPED = (templates_folder() / "agenda.docx").read_bytes()
PNG = b"\x89PNG\r\n\x1a\nplaatje"


class FakePage(NamedTuple):
    png: bytes = PNG
    width: float = 595.0
    height: float = 842.0


class FakeViewer:
    """Shows one page of whatever it gets, and remembers that it was asked."""

    def __init__(self) -> None:
        self.shown: list[bytes] = []

    def show_document(self, data: bytes, _name: str) -> tuple[list[FakePage], list[Any]]:
        self.shown.append(data)
        return [FakePage()], []


@pytest.fixture
def viewer(desk: Desk) -> FakeViewer:
    fake = FakeViewer()
    desk.viewer = fake  # type: ignore[assignment]
    return fake


def with_lines(*lines: str, data: bytes = SHIPPED) -> bytes:
    document = docx.Document(io.BytesIO(data))
    for line in lines:
        document.add_paragraph(line, style="Body Text")
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def changed(parts: dict[str, bytes], data: bytes = SHIPPED) -> bytes:
    """Return `data` with `parts` in the place of its own, or beside them."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, parts.pop(name, None) or old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return made.getvalue()


def send(client: TestClient, data: bytes, name: str = "agenda.docx", **fields: str) -> Response:
    answer: Any = client.post("/sjablonen/insturen", data=fields, files={"bestand": (name, data)})
    return answer


def sent(client: TestClient, data: bytes, name: str = "agenda.docx", **fields: str) -> str:
    """Return where the page of the template is that was sent."""
    answer: Any = send(client, data, name, **fields)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def read(client: TestClient, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return html.unescape(re.sub(r"\s+", " ", answer.text))


def files_in(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


# --- which there are


def test_each_kind_has_its_template_and_says_whose_it_is(client: TestClient, folder: Path) -> None:
    (folder / "sjablonen").mkdir()
    (folder / "sjablonen" / "verslag.docx").write_bytes(with_lines("Eigen."))

    shown = read(client, "/sjablonen")

    assert shown.count("Hoort bij lrtdocs.") == 4
    assert "gaat voor op het sjabloon dat bij lrtdocs hoort" in shown


def test_a_copy_to_change_is_made_once(client: TestClient, folder: Path) -> None:
    first = client.post("/sjablonen/kopie", data={"naam": "brief"})
    assert "Dit sjabloon geldt vanaf nu" in read(client, first.headers["location"])
    assert (folder / "sjablonen" / "brief.docx").is_file()

    again = client.post("/sjablonen/kopie", data={"naam": "brief"})

    assert again.status_code == 422
    assert "LRT001" in again.text


def test_the_template_in_force_is_fetched(client: TestClient) -> None:
    answer = client.get("/sjablonen/bestand/agenda")

    assert answer.content == SHIPPED
    assert answer.headers["content-disposition"].startswith("attachment")


@pytest.mark.parametrize("name", ["..%2f..%2fhuisstijl.yaml", "%2fetc%2fpasswd", "weg", "."])
def test_no_other_file_is_fetched_copied_or_looked_at(client: TestClient, name: str) -> None:
    assert client.get(f"/sjablonen/bestand/{name}").status_code == 404
    plain = name.replace("%2f", "/")
    assert client.post("/sjablonen/nakijken", data={"naam": plain}).status_code == 404
    assert client.post("/sjablonen/kopie", data={"naam": plain}).status_code == 422


def test_words_are_found_by_what_they_mean(client: TestClient) -> None:
    everything = read(client, "/sjablonen/woorden?soort=agenda")
    found = read(client, "/sjablonen/woorden?soort=agenda&zoek=den+haag")

    assert "{{ datum | datum }}" in everything
    assert "agendapunten" in everything
    assert "Geen woord gevonden" in found
    assert "plaats" in read(client, "/sjablonen/woorden?soort=agenda&zoek=waar+de+vergadering")


# --- brought along


def test_its_problems_are_shown_and_nothing_is_in_force(
    client: TestClient, folder: Path, viewer: FakeViewer
) -> None:
    before = files_in(folder)

    shown = read(client, sent(client, with_lines("{{ plats }}", "{% if plaats %}open")))

    assert "Het woord 'plats' is niet bekend." in shown
    assert "2 fouten." in shown
    assert "bedoelde u 'plaats'?" in shown
    assert files_in(folder) == before
    assert viewer.shown == []


def test_the_kind_is_guessed_by_the_name_it_came_with_and_can_be_another(
    client: TestClient,
) -> None:
    data = with_lines()
    url = sent(client, data, "mijn verslag (3).docx")
    assert "soort <strong>verslag</strong>" in read(client, url)

    other = client.post(f"{url}/soort", data={"soort": "agenda"})

    assert "soort <strong>agenda</strong>" in read(client, other.headers["location"])
    assert client.post(f"{url}/soort", data={"soort": "../x"}).status_code == 422


def test_one_for_nobody_knows_what_asks_for_what(client: TestClient) -> None:
    plain = io.BytesIO()
    docx.Document().save(plain)

    url = sent(client, plain.getvalue(), "iets.docx")

    assert "lrtdocs weet niet waarvoor dit sjabloon is." in read(client, url)
    assert "Kies eerst voor welk soort document" in read(client, f"{url}/gebruiken")
    assert "Kies eerst bij" in read(client, f"{url}/vergelijken")


def test_a_mended_one_is_set_against_the_one_before(client: TestClient) -> None:
    first = sent(client, with_lines("{{ plats }}", "{{ dtum }}", "{{ overlg }}"))

    again = sent(client, with_lines("{{ plats }}"), "anders.docx", vorige=first.rpartition("/")[2])

    shown = read(client, again)
    assert "Vorige keer 3 problemen, nu 1." in shown
    assert "2 opgelost, 1 gebleven, 0 nieuw." in shown
    assert "soort <strong>agenda</strong>" in shown


def test_a_copy_with_remarks_is_fetched(client: TestClient) -> None:
    url = sent(client, with_lines("{{ plats }}"))

    answer = client.get(f"{url}/gemerkt")

    assert 'filename="agenda-nakijken.docx"' in answer.headers["content-disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as package:
        assert b"plats" in package.read("word/comments.xml")


def test_no_file_at_all_is_told(client: TestClient) -> None:
    for fields in ({}, {"bestand": ("", b"")}, {"bestand": ("agenda.docx", b"")}):
        answer = client.post("/sjablonen/insturen", data={"soort": "brief"}, files=fields or None)
        assert answer.status_code == 422
        assert "U hebt geen bestand gekozen." in answer.text
        assert '<option value="brief" selected>' in answer.text


@pytest.mark.parametrize("token", ["0" * 16, "%2e%2e%2fx", "x", "huisstijl.yaml"])
@pytest.mark.parametrize("page", ["", "/beeld?wat=problemen", "/proberen", "/gemerkt", "/bestand"])
def test_what_was_never_sent_is_not_there(client: TestClient, token: str, page: str) -> None:
    assert client.get(f"/sjabloon/{token}{page}").status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        "../../../../tmp/agenda.docx",
        "..\\..\\agenda.docx",
        "/etc/agenda.docx",
        'a"><script>alert(1)</script>.docx',
        "agenda\r\nx: y.docx",
        "\u202eagenda.docx",
        "a" * 900 + ".docx",
        ".",
    ],
)
def test_the_name_that_it_came_with_is_only_shown(
    client: TestClient, desk: Desk, folder: Path, name: str
) -> None:
    url = sent(client, SHIPPED, name)

    assert {p.suffix for p in desk.scratch.iterdir()} == {".docx"}
    assert {len(p.stem) for p in desk.scratch.iterdir()} == {16}
    assert not (folder / "sjablonen").exists()
    assert "<script>alert" not in client.get(url).text
    fetched = client.get(f"{url}/bestand").headers
    assert "x" not in fetched
    assert fetched["content-disposition"].startswith("attachment")


# --- hostile


def _bomb() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("[Content_Types].xml", b"<a/>")
        bomb.writestr("word/document.xml", b" " * 300_000_000)
    return made.getvalue()


def _member(name: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr(name, b"x")
    return made.getvalue()


DOCUMENT = zipfile.ZipFile(io.BytesIO(SHIPPED)).read("word/document.xml")
RELS = zipfile.ZipFile(io.BytesIO(SHIPPED)).read("word/_rels/document.xml.rels")
OFFICE = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _related(kind: bytes, target: bytes, more: bytes = b' TargetMode="External"') -> bytes:
    row = b'<Relationship Id="rIdX" Type="%s/%s" Target="%s"%s/>' % (OFFICE, kind, target, more)
    rels = RELS.replace(b"</Relationships>", row + b"</Relationships>")
    return changed({"word/_rels/document.xml.rels": rels})


def _dtd(entity: bytes) -> bytes:
    head, _, body = DOCUMENT.partition(b"?>")
    return changed({"word/document.xml": head + b"?><!DOCTYPE w [" + entity + b"]>" + body})


HOSTILE = {
    "a zip bomb": (_bomb, "LRT505"),
    "a member above": (lambda: _member("../../sjablonen/agenda.docx"), "LRT506"),
    "a member from the root": (lambda: _member("/etc/cron.d/x"), "LRT506"),
    "a member of Windows": (lambda: _member("..\\..\\x.docx"), "LRT506"),
    "an old Word document": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 5000, "LRT502"),
    "a web page": (lambda: b"<html><script>alert(1)</script></html>", "LRT501"),
    "a PDF": (lambda: b"%PDF-1.7\n" + b"x" * 500, "LRT501"),
    "half a file": (lambda: SHIPPED[: len(SHIPPED) // 2], "LRT504"),
    "a DTD": (lambda: _dtd(b'<!ENTITY x SYSTEM "file:///etc/passwd">'), "LRT508"),
    "a bomb of entities": (lambda: _dtd(b'<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">'), "LRT508"),
    "a template elsewhere": (
        lambda: _related(b"attachedTemplate", b"https://x.nl/a.dotm"),
        "LRT511",
    ),
    "a picture elsewhere": (lambda: _related(b"image", b"file:///etc/passwd"), "LRT511"),
    "a picture of a share": (lambda: _related(b"image", b"\\\\x.nl\\a\\b.png"), "LRT511"),
    "an object": (lambda: _related(b"oleObject", b"embeddings/a.bin", b""), "LRT510"),
    "macros": (lambda: _related(b"vbaProject", b"vbaProject.bin", b""), "LRT510"),
    "a document inside": (lambda: _related(b"aFChunk", b"a.html", b""), "LRT513"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_what_is_hostile_is_told_and_never_opened(
    client: TestClient, folder: Path, viewer: FakeViewer, case: str
) -> None:
    make, code = HOSTILE[case]
    before = files_in(folder)

    url = sent(client, make())

    shown = read(client, url)
    assert code in shown
    assert "Doe dit:" in shown
    assert "Neem in gebruik</a>" not in shown
    pictures = read(client, f"{url}/beeld?wat=problemen")
    assert code in pictures
    for page in ("proberen?beeld=ja", "vergelijken?beeld=ja", "gebruiken"):
        client.get(f"{url}/{page}")
    refused = client.post(f"{url}/gebruiken", data={"naam": "agenda", "stand": ""})
    assert refused.status_code == 409
    assert viewer.shown == [] or SHIPPED in viewer.shown
    assert make() not in viewer.shown
    assert files_in(folder) == before


@pytest.mark.parametrize(
    "tag",
    [
        "{{ ''.__class__ }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ overleg.__init__.__globals__ }}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}",
        "{% from '../huisstijl.yaml' import x %}",
        "{% extends '/etc/passwd' %}",
        "{{ self.__dict__ }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ lipsum.__globals__ }}",
        "{{ request }}",
        "{{ config }}",
        "{{ open('/etc/passwd').read() }}",
        "{{ '%s' | format(overleg) | attr('__class__') }}",
        "{% for x in range(1000000000) %}{{ x }}{% endfor %}",
        "{{ 'a' * 9999999999 }}",
    ],
)
def test_a_template_that_reaches_for_more_is_not_filled_nor_put_in_force(
    client: TestClient, folder: Path, desk: Desk, viewer: FakeViewer, tag: str
) -> None:
    house = folder / "huisstijl.yaml"
    house.write_text(f"vertrouwd: ja\n{house.read_text(encoding='utf-8')}", encoding="utf-8")
    url = sent(client, with_lines(tag))
    meeting = desk.files.id_of(folder / "2025-03-19-lrt.yaml")

    for what in ("gewoon", "veel", meeting):
        shown = read(client, f"{url}/beeld?wat={what}")
        assert "root:x:" not in shown
        assert "Waarom er geen beeld is" in shown

    assert client.get(f"{url}/voorbeeld").status_code == 422
    answer = client.post(f"{url}/gebruiken", data={"naam": "agenda", "stand": ""})
    assert answer.status_code == 409
    assert viewer.shown == []
    assert not (folder / "sjablonen").exists()


# --- tried, compared, put in force


def test_it_is_tried_with_an_example_and_with_a_meeting(
    client: TestClient, desk: Desk, folder: Path, viewer: FakeViewer
) -> None:
    url = sent(client, with_lines("Neem uw pas mee."))
    meeting = desk.files.id_of(folder / "2025-03-19-lrt.yaml")

    assert "Landelijke Regietafel" in read(client, f"{url}/proberen")
    for what in ("gewoon", "weinig", "veel", meeting):
        assert "/beeld/plaatje/" in read(client, f"{url}/beeld?wat={what}")
        paper = docx.Document(io.BytesIO(client.get(f"{url}/voorbeeld?met={what}").content))
        assert "Neem uw pas mee." in [p.text for p in paper.paragraphs]
    assert len(viewer.shown) == 4
    read(client, f"{url}/beeld?wat=veel")
    assert len(viewer.shown) == 4, "what was seen before is not made again"


@pytest.mark.parametrize("what", ["", "nergens", "../x", "nu-../x", "nu-"])
def test_it_is_tried_with_nothing_else(client: TestClient, viewer: FakeViewer, what: str) -> None:
    url = sent(client, SHIPPED)

    assert client.get(f"{url}/beeld", params={"wat": what}).status_code == 404
    assert viewer.shown == []


def test_what_is_otherwise_is_told_in_sentences(client: TestClient, viewer: FakeViewer) -> None:
    url = sent(client, with_lines("Neem uw pas mee."))

    shown = read(client, f"{url}/vergelijken?beeld=ja")

    assert "is nieuw: 'Neem uw pas mee.'" in shown
    assert shown.count("/beeld/plaatje/") == 2
    assert SHIPPED in viewer.shown
    same = sent(client, SHIPPED)
    assert "Er is geen verschil." in read(client, f"{same}/vergelijken")


def test_it_is_set_against_what_was_in_force_before_and_the_shipped_one(
    client: TestClient, desk: Desk, tmp_path: Path
) -> None:
    for line in ("Een.", "Twee."):
        path = tmp_path / f"{line}docx"
        path.write_bytes(with_lines(line))
        api.put_in_force(api.offer_template(path, "agenda.docx"), "agenda", desk.folder)
    url = sent(client, with_lines("Een."))

    first = read(client, f"{url}/vergelijken")
    ((before, _),) = re.findall(
        r'<option value="(eerder-[^"]*)"[^>]*>(agenda, in gebruik tot)', first
    )

    assert "'Twee.'" in first
    assert "Er is geen verschil." in read(client, f"{url}/vergelijken?met={before}")
    assert "is nieuw: 'Een.'" in read(client, f"{url}/vergelijken?met=achter-agenda-1")


def fields_of(page: str, button: str) -> dict[str, str]:
    """Return the hidden fields of the form with `button`."""
    form = next(f for f in re.findall(r"<form.*?</form>", page, re.DOTALL) if button in f)
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))


def agenda_of(folder: Path) -> str:
    made = api.render_one(folder / "2025-03-19-lrt.yaml", "agenda")
    return "\n".join(p.text for p in docx.Document(io.BytesIO(made)).paragraphs)


def test_it_is_put_in_force_and_put_back(client: TestClient, folder: Path) -> None:
    for line in ("Een.", "Twee."):
        url = sent(client, with_lines(line))
        asked = read(client, f"{url}/gebruiken")
        assert "2025-03-19-lrt.yaml" in asked
        done = client.post(f"{url}/gebruiken", data=fields_of(asked, "Neem in gebruik als agenda"))
        assert "geldt vanaf nu" in read(client, done.headers["location"])
        assert line in agenda_of(folder)

    shown = read(client, "/sjablonen")
    back = client.post("/sjablonen/terug", data=fields_of(shown, "Zet terug<"))

    assert back.status_code == 303
    assert "geldt weer" in read(client, back.headers["location"])
    assert "Een." in agenda_of(folder)
    own = client.post("/sjablonen/terug", data={"naam": "agenda", "eerder": ""})
    assert own.status_code == 409, "not without what was seen"
    seen = api.digest_in_force(folder, "agenda")
    client.post("/sjablonen/terug", data={"naam": "agenda", "eerder": "", "stand": seen})
    assert "Een." not in agenda_of(folder)
    assert len(api.list_earlier(folder, "agenda")) == 3


def test_one_that_somebody_else_changed_meanwhile_is_not_replaced(
    client: TestClient, folder: Path
) -> None:
    url = sent(client, with_lines("Van mij."))
    fields = fields_of(read(client, f"{url}/gebruiken"), "Neem in gebruik als agenda")
    (folder / "sjablonen").mkdir()
    (folder / "sjablonen" / "agenda.docx").write_bytes(with_lines("Van een ander."))

    answer = client.post(f"{url}/gebruiken", data=fields)

    assert answer.status_code == 409
    assert "is veranderd sinds u deze bladzijde opende" in answer.text
    assert "Van een ander." in agenda_of(folder)


@pytest.mark.parametrize("name", ["../agenda", "brief", "", "/tmp/x", "agenda\x00"])
def test_it_gets_no_other_name(client: TestClient, folder: Path, name: str) -> None:
    url = sent(client, SHIPPED)

    answer = client.post(f"{url}/gebruiken", data={"naam": name, "stand": ""})

    assert answer.status_code == 409
    assert not (folder / "sjablonen").exists()


def test_a_mail_merge_is_told_and_converted(client: TestClient, desk: Desk, folder: Path) -> None:
    shutil.copy(examples_folder() / "ontvangers-brief.csv", folder)
    url = sent(
        client, merge_of("Beste {MERGEFIELD naam}, tot ziens."), "uitnodiging.docx", soort="brief"
    )
    assert "Dit is een samenvoegdocument van Word" in read(client, url)

    listed = desk.files.id_of(folder / "ontvangers-brief.csv")
    made = client.post(f"{url}/omzetten", data={"lijst": listed})

    assert made.status_code == 303
    shown = read(client, made.headers["location"])
    assert "omgezet." in shown
    assert "uitnodiging-omgezet.docx" in shown
    assert "samenvoegdocument van Word" not in shown
    assert not (folder / "sjablonen").exists()


def test_only_so_many_are_kept(client: TestClient, desk: Desk) -> None:
    first = sent(client, SHIPPED)
    for _ in range(20):
        sent(client, SHIPPED)

    assert client.get(first).status_code == 404
    assert len(list(desk.scratch.iterdir())) == 20


# --- as a person does


def take(tab: Any, data: bytes, button: str, name: str = "agenda.docx") -> None:
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    tab.get_by_label("Word-document").set_input_files(file)
    tab.get_by_role("button", name=button).first.click()


@pytest.mark.browser
def test_a_broken_template_is_mended_tried_put_in_force_and_put_back(
    tab: Any, folder: Path
) -> None:
    tab.get_by_role("link", name="Sjablonen").click()
    assert judge_page(tab) == []

    take(tab, with_lines("{{ plats }}", "Zo {{ omschrijving }} goed."), "Kijk na")
    mark = tab.get_by_role("link", name="Fout 1: Het woord 'plats' is niet bekend.")
    mark.wait_for()
    mark.focus()
    tab.keyboard.press("Enter")
    chosen = tab.get_by_role("listitem").filter(has_text="Het woord 'plats' is niet bekend.")
    assert chosen.evaluate("e => e === document.activeElement")
    tab.get_by_role("link", name="Toon probleem 2 op de bladzijde").click()
    second = tab.get_by_role("link", name=re.compile("^Waarschuwing 2"))
    assert second.evaluate("e => e === document.activeElement")
    assert second.bounding_box()["width"] >= 24
    assert judge_page(tab) == []

    take(tab, with_lines("Neem uw pas mee."), "Kijk opnieuw na")
    tab.get_by_text("Vorige keer 2 problemen, nu 0.").wait_for()
    tab.get_by_role("img", name="Beeld van bladzijde 1 van agenda.docx").wait_for()
    assert judge_page(tab) == []

    _try_and_compare(tab)
    _put_in_force_and_back(tab, folder)


def _try_and_compare(tab: Any) -> None:
    tab.get_by_role("link", name="Probeer met gegevens").click()
    tab.get_by_role("img", name="Beeld van bladzijde 1").wait_for()
    assert judge_page(tab) == []
    meeting = tab.get_by_role("option", name=re.compile("^Landelijke Regietafel"))
    tab.get_by_label("Gegevens").select_option(meeting.get_attribute("value"))
    tab.get_by_role("button", name="Toon").click()
    tab.get_by_role("img", name="Beeld van bladzijde 1").wait_for()

    tab.get_by_role("link", name="Vergelijken").click()
    assert tab.get_by_text("is nieuw: 'Neem uw pas mee.'").is_visible()
    tab.get_by_role("img", name="Beeld van bladzijde 1").nth(1).wait_for()
    assert judge_page(tab) == []


def _put_in_force_and_back(tab: Any, folder: Path) -> None:
    tab.get_by_role("link", name="In gebruik nemen").click()
    assert tab.get_by_text("2025-03-19-lrt.yaml").is_visible()
    assert judge_page(tab) == []
    tab.get_by_role("button", name="Neem in gebruik als agenda").click()
    tab.get_by_text("geldt vanaf nu voor alle bestanden").wait_for()
    assert judge_page(tab) == []
    assert "Neem uw pas mee." in agenda_of(folder)

    tab.get_by_text("Terugzetten").click()
    tab.get_by_role("button", name="Zet terug agenda van lrtdocs").click()
    tab.get_by_text("geldt weer het sjabloon dat bij lrtdocs hoort").wait_for()
    assert "Neem uw pas mee." not in agenda_of(folder)
    assert judge_page(tab) == []


@pytest.mark.browser
def test_each_other_state_can_be_read_by_all(tab: Any) -> None:
    tab.get_by_role("link", name="Sjablonen").click()
    tab.get_by_role("button", name="Kijk na", exact=True).click()
    tab.get_by_text("U hebt geen bestand gekozen.").wait_for()
    assert judge_page(tab) == []

    take(tab, b"%PDF-1.7", "Kijk na", "agenda.docx")
    tab.get_by_text("LRT501").wait_for()
    assert judge_page(tab) == []
    tab.get_by_role("link", name="In gebruik nemen").click()
    assert judge_page(tab) == []

    tab.get_by_role("link", name="Alle sjablonen").click()
    take(tab, merge_of("Beste {MERGEFIELD naam}, tot ziens."), "Kijk na", "iets.docx")
    tab.get_by_role("heading", name="Dit is een samenvoegdocument van Word").wait_for()
    tab.get_by_role("img", name="Beeld van bladzijde 1").wait_for()
    assert judge_page(tab) == []

    tab.get_by_role("link", name="Alle sjablonen").click()
    tab.get_by_role("link", name="Welke woorden u in een sjabloon kunt gebruiken").click()
    tab.get_by_label("Zoek een woord").fill("actie")
    tab.get_by_role("button", name="Zoek").click()
    assert tab.get_by_role("heading", name="met 'actie'").is_visible()
    assert judge_page(tab) == []
    tab.get_by_label("Zoek een woord").fill("bestaat niet")
    tab.get_by_role("button", name="Zoek").click()
    assert tab.get_by_text("Geen woord gevonden").is_visible()
    assert judge_page(tab) == []


@pytest.mark.browser
def test_a_file_is_dropped_and_pages_are_there_without_a_script(tab: Any) -> None:
    tab.get_by_role("link", name="Sjablonen").click()
    tab.get_by_label("Word-document").evaluate(
        """(field, text) => {
            const data = new DataTransfer()
            const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0))
            data.items.add(new File([bytes], "agenda.docx"))
            field.form.dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true}))
        }""",
        base64.b64encode(with_lines("{{ plats }}")).decode(),
    )
    tab.get_by_text("Het woord 'plats' is niet bekend.").first.wait_for()
    cookies = tab.context.cookies()
    plain = tab.context.browser.new_context(java_script_enabled=False)
    plain.add_cookies(cookies)
    page = plain.new_page()
    page.goto(tab.url)
    page.get_by_role("link", name="Toon de bladzijden").click()
    page.get_by_role("link", name=re.compile("^Fout 1")).click()
    assert page.url.endswith("#probleem-1")
    assert page.get_by_role("link", name="Toon probleem 1 op de bladzijde").is_visible()
    plain.close()
