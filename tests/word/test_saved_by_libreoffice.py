"""Templates that were opened and saved by LibreOffice make the same documents."""

from __future__ import annotations

import io
from functools import cache

import pytest
from example_words import TEMPLATES, filled_text, template_of, words_of
from office_saving import save_again
from pdfminer.high_level import extract_text

from lrtdocs.pdf import convert_many
from lrtdocs.word import compile_template, render

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
def test_the_pdf_has_the_same_words_and_as_many_pages(kind: str) -> None:
    templates = (template_of(kind), saved()[kind])
    made = [render(compile_template(data, kind), words_of(kind)) for data in templates]
    first, second = convert_many(made)
    assert pages_of(second) == pages_of(first)


def pages_of(pdf: bytes) -> list[list[str]]:
    """Return the words of each page, sorted: frames may be read in another order."""
    text = extract_text(io.BytesIO(pdf))
    return [sorted(page.split()) for page in text.split("\f")]
