from __future__ import annotations

import json
import random
import signal
import subprocess
import time
import zipfile
from typing import TYPE_CHECKING

import pytest
from docx import Document
from mailing_making import MAIN, make_mailing, run, snapshot, write_list

from lrtdocs.errors import ExitCode

if TYPE_CHECKING:
    from pathlib import Path

    from lrtdocs.run.documents.report import LettersOutcome


def counts(outcome: LettersOutcome) -> tuple[int, int, int]:
    return outcome.made, outcome.same, outcome.failed


def test_a_second_run_makes_nothing(tmp_path: Path) -> None:
    path = make_mailing(tmp_path)
    assert counts(run(path, tmp_path / "uit")) == (5, 0, 0)
    before = snapshot(tmp_path / "uit")
    assert counts(run(path, tmp_path / "uit")) == (0, 5, 0)
    assert snapshot(tmp_path / "uit") == before


def test_a_letter_whose_data_changed_is_made_again_and_no_other(tmp_path: Path) -> None:
    path = make_mailing(tmp_path)
    run(path, tmp_path / "uit")
    text = (tmp_path / "lijst.csv").read_text(encoding="utf-8")
    changed = text.replace("Straat 3;1234 AB;Plaats", "Straat 3;1234 AB;Elders")
    (tmp_path / "lijst.csv").write_text(changed, encoding="utf-8")
    assert counts(run(path, tmp_path / "uit")) == (1, 4, 0)
    run(path, tmp_path / "vers")
    assert snapshot(tmp_path / "uit") == snapshot(tmp_path / "vers")


def test_another_template_makes_all_letters_again(tmp_path: Path) -> None:
    path = make_mailing(tmp_path)
    run(path, tmp_path / "uit")
    make_mailing(tmp_path, text="Beste {{ naam }}")
    assert counts(run(path, tmp_path / "uit")) == (5, 0, 0)


def test_deleted_and_damaged_letters_are_made_again(tmp_path: Path) -> None:
    path = make_mailing(tmp_path)
    run(path, tmp_path / "uit")
    before = snapshot(tmp_path / "uit")
    (tmp_path / "uit" / "0001-Naam 1.docx").unlink()
    (tmp_path / "uit" / "0002-Naam 2.docx").write_bytes(b"PK half")
    assert counts(run(path, tmp_path / "uit")) == (2, 3, 0)
    assert snapshot(tmp_path / "uit") == before


def test_again_makes_every_letter_and_leaves_the_same_bytes(tmp_path: Path) -> None:
    path = make_mailing(tmp_path)
    run(path, tmp_path / "uit")
    before = snapshot(tmp_path / "uit")
    assert counts(run(path, tmp_path / "uit", again=True)) == (5, 0, 0)
    assert snapshot(tmp_path / "uit") == before


def test_a_letter_edited_in_word_stays_until_the_user_says_otherwise(tmp_path: Path) -> None:
    path = make_mailing(tmp_path)
    run(path, tmp_path / "uit")
    letter = tmp_path / "uit" / "0002-Naam 2.docx"
    document = Document()
    document.add_paragraph("Van mij")
    document.save(str(letter))
    edited = letter.read_bytes()
    outcome = run(path, tmp_path / "uit")
    assert (outcome.edited, outcome.exit_code) == (1, ExitCode.DONE)
    outcome = run(path, tmp_path / "uit", again=True)
    assert (outcome.failed, outcome.exit_code) == (1, ExitCode.LETTERS)
    assert letter.read_bytes() == edited
    run(path, tmp_path / "uit", overwrite=True)
    assert letter.read_bytes() != edited


def touch_letter(path: Path) -> bytes:
    """Add a word to the letter at `path` with a tool that leaves all else alone."""
    with zipfile.ZipFile(path) as package:
        members = {name: package.read(name) for name in package.namelist()}
    members["word/document.xml"] = members["word/document.xml"].replace(b"Aan ", b"Voor ")
    with zipfile.ZipFile(path, "w") as package:
        for name, data in members.items():
            package.writestr(name, data)
    return path.read_bytes()


def test_a_letter_changed_by_any_tool_stays_until_the_user_says_otherwise(tmp_path: Path) -> None:
    path = make_mailing(tmp_path)
    run(path, tmp_path / "uit")
    letter = tmp_path / "uit" / "0002-Naam 2.docx"
    changed = touch_letter(letter)
    outcome = run(path, tmp_path / "uit")
    assert (outcome.edited, outcome.same, outcome.exit_code) == (1, 4, ExitCode.DONE)
    assert letter.read_bytes() == changed
    make_mailing(tmp_path, text="Beste {{ naam }}")
    outcome = run(path, tmp_path / "uit")
    assert (outcome.made, outcome.failed, outcome.exit_code) == (4, 1, ExitCode.LETTERS)
    assert letter.read_bytes() == changed


