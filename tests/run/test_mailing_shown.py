"""What a page shows of a mailing: its check beside the rows of the list, its letters, its zip."""

from __future__ import annotations

import io
import os
import shutil
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest
from mailing_making import mailing, make_mailing, run, write_list

from lrtdocs import api
from lrtdocs.errors import FileProblemError, ProblemsFoundError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

EXAMPLES = Path(__file__).parents[2] / "examples"


def rows_with(check: api.Check) -> dict[int, list[tuple[int | None, str]]]:
    """Return the codes of the problems by row, each with its column."""
    return {
        row.number: [(at, problem.code) for at, problem in row.problems]
        for row in check.rows
        if row.problems
    }


def test_a_problem_in_csv_stands_at_its_line_and_column(tmp_path: Path) -> None:
    path = make_mailing(tmp_path)
    write_list(tmp_path, ["A;Straat 1;1234 AB;Ede;1\n", '"B; en Zn";Straat 1;12;Ede;2\n'])
    check = api.check_mailing(path)
    assert (check.total, check.right, check.well) == (2, 1, False)
    assert rows_with(check) == {3: [(2, "LRT620")]}
    assert check.rows[1].cells[2] == "12"
    assert check.rows[1].name == "B; en Zn"


def test_a_text_over_two_lines_shifts_no_problem(tmp_path: Path) -> None:
    path = make_mailing(tmp_path)
    write_list(tmp_path, ['A;"Straat 1\nachter";1234 AB;Ede;1\n', "B;Straat 1;12;Ede;2\n"])
    check = api.check_mailing(path)
    assert rows_with(check) == {4: [(2, "LRT620")]}
    assert check.rows[-1].number == 4


def test_a_problem_in_a_workbook_stands_at_its_cell(tmp_path: Path) -> None:
    text = "Aan {{ naam }}: {{ bedrag | getal }}"
    path = mailing(tmp_path, ["bedrag"], [["10"], ["veel"]], text)
    check = api.check_mailing(path)
    assert check.right == 1
    assert [at for at, _ in rows_with(check)[3]] == [4]
    assert check.headings[4] == "bedrag"


def test_a_mailing_that_cannot_be_read_has_only_problems_of_the_whole(tmp_path: Path) -> None:
    path = make_mailing(tmp_path)
    (tmp_path / "lijst.csv").unlink()
    check = api.check_mailing(path)
    assert (check.total, check.rows, check.well) == (0, (), False)
    assert [one.code for one in check.others] == [one.code for one in check.problems]


def test_rows_of_one_group_are_one_recipient(tmp_path: Path) -> None:
    path = mailing(tmp_path, ["zaak"], [["1"], ["2"], ["3"]], "Aan {{ naam }}")
    book = openpyxl.load_workbook(tmp_path / "lijst.xlsx")
    for row in (2, 3):
        book.active.cell(row, 1).value = "Samen"
    book.active["C4"] = "12"
    book.save(tmp_path / "lijst.xlsx")
    path.write_text(path.read_text(encoding="utf-8") + "groepeer: naam\n", encoding="utf-8")
    check = api.check_mailing(path)
    assert (check.total, check.right) == (2, 1)
    assert [row.taken for row in check.rows] == [True, True, True]


def test_the_check_says_what_controleer_says(tmp_path: Path) -> None:
    path = make_mailing(tmp_path)
    write_list(tmp_path, ["A;;1234 AB;Ede;1\n", ";Straat 1;12;;2\n", "Totaal;;;;3\n"])
    told = {(one.code, str(one.place)) for one in api.check_mailing(path).problems}
    assert told == {(one.code, str(one.place)) for one in api.check(path)}


# --- kept as long as nothing changes


def touch(path: Path) -> None:
    """Let `path` have been written a moment later."""
    found = path.stat()
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns + 1_000_000))


def change_list(folder: Path) -> None:
    write_list(folder, ["A;Straat 1;1234 AB;Ede;1\n"])


