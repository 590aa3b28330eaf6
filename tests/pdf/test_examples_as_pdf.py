"""The example meeting as PDF: what the whole house makes, looked at as a screen reader would."""

import hashlib
import random
from io import BytesIO
from pathlib import Path

import outloud
import page
import pikepdf
import pytest
import verapdf
from pdf_converting import convert_kept, convert_many
from pdfminer.high_level import extract_text
from structure import read_blocks, read_outline

from lrtdocs.api import render_one
from lrtdocs.pdf import check_pdf, look
from lrtdocs.pdf.structure.text import PageTexts

pytestmark = pytest.mark.office

EXAMPLE = Path(__file__).parents[2] / "examples" / "2025-03-19-lrt.yaml"
KINDS = ["agenda", "verslag"]


@pytest.fixture(scope="session")
def made():
    """The example's agenda and minutes as PDF, by kind."""
    return dict(
        zip(KINDS, convert_kept([render_one(EXAMPLE, kind) for kind in KINDS]), strict=True)
    )


@pytest.mark.verapdf
@pytest.mark.parametrize("flavour", ["ua1", "2a"])
@pytest.mark.parametrize("kind", KINDS)
def test_verapdf_passes(made, tmp_path, kind, flavour):
    path = tmp_path / f"{kind}.pdf"
    path.write_bytes(made[kind])

    assert verapdf.failed_rules(path, flavour) == []


@pytest.mark.parametrize("kind", KINDS)
def test_outloud_and_page_agree(made, tmp_path, kind):
    path = tmp_path / f"{kind}.pdf"
    path.write_bytes(made[kind])

    assert [finding.message for finding in outloud.check(str(path)).findings] == []
    for profile in (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A):
        assert page.validate_pdf(path, profile=profile).failures == []


def make_list(chance, texts, depth=0):
    """Return the lines of a random list, with further paragraphs and lists inside its items."""
    lines = []
    mark = chance.choice(["- ", "1. "])
    for _ in range(chance.randint(1, 3)):
        lines += [mark + next(texts), ""]
        for _ in range(chance.randint(0, 2) if depth < 2 else 0):
            inside = make_list(chance, texts, depth + 1)
            inside = inside if chance.random() < 0.7 else [next(texts), ""]
            lines += [" " * len(mark) + line if line else "" for line in inside]
    return lines


@pytest.mark.verapdf
def test_a_hundred_nested_lists_are_lists_all(tmp_path):
    chance, texts = random.Random(9), (f"woord{n}." for n in range(100_000))
    parts = ["overleg: Lijsten", "datum: 2025-03-19", "dagtekening: 2025-03-14", "agendapunten:"]
    for number in range(100):
        parts += [f"  - titel: Lijst {number}", "    toelichting: |"]
        parts += [f"      {line}".rstrip() for line in make_list(chance, texts)]
    meeting, path = tmp_path / "lijsten.yaml", tmp_path / "lijsten.pdf"
    meeting.write_text("\n".join(parts) + "\n", encoding="utf-8")
    (pdf,) = convert_kept([render_one(meeting, "agenda")])
    path.write_bytes(pdf)

    assert verapdf.failed_rules(path, "ua1") == []
    assert page.validate_pdf(path, profile=page.ValidationProfile.PDF_UA_1).failures == []
    assert check_pdf(pdf, "lijsten.pdf") == []
    assert look(pdf, "lijsten.pdf").problems == []
    words = [word for _, text in read_blocks(pdf) for word in text.split() if "woord" in word]
    numbers = [int(word.strip("word.")) for word in words]
    assert numbers == sorted(set(numbers))
    assert len(numbers) > 500


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_painted_in_the_order_in_which_it_is_read(made, kind):
    with pikepdf.open(BytesIO(made[kind])) as pdf:
        shown = list(PageTexts(pdf).pieces_of(pdf.pages[0]).values())
        places = [shown.index(text) for text in ("Migratie", "Turfmarkt 147", kind)]
        assert places == sorted(places)
        contents = pdf.pages[1].Contents.read_bytes()
        notes = [str(note["/Contents"]) for note in pdf.pages[0].Annots]
    assert contents.count(b"/Artifact<</Type/Pagination/Subtype/Header>>BDC") == 1
    assert contents.count(b"/Artifact<</Type/Pagination/Subtype/Footer>>BDC") == 1
    assert notes[:2] == ["www.rijksoverheid.nl/jenv", "E-mail lrt@voorbeeld.nl"]


