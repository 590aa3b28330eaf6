"""Forty names, each in its own place of a Word document or of the pictures in it."""

from __future__ import annotations

import io
import re
import struct
import zlib
from typing import TYPE_CHECKING

from docx_making import members_of, repack
from PIL import Image, ImageCms, PngImagePlugin

if TYPE_CHECKING:
    from collections.abc import Callable

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MICROSOFT = "http://schemas.microsoft.com/office/2011/relationships"
Members = dict[str, bytes]


def name_of(place: str) -> str:
    """Return the name that stands at `place`, and nowhere else."""
    return f"Geheim {re.sub(r'[^a-z0-9]', '', place.lower())} Zz"


def _put(member: str, before: str, text: str) -> Callable[[Members, str], None]:
    """Return what puts `text` before the first `before` in `member`, with the name for NAME."""

    def plant(members: Members, name: str) -> None:
        old = members[member].decode()
        assert before in old, (member, before)
        members[member] = old.replace(before, text.replace("NAME", name) + before, 1).encode()

    return plant


def _core(tag: str) -> Callable[[Members, str], None]:
    def plant(members: Members, name: str) -> None:
        core = members["docProps/core.xml"].decode()
        core = re.sub(rf"<{tag}[ >].*?</{tag}>|<{tag}/>", "", core)
        made = f"<{tag}>{name}</{tag}></cp:coreProperties>"
        members["docProps/core.xml"] = core.replace("</cp:coreProperties>", made).encode()

    return plant


def _add(member: str, rels: str, kind: str, data: str) -> Callable[[Members, str], None]:
    """Return what adds a part with a relationship; `kind` is its whole type, or of Office."""

    def plant(members: Members, name: str) -> None:
        members[member] = data.replace("NAME", name).encode(
            "utf-16" if "printer" in kind else "utf-8"
        )
        full = kind if kind.startswith("http") else f"{OFFICE}/{kind}"
        row = (
            f'<Relationship Id="rId{abs(hash(member)) % 10**8}p" Type="{full}" Target="/{member}"/>'
        )
        _put(rels, "</Relationships>", row)(members, name)
        types = {"extended-properties": APP_TYPE, "custom-properties": CUSTOM_TYPE}
        override = (
            f'<Override PartName="/{member}" ContentType="{types.get(kind, "a/" + member[-3:])}"/>'
        )
        _put("[Content_Types].xml", "</Types>", override)(members, name)

    return plant


def _loose(members: Members, name: str) -> None:
    members["[trash]/0000.dat"] = name.encode()
    _put("[Content_Types].xml", "</Types>", '<Default Extension="dat" ContentType="a/b"/>')(
        members, name
    )


def _attached(members: Members, name: str) -> None:
    rels = "word/_rels/settings.xml.rels"
    members[rels] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/attachedTemplate" TargetMode="External" '
        f'Target="file:///C:/Users/{name.replace(" ", "%20")}/x.dotm"/></Relationships>'
    ).encode()
    _put("word/settings.xml", "</w:settings>",
         f'<w:attachedTemplate xmlns:r="{OFFICE}" r:id="rId1"/>')(members, name)  # fmt: skip


def _picture(make: Callable[[str], bytes], extension: str) -> Callable[[Members, str], None]:
    """Return what adds a picture that the text shows."""

    def plant(members: Members, name: str) -> None:
        number = sum(member.startswith("word/media/") for member in members)
        member = f"media/plant{number}.{extension}"
        members[f"word/{member}"] = make(name)
        row = f'<Relationship Id="rIdPic{number}" Type="{OFFICE}/image" Target="{member}"/>'
        _put("word/_rels/document.xml.rels", "</Relationships>", row)(members, name)
        types = members["[Content_Types].xml"].decode()
        if f'Extension="{extension}"' not in types:
            kind = {"svg": "svg+xml"}.get(extension, extension)
            default = f'<Default Extension="{extension}" ContentType="image/{kind}"/>'
            _put("[Content_Types].xml", "</Types>", default)(members, name)
        _put("word/document.xml", "</w:body>", "")(members, name)
        drawing = PICTURE.replace("NUMBER", str(number))
        _put("word/document.xml", "<w:sectPr", f"<w:p><w:r>{drawing}</w:r></w:p>")(members, name)

    return plant


def _path(members: Members, name: str) -> None:
    _picture(lambda _: _png(), "png")(members, name)
    text = members["word/document.xml"].decode()
    path = f'name="x" descr="C:\\Users\\{name}\\a.png"'
    members["word/document.xml"] = path.join(text.rsplit('name="x"', 1)).encode()


