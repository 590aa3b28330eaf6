"""Papers stay right from one run to the next: what was edited, why letters are made again."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest
from mailing_making import make_mailing, run, write_list

from lrtdocs.api.documents import fill_file, make_documents
from lrtdocs.api.letters import make_letter
from lrtdocs.errors import ExitCode, Severity
from lrtdocs.run.documents.report import LettersOutcome, Options, Outcome
from lrtdocs.run.folder import disk
from lrtdocs.run.templates.templates import copy_shipped

MEETING = """\
overleg: LRT
datum: 2025-03-19
dagtekening: 2025-03-14
agendapunten:
  - titel: Opening
    verslag: De voorzitter opent.
"""


def told(outcome: Outcome, code: str = "LRT707") -> list[tuple[str, Severity]]:
    return [(each.key, each.severity) for each in outcome.problems if each.code == code]


def add_words(path: Path) -> bytes:
    """Edit a document with a library that leaves its properties alone."""
    document = docx.Document(str(path))
    document.add_paragraph("Met de hand")
    document.save(str(path))
    return path.read_bytes()


def stamp(path: Path) -> bytes:
    """Add a part to a document, and change nothing else, as a document system does."""
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("customXml/zaak.xml", "<zaak>12</zaak>")
    return path.read_bytes()


# --- documents that somebody edited


def make_agenda(folder: Path, **options: bool) -> Outcome:
    path = folder / "lrt.yaml"
    path.write_text(MEETING, encoding="utf-8")
    return make_documents([path], "agenda", Options(**options))


def fill_own(folder: Path, **options: bool) -> Outcome:
    document = docx.Document()
    document.add_paragraph("Aan {{ naam }}")
    document.save(str(folder / "eigen.docx"))
    (folder / "lrt.yaml").write_text("naam: Jan\n", encoding="utf-8")
    return fill_file(folder / "eigen.docx", folder / "lrt.yaml", Options(**options))


def make_one_letter(folder: Path, **options: bool) -> Outcome:
    return make_letter(make_mailing(folder, 1), Options(**options))


@pytest.mark.parametrize("edit", [add_words, stamp])
@pytest.mark.parametrize("make", [make_agenda, fill_own, make_one_letter])
def test_a_document_edited_by_any_tool_stays_and_is_kept_when_it_is_replaced(
    tmp_path: Path, make: object, edit: object
) -> None:
    assert callable(make)
    assert callable(edit)
    (path,) = make(tmp_path).written
    made = path.read_bytes()
    assert make(tmp_path).exit_code == ExitCode.DONE  # ours: replaced without a word
    for kept in ("oud", "oud2"):
        edited = edit(path)
        outcome = make(tmp_path)
        assert (outcome.exit_code, told(outcome, "LRT001")[0][0]) == (1, "LRT001.bewerkt")
        assert path.read_bytes() == edited
        outcome = make(tmp_path, overwrite=True)
        name = f"{path.stem}-{kept}.docx"
        assert (outcome.exit_code, told(outcome, "LRT001")[0][0]) == (0, "LRT001.oud")
        assert outcome.problems[-1].fields["name"] == name
        assert path.with_name(name).read_bytes() == edited
        assert path.read_bytes() == made
    assert not told(make(tmp_path, overwrite=True), "LRT001")  # nothing to keep


# --- letters that somebody edited


def change_list(folder: Path) -> None:
    write_list(folder, [f"Naam {i};Weg {i};1234 AB;Plaats;10\n" for i in range(1, 4)])


def test_edited_and_out_of_date_are_two_things_and_the_remedy_keeps_both_letters(
    tmp_path: Path,
) -> None:
    path, target = make_mailing(tmp_path, 3), tmp_path / "uit"
    run(path, target)
    edited = add_words(letter := target / "0002-Naam 2.docx")
    outcome = run(path, target)
    assert told(outcome) == [("LRT707.bewerkt", Severity.WARNING)]
    assert (
        outcome.last_line() == "3 brieven: 0 gemaakt, 2 ongewijzigd, 1 bewerkt in Word, 0 mislukt."
    )
    change_list(tmp_path)
    outcome = run(path, target)
    assert told(outcome) == [("LRT707.verouderd", Severity.ERROR)]
    assert "verouderd: adres anders" in outcome.problems[-1].message
    assert "--alleen 2 --overschrijf" in outcome.problems[-1].remedy
    assert "1 bewerkt en verouderd, 0 mislukt" in outcome.last_line()
    assert outcome.reasons == {"adres anders": 2}
    assert letter.read_bytes() == edited
    outcome = run(path, target, only=("2",), overwrite=True)
    assert told(outcome, "LRT001") == [("LRT001.oud", Severity.TIP)]
    assert (target / "0002-Naam 2-oud.docx").read_bytes() == edited
    assert "Weg 2" not in docx.Document(str(letter)).paragraphs[0].text  # not in this template
    again = run(path, target)
    assert (again.same, again.problems) == (3, [])


def test_a_letter_that_cannot_be_read_for_a_moment_is_edited_and_not_free(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, target = make_mailing(tmp_path, 3), tmp_path / "uit"
    run(path, target)
    edited = add_words(letter := target / "0002-Naam 2.docx")
    with monkeypatch.context() as locked:
        refuse_reading(locked, letter)
        assert told(run(path, target)) == [("LRT707.onleesbaar", Severity.WARNING)]
        change_list(tmp_path)
        outcome = run(path, target)
        assert told(outcome) == [("LRT707.onleesbaar", Severity.ERROR)]
        assert outcome.exit_code == ExitCode.LETTERS
        assert not told(run(path, target, overwrite=True))
    assert (target / "0002-Naam 2-oud.docx").read_bytes() == edited
    assert run(path, target).same == 3


def refuse_reading(patch: pytest.MonkeyPatch, path: Path) -> None:
    """Let nobody open `path`, as when it is locked or the network is away."""
    open_, zip_ = Path.open, zipfile.ZipFile.__init__

    def refuse(self: Path, *args: object, **more: object) -> object:
        if self == path:
            raise PermissionError(13, "locked")
        return open_(self, *args, **more)  # type: ignore[call-overload]

    def refuse_zip(self: zipfile.ZipFile, file: object, *args: object) -> None:
        if file == path:
            raise PermissionError(13, "locked")
        zip_(self, file, *args)  # type: ignore[arg-type]

    patch.setattr(Path, "open", refuse)
    patch.setattr(zipfile.ZipFile, "__init__", refuse_zip)


def test_a_kept_letter_comes_back_when_the_new_one_cannot_take_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, target = make_mailing(tmp_path, 3), tmp_path / "uit"
    run(path, target)
    edited = add_words(letter := target / "0002-Naam 2.docx")
    replace = disk.replace

    def fail(source: Path, to: Path) -> None:
        if to == letter and source.suffix == ".tmp":
            raise OSError(5, "fault")
        replace(source, to)

    monkeypatch.setattr(disk, "replace", fail)
    outcome = run(path, target, overwrite=True)
    assert outcome.failed == 1
    assert letter.read_bytes() == edited
    assert not (target / "0002-Naam 2-oud.docx").exists()


# --- why letters are made again


def change_mailing(folder: Path, old: str, new: str) -> None:
    path = folder / "m.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def change_template(folder: Path) -> None:
    make_mailing(folder, 3, text="Beste {{ naam }}")


def change_house(folder: Path) -> None:
    (folder / "huisstijl.yaml").write_text("afzenders: {a: {team: U}}\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (change_list, "adres anders"),
        (change_template, "sjabloon anders"),
        (change_house, "huisstijl anders"),
        (lambda folder: change_mailing(folder, "03-19", "03-20"), "dagtekening anders"),
        (lambda folder: change_mailing(folder, "Proef", "Echt"), "betreft anders"),
        (lambda folder: change_mailing(folder, "betreft: Proef\n", ""), "betreft anders"),
        (lambda folder: (change_list(folder), change_house(folder)), "huisstijl en adres anders"),
    ],
)
def test_why_letters_are_made_again_is_said(tmp_path: Path, change: object, reason: str) -> None:
    path = make_mailing(tmp_path, 3)
    assert not run(path, tmp_path / "uit").reasons
    assert callable(change)
    change(tmp_path)
    outcome = run(path, tmp_path / "uit")
    assert outcome.reason_lines() == [f"3 opnieuw: {reason}."]
    assert not run(path, tmp_path / "uit").reasons


def test_another_version_of_lrtdocs_is_said_and_so_is_a_letter_that_was_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, target = make_mailing(tmp_path, 3), tmp_path / "uit"
    run(path, target)
    (target / "0002-Naam 2.docx").unlink()
    assert run(path, target).reason_lines() == ["1 opnieuw: bestand niet meer in de map."]
    monkeypatch.setattr("lrtdocs.run.letters.run.maker", lambda: ("9.0", "isal-1"))
    assert run(path, target).reason_lines() == ["3 opnieuw: programmaversie anders."]


def test_a_mere_copy_of_the_template_makes_nothing_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_mailing(tmp_path, 3, extra="tekst: Dag.\n")
    change_mailing(tmp_path, "brief.docx", "brief")
    (tmp_path / "brief.docx").unlink()
    outcome: LettersOutcome = run(path, tmp_path / "uit")
    assert outcome.made == 3
    monkeypatch.chdir(tmp_path)
    copy_shipped("brief", None, overwrite=False)
    assert run(path, tmp_path / "uit").same == 3
