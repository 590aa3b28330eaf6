"""A paper shown while it is typed: never an old one, and each place on it leads to its field."""

from __future__ import annotations

import os
import shutil
import signal
import threading
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from spot_words import put_words

from lrtdocs import api
from lrtdocs.api.showing import Overtaken, Sight, Spot, Viewer, nearest_spot
from lrtdocs.errors import Place, has_errors
from lrtdocs.pdf.picture import draw_pages
from lrtdocs.run.documents.report import Options
from lrtdocs.shipped import examples_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MEETING = """\
overleg: Overleg
datum: 2025-03-19
dagtekening: 2025-03-14
agendapunten:
  - titel: Opening
    inbrenger: voorzitter
    toelichting: Een tekst.
aanwezig:
  - Mw. De Vries (VNG)
"""


@pytest.fixture(scope="module")
def viewer() -> Iterator[Viewer]:
    viewer = Viewer(dpi=40)
    yield viewer
    viewer.close()


@pytest.fixture
def meeting(tmp_path: Path) -> Path:
    path = tmp_path / "overleg.yaml"
    path.write_text(MEETING, encoding="utf-8")
    return path


@pytest.mark.office
def test_text_that_is_not_saved_is_shown(viewer: Viewer, meeting: Path) -> None:
    text = MEETING.replace("aanwezig:", "  - titel: Nieuw punt\naanwezig:")

    sight = viewer.show(meeting, "agenda", text)

    titles = {spot.loc for spot in sight.spots if spot.loc[-1:] == ("titel",)}
    assert titles == {("agendapunten", 0, "titel"), ("agendapunten", 1, "titel")}
    assert sight.pages
    assert meeting.read_text(encoding="utf-8") == MEETING


@pytest.mark.office
def test_a_file_that_is_not_there_yet_is_shown_by_its_text(viewer: Viewer, tmp_path: Path) -> None:
    assert viewer.show(tmp_path / "nieuw.yaml", "agenda", MEETING).pages


@pytest.mark.office
def test_words_of_the_template_are_no_place_of_a_field(viewer: Viewer, tmp_path: Path) -> None:
    path = tmp_path / "overleg.yaml"
    text = MEETING + "contactpersoon: {naam: A. Bakker, email: lrt@voorbeeld.nl}\n"
    path.write_text(text, encoding="utf-8")

    sight = viewer.show(path, "agenda")

    boxes = [spot.box for spot in sight.spots if spot.loc == ("contactpersoon", "email")]
    assert len(boxes) == 1


# --- the spots


class Shown(NamedTuple):
    """A file of the examples as a kind of paper."""

    file: str
    kind: str
    public: bool = False


SHOWN = (
    Shown("2025-03-19-lrt.yaml", "agenda"),
    Shown("2025-03-19-lrt.yaml", "verslag"),
    Shown("openbaar/2026-10-07-opvang.yaml", "verslag"),
    Shown("openbaar/2026-10-07-opvang.yaml", "agenda", public=True),
    Shown("2025-03-19-lrt.yaml", "verslag", public=True),
    Shown("vergaderingen/gemeenteraad.yaml", "agenda"),
    Shown("vergaderingen/klankbordgroep.yaml", "verslag"),
    Shown("vergaderingen/werkgroep-uitwisseling.yaml", "verslag"),
    Shown("brief.yaml", "brief"),
    Shown("taakstelling-2025-II.yaml", "taakstelling"),
)


def paper_of(path: Path, shown: Shown) -> bytes:
    """Return the PDF that people get of a paper, made as they make it."""
    out = path.parent / "uit"
    out.mkdir()
    if shown.public:
        options = api.PublishOptions(output=str(out), pdf=True, concept=True)
        outcome = api.publish([path], options)
    elif shown.kind in {"brief", "taakstelling"}:
        outcome = api.make_letter(path, Options(output=str(out), pdf=True), ["1"])
    else:
        outcome = api.make_documents([path], shown.kind, Options(output=f"{out}/x.pdf"))
    pdfs = [path for path in outcome.written if path.suffix == ".pdf"]
    named = [path for path in pdfs if shown.kind in path.stem]
    assert pdfs, outcome.problems
    return (named or pdfs)[0].read_bytes()


