"""Copies of letters for others, as letters: `lrtdocs brieven … --afschriften`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import docx
import pytest

from lrtdocs import api
from lrtdocs.errors import ExitCode
from lrtdocs.run.documents.report import LettersOptions
from lrtdocs.word.facts import read_facts

if TYPE_CHECKING:
    from pathlib import Path

LIST = (
    "code;naam;organisatie;adres;postcode;plaats;kopie_aan\n"
    "GM0184;Urk;;Postbus 77;8320 AB;Urk;\n"
    ";F. Voorbeeld;Stichting Huis;Singel 1;1012 AB;Amsterdam;\n"
)
MAILING = """\
sjabloon: brief
ontvangers: lijst.csv
dagtekening: 2025-03-01
betreft: Werksessie
onze_referentie: 6214375-{volgnummer:04}
tekst: Ik nodig u uit, {naam}.
kopie_aan:
  - naam: het Interprovinciaal Overleg
    adres: Herengracht 23
    postcode: 2511eg
    plaats: Den Haag
    email: post@voorbeeld.nl
  - de Vereniging van Nederlandse Gemeenten
"""


@pytest.fixture
def mailing(tmp_path: Path) -> Path:
    (tmp_path / "lijst.csv").write_text(LIST, encoding="utf-8")
    path = tmp_path / "m.yaml"
    path.write_text(MAILING, encoding="utf-8")
    return path


def make(mailing: Path, *, copies: bool = True, **more: object) -> api.Report:
    return api.make_letters(
        mailing,
        LettersOptions(mailing.parent / "uit", copies=copies, **more),  # type: ignore[arg-type]
    )


def files(mailing: Path) -> list[str]:
    folder = mailing.parent / "uit"
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*.docx"))


def lines(mailing: Path, file: str) -> list[str]:
    """Return the lines that a reader sees of a letter."""
    facts = read_facts((mailing.parent / "uit" / file).read_bytes())
    text = "\n".join((*facts.body, *facts.beside))
    return [line for line in text.split("\n") if line.strip()]


COPY = "afschriften/GM0184-Urk-afschrift-Interprovinciaal Overleg.docx"
OTHER = "afschriften/0002-F. Voorbeeld-afschrift-Interprovinciaal Overleg.docx"


def test_each_letter_comes_as_a_copy_to_who_has_an_address(mailing: Path) -> None:
    outcome = make(mailing)
    assert outcome.exit_code == ExitCode.DONE
    assert files(mailing) == sorted(["0002-F. Voorbeeld.docx", "GM0184-Urk.docx", COPY, OTHER])
    assert outcome.made == 2
    assert outcome.copies is not None
    assert outcome.copies.made == 2


LETTER = "GM0184-Urk.docx"
WHOSE = "het college van burgemeester en wethouders van de gemeente Urk"
THERE = ["Interprovinciaal Overleg", "Herengracht 23", "2511 EG  DEN HAAG"]
HERE = [
    *("Het college van burgemeester en wethouders", "van de gemeente Urk"),
    *("Postbus 77", "8320 AB  URK"),
]


def test_a_copy_says_what_the_letter_says_and_whose_it_is(mailing: Path) -> None:
    make(mailing)
    letter, copy = lines(mailing, LETTER), lines(mailing, COPY)
    told = f"Afschrift van onze brief aan {WHOSE}."
    assert copy.index(told) == copy.index("Geacht college,") - 1
    assert [one for one in copy if one not in {told, *THERE}] == [
        one for one in letter if one not in HERE
    ]
    assert [one for one in copy if one in THERE] == THERE
    assert [one for one in letter if one in HERE] == HERE
    assert "Ik nodig u uit, Urk." in copy
    assert "6214375-0001" in copy


def test_an_organisation_is_named_as_such(mailing: Path) -> None:
    make(mailing)
    assert "Afschrift van onze brief aan Stichting Huis." in lines(mailing, OTHER)


def test_the_sentence_names_all_of_them_in_letter_and_copy(mailing: Path) -> None:
    make(mailing)
    named = "gaat naar het Interprovinciaal Overleg en de Vereniging van Nederlandse Gemeenten."
    for name in (LETTER, COPY):
        assert any(line.endswith(named) for line in lines(mailing, name))


def test_without_the_option_there_are_no_copies(mailing: Path) -> None:
    assert make(mailing, copies=False).copies is None
    assert files(mailing) == ["0002-F. Voorbeeld.docx", "GM0184-Urk.docx"]


def test_a_letter_that_names_others_gives_no_copy(mailing: Path) -> None:
    listed = LIST.replace("8320 AB;Urk;", "8320 AB;Urk;de pers")
    (mailing.parent / "lijst.csv").write_text(listed, encoding="utf-8")
    make(mailing)
    assert COPY not in files(mailing)
    assert OTHER in files(mailing)


def test_a_second_run_makes_only_what_changed_and_another_addressee_moves_no_number(
    mailing: Path,
) -> None:
    make(mailing)
    again = make(mailing)
    assert again.copies is not None
    assert (again.copies.made, again.copies.same) == (0, 2)
    more = "  - {naam: de Raad, adres: Plein 1, postcode: 2511 CR, plaats: Den Haag}\n"
    mailing.write_text(MAILING.replace("kopie_aan:\n", f"kopie_aan:\n{more}"), encoding="utf-8")
    third = make(mailing)
    assert third.copies is not None
    assert third.copies.total == 4
    assert not {"LRT747", "LRT750"} & {problem.code for problem in third.problems}
    assert (third.copies.made, third.copies.failed) == (4, 0)
    assert len(files(mailing)) == 6


def test_a_copy_that_went_out_stays_and_a_changed_one_gets_a_version(mailing: Path) -> None:
    make(mailing)
    folder = mailing.parent / "uit" / "afschriften"
    assert api.mark_sent(folder).exit_code == ExitCode.DONE
    mailing.write_text(MAILING.replace("Ik nodig", "Wij nodigen"), encoding="utf-8")
    before = (mailing.parent / "uit" / COPY).read_bytes()
    make(mailing)
    assert (mailing.parent / "uit" / COPY).read_bytes() == before
    assert COPY.replace(".docx", "-v2.docx") in files(mailing)


def days(mailing: Path, file: str) -> list[str]:
    """Return what a letter says of days: the one on it, and that of the letter it replaces."""
    said = (" ".join(line.split()) for line in lines(mailing, file))
    return [line for line in said if line.startswith(("Datum", "Deze brief vervangt"))]


@pytest.mark.parametrize("marked", [True, False])
def test_the_copy_of_a_version_says_what_the_version_says(mailing: Path, *, marked: bool) -> None:
    make(mailing)
    api.mark_sent(mailing.parent / "uit")
    if marked:
        api.mark_sent(mailing.parent / "uit" / "afschriften")
    mailing.write_text(MAILING.replace("Ik nodig", "Wij nodigen"), encoding="utf-8")
    outcome = make(mailing)
    assert outcome.exit_code == ExitCode.DONE
    version = LETTER.replace(".docx", "-v2.docx")
    copy = COPY.replace(".docx", "-v2.docx") if marked else COPY
    said = days(mailing, version)
    assert len(said) == 2
    assert "vervangt onze brief van 1 maart 2025" in said[1]
    assert days(mailing, copy) == said
    assert "Wij nodigen u uit, Urk." in lines(mailing, copy)
    before = files(mailing)
    again = make(mailing)
    assert again.copies is not None
    assert (again.copies.same, again.copies.failed, files(mailing)) == (2, 0, before)


def test_the_copy_of_a_letter_that_went_out_bears_the_day_of_that(mailing: Path) -> None:
    make(mailing, copies=False)
    api.mark_sent(mailing.parent / "uit")
    mailing.write_text(MAILING.replace("2025-03-01", "2025-03-08"), encoding="utf-8")
    make(mailing)
    assert days(mailing, COPY) == days(mailing, LETTER) == ["Datum 1 maart 2025"]


def test_the_copy_of_a_letter_that_was_edited_does_not_go_unnoticed(mailing: Path) -> None:
    make(mailing, copies=False)
    path = mailing.parent / "uit" / LETTER
    document = docx.Document(str(path))
    document.add_paragraph("Met de hand.")
    document.save(str(path))
    told = [problem for problem in make(mailing).problems if problem.key == "LRT736.bewerkt"]
    assert [LETTER in problem.message for problem in told] == [True]


def test_copies_that_are_left_behind_are_told_of(mailing: Path) -> None:
    make(mailing)
    told = make(mailing, copies=False).problems
    assert "LRT736.oud" in {problem.key for problem in told}
    remarks = api.mark_sent(mailing.parent / "uit").remarks
    assert any("lrtdocs verzonden" in remark for remark in remarks)
    api.mark_sent(mailing.parent / "uit" / "afschriften")
    assert not any(
        "lrtdocs verzonden" in one for one in api.mark_sent(mailing.parent / "uit").remarks
    )


def test_the_list_of_what_went_out_tells_who_got_the_copies(mailing: Path) -> None:
    make(mailing)
    folder = mailing.parent / "uit" / "afschriften"
    api.mark_sent(folder)
    table = mailing.parent / "lijst-afschriften.csv"
    assert api.list_letters(folder, table).exit_code == ExitCode.DONE
    rows = table.read_text(encoding="utf-8-sig").splitlines()[1:]
    assert len(rows) == 2
    for row in rows:
        assert "het Interprovinciaal Overleg" in row
        assert "Herengracht 23, 2511 EG  DEN HAAG" in row
        assert "post@voorbeeld.nl" in row


def test_rows_that_go_together_give_one_copy(mailing: Path) -> None:
    rows = "code;naam;adres;postcode;plaats;locatie\n" + "".join(
        f"GM0184;Urk;Postbus 77;8320 AB;Urk;{where}\n" for where in ("Haven 1", "Dijk 2")
    )
    (mailing.parent / "lijst.csv").write_text(rows, encoding="utf-8")
    mailing.write_text(f"{MAILING}groepeer: code\n", encoding="utf-8")
    outcome = make(mailing)
    assert outcome.copies is not None
    assert (outcome.made, outcome.copies.made) == (1, 1)


def test_one_recipient_gives_one_copy(mailing: Path) -> None:
    make(mailing, only=("GM0184",))
    assert files(mailing) == sorted(["GM0184-Urk.docx", COPY])


TWICE = (
    "  - naam: het Interprovinciaal Overleg\n    adres: Plein 1\n    postcode: 2511 CR\n"
    "    plaats: Den Haag\n"
)


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("    adres: Herengracht 23\n    postcode: 2511eg\n    plaats: Den Haag\n", "", "geen"),
        ("    plaats: Den Haag\n", "", "adres"),
        ("  - de Vereniging van", f"{TWICE}  - de Vereniging van", "naam"),
    ],
)
def test_who_cannot_get_a_copy_is_told_and_nothing_is_made(
    mailing: Path, old: str, new: str, key: str
) -> None:
    mailing.write_text(MAILING.replace(old, new), encoding="utf-8")
    outcome = make(mailing)
    assert f"LRT736.{key}" in [problem.key for problem in outcome.problems]
    assert outcome.exit_code == ExitCode.PROBLEMS
    assert files(mailing) == []


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("    plaats: Den Haag\n", "", "LRT736.adres"),
        ("Herengracht 23", "Voorbeeld" * 9 + " 1", "LRT745.breed"),
    ],
)
def test_controleer_looks_at_the_addresses_for_copies_too(
    mailing: Path, old: str, new: str, key: str
) -> None:
    before = api.check(mailing)
    mailing.write_text(MAILING.replace(old, new), encoding="utf-8")
    (told,) = (problem for problem in api.check(mailing) if problem not in before)
    assert (told.key, told.place.file) == (key, str(mailing))


def test_a_name_without_address_under_kopie_aan_is_nothing_to_tell(mailing: Path) -> None:
    mailing.write_text(
        MAILING.partition("kopie_aan:")[0] + "kopie_aan: [de VNG]\n", encoding="utf-8"
    )
    assert not [problem for problem in api.check(mailing) if problem.code == "LRT736"]


def test_a_template_that_does_not_say_so_makes_no_copies(mailing: Path) -> None:
    own = docx.Document()
    own.add_paragraph("{{ aanhef }}")
    own.save(str(mailing.parent / "eigen.docx"))
    mailing.write_text(MAILING.replace("sjabloon: brief", "sjabloon: eigen.docx"), encoding="utf-8")
    keys = [problem.key for problem in make(mailing).problems]
    assert "LRT736.sjabloon" in keys
    assert files(mailing) == []


def test_a_copy_of_an_english_letter_says_so_in_english(mailing: Path) -> None:
    english = (
        "vertaling:\n  betreft: Workshop\n  tekst: We invite you.\n  kopie_aan: [the Association]\n"
    )
    listed = LIST.replace("plaats;kopie_aan", "plaats;taal").replace("Urk;\n", "Urk;en\n")
    (mailing.parent / "lijst.csv").write_text(listed, encoding="utf-8")
    mailing.write_text(MAILING + english, encoding="utf-8")
    make(mailing)
    assert "Copy of our letter to the municipal executive of Urk." in lines(mailing, COPY)
    assert any("the Association" in line for line in lines(mailing, COPY))
