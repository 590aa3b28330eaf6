"""The example meeting, from YAML to the page: every sentence stands, in order, in every form."""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from structure import read_tagged_text

import lrtdocs
from lrtdocs.model.vergadering import Vergadering, walk_punten
from lrtdocs.run.load.meeting import load_vergadering

EXAMPLE = Path(__file__).parent.parent / "examples/2025-03-19-lrt.yaml"
CASES = Path(__file__).parent / "cases/documents"
KINDS = ["agenda", "verslag"]


@cache
def meeting() -> Vergadering:
    loaded, _ = load_vergadering(EXAMPLE, "verslag")
    assert loaded is not None
    return loaded.model


@cache
def document(kind: str) -> bytes:
    return lrtdocs.render_one(EXAMPLE, kind)


def squeeze(text: str) -> str:
    return " ".join(text.split())


def sentences(kind: str) -> list[str]:
    """Return what the document must say, in order: titles, and the sentences of the texts."""
    found = []
    for _, punt in walk_punten(meeting()):
        texts = [punt.toelichting] if kind == "agenda" else [punt.verslag, *punt.besluiten]
        found.append(punt.titel)
        for text in filter(None, texts):
            lines = (re.sub(r"^\s*(-|\d+\.) ", "", line) for line in str(text).splitlines())
            ends = r"(?<=[.?!]) | \| "  # of a sentence, and of a cell
            found += [part for line in lines for part in re.split(ends, squeeze(line))]
    return found


def missing(expected: list[str], text: str) -> list[str]:
    """Return what of `expected` does not stand in `text` behind what comes before it."""
    text, lost, position = squeeze(text), [], 0
    for sentence in expected:
        place = text.find(sentence, position)
        if place < 0:
            lost.append(sentence)
        else:
            position = place + len(sentence)
    return lost


def body_paragraphs(docx: bytes) -> list[tuple[str, str]]:
    """Return (style, text) of every paragraph of the body, in document order, cells included."""
    document = Document(BytesIO(docx))
    styles = {style.style_id: style.name or "" for style in document.styles}
    found = []
    for paragraph in document.element.body.iter(qn("w:p")):
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        name = styles.get(style.get(qn("w:val")), "") if style is not None else ""
        found.append((name, "".join(text.text or "" for text in paragraph.iter(qn("w:t")))))
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_every_sentence_stands_in_order_in_the_word_document(kind: str) -> None:
    text = "\n".join(text for _, text in body_paragraphs(document(kind)))
    expected = sentences(kind)
    assert len(expected) > (10 if kind == "agenda" else 90)
    assert missing(expected, text) == []


@pytest.mark.office
@pytest.mark.parametrize("kind", KINDS)
def test_every_sentence_stands_in_order_in_what_a_screen_reader_reads(kind: str) -> None:
    pdf = lrtdocs.convert(document(kind))
    assert missing(sentences(kind), read_tagged_text(pdf)) == []


def test_agenda_and_minutes_keep_to_their_own_texts() -> None:
    agenda = "\n".join(text for _, text in body_paragraphs(document("agenda")))
    minutes = "\n".join(text for _, text in body_paragraphs(document("verslag")))
    assert "De leden kunnen zich in beide aantallen vinden." not in agenda
    assert "Gevraagd besluit:" not in minutes


@pytest.mark.parametrize("kind", KINDS)
def test_the_document_is_as_the_golden_case(kind: str, update_cases: bool) -> None:
    lines = [f"{style}: {text}".rstrip() for style, text in body_paragraphs(document(kind))]
    case = CASES / f"{EXAMPLE.stem}-{kind}.txt"
    if update_cases:
        case.parent.mkdir(parents=True, exist_ok=True)
        case.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert "\n".join(lines) + "\n" == case.read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", KINDS)
def test_the_real_world_survives_into_the_document_verbatim(kind: str, tmp_path: Path) -> None:
    value = "B&W <ministerie> \"Jan\" & 'Piet' ½ 😀"
    path = tmp_path / "m.yaml"
    quoted = value.replace("'", "''")
    path.write_text(
        f"overleg: '{quoted}'\ndatum: 2025-03-19\nagendapunten:\n  - titel: '{quoted}'\n"
        f"    verslag: '{quoted}'\n    toelichting: '{quoted}'\n",
        encoding="utf-8",
    )
    texts = [text for _, text in body_paragraphs(lrtdocs.render_one(path, kind))]
    assert [text for text in texts if "ministerie" in text] == [value] * 3
