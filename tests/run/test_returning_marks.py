"""What is marked to be left out of a publication copy stays marked when a paper comes back."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from paper_editing import Editor

from lrtdocs import api
from lrtdocs.run.meetings.following import follow_meeting

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MEETING = """\
overleg: Landelijke Regietafel
datum: 2025-03-19
dagtekening: 2025-03-12
dagtekening_verslag: 2025-03-26
volgende_vergadering: 2025-06-18
aanwezig:
  - Mw. [Faber]{weglaten=5.1.2e} (AenM, voorzitter)
agendapunten:
  - titel: Verslag van [Jansen]{weglaten=5.1.2e} van 18 december 2024
    vast: ja
    vertrouwelijk: 5.1.2i
    verslag: |
      Mevrouw [De Vries]{weglaten=5.1, 2, e} zei dat de heer [Smit]{weglaten=5.1.2e} later
      komt. De opvang gaat door.

      - Niemand heeft opmerkingen bij de nota van [Smit]{weglaten=5.1.2e}.
    besluiten:
      - De nota van [Smit]{weglaten=5.1.2e} is vastgesteld.
    actiepunten:
      - {wat: "De [heer Smit]{weglaten=5.1.2e} bellen", wie: DGM, gereed: 2025-04-02}
openbaar:
  beoordeling: deels
  reden: Het is lang geleden.
  weglaten: {Faber: 5.1.2e}
"""


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "huisstijl.yaml").write_text("afzenders: {a: {team: T}}\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "2025-03-19-lrt.yaml"
    file.write_text(MEETING, encoding="utf-8")
    return file


def back(path: Path, edit: Callable[[Editor], None]) -> list[str]:
    """Take over what `edit` changes in the minutes; return the messages."""
    (made,) = api.make_documents([path], "verslag").written
    editor = Editor(made.read_bytes())
    edit(editor)
    made.write_bytes(editor.save())
    return [each.key for each in api.bring_back(made, path, take_over=True).problems]


def test_an_unedited_paper_has_nothing_to_tell(path: Path) -> None:
    assert back(path, lambda _: None) == []
    assert path.read_text(encoding="utf-8") == MEETING


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("De opvang gaat door", "De opvang gaat voort", "De opvang gaat voort."),
        ("Niemand heeft", "Eén lid heeft", "- Eén lid heeft opmerkingen bij de nota van [Smit]{"),
        ("is vastgesteld", "is gewijzigd vastgesteld", "- De nota van [Smit]{weglaten=5.1.2e} is"),
        (" bellen", " mailen", '"De [heer Smit]{weglaten=5.1.2e} mailen"'),
        ("voorzitter)", "vz)", "- Mw. [Faber]{weglaten=5.1.2e} (AenM, vz)"),
        ("Verslag van", "Notulen van", "titel: Notulen van [Jansen]{weglaten=5.1.2e} van 18"),
    ],
)
def test_words_beside_a_mark_change_and_the_mark_stays(
    path: Path, old: str, new: str, line: str
) -> None:
    back(path, lambda editor: editor.replace(old, new))

    text = path.read_text(encoding="utf-8")
    assert line in text
    assert text.count("{weglaten=") == MEETING.count("{weglaten=")


@pytest.mark.parametrize(
    ("old", "new"), [("De Vries zei", "De Fries zei"), ("heer Smit bellen", "heer S. bellen")]
)
def test_a_marked_word_that_changed_is_told_and_left_to_the_writer(
    path: Path, old: str, new: str
) -> None:
    keys = back(path, lambda editor: editor.replace(old, new))

    assert "LRT061.weglaten" in keys
    assert path.read_text(encoding="utf-8") == MEETING


def test_the_next_meeting_keeps_marks_and_grounds_and_forgets_the_judgement(path: Path) -> None:
    text = follow_meeting(path, date(2025, 6, 18), None).text

    assert "- Mw. [Faber]{weglaten=5.1.2e} (AenM, voorzitter)" in text
    assert "titel: Verslag van [Jansen]{weglaten=5.1.2e} van 19 maart 2025" in text
    assert "vertrouwelijk: 5.1.2i" in text
    assert "weglaten: {Faber: 5.1.2e}" in text
    assert "De [heer Smit]{weglaten=5.1.2e} bellen" in text
    assert "beoordeling" not in text
    assert "reden" not in text


def test_a_normal_paper_is_the_same_with_and_without_marks(path: Path) -> None:
    (made,) = api.make_documents([path], "verslag").written
    marked = made.read_bytes()
    bare = re.sub(r"\[([^\]]+)\]\{weglaten=[^}]+\}", r"\1", MEETING)
    path.write_text(bare.replace("vertrouwelijk: 5.1.2i", "vertrouwelijk: ja"), encoding="utf-8")
    (made,) = api.make_documents([path], "verslag").written

    assert made.read_bytes() == marked
