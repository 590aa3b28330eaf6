"""Annexes on their way into a bundle: opened, looked at, and made fit to stand among others.

They come from anywhere. What only their own catalogue can hold together (forms, portfolios) is
flattened or refused, never half taken over.
"""

from __future__ import annotations

import warnings
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

from pikepdf import (
    Array,
    ContentStreamInstruction,
    Dictionary,
    Name,
    NumberTree,
    Operator,
    PasswordError,
    Pdf,
    PdfError,
    String,
    parse_content_stream,
    unparse_content_stream,
)

from lrtdocs.messages import Fault, FaultError
from lrtdocs.pdf.bulk.split import UNREADABLE
from lrtdocs.pdf.structure.finish import LANGUAGE
from lrtdocs.pdf.structure.tree import elements, set_kids

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pikepdf import Object, Page
    from PIL.Image import Image

_SIGNED = 1  # ISO 32000-1, table 219: there is a signature
_MOST_ELEMENTS = 500_000
_A4 = (595.28, 841.89)  # points
_MARGIN = 42.5  # 15 mm
_POINTS_A_PIXEL = 0.75  # at 96 pixels an inch, as screens show it
_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff")


def is_pdf(data: bytes) -> bool:
    """Tell whether `data` begins as a PDF does, whatever stands before that."""
    return b"%PDF-" in data[:1024]


def is_picture(data: bytes) -> bool:
    """Tell whether `data` is a PNG or a JPEG."""
    return data.startswith(_PICTURES)


def open_annex(data: bytes) -> Pdf:
    """Open the PDF `data`; raise FaultError if a reader would not see its pages in a bundle."""
    try:
        annex = Pdf.open(BytesIO(data))
    except PasswordError as error:
        raise FaultError("LRT450.slot") from error
    except PdfError as error:
        raise FaultError("LRT450.kapot") from error
    try:
        if "/Collection" in annex.Root:
            raise FaultError("LRT450.portfolio")
        form = annex.Root.get("/AcroForm")
        if annex.Root.get("/NeedsRendering") or (form is not None and _only_in_reader(form)):
            raise FaultError("LRT450.formulier")
        if not len(annex.pages):
            raise FaultError("LRT450.kapot")
        if form is not None:
            annex.generate_appearance_streams()
            annex.flatten_annotations()
    except FaultError:
        annex.close()
        raise
    except (PdfError, RuntimeError, *UNREADABLE) as error:
        annex.close()
        raise FaultError("LRT450.kapot") from error
    return annex


def judge_annex(data: bytes) -> Iterator[Fault]:
    """Yield what is not in a bundle as it was in the PDF `data`, or may not be."""
    with Pdf.open(BytesIO(data)) as annex:
        form = annex.Root.get("/AcroForm", Dictionary())
        if int(form.get("/SigFlags", 0)) & _SIGNED:
            yield Fault("LRT454.handtekening")
        if len(annex.attachments):
            names = ", ".join(map(str, annex.attachments))
            yield Fault("LRT454.bestanden", {"names": names})
        if any("reconstruct" in str(told) for told in annex.get_warnings()):
            yield Fault("LRT454.hersteld")


def _only_in_reader(form: Object) -> bool:
    """Tell whether `form` is one that only Adobe Reader draws, over a page that says so."""
    return "/XFA" in form and not len(form.get("/Fields", Array()))


# --- what a screen reader reads of it


def make_readable(annex: Pdf) -> None:
    """Let `annex` have a structure: its own, or one that gives the text of each page.

    Without one its pages would be silent between those of others.
    """
    tree = annex.Root.get("/StructTreeRoot")
    if tree is not None and _is_sound(tree):
        return
    whole = annex.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document))
    root = annex.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=whole))
    parts, parents = [], Array()
    for number, page in enumerate(annex.pages):
        _forget_tags(annex, page)
        part = annex.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, Pg=page.obj, K=0))
        page.contents_add(b"/P <</MCID 0>> BDC", prepend=True)
        page.contents_add(b"EMC")
        page.obj["/StructParents"] = number
        parents.extend(Array([number, Array([part])]))
        parts.append(part)
    whole["/P"] = root
    set_kids(whole, parts)
    root["/ParentTree"] = annex.make_indirect(Dictionary(Nums=parents))
    annex.Root["/StructTreeRoot"] = root


def _is_sound(tree: Object) -> bool:
    """Tell whether the structure `tree` can be gone through, and leads back from its pages."""
    seen, waiting = set[tuple[int, int]](), [tree]
    try:
        while waiting:
            element = waiting.pop()
            for kid in elements(element):
                if not kid.is_indirect or kid.objgen in seen or len(seen) > _MOST_ELEMENTS:
                    return False
                seen.add(kid.objgen)
                waiting.append(kid)
        return bool(seen) and all(int(n) >= 0 for n in NumberTree(tree["/ParentTree"]))
    except (PdfError, *UNREADABLE):
        return False


