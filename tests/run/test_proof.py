"""A second proof: the letters that changed since the last one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from mailing_making import make_mailing, run, write_list

from lrtdocs import api
from lrtdocs.errors import ExitCode
from lrtdocs.run.folder.manifest import NAME, read_known

if TYPE_CHECKING:
    from pathlib import Path

    from lrtdocs.run.documents.report import LettersOutcome

ROWS = [f"Naam {i};Straat {i};1234 AB;Plaats;10\n" for i in range(1, 21)]


@pytest.fixture
def mailing(tmp_path: Path) -> Path:
    return make_mailing(tmp_path, 20)


def proof(path: Path, asked: int | str = "gewijzigd", **options: object) -> LettersOutcome:
    return run(path, path.parent / "uit", proof=asked, **options)


def change(path: Path, *numbers: int) -> None:
    """Change the address of these recipients."""
    rows = [
        row.replace("Straat", "Weg") if at in numbers else row for at, row in enumerate(ROWS, 1)
    ]
    write_list(path.parent, rows)


def files(outcome: LettersOutcome) -> list[tuple[str, str]]:
    return sorted(outcome.chosen)


def test_only_what_changed_since_the_last_proof_is_shown(mailing: Path) -> None:
    assert len(proof(mailing, 3).chosen) == 3
    change(mailing, 4, 17)

    outcome = proof(mailing)

    assert files(outcome) == [("0004-Naam 4.docx", "gewijzigd"), ("0017-Naam 17.docx", "gewijzigd")]
    assert outcome.remarks == ["Sinds de laatste proef zijn 2 van 20 brieven veranderd."]
    assert (mailing.parent / "uit" / "0017-Naam 17.docx").exists()


def test_of_what_went_out_the_version_is_shown_and_not_the_old_letter(mailing: Path) -> None:
    proof(mailing, 3)
    run(mailing, mailing.parent / "uit")
    api.mark_sent(mailing.parent / "uit")
    write_list(mailing.parent, [*ROWS[:3], ROWS[3].replace("Plaats", "Elders"), *ROWS[4:]])

    assert files(proof(mailing)) == [("0004-Naam 4-v2.docx", "gewijzigd")]


def test_the_next_proof_is_against_this_one(mailing: Path) -> None:
    proof(mailing, 3)
    change(mailing, 4, 17)
    proof(mailing)

    again = proof(mailing)

    assert (again.chosen, again.exit_code) == ([], ExitCode.DONE)
    assert again.remarks == ["Sinds de laatste proef is geen brief veranderd."]
    change(mailing, 4, 5, 17)
    assert files(proof(mailing)) == [("0005-Naam 5.docx", "gewijzigd")]


def test_a_new_recipient_is_told_as_new(mailing: Path) -> None:
    proof(mailing, 3)
    write_list(mailing.parent, [*ROWS, "Nieuw;Straat 1;1234 AB;Ede;10\n"])

    assert files(proof(mailing)) == [("0021-Nieuw.docx", "nieuw")]


def test_without_a_proof_there_is_nothing_to_compare_with(mailing: Path) -> None:
    outcome = proof(mailing)

    assert outcome.exit_code is ExitCode.USAGE
    assert "nog geen proef" in str(outcome.failures[0])
    assert not (mailing.parent / "uit" / NAME).exists()
    proof(mailing, 3)  # as the remedy says
    assert proof(mailing).exit_code is ExitCode.DONE


def test_what_all_letters_share_is_named_and_the_extremes_are_shown_again(mailing: Path) -> None:
    first = files(proof(mailing, 3))
    text = mailing.read_text(encoding="utf-8").replace("betreft: Proef", "betreft: Anders")
    mailing.write_text(text, encoding="utf-8")

    outcome = proof(mailing)

    assert files(outcome) == first
    assert outcome.remarks[0].startswith(
        "Sinds de laatste proef is in alle brieven iets anders: betreft. Daarom ziet u weer de 3 "
    )
    change(mailing, 9)
    mailing.write_text(text.replace("Anders", "Nog anders"), encoding="utf-8")
    both = proof(mailing)
    assert ("0009-Naam 9.docx", "gewijzigd") in both.chosen
    assert len(both.chosen) >= 3
    assert "Ook de brief met andere gegevens van de ontvanger is erbij (1)." in both.remarks[0]


def test_a_go_ahead_alone_changes_no_proof(mailing: Path) -> None:
    from lrtdocs import api

    text = "Aan {{ naam }} {{ rubricering }}"
    make_mailing(mailing.parent, 20, text=text)
    house = "afzenders: {a: {team: T}}\nakkoord: {namen: 1}\n"
    mailing.with_name("huisstijl.yaml").write_text(house, encoding="utf-8")
    proof(mailing, 3)
    api.approve(mailing, "A. Jansen")

    outcome = proof(mailing)
    assert outcome.chosen == []
    assert outcome.remarks == ["Sinds de laatste proef is geen brief veranderd."]


def test_a_run_of_all_letters_is_no_proof(mailing: Path) -> None:
    proof(mailing, 3)
    change(mailing, 4)
    run(mailing, mailing.parent / "uit")

    assert files(proof(mailing)) == [("0004-Naam 4.docx", "gewijzigd")]


def test_a_proof_that_fails_is_none(mailing: Path) -> None:
    proof(mailing, 3)
    change(mailing, 4)
    letter = mailing.parent / "uit" / "0004-Naam 4.docx"
    letter.write_bytes(b"iemands werk")
    assert proof(mailing).failed == 1

    letter.unlink()
    assert files(proof(mailing)) == [("0004-Naam 4.docx", "gewijzigd")]


def test_the_manifest_keeps_one_short_line_of_it(mailing: Path) -> None:
    for number in (3, 5):
        proof(mailing, number)
    path = mailing.parent / "uit" / NAME
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if '"proef"' in line]

    assert len(lines) == 1
    known = read_known(path.parent, "../m.yaml").proof
    assert known is not None
    assert (known.proef, len(known.brieven)) == (5, 20 * 8)


def test_a_proof_again_leaves_the_same_bytes(mailing: Path) -> None:
    proof(mailing, 3)
    before = (mailing.parent / "uit" / NAME).read_bytes()
    proof(mailing, 3)
    proof(mailing)
    assert (mailing.parent / "uit" / NAME).read_bytes() == before


def test_many_changes_are_cut_to_the_most_telling(
    mailing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lrtdocs.run.letters.reviewing.proof.MOST", 5)
    proof(mailing, 3)
    change(mailing, *range(1, 16))

    outcome = proof(mailing)

    assert len(outcome.chosen) == 3
    assert "zijn 15 brieven veranderd. Dit zijn de 3 daarvan" in outcome.remarks[0]


def test_nothing_to_show_leaves_the_print_file_of_the_last_proof(mailing: Path) -> None:
    target = mailing.parent / "uit"
    proof(mailing, 3)
    printed = target / "m-samengevoegd-keuze.pdf"
    printed.write_bytes(b"%PDF-1.7 van de vorige proef")

    outcome = proof(mailing, join=True)

    assert (outcome.exit_code, outcome.written) == (ExitCode.DONE, [])
    assert printed.read_bytes() == b"%PDF-1.7 van de vorige proef"
