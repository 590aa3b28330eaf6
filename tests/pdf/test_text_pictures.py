"""Pictures and footnotes of a text in the PDF, as they are read aloud.

The page is that of the house style.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
import pytest
import verapdf
from pdf_converting import convert_kept
from pikepdf import NameTree
from PIL import Image
from structure import read_outline

from lrtdocs.api.documents import render_one
from lrtdocs.pdf.structure.text import PageTexts
from lrtdocs.pdf.structure.tree import Tree, link_annotations

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

      Met een noot[^1] en nog een[^2].

      [^1]: Bron: [COA](https://www.coa.nl/cijfers).
      [^2]: De *tweede*.
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
    assert outline[start : start + 8] == [
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


@pytest.mark.office
def test_notes_are_notes_with_a_name_and_a_way_there_and_back(pdf: bytes) -> None:
    with pikepdf.open(BytesIO(pdf)) as opened:
        tree = Tree(opened)
        texts = PageTexts(opened)
        notes = list(tree.find("Note"))
        assert [" ".join(texts.text(note).split()) for note in notes] == [
            "1 Bron: COA.",
            "2 De tweede.",
        ]
        names = NameTree(opened.Root.StructTreeRoot.IDTree)
        assert [names[str(note["/ID"])].objgen for note in notes] == [n.objgen for n in notes]
        told = [
            str(annotation["/Contents"])
            for link in tree.find("Link")
            for annotation in link_annotations(link)
            if "/Dest" in annotation
        ]
    back = [f"Terug naar de tekst bij noot {number}" for number in (1, 2)]
    assert sorted(told) == sorted(["Noot 1", "Noot 2", *back])
