"""Pictures of a text in the PDF: read aloud by their description, with a caption, and nothing else.

The page is that of the house style.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import verapdf
from pdf_converting import convert_kept
from PIL import Image
from structure import read_outline

from lrtdocs.api.documents import render_one

if TYPE_CHECKING:
    from pathlib import Path

MEETING = """\
overleg: LRT
datum: 2025-03-19
dagtekening: 2025-03-24
agendapunten:
  - titel: Stand van zaken
    verslag: |
      De plekken:
      ![Staafgrafiek: van 100 naar 600 plekken](plekken.png "Figuur 1. Bron: [COA](https://www.coa.nl)")
      Een foto:

      ![De hal van het gebouw](hal.jpg)
"""


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("beeld")
    Image.new("RGBA", (300, 100), (1, 104, 155, 128)).save(folder / "plekken.png")
    Image.new("CMYK", (100, 100)).save(folder / "hal.jpg")
    (folder / "huisstijl.yaml").write_text("afzenders: {a: {team: T}}\n", encoding="utf-8")
    (folder / "v.yaml").write_text(MEETING, encoding="utf-8")
    return convert_kept([render_one(folder / "v.yaml", "verslag")])[0]


@pytest.mark.office
def test_a_picture_is_a_figure_in_its_place_and_its_caption_a_caption(pdf: bytes) -> None:
    outline = [line.strip() for line in read_outline(pdf).splitlines()]
    start = outline.index('P "De plekken:"')
    assert outline[start:] == [
        'P "De plekken:"',
        'P ""',
        'Figure "" [Staafgrafiek: van 100 naar 600 plekken]',
        'Caption "Figuur 1. Bron: COA"',
        'Link "COA"',
        'P "Een foto:"',
        'P ""',
        'Figure "" [De hal van het gebouw]',
    ]


@pytest.mark.office
@pytest.mark.verapdf
@pytest.mark.parametrize("flavour", ["ua1", "2a"])
def test_a_pdf_with_pictures_keeps_its_promises(pdf: bytes, flavour: str, tmp_path: Path) -> None:
    path = tmp_path / "v.pdf"
    path.write_bytes(pdf)
    assert verapdf.failed_rules(path, flavour) == []
