"""A run with PDFs: what LibreOffice does wrong costs no letter, and is told with a remedy."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest
from docx import Document
from mailing_making import make_mailing, run, snapshot, write_list
from office_faking import forget_offices, install_fake
from pdf_converting import kept_office
from pdfminer.high_level import extract_text

from lrtdocs.errors import ExitCode
from lrtdocs.messages import Fault
from lrtdocs.pdf import probe
from lrtdocs.pdf.office.backend import TIMEOUT_SETTING
from lrtdocs.pdf.office.office import SETTING

if TYPE_CHECKING:
    from lrtdocs.run.documents.report import LettersOutcome

Fake = Callable[[str], Path]


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Fake]:
    """Return a function that puts a fake in the place of soffice, which is called each time."""
    monkeypatch.setattr("lrtdocs.pdf.office.server._candidates", lambda _office: [])
    monkeypatch.setenv(TIMEOUT_SETTING, "0.5")
    monkeypatch.setattr("lrtdocs.pdf.office.backend.SECONDS_PER_PAGE", 0.0)

    def install(name: str) -> Path:
        path = install_fake(tmp_path, name)
        monkeypatch.setenv(SETTING, str(path))
        return path

    forget_offices()
    yield install
    forget_offices()


@pytest.fixture
def real_office() -> str:
    return probe().path


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the runs of this test use the LibreOffice that stays up for all tests."""
    monkeypatch.setattr("lrtdocs.pdf.convert.choose_backend", lambda _office: kept_office())


def names(folder: Path, suffix: str) -> list[str]:
    return sorted(path.name for path in folder.glob(f"*{suffix}"))


def counts(outcome: LettersOutcome) -> tuple[int, int, int]:
    return outcome.made, outcome.same, outcome.failed


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("hangs", "was na 0.5 seconden nog bezig"),
        ("crashes", "is afgebroken"),
        ("writes_nothing", "heeft geen PDF geschreven"),
        ("writes_rubbish", "is niet heel"),
        ("writes_half", "is niet heel"),
        ("works", "staat niet de tekst van dit document"),
    ],
)
def test_a_soffice_that_hangs_crashes_or_lies_is_told_once_and_all_letters_are_there(
    fake: Fake, tmp_path: Path, name: str, told: str
) -> None:
    fake(name)
    path = make_mailing(tmp_path)
    outcome = run(path, tmp_path / "uit", pdf=True)
    assert outcome.exit_code == ExitCode.OFFICE
    assert (len(names(tmp_path / "uit", ".docx")), names(tmp_path / "uit", ".pdf")) == (5, [])
    (problem,) = [problem for problem in outcome.problems if problem.code == "LRT709"]
    assert "0001-Naam 1" in str(problem)
    assert told in str(problem)
    assert "bij alle 5 brieven; de Word-bestanden zijn er" in problem.message
    assert problem.remedy
    assert counts(run(path, tmp_path / "uit")) == (5, 0, 0)


