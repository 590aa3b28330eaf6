"""A finished document read back: paragraphs, lists, links, changes, remarks; and shapes."""

from __future__ import annotations

import io

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx_making import WORDS, docx_of
from example_words import template_of, words_of
from office_saving import save_again

from lrtdocs.model.tekst import parse_tekst
from lrtdocs.word.compile.template import compile_template
from lrtdocs.word.fill.render import render
from lrtdocs.word.fill.trace import render_traced
from lrtdocs.word.package.guards import read_package
from lrtdocs.word.reading.blocks import Block, Kind, plain_text, read_blocks
from lrtdocs.word.reading.remarks import read_remarks
from lrtdocs.word.reading.shapes import Shape, shapes_of


def blocks_of(data: bytes) -> list[Block]:
    return read_blocks(read_package(data, "x.docx"))


def made(text: str) -> list[Block]:
    """Return the paragraphs of a Markdown text, in the styles of the house."""
    words = {**words_of("verslag")}
    punten = [{**words["agendapunten"][0]}]
    punten[0]["verslag"] = parse_tekst(text)
    template = compile_template(template_of("verslag"), "verslag.docx")
    found = blocks_of(render(template, {**words, "agendapunten": punten}))
    at = next(i for i, block in enumerate(found) if block.style == "heading 2")
    return found[at + 2 :]


def test_lists_have_their_kind_depth_and_number() -> None:
    text = "- een\n  1. twee\n  2. drie\n\n  vervolg\n\n3. vier\n\na. vijf\nb. zes"
    found = [(b.text, b.kind, b.depth, b.label if b.kind != Kind.BULLET else 0) for b in made(text)]
    assert found[:7] == [
        ("een", Kind.BULLET, 1, 0),
        ("twee", Kind.NUMBER, 2, 1),
        ("drie", Kind.NUMBER, 2, 2),
        ("vervolg", Kind.CONTINUE, 1, 0),
        ("vier", Kind.NUMBER, 1, 3),
        ("vijf", Kind.LETTER, 1, 1),
        ("zes", Kind.LETTER, 1, 2),
    ]


def test_bold_italic_links_and_languages_are_read() -> None:
    text = "Een **vet** en *cursief* woord, [een link](https://www.a.nl/b) en [so]{taal=en}."
    runs = {run.text.strip(): run[1:] for run in made(text)[0].runs}
    assert runs["vet"] == (True, False, "", "")
    assert runs["cursief"] == (False, True, "", "")
    assert runs["een link"] == (False, False, "https://www.a.nl/b", "")
    assert runs["so"] == (False, False, "", "en-GB")


def test_how_runs_are_cut_makes_no_difference() -> None:
    document = docx.Document()
    one, other = document.add_paragraph("Een hele zin."), document.add_paragraph()
    for piece in ("Een ", "he", "le", " zin", "."):
        other.add_run(piece)._r.append(OxmlElement("w:lastRenderedPageBreak"))
        other._p.append(OxmlElement("w:proofErr"))
    target = io.BytesIO()
    document.save(target)
    first, second = blocks_of(target.getvalue())[:2]
    assert one.text == first.text == second.text
    assert first.runs == second.runs


def test_changes_are_taken_as_made_and_tell_who_made_them() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Blijft. ")
    for tag, kind, text in (("w:ins", "w:t", "Nieuw."), ("w:del", "w:delText", "Oud.")):
        change, run, words = (OxmlElement(name) for name in (tag, "w:r", kind))
        change.set(qn("w:author"), "J. Jansen")
        change.set(qn("w:date"), "2025-03-20T10:00:00Z")
        words.text = text
        run.append(words)
        change.append(run)
        paragraph._p.append(change)
    target = io.BytesIO()
    document.save(target)
    block = blocks_of(target.getvalue())[0]
    assert block.text == "Blijft. Nieuw."
    assert [(c.author, c.gone) for c in block.changes] == [("J. Jansen", ""), ("J. Jansen", "Oud.")]


