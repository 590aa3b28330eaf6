"""The example meeting as PDF: what the whole house makes, looked at as a screen reader would."""

import hashlib
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
import verapdf
from pdf_converting import convert_kept, convert_many
from pdfminer.high_level import extract_text
from structure import read_blocks, read_outline

from lrtdocs.api import render_one
from lrtdocs.pdf import check_pdf

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
def test_our_own_checks_find_nothing(made, kind):
    assert check_pdf(made[kind], f"{kind}.pdf") == []


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
