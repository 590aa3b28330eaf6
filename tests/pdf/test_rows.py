import io
import zipfile

import pikepdf
import pytest
from pdf_converting import convert_many
from pdf_trees import build_pdf
from structure import read_outline

from lrtdocs.pdf.structure.finish import count_empty_rows
from lrtdocs.pdf.structure.tree import Tree
from lrtdocs.word.package.ooxml import MAIN_TYPE, PKG_RELS, PKG_TYPES, W

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WHOLE = ("Table", [("TR", [("TH", "Nr", {"Scope": "Column"})]), ("TR", [("TD", "A1")])])
LOST = ("Table", [WHOLE[1][0], ("TR", [("TD", "")]), ("TR", "")])


def build_docx(row):
    """Return a package with `row` as its whole document."""
    target = io.BytesIO()
    row = f'<w:document xmlns:w="{W}">{row}</w:document>'
    types = f'<Override PartName="/word/document.xml" ContentType="{MAIN_TYPE}"/>'
    related = f'<Relationship Id="a" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("word/document.xml", row)
        package.writestr("[Content_Types].xml", f'<x xmlns="{PKG_TYPES}">{types}</x>')
        package.writestr("_rels/.rels", f'<x xmlns="{PKG_RELS}">{related}</x>')
        package.writestr("word/media/logo.png", b"<w:cantSplit/>")
    return target.getvalue()


@pytest.mark.parametrize(("table", "lost"), [(WHOLE, 0), (LOST, 2)])
def test_rows_without_content_are_lost(table, lost):
    with pikepdf.open(io.BytesIO(build_pdf(("Document", [table])))) as pdf:
        assert count_empty_rows(Tree(pdf)) == lost


def test_a_document_whose_rows_are_lost_is_converted_again_with_rows_that_may_split(fake_office):
    office = fake_office("loses_rows").parent
    (office / "lost.pdf").write_bytes(build_pdf(("Document", [LOST])))
    (office / "sample.pdf").write_bytes(build_pdf(("Document", [WHOLE])))

    kept, lost = convert_many([build_docx("<w:tr/>"), build_docx("<w:cantSplit/>")])

    assert "A1" in read_outline(kept)
    assert read_outline(kept) == read_outline(lost)
