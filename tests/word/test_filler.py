"""Filling many documents: what they share is done once, and no document can tell."""

from __future__ import annotations

import pytest
from docx_making import docx_of, members_of

from lrtdocs.errors import TemplateProblemsError
from lrtdocs.word.compile.template import compile_template
from lrtdocs.word.fill.render import Filler, render
from lrtdocs.word.package.archive import FASTEST, VARIABLE, ZLIB, find_compressor

SHARED = {"datum": "1 april", "leden": ["a", "b"], "adres": "www.ede.nl"}
TEMPLATES = [
    docx_of("{{ naam }} {{ datum }}", header="{{ datum }}"),
    docx_of("{{ naam }}", header="{{ adres | link }}"),
    docx_of("{{ naam }}", header="{% for l in leden %}{{ l }}{% endfor %}"),
    docx_of("{{ datum }}", header="{{ naam }}"),
    docx_of("{{ naam }} {{ adres | link }}", header="{{ '1. a' | tekst }}"),
]


@pytest.mark.parametrize("data", TEMPLATES, ids=range(len(TEMPLATES)))
@pytest.mark.parametrize("own", [{"naam": "Ede"}, {"naam": "Ede", "datum": "2 mei"}])
def test_a_document_is_what_render_makes_of_it(data: bytes, own: dict[str, object]) -> None:
    template = compile_template(data, "x.docx")
    filler = Filler(template, SHARED)
    filler.render({"naam": "Urk"})
    made, expected = filler.render(own), render(template, {**SHARED, **own})
    assert members_of(made) == members_of(expected)


def test_a_shared_word_that_no_document_can_hold_is_refused_at_once() -> None:
    template = compile_template(docx_of("{{ naam }}"), "x.docx")
    with pytest.raises(TemplateProblemsError) as caught:
        Filler(template, {"brief": {"tekst": "a\0"}})
    assert caught.value.problems[0].found == "brief.tekst"


def test_a_word_that_is_missing_or_wrong_is_told_for_each_document() -> None:
    filler = Filler(compile_template(docx_of("{{ naam }} {{ datum }}"), "x.docx"), SHARED)
    for own, code in (({}, "LRT309"), ({"naam": "a\x0c"}, "LRT313"), ({"naam": []}, "LRT314")):
        with pytest.raises(TemplateProblemsError) as caught:
            filler.render(own)
        assert [problem.code for problem in caught.value.problems] == [code]
    assert filler.render({"naam": "Ede"})


def test_a_shared_part_that_cannot_be_filled_is_told_for_each_document() -> None:
    filler = Filler(compile_template(docx_of("x", header="{{ leden }}"), "x.docx"), SHARED)
    with pytest.raises(TemplateProblemsError) as caught:
        filler.render({})
    assert caught.value.problems[0].place.part == "koptekst"


def test_both_compressors_make_the_same_document() -> None:
    template = compile_template(docx_of("{{ naam }} " + "tekst " * 100), "x.docx")
    made = [
        members_of(Filler(template, compressor=kind).render({"naam": "Ede"}))
        for kind in (FASTEST, ZLIB)
    ]
    assert made[0] == made[1]


def test_a_compressor_is_chosen_by_name() -> None:
    assert find_compressor("zlib-6") is ZLIB
    assert VARIABLE == "LRTDOCS_COMPRESSOR"
