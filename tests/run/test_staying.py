"""Papers stay right from one run to the next: what was edited, why letters are made again."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from pathlib import Path

import docx
import pytest
from mailing_making import make_mailing, run, snapshot, write_list

from lrtdocs.api.checking import check
from lrtdocs.api.documents import fill_file, make_documents
from lrtdocs.api.letters import make_letter
from lrtdocs.errors import ExitCode, Place, Problem, Severity
from lrtdocs.model.ontvanger import Ontvanger
from lrtdocs.run.documents.report import LettersOptions, LettersOutcome, Options, Outcome
from lrtdocs.run.folder import disk
from lrtdocs.run.folder.manifest import Numbers
from lrtdocs.run.letters.numbering import number_recipients
from lrtdocs.run.letters.run import make_letters, prepare
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


def test_a_document_that_cannot_be_read_for_a_moment_is_not_replaced_and_told_as_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (path,) = make_agenda(tmp_path).written
    edited = add_words(path)
    with monkeypatch.context() as locked:
        refuse_reading(locked, path)
        assert told(make_agenda(tmp_path), "LRT001")[0][0] == "LRT001.misschien-bewerkt"
    assert path.read_bytes() == edited


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
    monkeypatch.setattr("lrtdocs.run.letters.job.maker", lambda: ("9.0", "isal-1"))
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


# --- numbers


def rows_of(*names: str, street: str = "Straat") -> list[str]:
    return [f"{name};{street} {name};1234 AB;Plaats;10\n" for name in names]


def numbers(target: Path) -> dict[str, int]:
    """Return the number in the letter to each recipient that has one, by name."""
    texts = (docx.Document(str(path)).paragraphs[0].text for path in target.glob("*.docx"))
    found = [re.fullmatch(r"Aan (.*) te .*, nummer (\d+)", text) for text in texts]
    return {match[1]: int(match[2]) for match in found if match}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (rows_of("Z", "A", "B", "C"), {"A": 1, "B": 2, "C": 3, "Z": 4}),
        (rows_of("C", "B", "A"), {"A": 1, "B": 2, "C": 3}),
        (rows_of("C", "A"), {"A": 1, "B": 2, "C": 3}),  # that of B stays, and is told
        (rows_of("A", "B", "C", street="Weg"), {"A": 1, "B": 2, "C": 3}),
        ([*rows_of("A"), "BB;Straat B;1234 AB;Plaats;10\n", *rows_of("C")],
         {"A": 1, "B": 2, "BB": 2, "C": 3}),
        (rows_of("D", "A", "C"), {"A": 1, "B": 2, "C": 3, "D": 4}),
        ([], {"A": 1, "B": 2, "C": 3}),
    ],
)  # fmt: skip
def test_a_number_belongs_to_its_recipient(
    tmp_path: Path, change: list[str], expected: dict[str, int]
) -> None:
    path, target = make_mailing(tmp_path), tmp_path / "uit"
    write_list(tmp_path, rows_of("A", "B", "C"))
    run(path, target, proof=1)  # gives all of them a number
    write_list(tmp_path, change)
    run(path, target, only=tuple(row[0] for row in change[:1])) if change else None
    write_list(tmp_path, rows_of("A", "B", "C"))
    run(path, target)
    write_list(tmp_path, change)
    run(path, target)
    assert numbers(target) == expected
    assert len({path.name for path in target.glob("*.docx")}) == len(expected)


def test_a_number_is_never_given_again_and_who_comes_back_has_the_old_one(tmp_path: Path) -> None:
    path, target = make_mailing(tmp_path), tmp_path / "uit"
    for names in ("ABC", "AB", "ABD", "A", "CADE"):
        write_list(tmp_path, rows_of(*names))
        outcome = run(path, target)
    assert numbers(target) == {"A": 1, "B": 2, "C": 3, "D": 4, "E": 5}
    assert "0002-B.docx" in told_of(outcome, "LRT710").message
    assert run(path, tmp_path / "ander").made == 4
    assert numbers(tmp_path / "ander") == {"C": 1, "A": 2, "D": 3, "E": 4}  # a folder of its own


def told_of(outcome: Outcome, code: str) -> Problem:
    (problem,) = [problem for problem in outcome.problems if problem.code == code]
    return problem


def test_who_comes_back_as_the_same_has_the_old_number_though_a_namesake_goes(
    tmp_path: Path,
) -> None:
    path, target = make_mailing(tmp_path), tmp_path / "uit"
    both = ["A;Weg 1;1234 AB;P;1\n", "A;Weg 2;1234 AB;P;1\n"]
    for rows in (both, both[1:], both[:1]):
        write_list(tmp_path, rows)
        outcome = run(path, target)
    assert (outcome.same, (target / "0001-A.docx").exists()) == (1, True)


def test_who_is_who_is_not_guessed_and_the_remedy_keeps_the_numbers(tmp_path: Path) -> None:
    path, target = make_mailing(tmp_path), tmp_path / "uit"
    both = ["A;Weg 1;1234 AB;P;1\n", "A;Weg 2;1234 AB;P;1\n"]
    write_list(tmp_path, both)
    run(path, target)
    write_list(tmp_path, ["A;Weg 3;1234 AB;P;1\n"])  # one of them moved, the other went
    outcome = run(path, target)
    assert told_of(outcome, "LRT747").fields == {"name": "A", "number": 3}
    assert (target / "0003-A.docx").exists()
    write_list(tmp_path, both)
    assert run(path, target).same == 2
    write_list(tmp_path, both[1:])
    run(path, target)
    write_list(tmp_path, ["A;Weg 3;1234 AB;P;1\n"])
    outcome = run(path, target)
    assert (outcome.made, outcome.reasons) == (1, {"adres anders": 1})
    assert not [problem for problem in outcome.problems if problem.code == "LRT747"]


def test_rows_of_one_gemeente_that_differ_in_one_cell_keep_their_numbers(tmp_path: Path) -> None:
    path, target = make_mailing(tmp_path), tmp_path / "uit"

    def list_of(*rows: str) -> None:
        lines = "".join(f"GM0014;Groningen;Postbus 1;9700 AA;Groningen;{row}\n" for row in rows)
        head = "code;naam;adres;postcode;plaats;locatie;aantal\n"
        (tmp_path / "lijst.csv").write_text(head + lines, encoding="utf-8")
        run(path, target)

    docx_text = "Aan {{ locatie }} te {{ plaats }}, nummer {{ volgnummer }}"
    make_mailing(tmp_path, text=docx_text, extra='bestandsnaam: "{volgnummer}"\n')
    list_of("Noord;1", "Zuid;1", "West;1")
    list_of("Zuid;1", "West;1", "Noord;1")
    assert numbers(target) == {"Noord": 1, "Zuid": 2, "West": 3}
    list_of("West;5", "Noord;5", "Zuid;5")  # all of them another number, and sorted
    assert numbers(target) == {"Noord": 1, "Zuid": 2, "West": 3}
    list_of("Oost;5", "Noord;5", "Zuid;5")  # one cell of one row
    assert numbers(target) == {"Noord": 1, "Zuid": 2, "Oost": 3}
    list_of("Noord;5", "Zuid;5")
    list_of("Midden;5", "Noord;5", "Zuid;5")
    assert numbers(target) == {"Noord": 1, "Zuid": 2, "Oost": 3, "Midden": 4}


def test_a_manifest_of_before_numbers_were_kept_tells_them_too(tmp_path: Path) -> None:
    path, target = make_mailing(tmp_path), tmp_path / "uit"
    rows = ["GM0363;;Weg 1;1234 AB;P\n", ";B;Weg 2;1234 AB;P\n"]
    head = "code;naam;adres;postcode;plaats\n"
    (tmp_path / "lijst.csv").write_text(head + "".join(rows), encoding="utf-8")
    run(path, target)
    manifest = target / "manifest.jsonl"
    lines = manifest.read_text(encoding="utf-8").splitlines(keepends=True)
    old = "".join(line for line in lines if not re.search('"(basis|kenmerken)"', line))
    manifest.write_text(old, encoding="utf-8")
    rows = [";X;Weg 9;1234 AB;P\n", *reversed(rows)]
    (tmp_path / "lijst.csv").write_text(head + "".join(rows), encoding="utf-8")
    outcome = run(path, target)
    assert (outcome.same, outcome.made, outcome.problems) == (2, 1, [])
    assert numbers(target) == {"Amsterdam": 1, "B": 2, "X": 3}


def test_a_lost_manifest_is_told_and_the_remedy_gives_everybody_the_old_number(
    tmp_path: Path,
) -> None:
    path, target = make_mailing(tmp_path), tmp_path / "uit"
    write_list(tmp_path, rows_of("A", "B", "C"))
    assert not run(path, target).problems
    kept = (target / "manifest.jsonl").read_bytes()
    edited = add_words(target / "0003-C.docx")
    (target / "manifest.jsonl").unlink()
    write_list(tmp_path, rows_of("B", "C"))
    outcome = run(path, target)
    assert told_of(outcome, "LRT748").key == "LRT748.weg"
    (target / "manifest.jsonl").write_bytes(kept)
    outcome = run(path, target)
    assert (numbers(target)["B"], outcome.edited) == (2, 1)
    assert (target / "0003-C.docx").read_bytes() == edited


def test_numbers_that_another_run_gave_meanwhile_stop_this_one(tmp_path: Path) -> None:
    path, target, outcome = make_mailing(tmp_path), tmp_path / "uit", LettersOutcome()
    options = LettersOptions(target)
    prepared = prepare(path, options, date(2025, 3, 19), outcome)
    write_list(tmp_path, rows_of("X", "Y"))
    run(path, target)
    assert prepared is not None
    with outcome.gathering():
        make_letters(prepared, options, outcome)
    assert told_of(outcome, "LRT001").key == "LRT001.veranderd"
    assert numbers(target) == {"X": 1, "Y": 2}


def test_one_letter_in_the_folder_of_a_run_has_the_number_of_the_run(tmp_path: Path) -> None:
    path, target = make_mailing(tmp_path), tmp_path / "uit"
    write_list(tmp_path, rows_of("A", "B"))
    run(path, target)
    write_list(tmp_path, rows_of("B"))
    make_letter(path, Options(str(target / "b.docx")))
    assert numbers(target)["B"] == 2


# --- the day on a paper


def on_day(patch: pytest.MonkeyPatch, day: int) -> None:
    patch.setenv("SOURCE_DATE_EPOCH", str(1743500000 + day * 86400))  # 1 April 2025


UNDATED = MEETING.replace("dagtekening: 2025-03-14\n", "").replace("2025-03-19", "2025-04-10")


@pytest.mark.parametrize(
    ("kind", "key"), [("agenda", "dagtekening"), ("verslag", "dagtekening_verslag")]
)
def test_a_paper_without_a_day_keeps_the_first_and_the_remedy_says_which(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, key: str
) -> None:
    path = tmp_path / "lrt.yaml"
    path.write_text(UNDATED, encoding="utf-8")
    on_day(monkeypatch, 0)
    outcome = make_documents([path], kind)
    first = outcome.written[0].read_bytes()
    on_day(monkeypatch, 3)
    outcome = make_documents([path], kind)
    assert outcome.written[0].read_bytes() == first
    assert told_of(outcome, "LRT270").remedy == f"Zet in dit bestand: {key}: 2025-04-01"
    path.write_text(f"{key}: 2025-04-01\n{UNDATED}", encoding="utf-8")
    outcome = make_documents([path], kind)
    assert outcome.written[0].read_bytes() == first
    assert not [problem for problem in outcome.problems if problem.code == "LRT270"]


def test_letters_without_a_day_keep_that_of_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, target = make_mailing(tmp_path), tmp_path / "uit"
    change_mailing(tmp_path, "dagtekening: 2025-03-19\n", "")
    on_day(monkeypatch, 0)
    assert (
        told_of(run(path, target), "LRT270").remedy == "Zet in dit bestand: dagtekening: 2025-04-01"
    )
    on_day(monkeypatch, 3)
    assert run(path, target).same == 5
    assert "4 april" in told_of(run(path, tmp_path / "ander"), "LRT270").message
    change_mailing(tmp_path, "betreft", "dagtekening: 2025-04-01\nbetreft")
    outcome = run(path, target)
    assert (outcome.same, outcome.problems) == (5, [])


def test_one_letter_without_a_day_keeps_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_mailing(tmp_path, 1)
    change_mailing(tmp_path, "dagtekening: 2025-03-19\n", "")
    on_day(monkeypatch, 0)
    (letter,) = make_letter(path).written
    first = letter.read_bytes()
    on_day(monkeypatch, 3)
    outcome = make_letter(path)
    assert letter.read_bytes() == first
    assert "1 april" in told_of(outcome, "LRT270").message


@pytest.mark.parametrize(
    ("day", "kind", "key"),
    [(9, "agenda", "LRT270.stuk"), (10, "agenda", "LRT270.na"), (10, "verslag", "LRT270.stuk")],
)
def test_an_agenda_without_a_day_after_the_meeting_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, day: int, kind: str, key: str
) -> None:
    path = tmp_path / "lrt.yaml"
    path.write_text(UNDATED, encoding="utf-8")
    on_day(monkeypatch, day)
    assert told_of(make_documents([path], kind), "LRT270").key == key


# --- what is odd in a folder


def test_a_letter_under_its_old_name_is_told_with_the_new_one_and_that_it_was_edited(
    tmp_path: Path,
) -> None:
    path, target = make_mailing(tmp_path), tmp_path / "uit"
    write_list(tmp_path, rows_of("A", "B", "C"))
    run(path, target)
    edited = add_words(target / "0002-B.docx")
    write_list(tmp_path, [*rows_of("A"), "BB;Straat B;1234 AB;Plaats;10\n"])
    told = told_of(run(path, target), "LRT710").message
    assert "0002-B.docx (nu 0002-BB.docx, bewerkt) en 0003-C.docx." in told
    assert (target / "0002-B.docx").read_bytes() == edited


def test_a_letter_that_was_packed_anew_is_nobodys_work_and_why_it_is_made_is_said(
    tmp_path: Path,
) -> None:
    path, target = make_mailing(tmp_path, 2), tmp_path / "uit"
    run(path, target)
    letter = target / "0001-Naam 1.docx"
    with zipfile.ZipFile(letter) as package:
        members = {name: package.read(name) for name in reversed(package.namelist())}
    with zipfile.ZipFile(letter, "w", zipfile.ZIP_STORED) as package:
        for name, data in members.items():
            package.writestr(name, data)
    outcome = run(path, target)
    assert outcome.reason_lines() == ["1 opnieuw: bestand beschadigd of vervangen."]
    assert not outcome.problems


@pytest.mark.parametrize("left", ["", '{"formaat": 1, "mail'])
def test_an_emptied_manifest_is_a_lost_one(tmp_path: Path, left: str) -> None:
    path, target = make_mailing(tmp_path, 2), tmp_path / "uit"
    run(path, target)
    (target / "manifest.jsonl").write_text(left, encoding="utf-8")
    assert told_of(run(path, target), "LRT748").key == "LRT748.weg"


def test_a_manifest_that_cannot_be_read_stops_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, target = make_mailing(tmp_path, 2), tmp_path / "uit"
    run(path, target)
    refuse_reading(monkeypatch, target / "manifest.jsonl")
    outcome = run(path, target)
    assert (told_of(outcome, "LRT748").key, outcome.total) == ("LRT748.onleesbaar", 0)


def test_a_loose_letter_to_who_has_no_number_is_told_and_the_remedy_gives_one(
    tmp_path: Path,
) -> None:
    path, target = make_mailing(tmp_path), tmp_path / "uit"
    write_list(tmp_path, rows_of("A", "B"))
    run(path, target)
    write_list(tmp_path, rows_of("C", "A", "B"))
    outcome = make_letter(path, Options(str(target / "c.docx")), only=("C",))
    assert "--alleen 3:" in told_of(outcome, "LRT747").remedy
    run(path, target, only=("3",))
    outcome = make_letter(path, Options(str(target / "c.docx")), only=("C",))
    assert (outcome.problems, numbers(target)["C"]) == ([], 3)


def test_a_folder_in_the_place_of_a_document_is_not_told_as_edited(tmp_path: Path) -> None:
    (tmp_path / "lrt-agenda.docx").mkdir()
    assert told_of(make_agenda(tmp_path), "LRT001").key == "LRT001.map"


def test_another_gemeente_at_the_same_address_is_another_recipient() -> None:
    address = {"adres": "Postbus 1", "plaats": "Ede", "plaats_in_bestand": Place("l.csv", 2)}
    old = Ontvanger(code="GM0307", naam="Amersfoort", **address)
    new = Ontvanger(code="GM0303", naam="Dronten", **address)
    numbering = number_recipients(number_recipients(Numbers(), [old]).records, [new])
    assert list(numbering.rows) == [2]
    assert [problem.key for problem in numbering.problems] == ["LRT747.open"]


# --- what the check foresees


def _move_one(folder: Path) -> None:
    write_list(folder, ["A;Weg 3;1234 AB;P;1\n", *rows_of("B", "C")])


def _edit_one(folder: Path) -> None:
    add_words(folder / "uit" / "0003-B.docx")


def _edit_an_outdated_one(folder: Path) -> None:
    _edit_one(folder)
    text = (folder / "lijst.csv").read_text(encoding="utf-8")
    text = text.replace("Straat B;1234 AB;Plaats", "X;1234 AB;Y")
    (folder / "lijst.csv").write_text(text, encoding="utf-8")


def _rename_an_edited_one(folder: Path) -> None:
    _edit_one(folder)
    text = (folder / "lijst.csv").read_text(encoding="utf-8").replace("\nB;", "\nBB;")
    (folder / "lijst.csv").write_text(text, encoding="utf-8")


def _leave_one_out(folder: Path) -> None:
    lines = (folder / "lijst.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "lijst.csv").write_text("".join(lines[:-1]), encoding="utf-8")


FORESEEN = {
    _move_one: {"LRT747.open", "LRT710"},
    _edit_one: {"LRT707.bewerkt"},
    _edit_an_outdated_one: {"LRT707.verouderd"},
    _rename_an_edited_one: {"LRT710"},
    _leave_one_out: {"LRT710"},
}


@pytest.mark.parametrize("change", FORESEEN, ids=lambda change: change.__name__[1:])
def test_the_check_tells_of_the_folder_what_the_run_then_tells(tmp_path: Path, change: object):
    path, target = make_mailing(tmp_path), tmp_path / "uit"
    write_list(tmp_path, ["A;Weg 1;1234 AB;P;1\n", "A;Weg 2;1234 AB;P;1\n", *rows_of("B", "C")])
    run(path, target)
    known = {problem.key for problem in check(path)}
    change(tmp_path)  # type: ignore[operator]
    before = snapshot(target)
    foreseen = check(path)
    assert snapshot(target) == before
    assert set(foreseen) == set(run(path, target).problems)
    assert {problem.key for problem in foreseen} - known == FORESEEN[change]  # type: ignore[index]
