"""Templates that were opened and saved by LibreOffice make the same documents."""

from __future__ import annotations

from functools import cache

import pytest
from example_words import TEMPLATES, filled_text, template_of, words_of
from office_saving import save_again
from pdf_converting import convert_kept
from pdfpage import read_pages

from lrtdocs.word.compile.template import compile_template
from lrtdocs.word.fill.render import render

pytestmark = pytest.mark.office


@cache
def saved() -> dict[str, bytes]:
    return dict(zip(TEMPLATES, save_again(*map(template_of, TEMPLATES)), strict=True))


@pytest.mark.parametrize("kind", TEMPLATES)
def test_the_text_of_every_part_is_the_same(kind: str) -> None:
    assert filled_text(kind, saved()[kind]) == filled_text(kind, template_of(kind))


def test_saved_twice_the_text_is_still_the_same() -> None:
    again = save_again(*saved().values())
    for kind, data in zip(TEMPLATES, again, strict=True):
        assert filled_text(kind, data) == filled_text(kind, template_of(kind))


@pytest.mark.parametrize("kind", TEMPLATES)
def test_every_line_stands_at_the_same_place_on_the_same_page(kind: str) -> None:
    templates = (template_of(kind), saved()[kind])
    made = [render(compile_template(data, kind), words_of(kind)) for data in templates]
    first, second = map(places_of, convert_kept(made))
    assert first.keys() == second.keys()
    for line, (x, base) in first.items():
        assert second[line] == (pytest.approx(x, abs=0.6), pytest.approx(base, abs=0.6)), line


def places_of(pdf: bytes) -> dict[tuple[int, str, int], tuple[float, float]]:
    """Return where each line stands, in millimetres, by page, text and which of its like it is."""
    found: dict[tuple[int, str, int], tuple[float, float]] = {}
    for number, page in enumerate(read_pages(pdf), start=1):
        for line in sorted(page.lines, key=lambda one: (one.base, one.x)):
            again = sum(key[:2] == (number, line.text) for key in found)
            found[number, line.text, again] = (line.x, line.base)
    return found
