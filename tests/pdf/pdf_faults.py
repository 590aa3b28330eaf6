"""PDFs with one fault each: what is done to a good one, and which message tells it."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import pikepdf
from pikepdf import Array, Dictionary, Encryption, Name, Permissions, Stream, String

from lrtdocs.pdf.structure.tree import Tree, elements, is_element, kids

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pikepdf import Object, Pdf

PASSWORD = "geheim"


def plant(data: bytes, name: str) -> bytes:
    """Return the good PDF `data` with the fault called `name`."""
    target, options = BytesIO(), dict[str, Any]()
    with pikepdf.open(BytesIO(data)) as pdf:
        options = PLANTED[name][1](pdf) or {}
        pdf.save(target, **options)
    return target.getvalue()


def _find(pdf: Pdf, *roles: str) -> Iterator[Object]:
    return Tree(pdf).find(*roles)


def _first(pdf: Pdf, *roles: str) -> Object:
    return next(_find(pdf, *roles))


def _untagged(pdf: Pdf) -> None:
    del pdf.Root["/StructTreeRoot"], pdf.Root["/MarkInfo"]


def _set(place: str, key: str, value: Any) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        holder = pdf.Root.get(place, Dictionary()) if place else pdf.Root
        holder[key] = value
        if place:
            pdf.Root[place] = holder

    return change


def _drop(*keys: str) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        for key in keys:
            del pdf.Root[key]

    return change


def _info(title: str) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        if title:
            pdf.docinfo["/Title"] = title
            _packet(pdf, b"Verlenging van de termijn", title.encode())
        else:
            del pdf.docinfo["/Title"]

    return change


def _packet(pdf: Pdf, old: bytes, new: bytes) -> None:
    packet = pdf.Root["/Metadata"].read_bytes()
    assert old in packet
    pdf.Root["/Metadata"].write(packet.replace(old, new))


def _no_title_in_packet(pdf: Pdf) -> None:
    packet = pdf.Root["/Metadata"].read_bytes()
    start, end = packet.index(b"<dc:title>"), packet.index(b"</dc:title>")
    pdf.Root["/Metadata"].write(packet[:start] + packet[end + len(b"</dc:title>") :])


def _no_claim(pdf: Pdf) -> None:
    _packet(pdf, b"<pdfuaid:part>1<", b"<pdfuaid:part>9<")


def _closed_to_readers(_: Pdf) -> dict[str, Any]:
    allow = Permissions(accessibility=False, extract=False)
    old = {"R": 3, "aes": False, "metadata": False}  # a newer one cannot forbid it
    return {"encryption": Encryption(owner=PASSWORD, user="", allow=allow, **old)}


def _closed(_: Pdf) -> dict[str, Any]:
    return {"encryption": Encryption(owner=PASSWORD, user=PASSWORD)}


def _form(key: str, value: Any) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        pdf.Root["/AcroForm"] = Dictionary({"/Fields": Array(), key: value})

    return change


def _no_tab_order(pdf: Pdf) -> None:
    for page in pdf.pages:
        page.obj["/Tabs"] = Name.R


def _rename(old: str, new: str, *, all_of_them: bool = False) -> Callable[[Pdf], None]:
    """Return what makes of the first element `old`, or of all of them, a `new` one."""

    def change(pdf: Pdf) -> None:
        found = list(_find(pdf, old))
        for element in found if all_of_them else found[:1]:
            element["/S"] = Name(f"/{new}")

    return change


def _on(role: str, key: str, value: Any) -> Callable[[Pdf], None]:
    """Return what gives the first element `role` a `value` at `key`; None takes it away."""

    def change(pdf: Pdf) -> None:
        element = _first(pdf, role)
        if value is None:
            del element[key]
        else:
            element[key] = value

    return change


def _no_label(pdf: Pdf) -> None:
    item = _first(pdf, "LI")
    item["/K"] = Array([kid for kid in kids(item) if Tree(pdf).role(kid) != "Lbl"])
    item["/P"]["/A"] = Dictionary({"/O": Name.List, "/ListNumbering": Name.Decimal})


def _loose_item(pdf: Pdf) -> None:
    item = list(_find(pdf, "LI"))[-1]
    holder = item["/P"]
    above = holder["/P"]
    holder["/K"] = Array(kids(holder)[:-1])
    at = next(n for n, kid in enumerate(kids(above)) if kid.objgen == holder.objgen)
    above["/K"] = Array([*kids(above)[: at + 1], item, *kids(above)[at + 1 :]])
    item["/P"] = above


def _empty_row(pdf: Pdf) -> None:
    del list(_find(pdf, "TR"))[-1]["/K"]


def _cell_without_row(pdf: Pdf) -> None:
    row = list(_find(pdf, "TR"))[-1]
    table = row["/P"]
    cells = elements(row)
    table["/K"] = Array([kid for kid in kids(table) if kid.objgen != row.objgen] + cells)
    for cell in cells:
        cell["/P"] = table


def _caption_in_row(pdf: Pdf) -> None:
    row = list(_find(pdf, "TR"))[-1]
    made = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Caption, P=row))
    row["/K"].append(made)


def _wide_cell(pdf: Pdf) -> None:
    cell = list(_find(pdf, "TD"))[-1]
    cell["/A"] = Dictionary({"/O": Name.Table, "/ColSpan": 2})


def _untagged_link(pdf: Pdf) -> None:
    link = _first(pdf, "Link")
    link["/K"] = Array([kid for kid in kids(link) if isinstance(kid, int) or is_element(kid)])


def _bare_link(pdf: Pdf) -> None:
    del pdf.pages[0].obj["/Annots"][0]["/Contents"]


def _fonts(pdf: Pdf) -> Iterator[Object]:
    for page in pdf.pages:
        yield from page.resources["/Font"].values()


def _font_elsewhere(pdf: Pdf) -> None:
    for font in _fonts(pdf):
        for part in font.get("/DescendantFonts", [font]):
            if "/FontFile2" in part["/FontDescriptor"]:
                del part["/FontDescriptor"]["/FontFile2"]


def _mute_font(pdf: Pdf) -> None:
    for font in _fonts(pdf):
        if "/ToUnicode" in font:
            del font["/ToUnicode"]
        if "/Encoding" in font and font.get("/Subtype") != Name.Type0:
            del font["/Encoding"]
        if "/FontDescriptor" in font:
            font["/FontDescriptor"]["/Flags"] = 4


def _paint(content: bytes) -> Callable[[Pdf], None]:
    """Return what paints `content` on the first page, after all the rest; FONT is one of it."""

    def change(pdf: Pdf) -> None:
        page = pdf.pages[0]
        font = next(iter(page.resources["/Font"].keys())).encode()
        pictures = page.resources.get("/XObject", Dictionary())
        picture = next(iter(pictures.keys()), "/Geen").encode()
        added = content.replace(b"/FONT", font).replace(b"/PICTURE", picture)
        old = page.Contents.read_bytes()
        page.obj["/Contents"] = pdf.make_indirect(Stream(pdf, old + b"\n" + added))

    return change


def _image(pdf: Pdf) -> Object:
    kind = {"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 1, "/Height": 1}
    kind |= {"/ColorSpace": Name.DeviceGray, "/BitsPerComponent": 8}
    return pdf.make_indirect(Stream(pdf, b"\x80", kind))


def _scanned_page(pdf: Pdf) -> None:
    page = pdf.add_blank_page(page_size=(595, 842))
    page.obj["/Resources"] = Dictionary(XObject=Dictionary(Im1=_image(pdf)))
    content = b"/Artifact BMC q 595 0 0 842 0 0 cm /Im1 Do Q EMC"
    page.obj["/Contents"] = pdf.make_indirect(Stream(pdf, content))


def _all_decoration(pdf: Pdf) -> None:
    import re

    page = pdf.pages[0]
    content = re.sub(
        rb"/[^\n<]*<<[^\n]*?/MCID[^\n]*?>>\s*BDC", b"/Artifact BMC", page.Contents.read_bytes()
    )
    page.obj["/Contents"] = pdf.make_indirect(Stream(pdf, content))


def _renamed_standard(pdf: Pdf) -> None:
    root = pdf.Root["/StructTreeRoot"]
    roles = root.get("/RoleMap", Dictionary())
    roles["/Quote"] = Name.P
    root["/RoleMap"] = roles


def _remark(pdf: Pdf) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([9, 9, 29, 29]), F=28)
    pdf.pages[0].obj["/Annots"].append(pdf.make_indirect(note))


def _field(pdf: Pdf) -> None:
    field = Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("naam"), F=4,
        Rect=Array([9, 9, 99, 29]),
    )  # fmt: skip
    made = pdf.make_indirect(field)
    pdf.pages[0].obj["/Annots"].append(made)
    pdf.Root["/AcroForm"] = Dictionary(Fields=Array([made]))


def _last_first(pdf: Pdf) -> None:
    """Read the last paragraph before the first."""
    document = Tree(pdf).document
    assert document is not None
    children = kids(document)
    first = next(n for n, kid in enumerate(children) if Tree(pdf).role(kid) == "P")
    document["/K"] = Array([*children[:first], children[-1], *children[first:-1]])


def _layers(pdf: Pdf) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("laag")))
    pdf.Root["/OCProperties"] = Dictionary(OCGs=Array([layer]), D=Dictionary(Order=Array([layer])))


def _attachment(pdf: Pdf) -> None:
    held = pdf.make_indirect(Stream(pdf, b"a", {"/Type": Name.EmbeddedFile}))
    spec = Dictionary(Type=Name.Filespec, F=String("a.txt"), EF=Dictionary(F=held))
    names = Dictionary(Names=Array([String("a.txt"), pdf.make_indirect(spec)]))
    pdf.Root["/Names"] = Dictionary(EmbeddedFiles=names)


def _long_without_bookmarks(pdf: Pdf) -> None:
    for _ in range(25):
        pdf.add_blank_page()
    del pdf.Root["/Outlines"]


def _long_without_headings(pdf: Pdf) -> None:
    for _ in range(6):
        pdf.add_blank_page()
    for role in ("H1", "H2"):
        _rename(role, "P", all_of_them=True)(pdf)


PLANTED: dict[str, tuple[str, Callable[[Pdf], Any]]] = {
    "no tags": ("LRT410", _untagged),
    "tags that it does not speak of": ("LRT877.gemerkt", _drop("/MarkInfo")),
    "tags that are suspect": ("LRT877.verdacht", _set("/MarkInfo", "/Suspects", True)),
    "no language": ("LRT415", _drop("/Lang")),
    "a language that is not ours": ("LRT415", _set("", "/Lang", String("fr-FR"))),
    "a title that is a file name": ("LRT877.bestandsnaam", _info("Microsoft Word - brief.docx")),
    "no title": ("LRT416", _info("")),
    "no title in the XMP": ("LRT877.xmp", _no_title_in_packet),
    "no claim": ("LRT420", _no_claim),
    "no title in the bar": (
        "LRT877.titelbalk", _set("/ViewerPreferences", "/DisplayDocTitle", False)
    ),
    "no preferences": ("LRT877.titelbalk", _drop("/ViewerPreferences")),
    "closed to screen readers": ("LRT877.beveiligd", _closed_to_readers),
    "closed with a password": ("LRT440.slot", _closed),
    "an XFA form": ("LRT877.xfa", _form("/XFA", String("x"))),
    "no order of tabs": ("LRT877.tabvolgorde", _no_tab_order),
    "layers without a name": ("LRT877.lagen", _layers),
    "a file without a name": ("LRT877.bijlage", _attachment),
    "long, without bookmarks": ("LRT877.bladwijzers", _long_without_bookmarks),
    "long, without headings": ("LRT878.geen-koppen", _long_without_headings),
    "the first heading is H2": ("LRT411", _rename("H1", "H2")),
    "a level is skipped": ("LRT411", _rename("H2", "H4")),
    "an item without a label": ("LRT412", _no_label),
    "an item outside a list": ("LRT412", _loose_item),
    "a table without headers": ("LRT413", _rename("TH", "TD", all_of_them=True)),
    "a header without scope": ("LRT413", _on("TH", "/A", None)),
    "an empty row": ("LRT422", _empty_row),
    "a picture without words": ("LRT414", _on("Figure", "/Alt", None)),
    "words that are a file name": ("LRT878.alt-naam", _on("Figure", "/Alt", String("IMG_1.jpg"))),
    "words that are made up": (
        "LRT878.alt-bedacht",
        _on("Figure", "/Alt", String("Kaart. Automatisch gegenereerde beschrijving")),
    ),
    "a link outside the tags": ("LRT418", _untagged_link),
    "a link without words": ("LRT419", _bare_link),
    "a link that says click here": (
        "LRT878.linktekst", _on("Link", "/ActualText", String("klik hier"))
    ),
    "a font that is not inside": ("LRT417", _font_elsewhere),
    "a font that says nothing": ("LRT878.lettertype", _mute_font),
    "a sign of a symbol font": ("LRT421", _on("Lbl", "/ActualText", None)),
    "a scanned page": ("LRT878.scan", _scanned_page),
    "text without a tag": ("LRT878.zonder-label", _paint(b"BT /FONT 9 Tf 90 90 Td <0003> Tj ET")),
    "a picture without a tag": ("LRT878.zonder-label", _paint(b"q 9 0 0 9 9 9 cm /PICTURE Do Q")),
    "an inline picture without a tag": (
        "LRT878.zonder-label", _paint(b"q 9 0 0 9 9 9 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q")
    ),
    "a line without a tag": ("LRT878.zonder-label", _paint(b"90 90 m 99 99 l S")),
    "a page that is all decoration": ("LRT878.artefact", _all_decoration),
    "decoration in text": (
        "LRT878.gekruist", _paint(b"/P <</MCID 99>> BDC /Artifact BMC 9 9 m 99 9 l S EMC EMC")
    ),
    "an element of a kind of its own": ("LRT878.soort", _rename("P", "Vreemd")),
    "a kind that means something else": ("LRT878.soort", _renamed_standard),
    "headings with and without a level": ("LRT878.koppen", _rename("P", "H")),
    "cells without a row": ("LRT878.plaats", _cell_without_row),
    "a caption in a row": ("LRT878.plaats", _caption_in_row),
    "a body outside its item": ("LRT878.plaats", _rename("P", "LBody")),
    "a line of contents alone": ("LRT878.plaats", _rename("P", "TOCI")),
    "an element without a parent": ("LRT878.plaats", _on("P", "/P", None)),
    "rows of unequal length": ("LRT878.ongelijk", _wide_cell),
    "a formula without words": ("LRT878.formule", _rename("P", "Formula")),
    "a note without a name": ("LRT878.noot", _rename("P", "Note")),
    "a language that does not exist": ("LRT878.taal", _on("P", "/Lang", String("Nederlands (NL)"))),
    "a remark": ("LRT878.annotatie", _remark),
    "a field without a name": ("LRT878.veld", _field),
    "the last is read first": ("LRT878.volgorde", _last_first),
}  # fmt: skip
"""What is wrong, the key of the message that tells it, and what makes it wrong."""
