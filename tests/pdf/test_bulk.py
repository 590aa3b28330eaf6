"""Letters in bulk: every way there gives the same bytes, and every failure names its letter."""

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
import verapdf
from mailing_making import run
from pdf_documents import build_letter
from pdf_letters import (
    DOCX,
    MERGED,
    NAMES,
    both_ways,
    convert,
    make_letters,
    never_merge,
    pdfs_of,
)
from pdfpage import read_pages
from structure import read_outline, read_tagged_text

from lrtdocs.errors import ExitCode
from lrtdocs.messages import Fault
from lrtdocs.pdf import ConversionError, split_evenly
from lrtdocs.pdf.convert import MOST_DEAD
from lrtdocs.pdf.office.backend import TIMEOUT_SETTING
from lrtdocs.shipped import examples_folder
from lrtdocs.word.merge import merge_documents


def test_every_letter_comes_back_in_its_place(fake_office):
    fake_office("works")

    results, _ = convert([("a.docx", DOCX), ("b.docx", DOCX)])

    assert [pdf[:5] for pdf in pdfs_of(results)] == [b"%PDF-"] * 2


@pytest.mark.parametrize(
    ("fake", "code"),
    [
        ("hangs", "LRT408"),
        ("crashes", "LRT409"),
        ("writes_nothing", "LRT423"),
        ("writes_rubbish", "LRT424"),
        ("writes_half", "LRT424"),
    ],
)
def test_a_soffice_that_fails_is_told_for_each_letter_by_name(fake_office, monkeypatch, fake, code):
    fake_office(fake)
    if fake == "hangs":
        monkeypatch.setenv(TIMEOUT_SETTING, "0.3")
        monkeypatch.setattr("lrtdocs.pdf.office.backend.SECONDS_PER_PAGE", 0.0)

    results, _ = convert([("a.docx", DOCX), ("b.docx", DOCX)])

    assert [result.document for result in results] == ["a.docx", "b.docx"]
    assert {result.problems[0].code for result in results} == {code}
    assert all(result.remedy for result in results)
    assert {result.exit_code for result in results} == {ExitCode.OFFICE}


def test_a_libreoffice_that_fails_with_every_letter_gets_no_others(fake_office):
    path = fake_office("counts_crashes")

    results, _ = convert([(f"{number}.docx", DOCX) for number in range(30)])

    assert [result.document for result in results] == [f"{number}.docx" for number in range(30)]
    assert (path.parent / "calls").read_text(encoding="ascii").count(".") == 2 * MOST_DEAD


def test_one_bad_letter_is_named_and_all_others_are_made(fake_office):
    fake_office("chokes_on_one")
    batch = [("a.docx", DOCX), ("b.docx", b"PK STUK"), ("c.docx", DOCX)]

    (first, second, third), _ = convert(batch, merge=lambda docs: (b"".join(docs), MERGED[1]))

    assert isinstance(second, ConversionError)
    assert (second.document, second.problems[0].code) == ("b.docx", "LRT409")
    assert pdfs_of([first]) == pdfs_of([third])


def test_a_pdf_with_the_text_of_something_else_is_refused(fake_office):
    fake_office("works")

    (result,), _ = convert([("a.docx", build_letter("Aan de gemeente Beek"))])

    assert isinstance(result, ConversionError)
    assert (result.document, result.problems[0].code) == ("a.docx", "LRT425")


def test_a_merged_pdf_with_fewer_letters_is_not_believed(fake_office):
    fake_office("works")

    results, apart = convert([("a.docx", DOCX), ("b.docx", DOCX)], merge=lambda _: MERGED)

    assert len(pdfs_of(results)) == 2
    assert sum(apart.values()) == 2


def test_what_cannot_be_merged_is_converted_apart_and_told(fake_office):
    fake_office("works")
    reason = Fault("deel.apart_voetnoten")

    results, apart = convert([("a.docx", DOCX), ("b.docx", DOCX)], merge=lambda _: reason)

    assert len(pdfs_of(results)) == 2
    assert apart == {reason: 2}


def test_after_three_failures_in_a_row_nothing_is_merged_any_more(fake_office):
    fake_office("works")
    asked = []

    def merge(docs):
        asked.append(len(docs))
        return Fault("deel.apart_voetnoten")

    _, apart = convert([(f"{number}.docx", DOCX) for number in range(100)], merge=merge)

    assert asked == [20] * 3
    assert list(apart.values()) == [100]


@pytest.mark.parametrize(
    ("count", "parts", "sizes"), [(7, 2, [3, 4]), (142, 2, [71, 71]), (2, 3, [1, 1]), (0, 2, [])]
)
def test_shares_are_even_and_never_empty(count, parts, sizes):
    shares = split_evenly(range(count), parts)

    assert [len(share) for share in shares] == sizes
    assert [one for share in shares for one in share] == list(range(count))


@pytest.fixture
def both():
    """The same letters converted together and apart."""
    return both_ways()


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
@pytest.mark.verapdf
@pytest.mark.parametrize("flavour", ["ua1", "2a"])
def test_verapdf_passes_a_letter_taken_out(both, tmp_path, flavour):
    path = Path(tmp_path) / "brief.pdf"
    path.write_bytes(both[0][1])

    assert verapdf.failed_rules(path, flavour) == []


@pytest.mark.office
def test_a_letter_has_the_same_bytes_in_another_batch(both):
    results, _ = convert(make_letters()[::-1], merge=merge_documents)

    assert pdfs_of(results) == both[0][::-1]


@pytest.mark.office
@pytest.mark.parametrize("first", [0, 3])
def test_no_name_stands_alone_under_its_signature_in_letters_together(tmp_path, first):
    """LibreOffice guesses pages in long documents, and leaves the last line of some behind."""
    run(examples_folder() / "verzendingen" / "besluit" / "besluit.yaml", tmp_path)
    letters = [(path.name, path.read_bytes()) for path in sorted(tmp_path.glob("*.docx"))]
    letters = letters[first:] + letters[:first]
    together, reasons = convert(letters, merge=merge_documents)

    assert reasons == {}
    apart = convert(letters)[0]
    assert [*map(texts_of, pdfs_of(together))] == [*map(texts_of, pdfs_of(apart))]


def texts_of(pdf):
    """Return the texts on each page of `pdf`, in their places."""
    return [page.texts for page in read_pages(pdf)]


@pytest.mark.office
def test_letters_that_look_different_together_are_made_apart():
    """Room above the first paragraph shrinks when another letter goes before it."""
    letters = make_letters(change=bytes)
    results, reasons = convert(letters, merge=merge_documents)
    apart, _ = convert(letters, merge=never_merge)

    assert pdfs_of(results) == pdfs_of(apart)
    assert reasons == {Fault("deel.apart_bewijs"): 3}
