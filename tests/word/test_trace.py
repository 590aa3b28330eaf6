"""The trace of filling: which word each printed piece came from, and where it landed."""

from __future__ import annotations

import io

import docx
import pytest
from docx_making import WORDS, body_of, docx_of, paragraph_of
from example_words import TEMPLATES, template_of, words_of

from lrtdocs.errors import Place, TemplateProblemsError
from lrtdocs.kinds import KINDS, Source
from lrtdocs.model.value import Value
from lrtdocs.word.compile.template import compile_template
from lrtdocs.word.fill.render import render
from lrtdocs.word.fill.trace import Piece, find_sources, render_traced
from lrtdocs.word.package.guards import read_package
from lrtdocs.word.package.package import part_names
from lrtdocs.word.tags.paragraphs import paragraphs_of


def traced(template: bytes, words: dict[str, object] | None = None) -> list[Piece]:
    compiled = compile_template(template, "x.docx")
    words = words or WORDS
    document, pieces = render_traced(compiled, words)
    assert document == render(compiled, words)
    return pieces


def trail(*paragraphs: str, words: dict[str, object] | None = None) -> list[tuple[str, int | None]]:
    pieces = traced(docx_of(*paragraphs), words)
    return [(piece.word, piece.place.paragraph) for piece in pieces]


@pytest.mark.parametrize("kind", TEMPLATES)
def test_a_traced_document_is_the_same_and_its_pieces_stand_where_they_are_said_to(
    kind: str,
) -> None:
    template = compile_template(template_of(kind), f"{kind}.docx")
    words = dict(words_of(kind))
    document, pieces = render_traced(template, words)
    assert document == render(template, words)
    word = "overleg" if KINDS[kind].source is Source.MEETING else "betreft"
    places = [piece.place for piece in pieces if piece.word == word]
    assert places
    for place in places:
        if place.paragraph:
            assert str(words[word]) in _paragraph(document, place)


def _paragraph(document: bytes, place: Place) -> str:
    package = read_package(document, "uit.docx")
    member = next(m for m, name in part_names(package).items() if name == place.part)
    paragraphs = dict(paragraphs_of(package.parse(member)))
    return "".join(map(str, paragraphs[place.paragraph or 0].itertext()))


def test_a_part_of_an_item_of_a_list_has_the_path_to_it() -> None:
    found = trail("{%p for punt in punten %}", "{{ punt.titel }}", "{%p endfor %}")
    assert found == [("punten[0].titel", 1), ("punten[1].titel", 2)]


def test_an_item_is_known_after_sorting_and_by_any_name() -> None:
    words = {"leden": ["Zoë", "Anna"]}
    found = trail("{%p for x in leden|sort %}", "{{ x }}", "{%p endfor %}", words=words)
    assert found == [("leden[1]", 1), ("leden[0]", 2)]


@pytest.mark.parametrize(
    ("tag", "word"),
    [
        ("{{ naam }}", "naam"),
        ("{{ naam | upper }}", "naam"),
        ("{{ datum | datum }}", "datum"),
        ("{{ leden[1] }}", "leden[1]"),
        ("{{ leden | opsomming }}", "leden"),
        ("{{ naam ~ getal }}", "naam"),
        ("{{ punten[0].titel | default('') }}", "punten[0].titel"),
        ("{{ 'tekst' }}", ""),
    ],
)
def test_a_piece_has_the_word_it_was_made_of(tag: str, word: str) -> None:
    assert trail("Kop", f"Tekst: {tag}.") == [(word, 2)]


def test_a_text_of_more_paragraphs_begins_at_its_first() -> None:
    words = {"toelichting": "Een.\n\nTwee.\n\n- drie", "naam": "Jan"}
    found = trail("Kop", "{{ toelichting | tekst }}", "{{ naam }}", words=words)
    assert found == [("toelichting", 2), ("naam", 5)]


def test_pieces_in_tables_text_boxes_and_headers_have_their_part_and_paragraph() -> None:
    template = docx_of("{{ naam }}", table=[["a", "{{ getal }}"]], header="{{ datum }}")
    found = {(p.word, p.place.part, p.place.paragraph) for p in traced(template)}
    assert ("naam", "hoofdtekst", 1) in found
    assert ("getal", "hoofdtekst", 3) in found
    assert any(word == "datum" and str(part).startswith("koptekst") for word, part, _ in found)


def test_a_cell_that_stays_empty_is_mended_in_the_same_way() -> None:
    table = (
        '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="10"/></w:tblGrid><w:tr><w:tc>'
        + paragraph_of("{{ leeg | tekst }}")
        + "</w:tc></w:tr></w:tbl>"
    )
    pieces = traced(body_of(table + paragraph_of("{{ naam }}")))
    assert [(p.word, p.place.paragraph) for p in pieces] == [("leeg", 1), ("naam", 2)]


def test_a_value_that_knows_its_place_is_told_there() -> None:
    words = {"bedrag": Value("veel", at=("lijst.csv", 3, 7, None))}
    template = compile_template(docx_of("{{ bedrag | getal }}"), "x.docx")
    with pytest.raises(TemplateProblemsError) as caught:
        render(template, words)
    problem = find_sources(caught.value, template, words)[0]
    assert problem.place == Place("lijst.csv", 3, 7)
    assert problem.found == "{{ bedrag | getal }} (x.docx, hoofdtekst, alinea 1)"
    assert problem.fields["word"] == "bedrag"


def test_a_text_that_does_not_fit_is_told_where_its_word_stands_with_the_tag_as_found() -> None:
    words = {"punten": [{"datum": "2025-03-19"}, {"datum": "morgen"}]}
    template = compile_template(
        docx_of("{%p for punt in punten %}", "{{ punt.datum | datum }}", "{%p endfor %}"), "x.docx"
    )
    with pytest.raises(TemplateProblemsError) as caught:
        render(template, words)
    places = {"punten[1].datum": Place("in.yaml", 8, 5)}
    problem = find_sources(caught.value, template, words, places.get)[0]
    assert problem.place == Place("in.yaml", 8, 5)
    assert problem.code == "LRT311"
    assert problem.fields["word"] == "punten[1].datum"
    assert problem.fields["tag"] == caught.value.problems[0].place
    assert "{{ punt.datum | datum }}" in problem.found


def test_what_only_the_template_can_be_wrong_about_stays_at_its_tag() -> None:
    template = compile_template(docx_of("{{ leden }}"), "x.docx")
    with pytest.raises(TemplateProblemsError) as caught:
        render(template, WORDS)
    found = find_sources(caught.value, template, WORDS, lambda _: Place("in.yaml", 1, 1))
    assert found == caught.value.problems


def test_a_character_that_no_document_holds_is_told_where_it_stands() -> None:
    template = compile_template(docx_of("{{ naam }}"), "x.docx")
    words = {"naam": "a\x00b"}
    with pytest.raises(TemplateProblemsError) as caught:
        render(template, words)
    found = find_sources(caught.value, template, words, {"naam": Place("in.yaml", 2, 7)}.get)
    assert (found[0].code, found[0].place) == ("LRT313", Place("in.yaml", 2, 7))


def test_the_signs_of_the_trace_are_not_in_the_document() -> None:
    document, _ = render_traced(compile_template(docx_of("{{ naam }}"), "x.docx"), WORDS)
    assert docx.Document(io.BytesIO(document)).paragraphs[0].text == "Jan"
