"""What docxtpl loses without a word: lrtdocs prints it, or refuses with a place."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docxtpl
import jinja2
import pytest
from docx_making import (
    WORDS,
    body_of,
    docx_of,
    filled,
    members_of,
    new_document,
    paragraph_of,
    problems_of,
    save,
)
from example_words import text_of

import lrtdocs
from lrtdocs.word.compile.template import compile_template
from lrtdocs.word.fill.render import render

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT = Path(__file__).parents[2]
TABLE = [["{%tr for l in leden %}", "blijf"], ["{{ l }}", "x"], ["{%tr endfor %}", ""]]
COLUMNS = [["{%tc for l in leden %} blijf", "{{ l }}", "{%tc endfor %}"]]
SYMBOL = "<w:r><w:sym w:font='Wingdings' w:char='F0E0'/></w:r>"


def by_docxtpl(template: bytes, words: Mapping[str, Any], *, autoescape: bool = True) -> str:
    """Return the text docxtpl makes of `template`; "" when it makes nothing."""
    stream = io.BytesIO()
    oracle = docxtpl.DocxTemplate(io.BytesIO(template))
    oracle.render(dict(words), jinja2.Environment(autoescape=autoescape))
    oracle.save(stream)
    found = text_of(stream.getvalue()).values()
    return "\n".join(line for lines in found for line in lines)


REFUSED: list[tuple[str, bytes, Mapping[str, Any], str, str, int]] = [
    (
        "text beside a tag for a paragraph",
        docx_of("{%p if naam %} blijf", "x", "{%p endif %}"),
        *(WORDS, "blijf", "LRT304", 1),
    ),
    (
        "text beside a value for a paragraph",
        docx_of("a", "blijf {{p naam }}"),
        *(WORDS, "blijf", "LRT304", 2),
    ),
    ("text in a row with a tag", docx_of(table=TABLE), WORDS, "blijf", "LRT304", 1),
    ("text in a cell with a tag", docx_of(table=COLUMNS), WORDS, "blijf", "LRT304", 1),
    (
        "text beside a comment for a paragraph",
        docx_of("blijf {#p weg #}"),
        *(WORDS, "blijf", "LRT304", 1),
    ),
    ("a misspelt word", docx_of("a", "Beste {{ naamm }}"), WORDS, "Jan", "LRT309", 2),
    (
        "a misspelt part of a word",
        docx_of("{{ punten[0].titl }}"),
        *(WORDS, "Opening", "LRT310", 1),
    ),
    (
        "a symbol inside a tag",
        body_of(paragraph_of("{{ na", SYMBOL, "am }}")),
        *(WORDS, "w:sym", "LRT324", 1),
    ),
    ("a list printed as text", docx_of("{{ leden }}"), WORDS, "Jan, Piet", "LRT314", 1),
]


@pytest.mark.parametrize(
    ("template", "words", "lost", "code", "paragraph"),
    [case[1:] for case in REFUSED],
    ids=[case[0] for case in REFUSED],
)
def test_what_docxtpl_loses_is_refused_with_a_place(
    template: bytes, words: Mapping[str, Any], lost: str, code: str, paragraph: int
) -> None:
    assert lost not in by_docxtpl(template, words)
    problem = problems_of(template, words)[0]
    assert (problem.code, problem.place.part) == (code, "hoofdtekst")
    assert problem.place.paragraph == paragraph
    assert problem.remedy


PRINTED: list[tuple[Sequence[str], str]] = [
    (["a", "{{p naam }}"], "Jan"),
    (["a {{r naam }} b"], "a Jan b"),
    (["{{ teken }}"], "a {{ 7*7 }} b"),
    (["{{ haak }}"], "{_{ x"),
]


@pytest.mark.parametrize(("lines", "kept"), PRINTED)
def test_what_docxtpl_loses_or_changes_is_printed(lines: Sequence[str], kept: str) -> None:
    words = {**WORDS, "teken": "a {{ 7*7 }} b", "haak": "{_{ x"}
    template = docx_of(*lines)
    ours = "\n".join(text_of(render(compile_template(template, "x"), words))["hoofdtekst"])
    assert kept in ours
    if "teken" not in lines[0]:
        assert kept not in by_docxtpl(template, words)


def test_an_ampersand_survives_without_being_asked_for() -> None:
    template = docx_of("{{ naam }}")
    words = {"naam": "B&W <x>"}
    assert "B&W <x>" not in by_docxtpl(template, words, autoescape=False)
    assert text_of(lrtdocs.fill(template, words))["hoofdtekst"] == ["B&W <x>"]


@pytest.mark.parametrize("character", ["\x01", "\x0b", "\x0c", "\ud800"])
def test_a_character_no_document_can_hold_is_told_with_its_word(character: str) -> None:
    (problem,) = problems_of(docx_of("{{ naam }}"), {"naam": f"a{character}b"})
    assert (problem.code, problem.found) == ("LRT313", "naam")


def test_docxtpl_is_not_needed_to_fill() -> None:
    for file in (ROOT / "lrtdocs").rglob("*.py"):
        assert "import docxtpl" not in file.read_text(encoding="utf-8"), file


def test_pictures_by_name_take_the_place_of_replace_pic() -> None:
    from docx.shared import Mm
    from test_render import png

    document = new_document()
    document.add_picture(io.BytesIO(png(8, 8)), width=Mm(20))
    document.element.body.find(".//{*}docPr").set("name", "logo")
    out = members_of(lrtdocs.fill(save(document), {}, pictures={"logo": png(9, 9)}))
    assert out["word/media/lrt-logo.png"] == png(9, 9)


def test_the_table_for_people_who_know_docxtpl_names_all_that_it_offers() -> None:
    text = (ROOT / "docs/docxtpl.md").read_text(encoding="utf-8")
    offered = ("RichText", "RichTextParagraph", "Listing", "InlineImage")
    methods = ("replace_pic", "replace_media", "replace_embedded", "replace_zipname")
    tags = ("colspan", "cellbg", "{% vm %}", "{% hm %}", "{_{", "{%-", "{#p", "{{r", "{{p")
    for name in (*offered, *methods, *tags, "new_subdoc", "build_url_id"):
        assert name in text, name


def test_a_dash_leaves_the_paragraph_of_a_loop_below_it_alone() -> None:
    """There docxtpl loses the paragraph with the dash."""
    paragraphs = ("{% if naam -%} aa {%- endif -%}", "{%p for l in leden %}", "{{ l }}")
    assert filled(*paragraphs, "{%p endfor %}") == ["aa", "Jan", "Piet", "Klaas"]
