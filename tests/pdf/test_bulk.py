"""Letters in bulk: every way there gives the same bytes, and every failure names its letter."""

import re
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
import verapdf
from pdf_documents import build_letter
from structure import read_outline, read_tagged_text

from lrtdocs.errors import ExitCode
from lrtdocs.pdf import probe
from lrtdocs.pdf.bulk.converter import BulkConverter, split_evenly
from lrtdocs.pdf.office.convert import TIMEOUT_SETTING
from lrtdocs.pdf.office.errors import (
    ConversionCrashedError,
    ConversionEmptyError,
    ConversionError,
    ConversionStrangeError,
    ConversionTimeoutError,
)
from lrtdocs.word.merge.documents import merge_documents

DOCX = b"PK not really"
NAMES = ("Bergen (NH.)", "Súdwest-Fryslân", "'s-Gravenhage")


@dataclass
class FakeMerged:
    docx: bytes = b"PK merged"
    spans: tuple[tuple[str, str], ...] = (("a", "b"), ("c", "d"))
    reason: str = ""


def _letters(names=NAMES, change=None):
    """Return (name, letter) for each of `names`, as a template would: equal but for the text."""
    change = change or _without_spacing
    return [
        (f"{name}.docx", change(build_letter(f"Aan de gemeente {name}.", pages=number + 1)))
        for number, name in enumerate(names)
    ]


def _without_spacing(docx):
    """Return `docx` without room above and below paragraphs, as letters of ours begin."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(docx)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/styles.xml":
                data = re.sub(rb'w:(before|after)="\d+"', rb'w:\1="0"', data)
            new.writestr(name, data)
    return target.getvalue()


def _text_only_letter(text):
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr(
            "word/document.xml",
            '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            f"<w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>",
        )
    return target.getvalue()


def test_every_letter_comes_back_in_its_place(fake_office):
    fake_office("works")

    with BulkConverter(probe()) as bulk:
        results = bulk.convert([("a.docx", DOCX), ("b.docx", DOCX)])

    assert [result[:5] for result in results] == [b"%PDF-"] * 2


@pytest.mark.parametrize(
    ("fake", "error"),
    [
        ("hangs", ConversionTimeoutError),
        ("crashes", ConversionCrashedError),
        ("writes_nothing", ConversionEmptyError),
        ("writes_rubbish", ConversionError),
        ("writes_half", ConversionError),
    ],
)
def test_a_soffice_that_fails_is_told_for_each_letter_by_name(
    fake_office, monkeypatch, fake, error
):
    fake_office(fake)
    monkeypatch.setenv(TIMEOUT_SETTING, "0.3")
    monkeypatch.setattr("lrtdocs.pdf.office.convert.SECONDS_PER_PAGE", 0.0)

    with BulkConverter(probe()) as bulk:
        results = bulk.convert([("a.docx", DOCX), ("b.docx", DOCX)])

    assert all(isinstance(result, error) for result in results)
    assert [str(result)[:7] for result in results] == ["a.docx:", "b.docx:"]
    assert all("doe dit:" in str(result) for result in results)
    assert {result.exit_code for result in results} == {ExitCode.OFFICE}


def test_one_bad_letter_is_named_and_all_others_are_made(fake_office):
    fake_office("chokes_on_one")
    batch = [("a.docx", DOCX), ("b.docx", b"PK STUK"), ("c.docx", DOCX)]

    with BulkConverter(probe(), merge=lambda docs: FakeMerged(b"".join(docs))) as bulk:
        first, second, third = bulk.convert(batch)

    assert isinstance(first, bytes)
    assert isinstance(third, bytes)
    assert isinstance(second, ConversionCrashedError)
    assert second.document == "b.docx"


def test_a_pdf_with_the_text_of_something_else_is_refused(fake_office):
    fake_office("works")

    with BulkConverter(probe()) as bulk:
        (result,) = bulk.convert([("a.docx", _text_only_letter("Aan de gemeente Beek"))])

    assert isinstance(result, ConversionStrangeError)
    assert str(result).startswith("a.docx: ")


def test_a_merged_pdf_with_fewer_letters_is_not_believed(fake_office):
    fake_office("works")

    with BulkConverter(probe(), merge=lambda _: FakeMerged()) as bulk:
        results = bulk.convert([("a.docx", DOCX), ("b.docx", DOCX)])

    assert all(isinstance(result, bytes) for result in results)
    assert sum(bulk.apart.values()) == 1


def test_what_cannot_be_merged_is_converted_apart_and_told(fake_office):
    fake_office("works")

    with BulkConverter(probe(), merge=lambda _: FakeMerged(b"", (), "voetnoten")) as bulk:
        results = bulk.convert([("a.docx", DOCX), ("b.docx", DOCX)])

    assert all(isinstance(result, bytes) for result in results)
    assert bulk.apart == {"voetnoten": 1}


@pytest.mark.parametrize(
    ("count", "parts", "sizes"), [(7, 2, [3, 4]), (142, 2, [71, 71]), (2, 3, [1, 1]), (0, 2, [])]
)
def test_shares_are_even_and_never_empty(count, parts, sizes):
    shares = split_evenly(range(count), parts)

    assert [len(share) for share in shares] == sizes
    assert [one for share in shares for one in share] == list(range(count))


@pytest.fixture(scope="module")
def both():
    """The same letters converted together and apart."""
    letters = _letters()
    with BulkConverter(probe(), merge=merge_documents) as together:
        merged = together.convert(letters)
    with BulkConverter(probe()) as apart:
        return merged, apart.convert(letters), together.apart


@pytest.mark.office
def test_a_letter_has_the_same_bytes_together_and_apart(both):
    merged, apart, reasons = both

    assert reasons == {}
    assert merged == apart


@pytest.mark.office
def test_a_letter_holds_its_own_text_and_pages_only(both):
    for number, (name, pdf) in enumerate(zip(NAMES, both[0], strict=True)):
        text = read_tagged_text(pdf)
        with pikepdf.open(BytesIO(pdf)) as opened:
            assert len(opened.pages) == number + 1
        assert name in text
        assert not any(other in text for other in NAMES if other != name)
        assert read_outline(pdf).startswith("Document")


@pytest.mark.office
@pytest.mark.skipif(bool(verapdf.why_not()), reason=verapdf.why_not())
@pytest.mark.parametrize("flavour", ["ua1", "2a"])
def test_verapdf_passes_a_letter_taken_out(both, tmp_path, flavour):
    path = Path(tmp_path) / "brief.pdf"
    path.write_bytes(both[0][1])

    assert verapdf.failed_rules(path, flavour) == []


@pytest.mark.office
def test_a_letter_has_the_same_bytes_in_another_batch(both):
    with BulkConverter(probe(), merge=merge_documents) as bulk:
        assert bulk.convert(_letters()[::-1]) == both[0][::-1]


@pytest.mark.office
def test_letters_that_look_different_together_are_made_apart():
    """Room above the first paragraph shrinks when another letter goes before it."""
    letters = _letters(change=bytes)
    with BulkConverter(probe(), merge=merge_documents) as bulk:
        results = bulk.convert(letters)
    with BulkConverter(probe()) as apart:
        assert results == apart.convert(letters)

    assert bulk.apart == {"een brief ziet er alleen anders uit": 1}
