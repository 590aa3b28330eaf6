"""A run with PDFs: what LibreOffice does wrong costs no letter, and is told with a remedy."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest
from docx import Document
from mailing_making import MAIN, make_mailing, run, snapshot, write_list
from office_faking import forget_offices, install_fake
from pdf_converting import kept_office
from pdfminer.high_level import extract_text

from lrtdocs import api
from lrtdocs.errors import ExitCode
from lrtdocs.messages import Fault
from lrtdocs.pdf import ConversionError, FinishedPdf, probe
from lrtdocs.pdf.office.backend import TIMEOUT_SETTING
from lrtdocs.pdf.office.office import SETTING
from lrtdocs.run.letters.convert import Converter

if TYPE_CHECKING:
    from lrtdocs.run.documents.report import LettersOutcome
    from lrtdocs.run.letters.letter import PendingLetter

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
    assert counts(run(path, tmp_path / "uit")) == (0, 5, 0)


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


# --- after letters went out


@pytest.mark.office
@pytest.mark.usefixtures("kept")
def test_after_a_correction_the_file_to_print_has_the_new_letter_and_what_went_out(
    tmp_path: Path,
) -> None:
    """One of the PDFs that went out was made by hand: it is in it as it went out."""
    path, target = make_mailing(tmp_path, number=3), tmp_path / "uit"
    run(path, target, join=True)
    with pikepdf.open(target / "0001-Naam 1.pdf") as pdf:
        del pdf.Root.Metadata  # that says which letter it was made of
        pdf.save(target / "0003-Naam 3.pdf")
    assert not api.mark_sent(target, how="post").problems
    before = {name: snapshot(target)[name] for name in names(target, ".docx")}
    pdfs = {name: snapshot(target)[name] for name in names(target, ".pdf") if name[0] == "0"}
    rows = [f"Naam {i};Straat {i};1234 AB;Plaats;10\n" for i in (1, 2, 3)]
    write_list(tmp_path, [rows[0], rows[1].replace("Plaats", "Elders"), rows[2]])

    outcome = run(path, target, join=True)

    assert counts(outcome) == (1, 2, 0)
    after = snapshot(target)
    assert {name: after[name] for name in (*before, *pdfs)} == before | pdfs
    said = extract_text(target / "m-samengevoegd.pdf")
    assert "Aan Naam 2 te Elders" in said
    assert "Aan Naam 2 te Plaats" not in said
    assert said.count("Aan Naam 1 te Plaats") == 2
    (told,) = (problem for problem in outcome.problems if problem.key == "LRT742.verzonden")
    assert (told.fields["n"], told.fields["only"]) == (2, "2")
    assert counts(run(path, target, join=True)) == (0, 3, 0)
    assert snapshot(target) == after


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
    assert problem.fields["files"] == "0001-Naam 1.pdf en 0002-Naam 2.pdf"  # the last harms nobody
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
def test_the_remedy_for_an_old_print_file_of_some_letters_makes_that_one_anew(
    tmp_path: Path,
) -> None:
    path, target = make_mailing(tmp_path, 5), tmp_path / "uit"
    run(path, target, only=("1-3", "5"), two_sided=True)
    text = (tmp_path / "lijst.csv").read_text(encoding="utf-8")
    text = text.replace("2;1234 AB;Plaats", "2;1234 AB;Elders")
    (tmp_path / "lijst.csv").write_text(text, encoding="utf-8")
    (told,) = [problem for problem in run(path, target).problems if problem.code == "LRT742"]
    assert (told.key, told.fields["only"]) == ("LRT742.keuze", "1-3,5")
    assert "--alleen 1-3,5 --dubbelzijdig" in told.remedy
    only = str(told.fields["only"]).split(",")
    assert "LRT742" not in codes(run(path, target, only=only, two_sided=True))
    write_list(tmp_path, ["Ander;Straat 1;1234 AB;Plaats;10\n"])
    (told,) = [problem for problem in run(path, target).problems if problem.code == "LRT742"]
    assert told.key == "LRT742.weg"


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


@pytest.mark.office
@pytest.mark.usefixtures("kept")
def test_a_letter_that_got_its_pdf_elsewhere_still_makes_the_print_file_old(tmp_path: Path) -> None:
    path, target = make_mailing(tmp_path, 2), tmp_path / "uit"
    run(path, target, two_sided=True)
    letter = target / "0002-Naam 2.docx"
    document = Document(str(letter))
    document.paragraphs[0].text = "Van mij"
    document.save(str(letter))
    assert {"LRT711", "LRT742"} <= codes(run(path, target))
    api.make_pdfs([letter])
    told = codes(run(path, target))
    assert told & {"LRT711", "LRT742"} == {"LRT742"}
    assert codes(run(path, target, two_sided=True)) & {"LRT711", "LRT742"} == set()
    assert "Van mij" in extract_text(target / "m-samengevoegd.pdf")


# --- pages, and a run that is broken off


class FakeConverter:
    """Makes PDFs of so many `pages` a letter; with `broken_off` only until the third letter."""

    def __init__(self, pages: tuple[int, ...] = (1,) * 5, *, broken_off: bool = False) -> None:
        self._pages, self._broken_off = pages, broken_off

    def convert(
        self, letters: Iterable[PendingLetter], *_: object
    ) -> Iterator[Sequence[PendingLetter]]:
        self._letters = list(letters)
        for pending in self._letters:
            pages = self._pages[pending.letter.number - 1]
            pending.pdf = FinishedPdf(f"%PDF {pending.letter.file}".encode(), pages=pages)
        yield self._letters[:2]
        if self._broken_off:
            raise KeyboardInterrupt
        yield self._letters[2:]

    def stop(self) -> Iterator[Sequence[PendingLetter]]:
        self._letters[3].pdf = None
        self._letters[4].pdf = ConversionError.of("LRT427", "x", reason="gestopt")
        yield self._letters

    def close(self) -> None:
        pass


@pytest.fixture
def converting(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return a function that puts a fake converter in the place of LibreOffice."""

    def install(*pages: int, broken_off: bool = False) -> None:
        made = FakeConverter(pages or (1,) * 5, broken_off=broken_off)
        monkeypatch.setattr("lrtdocs.api.letters._start_converter", lambda: made)

    return install


