"""Every call that a run makes to the disk, failing once or for ever, in three ways."""

from __future__ import annotations

import errno
import inspect
import shutil
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from mailing_making import make_mailing, run, snapshot

from lrtdocs.clock import today
from lrtdocs.errors import ExitCode, LrtdocsError
from lrtdocs.run.documents.report import LettersOptions, LettersOutcome
from lrtdocs.run.folder import disk
from lrtdocs.run.folder.folder import Folder
from lrtdocs.run.folder.write import explain
from lrtdocs.run.letters.run import Prepared, make_letters, prepare

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Self

CODES = (errno.ENOSPC, errno.EACCES, errno.EIO)
CALLS = [name for name, call in vars(disk).items() if inspect.isfunction(call)]
LETTERS = {f"000{i}-Naam {i}.docx" for i in (1, 2, 3)}


class FaultyDisk:
    """A disk on which call number `at`, whatever it is, fails with `code`, once or for ever.

    What is closed is closed also if that fails. Nothing waits for a real disk.
    """

    def __init__(self, at: int = 0, code: int = 0, *, forever: bool = False) -> None:
        self.calls, self.at, self.code, self.forever = 0, at, code, forever
        self.failed: set[str] = set()

    def __enter__(self) -> Self:
        self._patches = pytest.MonkeyPatch()
        for name in CALLS:
            self._patches.setattr(disk, name, self._failing(name))
        return self

    def __exit__(self, *_: object) -> None:
        self._patches.undo()

    def _failing(self, name: str) -> Callable[..., object]:
        original = getattr(disk, name)

        def call(*arguments: object) -> object:
            self.calls += 1
            fails = self.at and (self.calls == self.at or (self.forever and self.calls > self.at))
            if name == "close" or not (fails or name.startswith("sync")):
                result = original(*arguments)
            else:
                result = None
            if fails:
                self.failed.add(name)
                raise OSError(self.code, "fault")
            return result

        return call


def send(prepared: Prepared, target: Path) -> LettersOutcome:
    outcome = LettersOutcome()
    try:
        make_letters(prepared, LettersOptions(target), outcome)
    except LrtdocsError as error:
        outcome.add_failure(error)
    return outcome


def prepared_in(folder: Path, text: str = "") -> Prepared:
    return prepared_for(make_mailing(folder, 3, text=text), folder)


def prepared_for(mailing: Path, target: Path) -> Prepared:
    found = prepare(mailing, LettersOptions(target), today(), LettersOutcome())
    assert found is not None
    return found


class Bench(NamedTuple):
    """A mailing to run under faults, what a whole run of it leaves, and a run that was killed."""

    mailing: Path
    whole: Path
    started: Path


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    folder = tmp_path_factory.mktemp("faults")
    mailing = make_mailing(folder / "nieuw", 3)
    send(prepared_for(mailing, folder / "heel"), folder / "heel")
    start_other(folder / "begonnen")
    return Bench(mailing, folder / "heel", folder / "begonnen")


def start_other(target: Path) -> None:
    """Leave a run of other letters that was killed in the middle of a line."""
    send(prepared_in(target.parent / "ouder", text="Beste {{ naam }}"), target)
    (target / "0002-Naam 2.docx").unlink()
    (target / ".lrtdocs-1.tmp").write_bytes(b"half")
    manifest = target / "manifest.jsonl"
    text = manifest.read_text(encoding="utf-8").replace("ouder/m.yaml", "nieuw/m.yaml")
    manifest.write_text(text[:-30], encoding="utf-8")


@pytest.mark.parametrize("forever", [False, True], ids=["once", "forever"])
@pytest.mark.parametrize("code", CODES, ids=lambda code: errno.errorcode[code])
@pytest.mark.parametrize("before", ["fresh", "started"])
def test_no_fault_loses_a_letter_in_silence_or_stops_the_next_run(
    tmp_path: Path, bench: Bench, before: str, code: int, forever: bool
) -> None:
    whole = snapshot(bench.whole)
    for at in range(1, 100):
        target = bench.whole.with_name(f"{tmp_path.name}-{at}")
        if before == "started":
            shutil.copytree(bench.started, target)
        old = snapshot(target) if target.exists() else {}
        prepared = prepared_for(bench.mailing, target)
        with FaultyDisk(at, code, forever=forever) as faulty:
            outcome = send(prepared, target)
        if faulty.calls < at:
            break
        judge(outcome, target, whole, old)
        left = {path.name for path in target.glob(".lrtdocs-*")}
        assert left <= old.keys() or "remove" in faulty.failed
        again = prepared_for(bench.mailing, target)
        assert send(again, target).exit_code == ExitCode.DONE
        assert snapshot(target) == whole
    assert 20 < at < 99


