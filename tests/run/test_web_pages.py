"""`--html`: a page beside each paper and each letter, made by the same rules as those."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest
from command_running import Run, make_run
from mailing_making import make_mailing, run, write_list

from lrtdocs.errors import ExitCode
from lrtdocs.word.web.seal import source_of

MEETING = "overleg: LRT\ndatum: 2025-06-18\nagendapunten: [{titel: Opening}]\n"
EXAMPLE = Path(__file__).parents[2] / "examples" / "2025-03-19-lrt.yaml"


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Run:
    return make_run(capsys)


@pytest.fixture
def meeting(tmp_path: Path) -> Path:
    path = tmp_path / "lrt.yaml"
    path.write_text(MEETING, encoding="utf-8")
    (tmp_path / "huisstijl.yaml").write_text("afzenders: {a: {team: T}}\n", encoding="utf-8")
    return path


def change(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def belongs(docx: Path) -> bool:
    """Tell whether the page beside `docx` is of that document."""
    source = source_of(docx.with_suffix(".html").read_bytes())
    return source == hashlib.sha256(docx.read_bytes()).hexdigest()


def entries(folder: Path) -> list[dict[str, object]]:
    lines = (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
    return [row for row in map(json.loads, lines) if "status" in row]


# --- papers


@pytest.mark.parametrize("kind", ["agenda", "verslag"])
def test_a_paper_gets_a_page_beside_it(kind: str, meeting: Path, call: Run) -> None:
    result = call(kind, meeting, "--html")
    written = [Path(line) for line in result.out.splitlines()]

    assert result.code == 0
    assert [path.suffix for path in written] == [".docx", ".html"]
    assert belongs(written[0])


def test_a_name_that_ends_in_html_asks_for_a_page(meeting: Path, call: Run) -> None:
    call("agenda", meeting, "-o", meeting.parent / "uit.html")

    assert belongs(meeting.parent / "uit.docx")


def test_adopted_minutes_get_a_page_too(meeting: Path, call: Run) -> None:
    meeting.write_text(
        meeting.read_text(encoding="utf-8") + "dagtekening: 2025-06-20\n", encoding="utf-8"
    )
    text = meeting.read_text(encoding="utf-8").replace(
        "{titel: Opening}", "{titel: Opening, verslag: Tekst}"
    )
    meeting.write_text(text, encoding="utf-8")
    result = call("vaststellen", meeting, "--op", "2025-09-17", "--html")

    assert result.code == 0, result.err
    assert belongs(meeting.with_name("lrt-verslag.docx"))


def test_a_page_of_the_paper_as_it_was_is_told_with_how_to_renew_it(
    meeting: Path, call: Run
) -> None:
    call("agenda", meeting, "--html")
    meeting.write_text(
        meeting.read_text(encoding="utf-8").replace("Opening", "Aanvang"), encoding="utf-8"
    )
    told = call("agenda", meeting)
    renewed = call("html", meeting.with_name("lrt-agenda.docx"))

    assert "LRT840" in told.err
    assert f"lrtdocs html {meeting.with_name('lrt-agenda.docx')}" in told.err
    assert (renewed.code, "LRT840" in call("agenda", meeting).err) == (0, False)
    assert belongs(meeting.with_name("lrt-agenda.docx"))


def test_a_page_that_somebody_changed_is_kept(meeting: Path, call: Run) -> None:
    call("agenda", meeting, "--html")
    page = meeting.with_name("lrt-agenda.html")
    page.write_bytes(page.read_bytes().replace(b"Opening", b"Begin"))
    result = call("agenda", meeting, "--html")

    assert result.code == 0
    assert belongs(page.with_suffix(".docx"))
    kept = [path for path in meeting.parent.glob("lrt-agenda*.html") if path != page]
    assert [b"Begin" in path.read_bytes() for path in kept] == [True]
    assert kept[0].name in result.err


def test_a_publication_copy_gets_a_page_whose_marks_say_what_they_mean(
    meeting: Path, call: Run
) -> None:
    change(meeting, "agendapunten:", "aanwezig: [Mw. Jansen (AenM)]\nagendapunten:")
    result = call("openbaar", "maak", meeting, "-o", f"{meeting.parent / 'uit'}/", "--html")
    pages = sorted((meeting.parent / "uit").glob("*.html"))
    text = pages[0].read_text(encoding="utf-8")

    assert result.code == 0, result.err
    assert pages[0].name == "lrt-agenda-openbaar.html"
    assert 'aria-label="[5.1.2e], weggelaten, artikel 5.1, tweede lid, onder e"' in text
    assert "Jansen" not in text


def test_what_nobody_sees_of_an_edited_document_is_not_on_its_page(
    meeting: Path, call: Run
) -> None:
    from docx import Document

    call("agenda", meeting)
    paper = meeting.with_name("lrt-agenda.docx")
    document = Document(str(paper))
    document.core_properties.author = "A. Ambtenaar"
    document.save(str(paper))
    result = call("html", paper)
    page = paper.with_suffix(".html").read_text(encoding="utf-8")

    assert result.code == 0, result.err
    assert "Ambtenaar" not in page


def test_a_document_with_tracked_changes_gets_no_page(tmp_path: Path, call: Run) -> None:
    from docx_making import body_of

    path = tmp_path / "x.docx"
    path.write_bytes(
        body_of(
            '<w:p><w:del w:id="1" w:author="x"><w:r><w:delText>weg</w:delText></w:r></w:del></w:p>'
        )
    )
    result = call("html", path)

    assert result.code == 1
    assert "LRT436" in result.err
    assert not path.with_suffix(".html").exists()


# --- letters


def test_each_letter_gets_a_page_and_the_manifest_knows_it(tmp_path: Path) -> None:
    made = run(make_mailing(tmp_path / "m"), tmp_path / "uit", html=True)
    letters = sorted((tmp_path / "uit").glob("*.docx"))

    assert (made.exit_code, made.made, len(letters)) == (ExitCode.DONE, 5, 5)
    assert all(map(belongs, letters))
    pages = [hashlib.sha256(p.with_suffix(".html").read_bytes()).hexdigest() for p in letters]
    assert [entry["html"] for entry in entries(tmp_path / "uit")] == pages


def test_workers_make_the_same_pages(tmp_path: Path) -> None:
    path = make_mailing(tmp_path / "m")
    here, there = tmp_path / "hier", tmp_path / "daar"
    run(path, here, html=True)
    made = run(path, there, html=True, workers=2)
    pages = sorted(here.glob("*.html"))

    assert (made.made, len(pages)) == (5, 5)
    assert [page.read_bytes() for page in pages] == [
        (there / page.name).read_bytes() for page in pages
    ]


def test_the_same_again_makes_nothing_and_a_page_that_is_gone_is_made(tmp_path: Path) -> None:
    path, uit = make_mailing(tmp_path / "m"), tmp_path / "uit"
    run(path, uit, html=True)
    before = {file: file.stat().st_mtime_ns for file in uit.glob("*.[dh]*")}
    same = run(path, uit, html=True)
    after = {file: file.stat().st_mtime_ns for file in uit.glob("*.[dh]*")}
    gone = sorted(uit.glob("*.html"))[2]
    gone.unlink()
    again = run(path, uit, html=True)

    assert (same.made, same.same, before) == (0, 5, after)
    assert (again.made, again.same) == (1, 4)
    assert belongs(gone.with_suffix(".docx"))


def test_pages_can_be_asked_for_afterwards(tmp_path: Path) -> None:
    path, uit = make_mailing(tmp_path / "m"), tmp_path / "uit"
    run(path, uit)
    later = run(path, uit, html=True)

    assert later.failed == 0
    assert all(map(belongs, uit.glob("*.docx")))


def test_of_an_edited_letter_the_page_says_what_the_letter_says(tmp_path: Path) -> None:
    from docx import Document

    path, uit = make_mailing(tmp_path / "m"), tmp_path / "uit"
    run(path, uit, html=True)
    letter = min(uit.glob("*.docx"))
    document = Document(str(letter))
    document.paragraphs[0].runs[0].text = "Met de hand"
    document.save(str(letter))
    made = run(path, uit, html=True)

    assert made.edited == 1
    assert belongs(letter)
    assert "Met de hand" in letter.with_suffix(".html").read_text(encoding="utf-8")


def test_letters_made_without_pages_tell_of_pages_that_are_old(tmp_path: Path) -> None:
    path, uit = make_mailing(tmp_path / "m"), tmp_path / "uit"
    run(path, uit, html=True)
    write_list(path.parent, [f"Naam {i};Straat {i};1234 AB;Dorp;10\n" for i in range(1, 6)])
    without = run(path, uit)
    told = [one.message for one in without.problems if one.key == "LRT840.brieven"]
    renewed = run(path, uit, html=True)

    assert (without.made, len(told)) == (5, 1)
    assert "5 brieven" in told[0]
    assert [one.code for one in renewed.problems] == []
    assert all(map(belongs, uit.glob("*.docx")))


def test_a_run_broken_off_between_letters_and_pages_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from lrtdocs.run.letters.write import LetterWriter

    path, uit = make_mailing(tmp_path / "m"), tmp_path / "uit"

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(LetterWriter, "_make_page", stop)
        broken = run(path, uit, html=True)
    assert broken.exit_code is ExitCode.INTERRUPTED
    assert list(uit.glob("*.html")) == []
    whole = run(path, uit, html=True)

    assert whole.failed == 0
    assert all(map(belongs, uit.glob("*.docx")))
    other = tmp_path / "elders"
    run(path, other, html=True)
    for page in uit.glob("*.html"):
        assert page.read_bytes() == (other / page.name).read_bytes()


def test_a_page_that_cannot_be_made_does_not_stop_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from lrtdocs.word.web import page

    real, asked = page.make_page, list[bytes]()

    def fail_once(docx: bytes) -> page.WebPage:
        asked.append(docx)
        if len(asked) == 2:
            raise ValueError("stuk")
        return real(docx)

    monkeypatch.setattr(page, "make_page", fail_once)
    made = run(make_mailing(tmp_path / "m"), tmp_path / "uit", html=True)

    assert (made.exit_code, made.failed) == (ExitCode.LETTERS, 1)
    assert [one.code for one in made.problems] == ["LRT843"]
    assert len(list((tmp_path / "uit").glob("*.html"))) == 4


def test_the_command_tells_of_pages_as_of_letters(tmp_path: Path, call: Run) -> None:
    work = tmp_path / "work"
    shutil.copytree(EXAMPLE.parent, work)
    result = call("brieven", work / "brief.yaml", "-o", tmp_path / "uit", "--html", "--json")
    files = [row["bestand"] for row in map(json.loads, result.out.splitlines())
             if row["soort"] == "resultaat"]  # fmt: skip

    assert sorted(Path(file).suffix for file in files) == [".docx"] * 3 + [".html"] * 3


def test_one_letter_gets_a_page(tmp_path: Path, call: Run) -> None:
    work = tmp_path / "work"
    shutil.copytree(EXAMPLE.parent, work)
    result = call("brief", work / "brief.yaml", "--alleen", "1", "--html", "-o", f"{tmp_path}/")

    assert result.code == 0, result.err
    assert [belongs(path) for path in tmp_path.glob("*.docx")] == [True]