def test_a_run_can_be_broken_off_while_no_pdf_is_ready() -> None:
    converter = object.__new__(Converter)  # without LibreOffice
    converter._waiting = deque([Future()])

    def tick() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        next(converter._take(tick))
    assert len(converter._waiting) == 1  # it may still be written


def test_a_run_that_is_broken_off_keeps_all_letters_and_the_pdfs_that_were_done(
    converting: Callable[..., None], tmp_path: Path
) -> None:
    path, target = make_mailing(tmp_path), tmp_path / "uit"
    converting(broken_off=True)
    outcome = run(path, target, pdf=True)
    assert (outcome.interrupted, outcome.made, outcome.waiting, outcome.failed) == (True, 3, 2, 0)
    assert "5 van 5 brieven zijn gemaakt, 3 met PDF; dezelfde opdracht" in outcome.last_line()
    assert len(names(target, ".docx")) == 5
    assert [name[:4] for name in names(target, ".pdf")] == ["0001", "0002", "0003"]
    converting()
    assert counts(run(path, target, pdf=True)) == (2, 3, 0)
    run(path, tmp_path / "vers", pdf=True)
    assert snapshot(target) == snapshot(tmp_path / "vers")


def test_pages_are_counted_and_the_letters_that_differ_named(
    converting: Callable[..., None], tmp_path: Path
) -> None:
    path, target = make_mailing(tmp_path), tmp_path / "uit"
    converting(1, 1, 2, 1, 1)
    expected = "4 × 1 bladzijde, 1 × 2 bladzijden (0003-Naam 3.pdf)."
    for _ in range(2):  # also when they are there already
        outcome = run(path, target, pdf=True)
        assert outcome.pages_line() == expected
        assert outcome.counts()["bladzijden"] == {"1": 4, "2": 1}
    assert run(path, target).pages_line() == ""


@pytest.mark.parametrize("before", [False, True])
def test_a_letter_with_too_many_pages_is_named_and_goes_into_no_print_file(
    converting: Callable[..., None], tmp_path: Path, before: bool
) -> None:
    path, target = make_mailing(tmp_path), tmp_path / "uit"
    converting(1, 1, 2, 3, 1)
    if before:
        run(path, target, pdf=True)
    outcome = run(path, target, at_most=1, join=True)
    told = [problem for problem in outcome.problems if problem.code == "LRT741"]
    assert [(Path(p.place.file).name, p.fields["pages"]) for p in told] == [
        ("0003-Naam 3.docx", 2),
        ("0004-Naam 4.docx", 3),
    ]
    assert outcome.exit_code == ExitCode.LETTERS
    assert "LRT713" in codes(outcome)
    assert not (target / "m-samengevoegd.pdf").exists()
    if not before:
        assert [name[:4] for name in names(target, ".pdf")] == ["0001", "0002", "0005"]
    assert "LRT741" not in codes(run(path, target, at_most=3))  # the remedy


@pytest.mark.office
@pytest.mark.skipif(sys.platform == "win32", reason="signals are a POSIX thing")
@pytest.mark.parametrize("times", [1, 2])
def test_ctrl_c_ends_a_libreoffice_that_hangs_at_once_and_leaves_nothing_of_it(
    tmp_path: Path, times: int
) -> None:
    path, target, temporary = make_mailing(tmp_path), tmp_path / "uit", tmp_path / "t"
    temporary.mkdir()
    told = {SETTING: str(install_fake(tmp_path, "hangs")), "TMPDIR": str(temporary)}
    process = subprocess.Popen(
        [*MAIN, "brieven", str(path), "-o", str(target), "--pdf"],
        env={**os.environ, **told},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    while process.poll() is None and len(names(target, ".docx")) < 5:
        time.sleep(0.02)
    time.sleep(0.5)
    for _ in range(times):
        process.send_signal(signal.SIGINT)
        time.sleep(0.1)
    start = time.monotonic()
    _, said = process.communicate(timeout=30)
    assert process.returncode == 130
    assert time.monotonic() - start < 10  # 2 on a quiet machine
    assert b"Ik rond af" in said
    assert len(names(target, ".docx")) == 5
    if times == 1:
        assert b"5 van 5 brieven zijn gemaakt, 0 met PDF" in said
        assert list(temporary.iterdir()) == []
