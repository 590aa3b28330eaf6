"""What nobody sees in a PDF: each place is found, and nothing in a PDF that has none of it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import Image

from lrtdocs.pdf import find_hidden
from lrtdocs.word.package.metadata import tells_of_people

if TYPE_CHECKING:
    from collections.abc import Callable

NAME = "Jan de Vries"
XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-'
    'syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:p="http://ns.adobe.com/photoshop/1.0/" {attribute}><dc:title><rdf:Alt><rdf:li>Brief'
    "</rdf:li></rdf:Alt></dc:title>{element}</rdf:Description></rdf:RDF></x:xmpmeta>"
)


def xmp(attribute: str = "", element: str = "") -> Callable[[Pdf], None]:
    def plant(pdf: Pdf) -> None:
        packet = XMP.format(attribute=attribute, element=element).encode()
        pdf.Root.Metadata = Stream(pdf, packet, Type=Name.Metadata, Subtype=Name.XML)

    return plant


def info(key: str, text: str = NAME) -> Callable[[Pdf], None]:
    return lambda pdf: pdf.docinfo.__setitem__(f"/{key}", text)


def loose(**entries: object) -> Callable[[Pdf], None]:
    """Return what adds a dictionary that no page uses."""
    return lambda pdf: pdf.Root.__setitem__("/Los", pdf.make_indirect(Dictionary(**entries)))


def annotation(**entries: object) -> Callable[[Pdf], None]:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([0, 0, 9, 9]), **entries)
    return lambda pdf: pdf.pages[0].obj.__setitem__("/Annots", Array([note]))


def picture(pdf: Pdf) -> None:
    target, exif = io.BytesIO(), Image.Exif()
    exif[315] = NAME
    Image.new("RGB", (4, 4)).save(target, "JPEG", exif=exif)
    stream = Stream(pdf, target.getvalue(), Type=Name.XObject, Subtype=Name.Image)
    stream.Filter = Name.DCTDecode
    pdf.Root.Plaatje = stream


def picture_xmp(pdf: Pdf) -> None:
    packet = XMP.format(attribute="", element=f"<dc:creator>{NAME}</dc:creator>").encode()
    pdf.Root.Plaatje = Stream(pdf, packet, Type=Name.Metadata, Subtype=Name.XML)


PLANTED: dict[str, tuple[Callable[[Pdf], None], str]] = {
    "Info Author": (info("Author"), "auteur"),
    "Info Keywords": (info("Keywords"), "trefwoorden"),
    "Info Subject": (info("Subject"), "onderwerp"),
    "Info Creator": (info("Creator"), "programma"),
    "Info of one's own": (info("Steller"), "eigenschap 'Steller'"),
    "XMP author": (xmp(element=f"<dc:creator>{NAME}</dc:creator>"), "auteur"),
    "XMP element": (xmp(element=f"<p:AuthorsPosition>{NAME}</p:AuthorsPosition>"),
                    "eigenschap 'AuthorsPosition'"),
    "XMP attribute": (xmp(f'p:CaptionWriter="{NAME}"'), "eigenschap 'CaptionWriter'"),
    "XMP of a picture": (picture_xmp, "gegevens in een afbeelding"),
    "EXIF of a picture": (picture, "gegevens in een afbeelding"),
    "author of a remark": (annotation(T=String(NAME)), "naam bij een opmerking"),
    "remark": (annotation(Contents=String(NAME)), "opmerking"),
    "remark of no page": (loose(Subtype=Name.Text, Rect=Array([0, 0, 1, 1]), T=String(NAME)),
                          "naam bij een opmerking"),
    "attachment": (loose(Type=Name.Filespec, UF=String(f"{NAME}.docx")), "bijlage"),
    "description of it": (loose(EF=Dictionary(), Desc=String(NAME)), "bijlage"),
    "title of an element": (loose(Type=Name.StructElem, S=Name.P, T=String(NAME)),
                            "naam van een onderdeel"),
    "layer": (loose(Type=Name.OCG, Name=String(NAME)), "naam van een laag"),
    "signature": (loose(Type=Name.Sig, Name=String(NAME)), "handtekening"),
    "form field": (loose(FT=Name.Tx, V=String(NAME)), "formulierveld"),
    "data of a program": (loose(PieceInfo=Dictionary(A=String(NAME))),
                          "gegevens van een programma"),
}  # fmt: skip


def make(plant: Callable[[Pdf], None] | None = None) -> bytes:
    pdf, target = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page()
    pdf.docinfo["/Title"], pdf.docinfo["/Producer"] = "Brief", "LibreOffice 25.2 (X86_64)"
    pdf.docinfo["/Author"] = "Ministerie van Asiel en Migratie"
    if plant is not None:
        plant(pdf)
    pdf.save(target)
    return target.getvalue()


def found(data: bytes) -> list[tuple[str, str]]:
    return find_hidden(data, lambda text: text.startswith("Ministerie"), tells_of_people)


@pytest.mark.parametrize("place", PLANTED)
def test_each_name_is_found(place: str) -> None:
    plant, what = PLANTED[place]
    assert [told for told, _ in found(make(plant))] == [what]


def test_a_clean_pdf_is_clean() -> None:
    assert found(make()) == []
    assert found(make(xmp())) == []


def test_an_older_version_inside_is_found() -> None:
    data = make()
    assert found(data + data[data.index(b"xref\n") :]) == [("een eerdere versie", "%%EOF")]