def test_a_letter_that_a_killed_run_left_is_known_as_ours_whatever_its_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_mailing(tmp_path)
    run(path, tmp_path / "uit")
    before = snapshot(tmp_path / "uit")
    template = (tmp_path / "brief.docx").read_bytes()
    make_mailing(tmp_path, text="Beste {{ naam }}")

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("lrtdocs.run.letters.write.LetterWriter._end", die)
        assert run(path, tmp_path / "uit").interrupted
    assert snapshot(tmp_path / "uit")["0002-Naam 2.docx"] != before["0002-Naam 2.docx"]
    (tmp_path / "brief.docx").write_bytes(template)
    assert counts(run(path, tmp_path / "uit")) == (5, 0, 0)
    assert snapshot(tmp_path / "uit") == before


def test_one_bad_letter_is_told_and_the_others_are_made(tmp_path: Path) -> None:
    path = make_mailing(tmp_path, text="{{ 100 / (deler|int) }}")
    write_list(tmp_path, [f"Naam {i};S;1234 AB;P;{i - 2}\n" for i in range(1, 6)])
    outcome = run(path, tmp_path / "uit")
    assert counts(outcome) == (4, 0, 1)
    assert outcome.exit_code == ExitCode.LETTERS
    assert any("0002-Naam 2.docx" in problem.message for problem in outcome.problems)


def test_a_template_that_fails_for_all_is_told_once(tmp_path: Path) -> None:
    path = make_mailing(tmp_path, text="{{ 1 / 0 }}")
    outcome = run(path, tmp_path / "uit")
    assert outcome.exit_code == ExitCode.TEMPLATE
    assert len([problem for problem in outcome.problems if problem.code.startswith("LRT3")]) == 1


def test_a_tag_that_fits_no_letter_is_told_once_though_each_is_told_at_its_own_cell(
    tmp_path: Path,
) -> None:
    path = make_mailing(tmp_path, 3, text="{{ 100 / deler }}")
    write_list(tmp_path, [f"Naam {i};S;1234 AB;P;veel\n" for i in range(1, 4)])
    outcome = run(path, tmp_path / "uit")
    assert outcome.exit_code == ExitCode.TEMPLATE
    assert len([problem for problem in outcome.problems if problem.code.startswith("LRT3")]) == 1


def test_letters_that_would_have_the_same_name_are_refused_before_anything(tmp_path: Path) -> None:
    path = make_mailing(tmp_path, extra='bestandsnaam: "{plaats}"\n')
    outcome = run(path, tmp_path / "uit")
    assert [problem.code for problem in outcome.problems].count("LRT703") == 4
    assert not (tmp_path / "uit").exists()


def test_equal_references_are_refused(tmp_path: Path) -> None:
    path = make_mailing(tmp_path, extra='onze_referentie: "{plaats}"\n')
    assert "LRT704" in {problem.code for problem in run(path, tmp_path / "uit").problems}


def test_an_unknown_word_in_a_pattern_is_told_with_the_nearest(tmp_path: Path) -> None:
    path = make_mailing(tmp_path, extra='bestandsnaam: "{nam}"\n')
    (problem,) = [p for p in run(path, tmp_path / "uit").problems if p.code == "LRT705"]
    assert "bedoelde u 'naam'?" in problem.message


@pytest.mark.parametrize("name", ["3", "Naam 3", "naam3"])
def test_a_letter_that_is_named_keeps_its_number(tmp_path: Path, name: str) -> None:
    path = make_mailing(tmp_path)
    run(path, tmp_path / "uit", only=(name,))
    assert {path.name for path in (tmp_path / "uit").glob("*.docx")} == {"0003-Naam 3.docx"}


def test_some_letters_first_and_then_all_leave_what_one_run_leaves(tmp_path: Path) -> None:
    path = make_mailing(tmp_path)
    run(path, tmp_path / "uit", only=("4", "2"))
    run(path, tmp_path / "uit")
    run(path, tmp_path / "vers")
    assert snapshot(tmp_path / "uit") == snapshot(tmp_path / "vers")


def test_numbers_can_be_a_range_and_are_never_taken_for_another_number(tmp_path: Path) -> None:
    path = make_mailing(tmp_path, number=15)
    run(path, tmp_path / "uit", only=("1-3", "5"))
    made = sorted(path.name[:4] for path in (tmp_path / "uit").glob("*.docx"))
    assert made == ["0001", "0002", "0003", "0005"]


