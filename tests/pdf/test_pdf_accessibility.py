"""What keeps a PDF from being read by all: one fault each, beside what veraPDF says of it."""

import pytest
import verapdf
from docx_faults import good as good_docx
from pdf_converting import convert_kept
from pdf_faults import PLANTED, plant

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
