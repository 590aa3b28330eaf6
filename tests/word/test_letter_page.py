"""Letters laid beside the house style: baselines and edges of the PDF in millimetres."""

import pytest
import verapdf
from docx_making import change
from letter_making import ADJUSTED, CONTACT, SIGNED, make_brief, make_taakstelling
from pdf_converting import convert_kept
from pdfpage import read_pages
from structure import read_blocks, read_outline

from lrtdocs.model.afzender import Afzender
from lrtdocs.pdf import check_pdf, look

pytestmark = pytest.mark.office

TOLERANCE = 0.1
"""The house style was measured to half a millimetre; our own pages repeat to a tenth."""
SUBJECT = "Taakstelling vergunninghouders voor de tweede helft van 2025"
LONG_SUBJECT = (
    f"{SUBJECT}, de bijstelling voor de eerste helft, en wat meegaat van eerder jaren " * 2
)
PARAGRAPH = "Deze zin staat in een lange brief, die doorgaat tot de pagina vol is. " * 9
PAGES = 14
ALL = {
    "betreft": LONG_SUBJECT,
    "rubricering": "CONCEPT",
    "onze_referentie": "X-{volgnummer:04}",
    "uw_referentie": "2025/123",
    "bijlagen": ["Toelichting"],
    "contactpersoon": CONTACT,
    "kopie_aan": ["gedeputeerde staten", "de commissaris van de Koning"],
    "ondertekening": SIGNED,
    "tekst": "Een eigen alinea.\n\n- een punt",
}
LINES = {
    "afdeling": "Afdeling Maatschappelijke Ontwikkeling en Wonen",
    "ter_attentie_van": "mw. J. Voorbeeld",
}
LETTERS = {
    "plain": lambda: make_taakstelling(
        betreft=SUBJECT, onze_referentie="X", contactpersoon=CONTACT, ondertekening=SIGNED
    ),
    "all": lambda: make_taakstelling(
        "Nuenen, Gerwen en Nederwetten",
        stand={"gerealiseerd": 12, "achterstand": 31, "voorsprong": 4, "taakstelling": 19},
        to=LINES,
        **{**ALL, "taakstelling": {**ADJUSTED, "bijlage_a": "ja"}},
    ),
    "bare": lambda: make_brief(sender=Afzender(team="Team X")),
    "long": lambda: make_brief(
        "\n\n".join([PARAGRAPH] * PAGES), betreft="Kort", ondertekening=SIGNED
    ),
    "edited": lambda: change(
        make_brief("\n\n".join([PARAGRAPH] * PAGES), onze_referentie="Kenmerk-1"),
        "word/document.xml",
        "Kenmerk-1",
        "Kenmerk-2",
    ),
    "secret": lambda: make_brief(
        "\n\n".join([PARAGRAPH] * PAGES), betreft="Kort", rubricering="CONCEPT"
    ),
}


@pytest.fixture(scope="session")
def pdfs():
    """Every letter as PDF, by name."""
    return dict(zip(LETTERS, convert_kept([make() for make in LETTERS.values()]), strict=True))


@pytest.fixture(scope="session")
def pages(pdfs):
    return {name: read_pages(pdf) for name, pdf in pdfs.items()}


def places(page, texts):
    return {text: (page.line(text).x, page.line(text).base) for text in texts}


def near(expected):
    return {text: pytest.approx(place, abs=TOLERANCE) for text, place in expected.items()}


def test_page_1_stands_where_the_house_style_puts_it(pages):
    expected = {
        "> Retouradres": (28.0, 47.30),
        "Directoraat-Generaal": (164.84, 56.90),
        "Het college": (28.0, 57.76),
        "van de gemeente": (28.0, 57.76 + 4.233),
        "1860 AA  BERGEN": (28.0, 57.76 + 3 * 4.233),
        "Datum": (28.0, 104.18),
        "25 maart 2025": (47.73, 104.18),
        "Betreft": (28.0, 108.41),
        SUBJECT: (47.73, 108.41),
        "Geacht college,": (28.0, 125.34),
        "De taakstelling van": (28.0, 133.81),
        "Pagina 1 van 2": (164.84, 285.86),
    }

    assert places(pages["plain"][0], expected) == near(expected)


def test_pages_two_and_on_begin_where_the_house_style_puts_them(pages):
    page = pages["long"][1]
    expected = {"Directoraat-Generaal": (164.84, 56.05), "Pagina 2 van 3": (164.84, 285.86)}

    assert places(page, expected) == near(expected)
    assert page.column(28.0)[0].base == pytest.approx(45.87, abs=TOLERANCE)


def test_under_a_rubricering_pages_two_and_on_begin_lower(pages):
    lines = pages["secret"][1].column(28.0)

    assert (lines[0].text, lines[0].base) == ("CONCEPT", pytest.approx(56.05, abs=TOLERANCE))
    assert lines[1].base == pytest.approx(73.70, abs=TOLERANCE)