@pytest.mark.parametrize(
    ("asked", "file"),
    [
        (("Nuenen", "Gerwen en Nederwetten"), "0001-Nuenen, Gerwen en Nederwetten.docx"),
        (("Den Haag",), "0002-'s-Gravenhage.docx"),
        (("GM1900",), "0003-Súdwest-Fryslân.docx"),
        (("0003-Súdwest-Fryslân",), "0003-Súdwest-Fryslân.docx"),
    ],
)
def test_a_gemeente_is_found_by_any_of_its_names(
    tmp_path: Path, asked: tuple[str, ...], file: str
) -> None:
    path = make_mailing(tmp_path, extra='bestandsnaam: "{volgnummer:04}-{naam}"\n')
    rows = [("", '"Nuenen, Gerwen en Nederwetten"'), ("GM0518", "'s-Gravenhage")]
    rows.append(("GM1900", "Súdwest-Fryslân"))
    lines = "".join(f"{code};{name};S;1234 AB;P\n" for code, name in rows)
    (tmp_path / "lijst.csv").write_text(f"code;naam;adres;postcode;plaats\n{lines}", "utf-8")
    run(path, tmp_path / "uit", only=asked)
    assert [path.name for path in (tmp_path / "uit").glob("*.docx")] == [file]


def test_a_name_that_two_gemeenten_bear_is_asked_for_in_full(tmp_path: Path) -> None:
    path = make_mailing(tmp_path)
    write_list(tmp_path, [f"Bergen ({end});S;1234 AB;P;1\n" for end in ("NH.", "L.")])
    outcome = run(path, tmp_path / "uit", only=("Bergen",))
    assert "bedoelde u 'Bergen (NH.)' of 'Bergen (L.)'?" in str(outcome.failures[0])


def test_another_mailing_of_the_same_name_keeps_out_of_the_folder(tmp_path: Path) -> None:
    run(make_mailing(tmp_path / "een"), tmp_path / "uit")
    before = snapshot(tmp_path / "uit")
    outcome = run(make_mailing(tmp_path / "twee", text="Anders"), tmp_path / "uit")
    assert outcome.exit_code == ExitCode.USAGE
    assert "'../een/m.yaml'" in str(outcome.failures[0])
    assert snapshot(tmp_path / "uit") == before


@pytest.mark.parametrize("key", ["betreft", "aanhef"])
def test_braces_of_a_template_are_an_error_where_a_word_may_stand(tmp_path: Path, key: str) -> None:
    path = make_mailing(tmp_path)
    text = path.read_text(encoding="utf-8").replace("betreft: Proef\n", "")
    path.write_text(f'{text}{key}: "Voor {{{{naam}}}}"\n', encoding="utf-8")
    (told,) = [p for p in run(path, tmp_path / "uit").problems if p.code == "LRT714"]
    assert (told.place.line, told.place.column) == (5, len(f'{key}: "Voor ') + 1)
    assert told.remedy.startswith("Typ {naam}:")
    path.write_text(f'{text}{key}: "Voor {{naam}}"\n', encoding="utf-8")
    assert run(path, tmp_path / "uit").made == 5


@pytest.mark.parametrize("key", ["uw_referentie"])
def test_a_word_in_braces_outside_a_pattern_is_an_error_where_it_stands(
    tmp_path: Path, key: str
) -> None:
    path = make_mailing(tmp_path)
    text = path.read_text(encoding="utf-8").replace("betreft: Proef\n", "")
    path.write_text(f'{text}{key}: "Voor {{naam}} en {{{{naam}}}}"\n', encoding="utf-8")
    told = [p for p in run(path, tmp_path / "uit").problems if p.code == "LRT714"]
    begin = len(f'{key}: "Voor ') + 1
    places = [(one.found, one.place.line, one.place.column) for one in told]
    assert places == [("{naam}", 5, begin), ("{{naam}}", 5, begin + len("{naam} en "))]
    assert not (tmp_path / "uit").exists()


def test_a_template_that_is_not_there_is_told_at_its_line(tmp_path: Path) -> None:
    path = make_mailing(tmp_path)
    text = path.read_text(encoding="utf-8").replace("brief.docx", "nergens.docx")
    path.write_text(text, encoding="utf-8")
    outcome = run(path, tmp_path / "uit")
    (problem,) = outcome.problems
    assert (problem.code, problem.place.line, problem.place.column) == ("LRT715", 1, 11)
    assert outcome.exit_code == ExitCode.TEMPLATE


def test_an_unknown_name_is_told_with_the_nearest(tmp_path: Path) -> None:
    outcome = run(make_mailing(tmp_path), tmp_path / "uit", only=("Naan 3",))
    assert "bedoelde u 'Naam 3'?" in str(outcome.failures[0])
    assert outcome.exit_code == ExitCode.USAGE