def change_template(folder: Path) -> None:
    touch(folder / "brief.docx")


def change_house(folder: Path) -> None:
    touch(folder / "huisstijl.yaml")


def change_mailing(folder: Path) -> None:
    touch(folder / "m.yaml")


def add_nearer_house(folder: Path) -> None:
    shutil.copytree(EXAMPLES.parent / "templates", folder / "sjablonen")


@pytest.mark.parametrize(
    "change", [change_list, change_template, change_house, change_mailing, add_nearer_house]
)
def test_a_check_is_kept_until_a_file_changes(
    tmp_path: Path, change: Callable[[Path], None]
) -> None:
    path, looks = make_mailing(tmp_path), api.Looks()
    first = looks.check(path)
    assert looks.check(path) is first
    assert looks.has_checked(path)
    change(tmp_path)
    assert not looks.has_checked(path)
    assert looks.check(path) is not first


def test_why_there_is_no_proof_is_kept_too(tmp_path: Path) -> None:
    path, looks = make_mailing(tmp_path), api.Looks()
    write_list(tmp_path, ["A;Straat 1;12;Ede;1\n"])
    for _ in range(2):
        with pytest.raises(ProblemsFoundError):
            looks.proof(path, 2)
        assert looks.has_proof(path, 2)
    change_list(tmp_path)
    assert not looks.has_proof(path, 2)
    assert [one.name for one in looks.proof(path, 2).chosen] == ["A"]


def test_what_became_of_the_letters_is_always_of_now(tmp_path: Path) -> None:
    path, looks = make_mailing(tmp_path), api.Looks()
    before = looks.glance(path)
    assert (before.recipients, before.made) == (5, 0)
    run(path, before.folder)
    assert looks.glance(path).made == 5
    api.mark_sent(before.folder, only=["1", "2"])
    assert looks.glance(path).sent == 2


def test_letters_that_are_elsewhere_are_found_there(tmp_path: Path) -> None:
    path = make_mailing(tmp_path)
    assert api.look_at_mailing(path).folder == tmp_path / "m-brieven"
    run(path, tmp_path / "uit")
    assert api.look_at_mailing(path).folder == tmp_path / "uit"


def test_letters_beside_their_mailing_are_found_there(tmp_path: Path) -> None:
    path = make_mailing(tmp_path)
    run(path, tmp_path)
    assert api.look_at_mailing(path).folder == tmp_path
    assert api.look_at_mailing(path).made == 5


# --- a proof


def test_a_proof_is_chosen_and_nothing_is_made(tmp_path: Path) -> None:
    path = make_mailing(tmp_path)
    write_list(tmp_path, [f"{'N' * at};Straat 1;1234 AB;Ede;1\n" for at in (1, 5, 9)])
    chosen = api.choose_proof(path, 2)
    assert [(one.name, one.why) for one in chosen] == [
        ("NNNNNNNNN", "langste naam"),
        ("N", "kortste naam"),
    ]
    assert not (tmp_path / "m-brieven").exists()
    with pytest.raises(UsageError):
        api.choose_proof(path, "gewijzigd")


def test_a_proof_of_a_mailing_with_errors_tells_those(tmp_path: Path) -> None:
    path = make_mailing(tmp_path)
    write_list(tmp_path, ["A;Straat 1;12;Ede;1\n"])
    with pytest.raises(ProblemsFoundError) as caught:
        api.choose_proof(path, 2)
    assert "LRT620" in {one.code for one in caught.value.problems}


# --- what became of them


def test_each_letter_tells_what_became_of_it(tmp_path: Path) -> None:
    path, out = make_mailing(tmp_path), tmp_path / "uit"
    run(path, out)
    names = sorted(one.name for one in out.glob("*.docx"))
    (out / names[0]).unlink()
    with (out / names[1]).open("ab") as letter:
        letter.write(b"bewerkt")
    became = {one.file: one.became for one in api.list_results(out).letters}
    assert [became[name] for name in names] == [
        api.Became.GONE,
        api.Became.EDITED,
        *[api.Became.MADE] * 3,
    ]