def judge(
    outcome: LettersOutcome, target: Path, whole: dict[str, str], old: dict[str, str]
) -> None:
    """Every file is whole, and every letter that is not right is told with what to do."""
    there = snapshot(target) if target.exists() else {}
    for name in LETTERS & there.keys():
        assert there[name] in {whole[name], old.get(name)}
        assert zipfile.ZipFile(target / name).testzip() is None
    right = {name for name in LETTERS if there.get(name) == whole[name]}
    if outcome.exit_code == ExitCode.DONE:
        assert right == LETTERS
        return
    assert outcome.exit_code == ExitCode.LETTERS
    assert not outcome.failures
    told = {Path(problem.place.file).name for problem in outcome.problems}
    assert all(problem.remedy for problem in outcome.problems)
    assert right | told >= LETTERS or target.name in told


@pytest.mark.parametrize("sign", ["~$02-Naam 2.docx", ".~lock.0002-Naam 2.docx#"])
def test_a_letter_open_in_word_is_named_and_the_others_are_made(tmp_path: Path, sign: str) -> None:
    path = make_mailing(tmp_path)
    (tmp_path / "uit").mkdir()
    (tmp_path / "uit" / sign).touch()
    outcome = run(path, tmp_path / "uit")
    assert (outcome.made, outcome.failed, outcome.exit_code) == (4, 1, ExitCode.LETTERS)
    (problem,) = [problem for problem in outcome.problems if problem.code == "LRT708"]
    assert "0002-Naam 2.docx" in problem.place.file
    assert "staat open in Word" in problem.message
    assert sign in problem.remedy


def test_a_letter_that_another_program_holds_is_named_and_the_others_are_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = disk.replace

    def refuse(source: Path, target: Path) -> None:  # as Windows does
        if target.name.startswith("0002"):
            raise PermissionError(errno.EACCES, "held")
        replace(source, target)

    prepared = prepared_in(tmp_path / "nieuw")
    start_other(tmp_path / "uit")
    (tmp_path / "uit" / "0002-Naam 2.docx").write_bytes(b"PK held")
    monkeypatch.setattr(disk, "replace", refuse)
    outcome = send(prepared, tmp_path / "uit")
    assert (outcome.made, outcome.failed, outcome.exit_code) == (2, 1, ExitCode.LETTERS)
    (problem,) = [problem for problem in outcome.problems if problem.code == "LRT708"]
    assert problem.place.file.endswith("0002-Naam 2.docx")
    assert "Sluit het bestand" in problem.remedy


def test_a_folder_in_which_nothing_can_be_written_is_told_once_and_counts_as_failed(
    tmp_path: Path,
) -> None:
    prepared = prepared_in(tmp_path)
    with FaultyDisk(1, errno.EROFS):
        outcome = send(prepared, tmp_path / "uit")
    assert (outcome.failed, outcome.total, outcome.exit_code) == (3, 3, ExitCode.LETTERS)
    (problem,) = outcome.problems
    assert "Kies met -o een andere map" in problem.remedy


def change_list(folder: Path) -> None:
    text = (folder / "lijst.csv").read_text(encoding="utf-8")
    (folder / "lijst.csv").write_text(text.replace("Naam 2", "Ander"), encoding="utf-8")


def test_a_long_list_that_changes_during_the_run_stops_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lrtdocs.source.lists.recipients.KEPT", 2)
    prepared = prepared_in(tmp_path)
    change_list(tmp_path)
    outcome = send(prepared, tmp_path / "uit")
    (problem,) = outcome.problems
    assert "is veranderd terwijl" in problem.message


def test_a_short_list_that_changes_during_the_run_is_sent_as_it_was_checked(tmp_path: Path) -> None:
    prepared = prepared_in(tmp_path)
    change_list(tmp_path)
    assert send(prepared, tmp_path / "uit").exit_code == ExitCode.DONE
    assert snapshot(tmp_path / "uit").keys() >= LETTERS


def test_an_edited_letter_that_cannot_be_read_is_told_and_not_raised(tmp_path: Path) -> None:
    (problem,) = Folder(tmp_path).read("0001-Weg.docx")
    assert (problem.code, Path(problem.place.file).name) == ("LRT708", "0001-Weg.docx")
    assert "is niet te lezen" in problem.message
    assert problem.remedy


@pytest.mark.parametrize(
    ("code", "key"),
    [
        (errno.ENOSPC, "LRT708.vol"),
        (errno.EDQUOT, "LRT708.quotum"),
        (errno.EROFS, "LRT708.rechten"),
        (errno.EMFILE, "LRT708.veel-open"),
        (errno.EISDIR, "LRT708.map"),
        (errno.EIO, "LRT708.anders"),
    ],
)
def test_a_letter_that_is_refused_says_why(code: int, key: str) -> None:
    assert explain(Path("a.docx"), OSError(code, "fault"), letter=True).key == key
