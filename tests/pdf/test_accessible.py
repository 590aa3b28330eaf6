import hashlib
from datetime import UTC, datetime
from io import BytesIO

import pikepdf
import pytest
import verapdf
from pdf_converting import convert_kept, convert_many, convert_one
from pdf_documents import ALT_TEXT, LINK_TEXT, TITLE, TOOLTIP, build_document, build_letter
from pdf_trees import build_pdf
from pdfminer.high_level import extract_text
from pikepdf import Array, Dictionary, Name
from structure import read_blocks, read_outline, read_tagged_text

from lrtdocs.pdf import Document, check_pdf
from lrtdocs.pdf.office.fonts import find_replacement
from lrtdocs.pdf.structure.finish import Job, finish, job_of
from lrtdocs.pdf.structure.metadata import claims_of
from lrtdocs.word.facts import DocumentFacts, read_facts

MOMENT = datetime(2025, 3, 14, 12, tzinfo=UTC)

OUTLINE = """\
Document
  Div
    P "Ministerie van Voorbeelden"
    P "Turfmarkt 147"
    P "2511 DP Den Haag"
  Div
    H1 "verslag"
  P "Eerste gewone alinea na de kaders."
  P "Lees verder op de website van het ministerie of mail naar het secretariaat."
    Link "de website van het ministerie"
    Link "het secretariaat"
  H2 "Tweede kop"
  L
    LI
      Lbl "-"
      LBody
        P "Eerste streepje"
    LI
      Lbl "-"
      LBody
        P "Tweede streepje"
        L
          LI
            Lbl "1."
            LBody
              P "Genummerd binnen streepje"
          LI
            Lbl "2."
            LBody
              P "Nog een nummer"
    LI
      Lbl "-"
      LBody
        P "Derde streepje"
  Table
    TR
      TH Scope=Column
        P "Nr"
      TH Scope=Column
        P "Actie"
      TH Scope=Column
        P "Wie"
    TR
      TH Scope=Row
        P "1"
      TD
        P "Brief sturen"
      TD
        P "Faber"
    TR
      TH Scope=Row
        P "2"
      TD
        P "Bellen"
      TD
        P "Keizer"
  P ""
    Figure "" [Logo van het voorbeeldministerie]
  H2 "Laatste kop"
  P "Slotalinea."
"""


def make_accessible(pdf, *, claim=True):
    return finish(Job(pdf, DocumentFacts(), MOMENT, claim)).data


@pytest.fixture(scope="session")
def converted():
    """The document with everything in it, as PDF."""
    return convert_kept([build_document()], MOMENT)[0]


@pytest.mark.office
def test_the_structure_is_read_aloud_in_the_right_order(converted):
    assert read_outline(converted) == OUTLINE.rstrip()
    assert ALT_TEXT in OUTLINE
    assert LINK_TEXT in OUTLINE


@pytest.mark.office
def test_our_own_checks_find_nothing(converted):
    assert check_pdf(converted, "x.pdf") == []


@pytest.mark.office
@pytest.mark.verapdf
@pytest.mark.parametrize("flavour", ["ua1", "2a", "2b"])
def test_verapdf_passes(converted, tmp_path, flavour):
    path = tmp_path / "x.pdf"
    path.write_bytes(converted)

    failed = verapdf.failed_rules(path, flavour)
    if flavour == "2b":  # a file claims level A, which includes B: only the claim itself differs
        failed = [rule for rule in failed if "6.6.4-3" not in rule]
    assert failed == []


@pytest.mark.office
def test_language_title_and_claims_are_there(converted):
    with pikepdf.open(BytesIO(converted)) as pdf:
        assert str(pdf.Root["/Lang"]) == "nl-NL"
        assert str(pdf.docinfo["/Title"]) == TITLE
        assert pdf.Root["/ViewerPreferences"]["/DisplayDocTitle"]
        assert pdf.Root["/MarkInfo"]["/Marked"]
        assert claims_of(pdf) == {"PDF/UA-1", "PDF/A-2A"}


@pytest.mark.office
def test_the_bookmarks_are_the_headings_in_reading_order(converted):
    with pikepdf.open(BytesIO(converted)) as pdf, pdf.open_outline() as outline:
        found = [(item.title, [kid.title for kid in item.children]) for item in outline.root]

    assert found == [("verslag", ["Tweede kop", "Laatste kop"])]


@pytest.mark.office
def test_links_can_be_clicked_and_say_where_they_go(converted):
    with pikepdf.open(BytesIO(converted)) as pdf:
        links = {
            str(note["/A"]["/URI"]): (str(note["/Contents"]), "/StructParent" in note)
            for page in pdf.pages
            for note in page.obj["/Annots"]
        }

    assert links == {
        "https://www.rijksoverheid.nl/": (TOOLTIP, True),
        "mailto:secretariaat@example.nl": ("het secretariaat", True),
    }


@pytest.mark.office
def test_verdana_or_its_stand_in_is_embedded(converted):
    expected = (find_replacement("Verdana") or "Verdana").replace(" ", "")
    with pikepdf.open(BytesIO(converted)) as pdf:
        fonts = pdf.pages[0].resources["/Font"].values()
        names = {str(font["/BaseFont"]).partition("+")[2] for font in fonts}

    assert names
    assert all(name.startswith(expected) for name in names)


@pytest.mark.office
def test_two_conversions_give_the_same_bytes(converted):
    (_, pdf) = convert_many([build_letter("a"), build_document()], moment=MOMENT)

    assert hashlib.sha256(pdf).digest() == hashlib.sha256(converted).digest()


