"""What keeps a document from being read by all: one fault each, and what only looks like one."""

import docx_faults
import pytest

from lrtdocs.word.accessibility import check_accessibility
from lrtdocs.word.package.guards import read_any


def problems_of(data):
    return check_accessibility(read_any(data, "x.docx"))


def keys_of(data):
    return sorted({problem.key for problem in problems_of(data)})


def test_nothing_is_told_of_a_good_document():
    assert problems_of(docx_faults.good()) == []


@pytest.mark.parametrize("name", docx_faults.PLANTED)
def test_a_fault_is_told_and_nothing_else(name):
    assert keys_of(docx_faults.plant(name)) == [docx_faults.PLANTED[name][0]]


@pytest.mark.parametrize("name", docx_faults.RIGHT)
def test_what_looks_like_a_fault_is_not_told(name):
    assert keys_of(docx_faults.plant(name)) == []


def test_a_locked_document_is_told():
    assert keys_of(docx_faults.plant_lock()) == ["LRT870.vergrendeld"]