def test_rubricering_stands_at_head_and_foot_of_every_page(pages):
    for page in pages["secret"]:
        marks = [line.base for line in page.column(28.0) if line.text == "CONCEPT"]
        head = 52.0 if page.number == 1 else 56.05

        assert marks == pytest.approx([head, 285.86], abs=TOLERANCE)


def test_six_lines_of_address_two_too_long_stand_in_the_window_and_clear_of_the_date(pages):
    lines = [line for line in pages["all"][0].column(28.0) if 55 < line.base < 104]

    assert len(lines) == 8
    assert max(line.end for line in lines) < 105
    assert lines[-1].base == pytest.approx(57.76 + 7 * 4.233, abs=TOLERANCE)


def test_a_reference_that_is_changed_in_word_is_changed_on_the_later_pages(pages):
    assert [page.line("Kenmerk-2").x > 160 for page in pages["edited"]] == [True] * 3


def test_later_pages_have_the_date_below_its_label_and_nothing_else(pages):
    column = [line.text for line in pages["long"][1].column(164.84)]
    after = column[column.index("Datum") + 1]
    first = pages["long"][0].column(47.73)[0].text
    assert after == first


def test_a_long_subject_hangs_and_keeps_three_blank_lines_below_it(pages):
    page = pages["all"][0]
    subject = [line for line in page.column(47.73) if 105 < line.base < 130]

    assert len(subject) >= 3
    assert page.line("Geacht college,").base - subject[-1].base == pytest.approx(
        4 * 4.233, abs=TOLERANCE
    )


def test_four_blank_lines_are_left_for_the_hand(pages):
    page = pages["plain"][-1]

    gap = page.line("A. Voorbeeld").base - page.line("de directeur-generaal").base
    assert gap == pytest.approx(5 * 4.233, abs=TOLERANCE)


@pytest.mark.parametrize("asked", [{}, {"kopie_aan": ["de VNG"]}], ids=["plain", "copied"])
def test_the_signature_never_stands_alone_on_a_page(asked):
    sizes = range(8, 14)
    letters = [
        make_brief("\n\n".join(["Zin."] * size + ["Slot."]), ondertekening=SIGNED, **asked)
        for size in sizes
    ]
    signed = []
    for size, pdf in zip(sizes, convert_kept(letters), strict=True):
        pages = read_pages(pdf)
        (page,) = [one for one in pages if "A. Voorbeeld" in one.texts]
        signed.append(page.number)
        assert "Slot." in page.texts, size
        assert "Met vriendelijke groet," in page.texts, size
    assert set(signed) == {1, 2}


@pytest.mark.parametrize("name", LETTERS)
def test_nothing_runs_out_of_its_column_or_into_the_foot(pages, name):
    for page in pages[name]:
        for line in page.lines:
            if line.x < 160 and 60 < line.base < 280:
                assert line.end < 161.5, line
                assert line.base < 277.5, line
            if line.x > 160:
                assert line.end < 200.5, line


def test_bijlage_a_begins_on_a_page_of_its_own_and_repeats_its_header(pages):
    annex = [page for page in pages["all"] if "Gemeente" in page.texts]

    assert annex[0].line("Bijlage A: taakstelling per gemeente").base == pytest.approx(73.7, abs=1)
    assert "A. Voorbeeld" not in annex[0].texts
    assert len(annex) <= 4
    assert sum(len(page.column(28.0)) for page in annex) > 342 / 2
    assert len(pages["all"]) == annex[-1].number


@pytest.mark.parametrize("name", LETTERS)
def test_our_own_checks_find_nothing(pdfs, name):
    assert check_pdf(pdfs[name], f"{name}.pdf") == []
    assert look(pdfs[name], f"{name}.pdf").problems == []


@pytest.mark.verapdf
@pytest.mark.parametrize("flavour", ["ua1", "2a"])
@pytest.mark.parametrize("name", LETTERS)
def test_verapdf_passes(pdfs, tmp_path, name, flavour):
    path = tmp_path / f"{name}.pdf"
    path.write_bytes(pdfs[name])

    assert verapdf.failed_rules(path, flavour) == []


def test_a_letter_is_read_from_sender_to_signature(pdfs):
    texts = [text for _, text in read_blocks(pdfs["plain"])]
    order = ["Ministerie van Asiel en", "Directoraat-Generaal Migratie", "Contactpersoon",
             "Onze referentie", "> Retouradres Postbus 20011 2500 EH Den Haag",
             "Het college van burgemeester en wethouders", "Datum 25 maart 2025",
             f"Betreft {SUBJECT}", "Geacht college,", "De aantallen op een rij", "Aantal",
             "Hoogachtend,", "A. Voorbeeld"]  # fmt: skip
    found = [texts.index(text) for text in order]

    assert found == sorted(found)


def test_the_subject_is_the_one_heading_above_those_of_the_text(pdfs):
    headings = [role for role, _ in read_blocks(pdfs["all"]) if role.startswith("H")]

    assert headings == ["H1"] + ["H2"] * 7
    assert "TH Scope=Column" in read_outline(pdfs["all"])