@pytest.mark.office
def test_another_moment_gives_other_bytes_but_the_same_text(converted):
    (other,) = convert_kept([build_document()], datetime(2026, 1, 1, tzinfo=UTC))

    assert other != converted
    assert read_outline(other) == read_outline(converted)


@pytest.mark.office
def test_strange_characters_survive_into_the_tagged_text():
    text = "B&W <ministerie> \"Jan\" & 'Piet' ½ 😀 fi ffl Súdwest-Fryslân → ≥ €"
    (pdf,) = convert_kept([build_letter(text)])

    assert text in read_tagged_text(pdf)


@pytest.mark.office
def test_a_line_broken_by_hand_does_not_glue_its_words():
    text = "Directie\nRegie \nMigratieketen,\t1-\n2 en een eind " + "lettergreep" * 12
    (pdf,) = convert_kept([build_letter(text)])

    assert " ".join(text.split()) in read_tagged_text(pdf)
    assert check_pdf(pdf, "x.pdf") == []


@pytest.mark.office
def test_our_reading_of_the_text_agrees_with_an_independent_reader(converted):
    theirs = "".join(extract_text(BytesIO(converted)).split())
    ours = [text for _, text in read_blocks(converted)]

    assert all("".join(text.split()) in theirs for text in ours)


@pytest.mark.office
def test_header_and_footer_are_not_read_aloud():
    (pdf,) = convert_kept([build_letter("Romp.", header="Kop boven", footer="Voet onder", pages=2)])

    assert "Kop boven" in extract_text(BytesIO(pdf))
    assert "Kop boven" not in read_tagged_text(pdf)
    assert "Voet onder" not in read_tagged_text(pdf)


@pytest.mark.office
def test_a_picture_without_words_takes_the_claim_away_and_is_told():
    (pdf,) = convert_kept([build_document(alt="")])

    with pikepdf.open(BytesIO(pdf)) as opened:
        assert claims_of(opened) == {"PDF/A-2B"}
    assert [problem.code for problem in check_pdf(pdf, "x.pdf")] == ["LRT414"]


@pytest.mark.office
def test_nothing_is_fetched_and_no_orphan_is_left(temporary):
    convert_one(build_letter("tekst"))

    assert list(temporary.iterdir()) == []


def test_a_pdf_of_an_old_libreoffice_does_not_claim_what_it_is_not():
    pdf = make_accessible(build_pdf(("Document", [("H1", "kop")])), claim=False)

    with pikepdf.open(BytesIO(pdf)) as opened:
        assert claims_of(opened) == set()


def test_a_pdf_with_boxes_for_characters_claims_no_standard():
    document = Document("x", b"", read_facts(build_letter("\u0378")), lambda docx: None)
    made = finish(job_of(document, build_pdf(("Document", [("P", "\u0378")])), claim=True))

    assert made.faults[-1].key == "LRT431.geen"
    with pikepdf.open(BytesIO(made.data)) as opened:
        assert claims_of(opened) == set()


def test_a_pdf_without_language_gets_dutch():
    pdf = make_accessible(build_pdf(("Document", [("H1", "kop")]), language=""))

    with pikepdf.open(BytesIO(pdf)) as opened:
        assert str(opened.Root["/Lang"]) == "nl-NL"


def test_a_heading_libreoffice_made_no_bookmark_for_gets_one():
    pdf = make_accessible(build_pdf(("Document", [("H1", "kop"), ("H2", "")])))

    with pikepdf.open(BytesIO(pdf)) as opened, opened.open_outline() as outline:
        assert [item.title for item in outline.root] == ["kop"]


def test_the_time_of_an_item_stands_in_no_bookmark():
    heading = ("H1", [("Span", "Opening"), ("LRT Licht", "\t10.00 uur")])
    pdf = make_accessible(build_pdf(("Document", [heading])))

    with pikepdf.open(BytesIO(pdf)) as opened, opened.open_outline() as outline:
        assert [item.title for item in outline.root] == ["Opening"]


@pytest.mark.parametrize(
    ("action", "description"),
    [
        ({"/URI": "https://www.rijksoverheid.nl/"}, "https://www.rijksoverheid.nl/"),
        ({}, "Koppeling"),
    ],
)
def test_a_link_without_any_text_is_described_by_its_address(action, description):
    with pikepdf.open(BytesIO(build_pdf(("Document", [("H1", "kop"), ("Link", "")])))) as pdf:
        annotation = Dictionary({"/Subtype": Name.Link, "/StructParent": 0})
        if action:
            annotation["/A"] = Dictionary(action)
        pdf.pages[0].obj["/Annots"] = Array([pdf.make_indirect(annotation)])
        link = pdf.Root["/StructTreeRoot"]["/K"][0]["/K"][1]
        link["/K"] = Dictionary(Type=Name.OBJR, Obj=pdf.pages[0].obj["/Annots"][0])
        target = BytesIO()
        pdf.save(target)

    with pikepdf.open(BytesIO(make_accessible(target.getvalue()))) as opened:
        assert str(opened.pages[0].obj["/Annots"][0]["/Contents"]) == description


def test_the_title_survives_strange_characters_in_info_and_xmp():
    title = "B&W <ministerie> ½ 😀"
    pdf = make_accessible(build_pdf(("Document", [("H1", "kop")]), title=title))

    with pikepdf.open(BytesIO(pdf)) as opened:
        assert str(opened.docinfo["/Title"]) == title
        with opened.open_metadata() as xmp:
            assert xmp["dc:title"] == title