def test_without_libreoffice_the_letters_are_made_and_how_to_install_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(SETTING, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("lrtdocs.pdf.office.office._usual_paths", list)
    outcome = run(make_mailing(tmp_path), tmp_path / "uit", pdf=True)
    assert outcome.exit_code == ExitCode.OFFICE
    assert len(names(tmp_path / "uit", ".docx")) == 5
    assert "doe dit: " in str(outcome.failures[0])


@pytest.mark.office
def test_one_letter_on_which_soffice_dies_is_named_and_all_others_are_made(
    fake: Fake, real_office: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake("chokes_on_a_letter").with_name("real").write_text(real_office, encoding="utf-8")
    monkeypatch.setenv(TIMEOUT_SETTING, "60")
    path = make_mailing(tmp_path)
    rows = [f"{name};S;1234 AB;P;1\n" for name in ("Een", "STUK", "Drie", "Vier")]
    write_list(tmp_path, rows)
    outcome = run(path, tmp_path / "uit", pdf=True)
    assert (counts(outcome), outcome.exit_code) == ((3, 0, 1), ExitCode.LETTERS)
    assert names(tmp_path / "uit", ".pdf") == ["0001-Een.pdf", "0003-Drie.pdf", "0004-Vier.pdf"]
    (problem,) = [problem for problem in outcome.problems if problem.code == "LRT709"]
    assert "0002-STUK" in str(problem)
    monkeypatch.setenv(SETTING, real_office)
    assert counts(run(path, tmp_path / "uit", pdf=True)) == (1, 3, 0)


@pytest.mark.office
@pytest.mark.usefixtures("kept")
def test_pdfs_and_one_file_to_print_are_made_once(tmp_path: Path) -> None:
    path = make_mailing(tmp_path)
    outcome = run(path, tmp_path / "uit", join=True)
    assert (counts(outcome), outcome.exit_code) == ((5, 0, 0), ExitCode.DONE)
    with pikepdf.open(tmp_path / "uit" / "m-samengevoegd.pdf") as whole:
        assert len(whole.pages) == 5
        with whole.open_outline() as outline:
            assert [item.title for item in outline.root] == [f"Naam {i}" for i in range(1, 6)]
    before = snapshot(tmp_path / "uit")
    assert counts(run(path, tmp_path / "uit", join=True)) == (0, 5, 0)
    assert snapshot(tmp_path / "uit") == before
    lines = (tmp_path / "uit" / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
    assert [line for line in map(json.loads, lines) if line.get("samengevoegd")]


@pytest.mark.office
@pytest.mark.usefixtures("kept")
def test_a_pdf_that_is_gone_is_made_again_and_no_other(tmp_path: Path) -> None:
    path = make_mailing(tmp_path, number=3)
    run(path, tmp_path / "uit", join=True)
    before = snapshot(tmp_path / "uit")
    (tmp_path / "uit" / "0002-Naam 2.pdf").unlink()
    assert counts(run(path, tmp_path / "uit", join=True)) == (1, 2, 0)
    assert snapshot(tmp_path / "uit") == before


@pytest.mark.office
@pytest.mark.usefixtures("kept")
def test_a_changed_letter_makes_its_pdf_old_until_pdfs_are_asked_for(tmp_path: Path) -> None:
    path = make_mailing(tmp_path, number=2)
    run(path, tmp_path / "uit", pdf=True)
    text = (tmp_path / "lijst.csv").read_text(encoding="utf-8")
    (tmp_path / "lijst.csv").write_text(text.replace("Plaats", "Elders"), encoding="utf-8")
    outcome = run(path, tmp_path / "uit")
    assert [problem.code for problem in outcome.problems if "711" in problem.code] == ["LRT711"]
    assert outcome.exit_code == ExitCode.DONE
    again = run(path, tmp_path / "uit")
    assert [problem.code for problem in again.problems if "711" in problem.code] == ["LRT711"]
    assert counts(run(path, tmp_path / "uit", pdf=True)) == (2, 0, 0)
    run(path, tmp_path / "vers", pdf=True)
    assert snapshot(tmp_path / "uit") == snapshot(tmp_path / "vers")


@pytest.mark.office
def test_a_print_file_waits_for_all_letters(
    fake: Fake, real_office: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake("chokes_on_a_letter").with_name("real").write_text(real_office, encoding="utf-8")
    monkeypatch.setenv(TIMEOUT_SETTING, "60")
    path = make_mailing(tmp_path)
    write_list(tmp_path, [f"{name};S;1234 AB;P;1\n" for name in ("Een", "STUK")])
    outcome = run(path, tmp_path / "uit", join=True)
    assert "LRT713" in {problem.code for problem in outcome.problems}
    assert not (tmp_path / "uit" / "m-samengevoegd.pdf").exists()


@pytest.mark.office
def test_the_last_of_a_run_with_pdfs_leaves_no_temporary_files(
    real_office: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tijdelijk").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tijdelijk"))
    run(make_mailing(tmp_path, number=2), tmp_path / "uit", join=True)
    assert list((tmp_path / "tijdelijk").iterdir()) == []
    assert not list((tmp_path / "uit").glob(".lrtdocs*"))


@pytest.mark.office
@pytest.mark.usefixtures("kept")
def test_the_pdf_of_a_letter_edited_by_hand_is_that_of_the_edited_letter(tmp_path: Path) -> None:
    path = make_mailing(tmp_path, number=3)
    run(path, tmp_path / "uit", join=True)
    letter = tmp_path / "uit" / "0002-Naam 2.docx"
    document = Document(str(letter))
    document.paragraphs[0].text = "Van mij"
    document.save(str(letter))
    told = run(path, tmp_path / "uit")
    assert {"LRT707", "LRT711"} <= {problem.code for problem in told.problems}
    outcome = run(path, tmp_path / "uit", join=True)
    assert (outcome.edited, outcome.failed, outcome.exit_code) == (1, 0, ExitCode.DONE)
    assert "Van mij" in extract_text(tmp_path / "uit" / "0002-Naam 2.pdf")
    assert "Van mij" in extract_text(tmp_path / "uit" / "m-samengevoegd.pdf")
    before = snapshot(tmp_path / "uit")
    again = run(path, tmp_path / "uit", join=True)
    assert "LRT711" not in {problem.code for problem in again.problems}
    assert snapshot(tmp_path / "uit") == before


# --- the file to print


def codes(outcome: LettersOutcome) -> set[str]:
    return {problem.code for problem in outcome.problems}


def printed(target: Path) -> int:
    with pikepdf.open(target / "m-samengevoegd.pdf") as whole:
        return len(whole.pages)


@pytest.mark.office
@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize(
    ("extra", "options", "pages", "told"),
    [
        ("", {"join": True}, 3, {"LRT740"}),
        ("dubbelzijdig: ja\n", {"join": True}, 6, set()),
        ("", {"two_sided": True}, 6, set()),
        ("dubbelzijdig: nee\n", {"join": True}, 3, set()),
        ("dubbelzijdig: nee\n", {"two_sided": True}, 6, set()),
    ],
)
def test_how_letters_are_printed_is_asked_where_it_matters(
    tmp_path: Path, extra: str, options: dict[str, bool], pages: int, told: set[str]
) -> None:
    outcome = run(make_mailing(tmp_path, 3, extra), tmp_path / "uit", **options)
    assert printed(tmp_path / "uit") == pages
    assert codes(outcome) & {"LRT740", "LRT713"} == told
    assert outcome.pages_line() == "3 × 1 bladzijde."


@pytest.mark.office
@pytest.mark.usefixtures("kept")
def test_following_the_advice_on_two_sides_makes_the_file_anew(tmp_path: Path) -> None:
    path = make_mailing(tmp_path, 3)
    (problem,) = [p for p in run(path, tmp_path / "uit", join=True).problems if p.code == "LRT740"]
    assert problem.fields["files"] == "0001-Naam 1.pdf, 0002-Naam 2.pdf"  # the last harms nobody
    make_mailing(tmp_path, 3, "dubbelzijdig: ja\n")
    outcome = run(path, tmp_path / "uit", join=True)
    assert (counts(outcome), codes(outcome) & {"LRT740"}) == ((0, 3, 0), set())
    assert printed(tmp_path / "uit") == 6


@pytest.mark.office
@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("pdf", [False, True])
def test_a_print_file_older_than_its_letters_is_told_until_it_is_made_again(
    tmp_path: Path, pdf: bool
) -> None:
    path = make_mailing(tmp_path, 3)
    assert "LRT742" not in codes(run(path, tmp_path / "uit", two_sided=True))
    run(path, tmp_path / "uit", only=("1",), join=True)
    text = (tmp_path / "lijst.csv").read_text(encoding="utf-8")
    text = text.replace("3;1234 AB;Plaats", "3;1234 AB;Elders")
    (tmp_path / "lijst.csv").write_text(text, encoding="utf-8")
    for _ in range(2):
        outcome = run(path, tmp_path / "uit", pdf=pdf)
        told = [problem for problem in outcome.problems if problem.code == "LRT742"]
        assert [Path(problem.place.file).name for problem in told] == ["m-samengevoegd.pdf"]
    assert "LRT742" not in codes(run(path, tmp_path / "uit", two_sided=True))


@pytest.mark.office
@pytest.mark.usefixtures("kept")
def test_a_print_file_that_cannot_be_made_anew_does_not_leave_the_old_one_untold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_mailing(tmp_path, 2)
    run(path, tmp_path / "uit", two_sided=True)
    write_list(tmp_path, [f"Naam {i};Plein;1234 AB;P;1\n" for i in (1, 2)])
    wrong = Fault("deel.print_vel", {"sheet": 1})
    monkeypatch.setattr("lrtdocs.pdf.bulk.join.check_sheets", lambda *_, **__: wrong)
    before = printed(tmp_path / "uit")
    outcome = run(path, tmp_path / "uit", two_sided=True)
    assert {"LRT713", "LRT742"} <= codes(outcome)
    assert outcome.exit_code == ExitCode.LETTERS
    assert printed(tmp_path / "uit") == before
    assert not list((tmp_path / "uit").glob(".lrtdocs*"))