def test_who_is_present_stands_in_a_list_under_its_label(made):
    outline = read_outline(made["verslag"])

    assert '  L\n    Caption "Aanwezig"\n' in outline
    assert '    LI\n      LBody\n        P "Mw. Van der Linde (VRO)"\n    LI\n' in outline


def test_the_reference_and_the_organisation_are_in_the_metadata(made):
    with pikepdf.open(BytesIO(made["verslag"])) as pdf, pdf.open_metadata() as xmp:
        assert xmp["dc:identifier"] == "LRT-2025-03"
        assert xmp["dc:publisher"] == {"Directoraat-Generaal Migratie"}


@pytest.mark.parametrize("kind", KINDS)
def test_our_own_checks_find_nothing(made, kind):
    assert check_pdf(made[kind], f"{kind}.pdf") == []
    assert look(made[kind], f"{kind}.pdf").problems == []


@pytest.mark.parametrize("kind", KINDS)
def test_sender_comes_before_title_and_title_before_the_rest(made, kind):
    blocks = read_blocks(made[kind])
    texts = [text for _, text in blocks]

    assert texts[:3] == ["Ministerie van Asiel en", "Migratie", "Directoraat-Generaal Migratie"]
    title = blocks.index(("H1", kind))
    assert texts.index("Datum") < title
    assert texts[title + 1] == "Landelijke Regietafel"
    assert texts[title + 2].startswith("Omschrijving")
    first_item = next(number for number, (role, _) in enumerate(blocks) if role == "H2")
    assert all("Aanwezig" not in text for text in texts[first_item:])


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_repeated_on_every_page_is_read_once(made, kind):
    printed = extract_text(BytesIO(made[kind]))
    read = [text for _, text in read_blocks(made[kind])]

    assert "Pagina 1 van" in printed
    assert not any("Pagina" in text for text in read)
    assert read.count("Directoraat-Generaal Migratie") == 1


@pytest.mark.parametrize("kind", KINDS)
def test_labels_and_numbers_do_not_run_into_what_follows(made, kind):
    outline = read_outline(made[kind])

    assert '"Omschrijving Landelijke Regietafel Migratie"' in outline
    assert 'H2 "1. Opening, mededelingen en vaststellen verslag' in outline


def test_the_minutes_have_lists_in_lists_and_tables_with_headers(made):
    outline = read_outline(made["verslag"])

    assert 'LBody\n        P "In de asielopvang' in outline
    assert '"\n        L\n          LI\n            Lbl "1."' in outline
    assert 'TH Scope=Column\n        P "Wie"' in outline


@pytest.mark.parametrize("kind", KINDS)
def test_headings_become_bookmarks_under_the_title(made, kind):
    with pikepdf.open(BytesIO(made[kind])) as pdf, pdf.open_outline() as outline:
        (top,) = outline.root
        titles = [item.title for item in top.children]

    assert top.title == kind
    assert titles[0].startswith("1.")
    assert "Opening, mededelingen" in titles[0]


def test_a_second_run_gives_the_same_bytes(made):
    again = convert_many([render_one(EXAMPLE, kind) for kind in KINDS])

    assert [_digest(pdf) for pdf in again] == [_digest(made[kind]) for kind in KINDS]


def _digest(pdf):
    return hashlib.sha256(pdf).hexdigest()
