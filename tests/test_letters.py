"""The example letters, from YAML and list to the page, as golden cases."""

from __future__ import annotations

from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from docx import Document
from docx.oxml.ns import qn

from lrtdocs.documents.letters import letter_words, shared_words
from lrtdocs.run.load.mailing import LoadedMailing, load_mailing
from lrtdocs.word.compile.template import Template, compile_template
from lrtdocs.word.fill.render import render
from lrtdocs.word.house.build import build_templates

if TYPE_CHECKING:
    from lrtdocs.documents.words import Words

EXAMPLES = Path(__file__).parent.parent / "examples"
CASES = Path(__file__).parent / "cases/documents"
CHOSEN = {
    "taakstelling-2025-II": ("GM0518", "GM1900", "GM0373"),
    "brief": (1, 2, 3),
}
"""By code for the gemeenten, by number in the list for the others."""


@cache
def loaded(name: str) -> LoadedMailing:
    found, problems = load_mailing(EXAMPLES / f"{name}.yaml")
    assert problems == []
    assert found is not None
    return found


@cache
def template(kind: str) -> Template:
    return compile_template(build_templates()[f"{kind}.docx"], kind)


def words(name: str, wanted: str | int) -> Words:
    """Return the words of the letter of the example `name` to the recipient `wanted`."""
    one = loaded(name)
    shared = shared_words(
        one.mailing, one.house.huisstijl, one.house.afzender, date(2025, 3, 25), one.verdeling
    )
    for number, ontvanger in enumerate(one.recipients, start=1):
        if wanted in {number, ontvanger.code}:
            code = ontvanger.code or ""
            gemeente = one.register.find(code)
            row = one.verdeling.rijen[code] if one.verdeling else None
            return {**shared, **letter_words(ontvanger, number, gemeente, row, one.mailing)}
    raise AssertionError(f"{wanted} is not in the list of {name}")


def lines(docx: bytes) -> str:
    """Return style and text of every paragraph, cells included, a paragraph a line."""
    document = Document(BytesIO(docx))
    styles = {style.style_id: style.name or "" for style in document.styles}
    found = []
    for paragraph in document.element.body.iter(qn("w:p")):
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        name = styles.get(style.get(qn("w:val")), "") if style is not None else ""
        text = "".join(one.text or "" for one in paragraph.iter(qn("w:t")))
        found.append(f"{name}: {text}".rstrip())
    return "\n".join(found) + "\n"


@pytest.mark.parametrize(
    ("name", "wanted"), [(name, wanted) for name, all_ in CHOSEN.items() for wanted in all_]
)
def test_the_letter_is_as_the_golden_case(name: str, wanted: str | int, update_cases: bool) -> None:
    made = lines(render(template(loaded(name).kind), words(name, wanted)))
    case = CASES / f"{name}-{wanted}.txt"
    if update_cases:
        case.write_text(made, encoding="utf-8")
    assert made == case.read_text(encoding="utf-8")
