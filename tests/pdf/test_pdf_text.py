from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from lrtdocs.pdf.structure.text import PageTexts, has_private_signs

CHARACTERS = b"beginbfchar <01> <0041> <02> <00660069> endbfchar"
RANGES = b"beginbfrange <03> <05> <0061> <06> <07> [<0031> <D83DDE00>] endbfrange"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"<0102> Tj", "Afi"),
        (b"[<03> -200 <0405>] TJ", "abc"),
        (b"<0607> '", "1😀"),
        (b"<09> Tj", ""),
        (b"/Span <</ActualText (hele)>> BDC <01> Tj EMC <03> Tj", "helea"),
        (b"/Span BMC <01> Tj EMC", "A"),
        (b"(\\001\\\\(\002)) Tj", "Afi"),
        (b"[(\001) -20 <0>] TJ", "A"),
        (b"BI /W 1 ID (<01>) Tj EI <01> Tj", "A"),
        (b"0.1 0.2 0.3 rg [3 2] 0 d 10 20 m S <01> Tj", "A"),
        (b"/Span <</ActualText <FEFF00e9> /Lang (nl)>> BDC <01> Tj EMC", "\u00e9"),
    ],
)
def test_shown_bytes_become_text_through_the_table_of_the_font(content, text):
    assert _read(b"/P <</MCID 0>> BDC /F1 9 Tf " + content + b" EMC") == text


def test_codes_of_two_bytes_are_read_two_at_a_time():
    content = b"/P <</MCID 0>> BDC /F2 9 Tf <00010003> Tj EMC"

    assert _read(content) == "Aa"


def test_text_outside_the_piece_is_not_its_text():
    content = b"/Artifact BMC /F1 9 Tf <01> Tj EMC EMC /P <</MCID 0>> BDC <03> Tj EMC"

    assert _read(content) == "a"


def test_a_font_the_page_does_not_know_gives_no_text():
    assert _read(b"/P <</MCID 0>> BDC /F9 9 Tf <01> Tj EMC") == ""


def test_a_piece_can_stand_on_another_page_than_its_element():
    with _page(b"/P <</MCID 0>> BDC /F1 9 Tf <01> Tj EMC") as pdf:
        reference = Dictionary(Type=Name.MCR, Pg=pdf.pages[0].obj, MCID=0)
        element = Dictionary(S=Name.P, K=Array([reference, Dictionary(Type=Name.OBJR)]))

        assert PageTexts(pdf).text(element) == "A"


@pytest.mark.parametrize(("text", "private"), [("\uf0b7", True), ("• – é 😀", False)])
def test_signs_without_a_meaning_of_their_own_are_known(text, private):
    assert has_private_signs(text) is private


def _read(content):
    with _page(content) as pdf:
        return PageTexts(pdf).text(Dictionary(S=Name.P, K=0, Pg=pdf.pages[0].obj))


def _page(content):
    pdf = pikepdf.open(BytesIO(_blank()))
    table = pdf.make_stream(CHARACTERS + b"\n" + RANGES)
    fonts = Dictionary(
        F1=Dictionary(Subtype=Name.TrueType, ToUnicode=table),
        F2=Dictionary(Subtype=Name.Type0, ToUnicode=table),
    )
    pdf.pages[0].obj["/Resources"] = Dictionary(Font=fonts)
    pdf.pages[0].obj["/Contents"] = pdf.make_stream(content)
    return pdf


def _blank():
    target = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(target)
    return target.getvalue()


def test_the_content_of_a_page_may_stand_in_several_streams():
    with _page(b"") as pdf:
        streams = [b"/P <</MCID 0>> BDC /F1 9 Tf", b"<01> Tj EMC"]
        pdf.pages[0].obj["/Contents"] = Array([pdf.make_stream(stream) for stream in streams])

        assert PageTexts(pdf).text(Dictionary(S=Name.P, K=0, Pg=pdf.pages[0].obj)) == "A"
