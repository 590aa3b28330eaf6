"""The proof fails on a name in each hiding place, and passes the same file without the name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from leak_planting import DOCX, OTHER, PDF

from lrtdocs.errors import ExitCode, Place
from lrtdocs.model.openbaar.omission import Omission
from lrtdocs.run.documents.report import Outcome
from lrtdocs.run.publishing.proof import Wanted, prove

if TYPE_CHECKING:
    from pathlib import Path

NAME = "Uitermark"
ABSENT = Omission(Place("lrt.yaml", line=24), "naam van een aanwezige", "5.1.2e", (NAME,))
FILES = {
    **{f"Word: {place}": ("verslag.docx", make) for place, make in DOCX.items()},
    **{f"PDF: {place}": ("verslag.pdf", make) for place, make in PDF.items()},
    **OTHER,
}


def proved(path: Path, *omissions: Omission, **more: object) -> Outcome:
    outcome = Outcome()
    prove(path, Wanted(omissions or (ABSENT,), **more), outcome)
    return outcome


def test_there_are_many_more_hiding_places_than_forty() -> None:
    assert len(FILES) > 140


@pytest.mark.parametrize("place", FILES)
def test_a_name_is_found_in(place: str, tmp_path: Path) -> None:
    called, make = FILES[place]
    path = tmp_path / called
    path.write_bytes(make(NAME))

    outcome = proved(path)

    assert outcome.exit_code is ExitCode.PROBLEMS
    assert {problem.code for problem in outcome.problems} == {"LRT830"}
    assert NAME.lower() not in "".join(map(str, outcome.problems)).lower()


@pytest.mark.parametrize("place", FILES)
def test_the_same_file_without_the_name_passes(place: str, tmp_path: Path) -> None:
    called, make = FILES[place]
    path = tmp_path / called
    path.write_bytes(make("Hollander"))

    outcome = proved(path)

    assert [str(problem) for problem in outcome.problems] == []
    assert outcome.exit_code is ExitCode.DONE
