"""Annexes that are no good: told, or taken in as far as they can be read, and nothing else."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest
from pdf_trees import build_pdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from lrtdocs.messages import FaultError
from lrtdocs.pdf.bundle.bundle import check_annex


def save(pdf: Pdf) -> bytes:
    target = BytesIO()
    pdf.save(target)
    return target.getvalue()


def plain() -> Pdf:
    """Return a PDF of one page, with a square on it."""
    pdf = Pdf.new()
    pdf.add_blank_page()
    pdf.pages[0].obj.Contents = pdf.make_stream(b"0 0 50 50 re f")
    return pdf


def with_root(**entries: object) -> bytes:
    pdf = plain()
    for key, value in entries.items():
        pdf.Root[f"/{key}"] = value
    return save(pdf)


def with_page(**entries: object) -> bytes:
    pdf = plain()
    for key, value in entries.items():
        pdf.pages[0].obj[f"/{key}"] = value
    return save(pdf)


def in_a_ring() -> bytes:
    pdf = plain()
    element = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P))
    element.K = Array([element])
    pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(K=element))
    return save(pdf)


LINK = Dictionary(Subtype=Name.Link, Rect=[0, 0, 9, 9], A=Dictionary(S=Name.GoTo, D=String("weg")))
ODD = {
    "no tags": save(plain()),
    "tags in a ring": in_a_ring(),
    "no tree": with_root(StructTreeRoot=5),
    "an empty tree": with_root(StructTreeRoot=Dictionary()),
    "no bookmarks": with_root(Outlines=Dictionary(First=5)),
    "no names": with_root(Names=Dictionary(Dests=5)),
    "no layers": with_root(OCProperties=5),
    "a link to nowhere": with_page(Annots=Array([LINK])),
    "turned backwards": with_page(Rotate=-90),
    "upside down": with_page(MediaBox=Array([400, 700, -100, -50])),
    "another corner": with_page(CropBox=Array([10, 10, 90, 90])),
    "numbers without a tree": with_page(StructParents=3),
}


@pytest.mark.parametrize("data", ODD.values(), ids=ODD.keys())
def test_what_is_odd_is_taken_in(data: bytes) -> None:
    assert check_annex(data) == (1, [])


BROKEN = {
    "half a file": build_pdf(("P", "Tekst"))[:400],
    "no form": with_root(AcroForm=5),
    "no annotation": with_page(Annots=Array([5])),
    "nothing": b"",
}


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN.keys())
def test_what_cannot_be_read_is_told(data: bytes) -> None:
    with pytest.raises(FaultError) as caught:
        check_annex(data)
    assert caught.value.fault.key == "LRT450.kapot"


def test_a_form_that_only_reader_shows_is_told() -> None:
    form = Dictionary(XFA=Array(), Fields=Array())
    with pytest.raises(FaultError) as caught:
        check_annex(with_root(AcroForm=form))
    assert caught.value.fault.key == "LRT450.formulier"


def test_a_file_with_rights_alone_can_be_read() -> None:
    target = BytesIO()
    plain().save(target, encryption=pikepdf.Encryption(owner="a", user=""))
    assert check_annex(target.getvalue()) == (1, [])