def test_a_remark_has_its_words_and_the_words_it_hangs_on() -> None:
    document = docx.Document()
    document.add_paragraph("Eerst.")
    paragraph = document.add_paragraph("Klopt ")
    run = paragraph.add_run("dit aantal")
    document.add_comment(run, text="Nee.", author="J. Jansen", initials="JJ")
    target = io.BytesIO()
    document.save(target)
    (remark,) = read_remarks(read_package(target.getvalue(), "x.docx"))
    assert (remark.author, remark.text, remark.passage) == ("J. Jansen", "Nee.", "dit aantal")
    assert remark.paragraph == 2


@pytest.mark.office
@pytest.mark.parametrize("kind", ["agenda", "verslag"])
def test_what_libreoffice_saved_reads_the_same(kind: str) -> None:
    data = render(compile_template(template_of(kind), kind), words_of(kind))
    first, second = (
        [
            (b.style, b.kind, b.depth, b.runs, b.cell)
            for b in blocks_of(each)
            if b.part == "hoofdtekst"
        ]
        for each in (data, save_again(data)[0])
    )
    assert first == second


# --- shapes


def shape_of(*paragraphs: str) -> Shape:
    return shapes_of(compile_template(docx_of(*paragraphs), "x.docx"))[0]


def read(shape: Shape, text: str, known: dict[str, str] | None = None) -> dict[str, str] | None:
    lines = {slot.path: slot.line for slot in shape.slots}
    found = shape.read(text, {lines[path]: value for path, value in (known or {}).items()})
    return found and {slot.path: value for slot, value in found.items()}


LINE = "{% if naam %}Inbrenger: {{ naam }}{% endif %} {% if getal %}({{ getal }}){% endif %}"


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Inbrenger: VNG (ter bespreking)", {"naam": "VNG", "getal": "ter bespreking"}),
        ("Inbrenger: VNG", {"naam": "VNG"}),
        ("(ter bespreking)", {"getal": "ter bespreking"}),
        ("Iets anders", None),
    ],
)
def test_words_are_read_back_from_a_line(text: str, values: dict[str, str] | None) -> None:
    assert read(shape_of(LINE), text) == values


def test_of_all_ways_to_read_a_line_the_one_counts_that_keeps_most() -> None:
    shape = shape_of("{{ naam }} ({{ getal }})")
    text = "Brief (concept) sturen (COA)"
    assert read(shape, text, {"naam": "Brief sturen", "getal": "COA"}) == {
        "naam": "Brief (concept) sturen",
        "getal": "COA",
    }


def test_an_item_of_a_list_has_its_loop() -> None:
    shape = shape_of("{%p for punt in punten %}", "{{ punt.titel }}", "{%p endfor %}")
    assert [loop.path for loop in shape.loops] == ["punten"]
    assert read(shape, "Opening") == {"punten[].titel": "Opening"}


def test_fixed_words_under_a_condition_tell_that_it_holds() -> None:
    shape = shape_of("{{ naam }}{% if getal %} (nieuw){% elif datum %} (anders){% endif %}")
    assert read(shape, "Opening (anders)") == {"naam": "Opening", "datum": " (anders)"}


def test_a_text_of_more_paragraphs_tells_its_last() -> None:
    template = compile_template(docx_of("Kop", "{{ toelichting | tekst }}", "{{ naam }}"), "x.docx")
    words = {**WORDS, "toelichting": "Een.\n\nTwee.\n\n- drie"}
    _, pieces = render_traced(template, words)
    found = [(piece.word, piece.place.paragraph, piece.last) for piece in pieces]
    assert found == [("toelichting", 2, 4), ("naam", 5, 5)]


def test_spaces_and_hyphens_of_a_kind_are_the_same() -> None:
    assert plain_text("a\u00a0b \t c\u2011d\u00ad") == "a b\tc-d"
