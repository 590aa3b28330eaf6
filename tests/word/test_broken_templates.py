"""Templates with a mistake: each gives its code and its place, and never a traceback."""

from __future__ import annotations

import pytest
from docx_making import (
    body_of,
    change,
    docx_of,
    fill,
    filled,
    new_document,
    paragraph_of,
    problems_of,
    save,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from lrtdocs.errors import ExitCode, TemplateProblemsError
from lrtdocs.word.compile.template import check_names, compile_template
from lrtdocs.word.fill.render import render
from lrtdocs.word.package.ooxml import w

ONE_LINE = [
    ("{{ naam", "LRT301"),
    ("{{ naam }", "LRT330"),
    ("{% if naam }}x{% endif %}", "LRT303"),
    ("{# nooit dicht", "LRT301"),
    ("{% raw %} nooit dicht", "LRT301"),
    ("{{ }}", "LRT302"),
    ("{{ naam naam }}", "LRT302"),
    ("{{ naam | }}", "LRT302"),
    ("{{ 'open }}", "LRT302"),
    ("{{ naam.. }}", "LRT302"),
    ("{% if %}x{% endif %}", "LRT302"),
    ("{% if naam = 'Jan' %}x{% endif %}", "LRT302"),
    ("{% if naam %}x{% else if leeg %}y{% endif %}", "LRT302"),
    ("{% for leden %}x{% endfor %}", "LRT302"),
    ("{% for l on leden %}x{% endfor %}", "LRT302"),
    ("{% if naam %}x{% endif naam %}", "LRT302"),
    ("{% fro l in leden %}x{% endfor %}", "LRT302"),
    ("{% %}", "LRT302"),
    ("{% if getal > 1,5 %}x{% endif %}", "LRT302"),
    ("{{ naam, leeg }}", "LRT302"),
    ("{% for 1 in leden %}x{% endfor %}", "LRT302"),
    ("{{ datum | datum('d mmmm') }}", "LRT307"),
    ("{{ naam | replace('a') }}", "LRT307"),
    ("{% if naam is leeg('x') %}x{% endif %}", "LRT307"),
    ("{{ leden | dictsort }}", "LRT311"),
    ("{{ naam | truncate(1) }}", "LRT311"),
    ("{{ niets | first }}", "LRT310"),
    ("{{ punten[0] | items }}", "LRT314"),
    ("{% p if naam %}", "LRT331"),
    ("{% if naam %}x", "LRT303"),
    ("x{% endif %}", "LRT303"),
    ("{% else %}", "LRT303"),
    ("{% if naam %}{% for l in leden %}x{% endif %}", "LRT303"),
    ("{% for l in leden %}x{% endif %}", "LRT303"),
    ("{{ naam | datumm }}", "LRT307"),
    ("{{ naam | center(9) }}", "LRT307"),
    ("{% if naam is definedd %}x{% endif %}", "LRT307"),
    ("{{ naamm }}", "LRT309"),
    ("{% for l in ledn %}x{% endfor %}", "LRT309"),
    ("{% for l in leden %}{% endfor %}{{ l }}", "LRT309"),
    ("{{ punten[0].titl }}", "LRT310"),
    ("{{ punten[7].titel }}", "LRT310"),
    ("{{ leeg.titel }}", "LRT310"),
    ("{{ naam.titel }}", "LRT310"),
    ("{{ 1 / 0 }}", "LRT311"),
    ("{{ naam + 1 }}", "LRT311"),
    ("{{ naam > 1 }}", "LRT311"),
    ("{{ naam | datum }}", "LRT311"),
    ("{{ naam | getal }}", "LRT311"),
    ("{{ '31-2-2025' | datum }}", "LRT311"),
    ("{{ '1,5' | telwoord }}", "LRT311"),
    ("{{ getal | opsomming }}", "LRT311"),
    ("{{ 'javascript:x' | link }}", "LRT311"),
    ("{{ '# kop' | tekst }}", "LRT311"),
    ("{% for x in naam %}{% endfor %}", "LRT311"),
    ("{{ leden }}", "LRT314"),
    ("{{ punten[0] }}", "LRT314"),
    ("a {{ 'een\n\ntwee' | tekst }} b".replace("\n", "\\n"), "LRT314"),
    ("Beste {%p if naam %} raad", "LRT304"),
    ("{%p if naam %}{{ naam }}", "LRT304"),
    ("{%tr if naam %}", "LRT306"),
    ("{%tc if naam %}", "LRT306"),
    ("{% colspan 2 %}", "LRT306"),
]


@pytest.mark.parametrize(("line", "code"), ONE_LINE, ids=lambda value: value[:40])
def test_a_mistake_in_a_paragraph_gives_its_code_and_place(line: str, code: str) -> None:
    closing = "{%p endif %}" if "%p if" in line else "{%tr endif %}" if "%tr" in line else ""
    closing = closing or ("{%tc endif %}" if "%tc" in line else "slot")
    problems = problems_of(docx_of("begin", line, closing))
    assert code in {problem.code for problem in problems}, problems
    place = next(problem.place for problem in problems if problem.code == code)
    assert (place.file, place.part, place.paragraph) == ("x.docx", "hoofdtekst", 2)


ROWS = [
    ([["{%tr for p in punten %} let op", "x"], ["{%tr endfor %}", ""]], "LRT304"),
    ([["{%tr for p in punten %}", "{{ naam }}"], ["{%tr endfor %}", ""]], "LRT304"),
    ([["{%tc for l in leden %} x", "{%tc endfor %}"]], "LRT304"),
    ([["{%tr for p in punten %}", ""], ["a{% endfor %}", "b"]], "LRT305"),
    ([["a {% if naam %}", "b"], ["c", "d {% endif %}"]], "LRT305"),
    ([["a {% if naam %}", "b {% endif %}c"]], "LRT305"),
    ([["{% colspan naam %}x", "b"]], "LRT311"),
    ([["{% colspan 0 %}x", "b"]], "LRT311"),
    ([["{% colspan %}x", "b"]], "LRT302"),
    ([["{% cellbg 'rood' %}x", "b"]], "LRT311"),
    ([["{% vm 3 %}x", "b"]], "LRT302"),
    ([["{% hm %}x", "b"]], "LRT309"),
]


@pytest.mark.parametrize(("table", "code"), ROWS, ids=lambda value: str(value)[:50])
def test_a_mistake_in_a_table_gives_its_code(table: list[list[str]], code: str) -> None:
    assert code in {problem.code for problem in problems_of(docx_of(table=table))}


def test_all_mistakes_are_told_at_once_in_the_order_of_the_text() -> None:
    problems = problems_of(docx_of("{{ a b }}", "goed", "{{ c d }}", "{{ naam | x }}", "{{ }}"))
    assert [problem.place.paragraph for problem in problems] == [1, 3, 5]


def test_all_unknown_words_are_told_at_once() -> None:
    problems = problems_of(docx_of("{{ naamm }}", "{{ ledn }}", header="{{ getl }}"))
    assert [p.found for p in problems] == ["naamm", "ledn", "getl"]
    assert [p.remedy for p in problems] == [
        f"bedoelde u '{w}'?" for w in ("naam", "leden", "getal")
    ]


def with_headers(first: str, later: str, footer: str) -> bytes:
    document = new_document()
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = first
    section.header.paragraphs[0].text = "x"
    section.header.add_paragraph(later)
    section.footer.paragraphs[0].text = footer
    return save(document)


def test_a_misspelt_word_in_a_header_names_part_paragraph_word_and_the_right_word() -> None:
    template = compile_template(with_headers("{{ gemeentte }}", "", ""), "brief.docx")
    with pytest.raises(TemplateProblemsError) as caught:
        render(template, {"gemeente": "Ede"})
    assert caught.value.exit_code is ExitCode.TEMPLATE
    assert "brief.docx, koptekst eerste pagina, alinea 1" in str(caught.value)
    assert "'gemeentte'" in str(caught.value)
    assert "bedoelde u 'gemeente'?" in str(caught.value)


def test_every_header_and_footer_has_its_dutch_name() -> None:
    problems = problems_of(with_headers("{{ a1 }}", "{{ a2 }}", "{{ a3 }}"))
    assert {(p.place.part, p.place.paragraph) for p in problems} == {
        ("koptekst eerste pagina", 1),
        ("koptekst vervolgpagina's", 2),
        ("voettekst vervolgpagina's", 1),
    }
    alone = problems_of(docx_of(header="{{ a1 }}"))
    assert alone[0].place.part == "koptekst"


def test_a_document_property_with_a_mistake_is_named_too() -> None:
    document = new_document()
    document.core_properties.title = "{{ titell }}"
    assert problems_of(save(document))[0].place.part == "documenteigenschappen"


def test_names_can_be_checked_without_data() -> None:
    template = compile_template(docx_of("{{ naamm }} {{ x | default('') }} {{ naam }}"), "x.docx")
    problems = check_names(template, ["naam"])
    assert [(p.code, p.found, p.place.paragraph) for p in problems] == [("LRT309", "naamm", 1)]


def test_the_words_that_are_known_are_named_once() -> None:
    (problem,) = check_names(compile_template(docx_of("{{ q }}"), "x.docx"), ["naam", "b", "naam"])
    assert problem.remedy == "Bekend zijn: b, naam."


def test_a_tag_in_a_field_code_is_refused() -> None:
    field = '<w:p><w:fldSimple w:instr=" HYPERLINK {{ naam }} "/></w:p>'
    data = change(docx_of("a"), "word/document.xml", "<w:sectPr", field + "<w:sectPr")
    assert [p.code for p in problems_of(data)] == ["LRT306"]


def test_a_block_over_a_text_box_and_the_body_is_refused() -> None:
    box = (
        "<w:p><w:r><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textbox>"
        "<w:txbxContent><w:p><w:r><w:t>{% if naam %}</w:t></w:r></w:p></w:txbxContent>"
        "</v:textbox></v:shape></w:pict></w:r></w:p><w:p><w:r><w:t>{% endif %}</w:t></w:r></w:p>"
    )
    data = change(docx_of("a"), "word/document.xml", "<w:sectPr", box + "<w:sectPr")
    assert [p.code for p in problems_of(data)] == ["LRT305"]


PIECES = st.sampled_from(
    [
        *("{{", "}}", "{%", "%}", "{#", "#}", "{_{", "|", "(", ")", "'", "“", ".", "[0]", "-", "~"),
        *(" naam ", "if naam", "endif", "for l in leden", "endfor", "p ", "tr ", "tekst", "else"),
        *("{% if naam %}", "{% endif %}", "{{ naam }}", "{%p if leeg %}", "{%p endif %}"),
        *("{%tr endif %}", "x", "1"),
    ]
)


@given(st.lists(st.lists(PIECES, max_size=7).map("".join), min_size=1, max_size=4))
@settings(max_examples=30, deadline=None)
def test_any_muddle_of_tags_ends_in_a_document_or_problems(lines: list[str]) -> None:
    problems = problems_of(docx_of(*lines[:2], table=[lines[2:]] if lines[2:] else []))
    assert all(problem.place.file == "x.docx" for problem in problems)


def test_a_dash_in_a_tag_for_a_paragraph_joins_nothing() -> None:
    lines = ("voor", "{%-p if naam -%}", "x", "{%p endif -%}", "na")
    assert filled(*lines) == ["voor", "x", "na"]


@pytest.mark.parametrize("behind", [True, False])
def test_a_page_break_beside_a_tag_for_a_paragraph_stays(behind: bool) -> None:
    page = '<w:r><w:br w:type="page"/></w:r>'
    last = ("{%p endif %}", page) if behind else (page, "{%p endif %}")
    lines = [("{%p if leeg %}",), ("weg",), last, ("na",)]
    document = fill(body_of("".join(paragraph_of(*line) for line in lines)))
    assert [p.text for p in document.paragraphs] == (["", "na"] if behind else ["na"])
    assert len(list(document.element.iter(w("br")))) == behind
