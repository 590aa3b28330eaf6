"""A file that comes back from a platform: what it lost is told, and what was done to it."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pikepdf
import pytest
from docx import Document
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf, Stream

from lrtdocs.errors import ExitCode, Severity
from lrtdocs.pdf.structure.metadata import write_metadata
from lrtdocs.run.documents.report import Outcome
from lrtdocs.run.publishing.returned import compare_returned

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LINES = ("Verslag van de regietafel", "De voorzitter opent de vergadering.", "Er is een rondvraag.")


def make(lines: tuple[str, ...] = LINES, *, tagged: bool = True) -> Pdf:
    """Return a PDF with all that a file of ours has, or only its text, as a printer makes it."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    font.ToUnicode = Stream(pdf, b"1 beginbfrange\n<20> <7E> <0020>\nendbfrange")
    page.Resources = Dictionary(Font=Dictionary(F1=font))
    code = "".join(
        f"/P <</MCID {number}>> BDC BT /F1 11 Tf 50 {700 - 20 * number} Td ({line}) Tj ET EMC "
        for number, line in enumerate(lines)
    )
    page.Contents = Stream(pdf, code.encode())
    if not tagged:
        pdf.docinfo["/Producer"] = "Microsoft: Print To PDF"
        return pdf
    kids = [
        pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, Pg=page.obj, K=number))
        for number in range(len(lines))
    ]
    pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(K=Array(kids)))
    pdf.Root.Lang = "nl-NL"
    pdf.docinfo["/Title"] = "Verslag"
    write_metadata(pdf, datetime(2025, 3, 19, tzinfo=UTC), {"PDF/UA-1", "PDF/A-2A"})
    with pdf.open_outline() as outline:
        outline.root.append(OutlineItem("Rondvraag", 0))
    return pdf


def save(pdf: Pdf, path: Path) -> Path:
    target = io.BytesIO()
    pdf.save(target)
    path.write_bytes(target.getvalue())
    return path


def checked(back: Path, given: Path) -> Outcome:
    outcome = Outcome()
    with outcome.gathering():
        compare_returned(back, given, outcome)
    return outcome


def keys(outcome: Outcome) -> list[str]:
    return [problem.key for problem in outcome.problems]


def returned(tmp_path: Path, change: Callable[[Pdf], object]) -> Outcome:
    """Return what is told of our file when `change` was done to it."""
    given = save(make(), tmp_path / "onze.pdf")
    pdf = make()
    change(pdf)
    return checked(save(pdf, tmp_path / "terug.pdf"), given)


def strip(pdf: Pdf) -> None:
    del pdf.Root["/Metadata"]
    del pdf.trailer["/Info"]


def other_title(pdf: Pdf) -> None:
    pdf.docinfo["/Title"] = "Microsoft Word - verslag"


def without_mark(name: str) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        packet = pdf.Root.Metadata.read_bytes().replace(f"<{name}:part>".encode(), b"<x>")
        pdf.Root.Metadata = Stream(pdf, packet, Type=Name.Metadata, Subtype=Name.XML)

    return change


def without(key: str) -> Callable[[Pdf], None]:
    return lambda pdf: pdf.Root.__delitem__(key)


def untitled(pdf: Pdf) -> None:
    packet = pdf.Root.Metadata.read_bytes().replace(b"dc:title", b"dc:weg")
    pdf.Root.Metadata = Stream(pdf, packet, Type=Name.Metadata, Subtype=Name.XML)
    pdf.docinfo["/Title"] = ""


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (untitled, "LRT838.titel_weg"),
        (other_title, "LRT838.titel_anders"),
        (without("/Lang"), "LRT838.taal"),
        (lambda pdf: setattr(pdf.Root, "Lang", "en-US"), "LRT838.taal_anders"),
        (without_mark("pdfuaid"), "LRT838.ua"),
        (without_mark("pdfaid"), "LRT838.archief"),
        (without("/Outlines"), "LRT838.bladwijzers"),
    ],
)
def test_what_is_lost_is_named(change: Callable[[Pdf], None], key: str, tmp_path: Path) -> None:
    outcome = returned(tmp_path, change)

    assert keys(outcome) == [key]
    assert outcome.exit_code is ExitCode.PROBLEMS
    assert outcome.problems[0].remedy


def test_a_file_that_only_was_saved_again_lost_nothing(tmp_path: Path) -> None:
    outcome = returned(tmp_path, lambda pdf: pdf.Root.__setitem__("/Los", Dictionary(A=1)))

    assert keys(outcome) == []
    assert outcome.remarks[-1] == "Niets daarvan is verloren gegaan."