def _forget_tags(annex: Pdf, page: Page) -> None:
    """Take out of `page` what leads to a structure that is not there."""
    for owner in (page.obj, *list(page.obj.get("/Annots", Array()))):
        for key in ("/StructParents", "/StructParent"):
            if key in owner:
                del owner[key]
    page.contents_coalesce()
    content = page.obj.get("/Contents")
    if content is None or b"/MCID" not in content.read_bytes():
        return
    plain = [
        ContentStreamInstruction([Name.Span], Operator("BMC")) if _is_numbered(one) else one
        for one in parse_content_stream(page)
    ]
    page.obj["/Contents"] = annex.make_stream(unparse_content_stream(plain))


def _is_numbered(instruction: object) -> bool:
    operator, operands = instruction.operator, instruction.operands  # type: ignore[attr-defined]
    return str(operator) == "BDC" and b"/MCID" in operands[1].unparse()


def numbered_drawings(pages: Sequence[Object]) -> Iterator[tuple[Object, str]]:
    """Yield what is drawn on `pages`, with the keys of a number of its own in the parent tree."""
    seen = set[tuple[int, int]]()
    waiting = [page.get("/Resources", Dictionary()) for page in pages]
    while waiting:
        for drawing in (waiting.pop().get("/XObject") or Dictionary()).values():
            if drawing.objgen in seen:
                continue
            seen.add(drawing.objgen)
            yield drawing, "/StructParents"
            yield drawing, "/StructParent"
            waiting.append(drawing.get("/Resources", Dictionary()))


# --- pictures


def picture_to_pdf(data: bytes, name: str) -> bytes:
    """Return the picture `data` as a PDF of one page, with its `name` for who cannot see it.

    Raises FaultError if it cannot be read.
    """
    from PIL import Image

    try:
        picture, as_it_is = _read_picture(data)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise FaultError("LRT450.kapot") from error
    with Pdf.new() as pdf:
        _draw(pdf, picture, data if as_it_is else b"", name)
        target = BytesIO()
        pdf.save(target, deterministic_id=True)
        return target.getvalue()


def _read_picture(data: bytes) -> tuple[Image, bool]:
    """Return the picture `data` upright, and whether its bytes may go in as they are."""
    from PIL import Image, ImageOps

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # a scan of a map is large
        with Image.open(BytesIO(data)) as opened:
            picture = ImageOps.exif_transpose(opened)
            as_it_is = opened.format == "JPEG" and opened.mode in {"L", "RGB"}
            as_it_is = as_it_is and picture.size == opened.size and not opened.getexif().get(0x0112)
            return (picture if as_it_is else _on_white(picture)), as_it_is


def _on_white(picture: Image) -> Image:
    from PIL import Image

    clear = picture.convert("RGBA")
    white = Image.new("RGBA", clear.size, "white")
    return Image.alpha_composite(white, clear).convert("RGB")


def _draw(pdf: Pdf, picture: Image, jpeg: bytes, name: str) -> None:
    """Put `picture` on a page of `pdf`, standing or lying, and never larger than on a screen."""
    wide, high = (pixels * _POINTS_A_PIXEL for pixels in picture.size)
    page_wide, page_high = _A4 if wide <= high or wide <= _A4[0] - 2 * _MARGIN else _A4[::-1]
    room = (page_wide - 2 * _MARGIN, page_high - 2 * _MARGIN)
    scale = min(1.0, room[0] / wide, room[1] / high)
    wide, high = wide * scale, high * scale
    left, bottom = (page_wide - wide) / 2, page_high - _MARGIN - high
    pdf.add_blank_page(page_size=(page_wide, page_high))
    page = pdf.pages[0].obj
    image = pdf.make_stream(jpeg or zlib.compress(picture.tobytes()))
    image["/Type"], image["/Subtype"] = Name.XObject, Name.Image
    image["/Width"], image["/Height"] = picture.size
    image["/ColorSpace"] = Name.DeviceGray if picture.mode == "L" else Name.DeviceRGB
    image["/BitsPerComponent"] = 8
    image["/Filter"] = Name.DCTDecode if jpeg else Name.FlateDecode
    drawn = f"{wide:.2f} 0 0 {high:.2f} {left:.2f} {bottom:.2f} cm /Picture Do"
    page["/Contents"] = pdf.make_stream(f"/Figure <</MCID 0>> BDC q {drawn} Q EMC".encode())
    page["/Resources"] = Dictionary(XObject=Dictionary(Picture=image))
    page["/StructParents"] = 0
    box = Array([round(each, 2) for each in (left, bottom, left + wide, bottom + high)])
    figure = pdf.make_indirect(
        Dictionary(
            Type=Name.StructElem,
            S=Name.Figure,
            Pg=page,
            K=0,
            Alt=String(name),
            A=Dictionary(O=Name.Layout, BBox=box, Placement=Name.Block),
        )
    )
    whole = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document))
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=whole))
    whole["/P"] = root
    set_kids(whole, [figure])
    root["/ParentTree"] = pdf.make_indirect(Dictionary(Nums=Array([0, Array([figure])])))
    pdf.Root["/StructTreeRoot"], pdf.Root["/MarkInfo"] = root, Dictionary(Marked=True)
    pdf.Root["/Lang"] = LANGUAGE
