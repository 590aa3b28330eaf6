"""Footnotes of a text: real notes of Word, among those that a template has itself."""

from __future__ import annotations

import re
from pathlib import Path

import docx
import pytest
from docx_making import change as change_part
from docx_making import docx_of, members_of, new_document, problems_of, repack, save
from lxml import etree

from lrtdocs.word.compile.template import compile_template
from lrtdocs.word.fill.render import Filler, render
from lrtdocs.word.fill.trace import render_traced
from lrtdocs.word.package.guards import read_package
from lrtdocs.word.package.ooxml import parse_xml, w
from lrtdocs.word.story.lint import check_package

ROOT = Path(__file__).parents[2]
TEXT = "een[^1] twee[^2]\n\n[^1]: Noot **een** van [x](https://x.nl).\n[^2]: Noot twee."
NOTES = "word/footnotes.xml"


def made(template: bytes, words: dict[str, object]) -> dict[str, bytes]:
    data = render(compile_template(template, "x.docx"), words)
    assert check_package(read_package(data, "uit.docx")) == []
    return members_of(data)


def notes_of(members: dict[str, bytes]) -> list[tuple[str, str]]:
    """Return id and text of the notes, in the order of their part."""
    return [
        (note.get(w("id"), ""), "".join(t.text or "" for t in note.iter(w("t"))).strip())
        for note in parse_xml(members[NOTES])
        if note.get(w("type"), "normal") == "normal"
    ]


def references(members: dict[str, bytes]) -> list[str]:
    return re.findall(r'footnoteReference w:id="(\d+)"', members["word/document.xml"].decode())


def test_notes_are_numbered_on_in_the_order_of_the_text() -> None:
    template = docx_of("{{ b | tekst }}", "{{ a | tekst }}", "{%p if a %}", "x", "{%p endif %}")
    members = made(template, {"a": TEXT, "b": "drie[^1]\n\n[^1]: Noot drie."})
    assert references(members) == ["1", "2", "3"]
    assert notes_of(members) == [
        ("1", "Noot drie."),
        ("2", "Noot een van x."),
        ("3", "Noot twee."),
    ]


def test_a_document_without_notes_gets_no_part_for_them() -> None:
    assert NOTES not in made(docx_of("{{ a | tekst }}"), {"a": "een"})


def test_the_part_has_its_lines_its_type_its_relation_and_its_place_in_the_settings() -> None:
    members = made(docx_of("{{ a | tekst }}"), {"a": TEXT})
    package = read_package(
        render(compile_template(docx_of("{{ a | tekst }}"), "x"), {"a": TEXT}), "x"
    )
    assert package.related(package.main, "footnotes") == NOTES
    assert package.types.of(NOTES).endswith("footnotes+xml")
    lines = [(n.get(w("type")), n.get(w("id"))) for n in parse_xml(members[NOTES])][:2]
    assert lines == [("separator", "-1"), ("continuationSeparator", "0")]
    settings = [etree.QName(each).localname for each in parse_xml(members["word/settings.xml"])]
    behind = {"compat", "rsids", "mathPr", "themeFontLang"} & set(settings)
    assert all(settings.index("footnotePr") < settings.index(name) for name in behind)


def test_the_links_of_a_note_are_those_of_the_part_with_notes() -> None:
    members = made(docx_of("{{ a | tekst }}"), {"a": TEXT})
    assert b"https://x.nl" in members["word/_rels/footnotes.xml.rels"]
    assert b"https://x.nl" not in members["word/_rels/document.xml.rels"]


def test_notes_have_the_styles_of_word_or_their_looks() -> None:
    document = docx.Document(str(ROOT / "templates" / "verslag.docx"))
    assert {"footnote text", "footnote reference"} <= {style.name for style in document.styles}
    members = made(unstyled(), {"a": TEXT})
    assert b'w:vertAlign w:val="superscript"' in members["word/document.xml"]
    assert b'w:sz w:val="16"' in members[NOTES]
    styled = new_document()
    for name, kind in (("footnote text", 1), ("footnote reference", 2)):
        styled.styles.add_style(name, kind)
    styled.add_paragraph("{{ a | tekst }}")
    members = made(save(styled), {"a": TEXT})
    assert b"superscript" not in members["word/document.xml"]
    assert re.search(rb'w:pStyle w:val="[Ff]ootnote ?[Tt]ext"', members[NOTES])


