"""Which words a template uses, and where."""

from __future__ import annotations

import pytest
from docx_making import body_of, docx_of, paragraph_of

from lrtdocs.documents.fields import fields_of
from lrtdocs.kinds import KINDS
from lrtdocs.model.veld import Field, ValueKind
from lrtdocs.shipped import templates_folder
from lrtdocs.word.check.template import check_template, find_uses
from lrtdocs.word.package.guards import read_package


def used(*paragraphs: str, **more: object) -> list[str]:
    template = docx_of(*paragraphs, **more)  # type: ignore[arg-type]
    return [use.path for use in find_uses(read_package(template, "x.docx"))]


def test_words_are_named_from_the_top_also_inside_loops() -> None:
    assert used(
        "{%p for punt in agendapunten %}",
        "{% for sub in punt.subpunten %}{{ sub.titel }}{% endfor %}",
        "{%p endfor %}",
    ) == ["agendapunten", "agendapunten[].subpunten", "agendapunten[].subpunten[].titel"]


def test_a_variable_of_a_loop_is_no_word_of_its_own_behind_the_loop_it_is() -> None:
    assert used("{% for a in x %}{{ a }}{{ loop.index }}{% endfor %}{{ a }}") == ["x", "x[]", "a"]


def test_an_item_picked_from_a_list_and_a_sorted_list_are_followed() -> None:
    assert used("{{ (x | first).naam }}", "{{ x[0].rol }}", "{{ x['y'].z }}") == [
        "x",
        "x[].naam",
        "x[].rol",
        "x.y.z",
    ]
    assert used("{% for a in x | sort(attribute='n') if a.b %}{% endfor %}") == ["x", "x[].b"]


def test_a_word_set_by_the_template_means_what_it_was_set_to() -> None:
    assert used("{% set p = contactpersoon %}{{ p.naam }}") == [
        "contactpersoon",
        "contactpersoon.naam",
    ]


def test_conditions_filters_and_arguments_count() -> None:
    assert used("{% if a and not b %}{{ c | d | default(e) }}{% elif f == 1 %}{% endif %}") == [
        "a",
        "b",
        "c",
        "e",
        "f",
    ]


def test_names_that_the_template_makes_itself_are_no_words() -> None:
    words = used(
        "{% macro m(arg, k=plaats) %}{{ arg.x }}{{ k }}{{ m(arg) }}{% endmacro %}{{ m(naam) }}",
        "{% with x = leden %}{{ x }}{% endwith %}{% set b %}{{ slot }}{% endset %}{{ b }}",
        "{% import 'f' as f %}{{ f.y }}{{ naam.upper() }}",
    )
    assert set(words) == {"plaats", "naam", "leden", "slot"}


def test_a_use_tells_its_part_and_its_paragraph() -> None:
    template = docx_of("tekst", "{{ naam }}", header="{{ kop }}")
    uses = {use.path: use.place for use in find_uses(read_package(template, "x.docx"))}
    assert (uses["naam"].part, uses["naam"].paragraph) == ("hoofdtekst", 2)
    assert (uses["kop"].part, uses["kop"].paragraph) == ("koptekst", 1)


def test_a_use_is_at_the_paragraph_that_the_check_counts() -> None:
    before = "<w:sdt><w:sdtContent/></w:sdt><w:tbl><w:tr><w:tc/></w:tr></w:tbl>"
    deleted = "<w:p><w:pPr><w:rPr><w:del w:id='1' w:author='x'/></w:rPr></w:pPr></w:p>"
    data = body_of(before + deleted + paragraph_of("{{ naam }}{{ 1 + }}"))
    (use,) = find_uses(read_package(data, "x.docx"))
    (problem,) = [one for one in check_template(data, "x.docx") if one.code == "LRT302"]
    assert (use.place.part, use.place.paragraph) == (problem.place.part, problem.place.paragraph)


def test_a_tag_cut_over_runs_is_one_tag() -> None:
    template = body_of(paragraph_of("{{ contact", "persoon.", "naam }}"))
    assert [use.path for use in find_uses(read_package(template, "x"))] == ["contactpersoon.naam"]


def test_of_a_part_with_faults_the_tags_are_read_as_they_were_meant() -> None:
    assert used("{% if a %}", "{{ b }}", "{{ c | }}", "{% endfor %}") == ["b", "c"]
    assert used("{% als a %}", "{{ b.c }}", "{% endif %}", "{% for d in e %}{{ d.f }}") == [
        "a",
        "b.c",
    ]


def paths(fields: tuple[Field, ...], above: str = "") -> set[str]:
    found = set()
    for field in fields:
        path = above + field.name
        item = f"{path}[]" if field.kind == ValueKind.LIST else path
        found |= {path, item, *paths(field.parts, f"{item}.")}
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_the_shipped_template_uses_only_words_of_the_tree(kind: str) -> None:
    package = read_package((templates_folder() / f"{kind}.docx").read_bytes(), kind)
    uses = {use.path for use in find_uses(package)}

    assert len(uses) > 25
    assert uses - paths(fields_of(kind)) == set()
