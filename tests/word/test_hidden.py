"""Names in properties, parts and pictures: none goes along, and all are told."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from docx_making import members_of
from example_words import words_of
from letter_making import template
from planting import PLACES, name_of, names_in, plant

from lrtdocs.run.documents.inspect import check_docx
from lrtdocs.word.check.template import check_template
from lrtdocs.word.compile.template import compile_template
from lrtdocs.word.fill.render import render
from lrtdocs.word.hidden import is_organisation
from lrtdocs.word.house.build import build_templates

if TYPE_CHECKING:
    from pathlib import Path

PICTURED = {place for place in PLACES if place.split()[0] in {"PNG", "JPEG", "GIF", "TIFF", "SVG"}}


@cache
def made() -> bytes:
    return render(template("brief"), words_of("brief"))


def test_there_are_forty_places_and_more() -> None:
    assert len(PLACES) >= 40
    members = members_of(plant(build_templates()["brief.docx"]))
    found = set().union(*map(names_in, members.values()))
    assert found == set(PLACES)


def test_no_name_in_a_template_goes_along_to_a_document() -> None:
    compiled = compile_template(plant(build_templates()["brief.docx"]), "brief.docx")
    members = members_of(render(compiled, words_of("brief")))
    assert {m: names for m, data in members.items() if (names := names_in(data))} == {}
    assert "media" in " ".join(members)


def test_a_template_with_names_is_told_in_one_message() -> None:
    problems = check_template(plant(build_templates()["brief.docx"]), "brief.docx")
    (told,) = [problem for problem in problems if problem.code == "LRT517"]
    found, what = str(told.fields["found"]), str(told.fields["what"])
    silent = {place for place in PLACES if name_of(place) not in found} - PICTURED
    told_where_they_stand = {"comments author", "inserted by", "deleted by", "attached template"}
    assert silent == {"behind a PNG", *told_where_they_stand}
    assert what.count("afbeelding plant") == len(PICTURED) + 1
    assert "LRT516" in {problem.code for problem in problems}


@pytest.mark.parametrize("place", PLACES)
def test_each_name_in_a_finished_document_is_told(place: str, tmp_path: Path) -> None:
    problems = check_docx(tmp_path / "brief.docx", plant(made(), place))
    assert problems is not None
    assert {problem.key for problem in problems} == {"LRT518.word"}
    shown = any(name_of(place) in problem.found.replace("%20", " ") for problem in problems)
    assert shown or place in PICTURED | {"behind a PNG"}


def test_a_document_of_ours_has_nothing_hidden(tmp_path: Path) -> None:
    assert check_docx(tmp_path / "brief.docx", made()) == []


@pytest.mark.parametrize("kind", ["agenda", "verslag", "brief", "taakstelling"])
def test_a_shipped_template_carries_nobody_and_is_no_document(kind: str, tmp_path: Path) -> None:
    data = build_templates()[f"{kind}.docx"]
    assert [p for p in check_template(data, kind) if p.code == "LRT517"] == []
    assert check_docx(tmp_path / "x.docx", data) is None


@pytest.mark.parametrize(
    ("author", "organisation"),
    [
        ("Directoraat-Generaal Migratie", True),
        ("Ministerie van Asiel en Migratie", True),
        ("Jansen, P. (Piet) - Directie Migratiebeleid", False),
        ("J. de Raad", False),
        ("M. Jansen (IND)", False),
    ],
)
def test_a_person_of_an_organisation_is_no_organisation(author: str, organisation: bool) -> None:
    assert is_organisation(author) is organisation
