"""One file to print: all pages, a bookmark a letter, the tags of all letters."""

import pikepdf
import pytest
from pdf_converting import convert_kept
from pdf_documents import build_letter
from structure import read_tagged_text

from lrtdocs.pdf import join_pdfs


@pytest.mark.office
def test_a_joined_file_has_the_pages_bookmarks_and_text_of_all(tmp_path):
    letters = convert_kept([build_letter("Aan Beek", pages=2), build_letter("Aan Bergen")])
    paths = []
    for name, pdf in zip(("Beek", "Bergen"), letters, strict=True):
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(pdf)
        paths.append((name, path))
    target = tmp_path / "alles.pdf"

    assert join_pdfs(paths, target) == 3

    with pikepdf.open(target) as pdf, pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == ["Beek", "Bergen"]
    text = read_tagged_text(target.read_bytes())
    assert text.index("Aan Beek") < text.index("Aan Bergen")
