"""What keeps a PDF from being read by all: one fault each, beside what veraPDF says of it."""

from io import BytesIO

import pikepdf
import pytest
import verapdf
from docx_faults import good as good_docx
from pdf_converting import convert_kept
from pdf_faults import PLANTED, plant
from pdf_trees import build_pdf

from lrtdocs.pdf import check_pdf, look


@pytest.fixture(scope="session")
def good():
    """A PDF of ours in which nothing is wrong."""
    return convert_kept([good_docx()])[0]


def keys_of(data):
    problems = [*check_pdf(data, "x.pdf"), *look(data, "x.pdf").problems]
    return sorted({problem.key for problem in problems})


@pytest.mark.office
def test_nothing_is_told_of_a_good_pdf(good):
    assert keys_of(good) == []
    assert look(good, "x.pdf").claims == {"PDF/UA-1", "PDF/A-2A"}


@pytest.mark.office
@pytest.mark.parametrize("name", PLANTED)
def test_a_fault_is_told_and_nothing_else(good, name):
    assert keys_of(plant(good, name)) == [PLANTED[name][0]]


@pytest.mark.office
@pytest.mark.verapdf
def test_what_verapdf_finds_in_a_planted_pdf_is_never_without_a_finding_of_ours(good, tmp_path):
    path, broken = tmp_path / "x.pdf", {}
    for name in PLANTED:
        path.write_bytes(plant(good, name))
        if PLANTED[name][0] != "LRT440.slot" and verapdf.failed_rules(path, "ua1"):
            broken[name] = keys_of(path.read_bytes())
    path.write_bytes(good)

    assert verapdf.failed_rules(path, "ua1") == []
    assert len(broken) > 25
    assert [name for name, keys in broken.items() if not keys] == []


@pytest.mark.parametrize(
    ("packet", "claims"),
    [
        (b"<pdfuaid:part>1</pdfuaid:part>", {"PDF/UA-1"}),
        (b'<rdf:Description pdfuaid:part="1"/>', {"PDF/UA-1"}),
        (b"<x pdfaid:part='3' pdfaid:conformance='A'/>", {"PDF/A-3A"}),
        (b"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>u</pdfaid:conformance>", {"PDF/A-2U"}),
        (b"<pdfaid:part>4</pdfaid:part>", {"PDF/A-4"}),
        (b"<pdf:Producer>Word</pdf:Producer>", set()),
    ],
)
def test_what_a_pdf_claims_is_read_as_elements_and_as_attributes(packet, claims):
    with pikepdf.open(BytesIO(build_pdf(("Document", [("P", "a")])))) as pdf:
        pdf.Root["/Metadata"] = pikepdf.Stream(pdf, packet)
        target = BytesIO()
        pdf.save(target, fix_metadata_version=False)

    assert look(target.getvalue(), "x.pdf").claims == claims
