"""Less XML, the same document: runs joined, namespaces left out, nothing else changed."""

from __future__ import annotations

import pytest
from docx_making import WORDS, body_of, docx_of, fill, members_of, paragraph_of, texts
from lxml import etree

from lrtdocs.word.compile.merge_runs import drop_namespaces
from lrtdocs.word.compile.template import compile_template
from lrtdocs.word.fill.render import render
from lrtdocs.word.package.ooxml import w

BOLD = "<w:r><w:rPr><w:b/></w:rPr><w:t>vet</w:t></w:r>"
FIELD = "".join(f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))


def runs(xml: str) -> list[str]:
    data = render(compile_template(body_of(xml), "x.docx"), WORDS)
    root = etree.fromstring(members_of(data)["word/document.xml"])
    return ["".join(t.text or "" for t in run.iter(w("t"))) for run in root.iter(w("r"))]


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        (paragraph_of("Beste", "{{ naam }}", ","), ["BesteJan,"]),
        (paragraph_of("Beste", "<w:proofErr w:type='spellStart'/>", "{{ naam }}"), ["BesteJan"]),
        (paragraph_of("a", BOLD, BOLD, "b"), ["a", "vetvet", "b"]),
        (paragraph_of("a", FIELD, "{{ naam }}"), ["a", "", "", "Jan"]),
        (paragraph_of("a", "{%r if naam %}", "b", "{%r endif %}"), ["a", "b"]),
        (paragraph_of("a", "<w:r><w:t>  b</w:t></w:r>"), ["a", "  b"]),
    ],
)
def test_runs_are_joined_when_only_their_border_is_lost(xml: str, expected: list[str]) -> None:
    assert runs(xml) == expected


def test_a_break_keeps_its_place_among_joined_runs() -> None:
    data = body_of(paragraph_of("a", "<w:r><w:br/></w:r>", "{{ naam }}"))
    assert texts(fill(data)) == ["a\nJan"]


def test_a_namespace_is_dropped_only_when_nothing_names_it() -> None:
    declared = "".join(f' xmlns:{name}="urn:{name}"' for name in ("w", "mc", "a", "b", "c", "w14"))
    xml = f'<?xml version="1.0"?>\n<w:p{declared} mc:Ignorable="b c"><a:x c:y="1"/></w:p>'
    slim = drop_namespaces(xml, ["<w14:z/>"])
    assert "xmlns:b=" not in slim
    assert 'mc:Ignorable="c"' in slim
    assert dict(etree.fromstring(slim.encode()).nsmap) == {
        name: f"urn:{name}" for name in ("w", "mc", "a", "c", "w14")
    }


def test_a_document_declares_what_it_uses() -> None:
    data = render(compile_template(docx_of("{{ naam }}", header="{{ naam }}"), "x.docx"), WORDS)
    header = next(d for name, d in members_of(data).items() if name.startswith("word/header"))
    assert header.count(b"xmlns:") < 6