def places_of(
    pdf: bytes, words: dict[str, tuple[str | int, ...]]
) -> Iterator[tuple[int, float, float, str]]:
    """Yield where each of `words` stands in `pdf`: its page, and its middle as fractions of it."""
    import pypdfium2

    with closing(pypdfium2.PdfDocument(pdf)) as document:
        for number in range(len(document)):
            page = document[number]
            width, height = page.get_size()
            text = page.get_textpage()
            for word in words:
                search = text.search(word, match_case=True)
                while found := search.get_next():
                    boxes = [text.get_charbox(at) for at in range(found[0], sum(found))]
                    x = (boxes[0][0] + boxes[-1][2]) / 2
                    y = (boxes[0][1] + boxes[0][3]) / 2
                    yield number, x / width, 1 - y / height, word


@pytest.mark.office
def test_a_click_on_a_word_lands_in_its_field(viewer: Viewer, tmp_path: Path) -> None:
    clicks, wrong = 0, list[tuple[object, ...]]()
    for at, shown in enumerate(SHOWN):
        folder = tmp_path / str(at)
        shutil.copytree(examples_folder(), folder)
        path = folder / shown.file
        text, words = put_words(path.read_text(encoding="utf-8"))
        path.write_text(text, encoding="utf-8")
        only = "1" if shown.kind in {"brief", "taakstelling"} else None
        sight = viewer.show(path, shown.kind, public=shown.public, only=only)
        assert sight.pages, (shown, sight.problems)
        paper = paper_of(path, shown)
        assert draw_pages(paper, 40) == sight.pages, shown  # it is the very paper that is shown
        for page, x, y, word in places_of(paper, words):
            seen = sight.pages[page]
            spot = nearest_spot(sight.spots, page, x, y, (seen.width, seen.height))
            clicks += 1
            if spot is None or spot.loc != words[word]:
                wrong.append((shown.file, shown.kind, word, words[word], spot and spot.loc))

    assert clicks >= 300
    assert len(wrong) <= clicks * 0.05, wrong


def test_a_click_beside_a_word_means_the_nearest_on_its_line_else_what_is_close() -> None:
    def spot(name: str, *box: float) -> Spot:
        left, top, width, height = box
        return Spot(0, (left, top, width, height), (name,), Place("x"))

    line = [spot("links", 0.1, 0.1, 0.2, 0.02), spot("rechts", 0.6, 0.1, 0.2, 0.02)]
    within = spot("binnen", 0.12, 0.1, 0.05, 0.02)
    page = (600, 800)

    def hit(x: float, y: float, at: int = 0) -> object:
        found = nearest_spot([*line, within], at, x, y, page)
        return found and found.loc[0]

    assert hit(0.25, 0.11) == "links"
    assert hit(0.13, 0.11) == "binnen"
    assert hit(0.55, 0.11) == "rechts"
    assert hit(0.02, 0.11) == "links"
    assert hit(0.25, 0.14) == "links"
    assert hit(0.25, 0.5) is None
    assert hit(0.25, 0.11, 1) is None


# --- never an old picture

WRONG = [
    *(("2025-03-19", date) for date in ("gisteren", "2025-13-01", "2025-02-30", "19", "{}", "[]")),
    *(("datum: 2025-03-19\n", text) for text in ("", "datum:\n", "daatum: 2025-03-19\n", "x\n")),
    *(("overleg: Overleg\n", text) for text in ("", "overleg:\n", "overleg: []\n", "overlag: O\n")),
    *(
        ("agendapunten:", f"{key}:")
        for key in ("agendapunt", "punten", "items", "overleg", "datum")
    ),
    *(
        ("  - titel: Opening\n", text)
        for text in ("", "  - Opening: x\n", "  - titel:\n", "- a: [")
    ),
    *(
        ("Opening", text)
        for text in ('"Opening', "[Opening", "{Opening", "Opening: x", "*weg", "!x")
    ),
    *(("Opening", text) for text in ("&a", "\\tb: c: d", "@wie", "`x", "%x", "|2x", "> x\\n- y")),
    *(
        ("    inbrenger", text)
        for text in ("\tinbrenger", "   inbrenger", "    ingebracht", "  - x")
    ),
    *(("voorzitter", text) for text in ("{a: b}", "'open", "x: y", "[[a]]", "[a, b")),
    *(("Een tekst.", text) for text in ("{a: b}", "[a", "x: y", "'x", "![](weg.png)")),
    *(("Mw. De Vries (VNG)", text) for text in ("{x: y}", "[", "{naam: }", "'", "{naam: [a]}")),
]