PICTURE = (
    '<w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
    'wordprocessingDrawing"><wp:extent cx="99" cy="99"/><wp:docPr id="90NUMBER" name="n" '
    'descr="proef"/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr>'
    '<pic:cNvPr id="0" name="x"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip xmlns:r='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="rIdPicNUMBER"/>'
    '<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
    '<a:ext cx="99" cy="99"/></a:xfrm><a:prstGeom prst="rect"/></pic:spPr></pic:pic>'
    "</a:graphicData></a:graphic></wp:inline></w:drawing>"
)


def _made(kind: str, mode: str = "RGB", **options: object) -> bytes:
    target = io.BytesIO()
    Image.effect_noise((8, 6), 50).convert(mode).save(target, kind, **options)
    return target.getvalue()


def _png(**texts: str) -> bytes:
    info = PngImagePlugin.PngInfo()
    for key, text in texts.items():
        add = info.add_itxt if key == "itxt" else info.add_text
        add("Author", text, **({"zip": True} if key == "ztxt" else {}))
    return _made("PNG", pnginfo=info)


def _exif(name: str) -> Image.Exif:
    exif = Image.Exif()
    exif[315] = name
    return exif


def _segment(name: str, marker: int, head: bytes) -> bytes:
    jpeg, body = _made("JPEG"), head + name.encode()
    return jpeg[:2] + struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body + jpeg[2:]


def _profile(name: str) -> bytes:
    """Return a colour profile whose description is the name."""
    plain = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    at = plain.index("sRGB".encode("utf-16-be"))
    text = name.encode("utf-16-be")
    return plain[:at] + text + plain[at + len(text) :]


APP = f'<Properties xmlns="{OFFICE.replace("relationships", "extended-properties")}"></Properties>'
APP_TYPE = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:i="http://www.inkscape.org/x" '
    'i:docname="/home/NAME/logo.svg"><metadata>NAME</metadata><rect width="3" height="3"/></svg>'
)

PICTURES: dict[str, tuple[Callable[[str], bytes], str]] = {
    "PNG tEXt": (lambda name: _png(text=name), "png"),
    "PNG zTXt": (lambda name: _png(ztxt=name), "png"),
    "PNG iTXt": (lambda name: _png(itxt=name), "png"),
    "behind a PNG": (lambda name: _png() + name.encode(), "png"),
    "JPEG EXIF": (lambda name: _made("JPEG", exif=_exif(name)), "jpeg"),
    "JPEG XMP": (
        lambda name: _segment(name, 0xE1, b"http://ns.adobe.com/xap/1.0/\0"), "jpeg"
    ),
    "JPEG IPTC": (lambda name: _segment(name, 0xED, b"Photoshop 3.0\0"), "jpeg"),
    "JPEG COM": (lambda name: _segment(name, 0xFE, b""), "jpeg"),
    "JPEG ICC": (lambda name: _made("JPEG", icc_profile=_profile(name)), "jpeg"),
    "GIF comment": (lambda name: _made("GIF", "P", comment=name), "gif"),
    "TIFF artist": (lambda name: _made("TIFF", tiffinfo={315: name}), "tiff"),
    "SVG metadata": (lambda name: SVG.replace("NAME", name).encode(), "svg"),
}  # fmt: skip