def test_a_proof_holds_the_extremes_and_says_why(tmp_path: Path) -> None:
    path = make_mailing(tmp_path)
    rows = ["Bo;S;1234 AB;P;1\n", "Anna;S;1234 AB;P;1\n", "Súdwest-Fryslân;S;1234 AB;P;1\n"]
    write_list(tmp_path, rows)
    outcome = run(path, tmp_path / "uit", proof=2)
    assert outcome.chosen == [
        ("0003-Súdwest-Fryslân.docx", "langste naam"),
        ("0001-Bo.docx", "kortste naam"),
    ]


def test_letters_that_no_longer_belong_are_told_and_stay(tmp_path: Path) -> None:
    path = make_mailing(tmp_path)
    run(path, tmp_path / "uit")
    make_mailing(tmp_path, number=4)
    outcome = run(path, tmp_path / "uit")
    assert [problem.code for problem in outcome.problems if "LRT710" in problem.code] == ["LRT710"]
    assert (tmp_path / "uit" / "0005-Naam 5.docx").exists()


def test_a_torn_last_line_is_mended(tmp_path: Path) -> None:
    path = make_mailing(tmp_path)
    run(path, tmp_path / "uit")
    before = snapshot(tmp_path / "uit")
    manifest = tmp_path / "uit" / "manifest.jsonl"
    manifest.write_bytes(manifest.read_bytes()[:-40])
    assert counts(run(path, tmp_path / "uit")) == (1, 4, 0)
    assert snapshot(tmp_path / "uit") == before


def test_processes_give_the_same_bytes(tmp_path: Path) -> None:
    path = make_mailing(tmp_path, number=120)
    run(path, tmp_path / "een")
    run(path, tmp_path / "twee", workers=2)
    assert snapshot(tmp_path / "een") == snapshot(tmp_path / "twee")


# --- signals


def start(path: Path, target: Path) -> subprocess.Popen[bytes]:
    """Start a run that hears Ctrl-C, also where the tests were started in the background."""
    return subprocess.Popen(
        [*MAIN, "brieven", str(path), "-o", str(target)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def wait_for_letters(target: Path, number: int, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None and len(list(target.glob("*.docx"))) < number:
        time.sleep(0.002)


def test_a_run_killed_six_times_ends_as_one_that_was_not(tmp_path: Path) -> None:
    path = make_mailing(tmp_path, number=120)
    run(path, tmp_path / "vers")
    whole = snapshot(tmp_path / "vers")
    target = tmp_path / "uit"
    chance = random.Random(3)
    for kill in range(6):
        process = start(path, target)
        wait_for_letters(target, kill * 18 + chance.randint(1, 18), process)
        time.sleep(chance.random() * 0.02)
        process.kill()
        process.communicate()
        for name, digest in snapshot(target).items():
            if name.endswith(".docx"):
                assert whole[name] == digest
    process = start(path, target)
    process.communicate()
    assert process.returncode == 0
    assert snapshot(target) == whole


def test_ctrl_c_ends_clean_and_the_same_command_goes_on(tmp_path: Path) -> None:
    path = make_mailing(tmp_path, number=4000)  # enough to be under way when the signal comes
    target = tmp_path / "uit"
    process = start(path, target)
    wait_for_letters(target, 100, process)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=20)
    assert process.returncode == 130
    assert b"brieven zijn gemaakt; dezelfde opdracht gaat verder." in told
    assert b"Traceback" not in told
    assert not list(target.glob(".lrtdocs*"))
    lines = (target / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
    assert all(json.loads(line) for line in lines)


def test_a_second_run_in_the_same_folder_is_refused_at_once(tmp_path: Path) -> None:
    path = make_mailing(tmp_path, number=600)
    target = tmp_path / "uit"
    process = start(path, target)
    wait_for_letters(target, 1, process)
    if hasattr(signal, "SIGSTOP"):  # or it may be ready before the other has begun
        process.send_signal(signal.SIGSTOP)
    outcome = run(path, target)
    process.kill()
    process.communicate()
    assert "is al een verzending bezig" in str(outcome.failures[0])
    assert str(process.pid) in str(outcome.failures[0])
    assert counts(run(path, target))[2] == 0


def test_a_cell_that_does_not_fit_is_told_at_its_line_and_stops_no_other_letter(
    tmp_path: Path,
) -> None:
    path = make_mailing(tmp_path, 3, text="{{ naam }}: {{ 100 / deler }}")
    rows = [f"Naam {i};Straat {i};1234 AB;Plaats;{deler}\n" for i, deler in ((1, 5), (2, "veel"))]
    write_list(tmp_path, rows)
    outcome = run(path, tmp_path / "uit")
    assert counts(outcome) == (1, 0, 1)
    problem = next(p for p in outcome.problems if p.code.startswith("LRT3"))
    assert problem.place.file.endswith("lijst.csv")
    assert problem.place.line == 3
    assert "{{ 100 / deler }}" in problem.found
