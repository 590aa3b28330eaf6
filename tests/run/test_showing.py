"""A paper shown while it is typed: never an old one, and each place on it leads to its field."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lrtdocs.api.showing import Viewer
from lrtdocs.errors import has_errors

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MEETING = """\
overleg: Overleg
datum: 2025-03-19
dagtekening: 2025-03-14
agendapunten:
  - titel: Opening
"""


@pytest.fixture(scope="module")
def viewer() -> Iterator[Viewer]:
    viewer = Viewer(dpi=40)
    yield viewer
    viewer.close()


@pytest.mark.office
def test_text_that_is_not_saved_is_shown(viewer: Viewer, tmp_path: Path) -> None:
    path = tmp_path / "overleg.yaml"
    path.write_text(MEETING, encoding="utf-8")

    sight = viewer.show(path, "agenda", MEETING + "  - titel: Nieuw punt\n")

    titles = {spot.loc for spot in sight.spots if spot.loc[-1:] == ("titel",)}
    assert titles == {("agendapunten", 0, "titel"), ("agendapunten", 1, "titel")}
    assert sight.pages


@pytest.mark.office
def test_what_is_wrong_is_told_and_nothing_is_shown(viewer: Viewer, tmp_path: Path) -> None:
    path = tmp_path / "overleg.yaml"
    path.write_text(MEETING, encoding="utf-8")

    sight = viewer.show(path, "agenda", MEETING.replace("2025-03-19", "gisteren"))

    assert sight.pages == ()
    assert has_errors(sight.problems)
    assert [(each.place.line, each.place.column) for each in sight.problems][:1] == [(2, 8)]


@pytest.mark.office
def test_words_of_the_template_are_no_place_of_a_field(viewer: Viewer, tmp_path: Path) -> None:
    path = tmp_path / "overleg.yaml"
    text = MEETING + "contactpersoon: {naam: A. Bakker, email: lrt@voorbeeld.nl}\n"
    path.write_text(text, encoding="utf-8")

    sight = viewer.show(path, "agenda")

    boxes = [spot.box for spot in sight.spots if spot.loc == ("contactpersoon", "email")]
    assert len(boxes) == 1
