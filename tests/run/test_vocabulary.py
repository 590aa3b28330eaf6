"""The words as people are told of them: tags that work when pasted, and where words are used."""

from __future__ import annotations

import io
import itertools
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest
from docx_making import docx_of

from lrtdocs.documents.fields import fields_of
from lrtdocs.errors import Place
from lrtdocs.kinds import KINDS
from lrtdocs.run.templates.example import Sample, load_house, sample_words
from lrtdocs.run.templates.vocabulary import NOT_USED, describe_fields, show_value
from lrtdocs.word.check.grouping import show_places
from lrtdocs.word.check.words import Use
from lrtdocs.word.compile.template import compile_template
from lrtdocs.word.fill.render import render
from lrtdocs.word.house.vocabulary import Entry, build_vocabulary
from lrtdocs.word.package.guards import read_package
from lrtdocs.word.story.lint import check_package

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TODAY = date(2025, 3, 1)


def pasted(entries: Sequence[Entry], opened: str = "") -> Iterator[str]:
    """Yield the tags of `entries` as paragraphs, parts inside the block that they are part of."""
    for entry in entries:
        first, *rest = entry.tags or ("",)
        if entry.contains:
            yield from filter(None, [first])
            yield from pasted(entry.contains)
            yield from rest[-1:]
        else:
            yield from entry.tags


@pytest.mark.parametrize("amount", Sample)
@pytest.mark.parametrize("kind", KINDS)
def test_every_tag_works_when_it_is_pasted(kind: str, amount: str) -> None:
    paragraphs = list(pasted(describe_fields(fields_of(kind), None)))
    words = sample_words(kind, amount, load_house(Path("x.yaml")), TODAY)

    assert render(compile_template(docx_of(*paragraphs), "x.docx"), words)


@pytest.mark.parametrize("kind", KINDS)
def test_the_three_lines_of_a_list_work_by_themselves(kind: str) -> None:
    words = sample_words(kind, "veel", load_house(Path("x.yaml")), TODAY)
    for entry in describe_fields(fields_of(kind), None):
        if entry.facts.startswith("lijst"):
            assert render(compile_template(docx_of(*entry.tags), "x.docx"), words)


def entry_of(name: str, *paths: str) -> Entry:
    uses = [Use(path, Place("x.docx", part="hoofdtekst", paragraph=3)) for path in paths]
    return next(one for one in describe_fields(fields_of("agenda"), uses) if one.name == name)


def test_a_word_tells_where_it_is_used_or_that_it_is_not() -> None:
    assert entry_of("overleg", "overleg").used == "In het sjabloon: hoofdtekst, alinea 3."
    assert entry_of("overleg", "datum").used == NOT_USED
    assert entry_of("afzender", "afzender.team").used.endswith("alleen wat erin staat.")
    assert describe_fields(fields_of("agenda"), None)[0].used == ""


def test_a_part_is_called_as_inside_its_loop() -> None:
    punten = entry_of("agendapunten", "agendapunten[].titel")
    titel = punten.contains[0]
    assert (titel.name, titel.tags) == ("punt.titel", ("{{ punt.titel }}",))
    assert titel.used == "In het sjabloon: hoofdtekst, alinea 3."
    assert punten.tags[0] == "{%p for punt in agendapunten %}"


def test_a_word_that_may_be_empty_comes_with_its_condition() -> None:
    assert entry_of("tijd").tags == ("{% if tijd %}{{ tijd | tijd }}{% endif %}",)
    assert entry_of("datum").tags == ("{{ datum | datum }}",)


def test_many_places_are_cut_short() -> None:
    places = [Place("x", part="hoofdtekst", paragraph=number) for number in range(1, 12)]
    assert show_places(places) == "hoofdtekst, alinea 1, 2, 3, 4, 5, 6, 7, 8 en nog 3"
    assert show_places([Place("x", part="documenteigenschappen")]) == "documenteigenschappen"


def test_examples_are_shown_as_printed() -> None:
    values = (None, True, date(2025, 3, 19), 13000, ("a", "b"), "x")
    assert [show_value(value) for value in values] == [
        "", "", "19 maart 2025", "13.000", "a / b", "x",
    ]  # fmt: skip


@pytest.fixture(scope="module")
def vocabulary() -> bytes:
    entries = describe_fields(fields_of("agenda"), [])
    return build_vocabulary("Woorden voor agenda", ["Dit zijn de woorden."], entries)


def test_the_words_as_a_document_pass_the_check_and_open(vocabulary: bytes) -> None:
    assert check_package(read_package(vocabulary, "v.docx")) == []
    document = docx.Document(io.BytesIO(vocabulary))
    assert document.core_properties.title == "Woorden voor agenda"
    assert document.core_properties.language == "nl-NL"


def test_the_words_as_a_document_have_headings_in_order(vocabulary: bytes) -> None:
    document = docx.Document(io.BytesIO(vocabulary))
    levels = [
        int(paragraph.style.name[-1])  # type: ignore[union-attr,index]
        for paragraph in document.paragraphs
        if paragraph.style and str(paragraph.style.name).lower().startswith("heading")
    ]
    assert levels[:2] == [1, 2]
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in itertools.pairwise(levels))


def test_the_tables_of_words_have_a_header_row_and_hold_every_word(vocabulary: bytes) -> None:
    document = docx.Document(io.BytesIO(vocabulary))
    words = set()
    for table in document.tables:
        assert table.rows[0].cells[0].text == "Woord"
        assert "w:tblHeader" in table.rows[0]._tr.xml
        words |= {row.cells[0].text.partition("\n")[0] for row in table.rows[1:]}
    assert {"overleg", "punt.titel", "actie.wat", "afzender.team", "kopie_aan"} <= words