@pytest.mark.office
def test_fifty_wrong_states_show_no_page(viewer: Viewer, meeting: Path) -> None:
    assert viewer.show(meeting, "agenda").pages
    shown = []
    for before, after in WRONG:
        text = MEETING.replace(before, after)
        assert text != MEETING
        sight = viewer.show(meeting, "agenda", text)
        if sight.pages or not has_errors(sight.problems):
            shown.append(after)
        else:
            assert sight.spots == ()
            assert all(each.place.file for each in sight.problems)

    assert len(WRONG) - len(shown) >= 50, shown
    assert shown == []


@pytest.mark.office
def test_who_is_overtaken_is_told_so_and_the_newest_is_shown(viewer: Viewer, meeting: Path) -> None:
    seen: dict[str, object] = {}

    def look(title: str) -> None:
        try:
            seen[title] = viewer.show(meeting, "agenda", MEETING.replace("Opening", title), key=1)
        except Overtaken as error:
            seen[title] = error

    first, second = (threading.Thread(target=look, args=[title]) for title in ("een", "twee"))
    with viewer._turn:  # as while a picture is made
        first.start()
        before = wait_for(lambda: viewer._newest.get(1))
        second.start()
        wait_for(lambda: viewer._newest.get(1) is not before)
    first.join()
    second.join()

    assert isinstance(seen["een"], Overtaken)
    assert isinstance(seen["twee"], Sight)
    assert seen["twee"].pages


def wait_for(what: Callable[[], object]) -> object:
    """Return what `what` gives once that is something."""
    until = time.monotonic() + 20
    while not (found := what()):
        assert time.monotonic() < until
        time.sleep(0.002)
    return found


def offices() -> set[int]:
    """Return the groups of processes of each LibreOffice that this process started."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            command = stat.with_name("cmdline").read_bytes()
            if int(fields[1]) == os.getpid() and b"unoworker" in command and fields[0] != "Z":
                found.add(int(fields[2]))
    return found


@pytest.mark.office
def test_a_libreoffice_that_is_killed_gets_a_successor_and_none_is_left(meeting: Path) -> None:
    before = offices()
    viewer = Viewer(dpi=40)
    assert viewer.show(meeting, "agenda").pages
    (mine,) = offices() - before

    os.killpg(mine, signal.SIGKILL)

    assert viewer.show(meeting, "agenda").pages
    assert offices() - before
    assert mine not in offices()
    viewer.close()
    assert offices() == before
    assert viewer.show(meeting, "agenda").pages == ()


@pytest.mark.office
def test_a_libreoffice_that_hangs_is_told_and_the_next_picture_is_made(meeting: Path) -> None:
    viewer = Viewer(dpi=40, seconds=6)
    before = offices()
    try:
        assert viewer.show(meeting, "agenda").pages
        (mine,) = offices() - before
        os.killpg(mine, signal.SIGSTOP)

        sight = viewer.show(meeting, "agenda")

        assert (sight.pages, sight.problems[-1].code) == ((), "LRT408")
        assert viewer.show(meeting, "agenda").pages
    finally:
        viewer.close()
    assert offices() == before


@pytest.mark.office
def test_a_viewer_that_closes_does_not_wait_for_what_hangs(meeting: Path) -> None:
    viewer, before = Viewer(dpi=40), offices()
    assert viewer.show(meeting, "agenda").pages
    (mine,) = offices() - before
    os.killpg(mine, signal.SIGSTOP)
    seen: list[Sight] = []
    thread = threading.Thread(target=lambda: seen.append(viewer.show(meeting, "agenda")))
    thread.start()
    wait_for(lambda: viewer._newest)
    time.sleep(0.5)
    begun = time.monotonic()

    viewer.close()

    thread.join()
    assert time.monotonic() - begun < 10
    assert seen[0].pages == ()
    assert offices() == before
