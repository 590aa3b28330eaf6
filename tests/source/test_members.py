from __future__ import annotations

from typing import TYPE_CHECKING

from sheet_making import save

from lrtdocs.api import check
from lrtdocs.source.lists.members import find_members, read_members

if TYPE_CHECKING:
    from pathlib import Path


def test_people_are_read_with_their_addresses(tmp_path: Path) -> None:
    path = save(
        tmp_path,
        ["Naam", "Organisatie", "Rol", "E-mail"],
        ["Mw. A. Faber", "AenM", "voorzitter", "a.faber@minaenm.nl"],
        ["Secretariaat", "VNG", None, None],
    )
    leden, problems = read_members(path)
    assert problems == []
    assert [lid[1:] for lid in leden] == [
        ("Mw. A. Faber", "AenM", "voorzitter", "a.faber@minaenm.nl"),
        ("Secretariaat", "VNG", "", ""),
    ]
    assert leden[0].plaats_in_bestand.cell == "A2"


def test_a_list_from_excel_on_windows_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "leden.csv"
    path.write_bytes("naam;functie;e-mailadres\r\nJ. Müller;lid;<j@ipo.nl>\r\n".encode("cp1252"))
    leden, _ = read_members(path)
    assert [(lid.naam, lid.rol, lid.email) for lid in leden] == [("J. Müller", "lid", "j@ipo.nl")]


def test_what_is_no_address_is_told_at_its_cell_and_counts_as_none(tmp_path: Path) -> None:
    path = save(tmp_path, ["naam", "e-mail"], ["Jan", "jan at vng.nl"])
    (lid,), (problem,) = read_members(path)
    assert (lid.email, problem.code, problem.place.cell) == ("", "LRT623", "B2")


def test_a_list_without_a_column_of_addresses_is_refused(tmp_path: Path) -> None:
    path = save(tmp_path, ["naam", "telefoon"], ["Jan", "070 1"])
    leden, (problem,) = read_members(path)
    assert (leden, problem.key, problem.fields["name"]) == ([], "LRT604.leden", "email")


def test_the_nearest_list_goes_for_a_meeting(tmp_path: Path) -> None:
    (tmp_path / "leden.xlsx").touch()
    (tmp_path / "2025").mkdir()
    meeting = tmp_path / "2025" / "m.yaml"
    assert find_members(meeting) == tmp_path / "leden.xlsx"
    (tmp_path / "2025" / "leden.csv").touch()
    assert find_members(meeting) == tmp_path / "2025" / "leden.csv"


def test_the_list_is_checked_as_what_it_is(tmp_path: Path) -> None:
    path = save(tmp_path, ["naam", "e-mail"], ["Jan", "j@vng.nl"], ["Piet", ""])
    (problem,) = check(path.rename(tmp_path / "Leden.xlsx"))
    assert (problem.key, problem.place.cell) == ("LRT091.leeg", "A3")