def unstyled() -> bytes:
    document = new_document()
    for style in list(document.styles):
        if "footnote" in style.name.lower():
            style.delete()
    document.add_paragraph("{{ a | tekst }}")
    return save(document)


def own_notes() -> bytes:
    """Return a template that has two notes itself, with ids 7 and 2, around a text."""
    data = docx_of("voor", "{{ a | tekst }}", "na")
    for text, number in (("voor", 7), ("na", 2)):
        old = f"<w:t>{text}</w:t></w:r>"
        reference = f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'
        data = change_part(data, "word/document.xml", old, old + reference)
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    notes = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote>'
        for number, text in ((2, "eigen na {{ n }}"), (7, "eigen voor"))
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    row = f'<Override PartName="/{NOTES}" ContentType="{kind}"/>'
    data = change_part(data, "[Content_Types].xml", "</Types>", f"{row}</Types>")
    rel = (
        '<Relationship Id="rIdN" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/footnotes" Target="footnotes.xml"/></Relationships>'
    )
    data = change_part(data, "word/_rels/document.xml.rels", "</Relationships>", rel)
    return repack(data, **{NOTES: f"<w:footnotes {space}>{notes}</w:footnotes>".encode()})


@pytest.mark.parametrize("shared", [{}, {"n": "X"}])
def test_the_notes_of_a_template_stay_and_are_counted_in_order(shared: dict[str, object]) -> None:
    template = compile_template(own_notes(), "x.docx")
    words = {"a": TEXT} if shared else {"a": TEXT, "n": "X"}
    members = members_of(Filler(template, shared).render(words))
    assert references(members) == ["1", "2", "3", "4"]
    assert [text for _, text in notes_of(members)] == [
        *("eigen voor", "Noot een van x.", "Noot twee.", "eigen na X"),
    ]


def test_a_text_printed_twice_has_its_note_twice_with_numbers_of_their_own() -> None:
    members = made(docx_of("{{ a | tekst }}", table=[["{{ a | tekst }}"]]), {"a": TEXT})
    assert references(members) == ["1", "2", "3", "4"]
    assert [text for _, text in notes_of(members)][2:] == ["Noot een van x.", "Noot twee."]


def test_a_note_where_none_can_stand_is_told() -> None:
    for template in (docx_of("a", header="{{ a | tekst }}"), framed()):
        (problem,) = problems_of(template, {"a": TEXT})
        assert problem.key == "LRT299.plaats"


def framed() -> bytes:
    document = new_document()
    paragraph = document.add_paragraph("{{ a | tekst }}")
    frame = docx.oxml.OxmlElement("w:framePr")
    frame.set(w("w"), "2000")
    paragraph._p.get_or_add_pPr().append(frame)
    return save(document)


def test_a_document_with_its_trace_is_the_same() -> None:
    template = compile_template(docx_of("voor {{ n }}", "{{ a | tekst }}"), "x.docx")
    words = {"a": TEXT, "n": "X"}
    document, pieces = render_traced(template, words)
    assert document == render(template, words)
    assert [(piece.word, piece.place.paragraph) for piece in pieces] == [("n", 1), ("a", 2)]


def test_notes_that_the_text_of_the_template_does_not_know_are_none() -> None:
    data = own_notes()
    for number in (7, 2):
        reference = f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'
        data = change_part(data, "word/document.xml", reference, "")
    rels = members_of(data)["word/_rels/document.xml.rels"]
    data = repack(data, **{"word/_rels/document.xml.rels": re.sub(rb"<[^<]*rIdN[^>]*>", b"", rels)})
    members = made(data, {"a": TEXT, "n": "X"})
    assert [text for _, text in notes_of(members)] == ["Noot een van x.", "Noot twee."]
