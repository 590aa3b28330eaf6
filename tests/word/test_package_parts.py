"""A package and its parts: what belongs to a part comes and goes with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from docx_making import docx_of
from lxml import etree

from lrtdocs.word.package.guards import read_package
from lrtdocs.word.package.ooxml import CORE_TYPE, FOOTER_TYPE, STYLES_TYPE, WML_TYPE
from lrtdocs.word.package.package import part_names
from lrtdocs.word.package.pictures import Picture
from lrtdocs.word.story.lint import check_package

if TYPE_CHECKING:
    from lrtdocs.word.package.package import Package

PEOPLE = WML_TYPE + "people+xml"


@pytest.fixture
def package() -> Package:
    return read_package(docx_of("a"), "x.docx")


def add_people(package: Package) -> None:
    package.add_part("word/people.xml", b"<p/>", PEOPLE, "people", "rIdPeople", package.main)


def test_a_part_is_found_by_its_content_type_and_by_who_refers_to_it(package: Package) -> None:
    assert package.part_of_type(STYLES_TYPE) == package.related(package.main, "styles")
    assert package.part_of_type(PEOPLE) == ""
    assert package.related("", "officeDocument") == package.main


def test_building_blocks_have_styles_and_footers_of_their_own(package: Package) -> None:
    own = package.part_of_type(STYLES_TYPE)
    package["word/glossary/styles.xml"] = package[own]
    package["word/glossary/footer1.xml"] = b"<p/>"
    package.set_type("word/glossary/styles.xml", STYLES_TYPE)
    package.set_type("word/glossary/footer1.xml", FOOTER_TYPE)
    assert package.part_of_type(STYLES_TYPE) == own
    assert "word/glossary/footer1.xml" not in part_names(package)


def test_an_added_part_has_a_type_and_a_relationship(package: Package) -> None:
    add_people(package)
    assert package.types.of("word/people.xml") == PEOPLE
    assert package.related(package.main, "people") == "word/people.xml"
    assert check_package(package) == []


def test_a_dropped_part_leaves_nothing_behind(package: Package) -> None:
    before = set(package)
    add_people(package)
    package.relate("word/people.xml", "rId1", "image", "/word/x.png")
    package.drop_part("word/people.xml")
    assert set(package) == before
    assert package.types.of("word/people.xml") != PEOPLE
    assert package.related(package.main, "people") == ""


def test_an_id_that_is_taken_is_made_longer(package: Package) -> None:
    package.relate(package.main, "rIdMine1", "image", "/word/x.png")
    assert package.free_id(package.main, "rIdMine") == "rIdMinex"
    assert package.free_id(package.main, "rIdOther") == "rIdOther"


def test_a_picture_is_there_once_for_all_who_show_it(package: Package) -> None:
    picture = Picture(b"png", "image/png", 1, 1)
    before = len(package)
    for rel_id in ("rIdOne", "rIdTwo"):
        package.add_picture(package.main, rel_id, picture)
    assert len(package) == before + 1
    assert [row.part for row in package.relations(package.main).values()].count(picture.member) == 2


def test_links_are_external_relationships(package: Package) -> None:
    package.relate_links(package.main, {"https://www.ede.nl": "rIdLink"})
    row = package.relations(package.main)["rIdLink"]
    assert (row.external, row.target, row.part) == (True, "https://www.ede.nl", "")


def test_a_part_is_parsed_once_until_it_is_replaced(package: Package) -> None:
    core = package.part_of_type(CORE_TYPE)
    tree = package.tree(core)
    assert package.tree(core) is tree
    assert package.parse(core) is not tree
    package.write(core, etree.fromstring("<other/>"))
    assert package.tree(core).tag == "other"


def test_a_copy_changes_by_itself_and_tells_what_it_changed(package: Package) -> None:
    copy = package.copy()
    assert copy.changes(package) == {}
    add_people(copy)
    assert "word/people.xml" not in package
    assert copy.changes(package).keys() == {
        "[Content_Types].xml",
        "word/_rels/document.xml.rels",
        "word/people.xml",
    }
