"""`lrtdocs kijk`: the picture of a file that somebody edits in an editor of their own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any

import browser
import httpx2
import pytest
import uvicorn
from paper_faking import FakeViewer
from web_tab import judge_page

from lrtdocs import api
from lrtdocs.errors import FileProblemError, UsageError
from lrtdocs.web import paper
from lrtdocs.web.app import make_app
from lrtdocs.web.desk import Desk
from lrtdocs.web.following import Followed, papers_to_follow, routes_of
from lrtdocs.web.serving import _listen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAME = "2025-03-19-lrt.yaml"


@pytest.fixture
def looking(folder: Path) -> Iterator[Any]:
    """A tab with the picture of the meeting in `folder`, that follows the file."""
    path = folder / NAME
    with _listen(0) as listening, browser.opened(offline=False, bypass_csp=False) as tab:
        desk = Desk(folder, listening.getsockname()[1])
        desk.viewer = FakeViewer(api.problems_in)
        followed = Followed(path, papers_to_follow(path))
        desk.on_close(followed.close)
        app = make_app(desk, [*routes_of(followed), *paper.routes])
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=1))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            tab.set_default_timeout(15_000)
            tab.goto(desk.link)
            wait(tab, "goed")
            yield tab
        finally:
            server.should_exit = True
            desk.close()
            thread.join()


def wait(tab: Any, state: str) -> None:
    tab.locator(f"section.beeld[data-staat={state}]").wait_for()


def picture(tab: Any) -> str:
    return tab.get_by_role("img").first.get_attribute("src")


def wait_for_another(tab: Any, than: str) -> None:
    tab.locator(f"section[data-staat=goed] li:first-child img:not([src='{than}'])").wait_for()


@pytest.mark.browser
def test_a_file_that_is_saved_elsewhere_gives_a_new_picture(looking: Any, folder: Path) -> None:
    before = picture(looking)
    path = folder / NAME

    path.write_text(path.read_text(encoding="utf-8").replace("Turfmarkt", "Plein"), "utf-8")

    wait_for_another(looking, before)
    assert judge_page(looking) == []


@pytest.mark.browser
def test_an_editor_that_puts_another_file_in_its_place_is_followed_too(
    looking: Any, folder: Path
) -> None:
    before = picture(looking)
    text = (folder / NAME).read_text(encoding="utf-8").replace("Turfmarkt", "Plein")
    (folder / "new.tmp").write_text(text, encoding="utf-8")

    (folder / "new.tmp").replace(folder / NAME)

    wait_for_another(looking, before)


@pytest.mark.browser
def test_what_is_wrong_is_told_with_file_and_line_above_a_greyed_page(
    looking: Any, folder: Path
) -> None:
    before = picture(looking)
    path = folder / NAME
    text = path.read_text(encoding="utf-8")
    line = text.split("\n").index("tijd: 10:00-11:30") + 1

    path.write_text(text.replace("tijd: 10:00", "tijdd: 10:00"), encoding="utf-8")

    wait(looking, "fout")
    assert picture(looking) == before
    looking.get_by_role("link", name=f"{NAME}, regel {line}").first.wait_for()
    looking.get_by_text("Dit beeld is van voor de laatste wijziging.").wait_for()
    assert judge_page(looking) == []

    path.write_text(text, encoding="utf-8")
    wait(looking, "goed")


@pytest.mark.browser
def test_the_house_style_is_followed_along(looking: Any, folder: Path) -> None:
    path = folder / "huisstijl.yaml"
    text = path.read_text(encoding="utf-8")
    with looking.expect_request("**/beeld/*/agenda"):
        path.write_text(f"{text}# anders\n", encoding="utf-8")

    wait(looking, "goed")


@pytest.mark.browser
def test_a_place_on_the_paper_is_told_by_file_line_and_field(looking: Any, folder: Path) -> None:
    lines = (folder / NAME).read_text(encoding="utf-8").split("\n")
    line = lines.index("tijd: 10:00-11:30") + 1

    looking.get_by_text("Plekken op het papier").click()
    looking.get_by_role("link", name=f"Bladzijde 1: {NAME}, regel {line}").click()

    looking.get_by_text(f"Dit staat in {NAME}, regel {line} (tijd).").first.wait_for()
    looking.get_by_text(f"{folder / NAME}:{line}").wait_for()
    assert judge_page(looking) == []


def test_the_paper_that_was_asked_for_comes_first(folder: Path) -> None:
    assert papers_to_follow(folder / NAME, "verslag")[0] == "verslag"
    assert papers_to_follow(folder / NAME)[0] == "agenda"


def test_a_paper_that_is_not_made_of_the_file_is_refused(folder: Path) -> None:
    with pytest.raises(UsageError) as caught:
        papers_to_follow(folder / NAME, "brief")

    assert [one.code for one in caught.value.problems] == ["LRT926"]


def test_of_a_house_style_there_is_no_picture(folder: Path) -> None:
    with pytest.raises(FileProblemError) as caught:
        papers_to_follow(folder / "huisstijl.yaml")

    assert [one.code for one in caught.value.problems] == ["LRT925"]


def test_a_file_that_is_not_there_is_told(folder: Path) -> None:
    with pytest.raises(FileProblemError) as caught:
        papers_to_follow(folder / "weg.yaml")

    assert [one.code for one in caught.value.problems] == ["LRT001"]


def test_ctrl_c_ends_it_without_traces(folder: Path) -> None:
    before = sorted(folder.iterdir())
    command = [sys.executable, "-c", "import lrtdocs.cli; lrtdocs.cli.main()"]
    running = subprocess.Popen(
        [*command, "kijk", str(folder / NAME), "--geen-browser"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert running.stdout is not None
    link = running.stdout.readline().strip()
    with httpx2.Client(follow_redirects=True, timeout=20) as client:
        assert client.get(link).status_code == 200
        stand = client.get(f"{link.partition('?')[0]}stand").json()["stand"]
        waiting = threading.Thread(
            target=client.get, args=[f"{link.partition('?')[0]}stand?na={stand}"]
        )
        waiting.start()
        running.send_signal(signal.SIGINT)
        _, told = running.communicate(timeout=20)
        waiting.join()

    assert told == ""
    assert running.returncode == 0
    assert sorted(folder.iterdir()) == before