PLACES: dict[str, Callable[[Members, str], None]] = {
    # properties
    "dc:creator": _core("dc:creator"),
    "cp:lastModifiedBy": _core("cp:lastModifiedBy"),
    "cp:keywords": _core("cp:keywords"),
    "dc:description": _core("dc:description"),
    "dc:subject": _core("dc:subject"),
    "cp:category": _core("cp:category"),
    "cp:contentStatus": _core("cp:contentStatus"),
    "app Company": _put("docProps/app.xml", "</Properties>", "<Company>NAME</Company>"),
    "app Manager": _put("docProps/app.xml", "</Properties>", "<Manager>NAME</Manager>"),
    "app HyperlinkBase": _put(
        "docProps/app.xml", "</Properties>", "<HyperlinkBase>NAME</HyperlinkBase>"
    ),
    "app Template": _put("docProps/app.xml", "</Properties>", "<Template>C:\\NAME.dotm</Template>"),
    "app TitlesOfParts": _put(
        "docProps/app.xml", "</Properties>", "<TitlesOfParts><x>NAME</x></TitlesOfParts>"
    ),
    "custom property": _add(
        "docProps/custom.xml", "_rels/.rels", "custom-properties", '<Properties xmlns="x">'
        '<property name="Steller" pid="2"><v>NAME</v></property></Properties>'
    ),
    "thumbnail": _add(
        "docProps/thumbnail.xml", "_rels/.rels", "metadata/thumbnail", "<x>NAME</x>"
    ),
    "sensitivity label": _add(
        "docMetadata/LabelInfo.xml", "_rels/.rels", "classificationlabels", "<l><o>NAME</o></l>"
    ),
    # parts
    "customXml item": _add(
        "customXml/item1.xml", "word/_rels/document.xml.rels", "customXml", "<a><b>NAME</b></a>"
    ),
    "comments author": _add(
        "word/comments.xml", "word/_rels/document.xml.rels", "comments",
        f'<w:comments xmlns:w="{W}"><w:comment w:id="1" w:author="NAME" w:initials="GZ"><w:p/>'
        "</w:comment></w:comments>",
    ),
    "people": _add(
        "word/people.xml", "word/_rels/document.xml.rels", f"{MICROSOFT}/people",
        '<p xmlns="x"><person author="NAME"/></p>',
    ),
    "glossary": _add(
        "word/glossary/document.xml", "word/_rels/document.xml.rels", "glossaryDocument",
        f'<w:glossaryDocument xmlns:w="{W}"><w:t>NAME</w:t></w:glossaryDocument>',
    ),
    "printer settings": _add(
        "word/printerSettings1.bin", "word/_rels/document.xml.rels", "printerSettings", "NAME"
    ),
    "document tasks": _add(
        "word/tasks.xml", "word/_rels/document.xml.rels", f"{MICROSOFT}/documenttasks",
        "<t><to>NAME</to></t>",
    ),
    "loose member": _loose,
    # settings
    "attached template": _attached,
    "mail merge": _put(
        "word/settings.xml", "<w:defaultTabStop",
        '<w:mailMerge><w:query w:val="SELECT * FROM NAME"/></w:mailMerge>',
    ),
    "docVar": _put(
        "word/settings.xml", "</w:settings>",
        '<w:docVars><w:docVar w:name="x" w:val="NAME"/></w:docVars>',
    ),
    # text
    "inserted by": _put(
        "word/document.xml", "<w:sectPr",
        '<w:p><w:ins w:id="81" w:author="NAME"><w:r><w:t>x</w:t></w:r></w:ins></w:p>',
    ),
    "deleted by": _put(
        "word/document.xml", "<w:sectPr",
        '<w:p><w:del w:id="82" w:author="NAME"><w:r><w:delText>x</w:delText></w:r></w:del></w:p>',
    ),
    "style changed by": _put(
        "word/styles.xml", "</w:styles>",
        '<w:style w:type="paragraph" w:styleId="Zz"><w:name w:val="Zz"/><w:pPr><w:pPrChange '
        'w:id="83" w:author="NAME"><w:pPr/></w:pPrChange></w:pPr></w:style>',
    ),
    "who may edit": _put(
        "word/document.xml", "<w:sectPr",
        '<w:p><w:permStart w:id="84" w:ed="NAME"/><w:permEnd w:id="84"/></w:p>',
    ),
    "smart tag": _put(
        "word/document.xml", "<w:sectPr",
        '<w:p><w:smartTag w:uri="u" w:element="e"><w:smartTagPr><w:attr w:name="n" w:val="NAME"/>'
        "</w:smartTagPr><w:r><w:t>x</w:t></w:r></w:smartTag></w:p>",
    ),
    "XML comment": _put("word/styles.xml", "</w:styles>", "<!-- NAME -->"),
    **{place: _picture(make, extension) for place, (make, extension) in PICTURES.items()},
    "path of a picture": _path,
}  # fmt: skip


def plant(docx: bytes, *places: str) -> bytes:
    """Return `docx` with the names of `places`, all of them when none is given."""
    members = members_of(docx)
    if "docProps/app.xml" not in members:
        _add("docProps/app.xml", "_rels/.rels", "extended-properties", APP)(members, "")
    for place in places or PLACES:
        PLACES[place](members, name_of(place))
    return repack(docx, **members)


def names_in(data: bytes) -> set[str]:
    """Return the places whose names stand in `data`, however they are written there."""
    forms = [data, data.replace(b"\0", b""), data.replace(b"%20", b" ")]
    forms += [_inflated(chunk) for chunk in re.findall(rb"zTXtAuthor\0\0(.+)", data, re.DOTALL)]
    return {place for place in PLACES if any(name_of(place).encode() in form for form in forms)}


def _inflated(data: bytes) -> bytes:
    return zlib.decompressobj().decompress(data)