def test_the_very_same_file_is_told_as_such(tmp_path: Path) -> None:
    given = save(make(), tmp_path / "onze.pdf")

    outcome = checked(given, given)

    assert outcome.remarks == ["Het bestand is precies gelijk aan wat u hebt geplaatst."]


def test_a_platform_that_wipes_info_and_xmp_is_recognised(tmp_path: Path) -> None:
    (told,) = returned(tmp_path, strip).problems

    assert told.key == "LRT837.gewist"
    assert told.fields["lost"] == "de titel, het kenmerk PDF/UA en het kenmerk PDF/A"


def test_a_file_that_was_printed_again_is_recognised(tmp_path: Path) -> None:
    given = save(make(), tmp_path / "onze.pdf")
    back = save(make(tagged=False), tmp_path / "terug.pdf")

    (told,) = checked(back, given).problems

    assert told.key == "LRT837.geprint"
    assert "Microsoft: Print To PDF" in told.found
    assert "de tags en de bladwijzers" in told.message


def test_page_numbers_of_ours_are_no_text_that_was_added(tmp_path: Path) -> None:
    number = b" /Artifact BMC BT /F1 9 Tf 50 30 Td (Pagina een van twee) Tj ET EMC"
    ours, theirs = make(), make(tagged=False)
    for pdf in (ours, theirs):
        page = pdf.pages[0]
        page.Contents = Stream(pdf, page.Contents.read_bytes() + number)

    outcome = checked(save(theirs, tmp_path / "terug.pdf"), save(ours, tmp_path / "onze.pdf"))

    assert keys(outcome) == ["LRT837.geprint"]


def test_a_file_that_was_scanned_is_recognised(tmp_path: Path) -> None:
    given = save(make(), tmp_path / "onze.pdf")
    back = save(make((), tagged=False), tmp_path / "terug.pdf")

    assert keys(checked(back, given)) == ["LRT837.plaatje"]


def test_text_that_is_gone_is_told_and_where_it_began(tmp_path: Path) -> None:
    given = save(make(), tmp_path / "onze.pdf")
    back = save(make((*LINES[:2], "Dit is iets heel anders nu")), tmp_path / "terug.pdf")

    outcome = checked(back, given)

    assert keys(outcome) == ["LRT838.tekst", "LRT838.erbij"]
    assert "'Er is een rondvraag.'" in outcome.problems[0].message
    assert outcome.problems[1].severity is Severity.WARNING


def test_tags_that_are_partly_gone_are_told(tmp_path: Path) -> None:
    given = save(make(), tmp_path / "onze.pdf")
    pdf = make()
    pdf.Root.StructTreeRoot.K = Array(list(pdf.Root.StructTreeRoot.K)[:1])
    back = save(pdf, tmp_path / "terug.pdf")

    assert "LRT838.tags_minder" in keys(checked(back, given))


def document(tmp_path: Path, name: str, *, heading: bool = True, title: str = "Verslag") -> Path:
    made = Document()
    made.core_properties.title = title
    made.add_paragraph(LINES[0], "Heading 1" if heading else None)
    for line in LINES[1:]:
        made.add_paragraph(line)
    made.save(str(tmp_path / name))
    return tmp_path / name


def test_a_pdf_is_held_against_the_word_document_that_it_was_made_of(tmp_path: Path) -> None:
    given = document(tmp_path, "onze.docx")

    whole = checked(save(make(), tmp_path / "goed.pdf"), given)
    pdf = make()
    strip(pdf)
    stripped = checked(save(pdf, tmp_path / "kaal.pdf"), given)

    assert keys(whole) == []
    assert keys(stripped) == ["LRT837.gewist"]


def test_of_a_word_document_title_and_headings_may_be_lost(tmp_path: Path) -> None:
    given = document(tmp_path, "onze.docx")
    back = document(tmp_path, "terug.docx", heading=False, title="")

    assert keys(checked(back, given)) == ["LRT838.titel_weg", "LRT838.koppen"]


@pytest.mark.parametrize("name", ["terug.pdf", "terug.docx"])
def test_a_file_that_cannot_be_read_is_told(name: str, tmp_path: Path) -> None:
    given = save(make(), tmp_path / "onze.pdf")
    (tmp_path / name).write_bytes(b"niets")

    assert keys(checked(tmp_path / name, given)) == ["LRT839.kapot"]


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    given = save(make(), tmp_path / "onze.pdf")
    (tmp_path / "a.txt").write_text("x")

    outcome = checked(tmp_path / "a.txt", given)

    assert [p.key for error in outcome.failures for p in error.problems] == ["LRT839.soort"]
    assert outcome.exit_code is ExitCode.USAGE
