"""An edited paper of which only what was chosen is taken over; the rest of the file stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from paper_editing import Editor

from lrtdocs import api

if TYPE_CHECKING:
    from pathlib import Path

MEETING = """\
overleg: Landelijke Regietafel   # voluit
datum: 2025-03-19
tijd: 10:00-11:30
plaats: Den Haag
aanwezig:
  - Mw. Faber (AenM, voorzitter)
  - Dhr. Jansen (VNG)
agendapunten:
  - titel: Opening
    verslag: |
      De voorzitter opent de vergadering.

      Niemand heeft opmerkingen.
    actiepunten:
      - {wat: Verslag rondsturen, wie: Secretariaat}
  # het hoofdpunt
  - titel: Opvang
    verslag: Het COA laat het dashboard zien.
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "huisstijl.yaml").write_text("afzenders: {a: {team: T}}\n", encoding="utf-8")
    found = tmp_path / "2025-03-19-lrt.yaml"
    found.write_text(MEETING, encoding="utf-8")
    return found


@pytest.fixture
def paper(path: Path) -> Path:
    """The minutes, with five changes of which two are in one text."""
    (made,) = api.make_documents([path], "verslag").written
    editor = Editor(made.read_bytes())
    editor.replace("opent de vergadering", "opent het overleg")
    editor.replace("Niemand heeft", "Eén lid heeft")
    editor.replace("dashboard", "overzicht")
    editor.replace("Opvang", "Opvang en plaatsing")
    editor.add_after("Dhr. Jansen (VNG)", "Mw. Aerts (JenV)")
    made.write_bytes(editor.save())
    return made


def keys(outcome: api.ReturnOutcome) -> dict[str, str]:
    """Return of each change the key, by what is new."""
    return {str(one.fields["after"]): key for key, one in outcome.changes}


def test_each_change_has_a_key_that_stays_the_same(path: Path, paper: Path) -> None:
    first, second = (keys(api.bring_back(paper, path)) for _ in range(2))
    assert first == second
    assert len(set(first.values())) == 5


def test_of_two_paragraphs_in_one_text_one_is_taken_over(path: Path, paper: Path) -> None:
    found = keys(api.bring_back(paper, path))
    outcome = api.bring_back(
        paper, path, take_over=True, only={found["Eén lid heeft opmerkingen."]}
    )
    assert path.read_text(encoding="utf-8") == MEETING.replace("Niemand heeft", "Eén lid heeft")
    assert outcome.exit_code == 0
    assert [one.key for _, one in outcome.changes].count("LRT061.gekozen") == 4


@pytest.mark.parametrize("without", range(5))
def test_what_was_not_chosen_stays_and_can_still_be_taken_over(
    path: Path, paper: Path, without: int
) -> None:
    found = keys(api.bring_back(paper, path))
    left = list(found)[without]
    api.bring_back(paper, path, take_over=True, only=set(found.values()) - {found[left]})
    again = api.bring_back(paper, path)
    assert list(keys(again)) == [left]
    assert "# voluit" in path.read_text(encoding="utf-8")
    assert "# het hoofdpunt" in path.read_text(encoding="utf-8")


def test_all_chosen_is_the_same_as_taking_it_over(path: Path, paper: Path) -> None:
    found = keys(api.bring_back(paper, path))
    api.bring_back(paper, path, take_over=True, only=set(found.values()))
    chosen = path.read_text(encoding="utf-8")
    path.write_text(MEETING, encoding="utf-8")
    api.bring_back(paper, path, take_over=True)
    assert path.read_text(encoding="utf-8") == chosen != MEETING


def test_without_any_choice_nothing_is_written(path: Path, paper: Path) -> None:
    api.bring_back(paper, path, take_over=True, only=())
    assert path.read_text(encoding="utf-8") == MEETING


def test_a_change_that_is_not_there_any_more_refuses_all(path: Path, paper: Path) -> None:
    found = keys(api.bring_back(paper, path))
    changed = MEETING.replace("Niemand heeft", "Iedereen heeft")
    path.write_text(changed, encoding="utf-8")
    outcome = api.bring_back(paper, path, take_over=True, only=set(found.values()))
    assert [one.key for one in outcome.problems] == ["LRT930"]
    assert path.read_text(encoding="utf-8") == changed
