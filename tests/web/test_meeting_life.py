"""A meeting from its papers to the next one, on the page, as a secretary goes through it."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
import pytest
from web_tab import judge_page

from lrtdocs import api

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from lrtdocs.web.desk import Desk

NAME = "2025-03-19-lrt.yaml"


def address(desk: Desk, part: str, name: str = NAME) -> str:
    return f"/vergadering/{desk.files.id_of(desk.folder / name)}/{part}"


def wait(desk: Desk, name: str) -> Any:
    job = desk.jobs.of(desk.files.id_of(desk.folder / NAME), name)
    assert job is not None
    assert desk.jobs.wait(job, 60)
    return job


def edited(path: Path) -> bytes:
    """The minutes at `path`, in which somebody changed three things in Word."""
    document, done = docx.Document(str(path)), 0
    for paragraph in document.paragraphs:
        if done < 3 and len(paragraph.text) > 60 and paragraph.runs:
            paragraph.runs[-1].text += f" Wijziging {done}."
            done += 1
    data = BytesIO()
    document.save(data)
    return data.getvalue()


PARTS = (
    *("stukken", "uitnodiging", "bundel", "volgende", "vaststellen", "verzonden", "terug"),
    "openbaar",
)


@pytest.mark.parametrize("part", PARTS)
def test_every_page_of_a_meeting_is_there_and_leads_to_the_others(
    client: TestClient, desk: Desk, part: str
) -> None:
    answer = client.get(address(desk, part))

    assert answer.status_code == 200
    for other in PARTS:
        assert f'href="{address(desk, other)}"' in answer.text


@pytest.mark.parametrize("part", PARTS)
def test_a_meeting_that_is_gone_is_told(client: TestClient, desk: Desk, part: str) -> None:
    where = address(desk, part)
    (desk.folder / NAME).unlink()

    assert client.get(where).status_code == 404


def test_papers_are_made_in_the_folder_as_the_command_does(client: TestClient, desk: Desk) -> None:
    where = address(desk, "stukken")

    assert client.post(where, data={"soort": ["agenda", "verslag"]}).status_code == 303
    wait(desk, "Stukken maken")

    made = {path.name for path in desk.folder.glob("*.docx")}
    assert made == {"2025-03-19-lrt-agenda.docx", "2025-03-19-lrt-verslag.docx"}
    shown = client.get(where).text
    assert all(name in shown for name in made)
    assert (desk.folder / "2025-03-19-lrt-agenda.docx").read_bytes() == api.render_one(
        desk.folder / NAME, "agenda"
    )


def test_a_kind_that_does_not_exist_is_no_paper(client: TestClient, desk: Desk) -> None:
    client.post(address(desk, "stukken"), data={"soort": ["../x", "<script>"]})

    assert list(desk.folder.glob("*.docx")) == []


def test_what_is_wrong_is_told_and_nothing_is_made(client: TestClient, desk: Desk) -> None:
    text = (desk.folder / NAME).read_text(encoding="utf-8")
    (desk.folder / NAME).write_text(
        text.replace("datum: 2025-03-19", "datum: ooit", 1), encoding="utf-8"
    )
    where = address(desk, "stukken")

    client.post(where, data={"soort": "agenda"})
    wait(desk, "Stukken maken")

    assert "ooit" in client.get(where).text
    assert list(desk.folder.glob("*.docx")) == []


def test_a_day_that_is_none_is_told_and_nothing_is_changed(client: TestClient, desk: Desk) -> None:
    before = (desk.folder / NAME).read_bytes()

    for part in ("vaststellen", "verzonden", "volgende"):
        answer = client.post(address(desk, part), data={"datum": "<b>binnenkort</b>"})
        assert answer.status_code == 422
        assert "&lt;b&gt;binnenkort&lt;/b&gt;" in answer.text

    assert (desk.folder / NAME).read_bytes() == before
    assert len(list(desk.folder.iterdir())) == 2


def test_of_three_changes_two_are_taken_over(client: TestClient, desk: Desk) -> None:
    api.make_documents([desk.folder / NAME], "verslag")
    document = edited(desk.folder / "2025-03-19-lrt-verslag.docx")
    where = address(desk, "terug")

    shown = client.post(where, files={"document": ("../../x.docx", document)}).text
    keys = re.findall(r'name="keuze" value="([^"]+)"', shown)
    token = re.search(r'name="stuk" value="([0-9a-f]+)"', shown)
    assert len(keys) == 3
    assert token is not None
    assert "x.docx" in shown
    assert token[1] not in re.sub(r'name="stuk" value="[0-9a-f]+"', "", shown)
    none = client.post(f"{where}/overnemen", data={"stuk": token[1], "bestand": "x.docx"})
    assert "U hebt niets aangevinkt." in none.text
    answer = client.post(
        f"{where}/overnemen", data={"stuk": token[1], "bestand": "x", "keuze": keys[:2]}
    )

    assert answer.status_code == 303
    text = (desk.folder / NAME).read_text(encoding="utf-8")
    assert [f"Wijziging {number}." in text for number in range(3)] == [True, True, False]
    assert list(desk.scratch.iterdir()) == []


def test_a_paper_that_cannot_be_read_is_told(client: TestClient, desk: Desk) -> None:
    where = address(desk, "terug")

    for data in (b"", b"geen docx", b"PK\x03\x04" + bytes(200), b"%PDF-1.7"):
        answer = client.post(where, files={"document": ("x.docx", data)})
        assert answer.status_code == 422, data
        assert "Traceback" not in answer.text
    assert client.post(where, data={}).status_code == 422


@pytest.mark.parametrize("token", ["", "0" * 32, "../../etc/passwd", "A" * 32])
def test_a_paper_that_was_not_sent_is_not_there(client: TestClient, desk: Desk, token: str) -> None:
    where = address(desk, "terug/overnemen")

    assert client.post(where, data={"stuk": token, "keuze": "x"}).status_code == 404


@pytest.mark.browser
def test_the_next_meeting_is_made_by_a_person(tab: Any, site: Desk) -> None:
    tab.goto(f"http://127.0.0.1:{site.port}{address(site, 'volgende')}")
    assert judge_page(tab) == []
    tab.get_by_label("Dag van de volgende vergadering").fill("18 juni 2025")
    tab.get_by_role("button", name="Bekijk wat er meegaat").click()
    tab.get_by_role("heading", name="Wat er meegaat").wait_for()
    assert judge_page(tab) == []
    tab.get_by_role("button", name="Maak de volgende vergadering").click()

    tab.locator("#formulier").wait_for()
    assert (site.folder / "2025-06-18-lrt.yaml").is_file()


@pytest.mark.browser
def test_a_paper_comes_back_from_word(tab: Any, site: Desk, tmp_path: Path) -> None:
    api.make_documents([site.folder / NAME], "verslag")
    document = tmp_path / "van Jan.docx"
    document.write_bytes(edited(site.folder / "2025-03-19-lrt-verslag.docx"))
    tab.goto(f"http://127.0.0.1:{site.port}{address(site, 'terug')}")
    assert judge_page(tab) == []
    tab.get_by_label("Het bewerkte document").set_input_files(document)
    tab.get_by_role("button", name="Bekijk wat er anders is").click()
    boxes = tab.get_by_role("group", name=re.compile("Wat u kunt overnemen")).get_by_role(
        "checkbox"
    )
    boxes.first.wait_for()
    assert boxes.count() == 3
    assert judge_page(tab) == []
    boxes.nth(1).uncheck()
    tab.get_by_role("button", name="Neem over wat is aangevinkt").click()

    tab.get_by_role("status").first.wait_for()
    text = (site.folder / NAME).read_text(encoding="utf-8")
    assert [f"Wijziging {number}." in text for number in range(3)] == [True, False, True]


@pytest.mark.browser
@pytest.mark.office
def test_agenda_and_minutes_are_made_and_taken_along(tab: Any, site: Desk) -> None:
    tab.goto(f"http://127.0.0.1:{site.port}{address(site, 'stukken')}")
    assert judge_page(tab) == []
    tab.get_by_role("button", name="Maak de stukken").click()
    tab.locator("#uitkomst").wait_for(timeout=90_000)
    assert judge_page(tab) == []

    for kind in ("agenda", "verslag"):
        for suffix in (".docx", ".pdf"):
            name = f"2025-03-19-lrt-{kind}{suffix}"
            with tab.expect_download() as download:
                tab.get_by_role("link", name=name).first.click()
            kept = Path(download.value.path()).read_bytes()
            assert kept == (site.folder / name).read_bytes()
            assert kept[:4] in {b"PK\x03\x04", b"%PDF"}


def test_an_invitation_and_an_adopted_paper(client: TestClient, desk: Desk) -> None:
    client.post(address(desk, "uitnodiging"))
    wait(desk, "Uitnodiging maken")
    assert {path.suffix for path in desk.folder.iterdir()} >= {".ics", ".eml"}
    api.make_documents([desk.folder / NAME], "verslag")

    answer = client.post(address(desk, "vaststellen"), data={"datum": "18 juni 2025"})

    assert answer.status_code == 303
    assert "vastgesteld: 2025-06-18" in (desk.folder / NAME).read_text(encoding="utf-8")