def test_a_recipient_who_left_the_list_is_not_among_the_letters(tmp_path: Path) -> None:
    path, out = make_mailing(tmp_path), tmp_path / "uit"
    run(path, out)
    write_list(tmp_path, [f"Naam {i};Straat {i};1234 AB;Plaats;10\n" for i in range(1, 4)])
    run(path, out)
    assert [one.name for one in api.list_results(out).letters] == ["Naam 1", "Naam 2", "Naam 3"]


def test_a_folder_without_letters_has_no_results(tmp_path: Path) -> None:
    assert api.list_results(tmp_path).letters == ()
    assert api.list_results(tmp_path / "nergens").letters == ()


def test_the_zip_comes_in_pieces_and_holds_each_letter_once(tmp_path: Path) -> None:
    path, out = make_mailing(tmp_path), tmp_path / "uit"
    run(path, out)
    (out / "aantekening.txt").write_text("van mij")
    pieces = list(api.zip_folder(out))
    assert len(pieces) > 5
    with zipfile.ZipFile(io.BytesIO(b"".join(pieces))) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert sorted(names) == sorted(one.name for one in out.glob("*.docx"))
        assert archive.read(names[0]) == (out / names[0]).read_bytes()


def test_a_link_to_a_file_elsewhere_does_not_come_along(tmp_path: Path) -> None:
    path, out = make_mailing(tmp_path), tmp_path / "uit"
    run(path, out)
    first = min(out.glob("*.docx"))
    (tmp_path / "geheim.txt").write_text("geheim")
    first.unlink()
    first.symlink_to(tmp_path / "geheim.txt")
    assert b"geheim" not in b"".join(api.zip_folder(out))


# --- a list that is brought along

LIST = b"naam;adres;postcode;plaats\nA;Straat 1;1234 AB;Ede\n"


def test_comments_and_order_of_the_mailing_stay(tmp_path: Path) -> None:
    path = make_mailing(tmp_path)
    text = path.read_text(encoding="utf-8")
    typed = text.replace("ontvangers: lijst.csv", "ontvangers: 'lijst.csv'  # van Anna").replace(
        "\n", "\r\n"
    )
    path.write_bytes(typed.encode())
    api.place_list(path, "nieuw.csv", LIST)
    after = path.read_bytes().decode()
    assert "nieuw.csv" in after
    assert "# van Anna" in after
    assert after.count("\r\n") == typed.count("\r\n")
    assert api.look_at_mailing(path).recipients == 1


def test_a_mailing_with_mistakes_of_yaml_is_not_touched(tmp_path: Path) -> None:
    path = make_mailing(tmp_path)
    path.write_text("sjabloon: [\n", encoding="utf-8")
    with pytest.raises(ProblemsFoundError):
        api.place_list(path, "nieuw.csv", LIST)
    assert not (tmp_path / "nieuw.csv").exists()


def test_a_list_never_takes_the_place_of_a_file_unasked(tmp_path: Path) -> None:
    path = make_mailing(tmp_path)
    before = (tmp_path / "lijst.csv").read_bytes()
    with pytest.raises(FileProblemError) as caught:
        api.place_list(path, "lijst.csv", LIST)
    assert caught.value.problems[0].code == "LRT948"
    assert (tmp_path / "lijst.csv").read_bytes() == before
    api.place_list(path, "lijst.csv", LIST, instead=False)
    api.place_list(path, "lijst.csv", LIST + b"\n", instead=False)
    assert (tmp_path / "lijst-2.csv").read_bytes() == LIST
    assert (tmp_path / "lijst-3.csv").read_bytes() == LIST + b"\n"
    assert "ontvangers: lijst-3.csv" in path.read_text(encoding="utf-8")
